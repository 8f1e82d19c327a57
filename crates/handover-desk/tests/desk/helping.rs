//! Callers who wait and do the desk's work meanwhile.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

use handover_desk::{Desk, SubmitError, SystemClock};
use handover_journal::{
    AppendError, Journal, MemoryError, MemoryJournal, MemoryStore, Position, Record, Stored,
};

use crate::faulty::{Fault, open};
use crate::{by, count, memory, party};

/// A journal that notes which threads append, and whether it is still there.
struct Noting {
    inner: MemoryJournal,
    anywhere: bool,
    threads: Arc<Mutex<BTreeSet<String>>>,
    here: Arc<()>,
}

fn name(thread: ThreadId) -> String {
    format!("{thread:?}")
}

impl Journal for Noting {
    type Error = MemoryError;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<MemoryError>> {
        self.threads.lock().unwrap().insert(name(thread::current().id()));
        self.inner.append(after, records)
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), MemoryError> {
        self.inner.read(after, each)
    }

    fn head(&mut self) -> Result<Position, MemoryError> {
        self.inner.head()
    }

    fn works_in_any_thread(&self) -> bool {
        self.anywhere
    }
}

/// The threads that appended while this one submitted and waited many times.
fn appended_in(anywhere: bool) -> BTreeSet<String> {
    let (store, threads, here) = (MemoryStore::new(), Arc::default(), Arc::new(()));
    let journal =
        Noting { inner: memory(&store), anywhere, threads: Arc::clone(&threads), here: Arc::clone(&here) };
    assert_eq!(Arc::strong_count(&journal.here), 2);
    let (desk, clerk) = Desk::open(journal, SystemClock).unwrap();
    for n in 0..1_000 {
        desk.submit(&by(), vec![party(&format!("p-{n}"))]).wait().unwrap();
    }
    clerk.close().unwrap();
    // The journal is given up with the clerk, though the desk is still held.
    assert_eq!(Arc::strong_count(&here), 1);
    assert_eq!((count(&store), desk.head()), (1_000, Position::new(1_000)));
    threads.lock().unwrap().clone()
}

#[test]
fn a_caller_who_waits_appends_only_to_a_journal_that_works_in_any_thread() {
    let me = name(thread::current().id());
    assert!(appended_in(true).contains(&me));
    let own = appended_in(false);
    assert!(own.len() == 1 && !own.contains(&me), "{own:?}");
}

/// Whichever thread the journal panics in, its caller goes on, the desk has ended, and the clerk tells.
#[test]
fn a_panic_in_a_caller_ends_the_desk_and_not_the_caller() {
    for _ in 0..100 {
        let store = MemoryStore::new();
        let (desk, clerk) = open(&store, &[Fault::Panic]);
        assert!(matches!(desk.submit(&by(), vec![party("a")]).wait(), Err(SubmitError::Unknown(_))));
        assert!(matches!(desk.submit(&by(), vec![party("b")]).wait(), Err(SubmitError::Closed)));
        assert!(desk.refresh().is_err());
        assert!(clerk.close().is_err());
        assert_eq!(count(&store), 0);
    }
}

/// Nobody need wait: what is held or dropped is recorded by the desk's thread, beside callers who help.
#[test]
fn what_nobody_waits_for_is_recorded_beside_what_callers_wait_for() {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store, &[]);
    thread::scope(|scope| {
        for caller in 0..8 {
            let desk = &desk;
            scope.spawn(move || {
                let mut held = Vec::new();
                for n in 0..300 {
                    let ticket = desk.submit(&by(), vec![party(&format!("p-{caller}-{n}"))]);
                    match n % 3 {
                        0 => drop(ticket.wait().unwrap()),
                        1 => drop(ticket),
                        _ => held.push(ticket),
                    }
                }
                drop(held);
            });
        }
    });
    clerk.close().unwrap();
    assert_eq!(count(&store), 2_400);
}
