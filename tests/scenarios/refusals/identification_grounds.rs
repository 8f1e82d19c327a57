//! What is impossible of the grounds of an identification: under which policy, on what evidence, by whom.

use super::super::house::House;
use super::identification::{
    OTHER, candidate, course, decided, identification, is_candidate, is_decided, matched, policy, reviewed,
};
use super::{Row, row};

const SAME: &str = r#"{"organ":"lab","officer":"a-1"}"#;

/// Under review; and there is a policy that holds from April.
fn reviewed_and_later(house: &mut House) {
    reviewed(house);
    house.tell("south", &policy("later", "", "2025-04-01", 1));
}

/// A candidate of both units.
fn together(house: &mut House) {
    house.told("both", "south", &candidate(r#""u-1","u-2""#, "x", r#""dna","dna-2""#));
}

/// Under review; and the sex of the remains is not that of the person.
fn contradicted(house: &mut House) {
    reviewed(house);
    house.told(
        "sex",
        "lab",
        &identification(
            "finding",
            r#"{"unit":"u-1","observed":{"sex":"female"},"by":"examination","record":"file"}"#,
        ),
    );
    house.told("fact", "south", r#"{"person":{"known":{"person":"x","fact":{"sex":"male"}}}}"#);
}

/// Two whole bodies, of which one is decided to be `x`.
fn two_bodies(house: &mut House) {
    for unit in ["u-1", "u-2"] {
        house.tell(
            "lab",
            &identification(
                "finding",
                &format!(
                    r#"{{"unit":"{unit}","observed":"complete-body","by":"examination","record":"file"}}"#
                ),
            ),
        );
    }
    is_decided(house, "u-2", "dna-2");
}

fn two_bodies_contradicted(house: &mut House) {
    two_bodies(house);
    contradicted(house);
}

fn two_bodies_reviewed(house: &mut House) {
    two_bodies(house);
    reviewed(house);
}

fn reconciled(house: &mut House) {
    house.tell("south", &identification("reconciled", r#"{"units":["u-1"],"person":"x","fact":"fact","finding":"sex","explanation":"the register was wrong"}"#));
}

fn other_revoked(house: &mut House) {
    for kind in ["reexamined", "revoked"] {
        house.tell("south", &course(kind, "decision-u-2"));
    }
}

fn one_relative(house: &mut House) {
    is_candidate(house, "u-1", "one");
}

pub(super) fn rows() -> Vec<Row> {
    let decided = |policy: &str, prior: &str, evidence: &str, reviewers: &str| {
        decided("u-1", policy, prior, evidence, reviewers)
    };
    let low = "1 in 1000";
    vec![
        row("IdentificationRefusal::NotCompetent", Some(31), "lab", decided("later", "0.5", "other", SAME))
            .after(reviewed_and_later)
            .but_by("south")
            .then("IdentificationRefusal::PolicyNotInForce"),
        row(
            "IdentificationRefusal::PolicyNotInForce",
            Some(31),
            "south",
            decided("later", "0.5", "other", SAME),
        )
        .after(reviewed_and_later)
        .but("later", "strict")
        .then("IdentificationRefusal::EvidenceOfAnother"),
        row(
            "IdentificationRefusal::EvidenceOfAnother",
            Some(31),
            "south",
            decided("strict", "0.5", "other", SAME),
        )
        .after(reviewed)
        .but("other", "gone")
        .then("IdentificationRefusal::EvidenceErased"),
        row(
            "IdentificationRefusal::EvidenceErased",
            Some(61),
            "south",
            decided("strict", "0.5", "gone", SAME),
        )
        .after(reviewed)
        .but("gone", "back")
        .then("IdentificationRefusal::EvidenceRetracted"),
        row(
            "IdentificationRefusal::EvidenceRetracted",
            Some(31),
            "south",
            decided("strict", "0.5", "back", SAME),
        )
        .after(reviewed)
        .but("back", "dna")
        .then("IdentificationRefusal::PriorTooHigh"),
        row("IdentificationRefusal::PriorTooHigh", Some(31), "lab", matched("both", "0.5", "dna"))
            .after(together)
            .but("0.5", low)
            .then("IdentificationRefusal::NoEvidence"),
        row(
            "IdentificationRefusal::NoEvidence",
            Some(31),
            "south",
            candidate(r#""u-1","u-2""#, "x", r#""weak""#),
        )
        .but(r#"["weak"]"#, r#"["dna","weak"]"#)
        .then("IdentificationRefusal::BelowScreening"),
        row(
            "IdentificationRefusal::BelowScreening",
            Some(31),
            "south",
            candidate(r#""u-2""#, "x", r#""weak""#),
        )
        .but("weak", "dna-2"),
        row("IdentificationRefusal::DoesNotSuffice", Some(31), "south", decided("strict", low, "one", SAME))
            .after(reviewed)
            .but(r#""one""#, r#""dna""#)
            .then("IdentificationRefusal::AnalystReviews"),
        row("IdentificationRefusal::DoesNotSuffice", Some(31), "lab", matched("candidate-u-1", low, "one"))
            .after(one_relative)
            .but(r#""one""#, r#""dna""#),
        row("IdentificationRefusal::AnalystReviews", Some(31), "south", decided("strict", low, "dna", SAME))
            .after(reviewed)
            .but(format!(r#""reviewers":[{SAME}]"#), r#""reviewers":[]"#)
            .then("IdentificationRefusal::TooFewReviewers"),
        row("IdentificationRefusal::TooFewReviewers", Some(31), "south", decided("strict", low, "dna", ""))
            .after(contradicted)
            .but(r#""reviewers":[]"#, format!(r#""reviewers":[{OTHER}]"#))
            .then("IdentificationRefusal::ContradictionOpen"),
        row(
            "IdentificationRefusal::ContradictionOpen",
            Some(34),
            "south",
            decided("strict", low, "dna", OTHER),
        )
        .after(two_bodies_contradicted)
        .but_after(reconciled)
        .then("IdentificationRefusal::Overlap"),
        row("IdentificationRefusal::Overlap", Some(33), "south", decided("strict", low, "dna", OTHER))
            .after(two_bodies_reviewed)
            .but_after(other_revoked),
        row(
            "IdentificationRefusal::BeforeWhatItRestsOn",
            Some(31),
            "south",
            candidate(r#""u-1""#, "x", r#""dna""#).replace("2025-02-02", "2025-01-31"),
        )
        .but("2025-01-31", "2025-02-01"),
    ]
}
