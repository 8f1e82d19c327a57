//! How far it has come with whose remains the units are. Numbers and codes only: nothing here is about a person, and no
//! reference to one is shown.

use std::collections::BTreeMap;

use handover::identification::{Contradiction, RevocationCause};
use handover::reading::{Counted, IdentificationStatus, RestsOn, RevokedView, Shared};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::figure::By;
use super::words::tally;
use super::{Book, Column};

/// Numbers of units and decisions, by each reading.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Identification {
    /// How many units of remains stand where.
    pub(crate) units: Vec<By<BTreeMap<&'static str, usize>>>,
    /// What contradicts decisions in force and is not resolved in writing: how many, by in what.
    pub(crate) open_contradictions: Vec<By<BTreeMap<&'static str, usize>>>,
    /// The decisions that each policy would put under review.
    pub(crate) cohorts: Vec<Cohort>,
    /// The decisions that were revoked, and what they implicate.
    pub(crate) revoked: Vec<By<Vec<RevokedDecision>>>,
}

/// The decisions in force that a policy would put under review.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Cohort {
    /// The policy.
    pub(crate) policy: String,
    /// How many, and why, by each reading.
    pub(crate) review: Vec<By<Review>>,
}

/// How many decisions are to be reviewed, and why. One decision may have several reasons.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Review {
    /// How many.
    pub(crate) decisions: usize,
    /// In what the policies under which they stand are weaker.
    pub(crate) weaker_in: BTreeMap<String, usize>,
    /// In what their own evidence falls short.
    pub(crate) falls_short_in: BTreeMap<String, usize>,
}

/// A decision that was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct RevokedDecision {
    /// The entry that decided.
    pub(crate) decision: String,
    /// The entry that revoked it.
    pub(crate) revoked_by: String,
    /// Why.
    pub(crate) cause: &'static str,
    /// How many units it was about.
    pub(crate) units: usize,
    /// Other decisions that are to be looked at.
    pub(crate) implicated: Vec<Implicated>,
    /// How many families are to be told.
    pub(crate) families_to_tell: usize,
    /// Of how many units the other family is not known yet.
    pub(crate) family_unknown_of: usize,
}

/// Another decision that is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Implicated {
    /// The entry that decided.
    pub(crate) decision: String,
    /// Through what the two may share a fault.
    pub(crate) through: &'static str,
}

pub(super) fn identification(book: &Book<'_>) -> Result<Identification, EntryRefusal> {
    let cohorts = book.house.policies.iter().map(|policy| {
        let review = book.try_each(|column| {
            let cohort = column.reading.review_cohort(*policy)?;
            let (mut weaker_in, mut falls_short_in) = (BTreeMap::new(), BTreeMap::new());
            for view in &cohort {
                view.weaker_in.iter().for_each(|aspect| tally(&mut weaker_in, aspect.to_string()));
                view.falls_short_in.iter().for_each(|aspect| tally(&mut falls_short_in, aspect.to_string()));
            }
            Ok(Review { decisions: cohort.len(), weaker_in, falls_short_in })
        });
        Ok(Cohort { policy: policy.to_string(), review: review? })
    });
    Ok(Identification {
        units: book.try_each(|column| statuses(book, column))?,
        open_contradictions: book.try_each(|column| {
            let mut kinds = BTreeMap::new();
            for view in column.reading.open_contradictions() {
                tally(&mut kinds, contradiction(view.kind));
            }
            Ok(kinds)
        })?,
        cohorts: cohorts.collect::<Result<_, EntryRefusal>>()?,
        revoked: book
            .try_each(|column| Ok(column.reading.revoked_decisions().iter().map(revoked).collect()))?,
    })
}

fn statuses(book: &Book<'_>, column: &Column<'_>) -> Result<BTreeMap<&'static str, usize>, EntryRefusal> {
    let mut statuses = BTreeMap::new();
    for unit in &book.house.units {
        // What was divided or united is counted as what it became.
        if column.reading.unit(*unit)?.lives != Counted::No {
            tally(&mut statuses, status(column.reading.identification(*unit)?.status));
        }
    }
    Ok(statuses)
}

/// How far it has come, in a word; in the order in which they are shown.
pub(crate) const STATUSES: [&str; 8] = [
    "unidentified",
    "presumptive",
    "candidate",
    "match-reported",
    "under-review",
    "identified",
    "under-reexamination",
    "misidentified",
];

pub(super) fn status(status: IdentificationStatus) -> &'static str {
    match status {
        IdentificationStatus::Unidentified => "unidentified",
        IdentificationStatus::Misidentified => "misidentified",
        IdentificationStatus::Presumptive => "presumptive",
        IdentificationStatus::Candidate => "candidate",
        IdentificationStatus::MatchReported => "match-reported",
        IdentificationStatus::UnderReview => "under-review",
        IdentificationStatus::UnderReexamination => "under-reexamination",
        IdentificationStatus::Identified => "identified",
    }
}

fn contradiction(kind: Contradiction) -> &'static str {
    match kind {
        Contradiction::OtherSex => "other-sex",
        Contradiction::AliveAfterwards => "alive-afterwards",
        Contradiction::PrisonerAfterwards => "prisoner-afterwards",
        Contradiction::FoundAlive => "found-alive",
        Contradiction::Inconsistent => "inconsistent-evidence",
        Contradiction::Excluded => "excluded",
        Contradiction::EvidenceRetracted => "evidence-retracted",
        _ => "otherwise",
    }
}

fn revoked(view: &RevokedView<RestsOn>) -> RevokedDecision {
    let implicated = view.implicated.iter().map(|(decision, through)| Implicated {
        decision: decision.to_string(),
        through: match through {
            Shared::Record(_) => "report",
            Shared::Run(_) => "run",
            Shared::Person(_) => "person",
            Shared::Unit(_) => "unit",
        },
    });
    RevokedDecision {
        decision: view.decision.decision.to_string(),
        revoked_by: view.revoked_by.to_string(),
        cause: match view.cause {
            RevocationCause::PersonAlive => "person-alive",
            RevocationCause::Excluded => "excluded",
            RevocationCause::EvidenceWithdrawn => "evidence-withdrawn",
            RevocationCause::DoesNotSuffice => "does-not-suffice",
            RevocationCause::Confused => "confused",
            _ => "otherwise",
        },
        units: view.decision.units.len(),
        implicated: implicated.collect(),
        families_to_tell: view.families_to_tell.len(),
        family_unknown_of: view.family_unknown_of.len(),
    }
}
