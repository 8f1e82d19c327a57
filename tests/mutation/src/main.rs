//! Mutation testing of the domain, the wire and the desk in one build.
//!
//! `cargo mutants` builds a package anew for each change, which takes minutes; there are thousands. Here each change
//! stands behind a question in one copy of the sources. The tests are built once, each is run once to see which changes it
//! reaches, and each change is tried by those tests only. The changes are those of `cargo mutants`.

mod change;
mod copy;
mod result;
mod trial;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Parser;

use crate::copy::Copy;
use crate::trial::Outcome;

/// Changes one operator, arm or result of the domain, the wire or the desk at a time, and names each change that no test notices.
#[derive(Parser)]
struct Asked {
    /// The root of the workspace.
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// Where the changed copy is kept and built; it is used again by the next run. If absent, where temporary files are.
    #[arg(long)]
    work: Option<PathBuf>,
    /// Only changes of files whose path holds one of these (from `crates/handover/src`; of the others as `handover-wire/..`).
    #[arg(long = "file", value_name = "PART")]
    files: Vec<String>,
    /// Tests whose name holds one of these are left out.
    #[arg(long = "without", value_name = "PART")]
    without: Vec<String>,
    /// Processes side by side.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Seconds of tests to try one change by.
    #[arg(long, default_value_t = 120)]
    most: u64,
    /// The list of changes that are known to change nothing, each line `file: function: what = reason`.
    #[arg(long)]
    same: Option<PathBuf>,
    /// Only what the last run missed.
    #[arg(long)]
    missed: bool,
}

fn main() -> Result<()> {
    let asked = Asked::parse();
    let work = asked.work.unwrap_or_else(|| std::env::temp_dir().join("handover-mutation"));
    fs::create_dir_all(&work)?;
    let copy = Copy { from: fs::canonicalize(&asked.root)?, to: fs::canonicalize(&work)? };
    copy.refresh()?;
    let (mutants, impossible) = copy.settle()?;
    let tests = trial::reach(&copy.to, &copy.build()?, asked.jobs, &asked.without)?;

    let same = asked.same.as_ref().map(fs::read_to_string).transpose()?.unwrap_or_default();
    let same: Vec<&str> =
        same.lines().filter_map(|line| line.split_once(" = ")).map(|(change, _)| change).collect();
    let kept = copy.to.join("missed.txt");
    let before = fs::read_to_string(&kept).unwrap_or_default();
    let name = |mutant: &change::Mutant| format!("{}: {}: {}", mutant.file, mutant.within, mutant.what);
    let chosen: Vec<&change::Mutant> = mutants
        .iter()
        .filter(|mutant| {
            asked.files.is_empty() || asked.files.iter().any(|part| mutant.file.contains(part.as_str()))
        })
        .filter(|mutant| !same.contains(&name(mutant).as_str()))
        .filter(|mutant| !asked.missed || before.lines().any(|line| line == name(mutant)))
        .collect();
    if chosen.is_empty() {
        bail!("no change is left to try");
    }
    let ids: Vec<u32> = chosen.iter().map(|mutant| mutant.id).collect();
    let outcomes = trial::all(&tests, &ids, asked.jobs, Duration::from_secs(asked.most), |id, outcome| {
        let mutant = chosen.iter().find(|mutant| mutant.id == id);
        if let (Some(mutant), Outcome::Missed | Outcome::Unreached) = (mutant, outcome) {
            println!("{outcome:?} {}:{} {}: {}", mutant.file, mutant.line, mutant.within, mutant.what);
        }
    })?;

    let (mut missed, mut by_room) = (Vec::new(), BTreeMap::<String, [usize; 4]>::new());
    for mutant in &chosen {
        let outcome = outcomes.get(&mutant.id).context("an outcome")?;
        let room = mutant.file.split(['/', '.']).next().unwrap_or_default().to_owned();
        let sums = by_room.entry(room).or_default();
        if let Some(sum) = sums.get_mut(*outcome as usize) {
            *sum = sum.saturating_add(1);
        }
        if matches!(outcome, Outcome::Missed | Outcome::Unreached) {
            missed.push(name(mutant));
        }
    }
    fs::write(&kept, missed.join("\n") + "\n")?;
    println!("\nroom: caught, endless, missed, unreached");
    for (room, [caught, endless, missed, unreached]) in &by_room {
        println!("{room}: {caught}, {endless}, {missed}, {unreached}");
    }
    let caught =
        outcomes.values().filter(|outcome| matches!(outcome, Outcome::Caught | Outcome::Endless)).count();
    println!(
        "{caught} of {} changes are noticed; {} do not compile, {} are known to change nothing",
        outcomes.len(),
        impossible.changes.len(),
        same.len()
    );
    if missed.is_empty() { Ok(()) } else { bail!("{} changes are not noticed", missed.len()) }
}
