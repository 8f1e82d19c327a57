//! Why a database is not opened.

use core::fmt;
use std::io;
use std::path::PathBuf;

use crate::error::{Cause, Error};

/// Why a database could not be prepared or opened. Each says what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// The connection string cannot be read.
    Address(String),
    /// The file of the certificates cannot be used.
    Certificates {
        /// Its path.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// No server can be reached that can be used.
    Unreachable(Cause),
    /// The server does not let this role in, or has no such database.
    Refused(Cause),
    /// The server is older than what this program needs.
    OldServer {
        /// The version that was found, as `server_version_num` says it.
        found: i32,
    },
    /// The server is not set as it must be for what is acknowledged to last.
    Setting {
        /// The setting.
        name: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: String,
    },
    /// Nothing of ours is in the database, or this role may not see it.
    NoSchema,
    /// The schema is older than this program.
    OlderSchema {
        /// Its version.
        found: i32,
        /// The version that this program uses.
        known: i32,
    },
    /// A newer version of this program prepared the database.
    NewerSchema {
        /// Its version.
        found: i32,
        /// The newest that this program knows.
        known: i32,
    },
    /// No runtime or thread could be started.
    Runtime(io::Error),
    /// The database cannot be used.
    Store(Error),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(why) => write!(
                f,
                "expected a connection string such as `postgres://role@host/database`, found another: {why}"
            ),
            Self::Certificates { path, why } => write!(
                f,
                "`{}`: expected the certificates that vouch for the server, in PEM, found none that can be used: {why}",
                path.display()
            ),
            Self::Unreachable(cause) => write!(
                f,
                "expected to reach a server, found none that can be used: check the hosts and the port, and that a server \
                 runs there that can be written: {cause}"
            ),
            Self::Refused(cause) => write!(
                f,
                "expected the server to let this role in, found that it does not: check role, password and database: \
                 {cause}"
            ),
            Self::OldServer { found } => write!(
                f,
                "expected PostgreSQL 15 or later, found version {}: use a newer server",
                found.checked_div(10_000).unwrap_or(0)
            ),
            Self::Setting { name, expected, found } => {
                write!(f, "expected the server's `{name}` to be `{expected}`, found `{found}`: set it so")
            }
            Self::NoSchema => f.write_str(
                "expected a database that was prepared for ledgers, found none: let its owner prepare it, and grant this \
                 role what it needs",
            ),
            Self::OlderSchema { found, known } => write!(
                f,
                "expected a schema of version {known}, found version {found}: let the owner of the database prepare it again"
            ),
            Self::NewerSchema { found, known } => write!(
                f,
                "expected a schema of version {known} or older, found version {found}: use a newer version of this program"
            ),
            Self::Runtime(why) => write!(f, "{}", Error::Runtime(io::Error::new(why.kind(), why.to_string()))),
            Self::Store(why) => fmt::Display::fmt(why, f),
        }
    }
}

impl core::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Unreachable(cause) | Self::Refused(cause) => Some(cause),
            Self::Runtime(why) => Some(why),
            Self::Store(why) => Some(why),
            _ => None,
        }
    }
}

impl From<OpenError> for Error {
    fn from(why: OpenError) -> Self {
        match why {
            OpenError::Unreachable(cause) => Self::Unreachable(cause),
            OpenError::Store(why) => why,
            other => Self::Open(Box::new(other)),
        }
    }
}
