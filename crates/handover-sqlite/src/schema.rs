#![doc = include_str!("schema.md")]

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;

/// What marks a file as ours: `HNDO`.
pub const APPLICATION_ID: i32 = 0x484E_444F;

/// The steps from an empty file to the schema, the first of them from version 0 to 1.
const MIGRATIONS: &[&str] = &[include_str!("migrations/1.sql")];

/// The version of the schema that the steps lead to.
pub(crate) fn known() -> i32 {
    i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX)
}

/// Takes the file to the newest schema, in one transaction.
///
/// Nothing happens to a file that has it already, also if another process brought it there meanwhile.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version == known() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version).map_err(|_| Error::Corrupt(format!("user_version is {version}")))?;
    for step in MIGRATIONS.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    if version < known() {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", known())?;
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
