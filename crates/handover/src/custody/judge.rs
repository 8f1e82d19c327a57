//! Which entries about custody certainly cannot stand.

use super::record::{HeldKey, NewEnd, Resolved, TransferRow};
use super::{Acceptance, CustodyRefusal};
use crate::claim;
use crate::container::ContainerEntry;
use crate::id::{ContainerId, OrganId};
use crate::ledger::keeper;
use crate::obligation::Matter;
use crate::party::{OrganRow, Side};
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;

/// Whether an organ can hold remains: one of a party or a neutral one. Who reports, and whom nobody places, cannot.
pub(crate) fn can_hold(state: &State, organ: Idx<OrganRow>) -> bool {
    matches!(state.organs.get(organ).side, Side::Party(_) | Side::Neutral)
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Introduced { row, witnesses } => judge_transfer(state, row, witnesses)?,
        Resolved::End(end) => {
            judge_end(state, end)?;
            if let Some(claim) = &end.claim {
                claim::judge_claim(state, claim)?;
            }
        }
        Resolved::Incident { by, .. } | Resolved::Explained { by, .. } => judge_keeper(*by)?,
        Resolved::Discrepancy { first, second } => {
            if first == second {
                return Err(CustodyRefusal::OneEntry(state.entries.get(*first).id).into());
            }
        }
        Resolved::Reversed { entry, end, by, recorded_by, .. } => {
            let id = state.entries.get(*entry).id;
            if by != recorded_by {
                let (expected, found) = (*recorded_by, *by);
                return Err(CustodyRefusal::NotItsTeller { entry: id, expected, found }.into());
            }
            let ended = end.and_then(|at| state.ends.get(at).ended_by);
            if let Some(by) = ended.or_else(|| state.reversal_index.get(*entry)) {
                let by = state.entries.get(by).id;
                return Err(CustodyRefusal::EndedAlready { entry: id, by }.into());
            }
        }
    }
    Ok(())
}

fn judge_keeper(by: OrganId) -> Result<(), CustodyRefusal> {
    if by.to_uuid() == keeper().to_uuid() { Err(CustodyRefusal::KeeperTells) } else { Ok(()) }
}

fn judge_transfer(
    state: &State,
    row: &TransferRow,
    witnesses: &[Idx<OrganRow>],
) -> Result<(), CustodyRefusal> {
    let organ = |at: Idx<OrganRow>| state.organs.get(at).id;
    if row.from == row.to {
        return Err(CustodyRefusal::ToItself(organ(row.from)));
    }
    if let Some(other) = [row.from, row.to].into_iter().find(|at| !can_hold(state, *at)) {
        return Err(CustodyRefusal::NoCustodian(organ(other)));
    }
    if let Some(both) = witnesses.iter().find(|at| **at == row.from || **at == row.to) {
        return Err(CustodyRefusal::WitnessIsCustodian(organ(*both)));
    }
    let batch = match row.of {
        HeldKey::Batch(batch) => Some(state.batches.get(batch)),
        HeldKey::Container(_) | HeldKey::Remains(_) => None,
    };
    if let Some(batch) = batch.filter(|batch| batch.of.matter != Matter::Remains) {
        return Err(CustodyRefusal::OfTheLiving(batch.id));
    }
    if let Some(leg) = row.leg.map(|at| state.legs.get(at)) {
        let direction = batch.is_none_or(|batch| (batch.from, batch.to) == (leg.from, leg.to));
        if leg.of.matter != Matter::Remains || !direction {
            return Err(CustodyRefusal::LegDoesNotFit { of: state.held(row.of), leg: leg.id });
        }
    }
    Ok(())
}

fn judge_end(state: &State, end: &NewEnd) -> Result<(), CustodyRefusal> {
    let transfer = state.transfers.get(end.transfer);
    let organ = |at: Idx<OrganRow>| state.organs.get(at).id;
    let custodian = if end.is_receipt { transfer.to } else { transfer.from };
    let side = state.organs.get(end.teller).side;
    let same_party = matches!(side, Side::Party(_)) && side == state.organs.get(custodian).side;
    if end.teller != custodian && !same_party {
        let (expected, found) = (organ(custodian), organ(end.teller));
        return Err(CustodyRefusal::NotItsSide { transfer: transfer.id, expected, found });
    }
    let standing = if end.is_receipt { transfer.received } else { transfer.given };
    match end.corrects.map(|at| state.ends.get(at)) {
        None => {
            if let Some(standing) = standing {
                let by = state.entries.get(state.ends.get(standing).entry).id;
                return Err(CustodyRefusal::ToldAlready { transfer: transfer.id, by });
            }
        }
        Some(corrected) => {
            let entry = state.entries.get(corrected.entry);
            let teller = Some(state.speakers.get(state.saying_of(entry).by).organ);
            if let Some(expected) = teller.filter(|teller| *teller != end.teller) {
                let (expected, found) = (organ(expected), organ(end.teller));
                return Err(CustodyRefusal::NotItsTeller { entry: entry.id, expected, found });
            }
            if let Some(by) = corrected.ended_by {
                let by = state.entries.get(by).id;
                return Err(CustodyRefusal::EndedAlready { entry: entry.id, by });
            }
        }
    }
    judge_named(state, end, transfer)?;
    if let Some(count) = &end.findings.count
        && !Matter::Remains.is_counted_in(count.unit)
    {
        return Err(CustodyRefusal::UnitDoesNotFit(count.unit));
    }
    if let HeldKey::Container(container) = transfer.of
        && let Some(by) = state.retired_by(container)
        && let Some(ContainerEntry::Retired(retired)) = state.told_in_full(by)
        && retired.on.last_moment().is_some_and(|last| end.on.span().is_after(last))
    {
        return Err(CustodyRefusal::NoMore {
            container: state.containers.get(container).id,
            by: state.entries.get(by).id,
        });
    }
    Ok(())
}

/// A container is named once in what was not received, and none that is no part of what passes.
fn judge_named(state: &State, end: &NewEnd, transfer: &TransferRow) -> Result<(), CustodyRefusal> {
    let kept_back = end.accepted.as_ref().map(Acceptance::kept_back).unwrap_or_default();
    let mut sorted = kept_back.clone();
    sorted.sort_unstable();
    if let Some(twice) = sorted.iter().zip(sorted.iter().skip(1)).find(|(one, next)| one == next) {
        return Err(CustodyRefusal::NamedTwice(*twice.0));
    }
    // Which containers a batch has may be learned later.
    let only: Option<Option<ContainerId>> = match transfer.of {
        HeldKey::Batch(_) => None,
        HeldKey::Container(container) => Some(Some(state.containers.get(container).id)),
        HeldKey::Remains(_) => Some(None),
    };
    let named = end.findings.seals.iter().map(|seal| seal.container).chain(kept_back);
    if let Some(only) = only
        && let Some(container) = named.into_iter().find(|id| Some(*id) != only)
    {
        return Err(CustodyRefusal::NotInTransfer { container, transfer: transfer.id });
    }
    Ok(())
}
