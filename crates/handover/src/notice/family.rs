//! Who of a family is to be told of what, and whether it was.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::record::{FamilyRow, NoticeRow, Stage};
use super::{Branch, NoticeEntry, Preference, WhyNotDue};
use crate::closure::CaseKey;
use crate::held::EntryRow;
use crate::identification::DecisionRow;
use crate::party::Side;
use crate::person::PersonRow;
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;

impl State {
    /// What was recorded of a person's family, the latest first.
    pub(crate) fn family_of(&self, person: Idx<PersonRow>) -> impl Iterator<Item = &FamilyRow> {
        core::iter::successors(self.persons.get(person).last_family, |at| {
            self.families.get(*at).former_of_person
        })
        .map(|at| self.families.get(at))
    }

    /// The entry about notice that is recorded in this place.
    pub(crate) fn notice_entry(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, NoticeEntry>> {
        self.told(entry)
    }

    /// The branches of a person's family, each once, by number.
    pub(crate) fn branches_of(&self, person: Idx<PersonRow>) -> Vec<Branch> {
        self.branches_in(self.family_of(person))
    }

    /// The branches that these rows of a family tell of, each once, by number.
    pub(crate) fn branches_in<'s>(&'s self, rows: impl Iterator<Item = &'s FamilyRow>) -> Vec<Branch> {
        let mut branches: Vec<Branch> = rows
            .filter_map(|row| match self.notice_entry(row.entry)?.as_ref() {
                NoticeEntry::Branch(known) => Some(known.branch),
                _ => None,
            })
            .collect();
        branches.sort_unstable();
        branches.dedup();
        branches
    }

    /// How often a branch chooses to be told.
    pub(crate) fn preference_of(&self, person: Idx<PersonRow>, branch: Branch) -> Preference {
        self.preference_in(self.family_of(person), branch)
    }

    /// How often a branch chooses to be told, by these rows of its family: its choice of the latest day, the one recorded
    /// later among choices of one day.
    pub(crate) fn preference_in<'s>(
        &'s self,
        rows: impl Iterator<Item = &'s FamilyRow>,
        branch: Branch,
    ) -> Preference {
        rows.filter_map(|row| match self.notice_entry(row.entry)?.as_ref() {
            NoticeEntry::Branch(known) if known.branch == branch => {
                Some((known.on, row.entry, known.preference))
            }
            NoticeEntry::Preferred(change) if change.branch == branch => {
                Some((change.on, row.entry, change.preference))
            }
            _ => None,
        })
        .max_by_key(|(on, entry, _)| (on.span().first(), *entry))
        .map_or(Preference::NotAsked, |(_, _, preference)| preference)
    }

    /// The standing entry that no kin of a person are known, unless a branch became known.
    pub(crate) fn no_kin_known(&self, person: Idx<PersonRow>) -> Option<Idx<EntryRow>> {
        if !self.branches_of(person).is_empty() {
            return None;
        }
        self.family_of(person)
            .filter(|row| row.ended_by.is_none())
            .find(|row| matches!(self.notice_entry(row.entry).as_deref(), Some(NoticeEntry::NoKinKnown(_))))
            .map(|row| row.entry)
    }

    /// The standing entry that contact endangers a branch; of the whole family if none is named.
    pub(crate) fn contact_endangers(
        &self,
        person: Idx<PersonRow>,
        branch: Option<Branch>,
    ) -> Option<Idx<EntryRow>> {
        self.family_of(person)
            .filter(|row| row.ended_by.is_none())
            .find(|row| match self.notice_entry(row.entry).as_deref() {
                Some(NoticeEntry::ContactEndangersKin(danger)) => {
                    danger.branch.is_none() || danger.branch == branch
                }
                _ => false,
            })
            .map(|row| row.entry)
    }

    /// Whether an entry that nobody can be told is an authority's decision in writing.
    pub(crate) fn is_in_writing(&self, entry: Idx<EntryRow>) -> bool {
        match self.notice_entry(entry).as_deref() {
            Some(NoticeEntry::NoKinKnown(entry) | NoticeEntry::ContactEndangersKin(entry)) => {
                entry.decision.is_some()
            }
            _ => false,
        }
    }

    /// The notices about a unit, the latest first.
    pub(crate) fn notices_of_unit(&self, unit: Idx<UnitRow>) -> impl Iterator<Item = Idx<NoticeRow>> {
        core::iter::successors(self.units.get(unit).last_notice, |at| self.notices.get(*at).former_of_unit)
    }

    /// The notices to a person's family, the latest first.
    pub(crate) fn notices_of_person(&self, person: Idx<PersonRow>) -> impl Iterator<Item = Idx<NoticeRow>> {
        core::iter::successors(self.persons.get(person).last_notice, |at| {
            self.notices.get(*at).former_of_person
        })
    }

    /// Whether a branch was told of another unit by a decision that stands.
    fn is_told_of_another(&self, person: Idx<PersonRow>, branch: Branch, unit: Idx<UnitRow>) -> bool {
        self.notices_of_person(person).map(|at| self.notices.get(at)).any(|row| {
            row.branch == branch
                && row.unit != unit
                && row.stage >= Stage::Notified
                && self.decision_in_force(row.unit) == Some(row.decision)
        })
    }

    /// Why a branch is not to be told of a unit; `Ok` if it is.
    ///
    /// # Errors
    /// It is not: for the first reason that applies.
    pub(crate) fn notice_is_due(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
        branch: Branch,
    ) -> Result<Idx<DecisionRow>, WhyNotDue> {
        let decision = self.decision_in_force(unit).filter(|at| self.decisions.get(*at).person == person);
        let decision = decision.ok_or(WhyNotDue::NoDecision)?;
        if self.contact_endangers(person, Some(branch)).is_some() {
            return Err(WhyNotDue::ContactEndangersKin);
        }
        match self.preference_of(person, branch) {
            Preference::Never => Err(WhyNotDue::AsPreferred(Preference::Never)),
            Preference::FirstOnly if self.is_told_of_another(person, branch, unit) => {
                Err(WhyNotDue::AsPreferred(Preference::FirstOnly))
            }
            Preference::AtEnd if !self.is_case_closed(unit) => Err(WhyNotDue::AsPreferred(Preference::AtEnd)),
            Preference::NotAsked | Preference::EveryFind | Preference::FirstOnly | Preference::AtEnd => {
                Ok(decision)
            }
        }
    }

    /// Whether an organ of the side that received the batch of a unit, or a neutral one, states that the batch or its
    /// agreement is closed.
    pub(crate) fn is_case_closed(&self, unit: Idx<UnitRow>) -> bool {
        let Some(batch) = self.batch_of_unit(unit) else { return false };
        let agreement = self.agreement_of_batch(batch).map(CaseKey::Agreement);
        let receiver = Side::Party(self.batches.get(batch).to);
        [Some(CaseKey::Batch(batch)), agreement].into_iter().flatten().any(|case| {
            self.closures_of(case)
                .filter(|row| [receiver, Side::Neutral].contains(&self.organs.get(row.organ).side))
                .any(|row| self.closed_by(case, row.organ).is_some())
        })
    }

    /// The first branch that is neither told of a unit under the decision in force nor excused from it: `Err(None)` if
    /// there is nobody to tell and no authority decided that in writing.
    ///
    /// # Errors
    /// The family is not told.
    pub(crate) fn family_is_told(
        &self,
        unit: Idx<UnitRow>,
        person: Idx<PersonRow>,
    ) -> Result<(), Option<Branch>> {
        let branches = self.branches_of(person);
        if branches.is_empty() {
            let ground = self.no_kin_known(person).or_else(|| self.contact_endangers(person, None));
            return if ground.is_some_and(|entry| self.is_in_writing(entry)) { Ok(()) } else { Err(None) };
        }
        let is_told = |branch: Branch| {
            let told = self.notices_of_unit(unit).map(|at| self.notices.get(at)).any(|row| {
                (row.person, row.branch) == (person, branch)
                    && row.stage >= Stage::Notified
                    && self.decision_in_force(unit) == Some(row.decision)
            });
            told || match self.notice_is_due(unit, person, branch) {
                Err(WhyNotDue::ContactEndangersKin) => self
                    .contact_endangers(person, Some(branch))
                    .is_some_and(|entry| self.is_in_writing(entry)),
                // A choice of when to be told is no veto on what the others of the family ask for.
                Err(WhyNotDue::AsPreferred(_)) => true,
                _ => false,
            }
        };
        match branches.into_iter().find(|branch| !is_told(*branch)) {
            Some(branch) => Err(Some(branch)),
            None => Ok(()),
        }
    }
}
