//! Why something is not appended.

use core::fmt;

use crate::record::{MAX_PAYLOAD, Position};

/// Why records were not appended, or may not have been. The conflict is the port's own, so that whoever
/// appends recognises it whatever the adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppendError<E> {
    /// The head is elsewhere: nothing was written.
    Conflict {
        /// The position after which the records were to stand.
        expected: Position,
        /// The head that was found.
        found: Position,
    },
    /// Nothing was written.
    Failed(E),
    /// The records are all there or none is. Reading on after the position tells.
    Unknown(E),
}

impl<E> AppendError<E> {
    /// The same, with the adapter's error made into another.
    pub fn map<F>(self, how: impl FnOnce(E) -> F) -> AppendError<F> {
        match self {
            Self::Conflict { expected, found } => AppendError::Conflict { expected, found },
            Self::Failed(why) => AppendError::Failed(how(why)),
            Self::Unknown(why) => AppendError::Unknown(how(why)),
        }
    }
}

impl<E: fmt::Display> fmt::Display for AppendError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { expected, found } => {
                write!(f, "expected the head of the journal at position {expected}, found it at {found}")
            }
            Self::Failed(why) => write!(f, "nothing was written: {why}"),
            Self::Unknown(why) => {
                write!(f, "the records were written or not, and reading the journal will tell: {why}")
            }
        }
    }
}

impl<E: core::error::Error + 'static> core::error::Error for AppendError<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Conflict { .. } => None,
            Self::Failed(why) | Self::Unknown(why) => Some(why),
        }
    }
}

/// What cannot be in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// The payload is longer than [`MAX_PAYLOAD`].
    PayloadTooLong(usize),
    /// The payload holds the character NUL, which not every store can keep.
    NulInPayload,
    /// The recorder is empty, longer than 200 bytes, or holds a control character.
    Recorder,
    /// The name of the ledger is not 1 to 63 of `a`–`z`, `0`–`9` and `-`, the first of them a letter.
    LedgerId,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PayloadTooLong(found) => {
                write!(f, "expected a payload of at most {MAX_PAYLOAD} bytes, found {found}")
            }
            Self::NulInPayload => f.write_str("expected a payload without the character NUL, found one"),
            Self::Recorder => {
                f.write_str("expected a recorder of 1 to 200 bytes without control characters, found another text")
            }
            Self::LedgerId => f.write_str(
                "expected the name of a ledger of 1 to 63 of `a`-`z`, `0`-`9` and `-`, beginning with a letter, found \
                 another text",
            ),
        }
    }
}

impl core::error::Error for RecordError {}
