//! An entry of a list, folded from the steps that are heard.

use alloc::vec::Vec;

use super::entry::{EntryStatus, NominationView};
use super::{Heard, ending};
use crate::held::EntryRow;
use crate::id::NominationId;
use crate::neighbour::is_before;
use crate::person::{Fact, PersonStatus};
use crate::prisoner::{Fitness, Manner, NominationRow, Role, Step};
use crate::reading::standing::Voice;
use crate::reading::sum::Counted;
use crate::reading::{Basis, Reading, Whose};
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::when::When;

/// Whether two tell the same step: of a handing over, whatever leg either names.
fn is_same(one: &Step, other: &Step) -> bool {
    match (one, other) {
        (Step::HandedOver(one), Step::HandedOver(other)) => one.manner == other.manner,
        _ => one == other,
    }
}

impl<B: Basis> Reading<'_, B> {
    /// An entry of a list.
    ///
    /// # Errors
    /// It is not recorded.
    pub fn nomination(&self, id: NominationId) -> Result<NominationView<B>, EntryRefusal> {
        Ok(self.nomination_view(self.state.nominations.find(id)?))
    }

    pub(super) fn nomination_view(&self, at: Idx<NominationRow>) -> NominationView<B> {
        let row = self.state.nominations.get(at);
        let list = self.state.lists.get(row.list);
        let id = |entry: Idx<EntryRow>| self.state.entries.get(entry).id;
        let mut rests_on = B::default();
        self.rest_on(&mut rests_on, row.entry);
        let voices = self.voices_of_list(row.list);
        let words: Vec<_> = voices.iter().map(|voice| self.heard(*voice, at)).collect();
        let statuses: Vec<_> = words.iter().map(|(heard, _)| self.status(at, heard)).collect();
        let first = statuses.first().copied();
        let status = first.filter(|first| statuses.iter().all(|other| other == first));
        // What all accept is what each of the voices tells.
        let heard: Vec<Heard<'_>> = match self.whose {
            Whose::All => words
                .first()
                .into_iter()
                .flat_map(|(heard, _)| heard)
                .filter(|(_, told)| {
                    words
                        .iter()
                        .all(|(heard, _)| heard.iter().any(|(_, other)| is_same(&other.step, &told.step)))
                })
                .copied()
                .collect(),
            _ => words.first().map(|(heard, _)| heard.clone()).unwrap_or_default(),
        };
        for (entry, _) in words.iter().flat_map(|(heard, _)| heard) {
            self.rest_on(&mut rests_on, *entry);
        }
        let by =
            |party| (self.state.parties.get(party).id, self.status(at, &self.heard(Voice::Of(party), at).0));
        let mut ends: Vec<_> = words
            .iter()
            .flat_map(|(heard, _)| heard)
            .filter(|(_, told)| told.step.ends())
            .filter_map(|(entry, told)| self.ending(at, *entry, &told.step))
            .collect();
        ends.sort_unstable();
        ends.dedup();
        let handed = self.counting(&heard, |step| match step {
            Step::HandedOver(handing) => Some(*handing),
            _ => None,
        });
        let fitness = |before: Option<When>| {
            let by_then = heard.iter().filter(|(_, told)| before.is_none_or(|on| !is_before(on, told.on)));
            let told: Vec<_> = by_then.copied().collect();
            self.counting(&told, |step| match step {
                Step::Fitness(fitness) => Some(*fitness),
                _ => None,
            })
        };
        let unfit_then = handed.is_some_and(|(_, told, _)| {
            fitness(Some(told.on)).is_some_and(|(_, _, fitness)| fitness == Fitness::Unfit)
        });
        let manner = handed.map(|(_, _, handing)| handing.manner);
        let will = self.will(&heard).map(|(_, will)| will);
        let found_alive = self.found_alive(at);
        if let Some(entry) = found_alive {
            self.rest_on(&mut rests_on, entry);
        }
        NominationView {
            nomination: row.id,
            list: list.id,
            person: self.state.persons.get(row.person).id,
            substitute: row.substitute,
            instead_of: self.state.offered_for(at),
            frozen: self.is_frozen(at),
            status,
            by_party: [by(list.holder), by(list.home)],
            may_differ: words.iter().any(|(_, perhaps)| *perhaps),
            contested: ends.len() > 1,
            categories: self.categories(at, &heard),
            will,
            hold: self.hold(&heard),
            obstacles: self.obstacles(at, &heard),
            service_restricted: manner.is_some_and(Manner::restricts_service),
            irregular: manner == Some(Manner::Unwilling) || unfit_then,
            duplicates: self.duplicates(at),
            death: self.death(at, &heard),
            custody: self.custody(at, &heard),
            found_alive: found_alive.map(id),
            rests_on,
        }
    }

    pub(super) fn ending(
        &self,
        at: Idx<NominationRow>,
        entry: Idx<EntryRow>,
        step: &Step,
    ) -> Option<EntryStatus> {
        let list = self.state.nominations.get(at).list;
        let role = self.state.role(list, self.state.organ_of_entry(entry));
        ending(step, role == Role::Holder)
    }

    pub(super) fn is_frozen(&self, at: Idx<NominationRow>) -> bool {
        let list = self.state.nominations.get(at).list;
        self.frozen_version(list).is_some_and(|version| self.state.is_on(version, at))
    }

    fn duplicates(&self, at: Idx<NominationRow>) -> Vec<NominationId> {
        let row = self.state.nominations.get(at);
        let holder = self.state.lists.get(row.list).holder;
        if !self.is_open(at) {
            return Vec::new();
        }
        let mut found: Vec<NominationId> = self
            .state
            .nominations_under(self.same_as(row.person))
            .filter(|other| *other != at && self.is_open(*other))
            .map(|other| self.state.nominations.get(other))
            .filter(|other| self.state.lists.get(other.list).holder == holder)
            .map(|other| other.id)
            .collect();
        found.sort_unstable();
        found
    }

    /// The entry that tells that a person was found alive.
    pub(super) fn found_alive(&self, at: Idx<NominationRow>) -> Option<Idx<EntryRow>> {
        let person = self.state.nominations.get(at).person;
        let facts = self
            .same_as(person)
            .into_iter()
            .flat_map(|person| self.state.facts_of_person(person))
            .filter(|entry| self.is_told(*entry));
        facts
            .filter(|entry| match self.state.fact(*entry) {
                Some(Fact::FoundAlive(on)) => self.counted(on.span()) == Counted::Yes,
                Some(Fact::Status(told)) => {
                    told.status == PersonStatus::FoundAlive && self.counted(told.as_of.span()) == Counted::Yes
                }
                _ => false,
            })
            .min_by_key(|entry| self.state.entries.get(*entry).id)
    }
}
