//! What is beside the port: preparing, roles, titles, views, following, damage.

use std::ops::ControlFlow;
use std::thread;
use std::time::{Duration, Instant};

use handover_journal::{AppendError, Journal, LedgerId, Position, Record};
use handover_postgres::{Access, Error, OpenError, Options, PostgresStore};
use libtest_mimic::Trial;

use crate::sql::Sql;
use crate::{Named, Outcome, june, record, records, shared, trial};

/// A database of its own on the shared server.
fn fresh() -> Outcome<(String, PostgresStore)> {
    let server = shared()?;
    let address = server.address(&server.database()?);
    let store = PostgresStore::open(&address)?;
    Ok((address, store))
}

fn payloads(journal: &mut impl Journal, after: Position) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let read = journal.read(after, &mut |stored| {
        found.push(stored.payload.to_owned());
        ControlFlow::Continue(())
    });
    read.map_err(|why| why.to_string())?;
    Ok(found)
}

fn several_prepare_a_database_at_once() -> Outcome {
    let server = shared()?;
    server.bare_database("at_once")?;
    let address = server.address("at_once");
    assert!(matches!(PostgresStore::open(&address), Err(OpenError::NoSchema)));
    thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| PostgresStore::migrate(&address))).collect();
        threads.into_iter().all(|it| matches!(it.join(), Ok(Ok(()))))
    })
    .then_some(())
    .ok_or("a preparation failed")?;
    PostgresStore::migrate(&address)?;
    assert_eq!(Sql::connect(&address)?.one::<i64>("SELECT count(*) FROM handover.migrations")?, 1);
    PostgresStore::open(&address)?;
    let mut sql = Sql::connect(&address)?;
    sql.run("INSERT INTO handover.migrations (version) VALUES (99)")?;
    assert!(matches!(PostgresStore::open(&address), Err(OpenError::NewerSchema { found: 99, .. })));
    assert!(matches!(PostgresStore::migrate(&address), Err(OpenError::NewerSchema { found: 99, .. })));
    Ok(())
}

fn a_server_that_is_not_there_is_told() -> Outcome {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let nobody = format!("postgres://keeper@127.0.0.1:{port}/ledgers");
    assert!(matches!(PostgresStore::open(&nobody), Err(OpenError::Unreachable(_))));
    let nowhere = shared()?.address("no_such_database");
    assert!(matches!(PostgresStore::open(&nowhere), Err(OpenError::Refused(_))));
    assert!(matches!(PostgresStore::open("nonsense"), Err(OpenError::Address(_))));
    Ok(())
}

fn a_role_appends_and_reads_and_the_server_refuses_all_else() -> Outcome {
    let (address, owner) = fresh()?;
    owner.journal(&june()?)?.append(Position::START, &records(0, 2)?)?;
    let mut sql = Sql::connect(&address)?;
    for role in ["desk_of_june", "reader_of_june"] {
        sql.run(&format!("CREATE ROLE {role} LOGIN"))?;
    }
    PostgresStore::grant(&address, "desk_of_june", Access::Append)?;
    PostgresStore::grant(&address, "reader_of_june", Access::Read)?;
    let as_role = |role: &str| address.replace("keeper@", &format!("{role}@"));

    let store = PostgresStore::open(&as_role("desk_of_june"))?;
    let mut journal = store.journal(&june()?)?;
    assert_eq!(journal.append(Position::new(2), &records(2, 1)?)?.number(), 3);
    assert_eq!(store.journal(&LedgerId::new("july")?)?.append(Position::START, &records(0, 1)?)?.number(), 1);
    assert!(store.entitle(&june()?, "June")?);
    let mut desk = Sql::connect(&as_role("desk_of_june"))?;
    for statement in [
        "UPDATE handover.records SET payload = 'x'",
        "DELETE FROM handover.records",
        "TRUNCATE handover.records",
        "UPDATE handover.ledgers SET name = 'x'",
        "DELETE FROM handover.ledgers",
        "UPDATE handover.titles SET title = 'x'",
        "DELETE FROM handover.titles",
        "DROP TABLE handover.records",
        "ALTER TABLE handover.records DISABLE TRIGGER ALL",
        "CREATE TABLE handover.mine (it int)",
        "INSERT INTO handover.migrations (version) VALUES (7)",
    ] {
        assert_eq!(desk.refused(statement)?, "42501", "{statement}");
    }

    let reader = PostgresStore::open(&as_role("reader_of_june"))?;
    let mut reading = reader.journal(&june()?)?;
    assert_eq!(payloads(&mut reading, Position::START)?.len(), 3);
    let refused = reading.append(Position::new(3), &records(3, 1)?);
    assert!(matches!(refused, Err(AppendError::Failed(Error::Forbidden(_)))), "{refused:?}");
    assert_eq!(reading.head()?.number(), 3);

    // The owner may, but for the triggers.
    for statement in [
        "UPDATE handover.records SET payload = 'x'",
        "DELETE FROM handover.records",
        "TRUNCATE handover.records",
        "DELETE FROM handover.titles",
        "UPDATE handover.ledgers SET name = 'x'",
    ] {
        assert_eq!(sql.refused(statement)?, "23001", "{statement}");
    }
    Ok(())
}

fn a_title_is_set_once() -> Outcome {
    let (_, store) = fresh()?;
    assert_eq!(store.title(&june()?)?, None);
    assert!(store.entitle(&june()?, "The exchanges of June")?);
    assert!(!store.entitle(&june()?, "Another")?);
    assert_eq!(store.title(&june()?)?.as_deref(), Some("The exchanges of June"));
    store.journal(&LedgerId::new("april")?)?.append(Position::START, &records(0, 1)?)?;
    assert!(store.entitle(&LedgerId::new("april")?, "April")?);
    assert_eq!(store.ledgers()?, [LedgerId::new("april")?, june()?]);
    Ok(())
}

fn the_views_are_those_of_the_file() -> Outcome {
    let (address, store) = fresh()?;
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("june.sqlite");
    let file = handover_sqlite::SqliteStore::create(&path)?;
    let mut all = Vec::new();
    for (at, payload) in [
        (0, r#"{"id":"e-1","by":"un","said":"2025-06-02","what":{"party":{"introduced":{}}}}"#),
        (-1, r#"{"said":"?","id":"e-2","what":"claim"}"#),
        (1_750_000_000_123_456, "no JSON"),
        (-62_135_596_800_000_000, "{}"),
        (253_402_300_799_999_999, r#"{"what":[]}"#),
    ] {
        all.push(record(payload)?.at(handover_journal::Timestamp::from_micros(at)));
    }
    store.journal(&june()?)?.append(Position::START, &all)?;
    file.journal(&june()?)?.append(Position::START, &all)?;
    store.entitle(&june()?, "June")?;
    file.entitle(&june()?, "June")?;

    let mut sql = Sql::connect(&address)?;
    let here = sql.rows(
        "SELECT ledger, position, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), \
         recorded_by, version, entry, said_by, said_on, concept, payload FROM handover.entries ORDER BY position",
        &[],
    )?;
    let other = rusqlite::Connection::open(&path)?;
    let mut statement = other.prepare(
        "SELECT ledger, position, recorded_at, recorded_by, version, entry, said_by, said_on, concept, payload \
         FROM entries ORDER BY position",
    )?;
    let mut there = statement.query([])?;
    for row in &here {
        let beside = there.next()?.ok_or("the file has fewer")?;
        assert_eq!(row.try_get::<_, i64>(1)?, beside.get::<_, i64>(1)?);
        assert_eq!(i64::from(row.try_get::<_, i32>(4)?), beside.get::<_, i64>(4)?);
        for column in [0, 2, 3, 5, 6, 7, 9] {
            let (here, there): (Option<String>, Option<String>) = (row.try_get(column)?, beside.get(column)?);
            assert_eq!(here, there, "column {column}");
        }
    }
    assert_eq!(here.len(), 5);
    let concept = |at: usize| here[at].try_get::<_, Option<String>>(8);
    assert_eq!((concept(0)?.as_deref(), concept(1)?, concept(2)?), (Some("party"), None, None));
    let row = &sql.rows("SELECT ledger, title, records FROM handover.overview", &[])?[0];
    let told: (String, String, i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    assert_eq!(told, ("june".to_owned(), "June".to_owned(), 5));
    // Times beyond the calendar do not break the view.
    let early = record("{}")?.at(handover_journal::Timestamp::from_micros(i64::MIN));
    let late = record("{}")?.at(handover_journal::Timestamp::from_micros(i64::MAX));
    store.journal(&june()?)?.append(Position::new(5), &[early, late])?;
    let told = "SELECT count(*) FROM handover.entries WHERE recorded_at IS NULL OR extract(year FROM recorded_at) > 9999";
    assert_eq!(sql.one::<i64>(told)?, 2);
    Ok(())
}

/// More than fits into one statement is one append all the same.
fn an_append_of_several_statements_is_whole() -> Outcome {
    let (_, store) = fresh()?;
    let mut journal = store.journal(&june()?)?;
    let many: Vec<Record> = records(0, 20_000)?;
    assert_eq!(journal.append(Position::START, &many)?.number(), 20_000);
    assert_eq!(payloads(&mut journal, Position::new(19_998))?, ["record 19998", "record 19999"]);
    let refused = store.journal(&june()?)?.append(Position::new(7), &many);
    assert!(matches!(refused, Err(AppendError::Conflict { .. })), "{refused:?}");
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let mut stopped = store.journal(&june()?)?.stopped_by(stop);
    let refused = stopped.append(Position::new(20_000), &many);
    assert!(matches!(refused, Err(AppendError::Failed(Error::Stopped))), "{refused:?}");
    assert_eq!(journal.head()?.number(), 20_000);
    assert_eq!(stopped.append(Position::new(20_000), &records(0, 1)?)?.number(), 20_001);
    Ok(())
}

fn a_handle_works_within_a_runtime() -> Outcome {
    let (_, store) = fresh()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let records = records(0, 3)?;
    runtime.block_on(async move {
        let mut journal = store.journal(&june()?)?;
        journal.append(Position::START, &records)?;
        let mut other = store.journal(&june()?)?;
        let mut seen = 0;
        journal.read(Position::START, &mut |_| {
            seen += 1;
            if other.head().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        assert_eq!(seen, 3);
        drop((journal, other, store));
        Ok(())
    })
}

fn a_tail_follows_others_with_hints_and_without() -> Outcome {
    let (address, _) = fresh()?;
    for hints in [true, false] {
        let mut options = Options::default();
        options.hints = hints;
        let store = PostgresStore::open_with(&address, options)?;
        let ledger = LedgerId::new(if hints { "with" } else { "without" })?;
        let mut writer = store.journal(&ledger)?;
        let every = if hints { Duration::from_secs(20) } else { Duration::from_millis(50) };
        let mut tail = store.tail(&ledger)?.every(every);
        let begun = Instant::now();
        assert_eq!(tail.grown(Position::START, Duration::from_millis(100))?, Position::START);
        assert!(begun.elapsed() >= Duration::from_millis(100));
        let waiting = thread::spawn(move || {
            let begun = Instant::now();
            tail.grown(Position::START, Duration::from_secs(30))
                .map(|head| (head, begun.elapsed()))
                .map_err(|why| why.to_string())
        });
        thread::sleep(Duration::from_millis(150));
        writer.append(Position::START, &records(0, 4)?)?;
        let (head, waited) = waiting.join().map_err(|_| "the tail panicked")??;
        assert_eq!(head, Position::new(4));
        assert!(waited < Duration::from_secs(10), "{hints}: {waited:?}");
    }
    Ok(())
}

fn what_was_changed_around_the_triggers_is_found() -> Outcome {
    let (address, store) = fresh()?;
    store.journal(&june()?)?.append(Position::START, &records(0, 10)?)?;
    assert_eq!(store.check()?, Vec::<String>::new());
    let mut sql = Sql::connect(&address)?;
    sql.run(
        "ALTER TABLE handover.records DISABLE TRIGGER ALL; DELETE FROM handover.records WHERE position = 4",
    )?;
    let found = store.check()?;
    assert!(found.len() == 1 && found[0].contains("position 4"), "{found:?}");
    let mut journal = store.journal(&june()?)?;
    let read = journal.read(Position::START, &mut |_| ControlFlow::Continue(()));
    assert!(matches!(read, Err(Error::Corrupt(_))), "{read:?}");
    // A server that lost its end is not taken for the one that was seen.
    let mut seen = store.journal(&LedgerId::new("july")?)?;
    seen.append(Position::START, &records(0, 3)?)?;
    sql.run("DELETE FROM handover.records WHERE position = 3 AND payload = 'record 2' AND ledger = 2")?;
    assert!(matches!(seen.head(), Err(Error::Behind { .. })), "{:?}", seen.head());
    Ok(())
}

fn a_server_that_would_lose_records_is_not_used() -> Outcome {
    let server = crate::server::Server::new(crate::programs()?)?;
    let address = server.address(&server.database()?);
    PostgresStore::open(&address)?;
    server.kill()?;
    server.configure(&["fsync = off"])?;
    server.start()?;
    let refused = PostgresStore::open(&address);
    assert!(matches!(refused, Err(OpenError::Setting { name: "fsync", .. })), "{refused:?}");
    // What a session may decide is decided for it.
    server.kill()?;
    server.configure(&[
        "fsync = on",
        "synchronous_commit = off",
        "default_transaction_isolation = serializable",
    ])?;
    server.start()?;
    let store = PostgresStore::open(&address)?;
    store.journal(&june()?)?.append(Position::START, &records(0, 1)?)?;
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [Named; 11] = [
        ("several_prepare_a_database_at_once", several_prepare_a_database_at_once),
        ("a_server_that_is_not_there_is_told", a_server_that_is_not_there_is_told),
        (
            "a_role_appends_and_reads_and_the_server_refuses_all_else",
            a_role_appends_and_reads_and_the_server_refuses_all_else,
        ),
        ("a_title_is_set_once", a_title_is_set_once),
        ("the_views_are_those_of_the_file", the_views_are_those_of_the_file),
        ("an_append_of_several_statements_is_whole", an_append_of_several_statements_is_whole),
        ("a_handle_works_within_a_runtime", a_handle_works_within_a_runtime),
        ("a_tail_follows_others_with_hints_and_without", a_tail_follows_others_with_hints_and_without),
        ("what_was_changed_around_the_triggers_is_found", what_was_changed_around_the_triggers_is_found),
        ("a_server_that_would_lose_records_is_not_used", a_server_that_would_lose_records_is_not_used),
        ("a_read_is_of_one_moment", a_read_is_of_one_moment),
    ];
    tests.into_iter().map(|(name, test)| trial(&format!("store::{name}"), test)).collect()
}

fn a_read_is_of_one_moment() -> Outcome {
    let (_, store) = fresh()?;
    let (mut reader, mut writer) = (store.journal(&june()?)?, store.journal(&june()?)?);
    let mut head = writer.append(Position::START, &records(0, 2)?)?;
    let (mut seen, one) = (0, records(9, 1)?);
    let mut refused = None;
    reader.read(Position::START, &mut |_| {
        seen += 1;
        match writer.append(head, &one) {
            Ok(now) => head = now,
            Err(why) => refused = Some(why.to_string()),
        }
        ControlFlow::Continue(())
    })?;
    assert_eq!((seen, refused), (2, None));
    assert_eq!(payloads(&mut reader, Position::new(2))?.len(), 2);
    Ok(())
}
