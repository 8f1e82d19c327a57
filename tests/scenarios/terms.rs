//! Terms of every kind, suspension, completion, daily targets and credit, on a small fictional conflict.

use handover::obligation::Matter;
use handover::quantity::Span;
use handover::reading::{
    According, AgreementFlag, AgreementState, Comparison, Evenness, JointView, Label, Outcome, Verdict,
};
use handover::reciprocity::ParityScope;

use super::house::House;
use super::telling::{evaluate, leg, reading};

const REMAINS: &str = r#"{"matter":"remains"}"#;
const SETS: &str = "set-of-remains";

fn remains() -> House {
    House::new(SETS, "remains", "passage")
}

#[test]
fn edge_21_a_ratio_counts_its_class_only() {
    let mut house = remains();
    for (day, category, n) in [(1, "national", 15), (2, "other", 2)] {
        house.handover(day, SETS, &format!(r#"{{"matter":"remains","category":"{category}"}}"#));
        house.both_count(&format!("leg-{day}-south"), n, SETS);
    }
    house.says(
        "south",
        r#"{"obligation":"to-north"}"#,
        r#"{"terms":{"required":{"ratio":{"of":"to-south","category":"national","owed":15,"per":1,"accrues-at":"passage","rounding":"down"}}}}"#,
    );
    let view = evaluate(&reading(&house.ledger, "south"), "to-north", "south");
    assert_eq!(view.term.set.floor, Some(Span::exactly(225)), "17 handed over, 15 of them of the class");
    assert_eq!(view.outstanding, Some(Span::at_least(0).meet(Span::up_to(225)).unwrap()));
    assert_eq!(view.verdict, Verdict::Undetermined, "nobody says how many went back");
    house.both_count("leg-1-north", 200, SETS);
    house.both_count("leg-2-north", 30, SETS);
    let view = evaluate(&reading(&house.ledger, "all"), "to-north", "south");
    assert_eq!((view.outstanding, view.verdict), (Some(Span::ZERO), Verdict::Met));
    house.check();
}

#[test]
fn a_ratio_is_counted_by_the_word_by_which_counts_are_read() {
    let mut house = remains();
    house.handover(1, SETS, REMAINS);
    for (by, n) in [("north", 10), ("south", 8)] {
        house.says(
            by,
            r#"{"leg":"leg-1-south"}"#,
            &format!(r#"{{"count":{{"quantity":{n},"unit":"{SETS}"}}}}"#),
        );
    }
    house.says(
        "south",
        r#"{"obligation":"to-north"}"#,
        r#"{"terms":{"required":{"ratio":{"of":"to-south","owed":2,"per":1,"accrues-at":"passage","rounding":"down"}}}}"#,
    );
    for (counts, floor) in
        [("north", Span::exactly(20)), ("south", Span::exactly(16)), ("all", Span::new(16, 20).unwrap())]
    {
        let view = evaluate(&reading(&house.ledger, counts), "to-north", "south");
        assert_eq!(view.term.set.floor, Some(floor), "{counts}");
    }
}

#[test]
fn edge_22_parity_is_kept_beside_a_leg_outside_it() {
    let mut house = House::new("prisoner", "prisoners-of-war", "passage");
    house.swap_beside_goodwill();
    let all = reading(&house.ledger, "all");
    let [a, b] = ["to-south", "to-north"].map(|key| key.parse().unwrap());
    for scope in [ParityScope::Total, ParityScope::PerStage, ParityScope::PerCategory] {
        assert_eq!(all.parity(a, b, scope, 0).unwrap().evenness, Evenness::Even, "{scope:?}");
    }
    let there = super::telling::flow(&all, "north", "south", Matter::PrisonersOfWar);
    let difference = all.difference(&there).unwrap();
    assert_eq!((difference.excess, difference.shortfall), (Span::exactly(16), Span::ZERO));
    assert_eq!(
        difference.this.passed.total,
        Some(Span::exactly(277)),
        "the difference carries both directions"
    );
    assert_eq!(difference.other.passed.total, Some(Span::exactly(261)));
    let asymmetries = all.asymmetries();
    let [statistic] = asymmetries.as_slice() else { panic!("{asymmetries:?}") };
    assert_eq!(statistic.least.unwrap().to_string(), "1.06");
    assert_eq!(statistic.greatest.unwrap().to_string(), "1.07");
    house.check();
}

#[test]
fn parity_by_stage_and_in_total_are_two_questions() {
    let mut house = remains();
    for (day, south, north) in [(1, 10, 12), (2, 12, 10)] {
        house.handover(day, SETS, REMAINS);
        house.both_count(&format!("leg-{day}-south"), south, SETS);
        house.both_count(&format!("leg-{day}-north"), north, SETS);
    }
    let all = reading(&house.ledger, "all");
    let [a, b] = ["to-south", "to-north"].map(|key| key.parse().unwrap());
    let evenness = |scope, tolerance| all.parity(a, b, scope, tolerance).unwrap().evenness;
    assert_eq!(evenness(ParityScope::Total, 0), Evenness::Even);
    assert_eq!(evenness(ParityScope::PerStage, 1), Evenness::Uneven);
    assert_eq!(evenness(ParityScope::PerStage, 2), Evenness::Even);
}

#[test]
fn all_for_all_implies_no_number() {
    let mut house = remains();
    house.handover(1, SETS, REMAINS);
    house.both_count("leg-1-south", 10, SETS);
    for by in ["north", "south"] {
        house.says(by, r#"{"obligation":"to-south"}"#, r#"{"terms":{"required":"all-found"}}"#);
        house.says(
            by,
            r#"{"obligation":"to-south"}"#,
            r#"{"reciprocity":{"all-for-all":{"with":"to-north"}}}"#,
        );
    }
    let verdict = |house: &House| evaluate(&reading(&house.ledger, "all"), "to-south", "all").verdict;
    assert_eq!(verdict(&house), Verdict::OpenUnquantified);
    let terms = reading(&house.ledger, "all").terms("to-south".parse().unwrap()).unwrap();
    assert!(terms.is_common());
    house.says("north", r#"{"obligation":"to-south"}"#, r#""completed""#);
    assert_eq!(verdict(&house), Verdict::OpenUnquantified, "the debtor alone declares nothing exhausted");
    let by_debtor = evaluate(&reading(&house.ledger, "north"), "to-south", "all").verdict;
    assert_eq!(by_debtor, Verdict::OpenUnquantified, "not even by the debtor's own word");
    house.says("south", r#"{"obligation":"to-south"}"#, r#""completed""#);
    assert_eq!(verdict(&house), Verdict::DeclaredExhausted);
    house.check();
}

#[test]
fn a_stage_waits_for_its_condition() {
    let mut house = remains();
    house.handover(1, SETS, REMAINS);
    house.says(
        "south",
        r#"{"obligation":"to-north"}"#,
        r#"{"reciprocity":{"staged":{"after":{"met":"to-south"}}}}"#,
    );
    house.says("south", r#"{"obligation":"to-south"}"#, r#"{"terms":{"required":{"exactly":10}}}"#);
    let fulfilled = |house: &House| {
        let reading = reading(&house.ledger, "south");
        let of_south = According::To("south".parse().unwrap());
        reading.condition("to-north".parse().unwrap(), of_south).unwrap().unwrap().fulfilled
    };
    assert_eq!(fulfilled(&house), Comparison::Undetermined);
    let count = house.says(
        "south",
        r#"{"leg":"leg-1-south"}"#,
        r#"{"count":{"quantity":9,"unit":"set-of-remains"}}"#,
    );
    assert_eq!(fulfilled(&house), Comparison::Fails);
    let ten = r#"{"count":{"quantity":10,"unit":"set-of-remains"}}"#;
    house.tell("south", &format!(r#"{{"claim":{{"corrected":{{"claim":"{count}","says":{ten}}}}}}}"#));
    assert_eq!(fulfilled(&house), Comparison::Holds);

    house.says(
        "north",
        r#"{"obligation":"to-south"}"#,
        r#"{"reciprocity":{"staged":{"after":{"held":"h-1"}}}}"#,
    );
    let by_north = reading(&house.ledger, "north");
    let view = by_north.condition("to-south".parse().unwrap(), According::Anyone).unwrap().unwrap();
    assert_eq!(view.fulfilled, Comparison::Undetermined, "North does not say that it was held");
    house.says("north", r#"{"handover":"h-1"}"#, r#""occurred""#);
    let by_north = reading(&house.ledger, "north");
    let view = by_north.condition("to-south".parse().unwrap(), According::Anyone).unwrap().unwrap();
    assert_eq!(view.fulfilled, Comparison::Holds);
}

#[test]
fn a_baseline_duty_is_flagged_and_stays() {
    let mut house = remains();
    house.keeper(
        r#"{"obligation":{"introduced":{"id":"wounded","debtor":"north","creditor":"south","of":{"matter":"prisoners-of-war"},"unit":"prisoner","basis":{"baseline":"D17"},"standard":"result","credits-at":"passage"}}}"#,
    );
    house.says("south", r#"{"obligation":"wounded"}"#, r#"{"terms":{"required":{"at-least":5}}}"#);
    let before = evaluate(&reading(&house.ledger, "anyone"), "wounded", "south");
    house.says(
        "north",
        r#"{"obligation":"wounded"}"#,
        r#"{"suspended":{"ground":"the other side does not perform"}}"#,
    );
    let reading = reading(&house.ledger, "anyone");
    let after = evaluate(&reading, "wounded", "south");
    assert_eq!((after.outstanding, after.verdict), (before.outstanding, before.verdict));
    assert_eq!(after.outstanding, Some(Span::exactly(5)));
    let suspensions = reading.suspensions_of_obligation("wounded".parse().unwrap()).unwrap();
    assert_eq!(suspensions.len(), 1);
    assert_eq!(suspensions.first().unwrap().non_suspendable, [handover::obligation::Duty::new(17).unwrap()]);
    house.says(
        "north",
        r#"{"agreement":"deal"}"#,
        r#"{"suspended":{"ground":"shelling","duties":["D1","D20"]}}"#,
    );
    house.says("north", r#"{"obligation":"to-south"}"#, r#"{"suspended":{"ground":"shelling"}}"#);
    let reading = super::telling::reading(&house.ledger, "anyone");
    let of_the_deal = reading.agreement("deal".parse().unwrap()).unwrap().suspensions;
    let flagged: Vec<usize> = of_the_deal.iter().map(|view| view.non_suspendable.len()).collect();
    assert_eq!(flagged, [2, 0], "one of the agreement, one of an obligation under it");
    house.check();
}

#[test]
fn completion_is_joint_and_hides_no_discrepancy() {
    let mut house = remains();
    house.handover(1, SETS, REMAINS);
    for (by, n) in [("north", 1_248), ("south", 1_245)] {
        house.says(
            by,
            r#"{"leg":"leg-1-south"}"#,
            &format!(r#"{{"count":{{"quantity":{n},"unit":"{SETS}"}}}}"#),
        );
    }
    let state = |house: &House| reading(&house.ledger, "anyone").agreement("deal".parse().unwrap()).unwrap();
    assert_eq!(state(&house).state, AgreementState::Negotiating);
    house.says("north", r#"{"agreement":"deal"}"#, r#""occurred""#);
    let announced = AgreementFlag::OneSidedAnnouncement("north".parse().unwrap());
    assert_eq!((state(&house).state, state(&house).flags), (AgreementState::Negotiating, vec![announced]));
    house.says("south", r#"{"agreement":"deal"}"#, r#""occurred""#);
    assert_eq!(state(&house).state, AgreementState::Effective);
    house.says("north", r#"{"agreement":"deal"}"#, r#""completed""#);
    assert_eq!(state(&house).state, AgreementState::Effective, "one side alone completes nothing");
    house.says("south", r#"{"agreement":"deal"}"#, r#""completed""#);
    let view = state(&house);
    assert_eq!(view.state, AgreementState::Completed);
    assert_eq!(view.open_discrepancies, ["leg-1-south".parse().unwrap()]);
    house.check();
}

#[test]
fn a_neutral_certifies_completion_and_a_party_that_denies_the_deal_is_heard() {
    let mut house = remains();
    house.says("north", r#"{"agreement":"deal"}"#, r#""occurred""#);
    house.says("south", r#"{"agreement":"deal"}"#, r#""did-not-occur""#);
    let view = |house: &House| reading(&house.ledger, "anyone").agreement("deal".parse().unwrap()).unwrap();
    assert!(view(&house).flags.contains(&AgreementFlag::AnnouncementDenied("south".parse().unwrap())));
    house.says("observer", r#"{"agreement":"deal"}"#, r#""completed""#);
    assert_eq!(view(&house).state, AgreementState::Negotiating, "nobody mandated it");
    house.keeper(
        r#"{"agreement":{"mandated":{"agreement":"deal","organ":"observer","powers":["certify-completion"],"consented":["north","south"]}}}"#,
    );
    assert_eq!(view(&house).state, AgreementState::Completed);
    house.check();
}

#[test]
fn an_amendment_makes_a_version_and_the_latest_that_an_organ_speaks_of_counts() {
    let mut house = remains();
    house.handover(1, SETS, REMAINS);
    let owed = |house: &House, by: &str| evaluate(&reading(&house.ledger, by), "to-south", by).term.set.floor;
    for by in ["north", "south"] {
        house.says(by, r#"{"obligation":"to-south"}"#, r#"{"terms":{"required":{"exactly":100}}}"#);
    }
    house.keeper(
        r#"{"agreement":{"amended":{"agreement":"deal","version":2,"consented":["north","south"]}}}"#,
    );
    house.says(
        "north",
        r#"{"obligation":"to-south"}"#,
        r#"{"terms":{"required":{"exactly":120},"version":2}}"#,
    );
    assert_eq!(owed(&house, "north"), Some(Span::exactly(120)));
    assert_eq!(owed(&house, "south"), Some(Span::exactly(100)), "South still speaks of the first version");
    assert_eq!(owed(&house, "all"), Some(Span::new(100, 120).unwrap()));
    let terms = reading(&house.ledger, "all").terms("to-south".parse().unwrap()).unwrap();
    assert!(!terms.is_common());
    assert_eq!(reading(&house.ledger, "all").agreement("deal".parse().unwrap()).unwrap().version, 2);
    house.check();
}

#[test]
fn credit_has_a_speaker_and_is_at_most_what_passed() {
    let mut house = House::new(SETS, "remains", "credit");
    house.handover(1, SETS, REMAINS);
    house.both_count("leg-1-south", 10, SETS);
    let credited =
        |house: &House, by: &str| evaluate(&reading(&house.ledger, by), "to-south", by).credited.span();
    assert_eq!(credited(&house, "south"), Span::up_to(10), "all are pending");
    let denied =
        r#"{"credit-denied":{"count":{"quantity":1,"unit":"set-of-remains"},"reason":"wrong-class"}}"#;
    house.says("south", r#"{"leg":"leg-1-south"}"#, denied);
    assert_eq!(credited(&house, "south"), Span::up_to(9));
    assert_eq!(credited(&house, "north"), Span::up_to(10), "a denial is its speaker's word");
    house.says("south", r#"{"leg":"leg-1-south"}"#, r#"{"credited":{"quantity":7,"unit":"set-of-remains"}}"#);
    assert_eq!(credited(&house, "south"), Span::exactly(7));
    house.says(
        "north",
        r#"{"leg":"leg-1-south"}"#,
        r#"{"credited":{"quantity":11,"unit":"set-of-remains"}}"#,
    );
    let view = evaluate(&reading(&house.ledger, "north"), "to-south", "north");
    assert_eq!(view.credited.span(), Span::up_to(10), "more is said to be credited than passed");
    assert_eq!(view.credited.label(), Label::Contradictory);
    house.says("south", r#"{"obligation":"to-south"}"#, r#"{"terms":{"required":{"exactly":10}}}"#);
    let view = evaluate(&reading(&house.ledger, "south"), "to-south", "south");
    assert_eq!((view.outstanding, view.verdict), (Some(Span::exactly(3)), Verdict::NotMet));
    house.check();
}

#[test]
fn a_deadline_is_overdue_only_after_it_and_only_if_not_met() {
    let mut house = remains();
    house.handover(5, SETS, REMAINS);
    house.both_count("leg-5-south", 10, SETS);
    house.says("south", r#"{"obligation":"to-south"}"#, r#"{"terms":{"required":{"exactly":12}}}"#);
    house.says("south", r#"{"obligation":"to-south"}"#, r#"{"deadline":"2025-01-10"}"#);
    let overdue = |day: &str, terms| {
        let as_of = day.parse::<handover::when::When>().unwrap().last_moment().unwrap();
        let south = According::To("south".parse().unwrap());
        let reading = house.ledger.reading(south, as_of).unwrap();
        evaluate(&reading, "to-south", terms).overdue
    };
    assert_eq!(overdue("2025-01-09", "south"), Comparison::Fails);
    assert_eq!(overdue("2025-01-10", "south"), Comparison::Holds);
    assert_eq!(overdue("2025-01-10", "north"), Comparison::Fails, "North states no deadline");
    assert_eq!(overdue("2025-01-10T12:00", "south"), Comparison::Undetermined, "during the day itself");
}

#[test]
fn the_pace_against_a_daily_target() {
    let mut house = remains();
    for day in [6, 7] {
        house.handover(day, SETS, REMAINS);
        house.both_count(&format!("leg-{day}-south"), 10 * (day - 5), SETS);
    }
    house.says(
        "south",
        r#"{"obligation":"to-south"}"#,
        r#"{"quota":{"per-day":20,"during":"2025-01-06/2025-01-08","rest-days":["wednesday"]}}"#,
    );
    let reading = reading(&house.ledger, "south");
    let pace = reading.pace("to-south".parse().unwrap()).unwrap();
    let [target] = pace.as_slice() else { panic!("{pace:?}") };
    let days: Vec<_> = target.days.iter().map(|day| (day.passed, day.reached)).collect();
    assert_eq!(
        days,
        [
            (Span::exactly(10), Comparison::Fails),
            (Span::exactly(20), Comparison::Holds),
            (Span::ZERO, Comparison::Holds),
        ]
    );
    let north = super::telling::reading(&house.ledger, "north");
    assert!(north.pace("to-south".parse().unwrap()).unwrap().is_empty(), "North states no target");
    assert_eq!(
        super::telling::reading(&house.ledger, "all").pace("to-south".parse().unwrap()).unwrap().len(),
        1
    );
}

#[test]
fn a_batch_that_passed_wrongly_is_reversed_and_passes_again() {
    let mut house = remains();
    house.handover(1, SETS, REMAINS);
    house.handover(2, SETS, REMAINS);
    house.keeper(
        r#"{"batch":{"introduced":{"id":"b","from":"north","to":"south","of":{"matter":"remains"},"unit":"set-of-remains","towards":"to-south"}}}"#,
    );
    house.says("south", r#"{"batch":"b"}"#, r#"{"count":{"quantity":10,"unit":"set-of-remains"}}"#);
    let wrong = house.tell("keeper", r#"{"batch":{"passed":{"batch":"b","leg":"leg-1-south"}}}"#);
    let passed = |house: &House, key: &str| leg(&reading(&house.ledger, "south"), key).passed.set;
    assert_eq!(passed(&house, "leg-1-south"), Span::at_least(10), "other batches may have passed too");
    house.keeper(r#"{"handover":{"no-other-batch":{"leg":"leg-1-south"}}}"#);
    assert_eq!(passed(&house, "leg-1-south"), Span::exactly(10));
    house.tell(
        "keeper",
        &format!(r#"{{"batch":{{"reversed":{{"entry":"{wrong}","reason":"another day"}}}}}}"#),
    );
    assert_eq!(passed(&house, "leg-1-south"), Span::EVERYTHING);
    house.keeper(r#"{"batch":{"passed":{"batch":"b","leg":"leg-2-south"}}}"#);
    assert_eq!(passed(&house, "leg-2-south"), Span::at_least(10));
    house.check();
}

#[test]
fn a_tender_is_at_an_agreed_slot_and_an_appearance_elsewhere_is_none() {
    let mut house = remains();
    house.handover(3, SETS, REMAINS);
    house.keeper(
        r#"{"batch":{"introduced":{"id":"b","from":"north","to":"south","of":{"matter":"remains"},"unit":"set-of-remains","towards":"to-south"}}}"#,
    );
    house.says("north", r#"{"batch":"b"}"#, r#"{"count":{"quantity":10,"unit":"set-of-remains"}}"#);
    house.says("north", r#"{"bringing":{"batch":"b","to":"h-3"}}"#, r#""occurred""#);
    let tendered =
        |house: &House, by: &str| evaluate(&reading(&house.ledger, by), "to-south", by).tendered.total;
    assert_eq!(tendered(&house, "north").unwrap().hi(), None, "the legs of the day are silent");
    for by in ["north", "south"] {
        house.says(by, r#"{"leg":"leg-3-south"}"#, r#""did-not-occur""#);
    }
    assert_eq!(
        tendered(&house, "north"),
        Some(Span::up_to(10)),
        "North does not say that the day was agreed"
    );
    house.says("north", r#"{"slot":"h-3"}"#, r#""occurred""#);
    house.says("north", r#"{"appearance":{"at":"h-3","of":"south"}}"#, r#""did-not-occur""#);
    assert_eq!(tendered(&house, "north"), Some(Span::exactly(10)));
    house.says("south", r#"{"slot":"h-3"}"#, r#""did-not-occur""#);
    assert_eq!(tendered(&house, "south"), Some(Span::ZERO), "an appearance at no agreed time is no tender");
    house.says("south", r#"{"bringing":{"batch":"b","to":"h-3"}}"#, r#""occurred""#);
    let outcomes =
        |house: &House, by: &str| reading(&house.ledger, by).slot("h-3".parse().unwrap()).unwrap().outcomes;
    let [north, south] = ["north", "south"].map(|key| key.parse().unwrap());
    assert_eq!(outcomes(&house, "north"), [Outcome::Missed(vec![south])]);
    assert_eq!(outcomes(&house, "south"), [Outcome::NeverAgreed, Outcome::UnilateralAppearance(vec![north])]);
    house.check();
}

#[test]
fn a_slot_to_come_is_planned_and_one_that_was_put_off_says_by_whom() {
    let mut house = remains();
    house.handover(20, SETS, REMAINS);
    let as_of = "2025-01-10".parse::<handover::when::When>().unwrap().last_moment().unwrap();
    let slot = |house: &House| {
        let reading = house.ledger.reading(According::Anyone, as_of).unwrap();
        reading.slot("h-20".parse().unwrap()).unwrap().outcomes
    };
    assert_eq!(slot(&house), [Outcome::Planned]);
    house.says(
        "south",
        r#"{"slot":"h-20"}"#,
        r#"{"postponed":{"kind":{"requested-by":"north"},"to":"2025-02-01"}}"#,
    );
    let kind = handover::claim::PostponementKind::RequestedBy("north".parse().unwrap());
    assert_eq!(slot(&house), [Outcome::Postponed(kind)]);
    let neutral = reading(&house.ledger, "neutral").slot("h-20".parse().unwrap()).unwrap();
    assert!(neutral.postponements.is_empty());
    house.says("observer", r#"{"handover":"h-20"}"#, r#""did-not-occur""#);
    let neutral = reading(&house.ledger, "neutral").slot("h-20".parse().unwrap()).unwrap();
    assert_eq!(neutral.outcomes, [Outcome::NotHeld]);
}

#[test]
fn a_neutral_observer_confirms_no_count_for_the_parties() {
    let mut house = remains();
    house.handover(1, SETS, REMAINS);
    house.says("observer", r#"{"leg":"leg-1-south"}"#, r#""occurred""#);
    let view = leg(&reading(&house.ledger, "neutral"), "leg-1-south");
    assert_eq!(view.passed.set, Span::EVERYTHING);
    assert_eq!(view.occurrence.view, JointView::Unasserted, "a neutral never makes a confirmation by all");
    let (told, ()) = reading(&house.ledger, "neutral")
        .told_occurrence(handover::claim::Subject::Leg("leg-1-south".parse().unwrap()))
        .unwrap();
    assert_eq!(told.set.only(), Some(&true));
}
