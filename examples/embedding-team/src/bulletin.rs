//! What the team publishes.

use handover::id::LegId;
use handover::ledger::Ledger;
use handover::quantity::Span;
use handover::reading::According;
use handover::when::Moment;

/// How many were handed over in a leg, as far as every side accepts it; nothing if no side's word bounds it, for silence is
/// not nought.
pub fn bulletin(ledger: &Ledger, leg: LegId) -> Option<Span> {
    let reading = ledger.reading(According::AcceptedByAll, Moment::END_OF_TIME).ok()?;
    let told = reading.leg(leg).ok()?.passed;
    told.is_informative().then_some(told.set)
}
