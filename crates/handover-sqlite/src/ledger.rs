//! The ledgers of a file: their numbers, names, titles and heads.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::checksum::Checksum;
use crate::error::Error;

/// A ledger that is in the file.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) title: Option<String>,
}

/// A column that must be an integer, in a row that is called so.
pub(crate) fn integer(row: &Row<'_>, column: usize, what: impl Fn() -> String) -> Result<i64, Error> {
    match row.get_ref(column)? {
        ValueRef::Integer(number) => Ok(number),
        other => Err(Error::Corrupt(format!("{}: expected an integer, found {}", what(), other.data_type()))),
    }
}

/// A column that must be text.
pub(crate) fn text<'r>(
    row: &'r Row<'_>,
    column: usize,
    what: impl Fn() -> String,
) -> Result<&'r [u8], Error> {
    match row.get_ref(column)? {
        ValueRef::Text(text) => Ok(text),
        other => Err(Error::Corrupt(format!("{}: expected text, found {}", what(), other.data_type()))),
    }
}

/// All ledgers, each proven by its checksum.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Known>, Error> {
    let mut statement = connection.prepare_cached("SELECT id, name, title, checksum FROM ledgers")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let what = || "a row of `ledgers`".to_owned();
        let id = integer(row, 0, what)?;
        let name = utf8(text(row, 1, what)?, what)?;
        let title = match row.get_ref(2)? {
            ValueRef::Null => None,
            _ => Some(utf8(text(row, 2, what)?, what)?),
        };
        if integer(row, 3, what)? != Checksum::of_ledger(name).row(id, title) {
            return Err(Error::Corrupt(format!("the row {id} of `ledgers` differs from its checksum")));
        }
        found.push(Known { id, name: name.to_owned(), title: title.map(str::to_owned) });
    }
    Ok(found)
}

fn utf8(bytes: &[u8], what: impl Fn() -> String) -> Result<&str, Error> {
    core::str::from_utf8(bytes)
        .map_err(|_| Error::Corrupt(format!("{}: expected UTF-8, found other bytes", what())))
}

/// The ledger of this name. Every row is looked at, and where none has the name it is proven that none is missing.
pub(crate) fn named(connection: &Connection, name: &str) -> Result<Option<Known>, Error> {
    let ledgers = all(connection)?;
    let found = ledgers.iter().find(|it| it.name == name).cloned();
    if found.is_none() {
        no_orphans(connection, &ledgers)?;
    }
    Ok(found)
}

/// Proves that every head and every record belongs to a ledger: one step into the index for each ledger.
pub(crate) fn no_orphans(connection: &Connection, ledgers: &[Known]) -> Result<(), Error> {
    for (table, sql) in [
        ("records", "SELECT ledger FROM records WHERE ledger > ?1 ORDER BY ledger, position LIMIT 1"),
        ("heads", "SELECT ledger FROM heads WHERE ledger > ?1 ORDER BY ledger LIMIT 1"),
    ] {
        let mut statement = connection.prepare_cached(sql)?;
        let mut last = i64::MIN;
        while let Some(ledger) = statement.query_row([last], |row| row.get::<_, i64>(0)).optional()? {
            if ledger <= last || !ledgers.iter().any(|it| it.id == ledger) {
                return Err(Error::Corrupt(format!(
                    "`{table}` names ledger {ledger}, which is not in `ledgers`"
                )));
            }
            last = ledger;
        }
    }
    Ok(())
}

/// Adds a ledger with a head at the start. Within a transaction.
pub(crate) fn add(connection: &Connection, name: &str, title: Option<&str>) -> Result<i64, Error> {
    let checksum = Checksum::of_ledger(name);
    let last: Option<i64> = connection.query_row("SELECT max(id) FROM ledgers", [], |row| row.get(0))?;
    let id = last
        .unwrap_or(0)
        .checked_add(1)
        .ok_or_else(|| Error::Corrupt("`ledgers` has no number left".to_owned()))?;
    connection.execute(
        "INSERT INTO ledgers (id, name, title, checksum) VALUES (?1, ?2, ?3, ?4)",
        params![id, name, title, checksum.row(id, title)],
    )?;
    connection.execute(
        "INSERT INTO heads (ledger, position, checksum) VALUES (?1, 0, ?2)",
        params![id, checksum.head(id, 0)],
    )?;
    Ok(id)
}

/// The head of a ledger that is in the file.
pub(crate) fn head(connection: &Connection, id: i64, checksum: &Checksum) -> Result<i64, Error> {
    let mut statement =
        connection.prepare_cached("SELECT position, checksum FROM heads WHERE ledger = ?1")?;
    let mut rows = statement.query([id])?;
    let what = || format!("the head of ledger {id}");
    let Some(row) = rows.next()? else { return Err(Error::Corrupt(format!("{} is missing", what()))) };
    let position = integer(row, 0, what)?;
    if position < 0 || integer(row, 1, what)? != checksum.head(id, position) {
        return Err(Error::Corrupt(format!("{} differs from its checksum", what())));
    }
    Ok(position)
}

/// Moves the head of a ledger. Within a transaction.
pub(crate) fn move_head(connection: &Connection, id: i64, to: i64, checksum: &Checksum) -> Result<(), Error> {
    let mut statement =
        connection.prepare_cached("UPDATE heads SET position = ?2, checksum = ?3 WHERE ledger = ?1")?;
    match statement.execute(params![id, to, checksum.head(id, to)])? {
        1 => Ok(()),
        _ => Err(Error::Corrupt(format!("the head of ledger {id} is missing"))),
    }
}
