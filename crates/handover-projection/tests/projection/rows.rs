//! Every row is what the view of the same reading says.

use std::collections::BTreeSet;

use handover::entry::What;
use handover::ledger::Ledger;
use handover::person::PersonEntry;
use handover::reading::According;
use handover::when::{Moment, When};
use handover_projection::Projection;
use handover_testkit::scenario::Scenario;
use proptest::prelude::*;
use proptest::test_runner::Config;
use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::TempDir;

use crate::recount::{Asked, Recount};
use crate::{MADE_AT, dossier, rows, tables, write};

fn moment(text: &str) -> Moment {
    text.parse::<When>().unwrap().last_moment().unwrap()
}

fn everybody(ledger: &Ledger) -> Vec<According> {
    let parties = ledger.parties().map(|(party, _)| According::To(party));
    parties.chain([According::AcceptedByAll, According::Anyone]).collect()
}

/// The projection that is asked for.
fn projection<'l>(ledger: &'l Ledger, asked: &Asked) -> Projection<'l> {
    let mut projection = Projection::of(ledger, asked.position, MADE_AT).with_unit_codes();
    for according in &asked.readings {
        projection = projection.according_to(*according);
    }
    if let Some(terms) = asked.terms {
        projection = projection.terms_of(terms);
    }
    if let Some(moment) = asked.as_of {
        projection = projection.as_of(moment);
    }
    if let Some(moment) = asked.said_by {
        projection = projection.said_by(moment);
    }
    projection
}

/// Writes it, compares every row of every table, and says how many rows were compared.
fn compare(ledger: &Ledger, asked: &Asked) -> usize {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    write(&projection(ledger, asked), &file);
    let connection = Connection::open(&file).unwrap();
    let mut expected = Recount::of(ledger, asked).rows;
    let mut compared = 0;
    for table in tables(&connection) {
        if ["projection", "readings", "parties"].contains(&table.as_str()) {
            continue;
        }
        let found = rows(&connection, &table);
        let expected = expected.remove(table.as_str()).unwrap_or_default();
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{table}");
        }
        assert_eq!(found.len(), expected.len(), "{table}");
        compared += found.len();
    }
    assert!(expected.is_empty(), "no such table: {:?}", expected.keys());
    compared
}

#[test]
fn of_real_dossiers() {
    for (name, then) in [
        ("seed-article.jsonl", "2025-06-13"),
        ("istanbul-june-2025.jsonl", "2025-06-13"),
        ("korea-k55.jsonl", "2018-08-01"),
        ("field-intake.jsonl", "2025-09-01"),
    ] {
        let ledger = dossier(name);
        let position = u64::try_from(ledger.len()).unwrap();
        let whole = Asked { readings: everybody(&ledger), terms: None, as_of: None, said_by: None, position };
        let compared = compare(&ledger, &whole);
        assert!(compared > 3 * everybody(&ledger).len(), "{name}: {compared}");
        let then = Some(moment(then));
        let earlier = Asked {
            readings: vec![According::Neutral, According::AcceptedByAll],
            terms: Some(According::Anyone),
            as_of: then,
            said_by: then,
            position: 3,
        };
        compare(&ledger, &earlier);
    }
}

fn cases() -> Config {
    let cases = std::env::var("HANDOVER_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(24);
    Config { cases, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn of_any_history(
        history in Scenario::new().moves(0..60).strategy(),
        time in proptest::option::of("2025-0[5-7]-[01][1-9]"),
        of_anyone: bool,
    ) {
        let mut ledger = Ledger::new();
        for entry in &history.entries {
            let _ = ledger.post(entry)?;
        }
        let mut readings = everybody(&ledger);
        readings.push(According::Neutral);
        let time = time.map(|text| moment(&text));
        for (as_of, said_by) in [(None, None), (time, None), (time, time)] {
            let terms = of_anyone.then_some(According::Anyone);
            compare(&ledger, &Asked { readings: readings.clone(), terms, as_of, said_by, position: 9 });
        }
    }
}

#[test]
fn of_an_empty_ledger_there_are_readings_and_no_rows() {
    let ledger = Ledger::new();
    let readings = vec![According::AcceptedByAll, According::Anyone];
    let asked = Asked { readings, terms: None, as_of: None, said_by: None, position: 0 };
    assert_eq!(compare(&ledger, &asked), 0);
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    // Without a party these two are what is read if nothing is asked for.
    write(&Projection::of(&ledger, 0, MADE_AT), &file);
    let connection = Connection::open(&file).unwrap();
    let named: Vec<Value> =
        rows(&connection, "readings").iter().map(|row| row["according_to"].clone()).collect();
    assert_eq!(named, ["all", "anyone"].map(|it| Value::Text(it.into())));
    assert_eq!(rows(&connection, "projection").len(), 1);
}

/// What nobody told is any number, and that is no nought in either column.
#[test]
fn a_range_without_an_end_has_none() {
    let ledger = dossier("seed-article.jsonl");
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    write(&Projection::of(&ledger, 1, MADE_AT), &file);
    let connection = Connection::open(&file).unwrap();
    let unlimited = |condition: &str| -> i64 {
        let query = format!("SELECT count(*) FROM legs WHERE passed_most IS NULL AND {condition}");
        connection.query_row(&query, [], |row| row.get(0)).unwrap()
    };
    assert!(unlimited("passed_label = 'silent' AND passed_least = 0 AND passed_text = 'any number'") > 0);
    assert_eq!(
        unlimited("passed_label = 'silent'"),
        unlimited("passed_label = 'silent' AND passed_least = 0")
    );
    let bounded = "SELECT count(*) FROM legs WHERE passed_least > passed_most OR passed_least IS NULL";
    assert_eq!(connection.query_row(bounded, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

/// Neither a reference to a person nor what was said in words is anywhere, and codes of units only if they were asked for.
#[test]
fn nobody_is_named() {
    let ledger = dossier("field-intake.jsonl");
    let persons: BTreeSet<String> = ledger
        .entries()
        .filter_map(|entry| match entry.what {
            What::Person(PersonEntry::Introduced(person)) => Some(person.id.to_string()),
            _ => None,
        })
        .collect();
    let units: BTreeSet<String> = ledger.units().map(|unit| unit.to_string()).collect();
    assert!(!persons.is_empty() && !units.is_empty());
    let directory = TempDir::new().unwrap();
    for with_codes in [false, true] {
        let file = directory.path().join(format!("{with_codes}.sqlite"));
        let projection = Projection::of(&ledger, 1, MADE_AT);
        write(&if with_codes { projection.with_unit_codes() } else { projection }, &file);
        let connection = Connection::open(&file).unwrap();
        let mut seen = BTreeSet::new();
        for table in tables(&connection) {
            for (column, value) in rows(&connection, &table).into_iter().flatten() {
                let Value::Text(text) = value else { continue };
                for part in text.split([' ', ':']) {
                    assert!(!persons.contains(part), "{table}.{column}: {text}");
                    if units.contains(part) {
                        seen.insert(part.to_owned());
                    }
                }
            }
        }
        assert_eq!(tables(&connection).contains(&"units".into()), with_codes);
        // Those that were divided or united are no units any more.
        let living = if with_codes { 1_000..=units.len() } else { 0..=0 };
        assert!(living.contains(&seen.len()), "{}", seen.len());
    }
}
