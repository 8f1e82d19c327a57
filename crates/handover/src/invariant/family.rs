//! Invariants of affiliation, credit, disposition and closure.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::law::{anyone, readings};
use crate::affiliation::AffiliationEntry;
use crate::claim::Affiliation;
use crate::closure::{Case, ClosureEntry};
use crate::disposition::{CremationReason, DispositionEntry};
use crate::entry::What;
use crate::held::EntryRow;
use crate::id::{EntryId, ObligationId, OrganId, PartyId, PersonRef, RemainsId};
use crate::ledger::Ledger;
use crate::reading::{AffiliationStatus, CreditClass, DutyKind, Reading};
use crate::remains::{ForensicEntry, UnitRow};
use crate::table::Idx;

/// The entries about affiliation that stand, as the entries alone tell.
fn standing(ledger: &Ledger) -> impl Iterator<Item = (EntryId, Cow<'_, AffiliationEntry>)> {
    let said = |entry: &'_ What| match entry {
        What::Affiliation(AffiliationEntry::Retracted(retraction)) => Some(retraction.entry),
        What::Affiliation(AffiliationEntry::Determined(determination)) => determination.instead_of,
        _ => None,
    };
    let ended: BTreeSet<EntryId> = ledger.entries().filter_map(|entry| said(&entry.what)).collect();
    let state = &ledger.state;
    let standing = state.entries.places().filter(move |(_, entry)| !ended.contains(&entry.id));
    standing.filter_map(|(at, entry)| {
        let about = state.told::<AffiliationEntry>(at)?;
        (!matches!(*about, AffiliationEntry::Retracted(_))).then_some((entry.id, about))
    })
}

/// The obligations to which each unit may be credited: its batch's, and those of set-offs.
fn offers(ledger: &Ledger) -> BTreeMap<RemainsId, BTreeSet<ObligationId>> {
    let state = &ledger.state;
    let mut offers: BTreeMap<RemainsId, BTreeSet<ObligationId>> = BTreeMap::new();
    for (unit, row) in state.units.places() {
        let batch = state.batch_of_unit(unit);
        let towards = batch.and_then(|batch| state.batches.get(batch).towards);
        if let Some(obligation) = towards {
            offers.entry(row.id).or_default().insert(state.obligations.get(obligation).id);
        }
    }
    for (_, entry) in standing(ledger) {
        if let AffiliationEntry::SetOff(set_off) = entry.as_ref() {
            offers.entry(set_off.unit).or_default().insert(set_off.obligation);
        }
    }
    offers
}

/// How many units are set off to an obligation.
pub(super) fn set_off_to(ledger: &Ledger, obligation: ObligationId) -> u64 {
    let units: BTreeSet<RemainsId> = standing(ledger)
        .filter_map(|(_, entry)| match entry.as_ref() {
            AffiliationEntry::SetOff(set_off) if set_off.obligation == obligation => Some(set_off.unit),
            _ => None,
        })
        .collect();
    u64::try_from(units.len()).unwrap_or(u64::MAX)
}

fn is_credited(reading: &Reading<'_>, unit: RemainsId, obligation: ObligationId) -> Result<bool, String> {
    let view = reading.credit_of_unit(unit, obligation).map_err(|refusal| format!("{refusal}"))?;
    Ok(view.class == Some(CreditClass::Credited))
}

pub(super) fn one_credit_a_person(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for reading in readings(ledger) {
        let mut credited: BTreeMap<(PersonRef, ObligationId), RemainsId> = BTreeMap::new();
        for (unit, obligations) in offers(ledger) {
            let Some(at) = state.units.at(unit) else { continue };
            let Some(person) = reading.person_decided(at) else { continue };
            let person = state.persons.get(person).id;
            for obligation in obligations {
                if !is_credited(&reading, unit, obligation)? {
                    continue;
                }
                if let Some(other) = credited.insert((person, obligation), unit) {
                    return Err(format!("`{other}` and `{unit}` of `{person}` credited to `{obligation}`"));
                }
            }
        }
    }
    Ok(())
}

pub(super) fn one_obligation_a_unit(ledger: &Ledger) -> Result<(), String> {
    let mut agreed: BTreeMap<RemainsId, usize> = BTreeMap::new();
    for (id, entry) in standing(ledger) {
        let AffiliationEntry::SetOff(set_off) = entry.as_ref() else { continue };
        let parties = ledger.obligation(set_off.obligation).map(|of| [of.debtor, of.creditor]);
        if let Some(missing) = parties.into_iter().flatten().find(|party| !set_off.consented.contains(party))
        {
            return Err(format!("the set-off `{id}` without the consent of `{missing}`"));
        }
        let count = agreed.entry(set_off.unit).or_default();
        *count = count.saturating_add(1);
    }
    for reading in readings(ledger) {
        for (unit, obligations) in offers(ledger) {
            let mut credited = Vec::new();
            for obligation in obligations {
                if is_credited(&reading, unit, obligation)? {
                    credited.push(obligation);
                }
            }
            let most = agreed.get(&unit).copied().unwrap_or(0).saturating_add(1);
            if credited.len() > most {
                return Err(format!("`{unit}` credited to {credited:?} without a set-off"));
            }
        }
    }
    Ok(())
}

/// Whether the entries before another say that a sample of a unit, or of what it was made of, is retained, or that none can be.
fn is_sampled_by(ledger: &Ledger, unit: Idx<UnitRow>, before: Idx<EntryRow>) -> bool {
    let state = &ledger.state;
    let mut units = state.ancestors_of_unit(unit);
    units.insert(unit);
    units.into_iter().any(|unit| {
        let (mut taken, mut gone, mut impossible) = (0_usize, 0_usize, false);
        for (at, entry) in state.forensic_entries(unit) {
            match entry {
                ForensicEntry::Sampled(_) if at < before => taken = taken.saturating_add(1),
                ForensicEntry::SampleGone(_) if at < before => gone = gone.saturating_add(1),
                ForensicEntry::NoSample(_) if at < before => impossible = true,
                _ => {}
            }
        }
        taken > gone || impossible
    })
}

pub(super) fn nothing_without_a_sample(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for entry in ledger.entries() {
        let What::Disposition(about) = &entry.what else { continue };
        if let DispositionEntry::Released(release) = about
            && [release.code_on_remains, release.code_on_decision] != [release.unit; 2]
        {
            return Err(format!("the release `{}` under another code than `{}`", entry.id, release.unit));
        }
        let (DispositionEntry::Released(_)
        | DispositionEntry::Cremated(_)
        | DispositionEntry::TemporarilyBuried(_)) = about
        else {
            continue;
        };
        let Some(unit) = about.unit().and_then(|unit| state.units.at(unit)) else { continue };
        let Some(at) = state.entries.at(entry.id) else { continue };
        if !is_sampled_by(ledger, unit, at) {
            return Err(format!("entry `{}` without a sample of `{}`", entry.id, state.units.get(unit).id));
        }
        let mut rows = state.dispositions_of_unit(unit).map(|at| state.dispositions.get(at));
        let row = rows.find(|row| state.entries.get(row.entry).id == entry.id);
        let identified = row.is_some_and(|row| row.decision.is_some());
        match about {
            DispositionEntry::Released(_) if !identified => {
                return Err(format!("the release `{}` of what is not identified", entry.id));
            }
            DispositionEntry::Cremated(cremation)
                if !identified && !matches!(cremation.reason, CremationReason::Legal(_)) =>
            {
                return Err(format!("the cremation `{}` of what is not identified", entry.id));
            }
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn their_own_are_returned(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    let reading = anyone(ledger)?;
    let mut determined: BTreeMap<RemainsId, BTreeSet<Affiliation>> = BTreeMap::new();
    for (_, entry) in standing(ledger) {
        if let AffiliationEntry::Determined(determination) = entry.as_ref() {
            determined.entry(determination.unit).or_default().insert(determination.of);
        }
    }
    let returns: BTreeSet<(RemainsId, Option<PartyId>)> = reading
        .return_duties()
        .into_iter()
        .filter(|duty| duty.kind == DutyKind::Return)
        .map(|duty| (duty.unit, duty.towards))
        .collect();
    for (unit, of) in determined {
        let mut of = of.into_iter();
        let (Some(of), None) = (of.next().and_then(Affiliation::party), of.next()) else { continue };
        let Some(at) = state.units.at(unit) else { continue };
        if state.units.get(at).ceased_by.is_some() {
            continue;
        }
        let Some(batch) = state.batch_of_unit(at).map(|batch| state.batches.get(batch)) else { continue };
        if of != state.parties.get(batch.from).id {
            continue;
        }
        if !returns.contains(&(unit, Some(of))) {
            return Err(format!("`{unit}` of `{of}`, which sent it, with no duty to return it"));
        }
        let towards = batch.towards.map(|obligation| state.obligations.get(obligation).id);
        for reading in readings(ledger) {
            let told = reading.affiliation(unit).map_err(|refusal| format!("{refusal}"))?.status;
            let heard = told == AffiliationStatus::Determined(Affiliation::ForcesOf(of))
                || told == AffiliationStatus::Determined(Affiliation::CiviliansOf(of));
            if let Some(obligation) = towards.filter(|_| heard)
                && is_credited(&reading, unit, obligation)?
            {
                return Err(format!("`{unit}` of the sender's own side credited to `{obligation}`"));
            }
        }
    }
    Ok(())
}

pub(super) fn closed_by_a_criterion(ledger: &Ledger) -> Result<(), String> {
    let mut declared: BTreeSet<(Option<OrganId>, Case)> = BTreeSet::new();
    for entry in ledger.entries() {
        let organ = ledger.organ_of(entry.by);
        match &entry.what {
            What::Closure(ClosureEntry::Criterion(criterion)) => {
                declared.insert((organ, criterion.of));
            }
            What::Closure(ClosureEntry::Closed(stated)) if !declared.contains(&(organ, stated.of)) => {
                return Err(format!("entry `{}` closing {} without a criterion", entry.id, stated.of));
            }
            _ => {}
        }
    }
    Ok(())
}
