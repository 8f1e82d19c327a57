//! Journals that were tampered with: what admission refuses, replayed, breaks the invariant that it offends.

use super::forensics::{candidate, decision, grounds, identification};
use super::house::House;

fn house() -> House {
    House::of_two_units("container")
}

/// The entry is refused, and a ledger into which it came all the same breaks the invariant.
fn breaks(house: &House, by: &str, what: &str, invariant: u8) {
    house.check();
    let broken = house.broken_by(by, what);
    assert!(broken.contains(&invariant), "{what} breaks {broken:?} and not {invariant}");
}

#[test]
fn a_set_off_that_one_side_alone_agreed() {
    let house = house();
    let what = r#"{"affiliation":{"set-off":{"unit":"u-1","obligation":"to-south","consented":["south"],"on":"2025-02-01"}}}"#;
    breaks(&house, "south", what, 14);
}

#[test]
fn an_end_told_by_the_other_side_and_a_witness_who_takes_custody() {
    let mut house = house();
    let transfer = |witness: &str| {
        format!(
            r#"{{"custody":{{"introduced":{{"id":"t{witness}","of":{{"container":"bag-u-1"}},"from":"south","to":"observer"{witness}}}}}}}"#
        )
    };
    house.keeper(&transfer(""));
    let given = r#"{"custody":{"given":{"transfer":"t","on":"2025-02-01"}}}"#;
    breaks(&house, "north", given, 23);
    let both = transfer("").replace(r#""id":"t""#, r#""id":"t-2","witnessed-by":["observer"]"#);
    breaks(&house, "keeper", &both, 25);
}

#[test]
fn effects_and_associations_without_a_reason() {
    let mut house = house();
    house.tell("south", r#"{"remains":{"effect":{"found":{"id":"letter","kind":"document","with":{"remains":"u-1"},"on":"2025-01-10"}}}}"#);
    let unpacked = r#"{"remains":{"effect":{"forwarded":{"effects":[{"effect":"letter","portion":"whole"}],"on":"2025-02-01","to":"observer","owner":"unknown"}}}}"#;
    breaks(&house, "south", unpacked, 26);
    let whole = unpacked.replace(r#""owner""#, r#""packet":"p","inventory":"i","owner""#);
    for lacks in [r#""packet":"p","#, r#""inventory":"i","#, r#"{"effect":"letter","portion":"whole"}"#] {
        breaks(&house, "south", &whole.replace(lacks, ""), 26);
    }
    let elsewhere =
        r#"{"remains":{"effect":{"assigned":{"effect":"letter","unit":"u-2","on":"2025-02-01"}}}}"#;
    breaks(&house, "south", elsewhere, 26);
    house.tell("south", r#"{"remains":{"group":{"introduced":{"id":"g"}}}}"#);
    let only_together = r#"{"remains":{"group":{"associated":{"unit":"u-1","group":"g","on":"2025-02-01","basis":["found-together"]}}}}"#;
    breaks(&house, "south", only_together, 29);
}

#[test]
fn a_decision_on_impressions() {
    let mut house = house();
    house.reviewed("u-1", "x", "2025-02-01");
    let tag = house.lead("south", "u-1", "x", "tag");
    let on_it = identification("decided", &decision("u-1", "x", &tag, "2025-02-02"));
    let broken = house.broken_by("south", &on_it);
    assert!(broken.contains(&30) && broken.contains(&31), "{broken:?}");
}

#[test]
fn a_decision_that_lacks_something() {
    let mut house = house();
    let dna = house.reviewed("u-1", "x", "2025-02-01");
    let good = identification("decided", &decision("u-1", "x", &dna, "2025-02-02"));
    assert_eq!(house.broken_by("lab", &good), [31], "of who may not decide");
    let alone = good.replace(r#""officer":"reviewer""#, r#""officer":"analyst""#);
    assert_eq!(house.broken_by("south", &alone), [31], "of one who reviews oneself");
    let sure = good.replace("1 in 1000", "0.5");
    assert_eq!(house.broken_by("south", &sure), [31], "with a prior that decides");
    let of_another = house.compared("u-2", "x", "consistent", "1e9", "2025-02-01");
    let of_another = good.replace(&format!("\"{dna}\""), &format!("\"{of_another}\""));
    assert!(house.broken_by("south", &of_another).contains(&31), "on evidence of another unit");
    let of_another = house.compared("u-1", "y", "consistent", "1e9", "2025-02-01");
    let of_another = good.replace(&format!("\"{dna}\""), &format!("\"{of_another}\""));
    assert!(house.broken_by("south", &of_another).contains(&31), "on evidence of another person");
    for (nobody, of_whom) in [
        (r#"[{"organ":"lab","officer":"analyst"}]"#, "without an analyst"),
        (r#"[{"organ":"south","officer":"reviewer"}]"#, "without a reviewer"),
    ] {
        assert_eq!(house.broken_by("south", &good.replace(nobody, "[]")), [31], "{of_whom}");
    }
}

/// Under a policy by which a tag and effects suffice together: a tag and a uniform do not, nor effects that were with another unit.
#[test]
fn impressions_that_are_not_the_combination_of_a_policy() {
    let mut house = house();
    house.identify("south", "policy", r#"{"id":"two","from":"1990-01-01","competent":["south"],"threshold":"0.9995","prior":"1 in 1000","screening":"1000","primary":1,"combinations":[["tag","effects"]],"reviewers":1}"#);
    let tag = house.lead("south", "u-1", "x", "tag");
    let uniform = house.lead("south", "u-1", "x", "uniform");
    let effects = house.lead("south", "u-1", "x", "effects");
    let elsewhere = house.lead("south", "u-2", "x", "effects");
    for (other, breaks) in [(&uniform, true), (&elsewhere, true), (&effects, false)] {
        let on_both = decision("u-1", "x", &tag, "2025-02-02")
            .replace(r#""strict""#, r#""two""#)
            .replace(&format!("\"{tag}\""), &format!("\"{tag}\",\"{other}\""));
        let broken = house.broken_by("south", &identification("decided", &on_both));
        assert_eq!(broken.contains(&30), breaks, "{other}: {broken:?}");
    }
}

#[test]
fn an_upholding_on_impressions() {
    let mut house = house();
    let decided = house.decided("u-1", "x", "2025-02-01");
    house.reexamined(&decided, r#""new-evidence""#, "2025-03-01");
    let tag = house.lead("south", "u-1", "x", "tag");
    let upheld = format!(r#"{{"decision":"{decided}","grounds":{},"on":"2025-03-02"}}"#, grounds(&tag));
    breaks(&house, "south", &identification("upheld", &upheld), 30);
}

#[test]
fn a_match_that_decides() {
    let mut house = house();
    let dna = house.compared("u-1", "x", "consistent", "1e9", "2025-02-01");
    let made = house.candidate("u-1", "x", &dna, "2025-02-01");
    house.identify("lab", "matched", &format!(r#"{{"candidate":"{made}","policy":"strict","prior":"1 in 1000","evidence":["{dna}"],"report":"match","on":"2025-02-01"}}"#));
    let unreviewed = identification("decided", &decision("u-1", "x", &dna, "2025-02-02"));
    assert_eq!(house.broken_by("south", &unreviewed), [32]);
}

#[test]
fn two_decisions_on_one_unit() {
    let mut house = house();
    let dna = house.reviewed("u-1", "x", "2025-02-01");
    let other = house.reviewed("u-1", "y", "2025-02-01");
    house.identify("south", "decided", &decision("u-1", "x", &dna, "2025-02-02"));
    let again = identification("decided", &decision("u-1", "y", &other, "2025-02-02"));
    breaks(&house, "south", &again, 33);
}

#[test]
fn a_decision_against_what_is_known() {
    let fact = |fact: &str| format!(r#"{{"person":{{"known":{{"person":"x","fact":{fact}}}}}}}"#);
    let finding = |observed: &str| {
        format!(r#"{{"unit":"u-1","observed":{observed},"by":"examination","record":"file"}}"#)
    };
    for (observed, known) in [
        (Some(r#"{"sex":"female"}"#), r#"{"sex":"male"}"#),
        (Some(r#"{"recovered":"2024-12-01"}"#), r#"{"last-known-alive":"2024-12-02"}"#),
        (Some(r#"{"death-by":"2024-12-01"}"#), r#"{"known-alive":"2024-12-02"}"#),
        (None, r#"{"prisoner":{"held-by":"north","as-of":"2025-01-20"}}"#),
        (None, r#"{"known-alive":"2025-02-10"}"#),
        (None, r#"{"found-alive":"2026-02-05"}"#),
    ] {
        let mut house = house();
        let dna = house.reviewed("u-1", "x", "2025-02-01");
        let finding = observed.map(|observed| house.identify("lab", "finding", &finding(observed)));
        let known = house.tell("south", &fact(known));
        let decided = identification("decided", &decision("u-1", "x", &dna, "2025-02-02"));
        assert!(house.broken_by("south", &decided).contains(&34), "{known}");
        // By one who may not decide it is not resolved.
        let opened = house.ledger.entries().find(|entry| {
            serde_json::to_string(&entry.what).unwrap().contains(r#""opened":{"container":"bag-u-1""#)
        });
        let against = [finding, opened.map(|entry| entry.id.to_string())];
        let written = |against: Option<&String>| {
            let against = against.map_or(String::new(), |entry| format!(r#""finding":"{entry}","#));
            format!(
                r#"{{"units":["u-1"],"person":"x","fact":"{known}",{against}"explanation":"of another person"}}"#
            )
        };
        let all: Vec<String> =
            [None].into_iter().chain(against.iter().map(Option::as_ref)).map(written).collect();
        for written in &all {
            house.identify("lab", "reconciled", written);
        }
        assert!(house.broken_by("south", &decided).contains(&34), "{known}");
        for written in &all {
            house.identify("south", "reconciled", written);
        }
        house.identify("south", "decided", &decision("u-1", "x", &dna, "2025-02-02"));
        house.check();
    }
}

#[test]
fn an_upholding_against_what_is_known() {
    let mut house = house();
    let decided = house.decided("u-1", "x", "2025-02-01");
    let known =
        house.tell("south", r#"{"person":{"known":{"person":"x","fact":{"found-alive":"2026-02-05"}}}}"#);
    house.check();
    house.reexamined(&decided, r#""contradiction""#, "2026-02-06");
    let again = house.compared("u-1", "x", "consistent", "1e9", "2026-02-06");
    let upheld = format!(r#"{{"decision":"{decided}","grounds":{},"on":"2026-02-07"}}"#, grounds(&again));
    breaks(&house, "south", &identification("upheld", &upheld), 34);
    house.tell("south", &format!(r#"{{"person":{{"withdrawn":{{"entry":"{known}"}}}}}}"#));
    house.identify("south", "upheld", &upheld);
    house.check();
}

#[test]
fn a_second_revocation() {
    let mut house = house();
    let decided = house.decided("u-1", "x", "2025-02-01");
    house.reexamined(&decided, r#""new-evidence""#, "2025-03-01");
    house.revoked(&decided, "excluded", "2025-03-02");
    let again = format!(r#"{{"decision":"{decided}","cause":"confused","on":"2025-03-03"}}"#);
    breaks(&house, "south", &identification("revoked", &again), 35);
}

#[test]
fn two_policies_in_the_place_of_one() {
    let mut house = house();
    let newer = |id: &str| {
        format!(
            r#"{{"id":"{id}","supersedes":"strict","from":"2026-01-01","competent":["south"],"threshold":"0.9999","prior":"1 in 1000","screening":"1000","primary":1,"reviewers":1}}"#
        )
    };
    house.identify("south", "policy", &newer("newer"));
    breaks(&house, "south", &identification("policy", &newer("other")), 36);
}

#[test]
fn a_grave_without_a_sample_and_a_release_of_nobody_known() {
    let mut house = house();
    let grave = r#"{"disposition":{"temporarily-buried":{"unit":"u-1","grave":{"number":"7","individual":true,"marked":true,"code":"u-1","register":"reg"},"photographs":"pho","records":"rec","on":"2025-02-01"}}}"#;
    breaks(&house, "south", grave, 37);
    house.forensic(r#"{"examined":{"unit":"u-1","on":"2025-01-11"}}"#);
    house.forensic(r#"{"sampled":{"unit":"u-1","on":"2025-01-11","sample":"s-1"}}"#);
    let released = r#"{"disposition":{"released":{"unit":"u-1","to":"family","code-on-remains":"u-1","code-on-decision":"u-1","on":"2025-02-01"}}}"#;
    breaks(&house, "south", released, 37);
    let cremated = r#"{"disposition":{"cremated":{"unit":"u-1","reason":"hygiene","on":"2025-02-01"}}}"#;
    breaks(&house, "south", cremated, 37);
}

#[test]
fn a_decision_on_what_is_excluded() {
    let mut house = house();
    let dna = house.reviewed("u-1", "x", "2025-02-01");
    let excludes = r#"{"unit":"u-1","person":"x","by":"dental","record":"teeth","on":"2025-02-01"}"#;
    house.identify("lab", "excluded", excludes);
    let decided = identification("decided", &decision("u-1", "x", &dna, "2025-02-02"));
    let broken = house.broken_by("south", &decided);
    assert!(broken.contains(&41) && broken.contains(&34), "{broken:?}");
    // A candidate alone decides nothing, and is refused all the same.
    let made = identification("candidate", &candidate("u-1", "x", &dna, "2025-02-02"));
    house.refused("south", &made, Some(41));
}

#[test]
fn a_case_that_nobody_said_when_to_close() {
    let house = house();
    breaks(&house, "south", r#"{"closure":{"closed":{"of":{"batch":"batch"},"on":"2026-01-01"}}}"#, 42);
}
