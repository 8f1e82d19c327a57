//! Rules of units of remains that a story seldom comes to: the last sample, the examination that is followed, descent by what
//! stands.

use handover::disposition::DispositionRefusal;
use handover::id::RemainsId;
use handover::refusal::Refusal;
use handover::remains::{Elements, RemainsRefusal};

use super::house::House;

/// A bag with a unit of remains in each of these names, opened on the 10th of January.
fn house(units: &[&str]) -> House {
    let mut house = House::with_laboratory("set-of-remains");
    for unit in units {
        house.bag(unit);
    }
    house
}

/// What is missing for a burial for a time, of which neither photographs nor records are told.
#[derive(Debug, PartialEq, Eq)]
enum Missing {
    Sample,
    Profile,
    Records,
}

/// What the burial of a unit is refused for (invariants 37 and 40).
fn missing(house: &mut House, unit: &str) -> Missing {
    let what = format!(
        r#"{{"disposition":{{"temporarily-buried":{{"unit":"{unit}","grave":{{"number":"7","individual":true,"marked":true,"code":"{unit}","register":"reg"}},"on":"2025-02-01"}}}}}}"#
    );
    let entry = house.entry("south", &what);
    match house.ledger.post(&entry) {
        Err(Refusal::Disposition(DispositionRefusal::NoSample(_))) => Missing::Sample,
        Err(Refusal::Disposition(DispositionRefusal::NoProfile(_))) => Missing::Profile,
        Err(Refusal::Disposition(DispositionRefusal::RecordsIncomplete(_))) => Missing::Records,
        other => panic!("{other:?}"),
    }
}

fn examined(house: &mut House, unit: &str, on: &str) {
    house.forensic(&format!(r#"{{"examined":{{"unit":"{unit}","on":"{on}"}}}}"#));
}

fn sampled(house: &mut House, unit: &str, sample: &str) {
    house.forensic(&format!(r#"{{"sampled":{{"unit":"{unit}","on":"2025-01-12","sample":"{sample}"}}}}"#));
}

fn gone(house: &mut House, unit: &str, sample: &str) {
    house.forensic(&format!(
        r#"{{"sample-gone":{{"unit":"{unit}","sample":"{sample}","on":"2025-01-13","fate":"used-up"}}}}"#
    ));
}

fn remains(house: &mut House, what: &str) -> String {
    house.tell("south", &format!(r#"{{"remains":{what}}}"#))
}

fn unite(house: &mut House, units: [&str; 2], into: &str) -> String {
    let [one, other] = units;
    remains(
        house,
        &format!(
            r#"{{"united":{{"units":["{one}","{other}"],"on":"2025-01-14","into":{{"id":"{into}","human":"yes"}}}}}}"#
        ),
    )
}

fn divide(house: &mut House, unit: &str, into: [&str; 2]) -> String {
    let [one, other] = into;
    remains(
        house,
        &format!(
            r#"{{"divided":{{"unit":"{unit}","on":"2025-01-14","into":[{{"id":"{one}","human":"yes"}},{{"id":"{other}","human":"yes"}}]}}}}"#
        ),
    )
}

#[test]
fn a_unit_has_a_sample_until_the_last_of_them_is_gone() {
    let mut house = house(&["u-1"]);
    assert_eq!(missing(&mut house, "u-1"), Missing::Sample);
    examined(&mut house, "u-1", "2025-01-11");
    assert_eq!(missing(&mut house, "u-1"), Missing::Sample, "an examination leaves no sample");
    sampled(&mut house, "u-1", "s-1");
    assert_eq!(missing(&mut house, "u-1"), Missing::Profile);
    sampled(&mut house, "u-1", "s-2");
    gone(&mut house, "u-1", "s-1");
    assert_eq!(missing(&mut house, "u-1"), Missing::Profile, "one of two is retained");
    gone(&mut house, "u-1", "s-2");
    assert_eq!(missing(&mut house, "u-1"), Missing::Sample, "none of two is retained");
    sampled(&mut house, "u-1", "s-3");
    assert_eq!(missing(&mut house, "u-1"), Missing::Profile, "and one more was taken");
}

/// A profile in a database, the record that none could be obtained, the record that no sample can be taken: each is enough.
#[test]
fn a_profile_is_kept_or_it_is_recorded_that_there_can_be_none() {
    let mut house = house(&["u-1", "u-2", "u-3", "u-4"]);
    house.profiled("u-1");
    assert_eq!(missing(&mut house, "u-1"), Missing::Records);
    for (unit, outcome, then) in [
        ("u-2", r#"{"no-usable-profile":{"method":"autosomal STR","year":2025}}"#, Missing::Records),
        ("u-3", r#""insufficient""#, Missing::Profile),
    ] {
        examined(&mut house, unit, "2025-01-11");
        sampled(&mut house, unit, &format!("s-{unit}"));
        house.forensic(&format!(
            r#"{{"profile":{{"unit":"{unit}","on":"2025-01-13","sample":"s-{unit}","outcome":{outcome}}}}}"#
        ));
        assert_eq!(missing(&mut house, unit), then);
    }
    house.forensic(r#"{"no-sample":{"unit":"u-4","on":"2025-01-12","reason":"calcined throughout"}}"#);
    assert_eq!(missing(&mut house, "u-4"), Missing::Records);
}

#[test]
fn the_whole_has_the_samples_of_its_parts_and_a_part_has_its_own() {
    let mut house = house(&["u-1", "u-2", "u-3", "u-4", "u-5", "u-6"]);
    for unit in ["u-1", "u-4", "u-6"] {
        examined(&mut house, unit, "2025-01-11");
        sampled(&mut house, unit, &format!("s-{unit}"));
    }
    gone(&mut house, "u-4", "s-u-4");
    unite(&mut house, ["u-1", "u-2"], "w-1");
    assert_eq!(missing(&mut house, "w-1"), Missing::Profile, "the sample of a part is one of the whole");
    unite(&mut house, ["w-1", "u-3"], "w-2");
    assert_eq!(missing(&mut house, "w-2"), Missing::Profile, "and of what that whole became part of");
    unite(&mut house, ["u-4", "u-5"], "w-3");
    assert_eq!(missing(&mut house, "w-3"), Missing::Sample, "the only sample of its parts is gone");
    divide(&mut house, "u-6", ["p-1", "p-2"]);
    assert_eq!(missing(&mut house, "p-1"), Missing::Sample, "what was divided off was never sampled");
}

/// Two units of one person are found to hold the same bone once they are examined; whose word on elements is followed is
/// the examination's of the latest day, whenever it was recorded (invariant 33).
#[test]
fn the_elements_of_the_latest_examination_are_followed() {
    let of = |unit: &str, on: &str, elements: &str| {
        format!(r#"{{"examined":{{"unit":"{unit}","on":"{on}","elements":{{"parts":["{elements}"]}}}}}}"#)
    };
    // In the order of recording; whether the left femur is what is followed in the end.
    let cases: [(&[(&str, &str)], bool); 6] = [
        (&[], false),
        (&[("2025-01-11", "left-femur")], true),
        (&[("2025-01-11", "left-femur"), ("2025-01-12", "skull")], false),
        (&[("2025-01-12", "skull"), ("2025-01-11", "left-femur")], false),
        (&[("2025-01-12", "left-femur"), ("2025-01-11", "skull")], true),
        (&[("2025-01-11", "skull"), ("2025-01-11", "left-femur")], true),
    ];
    for (told, is_femur) in cases {
        let mut house = house(&["u-1", "u-2"]);
        house.person("x");
        house.forensic(&of("u-1", "2025-01-11", "left-femur"));
        for unit in ["u-1", "u-2"] {
            house.profiled(unit);
        }
        for (on, elements) in told {
            house.forensic(&of("u-2", on, elements));
        }
        let followed: Option<Elements> = told
            .iter()
            .max_by_key(|(on, _)| *on)
            .map(|(_, elements)| serde_json::from_str(&format!(r#"{{"parts":["{elements}"]}}"#)).unwrap());
        let view = house.now().unit("u-2".parse().unwrap()).unwrap();
        assert_eq!(view.elements, followed.unwrap_or(Elements::Undetermined), "{told:?}");
        house.decided("u-1", "x", "2025-01-20");
        let evidence = house.reviewed("u-2", "x", "2025-01-21");
        let decision = super::forensics::decision("u-2", "x", &evidence, "2025-01-21");
        let what = format!(r#"{{"identification":{{"decided":{decision}}}}}"#);
        if is_femur {
            house.refused("south", &what, Some(33));
        } else {
            house.tell("south", &what);
        }
    }
}

#[test]
fn a_division_that_was_undone_has_no_descendants() {
    let mut house = house(&["u-1"]);
    let first = divide(&mut house, "u-1", ["p-1", "p-2"]);
    let names = |house: &House| -> Vec<String> {
        let descent = house.now().descent("u-1".parse().unwrap()).unwrap();
        descent.descendants.iter().map(RemainsId::to_string).collect()
    };
    assert_eq!(names(&house), ["p-1", "p-2"]);
    remains(&mut house, &format!(r#"{{"reversed":{{"entry":"{first}","reason":"two units after all"}}}}"#));
    assert!(names(&house).is_empty(), "what never was is no descendant");
    divide(&mut house, "u-1", ["p-3", "p-4"]);
    assert_eq!(names(&house), ["p-3", "p-4"]);
}

/// What happened in the same second happened neither before nor after.
#[test]
fn a_sample_that_is_used_up_is_used_in_that_very_second() {
    let mut house = house(&["u-1"]);
    examined(&mut house, "u-1", "2025-01-11");
    sampled(&mut house, "u-1", "s-1");
    house.forensic(
        r#"{"sample-gone":{"unit":"u-1","sample":"s-1","on":"2025-01-13T12:00:00+00:00","fate":"used-up"}}"#,
    );
    let profile = |at: &str| {
        format!(
            r#"{{"remains":{{"forensic":{{"profile":{{"unit":"u-1","on":"{at}","sample":"s-1","outcome":"obtained"}}}}}}}}"#
        )
    };
    let entry = house.entry("south", &profile("2025-01-13T12:00:01+00:00"));
    let late = house.ledger.post(&entry).unwrap_err();
    assert!(matches!(late, Refusal::Remains(RemainsRefusal::SampleGone { .. })), "{late}");
    house.tell("south", &profile("2025-01-13T12:00:00+00:00"));
}

/// One person has one complete body; a unit of which that was not observed may be a part that is missing from it, or be of it
/// under another code (invariant 33).
#[test]
fn only_two_complete_bodies_are_certainly_of_two_persons() {
    let complete = |house: &mut House, unit: &str| {
        let finding =
            format!(r#"{{"unit":"{unit}","observed":"complete-body","by":"examination","record":"file"}}"#);
        house.identify("lab", "finding", &finding);
    };
    for observed in [["u-1"].as_slice(), &["u-2"], &["u-1", "u-2"]] {
        let mut house = house(&["u-1", "u-2"]);
        house.person("x");
        for unit in ["u-1", "u-2"] {
            house.profiled(unit);
        }
        for unit in observed {
            complete(&mut house, unit);
        }
        house.decided("u-1", "x", "2025-01-20");
        let evidence = house.reviewed("u-2", "x", "2025-01-21");
        let decision = super::forensics::decision("u-2", "x", &evidence, "2025-01-21");
        let what = format!(r#"{{"identification":{{"decided":{decision}}}}}"#);
        if observed.len() == 2 {
            house.refused("south", &what, Some(33));
        } else {
            house.tell("south", &what);
        }
    }
}
