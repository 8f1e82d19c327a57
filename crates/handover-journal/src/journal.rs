//! The port.

use core::ops::ControlFlow;

use crate::error::AppendError;
use crate::record::{Position, Record, Stored};

/// The append-only sequence of one ledger, by one handle.
///
/// Any number of handles, in any number of threads and processes, may be open on one sequence. A handle is driven by
/// one thread at a time and blocks it: a desk has a thread of its own for this, and others only where
/// [`works_in_any_thread`](Journal::works_in_any_thread) says so.
///
/// # The contract
///
/// - **Positions** are `1, 2, 3, …` without a gap, in the order in which appends took effect. [`Position::START`] is
///   before the first record. A record keeps its position for ever.
/// - **Immutable**: what a record holds is read back as it was appended, to the byte. Nothing is changed or removed.
/// - **Order** is position, never a clock: a journal does not look at [`Record::recorded_at`] and keeps it as given.
/// - **Isolation**: a store may hold many ledgers; an append to one does not touch another.
///
/// The suite behind the feature `conformance` has one test for each rule.
pub trait Journal: Send {
    /// Why this journal cannot be used, in the adapter's words.
    type Error: core::error::Error + Send + Sync + 'static;

    /// Appends records directly after a position, all or none, and returns the position of the last.
    ///
    /// **Atomicity.** All records are in the journal, adjacent and in the order given, or none is; no reader ever sees
    /// some of them. **Durability.** Once this returns `Ok`, a journal that claims durability holds the records
    /// through the end of the process and of the machine's power. **Order.** They take the positions that follow
    /// `after`, and only if `after` is the head at that moment: of two handles that append after the same position
    /// one succeeds and the other has a conflict.
    ///
    /// An empty slice appends nothing and answers like any other: `Ok(after)` if `after` is the head, otherwise the
    /// conflict.
    ///
    /// **Retry.** After [`AppendError::Failed`] nothing was written, and the same call may be made again. After
    /// [`AppendError::Unknown`] the records are all there or none is, and the journal cannot say which: read after
    /// `after`; what is found there tells. Until then do not append the same records again, for a journal
    /// does not look into payloads and would keep them twice.
    ///
    /// # Errors
    /// In this order of precedence:
    ///
    /// 1. [`AppendError::Conflict`]: `after` is not the head, in either direction. Nothing was written.
    /// 2. [`AppendError::Failed`]: nothing was written.
    /// 3. [`AppendError::Unknown`]: written or not.
    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<Self::Error>>;

    /// Reads the records after a position, in order, each once, until there are no more or `each` breaks.
    ///
    /// **Order.** Ascending positions without a gap, the first being that after `after`; an `after` at or beyond the
    /// head reads nothing. **What is seen.** At least every record whose append had returned `Ok`, through any handle,
    /// before this call began. Other handles may append meanwhile, in this thread too: `each` may use them.
    /// Whether this read sees what they append is open, but each append is seen whole or not at all if `each` does not
    /// break, and whoever wants the rest reads on after the last position that was seen. The journals of
    /// this workspace read as of the moment at which the call began, and see nothing of it. **Reentry.** `each` must not use
    /// this journal: it has no way to.
    /// **Retry.** Reading changes nothing and may be done again.
    ///
    /// # Errors
    /// The journal cannot be read or holds what cannot have been appended; `each` has seen a prefix of what there is.
    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), Self::Error>;

    /// The position of the last record, [`Position::START`] if there is none.
    ///
    /// It is at least that of every append that had returned `Ok`, through any handle, before this call began, and
    /// never falls.
    ///
    /// # Errors
    /// The journal cannot be read.
    fn head(&mut self) -> Result<Position, Self::Error>;

    /// Whether this handle can be driven by any thread, now by one and then by another: also by one that serves a
    /// runtime of futures, where blocking on a future would panic. `false` unless told.
    ///
    /// Where it can, a caller who waits at a desk may do the desk's work meanwhile, which spares the changes of threads.
    fn works_in_any_thread(&self) -> bool {
        false
    }
}

impl<J: Journal + ?Sized> Journal for Box<J> {
    type Error = J::Error;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<Self::Error>> {
        (**self).append(after, records)
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), Self::Error> {
        (**self).read(after, each)
    }

    fn head(&mut self) -> Result<Position, Self::Error> {
        (**self).head()
    }

    fn works_in_any_thread(&self) -> bool {
        (**self).works_in_any_thread()
    }
}
