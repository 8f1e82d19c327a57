//! What is acknowledged was synced: counted at the system, not believed.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use handover_journal::{Journal, Position};
use handover_sqlite::SqliteStore;

use crate::{june, place, record};

/// Set for the process that is looked at: the file that it writes to, and how many records it appends one by one.
const FILE: &str = "HANDOVER_SYNCED_FILE";
const APPENDS: &str = "HANDOVER_SYNCED_APPENDS";

/// No test of its own: what the process does that is looked at.
#[test]
fn appending_while_looked_at() {
    let (Ok(file), Ok(appends)) = (env::var(FILE), env::var(APPENDS)) else { return };
    let mut journal = SqliteStore::open(file).unwrap().journal(&june()).unwrap();
    let before = journal.head().unwrap().number();
    for number in before..before + appends.parse::<u64>().unwrap() {
        journal.append(Position::new(number), &[record(number)]).unwrap();
    }
    println!("appended.");
}

/// How often a process that appends so many records makes the system sync a file.
fn syncs(path: &Path, appends: u32) -> usize {
    let trace = path.with_extension(format!("trace-{appends}"));
    let output = Command::new("strace")
        .args(["-f", "-e", "trace=fsync,fdatasync", "-o"])
        .arg(&trace)
        .arg(env::current_exe().unwrap())
        .args(["--exact", "synced::appending_while_looked_at", "--nocapture"])
        .env(FILE, path)
        .env(APPENDS, appends.to_string())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && told.contains("appended."), "{told}");
    // A call that another thread interrupts in the trace is written twice, and named with its bracket once.
    let traced = fs::read_to_string(trace).unwrap();
    traced.lines().filter(|line| line.contains("fsync(") || line.contains("fdatasync(")).count()
}

#[test]
fn each_append_that_is_acknowledged_was_synced() {
    const APPENDED: u32 = 100;
    // It may be there and not be allowed to look at anybody.
    let works = Command::new("strace").args(["-f", "-e", "trace=fsync", "true"]).output();
    if !works.is_ok_and(|it| it.status.success()) {
        eprintln!("SKIPPED: there is no `strace` here, or it may not look at other processes");
        return;
    }
    let (_directory, path) = place();
    SqliteStore::create(&path).unwrap();
    let (none, all) = (syncs(&path, 0), syncs(&path, APPENDED));
    println!("{all} syncs for {APPENDED} appends, {none} for none");
    assert!(all >= none + 100, "{all} syncs for {APPENDED} appends, {none} for none");
}
