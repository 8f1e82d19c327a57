//! What is impossible of affiliation and credit.

use super::super::house::House;
use super::{Row, row};

/// South's determination `stands` of `u-1`, and `ended`, which it retracted.
pub(super) fn house() -> House {
    let mut house = House::with_laboratory("set-of-remains");
    for unit in ["u-1", "u-2"] {
        house.bag(unit);
    }
    house.told("ended", "south", &determined("u-2", r#""genetic""#, "2025-02-01", ""));
    house.tell("south", &retracted("ended"));
    house.told("stands", "south", &determined("u-1", r#""genetic""#, "2025-02-01", ""));
    house
}

fn affiliation(what: &str) -> String {
    format!(r#"{{"affiliation":{what}}}"#)
}

fn determined(unit: &str, grounds: &str, on: &str, more: &str) -> String {
    affiliation(&format!(
        r#"{{"determined":{{"unit":"{unit}","of":{{"forces-of":"south"}},"on":"{on}","grounds":[{grounds}]{more}}}}}"#
    ))
}

fn retracted(entry: &str) -> String {
    affiliation(&format!(
        r#"{{"retracted":{{"entry":"{entry}","reason":"it was another's","on":"2025-02-02"}}}}"#
    ))
}

pub(super) fn rows() -> Vec<Row> {
    let denied = affiliation(
        r#"{"credit-denied":{"unit":"u-2","obligation":"to-south","reason":"wrong-class","on":"2025-01-01"}}"#,
    );
    let set_off = affiliation(
        r#"{"set-off":{"unit":"u-2","obligation":"to-south","consented":["south"],"on":"2025-01-01"}}"#,
    );
    let presumed = affiliation(
        r#"{"presumed":{"unit":"u-2","of":{"forces-of":"south"},"on":"2025-01-01","grounds":["uniform"]}}"#,
    );
    vec![
        row("AffiliationRefusal::NoAuthority", Some(56), "press", retracted("ended"))
            .but_by("north")
            .then("AffiliationRefusal::NotItsOrgan"),
        row("AffiliationRefusal::NotItsOrgan", Some(52), "north", retracted("ended"))
            .but_by("south")
            .then("AffiliationRefusal::EndedAlready"),
        row(
            "AffiliationRefusal::EndedAlready",
            Some(12),
            "south",
            determined("u-2", "", "2025-02-03", r#","instead-of":"ended""#),
        )
        .but(r#","instead-of":"ended""#, "")
        .then("AffiliationRefusal::NoGround"),
        row("AffiliationRefusal::NoGround", Some(40), "south", determined("u-1", "", "2025-01-01", ""))
            .but("[]", r#"["uniform"]"#)
            .then("AffiliationRefusal::PresumptiveAlone"),
        row(
            "AffiliationRefusal::PresumptiveAlone",
            Some(40),
            "south",
            determined("u-1", r#""uniform""#, "2025-01-01", ""),
        )
        .but("uniform", "examination")
        .then("AffiliationRefusal::StandsAlready"),
        row("AffiliationRefusal::NotTheCreditor", None, "north", denied)
            .but_by("south")
            .then("AffiliationRefusal::TooEarly"),
        row("AffiliationRefusal::NoConsent", Some(14), "south", set_off)
            .but(r#"["south"]"#, r#"["north","south"]"#)
            .then("AffiliationRefusal::TooEarly"),
        row(
            "AffiliationRefusal::StandsAlready",
            Some(12),
            "south",
            determined("u-1", r#""genetic""#, "2025-01-01", ""),
        )
        .but(r#"["genetic"]"#, r#"["genetic"],"instead-of":"stands""#)
        .then("AffiliationRefusal::TooEarly"),
        row("AffiliationRefusal::TooEarly", Some(19), "south", presumed).but("2025-01-01", "2025-01-10"),
    ]
}
