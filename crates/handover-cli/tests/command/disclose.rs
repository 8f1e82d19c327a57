//! What is made for an audience: nothing by default, what was published, what was shared, and why the rest is not.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::{failed, handover, printed, seed};

/// The invented exchange, with what authorities decided on disclosure after it.
fn told(directory: &TempDir, decided: &[&str]) -> String {
    let exchange = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command/fixtures/exchange.jsonl");
    let exchange = fs::read_to_string(exchange).unwrap();
    let mut lines: Vec<String> =
        exchange.lines().filter(|line| !line.starts_with(r#"{"end""#)).map(ToOwned::to_owned).collect();
    for (at, what) in decided.iter().enumerate() {
        lines.push(format!(
            r#"{{"id":"di-{at}","by":"s-board","said":"2025-12-31","what":{{"disclosure":{what}}}}}"#
        ));
    }
    let file = directory.path().join("told.jsonl");
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    file.to_string_lossy().into_owned()
}

fn shared(of: &str, extent: &str, with: &str) -> String {
    format!(
        r#"{{"shared":{{"of":{of},"extent":"{extent}","with":{with},"purpose":"information","basis":"public-interest","on":"2025-12-01"}}}}"#
    )
}

fn json(audience: &str, file: &str) -> Value {
    serde_json::from_str(&printed(&["disclose", audience, file, "--format", "json"])).unwrap()
}

fn number(page: &Value, part: &str) -> usize {
    page[part].as_array().unwrap().len()
}

const PARTS: [&str; 6] = ["legs", "handovers", "batches", "lists", "persons", "remains"];

#[test]
fn what_was_published_is_shown_and_says_for_whom_it_was_made() {
    let page = json("public", &seed());
    assert!(number(&page, "legs") > 0 && number(&page, "handovers") > 0);
    for part in PARTS {
        for made in page[part].as_array().unwrap() {
            assert_eq!(made["for"], "public");
        }
    }
    let text = printed(&["disclose", "public", &seed()]);
    assert!(text.starts_with("For the public\n"), "{text}");
    assert!(text.contains("1,200"), "{text}");
    assert!(!text.contains("border"), "places are not published: {text}");
}

#[test]
fn of_persons_and_remains_nothing_is_shown_by_default() {
    let directory = TempDir::new().unwrap();
    let file = told(&directory, &[]);
    for audience in
        ["public", "party:north", "party:south", "organ:n-army", "laboratory:s-lab", "family:person-a"]
    {
        let page = json(audience, &file);
        for part in ["batches", "lists", "persons", "remains"] {
            assert_eq!(number(&page, part), 0, "{audience}: {part}");
        }
    }
}

#[test]
fn what_is_shared_is_shown_to_its_audience_and_small_numbers_only_as_what_they_look_like() {
    let directory = TempDir::new().unwrap();
    let batch = r#"{"batch":"first"}"#;
    let to_north = shared(batch, "cases", r#"{"party":"north"}"#);
    let to_lab = shared(batch, "cases", r#"{"laboratory":"s-lab"}"#);
    let to_all = shared(batch, "counts", r#""public""#);
    let file = told(&directory, &[&to_north, &to_lab, &to_all]);
    let north = json("party:north", &file);
    assert!(number(&north, "remains") > 0 && number(&north, "batches") == 1);
    let lab = json("laboratory:s-lab", &file);
    assert_eq!(number(&lab, "remains"), number(&north, "remains"));
    let blind = lab["remains"].as_array().unwrap().iter().all(|unit| {
        let shown = unit["shown"].as_object().unwrap();
        !shown.contains_key("batch") && !shown.contains_key("person") && !shown.contains_key("identification")
    });
    assert!(blind, "{lab}");
    assert_eq!(number(&json("public", &file), "batches"), 0, "no rule on small numbers is declared");
    let cells = r#"{"small-cells":{"below":5,"step":1,"on":"2025-12-01"}}"#;
    let file = told(&directory, &[&to_all, cells]);
    let public = json("public", &file);
    let units = &public["batches"][0]["shown"]["units"];
    assert_eq!((&units["least"], &units["most"]), (&Value::from(0), &Value::from(4)), "{public}");
    let by_south = printed(&["disclose", "public", &file, "--according-to", "south"]);
    assert!(by_south.contains("between 1 and 4"), "{by_south}");
}

#[test]
fn who_discloses_is_told_why_and_the_audience_is_not() {
    let directory = TempDir::new().unwrap();
    let person = shared(r#"{"person":"person-a"}"#, "cases", r#""public""#);
    let file = told(&directory, &[&person]);
    let output = handover(&["disclose", "public", &file, "--why", "person-a"]).assert().success();
    let output = output.get_output();
    let why = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(why.contains("`person-a` is not shown to the public: expected what may be shown"), "{why}");
    assert!(!String::from_utf8(output.stdout.clone()).unwrap().contains("person-a"));
}

#[test]
fn an_audience_that_is_not_recorded_is_a_wrong_call() {
    for (audience, says) in [
        ("organ:nobody", "expected organ `nobody` to be recorded"),
        ("party:nobody", "expected party `nobody` to be recorded"),
        ("family:nobody", "expected person `nobody` to be recorded"),
        ("everybody", "expected `public`, `party:KEY`"),
    ] {
        let (code, error) = failed(&["disclose", audience, &seed()], "");
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(says), "{error}");
    }
}
