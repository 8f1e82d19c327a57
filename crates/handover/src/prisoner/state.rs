//! What the ledger holds of lists and of those who are on them.
//!
//! How an entry of a list stands is not held: it is folded from the steps that speak of it, so that it does not matter in
//! which order they were learned.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::list::ListEntry;
use super::procedure::Does;
use super::step::{Fitness, NominationStep, Step};
use super::{PrisonerEntry, Role};
use crate::agreement::AgreementRow;
use crate::held::EntryRow;
use crate::id::{ListId, NominationId};
use crate::party::{OrganRow, PartyRow, Side};
use crate::person::PersonRow;
use crate::remains::last;
use crate::slot::LegRow;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct ListRow {
    pub(crate) id: ListId,
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) holder: Idx<PartyRow>,
    pub(crate) home: Idx<PartyRow>,
    pub(crate) under: Option<Idx<AgreementRow>>,
    pub(crate) leg: Option<Idx<LegRow>>,
    pub(crate) after_hostilities: bool,
    pub(crate) unilateral: bool,
    pub(crate) last_version: Option<Idx<VersionRow>>,
    /// The version that is frozen.
    pub(crate) frozen: Option<Idx<VersionRow>>,
    pub(crate) last_event: Option<Idx<ListEventRow>>,
    pub(crate) last_nomination: Option<Idx<NominationRow>>,
}

/// A version of a list. Its members stand in its entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VersionRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) number: u16,
    pub(crate) by: Idx<PartyRow>,
    /// The entries by which each side accepted it.
    pub(crate) by_holder: Option<Idx<EntryRow>>,
    pub(crate) by_home: Option<Idx<EntryRow>>,
    pub(super) former: Option<Idx<VersionRow>>,
}

/// That an entry says something of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListEventRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(super) former: Option<Idx<ListEventRow>>,
}

/// A person on a list, or one offered in the place of someone on it.
#[derive(Clone, Debug)]
pub(crate) struct NominationRow {
    pub(crate) id: NominationId,
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) list: Idx<ListRow>,
    pub(crate) person: Idx<PersonRow>,
    /// Whether the frozen version of the list has it.
    pub(crate) frozen: bool,
    /// Whether it was offered in the place of someone, or beside the list.
    pub(crate) substitute: bool,
    pub(crate) last_step: Option<Idx<StepRow>>,
    pub(super) former_of_list: Option<Idx<NominationRow>>,
    pub(super) former_of_person: Option<Idx<NominationRow>>,
}

/// That a step speaks of an entry of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(super) former: Option<Idx<StepRow>>,
}

/// That two references are said to be one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SameRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) persons: [Idx<PersonRow>; 2],
    pub(super) former: [Option<Idx<SameRow>>; 2],
}

impl State {
    /// What an organ is to a list.
    pub(crate) fn role(&self, list: Idx<ListRow>, organ: Idx<OrganRow>) -> Role {
        let row = self.lists.get(list);
        match self.organs.get(organ).side {
            Side::Party(party) if party == row.holder => Role::Holder,
            Side::Party(party) if party == row.home => Role::Home,
            Side::Neutral => Role::Neutral,
            _ => Role::Other,
        }
    }

    /// The versions of a list, the latest first.
    pub(crate) fn versions_of(&self, list: Idx<ListRow>) -> impl Iterator<Item = Idx<VersionRow>> {
        core::iter::successors(self.lists.get(list).last_version, |at| self.versions.get(*at).former)
    }

    pub(crate) fn version_of(&self, list: Idx<ListRow>, number: u16) -> Option<Idx<VersionRow>> {
        self.versions_of(list).find(|at| self.versions.get(*at).number == number)
    }

    /// Who is on a version, in the order in which it names them.
    pub(crate) fn members_of(&self, version: Idx<VersionRow>) -> impl Iterator<Item = Idx<NominationRow>> {
        let members = match self.list_entry(self.versions.get(version).entry) {
            Some(ListEntry::Submitted(version)) => version.entries.as_slice(),
            _ => &[],
        };
        members.iter().filter_map(|id| self.nominations.at(*id))
    }

    pub(crate) fn is_on(&self, version: Idx<VersionRow>, nomination: Idx<NominationRow>) -> bool {
        self.members_of(version).any(|at| at == nomination)
    }

    /// What an entry says of a list, if it does.
    pub(crate) fn list_entry(&self, entry: Idx<EntryRow>) -> Option<&ListEntry> {
        match self.told_in_full(entry) {
            Some(PrisonerEntry::List(entry)) => Some(entry),
            _ => None,
        }
    }

    pub(crate) fn list_time(&self, entry: Idx<EntryRow>) -> Option<When> {
        self.list_entry(entry).map(ListEntry::on)
    }

    /// The entries that say something of a list, the latest first.
    pub(crate) fn events_of_list(&self, list: Idx<ListRow>) -> impl Iterator<Item = Idx<EntryRow>> {
        core::iter::successors(self.lists.get(list).last_event, |at| self.list_events.get(*at).former)
            .map(|at| self.list_events.get(at).entry)
    }

    /// The entry by which a list was executed or reconciled.
    pub(crate) fn list_done(&self, list: Idx<ListRow>, does: Does) -> Option<Idx<EntryRow>> {
        self.events_of_list(list).find(|entry| match self.list_entry(*entry) {
            Some(ListEntry::Executed(_)) => does == Does::Execute,
            Some(ListEntry::Reconciled(_)) => does == Does::Reconcile,
            _ => false,
        })
    }

    /// The entries of a list, the latest first, substitutes among them.
    pub(crate) fn nominations_of_list(&self, list: Idx<ListRow>) -> impl Iterator<Item = Idx<NominationRow>> {
        core::iter::successors(self.lists.get(list).last_nomination, |at| {
            self.nominations.get(*at).former_of_list
        })
    }

    /// The persons of whom it is said that they are this one, this one first.
    pub(crate) fn same_as(&self, person: Idx<PersonRow>) -> Vec<Idx<PersonRow>> {
        self.same_by(person, |entry| self.withdrawal_index.get(entry).is_none())
    }

    /// The persons of whom entries that stand say that they are this one, this one first.
    pub(crate) fn same_by(
        &self,
        person: Idx<PersonRow>,
        stands: impl Fn(Idx<EntryRow>) -> bool,
    ) -> Vec<Idx<PersonRow>> {
        let mut found = Vec::from([person]);
        let mut seen = BTreeSet::from([person]);
        let mut at = 0_usize;
        while let Some(one) = found.get(at).copied() {
            for row in self.same_rows(one) {
                for other in row.persons {
                    if stands(row.entry) && seen.insert(other) {
                        found.push(other);
                    }
                }
            }
            at = at.saturating_add(1);
        }
        found
    }

    fn same_rows(&self, person: Idx<PersonRow>) -> impl Iterator<Item = &SameRow> {
        core::iter::successors(self.persons.get(person).last_same, move |at| {
            let row = self.sames.get(*at);
            let [first, second] = row.former;
            if row.persons.first() == Some(&person) { first } else { second }
        })
        .map(|at| self.sames.get(at))
    }

    /// The entries of lists on which a person is, under whatever reference.
    pub(crate) fn nominations_of(&self, person: Idx<PersonRow>) -> impl Iterator<Item = Idx<NominationRow>> {
        self.nominations_under(self.same_as(person))
    }

    /// The entries of lists on which someone is under these references.
    pub(crate) fn nominations_under(
        &self,
        persons: impl IntoIterator<Item = Idx<PersonRow>>,
    ) -> impl Iterator<Item = Idx<NominationRow>> {
        persons.into_iter().flat_map(|person| {
            core::iter::successors(self.persons.get(person).last_nomination, |at| {
                self.nominations.get(*at).former_of_person
            })
        })
    }

    /// The step that an entry tells, if it does.
    pub(crate) fn step(&self, entry: Idx<EntryRow>) -> Option<&NominationStep> {
        match self.told_in_full(entry) {
            Some(PrisonerEntry::Step(step)) => Some(step),
            _ => None,
        }
    }

    /// The steps of an entry of a list, retracted ones too, the latest first.
    pub(crate) fn all_steps(
        &self,
        nomination: Idx<NominationRow>,
    ) -> impl Iterator<Item = (Idx<EntryRow>, &NominationStep)> {
        core::iter::successors(self.nominations.get(nomination).last_step, |at| self.steps.get(*at).former)
            .filter_map(|at| {
                let entry = self.steps.get(at).entry;
                Some((entry, self.step(entry)?))
            })
    }

    /// The steps that stand.
    pub(crate) fn steps_of(
        &self,
        nomination: Idx<NominationRow>,
    ) -> impl Iterator<Item = (Idx<EntryRow>, &NominationStep)> {
        self.all_steps(nomination).filter(|(entry, _)| self.withdrawal_index.get(*entry).is_none())
    }

    /// Of the steps that a question is about, the one that counts: the latest by its time.
    pub(crate) fn latest_step<'s, T>(
        &'s self,
        steps: impl Iterator<Item = (Idx<EntryRow>, &'s NominationStep)>,
        of: impl Fn(&'s Step) -> Option<T>,
    ) -> Option<(Idx<EntryRow>, &'s NominationStep, T)> {
        steps
            .filter_map(|(entry, told)| Some((entry, told, of(&told.step)?)))
            .max_by_key(|(entry, told, _)| (last(told.on), told.step.rank(), self.entries.get(*entry).id))
    }

    /// Whether an entry of a list is at no end, whoever told of it.
    pub(crate) fn is_open(&self, nomination: Idx<NominationRow>) -> bool {
        self.would_be_open(nomination, None, None)
    }

    /// Whether it would be, were one step more told and one entry retracted.
    pub(crate) fn would_be_open<'s>(
        &'s self,
        nomination: Idx<NominationRow>,
        more: Option<&'s NominationStep>,
        without: Option<Idx<EntryRow>>,
    ) -> bool {
        let steps = || self.steps_of(nomination).filter(|(entry, _)| Some(*entry) != without);
        if steps().any(|(_, told)| told.step.ends()) || more.is_some_and(|more| more.step.ends()) {
            return false;
        }
        let answer = |step: &Step| match step {
            Step::Holding(answer) => Some(*answer),
            _ => None,
        };
        let told = self.latest_step(steps(), answer).map(|(_, told, answer)| (last(told.on), answer));
        let newer = more.and_then(|more| Some((last(more.on), answer(&more.step)?)));
        let counts = match (told, newer) {
            (Some(told), Some(newer)) => Some(if newer.0 >= told.0 { newer } else { told }),
            (told, newer) => newer.or(told),
        };
        !counts.is_some_and(|(_, answer)| answer.denies())
    }

    /// Whether a person cannot travel, by the latest that is told.
    pub(crate) fn is_deferred(&self, nomination: Idx<NominationRow>) -> bool {
        let fitness = self.latest_step(self.steps_of(nomination), |step| match step {
            Step::Fitness(fitness) => Some(*fitness),
            _ => None,
        });
        fitness.is_some_and(|(_, _, fitness)| fitness == Fitness::Unfit)
    }

    /// When an entry of a list was made.
    pub(crate) fn nominated_on(&self, nomination: Idx<NominationRow>) -> Option<When> {
        match self.told_in_full(self.nominations.get(nomination).entry) {
            Some(PrisonerEntry::Nominated(it)) => Some(it.on),
            Some(PrisonerEntry::SubstituteOffered(it)) => Some(it.on),
            _ => None,
        }
    }
}
