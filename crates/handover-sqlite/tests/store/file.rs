//! The file itself: how it is kept, and what others see in it.

use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
use handover_sqlite::{OpenError, SqliteStore, schema};

use crate::{filled, june, place, raw, read, record};

#[test]
fn a_title_is_set_once() {
    let (_directory, path) = place();
    let store = SqliteStore::create(&path).unwrap();
    let mut journal = store.journal(&june()).unwrap();
    journal.append(Position::START, &[record(0)]).unwrap();
    assert_eq!(store.title(&june()).unwrap(), None);
    assert!(store.entitle(&june(), "June").unwrap());
    assert!(!store.entitle(&june(), "July").unwrap());
    assert!(!store.entitle(&june(), "June").unwrap());
    assert_eq!(SqliteStore::open(&path).unwrap().title(&june()).unwrap().as_deref(), Some("June"));
    assert_eq!(store.title(&LedgerId::new("july").unwrap()).unwrap(), None);
    journal.append(Position::new(1), &[record(1)]).unwrap();
    assert_eq!(read(&mut journal).len(), 2);
}

#[test]
fn the_file_is_marked_and_written_ahead() {
    let (_directory, path) = place();
    filled(&path, 1);
    let raw = raw(&path);
    let pragma = |name| raw.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).unwrap();
    assert_eq!((pragma("application_id"), pragma("user_version")), (schema::APPLICATION_ID, 1));
    let mode: String = raw.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_file_that_cannot_be_written_ahead_is_not_opened() {
    let (_directory, path) = place();
    filled(&path, 1);
    // Another program holds it in a mode without shared memory.
    let other = raw(&path);
    let mode: String =
        other.pragma_update_and_check(None, "journal_mode", "delete", |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
    other.execute_batch("BEGIN; SELECT * FROM ledgers").unwrap();
    let mut options = handover_sqlite::Options::default();
    options.busy_timeout = std::time::Duration::from_millis(20);
    let refused = SqliteStore::open_with(&path, options).unwrap_err();
    assert!(matches!(refused, OpenError::Setting { .. } | OpenError::Store { .. }), "{refused}");
    drop(other);
    // Left alone, it is put right.
    assert_eq!(read(&mut SqliteStore::open(&path).unwrap().journal(&june()).unwrap()).len(), 1);
}

#[test]
fn the_views_answer() {
    let (_directory, path) = place();
    filled(&path, 3);
    let early =
        Record::new(Timestamp::from_micros(-1), Recorder::new("importer").unwrap(), 7, "no JSON").unwrap();
    let store = SqliteStore::open(&path).unwrap();
    store.journal(&june()).unwrap().append(Position::new(3), &[early]).unwrap();
    let raw = raw(&path);
    let texts = |sql: &str| -> Vec<Option<String>> {
        let mut statement = raw.prepare(sql).unwrap();
        let columns = statement.column_count();
        statement.query_row([], |row| (0..columns).map(|it| row.get(it)).collect()).unwrap()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        texts(
            "SELECT ledger, recorded_at, recorded_by, entry, said_by, said_on, concept, payload FROM entries \
             WHERE position = 3"
        ),
        [
            some("june"),
            some("2025-06-15T15:06:40.000002Z"),
            some("night desk"),
            some("e-2"),
            some("keeper"),
            some("2025-06-02"),
            some("claim"),
            some(record(2).payload()),
        ]
    );
    assert_eq!(
        texts(
            "SELECT recorded_at, entry, said_by, said_on, concept, payload FROM entries WHERE position = 4"
        ),
        [some("1969-12-31T23:59:59.999999Z"), None, None, None, None, some("no JSON")]
    );
    assert_eq!(
        texts("SELECT ledger, title, CAST(records AS TEXT) FROM overview"),
        [some("june"), some("The exchanges of June"), some("4")]
    );
}

#[test]
fn what_was_recorded_is_not_changed_from_outside() {
    let (_directory, path) = place();
    let held = filled(&path, 3);
    let raw = raw(&path);
    for sql in [
        "UPDATE records SET payload = 'other'",
        "DELETE FROM records WHERE position = 3",
        "UPDATE heads SET position = 2",
        "DELETE FROM heads",
        "UPDATE ledgers SET title = 'other'",
        "UPDATE ledgers SET name = 'other'",
        "DELETE FROM ledgers",
    ] {
        let refused = raw.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("never"), "{sql}: {refused}");
    }
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(read(&mut store.journal(&june()).unwrap()), held);
}

/// Every column as the documentation has it: where, name and type.
fn documented() -> Vec<(String, String, String)> {
    let text = include_str!("../../src/schema.md");
    let mut found: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<_> =
                line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
            (cells[1].clone(), cells[2].clone(), cells[3].clone())
        })
        .collect();
    found.sort();
    found
}

#[test]
fn the_documented_schema_is_that_of_the_file() {
    let (_directory, path) = place();
    filled(&path, 1);
    let raw = raw(&path);
    let mut statement = raw
        .prepare(
            "SELECT t.name, c.name, c.type FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c \
             WHERE t.type IN ('table', 'view')",
        )
        .unwrap();
    let mut found: Vec<(String, String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    found.sort();
    // A column of a view has a type only where it is a column of a table.
    let mut documented = documented();
    for (was, is) in documented.iter_mut().zip(&found) {
        if matches!(was.0.as_str(), "entries" | "overview") && matches!(is.2.as_str(), "" | "BLOB") {
            was.2.clone_from(&is.2);
        }
    }
    assert_eq!(found, documented);
}
