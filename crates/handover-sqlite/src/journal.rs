//! The journal.

use core::fmt;
use core::ops::ControlFlow;
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use handover_journal::{AppendError, Journal, LedgerId, Position, Record, Stored};
use rusqlite::{Connection, params};

use crate::checksum::Checksum;
use crate::error::Error;
use crate::ledger;
use crate::log::Log;
use crate::reading::Reading;
use crate::transaction::{Transaction, Uncommitted};

/// A handle on a ledger in a file, with a connection of its own.
///
/// What it acknowledges is on the disk. A read is of one moment, that at which it begins: what other handles append
/// while it runs is not in it, and they need not wait. The longer it runs, the longer the log beside the file grows that
/// others write; once it has ended, the next append that finds the log too long empties it
/// ([`Options::log_bytes`](crate::Options::log_bytes)). [`SqliteStore`](crate::SqliteStore) has an example.
pub struct SqliteJournal {
    connection: Connection,
    ledger: LedgerId,
    checksum: Checksum,
    /// The number of the ledger in the file, once it is known to be there.
    id: Option<i64>,
    log: Log,
    /// Whether appending is to be given up.
    stop: Arc<AtomicBool>,
}

impl fmt::Debug for SqliteJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteJournal").field("ledger", &self.ledger).finish_non_exhaustive()
    }
}

const INSERT: &str = "INSERT INTO records (ledger, position, recorded_at, recorded_by, version, payload, checksum) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

impl SqliteJournal {
    pub(crate) fn new(connection: Connection, ledger: LedgerId, log: Log) -> Self {
        let checksum = Checksum::of_ledger(ledger.as_str());
        Self { connection, ledger, checksum, id: None, log, stop: Arc::default() }
    }

    /// From when the flag is set, appends are given up: nothing of them is written, and they fail with
    /// [`Error::Stopped`].
    ///
    /// An append that is under way looks at the flag before each record, so that one of many records is given up soon.
    /// One whose last record is in is finished. Of reading nothing is given up.
    #[must_use]
    pub fn stopped_by(self, flag: Arc<AtomicBool>) -> Self {
        Self { stop: flag, ..self }
    }

    /// The number of the ledger, if it is in the file.
    fn id(&mut self) -> Result<Option<i64>, Error> {
        if self.id.is_none() {
            // In one snapshot: a ledger that another handle adds meanwhile is there with its head, or not at all.
            let _transaction = Transaction::read(&self.connection)?;
            self.id = ledger::named(&self.connection, self.ledger.as_str())?.map(|it| it.id);
        }
        Ok(self.id)
    }

    fn number(&mut self) -> Result<i64, Error> {
        match self.id()? {
            Some(id) => ledger::head(&self.connection, id, &self.checksum),
            None => Ok(0),
        }
    }

    /// Puts the records after the head. Within a transaction.
    fn insert(&self, id: i64, head: i64, records: &[Record]) -> Result<i64, Error> {
        let mut position = head;
        let mut statement = self.connection.prepare_cached(INSERT)?;
        for record in records {
            if self.stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            position = position
                .checked_add(1)
                .ok_or_else(|| Error::Position(position.unsigned_abs().saturating_add(1)))?;
            let (at, by) = (record.recorded_at().micros(), record.recorded_by().as_str());
            let (version, payload) = (i64::from(record.version()), record.payload());
            let checksum = self.checksum.record(position, at, by.as_bytes(), version, payload.as_bytes());
            statement.execute(params![id, position, at, by, version, payload, checksum])?;
        }
        ledger::move_head(&self.connection, id, position, &self.checksum)?;
        Ok(position)
    }
}

impl SqliteJournal {
    /// Why an append could not begin: whoever waited in vain may be behind the head besides, and is told that first.
    fn not_begun(&self, after: Position, why: Error) -> AppendError<Error> {
        match self.glance() {
            Ok(head) if position(head) != after => {
                AppendError::Conflict { expected: after, found: position(head) }
            }
            _ => AppendError::Failed(why),
        }
    }

    /// The head as of one moment, nothing noted.
    fn glance(&self) -> Result<i64, Error> {
        let _transaction = Transaction::read(&self.connection)?;
        match ledger::named(&self.connection, self.ledger.as_str())? {
            Some(known) => ledger::head(&self.connection, known.id, &self.checksum),
            None => Ok(0),
        }
    }
}

fn position(number: i64) -> Position {
    // No head and no row that was proven is below 0.
    Position::new(u64::try_from(number).unwrap_or(0))
}

impl Journal for SqliteJournal {
    type Error = Error;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<Error>> {
        if records.is_empty() {
            let found = self.head().map_err(AppendError::Failed)?;
            return if found == after {
                Ok(found)
            } else {
                Err(AppendError::Conflict { expected: after, found })
            };
        }
        let known = self.id;
        let transaction = match Transaction::write(&self.connection) {
            Ok(transaction) => transaction,
            Err(why) => return Err(self.not_begun(after, why)),
        };
        let within = || -> Result<(Option<i64>, i64), Error> {
            let id = match known {
                Some(id) => Some(id),
                // Another handle may have added it meanwhile.
                None => ledger::named(&self.connection, self.ledger.as_str())?.map(|it| it.id),
            };
            let head = id.map_or(Ok(0), |id| ledger::head(&self.connection, id, &self.checksum))?;
            Ok((id, head))
        };
        let (id, head) = within().map_err(AppendError::Failed)?;
        if position(head) != after {
            return Err(AppendError::Conflict { expected: after, found: position(head) });
        }
        let written = || -> Result<(i64, i64), Error> {
            let id = match id {
                Some(id) => id,
                None => ledger::add(&self.connection, self.ledger.as_str(), None)?,
            };
            Ok((id, self.insert(id, head, records)?))
        };
        let (id, head) = written().map_err(AppendError::Failed)?;
        transaction.commit().map_err(|failed| match failed {
            Uncommitted::Nothing(why) => AppendError::Failed(why),
            Uncommitted::Unknown(why) => AppendError::Unknown(why),
        })?;
        self.id = Some(id);
        self.log.keep_short(&self.connection);
        Ok(position(head))
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let Some(id) = self.id()? else { return Ok(()) };
        let Ok(after) = i64::try_from(after.number()) else { return Ok(()) };
        let transaction = Transaction::read(&self.connection)?;
        let head = ledger::head(&self.connection, id, &self.checksum)?;
        let reading = Reading { ledger: self.ledger.as_str(), id, checksum: &self.checksum, head };
        reading.run(&self.connection, after, each)?;
        drop(transaction);
        Ok(())
    }

    fn head(&mut self) -> Result<Position, Error> {
        Ok(position(self.number()?))
    }

    fn works_in_any_thread(&self) -> bool {
        true
    }
}
