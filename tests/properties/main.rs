//! Each concept's laws against a naive model (see `tests/Cargo.toml`).
//!
//! The model of `handover-testkit` says again, in lists and loops, what `docs/semantics.md` says that a figure means; worlds
//! are drawn, posted into a real ledger and read there and in the model. The number of worlds a property tries is bounded; the environment
//! variable `HANDOVER_CASES` sets another.
//!
//! * [`views`]: every view is what the model says.
//! * [`soundness`]: where a reading's trust holds, every derived set holds the true value.
//! * [`beyond_counts`]: and individuals, custody and lists hold what is true.
//! * [`algebra`]: every law on every value of a small space.
//! * [`bodies`]: which elements one body has, and whether two units can be of one.
//! * [`spans`], [`texts`]: the algebra of sets, and text forms that come back.
//! * [`claims`], [`figures`]: laws of words and of figures.
//! * [`duties`]: and what is owed and credited where several obligations stand.
//! * [`known_then`]: what was said by then is what was known then.
//! * [`custody`]: laws of custody.
//! * [`deadlines`]: what runs from an event is never before it.
//! * [`conservation`]: nobody is lost over a long history.
//! * [`likelihood`]: the arithmetic of identification against whole numbers of any size.
//! * [`identification`]: impressions alone never identify.
//! * [`journal`]: laws of admission, drafts and replay.
//! * [`kit`]: the published test kit on our own ledger: the machine, every theme, near misses.
//! * [`reached`]: each kind of entry and of near miss comes up in generated histories.
//! * [`reciprocity`]: laws of entitlement.
//! * [`remains`]: how many individuals elements can be of, and the conservation of descent.
//! * [`prisoners`]: the order of learning changes nothing of a list.
//! * [`manifest`]: manifests come back, however a spreadsheet writes them.
//! * [`values`]: any value comes back and is recorded or refused; generators reach each extreme.
//! * [`traps`]: what looks true and is not.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on fails; places and numbers of a small world are small, and there are words in it"
)]

use proptest::test_runner::{Config, FileFailurePersistence};

mod algebra;
mod beyond_counts;
mod bodies;
mod claims;
mod conservation;
mod custody;
mod deadlines;
mod disclosure;
mod duties;
mod figures;
mod identification;
mod journal;
mod kit;
mod known_then;
mod likelihood;
mod manifest;
mod prisoners;
mod reached;
mod reciprocity;
mod remains;
mod soundness;
mod spans;
mod texts;
mod traps;
mod values;
mod views;

/// How many worlds a property tries: so many, or as many as `HANDOVER_CASES` says.
fn cases(bounded: u32) -> Config {
    let cases = std::env::var("HANDOVER_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(bounded);
    let usual = Config::default();
    Config {
        cases,
        // A long run draws more that is thrown away: of some values more than is kept.
        max_local_rejects: usual.max_local_rejects.max(cases.saturating_mul(16)),
        max_global_rejects: usual.max_global_rejects.max(cases.saturating_mul(16)),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..usual
    }
}
