//! Proving a whole file.

use handover_journal::Stored;
use rusqlite::Connection;

use crate::checksum::Checksum;
use crate::error::Error;
use crate::ledger::{self, Known};
use crate::reading::Reading;
use crate::transaction::Transaction;

/// What is wrong with the file, as of one moment; each record that is sound is given out.
pub(crate) fn file(
    connection: &Connection,
    each: &mut dyn FnMut(&str, Stored<'_>),
) -> Result<Vec<String>, Error> {
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
        noted(&mut found, records(connection, it, each))?;
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

/// The records of a ledger: every one is looked at.
fn records(
    connection: &Connection,
    ledger: &Known,
    each: &mut dyn FnMut(&str, Stored<'_>),
) -> Result<Vec<String>, Error> {
    let checksum = Checksum::of_ledger(&ledger.name);
    let head = ledger::head(connection, ledger.id, &checksum)?;
    let reading = Reading { ledger: &ledger.name, id: ledger.id, checksum: &checksum, head };
    let mut found = Findings { of: &ledger.name, lines: Vec::new(), more: 0 };
    let mut early = connection.prepare("SELECT 1 FROM records WHERE ledger = ?1 AND position < 1")?;
    if early.exists([ledger.id])? {
        found.note(format!("ledger `{}` holds a record before position 1", ledger.name));
    }
    reading.prove(connection, &mut |stored| each(&ledger.name, stored), &mut |line| found.note(line))?;
    Ok(found.told())
}

/// The most lines about the records of one ledger.
const MOST: usize = 100;

/// What is wrong with one ledger: the first lines, and how many more there would be.
struct Findings<'l> {
    of: &'l str,
    lines: Vec<String>,
    more: u64,
}

impl Findings<'_> {
    fn note(&mut self, line: String) {
        if self.lines.len() < MOST {
            self.lines.push(line);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    fn told(mut self) -> Vec<String> {
        if self.more > 0 {
            self.lines.push(format!("ledger `{}`: {} more are not sound", self.of, self.more));
        }
        self.lines
    }
}
