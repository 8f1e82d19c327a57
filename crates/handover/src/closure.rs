//! Closure: when a case is at its end, by a criterion that was declared.
//!
//! "All persons are identified" and "all fragments are attributed" are different ends; which one holds is decided and
//! never assumed (invariant 42).

use core::fmt;

use crate::agreement::AgreementRow;
use crate::batch::BatchRow;
use crate::entry::Entry;
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
pub enum Criterion {
    /// When every person is identified.
    PersonsIdentified,
    /// When every fragment is attributed to a person.
    FragmentsAttributed,
}

/// The criterion of a case is declared. A later one takes the place of an earlier one as long as the case is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct CriterionDeclared {
    /// The case.
    pub of: Case,
    /// Its criterion.
    pub criterion: Criterion,
    /// When it was declared.
    pub on: When,
}

/// A case is stated to be closed, or to be open again: a late find is never refused because of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ClosureEntry {
    /// Its criterion is declared.
    Criterion(CriterionDeclared),
    /// It is closed.
    Closed(CaseStatement),
    /// It is open again.
    Reopened(CaseStatement),
}

// ---- state

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum ClosureKey {
    Batch(Idx<BatchRow>),
    Agreement(Idx<AgreementRow>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ClosureRow {
    pub(crate) case: Case,
    pub(crate) criterion: Criterion,
    /// The entry that declared the criterion.
    pub(crate) declared_by: Idx<Entry>,
    /// The entry that closed it.
    pub(crate) closed_by: Option<Idx<Entry>>,
}

impl State {
    /// Whether a case is stated to be closed.
    pub(crate) fn is_closed(&self, case: ClosureKey) -> bool {
        self.closure_index.get(case).is_some_and(|at| self.closures.get(at).closed_by.is_some())
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) struct Resolved {
    organ: Idx<OrganRow>,
    does: Does,
}

#[derive(Debug)]
enum Does {
    Criterion { key: ClosureKey, row: Option<Idx<ClosureRow>>, of: Case, criterion: Criterion },
    Closed { row: Option<Idx<ClosureRow>>, of: Case, on: When },
    Reopened { row: Option<Idx<ClosureRow>>, of: Case, on: When },
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &ClosureEntry) -> Result<Resolved, Refusal> {
    let find = |of: Case| -> Result<(ClosureKey, Option<Idx<ClosureRow>>), Refusal> {
        let key = match of {
            Case::Batch(id) => ClosureKey::Batch(state.batch_index.find(id)?),
            Case::Agreement(id) => ClosureKey::Agreement(state.agreement_index.find(id)?),
        };
        Ok((key, state.closure_index.get(key)))
    };
    let does = match entry {
        ClosureEntry::Criterion(declared) => {
            let (key, row) = find(declared.of)?;
            Does::Criterion { key, row, of: declared.of, criterion: declared.criterion }
        }
        ClosureEntry::Closed(stated) => {
            Does::Closed { row: find(stated.of)?.1, of: stated.of, on: stated.on }
        }
        ClosureEntry::Reopened(stated) => {
            Does::Reopened { row: find(stated.of)?.1, of: stated.of, on: stated.on }
        }
    };
    Ok(Resolved { organ: state.organ_index.find(by)?, does })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    if !state.is_authority(resolved.organ) {
        return Err(ClosureRefusal::NoAuthority(state.organs.get(resolved.organ).id).into());
    }
    let closed_by = |row: &Option<Idx<ClosureRow>>| row.and_then(|at| state.closures.get(at).closed_by);
    let (presupposes, of, on) = match &resolved.does {
        Does::Criterion { row, of, .. } => {
            if let Some(by) = closed_by(row) {
                return Err(ClosureRefusal::ClosedAlready { of: *of, by: state.entries.get(by).id }.into());
            }
            return Ok(());
        }
        Does::Closed { row, of, on } => {
            let Some(row) = row else { return Err(ClosureRefusal::NoCriterion(*of).into()) };
            let row = state.closures.get(*row);
            if let Some(by) = row.closed_by {
                return Err(ClosureRefusal::ClosedAlready { of: *of, by: state.entries.get(by).id }.into());
            }
            (Some(row.declared_by), of, on)
        }
        Does::Reopened { row, of, on } => (closed_by(row), of, on),
    };
    let Some(entry) = presupposes else { return Err(ClosureRefusal::NotClosed(*of).into()) };
    if state.time_of(entry).is_some_and(|time| is_before(*on, time)) {
        let after = state.entries.get(entry).id;
        return Err(ClosureRefusal::TooEarly { found: *on, after }.into());
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

pub(crate) fn apply(state: &mut State, entry: Idx<Entry>, resolved: Resolved) {
    match resolved.does {
        Does::Criterion { row: Some(row), criterion, .. } => state.closures.change(row, |row| {
            row.criterion = criterion;
            row.declared_by = entry;
        }),
        Does::Criterion { key, row: None, of, criterion } => {
            let row =
                state.closures.add(ClosureRow { case: of, criterion, declared_by: entry, closed_by: None });
            state.closure_index.add(key, row);
        }
        Does::Closed { row, .. } => {
            if let Some(row) = row {
                state.closures.change(row, |row| row.closed_by = Some(entry));
            }
        }
        Does::Reopened { row, .. } => {
            if let Some(row) = row {
                state.closures.change(row, |row| row.closed_by = None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::What;
    use crate::house::{House, the};
    use crate::quantity::Unit;
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
        // A late find opens the case again.
        house.tell("south", ClosureEntry::Reopened(stated("2026-01-10")));
        house.tell("south", ClosureEntry::Closed(stated("2026-02-10")));
        house.check();
    }
}
