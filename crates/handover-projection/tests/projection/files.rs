//! A file is replaced as a whole or not at all, and only if it may be.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use handover::reading::According;
use handover_projection::{APPLICATION_ID, FORMAT, Overwrite, Projection, ProjectionError, Step};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{MADE_AT, dossier, onwards, rows, write};

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(directory).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn stopped_after_any_view_it_leaves_what_was_there() {
    let ledger = dossier("seed-article.jsonl");
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    let projection = Projection::of(&ledger, 7, MADE_AT);
    let mut of = 0;
    for former in [None, Some(1)] {
        if former.is_some() {
            write(&Projection::of(&ledger, 1, MADE_AT), &file);
        }
        let before = fs::read(&file).ok();
        let mut last = 1;
        for at in [1, 2, 17, u64::MAX] {
            let mut watch = |step: Step| {
                of = step.of;
                assert!(step.done <= step.of);
                last = step.done;
                // At the latest after the very last view.
                if step.done >= at.min(step.of) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let why = projection.write(&file, Overwrite::Projection, &mut watch).unwrap_err();
            assert!(matches!(why, ProjectionError::Stopped), "{why}");
            assert_eq!(fs::read(&file).ok(), before);
            assert_eq!(names(directory.path()).len(), usize::from(before.is_some()), "nothing half is left");
        }
        assert_eq!(last, of, "it came to the last view");
    }
}

#[test]
fn a_projection_takes_the_place_of_the_former_one_and_who_reads_that_reads_on() {
    let ledger = dossier("seed-article.jsonl");
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    write(&Projection::of(&ledger, 1, MADE_AT).entitled("Of June"), &file);
    let reader = Connection::open(&file).unwrap();
    let position = |connection: &Connection| rows(connection, "projection")[0]["position"].clone();
    let former = position(&reader);
    #[cfg(unix)]
    let inode = {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        fs::metadata(&file).unwrap().ino()
    };
    write(&Projection::of(&ledger, 2, MADE_AT), &file);
    assert_eq!(position(&reader), former);
    assert_ne!(position(&Connection::open(&file).unwrap()), former);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let about = fs::metadata(&file).unwrap();
        assert_ne!(about.ino(), inode);
        assert_eq!(about.permissions().mode() & 0o777, 0o640, "whoever could read it can still");
    }
    assert_eq!(names(directory.path()), ["tables.sqlite"]);
}

#[test]
fn a_file_says_what_it_is() {
    let ledger = dossier("seed-article.jsonl");
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    write(&Projection::of(&ledger, 27, MADE_AT).entitled("Of June"), &file);
    let connection = Connection::open(&file).unwrap();
    let pragma = |name: &str| -> i32 { connection.pragma_query_value(None, name, |row| row.get(0)).unwrap() };
    assert_eq!((pragma("application_id"), pragma("user_version")), (APPLICATION_ID, FORMAT));
    let said: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(said, "ok");
    let about: (i32, i64, String, Option<String>, bool, String) = connection
        .query_row("SELECT format, position, title, as_of, unit_codes, made_at FROM projection", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })
        .unwrap();
    assert_eq!(about, (FORMAT, 27, "Of June".into(), None, false, "2025-06-15T15:06:40Z".into()));
}

#[test]
fn what_is_no_projection_is_replaced_only_if_that_is_allowed() {
    let ledger = dossier("seed-article.jsonl");
    let directory = TempDir::new().unwrap();
    let projection = Projection::of(&ledger, 1, MADE_AT);
    let other = directory.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE kept (it)").unwrap();
    let text = directory.path().join("notes.txt");
    fs::write(&text, "what somebody wrote").unwrap();
    let empty = directory.path().join("empty");
    fs::write(&empty, "").unwrap();
    for file in [&other, &text, &empty] {
        let before = fs::read(file).unwrap();
        let why = projection.write(file, Overwrite::Projection, &mut onwards).unwrap_err();
        assert!(
            matches!(&why, ProjectionError::NoProjection(path) if path.ends_with(file.file_name().unwrap())),
            "{why}"
        );
        assert_eq!(fs::read(file).unwrap(), before);
        projection.write(file, Overwrite::AnythingButALedger, &mut onwards).unwrap();
        write(&projection, file);
    }
    assert_eq!(names(directory.path()).len(), 3);
}

#[test]
fn a_ledger_is_never_replaced() {
    let ledger = dossier("seed-article.jsonl");
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("office.sqlite");
    let kept = Connection::open(&file).unwrap();
    kept.execute_batch("PRAGMA application_id = 0x484E444F; CREATE TABLE records (it)").unwrap();
    drop(kept);
    let before = fs::read(&file).unwrap();
    for overwrite in [Overwrite::Projection, Overwrite::AnythingButALedger] {
        let why = Projection::of(&ledger, 1, MADE_AT).write(&file, overwrite, &mut onwards).unwrap_err();
        assert!(matches!(why, ProjectionError::KeepsALedger(_)), "{why}");
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}

/// A rollback journal beside a file belongs to it: read with another file, it would be rolled back into that.
#[test]
fn a_file_that_somebody_writes_to_is_not_replaced() {
    let ledger = dossier("seed-article.jsonl");
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    write(&Projection::of(&ledger, 1, MADE_AT), &file);
    let projection = Projection::of(&ledger, 2, MADE_AT);
    for mode in ["DELETE", "WAL"] {
        let writer = Connection::open(&file).unwrap();
        writer.pragma_update(None, "journal_mode", mode).unwrap();
        writer
            .execute_batch(
                "CREATE TABLE IF NOT EXISTS added (it); BEGIN IMMEDIATE; INSERT INTO added VALUES (1)",
            )
            .unwrap();
        for overwrite in [Overwrite::Projection, Overwrite::AnythingButALedger] {
            let why = projection.write(&file, overwrite, &mut onwards).unwrap_err();
            assert!(matches!(why, ProjectionError::InUse(_)), "{mode}: {why}");
        }
        writer.execute_batch("ROLLBACK").unwrap();
    }
    write(&projection, &file);
}

#[test]
fn what_cannot_be_asked_or_written_is_told_and_leaves_nothing() {
    let ledger = dossier("seed-article.jsonl");
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    let nobody = According::To("nobody".parse().unwrap());
    for projection in [
        Projection::of(&ledger, 1, MADE_AT).according_to(nobody),
        Projection::of(&ledger, 1, MADE_AT).terms_of(nobody),
    ] {
        let why = projection.write(&file, Overwrite::Projection, &mut onwards).unwrap_err();
        assert!(matches!(why, ProjectionError::Refused(_)), "{why}");
    }
    let nowhere = directory.path().join("no-such/tables.sqlite");
    let why =
        Projection::of(&ledger, 1, MADE_AT).write(&nowhere, Overwrite::Projection, &mut onwards).unwrap_err();
    assert!(matches!(why, ProjectionError::Io { .. }), "{why}");
    assert!(names(directory.path()).is_empty());
}
