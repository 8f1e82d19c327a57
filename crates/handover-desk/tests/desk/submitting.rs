//! Submitting and reading, as callers meet them.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use handover::entry::Entry;
use handover::ledger::{Ledger, Posted};
use handover_desk::{Clerk, Desk, KnownAt, SystemClock};
use handover_journal::{Journal, MemoryStore, Position, Record, Timestamp};

use crate::followed::put;
use crate::{by, count, memory, party};

fn open(store: &MemoryStore) -> (Desk, Clerk) {
    Desk::open(memory(store), SystemClock).unwrap()
}

/// Wakes a thread that waits for a future.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

#[test]
fn a_ticket_is_a_future_that_needs_no_runtime() {
    let (desk, _clerk) = open(&MemoryStore::new());
    let receipt = block_on(desk.submit(&by(), vec![party("a"), party("b")])).unwrap();
    assert_eq!((receipt.recorded, receipt.head), (2, Position::new(2)));
}

#[test]
fn a_ticket_that_was_asked_once_and_dropped_cancels_nothing() {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store);
    for at in 0..100 {
        let mut ticket = Box::pin(desk.submit(&by(), vec![party(&format!("p-{at}"))]));
        let _ = ticket.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    }
    clerk.close().unwrap();
    assert_eq!(open(&store).0.read(Ledger::len), 100);
}

#[test]
fn the_same_entry_submitted_many_times_at_once_is_recorded_once() {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store);
    let tickets: Vec<_> = (0..50).map(|_| desk.submit(&by(), vec![party("a")])).collect();
    let receipts: Vec<_> = tickets.into_iter().map(|ticket| ticket.wait().unwrap()).collect();
    assert_eq!(receipts.iter().map(|receipt| receipt.recorded).sum::<u64>(), 1);
    assert_eq!(receipts.iter().map(|receipt| receipt.already_recorded).sum::<u64>(), 49);
    clerk.close().unwrap();
    assert_eq!(count(&store), 1);
}

#[test]
fn within_one_submission_too_an_entry_counts_once() {
    let (desk, _clerk) = open(&MemoryStore::new());
    let receipt = desk.submit(&by(), vec![party("a"), party("a")]).wait().unwrap();
    assert_eq!((receipt.recorded, receipt.already_recorded), (1, 1));
    let receipt = desk.submit(&by(), vec![]).wait().unwrap();
    assert_eq!((receipt.recorded, receipt.head), (0, Position::new(1)));
}

#[test]
fn what_was_known_is_a_ledger_of_the_prefix() {
    let (desk, _clerk) = open(&MemoryStore::new());
    let entries: Vec<Entry> = (0..8).map(|at| party(&format!("p-{at}"))).collect();
    for entry in &entries {
        let _ = desk.submit(&by(), vec![entry.clone()]).wait().unwrap();
    }
    let mut prefix = Ledger::new();
    for known in 0..=entries.len() {
        let position = Position::new(u64::try_from(known).unwrap());
        let ledger = desk.known_at(KnownAt::Position(position)).unwrap();
        assert!(ledger.entries().eq(prefix.entries()));
        if let Some(next) = entries.get(known) {
            assert_eq!(prefix.post(next).unwrap(), Posted::Recorded);
        }
    }
    assert!(desk.known_at(KnownAt::Position(Position::new(9))).is_err());
}

#[test]
fn a_record_that_is_no_entry_is_named_by_its_position() {
    let payload = handover_wire::record::encode(&party("a")).unwrap();
    for (version, second) in [(1, "{}"), (9, payload.as_str()), (1, "no JSON")] {
        let store = MemoryStore::new();
        let mut journal = memory(&store);
        let record = |version, text: &str| {
            Record::new(Timestamp::from_micros(0), by(), version, text.to_owned()).unwrap()
        };
        journal.append(Position::START, &[record(1, &payload), record(version, second)]).unwrap();
        let why = Desk::open(journal, SystemClock).unwrap_err().to_string();
        assert!(why.contains("position 2"), "{why}");
    }
}

/// A record that repeats an entry is a record and no entry: what was known at it is what was known before.
#[test]
fn what_was_known_at_a_repetition_is_what_was_known_before() {
    let store = MemoryStore::new();
    put(&store, 1, &[party("a"), party("a"), party("b"), party("a"), party("c")]);
    let (desk, _clerk) = open(&store);
    let known: Vec<usize> =
        (0..=5).map(|at| desk.known_at(KnownAt::Position(Position::new(at))).unwrap().len()).collect();
    assert_eq!(known, [0, 1, 1, 2, 2, 3]);
}
