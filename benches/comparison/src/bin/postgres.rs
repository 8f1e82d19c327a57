//! cqrs-es on PostgreSQL (`postgres-es`) beside our journal and desk and beside prepared inserts alone, in one program on one
//! server, which it starts as the tests do.

use std::time::Instant;

use handover::entry::{Entry, What};
use handover::ledger::keeper;
use handover::party::{Party, PartyEntry};
use handover_comparison::{LONG, Outcome as Told, Parties, SINGLE, party, rate};
use handover_desk::{Desk, SystemClock};
use handover_journal::{Journal as _, LedgerId, Position, Record, Recorder, Timestamp};
use handover_postgres::PostgresStore;
use handover_wire::record;
use postgres_es::{default_postgress_pool, postgres_cqrs};

use server::{Programs, Server};
use sql::Sql;

/// What the helpers of the tests answer with.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[path = "../../../../tests-postgres/postgres/server.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod server;
#[path = "../../../../tests-postgres/postgres/sql.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod sql;

const EVENTS: &str = "CREATE TABLE events (aggregate_type text NOT NULL, aggregate_id text NOT NULL, \
    sequence bigint CHECK (sequence >= 0) NOT NULL, event_type text NOT NULL, event_version text NOT NULL, \
    payload json NOT NULL, metadata json NOT NULL, PRIMARY KEY (aggregate_type, aggregate_id, sequence))";

fn entry(name: &str) -> Outcome<Entry> {
    let what = What::Party(PartyEntry::Introduced(Party { id: name.parse()?, name: name.parse()? }));
    Ok(Entry { id: name.parse()?, by: keeper(), said: "2025-06-02".parse()?, source: None, what })
}

fn entries(round: usize, whose: &str) -> Outcome<Vec<Entry>> {
    (0..SINGLE).map(|at| entry(&format!("{whose}-{round}-{at}"))).collect()
}

fn raw(sql: &mut Sql, round: usize) -> Outcome<f64> {
    let insert = sql.prepared("INSERT INTO raw VALUES ($1, $2, $3, $4, $5)")?;
    let payloads = entries(round, "raw")?.iter().map(record::encode).collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    for (at, payload) in payloads.iter().enumerate() {
        let position = i64::try_from(round * SINGLE + at)?;
        sql.execute(&insert, &[&position, &0_i64, &"bench", &1_i32, payload])?;
    }
    Ok(rate(SINGLE, begun))
}

fn at_journal(store: &PostgresStore, round: usize) -> Outcome<f64> {
    let by = Recorder::new("bench")?;
    let record = |entry: &Entry| -> Outcome<Record> {
        Ok(Record::new(Timestamp::from_micros(0), by.clone(), record::VERSION, record::encode(entry)?)?)
    };
    let records = entries(round, "j")?.iter().map(record).collect::<Outcome<Vec<_>>>()?;
    let mut journal = store.journal(&LedgerId::new(&format!("journal-{round}"))?)?;
    let mut head = journal.append(Position::START, &[record(&entry("first")?)?])?;
    let begun = Instant::now();
    for record in &records {
        head = journal.append(head, std::slice::from_ref(record))?;
    }
    Ok(rate(SINGLE, begun))
}

fn at_desk(store: &PostgresStore, round: usize) -> Outcome<f64> {
    let by = Recorder::new("bench")?;
    let (desk, clerk) = Desk::open(store.journal(&LedgerId::new("desk")?)?, SystemClock)?;
    let entries = entries(round, "d")?;
    let begun = Instant::now();
    for entry in entries {
        desk.submit(&by, vec![entry]).wait()?;
    }
    let rate = rate(SINGLE, begun);
    clerk.close()?;
    Ok(rate)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn main() -> Outcome<()> {
    let programs = Programs::found()?;
    let server = Server::new(&programs)?;
    let address = server.address(&server.database()?);
    let mut sql = Sql::connect(&address)?;
    sql.run("CREATE TABLE raw (position bigint PRIMARY KEY, at bigint, by text, version int, payload text)")?;
    sql.run(EVENTS)?;
    let store = PostgresStore::open(&address)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let told = |why: Box<dyn std::error::Error + Send + Sync>| -> Box<dyn std::error::Error> { why };
    let pool = runtime.block_on(default_postgress_pool(&address));

    let (mut raws, mut journals, mut desks, mut theirs) = (vec![], vec![], vec![], vec![]);
    for round in 0..5 {
        raws.push(raw(&mut sql, round)?);
        journals.push(at_journal(&store, round)?);
        desks.push(at_desk(&store, round)?);
        let pool = pool.clone();
        let alone = async move {
            let cqrs = postgres_cqrs::<Parties>(pool, vec![], ());
            let begun = Instant::now();
            for at in 0..SINGLE {
                cqrs.execute(&format!("alone-{round}-{at}"), party(format!("p-{at}"))).await?;
            }
            Told::Ok(rate(SINGLE, begun))
        };
        theirs.push(runtime.block_on(alone).map_err(told)?);
    }
    let raw = median(raws);
    println!("prepared inserts by tokio-postgres: {raw:.0} entries a second");
    for (name, figures) in
        [("our journal", journals), ("our desk", desks), ("cqrs-es, an aggregate for each entry", theirs)]
    {
        let figure = median(figures);
        println!("{name}, one caller: {figure:.0} entries a second, {:.2} of prepared inserts", figure / raw);
    }

    for (events, commands) in LONG {
        let id = format!("long-{events}");
        let insert = sql.prepared(
            "INSERT INTO events SELECT 'parties', $1, n, 'Introduced', '1', json_build_object('id', 'p-' || n, \
             'by', 'keeper', 'said', '2025-06-02', 'name', 'p-' || n), '{}' FROM generate_series(1, $2::bigint) AS n",
        )?;
        sql.execute(&insert, &[&id, &i64::try_from(events)?])?;
        let pool = pool.clone();
        let long = async move {
            let cqrs = postgres_cqrs::<Parties>(pool, vec![], ());
            let begun = Instant::now();
            for at in 0..commands {
                cqrs.execute(&id, party(format!("more-{at}"))).await?;
            }
            Told::Ok(rate(commands, begun))
        };
        let figure = runtime.block_on(long).map_err(told)?;
        println!("cqrs-es, one caller, one aggregate of {events}: {figure:.1} entries a second");
    }
    runtime.block_on(pool.close());
    server.stop();
    Ok(())
}
