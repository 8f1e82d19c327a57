//! Appends of which nobody was told what became of them.

use super::check::{Kept, count, equal, fresh, head, hold, holds, numbered, placed, put, same, tail};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::error::AppendError;
use crate::journal::Journal;
use crate::record::{Position, Record};

/// How often each rule is tried: what is cut may be cut before or after it took effect.
const TIMES: u64 = 4;

fn cut_short<F: Fixture>(store: &F) -> Result<F::Journal, Violation> {
    store
        .cut_short()?
        .ok_or_else(|| Violation::new("expected a handle that is cut short, which is claimed, found none"))
}

/// Appends what must come out unknown.
fn unknown<J: Journal>(journal: &mut J, after: Position, records: &[Record]) -> Result<(), Violation> {
    let found = match journal.append(after, records) {
        Err(AppendError::Unknown(_)) => return Ok(()),
        Err(other) => format!("`{other}`"),
        Ok(position) => format!("that it succeeded up to position {position}"),
    };
    Err(Violation::new(format!("expected an append that was cut short to be unknown, found {found}")))
}

/// All of the records or none, standing after a position: how many there are.
fn whole<J: Journal>(journal: &mut J, after: Position, records: &[Record]) -> Result<Vec<Kept>, Violation> {
    let found = tail(journal, after)?;
    if found.is_empty() {
        same("a head at", after, head(journal)?)?;
    } else {
        equal(&placed(after, records), &found)?;
        same("a head at", after.forward(count(records)), head(journal)?)?;
    }
    Ok(found)
}

pub(super) fn what_is_not_known_is_said_to_be_unknown<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut at = put(&mut journal, Position::START, &numbered(1..4)?)?;
    for _ in 0..TIMES {
        unknown(&mut cut_short(&store)?, at, &numbered(4..7)?)?;
        at = head(&mut journal)?;
    }
    Ok(())
}

pub(super) fn an_unknown_append_is_there_whole_or_not_at_all<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut at = put(&mut journal, Position::START, &numbered(1..4)?)?;
    for _ in 0..TIMES {
        let mut cut = cut_short(&store)?;
        let records = numbered(4..9)?;
        unknown(&mut cut, at, &records)?;
        let found = whole(&mut cut, at, &records)?;
        equal(&found, &tail(&mut journal, at)?)?;
        equal(&found, &tail(&mut store.connect()?, at)?)?;
        at = head(&mut journal)?;
    }
    Ok(())
}

pub(super) fn what_is_read_after_an_unknown_append_is_final<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut kept = numbered(1..4)?;
    let mut at = put(&mut journal, Position::START, &kept)?;
    for _ in 0..TIMES {
        let mut cut = cut_short(&store)?;
        let records = numbered(4..9)?;
        unknown(&mut cut, at, &records)?;
        if !whole(&mut cut, at, &records)?.is_empty() {
            kept.extend(records);
        }
        let others = numbered(20..22)?;
        put(&mut journal, Position::START.forward(count(&kept)), &others)?;
        kept.extend(others);
        at = Position::START.forward(count(&kept));
        for handle in [&mut cut, &mut journal] {
            holds(handle, &kept)?;
        }
    }
    Ok(())
}

pub(super) fn trying_again_from_the_tail_doubles_nothing<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut kept = numbered(1..4)?;
    let mut at = put(&mut journal, Position::START, &kept)?;
    for _ in 0..TIMES {
        let mut cut = cut_short(&store)?;
        let records = numbered(4..9)?;
        unknown(&mut cut, at, &records)?;
        if whole(&mut cut, at, &records)?.is_empty() {
            put(&mut cut, at, &records)?;
        }
        kept.extend(records);
        at = at.forward(5);
        same("a head at", at, head(&mut cut)?)?;
        holds(&mut cut, &kept)?;
    }
    hold(at == head(&mut journal)?, || format!("expected a head at {at} through the other handle too"))?;
    holds(&mut journal, &kept)
}
