//! What an entry about custody changes.

use super::Differences;
use super::record::{
    AffectedKey, AffectedRow, DiscrepancyRow, EndRow, ExplanationRow, HeldKey, IncidentRow, NewEnd,
    OpeningRow, Resolved, TransferRow,
};
use crate::claim;
use crate::held::EntryRow;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Introduced { row, .. } => {
            let of = row.of;
            let row = state.transfers.add(row);
            let affected = affected_row(state, AffectedKey::Held(of));
            state.affected.change(affected, |affected| affected.last_transfer = Some(row));
            note_unit(state, of, entry);
        }
        Resolved::End(end) => apply_end(state, entry, *end),
        Resolved::Incident { of, .. } => {
            let affected = affected_row(state, of);
            let former = state.affected.get(affected).last_incident;
            let row = state.incidents.add(IncidentRow { entry, of, former });
            state.affected.change(affected, |affected| affected.last_incident = Some(row));
            if let AffectedKey::Held(held) = of {
                note_unit(state, held, entry);
            }
        }
        Resolved::Discrepancy { first, second } => {
            let row = discrepancy_row(state, first, second, Differences::default());
            let former = state.discrepancies.get(row).last_opening;
            let opening = state.openings.add(OpeningRow { entry, former });
            state.discrepancies.change(row, |row| row.last_opening = Some(opening));
        }
        Resolved::Explained { row, .. } => {
            let former = state.discrepancies.get(row).last_explanation;
            let explanation = state.explanations.add(ExplanationRow { entry, former });
            state.discrepancies.change(row, |row| row.last_explanation = Some(explanation));
        }
        Resolved::Reversed { entry: reversed, end, said, .. } => {
            state.reversal_index.add(reversed, entry);
            if let Some(end) = end {
                end_of_word(state, end, entry, said);
                let transfer = state.ends.get(end).transfer;
                state.transfers.change(transfer, |transfer| {
                    transfer.given = transfer.given.filter(|at| *at != end);
                    transfer.received = transfer.received.filter(|at| *at != end);
                });
            }
        }
    }
}

fn note_unit(state: &mut State, held: HeldKey, entry: Idx<EntryRow>) {
    if let HeldKey::Remains(unit) = held {
        state.note_event(unit, entry);
    }
}

fn affected_row(state: &mut State, key: AffectedKey) -> Idx<AffectedRow> {
    state.affected_index.get(key).unwrap_or_else(|| {
        let row = state.affected.add(AffectedRow { last_transfer: None, last_incident: None });
        state.affected_index.add(key, row);
        row
    })
}

/// An end no longer stands, and what it counted is no longer a word.
fn end_of_word(state: &mut State, end: Idx<EndRow>, by: Idx<EntryRow>, said: When) {
    if let Some(claim) = state.ends.get(end).claim {
        claim::end(state, claim, said);
    }
    state.ends.change(end, |end| end.ended_by = end.ended_by.or(Some(by)));
}

fn apply_end(state: &mut State, entry: Idx<EntryRow>, end: NewEnd) {
    let NewEnd { transfer, is_receipt, corrects, claim, .. } = end;
    let said = state.saying(entry).said;
    if let Some(corrected) = corrects {
        end_of_word(state, corrected, entry, said);
    }
    let claim = claim.map(|claim| claim::apply_claim(state, entry, claim));
    let former = state.transfers.get(transfer).last_end;
    let row = state.ends.add(EndRow { entry, transfer, is_receipt, claim, ended_by: None, former });
    state.end_index.add(entry, row);
    state.transfers.change(transfer, |transfer| {
        transfer.last_end = Some(row);
        if is_receipt {
            transfer.received = Some(row);
        } else {
            transfer.given = Some(row);
        }
    });
    let of = state.transfers.get(transfer).of;
    note_unit(state, of, entry);
    open_what_differs(state, transfer);
}

/// The two ends that stand now are compared: what cannot both be right is open from here on, whatever follows.
fn open_what_differs(state: &mut State, transfer: Idx<TransferRow>) {
    let row = state.transfers.get(transfer);
    let (Some(given), Some(received)) = (row.given, row.received) else { return };
    let (given, received) = (state.ends.get(given).entry, state.ends.get(received).entry);
    let differences = Differences::between(state, given, received);
    if differences != Differences::default() {
        let row = discrepancy_row(state, given, received, differences);
        state.discrepancies.change(row, |row| row.differences = differences);
    }
}

fn discrepancy_row(
    state: &mut State,
    one: Idx<EntryRow>,
    other: Idx<EntryRow>,
    differences: Differences,
) -> Idx<DiscrepancyRow> {
    let (first, second) = (one.min(other), one.max(other));
    state.discrepancy_index.get((first, second)).unwrap_or_else(|| {
        let row = DiscrepancyRow { first, second, differences, last_opening: None, last_explanation: None };
        let row = state.discrepancies.add(row);
        state.discrepancy_index.add((first, second), row);
        row
    })
}
