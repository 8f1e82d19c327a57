//! Several threads at once.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::check::{Kept, count, equal, fresh, head, hold, holds, placed, put, record, same, tail};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::error::AppendError;
use crate::journal::Journal;
use crate::record::{Position, Record};

/// How often threads meet at one position.
const MEETINGS: u64 = 50;

/// How many appends a racing thread makes.
const APPENDS: u64 = 40;

/// How many records each of them has.
const TOGETHER: u64 = 3;

/// How often a racing thread tries one append.
const TRIES: u64 = 10_000;

fn joined<T>(thread: thread::ScopedJoinHandle<'_, Result<T, Violation>>) -> Result<T, Violation> {
    thread
        .join()
        .unwrap_or_else(|_| Err(Violation::new("expected a journal that does not panic, found a panic")))
}

/// Appends once, after waiting for the other; whether it succeeded.
fn meet<J: Journal>(
    journal: &mut J,
    both: &Barrier,
    after: Position,
    records: &[Record],
) -> Result<bool, Violation> {
    both.wait();
    match journal.append(after, records) {
        Ok(at) => {
            same("the answer to an append to be position", after.forward(count(records)), at)?;
            Ok(true)
        }
        Err(AppendError::Conflict { .. }) => Ok(false),
        Err(other) => Err(Violation::new(format!("expected success or a conflict, found: {other}"))),
    }
}

pub(super) fn of_two_at_the_same_position_one_succeeds<F: Fixture>() -> Result<(), Violation> {
    let (store, mut one) = fresh::<F>()?;
    let mut two = store.connect()?;
    let mut kept = Vec::new();
    let mut at = Position::START;
    for round in 0..MEETINGS {
        let mine = [record(format!("one {round}"))?, record(format!("one {round} again"))?];
        let yours = [record(format!("two {round}"))?, record(format!("two {round} again"))?];
        let both = Barrier::new(2);
        let (first, second) = thread::scope(|scope| {
            let other = scope.spawn(|| meet(&mut two, &both, at, &yours));
            let first = meet(&mut one, &both, at, &mine);
            (first, joined(other))
        });
        match (first?, second?) {
            (true, false) => kept.extend(mine),
            (false, true) => kept.extend(yours),
            (true, true) => {
                return Err(Violation::new("expected one append to succeed, found that both did"));
            }
            (false, false) => {
                return Err(Violation::new("expected one append to succeed, found two conflicts"));
            }
        }
        at = at.forward(2);
    }
    holds(&mut one, &kept)
}

/// The records of one append, each of which says whose it is.
fn part(thread: u64, number: u64) -> Result<Vec<Record>, Violation> {
    (0..TOGETHER).map(|place| record(format!("{thread}: {number}.{place}"))).collect()
}

/// Appends all of a thread's parts, each until it succeeds, and returns where they ended.
fn race<J: Journal>(journal: &mut J, start: &Barrier, name: u64) -> Result<Vec<Position>, Violation> {
    start.wait();
    let mut ends = Vec::new();
    let mut at = Position::START;
    for number in 0..APPENDS {
        let records = part(name, number)?;
        let mut tries = 0_u64;
        at = loop {
            match journal.append(at, &records) {
                Ok(end) => break end,
                Err(AppendError::Conflict { .. } | AppendError::Failed(_)) => at = head(journal)?,
                Err(other) => {
                    return Err(Violation::new(format!("expected success or a conflict, found: {other}")));
                }
            }
            tries = tries.saturating_add(1);
            hold(tries < TRIES, || {
                format!("expected an append to succeed at last, found none in {TRIES} tries")
            })?;
        };
        ends.push(at);
    }
    Ok(ends)
}

pub(super) fn racing_handles_lose_and_double_nothing<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut handles = [store.connect()?, store.connect()?, store.connect()?];
    let start = Barrier::new(handles.len());
    let ends = thread::scope(|scope| {
        let threads: Vec<_> = (0_u64..)
            .zip(&mut handles)
            .map(|(name, handle)| {
                let start = &start;
                scope.spawn(move || race(handle, start, name))
            })
            .collect();
        threads.into_iter().map(joined).collect::<Result<Vec<_>, _>>()
    })?;
    let mut parts = Vec::new();
    for (name, ends) in (0_u64..).zip(ends) {
        for (number, end) in (0_u64..).zip(ends) {
            parts.push((end, part(name, number)?));
        }
    }
    parts.sort_by_key(|(end, _)| *end);
    let records: Vec<Record> = parts.into_iter().flat_map(|(_, records)| records).collect();
    holds(&mut journal, &records)
}

/// Reads until the writer is done, and once more.
fn watch<J: Journal>(journal: &mut J, done: &AtomicBool, all: &[Kept]) -> Result<(), Violation> {
    let together = usize::try_from(TOGETHER).unwrap_or(usize::MAX);
    let mut before = 0;
    loop {
        let last = done.load(Ordering::Acquire);
        let found = tail(journal, Position::START)?;
        hold(found.len().checked_rem(together) == Some(0), || {
            format!("expected whole appends of {TOGETHER} records, found {} records", found.len())
        })?;
        hold(found.len() >= before, || format!("expected {before} records at least, found {}", found.len()))?;
        let seen: Vec<Kept> = all.iter().take(found.len()).cloned().collect();
        equal(&seen, &found)?;
        let head = head(journal)?.number();
        hold(u64::try_from(found.len()).is_ok_and(|found| head >= found), || {
            format!("expected a head at {} at least, found {head}", found.len())
        })?;
        before = found.len();
        if last {
            return equal(all, &found);
        }
    }
}

pub(super) fn readers_beside_a_writer_see_whole_batches<F: Fixture>() -> Result<(), Violation> {
    let (store, mut journal) = fresh::<F>()?;
    let mut reader = store.connect()?;
    let parts =
        (0..APPENDS.saturating_mul(2)).map(|number| part(0, number)).collect::<Result<Vec<_>, _>>()?;
    let all = placed(Position::START, parts.iter().flatten());
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(&mut reader, &done, &all));
        let mut write = || {
            let mut at = Position::START;
            for records in &parts {
                at = put(&mut journal, at, records)?;
            }
            Ok(())
        };
        let written: Result<(), Violation> = write();
        done.store(true, Ordering::Release);
        let seen_by_it = joined(watcher);
        written.and(seen_by_it)
    })
}
