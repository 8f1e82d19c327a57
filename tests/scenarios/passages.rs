//! In which leg a batch passes.

use handover::batch::BatchRefusal;
use handover::refusal::Refusal;

use super::house::House;

/// From whom to whom, of what, in which unit and towards which obligation, if one.
type Course<'c> = (&'c str, &'c str, &'c str, &'c str, Option<&'c str>);

fn told(course: Course<'_>) -> String {
    let (from, to, matter, unit, towards) = course;
    let towards = towards.map_or(String::new(), |id| format!(r#","towards":"{id}""#));
    format!(r#""from":"{from}","to":"{to}","of":{{"matter":"{matter}"}},"unit":"{unit}"{towards}"#)
}

/// Whether a batch of one course passes in a leg of another.
fn passes(batch: Course<'_>, leg: Course<'_>) -> bool {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.keeper(r#"{"party":{"introduced":{"id":"east","name":"east"}}}"#);
    house.keeper(r#"{"obligation":{"introduced":{"id":"older","debtor":"north","creditor":"south","of":{"matter":"remains"},"unit":"set-of-remains","basis":"unilateral-pledge","standard":"result","credits-at":"passage"}}}"#);
    house.keeper(r#"{"handover":{"introduced":{"id":"h","under":"deal","on":"2025-01-16"}}}"#);
    house.keeper(&format!(r#"{{"handover":{{"leg":{{"id":"leg","handover":"h",{}}}}}}}"#, told(leg)));
    house.keeper(&format!(r#"{{"batch":{{"introduced":{{"id":"batch",{}}}}}}}"#, told(batch)));
    let entry = house.entry("keeper", r#"{"batch":{"passed":{"batch":"batch","leg":"leg"}}}"#);
    let posted = house.ledger.post(&entry);
    house.check();
    match posted {
        Ok(_) => true,
        Err(Refusal::Batch(BatchRefusal::LegDoesNotFit { .. })) => false,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_batch_passes_in_a_leg_of_its_own_direction_matter_and_unit() {
    let batch = ("north", "south", "remains", "set-of-remains", None);
    assert!(passes(batch, batch));
    for other in [
        ("east", "south", "remains", "set-of-remains", None),
        ("north", "east", "remains", "set-of-remains", None),
        ("north", "south", "remains", "container", None),
    ] {
        assert!(!passes(batch, other) && !passes(other, batch), "{other:?}");
    }
    let prisoners = ("north", "south", "prisoners-of-war", "prisoner", None);
    assert!(!passes(prisoners, ("north", "south", "civilians", "prisoner", None)));
}

#[test]
fn what_is_offered_towards_an_obligation_passes_towards_it_and_what_is_offered_towards_none_towards_any() {
    let towards = |obligation| ("north", "south", "remains", "set-of-remains", obligation);
    for (offered, passed, stands) in [
        (None, None, true),
        (None, Some("to-south"), true),
        (Some("to-south"), Some("to-south"), true),
        (Some("to-south"), None, false),
        (Some("to-south"), Some("older"), false),
        (Some("older"), Some("to-south"), false),
    ] {
        assert_eq!(passes(towards(offered), towards(passed)), stands, "{offered:?} in {passed:?}");
    }
}
