//! Whether two units can be of one person (invariant 33).

use super::IdentificationEntry;
use super::finding::Observed;
use crate::held::EntryRow;
use crate::reading::Comparison;
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;

/// Whether two units hold an anatomical element that a person has once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlap {
    /// They do: they are not of one person.
    Certain,
    /// It is not known.
    Possible,
}

/// Compares two units: by the elements that are recorded of them, and two that were both observed to be complete bodies
/// overlap.
pub(crate) fn overlap(state: &State, one: Idx<UnitRow>, other: Idx<UnitRow>) -> Overlap {
    let is_complete = |unit| {
        state.events_of_unit(unit).any(|entry: Idx<EntryRow>| {
            state.stands(entry)
                && matches!(
                    state.told_in_full(entry),
                    Some(IdentificationEntry::Finding(finding)) if finding.observed == Observed::CompleteBody
                )
        })
    };
    let elements = state.elements_of_unit(one).overlaps(state.elements_of_unit(other));
    if elements == Comparison::Holds || (is_complete(one) && is_complete(other)) {
        Overlap::Certain
    } else {
        Overlap::Possible
    }
}
