#![doc = include_str!("schema.md")]

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;

/// What marks a file as ours: `HNDO`.
pub const APPLICATION_ID: i32 = 0x484E_444F;

/// The steps from an empty file to the schema, the first of them from version 0 to 1.
const MIGRATIONS: &[&str] = &[include_str!("migrations/1.sql")];

/// The version of the schema that the steps lead to.
pub(crate) fn known() -> i32 {
    version(MIGRATIONS)
}

fn version(steps: &[&str]) -> i32 {
    i32::try_from(steps.len()).unwrap_or(i32::MAX)
}

/// Takes the file to the newest schema, in one transaction.
///
/// Nothing happens to a file that has it already, also if another process brought it there meanwhile.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    migrate_by(connection, MIGRATIONS)
}

fn migrate_by(connection: &mut Connection, steps: &[&str]) -> Result<(), Error> {
    let newest = version(steps);
    let found: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == newest {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(found).map_err(|_| Error::Corrupt(format!("user_version is {found}")))?;
    for step in steps.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    if found < newest {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", newest)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Kind, name and text of what a schema consists of, in order of names.
type Objects = Vec<(String, String, Option<String>)>;

fn objects(connection: &Connection) -> Result<Objects, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// Compares the schema of a file to the one that the steps make. What others added, such as views of their own, is
/// not looked at.
pub(crate) fn verify(connection: &Connection) -> Result<(), Error> {
    let mut model = Connection::open_in_memory()?;
    migrate(&mut model)?;
    let found = objects(connection)?;
    for expected in objects(&model)? {
        if !found.contains(&expected) {
            return Err(Error::Corrupt(format!("the {} `{}` is missing or changed", expected.0, expected.1)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step that may come: nothing of it is in any file.
    const NEXT: &str =
        "CREATE TABLE marks (ledger INTEGER PRIMARY KEY) STRICT; INSERT INTO marks SELECT id FROM ledgers;";

    fn told(connection: &Connection) -> Result<(i32, i64, i64), rusqlite::Error> {
        let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let of = |sql: &str| connection.query_row(sql, [], |row| row.get(0));
        Ok((
            version,
            of("SELECT count(*) FROM sqlite_schema WHERE name = 'marks'")?,
            of("SELECT count(*) FROM ledgers")?,
        ))
    }

    fn first() -> Result<Connection, Error> {
        let mut connection = Connection::open_in_memory()?;
        migrate_by(&mut connection, &MIGRATIONS[..1])?;
        connection.execute("INSERT INTO ledgers VALUES (1, 'june', NULL, 0)", [])?;
        Ok(connection)
    }

    #[test]
    fn a_step_is_taken_once_and_keeps_what_is_there() -> Result<(), Error> {
        let mut connection = first()?;
        assert_eq!(told(&connection)?, (1, 0, 1));
        for _ in 0..2 {
            migrate_by(&mut connection, &[MIGRATIONS[0], NEXT])?;
            assert_eq!(told(&connection)?, (2, 1, 1));
            let marked: i64 = connection.query_row("SELECT ledger FROM marks", [], |row| row.get(0))?;
            assert_eq!(marked, 1);
        }
        Ok(())
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() -> Result<(), Error> {
        let mut connection = first()?;
        for bad in ["CREATE TABLE marks (x); CREATE TABLE heads (x);", "CREATE TABLE marks (x); no SQL"] {
            assert!(migrate_by(&mut connection, &[MIGRATIONS[0], NEXT, bad]).is_err());
            assert_eq!(told(&connection)?, (1, 0, 1), "{bad}");
        }
        migrate_by(&mut connection, &[MIGRATIONS[0], NEXT])?;
        assert_eq!(told(&connection)?, (2, 1, 1));
        Ok(())
    }
}
