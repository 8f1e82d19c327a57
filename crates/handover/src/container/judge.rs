//! Which entries about containers certainly cannot stand.

use super::ContainerRefusal;
use super::record::{ContainerRow, Resolved};
use crate::batch::BatchRow;
use crate::container::ContainerEntry;
use crate::custody::{EndRow, can_hold};
use crate::obligation::Matter;
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Registered { row, batch } => {
            if !can_hold(state, row.held_by) {
                return Err(ContainerRefusal::NoCustodian(state.organs.get(row.held_by).id).into());
            }
            if let Some(batch) = batch {
                judge_batch(state, *batch)?;
                judge_manifest(state, row, *batch)?;
            }
        }
        Resolved::Alias { .. } => {}
        Resolved::Assigned { container, batch, on } => judge_assignment(state, *container, *batch, *on)?,
        Resolved::Complete(batch) => {
            judge_batch(state, *batch)?;
            if let Some(by) = state.manifest_complete(*batch) {
                let (batch, by) = (state.batches.get(*batch).id, state.entries.get(by).id);
                return Err(ContainerRefusal::CompleteAlready { batch, by }.into());
            }
        }
        Resolved::Retired { container, on } => judge_retirement(state, *container, *on)?,
        Resolved::Reversed { entry, by, recorded_by, .. } => {
            let id = state.entries.get(*entry).id;
            if by != recorded_by {
                let (expected, found) = (*recorded_by, *by);
                return Err(ContainerRefusal::NotItsOrgan { entry: id, expected, found }.into());
            }
            if let Some(reversal) = state.reversal_index.get(*entry) {
                let by = state.entries.get(reversal).id;
                return Err(ContainerRefusal::ReversedAlready { entry: id, by }.into());
            }
        }
    }
    Ok(())
}

fn judge_batch(state: &State, batch: Idx<BatchRow>) -> Result<(), ContainerRefusal> {
    let batch = state.batches.get(batch);
    if batch.of.matter != Matter::Remains {
        return Err(ContainerRefusal::BatchOfTheLiving(batch.id));
    }
    Ok(())
}

fn judge_manifest(
    state: &State,
    container: &ContainerRow,
    batch: Idx<BatchRow>,
) -> Result<(), ContainerRefusal> {
    match state.manifest_complete(batch) {
        Some(by) => Err(ContainerRefusal::ManifestIsComplete {
            container: container.id,
            batch: state.batches.get(batch).id,
            by: state.entries.get(by).id,
        }),
        None => Ok(()),
    }
}

fn judge_assignment(
    state: &State,
    container: Idx<ContainerRow>,
    batch: Idx<BatchRow>,
    on: Option<When>,
) -> Result<(), ContainerRefusal> {
    judge_batch(state, batch)?;
    let row = state.containers.get(container);
    let former = state.batch_of_container(container);
    if former == Some(batch) {
        return Ok(());
    }
    judge_manifest(state, row, batch)?;
    // Who divides a batch after it passed would divide what both sides say of its passage.
    if let (Some(former), Some(on)) = (former, on)
        && let Some(passage) = state.batches.get(former).passage
    {
        let leg = state.legs.get(state.passages.get(passage).leg);
        let passed = state.handovers.get(leg.handover).on.span();
        if passed.last().is_some_and(|passed| on.span().is_after(passed)) {
            let batch = state.batches.get(former).id;
            return Err(ContainerRefusal::PassedAsAWhole { container: row.id, batch, leg: leg.id });
        }
    }
    if let (Some(by), Some(on)) = (state.retired_by(container), on)
        && let Some(ContainerEntry::Retired(retired)) = state.told_in_full(by)
        && retired.on.last_moment().is_some_and(|last| on.span().is_after(last))
    {
        return Err(ContainerRefusal::NoMore { container: row.id, by: state.entries.get(by).id });
    }
    Ok(())
}

fn judge_retirement(state: &State, container: Idx<ContainerRow>, on: When) -> Result<(), ContainerRefusal> {
    let row = state.containers.get(container);
    if let Some(by) = state.retired_by(container) {
        return Err(ContainerRefusal::NoMore { container: row.id, by: state.entries.get(by).id });
    }
    let later = |other: When| on.last_moment().is_some_and(|last| other.span().is_after(last));
    if let Some(ContainerEntry::Registered(made)) = state.told(row.entry).as_deref()
        && later(made.since)
    {
        return Err(ContainerRefusal::BeforeItWasHeld(row.id));
    }
    let ends = |at: &EndRow| state.end_on(at).is_some_and(later);
    let transfers = state.transfers_of(crate::custody::HeldKey::Container(container));
    for transfer in transfers.map(|at| state.transfers.get(at)) {
        let standing = [transfer.given, transfer.received].into_iter().flatten();
        if standing.map(|at| state.ends.get(at)).any(ends) {
            return Err(ContainerRefusal::LaterTransfer { container: row.id, transfer: transfer.id });
        }
    }
    Ok(())
}
