//! Which claims certainly cannot stand.

use super::record::{NewClaim, Resolved, SubjectKey};
use super::{ClaimRefusal, Scope, Statement};
use crate::agreement::DeadlineFrom;
use crate::id::ObligationId;
use crate::ledger::keeper;
use crate::neighbour::is_before;
use crate::obligation::{Basis, ObligationRow, Required};
use crate::party::SpeakerRow;
use crate::quantity::Unit;
use crate::reciprocity::Reciprocity;
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Made(claim) => judge_claim(state, claim)?,
        Resolved::Withdrawn { claim, speaker, .. } => judge_speaker(state, *claim, *speaker)?,
        Resolved::Repeated { .. } => {}
    }
    Ok(())
}

fn judge_speaker(
    state: &State,
    claim: Idx<super::ClaimRow>,
    speaker: Idx<SpeakerRow>,
) -> Result<(), ClaimRefusal> {
    let made = state.claims.get(claim);
    if made.speaker == speaker {
        return Ok(());
    }
    Err(ClaimRefusal::NotItsSpeaker {
        claim: state.entries.get(made.entry).id,
        made_by: state.speakers.get(made.speaker).id,
        found: state.speakers.get(speaker).id,
    })
}

pub(crate) fn judge_claim(state: &State, claim: &NewClaim) -> Result<(), ClaimRefusal> {
    if state.speakers.get(claim.speaker).id == keeper() {
        return Err(ClaimRefusal::KeeperClaims);
    }
    let scope = claim.statement.scope();
    if let Some(corrected) = claim.corrects {
        judge_speaker(state, corrected, claim.speaker)?;
        let former = state.claims.get(corrected);
        if former.scope != scope {
            let claim = state.entries.get(former.entry).id;
            return Err(ClaimRefusal::OtherScope { claim, expected: former.scope, found: scope });
        }
    }
    let subject = state.subject(claim.about);
    if !fits(claim.about, scope) {
        return Err(ClaimRefusal::ScopeDoesNotFit { subject, scope });
    }
    if let Some(unit) = claim.unit
        && !state.counts(claim.about, unit)
    {
        return Err(ClaimRefusal::UnitDoesNotFit { subject, unit });
    }
    if let Some(same_as) = claim.same_as {
        let entry = state.entries.get(state.claims.get(same_as).entry).id;
        let found = state.count_of(same_as);
        match (claim.unit, found.map(|count| count.unit)) {
            (Some(expected), Some(found)) if expected != found => {
                return Err(ClaimRefusal::SameAsOtherUnit { expected, found });
            }
            (_, None) => return Err(ClaimRefusal::SameAsNoCount(entry)),
            _ => {}
        }
    }
    judge_statement(state, claim)
}

fn judge_statement(state: &State, claim: &NewClaim) -> Result<(), ClaimRefusal> {
    match &claim.statement {
        Statement::Terms(term) => {
            let SubjectKey::Obligation(obligation) = claim.about else { return Ok(()) };
            let last =
                state.obligations.get(obligation).under.map_or(1, |at| state.agreements.get(at).version);
            if let Some(found) = term.version
                && !(1..=last).contains(&found)
            {
                return Err(ClaimRefusal::NoSuchVersion { last, found });
            }
            let impossible = match &term.required {
                Required::About { number, within: None } => number.get() == 0,
                Required::Between { from, to } => from > to,
                Required::Ratios(ratios) if ratios.is_empty() => true,
                required => required.ratios().iter().any(|ratio| ratio.per.get() == 0),
            };
            if impossible {
                return Err(ClaimRefusal::ImpossibleTerm);
            }
            term.required.ratios().iter().try_for_each(|ratio| judge_counterpart(state, obligation, ratio.of))
        }
        Statement::Reciprocity(term) => {
            let SubjectKey::Obligation(obligation) = claim.about else { return Ok(()) };
            match term {
                Reciprocity::Ratio(ratio) if ratio.per.get() == 0 => Err(ClaimRefusal::ImpossibleTerm),
                _ => match term.counterpart() {
                    Some(other) => judge_counterpart(state, obligation, other),
                    None => Ok(()),
                },
            }
        }
        Statement::DeadlineFrom(deadline) => judge_deadline(state, claim.about, deadline),
        Statement::Fault(_) => {
            let organ = state.speakers.get(claim.speaker).organ;
            match state.is_barred_from_attribution(organ, claim.about) {
                Some(agreement) => Err(ClaimRefusal::BeyondMandate {
                    organ: state.organs.get(organ).id,
                    agreement: state.agreements.get(agreement).id,
                }),
                None => Ok(()),
            }
        }
        Statement::Whose(affiliations) if affiliations.is_empty() => Err(ClaimRefusal::NoPossibility),
        Statement::Advanced(advance) if advance.of.get() == 0 => Err(ClaimRefusal::ImpossibleTerm),
        _ => Ok(()),
    }
}

/// A deadline has a trigger, is not its own, and is not wholly before it.
fn judge_deadline(state: &State, about: SubjectKey, deadline: &DeadlineFrom) -> Result<(), ClaimRefusal> {
    if deadline.after.is_empty() {
        return Err(ClaimRefusal::NoTrigger);
    }
    for trigger in &deadline.after {
        let Some(at) = state.milestones.at(*trigger) else { continue };
        if about == SubjectKey::Milestone(at) {
            return Err(ClaimRefusal::AfterItself(*trigger));
        }
        if let (Some(found), Some(on)) = (deadline.by, state.milestones.get(at).on)
            && is_before(found, on)
        {
            return Err(ClaimRefusal::BeforeItsTrigger { trigger: *trigger, on, found });
        }
    }
    Ok(())
}

fn judge_counterpart(
    state: &State,
    obligation: Idx<ObligationRow>,
    other: ObligationId,
) -> Result<(), ClaimRefusal> {
    let row = state.obligations.get(obligation);
    if row.id == other {
        return Err(ClaimRefusal::ReciprocalToItself(other));
    }
    if row.basis == Basis::UnilateralPledge {
        return Err(ClaimRefusal::ReciprocalPledge(row.id));
    }
    Ok(())
}

/// Whether a subject has this scope.
fn fits(about: SubjectKey, scope: Scope) -> bool {
    use Scope as S;
    match about {
        SubjectKey::Agreement(_) => {
            matches!(
                scope,
                S::Occurrence
                    | S::When
                    | S::Where
                    | S::Fault
                    | S::Readiness
                    | S::Deadline
                    | S::Completion
                    | S::Suspension
                    | S::Amendment
                    | S::Termination
                    | S::Revival
                    | S::Costs
            )
        }
        SubjectKey::Milestone(_) => matches!(
            scope,
            S::Occurrence | S::When | S::Where | S::Fault | S::Readiness | S::Deadline | S::Waiver
        ),
        SubjectKey::Obligation(_) => matches!(
            scope,
            S::Terms
                | S::Count
                | S::Reciprocity
                | S::Quota
                | S::Pace
                | S::Deadline
                | S::Inability
                | S::Fault
                | S::Readiness
                | S::Expectation
                | S::Completion
                | S::Suspension
                | S::Costs
        ),
        SubjectKey::Slot(_) => {
            matches!(scope, S::Occurrence | S::When | S::Where | S::Fault | S::Readiness | S::Postponement)
        }
        SubjectKey::Handover(_) => {
            matches!(
                scope,
                S::Occurrence | S::When | S::Where | S::Means | S::Fault | S::Readiness | S::Costs
            )
        }
        SubjectKey::Appearance(..) => matches!(scope, S::Occurrence | S::When | S::Where | S::Fault),
        SubjectKey::Leg(_) => matches!(
            scope,
            S::Occurrence
                | S::Count
                | S::Credit
                | S::CreditDenial
                | S::Whose
                | S::Means
                | S::Fault
                | S::Expectation
        ),
        SubjectKey::Batch(_) => {
            matches!(scope, S::Count | S::Whose | S::Where | S::Means | S::Fault | S::Readiness)
        }
        SubjectKey::Bringing(..) => matches!(scope, S::Occurrence | S::When | S::Where | S::Means | S::Fault),
        SubjectKey::Total(_) => matches!(scope, S::Count | S::Expectation),
    }
}

impl State {
    /// Whether a unit can count what a subject is about.
    fn counts(&self, about: SubjectKey, unit: Unit) -> bool {
        match about {
            SubjectKey::Leg(leg) => self.legs.get(leg).of.matter.is_counted_in(unit),
            SubjectKey::Batch(batch) => self.batches.get(batch).of.matter.is_counted_in(unit),
            SubjectKey::Obligation(obligation) => {
                self.obligations.get(obligation).of.matter.is_counted_in(unit)
            }
            SubjectKey::Total(total) => {
                let total = self.totals.get(total);
                unit == total.unit || unit == Unit::Handover || total.matter.is_counted_in(unit)
            }
            _ => true,
        }
    }
}
