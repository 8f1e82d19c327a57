//! What must be so before remains are released, buried, cremated, exhumed or handed over.

use super::record::{Resolved, Wishes};
use super::{
    Cremation, CremationReason, DispositionEntry, DispositionRefusal, Exhumation, Release, Rest,
    TemporaryBurial, Wish,
};
use crate::claim::Home;
use crate::neighbour::is_before;
use crate::notice::Branch;
use crate::party::{PartyRow, Side};
use crate::person::PersonRow;
use crate::refusal::Refusal;
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let Resolved { organ, unit, entry, .. } = resolved;
    let by = state.organs.get(*organ).id;
    if !state.is_authority(*organ) {
        return Err(DispositionRefusal::NoAuthority(by).into());
    }
    judge_course(state, *unit, entry)?;
    judge_kin(state, resolved)?;
    match entry {
        DispositionEntry::Released(release) => judge_release(state, *unit, release)?,
        DispositionEntry::Cremated(cremation) => judge_cremation(state, *unit, cremation)?,
        DispositionEntry::TemporarilyBuried(burial) => judge_temporary_burial(state, *unit, burial)?,
        DispositionEntry::Exhumed(exhumation) => judge_exhumation(state, resolved, exhumation)?,
        DispositionEntry::ReturnedToSender(_) | DispositionEntry::TransferredOnward(_) => {
            judge_departure(state, resolved)?;
        }
        DispositionEntry::HoldLifted(_) => judge_lift(state, resolved)?,
        _ => {}
    }
    judge_time(state, resolved)?;
    if entry.rest().is_some() {
        state.unit_exists_on(*unit, entry.on())?;
    }
    Ok(())
}

/// Whether the course of the remains leads from where they are to where the entry has them.
fn judge_course(
    state: &State,
    unit: Idx<UnitRow>,
    entry: &DispositionEntry,
) -> Result<(), DispositionRefusal> {
    use DispositionEntry as E;
    let Some(to) = entry.rest() else { return Ok(()) };
    let (from, _) = state.rest_of(unit);
    let leads = match entry {
        E::HeldAtFamilyRequest(_) | E::Released(_) | E::TemporarilyBuried(_) => from == Rest::Held,
        E::RequestEnded(_) => from == Rest::HeldAtFamilyRequest,
        E::TakenBack(_) | E::Buried(_) => from == Rest::Released,
        // Without a release only what nobody is known to claim: see `judge_cremation`.
        E::Cremated(_) => matches!(from, Rest::Released | Rest::Held),
        E::Exhumed(_) => matches!(from, Rest::Buried | Rest::TemporarilyBuried),
        E::ReturnedToSender(_) | E::TransferredOnward(_) => {
            matches!(from, Rest::Held | Rest::HeldAtFamilyRequest)
        }
        E::Instructed(_) | E::KinSettled(_) | E::JudicialHold(_) | E::HoldLifted(_) => true,
    };
    if leads {
        Ok(())
    } else {
        Err(DispositionRefusal::NotFromHere { unit: state.units.get(unit).id, from, to })
    }
}

/// Kin speak for a person whose family's branch is known.
fn judge_kin(state: &State, resolved: &Resolved) -> Result<(), DispositionRefusal> {
    let (Some(person), Some(branch)) = (resolved.person, branch_of(&resolved.entry)) else { return Ok(()) };
    if state.branches_of(person).contains(&branch) {
        return Ok(());
    }
    Err(DispositionRefusal::NoSuchBranch { person: state.persons.get(person).id, branch })
}

fn branch_of(entry: &DispositionEntry) -> Option<Branch> {
    match entry {
        DispositionEntry::HeldAtFamilyRequest(request) => Some(request.branch),
        DispositionEntry::Instructed(instruction) => instruction.branch,
        _ => None,
    }
}

/// The guards of a release, in the order in which [`DispositionRefusal`] declares them.
fn judge_release(state: &State, unit: Idx<UnitRow>, release: &Release) -> Result<(), DispositionRefusal> {
    let id = state.units.get(unit).id;
    let Some(decision) = state.decision_in_force(unit) else {
        return Err(DispositionRefusal::NotIdentified(id));
    };
    let person = state.decisions.get(decision).person;
    state
        .family_is_told(unit, person)
        .map_err(|branch| DispositionRefusal::FamilyNotTold { unit: id, branch })?;
    let to = instruction(state, unit, person)?.1;
    if to != release.to {
        return Err(DispositionRefusal::ToAnother { expected: to, found: release.to });
    }
    if let Some(hold) = state.judicial_holds_on(unit).next() {
        let hold = state.entries.get(hold.entry).id;
        return Err(DispositionRefusal::UnderJudicialHold { unit: id, hold });
    }
    for found in [release.code_on_remains, release.code_on_decision] {
        if found != id {
            return Err(DispositionRefusal::CodeDiffers { expected: id, found });
        }
    }
    judge_sample(state, unit)
}

/// What the kin agree on.
fn instruction(
    state: &State,
    unit: Idx<UnitRow>,
    person: Idx<PersonRow>,
) -> Result<(Wish, crate::id::RecordRef), DispositionRefusal> {
    let id = state.units.get(unit).id;
    match state.wishes_for(unit, person) {
        Wishes::None => Err(DispositionRefusal::NoInstruction(id)),
        Wishes::Disagree => Err(DispositionRefusal::KinDisagree(id)),
        Wishes::Agreed(wish, to) => Ok((wish, to)),
    }
}

fn judge_sample(state: &State, unit: Idx<UnitRow>) -> Result<(), DispositionRefusal> {
    if state.sample_is_settled(unit) {
        return Ok(());
    }
    Err(DispositionRefusal::NoSample(state.units.get(unit).id))
}

fn judge_cremation(
    state: &State,
    unit: Idx<UnitRow>,
    cremation: &Cremation,
) -> Result<(), DispositionRefusal> {
    let id = state.units.get(unit).id;
    let (from, _) = state.rest_of(unit);
    if state.decision_in_force(unit).is_none() && !matches!(cremation.reason, CremationReason::Legal(_)) {
        return Err(DispositionRefusal::CremationOfUnidentified(id));
    }
    if from == Rest::Held && state.decision_in_force(unit).is_some() {
        return Err(DispositionRefusal::NotFromHere { unit: id, from, to: Rest::Cremated });
    }
    if let Some(hold) = state.judicial_holds_on(unit).next() {
        let hold = state.entries.get(hold.entry).id;
        return Err(DispositionRefusal::UnderJudicialHold { unit: id, hold });
    }
    judge_sample(state, unit)
}

fn judge_temporary_burial(
    state: &State,
    unit: Idx<UnitRow>,
    burial: &TemporaryBurial,
) -> Result<(), DispositionRefusal> {
    let id = state.units.get(unit).id;
    if let Some(decision) = state.decision_in_force(unit) {
        let by = state.entries.get(state.decisions.get(decision).entry).id;
        return Err(DispositionRefusal::Identified { unit: id, by });
    }
    judge_sample(state, unit)?;
    if !state.profile_is_settled(unit) {
        return Err(DispositionRefusal::NoProfile(id));
    }
    if burial.photographs.is_none() || burial.records.is_none() {
        return Err(DispositionRefusal::RecordsIncomplete(id));
    }
    if !burial.grave.individual || !burial.grave.marked {
        return Err(DispositionRefusal::GraveNotItsOwn(id));
    }
    if burial.grave.code != Some(id) {
        return Err(DispositionRefusal::CodeNotOnGrave { expected: id, found: burial.grave.code });
    }
    Ok(())
}

fn judge_exhumation(
    state: &State,
    resolved: &Resolved,
    exhumation: &Exhumation,
) -> Result<(), DispositionRefusal> {
    let own = match state.organs.get(resolved.organ).side {
        Side::Party(party) => Some(state.parties.get(party).id),
        _ => None,
    };
    let due = state.determinations_of(resolved.unit).any(|of| match of.home() {
        Home::Party(party) => Some(party) != own,
        Home::NotOnRecord => true,
        Home::None => false,
    });
    if due && exhumation.home_notice.is_none() {
        return Err(DispositionRefusal::HomeNotTold(state.units.get(resolved.unit).id));
    }
    Ok(())
}

/// A departure names a transfer of the unit, of its container or of its batch, to the side that it says.
fn judge_departure(state: &State, resolved: &Resolved) -> Result<(), DispositionRefusal> {
    let Some(transfer) = resolved.transfer else { return Ok(()) };
    let row = state.transfers.get(transfer);
    let id = state.units.get(resolved.unit).id;
    if let Some(hold) = state.judicial_holds_on(resolved.unit).next() {
        let hold = state.entries.get(hold.entry).id;
        return Err(DispositionRefusal::UnderJudicialHold { unit: id, hold });
    }
    let batch = state.batch_of_unit(resolved.unit);
    let ends = batch.map(|batch| (state.batches.get(batch).from, state.batches.get(batch).to));
    let to = match state.organs.get(row.to).side {
        Side::Party(party) => Some(party),
        _ => None,
    };
    let fits = |side: Option<Idx<PartyRow>>| match (&resolved.entry, ends) {
        // By way of an intermediary it is of no side yet.
        (DispositionEntry::ReturnedToSender(_), Some((from, _))) => side.is_none_or(|side| side == from),
        (_, Some((from, receiver))) => side != Some(from) && side != Some(receiver),
        (_, None) => true,
    };
    if state.is_transfer_of(row, resolved.unit) && fits(to) {
        return Ok(());
    }
    Err(DispositionRefusal::TransferDoesNotFit { unit: id, transfer: row.id })
}

fn judge_lift(state: &State, resolved: &Resolved) -> Result<(), DispositionRefusal> {
    let Some(hold) = resolved.lifts else { return Ok(()) };
    let row = state.dispositions.get(hold);
    let hold = state.entries.get(row.entry).id;
    if row.organ != resolved.organ {
        let (expected, found) = (state.organs.get(row.organ).id, state.organs.get(resolved.organ).id);
        return Err(DispositionRefusal::NotItsOrgan { hold, expected, found });
    }
    if let Some(by) = row.ended_by {
        return Err(DispositionRefusal::LiftedAlready { hold, by: state.entries.get(by).id });
    }
    Ok(())
}

fn judge_time(state: &State, resolved: &Resolved) -> Result<(), DispositionRefusal> {
    let found_by = state.found_by(resolved.unit).map(|(entry, _)| entry);
    let lifted = resolved.lifts.map(|at| state.dispositions.get(at).entry);
    let moved = resolved.entry.rest().and_then(|_| state.rest_of(resolved.unit).1);
    let moved = moved.map(|at| state.dispositions.get(at).entry);
    let decided = match &resolved.entry {
        DispositionEntry::Released(_) => state.decision_in_force(resolved.unit),
        _ => None,
    };
    let decided = decided.map(|at| state.decisions.get(at).entry);
    for entry in [found_by, lifted, decided, moved].into_iter().flatten() {
        if state.time_of(entry).is_some_and(|time| is_before(resolved.entry.on(), time)) {
            let after = state.entries.get(entry).id;
            return Err(DispositionRefusal::TooEarly { found: resolved.entry.on(), after });
        }
    }
    Ok(())
}
