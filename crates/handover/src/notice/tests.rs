use alloc::vec::Vec;

use super::*;
use crate::closure::{Case, CaseStatement, ClosureEntry, Criterion, CriterionDeclared};
use crate::house::{House, notice, the};
use crate::quantity::Unit;
use crate::reading::{According, NoticeState, Task};
use crate::reciprocity::Accrual;
use crate::refusal::{EntryRefusal, Refusal};
use crate::when::When;

/// Two units, of which `u-1` is decided to be `x`'s on 1 July.
fn house() -> House {
    let mut house = House::new(Unit::Individual, Accrual::Credit);
    house.person("x");
    house.unit("u-1", "batch");
    house.unit("u-2", "second");
    house.decide(&["u-1"], "x", 1);
    house
}

fn states(house: &House) -> Vec<(RemainsId, Option<u16>, NoticeState)> {
    let views = house.to("south").notices();
    views.into_iter().map(|view| (view.unit, view.branch.map(|branch| branch.0), view.state)).collect()
}

fn unreachable(person: &str, branch: Option<u16>, in_writing: bool) -> Unreachable {
    let (person, branch, on) = (the(person), branch.map(Branch), the("2025-07-05"));
    Unreachable { person, branch, decision: in_writing.then(|| the("decision-7")), on, note: None }
}

fn why(refusal: &Refusal) -> Option<WhyNotDue> {
    match refusal {
        Refusal::Notice(NoticeRefusal::NotDue { why, .. }) => Some(*why),
        _ => None,
    }
}

#[test]
fn each_rule_refuses_once() {
    let mut house = house();
    house.branch("x", 1, Preference::EveryFind);
    let step = || notice("u-1", "x", 1);
    let refused = house.refused("press", NoticeEntry::Notified(step()));
    assert_eq!(refused, NoticeRefusal::NoAuthority(the("press")).into());
    let refused = house.refused("south", NoticeEntry::Notified(notice("u-1", "x", 2)));
    assert_eq!(refused, NoticeRefusal::NoSuchBranch { person: the("x"), branch: Branch(2) }.into());
    let refused = house.refused("south", NoticeEntry::Notified(notice("u-2", "x", 1)));
    assert_eq!(why(&refused), Some(WhyNotDue::NoDecision), "{refused}");
    for answer in [NoticeEntry::Acknowledged(step()), NoticeEntry::Contested(step())] {
        let refused = house.refused("south", answer);
        assert_eq!(refused, NoticeRefusal::NotNotified { unit: the("u-1"), branch: Branch(1) }.into());
    }
    let early = Notice { on: the("2025-06-30"), ..step() };
    let refused = house.refused("south", NoticeEntry::Notified(early));
    assert!(matches!(refused, Refusal::Notice(NoticeRefusal::TooEarly { .. })), "{refused}");
    let told = house.tell("south", NoticeEntry::Notified(step()));
    let again = NoticeRefusal::NotifiedAlready { unit: the("u-1"), branch: Branch(1), by: told };
    assert_eq!(house.refused("south", NoticeEntry::Notified(step())), again.clone().into());
    assert_eq!(house.refused("south", NoticeEntry::Attempted(step())), again.into());
    let refused = house.refused("south", NoticeEntry::ToldOfRevocation(step()));
    assert_eq!(
        (refused.rule().invariant, matches!(refused, Refusal::Notice(NoticeRefusal::NotRevoked { .. }))),
        (Some(35), true)
    );

    let none = house.tell("south", NoticeEntry::ContactEndangersKin(unreachable("x", Some(1), true)));
    let resumed =
        || NoticeEntry::Resumed(Resumption { entry: none, reason: the("moved"), on: the("2025-08-01") });
    let refused = house.refused("observer", resumed());
    let expected = NoticeRefusal::NotItsOrgan { entry: none, expected: the("south"), found: the("observer") };
    assert_eq!(refused, expected.into());
    let by = house.tell("south", resumed());
    assert_eq!(house.refused("south", resumed()), NoticeRefusal::EndedAlready { entry: none, by }.into());
    let refused = house.refused(
        "south",
        NoticeEntry::Resumed(Resumption { entry: told, reason: the("x"), on: the("2025-08-01") }),
    );
    assert!(
        matches!(refused, Refusal::Entry(EntryRefusal::NoSuch { kind: "entry on kin", .. })),
        "{refused}"
    );
    house.check();
}

#[test]
fn a_notice_is_due_attempted_given_and_answered() {
    let mut house = house();
    house.branch("x", 1, Preference::EveryFind);
    house.branch("x", 2, Preference::NotAsked);
    let of_first = |house: &House| states(house)[0].2;
    assert_eq!(states(&house).len(), 2, "each branch by itself");
    assert_eq!(of_first(&house), NoticeState::Due);
    for n in 1..=2 {
        house.tell("south", NoticeEntry::Attempted(notice("u-1", "x", 1)));
        assert_eq!(of_first(&house), NoticeState::Attempted(n));
    }
    house.tell("south", NoticeEntry::Notified(notice("u-1", "x", 1)));
    assert_eq!(of_first(&house), NoticeState::Notified);
    house.tell("south", NoticeEntry::Contested(notice("u-1", "x", 1)));
    assert_eq!(of_first(&house), NoticeState::Contested);
    house.tell("south", NoticeEntry::Acknowledged(notice("u-1", "x", 1)));
    assert_eq!(of_first(&house), NoticeState::Acknowledged);
    assert_eq!(states(&house)[1].2, NoticeState::Due, "the other branch was not told");
    assert!(
        house.to("north").notices().is_empty(),
        "North decides nothing, and nobody is to be told by its word"
    );
    let before = house.reading(According::Anyone).said_by(the::<When>("2025-12-30").last_moment().unwrap());
    assert!(before.notices().is_empty(), "nothing had been said");
    let july =
        house.ledger.reading(According::Anyone, the::<When>("2025-07-31").last_moment().unwrap()).unwrap();
    assert!(july.notices().iter().all(|view| view.state != NoticeState::Acknowledged), "it was not yet told");
    let view = &house.reading(According::Anyone).explained().notices()[0];
    assert_eq!(view.rests_on.entries().len(), 6, "the decision and five steps");
    house.check();
}

#[test]
fn edge_23_the_same_man_three_bags_two_batches_one_funeral() {
    let mut house = house();
    house.branch("x", 1, Preference::EveryFind);
    house.branch("x", 2, Preference::FirstOnly);
    house.branch("x", 3, Preference::AtEnd);
    house.branch("x", 4, Preference::Never);
    for branch in [1, 2] {
        house.tell("south", NoticeEntry::Notified(notice("u-1", "x", branch)));
    }
    for (branch, preference) in [(3, Preference::AtEnd), (4, Preference::Never)] {
        let refused = house.refused("south", NoticeEntry::Notified(notice("u-1", "x", branch)));
        assert_eq!(why(&refused), Some(WhyNotDue::AsPreferred(preference)), "{refused}");
    }
    // Another part is found after the burial.
    house.decide(&["u-2"], "x", 20);
    let second =
        |house: &House| states(house).into_iter().skip(4).map(|(_, _, state)| state).collect::<Vec<_>>();
    let not_due = |preference| NoticeState::NotDue(WhyNotDue::AsPreferred(preference));
    let expected = [
        NoticeState::Due,
        not_due(Preference::FirstOnly),
        not_due(Preference::AtEnd),
        not_due(Preference::Never),
    ];
    assert_eq!(second(&house), expected);
    let refused = house.refused("south", NoticeEntry::Notified(notice("u-2", "x", 2)));
    assert_eq!(why(&refused), Some(WhyNotDue::AsPreferred(Preference::FirstOnly)));
    // The branch chooses anew.
    let change = PreferenceChange {
        person: the("x"),
        branch: Branch(2),
        preference: Preference::EveryFind,
        on: the("2025-08-15"),
    };
    house.tell("south", NoticeEntry::Preferred(change));
    // An older choice that is learned later changes nothing.
    let older = PreferenceChange { preference: Preference::Never, on: the("2025-06-25"), ..change };
    house.tell("south", NoticeEntry::Preferred(older));
    assert_eq!(second(&house)[1], NoticeState::Due);
    // At the end the third is told, of all.
    let of = Case::Agreement(the("deal"));
    let criterion =
        CriterionDeclared { of, criterion: Criterion::FragmentsAttributed, on: the("2025-06-02") };
    house.tell("south", ClosureEntry::Criterion(criterion));
    house.tell("south", ClosureEntry::Closed(CaseStatement { of, on: the("2025-12-01"), note: None }));
    assert_eq!(second(&house)[2], NoticeState::Due);
    house.check();
}

#[test]
fn edge_35_nobody_to_tell() {
    let mut house = house();
    assert_eq!(states(&house), [(the("u-1"), None, NoticeState::KinToBeSought)]);
    let none = house.tell("south", NoticeEntry::NoKinKnown(unreachable("x", None, false)));
    assert_eq!(states(&house)[0].2, NoticeState::NoKinKnown { in_writing: false });
    house.tell(
        "south",
        NoticeEntry::Resumed(Resumption {
            entry: none,
            reason: the("a search goes on"),
            on: the("2025-07-06"),
        }),
    );
    assert_eq!(states(&house)[0].2, NoticeState::KinToBeSought);
    house.tell("south", NoticeEntry::NoKinKnown(unreachable("x", None, true)));
    assert_eq!(states(&house)[0].2, NoticeState::NoKinKnown { in_writing: true });
    // A branch that becomes known is to be told.
    house.branch("x", 1, Preference::NotAsked);
    assert_eq!(states(&house), [(the("u-1"), Some(1), NoticeState::Due)]);
    // It lives where contact endangers it.
    house.tell("south", NoticeEntry::ContactEndangersKin(unreachable("x", Some(1), true)));
    assert_eq!(states(&house)[0].2, NoticeState::ContactEndangersKin { in_writing: true });
    let refused = house.refused("south", NoticeEntry::Attempted(notice("u-1", "x", 1)));
    assert_eq!(why(&refused), Some(WhyNotDue::ContactEndangersKin));
    house.check();
}

#[test]
fn a_revocation_marks_what_a_family_was_told_and_leaves_both_families_to_be_told() {
    let mut house = house();
    house.person("y");
    house.branch("x", 1, Preference::EveryFind);
    house.branch("y", 1, Preference::EveryFind);
    house.tell("south", NoticeEntry::Notified(notice("u-1", "x", 1)));
    assert!(house.to("south").notification_tasks().is_empty());
    let revoked = house.revoke("u-1", 2);
    let view = house.to("south").notices().remove(0);
    assert_eq!(
        (view.affected_by, view.state),
        (Some(revoked), NoticeState::Notified),
        "it stays, and is marked"
    );
    let tasks = |house: &House| {
        let tasks = house.to("south").notification_tasks();
        tasks.into_iter().map(|task| (task.task, task.person, task.done_by.is_some())).collect::<Vec<_>>()
    };
    let (told, other) = (Task::FamilyThatWasTold, Task::OtherFamily);
    assert_eq!(tasks(&house), [(told, Some(the("x")), false), (other, None, false)]);
    // Whose they are is decided; the other family has a name now.
    house.decide(&["u-1"], "y", 30);
    assert_eq!(tasks(&house), [(told, Some(the("x")), false), (other, Some(the("y")), false)]);
    let late = Notice { on: the("2025-09-02"), ..notice("u-1", "x", 1) };
    let step = house.tell("south", NoticeEntry::ToldOfRevocation(late.clone()));
    house.tell("south", NoticeEntry::Notified(notice("u-1", "y", 1)));
    assert_eq!(tasks(&house), [(told, Some(the("x")), true), (other, Some(the("y")), true)]);
    assert_eq!(house.to("south").notification_tasks()[0].done_by, Some(step));
    assert!(matches!(
        house.refused("south", NoticeEntry::ToldOfRevocation(late)),
        Refusal::Notice(NoticeRefusal::NotifiedAlready { .. })
    ));
    house.check();
}

#[test]
fn edge_53_what_was_decided_until_it_was_revoked_is_read_as_of_then() {
    let mut house = house();
    house.person("y");
    for person in ["x", "y"] {
        house.branch(person, 1, Preference::EveryFind);
    }
    house.revoke("u-1", 2);
    house.decide(&["u-1"], "y", 30);
    let person = |on: &str| {
        let as_of = the::<When>(on).last_moment().unwrap();
        let reading = house.ledger.reading(According::Anyone, as_of).unwrap();
        reading.notices().into_iter().map(|view| view.person).collect::<Vec<_>>()
    };
    assert_eq!(person("2025-06-30"), []);
    assert_eq!(person("2025-07-15"), [the("x")], "in July it was decided to be x's");
    assert_eq!(person("2025-12-31"), [the("y")]);
}
