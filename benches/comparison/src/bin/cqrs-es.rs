//! cqrs-es on SQLite, on the workload of `benches/durable.rs` and `benches/long.rs`: entries a second, to be set beside what those
//! print in the same hour on the same machine.

use std::time::Instant;

use handover_comparison::{LONG, Outcome, Parties, SINGLE, durable, party, rate, within};
use sqlite_es::sqlite_cqrs;
use sqlx::{Pool, Sqlite};

const EVENTS: &str = "CREATE TABLE events (aggregate_type text NOT NULL, aggregate_id text NOT NULL, \
    sequence integer CHECK (sequence >= 0) NOT NULL, event_type text NOT NULL, event_version text NOT NULL, \
    payload text NOT NULL, metadata text NOT NULL, PRIMARY KEY (aggregate_type, aggregate_id, sequence)) STRICT";

/// So many events of one aggregate that are there already, written raw.
async fn filled(pool: &Pool<Sqlite>, id: &str, events: usize) -> Outcome<()> {
    let mut transaction = pool.begin().await?;
    for at in 0..events {
        let payload = serde_json::to_string(&party(format!("p-{at}")))?;
        sqlx::query("INSERT INTO events VALUES ('parties', ?, ?, 'Introduced', '1', ?, '{}')")
            .bind(id)
            .bind(i64::try_from(at + 1)?)
            .bind(payload)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let directory = tempfile::tempdir_in(within())?;
    let pool = durable(&directory).await?;
    sqlx::query(EVENTS).execute(&pool).await?;
    let begun = Instant::now();
    for at in 0..SINGLE {
        let payload = serde_json::to_string(&party(format!("p-{at}")))?;
        sqlx::query("INSERT INTO events VALUES ('raw', 'raw', ?, 'Introduced', '1', ?, '{}')")
            .bind(i64::try_from(at)?)
            .bind(payload)
            .execute(&pool)
            .await?;
    }
    println!("raw inserts by sqlx: {:.0} entries a second", rate(SINGLE, begun));

    let cqrs = sqlite_cqrs::<Parties>(pool.clone(), vec![], ());
    let begun = Instant::now();
    for at in 0..SINGLE {
        cqrs.execute(&format!("alone-{at}"), party(format!("p-{at}"))).await?;
    }
    println!("cqrs-es, one caller, an aggregate for each entry: {:.0} entries a second", rate(SINGLE, begun));

    for (events, commands) in LONG {
        let id = format!("long-{events}");
        filled(&pool, &id, events).await?;
        let begun = Instant::now();
        for at in 0..commands {
            cqrs.execute(&id, party(format!("more-{at}"))).await?;
        }
        println!(
            "cqrs-es, one caller, one aggregate of {events}: {:.1} entries a second",
            rate(commands, begun)
        );
    }
    Ok(())
}
