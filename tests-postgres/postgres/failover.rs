//! A primary with two standbys, of which one has to hold what is acknowledged.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use handover_desk::{Desk, SystemClock};
use handover_journal::{AppendError, Journal, Position};
use handover_postgres::{Error, Options, PostgresStore};
use libtest_mimic::Trial;

use crate::faults::{Told, load, recorded};
use crate::server::Server;
use crate::sql::Sql;
use crate::{Named, Outcome, june, programs, records, trial};

/// A primary and two standbys that follow it.
struct Cluster {
    primary: Server,
    standbys: [Server; 2],
    database: String,
}

impl Cluster {
    fn new() -> Outcome<Self> {
        let primary = Server::new(programs()?)?;
        let database = primary.database()?;
        let standbys = [primary.standby("s1")?, primary.standby("s2")?];
        let mut sql = Sql::connect(&primary.address("postgres"))?;
        sql.run("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (s1, s2)'")?;
        sql.run("SELECT pg_reload_conf()")?;
        let quorum = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'";
        let begun = Instant::now();
        while sql.one::<i64>(quorum)? < 2 {
            if begun.elapsed() > Duration::from_secs(30) {
                return Err(format!("the standbys do not follow: {}", primary.log()).into());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(Self { primary, standbys, database })
    }

    /// All hosts, in one connection string.
    fn address(&self) -> String {
        let [one, two] = &self.standbys;
        let hosts = [&self.primary, one, two].map(|it| format!("127.0.0.1:{}", it.port())).join(",");
        format!("postgres://keeper@{hosts}/{}?sslmode=disable&target_session_attrs=read-write", self.database)
    }

    /// The standby that has received the most, as whoever promotes has to find out; the other may lack what was
    /// acknowledged.
    fn foremost(&self) -> Outcome<&Server> {
        let mut best: Option<(i64, &Server)> = None;
        for standby in &self.standbys {
            let mut sql = Sql::connect(&standby.address("postgres"))?;
            let received = "SELECT (pg_last_wal_receive_lsn() - '0/0'::pg_lsn)::int8";
            let received: i64 = sql.one(received)?;
            if best.is_none_or(|(most, _)| received > most) {
                best = Some((received, standby));
            }
        }
        Ok(best.ok_or("no standby")?.1)
    }
}

fn patient(seconds: u64) -> Options {
    let mut options = Options::default();
    options.patience = Duration::from_secs(seconds);
    options
}

fn a_promoted_standby_holds_what_was_acknowledged_and_the_desk_goes_on() -> Outcome {
    let cluster = Cluster::new()?;
    let store = PostgresStore::open_with(&cluster.address(), patient(60))?;
    let (desk, clerk) = Desk::open(store.journal(&june()?)?, SystemClock)?;
    let stop = AtomicBool::new(false);
    let mut told = Told::default();
    let mut after_promotion = 0;
    thread::scope(|scope| -> Outcome {
        let (desk, stop) = (&desk, &stop);
        let loading = scope.spawn(move || load(desk, "f", stop, true).map_err(|why| why.to_string()));
        let faults = (|| -> Outcome {
            thread::sleep(Duration::from_millis(700));
            cluster.primary.kill()?;
            let new = cluster.foremost()?;
            // In a cluster that was killed nobody waits for a quorum that is gone.
            new.promote()?;
            let mut sql = Sql::connect(&new.address("postgres"))?;
            sql.run("ALTER SYSTEM SET synchronous_standby_names = ''")?;
            sql.run("SELECT pg_reload_conf()")?;
            let before = desk.head().number();
            let begun = Instant::now();
            while desk.head().number() < before + 50 {
                if begun.elapsed() > Duration::from_secs(60) {
                    return Err("the desk does not go on".into());
                }
                thread::sleep(Duration::from_millis(20));
            }
            after_promotion = desk.head().number() - before;
            Ok(())
        })();
        stop.store(true, Ordering::Relaxed);
        told = loading.join().map_err(|_| "the load panicked")??;
        faults
    })?;
    clerk.close()?;
    let found = recorded(&mut store.journal(&june()?)?)?;
    let lost: Vec<_> = told.acknowledged.difference(&found).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    let more: BTreeSet<_> = found.difference(&told.acknowledged).cloned().collect();
    assert!(more.is_subset(&told.unknown), "recorded and never told: {more:?}");
    assert!(after_promotion >= 50 && told.acknowledged.len() > 100);
    assert_eq!(store.check()?, Vec::<String>::new());
    Ok(())
}

/// A server says `OK` also when it gave up waiting for its standbys; the journal does not.
fn what_no_standby_holds_is_not_acknowledged() -> Outcome {
    let cluster = Cluster::new()?;
    let store = PostgresStore::open_with(&cluster.address(), patient(5))?;
    let mut journal = store.journal(&june()?)?;
    journal.append(Position::START, &records(0, 1)?)?;
    for standby in &cluster.standbys {
        standby.kill()?;
    }
    let mut sql = Sql::connect(&cluster.primary.address(&cluster.database))?;
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    let cancelled = thread::scope(|scope| -> Outcome<String> {
        let appending = scope.spawn(|| {
            let records = records(1, 1).map_err(|why| why.to_string())?;
            let cancelled = journal.append(Position::new(1), &records);
            let right = matches!(cancelled, Err(AppendError::Unknown(Error::NotReplicated)));
            Ok::<_, String>((right, format!("{cancelled:?}")))
        });
        while sql.one::<i64>(waits)? == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        sql.run("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")?;
        let (right, told) = appending.join().map_err(|_| "the append panicked")??;
        assert!(right, "{told}");
        Ok(told)
    })?;
    // It is there, on one machine; until a standby has it too, nobody is told so.
    let head = journal.head();
    assert!(matches!(head, Err(Error::Silent(_))), "{cancelled}, then {head:?}");
    for standby in &cluster.standbys {
        standby.start()?;
    }
    let begun = Instant::now();
    let head = loop {
        match journal.head() {
            Ok(head) => break head,
            Err(why) if begun.elapsed() > Duration::from_secs(30) => return Err(why.into()),
            Err(_) => {}
        }
    };
    assert_eq!(head, Position::new(2));
    Ok(())
}

/// A standby can be read, not written.
fn a_standby_is_read_and_followed() -> Outcome {
    let cluster = Cluster::new()?;
    let store = PostgresStore::open(&cluster.address())?;
    let mut journal = store.journal(&june()?)?;
    journal.append(Position::START, &records(0, 3)?)?;
    let address = cluster.standbys[0].address(&cluster.database);
    let mut options = patient(5);
    options.read_only = true;
    let standby = PostgresStore::open_with(&address, options)?;
    let mut tail = standby.tail(&june()?)?.every(Duration::from_millis(20));
    let head = tail.grown(Position::new(2), Duration::from_secs(20))?;
    assert_eq!(head, Position::new(3));
    let mut reading = standby.journal(&june()?)?;
    assert_eq!(reading.head()?, Position::new(3));
    let refused = reading.append(Position::new(3), &records(3, 1)?);
    assert!(matches!(refused, Err(AppendError::Failed(Error::ReadOnly))), "{refused:?}");
    journal.append(Position::new(3), &records(3, 1)?)?;
    assert_eq!(tail.grown(Position::new(3), Duration::from_secs(20))?, Position::new(4));
    let alone = PostgresStore::open_with(&address, patient(1));
    assert!(matches!(alone, Err(handover_postgres::OpenError::Unreachable(_))), "{alone:?}");
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [Named; 3] = [
        (
            "a_promoted_standby_holds_what_was_acknowledged_and_the_desk_goes_on",
            a_promoted_standby_holds_what_was_acknowledged_and_the_desk_goes_on,
        ),
        ("what_no_standby_holds_is_not_acknowledged", what_no_standby_holds_is_not_acknowledged),
        ("a_standby_is_read_and_followed", a_standby_is_read_and_followed),
    ];
    tests.into_iter().map(|(name, test)| trial(&format!("failover::{name}"), test)).collect()
}
