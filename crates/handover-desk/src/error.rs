//! What can go wrong at a desk.

use core::error::Error;
use core::fmt;
use std::sync::Arc;

use handover::entry::Entry;
use handover::id::EntryId;
use handover::refusal::Refusal;
use handover_journal::Position;

/// Why a journal could not do something, in the words of its adapter.
pub type Source = Arc<dyn Error + Send + Sync>;

/// A submission is not recorded, or it is not known whether it is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SubmitError {
    /// An entry may not stand. None of the submission is recorded.
    Refused {
        /// The place of the first entry that is refused, from 0.
        place: usize,
        /// Its identifier.
        entry: EntryId,
        /// Why it is refused; it names the [rule](Refusal::rule).
        refusal: Refusal,
    },
    /// An entry is longer than a record may be. None of the submission is recorded.
    TooLarge {
        /// The place of the first such entry, from 0.
        place: usize,
        /// Its identifier.
        entry: EntryId,
    },
    /// The journal did not take it. Nothing has changed, and the same submission may be made again.
    NotRecorded(Source),
    /// All of it is recorded or none, and the journal cannot be asked. The same submission may be made again: what is
    /// recorded is not recorded twice.
    Unknown(Source),
    /// The desk takes no more submissions. None of this one is recorded.
    Closed,
}

impl fmt::Display for SubmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { place, entry, refusal } => {
                write!(f, "entry `{entry}`, at place {place}: {refusal}: {}", refusal.rule())
            }
            Self::TooLarge { place, entry } => write!(
                f,
                "expected entries of at most {} bytes, found `{entry}` at place {place}, which is longer: shorten it",
                handover_wire::MAX_LINE
            ),
            Self::NotRecorded(why) => write!(f, "nothing was recorded, submit it again: {why}"),
            Self::Unknown(why) => write!(
                f,
                "all was recorded or nothing, submit it again to know, nothing is recorded twice: {why}"
            ),
            Self::Closed => f.write_str("expected an open desk, found it closed: open the ledger again"),
        }
    }
}

impl Error for SubmitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotRecorded(why) | Self::Unknown(why) => Some(&**why),
            Self::Refused { refusal, .. } => Some(refusal),
            Self::TooLarge { .. } | Self::Closed => None,
        }
    }
}

/// The queue is full. Nothing was submitted, and here are the entries again.
#[derive(Clone, Debug)]
pub struct Busy {
    /// What was to be submitted.
    pub entries: Vec<Entry>,
}

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a place in the queue, found none: submit the entries again later")
    }
}

impl Error for Busy {}

/// What a journal holds could not be taken into the ledger. The ledger holds what stands before.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum TailError {
    /// The journal cannot be read.
    Journal(Source),
    /// The journal does not give the record that comes next.
    OutOfOrder {
        /// The position that comes next.
        expected: Position,
        /// The position that was read.
        found: Position,
    },
    /// A record has a version that is not known, or does not hold an entry.
    Payload {
        /// Where it stands.
        position: Position,
        /// What is wrong.
        why: Arc<handover_wire::ReadError>,
    },
    /// An entry refers to what is not recorded before it, or stands under an identifier that another one has.
    Replay {
        /// Where it stands.
        position: Position,
        /// Its identifier.
        entry: EntryId,
        /// What is wrong.
        refusal: Refusal,
    },
    /// The journal ends before what it had: it was restored from an older copy, or another server answers that has less.
    /// Only a [`Follower`](crate::Follower) looks.
    Fell {
        /// The last position that it had.
        seen: Position,
        /// The last position that it has.
        found: Position,
    },
    /// The journal has another record, or none, where the last one stands that was taken in: it was restored from an older copy and went on
    /// from there, or it is another journal. Only a [`Follower`](crate::Follower) looks.
    Replaced {
        /// Where it stands.
        position: Position,
    },
}

impl fmt::Display for TailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(why) => write!(f, "the journal cannot be read: {why}"),
            Self::OutOfOrder { expected, found } => write!(
                f,
                "expected the record at position {expected}, found that at {found}: check where the journal is kept"
            ),
            Self::Payload { position, why } => {
                write!(f, "the record at position {position} is no entry: {why}")
            }
            Self::Replay { position, entry, refusal } => write!(
                f,
                "entry `{entry}` at position {position} does not follow from those before it: {refusal}"
            ),
            Self::Fell { seen, found } => write!(
                f,
                "expected the journal up to position {seen}, which it had, found that it ends at {found}: check whether it was restored \
                 from an older copy, or which server answers"
            ),
            Self::Replaced { position } => write!(
                f,
                "expected at position {position} the record that was read there, found another or none: check whether the journal was \
                 restored from an older copy, and open the ledger again once it is settled which one holds"
            ),
        }
    }
}

impl Error for TailError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Journal(why) => Some(&**why),
            Self::OutOfOrder { .. } | Self::Fell { .. } | Self::Replaced { .. } => None,
            Self::Payload { why, .. } => Some(&**why),
            Self::Replay { refusal, .. } => Some(refusal),
        }
    }
}

/// A desk was not opened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// The journal holds what cannot be taken into a ledger, or cannot be read.
    Journal(TailError),
    /// No thread could be started.
    Thread(Source),
}

impl From<TailError> for OpenError {
    fn from(why: TailError) -> Self {
        Self::Journal(why)
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(why) => why.fmt(f),
            Self::Thread(why) => write!(f, "expected a thread for the desk, found none: {why}"),
        }
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Journal(why) => why.source(),
            Self::Thread(why) => Some(&**why),
        }
    }
}

/// What others appended was not read, or not to its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RefreshError {
    /// The journal holds what cannot be taken into the ledger, or cannot be read.
    Journal(TailError),
    /// The desk is closed and does not read any more.
    Closed,
}

impl fmt::Display for RefreshError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(why) => why.fmt(f),
            Self::Closed => SubmitError::Closed.fmt(f),
        }
    }
}

impl Error for RefreshError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Journal(why) => why.source(),
            Self::Closed => None,
        }
    }
}

/// A follower does not follow: see [`Trouble`](crate::Trouble).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum FollowError {
    /// The journal holds what cannot be taken into the ledger, is not the one that it was, or cannot be read.
    Journal(TailError),
    /// The follower is closed and does not read any more.
    Closed,
    /// Its thread ended by a panic.
    Panicked(Panicked),
}

impl fmt::Display for FollowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(why) => why.fmt(f),
            Self::Closed => f.write_str("expected an open follower, found it closed: open the ledger again"),
            Self::Panicked(why) => why.fmt(f),
        }
    }
}

impl Error for FollowError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Journal(why) => why.source(),
            Self::Closed | Self::Panicked(_) => None,
        }
    }
}

/// There is no ledger as of that moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KnownAtError {
    /// The ledger does not reach as far as the position.
    BeyondHead {
        /// The position that was asked for.
        asked: Position,
        /// The last position that the ledger holds.
        head: Position,
    },
    /// What was replayed before does not replay again: a fault of this program.
    Replay {
        /// The entry.
        entry: EntryId,
        /// What is wrong.
        refusal: Refusal,
    },
}

impl fmt::Display for KnownAtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeyondHead { asked, head } => write!(
                f,
                "expected a position from 0 to {head}, where the ledger ends, found `{asked}`: ask for an earlier one"
            ),
            Self::Replay { entry, refusal } => {
                write!(f, "entry `{entry}` does not replay again, report this fault: {refusal}")
            }
        }
    }
}

impl Error for KnownAtError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::BeyondHead { .. } => None,
            Self::Replay { refusal, .. } => Some(refusal),
        }
    }
}

/// The thread of a desk or of a follower ended by a panic, of the journal or of the clock. Every ticket is answered, and what was
/// acknowledged is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panicked;

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the thread ended by a panic: open the ledger again")
    }
}

impl Error for Panicked {}
