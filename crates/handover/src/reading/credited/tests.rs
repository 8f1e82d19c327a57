use super::*;
use crate::affiliation::SetOff;
use crate::batch::{Batch, BatchEntry, Passage, Reversal};
use crate::claim::{Claim, ClaimEntry, Statement};
use crate::container::{ContainerEntry, ManifestComplete};
use crate::custody::Held;
use crate::entry::What;
use crate::house::{House, determined, forces_of, the};
use crate::quantity::Count;
use crate::reading::{According, Evaluation};
use crate::remains::{Division, Found, Human, RemainsEntry};
use crate::slot::{HandoverEntry, NoOtherBatch};
use crate::when::{Moment, When};

const LEG: &str = "leg";

fn house(unit: Unit) -> House {
    House::new(unit, Accrual::Credit)
}

fn leg() -> Subject {
    Subject::Leg(the(LEG))
}

fn says(house: &mut House, by: &str, about: Subject, n: u32, unit: Unit, credit: bool) {
    let count = Count { quantity: n.into(), unit, qualifier: None };
    let says = if credit { Statement::Credited(count) } else { Statement::Count(count) };
    house.tell(by, What::Claim(ClaimEntry::Made(Claim::new(about, says))));
}

fn complete(house: &mut House, batch: &str) {
    let it = ManifestComplete { batch: the(batch) };
    house.tell("keeper", What::Container(ContainerEntry::Complete(it)));
}

fn whole(house: &mut House) {
    let it = NoOtherBatch { leg: the(LEG) };
    house.tell("keeper", What::Handover(HandoverEntry::NoOtherBatch(it)));
}

/// The batches that have a container are complete, and the leg has no other.
fn closed(house: &mut House) {
    for batch in ["batch", "second"] {
        let state = &house.ledger.state;
        let at = state.batches.at(the(batch)).unwrap();
        let passage = state.passages.get(state.batches.get(at).passage.unwrap()).entry;
        let entry = state.entries.get(passage).id;
        if state.containers_of_batch(at).next().is_some() {
            complete(house, batch);
        } else {
            let reason = the("it did not pass");
            house.tell("keeper", What::Batch(BatchEntry::Reversed(Reversal { entry, reason })));
        }
    }
    whole(house);
}

fn evaluated(reading: &Reading<'_>) -> Evaluation {
    reading.evaluate(the("owed"), According::Anyone).unwrap()
}

fn credited(house: &House, according: According) -> Span {
    evaluated(&house.reading(according)).credited.span()
}

fn souths(house: &House) -> Span {
    credited(house, According::To(the("south")))
}

fn span(lo: u64, hi: u64) -> Span {
    Span::new(lo, hi).unwrap()
}

#[test]
fn without_a_container_what_is_said_counts() {
    let mut house = house(Unit::SetOfRemains);
    says(&mut house, "south", leg(), 3, Unit::SetOfRemains, false);
    assert_eq!(souths(&house), Span::up_to(3));
    says(&mut house, "south", leg(), 2, Unit::SetOfRemains, true);
    assert_eq!(souths(&house), Span::exactly(2));
    assert!(evaluated(&house.to("south")).checks.is_empty());
}

#[test]
fn what_is_not_opened_or_not_recorded_stays_open_up_to_what_passed() {
    let mut house = house(Unit::SetOfRemains);
    house.unit("u-1", "batch");
    house.tell("south", determined("u-1", forces_of("south")));
    assert_eq!(souths(&house), Span::at_least(1), "nobody says how many passed");
    says(&mut house, "south", leg(), 3, Unit::SetOfRemains, false);
    assert_eq!(souths(&house), span(1, 3), "other containers and other batches may follow");
    house.register(the("c-closed"), "batch");
    closed(&mut house);
    assert_eq!(souths(&house), span(1, 3), "a container that is not opened may hold anybody");
}

#[test]
fn units_decide_and_what_is_said_is_checked_and_never_added() {
    let mut house = house(Unit::SetOfRemains);
    for (unit, batch) in [("u-1", "batch"), ("u-2", "batch"), ("u-3", "second")] {
        house.unit(unit, batch);
    }
    closed(&mut house);
    for unit in ["u-1", "u-3"] {
        house.tell("south", determined(unit, forces_of("south")));
    }
    assert_eq!(souths(&house), span(2, 3), "one is not decided");
    let sets = Unit::SetOfRemains;
    let batch = Subject::Batch(the("batch"));
    says(&mut house, "south", batch, 2, sets, false);
    says(&mut house, "south", Subject::Batch(the("second")), 4, sets, false);
    says(&mut house, "south", leg(), 5, sets, true);
    assert_eq!(souths(&house), span(2, 3), "neither claim adds anything");
    let outcomes: Vec<_> =
        evaluated(&house.to("south")).checks.into_iter().map(|check| (check.about, check.outcome)).collect();
    let second = Subject::Batch(the("second"));
    assert_eq!(
        outcomes,
        [
            (leg(), CheckOutcome::Exceeds(2)),
            (batch, CheckOutcome::Agrees),
            (second, CheckOutcome::Exceeds(3)),
        ]
    );
    assert!(evaluated(&house.to("north")).checks.is_empty(), "North says no number");
    house.check();
}

#[test]
fn of_a_batch_with_units_and_one_without_each_counts_once() {
    let mut house = house(Unit::SetOfRemains);
    house.unit("u-1", "batch");
    house.tell("south", determined("u-1", forces_of("south")));
    complete(&mut house, "batch");
    whole(&mut house);
    let sets = Unit::SetOfRemains;
    says(&mut house, "south", Subject::Batch(the("second")), 4, sets, false);
    assert_eq!(souths(&house), span(1, 5));
    says(&mut house, "south", leg(), 3, sets, true);
    let view = evaluated(&house.to("south"));
    assert_eq!(view.credited.span(), Span::exactly(3), "what units leave open is what South says, not more");
    assert_eq!(view.checks.len(), 1, "South gives no number for the batch with a container");
    assert_eq!(view.checks[0].outcome, CheckOutcome::Compatible);
}

#[test]
fn more_by_units_than_is_said_to_have_passed_is_marked() {
    let mut house = house(Unit::SetOfRemains);
    for unit in ["u-1", "u-2", "u-3"] {
        house.unit(unit, "batch");
        house.tell("south", determined(unit, forces_of("south")));
    }
    closed(&mut house);
    says(&mut house, "south", leg(), 2, Unit::SetOfRemains, false);
    let view = evaluated(&house.to("south"));
    assert_eq!(view.credited.span(), Span::exactly(3));
    assert_eq!(view.credited.label(), Label::Contradictory);
    assert_eq!(view.passed.span(), span(2, 3), "whose units are credited has passed");
    assert_eq!(view.passed.label(), Label::Contradictory);
    house.check();
}

#[test]
fn a_person_in_two_batches_counts_once() {
    for unit in [Unit::SetOfRemains, Unit::IdentifiedPerson, Unit::Individual] {
        let mut house = house(unit);
        house.person("x");
        for (unit, batch) in [("u-1", "batch"), ("u-2", "second")] {
            house.unit(unit, batch);
            house.decide(&[unit], "x", if unit == "u-1" { 3 } else { 20 });
        }
        closed(&mut house);
        assert_eq!(souths(&house), Span::up_to(1), "whose it is is not decided, and it is one person");
        for unit in ["u-1", "u-2"] {
            house.tell("south", determined(unit, forces_of("south")));
        }
        assert_eq!(souths(&house), Span::exactly(1), "{unit}");
        house.check();
    }
}

#[test]
fn the_nameless_of_two_batches_may_be_one_individual() {
    let mut house = house(Unit::Individual);
    for (unit, batch) in [("u-1", "batch"), ("u-2", "second")] {
        house.unit(unit, batch);
        house.tell("south", determined(unit, forces_of("south")));
    }
    closed(&mut house);
    assert_eq!(souths(&house), span(1, 2));
}

#[test]
fn what_all_accept_holds_what_each_party_has() {
    let mut house = house(Unit::SetOfRemains);
    for unit in ["u-1", "u-2"] {
        house.unit(unit, "batch");
        house.tell("south", determined(unit, forces_of("south")));
    }
    closed(&mut house);
    assert_eq!(souths(&house), Span::exactly(2));
    house.tell("north", determined("u-1", forces_of("south")));
    house.tell("north", determined("u-2", forces_of("north")));
    assert_eq!(credited(&house, According::To(the("north"))), Span::exactly(1));
    assert_eq!(credited(&house, According::AcceptedByAll), span(1, 2));
    assert_eq!(credited(&house, According::Neutral), Span::up_to(2));
}

#[test]
fn as_of_a_day_only_what_had_happened_decides() {
    let mut house = house(Unit::SetOfRemains);
    house.unit("u-1", "batch");
    house.tell("south", determined("u-1", forces_of("south")));
    closed(&mut house);
    let on = |day: &str| -> Span {
        let moment = the::<When>(day).last_moment().unwrap();
        let reading = house.ledger.reading(According::To(the("south")), moment).unwrap();
        evaluated(&reading).credited.span()
    };
    assert_eq!(on("2025-06-15"), Span::ZERO, "nothing had passed");
    assert_eq!(on("2025-06-16"), Span::EVERYTHING, "nothing was opened");
    assert_eq!(on("2025-06-30"), Span::up_to(1), "it was not decided whose it is");
    assert_eq!(on("2025-07-01"), Span::exactly(1));

    let before = the::<When>("2025-12-30").last_moment().unwrap();
    says(&mut house, "south", leg(), 7, Unit::SetOfRemains, false);
    let said = house.to("south").said_by(before);
    assert_eq!(evaluated(&said).credited.span(), Span::EVERYTHING, "nobody had said a word");
}

#[test]
fn what_was_divided_later_was_something_else_before() {
    let mut house = house(Unit::RemainsUnit);
    house.unit("u-1", "batch");
    closed(&mut house);
    let found = |id: &str| Found { id: the(id), human: Human::Yes, elements: None };
    let division = Division {
        unit: the("u-1"),
        into: [found("u-2"), found("u-3")].into(),
        on: the("2025-08-01"),
        note: None,
    };
    house.tell("south", What::Remains(RemainsEntry::Divided(division)));
    assert_eq!(souths(&house), Span::up_to(2));
    let july = the::<When>("2025-07-15").last_moment().unwrap();
    let reading = house.ledger.reading(According::To(the("south")), july).unwrap();
    assert!(evaluated(&reading).credited.span().contains(1));
}

#[test]
fn a_unit_that_is_set_off_is_credited_where_both_agreed() {
    let mut house = house(Unit::SetOfRemains);
    house.unit("u-1", "batch");
    house.tell("south", determined("u-1", forces_of("south")));
    let older =
        |house: &House| house.to("south").evaluate(the("older"), According::Anyone).unwrap().credited.total;
    assert_eq!(older(&house), None);
    let set_off = SetOff {
        unit: the("u-1"),
        obligation: the("older"),
        consented: [the("north"), the("south")].into(),
        on: the("2025-07-02"),
    };
    house.tell("south", AffiliationEntry::SetOff(set_off));
    assert_eq!(older(&house), Some(Span::exactly(1)));
}

#[test]
fn a_complete_manifest_serves_where_nobody_counts_the_containers() {
    let mut house = house(Unit::Container);
    for bag in ["bag-1", "bag-2"] {
        house.register(the(bag), "batch");
    }
    house.register(the("bag-3"), "second");
    let passed = |house: &House, party: &str| evaluated(&house.to(party)).passed.span();
    assert_eq!(passed(&house, "south"), Span::EVERYTHING, "there may be others");
    closed(&mut house);
    assert_eq!(passed(&house, "south"), Span::up_to(3), "that they are registered tells no passage");
    house.transfer("way-1", Held::Container(the("bag-1")), "north", "south", "2025-06-16");
    house.transfer("way-2", Held::Batch(the("second")), "north", "south", "2025-06-16");
    assert_eq!(passed(&house, "south"), span(2, 3));
    assert_eq!(passed(&house, "east"), Span::up_to(3), "East tells of nothing");
    assert_eq!(evaluated(&house.to("south")).credited.span(), Span::up_to(3));

    says(&mut house, "south", Subject::Batch(the("batch")), 5, Unit::Container, false);
    let view = evaluated(&house.to("south"));
    assert_eq!(view.passed.span(), Span::exactly(6), "a party's own word on what passed stands");
    assert_eq!(view.checks[0].outcome, CheckOutcome::Exceeds(3));
    assert!(view.checks[0].fails());
}

#[test]
fn a_batch_that_was_offered_towards_nothing_counts_where_it_passed() {
    let mut house = house(Unit::SetOfRemains);
    let batch = Batch {
        id: the("loose"),
        from: the("north"),
        to: the("south"),
        of: house.ledger.state.batches.get(house.ledger.state.batches.at(the("batch")).unwrap()).of,
        unit: Unit::SetOfRemains,
        towards: None,
        note: None,
    };
    house.tell("keeper", What::Batch(BatchEntry::Introduced(batch)));
    let passage = Passage { batch: the("loose"), leg: the(LEG) };
    house.tell("keeper", What::Batch(BatchEntry::Passed(passage)));
    house.unit("u-1", "loose");
    house.tell("south", determined("u-1", forces_of("south")));
    assert_eq!(souths(&house), Span::at_least(1));
    let end = house.ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap();
    assert_eq!(evaluated(&end).credited.span(), Span::at_least(1));
}
