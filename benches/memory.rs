//! Bytes that a ledger holds for each step of a unit of remains: `cargo bench -p handover-benches --bench memory`.
//!
//! *Held* is what a copy of the ledger takes, whose tables have no room to spare; *with room* is what the ledger itself takes,
//! which depends on how lately its tables grew. Hash indices keep their room in both. The texts of entries are shared and not
//! counted, for these have none.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of a scene are far from the ends of their types"
)]

use std::error::Error;

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_benches::measure;
use handover_benches::remains::Remains;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// So many units, or what `HANDOVER_BENCH_UNITS` says; few where the measurement is only tried once.
fn units() -> Result<u64, Box<dyn Error>> {
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(1_000);
    }
    Ok(std::env::var("HANDOVER_BENCH_UNITS").map_or(Ok(100_000), |units| units.parse())?)
}

/// The bytes of a copy of the ledger, and of the ledger beyond what was there before it.
fn bytes(ledger: &Ledger, before: usize) -> [usize; 2] {
    let now = ALLOCATED.current_usage();
    let copy = ledger.clone();
    let held = ALLOCATED.current_usage() - now;
    drop(copy);
    [held, now - before]
}

fn each([before, after]: [[usize; 2]; 2], units: u64) -> Result<[usize; 2], Box<dyn Error>> {
    let units = usize::try_from(units)?;
    Ok([0, 1].map(|at: usize| {
        let [before, after] = [before, after].map(|bytes| bytes.get(at).copied().unwrap_or_default());
        after.saturating_sub(before) / units
    }))
}

fn main() -> Result<(), Box<dyn Error>> {
    let (units, remains) = (units()?, Remains::new());
    let names: Vec<&str> = remains.course(0).iter().map(|(name, _)| *name).collect();
    let before = ALLOCATED.current_usage();
    let mut ledger = Ledger::new();
    measure::post_all(&mut ledger, &remains.setting())?;
    for batch in (0..units).filter_map(|unit| remains.batch_of(unit)) {
        measure::post_all(&mut ledger, &[batch])?;
    }
    let mut last = bytes(&ledger, before);
    println!("{:24} {:>8} {:>10}", "of each", "held", "with room");
    for (at, name) in names.iter().enumerate() {
        for unit in 0..units {
            let entry: Option<Entry> = remains.course(unit).into_iter().nth(at).map(|(_, entry)| entry);
            measure::post_all(&mut ledger, entry.as_slice())?;
        }
        let now = bytes(&ledger, before);
        let [held, with_room] = each([last, now], units)?;
        println!("{name:24} {held:8} {with_room:10}");
        last = now;
    }
    measure::post_all(&mut ledger, &[remains.found_further(units)])?;
    let [held, with_room] = each([last, bytes(&ledger, before)], units)?;
    println!("{:24} {held:8} {with_room:10}", "a unit without an entry");
    Ok(())
}
