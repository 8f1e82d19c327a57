//! Identification: a revocable decision of a competent authority, on evidence, under a policy that is itself recorded.
//!
//! A laboratory or an examiner records [`Evidence`]; presumptive evidence makes a lead and nothing more. A comparison that
//! reaches the screening threshold makes a candidate, a laboratory reports a match, a board reviews it with all that
//! contradicts, and an authority that the [`Policy`] makes competent decides. A decision can be re-examined, upheld or
//! revoked; it is never deleted (`docs/rules.md` B5, axis 3). What a sender or a list says of identity is a claim or
//! presumptive evidence, and sets nothing.
//!
//! Nothing here names a person or holds a profile: units, persons and samples are codes (invariants 39 and 58).

mod contradiction;
mod finding;
mod judge;
mod line;
mod overlap;
mod policy;
mod procedure;
mod refusal;
mod resolve;
mod rows;
mod state;

pub use contradiction::Contradiction;
pub(crate) use contradiction::{contradictions, reconciled};
pub use finding::{Finding, FoundBy, Observed, Reconciliation, Retraction};
pub(crate) use judge::judge;
pub use line::{
    Conclusion, DirectSample, Evidence, Exclusion, Kinship, Line, LineKind, Method, Rank, Relative,
};
pub(crate) use policy::best_ratio;
pub use policy::{Aspect, Policy, References, RelativesAsked};
pub use procedure::{
    BoardReview, Candidacy, Decision, Grounds, MatchReport, Occasion, Officer, Reexamination, Revocation,
    RevocationCause, SentBack, SentBackTo, Upholding,
};
pub use refusal::IdentificationRefusal;
pub(crate) use resolve::{Resolved, resolve};
pub(crate) use rows::{GroundsTold, OfficerRow, ProcedureTold};
pub use state::Stage;
pub(crate) use state::{CandidacyRow, DecisionRow, PolicyRow};

use alloc::sync::Arc;

use crate::held::EntryRow;
use crate::person::PersonRow;
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- what may be recorded

/// What may be recorded about identification.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum IdentificationEntry {
    /// A policy enters the record.
    Policy(Policy),
    /// Something was found of a unit.
    Finding(Finding),
    /// Evidence that units are, or are not, a person's.
    Evidence(Evidence),
    /// A unit is not a person's.
    Excluded(Exclusion),
    /// Its organ takes back evidence, a finding, an exclusion or a reconciliation.
    Retracted(Retraction),
    /// A contradiction is resolved in writing.
    Reconciled(Reconciliation),
    /// Units may be a person's.
    Candidate(Candidacy),
    /// A laboratory reports a match.
    Matched(MatchReport),
    /// A board reviews it.
    UnderReview(BoardReview),
    /// A board finds that it does not suffice.
    SentBack(SentBack),
    /// An authority decides.
    Decided(Decision),
    /// A decision is examined again.
    Reexamined(Reexamination),
    /// It stands.
    Upheld(Upholding),
    /// It does not stand.
    Revoked(Revocation),
}

impl IdentificationEntry {
    /// When it was, if it is an event with a time of its own.
    pub const fn on(&self) -> Option<When> {
        match self {
            Self::Policy(_) | Self::Finding(_) | Self::Retracted(_) | Self::Reconciled(_) => None,
            Self::Evidence(entry) => Some(entry.on),
            Self::Excluded(entry) => Some(entry.on),
            Self::Candidate(entry) => Some(entry.on),
            Self::Matched(entry) => Some(entry.on),
            Self::UnderReview(entry) => Some(entry.on),
            Self::SentBack(entry) => Some(entry.on),
            Self::Decided(entry) => Some(entry.on),
            Self::Reexamined(entry) => Some(entry.on),
            Self::Upheld(entry) => Some(entry.on),
            Self::Revoked(entry) => Some(entry.on),
        }
    }

    /// What a decision rests on, if it decides or upholds.
    pub const fn grounds(&self) -> Option<&Grounds> {
        match self {
            Self::Decided(decision) => Some(&decision.grounds),
            Self::Upheld(upholding) => Some(&upholding.grounds),
            _ => None,
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Policy { policy, former, .. } => {
            let row = state.policies.add(PolicyRow {
                id: policy.id,
                policy: Arc::new(policy),
                entry,
                succeeded_by: None,
            });
            if let Some(former) = former {
                state.policies.change(former, |former| former.succeeded_by = Some(row));
            }
        }
        Resolved::Finding(unit) => state.note_event(unit, entry),
        Resolved::Evidence(case, _) | Resolved::Reconciled(case) => note(state, entry, &case.units),
        Resolved::Excluded(case) => {
            note(state, entry, &case.units);
            // A decision in force stands all the same; where one is revoked the person is not considered any more.
            for unit in case.units {
                if state.candidacy(unit, case.person).is_some() {
                    set_stage(state, entry, unit, case.person, Stage::NotConsidered);
                }
            }
        }
        Resolved::Retracted { entry: former, units, .. } => {
            state.withdrawal_index.add(former, entry);
            note(state, entry, &units);
        }
        Resolved::Step(step) => {
            note(state, entry, &step.case.units);
            for unit in step.case.units {
                set_stage(state, entry, unit, step.case.person, step.to);
            }
        }
        Resolved::Decided(step, _) => decide(state, entry, &step.case),
        Resolved::Reexamined(course) => {
            note(state, entry, &state.units_of_decision(course.decision));
            state.decisions.change(course.decision, |decision| decision.reexamined_by = Some(entry));
        }
        Resolved::Upheld(course, ..) => {
            note(state, entry, &state.units_of_decision(course.decision));
            state.decisions.change(course.decision, |decision| {
                decision.reexamined_by = None;
                decision.grounds = entry;
            });
        }
        Resolved::Revoked(course) => {
            let person = state.decisions.get(course.decision).person;
            let units = state.units_of_decision(course.decision);
            note(state, entry, &units);
            state.decisions.change(course.decision, |decision| {
                decision.reexamined_by = None;
                decision.revoked_by = Some(entry);
            });
            for unit in units {
                set_stage(state, entry, unit, person, Stage::NotConsidered);
            }
        }
    }
}

fn decide(state: &mut State, entry: Idx<EntryRow>, case: &resolve::Case) {
    let former_of_person = state.persons.get(case.person).last_decision;
    let row = state.decisions.add(DecisionRow {
        entry,
        person: case.person,
        grounds: entry,
        reexamined_by: None,
        revoked_by: None,
        former_of_person,
    });
    state.decision_index.add(entry, row);
    state.persons.change(case.person, |person| person.last_decision = Some(row));
    note(state, entry, &case.units);
    for unit in &case.units {
        state.units.change(*unit, |unit| unit.decision = Some(row));
        set_stage(state, entry, *unit, case.person, Stage::Decided);
    }
}

fn note(state: &mut State, entry: Idx<EntryRow>, units: &[Idx<UnitRow>]) {
    for unit in units {
        state.note_event(*unit, entry);
    }
}

fn set_stage(
    state: &mut State,
    entry: Idx<EntryRow>,
    unit: Idx<UnitRow>,
    person: Idx<PersonRow>,
    reached: Stage,
) {
    if let Some(at) = state.candidacy(unit, person) {
        state.candidacies.change(at, |row| {
            row.stage = reached;
            row.entry = entry;
        });
        return;
    }
    let former_of_unit = state.units.get(unit).last_candidacy;
    let row = state.candidacies.add(CandidacyRow { person, stage: reached, entry, former_of_unit });
    state.units.change(unit, |unit| unit.last_candidacy = Some(row));
}
