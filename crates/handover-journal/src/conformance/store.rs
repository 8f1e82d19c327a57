//! What not every store can: several ledgers, and records that last.

use super::check::{conflict, fresh, head, holds, made, numbered, put, record, same};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::record::{MAX_PAYLOAD, Position, Record};

fn another<F: Fixture>(store: &F) -> Result<F::Journal, Violation> {
    store
        .other_ledger()?
        .ok_or_else(|| Violation::new("expected a handle on another ledger, which is claimed, found none"))
}

fn reopened<F: Fixture>(store: F) -> Result<F, Violation> {
    store
        .reopen()?
        .ok_or_else(|| Violation::new("expected the store opened again, which is claimed, found none"))
}

pub(super) fn another_ledger_is_untouched<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut other = another(&store)?;
    let records = numbered(1..4)?;
    let others = numbered(101..106)?;
    let at = put(&mut journal, Position::START, &records)?;
    holds(&mut other, [])?;
    same("a head of the other ledger at", Position::START, head(&mut other)?)?;
    put(&mut other, Position::START, &others)?;
    holds(&mut journal, &records)?;
    holds(&mut another(&store)?, &others)?;
    same("a head at", at, head(&mut journal)?)
}

pub(super) fn each_ledger_counts_for_itself<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut other = another(&store)?;
    let records = numbered(1..13)?;
    let others = numbered(101..105)?;
    let (mut at, mut other_at) = (Position::START, Position::START);
    for (some, other_some) in records.chunks(3).zip(others.chunks(1)) {
        at = put(&mut journal, at, some)?;
        other_at = put(&mut other, other_at, other_some)?;
        let (_, found) = conflict(&mut other, at, other_some)?;
        same("a conflict that found position", other_at, found)?;
        same("a head at", at, head(&mut journal)?)?;
        same("a head of the other ledger at", other_at, head(&mut other)?)?;
    }
    holds(&mut journal, &records)?;
    holds(&mut other, &others)
}

/// Records of every kind, and the longest.
fn various() -> Result<Vec<Record>, Violation> {
    let mut records = numbered(1..200)?;
    records.push(made(i64::MIN, "' \u{10ffff}", 0, "")?);
    records.push(made(i64::MAX, "\"", u16::MAX, "ends with \u{1}\n")?);
    records.push(record("x".repeat(MAX_PAYLOAD))?);
    Ok(records)
}

pub(super) fn records_outlast_reopening<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let records = various()?;
    let mut at = Position::START;
    for some in records.chunks(50) {
        at = put(&mut journal, at, some)?;
    }
    drop(journal);
    let mut store = store;
    for _ in 0..2 {
        store = reopened(store)?;
        let mut journal = store.connect()?;
        same("a head at", at, head(&mut journal)?)?;
        holds(&mut journal, &records)?;
    }
    Ok(())
}

pub(super) fn appending_goes_on_after_reopening<F: Fixture>() -> Result<(), Violation> {
    let (mut store, journal) = fresh::<F>()?;
    drop(journal);
    let records = numbered(1..31)?;
    let mut at = Position::START;
    for some in records.chunks(10) {
        store = reopened(store)?;
        let mut journal = store.connect()?;
        conflict(&mut journal, at.next(), some)?;
        at = put(&mut journal, at, some)?;
    }
    holds(&mut reopened(store)?.connect()?, &records)
}
