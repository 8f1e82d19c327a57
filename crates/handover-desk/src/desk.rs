//! The door: opening a ledger, submitting to it, reading it, closing it.

use core::fmt;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_journal::{Journal, Position, Record, Recorder, Timestamp};
use handover_wire::{WriteError, record};

use crate::clock::Clock;
use crate::error::{Busy, KnownAtError, OpenError, Panicked, RefreshError, SubmitError};
use crate::metrics::Metrics;
use crate::office::{Help, Office};
use crate::queue::{Job, NotQueued, Options, Queue};
use crate::tail;
use crate::ticket::{Ticket, promise};
use crate::trace;
use crate::warm::{KnownAt, Shared};
use crate::work::Worker;

/// A ledger that lasts: what is submitted is admitted, written to the journal and then seen by readers.
///
/// It is cheap to clone, and every clone is the same desk. See [the crate](crate) for an example.
#[derive(Clone)]
pub struct Desk {
    queue: Arc<Queue>,
    shared: Arc<Shared>,
    /// For callers who wait, if the journal works in their threads.
    help: Option<Arc<dyn Help>>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}

impl Desk {
    /// Opens a ledger: reads the journal from its start and begins to take submissions.
    ///
    /// The clerk ends it: keep it for as long as submissions are to be taken.
    ///
    /// # Errors
    /// The first that is met in the order of positions: the journal cannot be read, a record is missing, its version is
    /// not known, it holds no entry, the entry does not follow from those before it. Or no thread could be started.
    pub fn open(
        journal: impl Journal + 'static,
        clock: impl Clock + 'static,
    ) -> Result<(Self, Clerk), OpenError> {
        Self::open_with(journal, clock, Options::default())
    }

    /// The same, with other bounds on what waits and on what is written at once.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(
        mut journal: impl Journal + 'static,
        clock: impl Clock + 'static,
        options: Options,
    ) -> Result<(Self, Clerk), OpenError> {
        let shared = Arc::new(Shared::new(tail::open(&mut journal)?));
        let queue = Arc::new(Queue::new(options));
        let anywhere = journal.works_in_any_thread();
        let worker = Worker {
            journal,
            clock,
            shared: Arc::clone(&shared),
            behind: false,
            queue: Arc::clone(&queue),
            opened: trace::Opened::here(),
        };
        let office = Arc::new(Office::new(worker, Arc::clone(&queue)));
        let help: Option<Arc<dyn Help>> = anywhere.then(|| Arc::clone(&office) as Arc<dyn Help>);
        let thread = thread::Builder::new()
            .name("handover-desk".to_owned())
            .spawn(move || office.run())
            .map_err(|why| OpenError::Thread(Arc::new(why)))?;
        let clerk = Clerk { queue: Arc::clone(&queue), thread: Some(thread) };
        Ok((Self { queue, shared, help }, clerk))
    }

    /// Submits entries that stand together or not at all; waits while the queue is full.
    ///
    /// The ticket is answered once the entries are durable, refused or given up; until then no reader sees them. The
    /// entries are encoded here, in the caller's thread. Submitting nothing is recorded at once.
    ///
    /// Do not submit and wait from within [`read`](Self::read): the desk could not write.
    pub fn submit(&self, by: &Recorder, entries: Vec<Entry>) -> Ticket {
        match self.queued(by, entries, true) {
            Ok(ticket) => ticket,
            // A patient submission is never busy.
            Err(_) => Ticket::answered(Err(SubmitError::Closed)),
        }
    }

    /// Submits entries as [`submit`](Self::submit) does, without ever waiting for a place in the queue.
    ///
    /// # Errors
    /// [`Busy`]: there is no place; the entries come back.
    pub fn try_submit(&self, by: &Recorder, entries: Vec<Entry>) -> Result<Ticket, Busy> {
        // Before the work of encoding.
        if self.queue.seems_full(entries.len()) {
            self.queue.counts.turned_away.one_more();
            return Err(Busy { entries });
        }
        self.queued(by, entries, false)
    }

    fn queued(&self, by: &Recorder, entries: Vec<Entry>, patient: bool) -> Result<Ticket, Busy> {
        let _under_way = trace::submission(entries.len());
        let records = match encode(by, &entries) {
            Ok(records) => records,
            Err(why) => return Ok(Ticket::answered(Err(why))),
        };
        let bytes = records.iter().map(|record| record.payload().len()).fold(0, usize::saturating_add);
        let (answer, awaited) = promise(Err(SubmitError::Closed), self.queue.bell());
        match self.queue.push(Job { entries, records, bytes, answer }, patient) {
            // What is dropped unanswered is answered that the desk is closed.
            Ok(()) | Err(NotQueued::Closed) => Ok(Ticket::new(awaited, self.help.clone())),
            Err(NotQueued::Busy(job)) => Err(Busy { entries: job.entries }),
        }
    }

    /// Looks at the ledger: durable entries only, and none is added meanwhile.
    ///
    /// Be brief: while anyone looks, nothing new is taken in, and a look within a look may wait for ever. For long work
    /// take [`known_at`](Self::known_at).
    pub fn read<R>(&self, how: impl FnOnce(&Ledger) -> R) -> R {
        how(&self.shared.read().ledger)
    }

    /// The last position that the ledger holds. Others may have appended more: see [`refresh`](Self::refresh).
    pub fn head(&self) -> Position {
        self.shared.read().head()
    }

    /// The ledger as this desk's journal knew it then: a ledger of its own, of a prefix of the records.
    ///
    /// Nothing is read from the journal, so it ends where [`head`](Self::head) is; it takes as long as replaying that
    /// many entries.
    ///
    /// # Errors
    /// [`KnownAtError::BeyondHead`]: the position is beyond the head. A time is never beyond it.
    pub fn known_at(&self, when: KnownAt) -> Result<Ledger, KnownAtError> {
        self.shared.known_at(when)
    }

    /// What this desk has done since it was opened, and what waits at it now: to be asked again and again and shown beside each other.
    pub fn metrics(&self) -> Metrics {
        self.queue.metrics()
    }

    /// Takes in what others have appended to the journal, waits for it, and returns the head.
    ///
    /// Submitting does this by itself where it has to. Who only reads calls it as often as they want to follow.
    ///
    /// # Errors
    /// In this order: the desk is closed; the journal cannot be read or holds what cannot be taken in, and the
    /// ledger holds what stands before.
    pub fn refresh(&self) -> Result<Position, RefreshError> {
        let (answer, awaited) = promise(Err(RefreshError::Closed), Arc::default());
        self.queue.refresh(answer);
        awaited.wait(self.help.as_deref())
    }
}

fn encode(by: &Recorder, entries: &[Entry]) -> Result<Vec<Record>, SubmitError> {
    // The desk stamps it when its place in the order is known.
    let unstamped = Timestamp::from_micros(i64::MIN);
    let mut records = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        let payload = record::encode(entry).map_err(|why| match why {
            WriteError::LineTooLong(entry) => SubmitError::TooLarge { place, entry },
            other => SubmitError::NotRecorded(Arc::new(other)),
        })?;
        let record = Record::new(unstamped, by.clone(), record::VERSION, payload)
            .map_err(|why| SubmitError::NotRecorded(Arc::new(why)))?;
        records.push(record);
    }
    Ok(records)
}

/// Who ends a desk. Dropping it does what [`close`](Self::close) does.
#[must_use = "the desk is closed when its clerk is dropped"]
pub struct Clerk {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Clerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clerk").finish_non_exhaustive()
    }
}

impl Clerk {
    /// Takes no more submissions, finishes those that are queued, and ends the desk's thread. Every ticket is answered
    /// when this returns. The ledger can still be read.
    ///
    /// # Errors
    /// The thread had ended by a panic. Every ticket is answered all the same.
    pub fn close(mut self) -> Result<(), Panicked> {
        self.finish()
    }

    fn finish(&mut self) -> Result<(), Panicked> {
        self.queue.close();
        let joined = self.thread.take().map_or(Ok(()), |thread| thread.join().map_err(|_| Panicked));
        if self.queue.is_abandoned() { Err(Panicked) } else { joined }
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        // Whoever wants to know of a panic closes; the tickets tell of it too.
        let _ = self.finish();
    }
}
