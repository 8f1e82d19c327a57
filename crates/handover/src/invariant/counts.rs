//! Invariants of quantities and custody at the level of counts.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;

use super::law::{anyone, readings};
use crate::batch::BatchEntry;
use crate::claim::{ClaimEntry, Scope, Statement, Subject};
use crate::container::ContainerEntry;
use crate::custody::CustodyEntry;
use crate::entry::{Entry, What};
use crate::id::{CategoryId, EntryId, LegId, ObligationId};
use crate::identification::IdentificationEntry;
use crate::ledger::Ledger;
use crate::obligation::{ObligationEntry, Required};
use crate::party::PartyEntry;
use crate::person::PersonEntry;
use crate::quantity::Span;
use crate::reading::According;
use crate::reciprocity::Accrual;
use crate::remains::{EffectEntry, GroupEntry, RemainsEntry};
use crate::slot::HandoverEntry;
use crate::total::TotalEntry;
use crate::when::Moment;

pub(super) fn units_are_not_mixed(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for proposition in state.propositions.rows() {
        for claim in state.claims_on(proposition.key) {
            let unit = state.count_of(claim).map(|count| count.unit);
            if proposition.key.unit.is_some() && proposition.key.unit != unit {
                let entry = state.entries.get(state.claims.get(claim).entry).id;
                return Err(format!(
                    "claim `{entry}` in {unit:?} among counts in {:?}",
                    proposition.key.unit
                ));
            }
        }
    }
    Ok(())
}

pub(super) fn credited_is_at_most_passed(ledger: &Ledger) -> Result<(), String> {
    let towards: BTreeMap<LegId, Option<ObligationId>> = ledger
        .entries()
        .filter_map(|entry| match entry.what {
            What::Handover(HandoverEntry::Leg(leg)) => Some((leg.id, leg.towards)),
            _ => None,
        })
        .collect();
    for reading in readings(ledger) {
        let views = reading.obligations(According::Anyone).map_err(|refusal| format!("{refusal}"))?;
        for view in views {
            let (credited, passed) = (view.credited.span(), view.passed.span());
            let own = Some(&Some(view.obligation));
            if let Some(part) = view.credited.parts.iter().find(|part| towards.get(&part.leg) != own) {
                return Err(format!(
                    "leg `{}` credited to obligation `{}`, not its own",
                    part.leg, view.obligation
                ));
            }
            // What both sides set off to an obligation passed in a leg of another.
            let set_off = super::family::set_off_to(ledger, view.obligation);
            let most = passed.hi().map(|most| most.saturating_add(set_off));
            if most.is_some_and(|most| credited.hi().is_none_or(|credited| credited > most)) {
                return Err(format!("obligation `{}` with {credited} credited of {passed}", view.obligation));
            }
            let ceiling = view.term.set.ceiling;
            let surplus =
                ceiling.filter(|_| view.outstanding.is_some()).map(|most| view.performed().span().less(most));
            if view.surplus != surplus {
                return Err(format!("obligation `{}` with a surplus of {:?}", view.obligation, view.surplus));
            }
        }
    }
    Ok(())
}

pub(super) fn state_is_the_sum_of_entries(ledger: &Ledger) -> Result<(), String> {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reversed: BTreeMap<EntryId, EntryId> = BTreeMap::new();
    let mut passed: BTreeSet<EntryId> = BTreeSet::new();
    for entry in ledger.entries() {
        if let Some(kind) = kind(&entry) {
            let row = rows.entry(kind).or_default();
            *row = row.saturating_add(1);
        }
        // What an end of a transfer counts of a whole batch is a claim of its side.
        let state = &ledger.state;
        let end = state.entries.at(entry.id).and_then(|at| state.end_index.get(at));
        if end.is_some_and(|at| state.ends.get(at).claim.is_some()) {
            let row = rows.entry("claim").or_default();
            *row = row.saturating_add(1);
        }
        match &entry.what {
            What::Batch(BatchEntry::Passed(_)) => {
                passed.insert(entry.id);
            }
            What::Batch(BatchEntry::Reversed(reversal)) => {
                if !passed.contains(&reversal.entry) {
                    return Err(format!("the reversal `{}` of what is no passage", entry.id));
                }
                if let Some(earlier) = reversed.insert(reversal.entry, entry.id) {
                    return Err(format!(
                        "`{}` reversed by `{earlier}` and by `{}`",
                        reversal.entry, entry.id
                    ));
                }
            }
            _ => {}
        }
    }
    let state = &ledger.state;
    // The keeper and the keeper's organ are there from the start.
    let held = [
        ("party", state.parties.len()),
        ("organ", state.organs.len().saturating_sub(1)),
        ("speaker", state.speakers.len().saturating_sub(1)),
        ("source", state.sources.len()),
        ("agreement", state.agreements.len()),
        ("milestone", state.milestones.len()),
        ("act under an agreement", state.agreement_acts.len()),
        ("obligation", state.obligations.len()),
        ("handover", state.handovers.len()),
        ("leg", state.legs.len()),
        ("batch", state.batches.len()),
        ("passage", state.passages.len()),
        ("container", state.containers.len()),
        ("transfer", state.transfers.len()),
        ("lineage", state.lineages.len()),
        ("group", state.groups.len()),
        ("effect", state.effects.len()),
        ("end of a transfer", state.ends.len()),
        ("incident", state.incidents.len()),
        ("person", state.persons.len()),
        ("fact", state.facts.len()),
        ("policy", state.policies.len()),
        ("decision", state.decisions.len()),
        ("category", state.categories.len()),
        ("list", state.lists.len()),
        ("version of a list", state.versions.len()),
        ("entry of a list", state.nominations.len()),
        ("step of a list", state.steps.len()),
        ("same person", state.sames.len()),
        ("total", state.totals.len()),
        ("claim", state.claims.len()),
        ("repetition", state.repeats.len()),
    ];
    for (kind, held) in held {
        let entered = rows.get(kind).copied().unwrap_or(0);
        if entered != held {
            return Err(format!("{held} rows of {kind} where the entries make {entered}"));
        }
    }
    for passage in state.passages.rows() {
        let entry = state.entries.get(passage.entry).id;
        let by = passage.reversed_by.map(|by| state.entries.get(by).id);
        if reversed.get(&entry).copied() != by {
            return Err(format!("the passage `{entry}` reversed by {by:?} where the entries say otherwise"));
        }
    }
    Ok(())
}

/// What kind of row an entry adds, if it adds one.
fn kind(entry: &Entry) -> Option<&'static str> {
    use crate::agreement::AgreementEntry as A;
    use crate::prisoner::{ListEntry, PrisonerEntry as P};
    Some(match &entry.what {
        What::Party(PartyEntry::Introduced(_)) => "party",
        What::Party(PartyEntry::Organ(_)) => "organ",
        What::Party(PartyEntry::Speaker(_)) => "speaker",
        What::Party(PartyEntry::Source(_)) => "source",
        What::Agreement(A::Introduced(_)) => "agreement",
        What::Agreement(A::Milestone(_)) => "milestone",
        What::Agreement(_) => "act under an agreement",
        What::Obligation(ObligationEntry::Introduced(_)) => "obligation",
        What::Handover(HandoverEntry::Introduced(_)) => "handover",
        What::Handover(HandoverEntry::Leg(_)) => "leg",
        What::Batch(BatchEntry::Introduced(_)) => "batch",
        What::Batch(BatchEntry::Passed(_)) => "passage",
        What::Container(ContainerEntry::Registered(_)) => "container",
        What::Custody(CustodyEntry::Introduced(_)) => "transfer",
        What::Remains(RemainsEntry::Divided(_) | RemainsEntry::United(_)) => "lineage",
        What::Remains(RemainsEntry::Group(GroupEntry::Introduced(_))) => "group",
        What::Remains(RemainsEntry::Effect(EffectEntry::Found(_))) => "effect",
        What::Custody(CustodyEntry::Given(_) | CustodyEntry::Received(_)) => "end of a transfer",
        What::Custody(CustodyEntry::Incident(_)) => "incident",
        What::Person(PersonEntry::Introduced(_)) => "person",
        What::Person(PersonEntry::Known(_) | PersonEntry::Corrected(_)) => "fact",
        What::Identification(IdentificationEntry::Policy(_)) => "policy",
        What::Identification(IdentificationEntry::Decided(_)) => "decision",
        What::Prisoner(P::Category(_)) => "category",
        What::Prisoner(P::List(ListEntry::Drafted(_))) => "list",
        What::Prisoner(P::List(ListEntry::Submitted(_))) => "version of a list",
        What::Prisoner(P::Nominated(_) | P::SubstituteOffered(_)) => "entry of a list",
        What::Prisoner(P::Step(_)) => "step of a list",
        What::Prisoner(P::SamePerson(_)) => "same person",
        What::Total(TotalEntry::Introduced(_)) => "total",
        What::Claim(ClaimEntry::Made(_) | ClaimEntry::Corrected(_)) => "claim",
        What::Claim(ClaimEntry::Repeated(_)) => "repetition",
        What::Party(PartyEntry::Precedence(_))
        | What::Obligation(_)
        | What::Handover(HandoverEntry::NoOtherBatch(_))
        | What::Batch(BatchEntry::Reversed(_))
        | What::Container(_)
        | What::Custody(_)
        | What::Remains(_)
        | What::Person(_)
        | What::Identification(_)
        | What::Affiliation(_)
        | What::Notice(_)
        | What::Disposition(_)
        | What::Closure(_)
        | What::Prisoner(_)
        | What::Disclosure(_)
        | What::Claim(ClaimEntry::Withdrawn(_)) => return None,
    })
}

pub(super) fn ratios_use_their_class(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for (claim, row) in state.claims.places() {
        let Some(Statement::Terms(term)) = state.statement(claim) else { continue };
        for (at, ratio) in term.required.ratios().iter().enumerate() {
            let Some(of) = state.obligations.at(ratio.of) else {
                return Err(format!(
                    "claim `{}` with a ratio of nothing recorded",
                    state.entries.get(row.entry).id
                ));
            };
            let earlier = term.required.ratios().get(..at).unwrap_or_default();
            // Units decide where there are any, and what else earns is a question of the term.
            let by_count = state.units.len() == 0 && ratio.whose.is_none() && earlier.is_empty();
            if ratio.accrues_at != Accrual::Passage || ratio.discharged_earn || !by_count {
                continue;
            }
            for reading in readings(ledger) {
                let unit = state.obligations.get(of).unit;
                let sum = |in_class: &dyn Fn(Option<CategoryId>) -> bool| {
                    let legs = state.legs.places();
                    let legs = legs.filter(|(_, leg)| leg.towards == Some(of) && in_class(leg.of.category));
                    reading.sum_legs(legs.map(|(_, leg)| leg.id), unit).span()
                };
                let asked = ratio.category;
                let certain = sum(&|category| asked.is_none() || category == asked);
                let possible = sum(&|category| asked.is_some() && category.is_none());
                let class = certain.plus(possible.hull(Span::ZERO));
                if reading.performed_of(ratio, earlier) != class {
                    return Err(format!(
                        "an entitlement from `{}` that counts other than its class",
                        ratio.of
                    ));
                }
            }
        }
    }
    Ok(())
}

pub(super) fn totals_never_enter_sums(ledger: &Ledger) -> Result<(), String> {
    let is_total = |entry: EntryId| {
        ledger.entry(entry).is_some_and(|entry| match &entry.what {
            What::Total(_) => true,
            What::Claim(ClaimEntry::Made(claim)) => matches!(claim.about, Subject::Total(_)),
            _ => false,
        })
    };
    for flow in anyone(ledger)?.explained().flows() {
        if let Some(entry) = flow.passed.rests_on.entries().find(|entry| is_total(*entry)) {
            return Err(format!("a sum that rests on the published total of `{entry}`"));
        }
    }
    Ok(())
}

/// The obligations of which somebody said a number, as the entries alone tell.
fn numbered(ledger: &Ledger) -> BTreeSet<ObligationId> {
    let mut about: BTreeMap<EntryId, ObligationId> = BTreeMap::new();
    let mut numbered = BTreeSet::new();
    for entry in ledger.entries() {
        let (of, says) = match &entry.what {
            What::Claim(ClaimEntry::Made(claim)) => match claim.about {
                Subject::Obligation(of) => (Some(of), &claim.says),
                _ => continue,
            },
            What::Claim(ClaimEntry::Corrected(correction)) => {
                (about.get(&correction.claim).copied(), &correction.says)
            }
            _ => continue,
        };
        let (Some(of), Statement::Terms(term)) = (of, says) else { continue };
        about.insert(entry.id, of);
        if !matches!(term.required, Required::AllInCategory(_) | Required::AllFound | Required::Unquantified)
        {
            numbered.insert(of);
        }
    }
    numbered
}

pub(super) fn no_number_no_remainder(ledger: &Ledger) -> Result<(), String> {
    let numbered = numbered(ledger);
    for reading in readings(ledger) {
        let views = reading.obligations(reading.according()).map_err(|refusal| format!("{refusal}"))?;
        for view in views {
            let none = view.term.set.floor.is_none() || !numbered.contains(&view.obligation);
            if none && (view.outstanding.is_some() || view.surplus.is_some()) {
                return Err(format!(
                    "obligation `{}` without a number and with a remainder",
                    view.obligation
                ));
            }
        }
    }
    Ok(())
}

pub(super) fn times_are_kept_apart(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for row in state.claims.rows() {
        let entry = state.entries.get(row.entry);
        if row.said_by != state.saying_of(entry).said.last_moment().unwrap_or(Moment::END_OF_TIME) {
            return Err(format!("claim `{}` with another time of utterance than its entry's", entry.id));
        }
    }
    for entry in ledger.entries() {
        if let What::Handover(HandoverEntry::Introduced(handover)) = &entry.what
            && let Some(at) = state.handovers.at(handover.id)
            && state.handovers.get(at).on != handover.on
        {
            return Err(format!("handover `{}` on another day than its entry's", handover.id));
        }
    }
    Ok(())
}

pub(super) fn both_ends_are_kept(ledger: &Ledger) -> Result<(), String> {
    super::custody::each_side_tells_its_end(ledger)?;
    let state = &ledger.state;
    let posted: BTreeSet<_> = state
        .propositions
        .rows()
        .flat_map(|row| {
            state.claims_on(row.key).filter(|claim| state.claims.get(*claim).scope == row.key.scope)
        })
        .collect();
    for (claim, row) in state.claims.places() {
        let entry = state.entries.get(row.entry).id;
        if !posted.contains(&claim) {
            return Err(format!("claim `{entry}` no longer among those on its subject"));
        }
        let span = state.count_of(claim).and_then(|count| count.quantity.span());
        if span.is_some_and(|span| span != row.span) {
            return Err(format!("claim `{entry}` with another number than was stated"));
        }
    }
    Ok(())
}

pub(super) fn receipt_implies_nothing(ledger: &Ledger) -> Result<(), String> {
    let state = &ledger.state;
    for proposition in state.propositions.rows().filter(|row| row.key.scope == Scope::Whose) {
        for claim in state.claims_on(proposition.key) {
            if !matches!(state.statement(claim), Some(Statement::Whose(_))) {
                let entry = state.entries.get(state.claims.get(claim).entry).id;
                return Err(format!("claim `{entry}` taken to say whose the remains are"));
            }
        }
    }
    Ok(())
}
