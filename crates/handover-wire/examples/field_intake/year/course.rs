//! What mostly happens to a unit: the laboratory, the decision, the family and the grave.

use serde_json::{Value, json};

use super::book::{Book, KEEPER};

/// The day from which the stricter policy is in force.
pub(crate) const STRICTER: u32 = 260;

/// One step of the laboratory.
pub(crate) fn step(book: &mut Book, unit: &str, at: u32, step: &str, mut fields: Value) {
    if let Some(fields) = fields.as_object_mut() {
        fields.insert("unit".to_owned(), json!(unit));
    }
    book.happened("bel-lab", at, &["remains", "forensic", step], fields);
}

/// Examined, sampled, with a profile in the database, compared.
pub(crate) fn profiled(book: &mut Book, unit: &str, from: u32) {
    let after = |days: u32| from.saturating_add(days);
    let sample = format!("s-{unit}");
    step(book, unit, after(1), "examined", json!({}));
    step(book, unit, after(2), "sampled", json!({"sample": sample}));
    if book.befalls(10) {
        step(book, unit, after(9), "profile", json!({"sample": sample, "outcome": "insufficient"}));
        let again = format!("t-{unit}");
        step(book, unit, after(10), "sampled", json!({"sample": again}));
        step(book, unit, after(20), "profile", json!({"sample": again, "outcome": "obtained"}));
    } else {
        step(book, unit, after(12), "profile", json!({"sample": sample, "outcome": "obtained"}));
    }
    step(book, unit, after(21), "in-database", json!({}));
    step(book, unit, after(25), "compared", json!({}));
}

/// How far towards a decision.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Until {
    Candidate,
    Matched,
    Reviewed,
    Decided,
}

/// A comparison with relatives under the policy of the day.
pub(crate) fn compared(book: &mut Book, unit: &str, person: &str, at: u32) -> String {
    let (relatives, ratio) = if at < STRICTER { (1, "1999") } else { (2, "1000000000000") };
    let kin: Vec<_> = (1..=relatives)
        .map(
            |kin| json!({"sample": format!("kin-{person}-{kin}"), "degree": 1, "methods": ["autosomal-str"]}),
        )
        .collect();
    let evidence = json!({"units": [unit], "person": person, "line": {"dna-kinship": {"relatives": kin}},
        "conclusion": "consistent", "ratio": ratio, "record": format!("rec-{unit}")});
    book.happened("bel-lab", at, &["identification", "evidence"], evidence)
}

fn rules(at: u32) -> (&'static str, &'static str) {
    if at < STRICTER { ("rules-1", "1 in 2") } else { ("rules-2", "1 in 70000") }
}

pub(crate) fn grounds(evidence: &str, at: u32) -> Value {
    let (policy, prior) = rules(at);
    json!({"policy": policy, "prior": prior, "evidence": [evidence],
        "analysts": [{"organ": "bel-lab", "officer": "officer-1"}],
        "reviewers": [{"organ": "bel-board", "officer": "officer-2"}]})
}

/// From the comparison towards the decision, on one day; gives the last entry.
pub(crate) fn towards(book: &mut Book, unit: &str, person: &str, at: u32, until: &Until) -> String {
    let (policy, prior) = rules(at);
    let evidence = compared(book, unit, person, at);
    let candidate = json!({"units": [unit], "person": person, "policy": policy, "evidence": [evidence]});
    let candidate = book.happened("bel-board", at, &["identification", "candidate"], candidate);
    if *until == Until::Candidate {
        return candidate;
    }
    let matched = json!({"candidate": candidate, "policy": policy, "prior": prior, "evidence": [evidence],
        "report": format!("match-{unit}")});
    let matched = book.happened("bel-lab", at, &["identification", "matched"], matched);
    if *until == Until::Matched {
        return matched;
    }
    let review =
        book.happened("bel-board", at, &["identification", "under-review"], json!({"report": matched}));
    if *until == Until::Reviewed {
        return review;
    }
    let decision = json!({"units": [unit], "person": person, "grounds": grounds(&evidence, at)});
    book.happened("bel-board", at, &["identification", "decided"], decision)
}

pub(crate) fn identified(book: &mut Book, unit: &str, person: &str, at: u32) -> String {
    towards(book, unit, person, at, &Until::Decided)
}

/// A person who is missed, and what each branch of the family wishes to be told.
pub(crate) fn person(book: &mut Book, person: &str, preferences: &[&str]) {
    book.tell(KEEPER, 12, &["person", "introduced"], json!({"id": person}));
    for (branch, preference) in (1_u32..).zip(preferences) {
        let branch = json!({"person": person, "branch": branch, "preference": preference});
        book.happened("bel-board", 12, &["notice", "branch"], branch);
    }
}

pub(crate) fn notified(book: &mut Book, unit: &str, person: &str, branch: u32, at: u32) {
    let notice = json!({"unit": unit, "person": person, "branch": branch});
    book.happened("bel-board", at, &["notice", "notified"], notice);
}

pub(crate) fn disposed(book: &mut Book, at: u32, how: &str, fields: Value) {
    book.happened("bel-board", at, &["disposition", how], fields);
}

/// Told, instructed, released and buried.
pub(crate) fn buried(book: &mut Book, unit: &str, person: &str, at: u32) {
    notified(book, unit, person, 1, at);
    let to = format!("to-{person}");
    let wish = json!({"unit": unit, "person": person, "branch": 1, "wish": "burial", "to": to});
    disposed(book, at, "instructed", wish);
    let codes = json!({"unit": unit, "to": to, "code-on-remains": unit, "code-on-decision": unit});
    disposed(book, at, "released", codes);
    disposed(book, at, "buried", json!({"unit": unit}));
}
