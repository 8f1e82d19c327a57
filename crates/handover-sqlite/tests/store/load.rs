//! Several processes and threads that write one file at once, and others that read it all the while.

use std::collections::BTreeMap;
use std::env;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use handover_journal::{AppendError, Journal, Position, Record, Recorder, Timestamp};
use handover_sqlite::{Error, Options, SqliteJournal, SqliteStore};

use crate::{filled, june, place, raw, read, read_after, record, records};

/// Set for the processes that write: the file, and what their records are called.
const FILE: &str = "HANDOVER_LOAD_FILE";
const NAME: &str = "HANDOVER_LOAD_NAME";

const PROCESSES: usize = 3;
const THREADS: usize = 2;
const EACH: usize = 40;

/// A handle that hardly waits for others.
fn impatient(path: &Path, options: &Options) -> SqliteJournal {
    let mut options = options.clone();
    options.busy_timeout = Duration::from_millis(2);
    loop {
        match SqliteStore::open_with(path, options.clone()).map(|store| store.journal(&june())) {
            Ok(Ok(journal)) => return journal,
            // Opening reads, and whoever recovers the file has it alone.
            Ok(Err(why)) | Err(why) => assert!(why.to_string().contains("try again"), "{why}"),
        }
    }
}

/// Appends one record, as often as it takes; how often the file was held, and how often others were faster.
fn append(journal: &mut SqliteJournal, head: &mut Position, record: &Record) -> (u32, u32) {
    let (mut busy, mut conflicts) = (0, 0);
    loop {
        match journal.append(*head, std::slice::from_ref(record)) {
            Ok(now) => {
                assert_eq!(now, head.next());
                *head = now;
                return (busy, conflicts);
            }
            Err(AppendError::Conflict { found, .. }) => {
                *head = found;
                conflicts += 1;
            }
            Err(refused @ AppendError::Failed(Error::Busy)) => {
                assert!(refused.to_string().contains("try again"), "{refused}");
                busy += 1;
            }
            Err(other) => panic!("{other}"),
        }
    }
}

fn called(name: &str) -> Record {
    Record::new(Timestamp::from_micros(0), Recorder::new("load").unwrap(), 1, name).unwrap()
}

/// No test of its own: what each process does. Each thread of it has a handle of its own.
#[test]
fn writing_beside_others() {
    let (Ok(file), Ok(name)) = (env::var(FILE), env::var(NAME)) else { return };
    let told = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|which| {
                let (file, name) = (&file, &name);
                scope.spawn(move || {
                    let mut journal = impatient(Path::new(file), &Options::default());
                    let (mut head, mut told) = (Position::START, (0, 0));
                    for at in 0..EACH {
                        let (busy, conflicts) =
                            append(&mut journal, &mut head, &called(&format!("{name}-{which}-{at}")));
                        told = (told.0 + busy, told.1 + conflicts);
                    }
                    told
                })
            })
            .collect();
        threads.into_iter().map(|it| it.join().unwrap()).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    });
    println!("told {} busy, {} conflicts.", told.0, told.1);
}

fn begun(path: &Path, name: usize) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "load::writing_beside_others", "--nocapture"])
        .env(FILE, path)
        .env(NAME, name.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Somebody holds the file for longer than anybody waits, again and again, so that it is certain to be held.
#[test]
fn nothing_that_several_processes_had_acknowledged_is_lost() {
    let (_directory, path) = place();
    let store = SqliteStore::create(&path).unwrap();
    let ended = AtomicBool::new(false);
    let outputs = thread::scope(|scope| {
        scope.spawn(|| {
            let other = raw(&path);
            other.busy_timeout(Duration::from_secs(10)).unwrap();
            while !ended.load(Ordering::Relaxed) {
                other.execute_batch("BEGIN IMMEDIATE").unwrap();
                thread::sleep(Duration::from_millis(8));
                other.execute_batch("ROLLBACK").unwrap();
                thread::sleep(Duration::from_millis(20));
            }
        });
        let children: Vec<_> = (0..PROCESSES).map(|name| begun(&path, name)).collect();
        let outputs: Vec<_> = children.into_iter().map(|it| it.wait_with_output().unwrap()).collect();
        ended.store(true, Ordering::Relaxed);
        outputs
    });
    let mut busy = 0;
    for output in outputs {
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{told}");
        let number = told.split_once("told ").and_then(|(_, rest)| rest.split_once(" busy")).unwrap().0;
        busy += number.parse::<u32>().unwrap();
    }
    assert!(busy > 0, "the file was never held: nothing was tried");

    let found = read(&mut store.journal(&june()).unwrap());
    assert_eq!(found.len(), PROCESSES * THREADS * EACH, "none lost, none doubled");
    let mut next = BTreeMap::new();
    for record in &found {
        let (thread, at) = record.payload().rsplit_once('-').unwrap();
        let expected = next.entry(thread).or_insert(0_usize);
        assert_eq!(at.parse(), Ok(*expected), "{thread}: in its order, once");
        *expected += 1;
    }
    assert_eq!(next.len(), PROCESSES * THREADS);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

/// A read in whose midst others append and are not held up, and which sees nothing of it.
#[test]
fn whoever_reads_for_long_keeps_nobody_from_writing() {
    const MORE: u64 = 200;
    let (_directory, path) = place();
    let held = filled(&path, 50);
    let mut writer = impatient(&path, &Options::default());
    let mut reader = SqliteStore::open(&path).unwrap().journal(&june()).unwrap();
    let (mut seen, mut slowest) = (Vec::new(), Duration::ZERO);
    reader
        .read(Position::START, &mut |stored| {
            if seen.is_empty() {
                for number in 50..50 + MORE {
                    let begun = Instant::now();
                    writer.append(Position::new(number), &[record(number)]).unwrap();
                    slowest = slowest.max(begun.elapsed());
                }
            }
            seen.push(stored.payload.to_owned());
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(seen, held.iter().map(|it| it.payload().to_owned()).collect::<Vec<_>>());
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    assert_eq!(read(&mut reader), records(0, 50 + MORE));
}

const ALLOWED: u64 = 256 << 10;

fn short() -> Options {
    let mut options = Options::default();
    options.log_bytes = ALLOWED;
    options
}

fn long(number: u64) -> Record {
    called(&format!("{number} {}", "x".repeat(6_000)))
}

/// Several who read one after another, so that at each moment somebody does: SQLite alone would never begin the log anew.
#[test]
fn the_log_stays_short_though_somebody_reads_at_each_moment() {
    const RECORDS: u64 = 1_000;
    let (_directory, path) = place();
    let store = SqliteStore::create_with(&path, short()).unwrap();
    let mut journal = store.journal(&june()).unwrap();
    journal.append(Position::START, &[long(0)]).unwrap();
    let (ended, reads) = (AtomicBool::new(false), AtomicU64::new(0));
    let longest = thread::scope(|scope| {
        for late in 0..3_u64 {
            let (store, ended, reads) = (&store, &ended, &reads);
            scope.spawn(move || {
                let mut journal = store.journal(&june()).unwrap();
                thread::sleep(Duration::from_millis(late * 3));
                while !ended.load(Ordering::Relaxed) {
                    let read = journal.read(Position::START, &mut |_| {
                        thread::sleep(Duration::from_millis(9));
                        ControlFlow::Break(())
                    });
                    read.unwrap();
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let mut longest = 0;
        for number in 1..RECORDS {
            journal.append(Position::new(number), &[long(number)]).unwrap();
            longest = longest.max(store.log_bytes());
        }
        ended.store(true, Ordering::Relaxed);
        longest
    });
    assert!(reads.load(Ordering::Relaxed) > 10);
    // Six mebibytes were appended, each with more than itself in the log. A try that is in vain lets it grow by one.
    assert!(longest < 4 << 20, "{longest}");
    assert_eq!(read(&mut journal).len(), usize::try_from(RECORDS).unwrap());
}

/// Whoever reads on keeps the log, which is told; appends are not held up by it at each record, and once the reader has
/// ended the log is emptied.
#[test]
fn a_log_that_somebody_keeps_is_told_and_emptied_when_they_end() {
    let (_directory, path) = place();
    let mut options = short();
    options.busy_timeout = Duration::from_millis(200);
    let store = SqliteStore::create_with(&path, options).unwrap();
    let mut journal = store.journal(&june()).unwrap();
    journal.append(Position::START, &[long(0)]).unwrap();
    let other = raw(&path);
    other.execute_batch("BEGIN; SELECT count(*) FROM records").unwrap();
    let held: i64 = other.query_row("SELECT count(*) FROM records", [], |row| row.get(0)).unwrap();
    let begun = Instant::now();
    for number in 1..400 {
        journal.append(Position::new(number), &[long(number)]).unwrap();
    }
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}: held up at each record");
    assert!(store.log_bytes() > 2 << 20, "{}", store.log_bytes());
    let told = store.empty_log().unwrap_err();
    assert!(matches!(told, Error::Busy), "{told}");
    // Whoever reads still sees what was there when they began.
    let still: i64 = other.query_row("SELECT count(*) FROM records", [], |row| row.get(0)).unwrap();
    assert_eq!(still, held);
    other.execute_batch("COMMIT").unwrap();

    store.empty_log().unwrap();
    assert_eq!(store.log_bytes(), 0);
    let (found, ended) = read_after(&mut journal, Position::START);
    assert!(ended.is_ok() && found == (0..400).map(long).collect::<Vec<_>>());
    // By itself too, with the first appends after it.
    other.execute_batch("BEGIN; SELECT count(*) FROM records").unwrap();
    other.query_row("SELECT count(*) FROM records", [], |row| row.get::<_, i64>(0)).unwrap();
    for number in 400..700 {
        journal.append(Position::new(number), &[long(number)]).unwrap();
    }
    assert!(store.log_bytes() > ALLOWED);
    other.execute_batch("COMMIT").unwrap();
    for number in 700..1_000 {
        journal.append(Position::new(number), &[long(number)]).unwrap();
        if store.log_bytes() <= ALLOWED {
            return;
        }
    }
    panic!("{} bytes stay in the log", store.log_bytes());
}
