//! What a journal holds.

use core::fmt;
use core::str::FromStr;
use std::sync::Arc;

use crate::error::RecordError;

/// The longest payload of a record, in bytes.
pub const MAX_PAYLOAD: usize = 1 << 20;

/// A place in a journal: the number of a record, from 1, or [`Position::START`] before the first.
///
/// ```
/// use handover_journal::Position;
///
/// assert_eq!(Position::START.number(), 0);
/// assert!(Position::START < Position::new(1));
/// assert_eq!(Position::new(7).next(), Position::new(8));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(u64);

impl Position {
    /// Before the first record.
    pub const START: Self = Self(0);

    /// The position of this number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// How many records stand up to here.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The position after this one. At the end of the numbers it stays.
    #[must_use]
    pub const fn next(self) -> Self {
        self.forward(1)
    }

    /// The position so many records further on. At the end of the numbers it stays.
    #[must_use]
    pub const fn forward(self, by: u64) -> Self {
        Self(self.0.saturating_add(by))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// When something was recorded: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted. A journal keeps it
/// and never orders by it.
///
/// ```
/// use handover_journal::Timestamp;
///
/// assert!(Timestamp::from_micros(-1) < Timestamp::from_micros(0));
/// assert_eq!(Timestamp::from_micros(5).micros(), 5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// So many microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }
}

/// A text that is checked once and cheap to copy.
macro_rules! checked_text {
    ($name:ident, $error:ident, $check:expr) => {
        impl $name {
            /// Takes the text.
            ///
            /// # Errors
            #[doc = concat!("[`RecordError::", stringify!($error), "`].")]
            pub fn new(text: &str) -> Result<Self, RecordError> {
                let check: fn(&str) -> bool = $check;
                if check(text) { Ok(Self(text.into())) } else { Err(RecordError::$error) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = RecordError;

            fn from_str(text: &str) -> Result<Self, RecordError> {
                Self::new(text)
            }
        }
    };
}

/// Who put a record into the journal, as the one who keeps it calls them: a desk, an account, an importer. It says
/// nothing about whose word the record is.
///
/// 1 to 200 bytes without control characters.
///
/// ```
/// use handover_journal::Recorder;
///
/// assert_eq!(Recorder::new("night desk")?.as_str(), "night desk");
/// assert!(Recorder::new("").is_err());
/// # Ok::<(), handover_journal::RecordError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recorder(Arc<str>);

checked_text!(Recorder, Recorder, |text| {
    (1..=200).contains(&text.len()) && !text.chars().any(char::is_control)
});

/// The name of a ledger within its store: 1 to 63 of `a`–`z`, `0`–`9` and `-`, the first a letter.
///
/// ```
/// use handover_journal::LedgerId;
///
/// assert_eq!(LedgerId::new("istanbul-2025")?.as_str(), "istanbul-2025");
/// assert!(LedgerId::new("2025").is_err());
/// # Ok::<(), handover_journal::RecordError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LedgerId(Arc<str>);

checked_text!(LedgerId, LedgerId, |text| {
    (1..=63).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
});

/// What is appended: an opaque payload, and the circumstances of its recording.
///
/// ```
/// use handover_journal::{Record, Recorder, Timestamp};
///
/// let record = Record::new(Timestamp::from_micros(0), Recorder::new("desk")?, 1, "{}")?;
/// assert_eq!((record.version(), record.payload()), (1, "{}"));
/// assert!(Record::new(Timestamp::from_micros(0), Recorder::new("desk")?, 1, "\0").is_err());
/// # Ok::<(), handover_journal::RecordError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    recorded_at: Timestamp,
    recorded_by: Recorder,
    version: u16,
    payload: String,
}

impl Record {
    /// Makes a record.
    ///
    /// # Errors
    /// In this order: [`RecordError::PayloadTooLong`], [`RecordError::NulInPayload`].
    pub fn new(
        recorded_at: Timestamp,
        recorded_by: Recorder,
        version: u16,
        payload: impl Into<String>,
    ) -> Result<Self, RecordError> {
        let payload = payload.into();
        if payload.len() > MAX_PAYLOAD {
            return Err(RecordError::PayloadTooLong(payload.len()));
        }
        if payload.as_bytes().contains(&0) {
            return Err(RecordError::NulInPayload);
        }
        Ok(Self { recorded_at, recorded_by, version, payload })
    }

    /// When it was recorded.
    pub fn recorded_at(&self) -> Timestamp {
        self.recorded_at
    }

    /// The same record, recorded at another time: whoever appends stamps it when its place in the order is known.
    #[must_use]
    pub fn at(mut self, recorded_at: Timestamp) -> Self {
        self.recorded_at = recorded_at;
        self
    }

    /// Who recorded it.
    pub fn recorded_by(&self) -> &Recorder {
        &self.recorded_by
    }

    /// In which version of the format and of the rules the payload is written. Opaque to a journal.
    pub fn version(&self) -> u16 {
        self.version
    }

    /// What is recorded. Opaque to a journal.
    pub fn payload(&self) -> &str {
        &self.payload
    }
}

/// A record as it is read, with its position. It borrows from the journal: copy what is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Stored<'j> {
    /// Its position.
    pub position: Position,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it, as in [`Recorder`].
    pub recorded_by: &'j str,
    /// In which version the payload is written.
    pub version: u16,
    /// What is recorded.
    pub payload: &'j str,
}

impl<'j> Stored<'j> {
    /// A record at its position, for adapters.
    pub fn new(
        position: Position,
        recorded_at: Timestamp,
        recorded_by: &'j str,
        version: u16,
        payload: &'j str,
    ) -> Self {
        Self { position, recorded_at, recorded_by, version, payload }
    }
}
