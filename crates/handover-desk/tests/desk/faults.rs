//! A journal that fails as it is told to.

use std::ops::ControlFlow;
use std::sync::{Arc, Barrier, Mutex};

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_desk::{Desk, KnownAt, Options, SubmitError};
use handover_journal::{Journal, MemoryStore, Position, Recorder, Timestamp};

use crate::faulty::{Fault, Faulty, Script, backwards, open};
use crate::{by, count, memory, party};

fn unknown(written: bool, unread: u32) -> Fault {
    Fault::Unknown { written, then: Vec::new(), unread }
}

#[test]
fn a_failed_write_changes_nothing_and_may_be_repeated() {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store, &[Fault::Failed]);
    assert!(matches!(desk.submit(&by(), vec![party("a")]).wait(), Err(SubmitError::NotRecorded(_))));
    assert_eq!((desk.read(Ledger::len), count(&store)), (0, 0));
    assert_eq!(desk.submit(&by(), vec![party("a")]).wait().unwrap().recorded, 1);
    clerk.close().unwrap();
    assert!(matches!(desk.submit(&by(), vec![party("b")]).wait(), Err(SubmitError::Closed)));
}

#[test]
fn an_unknown_write_is_resolved_both_ways() {
    for fault in [unknown(true, 0), unknown(false, 0)] {
        let store = MemoryStore::new();
        let (desk, _clerk) = open(&store, std::slice::from_ref(&fault));
        let receipt = desk.submit(&by(), vec![party("a"), party("b")]).wait().unwrap();
        assert_eq!((receipt.recorded, receipt.head, count(&store)), (2, Position::new(2), 2), "{fault:?}");
        assert_eq!(desk.read(Ledger::len), 2);
    }
}

#[test]
fn an_unknown_write_that_cannot_be_read_is_unknown_and_never_doubled() {
    let store = MemoryStore::new();
    let (desk, _clerk) = open(&store, &[unknown(true, 3)]);
    assert!(matches!(desk.submit(&by(), vec![party("a")]).wait(), Err(SubmitError::Unknown(_))));
    assert_eq!(desk.submit(&by(), vec![party("a")]).wait().unwrap().already_recorded, 1);
    assert_eq!((desk.read(Ledger::len), count(&store)), (1, 1));
}

/// Whose records stand where ours would: those tell, not the number of records.
#[test]
fn an_unknown_write_is_told_from_what_others_wrote_there() {
    for written in [true, false] {
        let store = MemoryStore::new();
        let then = vec![party("o-1"), party("o-2")];
        let (desk, _clerk) = open(&store, &[Fault::Unknown { written, then, unread: 0 }]);
        let receipt = desk.submit(&by(), vec![party("a"), party("b")]).wait().unwrap();
        assert_eq!((receipt.recorded, count(&store)), (2, 4), "{written}");
        assert_eq!(desk.submit(&by(), vec![party("a"), party("b")]).wait().unwrap().already_recorded, 2);
        assert_eq!(desk.read(Ledger::len), 4);
    }
}

/// A record of another where ours would be tells that ours are not there, though nobody can read on.
#[test]
fn an_unknown_write_is_told_by_the_first_record_of_another() {
    let store = MemoryStore::new();
    let then = vec![party("o-1")];
    let faults = [Fault::Unknown { written: false, then, unread: 0 }].into();
    let script = Arc::new(Mutex::new(Script { faults, ..Script::default() }));
    let (desk, _clerk) = Desk::open(Faulty::new(&store, &script), backwards()).unwrap();
    script.lock().unwrap().cut = 3;
    let receipt = desk.submit(&by(), vec![party("a"), party("b")]).wait().unwrap();
    assert_eq!((receipt.recorded, count(&store)), (2, 3));
}

/// What is refused was not to be written: of that it is known, also where it is unknown of what was to be written with it.
#[test]
fn what_is_refused_is_not_recorded_whatever_became_of_the_others() {
    let meeting = Arc::new(Barrier::new(2));
    let store = MemoryStore::new();
    let (desk, _clerk) = open(&store, &[Fault::Met(Arc::clone(&meeting)), unknown(true, 3)]);
    let first = desk.submit(&by(), vec![party("first")]);
    meeting.wait();
    let nobody = Entry { by: "nobody".parse().unwrap(), ..party("b") };
    let (refused, unsure) = (desk.submit(&by(), vec![nobody]), desk.submit(&by(), vec![party("a")]));
    meeting.wait();
    assert_eq!(first.wait().unwrap().recorded, 1);
    let told = refused.wait();
    assert!(matches!(told, Err(SubmitError::NotRecorded(_))), "{told:?}");
    let told = unsure.wait();
    assert!(matches!(told, Err(SubmitError::Unknown(_))), "{told:?}");
}

#[test]
fn a_panic_answers_every_ticket() {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store, &[Fault::Panic]);
    let tickets: Vec<_> = (0..50).map(|n| desk.submit(&by(), vec![party(&format!("p-{n}"))])).collect();
    for ticket in tickets {
        assert!(matches!(ticket.wait(), Err(SubmitError::Unknown(_) | SubmitError::Closed)));
    }
    assert!(clerk.close().is_err());
    assert_eq!(count(&store), 0);
}

#[test]
fn a_refusal_changes_nothing_and_time_never_falls() {
    let store = MemoryStore::new();
    let (desk, _clerk) = open(&store, &[]);
    let nobody = Entry { by: "nobody".parse().unwrap(), ..party("b") };
    let refused = desk.submit(&by(), vec![party("a"), nobody]).wait();
    assert!(matches!(refused, Err(SubmitError::Refused { place: 1, .. })), "{refused:?}");
    assert_eq!((desk.read(Ledger::len), count(&store)), (0, 0));
    for id in ["a", "b", "c"] {
        desk.submit(&by(), vec![party(id)]).wait().unwrap();
    }
    let mut last = Timestamp::from_micros(i64::MIN);
    memory(&store)
        .read(Position::START, &mut |stored| {
            assert!(stored.recorded_at >= last);
            last = stored.recorded_at;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(desk.known_at(KnownAt::Position(Position::new(2))).unwrap().len(), 2);
    assert_eq!(desk.known_at(KnownAt::Time(last)).unwrap().len(), 3);
    assert!(desk.known_at(KnownAt::Position(Position::new(4))).is_err());
}

#[test]
fn two_desks_lose_nothing_and_half_of_the_tickets_are_dropped() {
    let store = MemoryStore::new();
    let desks = [open(&store, &[]), open(&store, &[])];
    std::thread::scope(|scope| {
        for (which, (desk, _)) in desks.iter().enumerate() {
            scope.spawn(move || {
                for n in 0..1_000 {
                    // Every third entry is submitted at both desks.
                    let id = if n % 3 == 0 { format!("both-{n}") } else { format!("d{which}-{n}") };
                    let ticket = desk.submit(&by(), vec![party(&id)]);
                    if n % 2 == 0 {
                        ticket.wait().unwrap();
                    }
                }
            });
        }
    });
    let [(one, one_clerk), (two, two_clerk)] = desks;
    let expected = 334 + 2 * 666;
    one.refresh().unwrap();
    two.refresh().unwrap();
    one_clerk.close().unwrap();
    two_clerk.close().unwrap();
    assert_eq!(count(&store), expected);
    let (again, _clerk) = Desk::open(memory(&store), handover_desk::SystemClock).unwrap();
    assert_eq!(again.head(), Position::new(expected));
    assert_eq!(again.read(|l| l.entries().collect::<Vec<_>>()).len() as u64, expected);
}

#[test]
fn closing_finishes_what_is_queued_under_the_smallest_bounds() {
    let store = MemoryStore::new();
    let options = Options::default().waiting_submissions(1).entries_at_once(1);
    let (desk, clerk) = Desk::open_with(memory(&store), handover_desk::SystemClock, options).unwrap();
    let tickets: Vec<_> = (0..200).map(|n| desk.submit(&by(), vec![party(&format!("p-{n}"))])).collect();
    clerk.close().unwrap();
    assert!(tickets.into_iter().all(|ticket| ticket.wait().is_ok()));
    assert_eq!(count(&store), 200);
}

/// What was recorded before is recorded, whether or not the journal can be asked; and it need not be asked.
#[test]
fn what_is_recorded_already_is_told_without_the_journal() {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store, &[Fault::None, Fault::Failed]);
    desk.submit(&by(), vec![party("a")]).wait().unwrap();
    let again = desk.submit(&by(), vec![party("a")]).wait().unwrap();
    assert_eq!((again.recorded, again.already_recorded), (0, 1));
    // The failure that is next in the journal's script has not been met by it.
    let failed = desk.submit(&by(), vec![party("b")]).wait();
    assert!(matches!(failed, Err(SubmitError::NotRecorded(_))), "{failed:?}");
    clerk.close().unwrap();

    let unread = Fault::Unknown { written: false, then: Vec::new(), unread: u32::MAX };
    let (desk, clerk) = open(&store, &[unread]);
    let unknown = desk.submit(&by(), vec![party("b")]).wait();
    assert!(matches!(unknown, Err(SubmitError::Unknown(_))), "{unknown:?}");
    let again = desk.submit(&by(), vec![party("a")]).wait().unwrap();
    assert_eq!((again.recorded, again.already_recorded), (0, 1));
    let partly = desk.submit(&by(), vec![party("a"), party("c")]).wait();
    assert!(matches!(partly, Err(SubmitError::NotRecorded(_))), "{partly:?}");
    clerk.close().unwrap();
}

#[test]
fn what_fails_again_and_again_is_tried_three_times() {
    for (faults, is_recorded) in [(2, true), (3, false)] {
        for fault in [unknown(false, 0), Fault::FalseConflict] {
            let (desk, clerk) = open(&MemoryStore::new(), &vec![fault.clone(); faults]);
            let told = desk.submit(&by(), vec![party("a")]).wait();
            match told {
                Ok(receipt) => assert!(is_recorded && receipt.recorded == 1, "{faults} times {fault:?}"),
                Err(why) => assert!(!is_recorded, "{faults} times {fault:?}: {why}"),
            }
            clerk.close().unwrap();
        }
    }
}

/// Another program records the very same entry where ours would have stood: it is recorded, and not by this submission, whether
/// the two agree in who recorded it or in when.
#[test]
fn the_same_entry_by_another_hand_is_not_taken_for_ours() {
    for (recorder, micros) in [("other", 7), ("desk", 0), ("desk", 7)] {
        let then = vec![party("a")];
        let script = Script {
            faults: [Fault::Unknown { written: false, then, unread: 0 }].into(),
            ..Script::default()
        };
        let journal = Faulty::new(&MemoryStore::new(), &Arc::new(Mutex::new(script)));
        let (desk, clerk) = Desk::open(journal, move || Timestamp::from_micros(micros)).unwrap();
        let receipt = desk.submit(&Recorder::new(recorder).unwrap(), vec![party("a")]).wait().unwrap();
        assert_eq!((receipt.recorded, receipt.already_recorded), (0, 1), "{recorder} at {micros}");
        clerk.close().unwrap();
    }
}
