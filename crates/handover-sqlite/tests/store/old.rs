//! Files of every version of the schema that ever was, opened by this one.

use std::fs;
use std::path::{Path, PathBuf};

use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
use handover_sqlite::{OpenError, SqliteStore};

use crate::{june, place, raw, read, record};

/// Set for whoever adds a version: the file of the newest version is written then, if it is not there.
const WRITE: &str = "HANDOVER_WRITE_OLD_FILES";

fn kept(version: i32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/store/old/v{version}.sqlite"))
}

/// The version of the schema that is written now.
fn newest() -> i32 {
    let (_directory, path) = place();
    SqliteStore::create(&path).unwrap();
    raw(&path).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

fn exercise() -> LedgerId {
    LedgerId::new("exercise").unwrap()
}

/// What the files hold, and are expected to hold for ever. Never changed: a new version may be given more.
fn held() -> [(LedgerId, Option<&'static str>, Vec<Record>); 2] {
    let recorded = |at: i64, by: &str, version: u16, payload: &str| {
        Record::new(Timestamp::from_micros(at), Recorder::new(by).unwrap(), version, payload).unwrap()
    };
    let party = |number: i64| {
        let payload = format!(
            r#"{{"id":"p-{number}","by":"keeper","said":"2025-06-02","what":{{"party":{{"introduced":{{"id":"p-{number}","name":"Party {number}"}}}}}}}}"#
        );
        recorded(1_750_000_000_000_000 + number, "night desk", 1, &payload)
    };
    let long = format!(r#"{{"id":"long","note":"{}"}}"#, "слово за слово ".repeat(400));
    let odd = vec![
        recorded(-1, "Черговий 2", 1, r#"{"id":"e-1"}"#),
        recorded(i64::MAX, "x", u16::MAX, "no JSON, and three lines\n\u{1f}\u{10ffff}\n"),
        recorded(i64::MIN, "y", 0, ""),
        recorded(0, "z", 1, &long),
    ];
    [(june(), Some("Червень 2025"), (0..40).map(party).collect()), (exercise(), None, odd)]
}

fn write(path: &Path) {
    let store = SqliteStore::create(path).unwrap();
    for (ledger, title, records) in held() {
        if let Some(title) = title {
            store.entitle(&ledger, title).unwrap();
        }
        let mut journal = store.journal(&ledger).unwrap();
        let (first, rest) = records.split_at(1);
        journal.append(Position::START, first).unwrap();
        journal.append(Position::new(1), rest).unwrap();
    }
}

/// The file of a version, copied to where it may be changed.
fn copied(version: i32, to: &Path) {
    fs::write(to, fs::read(kept(version)).unwrap()).unwrap();
}

#[test]
fn every_version_has_a_file() {
    let newest = newest();
    if std::env::var_os(WRITE).is_some() && !kept(newest).exists() {
        write(&kept(newest));
    }
    for version in 1..=newest {
        let path = kept(version);
        let why = format!("{}: with {WRITE}=1 this test writes that of the newest version", path.display());
        assert!(path.exists(), "{why}");
        // Looked at without SQLite, which would put a log beside it: the version stands at this place of the header.
        let found = fs::read(&path).unwrap()[60..64].try_into().unwrap();
        assert_eq!(i32::from_be_bytes(found), version, "the file of a version stays in it");
    }
}

#[test]
fn a_file_of_every_version_is_opened_and_holds_what_it_held() {
    for version in 1..=newest() {
        let (_directory, path) = place();
        copied(version, &path);
        let store = SqliteStore::open(&path).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "version {version}");
        assert_eq!(store.ledgers().unwrap(), [exercise(), june()], "version {version}");
        for (ledger, title, records) in held() {
            assert_eq!(store.title(&ledger).unwrap().as_deref(), title, "version {version}");
            let mut journal = store.journal(&ledger).unwrap();
            assert_eq!(read(&mut journal), records, "version {version}, {ledger}");
            // And it goes on.
            let head = Position::new(records.len() as u64);
            assert_eq!(journal.append(head, &[record(7)]).unwrap(), head.next(), "version {version}");
        }
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "version {version}");
        let now: i32 = raw(&path).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(now, newest(), "version {version} is brought to the newest");
    }
}

/// The views are the contract with whoever reads a file by other tools.
#[test]
fn the_views_of_a_file_of_every_version_answer() {
    for version in 1..=newest() {
        let (_directory, path) = place();
        copied(version, &path);
        drop(SqliteStore::open(&path).unwrap().journal(&june()).unwrap());
        let raw = raw(&path);
        let one = |sql: &str| raw.query_row(sql, [], |row| row.get::<_, Option<String>>(0)).unwrap();
        let some = |text: &str| Some(text.to_owned());
        let entry = "FROM entries WHERE ledger = 'june' AND position = 40";
        assert_eq!(one(&format!("SELECT entry {entry}")), some("p-39"));
        assert_eq!(one(&format!("SELECT concept {entry}")), some("party"));
        assert_eq!(one(&format!("SELECT recorded_at {entry}")), some("2025-06-15T15:06:40.000039Z"));
        assert_eq!(one("SELECT title FROM overview WHERE ledger = 'june'"), some("Червень 2025"));
        assert_eq!(one("SELECT CAST(records AS TEXT) FROM overview WHERE title IS NULL"), some("4"));
    }
}

#[test]
fn a_file_of_a_version_to_come_is_refused_and_left_as_it_is() {
    let (_directory, path) = place();
    let next = newest() + 1;
    copied(newest(), &path);
    raw(&path).pragma_update(None, "user_version", next).unwrap();
    let before = fs::read(&path).unwrap();
    let refused = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(refused, OpenError::NewerSchema { found, .. } if found == next), "{refused}");
    assert!(refused.to_string().contains("use a newer version of this program"), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
}
