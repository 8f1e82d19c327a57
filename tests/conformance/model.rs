//! Any script of appends, reads and reopenings, against a list: what a journal answers follows from what was
//! appended.

use std::ops::ControlFlow;

use handover_journal::conformance::{Capability, Fixture};
use handover_journal::{AppendError, Journal, Position, Record, Recorder, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};

/// One step, by one of two handles.
#[derive(Clone, Debug)]
enum Step {
    /// Appends so far from the head, in either direction.
    Append { handle: usize, from_head: i64, records: Vec<Record> },
    /// Reads after a position, up to so many records.
    Read { handle: usize, after: u64, most: usize },
    /// Drops a handle and connects anew.
    Connect { handle: usize },
    /// Opens the store again, where it lasts.
    Reopen,
}

fn a_record() -> impl Strategy<Value = Record> {
    let payload = prop_oneof![
        4 => "[ -~]{0,40}",
        2 => "\\PC{0,20}",
        1 => Just("{\"b\":1,\"a\":[2, 2],\"b\":3}\n".to_owned()),
        1 => (1_usize..70_000).prop_map(|length| "\u{e9}".repeat(length)),
    ];
    (any::<i64>(), "[^\\pC]{1,20}", any::<u16>(), payload).prop_filter_map(
        "a recorder has no control characters",
        |(at, by, version, payload)| {
            Record::new(Timestamp::from_micros(at), Recorder::new(&by).ok()?, version, payload).ok()
        },
    )
}

fn script() -> impl Strategy<Value = Vec<Step>> {
    let from_head = prop_oneof![6 => Just(0_i64), 2 => -3_i64..4, 1 => Just(i64::MAX), 1 => Just(i64::MIN)];
    let step = prop_oneof![
        6 => (0_usize..2, from_head, prop::collection::vec(a_record(), 0..5))
            .prop_map(|(handle, from_head, records)| Step::Append { handle, from_head, records }),
        3 => (0_usize..2, prop_oneof![4 => 0_u64..12, 1 => any::<u64>()], 0_usize..12)
            .prop_map(|(handle, after, most)| Step::Read { handle, after, most }),
        1 => (0_usize..2).prop_map(|handle| Step::Connect { handle }),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..20)
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A record as it is compared.
type Told = (u64, i64, String, u16, String);

fn told(position: u64, record: &Record) -> Told {
    let by = record.recorded_by().as_str().to_owned();
    (position, record.recorded_at().micros(), by, record.version(), record.payload().to_owned())
}

fn fail(why: &impl ToString) -> TestCaseError {
    TestCaseError::fail(why.to_string())
}

/// What a read after a position gives of a list.
fn expected(list: &[Record], after: u64, most: usize) -> Vec<Told> {
    let all = (1_u64..).zip(list).filter(|(position, _)| *position > after);
    all.take(most).map(|(position, record)| told(position, record)).collect()
}

fn read(journal: &mut impl Journal, after: u64, most: usize) -> Result<Vec<Told>, TestCaseError> {
    let mut found = Vec::new();
    if most == 0 {
        return Ok(found);
    }
    let read = journal.read(Position::new(after), &mut |it| {
        let by = it.recorded_by.to_owned();
        let at = it.recorded_at.micros();
        found.push((it.position.number(), at, by, it.version, it.payload.to_owned()));
        if found.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    read.map_err(|why| fail(&why))?;
    Ok(found)
}

fn played<F: Fixture>(script: &[Step]) -> TestCaseResult {
    let mut store = F::fresh().map_err(|why| fail(&why))?;
    let mut list: Vec<Record> = Vec::new();
    let mut handles =
        vec![store.connect().map_err(|why| fail(&why))?, store.connect().map_err(|why| fail(&why))?];
    for step in script {
        match step {
            Step::Append { handle, from_head, records } => {
                let Some(journal) = handles.get_mut(*handle) else { continue };
                let head = number(list.len());
                let after = head.saturating_add_signed(*from_head);
                let answer = journal.append(Position::new(after), records);
                if after == head {
                    list.extend(records.iter().cloned());
                    prop_assert_eq!(answer.map_err(|why| fail(&why))?.number(), number(list.len()));
                } else {
                    let (expected, found) = (Position::new(after), Position::new(head));
                    let is_told = matches!(&answer, Err(AppendError::Conflict { expected: e, found: f })
                        if *e == expected && *f == found);
                    prop_assert!(is_told, "{:?}", answer);
                }
            }
            Step::Read { handle, after, most } => {
                let Some(journal) = handles.get_mut(*handle) else { continue };
                prop_assert_eq!(read(journal, *after, *most)?, expected(&list, *after, *most));
            }
            Step::Connect { handle } => {
                if let Some(place) = handles.get_mut(*handle) {
                    *place = store.connect().map_err(|why| fail(&why))?;
                }
            }
            Step::Reopen => {
                if F::DURABLE == Capability::Claimed {
                    handles.clear();
                    store = store
                        .reopen()
                        .map_err(|why| fail(&why))?
                        .ok_or_else(|| fail(&"it is not opened again"))?;
                    handles = vec![
                        store.connect().map_err(|why| fail(&why))?,
                        store.connect().map_err(|why| fail(&why))?,
                    ];
                }
            }
        }
        for journal in &mut handles {
            prop_assert_eq!(journal.head().map_err(|why| fail(&why))?.number(), number(list.len()));
        }
    }
    for journal in &mut handles {
        prop_assert_eq!(read(journal, 0, usize::MAX)?, expected(&list, 0, usize::MAX));
    }
    Ok(())
}

/// Plays scripts on stores of this fixture; `HANDOVER_CASES` says how many.
pub(crate) fn a_journal_answers_as_a_list_does<F: Fixture>() {
    let cases = std::env::var("HANDOVER_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(48);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    if let Err(found) = runner.run(&script(), |script| played::<F>(&script)) {
        assert_eq!(found.to_string(), "", "a script that is not answered as a list would");
    }
}
