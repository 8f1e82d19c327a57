//! A queue that is full, and a journal that takes its time.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use handover_desk::{Clerk, Desk, Options, SubmitError, SystemClock};
use handover_journal::{
    AppendError, Journal, MemoryError, MemoryJournal, MemoryStore, Position, Record, Stored,
};

use crate::{by, count, memory, party};

/// A journal that says when it begins to append, and then waits until it may; for ever allowed once nobody can tell.
struct Slow {
    inner: MemoryJournal,
    begun: Sender<usize>,
    may: Receiver<()>,
}

impl Journal for Slow {
    type Error = MemoryError;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<MemoryError>> {
        let _ = self.begun.send(records.len());
        let _ = self.may.recv();
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
}

struct Setting {
    store: MemoryStore,
    desk: Desk,
    clerk: Clerk,
    /// How many records each append that has begun is of.
    begun: Receiver<usize>,
    /// Lets one append go on; dropped, it lets all.
    may: Sender<()>,
}

fn setting(options: Options) -> Setting {
    let store = MemoryStore::new();
    let ((begun, has_begun), (allow, may)) = (channel(), channel());
    let journal = Slow { inner: memory(&store), begun, may };
    let (desk, clerk) = Desk::open_with(journal, SystemClock, options).unwrap();
    Setting { store, desk, clerk, begun: has_begun, may: allow }
}

#[test]
fn a_full_queue_gives_the_entries_back_and_has_kept_nothing_of_them() {
    let bounds = [
        Options::default().waiting_submissions(1),
        Options::default().waiting_entries(2),
        Options::default().waiting_bytes(300),
    ];
    for options in bounds {
        let Setting { store, desk, clerk, begun, may } = setting(options);
        let first = desk.try_submit(&by(), vec![party("a")]).unwrap();
        assert_eq!(begun.recv().unwrap(), 1);
        // Being written is not waiting: there is a place, and then there is none.
        let second = desk.try_submit(&by(), vec![party("b"), party("c")]).unwrap();
        let entries = vec![party("d"), party("e")];
        let busy = desk.try_submit(&by(), entries.clone()).unwrap_err();
        assert_eq!(busy.entries, entries, "{options:?}");
        assert!(busy.to_string().contains("again later"), "{busy}");

        drop(may);
        first.wait().unwrap();
        second.wait().unwrap();
        assert_eq!(count(&store), 3, "{options:?}");
        let again = desk.try_submit(&by(), busy.entries).unwrap();
        assert_eq!(again.wait().unwrap().head, Position::new(5));
        clerk.close().unwrap();
        // A closed desk is not busy: it says that it is closed.
        let closed = desk.try_submit(&by(), vec![party("f")]).unwrap().wait();
        assert!(matches!(closed, Err(SubmitError::Closed)), "{closed:?}");
    }
}

#[test]
fn who_can_wait_is_never_told_that_the_queue_is_full() {
    let Setting { store, desk, clerk, begun, may } = setting(Options::default().waiting_submissions(1));
    let first = desk.submit(&by(), vec![party("a")]);
    begun.recv().unwrap();
    let second = desk.submit(&by(), vec![party("b")]);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| desk.submit(&by(), vec![party("c")]).wait());
        thread::sleep(Duration::from_millis(30));
        assert!(!waiting.is_finished(), "it has found a place in a full queue");
        may.send(()).unwrap();
        first.wait().unwrap();
        drop(may);
        waiting.join().unwrap().unwrap();
    });
    second.wait().unwrap();
    clerk.close().unwrap();
    assert_eq!(count(&store), 3);
}

#[test]
fn closing_lets_in_nobody_who_waits_outside() {
    let Setting { store, desk, clerk, begun, may } = setting(Options::default().waiting_submissions(1));
    let first = desk.submit(&by(), vec![party("a")]);
    begun.recv().unwrap();
    let second = desk.submit(&by(), vec![party("b")]);
    thread::scope(|scope| {
        let outside = scope.spawn(|| desk.submit(&by(), vec![party("c")]).wait());
        thread::sleep(Duration::from_millis(30));
        let closing = scope.spawn(|| clerk.close());
        let told = outside.join().unwrap();
        assert!(matches!(told, Err(SubmitError::Closed)), "{told:?}");
        drop(may);
        closing.join().unwrap().unwrap();
    });
    first.wait().unwrap();
    second.wait().unwrap();
    assert_eq!(count(&store), 2);
}

#[test]
fn what_waits_while_something_is_written_is_written_together() {
    let Setting { store, desk, clerk, begun, may } = setting(Options::default());
    let mut tickets = vec![desk.submit(&by(), vec![party("first")])];
    assert_eq!(begun.recv().unwrap(), 1);
    tickets.extend((0..20).map(|at| desk.submit(&by(), vec![party(&format!("p-{at}"))])));
    drop(may);
    for ticket in tickets {
        ticket.wait().unwrap();
    }
    assert_eq!(begun.recv().unwrap(), 20);
    clerk.close().unwrap();
    assert_eq!(count(&store), 21);
}

#[test]
fn a_queue_is_full_when_the_next_would_be_one_too_many() {
    let length = |id: &str| handover_wire::record::encode(&party(id)).unwrap().len();
    let two = length("b") + length("c");
    for (options, fit) in [
        (Options::default().waiting_entries(2), true),
        (Options::default().waiting_entries(1), false),
        (Options::default().waiting_bytes(two), true),
        (Options::default().waiting_bytes(two - 1), false),
        (Options::default().waiting_submissions(2), true),
        (Options::default().waiting_submissions(1), false),
    ] {
        let Setting { desk, clerk, begun, may, .. } = setting(options);
        let _first = desk.submit(&by(), vec![party("a")]);
        assert_eq!(begun.recv().unwrap(), 1);
        // Being written is not waiting; whatever waits alone has a place.
        let _second = desk.try_submit(&by(), vec![party("b")]).unwrap();
        assert_eq!(desk.try_submit(&by(), vec![party("c")]).is_ok(), fit, "{options:?}");
        assert!(desk.try_submit(&by(), vec![party("d")]).is_err(), "{options:?}");
        drop(may);
        clerk.close().unwrap();
    }
}

#[test]
fn so_many_entries_are_written_at_once_and_a_larger_submission_alone() {
    let Setting { desk, clerk, begun, may, .. } = setting(Options::default().entries_at_once(3));
    let mut tickets = vec![desk.submit(&by(), vec![party("first")])];
    assert_eq!(begun.recv().unwrap(), 1);
    let mut number = 0;
    for entries in [1, 2, 2, 5, 1, 1] {
        let entries = (0..entries).map(|_| {
            number += 1;
            party(&format!("p-{number}"))
        });
        tickets.push(desk.submit(&by(), entries.collect()));
    }
    drop(may);
    for ticket in tickets {
        ticket.wait().unwrap();
    }
    clerk.close().unwrap();
    assert_eq!(begun.iter().collect::<Vec<_>>(), [3, 2, 5, 2]);
}

#[test]
fn who_lets_go_of_the_clerk_closes_the_desk() {
    let Setting { desk, clerk, may, .. } = setting(Options::default());
    drop(may);
    desk.submit(&by(), vec![party("a")]).wait().unwrap();
    drop(clerk);
    let closed = desk.submit(&by(), vec![party("b")]).wait();
    assert!(matches!(closed, Err(SubmitError::Closed)), "{closed:?}");
}
