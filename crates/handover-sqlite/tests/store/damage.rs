//! A damaged file gives out what was recorded, or says what is wrong.

use std::fs;
use std::path::Path;

use handover_journal::{Journal, Position, Record};
use handover_sqlite::{OpenError, SqliteStore};

use crate::{filled, june, place, raw, read_after, record};

/// How the store found a file.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Sound,
    NotOpened,
    NotRead,
}

/// Opens, reads and checks a file that may be damaged. What is given out must be a beginning of what was recorded, all
/// of it unless there is an error, and the check must report what reading does.
fn examine(path: &Path, held: &[Record], what: &str) -> Found {
    let store = match SqliteStore::open(path) {
        Ok(store) => store,
        Err(why) => {
            assert!(why.to_string().len() > 30, "{what}: {why}");
            return Found::NotOpened;
        }
    };
    let title = store.title(&june());
    if let Ok(title) = &title {
        assert_eq!(title.as_deref(), Some("The exchanges of June"), "{what}");
    }
    let ended = match store.journal(&june()) {
        Ok(mut journal) => {
            let (found, ended) = read_after(&mut journal, Position::START);
            assert!(held.starts_with(&found), "{what}: other records than those that were appended");
            if ended.is_ok() {
                assert_eq!(found.len(), held.len(), "{what}: too few records, and no error");
                assert_eq!(journal.head().unwrap().number(), found.len() as u64, "{what}");
            }
            ended.map_err(|why| why.to_string())
        }
        Err(why) => Err(why.to_string()),
    };
    let checked = store.check();
    if ended.is_err() || title.is_err() {
        assert!(
            checked.as_ref().map_or(true, |lines| !lines.is_empty()),
            "{what}: {ended:?} is not found by the check"
        );
        Found::NotRead
    } else {
        Found::Sound
    }
}

/// Every so many bytes, or as the environment says: 1 tries all.
fn step(usual: usize) -> usize {
    std::env::var("HANDOVER_DAMAGE_STEP").ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

fn without_log(path: &Path) {
    for extension in ["handover-wal", "handover-shm"] {
        let _ = fs::remove_file(path.with_extension(extension));
    }
}

#[test]
fn a_flipped_byte_is_never_given_out() {
    let (_directory, path) = place();
    let held = filled(&path, 300);
    let sound = fs::read(&path).unwrap();
    let mut found = Vec::new();
    let places = (0..120.min(sound.len())).chain((120..sound.len()).step_by(step(97)));
    for place in places {
        for mask in [0x01, 0x80, 0xff] {
            let mut bytes = sound.clone();
            bytes[place] ^= mask;
            without_log(&path);
            fs::write(&path, &bytes).unwrap();
            found.push(examine(&path, &held, &format!("byte {place} with {mask:#04x}")));
        }
    }
    for way in [Found::Sound, Found::NotOpened, Found::NotRead] {
        assert!(found.contains(&way), "{way:?} among {} tries", found.len());
    }
}

#[test]
fn a_flipped_byte_in_a_payload_is_named_with_its_position() {
    let (_directory, path) = place();
    let held = filled(&path, 300);
    let mut bytes = fs::read(&path).unwrap();
    let wanted = held[199].payload().as_bytes();
    let place = bytes.windows(wanted.len()).position(|it| it == wanted).unwrap();
    bytes[place + 10] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let store = SqliteStore::open(&path).unwrap();
    let (found, ended) = read_after(&mut store.journal(&june()).unwrap(), Position::START);
    assert_eq!(found, held[..199]);
    let why = ended.unwrap_err().to_string();
    assert!(why.contains("position 200 of ledger `june`: it differs from its checksum"), "{why}");
    let checked = store.check().unwrap();
    assert!(checked.iter().any(|line| line.contains("position 200")), "{checked:?}");
}

/// One bad record does not hide the next.
#[test]
fn every_bad_record_is_named() {
    let (_directory, path) = place();
    let held = filled(&path, 300);
    tampered(
        &path,
        "UPDATE records SET payload = 'other' WHERE position IN (5, 6, 290);
         DELETE FROM records WHERE position IN (40, 50, 51, 52, 299, 300);
         UPDATE records SET position = 1000 WHERE position = 70;",
    );
    let mut given = Vec::new();
    let checked = SqliteStore::open(&path)
        .unwrap()
        .check_with(&mut |ledger, stored| {
            assert_eq!(ledger, "june");
            given.push(stored.position.number());
        })
        .unwrap();
    let record =
        |position: u64, what: &str| format!("the record at position {position} of ledger `june`{what}");
    let differs = ": it differs from its checksum";
    assert_eq!(
        checked,
        [
            record(5, differs),
            record(6, differs),
            record(40, " is missing"),
            "the records at positions 50 to 52 of ledger `june` are missing".to_owned(),
            record(70, " is missing"),
            record(290, differs),
            record(1000, ": expected none after the head 300, found it"),
            "the records at positions 299 to 300 of ledger `june` are missing".to_owned(),
        ]
    );
    let bad = [5, 6, 40, 50, 51, 52, 70, 290, 299, 300];
    let sound: Vec<u64> = (1..=300).filter(|position| !bad.contains(position)).collect();
    assert_eq!((given, held.len()), (sound, 300));
}

#[test]
fn of_many_bad_records_it_is_said_how_many_more_there_are() {
    let (_directory, path) = place();
    filled(&path, 300);
    tampered(&path, "UPDATE records SET version = 9");
    let checked = SqliteStore::open(&path).unwrap().check().unwrap();
    assert_eq!(checked.len(), 101);
    assert!(checked[99].contains("position 100"), "{checked:?}");
    assert_eq!(checked[100], "ledger `june`: 200 more are not sound");
}

#[test]
fn where_the_file_cannot_be_read_on_the_check_says_so() {
    let (_directory, path) = place();
    filled(&path, 300);
    let mut bytes = fs::read(&path).unwrap();
    let wanted = record(250).payload().to_owned();
    let place = bytes.windows(wanted.len()).position(|it| it == wanted.as_bytes()).unwrap();
    // The head of the page in which it stands.
    let page = place / 4096 * 4096;
    bytes[page..page + 8].fill(0xff);
    fs::write(&path, &bytes).unwrap();
    let checked = SqliteStore::open(&path).unwrap().check().unwrap();
    let last = checked.last().unwrap();
    assert!(last.starts_with("ledger `june`: nothing after position"), "{checked:?}");
    assert!(last.ends_with("could be looked at"), "{checked:?}");
}

#[test]
fn a_truncated_file_is_never_taken_for_a_whole_one() {
    let (_directory, path) = place();
    let held = filled(&path, 300);
    let sound = fs::read(&path).unwrap();
    let pages = (0..sound.len()).step_by(4096);
    let odd = (0..sound.len()).step_by(step(997));
    let first = 0..200.min(sound.len());
    for length in first.chain(pages).chain(odd) {
        without_log(&path);
        fs::write(&path, &sound[..length]).unwrap();
        let found = examine(&path, &held, &format!("cut to {length} bytes"));
        assert_ne!(found, Found::Sound, "cut to {length} bytes");
    }
}

/// Changes the file behind the triggers, as somebody with an SQLite tool may.
fn tampered(path: &Path, sql: &str) {
    let raw = raw(path);
    raw.pragma_update(None, "foreign_keys", 0).unwrap();
    let triggers: Vec<(String, String)> = raw
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (name, _) in &triggers {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    raw.execute_batch(sql).unwrap();
    for (_, trigger) in &triggers {
        raw.execute_batch(trigger).unwrap();
    }
}

#[test]
fn what_was_changed_from_outside_is_found() {
    for sql in [
        "UPDATE records SET payload = replace(payload, 'e-5', 'e-6') WHERE position = 6",
        "UPDATE records SET recorded_at = recorded_at + 1 WHERE position = 6",
        "UPDATE records SET recorded_by = 'day desk' WHERE position = 6",
        "UPDATE records SET version = 2 WHERE position = 6",
        "DELETE FROM records WHERE position = 6",
        "DELETE FROM records WHERE position = 1",
        "DELETE FROM records WHERE position = 9",
        "DELETE FROM records",
        "UPDATE records SET position = 10 WHERE position = 9",
        "UPDATE heads SET position = 8",
        "DELETE FROM heads",
        "DELETE FROM ledgers",
        "UPDATE ledgers SET name = 'july'",
        "UPDATE ledgers SET title = 'July'",
        "INSERT INTO records SELECT ledger, 10, recorded_at, recorded_by, version, payload, checksum FROM records \
         WHERE position = 9",
        "INSERT INTO records SELECT ledger, 0, recorded_at, recorded_by, version, payload, checksum FROM records \
         WHERE position = 9",
    ] {
        let (_directory, path) = place();
        let held = filled(&path, 9);
        tampered(&path, sql);
        let found = examine(&path, &held, sql);
        let checked = SqliteStore::open(&path).unwrap().check().unwrap();
        assert!(!checked.is_empty(), "{sql}: the check finds nothing");
        // What stands before the first is not read, and found by the check alone.
        assert_eq!(found == Found::Sound, sql.contains("ledger, 0,"), "{sql}");
    }
}

#[test]
fn a_schema_that_was_changed_is_found() {
    let (_directory, path) = place();
    filled(&path, 1);
    raw(&path).execute_batch("DROP TRIGGER records_are_not_removed").unwrap();
    let refused = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(refused, OpenError::Store { .. }));
    assert!(refused.to_string().contains("the trigger `records_are_not_removed` is missing"), "{refused}");
}

#[test]
fn views_of_others_are_left_alone() {
    let (_directory, path) = place();
    let held = filled(&path, 3);
    raw(&path).execute_batch("CREATE VIEW mine AS SELECT count(*) AS n FROM entries").unwrap();
    assert_eq!(examine(&path, &held, "a view"), Found::Sound);
}
