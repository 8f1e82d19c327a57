//! Reading.

use core::ops::ControlFlow;

use super::check::{equal, fresh, head, holds, numbered, placed, put, read, record, same, tail};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::record::Position;

pub(super) fn reading_begins_after_the_position<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let records = numbered(1..12)?;
    let (first, second) = records.split_at(4);
    let at = put(&mut journal, Position::START, first)?;
    put(&mut journal, at, second)?;
    for (skipped, _) in records.iter().enumerate() {
        let after = Position::new(u64::try_from(skipped).unwrap_or(u64::MAX));
        equal(&placed(after, records.iter().skip(skipped)), &tail(&mut journal, after)?)?;
    }
    Ok(())
}

pub(super) fn reading_at_or_beyond_the_head_gives_nothing<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    put(&mut journal, Position::START, &numbered(1..4)?)?;
    for after in [3, 4, 1 << 16, 1 << 32, (1 << 63) - 1, 1 << 63, u64::MAX] {
        equal(&[], &tail(&mut journal, Position::new(after))?)?;
    }
    Ok(())
}

pub(super) fn a_break_stops<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    put(&mut journal, Position::START, &numbered(1..1_001)?)?;
    for wanted in [1_u64, 2, 500, 999, 1_000] {
        let mut given = 0_u64;
        read(&mut journal, Position::START, |_| {
            given = given.saturating_add(1);
            if given < wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        same("as many records up to the break as", wanted, given)?;
    }
    Ok(())
}

pub(super) fn reading_again_begins_anew<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let records = numbered(1..101)?;
    put(&mut journal, Position::START, &records)?;
    holds(&mut journal, &records)?;
    holds(&mut journal, &records)?;
    for breaks in [1_usize, 50, 100] {
        let mut given = 0_usize;
        read(&mut journal, Position::START, |_| {
            given = given.saturating_add(1);
            if given < breaks { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        holds(&mut journal, &records)?;
        let after = Position::new(90);
        equal(&placed(after, records.iter().skip(90)), &tail(&mut journal, after)?)?;
    }
    Ok(())
}

pub(super) fn reading_changes_nothing<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let records = numbered(1..11)?;
    let (first, second) = records.split_at(6);
    let at = put(&mut journal, Position::START, first)?;
    read(&mut journal, Position::START, |_| ControlFlow::Continue(()))?;
    read(&mut journal, Position::new(2), |_| ControlFlow::Break(()))?;
    same("a head at", at, head(&mut journal)?)?;
    put(&mut journal, at, second)?;
    holds(&mut journal, &records)
}

pub(super) fn a_long_read_is_whole_from_wherever_it_begins<F: Fixture>() -> Result<(), Violation> {
    // More than any journal gives out in one piece, with payloads of unequal length.
    let records = (0..12_345_u64)
        .map(|number| record(format!("{number}:{}", "x".repeat(usize::try_from(number % 97).unwrap_or(0)))))
        .collect::<Result<Vec<_>, _>>()?;
    let (_store, mut journal) = fresh::<F>()?;
    let mut at = Position::START;
    for some in records.chunks(1_234) {
        at = put(&mut journal, at, some)?;
    }
    for skipped in [0, 1, 255, 256, 257, 1_000, 1_024, 4_095, 8_192, 12_344] {
        let after = Position::new(u64::try_from(skipped).unwrap_or(u64::MAX));
        equal(&placed(after, records.iter().skip(skipped)), &tail(&mut journal, after)?)?;
    }
    Ok(())
}
