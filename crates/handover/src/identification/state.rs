//! What the ledger holds of identification: versions of policies, who is considered to be whom, and decisions.

use crate::entry::Entry;
use crate::id::PolicyId;
use crate::person::PersonRow;
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;

#[derive(Clone, Debug)]
pub(crate) struct PolicyRow {
    pub(crate) id: PolicyId,
    pub(crate) entry: Idx<Entry>,
    /// The policy that took its place.
    pub(crate) succeeded_by: Option<Idx<PolicyRow>>,
    /// The policy whose place it took.
    pub(crate) former: Option<Idx<PolicyRow>>,
}

/// How far it has come with one person as the one whose remains a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Progress {
    /// The person is not considered any more.
    Dropped,
    /// A comparison reached the screening threshold.
    Candidate,
    /// A laboratory reported a match.
    MatchReported,
    /// A board reviews all lines of evidence.
    UnderReview,
    /// It was decided.
    Decided,
}

/// That a unit is, or was, considered to be of one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CandidacyRow {
    pub(crate) person: Idx<PersonRow>,
    pub(crate) progress: Progress,
    pub(crate) former_of_unit: Option<Idx<CandidacyRow>>,
}

/// A decision that certain units are the remains of a person. It is never deleted: a revocation marks it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DecisionRow {
    /// The entry that decided.
    pub(crate) entry: Idx<Entry>,
    pub(crate) person: Idx<PersonRow>,
    /// The entry whose grounds it rests on now: the one that decided, or the latest that upheld it.
    pub(crate) grounds: Idx<Entry>,
    /// The entry that opened the re-examination that is going on.
    pub(crate) reexamined_by: Option<Idx<Entry>>,
    /// The entry that revoked it.
    pub(crate) revoked_by: Option<Idx<Entry>>,
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

    /// What a unit was considered to be with one person.
    pub(crate) fn candidacy(&self, unit: Idx<UnitRow>, person: Idx<PersonRow>) -> Option<Idx<CandidacyRow>> {
        core::iter::successors(self.units.get(unit).last_candidacy, |at| {
            self.candidacies.get(*at).former_of_unit
        })
        .find(|at| self.candidacies.get(*at).person == person)
    }

    /// Whether an entry that a later one may withdraw still stands.
    pub(crate) fn entry_stands(&self, entry: Idx<Entry>) -> bool {
        self.withdrawal_index.get(entry).is_none()
    }
}
