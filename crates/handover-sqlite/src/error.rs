//! What can go wrong with a file that is open.

use core::fmt;

use rusqlite::ErrorCode;

use crate::open_error::OpenError;

/// Why records or titles could not be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Another connection held the file for longer than [`Options::busy_timeout`](crate::Options::busy_timeout).
    Busy,
    /// The disk or the file has no more room.
    Full,
    /// The file or its directory cannot be written.
    ReadOnly,
    /// Appending was to stop; see [`SqliteJournal::stopped_by`](crate::SqliteJournal::stopped_by).
    Stopped,
    /// The file holds what was never written to it. Says what and where.
    Corrupt(String),
    /// The position is beyond what SQLite can number.
    Position(u64),
    /// The file cannot be opened again.
    Open(Box<OpenError>),
    /// What SQLite says.
    Sqlite(Cause),
}

/// What SQLite says, in its words.
#[derive(Debug)]
pub struct Cause(rusqlite::Error);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl core::error::Error for Cause {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&self.0)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str(
                "expected to get the file within the time allowed, found it held by another process: try again, or end \
                 the process that holds it",
            ),
            Self::Full => f.write_str("expected room for the records, found none: make room on the disk and try again"),
            Self::ReadOnly => f.write_str(
                "expected a file that can be written, found one that can only be read: allow writing to it and to its \
                 directory",
            ),
            Self::Stopped => f.write_str("expected to append to the end, found that it was to stop: nothing was written"),
            Self::Corrupt(what) => {
                write!(f, "the file is damaged: {what}; keep a copy of it and restore it from a sound one")
            }
            Self::Position(found) => {
                write!(f, "expected a position of at most {}, found {found}", i64::MAX)
            }
            Self::Open(why) => fmt::Display::fmt(why, f),
            Self::Sqlite(cause) => write!(f, "SQLite says: {cause}"),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Open(why) => why.source(),
            Self::Sqlite(cause) => Some(cause),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(error.to_string()),
            _ => Self::Sqlite(Cause(error)),
        }
    }
}
