#![doc = include_str!("schema.md")]

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, GenericClient};

use crate::error::Error;
use crate::open_error::OpenError;

/// The steps from an empty database to the schema, the first of them from version 0 to 1.
const MIGRATIONS: &[&str] = &[include_str!("migrations/1.sql")];

/// The version of the schema that the steps lead to.
fn known() -> i32 {
    i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX)
}

/// One at a time takes the steps: `HNDO` and `migr`.
const LOCK: i64 = 0x484E_444F_6D69_6772;

/// The version of the schema, 0 where there is none.
async fn found(client: &impl GenericClient) -> Result<i32, Error> {
    let there = client.query_one("SELECT to_regclass('handover.migrations') IS NOT NULL", &[]).await?;
    if !there.try_get::<_, bool>(0)? {
        return Ok(0);
    }
    let row = client.query_one("SELECT coalesce(max(version), 0) FROM handover.migrations", &[]).await?;
    Ok(row.try_get(0)?)
}

/// Takes the database to the newest schema, in one transaction. Several may try at once: each waits for the one before.
pub(crate) async fn migrate(client: &mut Client) -> Result<(), OpenError> {
    let store = |why: tokio_postgres::Error| OpenError::Store(why.into());
    let transaction = client.transaction().await.map_err(store)?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await.map_err(store)?;
    let version = found(&transaction).await.map_err(OpenError::Store)?;
    if version > known() {
        return Err(OpenError::NewerSchema { found: version, known: known() });
    }
    let done = usize::try_from(version).unwrap_or(0);
    for (step, to) in MIGRATIONS.iter().zip(1_i32..).skip(done) {
        transaction.batch_execute(step).await.map_err(store)?;
        transaction
            .execute("INSERT INTO handover.migrations (version) VALUES ($1)", &[&to])
            .await
            .map_err(store)?;
    }
    transaction.commit().await.map_err(store)
}

/// Proves that the database has the schema that this program uses.
pub(crate) async fn verify(client: &Client) -> Result<(), OpenError> {
    let asked = client.query_one("SELECT coalesce(max(version), 0) FROM handover.migrations", &[]).await;
    let version: i32 = match asked.and_then(|row| row.try_get(0)) {
        Ok(version) => version,
        Err(why) => {
            let missing =
                [SqlState::UNDEFINED_TABLE, SqlState::INVALID_SCHEMA_NAME, SqlState::INSUFFICIENT_PRIVILEGE];
            let is_missing = why.code().is_some_and(|code| missing.contains(code));
            return Err(if is_missing { OpenError::NoSchema } else { OpenError::Store(why.into()) });
        }
    };
    let known = known();
    if version < known {
        return Err(OpenError::OlderSchema { found: version, known });
    }
    if version > known {
        return Err(OpenError::NewerSchema { found: version, known });
    }
    Ok(())
}
