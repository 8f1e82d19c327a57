//! A follower on standbys: one that dies, one that has less, and one that is promoted and goes on otherwise.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use handover::ledger::Ledger;
use handover_desk::{Clerk, Desk, FollowError, Follower, Messenger, Standing, SystemClock, TailError};
use handover_journal::Position;
use handover_postgres::{Options, PostgresStore};
use libtest_mimic::Trial;

use crate::server::Server;
use crate::{Named, Outcome, by, june, party, programs, shared, trial};

const NEVER: Duration = Duration::from_secs(3_600);

fn reading(address: &str, patience: u64) -> Outcome<PostgresStore> {
    let mut options = Options::default();
    options.read_only = true;
    options.patience = Duration::from_secs(patience);
    Ok(PostgresStore::open_with(address, options)?)
}

fn followed(address: &str, every: Duration) -> Outcome<(Follower, Messenger)> {
    Ok(Follower::open(reading(address, 2)?.journal(&june()?)?, SystemClock, every)?)
}

fn desk(address: &str) -> Outcome<(Desk, Clerk)> {
    Ok(Desk::open(PostgresStore::open(address)?.journal(&june()?)?, SystemClock)?)
}

/// Records so many parties of this name, one after another.
fn recorded(desk: &Desk, name: &str, count: u64) -> Outcome<Position> {
    for n in 0..count {
        desk.submit(&by()?, vec![party(&format!("{name}-{n}"))?]).wait()?;
    }
    Ok(desk.head())
}

/// Waits until the follower stands so.
fn until(follower: &Follower, what: impl Fn(&Standing) -> bool) -> Outcome<Standing> {
    let begun = Instant::now();
    loop {
        let standing = follower.standing();
        if what(&standing) {
            return Ok(standing);
        }
        if begun.elapsed() > Duration::from_secs(60) {
            return Err(format!("it does not come: {standing:?}").into());
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn what_a_desk_records_is_followed_on_a_standby() -> Outcome {
    let primary = Server::new(programs()?)?;
    let database = primary.database()?;
    let standby = primary.standby("reading")?;
    let (desk, clerk) = desk(&primary.address(&database))?;
    let (follower, messenger) = followed(&standby.address(&database), Duration::from_millis(20))?;
    assert_eq!(follower.standing().position, Position::START);
    let head = recorded(&desk, "first", 50)?;
    until(&follower, |standing| standing.position == head)?;
    let last = party("first-49")?;
    let read = follower.read(|ledger| (ledger.len(), ledger.is_recorded(&last)));
    assert!(read.value == (50, true) && read.standing.trouble.is_none() && read.standing.behind() == 0);

    // A standby that is gone is trouble; what was read can be read.
    standby.kill()?;
    let head = recorded(&desk, "second", 3)?;
    let standing = until(&follower, |standing| standing.trouble.is_some())?;
    assert_eq!((follower.read(Ledger::len).value, standing.position), (50, Position::new(50)));
    let told = standing.trouble.map(|trouble| trouble.why.to_string()).unwrap_or_default();
    assert!(told.starts_with("the journal cannot be read: "), "{told}");
    standby.start()?;
    let standing = until(&follower, |standing| standing.position == head)?;
    assert!(standing.trouble.is_none() || until(&follower, |it| it.trouble.is_none()).is_ok());
    messenger.close()?;
    clerk.close()?;
    Ok(())
}

/// Two standbys in one connection string, of which one received less: the follower says so, and once the one that has less
/// is promoted and goes on otherwise, it takes in nothing of it.
fn a_standby_that_was_promoted_behind_is_never_taken_for_the_one_before() -> Outcome {
    let primary = Server::new(programs()?)?;
    let database = primary.database()?;
    let standbys = [primary.standby("s1")?, primary.standby("s2")?];
    let hosts = standbys.each_ref().map(|it| format!("127.0.0.1:{}", it.port())).join(",");
    let both = format!("postgres://keeper@{hosts}/{database}?sslmode=disable");
    let (on_primary, clerk) = desk(&primary.address(&database))?;
    let head = recorded(&on_primary, "common", 5)?;
    let (follower, messenger) = followed(&both, Duration::from_millis(20))?;
    until(&follower, |standing| standing.position == head)?;
    // The second has it too, and receives nothing from now on.
    let (second, ended) = followed(&standbys[1].address(&database), Duration::from_millis(20))?;
    until(&second, |standing| standing.position == head)?;
    ended.close()?;
    standbys[1].kill()?;
    standbys[1].configure(&["primary_conninfo = ''"])?;
    standbys[1].start()?;
    let head = recorded(&on_primary, "lost", 5)?;
    until(&follower, |standing| standing.position == head)?;
    clerk.close()?;
    primary.kill()?;
    standbys[0].kill()?;

    let standing = until(&follower, |standing| {
        let told = standing.trouble.as_ref().map(|trouble| trouble.why.to_string()).unwrap_or_default();
        told.contains("expected a server that holds the ledger up to position 10, found one that ends at 5")
    })?;
    assert_eq!((standing.position, follower.read(Ledger::len).value), (head, 10));

    standbys[1].promote()?;
    let (on_other, clerk) = desk(&standbys[1].address(&database))?;
    recorded(&on_other, "otherwise", 10)?;
    let replaced = |standing: &Standing| {
        let why = standing.trouble.as_ref().map(|trouble| &trouble.why);
        matches!(why, Some(FollowError::Journal(TailError::Replaced { position })) if *position == head)
    };
    let standing = until(&follower, |standing| replaced(standing) && standing.head == Position::new(15))?;
    assert_eq!(standing.position, head);
    let (lost, otherwise) = (party("lost-4")?, party("otherwise-9")?);
    let read = follower.read(|ledger| (ledger.is_recorded(&lost), ledger.is_recorded(&otherwise)));
    assert!(read.value == (true, false) && replaced(&read.standing));
    messenger.close()?;
    clerk.close()?;
    // Whoever opens it anew has decided.
    let (anew, messenger) = followed(&both, NEVER)?;
    assert_eq!(anew.read(Ledger::len).value, 15);
    messenger.close()?;
    Ok(())
}

fn a_hint_of_the_server_shortens_the_wait() -> Outcome {
    let server = shared()?;
    let address = server.address(&server.database()?);
    let (desk, clerk) = desk(&address)?;
    recorded(&desk, "first", 1)?;
    let (follower, messenger) = followed(&address, NEVER)?;
    let stop = AtomicBool::new(false);
    let mut tail = reading(&address, 5)?.tail(&june()?)?.every(Duration::from_secs(20));
    thread::scope(|scope| -> Outcome {
        let hinting = scope.spawn(|| {
            let mut known = follower.standing().position;
            while !stop.load(Ordering::Relaxed) {
                known = tail.grown(known, Duration::from_millis(500)).map_err(|why| why.to_string())?;
                follower.hint();
            }
            Ok::<_, String>(())
        });
        let come = recorded(&desk, "second", 3)
            .and_then(|head| until(&follower, |standing| standing.position == head));
        stop.store(true, Ordering::Relaxed);
        hinting.join().map_err(|_| "the tail panicked")??;
        come.map(drop)
    })?;
    messenger.close()?;
    clerk.close()?;
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [Named; 3] = [
        ("what_a_desk_records_is_followed_on_a_standby", what_a_desk_records_is_followed_on_a_standby),
        (
            "a_standby_that_was_promoted_behind_is_never_taken_for_the_one_before",
            a_standby_that_was_promoted_behind_is_never_taken_for_the_one_before,
        ),
        ("a_hint_of_the_server_shortens_the_wait", a_hint_of_the_server_shortens_the_wait),
    ];
    tests.into_iter().map(|(name, test)| trial(&format!("following::{name}"), test)).collect()
}
