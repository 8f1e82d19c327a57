//! Somebody else writes between the judgement and the append.

use handover::entry::{Entry, What};
use handover::ledger::Ledger;
use handover::party::{Allegiance, Organ, PartyEntry};
use handover_desk::{Receipt, SubmitError};
use handover_journal::{MemoryStore, Position};

use crate::faulty::{Fault, open};
use crate::{by, count, introduced, party};

fn other(entries: Vec<Entry>) -> Fault {
    Fault::Other { entries, unread: 0 }
}

/// What becomes of a submission, how many entries the desk shows then, and how many records there are.
fn told(faults: &[Fault], entries: Vec<Entry>) -> (Result<Receipt, SubmitError>, usize, u64) {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store, faults);
    let told = desk.submit(&by(), entries).wait();
    let shown = desk.read(Ledger::len);
    clerk.close().unwrap();
    (told, shown, count(&store))
}

#[test]
fn what_does_not_touch_it_stands_before_it() {
    let (told, shown, count) = told(&[other(vec![party("o-1"), party("o-2")])], vec![party("a")]);
    let receipt = told.unwrap();
    assert_eq!((receipt.recorded, receipt.head), (1, Position::new(3)));
    assert_eq!((shown, count), (3, 3));
}

#[test]
fn the_same_entry_counts_as_recorded() {
    let (told, shown, count) = told(&[other(vec![party("a")])], vec![party("a"), party("b")]);
    let receipt = told.unwrap();
    assert_eq!((receipt.recorded, receipt.already_recorded), (1, 1));
    assert_eq!((shown, count), (2, 2));
}

#[test]
fn what_may_no_longer_stand_is_refused() {
    for in_the_way in [introduced("a", "another"), introduced("another", "a")] {
        let (told, shown, count) = told(&[other(vec![in_the_way])], vec![party("b"), party("a")]);
        assert!(matches!(told, Err(SubmitError::Refused { place: 1, .. })), "{told:?}");
        assert_eq!((shown, count), (1, 1));
    }
}

/// A refusal rests on the whole journal: what the others wrote is taken in before anything is refused.
#[test]
fn what_may_stand_by_now_is_not_refused() {
    let organ = Organ {
        id: "press".parse().unwrap(),
        name: "Press".parse().unwrap(),
        allegiance: Allegiance::Party("a".parse().unwrap()),
    };
    let of_party_a = Entry { what: What::Party(PartyEntry::Organ(organ)), ..party("o") };
    let (refused, ..) = told(&[], vec![of_party_a.clone()]);
    assert!(matches!(refused, Err(SubmitError::Refused { place: 0, .. })), "{refused:?}");
    let (told, shown, count) = told(&[other(vec![party("a")])], vec![of_party_a]);
    assert_eq!(told.unwrap().head, Position::new(2));
    assert_eq!((shown, count), (2, 2));
}

#[test]
fn as_long_as_the_others_come_further_it_is_tried_again() {
    let faults: Vec<Fault> = (0..50).map(|at| other(vec![party(&format!("o-{at}"))])).collect();
    let (told, shown, count) = told(&faults, vec![party("a")]);
    assert_eq!(told.unwrap().head, Position::new(51));
    assert_eq!((shown, count), (51, 51));
}

#[test]
fn conflicts_without_anything_new_come_to_an_end() {
    let (told, shown, count) = told(&vec![Fault::FalseConflict; 1_000], vec![party("a")]);
    assert!(matches!(told, Err(SubmitError::NotRecorded(_))), "{told:?}");
    assert_eq!((shown, count), (0, 0));
}

#[test]
fn if_what_the_others_wrote_cannot_be_read_nothing_is_written() {
    let store = MemoryStore::new();
    let unread = Fault::Other { entries: vec![party("o")], unread: 1 };
    let (desk, clerk) = open(&store, &[unread]);
    let told = desk.submit(&by(), vec![party("a")]).wait();
    assert!(matches!(told, Err(SubmitError::NotRecorded(_))), "{told:?}");
    assert_eq!((desk.read(Ledger::len), count(&store)), (0, 1));
    // Once it can be read, all goes on.
    assert_eq!(desk.submit(&by(), vec![party("a")]).wait().unwrap().head, Position::new(2));
    assert_eq!(desk.read(Ledger::len), 2);
    clerk.close().unwrap();
}
