//! What a ledger comes to, as tables: they say what the report says, and a file is replaced as a whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::kept::ledger;
use crate::{failed, field_intake, istanbul, printed};

/// A ledger with a dossier in it, and where its tables are to be.
fn kept(directory: &TempDir, dossier: &str) -> (String, String) {
    let ledger = ledger(directory);
    printed(&["import", "--ledger", &ledger, dossier]);
    (ledger, directory.path().join("tables.sqlite").to_string_lossy().into_owned())
}

fn asked(file: &str, query: &str) -> Vec<Vec<Value>> {
    let connection = Connection::open(file).unwrap();
    let mut statement = connection.prepare(query).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect()).unwrap();
    rows.map(Result::unwrap).collect()
}

fn text(value: &Json) -> Value {
    value.as_str().map_or(Value::Null, |text| Value::Text(text.to_owned()))
}

fn end(value: &Json) -> Value {
    value.as_i64().map_or(Value::Null, Value::Integer)
}

/// The queries of the section on SQL in the manual of whoever runs it.
fn documented() -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations.md");
    let page = fs::read_to_string(page).unwrap();
    let section = page.split("\n## Asking with SQL\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    section.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_documented_queries_say_what_the_report_says() {
    let directory = TempDir::new().unwrap();
    let (ledger, tables) = kept(&directory, &istanbul());
    let told = printed(&["project", "--ledger", &ledger, &tables]);
    assert!(told.contains("4 readings") && !told.contains("single units"), "{told}");
    let report = printed(&["report", "--ledger", &ledger, "--format", "json"]);
    let report: Json = serde_json::from_str(&report).unwrap();
    let [outstanding, at_odds] = documented().try_into().unwrap();

    let by_all = |taken: &Json| {
        let taken = taken.as_array().unwrap();
        taken.iter().find(|it| it["according-to"] == "all").unwrap()["taken"].clone()
    };
    let mut expected: Vec<Vec<Value>> = Vec::new();
    for obligation in report["obligations"].as_array().unwrap() {
        let stands = by_all(&obligation["stands"]);
        let mut row: Vec<Value> =
            ["obligation", "debtor", "creditor", "unit"].iter().map(|it| text(&obligation[*it])).collect();
        row.extend([end(&stands["outstanding"]["lo"]), end(&stands["outstanding"]["hi"])]);
        row.push(text(&stands["verdict"]));
        expected.push(row);
    }
    expected.sort_by_key(|row| format!("{:?}", row[0]));
    let mut found = asked(&tables, &outstanding);
    // The report says a number in words only where it is shown.
    for row in &mut found {
        row.remove(4);
    }
    assert_eq!(found, expected);
    assert!(!expected.is_empty());

    for row in asked(&tables, &at_odds) {
        let [_, Value::Text(one), _, Value::Text(other), _] = row.as_slice() else { panic!("{row:?}") };
        assert!(one < other && !["all", "anyone"].contains(&one.as_str()), "{row:?}");
    }
}

#[test]
fn one_reading_as_of_a_day_and_as_it_was_known() {
    let directory = TempDir::new().unwrap();
    let (ledger, tables) = kept(&directory, &field_intake());
    let told = printed(&[
        "project",
        "--ledger",
        &ledger,
        &tables,
        "--according-to",
        "anyone",
        "--as-of",
        "2025-06-13",
        "--said-by",
        "2025-06-14",
        "--unit-codes",
        "--known-at",
        "900",
    ]);
    assert!(
        told.contains("1 readings of the ledger up to position 900") && told.contains("single units"),
        "{told}"
    );
    let readings = asked(&tables, "SELECT according_to, terms_of FROM readings");
    assert_eq!(readings, [["anyone", "anyone"].map(|it| Value::Text(it.into()))]);
    let about = asked(&tables, "SELECT position, as_of, said_by, unit_codes FROM projection");
    let [Value::Integer(900), Value::Text(as_of), Value::Text(said_by), Value::Integer(1)] = &about[0][..]
    else {
        panic!("{about:?}")
    };
    assert!(as_of.starts_with("2025-06-13T") && said_by.starts_with("2025-06-14T"), "{about:?}");
    let at = asked(&tables, "SELECT count(*) FROM units WHERE position != 900 OR as_of IS NULL");
    assert_eq!(at, [[Value::Integer(0)]]);
}

#[test]
fn what_may_not_be_replaced_is_told_and_is_as_it_was() {
    let directory = TempDir::new().unwrap();
    let (ledger, tables) = kept(&directory, &istanbul());
    fs::write(&tables, "what somebody wrote").unwrap();
    let (code, told) = failed(&["project", "--ledger", &ledger, &tables], "");
    assert!(code == 4 && told.contains("--force"), "{told}");
    assert_eq!(fs::read(&tables).unwrap(), b"what somebody wrote");
    printed(&["project", "--ledger", &ledger, &tables, "--force"]);
    printed(&["project", "--ledger", &ledger, &tables]);

    let before = fs::read(&ledger).unwrap();
    for force in [&[][..], &["--force"]] {
        let (code, told) = failed(&[&["project", "--ledger", &ledger, &ledger], force].concat(), "");
        assert!(code == 4 && told.contains("expected a projection or nothing"), "{told}");
    }
    assert!(fs::read(&ledger).unwrap() == before);
    printed(&["check", "--ledger", &ledger]);

    let (code, told) = failed(&["project", "--ledger", &ledger, &tables, "--according-to", "nobody"], "");
    assert!(code == 2 && told.contains("`nobody`"), "{told}");
}

/// At whichever moment: 130 means that the former one is there, 0 that the new one is, and nothing lies about.
#[cfg(unix)]
#[test]
fn interrupted_at_any_moment_it_is_the_former_one_or_the_new_one() {
    use std::process::{Command, Stdio};
    use std::thread;
    use std::time::Instant;

    let directory = TempDir::new().unwrap();
    let (ledger, tables) = kept(&directory, &field_intake());
    printed(&["project", "--ledger", &ledger, &tables, "--known-at", "1"]);
    let begun = Instant::now();
    printed(&["project", "--ledger", &ledger, &tables, "--known-at", "2"]);
    let all = [&["project", "--ledger", &ledger, &tables][..], &["--according-to", "anyone", "--known-at"]]
        .concat();
    printed(&[&all[..], &["1"]].concat());
    let shortest = begun.elapsed();
    let mut interrupted = 0;
    for round in 0..8_u32 {
        let former = asked(&tables, "SELECT position FROM projection");
        let child = Command::new(crate::handover(&[]).get_program())
            .args(["project", "--ledger", &ledger, &tables])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        thread::sleep(shortest / 4 * (round + 1));
        // It may have ended.
        let _ = Command::new("sh").args(["-c", r#"kill -INT "$0""#, &child.id().to_string()]).output();
        let ended = child.wait_with_output().unwrap();
        let told = String::from_utf8(ended.stderr).unwrap();
        let position = asked(&tables, "SELECT position FROM projection");
        match ended.status.code() {
            Some(0) => assert_ne!(position, [[Value::Integer(1)]], "{told}"),
            // A signal that came before it listened.
            None => assert_eq!(position, former),
            code => {
                assert_eq!(code, Some(130), "{told}");
                assert!(told.contains("interrupted: nothing was written"), "{told}");
                assert_eq!(position, former);
                interrupted += 1;
            }
        }
        let names: Vec<PathBuf> =
            fs::read_dir(directory.path()).unwrap().map(|it| it.unwrap().path()).collect();
        assert!(names.iter().all(|name| !name.to_string_lossy().contains(".new")), "{names:?}");
        assert_eq!(asked(&tables, "PRAGMA integrity_check"), [[Value::Text("ok".into())]]);
    }
    assert!(interrupted > 0, "no round was interrupted");
}
