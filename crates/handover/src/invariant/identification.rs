//! Invariants of identification, recounted from the entries.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::entry::What;
use crate::held::{EntryRow, part};
use crate::id::{EntryId, PersonRef, RemainsId};
use crate::identification::{Decision, Evidence, Grounds, IdentificationEntry, Policy, Rank};
use crate::ledger::Ledger;

/// Every entry of identification, in the order of recording.
fn entries(ledger: &Ledger) -> impl Iterator<Item = (&EntryRow, Cow<'_, IdentificationEntry>)> {
    let state = &ledger.state;
    state.entries.places().filter_map(|(at, entry)| Some((entry, state.told(at)?)))
}

fn what(ledger: &Ledger, entry: EntryId) -> Option<Cow<'_, IdentificationEntry>> {
    ledger.state.told(ledger.state.entries.at(entry)?)
}

fn policy<'l>(ledger: &'l Ledger, grounds: &Grounds) -> Result<&'l Policy, String> {
    let state = &ledger.state;
    let found = state.entries.each_place().find_map(|at| match state.told_in_full(at) {
        Some(IdentificationEntry::Policy(policy)) if policy.id == grounds.policy => Some(policy),
        _ => None,
    });
    found.ok_or_else(|| format!("policy `{}`, which is not recorded", grounds.policy))
}

fn pieces<'l>(ledger: &'l Ledger, grounds: &Grounds) -> Vec<Cow<'l, Evidence>> {
    let evidence = |entry: &EntryId| part!(what(ledger, *entry), IdentificationEntry::Evidence);
    grounds.evidence.iter().filter_map(evidence).collect()
}

/// The grounds of every decision and every upholding, with the units they are of.
fn grounds(ledger: &Ledger) -> Vec<(EntryId, Decision, Grounds)> {
    let mut all = Vec::new();
    for (entry, entered) in entries(ledger) {
        match entered.into_owned() {
            IdentificationEntry::Decided(decision) => {
                let grounds = decision.grounds.clone();
                all.push((entry.id, decision, grounds));
            }
            IdentificationEntry::Upheld(upheld) => {
                let decided = what(ledger, upheld.decision).map(Cow::into_owned);
                if let Some(IdentificationEntry::Decided(decision)) = decided {
                    all.push((entry.id, decision, upheld.grounds));
                }
            }
            _ => {}
        }
    }
    all
}

pub(super) fn presumptive_evidence_never_identifies(ledger: &Ledger) -> Result<(), String> {
    for (entry, decision, grounds) in grounds(ledger) {
        let policy = policy(ledger, &grounds)?;
        let pieces = pieces(ledger, &grounds);
        for unit in &decision.units {
            let mut kinds =
                pieces.iter().filter(|piece| piece.units.contains(unit)).map(|piece| piece.line.kind());
            let combined = policy.combinations.iter().any(|combination| {
                combination.iter().all(|kind| {
                    pieces.iter().any(|piece| piece.units.contains(unit) && piece.line.kind() == *kind)
                })
            });
            if !combined && !kinds.any(|kind| kind.rank() == Rank::Primary) {
                return Err(format!("the decision `{entry}` on `{unit}` without primary evidence"));
            }
        }
    }
    Ok(())
}

pub(super) fn decisions_are_complete(ledger: &Ledger) -> Result<(), String> {
    for (entry, decision, grounds) in grounds(ledger) {
        let policy = policy(ledger, &grounds)?;
        let by = ledger.entry(entry).and_then(|entry| ledger.organ_of(entry.by));
        if by.is_none_or(|organ| !policy.competent.contains(&organ)) {
            return Err(format!("the decision `{entry}` of an authority that is not competent"));
        }
        if grounds.prior.compare(policy.prior).is_gt() {
            return Err(format!("the decision `{entry}` with a prior that the policy does not allow"));
        }
        let analysts: BTreeSet<_> = grounds.analysts.iter().map(|one| one.officer).collect();
        let reviewers: BTreeSet<_> = grounds.reviewers.iter().map(|one| one.officer).collect();
        if analysts.is_empty()
            || reviewers.len() < usize::from(policy.reviewers)
            || !analysts.is_disjoint(&reviewers)
        {
            return Err(format!("the decision `{entry}` without an independent review"));
        }
        let pieces = pieces(ledger, &grounds);
        if pieces.len() != grounds.evidence.len()
            || pieces.iter().any(|piece| piece.person != decision.person)
            || pieces.iter().any(|piece| piece.units.iter().any(|unit| !decision.units.contains(unit)))
        {
            return Err(format!("the decision `{entry}` on evidence of others"));
        }
        for unit in &decision.units {
            let on_unit: Vec<&Evidence> =
                pieces.iter().map(Cow::as_ref).filter(|piece| piece.units.contains(unit)).collect();
            if let Some(aspect) = policy.shortfalls(grounds.prior, &on_unit).first() {
                return Err(format!("the decision `{entry}` on `{unit}` that falls short: {aspect}"));
            }
        }
    }
    Ok(())
}

/// The units and the person that a board took under review.
fn under_review(ledger: &Ledger, what_is: &IdentificationEntry) -> Option<(Vec<RemainsId>, PersonRef)> {
    let IdentificationEntry::UnderReview(review) = what_is else { return None };
    let report = part!(what(ledger, review.report), IdentificationEntry::Matched)?;
    let it = part!(what(ledger, report.candidate), IdentificationEntry::Candidate)?;
    Some((it.units.clone(), it.person))
}

pub(super) fn a_match_decides_nothing(ledger: &Ledger) -> Result<(), String> {
    let mut reviewed: BTreeSet<(RemainsId, PersonRef)> = BTreeSet::new();
    for (entry, what) in entries(ledger) {
        if let Some((units, person)) = under_review(ledger, &what) {
            reviewed.extend(units.iter().map(|unit| (*unit, person)));
        }
        let IdentificationEntry::Decided(decision) = what.as_ref() else { continue };
        if let Some(unit) = decision.units.iter().find(|unit| !reviewed.contains(&(**unit, decision.person)))
        {
            return Err(format!("the decision `{}` on `{unit}`, which was never under review", entry.id));
        }
    }
    let decided: BTreeSet<EntryId> = entries(ledger)
        .filter(|(_, what)| matches!(what.as_ref(), IdentificationEntry::Decided(_)))
        .map(|(entry, _)| entry.id)
        .collect();
    for row in ledger.state.decisions.rows() {
        let entry = ledger.state.entries.get(row.entry).id;
        if !decided.contains(&entry) {
            return Err(format!("a decision by `{entry}`, which is none"));
        }
    }
    Ok(())
}

/// The decision in force on each unit, recounted; an error if one came upon another.
fn in_force(ledger: &Ledger) -> Result<BTreeMap<RemainsId, (EntryId, PersonRef)>, String> {
    let mut in_force: BTreeMap<RemainsId, (EntryId, PersonRef)> = BTreeMap::new();
    for (entry, what) in entries(ledger) {
        match what.as_ref() {
            IdentificationEntry::Decided(decision) => {
                for unit in &decision.units {
                    if let Some((other, _)) = in_force.insert(*unit, (entry.id, decision.person)) {
                        return Err(format!("`{unit}` identified by `{other}` and by `{}`", entry.id));
                    }
                }
            }
            IdentificationEntry::Revoked(revoked) => {
                in_force.retain(|_, (decision, _)| *decision != revoked.decision);
            }
            _ => {}
        }
    }
    Ok(in_force)
}

pub(super) fn one_decision_is_in_force(ledger: &Ledger) -> Result<(), String> {
    let recounted = in_force(ledger)?;
    let state = &ledger.state;
    for (at, row) in state.units.places() {
        let held = state.decision_in_force(at).map(|decision| {
            let decision = state.decisions.get(decision);
            (state.entries.get(decision.entry).id, state.persons.get(decision.person).id)
        });
        if held != recounted.get(&row.id).copied() {
            return Err(format!("`{}` identified by {held:?} where the entries say otherwise", row.id));
        }
    }
    Ok(())
}

pub(super) fn exclusions_persist(ledger: &Ledger) -> Result<(), String> {
    for (entry, decision, _) in grounds(ledger) {
        let mut excluded: BTreeMap<EntryId, RemainsId> = BTreeMap::new();
        for earlier in ledger.entries().take_while(|earlier| earlier.id != entry) {
            match &earlier.what {
                What::Identification(IdentificationEntry::Excluded(exclusion))
                    if exclusion.person == decision.person && decision.units.contains(&exclusion.unit) =>
                {
                    excluded.insert(earlier.id, exclusion.unit);
                }
                What::Identification(IdentificationEntry::Retracted(back)) => {
                    excluded.remove(&back.entry);
                }
                _ => {}
            }
        }
        if let Some((exclusion, unit)) = excluded.first_key_value() {
            return Err(format!("the decision `{entry}` on `{unit}`, which `{exclusion}` excluded"));
        }
    }
    Ok(())
}

pub(super) fn nothing_is_deleted(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    let mut revoked: BTreeMap<EntryId, EntryId> = BTreeMap::new();
    for (entry, what) in entries(ledger) {
        if let IdentificationEntry::Revoked(revocation) = what.as_ref()
            && let Some(other) = revoked.insert(revocation.decision, entry.id)
        {
            return Err(format!("`{}` revoked by `{other}` and by `{}`", revocation.decision, entry.id));
        }
    }
    for row in state.decisions.rows() {
        let by = row.revoked_by.map(|by| state.entries.get(by).id);
        let entry = state.entries.get(row.entry).id;
        if revoked.get(&entry).copied() != by {
            return Err(format!("`{entry}` revoked by {by:?} where the entries say otherwise"));
        }
    }
    Ok(())
}

pub(super) fn policies_stay(ledger: &Ledger) -> Result<(), String> {
    let mut superseded = BTreeSet::new();
    for (entry, what) in entries(ledger) {
        let IdentificationEntry::Policy(policy) = what.as_ref() else { continue };
        if policy.supersedes.is_some_and(|former| !superseded.insert(former)) {
            return Err(format!("a policy that is superseded twice, again by `{}`", entry.id));
        }
        if ledger.state.policies.at(policy.id).is_none() {
            return Err(format!("policy `{}`, which is not held any more", policy.id));
        }
    }
    Ok(())
}
