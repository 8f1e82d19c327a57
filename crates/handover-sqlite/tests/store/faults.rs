//! Files that are not opened, and files that are held.

use std::fs;
use std::ops::ControlFlow;
use std::time::Duration;

use handover_journal::{AppendError, Journal, Position};
use handover_sqlite::{Error, OpenError, Options, SqliteStore};

use crate::{filled, june, place, raw, read, record, records};

#[test]
fn a_file_that_is_there_is_not_made_anew() {
    let (_directory, path) = place();
    let held = filled(&path, 2);
    let refused = SqliteStore::create(&path).unwrap_err();
    assert!(matches!(refused, OpenError::Exists(_)), "{refused}");
    assert_eq!(read(&mut SqliteStore::open(&path).unwrap().journal(&june()).unwrap()), held);
}

#[test]
fn a_file_that_is_not_there_is_not_made_by_opening() {
    let (_directory, path) = place();
    let refused = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(refused, OpenError::NotFound(_)), "{refused}");
    assert!(refused.to_string().contains("create it first"), "{refused}");
    assert!(!path.exists());
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    let (directory, file) = place();
    fs::write(&file, "a file").unwrap();
    for path in [directory.path().join("none").join("june"), file.join("june")] {
        let refused = SqliteStore::create(&path).unwrap_err();
        assert!(matches!(refused, OpenError::Unreachable { .. }), "{refused}");
        assert!(refused.to_string().contains("check that its directory exists"), "{refused}");
    }
    let refused = SqliteStore::open(directory.path()).unwrap_err();
    assert!(matches!(refused, OpenError::Unreachable { .. }), "{refused}");
}

#[test]
fn a_file_that_is_no_sqlite_file_is_refused() {
    let (_directory, path) = place();
    for content in ["short", "a text that is long enough to be looked at, and that is no SQLite file"] {
        fs::write(&path, content).unwrap();
        let refused = SqliteStore::open(&path).unwrap_err();
        assert!(matches!(refused, OpenError::NotSqlite(_)), "{refused}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

/// What is left where making a file is stopped: between any two of its steps.
#[test]
fn a_file_that_was_never_finished_is_told_and_left_as_it_is() {
    let (_directory, path) = place();
    let begun = [
        "",
        "PRAGMA journal_mode = wal",
        "PRAGMA journal_mode = wal; BEGIN IMMEDIATE; CREATE TABLE half (x); INSERT INTO half VALUES (1)",
    ];
    for sql in begun {
        if sql.is_empty() {
            fs::write(&path, "").unwrap();
        } else {
            // Dropped without the end of its transaction, as by the end of its process.
            raw(&path).execute_batch(sql).unwrap();
        }
        let refused = SqliteStore::open(&path).unwrap_err();
        assert!(matches!(refused, OpenError::Unfinished(_)), "{sql}: {refused}");
        assert!(refused.to_string().contains("remove it and create it again"), "{refused}");
        let refused = SqliteStore::create(&path).unwrap_err();
        assert!(matches!(refused, OpenError::Exists(_)), "{sql}: {refused}");
        fs::remove_file(&path).unwrap();
        SqliteStore::create(&path).unwrap();
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_file_of_another_program_is_refused_and_left_as_it_is() {
    let (_directory, path) = place();
    raw(&path).execute_batch("CREATE TABLE theirs (x); PRAGMA application_id = 7").unwrap();
    let before = fs::read(&path).unwrap();
    let refused = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(refused, OpenError::NotOurs { found: 7, .. }), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_newer_schema_is_refused() {
    let (_directory, path) = place();
    filled(&path, 1);
    raw(&path).pragma_update(None, "user_version", 2).unwrap();
    let refused = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(refused, OpenError::NewerSchema { found: 2, known: 1, .. }), "{refused}");
    assert!(refused.to_string().contains(&*path.to_string_lossy()), "{refused}");
    assert!(refused.to_string().contains("use a newer version"), "{refused}");
}

#[test]
fn a_file_that_is_held_is_waited_for_and_then_refused() {
    let (_directory, path) = place();
    let held = filled(&path, 2);
    let mut options = Options::default();
    options.busy_timeout = Duration::from_millis(30);
    let store = SqliteStore::open_with(&path, options).unwrap();
    let mut journal = store.journal(&june()).unwrap();
    let other = raw(&path);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = journal.append(Position::new(2), &[record(2)]).unwrap_err();
    assert!(matches!(refused, AppendError::Failed(Error::Busy)), "{refused}");
    assert!(refused.to_string().contains("try again"), "{refused}");
    // Reading does not wait for whoever writes, and neither does opening.
    assert_eq!(read(&mut journal), held);
    assert_eq!(read(&mut store.journal(&june()).unwrap()), held);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(journal.append(Position::new(2), &[record(2)]).unwrap(), Position::new(3));
    assert_eq!(read(&mut journal), records(0, 3));
}

/// Whoever may only read changes no byte, reads what others write meanwhile, and can take a copy.
#[test]
fn a_file_that_is_only_read_is_left_as_it_is() {
    let (directory, path) = place();
    let held = filled(&path, 2);
    let mut options = Options::default();
    options.read_only = true;
    let before = fs::read(&path).unwrap();
    let store = SqliteStore::open_with(&path, options.clone()).unwrap();
    let mut journal = store.journal(&june()).unwrap();
    assert_eq!(read(&mut journal), held);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let refused = journal.append(Position::new(2), &[record(2)]).unwrap_err();
    assert!(matches!(refused, AppendError::Failed(Error::ReadOnly)), "{refused}");
    let refused = journal.append(Position::new(1), &[record(2)]).unwrap_err();
    assert!(matches!(refused, AppendError::Conflict { .. }), "{refused}");
    assert!(matches!(store.entitle(&june(), "Other"), Ok(false)));
    assert!(matches!(store.entitle(&"july".parse().unwrap(), "Other"), Err(Error::ReadOnly)));
    assert_eq!(fs::read(&path).unwrap(), before);

    let writer = SqliteStore::open(&path).unwrap();
    writer.journal(&june()).unwrap().append(Position::new(2), &[record(2)]).unwrap();
    assert_eq!(read(&mut journal), records(0, 3));
    let copy = directory.path().join("copy");
    assert_eq!(store.back_up(&copy, &mut |_| ControlFlow::Continue(())).unwrap().records, 3);

    // What is not there is not made by reading, and nor is a schema.
    let refused = SqliteStore::open_with(directory.path().join("none"), options.clone()).unwrap_err();
    assert!(matches!(refused, OpenError::NotFound(_)), "{refused}");
    let refused = SqliteStore::create_with(&path, options.clone()).unwrap_err();
    assert!(matches!(refused, OpenError::Exists(_)), "{refused}");
    let made = SqliteStore::create_with(directory.path().join("made"), options).unwrap();
    assert_eq!(read(&mut made.journal(&june()).unwrap()), []);
}
