//! Words for a column: those of the JSON form of a report.

use handover::claim::{Affiliation, Subject};
use handover::disposition::Rest;
use handover::obligation::{Basis, Standard};
use handover::reading::{
    According, AffiliationStatus, ClaimStanding, Comparison, Counted, IdentificationStatus, Label, Progress,
    Verdict,
};
use handover::reciprocity::Accrual;
use handover::remains::Human;

pub(crate) fn according(according: According) -> String {
    match according {
        According::To(party) => party.to_string(),
        According::AcceptedByAll => "all".to_owned(),
        According::Neutral => "neutral".to_owned(),
        According::Anyone => "anyone".to_owned(),
    }
}

pub(crate) fn label(label: Label) -> &'static str {
    match label {
        Label::Silent => "silent",
        Label::OtherUnit => "other-unit",
        Label::Unknown => "unknown",
        Label::Undisclosed => "undisclosed",
        Label::Withheld => "withheld",
        Label::Stated => "stated",
        Label::Contradictory => "contradictory",
    }
}

pub(crate) fn counted(counted: Counted) -> &'static str {
    match counted {
        Counted::Yes => "yes",
        Counted::Perhaps => "perhaps",
        Counted::No => "no",
    }
}

pub(crate) fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Holds => "holds",
        Comparison::Fails => "fails",
        Comparison::Undetermined => "undetermined",
    }
}

pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not-met",
        Verdict::Undetermined => "undetermined",
        Verdict::NoTerms => "no-terms",
        Verdict::OpenUnquantified => "open-unquantified",
        Verdict::DeclaredExhausted => "declared-exhausted",
    }
}

pub(crate) fn accrual(at: Accrual) -> &'static str {
    match at {
        Accrual::Tender => "tendered",
        Accrual::Passage => "passed",
        Accrual::Credit => "credited",
    }
}

pub(crate) fn standard(standard: Standard) -> &'static str {
    match standard {
        Standard::Result => "result",
        Standard::BestEndeavour => "best-endeavour",
        Standard::OnRequest => "on-request",
        Standard::ByFurtherAgreement => "by-further-agreement",
    }
}

pub(crate) fn basis(basis: &Basis) -> &'static str {
    match basis {
        Basis::Agreement(_) => "agreement",
        Basis::UnilateralPledge => "unilateral-pledge",
        Basis::Baseline(_) => "law",
    }
}

pub(crate) fn standing(standing: ClaimStanding) -> &'static str {
    match standing {
        ClaimStanding::NotYetSaid => "not-yet-said",
        ClaimStanding::Stands => "stands",
        ClaimStanding::Ended => "ended",
    }
}

/// What a claim is about: the kind, the identifier, and the second one where it takes two.
pub(crate) fn subject(subject: &Subject) -> (&'static str, String, Option<String>) {
    match subject {
        Subject::Agreement(id) => ("agreement", id.to_string(), None),
        Subject::Obligation(id) => ("obligation", id.to_string(), None),
        Subject::Milestone(id) => ("milestone", id.to_string(), None),
        Subject::Slot(id) => ("slot", id.to_string(), None),
        Subject::Handover(id) => ("handover", id.to_string(), None),
        Subject::Appearance { at, of } => ("appearance", at.to_string(), Some(of.to_string())),
        Subject::Leg(id) => ("leg", id.to_string(), None),
        Subject::Batch(id) => ("batch", id.to_string(), None),
        Subject::Bringing { batch, to } => ("bringing", to.to_string(), Some(batch.to_string())),
        Subject::Total(id) => ("total", id.to_string(), None),
        other => ("otherwise", other.to_string(), None),
    }
}

pub(crate) fn human(human: Human) -> &'static str {
    match human {
        Human::Yes => "yes",
        Human::No => "no",
        Human::Undetermined => "undetermined",
    }
}

pub(crate) fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::Logged => "logged",
        Progress::Examined => "examined",
        Progress::Sampled => "sampled",
        Progress::ProfileInsufficient => "profile-insufficient",
        Progress::NoUsableProfile => "no-usable-profile",
        Progress::ProfileObtained => "profile-obtained",
        Progress::InDatabase => "in-database",
        Progress::Compared => "compared",
    }
}

pub(crate) fn identification(status: IdentificationStatus) -> &'static str {
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

/// Whose a unit is presumed or determined to be, with the party after a colon.
pub(crate) fn affiliation(status: AffiliationStatus) -> String {
    match status {
        AffiliationStatus::Undetermined => "undetermined".to_owned(),
        AffiliationStatus::Presumed(whose) => format!("presumed-{}", whose_word(whose)),
        AffiliationStatus::Determined(whose) => format!("determined-{}", whose_word(whose)),
    }
}

fn whose_word(whose: Affiliation) -> String {
    match whose {
        Affiliation::ForcesOf(party) => format!("forces-of:{party}"),
        Affiliation::CiviliansOf(party) => format!("civilians-of:{party}"),
        Affiliation::ThirdState => "third-state".to_owned(),
        Affiliation::Historic => "historic".to_owned(),
        Affiliation::NotHuman => "not-human".to_owned(),
        _ => "otherwise".to_owned(),
    }
}

pub(crate) fn rest(rest: Rest) -> &'static str {
    match rest {
        Rest::Held => "held",
        Rest::HeldAtFamilyRequest => "held-at-family-request",
        Rest::Released => "released",
        Rest::Buried => "buried",
        Rest::Cremated => "cremated",
        Rest::TemporarilyBuried => "temporarily-buried",
        Rest::ReturnedToSender => "returned-to-sender",
        Rest::TransferredOnward => "transferred-onward",
    }
}
