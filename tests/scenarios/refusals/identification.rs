//! What is impossible of an identification.

use super::super::forensics::KIN;
use super::super::house::House;
use super::{Row, row};

/// Units `u-1` and `u-2`, and persons `x` and `y`. Of `u-1` with `x` there are the comparisons `dna`, `back`, which was taken back,
/// and `gone`, of which the record was erased; `one` is of one relative; `dna-2` and `weak` are of `u-2` with `x`, and `other` of
/// `u-1` with `y`.
pub(super) fn house() -> House {
    let mut house = House::with_laboratory("set-of-remains");
    for unit in ["u-1", "u-2"] {
        house.bag(unit);
    }
    for person in ["x", "y", "z"] {
        house.person(person);
    }
    let one = r#"{"dna-kinship":{"relatives":[{"sample":"mother","degree":1,"methods":["autosomal-str"]}]}}"#;
    for (id, unit, person, line, ratio) in [
        ("dna", "u-1", "x", KIN, "1e9"),
        ("back", "u-1", "x", KIN, "1e9"),
        ("gone", "u-1", "x", KIN, "1e9"),
        ("one", "u-1", "x", one, "1e12"),
        ("dna-2", "u-2", "x", KIN, "1e9"),
        ("weak", "u-2", "x", KIN, "999"),
        ("other", "u-1", "y", KIN, "1e9"),
    ] {
        house.told(id, "lab", &evidence(unit, person, line, &format!(r#""ratio":"{ratio}","#), id));
    }
    house.tell("lab", &retracted("back"));
    house.tell("lab", &retracted("gone"));
    house.tell(
        "south",
        r#"{"disclosure":{"erased":{"person":"z","records":["gone"],"ground":"request","on":"2025-10-01"}}}"#,
    );
    house
}

pub(super) fn identification(kind: &str, what: &str) -> String {
    format!(r#"{{"identification":{{"{kind}":{what}}}}}"#)
}

fn evidence(unit: &str, person: &str, line: &str, ratio: &str, record: &str) -> String {
    identification(
        "evidence",
        &format!(
            r#"{{"units":["{unit}"],"person":"{person}","line":{line},"conclusion":"consistent",{ratio}"record":"{record}","on":"2025-02-01"}}"#
        ),
    )
}

fn retracted(entry: &str) -> String {
    identification("retracted", &format!(r#"{{"entry":"{entry}","reason":"a sample was confused"}}"#))
}

pub(super) fn policy(id: &str, more: &str, from: &str, primary: u8) -> String {
    identification(
        "policy",
        &format!(
            r#"{{"id":"{id}"{more},"from":"{from}","competent":["south"],"threshold":"0.9995","prior":"1 in 1000","screening":"1000","primary":{primary},"reviewers":1}}"#
        ),
    )
}

pub(super) fn candidate(units: &str, person: &str, evidence: &str) -> String {
    identification(
        "candidate",
        &format!(
            r#"{{"units":[{units}],"person":"{person}","policy":"strict","evidence":[{evidence}],"on":"2025-02-02"}}"#
        ),
    )
}

pub(super) fn matched(candidate: &str, prior: &str, evidence: &str) -> String {
    identification(
        "matched",
        &format!(
            r#"{{"candidate":"{candidate}","policy":"strict","prior":"{prior}","evidence":["{evidence}"],"report":"match","on":"2025-02-03"}}"#
        ),
    )
}

/// A decision on a unit that it is `x`: under a policy, by a prior and on evidence, and reviewed by these.
pub(super) fn decided(unit: &str, policy: &str, prior: &str, evidence: &str, reviewers: &str) -> String {
    identification(
        "decided",
        &format!(
            r#"{{"units":["{unit}"],"person":"x","grounds":{{"policy":"{policy}","prior":"{prior}","evidence":["{evidence}"],"analysts":[{{"organ":"lab","officer":"a-1"}}],"reviewers":[{reviewers}]}},"on":"2025-02-05"}}"#
        ),
    )
}

pub(super) fn course(kind: &str, decision: &str) -> String {
    let why =
        if kind == "reexamined" { r#""occasion":"contradiction""# } else { r#""cause":"person-alive""# };
    identification(kind, &format!(r#"{{"decision":"{decision}",{why},"on":"2025-03-01"}}"#))
}

pub(super) const OTHER: &str = r#"{"organ":"south","officer":"r-1"}"#;

fn lax(house: &mut House) {
    house.tell("south", &policy("newer", r#","supersedes":"strict""#, "1991-01-01", 1));
}

pub(super) fn is_candidate(house: &mut House, unit: &str, evidence: &str) {
    house.told(
        &format!("candidate-{unit}"),
        "south",
        &candidate(&format!(r#""{unit}""#), "x", &format!(r#""{evidence}""#)),
    );
}

fn is_reviewed(house: &mut House, unit: &str, evidence: &str) {
    is_candidate(house, unit, evidence);
    let (candidate, report) = (format!("candidate-{unit}"), format!("report-{unit}"));
    house.told(&report, "lab", &matched(&candidate, "1 in 1000", evidence));
    house.tell(
        "south",
        &identification("under-review", &format!(r#"{{"report":"{report}","on":"2025-02-04"}}"#)),
    );
}

pub(super) fn is_decided(house: &mut House, unit: &str, evidence: &str) {
    is_reviewed(house, unit, evidence);
    house.told(&format!("decision-{unit}"), "south", &decided(unit, "strict", "1 in 1000", evidence, OTHER));
}

pub(super) fn reviewed(house: &mut House) {
    is_reviewed(house, "u-1", "dna");
}

fn one_decided(house: &mut House) {
    is_decided(house, "u-1", "dna");
}

fn both_decided(house: &mut House) {
    one_decided(house);
    is_decided(house, "u-2", "dna-2");
}

fn excluded(house: &mut House) {
    reviewed(house);
    house.told(
        "exclusion",
        "lab",
        &identification(
            "excluded",
            r#"{"unit":"u-1","person":"x","by":"dental","record":"teeth","on":"2025-02-04"}"#,
        ),
    );
}

fn included(house: &mut House) {
    house.tell("lab", &retracted("exclusion"));
}

/// `u-1` is decided to be `x`, and `u-2` is excluded from being `y`.
fn decided_and_excluded(house: &mut House) {
    one_decided(house);
    house.tell(
        "lab",
        &identification(
            "excluded",
            r#"{"unit":"u-2","person":"y","by":"dental","record":"teeth","on":"2025-02-01"}"#,
        ),
    );
}

/// The decision on `u-1` is revoked, that on `u-2` is examined again.
fn revoked(house: &mut House) {
    both_decided(house);
    for decision in ["decision-u-1", "decision-u-2"] {
        house.tell("south", &course("reexamined", decision));
    }
    house.tell("south", &course("revoked", "decision-u-1"));
}

/// The decision on `u-1` is examined again.
fn reexamined(house: &mut House) {
    both_decided(house);
    reexamine(house);
}

fn reexamine(house: &mut House) {
    house.tell("south", &course("reexamined", "decision-u-1"));
}

fn animal(house: &mut House) {
    house.tell("south", r#"{"remains":{"determined":{"unit":"u-1","on":"2025-01-12","human":"no"}}}"#);
}

fn human(house: &mut House) {
    house.tell("south", r#"{"remains":{"determined":{"unit":"u-1","on":"2025-01-13","human":"yes"}}}"#);
}

fn reviewed_animal(house: &mut House) {
    reviewed(house);
    animal(house);
}

pub(super) fn rows() -> Vec<Row> {
    [of_forms(), of_course()].into_iter().flatten().collect()
}

fn of_forms() -> Vec<Row> {
    let units = |units: &str, evidence: &str| candidate(units, "x", evidence);
    let impression = evidence("u-1", "x", r#""tag""#, r#""ratio":"0.5","#, "tag");
    vec![
        row("IdentificationRefusal::NotA", Some(31), "south", units(r#""u-1","u-1""#, r#""e-1""#))
            .but(r#""e-1""#, r#""dna""#)
            .then("IdentificationRefusal::UnitTwice"),
        row("IdentificationRefusal::None", Some(31), "south", units("", r#""dna""#))
            .but(r#""units":[]"#, r#""units":["u-1","u-1"]"#)
            .then("IdentificationRefusal::UnitTwice"),
        row("IdentificationRefusal::UnitTwice", Some(29), "south", units(r#""u-1","u-1""#, r#""dna""#))
            .but(r#""u-1","u-1""#, r#""u-1""#),
        row(
            "IdentificationRefusal::AllowsEverything",
            Some(30),
            "lab",
            policy("lax", r#","supersedes":"strict""#, "1989-01-01", 0),
        )
        .but(r#""primary":0"#, r#""primary":1"#)
        .then("IdentificationRefusal::NotItsPolicy"),
        row(
            "IdentificationRefusal::NotItsPolicy",
            Some(36),
            "lab",
            policy("lax", r#","supersedes":"strict""#, "1989-01-01", 1),
        )
        .after(lax)
        .but_by("south")
        .then("IdentificationRefusal::SupersededAlready"),
        row(
            "IdentificationRefusal::SupersededAlready",
            Some(36),
            "south",
            policy("lax", r#","supersedes":"strict""#, "1989-01-01", 1),
        )
        .after(lax)
        .but("strict", "newer")
        .then("IdentificationRefusal::BeforeWhatItRestsOn"),
        row("IdentificationRefusal::AtOdds", Some(31), "lab", impression.clone())
            .but("0.5", "5")
            .then("IdentificationRefusal::RatioOfImpression"),
        row("IdentificationRefusal::RatioOfImpression", Some(30), "lab", impression.replace("0.5", "5"))
            .but(r#""ratio":"5","#, ""),
        row("IdentificationRefusal::NotItsWord", Some(41), "south", retracted("back"))
            .but_by("lab")
            .then("IdentificationRefusal::RetractedAlready"),
        row("IdentificationRefusal::RetractedAlready", Some(52), "lab", retracted("back")).but("back", "dna"),
    ]
}

fn of_course() -> Vec<Row> {
    let good = decided("u-1", "strict", "1 in 1000", "dna", OTHER);
    vec![
        row(
            "IdentificationRefusal::IdentifiedAlready",
            Some(33),
            "south",
            candidate(r#""u-1""#, "y", r#""other""#),
        )
        .after(decided_and_excluded)
        .but("u-1", "u-2")
        .then("IdentificationRefusal::Excluded"),
        row("IdentificationRefusal::NotInForce", Some(35), "lab", course("reexamined", "decision-u-1"))
            .after(revoked)
            .but("decision-u-1", "decision-u-2")
            .then("IdentificationRefusal::ReexaminedAlready"),
        row(
            "IdentificationRefusal::ReexaminedAlready",
            Some(35),
            "lab",
            course("reexamined", "decision-u-1"),
        )
        .after(reexamined)
        .but("decision-u-1", "decision-u-2")
        .then("IdentificationRefusal::NotCompetent"),
        row("IdentificationRefusal::NotReexamined", Some(35), "lab", course("revoked", "decision-u-1"))
            .after(one_decided)
            .but_after(reexamine)
            .then("IdentificationRefusal::NotCompetent"),
        row("IdentificationRefusal::Excluded", Some(41), "south", good.clone())
            .after(excluded)
            .but_after(included)
            .then("IdentificationRefusal::NotThere"),
        row("IdentificationRefusal::NotThere", Some(32), "lab", good.clone())
            .after(animal)
            .but_after(reviewed)
            .then("IdentificationRefusal::NotHuman"),
        row("IdentificationRefusal::NotHuman", Some(31), "lab", good)
            .after(reviewed_animal)
            .but_after(human)
            .then("IdentificationRefusal::NotCompetent"),
    ]
}
