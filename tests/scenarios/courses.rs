//! Courses of agreements as they went: edge cases of terms and schedule, and the terms of other conflicts.

use handover::agreement::Period;
use handover::quantity::Span;
use handover::reading::{
    According, AgreementFlag, AgreementState, AgreementView, Comparison, Conformance, JointView, Outcome,
    Verdict,
};
use handover::when::{Moment, When};

use super::house::House;
use super::telling::{evaluate, reading};

const REMAINS: &str = r#"{"matter":"remains"}"#;
const SETS: &str = "set-of-remains";
const DEAL: &str = r#"{"agreement":"deal"}"#;

fn remains() -> House {
    House::new(SETS, "remains", "passage")
}

fn both(house: &mut House, about: &str, says: &str) {
    for by in ["north", "south"] {
        house.says(by, about, says);
    }
}

fn end_of(day: &str) -> Moment {
    day.parse::<When>().unwrap().last_moment().unwrap()
}

fn view_at(house: &House, as_of: Moment) -> AgreementView {
    house.ledger.reading(According::Anyone, as_of).unwrap().agreement("deal".parse().unwrap()).unwrap()
}

fn view(house: &House) -> AgreementView {
    view_at(house, Moment::END_OF_TIME)
}

fn milestone(house: &mut House, id: &str, requires: &str) {
    house.keeper(&format!(
        r#"{{"agreement":{{"milestone":{{"id":"{id}","agreement":"deal","name":"{id}","kind":"event","requires":[{requires}]}}}}}}"#
    ));
}

#[test]
fn edge_03_an_appearance_without_an_appointment() {
    let mut house = remains();
    house.handover(7, SETS, REMAINS);
    house.keeper(
        r#"{"batch":{"introduced":{"id":"b","from":"north","to":"south","of":{"matter":"remains"},"unit":"set-of-remains","towards":"to-south"}}}"#,
    );
    house.says("north", r#"{"batch":"b"}"#, r#"{"count":{"quantity":1212,"unit":"set-of-remains"}}"#);
    house.says("north", r#"{"bringing":{"batch":"b","to":"h-7"}}"#, r#""occurred""#);
    house.says("north", r#"{"slot":"h-7"}"#, r#""occurred""#);
    house.says("north", r#"{"slot":"h-7"}"#, r#"{"postponed":{"kind":{"sine-die-by":"south"}}}"#);
    house.says("north", r#"{"appearance":{"at":"h-7","of":"south"}}"#, r#""did-not-occur""#);
    house.says("south", r#"{"slot":"h-7"}"#, r#""did-not-occur""#);
    house.says("south", r#"{"bringing":{"batch":"b","to":"h-7"}}"#, r#""occurred""#);
    both(&mut house, r#"{"leg":"leg-7-south"}"#, r#""did-not-occur""#);
    let slot = |by: &str| reading(&house.ledger, by).slot("h-7".parse().unwrap()).unwrap();
    let [north, south] = ["north", "south"].map(|key| key.parse().unwrap());
    assert!(slot("north").outcomes.contains(&Outcome::Missed(vec![south])), "{:?}", slot("north").outcomes);
    assert_eq!(slot("south").outcomes, [Outcome::NeverAgreed, Outcome::UnilateralAppearance(vec![north])]);
    assert_eq!(slot("anyone").agreed.view, JointView::Denied(vec![south]), "there is no joint fact");
    let tendered = evaluate(&reading(&house.ledger, "south"), "to-south", "south").tendered.total;
    assert_eq!(tendered, Some(Span::ZERO), "an appearance is no tender");
    house.check();
}

#[test]
fn edge_04_who_postponed_is_told_by_each() {
    let mut house = remains();
    house.handover(12, SETS, REMAINS);
    for (by, of) in [("north", "south"), ("south", "north")] {
        house.says(
            by,
            r#"{"slot":"h-12"}"#,
            &format!(r#"{{"postponed":{{"kind":{{"requested-by":"{of}"}}}}}}"#),
        );
        house.says(
            by,
            r#"{"handover":"h-12"}"#,
            &format!(r#"{{"readiness":{{"of":"{of}","ready":false}}}}"#),
        );
    }
    let slot = |by: &str| reading(&house.ledger, by).slot("h-12".parse().unwrap()).unwrap();
    let requested =
        |by: &str| Outcome::Postponed(handover::claim::PostponementKind::RequestedBy(by.parse().unwrap()));
    assert!(
        slot("north").outcomes.contains(&requested("south"))
            && !slot("north").outcomes.contains(&requested("north"))
    );
    assert!(
        slot("south").outcomes.contains(&requested("north"))
            && !slot("south").outcomes.contains(&requested("south"))
    );
    assert_eq!(slot("anyone").postponements.len(), 2, "both are kept, and nobody is believed for the other");
    house.check();
}

#[test]
fn edge_05_the_daily_target_is_met_and_the_total_is_not() {
    let mut house = remains();
    both(&mut house, r#"{"obligation":"to-south"}"#, r#"{"terms":{"required":{"exactly":60}}}"#);
    // The eighth is a Wednesday.
    let quota = r#"{"quota":{"per-day":20,"during":"2025-01-06/2025-01-08","rest-days":["wednesday"],"miss-is-breach":true}}"#;
    house.says("south", r#"{"obligation":"to-south"}"#, quota);
    for day in [6, 7] {
        house.handover(day, SETS, REMAINS);
        house.both_count(&format!("leg-{day}-south"), 20, SETS);
    }
    let pace = |house: &House| reading(&house.ledger, "south").pace("to-south".parse().unwrap()).unwrap();
    let owed = |house: &House| evaluate(&reading(&house.ledger, "all"), "to-south", "all");
    assert!(pace(&house)[0].days.iter().all(|day| day.reached == Comparison::Holds));
    assert_eq!((owed(&house).outstanding, owed(&house).verdict), (Some(Span::exactly(20)), Verdict::NotMet));
    house.handover(8, SETS, REMAINS);
    house.both_count("leg-8-south", 30, SETS);
    assert_eq!((owed(&house).outstanding, owed(&house).verdict), (Some(Span::ZERO), Verdict::Met));
    assert_eq!(owed(&house).performed().span(), Span::exactly(70), "more than was owed, on a day of rest");
    assert_eq!(pace(&house)[0].in_breach().count(), 0);
    let quota = quota.replace("\"per-day\":20", "\"per-day\":25");
    house.says("north", r#"{"obligation":"to-south"}"#, &quota);
    let north = reading(&house.ledger, "north").pace("to-south".parse().unwrap()).unwrap();
    assert_eq!(north[0].in_breach().count(), 2, "that term says that a miss is a breach");
    house.check();
}

#[test]
fn edge_06_nothing_is_heard_for_twelve_weeks_after_one_side_announces_a_revival() {
    let mut house = remains();
    both(&mut house, DEAL, r#""occurred""#);
    house.says("north", DEAL, r#""revived""#);
    let quiet = Period::Days(60);
    let later = end_of("2025-03-31");
    assert_eq!(view_at(&house, later).state_after_quiet(quiet, later), AgreementState::Dormant);
    let soon = end_of("2025-01-31");
    assert_eq!(view_at(&house, soon).state_after_quiet(quiet, soon), AgreementState::Effective);
    assert_eq!(view(&house).state_after_quiet(quiet, Moment::END_OF_TIME), AgreementState::Effective);
    let [revival] = view(&house).revivals[..] else { panic!("{:?}", view(&house).revivals) };
    assert_eq!((revival.by.party, revival.version), (Some("north".parse().unwrap()), None));
    let [north, south] = ["north", "south"].map(|key| key.parse().unwrap());
    assert_eq!(
        view(&house).by_party,
        [(north, AgreementState::AgreedInPrinciple), (south, AgreementState::Effective)],
        "in use again by one account, as before by the other"
    );
    house.keeper(
        r#"{"agreement":{"amended":{"agreement":"deal","version":2,"consented":["north","south"]}}}"#,
    );
    assert_eq!(view(&house).revivals[0].version, Some(2));
    house.check();
}

#[test]
fn edge_09_cure_by_amendment() {
    let mut house = remains();
    both(&mut house, DEAL, r#""occurred""#);
    both(&mut house, r#"{"obligation":"to-north"}"#, r#"{"terms":{"required":{"exactly":600}}}"#);
    house.handover(1, SETS, REMAINS);
    house.both_count("leg-1-north", 100, SETS);
    let suspended = r#"{"suspended":{"ground":"ceremonies at the handing over"}}"#;
    house.says("south", r#"{"obligation":"to-north"}"#, suspended);
    house.says("north", DEAL, r#"{"fault":{"of":"south","act":"withholds what is owed"}}"#);
    let [north, south] = ["north", "south"].map(|key| key.parse().unwrap());
    let flags = view(&house).flags;
    assert!(flags.contains(&AgreementFlag::SuspensionAsserted(south)), "{flags:?}");
    let alleged = |flag: &&AgreementFlag| matches!(flag, AgreementFlag::BreachAlleged { against, .. } if *against == south);
    assert_eq!(flags.iter().filter(alleged).count(), 1);
    assert_eq!(view(&house).state, AgreementState::Effective, "flags change no state");
    let before = evaluate(&reading(&house.ledger, "all"), "to-north", "all").performed().span();
    house.keeper(
        r#"{"agreement":{"amended":{"agreement":"deal","version":2,"consented":["north","south"],"note":"at the same time, without ceremony"}}}"#,
    );
    both(&mut house, r#"{"obligation":"to-north"}"#, r#"{"terms":{"required":{"exactly":646},"version":2}}"#);
    house.says("south", r#"{"obligation":"to-north"}"#, r#"{"resumed":{}}"#);
    assert!(!view(&house).flags.contains(&AgreementFlag::SuspensionAsserted(south)));
    let versions = reading(&house.ledger, "anyone").versions("deal".parse().unwrap()).unwrap();
    let [second] = versions.as_slice() else { panic!("{versions:?}") };
    assert_eq!((second.version, second.terms.len()), (2, 2));
    let changed = &second.terms[0];
    let exactly = |n: u32| handover::obligation::Required::Exactly(n.into());
    assert_eq!(
        (changed.by.party, changed.before.clone(), changed.required.clone()),
        (Some(north), Some(exactly(600)), exactly(646))
    );
    let after = evaluate(&reading(&house.ledger, "all"), "to-north", "all");
    assert_eq!(after.performed().span(), before, "an amendment changes nothing that passed");
    assert_eq!(after.outstanding, Some(Span::exactly(546)));
    house.check();
}

#[test]
fn edge_54_one_date_is_another_day_in_each_zone() {
    let days =
        ["2025-06-07+03:00", "2025-06-07+02:00", "2025-06-07"].map(|day| day.parse::<When>().unwrap().span());
    for (at, day) in days.iter().enumerate() {
        for other in days.iter().skip(at + 1) {
            assert!(day != other && day.meet(*other).is_some(), "they differ and overlap");
        }
    }
    let mut house = remains();
    for (by, day) in [("north", "2025-01-06+03:00"), ("south", "2025-01-06")] {
        house.says(by, DEAL, &format!(r#"{{"deadline":"{day}"}}"#));
    }
    // Half past ten in the evening, by universal time: the day is over where the clocks are three hours ahead.
    let as_of = "2025-01-06T22:30:00".parse::<When>().unwrap().last_moment().unwrap();
    let passed: Vec<_> = view_at(&house, as_of).deadlines.iter().map(|deadline| deadline.passed).collect();
    assert_eq!(
        passed,
        [Comparison::Holds, Comparison::Undetermined],
        "that day is over, and the other is not"
    );
    // What was published before the event ended was said before it, and is no less said.
    house.handover(6, SETS, REMAINS);
    both(&mut house, r#"{"handover":"h-6"}"#, r#"{"when":"2025-01-06T23:50/2025-01-06T23:59"}"#);
    house.both_count("leg-6-south", 10, SETS);
    let at = |moment| house.ledger.reading(According::AcceptedByAll, moment).unwrap();
    let performed = |moment| evaluate(&at(moment), "to-south", "all").performed().span();
    assert_eq!(performed(as_of), Span::ZERO, "the handover begins at midnight");
    assert_eq!(performed(end_of("2025-01-07")), Span::exactly(10));
    house.check();
}

#[test]
fn korea_1954_the_final_tally_is_opened_again_twice() {
    let mut house = remains();
    both(&mut house, DEAL, r#""occurred""#);
    house.keeper(r#"{"agreement":{"residual":{"agreement":"deal","obligation":"to-south"}}}"#);
    house.handover(21, SETS, REMAINS);
    house.both_count("leg-21-south", 4_023, SETS);
    both(&mut house, DEAL, r#""completed""#);
    let passed =
        |house: &House| evaluate(&reading(&house.ledger, "all"), "to-south", "all").performed().span();
    let close = |house: &mut House, day: u32| {
        house.tell("keeper", &format!(
            r#"{{"obligation":{{"closed":{{"obligation":"to-south","consented":["north","south"],"on":"2025-01-{day}"}}}}}}"#
        ))
    };
    let mut closing = close(&mut house, 22);
    let mut total = 4_023;
    for (day, more) in [(25, 78), (28, 66)] {
        house.keeper(&format!(
            r#"{{"obligation":{{"reopened":{{"closing":"{closing}","reason":"more were found","consented":["north","south"],"on":"2025-01-{day}"}}}}}}"#
        ));
        house.handover(day, SETS, REMAINS);
        house.both_count(&format!("leg-{day}-south"), more, SETS);
        total += u64::from(more);
        assert_eq!(passed(&house), Span::exactly(total));
        assert_eq!(view(&house).state, AgreementState::Completed, "what is found later is owed still");
        closing = close(&mut house, day + 1);
    }
    assert_eq!((total, view(&house).residual), (4_167, vec!["to-south".parse().unwrap()]));
    house.check();
}

#[test]
fn yemen_2018_each_step_of_the_lists_runs_from_the_one_before() {
    let mut house = House::new("prisoner", "prisoners-of-war", "passage");
    let steps = ["signature", "lists", "replies", "final-replies", "transfer"];
    for (at, step) in steps.iter().enumerate() {
        milestone(
            &mut house,
            step,
            &at.checked_sub(1).map_or_else(String::new, |former| format!("{:?}", steps[former])),
        );
    }
    for (former, step, days) in
        [(0, "lists", 7), (1, "replies", 7), (2, "final-replies", 7), (3, "transfer", 10)]
    {
        both(
            &mut house,
            &format!(r#"{{"milestone":"{step}"}}"#),
            &format!(
                r#"{{"deadline-from":{{"after":["{}"],"within":{{"days":{days}}},"zone":"+03:00"}}}}"#,
                steps[former]
            ),
        );
    }
    let due = |house: &House, at: usize| view(house).milestones[at].deadlines[0].dates;
    assert_eq!(due(&house, 1), None);
    both(&mut house, r#"{"milestone":"signature"}"#, r#""occurred""#);
    both(&mut house, r#"{"milestone":"signature"}"#, r#"{"when":"2018-12-11/2018-12-13+03:00"}"#);
    let dates = due(&house, 1).unwrap();
    assert_eq!(
        (dates.first(), dates.last()),
        (Some(end_of("2018-12-18+03:00")), Some(end_of("2018-12-20+03:00")))
    );
    assert_eq!(due(&house, 2), None, "the replies run from the lists, and those have not come");
    assert_eq!(view(&house).milestones[4].open_conditions, ["final-replies".parse().unwrap()]);
    house.says("north", r#"{"milestone":"lists"}"#, r#""occurred""#);
    let by_north = reading(&house.ledger, "north").agreement("deal".parse().unwrap()).unwrap();
    assert!(
        by_north.milestones[2].deadlines[0].dates.is_some_and(|dates| dates.last().is_none()),
        "it came, nobody says when"
    );
    assert_eq!(
        reading(&house.ledger, "south").agreement("deal".parse().unwrap()).unwrap().milestones[2].deadlines
            [0]
        .dates,
        None
    );
    // One who was held in secret appears after all were exchanged: released without anything in return.
    house.keeper(r#"{"agreement":{"residual":{"agreement":"deal","obligation":"to-south","note":"whoever is found afterwards is released at once"}}}"#);
    both(&mut house, DEAL, r#""occurred""#);
    both(&mut house, DEAL, r#""completed""#);
    assert_eq!((view(&house).state, view(&house).residual.len()), (AgreementState::Completed, 1));
    house.check();
}

#[test]
fn a_completion_carries_what_is_not_verified_and_what_cannot_be_done() {
    let mut house = House::with_laboratory("container");
    house.says(
        "north",
        r#"{"obligation":"to-south"}"#,
        r#"{"unable":{"count":{"quantity":9,"unit":"container"},"reason":"they cannot be found"}}"#,
    );
    house.keeper(
        r#"{"batch":{"introduced":{"id":"offered","from":"north","to":"south","of":{"matter":"remains"},"unit":"container","towards":"to-south"}}}"#,
    );
    for id in ["box-1", "box-2"] {
        house.tell(
            "north",
            &format!(r#"{{"container":{{"registered":{{"id":"{id}","batch":"offered","held-by":"north","provenance":"unknown","since":"2025-01-01"}}}}}}"#),
        );
    }
    let record =
        |house: &House| reading(&house.ledger, "anyone").completion_record("deal".parse().unwrap()).unwrap();
    assert_eq!(record(&house).impaired, ["to-south".parse().unwrap()]);
    let [open] = record(&house).unverified[..] else { panic!("{:?}", record(&house).unverified) };
    assert_eq!((open.batch, open.units, open.containers), ("offered".parse().unwrap(), 0, 2));
    both(&mut house, DEAL, r#""occurred""#);
    both(&mut house, DEAL, r#""completed""#);
    assert_eq!(view(&house).state, AgreementState::Completed);
    assert_eq!(record(&house).unverified.len(), 1, "complete, and they are not opened yet");
    house.check();
}

#[test]
fn advice_on_a_duty_says_what_the_record_shows_and_never_that_it_ended() {
    let mut house = remains();
    house.keeper(
        r#"{"obligation":{"introduced":{"id":"search","debtor":"north","creditor":"south","of":{"matter":"remains"},"unit":"set-of-remains","basis":{"baseline":"D1"},"standard":"result","credits-at":"passage"}}}"#,
    );
    house.says(
        "north",
        r#"{"obligation":"search"}"#,
        r#"{"suspended":{"ground":"they do not search either"}}"#,
    );
    let views = reading(&house.ledger, "anyone").conformance();
    assert_eq!(views.len(), 21);
    assert_eq!(
        views[0].obligations,
        ["search".parse().unwrap()],
        "suspended by one side, and a duty all the same"
    );
    assert!(views.iter().all(|view| view.conformance <= Conformance::NothingRecorded));
    house.check();
}

#[test]
fn advice_counts_each_occasion_that_is_recorded() {
    use super::prisoners::{camp, nominate, step};

    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    for id in ["a", "b"] {
        step(&mut house, "north", id, "2025-01-12", r#"{"died":"due"}"#);
    }
    let of = |house: &House, number: u8| {
        let duty = handover::obligation::Duty::new(number).unwrap();
        let views = reading(&house.ledger, "anyone").conformance();
        let view = views.into_iter().find(|view| view.duty == duty).unwrap();
        (view.conformance, view.shown.len(), view.not_shown.len())
    };
    assert_eq!(
        of(&house, 12),
        (Conformance::NotShown, 0, 2),
        "it may have been done: nothing is recorded of it"
    );
    let certified = r#"{"death-duty":{"duty":"D12","to":"observer"}}"#;
    step(&mut house, "north", "a", "2025-01-15", certified);
    assert_eq!(of(&house, 12), (Conformance::PartlyShown, 1, 1));
    step(&mut house, "north", "b", "2025-01-15", certified);
    assert_eq!(of(&house, 12), (Conformance::Shown, 2, 0));
    assert_eq!(of(&house, 13), (Conformance::NotShown, 0, 2), "each death was to be inquired into");
    assert_eq!(of(&house, 20), (Conformance::NothingRecorded, 0, 0));
    house.check();
}

#[test]
fn a_dispute_of_costs_is_heard_and_blocks_nothing() {
    let mut house = House::new("prisoner", "prisoners-of-war", "passage");
    both(&mut house, DEAL, r#""occurred""#);
    house.says("north", DEAL, r#"{"costs":{"borne-by":"south","says":"from the frontier on"}}"#);
    house.says("south", DEAL, r#"{"costs":{"says":"not until somebody pays"}}"#);
    assert_eq!(view(&house).state, AgreementState::Effective);
    house.check();
}
