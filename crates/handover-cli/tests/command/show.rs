//! The rooms of containers and remains in a report, and one container or unit by itself.
//!
//! The dossier is made up: a batch of four containers of which one is refused and one does not arrive, a gap in a chain,
//! a unit that is divided, and a decision that is revoked after the family was told. What is expected stands beside it,
//! as the command prints it.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

use crate::kept::ledger;
use crate::{failed, istanbul, korea, printed, seed};

const ROOMS: [&str; 4] = ["custody", "remains", "identification", "duties"];

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/command/fixtures").join(name)
}

fn exchange() -> String {
    fixture("exchange.jsonl").to_string_lossy().into_owned()
}

fn expected(name: &str) -> String {
    fs::read_to_string(fixture(name)).unwrap()
}

fn only(file: &str, more: &[&str]) -> String {
    let sections: Vec<&str> = ROOMS.iter().flat_map(|room| ["--only", *room]).collect();
    printed(&[&["report", file], sections.as_slice(), more].concat())
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn taken<'v>(list: &'v Value, reading: &str) -> &'v Value {
    let found = list.as_array().unwrap().iter().find(|by| by["according-to"] == reading);
    &found.unwrap()["taken"]
}

#[test]
fn the_rooms_are_shown_as_they_are_expected() {
    assert_eq!(only(&exchange(), &[]), expected("exchange.report.txt"));
    let container = printed(&["show", "container", "box-2", &exchange()]);
    assert_eq!(container, expected("exchange.box-2.txt"));
    let unit = printed(&["show", "unit", "unit-2a", &exchange()]);
    assert_eq!(unit, expected("exchange.unit-2a.txt"));
}

/// Boxes that were received by the word of one side, a number of people that was said years later, and an ally's dead who
/// were handed onward: what stands in the report was looked at line by line.
#[test]
fn the_boxes_of_2018_are_shown_as_they_are_expected() {
    assert_eq!(printed(&["report", &korea()]), expected("korea-k55.report.txt"));
}

/// An agreement that each side reads differently, and a duty of the law that binds all the same.
#[test]
fn the_course_of_an_agreement_is_shown_as_it_is_expected() {
    let course = fixture("course.jsonl").to_string_lossy().into_owned();
    let page = printed(&["report", &course, "--only", "agreements"]);
    assert_eq!(page, expected("course.report.txt"));
    let report = read(&printed(&["report", &course, "--only", "agreements", "--format", "json"]));
    let deal = &report["agreements"][0];
    assert_eq!(deal["by-party"][0]["state"], "declared complete");
    assert_eq!(deal["milestones"][1]["deadlines"], serde_json::json!([null]), "no date before its trigger");
    assert_eq!(deal["amendments"][0]["non-suspendable"], serde_json::json!(["D10"]));
    let duties = report["conformance"].as_array().unwrap();
    assert_eq!((duties.len(), &duties[0]["obligations"][0]), (21, &Value::from("search")));
    assert!(!report.to_string().contains("lapsed"));
}

/// A list with a counter-proposal, three kinds of refusal, one who is held back, a death between the freeze and the transfer,
/// a substitute, and one found alive who had been declared dead: what stands in the report was looked at line by line.
#[test]
fn lists_and_the_living_are_shown_as_they_are_expected() {
    let lists = fixture("lists.jsonl").to_string_lossy().into_owned();
    let page = printed(&["report", &lists, "--only", "prisoners"]);
    assert_eq!(page, expected("lists.report.txt"));
    let report = read(&printed(&["report", &lists, "--only", "prisoners", "--format", "json"]));
    let list = &report["prisoners"]["lists"][0];
    assert_eq!(list["versions"][1]["counters"], true);
    assert_eq!(list["versions"][1]["accepted-by"], json!(["north", "south"]));
    for reading in ["north", "south", "all", "anyone"] {
        let stands = taken(&list["stands"], reading);
        let number = |key: &str| stands[key].as_u64().unwrap();
        assert_eq!(number("may-go") + number("may-not") + number("ended"), number("entries"), "{reading}");
        let steps = stands["steps"].as_array().unwrap();
        let sum: u64 = steps.iter().map(|step| step["number"].as_u64().unwrap()).sum();
        assert_eq!(sum, number("entries"), "{reading}: each entry stands in one step");
    }
    let anyone = taken(&list["stands"], "anyone");
    assert_eq!(anyone["deaths"][0]["number"], 1);
    assert_eq!(anyone["short"], 2, "one died and one was refused");
    assert!(anyone["because"].as_array().unwrap().iter().any(|it| it["invariant"] == 45));
    assert_eq!(report["prisoners"]["legs"][0]["by-party"][0]["taken"], json!({ "lo": 2, "hi": 2 }));
    assert_eq!(taken(&report["prisoners"]["legs"][0]["listed"], "south")["agrees"], false);
    for text in [page, report.to_string()] {
        assert!(!text.contains("person-") && !text.contains("n-a"), "{text}");
    }
    let whole = printed(&["report", &lists]);
    assert!(whole.contains("\nPRISONERS' LISTS AND THE LIVING\n") && !whole.contains("\nEVERYTHING OPEN\n"));
    for file in [seed(), istanbul(), korea()] {
        assert!(!printed(&["report", &file]).contains("PRISONERS' LISTS"), "{file}");
    }
    let asked = printed(&["report", &seed(), "--only", "prisoners"]);
    assert!(asked.contains("No list and no accounting of a person is recorded."), "{asked}");
}

#[test]
fn a_room_is_shown_only_where_something_of_it_is_recorded() {
    let whole = printed(&["report", &exchange()]);
    for heading in ["\nCUSTODY\n", "\nREMAINS\n", "\nIDENTIFICATION\n", "\nDUTIES OF RETURN"] {
        assert!(whole.contains(heading), "{heading}");
        for file in [seed(), istanbul()] {
            assert!(!printed(&["report", &file]).contains(heading), "{heading} in {file}");
        }
    }
    let report = read(&printed(&["report", &seed(), "--format", "json"]));
    assert!(ROOMS.iter().all(|room| report.get(room).is_none()));
    // Who asks for it by name is told that there is nothing.
    let asked = only(&seed(), &[]);
    for none in [
        "No container is recorded.",
        "No remains are recorded.",
        "No identification is recorded.",
        "Nothing of it is recorded.",
    ] {
        assert!(asked.contains(none), "{none} in\n{asked}");
    }
}

#[test]
fn no_person_no_family_and_no_officer_is_shown() {
    let all = [
        printed(&["report", &exchange(), "--explain"]),
        printed(&["report", &exchange(), "--format", "json"]),
        printed(&["show", "unit", "unit-1", &exchange(), "--explain"]),
        printed(&["show", "unit", "unit-1", &exchange(), "--format", "json"]),
        printed(&["show", "container", "box-1", &exchange(), "--format", "json"]),
    ];
    for text in all {
        for secret in
            ["person-a", "person-b", "kin-1", "officer-1", "own-1", "report-1", "burial", "instructed"]
        {
            assert!(!text.contains(secret), "{secret} in\n{text}");
        }
    }
}

#[test]
fn every_container_is_with_one_and_counts_once() {
    let report = read(&only(&exchange(), &["--format", "json"]));
    for reading in ["north", "south", "all", "anyone"] {
        let holdings = taken(&report["custody"]["holdings"], reading);
        let with = holdings["with"].as_array().unwrap().iter().map(|one| one["containers"].as_u64().unwrap());
        let others = ["in-transfer", "undetermined", "not-yet", "ended"].map(|part| holdings[part].as_u64());
        let sum: u64 = with.chain(others.into_iter().flatten()).sum();
        assert_eq!(Some(sum), holdings["registered"].as_u64(), "{reading}");
    }
    let batch = &report["custody"]["batches"][0];
    let ends = &batch["transfers"][0];
    assert_eq!((&ends["given"]["count"], &ends["received"]["count"]), (&json!("4"), &json!("2")));
    let manifest = taken(&batch["manifest"], "anyone");
    assert_eq!(manifest["containers"], 4);
    assert_eq!((&manifest["refused"], &manifest["missing"]), (&json!(1), &json!(1)));
}

#[test]
fn a_moment_and_a_word_are_kept_to() {
    let at = |more: &[&str]| {
        let arguments = ["show", "container", "box-1", &exchange(), "--format", "json"];
        let shown = read(&printed(&[&arguments[..], &["--according-to", "anyone"], more].concat()));
        (shown["custody"][0]["taken"]["place"].clone(), shown["history"].as_array().unwrap().len())
    };
    let (before, few) = at(&["--as-of", "2025-06-05"]);
    assert_eq!(before, json!({ "is": "with", "organs": ["n-army"] }));
    let (between, more) = at(&["--as-of", "2025-06-11"]);
    assert_eq!(between, json!({ "is": "with", "organs": ["s-office"] }));
    let (now, all) = at(&[]);
    assert_eq!(now, json!({ "is": "with", "organs": ["s-lab"] }));
    assert!(few < more && more < all, "{few} {more} {all}");
    let (said, _) = at(&["--said-by", "2025-06-03"]);
    assert_eq!(said, before);

    let axes = |reading: &str, as_of: &str| {
        let arguments = ["show", "unit", "unit-1", &exchange(), "--format", "json", "--as-of", as_of];
        let shown = read(&printed(&[&arguments[..], &["--according-to", reading]].concat()));
        shown["axes"][0]["taken"]["identification"].clone()
    };
    assert_eq!(axes("south", "2025-06-20"), "unidentified");
    assert_eq!(axes("south", "2025-06-30"), "identified");
    assert_eq!(axes("south", "2025-07-04"), "misidentified");
    assert_eq!(axes("north", "2025-06-30"), "unidentified");
}

#[test]
fn a_ledger_that_is_kept_is_shown_as_it_was_known() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    printed(&["import", "--ledger", &ledger, &exchange()]);
    let shown =
        |more: &[&str]| printed(&[&["show", "container", "box-2", "--ledger", &ledger], more].concat());
    assert_eq!(shown(&[]), expected("exchange.box-2.txt"));
    let early = shown(&["--known-at", "20"]);
    assert!(early.contains("with Army of North") && !early.contains("onward"), "{early}");
}

#[test]
fn a_container_is_found_by_a_number_that_stands_on_no_other() {
    let called = printed(&["show", "container", "bag 17", &exchange()]);
    assert_eq!(called, printed(&["show", "container", "box-1", &exchange()]));
    for (what, code, told) in [
        ("container", "bag 18", "records no container `bag 18`"),
        ("container", "unit-1", "records no container `unit-1`"),
        ("unit", "box-1", "records no unit of remains `box-1`"),
    ] {
        let (exit, message) = failed(&["show", what, code, &exchange()], "");
        assert_eq!(exit, 2);
        assert!(message.contains(told), "{message}");
    }
    let twice = fs::read_to_string(exchange()).unwrap().replace(
        r#"{"id":"c-all""#,
        concat!(
            r#"{"id":"c-alias-2","by":"s-office","said":"2025-06-11","#,
            r#""what":{"container":{"alias":{"container":"box-2","code":"bag 17","given-by":"n-army"}}}}"#,
            "\n",
            r#"{"id":"c-all""#
        ),
    );
    let twice = twice.lines().filter(|line| !line.starts_with(r#"{"end""#)).collect::<Vec<_>>().join("\n");
    let (exit, message) = failed(&["show", "container", "bag 17", "-"], &(twice + "\n"));
    assert_eq!(exit, 2);
    assert!(message.contains("several containers: `box-1`, `box-2`"), "{message}");
    let (exit, message) = failed(&["show", "unit", "unit-1", &exchange(), "--according-to", "atlantis"], "");
    assert_eq!(exit, 2);
    assert!(message.contains("no party `atlantis`"), "{message}");
}

#[test]
fn the_pages_are_no_wider_than_eighty_columns() {
    let lists = fixture("lists.jsonl").to_string_lossy().into_owned();
    for line in printed(&["report", &lists, "--explain"]).lines() {
        assert!(line.width() <= 80, "{}: {line}", line.width());
    }
    for arguments in [
        vec!["report"],
        vec!["report", "--explain"],
        vec!["show", "unit", "unit-1", "--explain"],
        vec!["show", "unit", "unit-2"],
        vec!["show", "container", "box-1"],
        vec!["show", "container", "box-3", "--as-of", "2025-06-05"],
    ] {
        let text = printed(&[arguments.as_slice(), &[&exchange()]].concat());
        for line in text.lines() {
            assert!(line.width() <= 80, "{}: {line}", line.width());
            assert_eq!(line, line.trim_end());
        }
    }
}
