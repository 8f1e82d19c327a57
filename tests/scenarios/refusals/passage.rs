//! What is impossible of a handover, a leg and a batch.

use super::super::house::House;
use super::{Row, row};

pub(super) use super::entry::house;

fn leg(from: &str, matter: &str, unit: &str, towards: &str) -> String {
    format!(
        r#"{{"handover":{{"leg":{{"id":"new","handover":"h-16","from":"{from}","to":"south","of":{{"matter":"{matter}"}},"unit":"{unit}","towards":"{towards}"}}}}}}"#
    )
}

pub(super) fn handovers() -> Vec<Row> {
    vec![
        row(
            "HandoverRefusal::ToItself",
            Some(20),
            "keeper",
            leg("south", "civilians", "container", "to-north"),
        )
        .but(r#""from":"south""#, r#""from":"north""#)
        .then("HandoverRefusal::UnitDoesNotFit"),
        row(
            "HandoverRefusal::UnitDoesNotFit",
            Some(10),
            "keeper",
            leg("north", "civilians", "container", "to-north"),
        )
        .but("container", "prisoner")
        .then("HandoverRefusal::OtherDirection"),
        row(
            "HandoverRefusal::OtherDirection",
            None,
            "keeper",
            leg("north", "civilians", "prisoner", "to-north"),
        )
        .but("to-north", "to-south")
        .then("HandoverRefusal::OtherMatter"),
        row(
            "HandoverRefusal::OtherMatter",
            Some(8),
            "keeper",
            leg("north", "civilians", "prisoner", "to-south"),
        )
        .but("civilians", "remains")
        .but("prisoner", "individual"),
        row(
            "HandoverRefusal::NoBatch",
            None,
            "keeper",
            r#"{"handover":{"no-other-batch":{"leg":"leg-16-north"}}}"#,
        )
        .but("leg-16-north", "leg-16-south"),
    ]
}

/// Nothing else is in the leg of the 16th.
fn whole(house: &mut House) {
    house.keeper(r#"{"handover":{"no-other-batch":{"leg":"leg-16-south"}}}"#);
}

/// The first batch passed on the 17th, and not on the 16th.
fn again(house: &mut House) {
    house.keeper(r#"{"batch":{"reversed":{"entry":"passed","reason":"it was the day after"}}}"#);
    house.told("again", "keeper", r#"{"batch":{"passed":{"batch":"first","leg":"leg-17-south"}}}"#);
}

pub(super) fn batches() -> Vec<Row> {
    let batch = |from: &str, unit: &str| {
        format!(
            r#"{{"batch":{{"introduced":{{"id":"third","from":"{from}","to":"south","of":{{"matter":"remains"}},"unit":"{unit}","towards":"to-north"}}}}}}"#
        )
    };
    let passed =
        |batch: &str, leg: &str| format!(r#"{{"batch":{{"passed":{{"batch":"{batch}","leg":"{leg}"}}}}}}"#);
    let reversed = r#"{"batch":{"reversed":{"entry":"passed","reason":"it was another"}}}"#;
    vec![
        row("BatchRefusal::ToItself", Some(20), "keeper", batch("south", "prisoner"))
            .but(r#""from":"south""#, r#""from":"north""#)
            .then("BatchRefusal::UnitDoesNotFit"),
        row("BatchRefusal::UnitDoesNotFit", Some(10), "keeper", batch("north", "prisoner"))
            .but("prisoner", "set-of-remains")
            .then("HandoverRefusal::OtherDirection"),
        row("BatchRefusal::PassedAlready", Some(20), "keeper", passed("first", "leg-17-north"))
            .but("first", "second")
            .then("BatchRefusal::LegDoesNotFit"),
        row("BatchRefusal::LegDoesNotFit", Some(10), "keeper", passed("second", "leg-16-north"))
            .after(whole)
            .but("leg-16-north", "leg-16-south")
            .then("BatchRefusal::LegIsWhole"),
        row("BatchRefusal::LegIsWhole", None, "keeper", passed("second", "leg-16-south"))
            .after(whole)
            .but("leg-16-south", "leg-17-south"),
        row("BatchRefusal::NotItsOrgan", Some(52), "depot", reversed)
            .after(again)
            .but_by("keeper")
            .then("BatchRefusal::ReversedAlready"),
        row("BatchRefusal::ReversedAlready", Some(12), "keeper", reversed)
            .after(again)
            .but(r#""passed""#, r#""again""#),
    ]
}
