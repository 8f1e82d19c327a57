//! Journals of prisoners' lists that were tampered with: what admission refuses, replayed, breaks the invariant that it offends,
//! and what it admits breaks none.

use super::house::House;
use super::prisoners::{
    GOES, camp, freeze, hand_over, handed, nominate, nomination, on_list, step, stepped, tell,
};

fn listed() -> House {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    freeze(&mut house, "list", 1, &["a"]);
    house
}

fn prisoner(what: &str) -> String {
    format!(r#"{{"prisoner":{what}}}"#)
}

fn retract(house: &mut House, by: &str, entry: &str) {
    tell(house, by, &format!(r#"{{"retracted":{{"entry":"{entry}","reason":"another"}}}}"#));
}

/// The entry is refused, and a ledger into which it came all the same breaks the invariant.
fn breaks(house: &House, by: &str, what: &str, invariant: u8) {
    house.check();
    let broken = house.broken_by(by, &prisoner(what));
    assert!(broken.contains(&invariant), "{what} breaks {broken:?} and not {invariant}");
}

#[test]
fn someone_wounded_goes_without_a_will_that_is_verified_and_stands() {
    let go = stepped("a", "2025-01-20", &handed("exchanged"));
    let wounded =
        r#"{"evaluated":{"category":"wounded","at":"2025-01-10","found":"yes","medical":"commission"}}"#;
    let unverified = r#"{"will":{"wish":"goes","voluntary":"unverified"}}"#;
    let declines = r#"{"will":{"wish":"declines","voluntary":{"verified-by":"observer"}}}"#;
    for (on, will) in [("2025-01-11", unverified), ("2025-01-11", declines), ("2025-01-25", GOES)] {
        let mut house = listed();
        step(&mut house, "north", "a", "2025-01-10", wounded);
        breaks(&house, "north", &go, 43);
        step(&mut house, "observer", "a", on, will);
        breaks(&house, "north", &go, 43);
        let goes = step(&mut house, "observer", "a", "2025-01-12", GOES);
        retract(&mut house, "observer", &goes);
        breaks(&house, "north", &go, 43);
        // What else is taken back takes nothing from the will.
        step(&mut house, "observer", "a", "2025-01-12", GOES);
        let unfit = step(&mut house, "observer", "a", "2025-01-12", r#"{"fitness":"unfit"}"#);
        retract(&mut house, "observer", &unfit);
        hand_over(&mut house, "a", "exchanged");
        house.check();
    }
}

#[test]
fn a_category_at_the_day_of_no_agreement_and_an_evaluation_for_another_day() {
    let mut house = listed();
    let young = |under: &str| {
        format!(r#"{{"category":{{"id":"young","kind":{{"under":25}},"reference":"agreement"{under}}}}}"#)
    };
    breaks(&house, "keeper", &young(""), 44);
    tell(&mut house, "keeper", &young(r#","under":"deal""#));
    let evaluated = |at: &str| {
        let what = format!(r#"{{"evaluated":{{"category":"young","at":"{at}","found":"yes"}}}}"#);
        stepped("a", "2025-01-12", &what)
    };
    breaks(&house, "north", &evaluated("2025-01-10"), 44);
    tell(&mut house, "north", &evaluated("2025-01-01"));
    house.check();
}

#[test]
fn one_who_was_handed_over_is_nominated_by_the_same_holder_without_a_new_capture() {
    let mut house = listed();
    hand_over(&mut house, "a", "exchanged");
    breaks(&house, "north", &nomination("a-2", "list", "a", ""), 47);
    // That hinders nobody else.
    nominate(&mut house, "list", &["b"]);
    house.check();
    // Another holder can have taken the person since.
    house.keeper(r#"{"party":{"introduced":{"id":"east","name":"east"}}}"#);
    house.voice("east", r#"{"party":"east"}"#);
    let drafted = r#"{"list":{"drafted":{"id":"east","holder":"east","home":"south","on":"2025-01-02"}}}"#;
    tell(&mut house, "east", drafted);
    tell(&mut house, "east", &nomination("a-east", "east", "a", ""));
    house.check();
}

#[test]
fn a_version_is_frozen_a_second_time() {
    let house = listed();
    breaks(&house, "south", &on_list("frozen", "list", 1, "2025-01-12"), 48);
}

#[test]
fn a_name_is_to_be_communicated_while_the_hold_lasts() {
    let mut house = listed();
    for what in
        [r#"{"judicial-hold":"prosecution"}"#, r#""hold-lifted""#, r#"{"judicial-hold":"conviction"}"#]
    {
        step(&mut house, "north", "a", "2025-01-12", what);
        house.check();
    }
    let disciplinary = stepped("a", "2025-01-12", r#"{"judicial-hold":"disciplinary"}"#);
    breaks(&house, "north", &disciplinary, 46);
}
