//! Reading the records of a ledger, each proven.

use core::ops::ControlFlow;

use handover_journal::{MAX_PAYLOAD, Position, Recorder, Stored, Timestamp};
use rusqlite::{Connection, Row};

use crate::checksum::Checksum;
use crate::error::Error;
use crate::ledger::{integer, text};

/// The records of one ledger, as of one moment.
pub(crate) struct Reading<'r> {
    pub(crate) ledger: &'r str,
    pub(crate) id: i64,
    pub(crate) checksum: &'r Checksum,
    pub(crate) head: i64,
}

const SELECT: &str = "SELECT position, recorded_at, recorded_by, version, payload, checksum FROM records \
                      WHERE ledger = ?1 AND position > ?2 ORDER BY position";

impl Reading<'_> {
    /// Gives out the records after a position; stops at the first that is not sound. Within a transaction.
    pub(crate) fn run(
        &self,
        connection: &Connection,
        after: i64,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mut statement = connection.prepare_cached(SELECT)?;
        let mut rows = statement.query([self.id, after])?;
        let mut last = after;
        let mut recorder = String::new();
        while let Some(row) = rows.next().map_err(|why| self.broken(last, why))? {
            let stored = self.proven(row, last, &mut recorder)?;
            last = last.saturating_add(1);
            if each(stored).is_break() {
                return Ok(());
            }
        }
        if last < self.head {
            let missing = last.saturating_add(1);
            return Err(
                self.corrupt(missing, format_args!("expected records up to {}, found none", self.head))
            );
        }
        Ok(())
    }

    /// Gives out every record that is sound, and says what is wrong with each of the others. Within a transaction.
    ///
    /// # Errors
    /// The file cannot be read. Damage is no error: where SQLite finds it and cannot go on, the last line says so.
    pub(crate) fn prove(
        &self,
        connection: &Connection,
        each: &mut dyn FnMut(Stored<'_>),
        wrong: &mut dyn FnMut(String),
    ) -> Result<(), Error> {
        let mut statement = connection.prepare_cached(SELECT)?;
        let mut rows = statement.query([self.id, 0])?;
        let mut last = 0;
        let mut recorder = String::new();
        loop {
            let row = match rows.next().map_err(|why| self.broken(last, why)) {
                Ok(Some(row)) => row,
                Ok(None) => break,
                Err(Error::Corrupt(what)) => {
                    wrong(what);
                    wrong(format!(
                        "ledger `{}`: nothing after position {last} could be looked at",
                        self.ledger
                    ));
                    return Ok(());
                }
                Err(other) => return Err(other),
            };
            // The place of a row is its own word first: what is missing before it is told apart from what is wrong in it.
            let position = integer(row, 0, || self.called(last.saturating_add(1))).unwrap_or(last);
            if position > self.head {
                // It is no measure of what is missing.
                wrong(format!(
                    "{}: expected none after the head {}, found it",
                    self.called(position),
                    self.head
                ));
                continue;
            }
            if position > last {
                self.missing(last, position.saturating_sub(1), wrong);
                last = position.saturating_sub(1);
            }
            match self.proven(row, last, &mut recorder) {
                Ok(stored) => each(stored),
                Err(Error::Corrupt(what)) => wrong(what),
                Err(other) => return Err(other),
            }
            last = last.max(position);
        }
        self.missing(last, self.head, wrong);
        Ok(())
    }

    /// Says which records are not there: those after one position, up to another.
    fn missing(&self, after: i64, until: i64, wrong: &mut dyn FnMut(String)) {
        let first = after.saturating_add(1);
        match until.saturating_sub(after) {
            ..=0 => {}
            1 => wrong(format!("{} is missing", self.called(first))),
            _ => wrong(format!(
                "the records at positions {first} to {until} of ledger `{}` are missing",
                self.ledger
            )),
        }
    }

    /// The record of a row, if it is the one after the last and as it was written.
    fn proven<'s>(&self, row: &'s Row<'_>, last: i64, recorder: &mut String) -> Result<Stored<'s>, Error> {
        let next = last.saturating_add(1);
        let what = || self.called(next);
        let position = integer(row, 0, what)?;
        if position != next {
            return Err(self.corrupt(next, format_args!("expected it, found position {position}")));
        }
        if position > self.head {
            return Err(
                self.corrupt(next, format_args!("expected none after the head {}, found it", self.head))
            );
        }
        let (at, version) = (integer(row, 1, what)?, integer(row, 3, what)?);
        let (by, payload) = (text(row, 2, what)?, text(row, 4, what)?);
        if integer(row, 5, what)? != self.checksum.record(position, at, by, version, payload) {
            return Err(self.corrupt(next, format_args!("it differs from its checksum")));
        }
        let unfit = |part: &str| self.corrupt(next, format_args!("its {part} is not what can be recorded"));
        let by = core::str::from_utf8(by).map_err(|_| unfit("recorder"))?;
        if by != recorder {
            Recorder::new(by).map_err(|_| unfit("recorder"))?;
            by.clone_into(recorder);
        }
        let payload = core::str::from_utf8(payload).map_err(|_| unfit("payload"))?;
        if payload.len() > MAX_PAYLOAD || payload.as_bytes().contains(&0) {
            return Err(unfit("payload"));
        }
        let version = u16::try_from(version).map_err(|_| unfit("version"))?;
        let position = Position::new(u64::try_from(position).map_err(|_| unfit("position"))?);
        Ok(Stored::new(position, Timestamp::from_micros(at), by, version, payload))
    }

    fn called(&self, position: i64) -> String {
        format!("the record at position {position} of ledger `{}`", self.ledger)
    }

    fn corrupt(&self, position: i64, what: core::fmt::Arguments<'_>) -> Error {
        Error::Corrupt(format!("{}: {what}", self.called(position)))
    }

    /// Where SQLite itself finds damage, the position is added.
    fn broken(&self, last: i64, why: rusqlite::Error) -> Error {
        match Error::from(why) {
            Error::Corrupt(what) => self.corrupt(last.saturating_add(1), format_args!("{what}")),
            other => other,
        }
    }
}
