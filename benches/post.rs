//! Posting and replaying, an entry at a time: the time stated is that of one entry.

use std::error::Error;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, BenchmarkId, Criterion, Throughput};
use handover::entry::Entry;
use handover::ledger::Ledger;
use handover::refusal::Refusal;
use handover_benches::{Scene, measure};

mod common;

type Measured = fn(&mut Ledger, &[Entry]) -> Result<(), Refusal>;

fn group(criterion: &mut Criterion, name: &str, what: Measured) -> Result<(), Box<dyn Error>> {
    let mut group = criterion.benchmark_group(name);
    for entries in common::sizes() {
        let scene: Vec<Entry> = Scene::new().take(entries).collect();
        // What is refused is not measured.
        what(&mut Ledger::new(), &scene)?;
        one(&mut group, entries, &scene, what);
    }
    group.finish();
    Ok(())
}

fn one(group: &mut BenchmarkGroup<'_, WallTime>, entries: usize, scene: &[Entry], what: Measured) {
    group.throughput(Throughput::Elements(entries as u64));
    group.sample_size(if entries > 10_000 { 10 } else { 30 });
    group.bench_with_input(BenchmarkId::from_parameter(entries), scene, |bencher, scene| {
        bencher.iter_batched_ref(
            Ledger::new,
            |ledger| {
                let posted = what(ledger, scene);
                debug_assert!(posted.is_ok(), "the scene was posted before");
            },
            BatchSize::PerIteration,
        );
    });
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    group(&mut criterion, "post", measure::post_all)?;
    group(&mut criterion, "replay", measure::replay_all)?;
    criterion.final_summary();
    Ok(())
}
