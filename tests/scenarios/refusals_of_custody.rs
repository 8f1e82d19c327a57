//! What cannot be of containers, custody, persons and identification: each refusal is provoked, and has changed nothing.

use super::house::House;
use super::refusals::named;

/// Bags `bag-u-1` and `bag-u-2` of `batch`, with South; prisoners in `living`; transfers of the batch and of the first
/// bag to a neutral courier, of which the second was told at both ends.
fn house() -> House {
    let mut house = House::with_laboratory("container");
    house.voice("depot", r#"{"party":"south"}"#);
    house.handover(20, "container", r#"{"matter":"remains"}"#);
    house.keeper(r#"{"handover":{"leg":{"id":"leg-of-living","handover":"h-20","from":"north","to":"south","of":{"matter":"prisoners-of-war"},"unit":"prisoner"}}}"#);
    for (batch, of) in [
        ("living", r#""of":{"matter":"prisoners-of-war"},"unit":"prisoner""#),
        ("whole", r#""of":{"matter":"remains"},"unit":"container","towards":"to-south""#),
        ("other", r#""of":{"matter":"remains"},"unit":"container""#),
    ] {
        house.keeper(&format!(
            r#"{{"batch":{{"introduced":{{"id":"{batch}","from":"north","to":"south",{of}}}}}}}"#
        ));
    }
    for unit in ["u-1", "u-2"] {
        house.bag(unit);
    }
    house.closed_bag("ended");
    house.keeper(r#"{"container":{"registered":{"id":"bag-whole","batch":"whole","held-by":"south","since":"2025-01-09","provenance":"undisclosed"}}}"#);
    house.keeper(r#"{"batch":{"passed":{"batch":"whole","leg":"leg-20-south"}}}"#);
    house.keeper(r#"{"container":{"complete":{"batch":"other"}}}"#);
    for (id, of) in [
        ("t-batch", r#"{"batch":"batch"}"#),
        ("t-bag", r#"{"container":"bag-u-1"}"#),
        ("t-ended", r#"{"container":"bag-ended"}"#),
    ] {
        house.keeper(&format!(
            r#"{{"custody":{{"introduced":{{"id":"{id}","of":{of},"from":"south","to":"observer"}}}}}}"#
        ));
    }
    for (id, by, what) in [
        ("given", "south", r#"{"custody":{"given":{"transfer":"t-bag","on":"2025-02-01"}}}"#),
        (
            "received",
            "observer",
            r#"{"custody":{"received":{"transfer":"t-bag","on":"2025-02-01","accepted":"in-full"}}}"#,
        ),
        (
            "ended",
            "south",
            r#"{"container":{"retired":{"container":"bag-ended","on":"2025-02-01","reason":"burned"}}}"#,
        ),
        (
            "undone",
            "south",
            r#"{"container":{"retired":{"container":"bag-u-2","on":"2025-02-01","reason":"burned"}}}"#,
        ),
        ("undoing", "south", r#"{"container":{"reversed":{"entry":"undone","reason":"another"}}}"#),
        ("x", "keeper", r#"{"person":{"introduced":{"id":"x"}}}"#),
        ("known", "south", r#"{"person":{"known":{"person":"x","fact":{"sex":"male"}}}}"#),
        ("gone", "south", r#"{"person":{"known":{"person":"x","fact":{"sex":"male"}}}}"#),
        ("going", "south", r#"{"person":{"withdrawn":{"entry":"gone"}}}"#),
    ] {
        let mut entry = house.entry(by, what);
        entry.id = id.parse().unwrap();
        let _ = house.ledger.post(&entry).expect(what);
    }
    let sample = r#"{"units":["u-1"],"person":"x","line":"dental","conclusion":"consistent","record":"teeth","on":"2025-02-01"}"#;
    let mut entry = house.entry("lab", &format!(r#"{{"identification":{{"evidence":{sample}}}}}"#));
    entry.id = "teeth".parse().unwrap();
    let _ = house.ledger.post(&entry).expect(sample);
    house.check();
    house
}

/// Who records, what, by which invariant it is refused, and how the refusal is called.
const REFUSED: &[(&str, &str, Option<u8>, &str)] = &[
    // Containers.
    (
        "keeper",
        r#"{"container":{"registered":{"id":"bag-9","held-by":"press","since":"2025-01-09","provenance":"unknown"}}}"#,
        Some(20),
        "ContainerRefusal::NoCustodian",
    ),
    (
        "keeper",
        r#"{"container":{"registered":{"id":"bag-9","batch":"living","held-by":"south","since":"2025-01-09","provenance":"unknown"}}}"#,
        None,
        "ContainerRefusal::BatchOfTheLiving",
    ),
    (
        "keeper",
        r#"{"container":{"assigned":{"container":"bag-u-1","batch":"other"}}}"#,
        None,
        "ContainerRefusal::ManifestIsComplete",
    ),
    (
        "keeper",
        r#"{"container":{"assigned":{"container":"bag-whole","batch":"batch","on":"2025-01-21"}}}"#,
        Some(20),
        "ContainerRefusal::PassedAsAWhole",
    ),
    (
        "south",
        r#"{"container":{"retired":{"container":"bag-ended","on":"2025-02-02","reason":"again"}}}"#,
        Some(20),
        "ContainerRefusal::NoMore",
    ),
    (
        "south",
        r#"{"container":{"retired":{"container":"bag-u-2","on":"2025-01-08","reason":"too early"}}}"#,
        Some(20),
        "ContainerRefusal::BeforeItWasHeld",
    ),
    (
        "south",
        r#"{"container":{"retired":{"container":"bag-u-1","on":"2025-01-31","reason":"too early"}}}"#,
        Some(20),
        "ContainerRefusal::LaterTransfer",
    ),
    ("keeper", r#"{"container":{"complete":{"batch":"other"}}}"#, None, "ContainerRefusal::CompleteAlready"),
    (
        "depot",
        r#"{"container":{"reversed":{"entry":"ended","reason":"not ours"}}}"#,
        Some(52),
        "ContainerRefusal::NotItsOrgan",
    ),
    (
        "south",
        r#"{"container":{"reversed":{"entry":"undone","reason":"again"}}}"#,
        Some(12),
        "ContainerRefusal::ReversedAlready",
    ),
    // Custody.
    (
        "keeper",
        r#"{"custody":{"introduced":{"id":"t","of":{"batch":"batch"},"from":"south","to":"south"}}}"#,
        Some(20),
        "CustodyRefusal::ToItself",
    ),
    (
        "keeper",
        r#"{"custody":{"introduced":{"id":"t","of":{"batch":"batch"},"from":"south","to":"press"}}}"#,
        Some(20),
        "CustodyRefusal::NoCustodian",
    ),
    (
        "keeper",
        r#"{"custody":{"introduced":{"id":"t","of":{"batch":"batch"},"from":"south","to":"observer","witnessed-by":["observer"]}}}"#,
        Some(25),
        "CustodyRefusal::WitnessIsCustodian",
    ),
    (
        "keeper",
        r#"{"custody":{"introduced":{"id":"t","of":{"batch":"living"},"from":"south","to":"observer"}}}"#,
        None,
        "CustodyRefusal::OfTheLiving",
    ),
    (
        "keeper",
        r#"{"custody":{"introduced":{"id":"t","of":{"batch":"batch"},"from":"north","to":"south","leg":"leg-20-north"}}}"#,
        Some(10),
        "CustodyRefusal::LegDoesNotFit",
    ),
    (
        "keeper",
        r#"{"custody":{"introduced":{"id":"t","of":{"container":"bag-u-1"},"from":"north","to":"south","leg":"leg-of-living"}}}"#,
        Some(10),
        "CustodyRefusal::LegDoesNotFit",
    ),
    (
        "north",
        r#"{"custody":{"given":{"transfer":"t-batch","on":"2025-02-01"}}}"#,
        Some(23),
        "CustodyRefusal::NotItsSide",
    ),
    (
        "south",
        r#"{"custody":{"given":{"transfer":"t-bag","on":"2025-02-02"}}}"#,
        Some(23),
        "CustodyRefusal::ToldAlready",
    ),
    (
        "depot",
        r#"{"custody":{"given":{"transfer":"t-bag","on":"2025-02-02","corrects":"given"}}}"#,
        Some(52),
        "CustodyRefusal::NotItsTeller",
    ),
    (
        "observer",
        r#"{"custody":{"received":{"transfer":"t-batch","on":"2025-02-01","accepted":{"in-part":{"refused":["bag-u-1"],"missing":["bag-u-1"]}}}}}"#,
        Some(20),
        "CustodyRefusal::NamedTwice",
    ),
    (
        "south",
        r#"{"custody":{"given":{"transfer":"t-ended","on":"2025-01-31","found":{"seals":[{"container":"bag-u-1","seal":"intact"}]}}}}"#,
        Some(22),
        "CustodyRefusal::NotInTransfer",
    ),
    (
        "south",
        r#"{"custody":{"given":{"transfer":"t-batch","on":"2025-02-01","found":{"count":{"quantity":2,"unit":"prisoner"}}}}}"#,
        Some(10),
        "CustodyRefusal::UnitDoesNotFit",
    ),
    (
        "south",
        r#"{"custody":{"given":{"transfer":"t-ended","on":"2025-02-02"}}}"#,
        Some(20),
        "CustodyRefusal::NoMore",
    ),
    (
        "south",
        r#"{"custody":{"discrepancy":{"first":"given","second":"given","about":"the seal"}}}"#,
        Some(23),
        "CustodyRefusal::OneEntry",
    ),
    (
        "keeper",
        r#"{"custody":{"incident":{"of":{"container":"bag-u-1"},"kind":"damaged","on":"2025-02-02"}}}"#,
        Some(55),
        "CustodyRefusal::KeeperTells",
    ),
    // Persons.
    ("south", r#"{"person":{"withdrawn":{"entry":"given"}}}"#, None, "PersonRefusal::NoStatement"),
    ("north", r#"{"person":{"withdrawn":{"entry":"known"}}}"#, Some(52), "PersonRefusal::NotItsWord"),
    ("south", r#"{"person":{"withdrawn":{"entry":"gone"}}}"#, Some(52), "PersonRefusal::WithdrawnAlready"),
    // Identification.
    (
        "south",
        r#"{"identification":{"retracted":{"entry":"given","reason":"no evidence"}}}"#,
        Some(31),
        "IdentificationRefusal::NotA",
    ),
    (
        "south",
        r#"{"identification":{"candidate":{"units":["u-1"],"person":"x","policy":"strict","evidence":["given"],"on":"2025-02-02"}}}"#,
        Some(31),
        "IdentificationRefusal::NotA",
    ),
    (
        "south",
        r#"{"identification":{"candidate":{"units":["u-1","u-2"],"person":"x","policy":"strict","evidence":["teeth"],"on":"2025-02-02"}}}"#,
        Some(31),
        "IdentificationRefusal::NoEvidence",
    ),
    (
        "south",
        r#"{"identification":{"policy":{"id":"earlier","supersedes":"strict","from":"1989-12-31","competent":["south"],"threshold":"0.9995","prior":"1 in 1000","screening":"1000","primary":1,"reviewers":1}}}"#,
        Some(31),
        "IdentificationRefusal::BeforeWhatItRestsOn",
    ),
];

#[test]
fn each_is_refused_by_its_rule_and_changes_nothing() {
    let mut house = house();
    for (by, what, invariant, name) in REFUSED {
        let refusal = house.refused(by, what, *invariant);
        assert_eq!(named(&refusal), *name, "{what}: {refusal}");
        assert!(refusal.to_string().starts_with("expected ") && !refusal.rule().says.is_empty());
    }
    house.check();
}

#[test]
fn an_end_is_corrected_or_reversed_once() {
    let mut house = house();
    let corrected = r#"{"custody":{"given":{"transfer":"t-bag","on":"2025-02-02","corrects":"given"}}}"#;
    house.tell("south", corrected);
    for again in [corrected, r#"{"custody":{"reversed":{"entry":"given","reason":"again"}}}"#] {
        let refusal = house.refused("south", again, Some(12));
        assert_eq!(named(&refusal), "CustodyRefusal::EndedAlready");
    }
    house.check();
}
