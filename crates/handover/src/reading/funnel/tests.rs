use super::*;
use crate::affiliation::AffiliationEntry;
use crate::claim::{Claim, ClaimEntry, Statement, Subject};
use crate::container::{ContainerEntry, ManifestComplete};
use crate::custody::{Affected, CustodyEntry, Held, Incident, IncidentKind};
use crate::disposition::Wish;
use crate::entry::What;
use crate::house::{House, determined, forces_of, instructed, notice, released, the};
use crate::notice::Preference;
use crate::quantity::Count;
use crate::reading::MatterKind::{Discontinuity, DutyToHandOn, DutyToReturn};
use crate::reading::{According, MatterKind};
use crate::reciprocity::Accrual;
use crate::remains::Human;
use crate::when::When;

fn house() -> House {
    House::new(Unit::SetOfRemains, Accrual::Credit)
}

fn says(house: &mut House, about: Subject, n: u32) {
    let count = Count { quantity: n.into(), unit: Unit::SetOfRemains, qualifier: None };
    house.tell("south", What::Claim(ClaimEntry::Made(Claim::new(about, Statement::Count(count)))));
}

fn of_batch(reading: &Reading<'_>) -> FunnelView {
    reading.funnel_of_batch(the("batch")).unwrap()
}

fn exactly(n: u64) -> Span {
    Span::exactly(n)
}

/// The way of two units: identified, the family told of one, and that one given to it.
fn told() -> House {
    let mut house = house();
    for unit in ["u-1", "u-2"] {
        house.unit(unit, "batch");
        house.person(if unit == "u-1" { "x" } else { "y" });
    }
    house.branch("x", 1, Preference::EveryFind);
    house.decide(&["u-1"], "x", 5);
    house.decide(&["u-2"], "y", 20);
    house.tell("south", NoticeEntry::Notified(notice("u-1", "x", 1)));
    house.tell("south", instructed("u-1", "x", Some(1), Wish::Burial));
    house.tell("south", determined("u-1", forces_of("south")));
    house.tell("south", released("u-1"));
    house
}

#[test]
fn a_batch_known_by_its_number_alone_has_come_no_further() {
    let mut house = house();
    assert_eq!(
        of_batch(&house.to("south")).received,
        BTreeMap::from([(Unit::SetOfRemains, Span::EVERYTHING)])
    );
    says(&mut house, Subject::Batch(the("batch")), 12);
    let view = of_batch(&house.to("south"));
    assert_eq!(view.received[&Unit::SetOfRemains], exactly(12));
    assert_eq!((view.containers, view.unopened, view.remains.units), (0, Span::ZERO, Span::ZERO));
}

#[test]
fn what_is_opened_in_part_is_counted_in_part() {
    let mut house = house();
    says(&mut house, Subject::Batch(the("batch")), 12);
    house.unit("u-1", "batch");
    let found = [("u-2", Human::Yes), ("u-3", Human::No), ("u-4", Human::Undetermined)];
    house.opened("mixed", "batch", &found, 1);
    house.register(the("c-closed"), "batch");
    let view = of_batch(&house.to("south"));
    assert_eq!(view.received[&Unit::SetOfRemains], exactly(12), "units do not add to what is told");
    assert_eq!((view.containers, view.unopened, view.remains.opened), (3, exactly(1), exactly(2)));
    let remains = view.remains;
    assert_eq!(
        (remains.units, remains.not_human, remains.undetermined),
        (exactly(4), exactly(1), exactly(1))
    );
    assert_eq!(remains.individuals, Span::new(1, 3).unwrap());
    assert_eq!((remains.examined, remains.sampled, remains.profiled), (exactly(4), exactly(1), exactly(1)));
    assert_eq!(remains.compared, Span::ZERO);
    assert_eq!((view.identified, view.notified, view.released), (Span::ZERO, Span::ZERO, Span::ZERO));

    // By North's word, who opened nothing, nothing is opened; and all do not accept that anything is.
    let north = of_batch(&house.to("north"));
    assert_eq!((north.unopened, north.remains.units), (exactly(3), Span::ZERO));
    let all = of_batch(&house.reading(According::AcceptedByAll));
    assert_eq!((all.unopened, all.remains.units), (Span::new(1, 3).unwrap(), Span::up_to(4)));
}

#[test]
fn the_whole_course_by_batch_handover_party_and_in_all() {
    let house = told();
    let south = house.to("south");
    let all = south.funnel();
    assert_eq!((all.identified, all.notified, all.released), (exactly(2), exactly(1), exactly(1)));
    for same in [south.funnel_of_handover(the("h")).unwrap(), south.funnel_of_party(the("south")).unwrap()] {
        assert_eq!(same, all);
    }
    let north = south.funnel_of_party(the("north")).unwrap();
    assert_eq!((north.received.len(), north.containers, north.identified), (0, 0, Span::ZERO));
    let second = south.funnel_of_batch(the("second")).unwrap();
    assert_eq!(second.remains.units, Span::ZERO);
    let everyone = house.reading(According::AcceptedByAll).funnel();
    assert_eq!((everyone.identified, everyone.released), (Span::up_to(2), Span::up_to(1)));
    assert!(south.funnel_of_batch(the("third")).is_err());
    assert!(south.funnel_of_handover(the("third")).is_err());
    assert!(south.funnel_of_party(the("west")).is_err());
}

#[test]
fn as_of_a_day_the_course_is_as_far_as_it_was() {
    let house = told();
    let on = |day: &str| {
        let moment = the::<When>(day).last_moment().unwrap();
        house.ledger.reading(According::To(the("south")), moment).unwrap()
    };
    let stages = |day: &str| {
        let view = on(day).funnel();
        [view.remains.units, view.identified, view.notified, view.released].map(Span::only)
    };
    assert_eq!(on("2025-06-15").funnel().received, BTreeMap::new());
    assert_eq!(stages("2025-06-16"), [Some(0), Some(0), Some(0), Some(0)]);
    assert_eq!(on("2025-06-16").funnel().unopened, exactly(2));
    assert_eq!(stages("2025-06-17"), [Some(2), Some(0), Some(0), Some(0)]);
    assert_eq!(stages("2025-07-05"), [Some(2), Some(1), Some(0), Some(0)]);
    assert_eq!(stages("2025-09-01"), [Some(2), Some(2), Some(1), Some(0)]);
    assert_eq!(stages("2025-09-20"), [Some(2), Some(2), Some(1), Some(1)]);

    let before = the::<When>("2025-12-30").last_moment().unwrap();
    let unsaid = house.to("south").said_by(before).funnel();
    assert_eq!((unsaid.containers, unsaid.remains.units, unsaid.released), (0, Span::ZERO, Span::ZERO));
}

#[test]
fn a_revocation_takes_back_the_decision_and_not_what_was_given() {
    let mut house = told();
    house.revoke("u-1", 1);
    let view = house.to("south").funnel();
    assert_eq!((view.identified, view.notified, view.released), (exactly(1), Span::ZERO, exactly(1)));
    house.revoke("u-2", 2);
    let view = house.to("south").funnel();
    assert!(view.identified.hi() < Some(view.released.lo()));
}

#[test]
fn a_view_names_what_it_rests_on() {
    let mut house = house();
    house.unit("u-1", "batch");
    let reading = house.to("south").explained();
    let view = reading.funnel();
    let opened = house.ledger.state.containers.get(house.ledger.state.containers.at(the("c-u-1")).unwrap());
    let entry = house.ledger.state.entries.get(opened.opened_by.unwrap()).id;
    assert!(view.rests_on.contains(entry));
}

#[test]
fn everything_open_is_in_one_list_and_by_batch() {
    let mut house = house();
    house.unit("u-1", "batch");
    house.unit("u-2", "second");
    assert!(house.to("south").open_matters().is_empty());
    let determination = house.tell("south", determined("u-1", forces_of("north")));
    house.tell("south", determined("u-2", forces_of("east")));
    let incident = |kind| {
        CustodyEntry::Incident(Incident {
            of: Affected::Container(the("c-u-2")),
            kind,
            on: the("2025-08-01"),
            note: None,
        })
    };
    let missing = house.tell("south", What::Custody(incident(IncidentKind::Missing)));
    // South had them, and yet North gives them.
    house.transfer("way", Held::Container(the("c-u-1")), "north", "south", "2025-09-01");
    let kinds = |batch: Option<&str>| -> Vec<MatterKind> {
        let south = house.to("south");
        let open = match batch {
            None => south.open_matters(),
            Some(batch) => south.open_matters_of(the(batch)).unwrap(),
        };
        open.into_iter().map(|matter| matter.kind).collect()
    };
    assert_eq!(kinds(None), [Discontinuity, MatterKind::Incident, DutyToReturn, DutyToHandOn]);
    assert_eq!(kinds(Some("batch")), [Discontinuity, DutyToReturn]);
    assert_eq!(kinds(Some("second")), [MatterKind::Incident, DutyToHandOn]);
    let open = house.to("south").open_matters();
    assert_eq!(open[1].entries, [missing]);
    assert_eq!(open[2].entries, [determination]);
    assert_eq!(open[2].about, [Affected::Remains(the("u-1"))]);
    assert!(house.to("south").open_matters_of(the("third")).is_err());

    house.tell("south", What::Custody(incident(IncidentKind::FoundAgain)));
    let closure = crate::affiliation::DutyClosure {
        unit: the("u-2"),
        towards: Some(the("east")),
        reason: the("its embassy took charge"),
        on: the("2025-10-01"),
    };
    house.tell("south", AffiliationEntry::DutyClosed(closure));
    assert!(house.to("south").open_matters_of(the("second")).unwrap().is_empty());
}

#[test]
fn decisions_under_a_policy_that_was_made_stricter_are_to_be_looked_at_again() {
    let mut house = told();
    let state = &house.ledger.state;
    let policy = state.policies.get(state.policies.at(the("policy")).unwrap()).policy.clone();
    let mut stricter = (*policy).clone();
    stricter.id = the("stricter");
    stricter.supersedes = Some(the("policy"));
    stricter.from = the("2025-11-01");
    stricter.reviewers = 2;
    house.tell("south", IdentificationEntry::Policy(stricter));
    let matters = house.to("south").open_matters();
    let review = MatterKind::Review(the("stricter"));
    assert_eq!(matters.iter().filter(|matter| matter.kind == review).count(), 2);
    assert!(matters.iter().all(|matter| matter.batches == [the("batch")]));
    let october = the::<When>("2025-10-31").last_moment().unwrap();
    let before = house.ledger.reading(According::To(the("south")), october).unwrap();
    assert!(before.open_matters().is_empty(), "it was not in force");
}

#[test]
fn two_batches_of_one_person_are_two_units_and_one_credit() {
    let mut house = House::new(Unit::IdentifiedPerson, Accrual::Credit);
    house.person("x");
    for (unit, batch) in [("u-1", "batch"), ("u-2", "second")] {
        house.unit(unit, batch);
        house.decide(&[unit], "x", 5);
        house.tell("south", determined(unit, forces_of("south")));
        let complete = ManifestComplete { batch: the(batch) };
        house.tell("keeper", What::Container(ContainerEntry::Complete(complete)));
    }
    assert_eq!(house.to("south").funnel().identified, exactly(2));
    let view = house.to("south").evaluate(the("owed"), According::Anyone).unwrap();
    assert_eq!(view.credited.span().lo(), 1);
}
