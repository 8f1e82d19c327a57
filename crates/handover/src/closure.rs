//! Closure: when a case is at its end, by a criterion that was declared.
//!
//! "All persons are identified" and "all fragments are attributed" are different ends; which one holds is decided and
//! never assumed (invariant 42). Each authority states the end of a case for itself, by the criterion that it declared.

use core::fmt;

use crate::agreement::AgreementRow;
use crate::batch::BatchRow;
use crate::held::EntryRow;
use crate::id::{AgreementId, BatchId, EntryId, OrganId};
use crate::neighbour::is_before;
use crate::party::OrganRow;
use crate::refusal::{Refusal, Rule};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// What is closed: a batch, or all that passed under an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Case {
    /// A batch.
    Batch(BatchId),
    /// An agreement.
    Agreement(AgreementId),
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Batch(id) => write!(f, "batch `{id}`"),
            Self::Agreement(id) => write!(f, "agreement `{id}`"),
        }
    }
}

/// When a case is at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Criterion {
    /// When every person is identified.
    PersonsIdentified,
    /// When every fragment is attributed to a person.
    FragmentsAttributed,
}

/// An authority declares its criterion for a case. A later one takes the place of its earlier one as long as it has not
/// closed the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct CriterionDeclared {
    /// The case.
    pub of: Case,
    /// Its criterion.
    pub criterion: Criterion,
    /// When it was declared.
    pub on: When,
}

/// An authority states that a case is closed, or that it is open again: a late find is never refused because of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct CaseStatement {
    /// The case.
    pub of: Case,
    /// When.
    pub on: When,
    /// Why.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about the end of a case.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::closure::{Case, CaseStatement, ClosureEntry};
///
/// # let mut ledger = two_words()?;
/// let of = Case::Batch("first".parse()?);
/// let closed = ClosureEntry::Closed(CaseStatement { of, on: "2026-06-01".parse()?, note: None });
/// # let (id, by, said) = ("x".parse()?, "s".parse()?, "2026-06-01".parse()?);
/// let entry = Entry { id, by, said, source: None, what: What::Closure(closed) };
/// let refusal = ledger.post(&entry).unwrap_err();
/// assert_eq!(refusal.rule().invariant, Some(42)); // by which criterion?
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ClosureEntry {
    /// Its criterion is declared.
    Criterion(CriterionDeclared),
    /// It is closed.
    Closed(CaseStatement),
    /// It is open again.
    Reopened(CaseStatement),
}

// ---- state

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CaseKey {
    Batch(Idx<BatchRow>),
    Agreement(Idx<AgreementRow>),
}

/// An entry about the end of a case. Each organ speaks for itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClosureRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) organ: Idx<OrganRow>,
    former_of_case: Option<Idx<ClosureRow>>,
}

impl State {
    /// What was recorded of the end of a case, the latest first.
    pub(crate) fn closures_of(&self, case: CaseKey) -> impl Iterator<Item = &ClosureRow> {
        let last = match case {
            CaseKey::Batch(batch) => self.batches.get(batch).last_closure,
            CaseKey::Agreement(agreement) => self.agreements.get(agreement).last_closure,
        };
        core::iter::successors(last, |at| self.closures.get(*at).former_of_case)
            .map(|at| self.closures.get(at))
    }

    /// The entry about the end of a case that is recorded in this place.
    pub(crate) fn closure_entry(&self, entry: Idx<EntryRow>) -> Option<&ClosureEntry> {
        self.told_in_full(entry)
    }

    /// The entry by which an organ closed a case, if it is the organ's latest on that.
    pub(crate) fn closed_by(&self, case: CaseKey, organ: Idx<OrganRow>) -> Option<Idx<EntryRow>> {
        self.closures_of(case)
            .filter(|row| row.organ == organ)
            .find(|row| !matches!(self.closure_entry(row.entry), Some(ClosureEntry::Criterion(_))))
            .filter(|row| matches!(self.closure_entry(row.entry), Some(ClosureEntry::Closed(_))))
            .map(|row| row.entry)
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) struct Resolved {
    organ: Idx<OrganRow>,
    case: CaseKey,
    of: Case,
    on: When,
    does: Does,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Declare,
    Close,
    Reopen,
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &ClosureEntry) -> Result<Resolved, Refusal> {
    let (of, does) = match entry {
        ClosureEntry::Criterion(declared) => (declared.of, Does::Declare),
        ClosureEntry::Closed(stated) => (stated.of, Does::Close),
        ClosureEntry::Reopened(stated) => (stated.of, Does::Reopen),
    };
    let case = match of {
        Case::Batch(id) => CaseKey::Batch(state.batches.find(id)?),
        Case::Agreement(id) => CaseKey::Agreement(state.agreements.find(id)?),
    };
    Ok(Resolved { organ: state.organs.find(by)?, case, of, on: entry.on(), does })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let Resolved { organ, case, of, on, does } = *resolved;
    if !state.is_authority(organ) {
        return Err(ClosureRefusal::NoAuthority(state.organs.get(organ).id).into());
    }
    let criterion = state
        .closures_of(case)
        .filter(|row| row.organ == organ)
        .find(|row| matches!(state.closure_entry(row.entry), Some(ClosureEntry::Criterion(_))))
        .map(|row| row.entry);
    let closed_by = state.closed_by(case, organ);
    let presupposes = match (does, closed_by) {
        (Does::Close, _) if criterion.is_none() => return Err(ClosureRefusal::NoCriterion(of).into()),
        (Does::Declare | Does::Close, Some(by)) => {
            return Err(ClosureRefusal::ClosedAlready { of, by: state.entries.get(by).id }.into());
        }
        (Does::Reopen, None) => return Err(ClosureRefusal::NotClosed(of).into()),
        (Does::Declare, None) => None,
        (Does::Close, None) => criterion,
        (Does::Reopen, closed_by) => closed_by,
    };
    if let Some(entry) = presupposes
        && state.time_of(entry).is_some_and(|time| is_before(on, time))
    {
        let after = state.entries.get(entry).id;
        return Err(ClosureRefusal::TooEarly { found: on, after }.into());
    }
    Ok(())
}

impl ClosureEntry {
    /// When it happened.
    pub fn on(&self) -> When {
        match self {
            Self::Criterion(entry) => entry.on,
            Self::Closed(entry) | Self::Reopened(entry) => entry.on,
        }
    }
}

/// What is impossible of the end of a case (invariant 42), in the order in which the rules are applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClosureRefusal {
    /// An organ of a party or a neutral one decides on the end of a case, and no other.
    NoAuthority(OrganId),
    /// A case is closed by a criterion that was declared.
    NoCriterion(Case),
    /// It is closed.
    ClosedAlready {
        /// The case.
        of: Case,
        /// The entry that closed it.
        by: EntryId,
    },
    /// What is not closed is not opened again.
    NotClosed(Case),
    /// It lies wholly before what it presupposes.
    TooEarly {
        /// When it is said to have been.
        found: When,
        /// The entry that records what came before.
        after: EntryId,
    },
}

impl ClosureRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NoAuthority(_) => {
                Rule::numbered(56, "a decision has an authority: an organ of a party, or a neutral one")
            }
            Self::NoCriterion(_) => Rule::numbered(
                42,
                "a case is closed by a declared criterion: every person identified, or every fragment attributed",
            ),
            Self::ClosedAlready { .. } | Self::NotClosed(_) => Rule::numbered(
                42,
                "a case that is closed is opened again before anything else is decided on its end",
            ),
            Self::TooEarly { .. } => Rule::numbered(19, "nothing happens before what it presupposes"),
        }
    }
}

impl fmt::Display for ClosureRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAuthority(organ) => {
                write!(f, "expected an organ of a party or a neutral one, found `{organ}`")
            }
            Self::NoCriterion(of) => write!(f, "expected a declared criterion of {of}, found none"),
            Self::ClosedAlready { of, by } => {
                write!(f, "expected {of} to be open, found that entry `{by}` closed it")
            }
            Self::NotClosed(of) => write!(f, "expected {of} to be closed, found that it is open"),
            Self::TooEarly { found, after } => {
                write!(f, "expected a time not wholly before that of entry `{after}`, found `{found}`")
            }
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: &Resolved) {
    let Resolved { organ, case, .. } = *resolved;
    let former_of_case = match case {
        CaseKey::Batch(batch) => state.batches.get(batch).last_closure,
        CaseKey::Agreement(agreement) => state.agreements.get(agreement).last_closure,
    };
    let row = state.closures.add(ClosureRow { entry, organ, former_of_case });
    match case {
        CaseKey::Batch(batch) => state.batches.change(batch, |batch| batch.last_closure = Some(row)),
        CaseKey::Agreement(agreement) => {
            state.agreements.change(agreement, |agreement| agreement.last_closure = Some(row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Entry, What};
    use crate::house::{House, the};
    use crate::quantity::Unit;
    use crate::reading::According;
    use crate::reciprocity::Accrual;

    #[test]
    fn a_case_is_closed_by_a_declared_criterion() {
        let mut house = House::new(Unit::Individual, Accrual::Credit);
        let of = Case::Batch(the("batch"));
        let stated = |on: &str| CaseStatement { of, on: the(on), note: None };
        let criterion =
            |criterion| ClosureEntry::Criterion(CriterionDeclared { of, criterion, on: the("2025-06-20") });
        let closed = || ClosureEntry::Closed(stated("2025-12-01"));
        let refused = house.refused("press", closed());
        assert_eq!(refused, ClosureRefusal::NoAuthority(the("press")).into());
        let refused = house.refused("south", closed());
        assert_eq!((refused.rule().invariant, refused), (Some(42), ClosureRefusal::NoCriterion(of).into()));
        let entry = Entry {
            id: the("x"),
            by: the("south"),
            said: the("2025-12-31"),
            source: None,
            what: What::Closure(closed()),
        };
        let mut broken = House { ledger: house.ledger.clone() };
        let _ = broken.ledger.replay(&entry).unwrap();
        assert_eq!(broken.broken(), [42]);

        house.tell("south", criterion(Criterion::PersonsIdentified));
        house.tell("south", criterion(Criterion::FragmentsAttributed));
        let refused = house.refused("south", ClosureEntry::Reopened(stated("2025-12-02")));
        assert_eq!(refused, ClosureRefusal::NotClosed(of).into());
        let refused = house.refused("south", ClosureEntry::Closed(stated("2025-06-19")));
        assert!(matches!(refused, Refusal::Closure(ClosureRefusal::TooEarly { .. })), "{refused}");
        let by = house.tell("south", closed());
        for again in [closed(), criterion(Criterion::PersonsIdentified)] {
            assert_eq!(house.refused("south", again), ClosureRefusal::ClosedAlready { of, by }.into());
        }
        // Another authority speaks for itself.
        let refused = house.refused("north", closed());
        assert_eq!(refused, ClosureRefusal::NoCriterion(of).into());
        let case = |according| house.reading(according).cases().remove(0);
        let view = case(According::To(the("south")));
        assert_eq!((view.criterion, view.closed_by), (Some(Criterion::FragmentsAttributed), Some(by)));
        assert_eq!(case(According::AcceptedByAll).closed_by, None);
        // A late find opens the case again.
        house.tell("south", ClosureEntry::Reopened(stated("2026-01-10")));
        house.tell("south", ClosureEntry::Closed(stated("2026-02-10")));
        house.check();
    }
}
