//! What has become of a person, as each party says it (B6): beside each other, by its day, and never merged.

use handover::id::{EntryId, PersonRef};
use handover::person::{Confirmation, PersonStatus};
use handover::reading::AccountingView;

use super::house::House;
use super::prisoners::{camp, nominate, tell, the};

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
