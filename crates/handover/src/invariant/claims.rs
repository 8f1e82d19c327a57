//! Invariants of claims.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;

use super::law::{anyone, readings};
use crate::claim::{ClaimEntry, Statement};
use crate::custody::CustodyEntry;
use crate::entry::What;
use crate::ledger::Ledger;
use crate::party::Side;
use crate::quantity::Span;
use crate::reading::{According, JointView, Label};
use crate::when::Moment;

pub(super) fn only_their_speaker_corrects(ledger: &Ledger) -> Result<(), String> {
    let mut ended = BTreeSet::new();
    for entry in ledger.entries() {
        let claim = match &entry.what {
            What::Claim(ClaimEntry::Corrected(correction)) => correction.claim,
            What::Claim(ClaimEntry::Withdrawn(withdrawal)) => withdrawal.claim,
            What::Custody(custody) => {
                let corrected = match custody {
                    CustodyEntry::Given(giving) => giving.corrects,
                    CustodyEntry::Received(receipt) => receipt.corrects,
                    CustodyEntry::Reversed(reversal) => Some(reversal.entry),
                    _ => None,
                };
                ended.extend(corrected);
                continue;
            }
            _ => continue,
        };
        ended.insert(claim);
        let made_by = ledger.entry(claim).map(|made| made.by);
        if made_by != Some(entry.by) {
            return Err(format!("entry `{}` by `{}` about a claim by {made_by:?}", entry.id, entry.by));
        }
    }
    let state = &ledger.state;
    for (claim, row) in state.claims.places() {
        let entry = state.entries.get(row.entry).id;
        if ended.contains(&entry) != row.ended_by.is_some()
            || (state.statement(claim).is_none() && state.count_of(claim).is_none())
        {
            return Err(format!("claim `{entry}` ended or changed otherwise than by its speaker"));
        }
    }
    Ok(())
}

pub(super) fn confirmation_needs_every_party(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for leg in anyone(ledger)?.explained().legs() {
        if !matches!(leg.count.view, JointView::ConfirmedByAll(_)) {
            continue;
        }
        for word in &leg.count.words {
            let said = word.rests_on.entries().any(|entry| {
                state.entries.at(entry).and_then(|entry| state.claim_index.get(entry)).is_some_and(|claim| {
                    match state.organs.get(state.claims.get(claim).organ).side {
                        Side::Party(party) => state.parties.get(party).id == word.party,
                        _ => false,
                    }
                })
            });
            if !said {
                return Err(format!("leg `{}` confirmed by `{}`, which says nothing", leg.leg, word.party));
            }
        }
    }
    let repeated = state.repeats.rows().find(|repeat| state.claim_index.get(repeat.entry).is_some());
    match repeated {
        Some(repeat) => {
            Err(format!("the repetition `{}` taken for a claim", state.entries.get(repeat.entry).id))
        }
        None => Ok(()),
    }
}

pub(super) fn silence_is_not_nought(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for (claim, row) in state.claims.places() {
        let silent = state.count_of(claim).is_some_and(|count| !count.quantity.is_informative());
        if silent && row.span != Span::EVERYTHING {
            let entry = state.entries.get(row.entry).id;
            return Err(format!("claim `{entry}` with {} where no number is said", row.span));
        }
    }
    for reading in readings(ledger) {
        for leg in reading.legs() {
            let words = leg.count.words.iter().map(|word| &word.told).chain([&leg.passed]);
            for told in words {
                if told.label < Label::Stated && told.set != Span::EVERYTHING {
                    return Err(format!("leg `{}` with {} where nothing is said", leg.leg, told.set));
                }
            }
        }
    }
    Ok(())
}

pub(super) fn precedence_is_within_a_party(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for (party, row) in state.parties.places() {
        let orders = crate::claim::Scope::ALL.iter().map(|scope| state.precedence(party, *scope));
        for organ in orders.flatten() {
            let organ = state.organs.get(*organ);
            if organ.side != Side::Party(party) {
                return Err(format!("organ `{}` in the order of party `{}`", organ.id, row.id));
            }
        }
    }
    Ok(())
}

pub(super) fn figures_can_be_traced(ledger: &Ledger) -> Result<(), String> {
    let mut again = Ledger::new();
    for entry in ledger.entries() {
        if again.replay(&entry).is_err() {
            return Err(format!("entry `{}`, which does not replay", entry.id));
        }
    }
    for reading in readings(ledger) {
        let derive = |ledger: &Ledger| {
            let reading = ledger.reading(reading.according(), Moment::END_OF_TIME).ok()?;
            reading.explained().obligations(According::Anyone).ok()
        };
        let (first, second) = (derive(ledger), derive(&again));
        if first != second {
            return Err(format!("figures {} that differ when derived again", reading.according()));
        }
        for view in first.into_iter().flatten() {
            let sum = &view.passed;
            let says = sum.parts.iter().any(|part| part.told.is_informative());
            if says && sum.rests_on.is_empty() {
                return Err(format!("a figure of obligation `{}` that rests on nothing", view.obligation));
            }
            if let Some(entry) = view.rests_on.entries().find(|entry| ledger.entry(*entry).is_none()) {
                return Err(format!("a figure that rests on `{entry}`, which is not recorded"));
            }
        }
    }
    Ok(())
}

pub(super) fn intent_is_alleged(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    let reading = anyone(ledger)?;
    let alleged: BTreeSet<_> =
        reading.allegations().iter().map(|view| (view.by.entry, view.by.speaker)).collect();
    for (claim, row) in state.claims.places() {
        let entry = state.entries.get(row.entry);
        let is_fault = matches!(state.statement(claim), Some(Statement::Fault(_)));
        let listed = alleged.contains(&(entry.id, state.speakers.get(state.saying_of(entry).by).id));
        if (is_fault && row.ended_by.is_none()) != listed {
            return Err(format!("claim `{}` among the allegations or missing from them", entry.id));
        }
    }
    Ok(())
}
