//! The versions of a list: what became of each, who has a part in them, and by when a reply was due.

use handover::entry::Entry;
use handover::prisoner::PrisonerRefusal as Refused;
use handover::reading::{ListStage, ListView};
use handover::when::When;

use super::house::House;
use super::prisoners::{
    camp, draft, freeze, handed, nominate, nomination, on_list, refused, step, stepped, submit, tell, the,
};

fn version(number: u16, ids: &str, on: &str, reply_by: &str) -> String {
    format!(
        r#"{{"list":{{"submitted":{{"list":"list","version":{number},"entries":[{ids}],"on":"{on}","reply-by":"{reply_by}"}}}}}}"#
    )
}

fn answer(number: u16, on: &str, objects_to: &str) -> String {
    format!(
        r#"{{"list":{{"responded":{{"list":"list","version":{number},"on":"{on}","objects-to":[{objects_to}]}}}}}}"#
    )
}

fn list(house: &House, on: &str) -> ListView {
    house.as_of(on).list(the("list")).unwrap()
}

fn stages(house: &House, on: &str) -> (ListStage, Vec<ListStage>) {
    let list = list(house, on);
    (list.stage, list.versions.iter().map(|version| version.stage).collect())
}

#[test]
fn each_version_keeps_how_far_it_came() {
    use ListStage::{Agreed, Drafted, Executed, Frozen, Reconciled, Responded, Submitted, UnderVerification};
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    for (by, what) in [
        ("north", version(1, r#""a","b""#, "2025-01-05", "2025-01-31")),
        ("south", on_list("under-verification", "list", 1, "2025-01-06")),
        ("south", answer(1, "2025-01-07", r#""b""#)),
        ("south", version(2, r#""a""#, "2025-01-08", "2025-01-31")),
        ("north", on_list("under-verification", "list", 2, "2025-01-09")),
        ("north", on_list("accepted", "list", 2, "2025-01-10")),
        ("observer", on_list("frozen", "list", 2, "2025-01-11")),
        ("north", version(3, r#""a","b""#, "2025-01-12", "2025-01-31")),
        ("south", on_list("under-verification", "list", 3, "2025-01-13")),
        ("observer", on_list("executed", "list", 2, "2025-01-20")),
        ("observer", on_list("reconciled", "list", 2, "2025-01-25")),
    ] {
        tell(&mut house, by, &what);
    }
    let course: [(&str, ListStage, &[ListStage]); 12] = [
        ("2025-01-04", Drafted, &[]),
        ("2025-01-05", Submitted, &[Submitted]),
        ("2025-01-06", UnderVerification, &[UnderVerification]),
        ("2025-01-07", Responded, &[Responded]),
        // How far the list has come is how far its last version has, until one is frozen.
        ("2025-01-08", Submitted, &[Responded, Submitted]),
        ("2025-01-09", UnderVerification, &[Responded, UnderVerification]),
        ("2025-01-10", Agreed, &[Responded, Agreed]),
        ("2025-01-11", Frozen, &[Responded, Frozen]),
        ("2025-01-12", Frozen, &[Responded, Frozen, Submitted]),
        ("2025-01-13", Frozen, &[Responded, Frozen, UnderVerification]),
        ("2025-01-20", Executed, &[Responded, Executed, UnderVerification]),
        ("2025-01-25", Reconciled, &[Responded, Reconciled, UnderVerification]),
    ];
    for (on, list, versions) in course {
        assert_eq!(stages(&house, on), (list, versions.to_vec()), "{on}");
    }
    let list = list(&house, "2025-01-25");
    let objected: Vec<_> = list.versions.iter().map(|version| version.objected.as_slice()).collect();
    assert_eq!(objected, [&[the("b")][..], &[], &[]], "an objection is to the version that it answers");
    let days: Vec<_> = list.versions.iter().map(|version| version.on).collect();
    assert_eq!(days, ["2025-01-05", "2025-01-08", "2025-01-12"].map(the::<When>));
    house.check();
}

#[test]
fn a_reply_is_overdue_from_its_day_until_it_is_given() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    let overdue = |house: &House, on: &str| -> Vec<bool> {
        list(house, on).versions.iter().map(|version| version.reply_overdue.is_some()).collect()
    };
    tell(&mut house, "north", &version(1, r#""a""#, "2025-01-05", "2025-01-08"));
    assert_eq!(overdue(&house, "2025-01-07"), [false]);
    assert_eq!(list(&house, "2025-01-08").versions[0].reply_overdue, Some(the("2025-01-08")));
    // To look into it is no reply.
    tell(&mut house, "south", &on_list("under-verification", "list", 1, "2025-01-06"));
    assert_eq!(overdue(&house, "2025-01-08"), [true]);
    // To counter is one, to the version that is countered and to no other.
    tell(&mut house, "south", &version(2, "", "2025-01-09", "2025-01-12"));
    assert_eq!(overdue(&house, "2025-01-11"), [false, false]);
    assert_eq!(overdue(&house, "2025-01-12"), [false, true]);
    // To answer is one.
    tell(&mut house, "north", &answer(2, "2025-01-13", ""));
    assert_eq!(overdue(&house, "2025-01-12"), [false, true], "it was overdue on the day before");
    assert_eq!(overdue(&house, "2025-01-13"), [false, false]);
    // And so is to accept.
    tell(&mut house, "north", &version(3, r#""a""#, "2025-01-14", "2025-01-16"));
    assert_eq!(overdue(&house, "2025-01-16"), [false, false, true]);
    tell(&mut house, "south", &on_list("accepted", "list", 3, "2025-01-17"));
    assert_eq!(overdue(&house, "2025-01-17"), [false, false, false]);
    house.check();
}

#[test]
fn a_list_is_there_from_the_day_on_which_it_is_begun() {
    let house = camp();
    assert_eq!(house.as_of("2025-01-01").lists().count(), 0);
    let lists: Vec<_> = house.as_of("2025-01-02").lists().map(|list| list.list).collect();
    assert_eq!(lists, [the("list")]);
}

#[test]
fn a_third_party_and_the_press_have_no_part_in_a_list_and_a_neutral_a_small_one() {
    let mut house = camp();
    house.keeper(r#"{"party":{"introduced":{"id":"east","name":"east"}}}"#);
    house.voice("east", r#"{"party":"east"}"#);
    nominate(&mut house, "list", &["a"]);
    submit(&mut house, "north", "list", 1, &["a"]);
    let on = |does: &str| on_list(does, "list", 1, "2025-01-07");
    let of_the_sides = [
        version(2, r#""a""#, "2025-01-06", "2025-01-31"),
        answer(1, "2025-01-07", ""),
        on("under-verification"),
        on("accepted"),
    ];
    let of_neutrals_too = ["frozen", "executed", "reconciled"].map(on);
    let mut has_no_part = |by: &str, what: &str| {
        let refusal = refused(&mut house, by, what);
        let expected = "the holder or the home party";
        assert_eq!(refusal, Refused::NotItsPart { organ: the(by), expected }, "{by}: {what}");
    };
    for what in &of_the_sides {
        has_no_part("observer", what);
    }
    for what in of_the_sides.iter().chain(&of_neutrals_too) {
        has_no_part("east", what);
        has_no_part("press", what);
    }
    tell(&mut house, "south", &on("accepted"));
    for what in &of_neutrals_too {
        tell(&mut house, "observer", what);
    }
    house.check();
}

#[test]
fn nobody_verifies_or_answers_their_own_version() {
    for (own, other) in [("north", "south"), ("south", "north")] {
        let mut house = camp();
        nominate(&mut house, "list", &["a"]);
        submit(&mut house, own, "list", 1, &["a"]);
        for what in [on_list("under-verification", "list", 1, "2025-01-07"), answer(1, "2025-01-07", "")] {
            let refusal = refused(&mut house, own, &what);
            assert_eq!(refusal, Refused::OwnVersion { list: the("list"), version: 1 });
            tell(&mut house, other, &what);
        }
        house.check();
    }
}

#[test]
fn one_spelling_takes_the_place_of_the_other_by_a_new_version() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "a-spelt-otherwise"]);
    let same = r#"{"same-person":{"one":"a","other":"a-spelt-otherwise","on":"2025-01-04"}}"#;
    tell(&mut house, "south", same);
    let frozen = |house: &House| {
        let view = |id: &str| house.now().nomination(the(id)).unwrap().frozen;
        [view("a"), view("a-spelt-otherwise")]
    };
    // Each version has the person once, though the list has both spellings.
    freeze(&mut house, "list", 1, &["a"]);
    assert_eq!(frozen(&house), [true, false]);
    freeze(&mut house, "list", 2, &["a-spelt-otherwise"]);
    assert_eq!(frozen(&house), [false, true]);
    house.check();
}

#[test]
fn a_list_that_is_not_frozen_keeps_nobody_from_another_that_is() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    house.keeper(r#"{"party":{"introduced":{"id":"east","name":"east"}}}"#);
    house.voice("east", r#"{"party":"east"}"#);
    let drafted = r#"{"list":{"drafted":{"id":"east","holder":"east","home":"south","on":"2025-01-02"}}}"#;
    tell(&mut house, "east", drafted);
    tell(&mut house, "east", &nomination("a-east", "east", "a", ""));
    submit(&mut house, "east", "east", 1, &["a-east"]);
    tell(&mut house, "south", &on_list("accepted", "east", 1, "2025-01-07"));
    tell(&mut house, "south", &on_list("frozen", "east", 1, "2025-01-10"));
    // The other way about it does, and by the rule that it does.
    submit(&mut house, "north", "list", 1, &["a", "b"]);
    tell(&mut house, "south", &on_list("accepted", "list", 1, "2025-01-07"));
    let refusal = refused(&mut house, "south", &on_list("frozen", "list", 1, "2025-01-10"));
    assert_eq!(refusal.rule().invariant, Some(47));
    assert_eq!(refusal, Refused::OnTwoFrozenLists { nomination: the("a"), other: the("a-east") });
    house.check();
}

#[test]
fn the_list_names_who_waits_and_nobody_else() {
    let mut house = camp();
    nominate(&mut house, "list", &["old", "young"]);
    draft(&mut house, "other", "");
    nominate(&mut house, "other", &["elsewhere"]);
    for (id, fitness) in [("old", "unfit"), ("young", "fit"), ("elsewhere", "unfit")] {
        step(&mut house, "north", id, "2025-01-06", &format!(r#"{{"fitness":"{fitness}"}}"#));
    }
    let list = list(&house, "2025-01-06");
    let waiting: Vec<_> = list.deferred().map(|entry| entry.nomination).collect();
    assert_eq!(waiting, [the("old")]);
    house.check();
}

/// What had been said by May is the same in every later report of May.
#[test]
fn a_category_that_does_not_last_is_known_when_the_transfer_is() {
    let mut house = camp();
    draft(&mut house, "plain", "");
    nominate(&mut house, "plain", &["a"]);
    let evaluated =
        r#"{"evaluated":{"category":"under-25","at":"2025-01-10","found":"yes","until":"2025-01-15"}}"#;
    step(&mut house, "north", "a", "2025-01-10", evaluated);
    freeze(&mut house, "plain", 1, &["a"]);
    let what = format!(r#"{{"prisoner":{}}}"#, stepped("a", "2025-01-20", &handed("exchanged")));
    let in_june = Entry { said: the("2025-06-01"), ..house.entry("north", &what) };
    let _ = house.ledger.post(&in_june).unwrap();
    let may = "2025-05-31".parse::<When>().unwrap().last_moment().unwrap();
    let changes = |list: ListView| -> Vec<When> {
        list.category_changes.iter().map(|change| change.transfer).collect()
    };
    assert_eq!(changes(house.now().list(the("plain")).unwrap()), [the("2025-01-20")]);
    assert_eq!(changes(house.now().said_by(may).list(the("plain")).unwrap()), []);
    house.check();
}
