//! Does one thing to a scene of a given length: `instructions <what> <entries> [long]`. A profiler counts what is within
//! [`measure`]; `instructions.sh` beside this package runs it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of a scene are far from the ends of their types"
)]

use std::error::Error;
use std::time::Instant;

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_benches::{Scene, measure};

/// So many entries are made and posted at a time, so that the scene takes no memory of its own.
const AT_A_TIME: usize = 10_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (what, entries, long) = match arguments.as_slice() {
        [what, entries] => (what.as_str(), entries.parse::<usize>()?, false),
        [what, entries, long] if long == "long" => (what.as_str(), entries.parse::<usize>()?, true),
        _ => {
            return Err("expected `post`, `replay`, `size`, `explain` or a view, and how many entries".into());
        }
    };
    let scene = if long { Scene::under_one_agreement() } else { Scene::new() };
    if what == "mix" {
        mix(scene, entries);
        return Ok(());
    }
    let ledger = build(scene, entries, what == "replay")?;
    let begin = Instant::now();
    let rows = match what {
        "post" | "replay" => ledger.len(),
        "size" => resident_bytes().unwrap_or_default() / ledger.len().max(1),
        "explain" => measure::explain_one(&ledger, "remains-south-0")?,
        name => {
            let view = measure::VIEWS.into_iter().find(|view| view.name == name).ok_or("no such view")?;
            measure::make_view(&ledger, view)?
        }
    };
    println!("{what}\t{entries}\t{rows}\t{:?}\t{}", begin.elapsed(), size_of::<Entry>());
    Ok(())
}

fn build(scene: Scene, entries: usize, replay: bool) -> Result<Ledger, Box<dyn Error>> {
    let mut ledger = Ledger::new();
    let mut scene = scene.take(entries);
    loop {
        let some: Vec<Entry> = scene.by_ref().take(AT_A_TIME).collect();
        if some.is_empty() {
            return Ok(ledger);
        }
        if replay {
            measure::replay_all(&mut ledger, &some)?;
        } else {
            measure::post_all(&mut ledger, &some)?;
        }
    }
}

/// What the process holds in memory, where the system says so.
fn resident_bytes() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<usize>().ok()?.checked_mul(1024)
}

/// How many entries of each concept there are.
fn mix(scene: Scene, entries: usize) {
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    for entry in scene.take(entries) {
        let what = format!("{:?}", entry.what);
        let kind = what.split(['(', ' ']).take(2).collect::<Vec<_>>().join(" ");
        *kinds.entry(kind).or_default() += 1;
    }
    for (kind, number) in kinds {
        println!("{number:>9} {kind}");
    }
}
