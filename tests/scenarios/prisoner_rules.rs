//! What cannot be of prisoners' lists: each rule provoked once, and nothing changed by it.

use handover::prisoner::PrisonerRefusal as Refused;
use handover::reading::EntryStatus;
use handover::refusal::{EntryRefusal, Refusal};

use super::house::House;
use super::prisoners::{
    GOES, camp, clear, draft, freeze, hand_over, handed, nominate, nomination, on_list, refused, step,
    stepped, submit, tell, the,
};

fn listed() -> House {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    freeze(&mut house, "list", 1, &["a", "b"]);
    house
}

fn version(list: &str, number: u16, ids: &str, on: &str) -> String {
    format!(
        r#"{{"list":{{"submitted":{{"list":"{list}","version":{number},"entries":[{ids}],"on":"{on}"}}}}}}"#
    )
}

#[test]
fn a_list_has_two_sides_and_its_own_leg() {
    let mut house = camp();
    let drafted = |home: &str, leg: &str| {
        format!(
            r#"{{"list":{{"drafted":{{"id":"x","holder":"north","home":"{home}","on":"2025-01-02","leg":"{leg}"}}}}}}"#
        )
    };
    let one = refused(&mut house, "north", &drafted("north", "leg-20-south"));
    assert_eq!(one, Refused::OneParty(the("north")));
    let other = refused(&mut house, "north", &drafted("south", "leg-20-north"));
    assert!(matches!(other, Refused::AnotherLeg { .. }));
    let nobody = refused(&mut house, "observer", &drafted("south", "leg-20-south"));
    assert!(matches!(nobody, Refused::NotItsPart { .. }));
}

#[test]
fn versions_come_one_after_another() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    draft(&mut house, "other", "");
    nominate(&mut house, "other", &["o"]);
    let gap = refused(&mut house, "north", &version("list", 2, "", "2025-01-05"));
    assert_eq!(gap, Refused::NotTheNextVersion { expected: 1, found: 2 });
    let twice = refused(&mut house, "north", &version("list", 1, r#""a","a""#, "2025-01-05"));
    assert_eq!(twice, Refused::ListedTwice(the("a")));
    let foreign = refused(&mut house, "north", &version("list", 1, r#""o""#, "2025-01-05"));
    assert!(matches!(foreign, Refused::NotOfThisList { .. }));
    let early = refused(&mut house, "north", &version("list", 1, r#""a""#, "2025-01-01"));
    assert!(matches!(early, Refused::TooEarly { .. }));
    submit(&mut house, "north", "list", 1, &["a"]);
    let none = refused(&mut house, "south", &on_list("accepted", "list", 2, "2025-01-06"));
    assert!(matches!(none, Refused::NoSuchVersion { version: 2, .. }));
    let own = refused(&mut house, "north", &on_list("accepted", "list", 1, "2025-01-06"));
    assert!(matches!(own, Refused::AcceptedAlready { .. }));
    let loose = refused(&mut house, "north", &on_list("executed", "list", 1, "2025-01-06"));
    assert!(matches!(loose, Refused::NotFrozen { .. }));
    let offer = r#"{"substitute-offered":{"id":"s","list":"other","person":"o","on":"2025-01-20"}}"#;
    assert_eq!(refused(&mut house, "north", offer), Refused::NothingFrozen(the("other")));
}

#[test]
fn what_was_carried_out_changes_no_more() {
    let mut house = listed();
    let reconciled = on_list("reconciled", "list", 1, "2025-01-25");
    assert_eq!(refused(&mut house, "south", &reconciled), Refused::NotExecuted(the("list")));
    tell(&mut house, "south", &on_list("executed", "list", 1, "2025-01-20"));
    let later = refused(&mut house, "north", &version("list", 2, "", "2025-01-21"));
    assert!(matches!(later, Refused::Executed { .. }));
    tell(&mut house, "south", &reconciled);
    assert!(matches!(refused(&mut house, "north", &reconciled), Refused::Executed { .. }));
}

#[test]
fn a_step_has_its_teller_and_what_it_presupposes() {
    let mut house = listed();
    for (by, what) in
        [("south", r#"{"holding":"held"}"#), ("north", r#"{"verified":"a"}"#), ("press", r#""escaped""#)]
    {
        assert!(matches!(
            refused(&mut house, by, &stepped("a", "2025-01-12", what)),
            Refused::NotItsPart { .. }
        ));
    }
    for (by, what) in [
        ("north", r#""hold-lifted""#),
        ("south", r#""reconciled""#),
        ("north", r#"{"death-duty":{"duty":"D12","to":"observer"}}"#),
        ("observer", r#"{"neutral-custody":"observer"}"#),
    ] {
        assert!(matches!(
            refused(&mut house, by, &stepped("a", "2025-01-12", what)),
            Refused::Missing { .. }
        ));
    }
    let verified = r#"{"will":{"wish":"goes","voluntary":{"verified-by":"north"}}}"#;
    let refusal = refused(&mut house, "north", &stepped("a", "2025-01-12", verified));
    assert_eq!(refusal, Refused::NotNeutral(the("north")));
    let duty = r#"{"death-duty":{"duty":"D1","to":"observer"}}"#;
    let refusal = refused(&mut house, "north", &stepped("a", "2025-01-12", duty));
    assert!(matches!(refusal, Refused::NoDutyOfDeath(_)));
    let refusal = refused(&mut house, "south", &stepped("a", "2025-01-12", r#""accepted-unlisted""#));
    assert_eq!(refusal, Refused::NoSubstitute(the("a")));
    let wounded = r#"{"evaluated":{"category":"wounded","at":"2025-01-10","found":"yes"}}"#;
    let refusal = refused(&mut house, "north", &stepped("a", "2025-01-12", wounded));
    assert_eq!(refusal, Refused::NoMedicalGround(the("a")));
    let refusal = refused(&mut house, "north", &stepped("a", "2025-01-20", &handed("repatriated")));
    assert_eq!(refusal, Refused::NoWill(the("a")));
    let refusal = refused(&mut house, "north", &stepped("a", "2025-01-01", &handed("exchanged")));
    assert!(matches!(refusal, Refused::TooEarly { .. }));
    draft(&mut house, "open", "");
    nominate(&mut house, "open", &["c"]);
    let refusal = refused(&mut house, "north", &stepped("c", "2025-01-20", &handed("exchanged")));
    assert!(matches!(refusal, Refused::NotAgreed { .. }));
    house.check();
}

#[test]
fn what_was_told_is_retracted_once_by_who_told_it_and_opens_nothing_twice() {
    let mut house = listed();
    let escaped = step(&mut house, "north", "a", "2025-01-12", r#""escaped""#);
    let retracted = format!(r#"{{"retracted":{{"entry":"{escaped}","reason":"another"}}}}"#);
    assert!(matches!(refused(&mut house, "south", &retracted), Refused::NotItsWord { .. }));
    let nothing = r#"{"retracted":{"entry":"e-1","reason":"another"}}"#;
    assert_eq!(refused(&mut house, "south", nothing), Refused::NoStep(the("e-1")));
    draft(&mut house, "next", "");
    tell(&mut house, "north", &nomination("a-2", "next", "a", ""));
    assert!(matches!(refused(&mut house, "north", &retracted), Refused::OpenElsewhere { .. }));
    step(&mut house, "north", "a-2", "2025-01-13", r#"{"withdrawn":"named twice"}"#);
    tell(&mut house, "north", &retracted);
    assert!(matches!(refused(&mut house, "north", &retracted), Refused::RetractedAlready { .. }));
    let one = r#"{"same-person":{"one":"a","other":"a","on":"2025-01-04"}}"#;
    assert_eq!(refused(&mut house, "south", one), Refused::OnePerson(the("a")));
    clear(&mut house, "a", "wounded");
    hand_over(&mut house, "a", "exchanged");
    house.check();
}

#[test]
fn a_step_names_only_what_is_recorded() {
    let mut house = listed();
    for what in [
        r#"{"evaluated":{"category":"nowhere","at":"2025-01-10","found":"yes"}}"#,
        r#"{"name-communicated":"nowhere"}"#,
        r#"{"accommodated":"nowhere"}"#,
        r#"{"neutral-custody":"nowhere"}"#,
        r#"{"will":{"wish":"goes","voluntary":{"verified-by":"nowhere"}}}"#,
        r#"{"death-duty":{"duty":"D12","to":"nowhere"}}"#,
        r#"{"verified":"nowhere"}"#,
        r#"{"handed-over":{"leg":"nowhere","manner":"exchanged"}}"#,
    ] {
        let told = format!(r#"{{"prisoner":{}}}"#, stepped("a", "2025-01-20", what));
        let refusal = house.refused("north", &told, Some(22));
        assert!(matches!(refusal, Refusal::Entry(EntryRefusal::NoSuch { .. })), "{refusal}: {what}");
    }
    house.check();
}

#[test]
fn an_entry_is_taken_back_by_either_side_until_the_list_is_frozen_and_then_by_the_holder() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    let taken_back = |id: &str| stepped(id, "2025-01-12", r#"{"withdrawn":"named by mistake"}"#);
    let sides = "the holder or the home party";
    assert_eq!(
        refused(&mut house, "observer", &taken_back("b")),
        Refused::NotItsPart { organ: the("observer"), expected: sides }
    );
    tell(&mut house, "south", &taken_back("b"));
    freeze(&mut house, "list", 1, &["a"]);
    assert_eq!(
        refused(&mut house, "south", &taken_back("a")),
        Refused::NotItsPart { organ: the("south"), expected: "the holder" }
    );
    tell(&mut house, "north", &taken_back("a"));
    house.check();
}

#[test]
fn only_a_neutral_accommodates_anyone_and_keeps_only_one_who_declines() {
    let mut house = listed();
    let with = |how: &str, whom: &str| stepped("a", "2025-01-12", &format!(r#"{{"{how}":"{whom}"}}"#));
    for how in ["accommodated", "neutral-custody"] {
        assert_eq!(refused(&mut house, "north", &with(how, "north")), Refused::NotNeutral(the("north")));
    }
    step(&mut house, "observer", "a", "2025-01-11", GOES);
    let refusal = refused(&mut house, "observer", &with("neutral-custody", "observer"));
    assert!(matches!(refusal, Refused::Missing { .. }));
    step(&mut house, "observer", "a", "2025-01-11", &GOES.replace("goes", "declines"));
    tell(&mut house, "observer", &with("neutral-custody", "observer"));
    tell(&mut house, "north", &with("accommodated", "observer"));
    let view = house.now().nomination(the("a")).unwrap();
    assert_eq!(view.status, Some(EntryStatus::Accommodated));
    house.check();
}

#[test]
fn the_holder_opens_an_entry_again_only_while_no_other_of_the_person_is_open() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    step(&mut house, "north", "a", "2025-01-05", r#"{"holding":"not-held"}"#);
    // Whom the holder does not hold can be on another list of it.
    draft(&mut house, "other", "");
    tell(&mut house, "north", &nomination("a-2", "other", "a", ""));
    let held = |on: &str| stepped("a", on, r#"{"holding":"held"}"#);
    for on in ["2025-01-05", "2025-01-06"] {
        assert_eq!(
            refused(&mut house, "north", &held(on)),
            Refused::OpenElsewhere { person: the("a"), nomination: the("a-2") }
        );
    }
    // An answer of the day before changes nothing of the later one.
    tell(&mut house, "north", &held("2025-01-04"));
    assert_eq!(house.now().accounting(the("a")).unwrap().open, [the("a-2")]);
    house.check();
}

#[test]
fn two_entries_that_turn_out_to_be_of_one_person_each_go_on() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "a-spelt-otherwise"]);
    tell(&mut house, "south", r#"{"same-person":{"one":"a","other":"a-spelt-otherwise","on":"2025-01-04"}}"#);
    step(&mut house, "north", "a", "2025-01-06", r#"{"fitness":"fit"}"#);
    let escaped = step(&mut house, "north", "a", "2025-01-07", r#""escaped""#);
    let died = step(&mut house, "north", "a", "2025-01-08", r#"{"died":"not-due"}"#);
    // Of two ends one is taken back, and the entry is not open; the other is not while the other entry is.
    let retracted = |entry: &str| format!(r#"{{"retracted":{{"entry":"{entry}","reason":"another"}}}}"#);
    tell(&mut house, "north", &retracted(&escaped));
    let refusal = refused(&mut house, "north", &retracted(&died));
    assert!(matches!(refusal, Refused::OpenElsewhere { .. }));
    house.check();
}

#[test]
fn a_category_at_the_day_of_an_agreement_names_the_agreement() {
    let mut house = listed();
    let young = |under: &str| {
        format!(r#"{{"category":{{"id":"young","kind":{{"under":25}},"reference":"agreement"{under}}}}}"#)
    };
    assert_eq!(refused(&mut house, "keeper", &young("")), Refused::NoReferenceDate(the("young")));
    tell(&mut house, "keeper", &young(r#","under":"deal""#));
    let evaluated = |at: &str| {
        stepped(
            "a",
            "2025-01-12",
            &format!(r#"{{"evaluated":{{"category":"young","at":"{at}","found":"yes"}}}}"#),
        )
    };
    assert_eq!(
        refused(&mut house, "north", &evaluated("2025-01-10")),
        Refused::NotAtReferenceDate {
            category: the("young"),
            expected: the("2025-01-01"),
            found: the("2025-01-10")
        }
    );
    tell(&mut house, "north", &evaluated("2025-01-01"));
    house.check();
}

#[test]
fn nobody_is_moved_before_being_offered() {
    let mut house = listed();
    house.person("c");
    let offer = r#"{"substitute-offered":{"id":"c","list":"list","person":"c","on":"2025-01-15"}}"#;
    let offered = tell(&mut house, "north", offer);
    let assembled = |on: &str| stepped("c", on, r#"{"moved":"assembled"}"#);
    assert_eq!(
        refused(&mut house, "north", &assembled("2025-01-14")),
        Refused::TooEarly { found: the("2025-01-14"), after: the(&offered) }
    );
    tell(&mut house, "north", &assembled("2025-01-15"));
    house.check();
}

#[test]
fn a_will_is_asked_of_the_wounded_and_sick_and_of_nobody_else() {
    let mut house = listed();
    let evaluated = |category: &str, found: &str| {
        format!(
            r#"{{"evaluated":{{"category":"{category}","at":"2025-01-10","found":"{found}","medical":"commission"}}}}"#
        )
    };
    // One who is young, and found not to be wounded.
    step(&mut house, "north", "a", "2025-01-10", &evaluated("under-25", "yes"));
    step(&mut house, "north", "a", "2025-01-10", &evaluated("wounded", "no"));
    step(&mut house, "north", "b", "2025-01-10", &evaluated("wounded", "yes"));
    let go = |id: &str| stepped(id, "2025-01-20", &handed("exchanged"));
    tell(&mut house, "north", &go("a"));
    assert_eq!(refused(&mut house, "north", &go("b")), Refused::NoWill(the("b")));
    house.check();
}
