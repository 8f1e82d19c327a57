use alloc::collections::BTreeMap;
use alloc::string::ToString;

use super::*;
use crate::claim::Affiliation;
use crate::custody::Held;
use crate::entry::{Entry, What};
use crate::house::{House, determination, determined, forces_of, presumed, the};
use crate::quantity::{Span, Unit};
use crate::reading::{According, AffiliationStatus as Status, CreditClass, DutyKind, DutyState};
use crate::reciprocity::Accrual;
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::{Division, Found, Human, RemainsEntry};

fn house() -> House {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    house.unit("u-1", "batch");
    house
}

fn retracted(entry: EntryId) -> AffiliationEntry {
    AffiliationEntry::Retracted(AffiliationRetraction {
        entry,
        reason: the("it was wrong"),
        on: the("2025-10-01"),
    })
}

fn denied(unit: &str, reason: CreditDenial) -> AffiliationEntry {
    let on = the("2025-07-02");
    AffiliationEntry::CreditDenied(UnitDenial {
        unit: the(unit),
        obligation: the("owed"),
        reason,
        on,
        note: None,
    })
}

fn set_off(unit: &str, consented: &[&str]) -> AffiliationEntry {
    AffiliationEntry::SetOff(SetOff {
        unit: the(unit),
        obligation: the("older"),
        consented: consented.iter().map(|party| the(party)).collect(),
        on: the("2025-07-02"),
    })
}

fn class(house: &House, unit: &str) -> Option<CreditClass> {
    house.to("south").credit_of_unit(the(unit), the("owed")).unwrap().class
}

#[test]
fn each_rule_refuses_once() {
    let mut house = house();
    let of = forces_of("south");
    let refusal = |refusal: AffiliationRefusal| Refusal::Affiliation(refusal);
    for organ in ["press", "keeper"] {
        let found = house.refused(organ, determined("u-1", of));
        assert_eq!(found, refusal(AffiliationRefusal::NoAuthority(the(organ))));
    }
    let stands = house.tell("south", determined("u-1", of));
    let expected =
        AffiliationRefusal::NotItsOrgan { entry: stands, expected: the("south"), found: the("north") };
    assert_eq!(house.refused("north", retracted(stands)), refusal(expected));

    let nothing = Attribution { grounds: [].into(), ..determination("u-1", of) };
    let found = house.refused("observer", AffiliationEntry::Determined(nothing));
    assert_eq!(found, refusal(AffiliationRefusal::NoGround));
    let grounds = [Ground::Uniform, Ground::Disc, Ground::SendersWord].into();
    let presumptive = Attribution { grounds, ..determination("u-1", of) };
    let found = house.refused("observer", AffiliationEntry::Determined(presumptive));
    assert_eq!((found.rule().invariant, &found), (Some(40), &refusal(AffiliationRefusal::PresumptiveAlone)));

    let expected = AffiliationRefusal::NotTheCreditor { expected: the("south"), found: the("north") };
    assert_eq!(house.refused("north", denied("u-1", CreditDenial::WrongClass)), refusal(expected));
    let found = house.refused("south", set_off("u-1", &["south"]));
    assert_eq!(
        (found.rule().invariant, &found),
        (Some(14), &refusal(AffiliationRefusal::NoConsent(the("north"))))
    );

    let expected = refusal(AffiliationRefusal::StandsAlready(stands));
    assert_eq!(house.refused("south", determined("u-1", forces_of("north"))), expected);
    assert_eq!(house.refused("south", presumed("u-1", forces_of("north"))), expected);
    let early = Attribution { on: the("2025-06-15"), ..determination("u-1", of) };
    let found = house.refused("observer", AffiliationEntry::Determined(early));
    assert!(matches!(found, Refusal::Affiliation(AffiliationRefusal::TooEarly { .. })), "{found}");

    let retraction = house.tell("south", retracted(stands));
    let expected = AffiliationRefusal::EndedAlready { entry: stands, by: retraction };
    let found = house.refused("south", retracted(stands));
    assert_eq!((found.rule().invariant, found), (Some(12), refusal(expected)));
    house.check();
}

#[test]
fn what_is_not_recorded_cannot_be_spoken_of() {
    let mut house = house();
    let kinds = [
        (determined("u-9", Affiliation::Historic), "unit of remains"),
        (determined("u-1", forces_of("west")), "party"),
        (retracted(the("e-1")), "entry about affiliation"),
    ];
    for (entry, expected) in kinds {
        let found = house.refused("south", entry);
        assert!(
            matches!(&found, Refusal::Entry(EntryRefusal::NoSuch { kind, .. }) if *kind == expected),
            "{found}"
        );
    }
}

#[test]
fn a_denial_is_reversed_at_most_once_and_counts_only_by_the_creditors_word() {
    let mut house = house();
    house.tell("south", determined("u-1", forces_of("south")));
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Credited));
    let denial = house.tell("south", denied("u-1", CreditDenial::WrongClass));
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Denied(CreditDenial::WrongClass)));
    let north = house.to("north").credit_of_unit(the("u-1"), the("owed")).unwrap().class;
    assert_eq!(north, Some(CreditClass::Pending), "North determines nothing and denies nothing");
    let all = house.reading(According::AcceptedByAll).credit_of_unit(the("u-1"), the("owed")).unwrap();
    assert_eq!(all.class, Some(CreditClass::Pending));
    assert!(matches!(
        house.refused("south", denied("u-1", CreditDenial::AlreadyCredited)),
        Refusal::Affiliation(AffiliationRefusal::StandsAlready(entry)) if entry == denial
    ));
    house.tell("south", retracted(denial));
    house.refused("south", retracted(denial));
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Credited));
    house.check();
}

#[test]
fn a_unit_counts_for_another_obligation_only_by_a_set_off_of_both() {
    let mut house = house();
    house.tell("south", determined("u-1", forces_of("south")));
    let older = |house: &House| house.to("south").credit_of_unit(the("u-1"), the("older")).unwrap().class;
    assert_eq!(older(&house), None, "it was not offered towards it");
    let agreed = house.tell("south", set_off("u-1", &["north", "south"]));
    assert_eq!(older(&house), Some(CreditClass::Credited));
    house.check();
    house.tell("south", retracted(agreed));
    assert_eq!(older(&house), None);

    let mut broken = house;
    let what = What::Affiliation(set_off("u-1", &["north"]));
    let entry = Entry { id: the("x"), by: the("south"), said: the("2025-12-31"), source: None, what };
    let _ = broken.ledger.replay(&entry).unwrap();
    assert_eq!(broken.broken(), [14]);
}

#[test]
fn edge_20_the_wrong_nation_in_the_box() {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    let found: [(&str, &str); 4] = [("k-1", "south"), ("k-2", "east"), ("k-3", "east"), ("k-4", "south")];
    for (unit, _) in found {
        house.unit(unit, "batch");
    }
    for (unit, party) in found.into_iter().take(3) {
        house.tell("south", determined(unit, forces_of(party)));
    }
    let south = house.to("south");
    let duties = south.return_duties();
    let onward: Vec<_> = duties.iter().map(|duty| (duty.unit.to_string(), duty.kind, duty.towards)).collect();
    let east = Some(the("east"));
    assert_eq!(onward, [("k-2".into(), DutyKind::Onward, east), ("k-3".into(), DutyKind::Onward, east)]);
    assert!(duties.iter().all(|duty| duty.state == DutyState::Open && duty.because.len() == 1));

    let count = south.credit_of_batch(the("batch"), the("owed")).unwrap();
    assert_eq!((count.credited_units, count.pending), (1, 1));
    assert_eq!(count.denied, BTreeMap::from([(CreditDenial::WrongClass, 2)]));
    assert_eq!(count.credited, Span::new(1, 2).unwrap());

    let third = house.tell("south", determined("k-4", Affiliation::ThirdState));
    let duty = house.to("south").return_duties().pop().unwrap();
    assert_eq!((duty.kind, duty.towards, &duty.because[..]), (DutyKind::Onward, None, &[third][..]));
    let on = the("2025-10-01");
    let closure = DutyClosure { unit: the("k-4"), towards: None, reason: the("its embassy took charge"), on };
    house.tell("south", AffiliationEntry::DutyClosed(closure));
    let duty = house.to("south").return_duties().pop().unwrap();
    assert!(matches!(duty.state, DutyState::Closed { .. }), "{duty:?}");
    assert!(house.to("north").return_duties().is_empty(), "North determined nothing");
    house.check();
}

#[test]
fn edge_25_the_wrong_body_and_then_the_right_one() {
    let mut house = House::new(Unit::IdentifiedPerson, Accrual::Credit);
    house.unit("body-a", "batch");
    house.unit("body-b", "second");
    house.person("x");
    house.tell("south", denied("body-a", CreditDenial::WrongClass));
    house.tell("south", determined("body-a", Affiliation::CiviliansOf(the("north"))));
    house.tell("south", determined("body-b", forces_of("south")));
    assert_eq!(class(&house, "body-b"), Some(CreditClass::Pending), "persons count, and it is nobody's yet");
    house.decide(&["body-b"], "x", 5);
    assert_eq!(class(&house, "body-b"), Some(CreditClass::Credited));
    assert_eq!(class(&house, "body-a"), Some(CreditClass::Denied(CreditDenial::WrongClass)));
    // It is still a person with a family: it has its way back.
    let duty = house.to("south").return_duties().pop().unwrap();
    assert_eq!((duty.unit, duty.kind, duty.towards), (the("body-a"), DutyKind::Return, Some(the("north"))));
    house.check();
}

#[test]
fn edge_26_delivered_for_examination() {
    let mut house = house();
    house.opened("bag", "batch", &[("u-2", Human::No), ("u-3", Human::Undetermined)], 0);
    house.register(the("c-closed"), "batch");
    let count = house.to("south").credit_of_batch(the("batch"), the("owed")).unwrap();
    assert_eq!((count.not_human(), count.pending, count.unopened), (1, 2, 1));
    assert_eq!(count.credited, Span::EVERYTHING, "a container that is not opened may hold anybody");
    house.tell("south", denied("u-1", CreditDenial::Undetermined));
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Denied(CreditDenial::Undetermined)));
    assert!(house.to("south").return_duties().is_empty(), "nothing is theirs until it is determined");
    house.check();
}

#[test]
fn edge_27_the_senders_soldiers_among_the_receivers_dead() {
    let mut house = House::new(Unit::Individual, Accrual::Passage);
    for unit in ["u-1", "u-2", "u-3"] {
        house.unit(unit, "batch");
        house.tell("south", presumed(unit, forces_of("north")));
    }
    // Passage is what this obligation credits, and still they are no return of South's dead.
    let before = house.to("south").credit_of_batch(the("batch"), the("owed")).unwrap();
    assert_eq!(before.credited_units, 3, "a presumption takes no credit away");
    assert!(house.to("south").return_duties().is_empty());

    let confirmed = house.tell("south", determined("u-1", forces_of("north")));
    let until = the("every result is fully confirmed");
    let block = ReturnBlock { unit: the("u-1"), until, on: the("2025-07-02") };
    let block = house.tell("south", AffiliationEntry::Blocked(block));
    let duties = house.to("south").return_duties();
    assert_eq!(duties.len(), 1);
    let duty = &duties[0];
    assert_eq!((duty.kind, duty.towards), (DutyKind::Return, Some(the("north"))));
    assert_eq!((&duty.because[..], &duty.state), (&[confirmed][..], &DutyState::Open));
    assert_eq!(duty.blocked.iter().map(|block| block.entry).collect::<Vec<_>>(), [block]);
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Denied(CreditDenial::OtherSide)));
    let count = house.to("south").credit_of_batch(the("batch"), the("owed")).unwrap();
    assert_eq!((count.credited_units, count.denied[&CreditDenial::OtherSide]), (2, 1));

    house.tell("south", retracted(block));
    house.transfer("back", Held::Remains(the("u-1")), "south", "north", "2025-11-01");
    let duty = house.to("south").return_duties().pop().unwrap();
    assert!(matches!(duty.state, DutyState::Settled { .. }) && duty.blocked.is_empty(), "{duty:?}");
    // Returning them performs no obligation of South's.
    let view = house.to("south").credit_of_unit(the("u-1"), the("to-north")).unwrap();
    assert_eq!(view.class, None);
    house.check();

    // A determination is changed by the authority that made it, and what followed from it follows no more.
    let instead = Attribution { instead_of: Some(confirmed), ..determination("u-1", forces_of("south")) };
    house.tell("south", AffiliationEntry::Determined(instead));
    assert!(house.to("south").return_duties().is_empty());
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Credited));
    house.check();
}

#[test]
fn edge_24_remains_of_someone_credited_before() {
    let mut house = House::new(Unit::IdentifiedPerson, Accrual::Credit);
    house.person("x");
    for unit in ["u-1", "u-2"] {
        house.unit(unit, if unit == "u-1" { "batch" } else { "second" });
        house.tell("south", determined(unit, forces_of("south")));
    }
    house.decide(&["u-2"], "x", 20);
    assert_eq!(class(&house, "u-2"), Some(CreditClass::Credited));
    // That another unit was decided to be the same person's earlier is learned later.
    house.decide(&["u-1"], "x", 3);
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Credited));
    assert_eq!(class(&house, "u-2"), Some(CreditClass::Denied(CreditDenial::AlreadyCredited)));
    house.check();
    // What a revocation takes back follows, and nothing is deleted.
    house.revoke("u-1", 1);
    assert_eq!(class(&house, "u-1"), Some(CreditClass::Pending));
    assert_eq!(class(&house, "u-2"), Some(CreditClass::Credited));
    house.check();
}

#[test]
fn two_authorities_that_differ_determine_nothing_for_anyone() {
    let mut house = house();
    house.tell("south", determined("u-1", forces_of("south")));
    house.tell("north", determined("u-1", forces_of("north")));
    let status = |according| house.reading(according).affiliation(the("u-1")).unwrap();
    assert_eq!(status(According::To(the("south"))).status, Status::Determined(forces_of("south")));
    assert_eq!(status(According::To(the("north"))).status, Status::Determined(forces_of("north")));
    for according in [According::Anyone, According::AcceptedByAll] {
        let view = status(according);
        assert_eq!((view.status, view.contested), (Status::Undetermined, true), "{according}");
    }
    assert_eq!(status(According::Neutral).status, Status::Undetermined);
    house.check();
}

#[test]
fn as_of_before_a_determination_it_was_not_determined() {
    let mut house = house();
    house.tell("south", determined("u-1", forces_of("south")));
    let before = the::<When>("2025-06-30").last_moment().unwrap();
    let reading = house.ledger.reading(According::Anyone, before).unwrap();
    assert_eq!(reading.affiliation(the("u-1")).unwrap().status, Status::Undetermined);
    let view = house.reading(According::Anyone).explained().affiliation(the("u-1")).unwrap();
    assert_eq!((view.status, view.rests_on.entries().len()), (Status::Determined(forces_of("south")), 1));
}

#[test]
fn what_a_unit_was_divided_into_is_counted_in_its_batch_and_the_unit_no_more() {
    let mut house = house();
    house.tell("south", determined("u-1", forces_of("south")));
    let found = |id: &str| Found { id: the(id), human: Human::Yes, elements: None };
    let into = [found("u-1a"), found("u-1b"), found("u-1c")].into();
    let division = Division { unit: the("u-1"), on: the("2025-08-01"), into, note: None };
    house.tell("south", What::Remains(RemainsEntry::Divided(division)));
    house.tell("south", determined_later("u-1a", forces_of("south")));
    house.tell("south", determined_later("u-1b", forces_of("north")));
    let count = house.to("south").credit_of_batch(the("batch"), the("owed")).unwrap();
    assert_eq!((count.credited_units, count.pending), (1, 1));
    assert_eq!(count.denied, BTreeMap::from([(CreditDenial::OtherSide, 1)]));
    let duties = house.to("south").return_duties();
    assert_eq!(duties.iter().map(|duty| duty.unit).collect::<Vec<_>>(), [the("u-1b")]);
    let refused = house.refused("observer", determined_later("u-1", forces_of("south")));
    assert!(matches!(refused, Refusal::Remains(_)), "{refused}");
    house.check();
}

fn determined_later(unit: &str, of: Affiliation) -> AffiliationEntry {
    AffiliationEntry::Determined(Attribution { on: the("2025-08-02"), ..determination(unit, of) })
}
