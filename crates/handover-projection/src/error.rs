//! Why there is no projection.

use core::fmt;
use std::error::Error;
use std::io;
use std::path::PathBuf;

use handover::refusal::EntryRefusal;

/// Why nothing was written. What was there before is there still.
#[derive(Debug)]
#[non_exhaustive]
pub enum ProjectionError {
    /// A party by whose word it is to be read is not recorded.
    Refused(EntryRefusal),
    /// A file is there that is no projection.
    NoProjection(PathBuf),
    /// A file is there that keeps a ledger. It is never replaced, whatever was allowed.
    KeepsALedger(PathBuf),
    /// Beside the file is one that SQLite keeps while somebody writes, or after that broke off: with the file in its place
    /// replaced, it would be read as a part of the new one.
    InUse(PathBuf),
    /// Whoever waited did not want to wait.
    Stopped,
    /// The file, or that which is to take its place, could not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// SQLite could not write a table: no room is left, as a rule.
    Sqlite(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for ProjectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => why.fmt(f),
            Self::NoProjection(path) => write!(
                f,
                "`{}`: expected a projection or nothing, found another file: name another, or allow that it is replaced",
                path.display()
            ),
            Self::KeepsALedger(path) => write!(
                f,
                "`{}`: expected a projection or nothing, found a file that keeps a ledger: name another",
                path.display()
            ),
            Self::InUse(path) => write!(
                f,
                "`{}` is there: somebody writes to the file beside it, or broke off; end that, open the file once with SQLite, \
                 and try again",
                path.display()
            ),
            Self::Stopped => f.write_str("stopped: nothing was written"),
            Self::Io { path, why } => write!(f, "`{}`: {why}", path.display()),
            Self::Sqlite(why) => write!(f, "the tables could not be written: {why}"),
        }
    }
}

impl Error for ProjectionError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Refused(why) => Some(why),
            Self::Io { why, .. } => Some(why),
            Self::Sqlite(why) => Some(why.as_ref()),
            _ => None,
        }
    }
}

impl From<EntryRefusal> for ProjectionError {
    fn from(why: EntryRefusal) -> Self {
        Self::Refused(why)
    }
}

impl From<rusqlite::Error> for ProjectionError {
    fn from(why: rusqlite::Error) -> Self {
        Self::Sqlite(Box::new(why))
    }
}
