//! Who is on a list, who is offered in the place of someone, and what may happen to either.

use super::state::{NominationRow, StepRow};
use super::step::{NominationStep, Step, Voluntary};
use super::{PrisonerEntry, PrisonerRefusal as Refused, Role, StepRetraction};
use crate::held::EntryRow;
use crate::id::{ListId, NominationId, PersonRef};
use crate::neighbour::is_before;
use crate::party::OrganRow;
use crate::refusal::Refusal;
use crate::remains::last;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// A person is nominated for a list, by the holder or by the home party.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Nomination {
    /// Its identifier.
    pub id: NominationId,
    /// The list.
    pub list: ListId,
    /// The person.
    pub person: PersonRef,
    /// When the person was nominated.
    pub on: When,
    /// When the person was captured. Whoever was handed over before is nominated again only after a new capture
    /// (invariant 47).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub captured: Option<When>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Someone who is not on the frozen list is offered: an event of its own, and never another on the list under whose name the
/// person would pass (invariant 48).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Substitution {
    /// The identifier of the entry of the one who is offered.
    pub id: NominationId,
    /// The list.
    pub list: ListId,
    /// Who is offered.
    pub person: PersonRef,
    /// In whose place, if in anybody's.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub instead_of: Option<NominationId>,
    /// When.
    pub on: When,
    /// When the person was captured.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub captured: Option<When>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) struct Nominated {
    pub(crate) row: NominationRow,
    captured: Option<When>,
    instead_of: Option<Idx<NominationRow>>,
    on: When,
}

#[derive(Debug)]
pub(crate) struct Stepped {
    pub(crate) nomination: Idx<NominationRow>,
    pub(super) step: NominationStep,
}

#[derive(Debug)]
pub(crate) struct Retracted {
    pub(crate) entry: Idx<EntryRow>,
    nomination: Idx<NominationRow>,
}

pub(super) fn nominated(state: &State, nomination: &Nomination) -> Result<Nominated, Refusal> {
    let row = new_row(state, nomination.id, nomination.list, nomination.person, false)?;
    Ok(Nominated { row, captured: nomination.captured, instead_of: None, on: nomination.on })
}

pub(super) fn offered(state: &State, offer: &Substitution) -> Result<Nominated, Refusal> {
    let row = new_row(state, offer.id, offer.list, offer.person, true)?;
    let instead_of = offer.instead_of.map(|id| state.nominations.find(id)).transpose()?;
    Ok(Nominated { row, captured: offer.captured, instead_of, on: offer.on })
}

fn new_row(
    state: &State,
    id: NominationId,
    list: ListId,
    person: PersonRef,
    substitute: bool,
) -> Result<NominationRow, Refusal> {
    state.nominations.is_new(id)?;
    let (list, person) = (state.lists.find(list)?, state.persons.find(person)?);
    Ok(NominationRow {
        id,
        entry: state.entries.next(),
        list,
        person,
        frozen: false,
        substitute,
        last_step: None,
        former_of_list: state.lists.get(list).last_nomination,
        former_of_person: state.persons.get(person).last_nomination,
    })
}

pub(super) fn stepped(state: &State, told: &NominationStep) -> Result<Stepped, Refusal> {
    let nomination = state.nominations.find(told.nomination)?;
    match &told.step {
        Step::Evaluated(evaluation) => {
            state.categories.find(evaluation.category)?;
        }
        Step::NameCommunicated(organ) | Step::Accommodated(organ) | Step::NeutralCustody(organ) => {
            state.organs.find(*organ)?;
        }
        Step::Will(will) => {
            if let Voluntary::VerifiedBy(organ) = will.voluntary {
                state.organs.find(organ)?;
            }
        }
        Step::DeathDuty(done) => {
            state.organs.find(done.to)?;
        }
        Step::Verified(person) => {
            state.persons.find(*person)?;
        }
        Step::HandedOver(handing) => {
            handing.leg.map(|leg| state.legs.find(leg)).transpose()?;
        }
        _ => {}
    }
    Ok(Stepped { nomination, step: told.clone() })
}

pub(super) fn retracted(state: &State, retraction: &StepRetraction) -> Result<Retracted, Refusal> {
    let entry = state.entries.find(retraction.entry)?;
    match state.step(entry) {
        Some(told) => Ok(Retracted { entry, nomination: state.nominations.find(told.nomination)? }),
        None => Err(Refused::NoStep(retraction.entry).into()),
    }
}

pub(super) fn judge_nominated(
    state: &State,
    organ: Idx<OrganRow>,
    nominated: &Nominated,
) -> Result<(), Refusal> {
    let row = &nominated.row;
    let (list, by) = (state.lists.get(row.list), state.organs.get(organ).id);
    let role = state.role(row.list, organ);
    if row.substitute && role != Role::Holder {
        return Err(Refused::NotItsPart { organ: by, expected: "the holder" }.into());
    }
    if !matches!(role, Role::Holder | Role::Home) {
        return Err(Refused::NotItsPart { organ: by, expected: "the holder or the home party" }.into());
    }
    if row.substitute {
        if list.frozen.is_none() {
            return Err(Refused::NothingFrozen(list.id).into());
        }
        if let Some(other) = nominated.instead_of.filter(|at| state.nominations.get(*at).list != row.list) {
            let nomination = state.nominations.get(other).id;
            return Err(Refused::NotOfThisList { nomination, list: list.id }.into());
        }
    }
    if state.list_time(list.entry).is_some_and(|begun| is_before(nominated.on, begun)) {
        return Err(Refused::TooEarly { found: nominated.on, after: state.entries.get(list.entry).id }.into());
    }
    let person = state.persons.get(row.person).id;
    for other in state.nominations_of(row.person) {
        let former = state.nominations.get(other);
        let same_holder = state.lists.get(former.list).holder == list.holder;
        if same_holder && state.is_open(other) {
            return Err(Refused::OpenElsewhere { person, nomination: former.id }.into());
        }
        let handed = state.steps_of(other).find(|(_, told)| {
            let before = nominated.captured.is_none_or(|captured| is_before(captured, told.on));
            before && matches!(told.step, Step::HandedOver(_))
        });
        if let Some((entry, _)) = handed.filter(|_| same_holder) {
            return Err(Refused::ExchangedAlready { person, by: state.entries.get(entry).id }.into());
        }
    }
    Ok(())
}

/// No other open entry of the person at the same holder.
pub(super) fn stays_alone(state: &State, at: Idx<NominationRow>) -> Result<(), Refusal> {
    let row = state.nominations.get(at);
    let holder = state.lists.get(row.list).holder;
    for other in state.nominations_of(row.person).filter(|other| *other != at) {
        let other_row = state.nominations.get(other);
        if state.lists.get(other_row.list).holder == holder && state.is_open(other) {
            let person = state.persons.get(row.person).id;
            return Err(Refused::OpenElsewhere { person, nomination: other_row.id }.into());
        }
    }
    Ok(())
}

pub(super) fn judge_retracted(
    state: &State,
    organ: Idx<OrganRow>,
    retracted: &Retracted,
) -> Result<(), Refusal> {
    let Retracted { entry, nomination } = *retracted;
    let id = state.entries.get(entry).id;
    let own = state.organ_of_entry(entry);
    if own != organ {
        return Err(Refused::NotItsWord { entry: id, organ: state.organs.get(own).id }.into());
    }
    if let Some(by) = state.withdrawal_index.get(entry) {
        return Err(Refused::RetractedAlready { entry: id, by: state.entries.get(by).id }.into());
    }
    let reopened = state.would_be_open(nomination, None, Some(entry)) && !state.is_open(nomination);
    if reopened { stays_alone(state, nomination) } else { Ok(()) }
}

// ---- apply

pub(super) fn apply_nominated(state: &mut State, entry: Idx<EntryRow>, nominated: &Nominated) {
    let (list, person) = (nominated.row.list, nominated.row.person);
    let row = state.nominations.add(NominationRow { entry, ..nominated.row.clone() });
    state.lists.change(list, |list| list.last_nomination = Some(row));
    state.persons.change(person, |person| person.last_nomination = Some(row));
}

pub(super) fn apply_step(state: &mut State, entry: Idx<EntryRow>, stepped: &Stepped) {
    let former = state.nominations.get(stepped.nomination).last_step;
    let row = state.steps.add(StepRow { entry, former });
    state.nominations.change(stepped.nomination, |nomination| nomination.last_step = Some(row));
}

impl State {
    /// In whose place someone is offered.
    pub(crate) fn offered_for(&self, nomination: Idx<NominationRow>) -> Option<NominationId> {
        match self.told_in_full(self.nominations.get(nomination).entry) {
            Some(PrisonerEntry::SubstituteOffered(offer)) => offer.instead_of,
            _ => None,
        }
    }

    /// The last of the days on which a version can have been frozen.
    pub(crate) fn frozen_on(
        &self,
        list: Idx<super::ListRow>,
        version: Idx<super::VersionRow>,
        is_known: impl Fn(Idx<EntryRow>) -> bool,
    ) -> Option<When> {
        let number = self.versions.get(version).number;
        self.events_of_list(list)
            .filter(|entry| is_known(*entry))
            .filter_map(|entry| match self.list_entry(entry) {
                Some(super::ListEntry::Frozen(step)) if step.version == number => Some(step.on),
                _ => None,
            })
            .max_by_key(|on| last(*on))
    }
}
