//! Why a file is not opened.

use core::fmt;
use std::io;
use std::path::PathBuf;

use crate::error::Error;

/// Why a file could not be made or opened. Each says what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no such file.
    NotFound(PathBuf),
    /// A file to be made is already there.
    Exists(PathBuf),
    /// The file cannot be made or reached.
    Unreachable {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The file or its directory cannot be written.
    ReadOnly(PathBuf),
    /// The file is empty: whoever made it was stopped before it was finished, or its content is lost.
    Unfinished(PathBuf),
    /// The file is no SQLite file, or its beginning is damaged.
    NotSqlite(PathBuf),
    /// An SQLite file that belongs to another program, by its `application_id`.
    NotOurs {
        /// Its path.
        path: PathBuf,
        /// The `application_id` that was found.
        found: i32,
    },
    /// A newer version of this program wrote the file.
    NewerSchema {
        /// Its path.
        path: PathBuf,
        /// The version of its schema.
        found: i32,
        /// The newest that this program knows.
        known: i32,
    },
    /// The file cannot be kept in the way that makes what is acknowledged last.
    Setting {
        /// The pragma.
        name: &'static str,
        /// What it must be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// The file cannot be used; also where it is held by another process, damaged, or where there is no room.
    Store {
        /// Its path.
        path: PathBuf,
        /// Why.
        why: Error,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(path) => {
                write!(
                    f,
                    "`{}`: expected a file, found none: check the path, or create it first",
                    path.display()
                )
            }
            Self::Exists(path) => write!(
                f,
                "`{}`: expected no file, found one: open it, or choose another path",
                path.display()
            ),
            Self::Unreachable { path, why } => write!(
                f,
                "`{}`: {why}: check that its directory exists, and that this user may read and write there",
                path.display()
            ),
            Self::ReadOnly(path) => write!(f, "`{}`: {}", path.display(), Error::ReadOnly),
            Self::Unfinished(path) => write!(
                f,
                "`{}`: expected a file that was finished, found one in which nothing was ever written, or no longer is: \
                 restore it from a sound copy or, if nothing was recorded in it, remove it and create it again",
                path.display()
            ),
            Self::NotSqlite(path) => write!(
                f,
                "`{}`: expected an SQLite file, found another or a damaged one: check the path, or restore the file from \
                 a sound copy",
                path.display()
            ),
            Self::NotOurs { path, found } => write!(
                f,
                "`{}`: expected a file with the application_id {:#010x}, found {found:#010x}: it belongs to another \
                 program; check the path",
                path.display(),
                crate::schema::APPLICATION_ID
            ),
            Self::NewerSchema { path, found, known } => write!(
                f,
                "`{}`: expected a schema of version {known} or older, found version {found}: use a newer version of \
                 this program",
                path.display()
            ),
            Self::Setting { name, expected, found } => write!(
                f,
                "expected `{name}` to be `{expected}`, found `{found}`: keep the file on a local disk whose file system \
                 allows locks and shared memory"
            ),
            Self::Store { path, why } => write!(f, "`{}`: {why}", path.display()),
        }
    }
}

impl core::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Unreachable { why, .. } => Some(why),
            Self::Store { why, .. } => Some(why),
            _ => None,
        }
    }
}
