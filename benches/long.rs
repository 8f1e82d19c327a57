//! How many commands a second a desk on SQLite takes when its ledger is long, beside one whose ledger is short: rounds that take
//! turns on both, medians with the least and the greatest.
//!
//! Run as a benchmark it measures with 10^5 entries, and with 10^6 where `HANDOVER_BENCH_MILLION` is set; run as a test it does
//! everything once, on little.
#![expect(
    clippy::float_arithmetic,
    clippy::arithmetic_side_effects,
    reason = "ratios of times, and small numbers"
)]

use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

use handover::entry::{Entry, What};
use handover::ledger::keeper;
use handover::party::{Party, PartyEntry};
use handover_benches::Scene;
use handover_desk::{Clerk, Desk, SystemClock};
use handover_journal::{LedgerId, Position, Recorder};
use handover_sqlite::SqliteStore;
use tempfile::TempDir;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How much is done.
#[derive(Clone, Copy)]
struct Size {
    short: usize,
    long: usize,
    rounds: usize,
    single: usize,
    each_of_64: usize,
}

/// A ledger at its desk, and what happens next in it.
struct Kept {
    desk: Desk,
    clerk: Clerk,
    scene: Scene,
    by: Recorder,
    others: usize,
    // Dropped last: the file is in it.
    _directory: TempDir,
}

impl Kept {
    /// With so many entries of the scene.
    fn of(entries: usize) -> Outcome<Self> {
        let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let store = SqliteStore::create(directory.path().join("desk.sqlite"))?;
        let (desk, clerk) = Desk::open(store.journal(&LedgerId::new("ledger")?)?, SystemClock)?;
        let by = Recorder::new("bench")?;
        let mut scene = Scene::new();
        let mut left = entries;
        while left > 0 {
            let group: Vec<Entry> = scene.by_ref().take(left.min(1_000)).collect();
            left -= group.len();
            desk.submit(&by, group).wait()?;
        }
        assert_eq!(desk.head(), Position::new(u64::try_from(entries)?));
        Ok(Self { desk, clerk, scene, by, others: 0, _directory: directory })
    }

    /// What happens next, each entry submitted alone and waited for.
    fn alone(&mut self, entries: usize) -> Outcome<Duration> {
        let next: Vec<Entry> = self.scene.by_ref().take(entries).collect();
        let begun = Instant::now();
        for entry in next {
            self.desk.submit(&self.by, vec![entry]).wait()?;
        }
        Ok(begun.elapsed())
    }

    /// 64 callers, each with so many entries of its own.
    fn together(&mut self, each: usize) -> Outcome<Duration> {
        let mut work = Vec::new();
        for _ in 0..64 {
            self.others += 1;
            let caller = self.others;
            work.push((0..each).map(|at| party(&format!("o-{caller}-{at}"))).collect::<Outcome<Vec<_>>>()?);
        }
        let begun = Instant::now();
        let mut threads = Vec::new();
        for entries in work {
            let (desk, by) = (self.desk.clone(), self.by.clone());
            threads.push(thread::spawn(move || {
                entries.into_iter().try_for_each(|entry| desk.submit(&by, vec![entry]).wait().map(drop))
            }));
        }
        for thread in threads {
            thread.join().map_err(|_| "a caller panicked")??;
        }
        Ok(begun.elapsed())
    }
}

fn party(name: &str) -> Outcome<Entry> {
    let what = What::Party(PartyEntry::Introduced(Party { id: name.parse()?, name: name.parse()? }));
    Ok(Entry { id: name.parse()?, by: keeper(), said: "2025-06-02".parse()?, source: None, what })
}

fn told(what: &str, mut ratios: Vec<f64>) {
    ratios.sort_by(f64::total_cmp);
    let at = |place: usize| ratios.get(place).copied().unwrap_or(f64::NAN);
    println!("{what}: {:.2} ({:.2} to {:.2})", at(ratios.len() / 2), at(0), at(ratios.len() - 1));
}

fn main() -> Outcome<()> {
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let million = std::env::var_os("HANDOVER_BENCH_MILLION").is_some();
    let size = match (measuring, million) {
        (false, _) => Size { short: 200, long: 400, rounds: 1, single: 2, each_of_64: 1 },
        (true, false) => Size { short: 1_000, long: 100_000, rounds: 11, single: 300, each_of_64: 40 },
        (true, true) => Size { short: 1_000, long: 1_000_000, rounds: 11, single: 300, each_of_64: 40 },
    };
    let (mut short, mut long) = (Kept::of(size.short)?, Kept::of(size.long)?);
    let (mut one, mut many) = (Vec::new(), Vec::new());
    for round in 0..size.rounds {
        // Who goes first changes: what the machine does besides weighs on both.
        let (mut of_short, mut of_long) = (Duration::ZERO, Duration::ZERO);
        let (mut many_short, mut many_long) = (Duration::ZERO, Duration::ZERO);
        for turn in 0..2 {
            if (round + turn) % 2 == 0 {
                of_short = short.alone(size.single)?;
                many_short = short.together(size.each_of_64)?;
            } else {
                of_long = long.alone(size.single)?;
                many_long = long.together(size.each_of_64)?;
            }
        }
        one.push(of_short.as_secs_f64() / of_long.as_secs_f64());
        many.push(many_short.as_secs_f64() / many_long.as_secs_f64());
    }
    let (from, to) = (size.short, size.long);
    told(&format!("commands of one caller a second, among {to} entries against among {from}"), one);
    told(&format!("commands of 64 callers a second, among {to} entries against among {from}"), many);
    for kept in [short, long] {
        kept.clerk.close()?;
    }
    Ok(())
}
