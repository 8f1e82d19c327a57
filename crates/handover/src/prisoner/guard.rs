//! What a step presupposes, and who may tell of it.

use super::nomination::{Stepped, stays_alone};
use super::procedure::leg_fits;
use super::state::NominationRow;
use super::step::{HoldGround, Holding, Manner, PersonalWish, Step, Voluntary};
use super::{Membership, PrisonerRefusal as Refused, ReferenceDate, Role};
use crate::held::EntryRow;
use crate::id::{CategoryId, OrganId};
use crate::neighbour::is_before;
use crate::party::{OrganRow, Side};
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

/// Who may tell of a step.
fn may_tell(role: Role, step: &Step, is_frozen: bool) -> Result<(), &'static str> {
    let holder = role == Role::Holder;
    let side = holder || role == Role::Home;
    let (may, expected) = match step {
        Step::Holding(_)
        | Step::JudicialHold(_)
        | Step::HoldLifted
        | Step::ConsentToLeave
        | Step::NameCommunicated(_) => (holder, "the holder"),
        Step::Verified(_) | Step::AcceptedUnlisted | Step::Reconciled => {
            (role == Role::Home, "the home party")
        }
        Step::Withdrawn(_) if is_frozen => (holder, "the holder"),
        Step::Refused(_) | Step::Withdrawn(_) | Step::HandedOver(_) => (side, "the holder or the home party"),
        _ => (side || role == Role::Neutral, "the holder, the home party or a neutral organ"),
    };
    if may { Ok(()) } else { Err(expected) }
}

pub(super) fn judge_step(state: &State, organ: Idx<OrganRow>, stepped: &Stepped) -> Result<(), Refusal> {
    let Stepped { nomination: at, step: told } = stepped;
    let row = state.nominations.get(*at);
    let role = state.role(row.list, organ);
    let by = state.organs.get(organ).id;
    if let Err(expected) = may_tell(role, &told.step, row.frozen) {
        return Err(Refused::NotItsPart { organ: by, expected }.into());
    }
    let too_early = |entry: Idx<EntryRow>, time: Option<When>| -> Result<(), Refusal> {
        match time.filter(|time| is_before(told.on, *time)) {
            Some(_) => Err(Refused::TooEarly { found: told.on, after: state.entries.get(entry).id }.into()),
            None => Ok(()),
        }
    };
    match &told.step {
        Step::JudicialHold(HoldGround::Disciplinary) => return Err(Refused::Disciplinary(row.id).into()),
        Step::HoldLifted | Step::ConsentToLeave | Step::NameCommunicated(_) => {
            presupposes(state, stepped, "a judicial hold", |step| matches!(step, Step::JudicialHold(_)))?;
        }
        Step::Will(will) => {
            if let Voluntary::VerifiedBy(verifier) = will.voluntary {
                is_neutral(state, verifier)?;
            }
        }
        Step::Accommodated(with) => is_neutral(state, *with)?,
        Step::NeutralCustody(with) => {
            is_neutral(state, *with)?;
            presupposes(state, stepped, "that the person declines", declines)?;
        }
        Step::DeathDuty(done) => {
            if !matches!(done.duty.number(), 12 | 13) {
                return Err(Refused::NoDutyOfDeath(done.duty).into());
            }
            presupposes(state, stepped, "the death", |step| matches!(step, Step::Died(_)))?;
        }
        Step::Reconciled => {
            presupposes(state, stepped, "the handing over", |step| matches!(step, Step::HandedOver(_)))?;
        }
        Step::Evaluated(_) => evaluated(state, stepped)?,
        Step::AcceptedUnlisted if !row.substitute => return Err(Refused::NoSubstitute(row.id).into()),
        Step::Moved(_) | Step::Verified(_) | Step::HandedOver(_) => {
            too_early(row.entry, state.nominated_on(*at))?;
            passes(state, organ, stepped)?;
        }
        _ => {}
    }
    let reopened = state.would_be_open(*at, Some(told), None) && !state.is_open(*at);
    if reopened { stays_alone(state, *at) } else { Ok(()) }
}

fn declines(step: &Step) -> bool {
    matches!(step, Step::Will(will) if will.wish == PersonalWish::Declines)
}

fn is_neutral(state: &State, organ: OrganId) -> Result<(), Refusal> {
    let side = state.organs.at(organ).map(|at| state.organs.get(at).side);
    if side == Some(Side::Neutral) { Ok(()) } else { Err(Refused::NotNeutral(organ).into()) }
}

/// # Errors
/// What a step presupposes is not told, or all that is told of it lies wholly afterwards.
fn presupposes(
    state: &State,
    stepped: &Stepped,
    expected: &'static str,
    is: impl Fn(&Step) -> bool,
) -> Result<(), Refusal> {
    let nomination = state.nominations.get(stepped.nomination).id;
    let mut first = None;
    for (entry, other) in state.steps_of(stepped.nomination).filter(|(_, other)| is(&other.step)) {
        if !is_before(stepped.step.on, other.on) {
            return Ok(());
        }
        first = Some(entry);
    }
    match first {
        Some(entry) => {
            let after = state.entries.get(entry).id;
            Err(Refused::TooEarly { found: stepped.step.on, after }.into())
        }
        None => Err(Refused::Missing { nomination, expected }.into()),
    }
}

/// A category is evaluated of someone whom the holder says it holds, for its reference date, and of the wounded and sick
/// on a medical ground.
fn evaluated(state: &State, stepped: &Stepped) -> Result<(), Refusal> {
    let Step::Evaluated(evaluation) = &stepped.step.step else { return Ok(()) };
    let row = state.nominations.get(stepped.nomination);
    let Some(category) = state.categories.at(evaluation.category).map(|at| state.categories.get(at)) else {
        return Ok(());
    };
    let by_holder = state.role(row.list, state.organ_of_entry(row.entry)) == Role::Holder;
    let held = |step: &Step| matches!(step, Step::Holding(Holding::Held | Holding::Civilian));
    if !by_holder && !state.steps_of(stepped.nomination).any(|(_, told)| held(&told.step)) {
        let expected = "that the holder says it holds the person";
        return Err(Refused::Missing { nomination: row.id, expected }.into());
    }
    let list = state.lists.get(row.list);
    let expected = match category.reference {
        ReferenceDate::Freeze => list
            .frozen
            .and_then(|version| state.frozen_on(row.list, version, |_| true))
            .filter(|_| row.frozen),
        _ => category.fixed,
    };
    if let Some(expected) = expected
        && (is_before(evaluation.at, expected) || is_before(expected, evaluation.at))
    {
        let (category, found) = (category.id, evaluation.at);
        return Err(Refused::NotAtReferenceDate { category, expected, found }.into());
    }
    if category.kind.is_of_wounded_and_sick()
        && evaluation.found == Membership::Yes
        && evaluation.medical.is_none()
    {
        return Err(Refused::NoMedicalGround(row.id).into());
    }
    Ok(())
}

/// Whoever is moved, verified or handed over is on the frozen list, or accepted in spite of it; is no other; is not at an end
/// already by the same side's word; and, of the wounded and sick, is willing.
fn passes(state: &State, organ: Idx<OrganRow>, stepped: &Stepped) -> Result<(), Refusal> {
    let Stepped { nomination: at, step: told } = stepped;
    let row = state.nominations.get(*at);
    let list = state.lists.get(row.list);
    if let Step::Verified(found) = told.step {
        let same = state.persons.at(found).is_some_and(|found| state.same_as(row.person).contains(&found));
        if !same {
            let expected = state.persons.get(row.person).id;
            return Err(Refused::PassedOff { nomination: row.id, expected, found }.into());
        }
    }
    let handing = match told.step {
        Step::HandedOver(handing) => Some(handing),
        _ => None,
    };
    let alone = list.unilateral || handing.is_some_and(|handing| handing.manner == Manner::Unilateral);
    let accepted = || state.steps_of(*at).any(|(_, other)| other.step == Step::AcceptedUnlisted);
    if handing.is_some() && row.substitute && !accepted() {
        return Err(Refused::SubstituteNotAccepted(row.id).into());
    }
    if !row.frozen && !row.substitute && !alone {
        return Err(Refused::NotAgreed { nomination: row.id, list: list.id }.into());
    }
    let side = state.organs.get(organ).side;
    let own = |entry: Idx<EntryRow>| state.organs.get(state.organ_of_entry(entry)).side == side;
    for (entry, other) in state.steps_of(*at).filter(|(entry, other)| other.step.ends() && own(*entry)) {
        let twice = matches!((&other.step, handing), (Step::HandedOver(_), Some(_)));
        if twice || is_before(other.on, told.on) {
            return Err(Refused::Ended { nomination: row.id, by: state.entries.get(entry).id }.into());
        }
    }
    let Some(handing) = handing else { return Ok(()) };
    let leg = handing.leg.map_or(list.leg, |leg| state.legs.at(leg));
    leg_fits(state, leg, list, alone)?;
    if handing.manner != Manner::Unwilling
        && !list.after_hostilities
        && is_wounded_or_sick(state, *at, handing.manner)
    {
        willing(state, *at, told.on)?;
    }
    Ok(())
}

/// Whether someone counts as wounded or sick: by a category, by a commission, or by the manner of the handing over.
pub(crate) fn is_wounded_or_sick(state: &State, at: Idx<NominationRow>, manner: Manner) -> bool {
    manner == Manner::Repatriated
        || state.steps_of(at).any(|(_, told)| match told.step {
            Step::Evaluated(evaluation) => state.is_of_wounded(evaluation.category, evaluation.found),
            _ => false,
        })
}

impl State {
    /// Whether someone was found to be in a category of the wounded and sick.
    pub(crate) fn is_of_wounded(&self, category: CategoryId, found: Membership) -> bool {
        found == Membership::Yes
            && self
                .categories
                .at(category)
                .is_some_and(|at| self.categories.get(at).kind.is_of_wounded_and_sick())
    }
}

/// The will that counts on a day: the latest of those that do not lie wholly after it.
pub(crate) fn will_on(
    state: &State,
    at: Idx<NominationRow>,
    on: When,
) -> Option<(Idx<EntryRow>, super::Will)> {
    let by_then = state.steps_of(at).filter(|(_, told)| !is_before(on, told.on));
    let will = state.latest_step(by_then, |step| match step {
        Step::Will(will) => Some(*will),
        _ => None,
    });
    will.map(|(entry, _, will)| (entry, will))
}

fn willing(state: &State, at: Idx<NominationRow>, on: When) -> Result<(), Refusal> {
    let nomination = state.nominations.get(at).id;
    match will_on(state, at, on) {
        None => Err(Refused::NoWill(nomination).into()),
        Some((entry, will)) if will.wish != PersonalWish::Goes => {
            Err(Refused::Declined { nomination, by: state.entries.get(entry).id }.into())
        }
        Some((_, will)) if matches!(will.voluntary, Voluntary::VerifiedBy(_)) => Ok(()),
        Some((entry, _)) => Err(Refused::NotFree { nomination, by: state.entries.get(entry).id }.into()),
    }
}
