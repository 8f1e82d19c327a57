//! What can be claimed at all of a term, and what else is said by who says that a leg happened.

use handover::claim::{ClaimRefusal, Subject};
use handover::reading::{JointView, OneOf};
use handover::refusal::Refusal;

use super::house::House;
use super::telling::{occurrence, reading};

fn house() -> House {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.handover(20, "set-of-remains", r#"{"matter":"remains"}"#);
    house
}

#[test]
fn a_term_can_be_performed_or_it_is_none() {
    let terms = |required: &str| format!(r#"{{"terms":{{"required":{required}}}}}"#);
    let ratio = |per: u32| {
        format!(r#"{{"of":"to-north","owed":15,"per":{per},"accrues-at":"credit","rounding":"down"}}"#)
    };
    for (says, stands) in [
        (terms(r#"{"between":{"from":2,"to":3}}"#), true),
        (terms(r#"{"between":{"from":2,"to":2}}"#), true),
        (terms(r#"{"between":{"from":3,"to":2}}"#), false),
        (terms(r#"{"about":{"number":1}}"#), true),
        (terms(r#"{"about":{"number":0}}"#), false),
        (terms(r#"{"about":{"number":0,"within":3}}"#), true),
        (terms(&format!(r#"{{"ratio":{}}}"#, ratio(1))), true),
        (terms(&format!(r#"{{"ratio":{}}}"#, ratio(0))), false),
        (terms(r#"{"ratios":[]}"#), false),
        (terms(&format!(r#"{{"ratios":[{},{}]}}"#, ratio(2), ratio(1))), true),
        (terms(&format!(r#"{{"ratios":[{},{}]}}"#, ratio(1), ratio(0))), false),
        (format!(r#"{{"reciprocity":{{"ratio":{}}}}}"#, ratio(1)), true),
        (format!(r#"{{"reciprocity":{{"ratio":{}}}}}"#, ratio(0)), false),
        (r#"{"advanced":{"done":0,"of":1,"on":"2025-01-12"}}"#.to_owned(), true),
        (r#"{"advanced":{"done":0,"of":0,"on":"2025-01-12"}}"#.to_owned(), false),
    ] {
        let mut house = house();
        let what = format!(r#"{{"claim":{{"made":{{"about":{{"obligation":"to-south"}},"says":{says}}}}}}}"#);
        if stands {
            house.tell("south", &what);
        } else {
            let refusal = house.refused("south", &what, None);
            assert!(matches!(refusal, Refusal::Claim(ClaimRefusal::ImpossibleTerm)), "{refusal}: {says}");
        }
        house.check();
    }
}

#[test]
fn who_says_that_a_leg_happened_says_that_its_handover_was_held() {
    let count = |quantity: &str| format!(r#"{{"count":{{"quantity":{quantity},"unit":"set-of-remains"}}}}"#);
    for (says, of_the_leg, held) in [
        (r#""occurred""#.to_owned(), Some(true), true),
        (count("10"), Some(true), true),
        (count(r#"">=1""#), Some(true), true),
        (count(r#"">=0""#), None, false),
        (count(r#""<=5""#), None, false),
        (count(r#""undisclosed""#), None, false),
        (count("0"), Some(false), false),
        (count(r#""none""#), Some(false), false),
        (r#""did-not-occur""#.to_owned(), Some(false), false),
    ] {
        let mut house = house();
        house.says("north", r#"{"leg":"leg-20-south"}"#, &says);
        let reading = reading(&house.ledger, "anyone");
        let of = |about| {
            let told = occurrence(&reading, about);
            let north = told.words.iter().find(|word| word.party.to_string() == "north").unwrap();
            (told.view, north.told.set.only().copied())
        };
        let said = |happened: Option<bool>| match happened {
            Some(_) => (JointView::OneSided("north".parse().unwrap()), happened),
            None => (JointView::<OneOf<bool>>::Unasserted, None),
        };
        assert_eq!(of(Subject::Leg("leg-20-south".parse().unwrap())), said(of_the_leg), "{says}");
        let expected = said(held.then_some(true));
        assert_eq!(of(Subject::Handover("h-20".parse().unwrap())), expected, "{says}");
        assert_eq!(of(Subject::Leg("leg-20-north".parse().unwrap())), said(None), "{says}");
        house.check();
    }
}
