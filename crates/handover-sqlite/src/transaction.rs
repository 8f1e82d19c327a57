//! A transaction that tells what became of it.

use rusqlite::{Connection, ErrorCode};

use crate::error::Error;

/// A transaction that is given up when dropped.
pub(crate) struct Transaction<'c>(&'c Connection);

/// What a failed commit left.
#[derive(Debug)]
pub(crate) enum Uncommitted {
    /// Nothing was written.
    Nothing(Error),
    /// All was written or nothing.
    Unknown(Error),
}

impl<'c> Transaction<'c> {
    /// Begins by taking the right to write: nobody else writes until the end.
    pub(crate) fn write(connection: &'c Connection) -> Result<Self, Error> {
        Self::begin(connection, "BEGIN IMMEDIATE")
    }

    /// Begins to read: everything read is as of one moment.
    pub(crate) fn read(connection: &'c Connection) -> Result<Self, Error> {
        Self::begin(connection, "BEGIN")
    }

    fn begin(connection: &'c Connection, sql: &str) -> Result<Self, Error> {
        // One that an earlier failure left open would be in the way.
        if !connection.is_autocommit() {
            roll_back(connection);
        }
        connection.prepare_cached(sql)?.execute([])?;
        Ok(Self(connection))
    }

    pub(crate) fn commit(self) -> Result<(), Uncommitted> {
        let committed = match self.0.prepare_cached("COMMIT") {
            Ok(mut statement) => statement.execute([]),
            Err(why) => return Err(Uncommitted::Nothing(why.into())),
        };
        let Err(why) = committed else { return Ok(()) };
        roll_back(self.0);
        // Where there is no room the last part of the log, which makes the rest count, was not written whole; the
        // others are refused before anything is written. After any other failure the log may hold it all.
        let nothing = matches!(
            why.sqlite_error_code(),
            Some(
                ErrorCode::DatabaseBusy
                    | ErrorCode::DatabaseLocked
                    | ErrorCode::DiskFull
                    | ErrorCode::ReadOnly
                    | ErrorCode::ConstraintViolation
            )
        );
        if nothing && self.0.is_autocommit() {
            Err(Uncommitted::Nothing(why.into()))
        } else {
            Err(Uncommitted::Unknown(why.into()))
        }
    }
}

fn roll_back(connection: &Connection) {
    if !connection.is_autocommit() {
        // SQLite may have done it already; where it can not, the next transaction tries again.
        let _ = connection.execute_batch("ROLLBACK");
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        roll_back(self.0);
    }
}
