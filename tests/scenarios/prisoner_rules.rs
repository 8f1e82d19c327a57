//! What cannot be of prisoners' lists: each rule provoked once, and nothing changed by it.

use handover::prisoner::PrisonerRefusal as Refused;

use super::house::House;
use super::prisoners::{
    camp, clear, draft, freeze, hand_over, handed, nominate, nomination, on_list, refused, step, stepped,
    submit, tell, the,
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
