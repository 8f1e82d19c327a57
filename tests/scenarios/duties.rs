//! What a record shows of the duties of the law, duty by duty: advice, on which nothing rests, and which never says that one
//! ended.

use handover::obligation::Duty;
use handover::reading::{Conformance, ConformanceView};

use super::house::House;
use super::prisoners::{GOES, camp, clear, draft, freeze, hand_over, nominate, step, tell};
use super::telling::reading;

fn of(house: &House, number: u8) -> ConformanceView {
    let views = reading(&house.ledger, "anyone").conformance();
    views.into_iter().find(|view| Some(view.duty) == Duty::new(number)).unwrap()
}

/// On how many occasions it is recorded, and on how many it is not.
fn counts(house: &House, number: u8) -> (usize, usize) {
    let view = of(house, number);
    let expected = match (view.shown.is_empty(), view.not_shown.is_empty()) {
        (true, true) => Conformance::NothingRecorded,
        (false, true) => Conformance::Shown,
        (false, false) => Conformance::PartlyShown,
        (true, false) => Conformance::NotShown,
    };
    assert_eq!(view.conformance, expected, "D{number}");
    assert_eq!(view.unseen, None, "D{number}");
    (view.shown.len(), view.not_shown.len())
}

#[test]
fn what_no_entry_can_show_is_said_with_the_reason() {
    let house = camp();
    for (number, because) in [
        (1, "no entry tells of an engagement, of an area, or of a search in it"),
        (
            3,
            "no entry tells of a certificate or of an authenticated list of the dead; those of prisoners are counted with D12",
        ),
        (
            14,
            "no entry tells that the death of an internee was certified and registered; a death on a list is counted with D12 and D13",
        ),
        (21, "what is said of costs is recorded, and never who bore them"),
    ] {
        let view = of(&house, number);
        assert_eq!((view.conformance, view.unseen), (Conformance::Unseen, Some(because)), "D{number}");
        assert!(view.shown.is_empty() && view.not_shown.is_empty());
    }
    for number in [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20] {
        assert_eq!(counts(&house, number), (0, 0), "D{number}");
    }
}

#[test]
fn d4_and_d5_a_disc_stays_or_is_parted_and_everything_else_is_forwarded() {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.tell(
        "south",
        r#"{"remains":{"loose":{"found":{"id":"unit","human":"yes"},"provenance":"unknown","held-by":"south","on":"2025-01-02"}}}"#,
    );
    for (id, kind) in [("double", "double-disc"), ("single", "single-disc"), ("will", "will")] {
        house.tell(
            "south",
            &format!(
                r#"{{"remains":{{"effect":{{"found":{{"id":"{id}","kind":"{kind}","with":{{"remains":"unit"}},"on":"2025-01-03"}}}}}}}}"#
            ),
        );
    }
    assert_eq!(counts(&house, 4), (1, 1), "the single disc is with the remains; no half was forwarded");
    assert_eq!(counts(&house, 5), (0, 1), "a disc is counted with D4");
    house.tell(
        "south",
        r#"{"remains":{"effect":{"forwarded":{"effects":[{"effect":"double","portion":"half"},{"effect":"will","portion":"whole"}],"on":"2025-01-05","to":"observer","packet":"packet","inventory":"inventory","owner":"unknown"}}}}"#,
    );
    assert_eq!((counts(&house, 4), counts(&house, 5)), ((2, 0), (1, 0)));
    house.tell(
        "south",
        r#"{"remains":{"effect":{"moved":{"effect":"single","portion":"whole","on":"2025-01-06","reason":"for a photograph"}}}}"#,
    );
    assert_eq!(counts(&house, 4), (1, 1), "a single disc stays on the body");
    house.check();
}

#[test]
fn d9_whom_one_side_misses_the_other_answers_for() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    let missing = |person: &str| {
        format!(
            r#"{{"person":{{"known":{{"person":"{person}","fact":{{"status":{{"status":"missing","as-of":"2024-12-01"}}}}}}}}}}"#
        )
    };
    house.keeper(r#"{"person":{"introduced":{"id":"b"}}}"#);
    for person in ["a", "b"] {
        house.tell("south", &missing(person));
    }
    assert_eq!(counts(&house, 9), (0, 2));
    house.tell("south", &missing("a"));
    assert_eq!(counts(&house, 9), (0, 3), "its own word is no answer");
    step(&mut house, "north", "a", "2025-01-04", r#"{"holding":"not-held"}"#);
    assert_eq!(counts(&house, 9), (2, 1), "a negative answer is one");
    house.tell(
        "north",
        r#"{"person":{"known":{"person":"b","fact":{"status":{"status":"missing","as-of":"2025-01-05"}}}}}"#,
    );
    assert_eq!(counts(&house, 9), (4, 0), "and so it is that it does not know either");
    house.check();
}

#[test]
fn d15_and_d16_a_neutral_agency_is_told_whoever_else_is_not() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    for id in ["a", "b"] {
        step(&mut house, "north", id, "2025-01-04", r#""escaped""#);
    }
    house.tell(
        "north",
        r#"{"disclosure":{"withheld":{"of":{"person":"a"},"from":{"party":"south"},"why":"harm","until":"lifted","on":"2025-01-05"}}}"#,
    );
    assert_eq!((counts(&house, 15), counts(&house, 16)), ((0, 2), (0, 1)));
    let shared = |of: &str, with: &str| {
        format!(
            r#"{{"disclosure":{{"shared":{{"of":{of},"extent":"cases","with":{with},"purpose":"accounting-for-missing","basis":"legal-obligation","on":"2025-01-06"}}}}}}"#
        )
    };
    house.tell("north", &shared(r#"{"person":"a"}"#, r#"{"organ":"south"}"#));
    assert_eq!((counts(&house, 15), counts(&house, 16)), ((0, 2), (0, 1)), "the other side is no agency");
    house.tell("north", &shared(r#"{"person":"a"}"#, r#"{"organ":"observer"}"#));
    assert_eq!((counts(&house, 15), counts(&house, 16)), ((1, 1), (1, 0)));
    house.tell("north", &shared(r#"{"list":"list"}"#, r#"{"organ":"observer"}"#));
    assert_eq!(counts(&house, 15), (2, 0), "a list tells of everyone on it");
    house.check();
}

#[test]
fn d2_d17_and_d19_the_wounded_go_once_they_can_and_none_against_their_will() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b", "c"]);
    freeze(&mut house, "list", 1, &["a", "b", "c"]);
    for id in ["a", "b"] {
        clear(&mut house, id, "wounded");
    }
    tell(
        &mut house,
        "north",
        r#"{"step":{"nomination":"c","on":"2025-01-10","step":{"evaluated":{"category":"wounded","at":"2025-01-10","found":"yes","medical":"manifest"}},"record":"opinion"}}"#,
    );
    assert_eq!(counts(&house, 17), (0, 3), "nobody went yet");
    assert_eq!((counts(&house, 2), counts(&house, 19)), ((1, 2), (1, 0)), "one has a record");
    hand_over(&mut house, "a", "repatriated");
    let declines = GOES.replace("goes", "declines");
    step(&mut house, "observer", "b", "2025-01-12", &declines);
    assert_eq!(counts(&house, 17), (2, 1), "who declines stays by the same duty");
    step(&mut house, "observer", "b", "2025-01-13", GOES);
    assert_eq!(counts(&house, 17), (1, 2));
    hand_over(&mut house, "b", "unwilling");
    assert_eq!(counts(&house, 17), (1, 2), "against the will is no performance");
    house.check();
}

#[test]
fn d20_all_are_let_go_after_hostilities_whatever_the_other_side_does() {
    let mut house = camp();
    draft(&mut house, "after", r#","after-hostilities":true"#);
    nominate(&mut house, "list", &["during"]);
    nominate(&mut house, "after", &["a", "b"]);
    assert_eq!(counts(&house, 20), (0, 2), "a list that is made during hostilities is no occasion");
    step(&mut house, "north", "a", "2025-01-20", r#""released""#);
    assert_eq!(counts(&house, 20), (1, 1));
    house.says(
        "north",
        r#"{"agreement":"deal"}"#,
        r#"{"suspended":{"ground":"they hold ours","duties":["D20"]}}"#,
    );
    assert_eq!(counts(&house, 20), (1, 1), "the duty is as before");
    house.check();
}
