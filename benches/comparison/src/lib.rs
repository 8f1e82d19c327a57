//! What the programs of this package have in common: the workload, and cqrs-es on it. Built to be read once, not to be used.

use std::collections::BTreeSet;
use std::error::Error;
use std::str::FromStr as _;
use std::time::Instant;

use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Pool, Sqlite};
use tempfile::TempDir;

pub type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// How many entries one caller records, each alone.
pub const SINGLE: usize = 500;

/// How many events an aggregate has, and how many commands it is given then.
pub const LONG: [(usize, usize); 3] = [(1_000, 200), (10_000, 40), (100_000, 5)];

/// A party's introduction, as long as ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Introduced {
    pub id: String,
    pub by: String,
    pub said: String,
    pub name: String,
}

impl DomainEvent for Introduced {
    fn event_type(&self) -> String {
        "Introduced".to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

pub fn party(id: String) -> Introduced {
    Introduced { name: id.clone(), id, by: "keeper".to_owned(), said: "2025-06-02".to_owned() }
}

/// Entries a second since then.
pub fn rate(count: usize, begun: Instant) -> f64 {
    count as f64 / begun.elapsed().as_secs_f64()
}

/// Where files are made: what the program is told, or here.
pub fn within() -> String {
    std::env::args().nth(1).unwrap_or_else(|| ".".to_owned())
}

/// A pool as each of them has it, but durable: the default of sqlite-es is `NORMAL`, which may lose what it acknowledged when the
/// power fails.
pub async fn durable(directory: &TempDir) -> Outcome<Pool<Sqlite>> {
    let path = directory.path().join("events.sqlite");
    let options = SqliteConnectOptions::from_str(&format!("sqlite://{}", path.display()))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    Ok(SqlitePoolOptions::new().max_connections(10).connect_with(options).await?)
}

/// Who is introduced, once.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Parties(BTreeSet<String>);

/// Somebody was introduced before.
#[derive(Debug)]
pub struct Twice;

impl std::fmt::Display for Twice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this party was introduced before")
    }
}

impl Error for Twice {}

impl Aggregate for Parties {
    const TYPE: &'static str = "parties";
    type Command = Introduced;
    type Event = Introduced;
    type Error = Twice;
    type Services = ();

    async fn handle(&mut self, command: Introduced, _: &(), sink: &EventSink<Self>) -> Result<(), Twice> {
        if self.0.contains(&command.id) {
            return Err(Twice);
        }
        sink.write(command, self).await;
        Ok(())
    }

    fn apply(&mut self, event: Introduced) {
        self.0.insert(event.id);
    }
}
