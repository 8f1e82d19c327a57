//! What the journal costs beside `tokio-postgres` alone, as ratios of one run: medians of rounds that take turns, with
//! the least and the greatest. Shown as ignored unless `HANDOVER_POSTGRES_MEASURE=1`; nothing here is a gate.

use std::ops::ControlFlow;
use std::thread;
use std::time::{Duration, Instant};

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_desk::{Desk, SystemClock};
use handover_journal::{Journal, LedgerId, Position, Record};
use handover_postgres::{Options, PostgresStore};
use handover_wire::record as wire;
use libtest_mimic::Trial;
use tokio_postgres::types::ToSql;

use crate::server::Server;
use crate::sql::Sql;
use crate::{Outcome, by, party, programs, record, rounds};

const RAW: &str = "CREATE TABLE raw (ledger int4, position int8, recorded_at int8, recorded_by text, version int4, \
                   payload text, PRIMARY KEY (ledger, position))";
const ONE: &str = "INSERT INTO raw VALUES (1, $1, $2, $3, $4, $5)";
const MANY: &str = "INSERT INTO raw SELECT 1, new.place, new.at, new.by, new.version, new.payload FROM \
                    unnest($1::int8[], $2::int8[], $3::text[], $4::int4[], $5::text[]) \
                    AS new (place, at, by, version, payload)";

/// Thousandths: whole numbers, and no rounding to argue about.
fn thousandths(of: Duration, beside: Duration) -> u128 {
    of.as_micros().saturating_mul(1_000).checked_div(beside.as_micros()).unwrap_or(0)
}

fn told(what: &str, mut ratios: Vec<u128>) {
    ratios.sort_unstable();
    let shown = |it: u128| format!("{}.{:03}", it / 1_000, it % 1_000);
    let (least, median) = (ratios[0], ratios[ratios.len() / 2]);
    let greatest = ratios[ratios.len() - 1];
    eprintln!("MEASURED {what}: {} ({} to {})", shown(median), shown(least), shown(greatest));
}

fn entries(count: usize, label: &str) -> Outcome<Vec<Entry>> {
    (0..count).map(|number| party(&format!("{label}-{number}"))).collect()
}

/// Appends one record at a time, each waited for.
fn single(journal: &mut impl Journal, count: usize) -> Outcome<Duration> {
    let records: Vec<Record> =
        entries(count, "p")?.iter().map(|it| record(&wire::encode(it)?)).collect::<Outcome<_>>()?;
    let begun = Instant::now();
    let mut at = Position::START;
    for record in records {
        at = journal.append(at, &[record]).map_err(|why| why.to_string())?;
    }
    Ok(begun.elapsed())
}

fn raw_single(sql: &mut Sql, count: usize) -> Outcome<Duration> {
    let payloads =
        entries(count, "p")?.iter().map(|it| Ok(wire::encode(it)?)).collect::<Outcome<Vec<String>>>()?;
    sql.run("TRUNCATE raw")?;
    let statement = sql.prepared(ONE)?;
    let begun = Instant::now();
    for (at, payload) in payloads.iter().enumerate() {
        let parameters: [&(dyn ToSql + Sync); 5] = [&i64::try_from(at)?, &0_i64, &"desk", &1_i32, payload];
        sql.execute(&statement, &parameters)?;
    }
    Ok(begun.elapsed())
}

/// What so many callers take for so many submissions each.
fn callers(store: &PostgresStore, ledger: &str, callers: usize, each: usize) -> Outcome<Duration> {
    let (desk, clerk) = Desk::open(store.journal(&LedgerId::new(ledger)?)?, SystemClock)?;
    let by = by()?;
    let mut work = Vec::new();
    for caller in 0..callers {
        work.push(entries(each, &format!("c{caller}"))?);
    }
    let begun = Instant::now();
    let done = thread::scope(|scope| {
        let threads: Vec<_> = work
            .into_iter()
            .map(|entries| {
                let (desk, by) = (&desk, &by);
                scope.spawn(move || {
                    entries.into_iter().all(|entry| desk.submit(by, vec![entry]).wait().is_ok())
                })
            })
            .collect();
        threads.into_iter().all(|it| it.join().is_ok_and(|done| done))
    });
    let took = begun.elapsed();
    clerk.close()?;
    if done { Ok(took) } else { Err("a submission was not recorded".into()) }
}

/// Import and opening, each beside the raw one.
fn kept(store: &PostgresStore, sql: &mut Sql, ledger: &str, entries: &[Entry]) -> Outcome<(u128, u128)> {
    sql.run("TRUNCATE raw")?;
    let statement = sql.prepared(MANY)?;
    let begun = Instant::now();
    for (at, group) in entries.chunks(1_000).enumerate() {
        let payloads = group.iter().map(wire::encode).collect::<Result<Vec<String>, _>>()?;
        let count = payloads.len();
        let first = at * 1_000;
        let places = (first..first + count).map(i64::try_from).collect::<Result<Vec<i64>, _>>()?;
        let (times, versions) = (vec![0_i64; count], vec![1_i32; count]);
        let recorders = vec!["desk"; count];
        sql.execute(&statement, &[&places, &times, &recorders, &versions, &payloads])?;
    }
    let raw_import = begun.elapsed();

    let name = LedgerId::new(ledger)?;
    let (desk, clerk) = Desk::open(store.journal(&name)?, SystemClock)?;
    let groups: Vec<Vec<Entry>> = entries.chunks(1_000).map(<[Entry]>::to_vec).collect();
    let by = by()?;
    let begun = Instant::now();
    let tickets: Vec<_> = groups.into_iter().map(|group| desk.submit(&by, group)).collect();
    for ticket in tickets {
        ticket.wait()?;
    }
    let import = begun.elapsed();
    clerk.close()?;

    let begun = Instant::now();
    let rows = sql.rows("SELECT payload FROM raw WHERE ledger = 1 ORDER BY position", &[])?;
    let raw_rows = begun.elapsed();
    let mut decoded = Vec::with_capacity(rows.len());
    for row in &rows {
        decoded.push(wire::decode(1, row.try_get(0)?)?);
    }
    let raw_open = begun.elapsed();
    assert_eq!(decoded.len(), entries.len());

    // Both sides have their connection before the clock starts: it costs the same however long the ledger is.
    let mut journal = store.journal(&name)?;
    journal.head()?;
    let begun = Instant::now();
    let mut bytes = 0;
    journal.read(Position::START, &mut |stored| {
        bytes += stored.payload.len();
        ControlFlow::Continue(())
    })?;
    let read = begun.elapsed();
    let begun = Instant::now();
    let mut ledger = Ledger::new();
    for entry in &decoded {
        let _ = ledger.replay(entry)?;
    }
    let replayed = begun.elapsed();
    assert!(bytes > 0 && ledger.len() == entries.len());
    let begun = Instant::now();
    let (desk, clerk) = Desk::open(journal, SystemClock)?;
    let open = begun.elapsed();
    assert_eq!(desk.head().number(), u64::try_from(entries.len())?);
    clerk.close()?;
    eprintln!(
        "of one round, in ms: raw rows and decoding {}, of which rows {}; reading {}; replaying {}; opening {}",
        raw_open.as_millis(),
        raw_rows.as_millis(),
        read.as_millis(),
        replayed.as_millis(),
        open.as_millis()
    );
    Ok((thousandths(raw_import, import), thousandths(raw_open, open)))
}

fn measured() -> Outcome {
    let server = Server::new(programs()?)?;
    let address = server.address(&server.database()?);
    let store = PostgresStore::open(&address)?;
    let mut sql = Sql::connect(&address)?;
    sql.run(RAW)?;
    let rounds = rounds(5);
    let mut quiet = Options::default();
    quiet.hints = false;
    let quiet = PostgresStore::open_with(&address, quiet)?;
    let (mut one, mut unhinted, mut many) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let mut journal = store.journal(&LedgerId::new(&format!("one-{round}"))?)?;
        journal.append(Position::START, &[])?;
        let ours = single(&mut journal, 200)?;
        let raw = raw_single(&mut sql, 200)?;
        one.push(thousandths(raw, ours));
        let mut journal = quiet.journal(&LedgerId::new(&format!("quiet-{round}"))?)?;
        journal.append(Position::START, &[])?;
        unhinted.push(thousandths(raw, single(&mut journal, 200)?));
        let alone = callers(&store, &format!("alone-{round}"), 1, 100)?;
        let together = callers(&store, &format!("together-{round}"), 64, 50)?;
        // 32 times as much in so many times the time.
        many.push(thousandths(alone * 32, together));
    }
    told("one caller at the journal, against the raw rate", one);
    told("the same without hints", unhinted);
    told("64 callers at a desk, against the rate of one", many);
    // As long a ledger as is said in `docs/performance.md`, where this is built to be used.
    let entries = entries(if cfg!(debug_assertions) { 20_000 } else { 100_000 }, "p")?;
    let (mut import, mut open) = (Vec::new(), Vec::new());
    for round in 0..rounds.min(3) {
        let (imported, opened) = kept(&store, &mut sql, &format!("kept-{round}"), &entries)?;
        import.push(imported);
        open.push(opened);
    }
    told("import through a desk, against the raw rate of encoded rows", import);
    told("opening a desk, against the raw rate of rows that are decoded", open);
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    let wanted = std::env::var_os("HANDOVER_POSTGRES_MEASURE").is_some_and(|it| it == "1");
    let trial =
        Trial::test("measure::beside_the_client_alone", || measured().map_err(|why| why.to_string().into()));
    vec![trial.with_ignored_flag(!wanted)]
}
