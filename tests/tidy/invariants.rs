//! Every invariant of the rule book is kept somewhere that can be named: in `invariant::ALL`, or in a test, or it is said that
//! nothing is built yet of which it could speak.

use std::collections::BTreeMap;

use crate::tree::Tree;
use crate::{Outcome, settled};

const ALL: &str = "crates/handover/src/invariant/mod.rs";
/// The numbers of the rule book.
const NUMBERS: std::ops::RangeInclusive<u8> = 1..=64;

/// Where an invariant is kept that cannot be checked on a ledger.
enum Kept {
    /// A type makes it impossible to break, and this test of this file would find one that did not.
    Test { file: &'static str, name: &'static str },
    /// What it speaks of is not built. It is reported once this is there.
    NotYet { once: &'static str },
}

use Kept::{NotYet, Test};

const UNRECORDABLE: &str = "tests/scenarios/unrecordable.rs";
const DISCLOSURE: &str = "crates/handover/src/disclosure";

/// Each invariant that is not in `invariant::ALL`. One that is there too is reported.
const ELSEWHERE: &[(u8, Kept)] = &[
    // There is no cost that anything could wait for.
    (9, Test { file: UNRECORDABLE, name: "nothing_that_is_recorded_has_a_price" }),
    // Whoever compares is told codes.
    (39, Test { file: UNRECORDABLE, name: "evidence_holds_codes_and_no_text" }),
    // There is no place for it.
    (58, Test { file: UNRECORDABLE, name: "no_profile_image_coordinate_or_cause_of_death_has_a_place" }),
    // All are of what is shown to an audience.
    (59, NotYet { once: DISCLOSURE }),
    (60, NotYet { once: DISCLOSURE }),
    (61, NotYet { once: DISCLOSURE }),
    (62, NotYet { once: DISCLOSURE }),
    (63, NotYet { once: DISCLOSURE }),
    (64, Test { file: "tests/tidy/words.rs", name: "no_word_is_out_of_place" }),
];

/// The numbers in the list of the domain.
fn listed(text: &str) -> Vec<u8> {
    let Some((_, list)) = text.split_once("\ninvariants! {\n") else { return Vec::new() };
    let rules = list.lines().take_while(|line| *line != "}").filter(|line| !line.starts_with("        "));
    rules.filter_map(|line| line.trim().split_once(' ')?.0.parse().ok()).collect()
}

/// Whether a file has a test of this name.
fn tests(text: &str, name: &str) -> bool {
    let of_name = format!("fn {name}(");
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(2)
        .any(|pair| matches!(pair, [above, line] if *above == "#[test]" && line.starts_with(&of_name)))
}

fn complaints(tree: &Tree, elsewhere: &[(u8, Kept)]) -> Vec<String> {
    let listed = listed(tree.text(ALL).unwrap_or_default());
    let kept: BTreeMap<u8, &Kept> = elsewhere.iter().map(|(number, kept)| (*number, kept)).collect();
    let mut found = Vec::new();
    for number in NUMBERS {
        match (listed.contains(&number), kept.get(&number)) {
            (true, None) => {}
            (false, None) => found.push(format!("invariant {number} is kept nowhere that is named")),
            (true, Some(_)) => {
                found.push(format!("invariant {number} is in `invariant::ALL`: elsewhere it is not needed"));
            }
            (false, Some(Test { file, name })) => {
                if !tree.text(file).is_some_and(|text| tests(text, name)) {
                    found.push(format!("invariant {number}: {file} has no test `{name}`"));
                }
            }
            (false, Some(NotYet { once })) => {
                let is_there = [format!("{once}.rs"), format!("{once}/mod.rs")].iter().any(|it| tree.has(it));
                if is_there {
                    found.push(format!("invariant {number}: {once} is there: what keeps it?"));
                }
            }
        }
    }
    found
}

#[test]
fn every_invariant_is_kept_somewhere() -> Outcome {
    settled(&complaints(&Tree::repository()?, ELSEWHERE))
}

#[test]
fn an_invariant_that_is_kept_nowhere_is_reported() {
    let numbers = |numbers: std::ops::RangeInclusive<u8>| -> String {
        let rules = numbers.map(|number| format!("    {number} a::b, \"c\",\n        \"d\";\n"));
        format!("\ninvariants! {{\n{}}}\n", rules.collect::<String>())
    };
    let (all, most) = (numbers(1..=64), numbers(1..=63));
    assert!(complaints(&Tree::of(&[(ALL, &all)]), &[]).is_empty());
    let told = [("tests/a.rs", "#[test]\nfn it_holds() {}\n// fn it_does_not() {}\n"), (ALL, &most)];
    let tried = |kept: Kept| complaints(&Tree::of(&told), &[(64, kept)]).len();
    assert_eq!(complaints(&Tree::of(&told), &[]).len(), 1);
    assert_eq!(tried(Test { file: "tests/a.rs", name: "it_holds" }), 0);
    assert_eq!(tried(Test { file: "tests/a.rs", name: "it_does_not" }), 1);
    assert_eq!(tried(NotYet { once: "crates/b" }), 0);
    assert_eq!(tried(NotYet { once: "tests/a" }), 1);
    assert_eq!(complaints(&Tree::of(&[(ALL, &all)]), &[(64, NotYet { once: "b" })]).len(), 1);
}
