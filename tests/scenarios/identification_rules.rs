//! What speaks against an identification and how that is resolved, what evidence must have, and who may examine a decision again.

use handover::identification::{Contradiction, IdentificationRefusal as Refused};
use handover::reading::{DecisionState, IdentificationStatus as Status};
use handover::refusal::Refusal;

use super::forensics::{KIN, decision, grounds, identification};
use super::house::House;

/// When the container of `u-1` was opened: the remains lay in it then.
const OPENED: &str = "2025-01-10";
const COMPARED: &str = "2025-02-01";
const DECIDED: &str = "2025-02-05";

const DNA: &str = r#"{"dna-direct":{"sample":"brush","methods":["autosomal-str"]}}"#;

fn house() -> House {
    House::of_two_units("set-of-remains")
}

/// Evidence on whether `u-1` is `x`.
fn evidence(line: &str, conclusion: &str, ratio: Option<&str>) -> String {
    let ratio = ratio.map_or(String::new(), |ratio| format!(r#""ratio":"{ratio}","#));
    format!(
        r#"{{"units":["u-1"],"person":"x","line":{line},"conclusion":"{conclusion}",{ratio}"record":"report","on":"{COMPARED}"}}"#
    )
}

fn finding(house: &mut House, unit: &str, observed: &str) -> String {
    let what = format!(r#"{{"unit":"{unit}","observed":{observed},"by":"examination","record":"file"}}"#);
    house.identify("lab", "finding", &what)
}

fn excluded(house: &mut House, person: &str) -> String {
    let what =
        format!(r#"{{"unit":"u-1","person":"{person}","by":"dental","record":"teeth","on":"2025-02-06"}}"#);
    house.identify("lab", "excluded", &what)
}

fn known(house: &mut House, by: &str, fact: &str) -> String {
    house.tell(by, &format!(r#"{{"person":{{"known":{{"person":"x","fact":{fact}}}}}}}"#))
}

fn retracted(entry: &str) -> String {
    identification("retracted", &format!(r#"{{"entry":"{entry}","reason":"two files were confused"}}"#))
}

/// What is written on why a contradiction does not stand in the way.
fn written(unit: &str, person: &str, fact: &str, finding: Option<&str>) -> String {
    let finding = finding.map_or(String::new(), |finding| format!(r#""finding":"{finding}","#));
    format!(
        r#"{{"units":["{unit}"],"person":"{person}","fact":"{fact}",{finding}"explanation":"the register was wrong"}}"#
    )
}

/// The first contradiction that stands in the way of the decision that `u-1` is `x`: in what, by what is known and against which
/// finding. Nothing if the decision stands.
fn decide(house: &mut House, evidence: &str) -> Option<(Contradiction, String, Option<String>)> {
    let what = identification("decided", &decision("u-1", "x", evidence, DECIDED));
    let entry = house.entry("south", &what);
    match house.ledger.post(&entry) {
        Ok(_) => None,
        Err(Refusal::Identification(Refused::ContradictionOpen { kind, fact, finding, unit })) => {
            assert_eq!(unit.to_string(), "u-1");
            Some((kind, fact.to_string(), finding.map(|finding| finding.to_string())))
        }
        Err(other) => panic!("{other}"),
    }
}

/// What contradicts decisions in force and is open: in what, and by which entry.
fn open(house: &House) -> Vec<(Contradiction, String)> {
    house.now().open_contradictions().into_iter().map(|one| (one.kind, one.fact.to_string())).collect()
}

#[test]
fn a_line_that_does_not_agree_contradicts_unless_it_is_an_impression() {
    for (line, contradicts) in [
        (r#""tag""#, false),
        (r#""sender-statement""#, false),
        (r#""effects""#, true),
        (r#""dental""#, true),
        (DNA, true),
    ] {
        // An impression has no ratio.
        for ratio in [None, contradicts.then_some("0.001")] {
            let mut house = house();
            let against = house.identify("lab", "evidence", &evidence(line, "inconsistent", ratio));
            let dna = house.reviewed("u-1", "x", COMPARED);
            let expected = contradicts.then_some((Contradiction::Inconsistent, against, None));
            assert_eq!(decide(&mut house, &dna), expected, "{line}");
            house.check();
        }
    }
    let mut house = house();
    house.identify("lab", "evidence", &evidence(r#""effects""#, "insufficient", None));
    let dna = house.reviewed("u-1", "x", COMPARED);
    assert_eq!(decide(&mut house, &dna), None, "what decides nothing contradicts nothing");
}

#[test]
fn an_exclusion_after_the_decision_is_open_until_its_laboratory_takes_it_back() {
    let mut house = house();
    let decided = house.decided("u-1", "x", DECIDED);
    excluded(&mut house, "y");
    assert_eq!(open(&house), [], "that it is not someone else's");
    let exclusion = excluded(&mut house, "x");
    let expected = [(Contradiction::Excluded, exclusion.clone())];
    assert_eq!(open(&house), expected);
    house.identify("south", "reconciled", &written("u-1", "x", &exclusion, None));
    assert_eq!(open(&house), expected, "it is not resolved in writing");
    assert_eq!(house.of("u-1").status, Status::Identified, "only a revocation ends a decision");

    house.reexamined(&decided, r#""contradiction""#, "2025-03-01");
    let dna = house.compared("u-1", "x", "consistent", "1e9", "2025-03-01");
    let upheld = identification(
        "upheld",
        &format!(r#"{{"decision":"{decided}","grounds":{},"on":"2025-03-02"}}"#, grounds(&dna)),
    );
    let refusal = house.refused("south", &upheld, Some(41));
    assert!(matches!(refusal, Refusal::Identification(Refused::Excluded { .. })), "{refusal}");
    house.tell("lab", &retracted(&exclusion));
    assert_eq!(open(&house), []);
    house.tell("south", &upheld);
    assert_eq!(house.of("u-1").status, Status::Identified);
    house.check();
}

#[test]
fn who_was_found_alive_is_not_these_remains_unless_they_were_found_later() {
    for fact in
        [r#"{"found-alive":"2024-12-01"}"#, r#"{"status":{"status":"found-alive","as-of":"2024-12-01"}}"#]
    {
        // When they were found, whether that is a contradiction, and whether it is one with that finding.
        for (recovered, contradicts, at_odds) in [
            (None, true, false),
            (Some("2024-11-30"), true, true),
            (Some("2024-12"), true, false),
            (Some("2024-12-01"), true, false),
            (Some("2024-12-02"), false, false),
        ] {
            let mut house = house();
            let found = recovered.map(|on| finding(&mut house, "u-1", &format!(r#"{{"recovered":"{on}"}}"#)));
            let alive = known(&mut house, "south", fact);
            let dna = house.reviewed("u-1", "x", COMPARED);
            let expected = contradicts.then(|| (Contradiction::FoundAlive, alive, found.filter(|_| at_odds)));
            assert_eq!(decide(&mut house, &dna), expected, "{fact}, found {recovered:?}");
            house.check();
        }
    }
}

#[test]
fn what_a_side_says_has_become_of_a_person_contradicts_as_what_is_known_does() {
    const PRISONER: &str = r#"{"confirmed-prisoner":{"held-by":"north","confirmed-by":"observer"}}"#;
    for (status, kind) in [
        (r#""serving""#, Some(Contradiction::AliveAfterwards)),
        (r#""at-large-elsewhere""#, Some(Contradiction::AliveAfterwards)),
        (r#""repatriated""#, Some(Contradiction::AliveAfterwards)),
        (PRISONER, Some(Contradiction::PrisonerAfterwards)),
        (r#""found-alive""#, Some(Contradiction::FoundAlive)),
        (r#""missing""#, None),
        (r#""presumed-captured""#, None),
        (r#""deceased-declared""#, None),
    ] {
        for (as_of, later) in [("2025-01-11", true), (OPENED, false), ("2025-01", false)] {
            // Who was found alive must have died since: that is asked for by itself.
            if !later && kind == Some(Contradiction::FoundAlive) {
                continue;
            }
            let mut house = house();
            let told = format!(r#"{{"status":{{"status":{status},"as-of":"{as_of}"}}}}"#);
            let fact = known(&mut house, "south", &told);
            let dna = house.reviewed("u-1", "x", COMPARED);
            let found = decide(&mut house, &dna).map(|(kind, fact, _)| (kind, fact));
            assert_eq!(found, kind.filter(|_| later).map(|kind| (kind, fact)), "{told}");
            house.check();
        }
    }
}

#[test]
fn what_is_written_resolves_the_one_contradiction_that_it_names() {
    let mut house = house();
    let body = finding(&mut house, "u-1", r#""complete-body""#);
    let sex = finding(&mut house, "u-1", r#"{"sex":"female"}"#);
    let fact = known(&mut house, "south", r#"{"sex":"male"}"#);
    let other = known(&mut house, "lab", r#"{"sex":"male"}"#);
    let dna = house.reviewed("u-1", "x", COMPARED);
    let first = Some((Contradiction::OtherSex, fact.clone(), Some(sex.clone())));
    assert_eq!(decide(&mut house, &dna), first);
    for (by, unit, person, fact, finding) in [
        ("lab", "u-1", "x", &fact, Some(&sex)), // who may not decide
        ("south", "u-2", "x", &fact, Some(&sex)),
        ("south", "u-1", "y", &fact, Some(&sex)),
        ("south", "u-1", "x", &other, Some(&sex)),
        ("south", "u-1", "x", &fact, Some(&body)),
        ("south", "u-1", "x", &fact, None),
    ] {
        let text = written(unit, person, fact, finding.map(String::as_str));
        house.identify(by, "reconciled", &text);
        assert_eq!(decide(&mut house, &dna), first, "{by}: {text}");
    }
    let resolves = house.identify("south", "reconciled", &written("u-1", "x", &fact, Some(&sex)));
    assert_eq!(decide(&mut house, &dna), None, "the other was resolved before");
    assert_eq!(open(&house), []);

    // What was written is taken back by who wrote it: then it is open again. What was found is too, and then it is not.
    house.refused("lab", &retracted(&resolves), Some(41));
    house.tell("south", &retracted(&resolves));
    assert_eq!(open(&house), [(Contradiction::OtherSex, fact)]);
    house.refused("south", &retracted(&sex), Some(41));
    house.tell("lab", &retracted(&sex));
    assert_eq!(open(&house), []);
    house.check();
}

#[test]
fn a_ratio_of_one_speaks_neither_for_nor_against() {
    for (conclusion, ratio, stands) in [
        ("consistent", "0.999", false),
        ("consistent", "1", true),
        ("consistent", "1.001", true),
        ("inconsistent", "0.999", true),
        ("inconsistent", "1", true),
        ("inconsistent", "1.001", false),
        ("inconsistent", "1000", false),
        ("insufficient", "0.001", true),
        ("insufficient", "1000", true),
    ] {
        let mut house = house();
        let what = identification("evidence", &evidence(KIN, conclusion, Some(ratio)));
        if stands {
            house.tell("lab", &what);
        } else {
            let refusal = house.refused("lab", &what, Some(31));
            assert!(matches!(refusal, Refusal::Identification(Refused::AtOdds)), "{refusal}");
        }
    }
}

#[test]
fn dna_is_compared_by_a_method_and_with_someone() {
    const MOTHER: &str = r#"{"sample":"mother","degree":1,"methods":["mitochondrial"]}"#;
    const FATHER: &str = r#"{"sample":"father","degree":1,"methods":[]}"#;
    let kin = |relatives: &str| format!(r#"{{"dna-kinship":{{"relatives":[{relatives}]}}}}"#);
    for (line, lacks) in [
        (DNA.to_owned(), None),
        (DNA.replace(r#""autosomal-str""#, ""), Some("method")),
        (kin(MOTHER), None),
        (kin(""), Some("relative")),
        (kin(&format!("{MOTHER},{FATHER}")), Some("method")),
    ] {
        let mut house = house();
        let what = identification("evidence", &evidence(&line, "consistent", Some("1e9")));
        match lacks {
            None => {
                house.tell("lab", &what);
            }
            Some(lacks) => {
                let refusal = house.refused("lab", &what, Some(31));
                let expected = Refusal::Identification(Refused::None(lacks));
                assert_eq!(refusal.to_string(), expected.to_string(), "{line}");
            }
        }
    }
}

/// Who may examine a decision again follows from the policy under which it stands now; one that rests on many pieces is held in
/// another way than one that rests on few, and that makes no difference.
#[test]
fn a_decision_that_is_upheld_rests_on_its_new_grounds() {
    for pieces in [1, 5] {
        let mut house = house();
        house.voice("board", r#"{"party":"south"}"#);
        house.identify("board", "policy", r#"{"id":"other","from":"2025-01-01","competent":["board"],"threshold":"0.9995","prior":"1 in 1000","screening":"1000","primary":1,"references":["own-sample",{"relatives":{"relatives":2,"within-degree":1,"methods":1}}],"reviewers":1}"#);
        let first = house.reviewed("u-1", "x", COMPARED);
        let mut all = vec![first];
        for _ in 1..pieces {
            all.push(house.compared("u-1", "x", "consistent", "1e9", COMPARED));
        }
        let all = all.join(r#"",""#);
        let decided = house.identify("south", "decided", &decision("u-1", "x", &all, DECIDED));
        let again = |on: &str| {
            identification(
                "reexamined",
                &format!(r#"{{"decision":"{decided}","occasion":"new-evidence","on":"{on}"}}"#),
            )
        };
        let not_competent = |house: &mut House, by: &str, under: &str, what: &str| {
            let refusal = house.refused(by, what, Some(31));
            let Refusal::Identification(Refused::NotCompetent { policy, organ }) = refusal else {
                panic!("{refusal}")
            };
            assert_eq!((organ.to_string().as_str(), policy.to_string().as_str()), (by, under));
        };
        not_competent(&mut house, "board", "strict", &again("2025-03-01"));
        house.tell("south", &again("2025-03-01"));
        let upheld = format!(
            r#"{{"decision":"{decided}","grounds":{},"on":"2025-03-02"}}"#,
            grounds(&all).replace("strict", "other")
        );
        not_competent(&mut house, "south", "other", &identification("upheld", &upheld));
        house.identify("board", "upheld", &upheld);
        let decisions = house.now().decisions();
        let [view] = &decisions[..] else { panic!("{decisions:?}") };
        assert_eq!((view.policy.to_string().as_str(), view.state), ("other", DecisionState::InForce));
        not_competent(&mut house, "south", "other", &again("2025-04-01"));
        house.tell("board", &again("2025-04-01"));
        house.check();
    }
}
