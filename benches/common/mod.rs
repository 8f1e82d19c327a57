//! How long the scenes are.

/// So many entries: short ones where each measurement is only tried once, a million where `HANDOVER_BENCH_MILLION` is set.
pub(crate) fn sizes() -> Vec<usize> {
    if is_tried_once() {
        return vec![1_000];
    }
    let mut sizes = vec![1_000, 10_000, 100_000];
    if std::env::var_os("HANDOVER_BENCH_MILLION").is_some() {
        sizes.push(1_000_000);
    }
    sizes
}

/// Whether this is a test of the measurements: `cargo bench` says that it measures, `cargo test` does not.
fn is_tried_once() -> bool {
    let mut arguments = std::env::args();
    !arguments.any(|argument| argument == "--bench") || std::env::args().any(|argument| argument == "--test")
}
