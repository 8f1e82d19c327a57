//! From a journal into the ledger.

use core::ops::ControlFlow;
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

/// Takes in what the journal holds beyond the ledger. After an error the ledger holds what stands before it.
pub(crate) fn catch_up<J: Journal>(
    journal: &mut J,
    shared: &Shared,
    seen: &mut dyn FnMut(&Stored<'_>),
) -> Result<Position, TailError> {
    let after = shared.read().head();
    let mut chunk = Chunk::new();
    let mut taken = Ok(());
    let decoded = decode(journal, after, seen, &mut |at, entry| {
        chunk.push((at, entry));
        if chunk.len() >= CHUNK {
            taken = take_in(&mut shared.write(), &chunk);
            chunk.clear();
        }
        if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    taken?;
    if !chunk.is_empty() {
        take_in(&mut shared.write(), &chunk)?;
    }
    decoded?;
    Ok(shared.read().head())
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
