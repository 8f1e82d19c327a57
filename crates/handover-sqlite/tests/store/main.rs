//! What the store does, and what it does when the file is damaged, full or held.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on fails"
)]

mod back_up;
mod cut_short;
mod damage;
mod faults;
mod file;
mod journal;
mod load;
mod old;
mod room;
mod synced;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
use handover_sqlite::{Error, SqliteJournal, SqliteStore};
use rusqlite::Connection;
use tempfile::TempDir;

/// A directory of its own with a path for a file in it.
fn place() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("june.handover");
    (directory, path)
}

fn june() -> LedgerId {
    LedgerId::new("june").unwrap()
}

fn record(number: u64) -> Record {
    let at = Timestamp::from_micros(1_750_000_000_000_000 + i64::try_from(number).unwrap());
    let payload = format!(
        r#"{{"id":"e-{number}","by":"keeper","said":"2025-06-02","what":{{"claim":{{"n":{number}}}}}}}"#
    );
    Record::new(at, Recorder::new("night desk").unwrap(), 1, payload).unwrap()
}

fn records(from: u64, until: u64) -> Vec<Record> {
    (from..until).map(record).collect()
}

/// What is read after a position, as it could be appended, and how reading ended.
fn read_after(journal: &mut SqliteJournal, after: Position) -> (Vec<Record>, Result<(), Error>) {
    let mut found = Vec::new();
    let mut last = after;
    let ended = journal.read(after, &mut |it| {
        assert_eq!(it.position, last.next());
        last = it.position;
        let by = Recorder::new(it.recorded_by).unwrap();
        found.push(Record::new(it.recorded_at, by, it.version, it.payload).unwrap());
        ControlFlow::Continue(())
    });
    (found, ended)
}

fn read(journal: &mut SqliteJournal) -> Vec<Record> {
    let (found, ended) = read_after(journal, Position::START);
    ended.unwrap();
    found
}

/// A file with records in the ledger `june`, closed: all is in the one file.
fn filled(path: &Path, count: u64) -> Vec<Record> {
    let held = records(0, count);
    let store = SqliteStore::create(path).unwrap();
    store.entitle(&june(), "The exchanges of June").unwrap();
    store.journal(&june()).unwrap().append(Position::START, &held).unwrap();
    assert!(!path.with_extension("handover-wal").exists());
    held
}

/// The file as any other program sees it.
fn raw(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}
