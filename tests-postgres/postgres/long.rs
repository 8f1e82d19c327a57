//! Reading a ledger that is long: a thread reads ahead, and whoever reads notices nothing of it.

use std::ops::ControlFlow;

use handover_journal::{Journal, Position};
use handover_postgres::{Error, PostgresJournal, PostgresStore};
use libtest_mimic::Trial;

use crate::sql::Sql;
use crate::{Named, Outcome, june, records, shared, trial};

/// More than is read without a thread, several times.
const RECORDS: usize = 20_000;

fn long() -> Outcome<(String, PostgresStore, PostgresJournal)> {
    let server = shared()?;
    let address = server.address(&server.database()?);
    let store = PostgresStore::open(&address)?;
    let mut journal = store.journal(&june()?)?;
    journal.append(Position::START, &records(0, RECORDS)?).map_err(|why| why.to_string())?;
    Ok((address, store, journal))
}

/// Reads after a position until so many were seen, each the next: how many were, and how it ended.
fn read(
    journal: &mut PostgresJournal,
    after: usize,
    at_most: usize,
    at: &mut dyn FnMut(usize) -> Outcome,
) -> Outcome<(usize, Result<(), Error>)> {
    let (mut seen, mut wrong) = (0, Ok(()));
    let ended = journal.read(Position::new(u64::try_from(after)?), &mut |stored| {
        seen += 1;
        let place = after + seen;
        if stored.position.number() != u64::try_from(place).unwrap_or(0)
            || stored.payload != format!("record {}", place - 1)
        {
            wrong = Err(format!("expected record {place}, found {stored:?}").into());
        }
        wrong = std::mem::replace(&mut wrong, Ok(())).and_then(|()| at(seen));
        if wrong.is_err() || seen >= at_most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    wrong?;
    Ok((seen, ended))
}

fn every_record_is_seen_once_from_anywhere_and_whoever_breaks_off_reads_again() -> Outcome {
    let (_, store, mut journal) = long()?;
    for after in [0, 1, 3_000, RECORDS - 5_000, RECORDS - 1, RECORDS] {
        let (seen, ended) = read(&mut journal, after, usize::MAX, &mut |_| Ok(()))?;
        ended?;
        assert_eq!(seen, RECORDS - after);
    }
    for at_most in [1, 4_095, 4_096, 4_097, 9_000] {
        let (seen, ended) = read(&mut journal, 0, at_most, &mut |_| Ok(()))?;
        ended?;
        assert_eq!(seen, at_most);
    }
    // Whoever reads uses another handle meanwhile, also within a runtime.
    let mut other = store.journal(&june()?)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let (seen, ended) = runtime.block_on(async {
        read(&mut journal, 0, usize::MAX, &mut |seen| {
            if seen.is_multiple_of(5_000) {
                assert_eq!(other.head()?.number(), u64::try_from(RECORDS)?);
            }
            Ok(())
        })
    })?;
    ended?;
    assert_eq!(seen, RECORDS);
    Ok(())
}

fn a_reading_goes_on_over_another_connection() -> Outcome {
    let (address, _, mut journal) = long()?;
    let mut sql = Sql::connect(&address)?;
    let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
               WHERE datname = current_database() AND application_name = 'handover'";
    let mut ended_connections = 0;
    let (seen, ended) = read(&mut journal, 0, usize::MAX, &mut |seen| {
        if [2_000, 6_000, 14_000].contains(&seen) {
            ended_connections += sql.one::<i64>(end)?;
        }
        Ok(())
    })?;
    ended?;
    assert_eq!(seen, RECORDS);
    assert!(ended_connections > 0, "no connection was ended");
    Ok(())
}

fn a_record_that_is_missing_is_named_after_those_before_it() -> Outcome {
    for missing in [3_000, 15_000, RECORDS] {
        let (address, _, mut journal) = long()?;
        let mut sql = Sql::connect(&address)?;
        sql.run("ALTER TABLE handover.records DISABLE TRIGGER ALL")?;
        // The head is read first: what is missing at the end goes while it is read.
        if missing < RECORDS {
            sql.run(&format!("DELETE FROM handover.records WHERE position = {missing}"))?;
        }
        let (seen, ended) = read(&mut journal, 0, usize::MAX, &mut |seen| {
            if missing == RECORDS && seen == 1 {
                sql.run(&format!("DELETE FROM handover.records WHERE position = {missing}"))?;
            }
            Ok(())
        })?;
        let why = ended.err().ok_or("a record is missing and nothing was said")?;
        assert!(matches!(&why, Error::Corrupt(what) if what.contains(&missing.to_string())), "{why}");
        assert_eq!(seen, missing - 1);
    }
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    let tests: &[Named] = &[
        (
            "every_record_is_seen_once_from_anywhere_and_whoever_breaks_off_reads_again",
            every_record_is_seen_once_from_anywhere_and_whoever_breaks_off_reads_again,
        ),
        ("a_reading_goes_on_over_another_connection", a_reading_goes_on_over_another_connection),
        (
            "a_record_that_is_missing_is_named_after_those_before_it",
            a_record_that_is_missing_is_named_after_those_before_it,
        ),
    ];
    tests.iter().map(|&(name, test)| trial(&format!("long::{name}"), test)).collect()
}
