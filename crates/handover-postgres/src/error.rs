//! What can go wrong with a database that is in use.

use core::fmt;
use std::io;
use std::time::Duration;

use handover_journal::Position;
use tokio_postgres::error::SqlState;

use crate::open_error::OpenError;

/// Why records or titles could not be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No server could be reached that can be used, for as long as [`Options::patience`](crate::Options::patience) says.
    Unreachable(Cause),
    /// The connection ended in the midst of an operation.
    Lost(Cause),
    /// The server did not answer for so long.
    Silent(Duration),
    /// The server gave up waiting for its standbys: what was appended is on one machine only, if anywhere.
    NotReplicated,
    /// The server can only be read, or only reading was wanted.
    ReadOnly,
    /// The role may not do this.
    Forbidden(Cause),
    /// The disk of the server has no more room.
    Full,
    /// Appending was to stop; see [`PostgresJournal::stopped_by`](crate::PostgresJournal::stopped_by).
    Stopped,
    /// The server holds fewer records than this handle saw.
    Behind {
        /// The head that this handle saw.
        seen: Position,
        /// The head that the server has.
        found: Position,
    },
    /// The database holds what was never written to it. Says what and where.
    Corrupt(String),
    /// The position is beyond what PostgreSQL can number.
    Position(u64),
    /// The database cannot be opened again.
    Open(Box<OpenError>),
    /// No runtime or thread could be started.
    Runtime(io::Error),
    /// What PostgreSQL says.
    Postgres(Cause),
}

/// What PostgreSQL says, in its words.
#[derive(Debug)]
pub struct Cause(pub(crate) tokio_postgres::Error);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(said) = self.0.as_db_error() else {
            fmt::Display::fmt(&self.0, f)?;
            let mut source = core::error::Error::source(&self.0);
            while let Some(why) = source {
                write!(f, ": {why}")?;
                source = why.source();
            }
            return Ok(());
        };
        write!(f, "{} ({})", said.message(), said.code().code())?;
        said.detail().map_or(Ok(()), |detail| write!(f, ": {detail}"))
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
            Self::Unreachable(cause) => write!(
                f,
                "expected to reach a server in time, found none that can be used: check that one runs and can be written, \
                 and try again: {cause}"
            ),
            Self::Lost(cause) => write!(f, "the connection ended: {cause}"),
            Self::Silent(time) => write!(
                f,
                "expected an answer of the server within {} s, found none: check the server, its standbys and the network",
                time.as_secs()
            ),
            Self::NotReplicated => f.write_str(
                "expected the standbys to hold what was appended, found that the server gave up waiting for them: check \
                 that they run",
            ),
            Self::ReadOnly => f.write_str(
                "expected a server that can be written, found one that can only be read: name the primary in the \
                 connection string, or all hosts of the cluster",
            ),
            Self::Forbidden(cause) => {
                write!(f, "expected a role that may do this, found another: let the owner grant it: {cause}")
            }
            Self::Full => f.write_str(
                "expected room on the disk of the server, found none: make room there and try again",
            ),
            Self::Stopped => f.write_str("expected to append to the end, found that it was to stop: nothing was written"),
            Self::Behind { seen, found } => write!(
                f,
                "expected a server that holds the ledger up to position {seen}, found one that ends at {found}: a standby \
                 that lags, or one that lost what was acknowledged; check which server this is before anything is written"
            ),
            Self::Corrupt(what) => {
                write!(f, "the database is damaged: {what}; keep a copy of it and restore it from a sound one")
            }
            Self::Position(found) => {
                write!(f, "expected a position of at most {}, found {found}", i64::MAX)
            }
            Self::Open(why) => fmt::Display::fmt(why, f),
            Self::Runtime(why) => write!(f, "expected a thread and a runtime for the connection, found none: {why}"),
            Self::Postgres(cause) => write!(f, "PostgreSQL says: {cause}"),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Open(why) => why.source(),
            Self::Runtime(why) => Some(why),
            Self::Unreachable(cause) | Self::Lost(cause) | Self::Forbidden(cause) | Self::Postgres(cause) => {
                Some(cause)
            }
            _ => None,
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        if is_lost(&error) {
            return Self::Lost(Cause(error));
        }
        let Some(code) = error.code() else { return Self::Postgres(Cause(error)) };
        if *code == SqlState::DISK_FULL {
            Self::Full
        } else if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
            Self::ReadOnly
        } else if *code == SqlState::INSUFFICIENT_PRIVILEGE {
            Self::Forbidden(Cause(error))
        } else if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED {
            Self::Corrupt(Cause(error).to_string())
        } else {
            Self::Postgres(Cause(error))
        }
    }
}

/// Whether the connection, or the server's side of it, is gone: what was asked for may have been done.
///
/// An error of the severity `ERROR` ends a statement and undoes it. Anything worse ends the session at a point that is
/// not known, and so does one that a proxy says in the server's stead (class 08) or that names an unknown completion.
pub(crate) fn is_lost(error: &tokio_postgres::Error) -> bool {
    use tokio_postgres::error::Severity;
    let Some(said) = error.as_db_error() else {
        // Without the server's word: the client could not send or receive. What it could not encode it did not send.
        return error.is_closed() || source_is_io(error);
    };
    let code = said.code();
    said.parsed_severity() != Some(Severity::Error)
        || code.code().starts_with("08")
        || *code == SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN
        || *code == SqlState::ADMIN_SHUTDOWN
        || *code == SqlState::CRASH_SHUTDOWN
}

fn source_is_io(error: &tokio_postgres::Error) -> bool {
    core::error::Error::source(error).is_some_and(<dyn core::error::Error>::is::<io::Error>)
}
