//! Reports for programs.

use serde_json::{Value, json};

use crate::{istanbul, printed, seed};

fn report(file: &str, more: &[&str]) -> Value {
    serde_json::from_str(&printed(&[&["report", file, "--format", "json"], more].concat())).unwrap()
}

/// What a reading gives, of a list in which each reading has its own.
fn taken<'v>(list: &'v Value, reading: &str) -> &'v Value {
    let found = list.as_array().unwrap().iter().find(|by| by["according-to"] == reading);
    &found.unwrap()["taken"]
}

fn flow<'v>(report: &'v Value, matter: &str, to: &str) -> &'v Value {
    let flows = report["flows"].as_array().unwrap();
    flows.iter().find(|flow| flow["matter"] == matter && flow["to"] == to).unwrap()
}

fn obligation<'v>(report: &'v Value, key: &str) -> &'v Value {
    let list = report["obligations"].as_array().unwrap();
    list.iter().find(|obligation| obligation["obligation"] == key).unwrap()
}

fn exactly(number: u64) -> Value {
    json!({ "lo": number, "hi": number })
}

fn at_least(number: u64) -> Value {
    json!({ "lo": number, "hi": null })
}

#[test]
fn the_seed_has_its_figures() {
    let report = report(&seed(), &["--terms", "anyone"]);
    assert_eq!(report["complete"], true);
    let keys: Vec<_> = report["readings"].as_array().unwrap().iter().map(|it| &it["according-to"]).collect();
    assert_eq!(keys, ["ua", "ru", "all", "anyone"]);

    let to_ua = &flow(&report, "remains", "ua")["passed"];
    for (reading, expected) in [
        ("ru", exactly(2_412)),
        ("ua", at_least(1_200)),
        ("all", at_least(1_200)),
        ("anyone", exactly(2_412)),
    ] {
        assert_eq!(taken(to_ua, reading)["span"], expected, "{reading}");
    }
    let to_ru = &flow(&report, "remains", "ru")["passed"];
    for (reading, expected, label) in [
        ("ru", exactly(27), "stated"),
        ("ua", at_least(0), "silent"),
        ("all", at_least(0), "silent"),
        ("anyone", exactly(27), "stated"),
    ] {
        assert_eq!(taken(to_ru, reading)["span"], expected, "{reading}");
        assert_eq!(taken(to_ru, reading)["label"], label, "{reading}");
    }
    for to in ["ua", "ru"] {
        for reading in ["ru", "ua", "all", "anyone"] {
            let passed = taken(&flow(&report, "prisoners of war", to)["passed"], reading);
            assert_eq!((&passed["span"], &passed["label"]), (&at_least(0), &json!("undisclosed")));
            assert_eq!(passed["legs"].as_array().unwrap().len(), 3);
        }
    }
}

#[test]
fn the_seed_has_its_verdicts() {
    let with_terms = report(&seed(), &["--terms", "anyone", "--only", "obligations"]);
    let stands = &obligation(&with_terms, "bodies-to-ua")["stands"];
    for (reading, outstanding, verdict) in [
        ("ru", exactly(3_589), "not-met"),
        ("anyone", exactly(3_589), "not-met"),
        ("ua", json!({ "lo": 0, "hi": 4_801 }), "undetermined"),
        ("all", json!({ "lo": 0, "hi": 4_801 }), "undetermined"),
    ] {
        let taken = taken(stands, reading);
        assert_eq!((&taken["outstanding"], &taken["verdict"]), (&outstanding, &json!(verdict)), "{reading}");
        assert_eq!(taken["term"]["ceiling"], Value::Null, "without a ceiling it is the least");
    }
    let own = report(&seed(), &["--only", "obligations"]);
    let stands = &obligation(&own, "bodies-to-ua")["stands"];
    assert_eq!(taken(stands, "ru")["verdict"], "no-terms");
    assert_eq!(taken(stands, "ru")["outstanding"], Value::Null);
}

#[test]
fn words_stand_beside_each_other() {
    let report = report(&seed(), &[]);
    let legs = &flow(&report, "remains", "ua")["legs"];
    let leg = |key: &str| legs.as_array().unwrap().iter().find(|leg| leg["leg"] == key).unwrap();
    assert_eq!(leg("leg-06-11-ua")["count"]["view"], "one-sided");
    assert_eq!(leg("leg-06-11-ua")["count"]["parties"], json!(["ru"]));
    assert_eq!(leg("leg-06-13-ua")["count"]["view"], "confirmed-by-all");
    assert_eq!(leg("leg-06-13-ua")["occurrence"]["view"], "confirmed-by-all");
    assert_eq!(report["allegations"].as_array().unwrap().len(), 3);
    assert_eq!(report["repetitions"].as_array().unwrap().len(), 3);
    assert_eq!(report["expectations"].as_array().unwrap().len(), 2);
}

#[test]
fn istanbul_has_its_figures() {
    let report = report(&istanbul(), &[]);
    let to_ua = &flow(&report, "remains", "ua")["passed"];
    for (reading, expected) in [
        ("ua", exactly(6_057)),
        ("ru", at_least(4_860)),
        ("all", at_least(4_857)),
        ("anyone", json!({ "lo": 6_057, "hi": 6_060 })),
    ] {
        assert_eq!(taken(to_ua, reading)["span"], expected, "{reading}");
    }
    let to_ru = &flow(&report, "remains", "ru")["passed"];
    assert_eq!(taken(to_ru, "ru")["span"], at_least(78));
    let totals = report["totals"].as_array().unwrap();
    let june = totals.iter().find(|total| total["total"] == "to-ua-june").unwrap();
    let published = june["published"].as_array().unwrap();
    let medinsky = published.iter().find(|figure| figure["by"]["speaker"] == "medinsky").unwrap();
    let missing = json!({ "outcome": "missing", "count": exactly(1_200), "legs": ["leg-06-14-ua"] });
    assert_eq!(taken(&medinsky["audit"], "ru"), &missing);
}

#[test]
fn entries_and_sections_come_if_asked_for() {
    let figure = |report: &Value| taken(&flow(report, "remains", "ua")["passed"], "ru")["entries"].clone();
    let explained = figure(&report(&seed(), &["--explain"]));
    assert!(explained.as_array().unwrap().contains(&json!("c-0611-1212")));
    assert_eq!(figure(&report(&seed(), &[])), Value::Null);
    let only = report(&seed(), &["--only", "allegations", "--said-by", "2025-06-01"]);
    assert_eq!(only["allegations"], json!([]), "nothing had been said by then");
    assert_eq!(only.get("flows"), None);
}
