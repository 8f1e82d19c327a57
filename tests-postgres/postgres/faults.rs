//! Servers and connections that end in the midst of an append.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_desk::{Desk, SubmitError, SystemClock};
use handover_journal::{AppendError, Journal, Position};
use handover_postgres::{Error, Options, PostgresStore};
use handover_wire::record as wire;
use libtest_mimic::Trial;

use crate::proxy::Proxy;
use crate::server::Server;
use crate::sql::Sql;
use crate::{Named, Outcome, by, june, party, programs, records, rounds, shared, trial};

fn patient(seconds: u64) -> Options {
    let mut options = Options::default();
    options.patience = Duration::from_secs(seconds);
    options
}

/// The connection string of a database behind a proxy.
fn behind(proxy: &Proxy, database: &str) -> String {
    format!("postgres://keeper@127.0.0.1:{}/{database}?sslmode=disable", proxy.port)
}

/// The answer is lost, the append is not: it is unknown, and reading on tells.
fn an_answer_that_is_cut_off_is_unknown_and_the_tail_tells() -> Outcome {
    let server = shared()?;
    let proxy = Proxy::to(server.port())?;
    let database = server.database()?;
    let store = PostgresStore::open_with(&behind(&proxy, &database), patient(10))?;
    let mut journal = store.journal(&june()?)?;
    let mut at = journal.append(Position::START, &records(0, 2)?)?;
    let mut done = 0;
    for round in 0..8 {
        proxy.cut_the_next_answer();
        let cut = journal.append(at, &records(round * 2, 2)?);
        assert!(matches!(cut, Err(AppendError::Unknown(Error::Lost(_)))), "{cut:?}");
        assert_eq!(proxy.cuts(), u64::try_from(round + 1)?);
        let mut found = 0;
        journal.read(at, &mut |_| {
            found += 1;
            ControlFlow::Continue(())
        })?;
        // Whether the server had done it when it was cut off is a race; what the tail tells then is final.
        match found {
            0 => {
                assert_eq!(journal.head()?, at);
                at = journal.append(at, &records(round * 2, 2)?)?;
            }
            2 => {
                done += 1;
                at = at.forward(2);
                assert_eq!(journal.head()?, at);
                // Appending again at the old place would double it, and is a conflict.
                let again = journal.append(Position::new(at.number() - 2), &records(0, 2)?);
                assert!(
                    matches!(again, Err(AppendError::Conflict { found, .. }) if found == at),
                    "{again:?}"
                );
            }
            torn => return Err(format!("{torn} of two records are there").into()),
        }
    }
    assert!(done > 0, "the server had done none of those whose answer was cut off");
    Ok(())
}

/// Somebody who is about to append at position 2 of the first ledger, and does not: who wants the same waits for them.
const IN_THE_WAY: &str = "BEGIN; INSERT INTO handover.records \
                          (ledger, position, recorded_at, recorded_by, version, payload) VALUES (1, 2, 0, '-', 1, '-')";

/// An append waits in the server when its connection ends; it must not take effect after the tail was read.
fn what_is_still_waiting_in_the_server_is_ended_before_the_tail_is_read() -> Outcome {
    let server = shared()?;
    let proxy = Proxy::to(server.port())?;
    let database = server.database()?;
    let store = PostgresStore::open_with(&behind(&proxy, &database), patient(20))?;
    let mut journal = store.journal(&june()?)?;
    journal.append(Position::START, &records(0, 1)?)?;
    let mut blocker = Sql::connect(&server.address(&database))?;
    blocker.run(IN_THE_WAY)?;
    let one = records(1, 1)?;
    let appending = thread::spawn(move || {
        let cut = journal.append(Position::new(1), &one);
        (journal, matches!(cut, Err(AppendError::Unknown(_))), format!("{cut:?}"))
    });
    let mut watch = Sql::connect(&server.address(&database))?;
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                 AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO handover.records%'";
    while watch.one::<i64>(waits)? == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    proxy.cut();
    let (mut journal, unknown, told) = appending.join().map_err(|_| "the append panicked")?;
    assert!(unknown, "{told}");
    assert_eq!(watch.one::<i64>(waits)?, 1, "the server does not know yet that nobody waits for it");
    // Reading ends it first.
    assert_eq!(journal.head()?, Position::new(1));
    assert_eq!(watch.one::<i64>(waits)?, 0);
    blocker.run("ROLLBACK")?;
    assert_eq!(journal.head()?, Position::new(1));
    assert_eq!(journal.append(Position::new(1), &records(1, 1)?)?, Position::new(2));
    Ok(())
}

/// So many entries are recorded at most until connections were ended often enough.
const MOST_RECORDED: u64 = 20_000;

/// Connections are ended by an administrator while a desk writes: it goes on by itself, and nothing is lost or doubled.
fn a_desk_goes_on_when_its_connections_are_ended() -> Outcome {
    let server = shared()?;
    let address = server.address(&server.database()?);
    let store = PostgresStore::open_with(&address, patient(20))?;
    let (desk, clerk) = Desk::open(store.journal(&june()?)?, SystemClock)?;
    let done = AtomicBool::new(false);
    let ended = AtomicU64::new(0);
    let mut recorded = 0_u64;
    thread::scope(|scope| -> Outcome {
        scope.spawn(|| {
            let Ok(mut sql) = Sql::connect(&address) else { return };
            let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE \
                       datname = current_database() AND application_name = 'handover'";
            while !done.load(Ordering::Relaxed) {
                let count = sql.one::<i64>(end).unwrap_or(0);
                ended.fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
                thread::sleep(Duration::from_millis(150));
            }
        });
        let mut held = Ok(());
        // However fast the server is: until connections were ended several times.
        'all: while recorded < 400 || ended.load(Ordering::Relaxed) < 3 {
            if recorded > MOST_RECORDED {
                held = Err("too little was ended".to_owned());
                break;
            }
            loop {
                match desk.submit(&by()?, vec![party(&format!("p-{recorded}"))?]).wait() {
                    Ok(_) => break,
                    // A connection that was ended again and again while it was made.
                    Err(SubmitError::NotRecorded(_)) => {}
                    Err(why) => {
                        held = Err(format!("{recorded}: {why}"));
                        break 'all;
                    }
                }
            }
            recorded += 1;
        }
        done.store(true, Ordering::Relaxed);
        Ok(held?)
    })?;
    assert_eq!(desk.read(Ledger::len) as u64, recorded);
    clerk.close()?;
    let mut sql = Sql::connect(&address)?;
    assert_eq!(sql.one::<i64>("SELECT count(*) FROM handover.records")?, i64::try_from(recorded)?);
    Ok(())
}

/// What callers were told, by the names of the entries.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) acknowledged: BTreeSet<String>,
    pub(crate) unknown: BTreeSet<String>,
}

/// Submits from several threads until told to stop, each entry until it is acknowledged or refused; or once, where
/// `again` is not wanted.
pub(crate) fn load(desk: &Desk, label: &str, stop: &AtomicBool, again: bool) -> Outcome<Told> {
    const THREADS: u32 = 6;
    let of_thread = |which: u32| -> Result<Told, String> {
        let mut told = Told::default();
        for number in 0_u32.. {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let name = format!("{label}-t{which}-{number}");
            let entry = || party(&name).map_err(|why| why.to_string());
            let by = by().map_err(|why| why.to_string())?;
            loop {
                match desk.submit(&by, vec![entry()?]).wait() {
                    Ok(_) => {
                        told.unknown.remove(&name);
                        told.acknowledged.insert(name.clone());
                        break;
                    }
                    Err(SubmitError::Unknown(_)) => {
                        told.unknown.insert(name.clone());
                    }
                    Err(SubmitError::NotRecorded(_)) => thread::sleep(Duration::from_millis(5)),
                    Err(why) => return Err(format!("{name}: {why}")),
                }
                if !again || stop.load(Ordering::Relaxed) {
                    break;
                }
            }
        }
        Ok(told)
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|which| scope.spawn(move || of_thread(which))).collect();
        let mut all = Told::default();
        for thread in threads {
            let mut told = thread.join().map_err(|_| "a caller panicked")??;
            all.acknowledged.append(&mut told.acknowledged);
            all.unknown.append(&mut told.unknown);
        }
        Ok(all)
    })
}

/// The names of what is recorded: each once, each whole.
pub(crate) fn recorded(journal: &mut impl Journal) -> Outcome<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut wrong: Option<String> = None;
    let read = journal.read(Position::START, &mut |stored| {
        let name = wire::decode(stored.version, stored.payload).map(|entry: Entry| entry.id.to_string());
        match name {
            Ok(name) if found.insert(name.clone()) => {}
            other => wrong = Some(format!("position {}: {other:?}", stored.position)),
        }
        ControlFlow::Continue(())
    });
    read.map_err(|why| why.to_string())?;
    wrong.map_or(Ok(found), |wrong| Err(wrong.into()))
}

/// The server is killed under load and started again; the desk stays.
fn a_killed_server_keeps_what_was_acknowledged() -> Outcome {
    let server = Server::new(programs()?)?;
    let address = server.address(&server.database()?);
    let store = PostgresStore::open_with(&address, patient(30))?;
    let (desk, clerk) = Desk::open(store.journal(&june()?)?, SystemClock)?;
    let (mut acknowledged, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..rounds(4) {
        let stop = AtomicBool::new(false);
        thread::scope(|scope| -> Outcome {
            let label = format!("r{round}");
            let (desk, stop) = (&desk, &stop);
            let loading = scope.spawn(move || load(desk, &label, stop, true).map_err(|why| why.to_string()));
            let faults = (|| -> Outcome {
                thread::sleep(Duration::from_millis(200 + 37 * round));
                server.kill()?;
                server.start()?;
                // It is taken up again by itself.
                thread::sleep(Duration::from_millis(400));
                Ok(())
            })();
            stop.store(true, Ordering::Relaxed);
            let mut told = loading.join().map_err(|_| "the load panicked")??;
            faults?;
            assert!(!told.acknowledged.is_empty(), "nothing was acknowledged");
            acknowledged.append(&mut told.acknowledged);
            unknown.append(&mut told.unknown);
            Ok(())
        })?;
    }
    let found = recorded(&mut store.journal(&june()?)?)?;
    let lost: Vec<_> = acknowledged.difference(&found).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    let more: BTreeSet<_> = found.difference(&acknowledged).cloned().collect();
    assert!(more.is_subset(&unknown), "recorded and never told: {:?}", more.difference(&unknown));
    assert_eq!(desk.refresh()?.number(), u64::try_from(found.len())?);
    clerk.close()?;
    assert_eq!(store.check()?, Vec::<String>::new());
    Ok(())
}

/// Nobody answers: the operation ends when the patience does, and says so.
fn patience_has_an_end() -> Outcome {
    let server = shared()?;
    let database = server.database()?;
    let store = PostgresStore::open_with(&server.address(&database), patient(1))?;
    let mut journal = store.journal(&june()?)?;
    journal.append(Position::START, &records(0, 1)?)?;
    let mut blocker = Sql::connect(&server.address(&database))?;
    blocker.run(IN_THE_WAY)?;
    let begun = Instant::now();
    let silent = journal.append(Position::new(1), &records(1, 1)?);
    assert!(matches!(silent, Err(AppendError::Unknown(Error::Silent(_)))), "{silent:?}");
    // What is read now is final: what was waiting is given up.
    assert_eq!(journal.head()?, Position::new(1));
    blocker.run("ROLLBACK")?;
    assert_eq!(journal.head()?, Position::new(1));
    assert_eq!(journal.append(Position::new(1), &records(1, 1)?)?, Position::new(2));
    blocker.run("BEGIN; LOCK TABLE handover.records IN ACCESS EXCLUSIVE MODE")?;
    assert!(matches!(journal.head(), Err(Error::Silent(_))));
    blocker.run("ROLLBACK")?;
    assert_eq!(journal.head()?, Position::new(2));
    assert!(begun.elapsed() < Duration::from_secs(30));
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [Named; 5] = [
        (
            "an_answer_that_is_cut_off_is_unknown_and_the_tail_tells",
            an_answer_that_is_cut_off_is_unknown_and_the_tail_tells,
        ),
        (
            "what_is_still_waiting_in_the_server_is_ended_before_the_tail_is_read",
            what_is_still_waiting_in_the_server_is_ended_before_the_tail_is_read,
        ),
        ("a_desk_goes_on_when_its_connections_are_ended", a_desk_goes_on_when_its_connections_are_ended),
        ("a_killed_server_keeps_what_was_acknowledged", a_killed_server_keeps_what_was_acknowledged),
        ("patience_has_an_end", patience_has_an_end),
    ];
    tests.into_iter().map(|(name, test)| trial(&format!("faults::{name}"), test)).collect()
}
