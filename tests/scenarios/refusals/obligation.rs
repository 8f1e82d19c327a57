//! What is impossible of an obligation.

use super::super::house::House;
use super::{Row, row};

/// Of North to South: another obligation under the deal, a pledge, and a pledge that is counted in containers.
pub(super) fn house() -> House {
    let mut house = House::new("set-of-remains", "remains", "passage");
    for (id, unit, basis) in [
        ("older", "set-of-remains", r#"{"agreement":"deal"}"#),
        ("pledge", "set-of-remains", r#""unilateral-pledge""#),
        ("boxes", "container", r#""unilateral-pledge""#),
    ] {
        house.keeper(&introduced(id, "north", unit, basis));
    }
    house
}

fn introduced(id: &str, debtor: &str, unit: &str, basis: &str) -> String {
    act(&format!(
        r#"{{"introduced":{{"id":"{id}","debtor":"{debtor}","creditor":"south","of":{{"matter":"remains"}},"unit":"{unit}","basis":{basis},"standard":"result","credits-at":"passage"}}}}"#
    ))
}

fn act(what: &str) -> String {
    format!(r#"{{"obligation":{what}}}"#)
}

/// South waives twice, and takes the first back.
fn reversed(house: &mut House) {
    for id in ["waiver", "another"] {
        house.told(id, "south", &waived(5));
    }
    house.tell("south", &reversal("waiver"));
}

fn waived(number: u32) -> String {
    act(&format!(r#"{{"waived":{{"obligation":"to-south","number":{number},"on":"2025-01-05"}}}}"#))
}

fn reversal(entry: &str) -> String {
    act(&format!(r#"{{"reversed":{{"entry":"{entry}","reason":"it was found","on":"2025-01-06"}}}}"#))
}

fn closed(house: &mut House) {
    house.told(
        "closing",
        "keeper",
        &act(r#"{"closed":{"obligation":"to-south","consented":["north","south"],"on":"2025-03-01"}}"#),
    );
}

fn allocated(to: &str, number: u32, consented: &str) -> String {
    act(&format!(
        r#"{{"allocated":{{"from":"to-south","to":"{to}","number":{number},"consented":[{consented}],"on":"2025-07-01"}}}}"#
    ))
}

pub(super) fn rows() -> Vec<Row> {
    let both = r#""north","south""#;
    let discharged =
        act(r#"{"discharged":{"obligation":"to-south","number":0,"means":"never-held","on":"2026-01-26"}}"#);
    let reopened = act(
        r#"{"reopened":{"closing":"closing","reason":"a late find","consented":["south"],"on":"2025-02-01"}}"#,
    );
    vec![
        row(
            "ObligationRefusal::OwedToItself",
            None,
            "keeper",
            introduced("new", "south", "prisoner", r#""unilateral-pledge""#),
        )
        .but(r#""debtor":"south""#, r#""debtor":"north""#)
        .then("ObligationRefusal::UnitDoesNotFit"),
        row(
            "ObligationRefusal::UnitDoesNotFit",
            Some(10),
            "keeper",
            introduced("new", "north", "prisoner", r#""unilateral-pledge""#),
        )
        .but(r#""prisoner""#, r#""individual""#),
        row("ObligationRefusal::NotItsOrgan", Some(52), "north", reversal("waiver"))
            .after(reversed)
            .but_by("south")
            .then("ObligationRefusal::ReversedAlready"),
        row("ObligationRefusal::ReversedAlready", Some(12), "south", reversal("waiver"))
            .after(reversed)
            .but("waiver", "another"),
        row("ObligationRefusal::NotTheCreditor", None, "north", waived(0))
            .but_by("south")
            .then("ObligationRefusal::Nought"),
        row("ObligationRefusal::NoAuthority", Some(56), "press", discharged)
            .but_by("observer")
            .then("ObligationRefusal::Nought"),
        row("ObligationRefusal::NoConsent", Some(14), "keeper", allocated("to-south", 0, r#""south""#))
            .but(r#"["south"]"#, r#"["north","south"]"#)
            .then("ObligationRefusal::Nought"),
        row("ObligationRefusal::NoConsent", Some(14), "keeper", reopened.clone())
            .after(closed)
            .but(r#"["south"]"#, r#"["north","south"]"#)
            .then("ObligationRefusal::TooEarly"),
        row("ObligationRefusal::Nought", None, "keeper", allocated("to-south", 0, both))
            .but(r#""number":0"#, r#""number":57"#)
            .then("ObligationRefusal::AllocatedToItself"),
        row("ObligationRefusal::AllocatedToItself", Some(14), "keeper", allocated("to-south", 57, both))
            .but(r#""to":"to-south""#, r#""to":"boxes""#)
            .then("ObligationRefusal::OtherUnit"),
        row("ObligationRefusal::OtherUnit", Some(10), "keeper", allocated("boxes", 57, both))
            .but("boxes", "pledge")
            .then("ObligationRefusal::Netted"),
        row("ObligationRefusal::Netted", Some(51), "keeper", allocated("pledge", 57, both))
            .but("pledge", "older"),
        row(
            "ObligationRefusal::TooEarly",
            Some(19),
            "keeper",
            reopened.replace(r#"["south"]"#, r#"["north","south"]"#),
        )
        .after(closed)
        .but("2025-02-01", "2025-03-01"),
    ]
}
