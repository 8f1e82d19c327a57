//! What is not a matter of course: one story a function, each with the units that the table names.

use serde_json::{Value, json};

use super::CONTAINERS;
use super::book::{Book, KEEPER, day};
use super::course::{
    STRICTER, Until, buried, compared, disposed, grounds, identified, notified, person, profiled, step,
    towards,
};

pub(crate) fn tell(book: &mut Book) {
    one_man_in_three_bags(book);
    the_wrong_one_then_the_right_one(book);
    for_examination(book);
    the_others_own(book);
    documents_of_another(book);
    a_civilian_woman(book);
    stricter_rules(book);
    found_alive(book);
    two_wrongs(book);
    reviewed(book);
    names_without_more(book);
    not_released(book);
    nobody_to_tell(book);
    no_usable_profile(book);
    grave_214(book);
    many_parts(book);
    on_the_way(book);
    ordinary(book);
    closing(book);
}

/// Buried once; what came later is known to be his and waits.
fn one_man_in_three_bags(book: &mut Book) {
    person(book, "p-1", &["every-find", "first-only", "never"]);
    for (unit, from) in [("u-1-1", 20), ("u-2-1", 20), ("u-9001-1", 273)] {
        profiled(book, unit, from);
    }
    identified(book, "u-1-1", "p-1", 60);
    notified(book, "u-1-1", "p-1", 2, 65);
    buried(book, "u-1-1", "p-1", 66);
    let group = json!({"id": "g-1", "note": "One man in several bags."});
    book.tell("bel-lab", 74, &["remains", "group", "introduced"], group);
    for (unit, at) in [("u-1-1", 74), ("u-2-1", 74), ("u-9001-1", 301)] {
        let associated = json!({"unit": unit, "group": "g-1", "basis": [{"dna": "rec-g-1"}]});
        book.happened("bel-lab", at, &["remains", "group", "associated"], associated);
    }
    for (unit, at) in [("u-2-1", 75), ("u-9001-1", 302)] {
        identified(book, unit, "p-1", at);
        notified(book, unit, "p-1", 1, at.saturating_add(1));
    }
    for (unit, at) in [("u-1-1", 60), ("u-2-1", 75), ("u-9001-1", 302)] {
        let own =
            json!({"unit": unit, "of": {"forces-of": "belmora"}, "grounds": ["genetic", "identification"]});
        book.happened("bel-board", at, &["affiliation", "determined"], own);
    }
    let denied = json!({"unit": "u-9001-1", "obligation": "owed", "reason": "already-credited"});
    book.happened("bel-board", 305, &["affiliation", "credit-denied"], denied);
}

/// The one who was brought first is excluded, and has a case of his own.
fn the_wrong_one_then_the_right_one(book: &mut Book) {
    person(book, "p-3", &["every-find"]);
    for unit in ["u-3-1", "u-4-1"] {
        profiled(book, unit, 20);
    }
    let excluded = json!({"unit": "u-3-1", "person": "p-3", "by": "dna-kinship", "record": "rec-x-3"});
    book.happened("bel-lab", 48, &["identification", "excluded"], excluded);
    identified(book, "u-4-1", "p-3", 49);
    buried(book, "u-4-1", "p-3", 55);
}

fn for_examination(book: &mut Book) {
    profiled(book, "u-9002-1", 273);
    let historic = json!({"unit": "u-9002-1", "of": "historic", "grounds": ["genetic", "examination"]});
    book.happened("bel-board", 303, &["affiliation", "determined"], historic);
}

fn the_others_own(book: &mut Book) {
    for number in 5..=14 {
        let presumed = json!({"unit": format!("u-{number}-1"), "of": {"forces-of": "arvenia"},
            "grounds": ["uniform", "documents"]});
        book.happened("bel-board", 30, &["affiliation", "presumed"], presumed);
    }
    for number in 5..=9 {
        let unit = format!("u-{number}-1");
        profiled(book, &unit, 25);
        let blocked = json!({"unit": unit, "until": "the result is certain"});
        let block = book.happened("bel-board", 58, &["affiliation", "blocked"], blocked);
        let (whose, to, how) = if number < 8 {
            ("arvenia", "arv-graves", "returned-to-sender")
        } else {
            ("cassia", "cas-mission", "transferred-onward")
        };
        let own = json!({"unit": unit, "of": {"forces-of": whose}, "grounds": ["genetic"]});
        book.happened("bel-board", 70, &["affiliation", "determined"], own);
        if number == 9 {
            continue;
        }
        let lifted = json!({"entry": block, "reason": "the result is certain"});
        book.happened("bel-board", 71, &["affiliation", "retracted"], lifted);
        let transfer = format!("tr-back-{number}");
        let told = json!({"id": transfer, "of": {"remains": unit}, "from": "bel-intake", "to": to});
        book.tell(KEEPER, 90, &["custody", "introduced"], told);
        book.happened("bel-intake", 90, &["custody", "given"], json!({"transfer": transfer}));
        let received = json!({"transfer": transfer, "accepted": "in-full"});
        book.happened(to, 90, &["custody", "received"], received);
        disposed(book, 90, how, json!({"unit": unit, "transfer": transfer}));
    }
}

fn documents_of_another(book: &mut Book) {
    person(book, "p-15", &["every-find"]);
    person(book, "p-15b", &["every-find"]);
    profiled(book, "u-15-1", 20);
    for (effect, kind) in [("disc-15", "single-disc"), ("papers-15", "document")] {
        let found = json!({"id": effect, "kind": kind, "with": {"remains": "u-15-1"}});
        book.happened("bel-intake", 30, &["remains", "effect", "found"], found);
    }
    let moved =
        json!({"effect": "disc-15", "portion": "whole", "to": "bel-lab", "reason": "for a photograph"});
    book.happened("bel-intake", 31, &["remains", "effect", "moved"], moved);
    let papers = json!({"units": ["u-15-1"], "person": "p-15b", "line": "documents",
        "conclusion": "consistent", "record": "rec-papers-15"});
    book.happened("bel-intake", 31, &["identification", "evidence"], papers);
    identified(book, "u-15-1", "p-15", 52);
}

fn a_civilian_woman(book: &mut Book) {
    profiled(book, "u-16-1", 20);
    let female =
        json!({"unit": "u-16-1", "observed": {"sex": "female"}, "by": "examination", "record": "rec-sex-16"});
    book.tell("bel-lab", 30, &["identification", "finding"], female);
    let civilian =
        json!({"unit": "u-16-1", "of": {"civilians-of": "belmora"}, "grounds": ["genetic", "examination"]});
    book.happened("bel-board", 50, &["affiliation", "determined"], civilian);
}

fn stricter_rules(book: &mut Book) {
    let second = json!({"id": "rules-2", "supersedes": "rules-1", "from": day(STRICTER), "competent": ["bel-board"],
        "threshold": "0.9995", "prior": "1 in 70000", "screening": "1000", "primary": 1, "reviewers": 1,
        "references": ["own-sample", {"relatives": {"relatives": 2, "within-degree": 1, "methods": 1}}]});
    book.tell("bel-board", STRICTER, &["identification", "policy"], second);
}

fn reexamined(book: &mut Book, decision: &str, occasion: &Value, at: u32) {
    let again = json!({"decision": decision, "occasion": occasion});
    book.happened("bel-board", at, &["identification", "reexamined"], again);
}

fn revoked(book: &mut Book, decision: &str, cause: &str, at: u32) {
    let revocation = json!({"decision": decision, "cause": cause});
    book.happened("bel-board", at, &["identification", "revoked"], revocation);
}

/// An unknown man lies in the grave of one who comes home.
fn found_alive(book: &mut Book) {
    person(book, "p-17", &["every-find"]);
    profiled(book, "u-17-1", 20);
    let decision = identified(book, "u-17-1", "p-17", 70);
    buried(book, "u-17-1", "p-17", 80);
    let alive = json!({"person": "p-17", "fact": {"found-alive": day(250)}});
    book.tell("bel-board", 250, &["person", "known"], alive);
    reexamined(book, &decision, &json!("contradiction"), 250);
    revoked(book, &decision, "person-alive", 255);
    let told = json!({"unit": "u-17-1", "person": "p-17", "branch": 1});
    book.happened("bel-board", 255, &["notice", "told-of-revocation"], told);
}

/// One family buried another's dead and gave no blood, so its own matched nobody; nor did the other family’s.
fn two_wrongs(book: &mut Book) {
    for whose in ["p-18", "p-18b"] {
        person(book, whose, &["every-find"]);
    }
    for unit in ["u-18-1", "u-35-1"] {
        profiled(book, unit, 20);
    }
    let decision = identified(book, "u-18-1", "p-18", 70);
    buried(book, "u-18-1", "p-18", 80);
    reexamined(book, &decision, &json!({"policy-cohort": "rules-2"}), 262);
    let excluded = json!({"unit": "u-18-1", "person": "p-18", "by": "dna-kinship", "record": "rec-x-18"});
    book.happened("bel-lab", 265, &["identification", "excluded"], excluded);
    revoked(book, &decision, "excluded", 266);
    let told = json!({"unit": "u-18-1", "person": "p-18", "branch": 1});
    book.happened("bel-board", 267, &["notice", "told-of-revocation"], told);
    let blood = json!({"from": "bel-intake", "number": 3, "note": "Relatives who had not been asked."});
    book.happened("bel-lab", 298, &["remains", "forensic", "references-added"], blood);
    let permit = json!({"unit": "u-18-1", "permit": "permit-18", "reason": "misidentification"});
    disposed(book, 300, "exhumed", permit);
    for unit in ["u-18-1", "u-35-1"] {
        step(book, unit, 301, "compared", json!({}));
    }
    for (unit, whose) in [("u-35-1", "p-18"), ("u-18-1", "p-18b")] {
        identified(book, unit, whose, 303);
        buried(book, unit, whose, 310);
    }
}

/// Of decisions under the weaker rules one falls, two stand on new evidence and one is still examined.
fn reviewed(book: &mut Book) {
    for number in 19..=22 {
        let (unit, whose) = (format!("u-{number}-1"), format!("p-{number}"));
        person(book, &whose, &["every-find"]);
        profiled(book, &unit, 20);
        let decision = identified(book, &unit, &whose, 70);
        reexamined(book, &decision, &json!({"policy-cohort": "rules-2"}), 262);
        match number {
            19 => revoked(book, &decision, "does-not-suffice", 270),
            20 | 21 => {
                let evidence = compared(book, &unit, &whose, 275);
                let upheld = json!({"decision": decision, "grounds": grounds(&evidence, 276)});
                book.happened("bel-board", 276, &["identification", "upheld"], upheld);
            }
            _ => {}
        }
    }
}

/// A plate with four names, and a list that was published: leads, and nothing more.
fn names_without_more(book: &mut Book) {
    for unit in ["u-23-1", "u-34-1"] {
        profiled(book, unit, 20);
    }
    let mut lead = |unit: &str, whose: &str, line: &str| {
        person(book, whose, &["first-only"]);
        let said = json!({"units": [unit], "person": whose, "line": line, "conclusion": "consistent",
            "record": format!("rec-{whose}")});
        book.happened("bel-board", 30, &["identification", "evidence"], said);
    };
    for whose in ["p-23", "p-23b", "p-23c", "p-23d"] {
        lead("u-23-1", whose, "list");
    }
    lead("u-34-1", "p-34", "sender-statement");
}

fn not_released(book: &mut Book) {
    for number in 24..=26 {
        let (unit, whose) = (format!("u-{number}-1"), format!("p-{number}"));
        person(book, &whose, &["every-find", if number == 24 { "at-end" } else { "every-find" }]);
        profiled(book, &unit, 20);
        identified(book, &unit, &whose, 60);
    }
    let waits = json!({"unit": "u-24-1", "person": "p-24", "branch": 1});
    disposed(book, 65, "held-at-family-request", waits);
    let hold = json!({"unit": "u-25-1", "reason": "evidence of a crime"});
    book.happened("bel-court", 65, &["disposition", "judicial-hold"], hold);
    for (branch, wish) in [(1, "burial"), (2, "cremation")] {
        let wishes = json!({"unit": "u-26-1", "person": "p-26", "branch": branch, "wish": wish,
            "to": format!("to-26-{branch}")});
        disposed(book, 65, "instructed", wishes);
    }
}

fn nobody_to_tell(book: &mut Book) {
    for (number, branches) in [(27, &[][..]), (28, &["every-find"][..])] {
        let (unit, whose) = (format!("u-{number}-1"), format!("p-{number}"));
        person(book, &whose, branches);
        profiled(book, &unit, 20);
        identified(book, &unit, &whose, 60);
    }
    let none = json!({"person": "p-27", "decision": "rec-kin-27"});
    book.happened("bel-board", 61, &["notice", "no-kin-known"], none);
    let danger = json!({"person": "p-28", "branch": 1, "decision": "rec-kin-28"});
    book.happened("bel-board", 61, &["notice", "contact-endangers-kin"], danger);
}

fn no_usable_profile(book: &mut Book) {
    step(book, "u-29-1", 30, "examined", json!({}));
    step(book, "u-29-1", 31, "sampled", json!({"sample": "s-u-29-1"}));
    let outcome =
        json!({"sample": "s-u-29-1", "outcome": {"no-usable-profile": {"method": "STR", "year": 2025}}});
    step(book, "u-29-1", 44, "profile", outcome);
}

fn grave_214(book: &mut Book) {
    person(book, "p-30", &["every-find"]);
    profiled(book, "u-30-1", 20);
    let grave = json!({"number": "214", "individual": true, "marked": true, "code": "u-30-1", "register": "register-1"});
    let rest = json!({"unit": "u-30-1", "grave": grave, "photographs": "pho-30", "records": "rec-30"});
    disposed(book, 200, "temporarily-buried", rest);
    let permit = json!({"unit": "u-30-1", "permit": "permit-30", "reason": "identification"});
    disposed(book, 300, "exhumed", permit);
    identified(book, "u-30-1", "p-30", 301);
    buried(book, "u-30-1", "p-30", 310);
}

fn many_parts(book: &mut Book) {
    let two = json!({"unit": "u-33-7", "note": "Of two.",
        "into": [{"id": "u-33-8", "human": "yes"}, {"id": "u-33-9", "human": "yes"}]});
    book.happened("bel-intake", 35, &["remains", "divided"], two);
    let one = json!({"units": ["u-33-5", "u-33-6"], "into": {"id": "u-33-10", "human": "yes"},
        "note": "The fracture fits."});
    book.happened("bel-intake", 35, &["remains", "united"], one);
}

/// Where the year ends before the decision.
fn on_the_way(book: &mut Book) {
    for (number, until) in [(36, Until::Candidate), (37, Until::Matched), (38, Until::Reviewed)] {
        let (unit, whose) = (format!("u-{number}-1"), format!("p-{number}"));
        person(book, &whose, &["every-find"]);
        profiled(book, &unit, 280);
        towards(book, &unit, &whose, 312, &until);
    }
}

/// Cases as they mostly are: every fifth container goes to the laboratory, every tenth to a decision, every twentieth to the
/// family.
fn ordinary(book: &mut Book) {
    for number in (65..CONTAINERS).step_by(5) {
        let Some(unit) = book.human.get(&number).cloned() else { continue };
        let from = (number / 6).saturating_add(60);
        profiled(book, &unit, from);
        if number % 10 != 0 {
            step(book, &unit, 308, "compared", json!({}));
            continue;
        }
        let whose = format!("p-{number}");
        person(book, &whose, &["every-find"]);
        identified(book, &unit, &whose, from.saturating_add(40));
        if number % 20 == 0 {
            buried(book, &unit, &whose, from.saturating_add(50));
        }
    }
}

fn closing(book: &mut Book) {
    let criterion = json!({"of": {"batch": "batch-1"}, "criterion": "persons-identified"});
    book.happened("bel-board", 330, &["closure", "criterion"], criterion);
}
