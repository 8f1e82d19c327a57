//! A disk without room.

use std::fs;
use std::path::Path;
use std::process::Command;

use handover_journal::{AppendError, Journal, Position, Record, Recorder, Timestamp};
use handover_sqlite::{Error, Options, SqliteStore};

use crate::{june, place, read, record};

/// A record whose payload is so long.
fn long(number: u64, length: usize) -> Record {
    let payload = format!("{number} {}", "x".repeat(length));
    Record::new(Timestamp::from_micros(0), Recorder::new("desk").unwrap(), 1, payload).unwrap()
}

/// Appends until there is no room, and gives back what was acknowledged.
fn fill(journal: &mut impl Journal<Error = Error>, length: usize) -> Vec<Record> {
    let mut held = Vec::new();
    for number in 0..10_000 {
        let next = long(number, length);
        match journal.append(Position::new(number), std::slice::from_ref(&next)) {
            Ok(_) => held.push(next),
            Err(AppendError::Failed(Error::Full)) => return held,
            Err(other) => panic!("expected no room, found {other}"),
        }
    }
    panic!("expected an end of room");
}

#[test]
fn a_file_that_may_not_grow_keeps_what_was_acknowledged() {
    let (_directory, path) = place();
    SqliteStore::create(&path).unwrap();
    let mut options = Options::default();
    options.max_pages = Some(60);
    let mut journal = SqliteStore::open_with(&path, options).unwrap().journal(&june()).unwrap();
    let mut held = fill(&mut journal, 3000);
    assert!(held.len() > 10, "{}", held.len());
    assert_eq!(read(&mut journal), held);

    let after = Position::new(held.len() as u64);
    let mut journal = SqliteStore::open(&path).unwrap().journal(&june()).unwrap();
    held.push(record(7));
    journal.append(after, &[record(7)]).unwrap();
    assert_eq!(read(&mut journal), held);
}

/// A small file system in memory, unmounted in the end.
pub(crate) struct Small<'p>(&'p Path);

impl Small<'_> {
    pub(crate) fn mount(at: &Path) -> Option<Small<'_>> {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "none"]).arg(at).output();
        mounted.is_ok_and(|it| it.status.success()).then_some(Small(at))
    }

    pub(crate) fn at(&self) -> &Path {
        self.0
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).output();
    }
}

#[test]
fn a_full_disk_keeps_what_was_acknowledged() {
    let directory = tempfile::tempdir().unwrap();
    let Some(small) = Small::mount(directory.path()) else {
        eprintln!("SKIPPED: a small file system cannot be mounted here");
        return;
    };
    let path = small.0.join("june.handover");
    let ballast = small.0.join("ballast");
    fs::write(&ballast, vec![0; 300_000]).unwrap();
    let store = SqliteStore::create(&path).unwrap();
    let mut journal = store.journal(&june()).unwrap();
    let mut held = fill(&mut journal, 3000);
    assert!(held.len() > 10, "{}", held.len());
    assert_eq!(read(&mut journal), held);

    fs::remove_file(ballast).unwrap();
    journal.append(Position::new(held.len() as u64), &[record(7)]).unwrap();
    held.push(record(7));
    assert_eq!(read(&mut journal), held);
    assert!(store.check().unwrap().is_empty());
    drop((journal, store));
}

#[test]
fn a_disk_that_can_only_be_read_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let Some(small) = Small::mount(directory.path()) else {
        eprintln!("SKIPPED: a small file system cannot be mounted here");
        return;
    };
    let path = small.0.join("june.handover");
    crate::filled(&path, 3);
    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(small.0).output().unwrap();
    assert!(remounted.status.success());
    let refused = SqliteStore::open(&path).unwrap_err().to_string();
    assert!(refused.contains("directory"), "{refused}");
    let refused = SqliteStore::create(small.0.join("other")).unwrap_err().to_string();
    assert!(refused.contains("may read and write there"), "{refused}");
}
