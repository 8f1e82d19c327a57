//! A desk on a journal that fails as it is told to.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use handover::entry::{Entry, What};
use handover::ledger::{Ledger, keeper};
use handover::party::{Party, PartyEntry};
use handover_desk::{Clerk, Desk, KnownAt, Options, SubmitError};
use handover_journal::{
    AppendError, Journal, LedgerId, MemoryJournal, MemoryStore, Position, Record, Recorder, Stored, Timestamp,
};

#[derive(Clone, Copy, Debug)]
enum Fault {
    Fail,
    UnknownWritten,
    UnknownNot,
    UnknownWrittenUnread,
    Panic,
}

struct Faulty {
    inner: MemoryJournal,
    script: Arc<Mutex<VecDeque<Fault>>>,
    unread: u32,
}

impl Journal for Faulty {
    type Error = std::io::Error;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<Self::Error>> {
        let fault = self.script.lock().unwrap().pop_front();
        let why = || std::io::Error::other("scripted");
        match fault {
            None => self.inner.append(after, records).map_err(|e| e.map(|never| match never {})),
            Some(Fault::Fail) => Err(AppendError::Failed(why())),
            Some(Fault::UnknownNot) => Err(AppendError::Unknown(why())),
            Some(Fault::Panic) => panic!("scripted"),
            Some(told) => {
                self.inner.append(after, records).unwrap();
                self.unread = if matches!(told, Fault::UnknownWrittenUnread) { 3 } else { 0 };
                Err(AppendError::Unknown(why()))
            }
        }
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), Self::Error> {
        if let Some(left) = self.unread.checked_sub(1) {
            self.unread = left;
            return Err(std::io::Error::other("unread"));
        }
        self.inner.read(after, each).map_err(|never| match never {})
    }

    fn head(&mut self) -> Result<Position, Self::Error> {
        self.inner.head().map_err(|never| match never {})
    }
}

fn memory(store: &MemoryStore) -> MemoryJournal {
    store.journal(&LedgerId::new("june").unwrap())
}

fn open(store: &MemoryStore, faults: &[Fault]) -> (Desk, Clerk) {
    let script = Arc::new(Mutex::new(faults.iter().copied().collect()));
    let mut time = 100_i64;
    let clock = move || {
        time = time.saturating_sub(1);
        Timestamp::from_micros(time)
    };
    Desk::open(Faulty { inner: memory(store), script, unread: 0 }, clock).unwrap()
}

fn party(id: &str) -> Entry {
    let what =
        What::Party(PartyEntry::Introduced(Party { id: id.parse().unwrap(), name: id.parse().unwrap() }));
    Entry { id: id.parse().unwrap(), by: keeper(), said: "2025-06-02".parse().unwrap(), source: None, what }
}

fn by() -> Recorder {
    Recorder::new("desk").unwrap()
}

fn count(store: &MemoryStore) -> u64 {
    memory(store).head().unwrap().number()
}

#[test]
fn a_failed_write_changes_nothing_and_may_be_repeated() {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store, &[Fault::Fail]);
    assert!(matches!(desk.submit(&by(), vec![party("a")]).wait(), Err(SubmitError::NotRecorded(_))));
    assert_eq!((desk.read(Ledger::len), count(&store)), (0, 0));
    assert_eq!(desk.submit(&by(), vec![party("a")]).wait().unwrap().recorded, 1);
    clerk.close().unwrap();
    assert!(matches!(desk.submit(&by(), vec![party("b")]).wait(), Err(SubmitError::Closed)));
}

#[test]
fn an_unknown_write_is_resolved_both_ways() {
    for fault in [Fault::UnknownWritten, Fault::UnknownNot] {
        let store = MemoryStore::new();
        let (desk, _clerk) = open(&store, &[fault]);
        let receipt = desk.submit(&by(), vec![party("a"), party("b")]).wait().unwrap();
        assert_eq!((receipt.recorded, receipt.head, count(&store)), (2, Position::new(2), 2), "{fault:?}");
        assert_eq!(desk.read(Ledger::len), 2);
    }
}

#[test]
fn an_unknown_write_that_cannot_be_read_is_unknown_and_never_doubled() {
    let store = MemoryStore::new();
    let (desk, _clerk) = open(&store, &[Fault::UnknownWrittenUnread]);
    assert!(matches!(desk.submit(&by(), vec![party("a")]).wait(), Err(SubmitError::Unknown(_))));
    assert_eq!(desk.submit(&by(), vec![party("a")]).wait().unwrap().already_recorded, 1);
    assert_eq!((desk.read(Ledger::len), count(&store)), (1, 1));
}

#[test]
fn a_panic_answers_every_ticket() {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store, &[Fault::Panic]);
    let tickets: Vec<_> = (0..50).map(|n| desk.submit(&by(), vec![party(&format!("p-{n}"))])).collect();
    for ticket in tickets {
        assert!(matches!(ticket.wait(), Err(SubmitError::Unknown(_) | SubmitError::Closed)));
    }
    assert!(clerk.close().is_err());
    assert_eq!(count(&store), 0);
}

#[test]
fn a_refusal_changes_nothing_and_time_never_falls() {
    let store = MemoryStore::new();
    let (desk, _clerk) = open(&store, &[]);
    let nobody = Entry { by: "nobody".parse().unwrap(), ..party("b") };
    let refused = desk.submit(&by(), vec![party("a"), nobody]).wait();
    assert!(matches!(refused, Err(SubmitError::Refused { place: 1, .. })), "{refused:?}");
    assert_eq!((desk.read(Ledger::len), count(&store)), (0, 0));
    for id in ["a", "b", "c"] {
        desk.submit(&by(), vec![party(id)]).wait().unwrap();
    }
    let mut last = Timestamp::from_micros(i64::MIN);
    memory(&store)
        .read(Position::START, &mut |stored| {
            assert!(stored.recorded_at >= last);
            last = stored.recorded_at;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(desk.known_at(KnownAt::Position(Position::new(2))).unwrap().len(), 2);
    assert_eq!(desk.known_at(KnownAt::Time(last)).unwrap().len(), 3);
    assert!(desk.known_at(KnownAt::Position(Position::new(4))).is_err());
}

#[test]
fn two_desks_lose_nothing_and_half_of_the_tickets_are_dropped() {
    let store = MemoryStore::new();
    let desks = [open(&store, &[]), open(&store, &[])];
    std::thread::scope(|scope| {
        for (which, (desk, _)) in desks.iter().enumerate() {
            scope.spawn(move || {
                for n in 0..1_000 {
                    // Every third entry is submitted at both desks.
                    let id = if n % 3 == 0 { format!("both-{n}") } else { format!("d{which}-{n}") };
                    let ticket = desk.submit(&by(), vec![party(&id)]);
                    if n % 2 == 0 {
                        ticket.wait().unwrap();
                    }
                }
            });
        }
    });
    let [(one, one_clerk), (two, two_clerk)] = desks;
    let expected = 334 + 2 * 666;
    one.refresh().unwrap();
    two.refresh().unwrap();
    one_clerk.close().unwrap();
    two_clerk.close().unwrap();
    assert_eq!(count(&store), expected);
    let (again, _clerk) = Desk::open(memory(&store), handover_desk::SystemClock).unwrap();
    assert_eq!(again.head(), Position::new(expected));
    assert_eq!(again.read(|l| l.entries().collect::<Vec<_>>()).len() as u64, expected);
}

#[test]
fn closing_finishes_what_is_queued_under_the_smallest_bounds() {
    let store = MemoryStore::new();
    let options = Options::default().waiting_submissions(1).entries_at_once(1);
    let (desk, clerk) = Desk::open_with(memory(&store), handover_desk::SystemClock, options).unwrap();
    let tickets: Vec<_> = (0..200).map(|n| desk.submit(&by(), vec![party(&format!("p-{n}"))])).collect();
    clerk.close().unwrap();
    assert!(tickets.into_iter().all(|ticket| ticket.wait().is_ok()));
    assert_eq!(count(&store), 200);
}
