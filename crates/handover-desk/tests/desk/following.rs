//! A follower beside desks, and on journals that fail, fall, change behind it, or die.

use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_desk::{
    Desk, FollowError, Follower, KnownAt, KnownAtError, Messenger, OpenError, SystemClock, TailError,
};
use handover_journal::{MemoryStore, Position, Timestamp};
use handover_wire::record;

use crate::followed::{Around, Bent, Give, NEVER, filled, follow, parties, put, put_raw, soon, trouble};
use crate::{by, count, memory, party};

#[test]
fn what_desks_record_comes_by_itself() {
    let store = filled(&["a"]);
    let (desk, clerk) = Desk::open(memory(&store), SystemClock).unwrap();
    let every = Duration::from_millis(2);
    let (follower, messenger) = Follower::open(Bent::on(&store).0, SystemClock, every).unwrap();
    assert_eq!(follower.read(Ledger::len).value, 1);
    let opened = follower.standing().refreshed_at;
    let receipt = desk.submit(&by(), parties(&["b", "c"])).wait().unwrap();
    soon(|| follower.standing().position == receipt.head);
    let read = follower.read(|ledger| ledger.is_recorded(&party("c")));
    assert!(read.value && read.standing.trouble.is_none() && read.standing.behind() == 0);
    assert_eq!(read.standing.head, receipt.head);
    assert!(read.standing.refreshed_at >= opened);
    messenger.close().unwrap();
    clerk.close().unwrap();
}

#[test]
fn it_asks_when_it_is_told_to_and_not_before() {
    let store = filled(&["a"]);
    let (follower, _messenger) = follow(Bent::on(&store).0);
    put(&store, 2, &parties(&["b"]));
    thread::sleep(Duration::from_millis(30));
    let standing = follower.standing();
    assert_eq!((standing.position, standing.refreshed_at.micros()), (Position::new(1), 1));
    let standing = follower.refresh().unwrap();
    assert_eq!((standing.position, standing.refreshed_at.micros()), (Position::new(2), 2));
    put(&store, 3, &parties(&["c"]));
    follower.clone().hint();
    soon(|| follower.standing().position == Position::new(3));
    // Nobody else asked, and nothing new is no trouble.
    assert_eq!(follower.standing().refreshed_at.micros(), 3);
    assert_eq!(follower.refresh().unwrap().refreshed_at.micros(), 4);
}

#[test]
fn a_ledger_that_is_not_begun_is_followed_from_its_beginning() {
    let store = MemoryStore::new();
    let (follower, messenger) = follow(Bent::on(&store).0);
    assert_eq!((follower.standing().position, follower.read(Ledger::len).value), (Position::START, 0));
    assert_eq!(follower.refresh().unwrap().position, Position::START);
    put(&store, 1, &parties(&["a"]));
    assert_eq!(follower.refresh().unwrap().position, Position::new(1));
    messenger.close().unwrap();
}

#[test]
fn while_the_journal_cannot_be_read_it_reads_what_it_has_and_says_so() {
    let store = filled(&["a"]);
    let (journal, bending) = Bent::on(&store);
    let (follower, _messenger) = follow(journal);
    put(&store, 2, &parties(&["b", "c"]));
    bending.lock().unwrap().unread = true;
    for refreshes in 1..=3 {
        let why = trouble(&follower);
        assert!(matches!(&why, TailError::Journal(why) if why.to_string() == "unread"), "{why}");
        let standing = follower.standing();
        // How far it lags is known all the same.
        assert_eq!(
            (standing.head, standing.behind(), standing.refreshed_at.micros()),
            (Position::new(3), 2, 1)
        );
        let trouble = standing.trouble.unwrap();
        assert_eq!((trouble.since.micros(), trouble.refreshes), (2, refreshes));
    }
    put(&store, 3, &parties(&["d"]));
    bending.lock().unwrap().mute = true;
    let why = trouble(&follower);
    assert!(matches!(&why, TailError::Journal(why) if why.to_string() == "mute"), "{why}");
    // The head when it was last told.
    assert_eq!(follower.standing().head, Position::new(3));
    {
        let mut bending = bending.lock().unwrap();
        (bending.mute, bending.unread) = (false, false);
    }
    let standing = follower.refresh().unwrap();
    assert!(standing.trouble.is_none());
    assert_eq!(
        (standing.position, standing.behind(), standing.refreshed_at.micros()),
        (Position::new(4), 0, 6)
    );
}

#[test]
fn what_was_read_before_reading_broke_off_is_kept_and_read_once() {
    let store = filled(&["a"]);
    let (journal, bending) = Bent::on(&store);
    let (follower, _messenger) = follow(journal);
    put(&store, 2, &parties(&["b", "c", "d"]));
    // The last one that it has, and two more.
    bending.lock().unwrap().short = Some(3);
    assert!(matches!(trouble(&follower), TailError::Journal(_)));
    assert_eq!((follower.standing().position, follower.standing().behind()), (Position::new(3), 1));
    bending.lock().unwrap().short = None;
    assert_eq!(follower.refresh().unwrap().position, Position::new(4));
    assert_eq!(follower.read(Ledger::len).value, 4);
}

#[test]
fn a_head_that_falls_is_named_and_nothing_is_taken_in() {
    let store = filled(&["a", "b", "c"]);
    let (journal, bending) = Bent::on(&store);
    let (follower, _messenger) = follow(journal);
    // Restored from an older copy.
    let older = filled(&["a", "b"]);
    bending.lock().unwrap().journal = memory(&older);
    for _ in 0..2 {
        let why = trouble(&follower);
        let TailError::Fell { seen, found } = why else { panic!("{why}") };
        assert_eq!((seen, found), (Position::new(3), Position::new(2)));
    }
    let standing = follower.standing();
    assert_eq!(
        (standing.position, standing.head, standing.behind()),
        (Position::new(3), Position::new(2), 0)
    );
    // It goes on from there, and comes as far and further.
    put(&older, 2, &parties(&["other"]));
    for more in ["d", "e"] {
        let why = trouble(&follower);
        assert!(matches!(why, TailError::Replaced { position } if position == Position::new(3)), "{why}");
        put(&older, 3, &parties(&[more]));
    }
    assert!(follower.read(|ledger| ledger.is_recorded(&party("c"))).value);
    assert!(!follower.read(|ledger| ledger.is_recorded(&party("other"))).value);
    // The journal that it knew is followed again.
    bending.lock().unwrap().journal = memory(&store);
    put(&store, 4, &parties(&["d"]));
    assert!(follower.refresh().unwrap().trouble.is_none());
    assert_eq!(follower.read(Ledger::len).value, 4);
}

/// A standby that lags more than the one before is behind, and comes to have the same.
#[test]
fn a_journal_that_fell_and_comes_to_have_the_same_is_followed_again() {
    let store = filled(&["a", "b", "c"]);
    let (journal, bending) = Bent::on(&store);
    let (follower, _messenger) = follow(journal);
    let lagging = filled(&["a"]);
    bending.lock().unwrap().journal = memory(&lagging);
    assert!(matches!(trouble(&follower), TailError::Fell { .. }));
    put(&lagging, 1, &parties(&["b", "c", "d"]));
    assert_eq!(follower.refresh().unwrap().position, Position::new(4));
}

/// A head that was told and not yet taken in must not fall either.
#[test]
fn a_head_that_was_only_told_must_not_fall() {
    let store = filled(&["a"]);
    let (journal, bending) = Bent::on(&store);
    let (follower, _messenger) = follow(journal);
    put(&store, 2, &parties(&["b", "c"]));
    bending.lock().unwrap().unread = true;
    assert!(matches!(trouble(&follower), TailError::Journal(_)));
    {
        let mut bending = bending.lock().unwrap();
        (bending.unread, bending.journal) = (false, memory(&filled(&["a", "b"])));
    }
    assert!(matches!(trouble(&follower), TailError::Fell { seen, .. } if seen == Position::new(3)));
    assert_eq!(follower.standing().position, Position::new(1));
}

/// Another end of the same length: by its entry, or only by when it was recorded.
#[test]
fn another_record_in_the_place_of_the_last_is_told() {
    for (at, last) in [(1, "other"), (9, "c")] {
        let store = filled(&["a", "b", "c"]);
        let (journal, bending) = Bent::on(&store);
        let (follower, _messenger) = follow(journal);
        let other = filled(&["a", "b"]);
        put(&other, at, &parties(&[last]));
        bending.lock().unwrap().journal = memory(&other);
        let why = trouble(&follower);
        assert!(matches!(why, TailError::Replaced { position } if position == Position::new(3)), "{why}");
        assert!(why.to_string().contains("restored from an older copy"), "{why}");
    }
}

/// No desk writes them; whoever else did is followed: an entry twice, and times that fall.
#[test]
fn an_end_that_repeats_an_entry_or_an_earlier_time_is_the_same_end() {
    let store = filled(&["a", "b"]);
    let (follower, _messenger) = follow(Bent::on(&store).0);
    for (at, name) in [(5, "b"), (3, "c"), (2, "a"), (7, "d")] {
        put(&store, at, &parties(&[name]));
        assert_eq!(follower.refresh().unwrap().behind(), 0);
        assert_eq!(follower.refresh().unwrap().position.number(), count(&store));
    }
    assert_eq!((follower.read(Ledger::len).value, follower.standing().position), (4, Position::new(6)));
}

#[test]
fn an_entry_that_is_refused_is_told_and_never_passed() {
    let store = filled(&["a"]);
    let (follower, _messenger) = follow(Bent::on(&store).0);
    let nobody = Entry { by: "nobody".parse().unwrap(), ..party("c") };
    put(&store, 2, &[party("b"), nobody, party("d")]);
    for _ in 0..2 {
        let why = trouble(&follower);
        let TailError::Replay { position, entry, .. } = why else { panic!("{why}") };
        assert_eq!((position, entry), (Position::new(3), "c".parse().unwrap()));
        assert_eq!((follower.standing().position, follower.standing().behind()), (Position::new(2), 2));
    }
}

#[test]
fn what_is_no_entry_or_out_of_its_order_is_told() {
    for (version, payload) in [(record::VERSION, "no entry"), (u16::MAX, "{}")] {
        let store = filled(&["a"]);
        let (follower, _messenger) = follow(Bent::on(&store).0);
        put_raw(&store, 2, version, &[payload]);
        let why = trouble(&follower);
        assert!(matches!(why, TailError::Payload { position, .. } if position == Position::new(2)), "{why}");
    }
    let store = filled(&["a"]);
    let (journal, bending) = Bent::on(&store);
    let (follower, _messenger) = follow(journal);
    bending.lock().unwrap().off = 1;
    let why = trouble(&follower);
    assert!(matches!(why, TailError::OutOfOrder { found, .. } if found == Position::new(2)), "{why}");
}

#[test]
fn a_journal_that_cannot_be_taken_in_is_not_opened() {
    let store = filled(&["a"]);
    put_raw(&store, 2, record::VERSION, &["no entry"]);
    let refused = Follower::open(Bent::on(&store).0, SystemClock, NEVER).unwrap_err();
    assert!(matches!(refused, OpenError::Journal(TailError::Payload { .. })), "{refused}");
}

#[test]
fn what_was_known_earlier_is_read_with_how_far_it_is() {
    let store = filled(&["a"]);
    put(&store, 5, &parties(&["b"]));
    let (follower, _messenger) = follow(Bent::on(&store).0);
    put(&store, 6, &parties(&["c"]));
    let at = |when| follower.known_at(when).map(|read| (read.value.len(), read.standing.position.number()));
    assert_eq!(at(KnownAt::Position(Position::new(1))), Ok((1, 2)));
    assert_eq!(at(KnownAt::Time(Timestamp::from_micros(4))), Ok((1, 2)));
    assert_eq!(at(KnownAt::Time(Timestamp::from_micros(6))), Ok((2, 2)));
    let beyond = at(KnownAt::Position(Position::new(3)));
    assert!(matches!(beyond, Err(KnownAtError::BeyondHead { head, .. }) if head == Position::new(2)));
}

#[test]
fn a_reading_and_its_position_are_of_one_moment() {
    let store = MemoryStore::new();
    let (desk, clerk) = Desk::open(memory(&store), SystemClock).unwrap();
    let every = Duration::from_millis(1);
    let (follower, messenger) = Follower::open(memory(&store), SystemClock, every).unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..2_000 {
                desk.submit(&by(), vec![party(&format!("p-{n}"))]).wait().unwrap();
            }
        });
        let mut last = Position::START;
        while last < Position::new(2_000) {
            let read = follower.read(Ledger::len);
            assert_eq!(Some(read.standing.position.number()), u64::try_from(read.value).ok());
            assert!(read.standing.position >= last && read.standing.trouble.is_none());
            last = read.standing.position;
        }
    });
    messenger.close().unwrap();
    clerk.close().unwrap();
}

#[test]
fn however_far_it_lags_a_bounded_number_is_between_the_journal_and_the_ledger() {
    let store = MemoryStore::new();
    let (follower, most) = (Arc::new(OnceLock::<Follower>::new()), Arc::new(Mutex::new(0)));
    let (shown, noted) = (Arc::clone(&follower), Arc::clone(&most));
    // How many records were given out that the follower does not show yet.
    let journal = Around(memory(&store), move |position: Position, give: &mut Give<'_>| {
        let go_on = give();
        if let Some(follower) = shown.get() {
            let between = position.number().saturating_sub(follower.standing().position.number());
            let mut most = noted.lock().unwrap();
            *most = between.max(*most);
        }
        go_on
    });
    let (opened, _messenger) = follow(journal);
    follower.set(opened.clone()).unwrap();
    put(&store, 1, &(0..5_000).map(|n| party(&format!("p-{n}"))).collect::<Vec<_>>());
    assert_eq!(opened.refresh().unwrap().position, Position::new(5_000));
    let most = *most.lock().unwrap();
    assert!((1..2_000).contains(&most), "{most} at once");
}

#[test]
fn closed_or_dropped_it_says_so_and_is_read_as_before() {
    let ends: [fn(Messenger); 2] = [|messenger| messenger.close().unwrap(), drop];
    for end in ends {
        let store = filled(&["a"]);
        let (journal, bending) = Bent::on(&store);
        let (follower, messenger) = follow(journal);
        follower.refresh().unwrap();
        end(messenger);
        // The journal is given up, however long anybody keeps the follower.
        assert_eq!(Arc::strong_count(&bending), 1);
        put(&store, 2, &parties(&["b"]));
        follower.hint();
        assert!(matches!(follower.refresh(), Err(FollowError::Closed)));
        let read = follower.read(Ledger::len);
        assert_eq!(read.value, 1);
        let trouble = read.standing.trouble.unwrap();
        assert!(matches!(trouble.why, FollowError::Closed) && trouble.refreshes == 0);
        assert_eq!(trouble.since.micros(), 2);
        assert!(trouble.why.to_string().contains("open the ledger again"));
    }
}

/// A long refresh is given up in the midst, and what it took in does not count as all there was.
#[test]
fn a_refresh_under_way_is_given_up() {
    let store = filled(&["a"]);
    let (begun, going) = (Arc::new(OnceLock::new()), Arc::new(OnceLock::new()));
    let (met, told) = (Arc::clone(&begun), Arc::clone(&going));
    // It waits in the midst of reading until it is told to go on.
    let journal = Around(memory(&store), move |position: Position, give: &mut Give<'_>| {
        if position > Position::new(3) {
            let _ = met.set(());
            told.wait();
        }
        give()
    });
    let (follower, messenger) = follow(journal);
    put(&store, 2, &(0..100).map(|n| party(&format!("p-{n}"))).collect::<Vec<_>>());
    thread::scope(|scope| {
        let asking = scope.spawn(|| follower.refresh());
        begun.wait();
        let closing = scope.spawn(|| messenger.close());
        // It is told to end before the journal goes on.
        thread::sleep(Duration::from_millis(50));
        going.set(()).unwrap();
        closing.join().unwrap().unwrap();
        assert!(matches!(asking.join().unwrap(), Err(FollowError::Closed)));
    });
    let standing = follower.standing();
    assert_eq!((standing.position, standing.refreshed_at.micros()), (Position::new(3), 1));
    assert_eq!((standing.head, standing.behind()), (Position::new(101), 98));
}

#[test]
fn a_panic_of_the_journal_ends_it_and_every_reading_says_so() {
    let store = filled(&["a"]);
    let (journal, bending) = Bent::on(&store);
    let (follower, messenger) = follow(journal);
    bending.lock().unwrap().panics = true;
    assert!(matches!(follower.refresh(), Err(FollowError::Panicked(_))));
    soon(|| follower.standing().trouble.is_some());
    let read = follower.read(Ledger::len);
    assert_eq!(read.value, 1);
    assert!(matches!(read.standing.trouble.unwrap().why, FollowError::Panicked(_)));
    assert!(matches!(follower.refresh(), Err(FollowError::Closed)));
    assert!(messenger.close().is_err());
}
