//! What is impossible of custody.

use super::super::house::House;
use super::{Row, row};

fn introduced(from: &str, to: &str, batch: &str, more: &str) -> String {
    format!(
        r#"{{"custody":{{"introduced":{{"id":"t","of":{{"batch":"{batch}"}},"from":"{from}","to":"{to}"{more}}}}}}}"#
    )
}

fn given(transfer: &str, on: &str, more: &str) -> String {
    format!(r#"{{"custody":{{"given":{{"transfer":"{transfer}","on":"{on}"{more}}}}}}}"#)
}

/// South corrects what it told of giving the first bag.
fn corrected(house: &mut House) {
    house.told("again", "south", &given("t-bag", "2025-02-02", r#","corrects":"given""#));
}

#[expect(clippy::too_many_lines, reason = "one row a refusal")]
pub(super) fn rows() -> Vec<Row> {
    let corrects = r#","corrects":"given""#;
    let on_both_sides = r#","witnessed-by":["press"],"leg":"leg-of-living""#;
    let found = |bag: &str, unit: &str| {
        format!(
            r#","found":{{"count":{{"quantity":2,"unit":"{unit}"}},"seals":[{{"container":"{bag}","seal":"intact"}}]}}"#
        )
    };
    let in_part = r#"{"custody":{"received":{"transfer":"t-ended","on":"2025-01-31","accepted":{"in-part":{"refused":["bag-u-1"],"missing":["bag-u-1"]}}}}}"#;
    let strange = r#","corrects":"given","found":{"seals":[{"container":"bag-u-2","seal":"intact"}]}"#;
    vec![
        row(
            "CustodyRefusal::ToItself",
            Some(20),
            "keeper",
            introduced("press", "press", "living", on_both_sides),
        )
        .but(r#""to":"press""#, r#""to":"south""#)
        .then("CustodyRefusal::NoCustodian"),
        row(
            "CustodyRefusal::NoCustodian",
            Some(20),
            "keeper",
            introduced("press", "south", "living", r#","witnessed-by":["south"]"#),
        )
        .but(r#""from":"press""#, r#""from":"north""#)
        .then("CustodyRefusal::WitnessIsCustodian"),
        row(
            "CustodyRefusal::WitnessIsCustodian",
            Some(25),
            "keeper",
            introduced("north", "south", "living", r#","witnessed-by":["south"]"#),
        )
        .but(r#"["south"]"#, r#"["press"]"#)
        .then("CustodyRefusal::OfTheLiving"),
        row(
            "CustodyRefusal::OfTheLiving",
            None,
            "keeper",
            introduced("north", "south", "living", on_both_sides),
        )
        .but(r#""living""#, r#""batch""#)
        .then("CustodyRefusal::LegDoesNotFit"),
        row(
            "CustodyRefusal::LegDoesNotFit",
            Some(10),
            "keeper",
            introduced("north", "south", "batch", on_both_sides),
        )
        .but("leg-of-living", "leg-20-south"),
        row(
            "CustodyRefusal::LegDoesNotFit",
            Some(10),
            "keeper",
            introduced("south", "north", "batch", r#","leg":"leg-20-north""#),
        )
        .but("leg-20-north", "leg-20-south"),
        row("CustodyRefusal::NotItsSide", Some(23), "north", given("t-bag", "2025-02-02", ""))
            .but_by("depot")
            .then("CustodyRefusal::ToldAlready"),
        row("CustodyRefusal::ToldAlready", Some(23), "depot", given("t-bag", "2025-02-02", ""))
            .but(r#""2025-02-02""#, r#""2025-02-02","corrects":"given""#)
            .then("CustodyRefusal::NotItsTeller"),
        row("CustodyRefusal::NotItsTeller", Some(52), "depot", given("t-bag", "2025-02-02", corrects))
            .after(corrected)
            .but_by("south")
            .then("CustodyRefusal::EndedAlready"),
        row("CustodyRefusal::EndedAlready", Some(12), "south", given("t-bag", "2025-02-02", strange))
            .after(corrected)
            .but(r#""given","found""#, r#""again","found""#)
            .then("CustodyRefusal::NotInTransfer"),
        row(
            "CustodyRefusal::EndedAlready",
            Some(12),
            "south",
            r#"{"custody":{"reversed":{"entry":"given","reason":"again"}}}"#,
        )
        .after(corrected)
        .but(r#""given""#, r#""again""#),
        row("CustodyRefusal::NamedTwice", Some(20), "observer", in_part)
            .but(r#","missing":["bag-u-1"]"#, "")
            .then("CustodyRefusal::NotInTransfer"),
        row(
            "CustodyRefusal::NotInTransfer",
            Some(22),
            "south",
            given("t-ended", "2025-02-02", &found("bag-u-1", "prisoner")),
        )
        .but("bag-u-1", "bag-ended")
        .then("CustodyRefusal::UnitDoesNotFit"),
        row(
            "CustodyRefusal::UnitDoesNotFit",
            Some(10),
            "south",
            given("t-ended", "2025-02-02", &found("bag-ended", "prisoner")),
        )
        .but("prisoner", "container")
        .then("CustodyRefusal::NoMore"),
        row("CustodyRefusal::NoMore", Some(20), "south", given("t-ended", "2025-02-02", ""))
            .but("2025-02-02", "2025-01-31"),
        row(
            "CustodyRefusal::OneEntry",
            Some(23),
            "south",
            r#"{"custody":{"discrepancy":{"first":"given","second":"given","about":"the seal"}}}"#,
        )
        .but(r#""second":"given""#, r#""second":"received""#),
        row(
            "CustodyRefusal::KeeperTells",
            Some(55),
            "keeper",
            r#"{"custody":{"incident":{"of":{"container":"bag-u-1"},"kind":"damaged","on":"2025-02-02"}}}"#,
        )
        .but_by("south"),
    ]
}
