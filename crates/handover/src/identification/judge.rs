//! Whether an entry of identification may stand.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::contradiction::{contradictions, is_before, reconciled};
use super::line::{Conclusion, Evidence, Rank};
use super::overlap::{Overlap, overlap};
use super::resolve::{Case, Course, Officers, Proof, Resolved, Shape, Step};
use super::state::{PolicyRow, Stage};
use super::{DecisionRow, IdentificationRefusal as Refused, Policy};
use crate::held::EntryRow;
use crate::id::OrganId;
use crate::likelihood::LikelihoodRatio;
use crate::refusal::Refusal;
use crate::remains::{Human, UnitRow};
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Policy { policy, by, former } => policy_may_stand(state, policy, *by, *former),
        Resolved::Finding(_) => Ok(()),
        Resolved::Evidence(case, shape) => {
            has_units(state, case)?;
            is_sound(shape)
        }
        Resolved::Excluded(case) | Resolved::Reconciled(case) => has_units(state, case),
        Resolved::Retracted { entry, by, .. } => may_be_taken_back(state, *entry, *by),
        Resolved::Step(step) => {
            has_units(state, &step.case)?;
            is_there(state, step)?;
            if let Some((organ, policy)) = step.authority {
                is_competent_or_later(state, organ, policy)?;
            }
            step.proof.as_ref().map_or(Ok(()), |proof| is_proved(state, &step.case, step.on, proof))
        }
        Resolved::Decided(step, officers) => {
            has_units(state, &step.case)?;
            is_there(state, step)?;
            stands_on_grounds(state, step, officers, None)
        }
        Resolved::Reexamined(course) => {
            let row = is_in_force(state, course)?;
            if let Some(by) = row.reexamined_by {
                let (decision, by) = (id(state, row.entry), id(state, by));
                return Err(Refused::ReexaminedAlready { decision, by }.into());
            }
            is_not_before(state, course.on, row.entry)?;
            may_dispose(state, course)
        }
        Resolved::Upheld(course, step, officers) => {
            is_being_reexamined(state, course)?;
            is_not_excluded(state, &step.case)?;
            stands_on_grounds(state, step, officers, Some(course.decision))
        }
        Resolved::Revoked(course) => {
            is_being_reexamined(state, course)?;
            may_dispose(state, course)
        }
    }
}

fn id(state: &State, entry: Idx<EntryRow>) -> crate::id::EntryId {
    state.entries.get(entry).id
}

fn unit_id(state: &State, unit: Idx<UnitRow>) -> crate::id::RemainsId {
    state.units.get(unit).id
}

fn policy_may_stand(
    state: &State,
    policy: &Policy,
    by: OrganId,
    former: Option<Idx<PolicyRow>>,
) -> Result<(), Refusal> {
    let allows = |what| Err(Refused::AllowsEverything(what).into());
    if policy.competent.is_empty() {
        return Err(Refused::None("competent organ").into());
    }
    if policy.primary == 0 && policy.combinations.is_empty() {
        return allows("neither primary evidence nor a combination");
    }
    if policy.combinations.iter().any(|kinds| {
        let mut kinds = kinds.clone();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len() < 2
    }) {
        return allows("a combination of fewer than two kinds of evidence");
    }
    if policy.reviewers == 0 {
        return allows("nobody who reviews");
    }
    if policy.screening <= LikelihoodRatio::ONE {
        return allows("a screening threshold that is not above 1");
    }
    let Some(former) = former.map(|former| state.policies.get(former)) else { return Ok(()) };
    let organ = Some(state.organs.get(state.organ_of_entry(former.entry)).id);
    if let Some(organ) = organ.filter(|organ| *organ != by) {
        return Err(Refused::NotItsPolicy { policy: former.policy.id, organ }.into());
    }
    if let Some(by) = former.succeeded_by {
        let by = state.policies.get(by).policy.id;
        return Err(Refused::SupersededAlready { policy: former.policy.id, by }.into());
    }
    if is_before(policy.from, former.policy.from) {
        return Err(Refused::BeforeWhatItRestsOn(id(state, former.entry)).into());
    }
    Ok(())
}

fn has_units(state: &State, case: &Case) -> Result<(), Refusal> {
    if case.units.is_empty() {
        return Err(Refused::None("unit").into());
    }
    for (at, unit) in case.units.iter().enumerate() {
        if case.units.iter().take(at).any(|earlier| earlier == unit) {
            return Err(Refused::UnitTwice(unit_id(state, *unit)).into());
        }
    }
    Ok(())
}

fn is_sound(shape: &Shape) -> Result<(), Refusal> {
    if let Some(what) = shape.lacks {
        return Err(Refused::None(what).into());
    }
    let Some(ratio) = shape.ratio else { return Ok(()) };
    let at_odds = match shape.conclusion {
        Conclusion::Consistent => ratio < LikelihoodRatio::ONE,
        Conclusion::Inconsistent => ratio > LikelihoodRatio::ONE,
        Conclusion::Insufficient => false,
    };
    if at_odds {
        return Err(Refused::AtOdds.into());
    }
    if shape.kind.rank() == Rank::Presumptive {
        return Err(Refused::RatioOfImpression(shape.kind).into());
    }
    Ok(())
}

fn may_be_taken_back(state: &State, entry: Idx<EntryRow>, by: OrganId) -> Result<(), Refusal> {
    let organ = Some(state.organs.get(state.organ_of_entry(entry)).id);
    if let Some(organ) = organ.filter(|organ| *organ != by) {
        return Err(Refused::NotItsWord { entry: id(state, entry), organ }.into());
    }
    match state.withdrawal_index.get(entry) {
        Some(by) => Err(Refused::RetractedAlready { entry: id(state, entry), by: id(state, by) }.into()),
        None => Ok(()),
    }
}

/// Whether each unit is where the step begins, and may go on from there.
fn is_there(state: &State, step: &Step) -> Result<(), Refusal> {
    for unit in &step.case.units {
        if let Some(decision) = state.decision_in_force(*unit) {
            let by = id(state, state.decisions.get(decision).entry);
            return Err(Refused::IdentifiedAlready { unit: unit_id(state, *unit), by }.into());
        }
    }
    is_not_excluded(state, &step.case)?;
    for unit in &step.case.units {
        let found = state.stage(*unit, step.case.person);
        if found != step.from {
            let unit = unit_id(state, *unit);
            return Err(Refused::NotThere { unit, expected: step.from, found }.into());
        }
        if step.from > Stage::NotConsidered
            && let Some(at) = state.candidacy(*unit, step.case.person)
        {
            is_not_before(state, step.on, state.candidacies.get(at).entry)?;
        }
    }
    step.after.map_or(Ok(()), |after| is_not_before(state, step.on, after))
}

fn is_not_before(state: &State, on: When, entry: Idx<EntryRow>) -> Result<(), Refusal> {
    match state.time_of(entry) {
        Some(earlier) if is_before(on, earlier) => Err(Refused::BeforeWhatItRestsOn(id(state, entry)).into()),
        _ => Ok(()),
    }
}

/// Exclusions are consulted before every candidate, and at every step after (invariant 41).
fn is_not_excluded(state: &State, case: &Case) -> Result<(), Refusal> {
    let person = state.persons.get(case.person).id;
    for unit in &case.units {
        let excludes = state
            .events_of_unit(*unit)
            .find(|entry| state.excludes(*entry, case.person) && state.stands(*entry));
        if let Some(by) = excludes {
            return Err(Refused::Excluded { unit: unit_id(state, *unit), person, by: id(state, by) }.into());
        }
    }
    Ok(())
}

fn is_competent_or_later(state: &State, organ: OrganId, policy: Idx<PolicyRow>) -> Result<(), Refusal> {
    let mut versions =
        core::iter::successors(Some(policy), |policy| state.policies.get(*policy).succeeded_by);
    if versions.any(|version| state.policies.get(version).policy.competent.contains(&organ)) {
        return Ok(());
    }
    Err(Refused::NotCompetent { organ, policy: state.policies.get(policy).policy.id }.into())
}

/// Whether the policy was in force, and the evidence is on these units and this person, stands, and satisfies it unit by unit.
fn is_proved(state: &State, case: &Case, on: When, proof: &Proof) -> Result<(), Refusal> {
    let row = state.policies.get(proof.policy);
    let policy = &row.policy;
    let over = row.succeeded_by.is_some_and(|by| is_before(state.policies.get(by).policy.from, on));
    if over || is_before(on, policy.from) {
        return Err(Refused::PolicyNotInForce(policy.id).into());
    }
    if proof.evidence.is_empty() {
        return Err(Refused::None("piece of evidence").into());
    }
    let person = state.persons.get(case.person).id;
    let units: Vec<_> = case.units.iter().map(|unit| unit_id(state, *unit)).collect();
    let mut pieces: Vec<Cow<'_, Evidence>> = Vec::new();
    for entry in &proof.evidence {
        let Some(piece) = state.evidence(*entry) else { continue };
        if piece.person != person || piece.units.iter().any(|unit| !units.contains(unit)) {
            return Err(Refused::EvidenceOfAnother(id(state, *entry)).into());
        }
        if let Some(by) = state.erased_index.get(piece.record) {
            return Err(Refused::EvidenceErased { entry: id(state, *entry), by: id(state, by) }.into());
        }
        if let Some(by) = state.withdrawal_index.get(*entry) {
            return Err(Refused::EvidenceRetracted { entry: id(state, *entry), by: id(state, by) }.into());
        }
        is_not_before(state, on, *entry)?;
        pieces.push(piece);
    }
    if proof.prior.is_some_and(|prior| prior.compare(policy.prior).is_gt()) {
        return Err(Refused::PriorTooHigh.into());
    }
    for unit in units {
        let on_unit: Vec<&Evidence> =
            pieces.iter().map(Cow::as_ref).filter(|piece| piece.units.contains(&unit)).collect();
        if on_unit.is_empty() {
            return Err(Refused::NoEvidence(unit).into());
        }
        match proof.prior {
            None if !policy.screens(&on_unit) => return Err(Refused::BelowScreening(unit).into()),
            None => {}
            Some(prior) => {
                if let Some(aspect) = policy.shortfalls(prior, &on_unit).into_iter().next() {
                    return Err(Refused::DoesNotSuffice { unit, aspect }.into());
                }
            }
        }
    }
    Ok(())
}

/// Whether a decision, or one that is upheld, has all that it must have (invariants 30, 31, 33 and 34).
fn stands_on_grounds(
    state: &State,
    step: &Step,
    officers: &Officers,
    upheld: Option<Idx<DecisionRow>>,
) -> Result<(), Refusal> {
    let (Some(proof), Some((organ, _))) = (&step.proof, step.authority) else { return Ok(()) };
    if let Some(unit) = step.case.units.iter().find(|unit| state.units.get(**unit).human == Human::No) {
        return Err(Refused::NotHuman(unit_id(state, *unit)).into());
    }
    let policy = &state.policies.get(proof.policy).policy;
    if !policy.competent.contains(&organ) {
        return Err(Refused::NotCompetent { organ, policy: policy.id }.into());
    }
    is_proved(state, &step.case, step.on, proof)?;
    are_independent(policy, officers)?;
    let stands = |entry| state.stands(entry);
    for unit in &step.case.units {
        for found in contradictions(state, &stands, *unit, step.case.person, Some(step.on)) {
            if reconciled(state, &stands, &policy.competent, step.case.person, &found).is_none() {
                return Err(Refused::ContradictionOpen {
                    unit: unit_id(state, *unit),
                    kind: found.kind,
                    fact: id(state, found.fact),
                    finding: found.finding.map(|finding| id(state, finding)),
                }
                .into());
            }
        }
    }
    is_one_body(state, &step.case, upheld)
}

fn are_independent(policy: &Policy, officers: &Officers) -> Result<(), Refusal> {
    if officers.analysts.is_empty() {
        return Err(Refused::None("analyst").into());
    }
    let mut reviewed: Vec<_> = officers.reviewers.iter().map(|reviewer| reviewer.officer).collect();
    if let Some(both) = reviewed.iter().find(|one| officers.analysts.iter().any(|it| it.officer == **one)) {
        return Err(Refused::AnalystReviews(*both).into());
    }
    reviewed.sort_unstable();
    reviewed.dedup();
    if reviewed.len() < usize::from(policy.reviewers) {
        return Err(Refused::TooFewReviewers { expected: policy.reviewers, found: reviewed.len() }.into());
    }
    Ok(())
}

/// Whether the units can be of one person, with those that are this person's already.
fn is_one_body(state: &State, case: &Case, upheld: Option<Idx<DecisionRow>>) -> Result<(), Refusal> {
    let mut others: Vec<Idx<UnitRow>> = state
        .decisions_of_person(case.person)
        .filter(|decision| Some(*decision) != upheld && state.decisions.get(*decision).revoked_by.is_none())
        .flat_map(|decision| state.units_of_decision(decision))
        .collect();
    for unit in &case.units {
        if let Some(other) = others.iter().find(|other| overlap(state, *unit, **other) == Overlap::Certain) {
            let (unit, other) = (unit_id(state, *unit), unit_id(state, *other));
            return Err(Refused::Overlap { unit, other }.into());
        }
        others.push(*unit);
    }
    Ok(())
}

fn is_in_force<'s>(state: &'s State, course: &Course) -> Result<&'s DecisionRow, Refusal> {
    let row = state.decisions.get(course.decision);
    match row.revoked_by {
        Some(by) => Err(Refused::NotInForce { decision: id(state, row.entry), by: id(state, by) }.into()),
        None => Ok(row),
    }
}

fn is_being_reexamined(state: &State, course: &Course) -> Result<(), Refusal> {
    let row = is_in_force(state, course)?;
    match row.reexamined_by {
        None => Err(Refused::NotReexamined(id(state, row.entry)).into()),
        Some(opened) => is_not_before(state, course.on, opened),
    }
}

/// Whether the organ may re-examine or revoke: under the policy of the decision or a later version of it.
fn may_dispose(state: &State, course: &Course) -> Result<(), Refusal> {
    let grounds = state.decisions.get(course.decision).grounds;
    let policy = state.grounds(grounds).map(|it| it.policy);
    match policy.and_then(|policy| state.policies.at(policy)) {
        Some(policy) => is_competent_or_later(state, course.by, policy),
        None => Ok(()),
    }
}
