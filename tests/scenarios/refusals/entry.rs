//! What is no entry of the ledger at all, and who speaks.

use handover::entry::Entry;
use handover::ledger::Posted;

use super::super::house::House;
use super::super::telling::ledger;
use super::{Row, named, row};

/// A batch `first` of North's that passed on the 16th, by the entry `passed`; a depot of South's.
pub(super) fn house() -> House {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.voice("depot", r#"{"party":"south"}"#);
    for day in [16, 17] {
        house.handover(day, "set-of-remains", r#"{"matter":"remains"}"#);
    }
    for batch in ["first", "second"] {
        house.keeper(&format!(r#"{{"batch":{{"introduced":{{"id":"{batch}","from":"north","to":"south","of":{{"matter":"remains"}},"unit":"set-of-remains","towards":"to-south"}}}}}}"#));
    }
    house.told("passed", "keeper", r#"{"batch":{"passed":{"batch":"first","leg":"leg-16-south"}}}"#);
    house
}

pub(super) fn entries() -> Vec<Row> {
    let batch = |id: &str, from: &str| {
        format!(
            r#"{{"batch":{{"introduced":{{"id":"{id}","from":"{from}","to":"south","of":{{"matter":"remains"}},"unit":"prisoner"}}}}}}"#
        )
    };
    vec![
        row("EntryRefusal::IdTaken", Some(52), "north", r#"{"claim":{"withdrawn":{"claim":"nothing"}}}"#)
            .under("passed")
            .but_under("tried")
            .then("EntryRefusal::NoSuch"),
        row("EntryRefusal::Introduced", Some(21), "keeper", batch("first", "nowhere"))
            .but(r#""first""#, r#""third""#)
            .then("EntryRefusal::NoSuch"),
        row("EntryRefusal::NoSuch", Some(22), "nobody", r#"{"claim":{"withdrawn":{"claim":"passed"}}}"#)
            .but_by("north")
            .then("EntryRefusal::NoSuch"),
        row("EntryRefusal::NoSuch", Some(22), "keeper", batch("third", "nowhere"))
            .but("nowhere", "south")
            .then("BatchRefusal::ToItself"),
    ]
}

pub(super) fn parties() -> Vec<Row> {
    let order = r#"{"party":{"precedence":{"party":"south","organs":["north","south","south"]}}}"#;
    vec![
        row("PartyRefusal::NotItsOrgan", Some(55), "keeper", order)
            .but(r#""north","south""#, r#""south""#)
            .then("PartyRefusal::OrganTwice"),
        row("PartyRefusal::OrganTwice", None, "keeper", order.replace("north", "depot"))
            .but(r#""south","south""#, r#""south""#),
    ]
}

#[test]
fn the_same_entry_again_is_the_same_submission_and_another_under_its_id_is_refused() {
    let mut ledger = ledger("istanbul-june-2025.jsonl");
    let entries: Vec<Entry> = ledger.entries().collect();
    for entry in &entries {
        assert_eq!(ledger.post(entry), Ok(Posted::AlreadyRecorded));
    }
    for entry in &entries {
        let other = Entry { said: "1999".parse().unwrap(), ..entry.clone() };
        let refusal = ledger.post(&other).unwrap_err();
        assert_eq!((named(&refusal).as_str(), refusal.rule().invariant), ("EntryRefusal::IdTaken", Some(52)));
    }
    assert_eq!(ledger.len(), entries.len());
}

#[test]
fn a_draft_that_is_refused_in_the_middle_leaves_nothing() {
    let mut house = house();
    let before = format!("{:?}", house.ledger);
    let good = [16, 17].map(|day| {
        house.entry(
            "north",
            &format!(r#"{{"claim":{{"made":{{"about":{{"leg":"leg-{day}-south"}},"says":"occurred"}}}}}}"#),
        )
    });
    let bad = house.entry("north", r#"{"claim":{"withdrawn":{"claim":"nothing"}}}"#);
    let recorded = house.ledger.len();
    let mut draft = house.ledger.draft();
    let (at, _) = draft.post_all(good.iter().chain([&bad])).unwrap_err();
    assert_eq!((at, draft.ledger().len()), (good.len(), recorded + good.len()));
    drop(draft);
    assert_eq!(format!("{:?}", house.ledger), before);
}
