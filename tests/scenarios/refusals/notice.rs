//! What is impossible of a notice.

use super::super::house::House;
use super::{Row, row};

/// `u-1` is decided to be `x` on the first of March; of the family of `x` the branches 1 and 2 are known, and the first was told
/// by the entry `told`. Of `y` South said twice that contact endangers the kin: `danger`, and `over`, which it took back.
pub(super) fn house() -> House {
    let mut house = House::with_laboratory("set-of-remains");
    for unit in ["u-1", "u-2"] {
        house.bag(unit);
    }
    for person in ["x", "y"] {
        house.person(person);
    }
    for branch in [1, 2] {
        house.tell("south", &format!(r#"{{"notice":{{"branch":{{"person":"x","branch":{branch},"preference":"every-find","on":"2025-01-20"}}}}}}"#));
    }
    decide(&mut house);
    house.told("told", "south", &step("notified", "u-1", 1, "2025-03-05"));
    for entry in ["danger", "over"] {
        house.told(
            entry,
            "south",
            r#"{"notice":{"contact-endangers-kin":{"person":"y","on":"2025-03-01"}}}"#,
        );
    }
    house.tell("south", &resumed("over"));
    house
}

/// The unit `u-1` is decided to be `x` by the entry `decision`.
pub(super) fn decide(house: &mut House) {
    let evidence = house.reviewed("u-1", "x", "2025-03-01");
    let decision = super::super::forensics::decision("u-1", "x", &evidence, "2025-03-01");
    house.told("decision", "south", &format!(r#"{{"identification":{{"decided":{decision}}}}}"#));
}

/// It is revoked.
pub(super) fn revoke(house: &mut House) {
    house.reexamined("decision", r#""contradiction""#, "2025-03-10");
    house.revoked("decision", "excluded", "2025-03-11");
}

pub(super) fn step(kind: &str, unit: &str, branch: u16, on: &str) -> String {
    format!(r#"{{"notice":{{"{kind}":{{"unit":"{unit}","person":"x","branch":{branch},"on":"{on}"}}}}}}"#)
}

fn resumed(entry: &str) -> String {
    format!(r#"{{"notice":{{"resumed":{{"entry":"{entry}","reason":"they moved","on":"2025-04-01"}}}}}}"#)
}

pub(super) fn rows() -> Vec<Row> {
    let early = "2025-02-01";
    vec![
        row("NoticeRefusal::NoAuthority", Some(56), "press", step("notified", "u-2", 7, early))
            .but_by("south")
            .then("NoticeRefusal::NoSuchBranch"),
        row("NoticeRefusal::NoSuchBranch", Some(22), "south", step("notified", "u-2", 7, early))
            .but(r#""branch":7"#, r#""branch":1"#)
            .then("NoticeRefusal::NotDue"),
        row("NoticeRefusal::NotItsOrgan", Some(52), "observer", resumed("over"))
            .but_by("south")
            .then("NoticeRefusal::EndedAlready"),
        row("NoticeRefusal::EndedAlready", Some(12), "south", resumed("over")).but("over", "danger"),
        row("NoticeRefusal::NotDue", None, "south", step("notified", "u-2", 1, early))
            .but("u-2", "u-1")
            .then("NoticeRefusal::NotifiedAlready"),
        row("NoticeRefusal::NotifiedAlready", None, "south", step("attempted", "u-1", 1, early))
            .but(r#""branch":1"#, r#""branch":2"#)
            .then("NoticeRefusal::TooEarly"),
        row("NoticeRefusal::NotNotified", None, "south", step("told-of-revocation", "u-1", 2, early))
            .but(r#""branch":2"#, r#""branch":1"#)
            .then("NoticeRefusal::NotRevoked"),
        row("NoticeRefusal::NotNotified", None, "south", step("contested", "u-1", 2, early))
            .but(r#""branch":2"#, r#""branch":1"#)
            .then("NoticeRefusal::TooEarly"),
        row("NoticeRefusal::NotRevoked", Some(35), "south", step("told-of-revocation", "u-1", 1, early))
            .but_after(revoke)
            .then("NoticeRefusal::TooEarly"),
        row("NoticeRefusal::TooEarly", Some(19), "south", step("acknowledged", "u-1", 1, early))
            .but(early, "2025-03-05"),
    ]
}
