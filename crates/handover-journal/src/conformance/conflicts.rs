//! Whoever has not seen the head is told so.

use super::check::{append, conflict, fresh, head, holds, numbered, put, same, tail};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::record::Position;

pub(super) fn a_stale_handle_has_a_conflict<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut stale = store.connect()?;
    let at = put(&mut journal, Position::START, &numbered(1..4)?)?;
    put(&mut journal, at, &numbered(4..6)?)?;
    for behind in [0, 1, 3, 4] {
        conflict(&mut stale, Position::new(behind), &numbered(9..10)?)?;
        conflict(&mut journal, Position::new(behind), &numbered(9..10)?)?;
    }
    Ok(())
}

pub(super) fn a_position_beyond_the_head_is_a_conflict<F: Fixture>() -> Result<(), Violation> {
    let beyond = [1, 2, 1 << 16, 1 << 32, (1 << 63) - 1, 1 << 63, u64::MAX - 1, u64::MAX];
    let (_store, mut journal) = fresh::<F>()?;
    for position in beyond {
        conflict(&mut journal, Position::new(position), &numbered(9..11)?)?;
    }
    let at = put(&mut journal, Position::START, &numbered(1..4)?)?;
    for by in beyond {
        conflict(&mut journal, at.forward(by), &numbered(9..11)?)?;
    }
    Ok(())
}

pub(super) fn a_conflict_names_both_positions<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut other = store.connect()?;
    let at = put(&mut journal, Position::START, &numbered(1..4)?)?;
    for stale in [Position::START, Position::new(2), Position::new(4), Position::new(u64::MAX)] {
        for handle in [&mut journal, &mut other] {
            let (expected, found) = conflict(handle, stale, &numbered(9..11)?)?;
            same("a conflict that expected position", stale, expected)?;
            same("a conflict that found position", at, found)?;
        }
    }
    Ok(())
}

pub(super) fn a_conflict_writes_nothing<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut other = store.connect()?;
    let records = numbered(1..4)?;
    let at = put(&mut journal, Position::START, &records)?;
    for elsewhere in [Position::START, Position::new(2), at.next(), Position::new(u64::MAX)] {
        conflict(&mut other, elsewhere, &numbered(9..10)?)?;
        for handle in [&mut journal, &mut other] {
            holds(handle, &records)?;
            same("a head at", at, head(handle)?)?;
        }
    }
    Ok(())
}

pub(super) fn a_handle_goes_on_after_a_conflict<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut late = store.connect()?;
    let first = numbered(1..4)?;
    let second = numbered(4..6)?;
    let seen = head(&mut late)?;
    put(&mut journal, Position::START, &first)?;
    conflict(&mut late, seen, &second)?;
    let missed = tail(&mut late, seen)?;
    let at = missed.last().map_or(seen, |kept| Position::new(kept.position));
    put(&mut late, at, &second)?;
    holds(&mut journal, first.iter().chain(&second))
}

pub(super) fn appending_nothing_answers_like_any_other<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    same(
        "the answer to an append of nothing to be",
        Position::START,
        append(&mut journal, Position::START, &[])?,
    )?;
    let records = numbered(1..4)?;
    let at = put(&mut journal, Position::START, &records)?;
    same("the answer to an append of nothing to be", at, append(&mut journal, at, &[])?)?;
    same("a head at", at, head(&mut journal)?)?;
    holds(&mut journal, &records)
}

pub(super) fn appending_nothing_elsewhere_is_a_conflict<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    conflict(&mut journal, Position::new(1), &[])?;
    put(&mut journal, Position::START, &numbered(1..4)?)?;
    for elsewhere in [0, 2, 4, u64::MAX] {
        conflict(&mut journal, Position::new(elsewhere), &[])?;
    }
    Ok(())
}
