//! The ledger that readers see: durable entries only.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use handover::entry::Entry;
use handover::ledger::{Ledger, Posted};
use handover::refusal::Refusal;
use handover_journal::{Position, Timestamp};

use crate::error::KnownAtError;

/// As of when a ledger is wanted, in the order of recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KnownAt {
    /// With every record up to this one; [`Position::START`] for none.
    Position(Position),
    /// With every record that was recorded by then.
    Time(Timestamp),
}

/// A ledger, and when each of its records was recorded.
#[derive(Debug, Default)]
pub(crate) struct Warm {
    pub(crate) ledger: Ledger,
    /// One for each position. It never falls: a record that claims an earlier time than one before it was known no earlier.
    times: Vec<Timestamp>,
    /// Positions at which an entry stands that stands before: no desk writes that, and it changes nothing.
    repeats: Vec<Position>,
}

impl Warm {
    /// The position of the last record.
    pub(crate) fn head(&self) -> Position {
        Position::new(u64::try_from(self.times.len()).unwrap_or(u64::MAX))
    }

    pub(crate) fn last_time(&self) -> Option<Timestamp> {
        self.times.last().copied()
    }

    /// Takes the next record in.
    pub(crate) fn take_in(&mut self, at: Timestamp, entry: &Entry) -> Result<(), Refusal> {
        if self.ledger.replay(entry)? == Posted::AlreadyRecorded {
            self.repeats.push(self.head().next());
        }
        self.times.push(self.last_time().map_or(at, |last| last.max(at)));
        Ok(())
    }

    /// Whether this entry, recorded then, is the last that was taken in.
    pub(crate) fn ends_with(&self, at: Timestamp, entry: &Entry) -> bool {
        let before = self.times.iter().nth_back(1);
        let is_the_entry = if self.repeats.last() == Some(&self.head()) {
            self.ledger.is_recorded(entry)
        } else {
            self.ledger.entries().next_back().as_ref() == Some(entry)
        };
        is_the_entry && self.last_time() == Some(before.map_or(at, |before| at.max(*before)))
    }

    /// How many entries the ledger had then.
    fn entries_at(&self, when: KnownAt) -> Result<usize, KnownAtError> {
        let head = self.head();
        let position = match when {
            KnownAt::Position(asked) if asked > head => {
                return Err(KnownAtError::BeyondHead { asked, head });
            }
            KnownAt::Position(asked) => asked,
            KnownAt::Time(time) => {
                let known = self.times.partition_point(|recorded| *recorded <= time);
                Position::new(u64::try_from(known).unwrap_or(u64::MAX))
            }
        };
        let repeated = self.repeats.partition_point(|repeat| *repeat <= position);
        Ok(usize::try_from(position.number()).unwrap_or(usize::MAX).saturating_sub(repeated))
    }
}

/// A ledger that one thread writes and many read. A panic elsewhere leaves it whole: a draft rolls back as it is
/// dropped.
#[derive(Debug, Default)]
pub(crate) struct Shared(RwLock<Warm>);

impl Shared {
    pub(crate) fn new(warm: Warm) -> Self {
        Self(RwLock::new(warm))
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Warm> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, Warm> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The ledger as it was known then. What stands in a ledger never changes, so it is copied a little at a time and
    /// nobody is kept waiting.
    pub(crate) fn known_at(&self, when: KnownAt) -> Result<Ledger, KnownAtError> {
        const AT_ONCE: usize = 1_024;
        let entries = self.read().entries_at(when)?;
        let mut known = Ledger::new();
        while known.len() < entries {
            let wanted = entries.saturating_sub(known.len()).min(AT_ONCE);
            let chunk: Vec<Entry> = self.read().ledger.entries().skip(known.len()).take(wanted).collect();
            for entry in &chunk {
                let _ = known
                    .replay(entry)
                    .map_err(|refusal| KnownAtError::Replay { entry: entry.id, refusal })?;
            }
        }
        Ok(known)
    }
}
