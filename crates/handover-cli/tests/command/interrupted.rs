//! An import or a backup that is interrupted as people interrupt it, by a signal: nothing of it is done, and that is said.

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::Duration;

use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
use handover_sqlite::SqliteStore;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::kept::{exported, ledger, parties};
use crate::{handover, printed};

fn begun(ledger: &str, dossier: &str) -> Child {
    begun_as(&["import", "--ledger", ledger, dossier])
}

fn begun_as(arguments: &[&str]) -> Child {
    Command::new(handover(&[]).get_program())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn interrupt(child: &Child) {
    let sent = Command::new("sh").args(["-c", r#"kill -INT "$0""#, &child.id().to_string()]).output();
    assert!(sent.unwrap().status.success());
}

/// How it ended, and what it said on the standard error. What it reads is held open until then.
fn ended(mut child: Child, input: Option<ChildStdin>) -> (Option<i32>, String) {
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    let code = child.wait().unwrap().code();
    drop(input);
    (code, told)
}

fn nothing_was_recorded(code: Option<i32>, told: &str) {
    assert_eq!(code, Some(130), "{told}");
    assert!(told.contains("interrupted: nothing was recorded"), "{told}");
}

#[test]
fn while_it_reads() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let mut child = begun(&ledger, "-");
    // More than a pipe holds: once it is written, some of it was read.
    let mut input = child.stdin.take().unwrap();
    let dossier = parties("p", 5_000);
    input.write_all(dossier.get(..400_000).unwrap().as_bytes()).unwrap();
    interrupt(&child);
    let (code, told) = ended(child, Some(input));
    nothing_was_recorded(code, &told);
    assert_eq!(exported(&ledger).lines().count(), 2);
}

/// Somebody else holds the file until the signal is there: then it is in the midst of recording, and stops.
#[test]
fn while_it_records() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let dossier = directory.path().join("dossier.jsonl");
    fs::write(&dossier, parties("p", 2_000)).unwrap();
    let other = Connection::open(&ledger).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut child = begun(&ledger, &dossier.to_string_lossy());
    let input = child.stdin.take();
    thread::sleep(Duration::from_millis(1_500));
    interrupt(&child);
    thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "it was not recording: nothing held it");
    other.execute_batch("ROLLBACK").unwrap();
    let (code, told) = ended(child, input);
    nothing_was_recorded(code, &told);
    assert_eq!(exported(&ledger).lines().count(), 2);
    // And again, undisturbed.
    let told = printed(&["import", "--ledger", &ledger, &dossier.to_string_lossy()]);
    assert!(told.starts_with("2000 entries are recorded"), "{told}");
    printed(&["check", "--ledger", &ledger]);
}

/// At whichever moment: 130 means nothing, 0 means all.
#[test]
fn at_any_moment_it_is_all_or_nothing_and_the_end_says_which() {
    const ENTRIES: usize = 8_000;
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let dossier = directory.path().join("dossier.jsonl");
    for round in 0..8_u64 {
        fs::write(&dossier, parties(&format!("r{round}"), ENTRIES)).unwrap();
        let child = begun(&ledger, &dossier.to_string_lossy());
        thread::sleep(Duration::from_millis(60 + round * 70));
        // It may have ended.
        let _ = Command::new("sh").args(["-c", r#"kill -INT "$0""#, &child.id().to_string()]).output();
        let (code, told) = ended(child, None);
        let found = exported(&ledger).matches(&format!("{{\"id\":\"r{round}-")).count() / 2;
        match code {
            Some(0) => assert_eq!(found, ENTRIES, "{told}"),
            // A signal that came before it listened.
            None => assert_eq!(found, 0, "{told}"),
            code => {
                nothing_was_recorded(code, &told);
                assert_eq!(found, 0);
            }
        }
    }
    printed(&["check", "--ledger", &ledger]);
}

/// A ledger with so much in it that its copy takes a while.
fn large(ledger: &str) {
    let store = SqliteStore::open(ledger).unwrap();
    let mut journal = store.journal(&LedgerId::new("ledger").unwrap()).unwrap();
    let by = Recorder::new("other").unwrap();
    let long = "x".repeat(4_000);
    let record =
        |at: u32| Record::new(Timestamp::from_micros(0), by.clone(), 1, format!("{at} {long}")).unwrap();
    journal.append(Position::START, &(0..12_000).map(record).collect::<Vec<_>>()).unwrap();
}

/// 130 means that there is no copy and nothing beside it, 0 that there is a whole one.
#[test]
fn a_backup_at_any_moment_is_whole_or_nothing_is_there() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    large(&ledger);
    let copies = TempDir::new().unwrap();
    let copy = copies.path().join("copy.sqlite");
    let mut interrupted = 0;
    for round in 0..8_u64 {
        let child = begun_as(&["backup", "--ledger", &ledger, &copy.to_string_lossy()]);
        thread::sleep(Duration::from_millis(20 + round * 50));
        // It may have ended.
        let _ = Command::new("sh").args(["-c", r#"kill -INT "$0""#, &child.id().to_string()]).output();
        let (code, told) = ended(child, None);
        let left = fs::read_dir(copies.path()).unwrap().count();
        match code {
            Some(0) => {
                assert_eq!(left, 1, "{told}");
                assert_eq!(SqliteStore::open(&copy).unwrap().check().unwrap(), Vec::<String>::new());
                fs::remove_file(&copy).unwrap();
            }
            // A signal that came before it listened.
            None => assert_eq!(left, 0, "{told}"),
            code => {
                assert_eq!(code, Some(130), "{told}");
                assert!(told.contains("interrupted: no copy was made"), "{told}");
                assert_eq!(left, 0, "{told}");
                interrupted += 1;
            }
        }
    }
    assert!(interrupted > 0, "it was never interrupted");
}
