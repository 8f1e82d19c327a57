//! Several handles on one ledger, one after another.

use super::check::{fresh, head, holds, numbered, put, same};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::record::Position;

pub(super) fn another_handle_sees_what_was_appended<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut before = store.connect()?;
    holds(&mut before, [])?;
    let records = numbered(1..9)?;
    let mut at = Position::START;
    for (count, some) in (1_usize..).zip(records.chunks(2)) {
        at = put(&mut journal, at, some)?;
        let appended = count.saturating_mul(2);
        holds(&mut before, records.iter().take(appended))?;
        holds(&mut store.connect()?, records.iter().take(appended))?;
    }
    Ok(())
}

pub(super) fn the_head_follows_every_append<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut before = store.connect()?;
    same("a head at", Position::START, head(&mut before)?)?;
    let mut at = Position::START;
    for numbers in [1..2, 2..5, 5..25, 25..26] {
        at = put(&mut journal, at, &numbered(numbers)?)?;
        same("a head at", at, head(&mut journal)?)?;
        same("a head through another handle at", at, head(&mut before)?)?;
        same("a head through a new handle at", at, head(&mut store.connect()?)?)?;
    }
    Ok(())
}

pub(super) fn handles_take_turns<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut other = store.connect()?;
    let records = numbered(1..41)?;
    let mut at = Position::START;
    for (turn, some) in records.chunks(2).enumerate() {
        at = put(if turn % 2 == 0 { &mut journal } else { &mut other }, at, some)?;
    }
    holds(&mut journal, &records)?;
    holds(&mut other, &records)
}

pub(super) fn a_closed_handle_takes_nothing_along<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let first = numbered(1..4)?;
    let second = numbered(4..6)?;
    let at = put(&mut journal, Position::START, &first)?;
    drop(journal);
    let mut other = store.connect()?;
    holds(&mut other, &first)?;
    put(&mut other, at, &second)?;
    drop(other);
    holds(&mut store.connect()?, first.iter().chain(&second))
}
