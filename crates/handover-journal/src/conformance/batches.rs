//! All or none.

use core::ops::ControlFlow;

use super::check::{Kept, conflict, equal, fresh, head, hold, holds, numbered, placed, put, read, same};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::record::Position;

pub(super) fn a_long_batch_is_whole<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let first = numbered(1..2)?;
    let long = numbered(2..5_003)?;
    let at = put(&mut journal, Position::START, &first)?;
    let at = put(&mut journal, at, &long)?;
    same("a head at", at, head(&mut journal)?)?;
    holds(&mut journal, first.iter().chain(&long))
}

pub(super) fn a_refused_batch_leaves_nothing<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut other = store.connect()?;
    let first = numbered(1..4)?;
    let at = put(&mut journal, Position::START, &first)?;
    conflict(&mut other, Position::new(1), &numbered(100..1_100)?)?;
    holds(&mut journal, &first)?;
    // Nothing of it comes with the next append, through whichever handle.
    let second = numbered(4..6)?;
    let at = put(&mut other, at, &second)?;
    holds(&mut other, first.iter().chain(&second))?;
    let third = numbered(6..9)?;
    put(&mut journal, at, &third)?;
    holds(&mut journal, first.iter().chain(&second).chain(&third))
}

pub(super) fn a_batch_is_seen_whole_while_reading<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut writer = store.connect()?;
    let first = numbered(1..1_001)?;
    let second = numbered(1_001..4_001)?;
    let at = put(&mut journal, Position::START, &first)?;
    let mut written = None;
    let mut found = Vec::new();
    read(&mut journal, Position::START, |stored| {
        found.push(Kept::of(stored));
        if found.len() == 500 {
            written = Some(put(&mut writer, at, &second));
        }
        ControlFlow::Continue(())
    })?;
    let Some(written) = written else {
        return Err(Violation::new(format!("expected 500 records at least, found {}", found.len())));
    };
    written?;
    let all = placed(Position::START, first.iter().chain(&second));
    hold(found.len() == first.len() || found.len() == all.len(), || {
        format!(
            "expected {} records, or {} with those appended meanwhile, found {}",
            first.len(),
            all.len(),
            found.len()
        )
    })?;
    let seen: Vec<Kept> = all.iter().take(found.len()).cloned().collect();
    equal(&seen, &found)?;
    holds(&mut journal, first.iter().chain(&second))
}
