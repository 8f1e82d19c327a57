use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::held::EntryRow;
use crate::id::{EntryId, NominationId, PartyId, PersonRef, RemainsId};
use crate::party::{PartyRow, Side};
use crate::person::{Confirmation, Fact, PersonRow, PersonStatus};
use crate::reading::sum::Counted;
use crate::reading::{Basis, Reading};
use crate::refusal::EntryRefusal;
use crate::remains::last;
use crate::table::Idx;
use crate::when::When;

/// What one party says has become of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartyStatus {
    /// The party.
    pub party: PartyId,
    /// The status: the latest that an organ of the party states, by its date.
    pub status: PersonStatus,
    /// As of when.
    pub as_of: When,
    /// The entry that states it.
    pub by: EntryId,
    /// Whether the party said before that the person was dead, and now says otherwise.
    pub after_death: bool,
}

/// The accounting of a person: what each party says, beside each other and never merged (B6).
#[derive(Clone, Debug, PartialEq)]
pub struct AccountingView<B = ()> {
    /// The person.
    pub person: PersonRef,
    /// The references that are said to be the same person.
    pub same_as: Vec<PersonRef>,
    /// What each party that says something says, in the order in which the parties were recorded.
    pub parties: Vec<PartyStatus>,
    /// The status where two parties or more say something and all of them the same.
    pub joint: Option<PersonStatus>,
    /// The entries that tell that the person was found alive.
    pub found_alive: Vec<EntryId>,
    /// The units that are decided, and not revoked, to be the remains of a person who was found alive: to be re-examined.
    pub to_reexamine: Vec<RemainsId>,
    /// The open entries of lists on which the person is.
    pub open: Vec<NominationId>,
    /// The entries that it rests on.
    pub rests_on: B,
}

/// The status that a fact states, and as of when.
const fn status_of(fact: &Fact, organ: crate::id::OrganId) -> Option<(PersonStatus, When)> {
    match fact {
        Fact::Status(told) => Some((told.status, told.as_of)),
        Fact::FoundAlive(on) => Some((PersonStatus::FoundAlive, *on)),
        Fact::Prisoner(captivity) => Some((
            PersonStatus::ConfirmedPrisoner(Confirmation { held_by: captivity.held_by, confirmed_by: organ }),
            captivity.as_of,
        )),
        _ => None,
    }
}

impl<B: Basis> Reading<'_, B> {
    /// What each party says has become of a person. Every party is heard, whatever the reading: time alone is asked.
    ///
    /// # Errors
    /// The person is not recorded.
    pub fn accounting(&self, person: PersonRef) -> Result<AccountingView<B>, EntryRefusal> {
        Ok(self.accounting_of(self.state.persons.find(person)?))
    }

    fn accounting_of(&self, at: Idx<PersonRow>) -> AccountingView<B> {
        let id = |entry: Idx<EntryRow>| self.state.entries.get(entry).id;
        let same = self.same_as(at);
        let mut rests_on = B::default();
        let stated: Vec<_> = same.iter().flat_map(|person| self.statuses(*person)).collect();
        for (entry, ..) in &stated {
            self.rest_on(&mut rests_on, *entry);
        }
        let mut parties = Vec::new();
        for (party, row) in self.state.parties.places() {
            let own: Vec<_> = stated.iter().filter(|(_, by, ..)| *by == party).collect();
            let latest = own.iter().max_by_key(|(entry, _, _, on)| (last(*on), id(*entry)));
            let Some((entry, _, status, as_of)) = latest.copied().copied() else { continue };
            let dead_before = own.iter().any(|(_, _, status, _)| status.is_of_the_dead());
            let after_death = status.is_of_the_living() && dead_before;
            parties.push(PartyStatus { party: row.id, status, as_of, by: id(entry), after_death });
        }
        let first = parties.first().map(|told| told.status).filter(|_| parties.len() > 1);
        let alive = |(entry, _, status, _): &(Idx<EntryRow>, _, PersonStatus, When)| {
            (*status == PersonStatus::FoundAlive).then(|| id(*entry))
        };
        let found_alive: Vec<EntryId> = stated.iter().filter_map(alive).collect();
        let mut to_reexamine = Vec::new();
        if !found_alive.is_empty() {
            for (unit, decided_by) in self.units_decided(&same) {
                self.rest_on(&mut rests_on, decided_by);
                to_reexamine.push(unit);
            }
        }
        let entries = self.state.nominations_under(same.iter().copied());
        let open = entries.filter(|entry| self.is_open(*entry));
        AccountingView {
            person: self.state.persons.get(at).id,
            same_as: same.iter().skip(1).map(|other| self.state.persons.get(*other).id).collect(),
            joint: first.filter(|first| parties.iter().all(|told| told.status == *first)),
            parties,
            found_alive,
            to_reexamine,
            open: open.map(|entry| self.state.nominations.get(entry).id).collect(),
            rests_on,
        }
    }

    /// The units that are decided to be the remains of these, who are one person, each with the entry of the decision.
    pub(super) fn units_decided(&self, same: &[Idx<PersonRow>]) -> Vec<(RemainsId, Idx<EntryRow>)> {
        let ever: BTreeSet<_> = same.iter().flat_map(|person| self.state.units_of_person(*person)).collect();
        let decided = ever.into_iter().filter_map(|unit| {
            let decision = self.state.decisions.get(self.decision_on(unit)?);
            let is_theirs = same.contains(&decision.person);
            is_theirs.then(|| (self.state.units.get(unit).id, decision.entry))
        });
        decided.collect()
    }

    /// The statuses that organs of parties state and that hold by then.
    fn statuses(
        &self,
        person: Idx<PersonRow>,
    ) -> impl Iterator<Item = (Idx<EntryRow>, Idx<PartyRow>, PersonStatus, When)> {
        self.state.facts_of_person(person).filter_map(|entry| {
            let organ = self.state.organs.get(self.state.organ_of_entry(entry));
            let Side::Party(party) = organ.side else { return None };
            let (status, as_of) = status_of(self.state.fact(entry)?, organ.id)?;
            let holds = self.is_uttered(entry) && self.counted(as_of.span()) == Counted::Yes;
            (holds && self.still_stands(entry)).then_some((entry, party, status, as_of))
        })
    }
}
