//! A journal that does as a script says, one line for each append; without a line it does what it should.

use std::collections::VecDeque;
use std::io;
use std::ops::ControlFlow;
use std::sync::{Arc, Barrier, Mutex};

use handover::entry::Entry;
use handover::ledger::{Ledger, Posted};
use handover_desk::{Clerk, Desk};
use handover_journal::{
    AppendError, Journal, MemoryJournal, MemoryStore, Position, Record, Recorder, Stored, Timestamp,
};
use handover_wire::record;

use crate::memory;

/// What becomes of one append.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// It does what it should.
    None,
    /// Nothing is written, and it says so.
    Failed,
    /// All is written or nothing, and it does not know which; somebody else writes these then, and so many reads fail.
    Unknown {
        written: bool,
        then: Vec<Entry>,
        unread: u32,
    },
    /// Somebody else writes these first; so many reads fail after it.
    Other {
        entries: Vec<Entry>,
        unread: u32,
    },
    /// It has a conflict where there is none.
    FalseConflict,
    /// It does what it should, when it was met twice: when it begins, and when it may go on.
    Met(Arc<Barrier>),
    Panic,
}

#[derive(Debug, Default)]
pub(crate) struct Script {
    /// Of the appends to come.
    pub(crate) faults: VecDeque<Fault>,
    /// How many reads to come fail.
    pub(crate) unread: u32,
    /// How many reads after those fail when they have given one record, or none if there is none.
    pub(crate) cut: u32,
}

pub(crate) struct Faulty {
    inner: MemoryJournal,
    script: Arc<Mutex<Script>>,
}

impl Faulty {
    pub(crate) fn new(store: &MemoryStore, script: &Arc<Mutex<Script>>) -> Self {
        Self { inner: memory(store), script: Arc::clone(script) }
    }

    fn unread(&self, reads: u32) {
        self.script.lock().unwrap().unread = reads;
    }
}

/// Records what may stand, as another program does that keeps the same ledger.
fn write_elsewhere(journal: &mut MemoryJournal, entries: &[Entry]) {
    let mut ledger = Ledger::new();
    let read = journal.read(Position::START, &mut |stored| {
        let entry = record::decode(stored.version, stored.payload).unwrap();
        assert_eq!(ledger.replay(&entry), Ok(Posted::Recorded));
        ControlFlow::Continue(())
    });
    read.unwrap();
    let recorder = Recorder::new("other").unwrap();
    let fresh = entries.iter().filter(|entry| ledger.post(entry) == Ok(Posted::Recorded));
    let records: Vec<Record> = fresh
        .map(|entry| {
            let payload = record::encode(entry).unwrap();
            Record::new(Timestamp::from_micros(0), recorder.clone(), record::VERSION, payload).unwrap()
        })
        .collect();
    let head = journal.head().unwrap();
    journal.append(head, &records).unwrap();
}

impl Journal for Faulty {
    type Error = io::Error;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<io::Error>> {
        let fault = self.script.lock().unwrap().faults.pop_front();
        let scripted = || io::Error::other("scripted");
        match fault {
            None | Some(Fault::None) => {}
            Some(Fault::Failed) => return Err(AppendError::Failed(scripted())),
            Some(Fault::Unknown { written, then, unread }) => {
                self.unread(unread);
                if written {
                    self.inner.append(after, records).map_err(|why| why.map(|never| match never {}))?;
                }
                write_elsewhere(&mut self.inner, &then);
                return Err(AppendError::Unknown(scripted()));
            }
            Some(Fault::Other { entries, unread }) => {
                self.unread(unread);
                write_elsewhere(&mut self.inner, &entries);
            }
            Some(Fault::FalseConflict) => {
                return Err(AppendError::Conflict { expected: after, found: after });
            }
            Some(Fault::Met(meeting)) => {
                meeting.wait();
                meeting.wait();
            }
            Some(Fault::Panic) => panic!("scripted"),
        }
        self.inner.append(after, records).map_err(|why| why.map(|never| match never {}))
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), io::Error> {
        let left = self.script.lock().unwrap().unread.checked_sub(1);
        if let Some(left) = left {
            self.unread(left);
            return Err(io::Error::other("unread"));
        }
        let cut = self.script.lock().unwrap().cut.checked_sub(1);
        if let Some(left) = cut {
            self.script.lock().unwrap().cut = left;
            let read = self.inner.read(after, &mut |stored| {
                let _ = each(stored);
                ControlFlow::Break(())
            });
            return Err(read.map_or_else(|never| match never {}, |()| io::Error::other("cut")));
        }
        self.inner.read(after, each).map_err(|never| match never {})
    }

    fn head(&mut self) -> Result<Position, io::Error> {
        self.inner.head().map_err(|never| match never {})
    }

    fn works_in_any_thread(&self) -> bool {
        true
    }
}

/// A clock that goes backwards.
pub(crate) fn backwards() -> impl FnMut() -> Timestamp + Send {
    let mut time = 100_i64;
    move || {
        time = time.saturating_sub(1);
        Timestamp::from_micros(time)
    }
}

/// A desk whose first appends end so.
pub(crate) fn open(store: &MemoryStore, faults: &[Fault]) -> (Desk, Clerk) {
    let script =
        Arc::new(Mutex::new(Script { faults: faults.iter().cloned().collect(), ..Script::default() }));
    Desk::open(Faulty::new(store, &script), backwards()).unwrap()
}
