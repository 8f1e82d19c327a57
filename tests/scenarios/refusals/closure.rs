//! What is impossible of the end of a case.

use super::super::house::House;
use super::{Row, row};

pub(super) fn house() -> House {
    House::with_laboratory("set-of-remains")
}

fn stated(what: &str, on: &str) -> String {
    format!(r#"{{"closure":{{"{what}":{{"of":{{"batch":"batch"}},"on":"{on}"}}}}}}"#)
}

fn declared(house: &mut House) {
    house.tell("south", r#"{"closure":{"criterion":{"of":{"batch":"batch"},"criterion":"persons-identified","on":"2025-10-01"}}}"#);
}

fn closed(house: &mut House) {
    declared(house);
    house.tell("south", &stated("closed", "2025-10-02"));
}

fn reopened(house: &mut House) {
    house.tell("south", &stated("reopened", "2025-10-03"));
}

pub(super) fn rows() -> Vec<Row> {
    vec![
        row("ClosureRefusal::NoAuthority", Some(56), "press", stated("closed", "2025-10-02"))
            .but_by("observer")
            .then("ClosureRefusal::NoCriterion"),
        row("ClosureRefusal::NoCriterion", Some(42), "south", stated("closed", "2025-09-30"))
            .but_after(declared)
            .then("ClosureRefusal::TooEarly"),
        row("ClosureRefusal::ClosedAlready", Some(42), "south", stated("closed", "2025-09-30"))
            .after(closed)
            .but_after(reopened)
            .then("ClosureRefusal::TooEarly"),
        row("ClosureRefusal::NotClosed", Some(42), "south", stated("reopened", "2025-10-01"))
            .but_after(closed)
            .then("ClosureRefusal::TooEarly"),
        row("ClosureRefusal::TooEarly", Some(19), "south", stated("reopened", "2025-10-01"))
            .after(closed)
            .but("2025-10-01", "2025-10-02"),
    ]
}
