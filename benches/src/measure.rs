//! What is measured, each in a function of its own: a profiler can begin and end at its name.

use std::hint::black_box;

use handover::entry::Entry;
use handover::ledger::{Ledger, Posted};
use handover::reading::{According, Reading};
use handover::refusal::Refusal;
use handover::when::Moment;

/// Posts entries, every rule applied.
///
/// # Errors
/// The first refusal.
#[inline(never)]
pub fn post_all(ledger: &mut Ledger, entries: &[Entry]) -> Result<(), Refusal> {
    for entry in entries {
        let (Posted::Recorded | Posted::AlreadyRecorded) = ledger.post(entry)?;
    }
    Ok(())
}

/// Posts one step of one unit: what it costs is counted within.
///
/// # Errors
/// The refusal.
#[inline(never)]
pub fn post_step(ledger: &mut Ledger, entry: &Entry) -> Result<(), Refusal> {
    let (Posted::Recorded | Posted::AlreadyRecorded) = ledger.post(entry)?;
    Ok(())
}

/// Replays entries, as from a journal.
///
/// # Errors
/// The first refusal.
#[inline(never)]
pub fn replay_all(ledger: &mut Ledger, entries: &[Entry]) -> Result<(), Refusal> {
    for entry in entries {
        let (Posted::Recorded | Posted::AlreadyRecorded) = ledger.replay(entry)?;
    }
    Ok(())
}

/// A view of the whole ledger, by the name under which it is measured.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// Makes it and says how many rows it has.
    pub make: fn(&Reading<'_>) -> Result<usize, Refusal>,
}

/// Every view of a whole ledger.
pub const VIEWS: [View; 9] = [
    View {
        name: "obligations",
        make: |reading| Ok(black_box(reading.obligations(According::Anyone)?).len()),
    },
    View { name: "agreements", make: |reading| Ok(black_box(reading.agreements()).len()) },
    View { name: "legs", make: |reading| Ok(reading.legs().map(black_box).count()) },
    View { name: "schedule", make: |reading| Ok(black_box(reading.schedule()).len()) },
    View { name: "flows", make: |reading| Ok(black_box(reading.flows()).len()) },
    View { name: "asymmetries", make: |reading| Ok(black_box(reading.asymmetries()).len()) },
    View { name: "totals", make: |reading| Ok(black_box(reading.totals()).len()) },
    View { name: "allegations", make: |reading| Ok(black_box(reading.allegations()).len()) },
    View { name: "repetitions", make: |reading| Ok(black_box(reading.repetitions()).len()) },
];

/// Makes one view of the whole ledger, by everybody's word.
///
/// # Errors
/// The view cannot be made.
#[inline(never)]
pub fn make_view(ledger: &Ledger, view: View) -> Result<usize, Refusal> {
    (view.make)(&ledger.reading(According::AcceptedByAll, Moment::END_OF_TIME)?)
}

/// Evaluates one obligation, with the entries that it rests on.
///
/// # Errors
/// The obligation is not recorded.
#[inline(never)]
pub fn explain_one(ledger: &Ledger, obligation: &str) -> Result<usize, Refusal> {
    let Ok(obligation) = obligation.parse() else { return Ok(0) };
    let reading = ledger.reading(According::AcceptedByAll, Moment::END_OF_TIME)?;
    Ok(black_box(reading.explain(obligation, According::Anyone)?).rests_on.entries().len())
}
