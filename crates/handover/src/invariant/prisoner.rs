//! Invariants of prisoners' lists, recounted from the entries.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::law::anyone;
use crate::agreement::AgreementEntry;
use crate::entry::{Entry, What};
use crate::id::{AgreementId, CategoryId, EntryId, LegId, ListId, NominationId, PartyId, PersonRef};
use crate::ledger::Ledger;
use crate::neighbour::is_before;
use crate::obligation::Basis;
use crate::party::Side;
use crate::prisoner::{
    CategoryDefinition, Fitness, HoldGround, Holding, List, ListEntry, Manner, Membership, NominationStep,
    PersonalWish, PrisonerEntry, ReferenceDate, Step, Voluntary,
};
use crate::remains::last;
use crate::when::When;

/// Someone on a list, as the entries so far make it.
struct Listed {
    list: ListId,
    person: PersonRef,
    substitute: bool,
    steps: Vec<(EntryId, Option<PartyId>, NominationStep)>,
}

/// What the entries so far make of lists.
#[derive(Default)]
struct Lists {
    begun: BTreeMap<ListId, List>,
    categories: BTreeMap<CategoryId, CategoryDefinition>,
    agreed: BTreeMap<AgreementId, When>,
    nominations: BTreeMap<NominationId, Listed>,
    versions: BTreeMap<(ListId, u16), (Vec<NominationId>, BTreeSet<PartyId>)>,
    frozen: BTreeMap<ListId, u16>,
}

impl Lists {
    /// Takes in every entry and asks before each whether it may follow.
    fn told(ledger: &Ledger, may: impl Fn(&Self, &Entry) -> Result<(), String>) -> Result<Self, String> {
        let mut lists = Self::default();
        for entry in ledger.entries() {
            may(&lists, &entry)?;
            lists.take(ledger, &entry);
        }
        Ok(lists)
    }

    fn take(&mut self, ledger: &Ledger, entry: &Entry) {
        if let What::Agreement(AgreementEntry::Introduced(agreement)) = &entry.what {
            self.agreed.insert(agreement.id, agreement.on);
        }
        let by = party_of(ledger, entry);
        let What::Prisoner(what) = &entry.what else { return };
        match what {
            PrisonerEntry::Category(definition) => {
                self.categories.insert(definition.id, definition.clone());
            }
            PrisonerEntry::List(ListEntry::Drafted(list)) => {
                self.begun.insert(list.id, list.clone());
            }
            PrisonerEntry::List(ListEntry::Submitted(it)) => {
                let by = by.into_iter().collect();
                self.versions.insert((it.list, it.version), (it.entries.clone(), by));
            }
            PrisonerEntry::List(ListEntry::Accepted(it)) => {
                if let Some((_, accepted)) = self.versions.get_mut(&(it.list, it.version)) {
                    accepted.extend(by);
                }
            }
            PrisonerEntry::List(ListEntry::Frozen(it)) => {
                self.frozen.insert(it.list, it.version);
            }
            PrisonerEntry::Nominated(it) => self.list(it.id, it.list, it.person, false),
            PrisonerEntry::SubstituteOffered(it) => self.list(it.id, it.list, it.person, true),
            PrisonerEntry::Step(it) => {
                if let Some(listed) = self.nominations.get_mut(&it.nomination) {
                    listed.steps.push((entry.id, by, it.clone()));
                }
            }
            PrisonerEntry::Retracted(it) => {
                for listed in self.nominations.values_mut() {
                    listed.steps.retain(|(entry, ..)| *entry != it.entry);
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, id: NominationId, list: ListId, person: PersonRef, substitute: bool) {
        self.nominations.insert(id, Listed { list, person, substitute, steps: Vec::new() });
    }

    fn is_frozen(&self, id: NominationId, list: ListId) -> bool {
        let members = self.frozen.get(&list).and_then(|version| self.versions.get(&(list, *version)));
        members.is_some_and(|(members, _)| members.contains(&id))
    }

    fn is_wounded_or_sick(&self, listed: &Listed) -> bool {
        listed.steps.iter().any(|(_, _, told)| match told.step {
            Step::Evaluated(it) if it.found == Membership::Yes => {
                self.categories.get(&it.category).is_some_and(|of| of.kind.is_of_wounded_and_sick())
            }
            _ => false,
        })
    }
}

impl Listed {
    fn latest<'s, T>(&'s self, of: impl Fn(&'s NominationStep) -> Option<T>) -> Option<T> {
        let told = self.steps.iter().filter_map(|(entry, _, told)| Some((entry, told, of(told)?)));
        told.max_by_key(|(entry, told, _)| (last(told.on), told.step.rank(), **entry)).map(|(_, _, it)| it)
    }

    fn is_open(&self) -> bool {
        let answer = self.latest(|told| match told.step {
            Step::Holding(answer) => Some(answer),
            _ => None,
        });
        let denied = matches!(answer, Some(Holding::NotHeld | Holding::Dead | Holding::AlreadyExchanged));
        !denied && !self.steps.iter().any(|(_, _, told)| told.step.ends())
    }

    fn is_unfit(&self) -> bool {
        let fitness = self.latest(|told| match told.step {
            Step::Fitness(fitness) => Some(fitness),
            _ => None,
        });
        fitness == Some(Fitness::Unfit)
    }
}

fn party_of(ledger: &Ledger, entry: &Entry) -> Option<PartyId> {
    let speaker = ledger.state.speakers.at(entry.by)?;
    match ledger.state.organs.get(ledger.state.speakers.get(speaker).organ).side {
        Side::Party(party) => Some(ledger.state.parties.get(party).id),
        _ => None,
    }
}

/// The handing over that an entry tells, of whom and when.
fn handing<'s>(
    lists: &'s Lists,
    entry: &Entry,
) -> Option<(NominationId, &'s Listed, Manner, Option<LegId>, When)> {
    let What::Prisoner(PrisonerEntry::Step(told)) = &entry.what else { return None };
    let Step::HandedOver(handing) = told.step else { return None };
    let listed = lists.nominations.get(&told.nomination)?;
    let leg = handing.leg.or_else(|| lists.begun.get(&listed.list)?.leg);
    Some((told.nomination, listed, handing.manner, leg, told.on))
}

pub(super) fn nobody_against_their_will(ledger: &Ledger) -> Result<(), String> {
    Lists::told(ledger, |lists, entry| {
        let Some((id, listed, manner, _, on)) = handing(lists, entry) else { return Ok(()) };
        let after = lists.begun.get(&listed.list).is_some_and(|list| list.after_hostilities);
        let asks = manner == Manner::Repatriated || lists.is_wounded_or_sick(listed);
        if after || manner == Manner::Unwilling || !asks {
            return Ok(());
        }
        let will = listed.latest(|told| match told.step {
            Step::Will(will) if !is_before(on, told.on) => Some(will),
            _ => None,
        });
        match will {
            Some(will)
                if will.wish == PersonalWish::Goes && matches!(will.voluntary, Voluntary::VerifiedBy(_)) =>
            {
                Ok(())
            }
            other => Err(format!("`{id}` handed over with the will {other:?}")),
        }
    })
    .map(|_| ())
}

pub(super) fn categories_at_their_date(ledger: &Ledger) -> Result<(), String> {
    Lists::told(ledger, |lists, entry| {
        let What::Prisoner(what) = &entry.what else { return Ok(()) };
        let fixed = |of: &CategoryDefinition| match of.reference {
            Some(ReferenceDate::On(day)) => Some(day),
            Some(ReferenceDate::Agreement) => lists.agreed.get(&of.under?).copied(),
            _ => None,
        };
        match what {
            PrisonerEntry::Category(of) => match of.reference {
                None => Err(format!("category `{}` without a reference date", of.id)),
                Some(ReferenceDate::Agreement) if fixed(of).is_none() => {
                    Err(format!("category `{}` at the date of no agreement", of.id))
                }
                Some(_) => Ok(()),
            },
            PrisonerEntry::Step(NominationStep { step: Step::Evaluated(it), nomination, .. }) => {
                let day = lists.categories.get(&it.category).and_then(fixed);
                match day.filter(|day| is_before(*day, it.at) || is_before(it.at, *day)) {
                    Some(day) => Err(format!("`{nomination}` evaluated for {} and not for {day}", it.at)),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    })
    .map(|_| ())
}

pub(super) fn the_unfit_stay_on_the_list(ledger: &Ledger) -> Result<(), String> {
    Lists::told(ledger, |lists, entry| {
        let What::Prisoner(PrisonerEntry::List(ListEntry::Submitted(it))) = &entry.what else {
            return Ok(());
        };
        let former = lists.versions.get(&(it.list, it.version.saturating_sub(1)));
        let former = former.map_or(&[][..], |(members, _)| members.as_slice());
        let dropped = former.iter().find(|id| {
            let listed = lists.nominations.get(*id);
            !it.entries.contains(id) && listed.is_some_and(|listed| listed.is_open() && listed.is_unfit())
        });
        match dropped {
            Some(id) => Err(format!("`{id}` dropped from list `{}` as not fit to travel", it.list)),
            None => Ok(()),
        }
    })
    .map(|_| ())
}

pub(super) fn held_back_by_a_court(ledger: &Ledger) -> Result<(), String> {
    let lists = Lists::told(ledger, |_, _| Ok(()))?;
    let reading = anyone(ledger)?;
    for (id, listed) in &lists.nominations {
        for (entry, _, told) in &listed.steps {
            if told.step == Step::JudicialHold(HoldGround::Disciplinary) {
                return Err(format!("`{id}` held back by `{entry}` for a disciplinary punishment"));
            }
        }
        let hold = listed.latest(|told| match told.step {
            Step::JudicialHold(_) => Some(Some(told.on)),
            Step::HoldLifted => Some(None),
            _ => None,
        });
        let Some(Some(since)) = hold else { continue };
        let communicated = listed
            .steps
            .iter()
            .any(|(_, _, told)| matches!(told.step, Step::NameCommunicated(_)) && !is_before(told.on, since));
        let view = reading.list(listed.list).map_err(|refusal| format!("{refusal}"))?;
        let named = view.names_to_communicate().any(|entry| entry.nomination == *id);
        if named == communicated {
            return Err(format!(
                "`{id}`, whose name is communicated: {communicated}, is to be named: {named}"
            ));
        }
    }
    Ok(())
}

pub(super) fn one_open_entry(ledger: &Ledger) -> Result<(), String> {
    let lists = Lists::told(ledger, |lists, entry| {
        let What::Prisoner(PrisonerEntry::Nominated(it)) = &entry.what else { return Ok(()) };
        let holder = |list: &ListId| lists.begun.get(list).map(|list| list.holder);
        let handed = lists
            .nominations
            .values()
            .filter(|listed| listed.person == it.person && holder(&listed.list) == holder(&it.list))
            .flat_map(|listed| &listed.steps)
            .filter(|(_, _, told)| matches!(told.step, Step::HandedOver(_)))
            .find(|(_, _, told)| it.captured.is_none_or(|captured| is_before(captured, told.on)));
        match handed {
            Some((by, ..)) => Err(format!("`{}` of a person whom `{by}` says was handed over", it.id)),
            None => Ok(()),
        }
    })?;
    let (mut open, mut frozen) = (BTreeMap::new(), BTreeMap::new());
    for (id, listed) in lists.nominations.iter().filter(|(_, listed)| listed.is_open()) {
        let Some(list) = lists.begun.get(&listed.list) else { continue };
        if let Some(other) = open.insert((list.holder, listed.person), *id) {
            return Err(format!("`{other}` and `{id}` of one person open at `{}`", list.holder));
        }
        if lists.is_frozen(*id, list.id)
            && let Some(other) = frozen.insert(listed.person, *id)
        {
            return Err(format!("`{other}` and `{id}` of one person on two frozen lists"));
        }
    }
    Ok(())
}

pub(super) fn frozen_by_both(ledger: &Ledger) -> Result<(), String> {
    let lists = Lists::told(ledger, |lists, entry| {
        let What::Prisoner(what) = &entry.what else { return Ok(()) };
        if let PrisonerEntry::List(ListEntry::Frozen(it)) = what {
            let accepted = lists.versions.get(&(it.list, it.version)).map(|(_, accepted)| accepted);
            let sides = lists.begun.get(&it.list).map(|list| [list.holder, list.home]);
            let both =
                accepted.zip(sides).is_some_and(|(by, sides)| sides.iter().all(|side| by.contains(side)));
            let earlier = lists.frozen.get(&it.list).is_some_and(|frozen| it.version <= *frozen);
            if !both || earlier {
                return Err(format!(
                    "version {} of list `{}` frozen without both sides",
                    it.version, it.list
                ));
            }
        }
        let Some((id, listed, manner, ..)) = handing(lists, entry) else { return Ok(()) };
        let unilateral = lists.begun.get(&listed.list).is_some_and(|list| list.unilateral);
        let accepted = listed.steps.iter().any(|(_, _, told)| told.step == Step::AcceptedUnlisted);
        let agreed = if listed.substitute {
            accepted
        } else {
            unilateral || manner == Manner::Unilateral || lists.is_frozen(id, listed.list)
        };
        if agreed { Ok(()) } else { Err(format!("`{id}` handed over without being on the frozen list")) }
    })?;
    for row in ledger.state.nominations.rows() {
        let listed = ledger.state.lists.get(row.list).id;
        if row.frozen != lists.is_frozen(row.id, listed) {
            return Err(format!("`{}` on the frozen list: {}, against the entries", row.id, row.frozen));
        }
    }
    Ok(())
}

pub(super) fn both_sides_count(ledger: &Ledger) -> Result<(), String> {
    let lists = Lists::told(ledger, |_, _| Ok(()))?;
    let mut told: BTreeMap<(LegId, PartyId), BTreeSet<NominationId>> = BTreeMap::new();
    for (id, listed) in &lists.nominations {
        for (_, by, step) in &listed.steps {
            let Step::HandedOver(handing) = step.step else { continue };
            let leg = handing.leg.or_else(|| lists.begun.get(&listed.list)?.leg);
            if let (Some(leg), Some(by)) = (leg, by) {
                told.entry((leg, *by)).or_default().insert(*id);
            }
        }
    }
    let reading = anyone(ledger)?;
    for leg in ledger.state.legs.rows() {
        let view = reading.listed_in_leg(leg.id).map_err(|refusal| format!("{refusal}"))?;
        for (side, counted) in [leg.from, leg.to].into_iter().zip(view.by_party) {
            let party = ledger.state.parties.get(side).id;
            let expected = told.get(&(leg.id, party)).map_or(0, BTreeSet::len);
            // Those whose day cannot be told are possible and not certain.
            let most = counted.hi().and_then(|most| usize::try_from(most).ok());
            if most != Some(expected) {
                return Err(format!(
                    "{counted} of `{party}` in leg `{}` where entries tell {expected}",
                    leg.id
                ));
            }
        }
    }
    Ok(())
}

pub(super) fn service_is_restricted(ledger: &Ledger) -> Result<(), String> {
    let lists = Lists::told(ledger, |_, _| Ok(()))?;
    let reading = anyone(ledger)?;
    for (id, listed) in &lists.nominations {
        let manners: Vec<Option<Manner>> = listed
            .steps
            .iter()
            .filter(|(_, _, told)| told.step.ends())
            .map(|(_, _, told)| match told.step {
                Step::HandedOver(handing) => Some(handing.manner),
                _ => None,
            })
            .collect();
        let restricts = |manner: &Option<Manner>| manner.is_some_and(Manner::restricts_service);
        let view = reading.nomination(*id).map_err(|refusal| format!("{refusal}"))?;
        let none = !manners.iter().any(restricts);
        let all = !manners.is_empty() && manners.iter().all(restricts);
        if (none && view.service_restricted) || (all && !view.service_restricted) {
            return Err(format!("`{id}` as {manners:?}, service restricted: {}", view.service_restricted));
        }
    }
    Ok(())
}

pub(super) fn unilateral_is_not_netted(ledger: &Ledger) -> Result<(), String> {
    Lists::told(ledger, |lists, entry| {
        let Some((id, listed, manner, leg, _)) = handing(lists, entry) else { return Ok(()) };
        let unilateral = lists.begun.get(&listed.list).is_some_and(|list| list.unilateral);
        let owed = leg
            .and_then(|leg| ledger.state.legs.at(leg))
            .and_then(|leg| ledger.state.legs.get(leg).towards)
            .map(|owed| ledger.state.obligations.get(owed));
        match owed.filter(|owed| matches!(owed.basis, Basis::Agreement(_))) {
            Some(owed) if unilateral || manner == Manner::Unilateral => {
                Err(format!("`{id}`, repatriated without return, in a leg towards `{}`", owed.id))
            }
            _ => Ok(()),
        }
    })
    .map(|_| ())
}
