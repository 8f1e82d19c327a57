//! Proving a whole file.

use core::ops::ControlFlow;

use rusqlite::Connection;

use crate::checksum::Checksum;
use crate::error::Error;
use crate::ledger::{self, Known};
use crate::reading::Reading;
use crate::transaction::Transaction;

/// What is wrong with the file, as of one moment.
pub(crate) fn file(connection: &Connection) -> Result<Vec<String>, Error> {
    let _transaction = Transaction::read(connection)?;
    let mut found = Vec::new();
    noted(&mut found, structure(connection))?;
    noted(&mut found, references(connection))?;
    let ledgers = match ledger::all(connection) {
        Err(Error::Corrupt(what)) => {
            found.push(what);
            return Ok(found);
        }
        other => other?,
    };
    noted(&mut found, ledger::no_orphans(connection, &ledgers).map(|()| Vec::new()))?;
    for it in &ledgers {
        noted(&mut found, records(connection, it).map(|()| Vec::new()))?;
    }
    Ok(found)
}

/// Damage is a line; anything else ends the check.
fn noted(found: &mut Vec<String>, step: Result<Vec<String>, Error>) -> Result<(), Error> {
    match step {
        Ok(lines) => found.extend(lines),
        Err(Error::Corrupt(what)) => found.push(what),
        Err(other) => return Err(other),
    }
    Ok(())
}

fn structure(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for line in lines {
        let line = line?;
        if line != "ok" {
            found.push(line);
        }
    }
    Ok(found)
}

fn references(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for table in rows {
        found.push(format!("a row of `{}` names a ledger that is not in `ledgers`", table?));
        if found.len() >= 100 {
            break;
        }
    }
    Ok(found)
}

/// The records of a ledger, up to the first that is not sound.
fn records(connection: &Connection, ledger: &Known) -> Result<(), Error> {
    let checksum = Checksum::of_ledger(&ledger.name);
    let head = ledger::head(connection, ledger.id, &checksum)?;
    let reading = Reading { ledger: &ledger.name, id: ledger.id, checksum: &checksum, head };
    let mut early = connection.prepare("SELECT 1 FROM records WHERE ledger = ?1 AND position < 1")?;
    if early.exists([ledger.id])? {
        return Err(Error::Corrupt(format!("ledger `{}` holds a record before position 1", ledger.name)));
    }
    reading.run(connection, 0, &mut |_| ControlFlow::Continue(()))
}
