//! What an entry of identification refers to, found.

use alloc::vec::Vec;

use super::line::{Conclusion, Line, LineKind};
use super::procedure::{BoardReview, Candidacy, Grounds, MatchReport, Officer, SentBack, SentBackTo};
use super::state::Stage;
use super::{DecisionRow, IdentificationEntry, IdentificationRefusal, Policy, PolicyRow};
use crate::held::EntryRow;
use crate::id::{EntryId, OrganId, PersonRef, RemainsId};
use crate::likelihood::{LikelihoodRatio, Prior};
use crate::person::PersonRow;
use crate::refusal::Refusal;
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

/// Units and the person whose they may be.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) units: Vec<Idx<UnitRow>>,
    pub(crate) person: Idx<PersonRow>,
}

/// What the form of a piece of evidence is judged by.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) kind: LineKind,
    pub(crate) conclusion: Conclusion,
    pub(crate) ratio: Option<LikelihoodRatio>,
    /// What a comparison of DNA lacks, if something.
    pub(crate) lacks: Option<&'static str>,
}

/// Under which policy, and on which evidence.
#[derive(Debug)]
pub(crate) struct Proof {
    pub(crate) policy: Idx<PolicyRow>,
    /// What was declared; nothing is where only a candidate is made.
    pub(crate) prior: Option<Prior>,
    pub(crate) evidence: Vec<Idx<EntryRow>>,
}

/// One step of the procedure.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) case: Case,
    pub(crate) from: Stage,
    pub(crate) to: Stage,
    pub(crate) on: When,
    /// The entry of the step before it, if it names one.
    pub(crate) after: Option<Idx<EntryRow>>,
    pub(crate) proof: Option<Proof>,
    /// Who takes it, and under which policy they must be competent.
    pub(crate) authority: Option<(OrganId, Idx<PolicyRow>)>,
}

/// Who analysed and who reviewed.
#[derive(Debug)]
pub(crate) struct Officers {
    pub(crate) analysts: Vec<Officer>,
    pub(crate) reviewers: Vec<Officer>,
}

/// A decision and what is done with it.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) decision: Idx<DecisionRow>,
    pub(crate) by: OrganId,
    pub(crate) on: When,
}

#[derive(Debug)]
pub(crate) enum Resolved {
    Policy { policy: Policy, by: OrganId, former: Option<Idx<PolicyRow>> },
    Finding(Idx<UnitRow>),
    Evidence(Case, Shape),
    Excluded(Case),
    Retracted { entry: Idx<EntryRow>, by: OrganId, units: Vec<Idx<UnitRow>> },
    Reconciled(Case),
    Step(Step),
    Decided(Step, Officers),
    Reexamined(Course),
    Upheld(Course, Step, Officers),
    Revoked(Course),
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &IdentificationEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        IdentificationEntry::Policy(policy) => {
            state.policies.is_new(policy.id)?;
            let former = policy.supersedes.map(|id| state.policies.find(id)).transpose()?;
            for organ in &policy.competent {
                state.organs.find(*organ)?;
            }
            Resolved::Policy { policy: policy.clone(), by, former }
        }
        IdentificationEntry::Finding(finding) => Resolved::Finding(state.units.find(finding.unit)?),
        IdentificationEntry::Evidence(evidence) => {
            let lacks = match &evidence.line {
                Line::DnaDirect(own) if own.methods.is_empty() => Some("method"),
                Line::DnaKinship(kinship) if kinship.relatives.is_empty() => Some("relative"),
                Line::DnaKinship(kinship) if kinship.relatives.iter().any(|one| one.methods.is_empty()) => {
                    Some("method")
                }
                _ => None,
            };
            let (conclusion, ratio) = (evidence.conclusion, evidence.ratio);
            let shape = Shape { kind: evidence.line.kind(), conclusion, ratio, lacks };
            Resolved::Evidence(case(state, &evidence.units, evidence.person)?, shape)
        }
        IdentificationEntry::Excluded(exclusion) => {
            Resolved::Excluded(case(state, &[exclusion.unit], exclusion.person)?)
        }
        IdentificationEntry::Retracted(retraction) => {
            let entry = state.entries.find(retraction.entry)?;
            let units = match state.identification(entry).as_deref() {
                Some(IdentificationEntry::Evidence(evidence)) => evidence.units.clone(),
                Some(IdentificationEntry::Finding(finding)) => [finding.unit].into(),
                Some(IdentificationEntry::Excluded(exclusion)) => [exclusion.unit].into(),
                Some(IdentificationEntry::Reconciled(written)) => written.units.clone(),
                _ => {
                    return Err(not_a(
                        retraction.entry,
                        "evidence, a finding, an exclusion or a reconciliation",
                    ));
                }
            };
            Resolved::Retracted { entry, by, units: state.units_named(&units) }
        }
        IdentificationEntry::Reconciled(written) => {
            state.entries.find(written.fact)?;
            if let Some(finding) = written.finding {
                state.entries.find(finding)?;
            }
            Resolved::Reconciled(case(state, &written.units, written.person)?)
        }
        IdentificationEntry::Candidate(candidacy) => Resolved::Step(candidate(state, candidacy)?),
        IdentificationEntry::Matched(report) => Resolved::Step(matched(state, report)?),
        IdentificationEntry::UnderReview(review) => Resolved::Step(under_review(state, by, review)?),
        IdentificationEntry::SentBack(back) => Resolved::Step(sent_back(state, by, back)?),
        IdentificationEntry::Decided(decision) => {
            let case = case(state, &decision.units, decision.person)?;
            let (step, officers) = grounded(state, by, case, decision.on, &decision.grounds)?;
            Resolved::Decided(step, officers)
        }
        IdentificationEntry::Reexamined(re) => {
            if let super::Occasion::PolicyCohort(policy) = re.occasion {
                state.policies.find(policy)?;
            }
            Resolved::Reexamined(course(state, by, re.decision, re.on)?)
        }
        IdentificationEntry::Upheld(upholding) => {
            let course = course(state, by, upholding.decision, upholding.on)?;
            let person = state.decisions.get(course.decision).person;
            let case = Case { units: state.units_of_decision(course.decision), person };
            let (step, officers) = grounded(state, by, case, upholding.on, &upholding.grounds)?;
            Resolved::Upheld(course, step, officers)
        }
        IdentificationEntry::Revoked(revocation) => {
            Resolved::Revoked(course(state, by, revocation.decision, revocation.on)?)
        }
    })
}

fn candidate(state: &State, candidacy: &Candidacy) -> Result<Step, Refusal> {
    Ok(Step {
        case: case(state, &candidacy.units, candidacy.person)?,
        from: Stage::NotConsidered,
        to: Stage::Candidate,
        on: candidacy.on,
        after: None,
        proof: Some(Proof {
            policy: state.policies.find(candidacy.policy)?,
            prior: None,
            evidence: pieces(state, &candidacy.evidence)?,
        }),
        authority: None,
    })
}

fn matched(state: &State, report: &MatchReport) -> Result<Step, Refusal> {
    let (candidate, case) = considered(state, report.candidate)?;
    Ok(Step {
        case,
        from: Stage::Candidate,
        to: Stage::MatchReported,
        on: report.on,
        after: Some(candidate),
        proof: Some(Proof {
            policy: state.policies.find(report.policy)?,
            prior: Some(report.prior),
            evidence: pieces(state, &report.evidence)?,
        }),
        authority: None,
    })
}

fn under_review(state: &State, by: OrganId, review: &BoardReview) -> Result<Step, Refusal> {
    let (report, case, policy) = reported(state, review.report)?;
    Ok(Step {
        case,
        from: Stage::MatchReported,
        to: Stage::UnderReview,
        on: review.on,
        after: Some(report),
        proof: None,
        authority: Some((by, policy)),
    })
}

fn sent_back(state: &State, by: OrganId, back: &SentBack) -> Result<Step, Refusal> {
    let review = state.entries.find(back.review)?;
    let told = state.identification(review);
    let Some(IdentificationEntry::UnderReview(under)) = told.as_deref() else {
        return Err(not_a(back.review, "a review"));
    };
    let (_, case, policy) = reported(state, under.report)?;
    let to = match back.to {
        SentBackTo::Candidate => Stage::Candidate,
        SentBackTo::Unidentified => Stage::NotConsidered,
    };
    Ok(Step {
        case,
        from: Stage::UnderReview,
        to,
        on: back.on,
        after: Some(review),
        proof: None,
        authority: Some((by, policy)),
    })
}

/// The entry that made a candidate, and which units and person it considers.
fn considered(state: &State, candidate: EntryId) -> Result<(Idx<EntryRow>, Case), Refusal> {
    let at = state.entries.find(candidate)?;
    match state.identification(at).as_deref() {
        Some(IdentificationEntry::Candidate(it)) => Ok((at, case(state, &it.units, it.person)?)),
        _ => Err(not_a(candidate, "a candidate")),
    }
}

fn not_a(entry: EntryId, expected: &'static str) -> Refusal {
    IdentificationRefusal::NotA { entry, expected }.into()
}

fn case(state: &State, units: &[RemainsId], person: PersonRef) -> Result<Case, Refusal> {
    let units = units.iter().map(|unit| state.units.find(*unit)).collect::<Result<_, _>>()?;
    Ok(Case { units, person: state.persons.find(person)? })
}

fn pieces(state: &State, evidence: &[EntryId]) -> Result<Vec<Idx<EntryRow>>, Refusal> {
    let mut pieces = Vec::new();
    for id in evidence {
        let entry = state.entries.find(*id)?;
        if !state.is_evidence(entry) {
            return Err(not_a(*id, "evidence"));
        }
        pieces.push(entry);
    }
    Ok(pieces)
}

/// A match report, on which units and person it is, and under which policy.
fn reported(state: &State, report: EntryId) -> Result<(Idx<EntryRow>, Case, Idx<PolicyRow>), Refusal> {
    let at = state.entries.find(report)?;
    let told = state.identification(at);
    let Some(IdentificationEntry::Matched(matched)) = told.as_deref() else {
        return Err(not_a(report, "a match report"));
    };
    let (_, case) = considered(state, matched.candidate)?;
    Ok((at, case, state.policies.find(matched.policy)?))
}

fn grounded(
    state: &State,
    by: OrganId,
    case: Case,
    on: When,
    grounds: &Grounds,
) -> Result<(Step, Officers), Refusal> {
    for officer in grounds.analysts.iter().chain(&grounds.reviewers) {
        state.organs.find(officer.organ)?;
    }
    let policy = state.policies.find(grounds.policy)?;
    let proof = Proof { policy, prior: Some(grounds.prior), evidence: pieces(state, &grounds.evidence)? };
    let step = Step {
        case,
        from: Stage::UnderReview,
        to: Stage::Decided,
        on,
        after: None,
        proof: Some(proof),
        authority: Some((by, policy)),
    };
    Ok((step, Officers { analysts: grounds.analysts.clone(), reviewers: grounds.reviewers.clone() }))
}

fn course(state: &State, by: OrganId, decision: EntryId, on: When) -> Result<Course, Refusal> {
    let entry = state.entries.find(decision)?;
    match state.decision_index.get(entry) {
        Some(decision) => Ok(Course { decision, by, on }),
        None => Err(not_a(decision, "a decision")),
    }
}
