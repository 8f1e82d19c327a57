//! The log beside the file, which must not grow for ever.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::connect::{LONGEST, Options};
use crate::error::Error;

/// How long an append waits for those who read the log when it is too long.
const BRIEF: Duration = Duration::from_millis(100);

/// The log of a file, as one connection that appends watches it.
///
/// SQLite takes the log into the file by itself and begins it anew once nobody reads it. Where somebody always does, one
/// after another, that never comes: so whoever appends and finds it too long empties it, for which new readers need not
/// wait and those who are reading are waited for a little. Whoever reads on for longer is told of by
/// [`log_bytes`](crate::SqliteStore::log_bytes).
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    /// How long it may be.
    allowed: u64,
    /// How long it has to be before it is tried to empty it.
    next: u64,
    /// How long it was after the last append.
    last: u64,
    /// How long the connection waits otherwise.
    patience: Duration,
}

impl Log {
    pub(crate) fn of(file: &Path, options: &Options) -> Self {
        let mut name = file.as_os_str().to_owned();
        name.push("-wal");
        let patience = options.busy_timeout.min(LONGEST);
        Self { path: name.into(), allowed: options.log_bytes, next: options.log_bytes, last: 0, patience }
    }

    /// How long it is.
    pub(crate) fn bytes(&self) -> u64 {
        fs::metadata(&self.path).map_or(0, |it| it.len())
    }

    /// Empties it if it is too long and nobody reads on. What is recorded is recorded all the same.
    pub(crate) fn keep_short(&mut self, connection: &Connection) {
        let bytes = self.bytes();
        // Where it does not grow by an append, SQLite has begun it anew within its length: nobody reads the old one.
        let anew = bytes == self.last;
        self.last = bytes;
        if bytes <= self.allowed {
            self.next = self.allowed;
        } else if bytes > self.next || anew {
            let emptied = connection.busy_timeout(BRIEF.min(self.patience)).is_ok()
                && matches!(emptied(connection), Ok(true));
            // It is as it was for the next append.
            let _ = connection.busy_timeout(self.patience);
            // In vain, it is tried again when as much has come to it: who appends is not held up at each record.
            self.next = if emptied { self.allowed } else { bytes.saturating_add(self.allowed.max(1 << 20)) };
        }
    }
}

/// Takes the log into the file and empties it, as far as nobody reads or writes; whether it is empty.
pub(crate) fn emptied(connection: &Connection) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let busy: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(busy == 0)
}
