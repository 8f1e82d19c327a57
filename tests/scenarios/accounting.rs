//! What has become of a person, as each party says it (B6): beside each other, by its day, and never merged.

use handover::entry::Entry;
use handover::id::{EntryId, PersonRef};
use handover::person::{Confirmation, PersonStatus};
use handover::reading::{AccountingView, Reading};
use handover::when::When;

use super::house::House;
use super::prisoners::{camp, draft, freeze, hand_over, nominate, nomination, step, stepped, tell, the};

/// What someone says of `a`.
fn says(house: &mut House, by: &str, fact: &str) -> String {
    house.tell(by, &format!(r#"{{"person":{{"known":{{"person":"a","fact":{fact}}}}}}}"#))
}

fn status(status: &str, as_of: &str) -> String {
    format!(r#"{{"status":{{"status":"{status}","as-of":"{as_of}"}}}}"#)
}

fn accounting(house: &House, on: &str) -> AccountingView {
    house.as_of(on).accounting(the("a")).unwrap()
}

fn stated(house: &House, on: &str) -> Vec<PersonStatus> {
    accounting(house, on).parties.iter().map(|told| told.status).collect()
}

#[test]
fn a_status_counts_from_its_day_and_until_it_is_taken_back() {
    let mut house = camp();
    house.person("a");
    says(&mut house, "south", &status("missing", "2025-01-05"));
    let declared = says(&mut house, "south", &status("deceased-declared", "2025-01-08"));
    assert_eq!(stated(&house, "2025-01-04"), []);
    assert_eq!(stated(&house, "2025-01-07"), [PersonStatus::Missing]);
    assert_eq!(stated(&house, "2025-01-08"), [PersonStatus::DeceasedDeclared]);
    house.tell("south", &format!(r#"{{"person":{{"withdrawn":{{"entry":"{declared}"}}}}}}"#));
    assert_eq!(stated(&house, "2025-01-08"), [PersonStatus::Missing]);
    house.check();
}

#[test]
fn what_one_party_alone_says_is_no_joint_status() {
    let mut house = camp();
    house.person("a");
    says(&mut house, "south", &status("missing", "2025-01-05"));
    assert_eq!(accounting(&house, "2025-01-31").joint, None);
    // The press says nothing for a party.
    says(&mut house, "press", &status("missing", "2025-01-05"));
    assert_eq!(accounting(&house, "2025-01-31").joint, None);
    says(&mut house, "north", &status("missing", "2025-01-06"));
    assert_eq!(accounting(&house, "2025-01-31").joint, Some(PersonStatus::Missing));
    says(&mut house, "north", &status("serving", "2025-01-07"));
    assert_eq!(accounting(&house, "2025-01-31").joint, None);
    house.check();
}

#[test]
fn whom_an_organ_knows_as_a_prisoner_it_has_confirmed_as_one() {
    let mut house = camp();
    house.person("a");
    let known = says(&mut house, "south", r#"{"prisoner":{"held-by":"north","as-of":"2025-01-04"}}"#);
    let [told] = accounting(&house, "2025-01-31").parties[..] else { panic!("South alone says something") };
    let confirmation = Confirmation { held_by: the("north"), confirmed_by: the("south") };
    assert_eq!(told.status, PersonStatus::ConfirmedPrisoner(confirmation));
    assert_eq!((told.party, told.as_of, told.by), (the("south"), the("2025-01-04"), the(&known)));
    house.check();
}

#[test]
fn found_alive_is_marked_from_its_day_and_until_it_is_taken_back() {
    for fact in [r#"{"found-alive":"2025-01-12"}"#, &status("found-alive", "2025-01-12")] {
        let mut house = camp();
        nominate(&mut house, "list", &["a"]);
        let alive = says(&mut house, "south", fact);
        let alive: EntryId = the(&alive);
        let marked = |house: &House, on: &str| {
            let found = house.as_of(on).nomination(the("a")).unwrap().found_alive;
            assert_eq!(found.as_slice(), accounting(house, on).found_alive, "{fact}");
            found
        };
        assert_eq!(marked(&house, "2025-01-11"), None);
        assert_eq!(marked(&house, "2025-01-12"), Some(alive));
        let view = house.as_of("2025-01-12").explained().nomination(the("a")).unwrap();
        assert!(view.rests_on.contains(alive));
        house.tell("south", &format!(r#"{{"person":{{"withdrawn":{{"entry":"{alive}"}}}}}}"#));
        assert_eq!(marked(&house, "2025-01-12"), None);
        house.check();
    }
}

#[test]
fn who_is_said_to_be_one_person_is_so_under_each_reference() {
    let all = ["a", "b", "c", "d"];
    // Whichever is found first, and whichever reference is named first.
    for pairs in [
        [("a", "b"), ("b", "c"), ("c", "d")],
        [("c", "d"), ("b", "c"), ("a", "b")],
        [("d", "c"), ("c", "b"), ("b", "a")],
        [("b", "a"), ("b", "c"), ("d", "b")],
    ] {
        let mut house = camp();
        for person in all {
            house.person(person);
        }
        for (one, other) in pairs {
            let same = format!(r#"{{"same-person":{{"one":"{one}","other":"{other}","on":"2025-01-04"}}}}"#);
            tell(&mut house, "south", &same);
        }
        says(&mut house, "south", r#"{"found-alive":"2025-01-12"}"#);
        for person in all {
            let view = house.now().accounting(the(person)).unwrap();
            let mut others = view.same_as;
            others.push(view.person);
            others.sort_unstable();
            let mut expected = all.map(the::<PersonRef>);
            expected.sort_unstable();
            assert_eq!(others, expected, "{person}: {pairs:?}");
            assert_eq!(view.found_alive.len(), 1, "what is said of one is said of each");
        }
        house.check();
    }
}

/// Nothing is to be re-examined while nobody says that the person lives, nor when the decision is revoked.
#[test]
fn whose_remains_are_said_to_be_found_is_examined_again_when_that_person_is_found_alive() {
    let mut house = House::with_laboratory("set-of-remains");
    house.bag("u-1");
    house.person("a");
    let decided = house.decided("u-1", "a", "2025-02-01");
    let to_reexamine = |house: &House| house.now().accounting(the("a")).unwrap().to_reexamine;
    assert_eq!(to_reexamine(&house), []);
    says(&mut house, "south", r#"{"found-alive":"2026-02-05"}"#);
    assert_eq!(to_reexamine(&house), [the("u-1")]);
    house.reexamined(&decided, r#""contradiction""#, "2026-02-06");
    house.revoked(&decided, "person-alive", "2026-02-07");
    assert_eq!(to_reexamine(&house), []);
    house.check();
}

/// What is said only in June, of whatever day it is.
fn says_in_june(house: &mut House, by: &str, what: &str) {
    let entry = house.entry(by, &format!(r#"{{"prisoner":{what}}}"#));
    let _ = house.ledger.post(&Entry { said: the("2025-06-01"), ..entry }).unwrap();
}

/// By what had been said by the end of May.
fn in_may(house: &House) -> Reading<'_> {
    house.now().said_by("2025-05-31".parse::<When>().unwrap().last_moment().unwrap())
}

#[test]
fn an_entry_is_open_or_not_on_the_day_that_is_asked_about() {
    let mut house = camp();
    nominate(&mut house, "list", &["a"]);
    for (on, answer) in [("2025-01-05", "not-held"), ("2025-01-07", "held")] {
        step(&mut house, "north", "a", on, &format!(r#"{{"holding":"{answer}"}}"#));
    }
    let escaped = step(&mut house, "north", "a", "2025-01-09", r#""escaped""#);
    tell(&mut house, "north", &format!(r#"{{"retracted":{{"entry":"{escaped}","reason":"another"}}}}"#));
    freeze(&mut house, "list", 1, &["a"]);
    hand_over(&mut house, "a", "exchanged");
    draft(&mut house, "summer", "");
    let again = nomination("a-2", "summer", "a", r#","captured":"2025-07-01""#);
    tell(&mut house, "north", &again.replace("2025-01-03", "2025-07-02"));
    for (on, open) in [
        ("2025-01-02", None),
        ("2025-01-03", Some("a")),
        ("2025-01-05", None),
        ("2025-01-07", Some("a")),
        ("2025-01-19", Some("a")),
        ("2025-01-20", None),
        ("2025-07-02", Some("a-2")),
    ] {
        assert_eq!(accounting(&house, on).open, Vec::from_iter(open.map(the)), "{on}");
    }
    says_in_june(&mut house, "north", &stepped("a-2", "2025-07-03", r#""escaped""#));
    assert_eq!(house.now().accounting(the("a")).unwrap().open, []);
    assert_eq!(in_may(&house).accounting(the("a")).unwrap().open, [the("a-2")]);
    house.check();
}

#[test]
fn two_references_are_one_person_from_when_it_is_said_and_until_it_is_taken_back() {
    let mut house = camp();
    nominate(&mut house, "list", &["a", "b"]);
    let alive = says(&mut house, "south", r#"{"found-alive":"2025-01-12"}"#);
    let of_b = |reading: Reading<'_>| {
        let (person, entry) = (reading.accounting(the("b")).unwrap(), reading.nomination(the("b")).unwrap());
        assert_eq!(entry.found_alive.as_slice(), person.found_alive);
        assert_eq!(entry.duplicates.is_empty(), person.same_as.is_empty());
        assert_eq!(person.open.len(), 1 + person.same_as.len());
        (person.same_as, entry.found_alive)
    };
    assert_eq!(of_b(house.now()), (vec![], None));
    says_in_june(&mut house, "south", r#"{"same-person":{"one":"a","other":"b","on":"2025-01-04"}}"#);
    assert_eq!(of_b(house.now()), (vec![the("a")], Some(the(&alive))));
    assert_eq!(of_b(in_may(&house)), (vec![], None), "nobody had said so");
    let same = house.ledger.entries().next_back().unwrap().id;
    tell(
        &mut house,
        "south",
        &format!(r#"{{"same-person-reversed":{{"entry":"{same}","reason":"two people"}}}}"#),
    );
    assert_eq!(of_b(house.now()), (vec![], None));
    // Named twice are two entries that are open, and no more once either is at an end.
    tell(&mut house, "south", r#"{"same-person":{"one":"b","other":"a","on":"2025-01-04"}}"#);
    step(&mut house, "north", "b", "2025-02-01", r#""escaped""#);
    let named_twice = |house: &House, on: &str| {
        ["a", "b"].map(|id| house.as_of(on).nomination(the(id)).unwrap().duplicates.len())
    };
    assert_eq!(named_twice(&house, "2025-01-31"), [1, 1]);
    assert_eq!(named_twice(&house, "2025-02-01"), [0, 0]);
    house.check();
}

/// The bridge from one who died on a list to remains is a decision, for as long as it holds.
#[test]
fn the_remains_of_one_who_died_on_a_list_are_those_that_are_decided_to_be() {
    let mut house = House::with_laboratory("set-of-remains");
    house.bag("u-1");
    draft(&mut house, "list", "");
    nominate(&mut house, "list", &["a"]);
    step(&mut house, "north", "a", "2025-01-09", r#"{"died":"not-due"}"#);
    let units = |reading: Reading<'_>| reading.nomination(the("a")).unwrap().death.unwrap().units;
    assert_eq!(units(house.now()), []);
    let decided = house.decided("u-1", "a", "2025-02-01");
    assert_eq!(units(house.as_of("2025-01-31")), []);
    assert_eq!(units(house.as_of("2025-02-01")), [the("u-1")]);
    house.reexamined(&decided, r#""new-evidence""#, "2025-03-01");
    house.revoked(&decided, "excluded", "2025-03-02");
    assert_eq!(units(house.as_of("2025-03-01")), [the("u-1")]);
    assert_eq!(units(house.as_of("2025-03-02")), []);
    // And they are somebody else's.
    house.person("b");
    house.decided("u-1", "b", "2025-03-03");
    assert_eq!(units(house.now()), []);
    house.check();
}
