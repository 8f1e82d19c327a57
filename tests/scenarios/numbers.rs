//! Numbers that differ, are bounded or are kept back: the edge cases of counts, on the same small conflict as reciprocity.

use handover::claim::Subject;
use handover::quantity::{Span, Unit};
use handover::reading::{According, AuditOutcome, Evenness, JointView, Label};
use handover::reciprocity::ParityScope;
use handover::when::When;

use super::house::House;
use super::reciprocity::{REMAINS, SETS, between, counts, prisoners, remains};
use super::telling::{evaluate, leg, reading};

#[test]
fn edge_13_of_two_numbers_nothing_is_lost() {
    let mut house = remains("passage");
    house.handover(16, SETS, REMAINS);
    counts(&mut house, "south", r#"{"leg":"leg-16-south"}"#, "1245", SETS);
    counts(&mut house, "north", r#"{"leg":"leg-16-south"}"#, "1248", SETS);
    house.says("observer", r#"{"leg":"leg-16-south"}"#, r#""occurred""#);
    let view = leg(&reading(&house.ledger, "all"), "leg-16-south");
    assert_eq!(view.count.view, JointView::Conflicting(Some(3)));
    assert!(matches!(view.occurrence.view, JointView::ConfirmedByAll(_)));
    assert_eq!(view.passed.set, between(1_245, 1_248), "neither an average nor the latest");
    house.check();
}

#[test]
fn edge_14_a_side_disagrees_with_itself() {
    let mut house = remains("passage");
    house.handover(19, SETS, REMAINS);
    house.voice("deputy", r#"{"party":"north"}"#);
    counts(&mut house, "deputy", r#"{"leg":"leg-19-north"}"#, "25", SETS);
    counts(&mut house, "north", r#"{"leg":"leg-19-north"}"#, "26", SETS);
    let word = |house: &House| leg(&reading(&house.ledger, "north"), "leg-19-north").count.words;
    assert!(word(&house).iter().any(|word| word.internal_conflict));
    assert_eq!(leg(&reading(&house.ledger, "north"), "leg-19-north").passed.set, between(25, 26));
    house.keeper(r#"{"party":{"precedence":{"party":"north","scope":"count","organs":["north","deputy"]}}}"#);
    assert_eq!(leg(&reading(&house.ledger, "north"), "leg-19-north").passed.set, Span::exactly(26));
    assert!(word(&house).iter().any(|word| word.not_followed.len() == 1), "the other is kept");
    house.check();
}

#[test]
fn edge_15_a_bad_sum_in_the_press_is_compared_and_never_taken_in() {
    let mut house = remains("passage");
    for (day, n) in [(11, 1_212), (13, 1_200), (14, 1_200), (15, 1_200)] {
        house.handover(day, SETS, REMAINS);
        house.both_count(&format!("leg-{day}-south"), n, SETS);
    }
    house.keeper(
        r#"{"total":{"introduced":{"id":"press-sum","of":{"under":"deal","matter":"remains","from":"north","to":"south"},"unit":"set-of-remains"}}}"#,
    );
    counts(&mut house, "press", r#"{"total":"press-sum"}"#, "4012", SETS);
    let all = reading(&house.ledger, "all");
    let view = all.total("press-sum".parse().unwrap()).unwrap();
    assert_eq!(view.recomputed.total, Some(Span::exactly(4_812)));
    assert_eq!(view.audits.first().unwrap().outcome, AuditOutcome::FallsShort(800));
    assert_eq!(evaluate(&all, "to-south", "all").passed.total, Some(Span::exactly(4_812)));
    house.check();
}

#[test]
fn edge_16_about_the_same_number_is_neither_even_nor_uneven() {
    let mut house = prisoners();
    house.handover(9, "prisoner", r#"{"matter":"prisoners-of-war"}"#);
    for leg in [r#"{"leg":"leg-9-south"}"#, r#"{"leg":"leg-9-north"}"#] {
        for by in ["north", "south"] {
            counts(&mut house, by, leg, r#""undisclosed""#, "prisoner");
        }
    }
    let all = reading(&house.ledger, "all");
    let [here, there] = ["to-south", "to-north"].map(|key| key.parse().unwrap());
    assert_eq!(all.parity(here, there, ParityScope::Total, 50).unwrap().evenness, Evenness::Undetermined);
    let pair = all.balances(here, there, According::Anyone).unwrap();
    assert_eq!(pair.here.evaluation.passed.label(), Label::Undisclosed);
    let difference = pair.difference().unwrap();
    assert_eq!(
        (difference.here, difference.there),
        (Span::EVERYTHING, Span::EVERYTHING),
        "and not 0 beside 0"
    );
    house.check();
}

#[test]
fn edge_17_a_joint_aggregate_has_no_split() {
    let mut house = remains("passage");
    house.handover(1, SETS, REMAINS);
    house.keeper(
        r#"{"total":{"introduced":{"id":"together","of":{"under":"deal","matter":"remains"},"unit":"set-of-remains"}}}"#,
    );
    counts(&mut house, "observer", r#"{"total":"together"}"#, "385", SETS);
    let neutral = reading(&house.ledger, "neutral");
    assert_eq!(neutral.total("together".parse().unwrap()).unwrap().recomputed.parts.len(), 2);
    for obligation in ["to-south", "to-north"] {
        assert_eq!(evaluate(&neutral, obligation, "all").passed.span(), Span::EVERYTHING);
    }
    house.check();
}

#[test]
fn edge_51_counts_that_differ_by_definition_stand_beside_each_other() {
    let mut house = prisoners();
    house.handover(31, "prisoner", r#"{"matter":"prisoners-of-war"}"#);
    counts(&mut house, "north", r#"{"leg":"leg-31-south"}"#, "195", "prisoner");
    house.says(
        "south",
        r#"{"leg":"leg-31-south"}"#,
        r#"{"count":{"quantity":207,"unit":"prisoner","qualifier":{"words":"with civilians"}}}"#,
    );
    let view = leg(&reading(&house.ledger, "all"), "leg-31-south");
    assert_eq!(view.count.view, JointView::Conflicting(Some(12)));
    assert_eq!(view.passed.set, between(195, 207));
    house.check();
}

#[test]
fn five_undisclosed_exchanges_and_what_is_later_said_of_them_together() {
    let mut house = prisoners();
    for day in [9, 10, 12, 14, 20] {
        house.handover(day, "prisoner", r#"{"matter":"prisoners-of-war"}"#);
        for by in ["north", "south"] {
            counts(
                &mut house,
                by,
                &format!(r#"{{"leg":"leg-{day}-south"}}"#),
                r#""undisclosed""#,
                "prisoner",
            );
        }
    }
    let whole =
        |house: &House, by: &str| reading(&house.ledger, by).whole("to-south".parse().unwrap()).unwrap();
    let before = whole(&house, "all");
    assert_eq!((before.passed.set, before.passed.label), (Span::EVERYTHING, Label::Undisclosed));
    assert_eq!((before.summed.parts.len(), before.joint.view), (5, JointView::Unasserted));

    counts(&mut house, "north", r#"{"obligation":"to-south"}"#, r#"">1000""#, "prisoner");
    assert_eq!(whole(&house, "north").passed.set, Span::at_least(1_001));
    assert_eq!(whole(&house, "south").passed.set, Span::EVERYTHING);
    assert_eq!(whole(&house, "all").passed.label, Label::Undisclosed, "one-sided");
    counts(&mut house, "south", r#"{"obligation":"to-south"}"#, r#""~1200+-50""#, "prisoner");
    assert_eq!(whole(&house, "south").passed.set, between(1_150, 1_250));
    assert_eq!(whole(&house, "all").passed.set, Span::at_least(1_001));
    assert_eq!(whole(&house, "anyone").passed.set, Span::at_least(1_001));
    let joint = whole(&house, "all").joint.view;
    assert_eq!(joint, JointView::PartlyCompatible(between(1_150, 1_250)));

    // What is published as a total is compared, and narrows nothing (invariant 17).
    house.keeper(
        r#"{"total":{"introduced":{"id":"printed","of":{"under":"deal","matter":"prisoners-of-war","from":"north","to":"south"},"unit":"prisoner"}}}"#,
    );
    counts(&mut house, "south", r#"{"total":"printed"}"#, "1200", "prisoner");
    assert_eq!(whole(&house, "south").passed.set, between(1_150, 1_250));
    // By what had been said before, nothing was disclosed.
    let before = "2024-12-31".parse::<When>().unwrap().last_moment().unwrap();
    let earlier = reading(&house.ledger, "north").said_by(before).whole("to-south".parse().unwrap()).unwrap();
    assert_eq!(earlier.passed.set, Span::EVERYTHING);
    let about = Subject::Obligation("to-south".parse().unwrap());
    let said = reading(&house.ledger, "north").told_count(about, Unit::Prisoner).unwrap().0;
    assert_eq!(said.set, Span::at_least(1_001));
    house.check();
}
