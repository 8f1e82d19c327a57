//! What the ledger holds of identification: versions of policies, who is considered to be whom, and decisions.

use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::{Evidence, Grounds, IdentificationEntry, Policy, ProcedureTold};
use crate::held::{EntryRow, part};
use crate::id::PolicyId;
use crate::id::RemainsId;
use crate::person::PersonRow;
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;

#[derive(Clone, Debug)]
pub(crate) struct PolicyRow {
    pub(crate) id: PolicyId,
    pub(crate) policy: Arc<Policy>,
    pub(crate) entry: Idx<EntryRow>,
    /// The policy that took its place.
    pub(crate) succeeded_by: Option<Idx<PolicyRow>>,
}

/// How far it has come with one person as the one whose remains a unit is (B5, axis 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Stage {
    /// The person is not considered, or not any more.
    NotConsidered,
    /// A comparison reached the screening threshold.
    Candidate,
    /// A laboratory reported a match.
    MatchReported,
    /// A board reviews all lines of evidence.
    UnderReview,
    /// It was decided.
    Decided,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotConsidered => "not considered",
            Self::Candidate => "a candidate",
            Self::MatchReported => "reported as a match",
            Self::UnderReview => "under review",
            Self::Decided => "decided",
        })
    }
}

/// That a unit is, or was, considered to be of one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CandidacyRow {
    pub(crate) person: Idx<PersonRow>,
    pub(crate) stage: Stage,
    /// The entry that brought it there.
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) former_of_unit: Option<Idx<CandidacyRow>>,
}

/// A decision that certain units are the remains of a person. It is never deleted: a revocation marks it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DecisionRow {
    /// The entry that decided.
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) person: Idx<PersonRow>,
    /// The entry whose grounds it rests on now: the one that decided, or the latest that upheld it.
    pub(crate) grounds: Idx<EntryRow>,
    /// The entry that opened the re-examination that is going on.
    pub(crate) reexamined_by: Option<Idx<EntryRow>>,
    /// The entry that revoked it.
    pub(crate) revoked_by: Option<Idx<EntryRow>>,
    pub(crate) former_of_person: Option<Idx<DecisionRow>>,
}

impl State {
    /// The decision in force on whose remains a unit is, whether or not it is being re-examined (invariant 33).
    pub(crate) fn decision_in_force(&self, unit: Idx<UnitRow>) -> Option<Idx<DecisionRow>> {
        self.units.get(unit).decision.filter(|decision| self.decisions.get(*decision).revoked_by.is_none())
    }

    /// Every decision that remains are this person's, revoked ones too, the latest first.
    pub(crate) fn decisions_of_person(
        &self,
        person: Idx<PersonRow>,
    ) -> impl Iterator<Item = Idx<DecisionRow>> {
        core::iter::successors(self.persons.get(person).last_decision, |at| {
            self.decisions.get(*at).former_of_person
        })
    }

    /// The units of which a decision speaks.
    pub(crate) fn units_of_decision(&self, decision: Idx<DecisionRow>) -> Vec<Idx<UnitRow>> {
        let entry = self.decisions.get(decision).entry;
        if let Some(ProcedureTold::Decided { units, .. }) = self.row(entry) {
            return units.rows(&self.unit_lists).to_vec();
        }
        match self.told_in_full(entry) {
            Some(IdentificationEntry::Decided(decision)) => self.units_named(&decision.units),
            _ => Vec::new(),
        }
    }

    pub(super) fn units_named(&self, units: &[RemainsId]) -> Vec<Idx<UnitRow>> {
        units.iter().filter_map(|unit| self.units.at(*unit)).collect()
    }

    /// Those whom a unit is or was considered to be, the latest first.
    pub(crate) fn candidacies_of_unit(&self, unit: Idx<UnitRow>) -> impl Iterator<Item = Idx<CandidacyRow>> {
        core::iter::successors(self.units.get(unit).last_candidacy, |at| {
            self.candidacies.get(*at).former_of_unit
        })
    }

    /// What a unit is or was considered to be with one person.
    pub(super) fn candidacy(&self, unit: Idx<UnitRow>, person: Idx<PersonRow>) -> Option<Idx<CandidacyRow>> {
        self.candidacies_of_unit(unit).find(|at| self.candidacies.get(*at).person == person)
    }

    /// How far it has come with one person as the one whose remains a unit is.
    pub(super) fn stage(&self, unit: Idx<UnitRow>, person: Idx<PersonRow>) -> Stage {
        self.candidacy(unit, person).map_or(Stage::NotConsidered, |at| self.candidacies.get(at).stage)
    }

    /// What an entry records of identification, if it does.
    pub(crate) fn identification(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, IdentificationEntry>> {
        self.told(entry)
    }

    /// The evidence of an entry, if it is evidence.
    pub(crate) fn evidence(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, Evidence>> {
        part!(self.identification(entry), IdentificationEntry::Evidence)
    }

    /// Whether an entry is evidence.
    pub(super) fn is_evidence(&self, entry: Idx<EntryRow>) -> bool {
        matches!(self.row(entry), Some(ProcedureTold::Evidence { .. }))
            || matches!(self.told_in_full(entry), Some(IdentificationEntry::Evidence(_)))
    }

    /// Whether an entry tells that remains are not a person's.
    pub(super) fn excludes(&self, entry: Idx<EntryRow>, person: Idx<PersonRow>) -> bool {
        // An exclusion has nothing that is rare, so that it is always held in its row.
        matches!(self.row(entry), Some(ProcedureTold::Excluded { person: whom, .. }) if *whom == person)
    }

    /// What a decision rests on, if an entry decides or upholds.
    pub(crate) fn grounds(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, Grounds>> {
        match self.identification(entry)? {
            Cow::Borrowed(told) => told.grounds().map(Cow::Borrowed),
            Cow::Owned(IdentificationEntry::Decided(decision)) => Some(Cow::Owned(decision.grounds)),
            Cow::Owned(IdentificationEntry::Upheld(upheld)) => Some(Cow::Owned(upheld.grounds)),
            Cow::Owned(_) => None,
        }
    }

    /// Whether an entry that a later one may take back still stands.
    pub(crate) fn stands(&self, entry: Idx<EntryRow>) -> bool {
        self.withdrawal_index.get(entry).is_none()
    }
}
