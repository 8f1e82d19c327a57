//! One script through memory, SQLite and PostgreSQL: the same positions, the same refusals, the same bytes.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};

use handover::entry::Entry;
use handover_desk::{Desk, SystemClock};
use handover_journal::{AppendError, Journal, LedgerId, MemoryStore, Position, Record, Recorder, Timestamp};
use handover_postgres::PostgresStore;
use handover_sqlite::SqliteStore;
use libtest_mimic::Trial;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::{Outcome, by, party, rounds, shared, trial};

/// One step, by one of two handles.
#[derive(Clone, Debug)]
enum Step {
    /// Appends so far from the head, in either direction.
    Append {
        handle: bool,
        from_head: i64,
        records: Vec<Record>,
    },
    /// Reads after a position, and breaks after so many.
    Read {
        handle: bool,
        after: u64,
        breaks: usize,
    },
    Head {
        handle: bool,
    },
}

fn a_record() -> impl Strategy<Value = Record> {
    let payload = prop_oneof![
        4 => "[ -~]{0,40}",
        2 => "\\PC{0,20}",
        1 => Just("{\"b\":1,\"a\":[2, 2],\"b\":3}".to_owned()),
        1 => Just("\u{1}\t\r\n\u{7f}\u{fffd}\u{10ffff}'\"\\".to_owned()),
        1 => (1_usize..200_000).prop_map(|length| "ab\u{e9}".repeat(length / 4)),
    ];
    (any::<i64>(), "[^\\pC]{1,20}", any::<u16>(), payload).prop_filter_map(
        "no control characters in a recorder",
        |(at, by, version, payload)| {
            Record::new(Timestamp::from_micros(at), Recorder::new(&by).ok()?, version, payload).ok()
        },
    )
}

fn script() -> impl Strategy<Value = Vec<Step>> {
    let from_head = prop_oneof![6 => Just(0_i64), 1 => -3_i64..4, 1 => Just(i64::MAX)];
    let append = (any::<bool>(), from_head, prop::collection::vec(a_record(), 0..5))
        .prop_map(|(handle, from_head, records)| Step::Append { handle, from_head, records });
    let read = (any::<bool>(), prop_oneof![4 => 0_u64..12, 1 => any::<u64>()], 0_usize..12)
        .prop_map(|(handle, after, breaks)| Step::Read { handle, after, breaks });
    let head = any::<bool>().prop_map(|handle| Step::Head { handle });
    prop::collection::vec(prop_oneof![4 => append, 2 => read, 1 => head], 1..14)
}

/// What a journal answers to a script, as text.
fn played<J: Journal>(mut handles: [J; 2], script: &[Step]) -> Result<Vec<String>, String> {
    let mut told = Vec::new();
    for step in script {
        let answer = match step {
            Step::Append { handle, from_head, records } => {
                let journal = &mut handles[usize::from(*handle)];
                let head = journal.head().map_err(|why| why.to_string())?.number();
                let after = Position::new(head.saturating_add_signed(*from_head));
                match journal.append(after, records) {
                    Ok(position) => format!("at {position}"),
                    Err(AppendError::Conflict { expected, found }) => format!("{expected} is not {found}"),
                    Err(other) => return Err(other.to_string()),
                }
            }
            Step::Read { handle, after, breaks } => {
                let mut found = Vec::new();
                let read = handles[usize::from(*handle)].read(Position::new(*after), &mut |stored| {
                    found.push(format!("{stored:?}"));
                    if found.len() > *breaks { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                });
                read.map_err(|why| why.to_string())?;
                found.join("\n")
            }
            Step::Head { handle } => {
                handles[usize::from(*handle)].head().map_err(|why| why.to_string())?.to_string()
            }
        };
        told.push(answer);
    }
    Ok(told)
}

fn address() -> Outcome<String> {
    let server = shared()?;
    Ok(server.address(&server.database()?))
}

/// A ledger's name that no other case has.
fn next() -> Outcome<LedgerId> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    Ok(LedgerId::new(&format!("case-{}", NEXT.fetch_add(1, Ordering::Relaxed)))?)
}

fn every_journal_answers_alike() -> Outcome {
    let store = PostgresStore::open(&address()?)?;
    let directory = tempfile::tempdir()?;
    let file = SqliteStore::create(directory.path().join("ledgers.sqlite"))?;
    let memory = MemoryStore::new();
    let cases = u32::try_from(rounds(24))?;
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner.run(&script(), |script| {
        let fail = |why: String| TestCaseError::fail(why);
        let ledger = next().map_err(|why| fail(why.to_string()))?;
        let of_memory = played([memory.journal(&ledger), memory.journal(&ledger)], &script).map_err(fail)?;
        let open = || file.journal(&ledger).map_err(|why| fail(why.to_string()));
        let of_file = played([open()?, open()?], &script).map_err(fail)?;
        let open = || store.journal(&ledger).map_err(|why| fail(why.to_string()));
        let of_server = played([open()?, open()?], &script).map_err(fail)?;
        prop_assert_eq!(&of_memory, &of_file);
        prop_assert_eq!(&of_memory, &of_server);
        Ok(())
    })?;
    Ok(())
}

/// What a desk answers to submissions, and what its journal then holds but for the times.
fn submitted(
    journal: impl Journal + 'static,
    again: impl Journal,
    script: &[Vec<Entry>],
) -> Outcome<Vec<String>> {
    let (desk, clerk) = Desk::open(journal, SystemClock)?;
    let mut told = Vec::new();
    for entries in script {
        let answer = match desk.submit(&by()?, entries.clone()).wait() {
            Ok(receipt) => format!("{receipt:?}"),
            Err(why) => why.to_string(),
        };
        told.push(answer);
    }
    clerk.close()?;
    let mut again = again;
    let read = again.read(Position::START, &mut |stored| {
        told.push(format!(
            "{} {} {} {}",
            stored.position, stored.recorded_by, stored.version, stored.payload
        ));
        ControlFlow::Continue(())
    });
    read.map_err(|why| why.to_string())?;
    Ok(told)
}

fn a_desk_on_every_journal_answers_alike() -> Outcome {
    let named = |names: &[&str]| names.iter().map(|name| party(name)).collect::<Outcome<Vec<Entry>>>();
    // The same identifier for another entry is refused, the same entry is recorded already.
    let mut other = party("un")?;
    other.said = "2025-06-03".parse()?;
    let script = [
        named(&["un", "ru"])?,
        named(&["un"])?,
        vec![party("cz")?, other],
        named(&["cz", "un", "sk"])?,
        Vec::new(),
    ];
    let store = PostgresStore::open(&address()?)?;
    let ledger = next()?;
    let of_server = submitted(store.journal(&ledger)?, store.journal(&ledger)?, &script)?;
    let directory = tempfile::tempdir()?;
    let file = SqliteStore::create(directory.path().join("ledgers.sqlite"))?;
    let of_file = submitted(file.journal(&ledger)?, file.journal(&ledger)?, &script)?;
    let memory = MemoryStore::new();
    let of_memory = submitted(memory.journal(&ledger), memory.journal(&ledger), &script)?;
    assert_eq!(of_memory, of_file);
    assert_eq!(of_memory, of_server);
    assert_eq!(of_server.len(), script.len() + 4);
    Ok(())
}

/// Two desks, each with a connection of its own, write beside each other: each reads what the other recorded.
fn several_desks_share_a_ledger() -> Outcome {
    const DESKS: usize = 3;
    const EACH: usize = 40;
    let store = PostgresStore::open(&address()?)?;
    let ledger = next()?;
    let mut desks = Vec::new();
    for _ in 0..DESKS {
        desks.push(Desk::open(store.journal(&ledger)?, SystemClock)?);
    }
    std::thread::scope(|scope| -> Outcome {
        let mut threads = Vec::new();
        for (which, (desk, _)) in desks.iter().enumerate() {
            threads.push(scope.spawn(move || -> Result<(), String> {
                let by = by().map_err(|why| why.to_string())?;
                for number in 0..EACH {
                    // One of its own, and one that every desk submits.
                    let names = [format!("d{which}-{number}"), format!("all-{number}")];
                    for name in names {
                        let entry = party(&name).map_err(|why| why.to_string())?;
                        desk.submit(&by, vec![entry]).wait().map_err(|why| format!("{name}: {why}"))?;
                    }
                }
                Ok(())
            }));
        }
        for thread in threads {
            thread.join().map_err(|_| "a caller panicked")??;
        }
        Ok(())
    })?;
    let expected = u64::try_from((DESKS + 1) * EACH)?;
    for (desk, clerk) in desks {
        assert_eq!(desk.refresh()?.number(), expected);
        clerk.close()?;
    }
    assert_eq!(crate::faults::recorded(&mut store.journal(&ledger)?)?.len(), (DESKS + 1) * EACH);
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("equivalence::every_journal_answers_alike", every_journal_answers_alike),
        trial("equivalence::a_desk_on_every_journal_answers_alike", a_desk_on_every_journal_answers_alike),
        trial("equivalence::several_desks_share_a_ledger", several_desks_share_a_ledger),
    ]
}
