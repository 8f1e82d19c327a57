//! What the rules have in common: making records, appending, reading, comparing.

use core::fmt;
use core::ops::{ControlFlow, Range};

use super::fixture::Fixture;
use super::rule::Violation;
use crate::error::AppendError;
use crate::journal::Journal;
use crate::record::{Position, Record, Recorder, Stored, Timestamp};

/// More records than any rule appends: a journal that gives more gives them without end.
const WITHOUT_END: usize = 1_000_000;

/// How much of a text is shown.
const SHOWN: usize = 40;

/// A record as it is compared.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) position: u64,
    recorded_at: i64,
    recorded_by: String,
    version: u16,
    pub(super) payload: String,
}

impl Kept {
    pub(super) fn of(stored: Stored<'_>) -> Self {
        Self {
            position: stored.position.number(),
            recorded_at: stored.recorded_at.micros(),
            recorded_by: stored.recorded_by.to_owned(),
            version: stored.version,
            payload: stored.payload.to_owned(),
        }
    }

    pub(super) fn at(position: Position, record: &Record) -> Self {
        Self {
            position: position.number(),
            recorded_at: record.recorded_at().micros(),
            recorded_by: record.recorded_by().as_str().to_owned(),
            version: record.version(),
            payload: record.payload().to_owned(),
        }
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { position, recorded_at, recorded_by, version, payload } = self;
        let shown: String = payload.chars().take(SHOWN).collect();
        let length = payload.len();
        write!(f, "record {position} of version {version} by {recorded_by:?} at {recorded_at}: ")?;
        write!(f, "{shown:?} ({length} bytes)")
    }
}

/// A violation if it is not so.
pub(super) fn hold(so: bool, otherwise: impl FnOnce() -> String) -> Result<(), Violation> {
    if so { Ok(()) } else { Err(Violation::new(otherwise())) }
}

/// A violation if they differ.
pub(super) fn same<T: Copy + PartialEq + fmt::Display>(
    what: &str,
    expected: T,
    found: T,
) -> Result<(), Violation> {
    hold(expected == found, || format!("expected {what} {expected}, found {found}"))
}

/// A fresh store and a handle on it.
pub(super) fn fresh<F: Fixture>() -> Result<(F, F::Journal), Violation> {
    let fixture = F::fresh()?;
    let journal = fixture.connect()?;
    Ok((fixture, journal))
}

/// A record with a payload.
pub(super) fn record(payload: impl Into<String>) -> Result<Record, Violation> {
    made(0, "recorder", 1, payload)
}

/// A record.
pub(super) fn made(at: i64, by: &str, version: u16, payload: impl Into<String>) -> Result<Record, Violation> {
    Recorder::new(by)
        .and_then(|by| Record::new(Timestamp::from_micros(at), by, version, payload))
        .map_err(|why| Violation::new(why.to_string()))
}

/// Records that say their numbers.
pub(super) fn numbered(numbers: Range<u64>) -> Result<Vec<Record>, Violation> {
    numbers.map(|number| record(format!("record {number}"))).collect()
}

/// How many, as a number of positions.
pub(super) fn count(records: &[Record]) -> u64 {
    u64::try_from(records.len()).unwrap_or(u64::MAX)
}

/// Appends what must succeed, and returns where the head must be, whatever the journal answered.
pub(super) fn put<J: Journal>(
    journal: &mut J,
    after: Position,
    records: &[Record],
) -> Result<Position, Violation> {
    append(journal, after, records)?;
    Ok(after.forward(count(records)))
}

/// Appends what must succeed, and returns what the journal answered.
pub(super) fn append<J: Journal>(
    journal: &mut J,
    after: Position,
    records: &[Record],
) -> Result<Position, Violation> {
    journal.append(after, records).map_err(|why| {
        let count = records.len();
        Violation::new(format!(
            "expected {count} records to be appended after position {after}, found: {why}"
        ))
    })
}

/// Appends what must be a conflict, and returns the positions it names: expected and found.
pub(super) fn conflict<J: Journal>(
    journal: &mut J,
    after: Position,
    records: &[Record],
) -> Result<(Position, Position), Violation> {
    let found = match journal.append(after, records) {
        Err(AppendError::Conflict { expected, found }) => return Ok((expected, found)),
        Err(other) => format!("`{other}`"),
        Ok(position) => format!("that it succeeded up to position {position}"),
    };
    let count = records.len();
    Err(Violation::new(format!(
        "expected a conflict of {count} records after position {after}, found {found}"
    )))
}

/// The head.
pub(super) fn head<J: Journal>(journal: &mut J) -> Result<Position, Violation> {
    journal.head().map_err(|why| Violation::new(format!("expected the head, found: {why}")))
}

/// Reads until `each` breaks.
pub(super) fn read<J: Journal>(
    journal: &mut J,
    after: Position,
    mut each: impl FnMut(Stored<'_>) -> ControlFlow<()>,
) -> Result<(), Violation> {
    journal
        .read(after, &mut each)
        .map_err(|why| Violation::new(format!("expected to read after position {after}, found: {why}")))
}

/// What there is after a position.
pub(super) fn tail<J: Journal>(journal: &mut J, after: Position) -> Result<Vec<Kept>, Violation> {
    let mut found = Vec::new();
    read(journal, after, |stored| {
        found.push(Kept::of(stored));
        if found.len() < WITHOUT_END { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    hold(found.len() < WITHOUT_END, || {
        format!("expected an end of the records after position {after}, found none")
    })?;
    Ok(found)
}

/// These records, standing after a position.
pub(super) fn placed<'a>(after: Position, records: impl IntoIterator<Item = &'a Record>) -> Vec<Kept> {
    let mut position = after;
    records
        .into_iter()
        .map(|record| {
            position = position.next();
            Kept::at(position, record)
        })
        .collect()
}

/// A violation if two sequences differ, with the first difference.
pub(super) fn equal(expected: &[Kept], found: &[Kept]) -> Result<(), Violation> {
    let show = |kept: Option<&Kept>| kept.map_or_else(|| "the end".to_owned(), Kept::to_string);
    let differs = (0..expected.len().max(found.len())).find(|&at| expected.get(at) != found.get(at));
    differs.map_or(Ok(()), |at| {
        Err(Violation::new(format!("expected {}, found {}", show(expected.get(at)), show(found.get(at)))))
    })
}

/// A violation unless the journal holds these records and no others.
pub(super) fn holds<'a, J: Journal>(
    journal: &mut J,
    records: impl IntoIterator<Item = &'a Record>,
) -> Result<(), Violation> {
    equal(&placed(Position::START, records), &tail(journal, Position::START)?)
}
