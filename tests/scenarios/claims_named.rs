//! What a claim names beside what it is about must be on record, and what it counts must be countable in its unit.

use handover::claim::ClaimRefusal;
use handover::refusal::{EntryRefusal, Refusal};

use super::house::House;

const NOBODY: &str = r#""nobody""#;
const NOTHING: &str = r#""nothing""#;

/// About what, what is said, and of what kind is that which it names and nobody has introduced.
const NAMED: [(&str, &str, &str); 14] = [
    (
        r#"{"obligation":"to-south"}"#,
        r#"{"reciprocity":{"parity":{"with":"nothing","scope":"total","tolerance":0}}}"#,
        "obligation",
    ),
    (
        r#"{"obligation":"to-south"}"#,
        r#"{"terms":{"required":{"ratio":{"of":"nothing","owed":15,"per":1,"accrues-at":"credit","rounding":"down"}}}}"#,
        "obligation",
    ),
    (r#"{"leg":"leg-20-south"}"#, r#"{"whose":[{"forces-of":"nobody"}]}"#, "party"),
    (r#"{"leg":"leg-20-south"}"#, r#"{"whose":["historic",{"civilians-of":"nobody"}]}"#, "party"),
    (r#"{"slot":"h-20"}"#, r#"{"fault":{"of":"nobody","act":"did not appear"}}"#, "party"),
    (
        r#"{"milestone":"lists"}"#,
        r#"{"deadline-from":{"after":["nothing"],"within":{"days":7}}}"#,
        "milestone",
    ),
    (r#"{"agreement":"deal"}"#, r#"{"costs":{"borne-by":"nobody","says":"from the frontier"}}"#, "party"),
    (r#"{"obligation":"to-south"}"#, r#"{"readiness":{"of":"nobody","ready":false}}"#, "party"),
    (r#"{"slot":"h-20"}"#, r#"{"postponed":{"kind":{"requested-by":"nobody"}}}"#, "party"),
    (r#"{"slot":"h-20"}"#, r#"{"postponed":{"kind":{"without-notice-by":"nobody"}}}"#, "party"),
    (r#"{"slot":"h-20"}"#, r#"{"postponed":{"kind":{"sine-die-by":"nobody"}}}"#, "party"),
    (r#"{"leg":"nothing"}"#, r#"{"count":{"quantity":1,"unit":"set-of-remains"}}"#, "leg"),
    (r#"{"obligation":"nothing"}"#, r#"{"terms":{"required":{"exactly":1}}}"#, "obligation"),
    (r#"{"batch":"nothing"}"#, r#"{"count":{"quantity":1,"unit":"set-of-remains"}}"#, "batch"),
];

fn house() -> House {
    let mut house = House::new("set-of-remains", "remains", "passage");
    house.handover(20, "set-of-remains", r#"{"matter":"remains"}"#);
    house.keeper(r#"{"agreement":{"milestone":{"id":"lists","agreement":"deal","name":"the lists are exchanged","kind":"event"}}}"#);
    house
}

fn claim(about: &str, says: &str) -> String {
    format!(r#"{{"claim":{{"made":{{"about":{about},"says":{says}}}}}}}"#)
}

#[test]
fn a_claim_names_nothing_that_is_not_on_record() {
    let mut house = house();
    let before = format!("{:?}", house.ledger);
    for (about, says, expected) in NAMED {
        let entry = house.entry("north", &claim(about, says));
        let refusal = house.ledger.post(&entry).expect_err(says);
        let Refusal::Entry(EntryRefusal::NoSuch { kind, .. }) = refusal else {
            panic!("{about} {says}: {refusal}")
        };
        assert_eq!(kind, expected, "{about} {says}");
        assert_eq!(format!("{:?}", house.ledger), before, "a refused entry changes nothing");
    }
    // Of what is on record the same can be said, each of its own story.
    for (about, says, expected) in NAMED {
        if !about.contains(NOTHING) && expected != "milestone" {
            let said = says.replace(NOBODY, r#""south""#).replace(NOTHING, r#""to-north""#);
            let _ = self::house().says("north", about, &said);
        }
    }
}

#[test]
fn what_is_counted_is_counted_in_a_unit_of_its_matter() {
    let mut house = house();
    house.keeper(
        r#"{"batch":{"introduced":{"id":"brought","from":"north","to":"south","of":{"matter":"remains"},"unit":"container"}}}"#,
    );
    house.keeper(
        r#"{"total":{"introduced":{"id":"published","of":{"matter":"remains"},"unit":"set-of-remains"}}}"#,
    );
    let ready = |unit: &str| {
        format!(r#"{{"readiness":{{"of":"north","ready":true,"count":{{"quantity":5,"unit":"{unit}"}}}}}}"#)
    };
    let count = |unit: &str| format!(r#"{{"count":{{"quantity":5,"unit":"{unit}"}}}}"#);
    for (about, unit, stands) in [
        (r#"{"leg":"leg-20-south"}"#, "prisoner", false),
        (r#"{"leg":"leg-20-south"}"#, "container", true),
        (r#"{"batch":"brought"}"#, "prisoner", false),
        (r#"{"batch":"brought"}"#, "set-of-remains", true),
        (r#"{"obligation":"to-south"}"#, "prisoner", false),
        (r#"{"obligation":"to-south"}"#, "handover", false),
        (r#"{"obligation":"to-south"}"#, "container", true),
        (r#"{"total":"published"}"#, "prisoner", false),
        (r#"{"total":"published"}"#, "handover", true),
        (r#"{"total":"published"}"#, "container", true),
        (r#"{"total":"published"}"#, "set-of-remains", true),
    ] {
        let says = if about.contains("obligation") { ready(unit) } else { count(unit) };
        let entry = house.entry("north", &claim(about, &says));
        let posted = house.ledger.post(&entry);
        match posted {
            Ok(_) => assert!(stands, "{about} in {unit}"),
            Err(Refusal::Claim(ClaimRefusal::UnitDoesNotFit { .. })) => {
                assert!(!stands, "{about} in {unit}");
            }
            Err(other) => panic!("{about} in {unit}: {other}"),
        }
    }
}
