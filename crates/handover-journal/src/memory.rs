//! A journal in memory.

use core::fmt;
use core::ops::ControlFlow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::AppendError;
use crate::journal::Journal;
use crate::record::{LedgerId, Position, Record, Stored};

type Records = Arc<Mutex<Vec<Arc<Record>>>>;

/// Ledgers in memory: gone with the last handle, and otherwise a journal like any other, which refuses whoever
/// has not seen the head.
///
/// ```
/// use handover_journal::{Journal, LedgerId, MemoryStore, Position};
///
/// let store = MemoryStore::new();
/// assert_eq!(store.journal(&LedgerId::new("june")?).head()?, Position::START);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    ledgers: Arc<Mutex<BTreeMap<LedgerId, Records>>>,
}

impl MemoryStore {
    /// A store that holds nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A handle on a ledger of this store; it begins empty.
    pub fn journal(&self, ledger: &LedgerId) -> MemoryJournal {
        let mut ledgers = self.ledgers.lock().unwrap_or_else(PoisonError::into_inner);
        MemoryJournal { records: Arc::clone(ledgers.entry(ledger.clone()).or_default()) }
    }
}

/// A handle on a ledger in memory.
///
/// A read is of one moment, that at which it begins: what other handles append while it runs is not in it, and they
/// need not wait.
///
/// [`MemoryStore`] has an example.
#[derive(Clone, Debug)]
pub struct MemoryJournal {
    records: Records,
}

/// A journal in memory has no way to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemoryError {}

impl fmt::Display for MemoryError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::error::Error for MemoryError {}

impl MemoryJournal {
    /// The records after a position, as they are now.
    fn after(&self, after: Position) -> Vec<Arc<Record>> {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let skipped = usize::try_from(after.number()).unwrap_or(usize::MAX);
        records.iter().skip(skipped).cloned().collect()
    }
}

fn head(records: &[Arc<Record>]) -> Position {
    Position::new(u64::try_from(records.len()).unwrap_or(u64::MAX))
}

impl Journal for MemoryJournal {
    type Error = MemoryError;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<MemoryError>> {
        let mut held = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let found = head(&held);
        if found != after {
            return Err(AppendError::Conflict { expected: after, found });
        }
        held.extend(records.iter().cloned().map(Arc::new));
        Ok(head(&held))
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), MemoryError> {
        // The lock is not held while `each` runs: it may use another handle.
        let mut position = after;
        for record in self.after(after) {
            position = position.next();
            let stored = Stored::new(
                position,
                record.recorded_at(),
                record.recorded_by().as_str(),
                record.version(),
                record.payload(),
            );
            if each(stored).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn head(&mut self) -> Result<Position, MemoryError> {
        Ok(head(&self.records.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn works_in_any_thread(&self) -> bool {
        true
    }
}
