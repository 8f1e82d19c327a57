//! A process that acknowledges single entries is killed at any moment: what it acknowledged is there, once and whole.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use handover::ledger::Ledger;
use handover_desk::{Desk, SystemClock};
use handover_journal::{Journal, Position};
use handover_sqlite::SqliteStore;
use handover_wire::record;

use crate::{by, june, party};

/// Set for the process that is to be killed: the file that it writes to.
const FILE: &str = "HANDOVER_KILL_FILE";
/// And what its entries are called.
const ROUND: &str = "HANDOVER_KILL_ROUND";
/// How many threads submit in it, so that single entries are written together too.
const THREADS: usize = 3;

/// A number from the environment.
fn told(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// No test of its own: what the process does that is to be killed. It submits one entry after another and says the
/// number of each once it is acknowledged.
#[test]
fn writing_until_killed() {
    let (Ok(file), Ok(round)) = (env::var(FILE), env::var(ROUND)) else { return };
    let store = SqliteStore::open(file).unwrap();
    let (desk, _clerk) = Desk::open(store.journal(&june()).unwrap(), SystemClock).unwrap();
    thread::scope(|scope| {
        for which in 0..THREADS {
            let (desk, round) = (&desk, &round);
            scope.spawn(move || {
                for number in 0_u32.. {
                    let id = format!("r{round}-t{which}-{number}");
                    let receipt = desk.submit(&by(), vec![party(&id)]).wait().unwrap();
                    assert_eq!(receipt.recorded, 1);
                    let line = format!("acknowledged {which} {number}\n");
                    // In one piece, whatever the harness does with the standard output.
                    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

pub(crate) fn begun(path: &Path, round: u64) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "killed::writing_until_killed", "--nocapture"])
        .env(FILE, path)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Numbers that look drawn, from a seed: a step of `SplitMix64`.
fn drawn(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut it = *seed;
    it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    it ^ (it >> 31)
}

/// How many entries of each thread were acknowledged before the process was killed.
fn acknowledged(path: &Path, round: u64, seed: &mut u64) -> [u32; THREADS] {
    let mut child = begun(path, round);
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut found = [0; THREADS];
    let mut note = |line: &str| {
        // The harness may begin the line, and one that was cut off by the end says nothing.
        let Some((_, numbers)) = line.strip_suffix('\n').and_then(|line| line.split_once("acknowledged "))
        else {
            return false;
        };
        let (which, number) = numbers.split_once(' ').unwrap();
        let (which, number): (usize, u32) = (which.parse().unwrap(), number.parse().unwrap());
        assert_eq!(number, found[which], "a thread acknowledges one after another");
        found[which] += 1;
        true
    };
    // In the midst of writing, and in every fourth round while the ledger is opened or little after.
    let mut wanted = if drawn(seed).is_multiple_of(4) { 0 } else { drawn(seed) % 40 };
    let mut line = String::new();
    while wanted > 0 && lines.read_line(&mut line).unwrap() > 0 {
        wanted -= u64::from(note(&line));
        line.clear();
    }
    thread::sleep(Duration::from_micros(drawn(seed) % 20_000));
    child.kill().unwrap();
    while lines.read_line(&mut line).unwrap() > 0 {
        note(&line);
        line.clear();
    }
    assert!(!child.wait().unwrap().success(), "it ended before it was killed");
    found
}

/// How many entries of each thread of a round are in the file: the first so many, in order, none twice, each as it was
/// submitted.
fn recorded(store: &SqliteStore) -> BTreeMap<(u64, usize), u32> {
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let read = store.journal(&june()).unwrap().read(Position::START, &mut |stored| {
        let entry = record::decode(stored.version, stored.payload).unwrap();
        let id = entry.id.to_string();
        assert_eq!(entry, party(&id), "torn");
        let parts: Vec<&str> = id.split('-').collect();
        let number = |part: &str| part.trim_start_matches(['r', 't']).parse::<u64>().unwrap();
        let key = (number(parts[0]), usize::try_from(number(parts[1])).unwrap());
        let next = found.entry(key).or_insert(0_u32);
        assert_eq!(parts[2].parse(), Ok(*next), "{id} is out of its order");
        *next += 1;
        assert!(seen.insert(id), "doubled");
        ControlFlow::Continue(())
    });
    read.unwrap();
    found
}

#[test]
#[expect(clippy::print_stderr, reason = "what was drawn and what was seen, for whoever repeats it")]
fn every_entry_that_was_acknowledged_outlives_the_process() {
    let rounds = told("HANDOVER_KILL_ROUNDS").unwrap_or(200);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let first = told("HANDOVER_KILL_SEED").unwrap_or(now.as_secs());
    eprintln!("killing {rounds} times; HANDOVER_KILL_SEED={first} draws the same moments");
    let mut seed = first;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("june.sqlite");
    let store = SqliteStore::create(&path).unwrap();
    let mut expected = BTreeMap::new();
    let (mut acknowledged_in_all, mut only_recorded) = (0, 0);
    for round in 0..rounds {
        let of_round = acknowledged(&path, round, &mut seed);
        let found = recorded(&store);
        for (which, acknowledged) in of_round.into_iter().enumerate() {
            let kept = found.get(&(round, which)).copied().unwrap_or(0);
            assert!(
                kept == acknowledged || kept == acknowledged + 1,
                "seed {first}, round {round}: thread {which} had {acknowledged} entries acknowledged, {kept} are recorded"
            );
            acknowledged_in_all += acknowledged;
            only_recorded += kept - acknowledged;
            if kept > 0 {
                expected.insert((round, which), kept);
            }
        }
        // What earlier rounds left is left as it was.
        assert_eq!(found, expected, "seed {first}, round {round}");
    }
    eprintln!("{acknowledged_in_all} entries were acknowledged, {only_recorded} were recorded only");
    assert!(rounds < 12 || acknowledged_in_all > 0, "seed {first}: it was always killed too early");
    assert_eq!(store.check().unwrap(), Vec::<String>::new(), "seed {first}");
    let (desk, clerk) = Desk::open(store.journal(&june()).unwrap(), SystemClock).unwrap();
    let all: u32 = expected.values().sum();
    assert_eq!(desk.read(Ledger::len), usize::try_from(all).unwrap());
    clerk.close().unwrap();
}
