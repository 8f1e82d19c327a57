//! A follower of a file that it may only read, while another process writes to it, and is killed.

use std::thread;
use std::time::Duration;

use handover::ledger::Ledger;
use handover_desk::{Desk, Follower, SystemClock};
use handover_journal::{AppendError, Journal, Position};
use handover_sqlite::{Error, Options, SqliteStore};

use crate::killed::begun;
use crate::{by, june, party};

fn read_only(path: &std::path::Path) -> SqliteStore {
    let mut options = Options::default();
    options.read_only = true;
    SqliteStore::open_with(path, options).unwrap()
}

#[test]
fn what_another_process_writes_is_followed_beyond_its_end() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("june.sqlite");
    let store = SqliteStore::create(&path).unwrap();
    let mut journal = read_only(&path).journal(&june()).unwrap();
    assert!(matches!(journal.append(Position::START, &[]), Ok(Position::START)));
    let every = Duration::from_millis(5);
    let (follower, messenger) = Follower::open(journal, SystemClock, every).unwrap();
    let mut last = Position::START;
    for round in 0..2_u64 {
        let mut child = begun(&path, round);
        let enough = last.forward(60);
        while last < enough {
            let read = follower.read(Ledger::len);
            assert_eq!(u64::try_from(read.value), Ok(read.standing.position.number()));
            assert!(read.standing.trouble.is_none() && read.standing.position >= last, "{:?}", read.standing);
            last = read.standing.position;
            thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let all = store.journal(&june()).unwrap().head().unwrap();
        let standing = follower.refresh().unwrap();
        assert_eq!((standing.position, standing.head, standing.behind()), (all, all, 0));
        last = all;
    }
    // A desk of this process beside it.
    let (desk, clerk) = Desk::open(store.journal(&june()).unwrap(), SystemClock).unwrap();
    let receipt = desk.submit(&by(), vec![party("one-more")]).wait().unwrap();
    assert_eq!(follower.refresh().unwrap().position, receipt.head);
    assert!(follower.read(|ledger| ledger.is_recorded(&party("one-more"))).value);
    messenger.close().unwrap();
    clerk.close().unwrap();
}

#[test]
fn a_desk_on_a_file_that_is_only_read_records_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("june.sqlite");
    SqliteStore::create(&path).unwrap();
    let mut journal = read_only(&path).journal(&june()).unwrap();
    let record =
        handover_journal::Record::new(handover_journal::Timestamp::from_micros(0), by(), 1, "{}").unwrap();
    let refused = journal.append(Position::START, std::slice::from_ref(&record));
    assert!(matches!(refused, Err(AppendError::Failed(Error::ReadOnly))), "{refused:?}");
    let refused = journal.append(Position::new(1), &[record]);
    assert!(matches!(refused, Err(AppendError::Conflict { .. })), "{refused:?}");
    let (desk, clerk) = Desk::open(journal, SystemClock).unwrap();
    let refused = desk.submit(&by(), vec![party("a")]).wait().unwrap_err();
    assert!(refused.to_string().contains("can only be read"), "{refused}");
    clerk.close().unwrap();
}
