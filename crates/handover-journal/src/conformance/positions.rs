//! Positions and order.

use super::check::{append, count, equal, fresh, head, holds, numbered, placed, put, record, same, tail};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::record::Position;

pub(super) fn a_fresh_journal_is_empty<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    same("a head at", Position::START, head(&mut journal)?)?;
    holds(&mut journal, [])
}

pub(super) fn positions_run_from_one_without_a_gap<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let mut at = Position::START;
    for numbers in [1..2, 2..5, 5..6, 6..16] {
        at = put(&mut journal, at, &numbered(numbers)?)?;
    }
    let found = tail(&mut journal, Position::START)?;
    for (number, kept) in (1..=15_u64).zip(&found) {
        same("a record at position", number, kept.position)?;
    }
    same("as many records as", 15, found.len())
}

pub(super) fn append_answers_the_position_of_the_last<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let mut at = Position::START;
    for numbers in [1..2, 2..5, 5..6, 6..106] {
        let records = numbered(numbers)?;
        let answer = append(&mut journal, at, &records)?;
        at = at.forward(count(&records));
        same("the answer to an append to be position", at, answer)?;
    }
    Ok(())
}

pub(super) fn records_stand_in_the_order_given<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    // Neither the order of texts nor that of their lengths.
    let first = [record("m")?, record("z")?, record("aa")?, record("b")?];
    let second = [record("y")?, record("")?, record("a")?];
    let at = put(&mut journal, Position::START, &first)?;
    put(&mut journal, at, &second)?;
    holds(&mut journal, first.iter().chain(&second))
}

pub(super) fn a_record_keeps_its_position<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let mut records = Vec::new();
    let mut at = Position::START;
    for number in 1..=12_u64 {
        let more = numbered(number..number.saturating_add(2))?;
        at = put(&mut journal, at, &more)?;
        records.extend(more);
        holds(&mut journal, &records)?;
    }
    Ok(())
}

pub(super) fn positions_go_beyond_sixteen_bits<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let records = numbered(1..70_001)?;
    let mut at = Position::START;
    for some in records.chunks(10_000) {
        at = put(&mut journal, at, some)?;
    }
    same("a head at", at, head(&mut journal)?)?;
    let before = Position::new(65_530);
    equal(&placed(before, records.iter().skip(65_530)), &tail(&mut journal, before)?)
}
