//! What is known of a family by the moment of a reading: its branches, their choices, who cannot be told, and who is told.

use alloc::vec::Vec;

use super::sum::Counted;
use super::{Basis, Reading, Whose};
use crate::closure::{CaseKey, ClosureEntry};
use crate::held::EntryRow;
use crate::identification::DecisionRow;
use crate::notice::{Branch, FamilyRow, NoticeEntry, Preference, WhyNotDue};
use crate::party::Side;
use crate::person::PersonRow;
use crate::remains::UnitRow;
use crate::table::Idx;

impl<B: Basis> Reading<'_, B> {
    /// Whether an entry had certainly happened, and its organ is heard.
    fn is_known(&self, entry: Idx<EntryRow>) -> bool {
        let side = self.state.organs.get(self.state.organ_of_entry(entry)).side;
        self.happened(entry) == Counted::Yes && (self.whose == Whose::All || self.trusts(side))
    }

    /// What was known of a person's family, the latest first.
    fn family_known(&self, person: Idx<PersonRow>) -> impl Iterator<Item = &FamilyRow> {
        self.state.family_of(person).filter(|row| self.is_known(row.entry))
    }

    /// The branches of a person's family that were known, each once, by number.
    pub(super) fn branches_known(&self, person: Idx<PersonRow>) -> Vec<Branch> {
        self.state.branches_in(self.family_known(person))
    }

    /// How often a branch chose to be told.
    pub(super) fn preference_known(&self, person: Idx<PersonRow>, branch: Branch) -> Preference {
        self.state.preference_in(self.family_known(person), branch)
    }

    /// The entry that held then and says of a family what is asked for.
    fn standing_of_family(
        &self,
        person: Idx<PersonRow>,
        is: impl Fn(&NoticeEntry) -> bool,
    ) -> Option<Idx<EntryRow>> {
        self.family_known(person)
            .filter(|row| self.holds(row.entry, row.ended_by) == Counted::Yes)
            .find(|row| self.state.notice_entry(row.entry).is_some_and(|told| is(&told)))
            .map(|row| row.entry)
    }

    /// The entry that no kin of a person were known, unless a branch was.
    pub(super) fn no_kin_then(&self, person: Idx<PersonRow>) -> Option<Idx<EntryRow>> {
        if !self.branches_known(person).is_empty() {
            return None;
        }
        self.standing_of_family(person, |entry| matches!(entry, NoticeEntry::NoKinKnown(_)))
    }

    /// The entry that contact endangered a branch; of the whole family if none is named.
    pub(super) fn danger_then(
        &self,
        person: Idx<PersonRow>,
        branch: Option<Branch>,
    ) -> Option<Idx<EntryRow>> {
        self.standing_of_family(person, |entry| match entry {
            NoticeEntry::ContactEndangersKin(danger) => danger.branch.is_none() || danger.branch == branch,
            _ => false,
        })
    }

    /// Whether a branch had been told of a unit under a decision.
    fn had_been_told(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
        branch: Branch,
        decision: Idx<DecisionRow>,
    ) -> bool {
        self.steps(unit, person, branch, decision).into_iter().any(|entry| {
            matches!(
                self.state.notice_entry(entry).as_deref(),
                Some(NoticeEntry::Notified(_) | NoticeEntry::Acknowledged(_) | NoticeEntry::Contested(_))
            )
        })
    }

    /// Whether the batch of a unit, or its agreement, had been closed by an organ of the side that received it or by a
    /// neutral one.
    fn case_was_closed(&self, unit: Idx<UnitRow>) -> bool {
        let Some(batch) = self.batch_of_unit(unit) else { return false };
        let agreement = self.state.agreement_of_batch(batch).map(CaseKey::Agreement);
        let receiver = Side::Party(self.state.batches.get(batch).to);
        [Some(CaseKey::Batch(batch)), agreement].into_iter().flatten().any(|case| {
            let mut stated = Vec::new();
            let mut rows = self.state.closures_of(case).filter(|row| {
                let side = self.state.organs.get(row.organ).side;
                [receiver, Side::Neutral].contains(&side) && self.happened(row.entry) == Counted::Yes
            });
            rows.any(|row| match self.state.closure_entry(row.entry) {
                Some(what @ (ClosureEntry::Closed(_) | ClosureEntry::Reopened(_)))
                    if !stated.contains(&row.organ) =>
                {
                    stated.push(row.organ);
                    matches!(what, ClosureEntry::Closed(_))
                }
                _ => false,
            })
        })
    }

    /// Why a branch was not to be told of a unit; nothing if it was.
    pub(super) fn why_not_due(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
        branch: Branch,
    ) -> Option<WhyNotDue> {
        if self.person_decided(unit) != Some(person) {
            return Some(WhyNotDue::NoDecision);
        }
        if self.danger_then(person, Some(branch)).is_some() {
            return Some(WhyNotDue::ContactEndangersKin);
        }
        let of_another = || {
            self.state.notices_of_person(person).map(|at| self.state.notices.get(at)).any(|row| {
                row.branch == branch
                    && row.unit != unit
                    && self.decision_on(row.unit) == Some(row.decision)
                    && self.had_been_told(row.unit, person, branch, row.decision)
            })
        };
        let preference = self.preference_known(person, branch);
        let excused = match preference {
            Preference::Never => true,
            Preference::FirstOnly => of_another(),
            Preference::AtEnd => !self.case_was_closed(unit),
            Preference::NotAsked | Preference::EveryFind => false,
        };
        excused.then_some(WhyNotDue::AsPreferred(preference))
    }

    /// Whether every branch of a family was told of a unit under the decision that held, or excused from it.
    pub(super) fn family_was_told(&self, unit: Idx<UnitRow>, person: Idx<PersonRow>) -> bool {
        let branches = self.branches_known(person);
        let in_writing = |entry: Option<Idx<EntryRow>>| entry.is_some_and(|at| self.state.is_in_writing(at));
        if branches.is_empty() {
            return in_writing(self.no_kin_then(person).or_else(|| self.danger_then(person, None)));
        }
        let decision = self.decision_on(unit);
        branches.into_iter().all(|branch| {
            decision.is_some_and(|decision| self.had_been_told(unit, person, branch, decision))
                || match self.why_not_due(unit, person, branch) {
                    Some(WhyNotDue::ContactEndangersKin) => {
                        in_writing(self.danger_then(person, Some(branch)))
                    }
                    Some(WhyNotDue::AsPreferred(Preference::Never | Preference::FirstOnly)) => true,
                    _ => false,
                }
        })
    }
}
