//! What a follower is tried on: journals that do what the test says, and what is put into them.

use std::io;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_desk::{FollowError, Follower, Messenger, TailError};
use handover_journal::{
    AppendError, Journal, MemoryJournal, MemoryStore, Position, Record, Stored, Timestamp,
};
use handover_wire::record;

use crate::{by, memory, party};

pub(crate) const NEVER: Duration = Duration::from_secs(3_600);

/// A journal that is what the test says, and must not be appended to.
pub(crate) struct Bent(Arc<Mutex<Bending>>);

pub(crate) struct Bending {
    pub(crate) journal: MemoryJournal,
    /// Whether the head cannot be asked, and whether nothing can be read.
    pub(crate) mute: bool,
    pub(crate) unread: bool,
    /// After how many records reading breaks off.
    pub(crate) short: Option<u64>,
    pub(crate) panics: bool,
    /// Positions are given out by so much too high.
    pub(crate) off: u64,
}

impl Bent {
    pub(crate) fn on(store: &MemoryStore) -> (Self, Arc<Mutex<Bending>>) {
        let journal = memory(store);
        let bending = Bending { journal, mute: false, unread: false, short: None, panics: false, off: 0 };
        let bending = Arc::new(Mutex::new(bending));
        (Self(Arc::clone(&bending)), bending)
    }
}

impl Journal for Bent {
    type Error = io::Error;

    fn append(&mut self, _: Position, _: &[Record]) -> Result<Position, AppendError<io::Error>> {
        panic!("a follower appends nothing");
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), io::Error> {
        let (mut journal, unread, short, off) = {
            let bending = self.0.lock().unwrap();
            (bending.journal.clone(), bending.unread, bending.short, bending.off)
        };
        if unread {
            return Err(io::Error::other("unread"));
        }
        let mut left = short.unwrap_or(u64::MAX);
        let mut broke = false;
        let read = journal.read(after, &mut |stored| {
            if left == 0 {
                broke = true;
                return ControlFlow::Break(());
            }
            left -= 1;
            let position = stored.position.forward(off);
            let Stored { recorded_at, recorded_by, version, payload, .. } = stored;
            each(Stored::new(position, recorded_at, recorded_by, version, payload))
        });
        match read {
            Ok(()) if broke => Err(io::Error::other("cut")),
            told => told.map_err(|never| match never {}),
        }
    }

    fn head(&mut self) -> Result<Position, io::Error> {
        let mut bending = self.0.lock().unwrap();
        assert!(!bending.panics, "scripted");
        if bending.mute {
            return Err(io::Error::other("mute"));
        }
        bending.journal.head().map_err(|never| match never {})
    }
}

/// What gives a record out.
pub(crate) type Give<'g> = dyn FnMut() -> ControlFlow<()> + 'g;

/// A journal in memory that does something around each record that it gives out, and must not be appended to.
pub(crate) struct Around<F>(pub(crate) MemoryJournal, pub(crate) F);

impl<F: FnMut(Position, &mut Give<'_>) -> ControlFlow<()> + Send> Journal for Around<F> {
    type Error = io::Error;

    fn append(&mut self, _: Position, _: &[Record]) -> Result<Position, AppendError<io::Error>> {
        panic!("a follower appends nothing");
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), io::Error> {
        let Self(inner, around) = self;
        let read = inner.read(after, &mut |stored| around(stored.position, &mut || each(stored)));
        read.map_err(|never| match never {})
    }

    fn head(&mut self) -> Result<Position, io::Error> {
        self.0.head().map_err(|never| match never {})
    }
}

/// A clock that tells how often it was asked.
pub(crate) fn counting() -> impl FnMut() -> Timestamp + Send {
    let mut asked = 0;
    move || {
        asked += 1;
        Timestamp::from_micros(asked)
    }
}

pub(crate) fn follow(journal: impl Journal + 'static) -> (Follower, Messenger) {
    Follower::open(journal, counting(), NEVER).unwrap()
}

/// Appends what is no matter whether it may stand.
pub(crate) fn put(store: &MemoryStore, at: i64, entries: &[Entry]) {
    let payloads: Vec<String> = entries.iter().map(|entry| record::encode(entry).unwrap()).collect();
    put_raw(store, at, record::VERSION, &payloads.iter().map(String::as_str).collect::<Vec<_>>());
}

pub(crate) fn put_raw(store: &MemoryStore, at: i64, version: u16, payloads: &[&str]) {
    let mut journal = memory(store);
    let record = |payload: &&str| Record::new(Timestamp::from_micros(at), by(), version, *payload).unwrap();
    let head = journal.head().unwrap();
    journal.append(head, &payloads.iter().map(record).collect::<Vec<_>>()).unwrap();
}

pub(crate) fn parties(names: &[&str]) -> Vec<Entry> {
    names.iter().map(|name| party(name)).collect()
}

pub(crate) fn filled(names: &[&str]) -> MemoryStore {
    let store = MemoryStore::new();
    put(&store, 1, &parties(names));
    store
}

/// Waits for what comes by itself.
pub(crate) fn soon(what: impl Fn() -> bool) {
    let begun = Instant::now();
    while !what() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not come");
        thread::sleep(Duration::from_millis(1));
    }
}

/// Why a refresh fails, and that every reading says the same while it goes on.
pub(crate) fn trouble(follower: &Follower) -> TailError {
    let Err(FollowError::Journal(why)) = follower.refresh() else { panic!("expected trouble, found none") };
    let read = follower.read(Ledger::len);
    let Some(FollowError::Journal(said)) = read.standing.trouble.map(|trouble| trouble.why) else {
        panic!("the reading does not say it");
    };
    assert_eq!(said.to_string(), why.to_string());
    assert_eq!(read.value, usize::try_from(read.standing.position.number()).unwrap());
    why
}
