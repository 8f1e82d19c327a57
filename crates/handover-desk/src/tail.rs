//! From a journal into the ledger.

use core::ops::ControlFlow;
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use handover::entry::Entry;
use handover_journal::{Journal, Position, Stored, Timestamp};
use handover_wire::record;

use crate::error::{OpenError, TailError};
use crate::warm::{Shared, Warm};

/// How many entries are handed on together.
const CHUNK: usize = 1_024;

/// How many chunks may lie between the one who decodes and the one who replays.
const BETWEEN: usize = 4;

type Chunk = Vec<(Timestamp, Entry)>;

/// Reads on after a position and decodes, in order, each record once; `seen` sees a record before it is decoded, `each`
/// gets its entry and may break.
fn decode<J: Journal>(
    journal: &mut J,
    after: Position,
    seen: &mut dyn FnMut(&Stored<'_>),
    each: &mut dyn FnMut(Timestamp, Entry) -> ControlFlow<()>,
) -> Result<(), TailError> {
    let mut expected = after.next();
    let mut failure = None;
    let read = journal.read(after, &mut |stored| {
        if stored.position != expected {
            failure = Some(TailError::OutOfOrder { expected, found: stored.position });
            return ControlFlow::Break(());
        }
        seen(&stored);
        expected = expected.next();
        match record::decode(stored.version, stored.payload) {
            Ok(entry) => each(stored.recorded_at, entry),
            Err(why) => {
                failure = Some(TailError::Payload { position: stored.position, why: Arc::new(why) });
                ControlFlow::Break(())
            }
        }
    });
    match (failure, read) {
        (Some(failure), _) => Err(failure),
        (None, Err(why)) => Err(TailError::Journal(Arc::new(why))),
        (None, Ok(())) => Ok(()),
    }
}

fn take_in(warm: &mut Warm, chunk: &Chunk) -> Result<(), TailError> {
    for (at, entry) in chunk {
        let position = warm.head().next();
        warm.take_in(*at, entry).map_err(|refusal| TailError::Replay {
            position,
            entry: entry.id,
            refusal,
        })?;
    }
    Ok(())
}

/// Entries on their way into the ledger that readers see, a chunk at a time.
struct Intake<'s> {
    shared: &'s Shared,
    chunk: Chunk,
    taken: Result<(), TailError>,
}

impl<'s> Intake<'s> {
    fn new(shared: &'s Shared) -> Self {
        Self { shared, chunk: Chunk::new(), taken: Ok(()) }
    }

    fn add(&mut self, at: Timestamp, entry: Entry) -> ControlFlow<()> {
        self.chunk.push((at, entry));
        if self.chunk.len() >= CHUNK {
            self.taken = take_in(&mut self.shared.write(), &self.chunk);
            self.chunk.clear();
        }
        if self.taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn finish(self) -> Result<(), TailError> {
        self.taken?;
        if self.chunk.is_empty() { Ok(()) } else { take_in(&mut self.shared.write(), &self.chunk) }
    }
}

/// Takes in what the journal holds beyond the ledger. After an error the ledger holds what stands before it.
pub(crate) fn catch_up<J: Journal>(
    journal: &mut J,
    shared: &Shared,
    seen: &mut dyn FnMut(&Stored<'_>),
) -> Result<Position, TailError> {
    let after = shared.read().head();
    let mut intake = Intake::new(shared);
    let decoded = decode(journal, after, seen, &mut |at, entry| intake.add(at, entry));
    intake.finish()?;
    decoded?;
    Ok(shared.read().head())
}

/// Takes in what the journal holds beyond the ledger, as [`catch_up`] does, if it still has the record that was taken in last;
/// both in one reading, so that the journal cannot be another for the one than for the other. It is given up when told to stop.
pub(crate) fn follow<J: Journal>(
    journal: &mut J,
    shared: &Shared,
    stop: &AtomicBool,
) -> Result<Position, TailError> {
    let last = shared.read().head();
    let mut is_the_same = last == Position::START;
    let before = Position::new(last.number().saturating_sub(1));
    let mut intake = Intake::new(shared);
    let decoded = decode(journal, before, &mut |_| (), &mut |at, entry| {
        if !is_the_same {
            is_the_same = shared.read().ends_with(at, &entry);
            return if is_the_same { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        }
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { intake.add(at, entry) }
    });
    intake.finish()?;
    decoded?;
    if is_the_same { Ok(shared.read().head()) } else { Err(TailError::Replaced { position: last }) }
}

/// Reads a journal from its start: one thread reads and decodes, this one replays.
pub(crate) fn open<J: Journal>(journal: &mut J) -> Result<Warm, OpenError> {
    let (sender, receiver) = sync_channel(BETWEEN);
    thread::scope(|scope| {
        let reader = thread::Builder::new()
            .name("handover-open".to_owned())
            .spawn_scoped(scope, move || send(journal, &sender))
            .map_err(|why| OpenError::Thread(Arc::new(why)))?;
        // What stands before a bad record is replayed first: of two faults the earlier one is named.
        let warm = replay(receiver)?;
        match reader.join() {
            Ok(sent) => sent?,
            Err(panic) => std::panic::resume_unwind(panic),
        }
        Ok(warm)
    })
}

fn send<J: Journal>(journal: &mut J, sender: &SyncSender<Chunk>) -> Result<(), TailError> {
    let mut chunk = Chunk::with_capacity(CHUNK);
    let decoded = decode(journal, Position::START, &mut |_| (), &mut |at, entry| {
        chunk.push((at, entry));
        if chunk.len() < CHUNK {
            return ControlFlow::Continue(());
        }
        let full = std::mem::replace(&mut chunk, Chunk::with_capacity(CHUNK));
        // Nobody receives once replaying has failed.
        if sender.send(full).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    let _ = sender.send(chunk);
    decoded
}

fn replay(receiver: Receiver<Chunk>) -> Result<Warm, TailError> {
    let mut warm = Warm::default();
    for chunk in receiver {
        take_in(&mut warm, &chunk)?;
    }
    Ok(warm)
}
