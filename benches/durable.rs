//! What a ledger that lasts costs beside `rusqlite` alone, as ratios of one run: medians of rounds that take turns.
//!
//! Run as a benchmark it measures; run as a test it does everything once, on little.
#![expect(
    clippy::float_arithmetic,
    clippy::arithmetic_side_effects,
    reason = "ratios of times, and small numbers"
)]

use std::error::Error;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use handover::entry::{Entry, What};
use handover::ledger::keeper;
use handover::party::{Party, PartyEntry};
use handover_benches::Scene;
use handover_desk::{Desk, SystemClock};
use handover_journal::{Journal, LedgerId, Position, Recorder};
use handover_sqlite::SqliteStore;
use handover_wire::record;
use rusqlite::{Connection, params};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How much is done.
#[derive(Clone, Copy)]
struct Size {
    rounds: usize,
    single: usize,
    each_of_64: usize,
    imported: usize,
}

fn main() -> Outcome<()> {
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let million = std::env::var_os("HANDOVER_BENCH_MILLION").is_some();
    let size = match (measuring, million) {
        (false, _) => Size { rounds: 1, single: 2, each_of_64: 1, imported: 1_000 },
        (true, false) => Size { rounds: 5, single: 200, each_of_64: 200, imported: 100_000 },
        (true, true) => Size { rounds: 3, single: 200, each_of_64: 200, imported: 1_000_000 },
    };
    let (mut one, mut raw_one, mut many, mut raw_many) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..size.rounds {
        one.push(desk_rate(1, size.single)?);
        raw_one.push(raw_rate(size.single, 1)?);
        many.push(desk_rate(64, size.each_of_64)?);
        raw_many.push(raw_rate(64 * size.each_of_64, 64)?);
    }
    let (one, raw_one, many, raw_many) = (median(one), median(raw_one), median(many), median(raw_many));
    println!("one caller: {one:.0} entries a second; beside raw: {:.2}", one / raw_one);
    println!("64 callers: {many:.0} entries a second; beside raw batches of 64: {:.2}", many / raw_many);
    println!("64 callers beside one: {:.1} times", many / one);

    let entries: Vec<Entry> = Scene::new().take(size.imported).collect();
    let (mut import, mut open) = (Vec::new(), Vec::new());
    for _ in 0..size.rounds {
        let (imported, opened) = kept(&entries)?;
        import.push(imported);
        open.push(opened);
    }
    println!("import in groups of 1,000 beside raw, encoded inserts: {:.2} of their rate", median(import));
    println!("opening {} entries beside reading and decoding them: {:.2} times", entries.len(), median(open));
    Ok(())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn rate(entries: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(entries).unwrap_or(u32::MAX)) / took.as_secs_f64()
}

fn party(name: &str) -> Outcome<Entry> {
    let what = What::Party(PartyEntry::Introduced(Party { id: name.parse()?, name: name.parse()? }));
    Ok(Entry { id: name.parse()?, by: keeper(), said: "2025-06-02".parse()?, source: None, what })
}

/// Entries a second, each submitted alone and waited for, by so many callers.
fn desk_rate(callers: usize, each: usize) -> Outcome<f64> {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let store = SqliteStore::create(directory.path().join("desk.sqlite"))?;
    let (desk, clerk) = Desk::open(store.journal(&LedgerId::new("ledger")?)?, SystemClock)?;
    let by = Recorder::new("bench")?;
    let mut work = Vec::new();
    for caller in 0..callers {
        let entries = (0..each).map(|at| party(&format!("p-{caller}-{at}"))).collect::<Outcome<Vec<_>>>()?;
        work.push((desk.clone(), by.clone(), entries));
    }
    let begun = Instant::now();
    let mut threads = Vec::new();
    for (desk, by, entries) in work {
        threads.push(thread::spawn(move || {
            entries.into_iter().try_for_each(|entry| desk.submit(&by, vec![entry]).wait().map(drop))
        }));
    }
    for thread in threads {
        thread.join().map_err(|_| "a caller panicked")??;
    }
    let took = begun.elapsed();
    clerk.close()?;
    Ok(rate(callers * each, took))
}

fn raw(path: &Path) -> Outcome<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch(
        "CREATE TABLE raw (position INTEGER PRIMARY KEY, at INTEGER, by TEXT, version INTEGER, payload TEXT)",
    )?;
    Ok(connection)
}

fn insert(connection: &mut Connection, first: usize, payloads: &[String]) -> Outcome<()> {
    let transaction = connection.transaction()?;
    {
        let mut statement = transaction.prepare_cached("INSERT INTO raw VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (at, payload) in payloads.iter().enumerate() {
            statement.execute(params![i64::try_from(first + at)?, 0_i64, "bench", 1_i64, payload])?;
        }
    }
    Ok(transaction.commit()?)
}

/// Rows a second of bytes that are there already, so many to a transaction.
fn raw_rate(rows: usize, together: usize) -> Outcome<f64> {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let mut connection = raw(&directory.path().join("raw.sqlite"))?;
    let payloads = (0..rows)
        .map(|at| Ok(record::encode(&party(&format!("p-0-{at}"))?)?))
        .collect::<Outcome<Vec<_>>>()?;
    let begun = Instant::now();
    for (at, chunk) in payloads.chunks(together).enumerate() {
        insert(&mut connection, at * together, chunk)?;
    }
    Ok(rate(rows, begun.elapsed()))
}

/// Import and opening, each beside the raw one.
fn kept(entries: &[Entry]) -> Outcome<(f64, f64)> {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let mut connection = raw(&directory.path().join("raw.sqlite"))?;
    let begun = Instant::now();
    for (at, chunk) in entries.chunks(1_000).enumerate() {
        let encoded = chunk.iter().map(record::encode).collect::<Result<Vec<_>, _>>()?;
        insert(&mut connection, at * 1_000, &encoded)?;
    }
    let raw_import = begun.elapsed();

    let store = SqliteStore::create(directory.path().join("desk.sqlite"))?;
    let name = LedgerId::new("ledger")?;
    let (desk, clerk) = Desk::open(store.journal(&name)?, SystemClock)?;
    let by = Recorder::new("bench")?;
    let groups: Vec<Vec<Entry>> = entries.chunks(1_000).map(<[Entry]>::to_vec).collect();
    let begun = Instant::now();
    let tickets: Vec<_> = groups.into_iter().map(|group| desk.submit(&by, group)).collect();
    for ticket in tickets {
        ticket.wait()?;
    }
    let import = begun.elapsed();
    clerk.close()?;

    let begun = Instant::now();
    let mut statement = connection.prepare("SELECT payload FROM raw ORDER BY position")?;
    let mut rows = statement.query([])?;
    let mut decoded = Vec::with_capacity(entries.len());
    while let Some(row) = rows.next()? {
        decoded.push(serde_json::from_str::<Entry>(row.get_ref(0)?.as_str()?)?);
    }
    black_box(&decoded);
    let bare = begun.elapsed();
    drop(decoded);

    let begun = Instant::now();
    let (desk, clerk) = Desk::open(store.journal(&name)?, SystemClock)?;
    let open = begun.elapsed();
    assert_eq!(desk.head(), Position::new(u64::try_from(entries.len())?));
    clerk.close()?;
    let mut first = None;
    store.journal(&name)?.read(Position::START, &mut |stored| {
        first = Some(stored.payload.to_owned());
        ControlFlow::Break(())
    })?;
    assert_eq!(first, entries.first().map(record::encode).transpose()?);
    Ok((raw_import.as_secs_f64() / import.as_secs_f64(), open.as_secs_f64() / bare.as_secs_f64()))
}
