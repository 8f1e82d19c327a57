//! Every invariant of the rule book is kept somewhere that can be named: in `invariant::ALL`, which can be checked on any ledger,
//! or by a test elsewhere, with the reason why no ledger can be asked.

use std::collections::BTreeMap;

use crate::tree::Tree;
use crate::{Outcome, settled};

const ALL: &str = "crates/handover/src/invariant/mod.rs";
/// The numbers of the rule book.
const NUMBERS: std::ops::RangeInclusive<u8> = 1..=64;

/// Where an invariant is kept that cannot be checked on a ledger.
struct Kept {
    number: u8,
    /// Why no ledger can be asked.
    why: &'static str,
    /// A file, and the test in it that would find the invariant broken.
    by: (&'static str, &'static str),
}

const fn kept(number: u8, why: &'static str, by: (&'static str, &'static str)) -> Kept {
    Kept { number, why, by }
}

/// The tests of what has no place in an entry.
const UNRECORDABLE: &str = "tests/scenarios/unrecordable.rs";

/// Each invariant that is not in `invariant::ALL`. One that is there too is reported.
const ELSEWHERE: &[Kept] = &[
    kept(
        39,
        "whoever compares is told codes and references: evidence has no field for anything else",
        (UNRECORDABLE, "evidence_holds_codes_and_no_text"),
    ),
    kept(
        58,
        "no field or form of an entry has a place for it",
        (UNRECORDABLE, "no_profile_image_coordinate_or_cause_of_death_has_a_place"),
    ),
    kept(64, "it is of every word of the repository", ("tests/tidy/words.rs", "no_word_is_out_of_place")),
];

/// Invariants of which nothing that is built speaks yet: all are of what is shown to an audience. They are reported once the
/// room for it is there.
const PENDING: (&[u8], &str) = (&[59, 60, 61, 62, 63], "crates/handover/src/disclosure/mod.rs");

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

fn complaints(tree: &Tree, elsewhere: &[Kept], (pending, until): (&[u8], &str)) -> Vec<String> {
    let listed = listed(tree.text(ALL).unwrap_or_default());
    let kept: BTreeMap<u8, &Kept> = elsewhere.iter().map(|kept| (kept.number, kept)).collect();
    let mut found = Vec::new();
    for number in NUMBERS {
        let places = (listed.contains(&number), kept.get(&number), pending.contains(&number));
        match places {
            (false, Some(Kept { why, by: (file, name), .. }), false) => {
                if why.is_empty() || !tree.text(file).is_some_and(|text| tests(text, name)) {
                    found.push(format!(
                        "invariant {number}: {file} has no test `{name}`, or it is not said why there"
                    ));
                }
            }
            (false, None, true) if tree.has(until) => {
                found.push(format!("invariant {number}: {until} is there: what keeps it?"));
            }
            (true, None, false) | (false, None, true) => {}
            (false, None, false) => found.push(format!("invariant {number} is kept nowhere that is named")),
            _ => found.push(format!("invariant {number} is kept in more than one place: one is enough")),
        }
    }
    found
}

#[test]
fn every_invariant_is_kept_somewhere() -> Outcome {
    settled(&complaints(&Tree::repository()?, ELSEWHERE, PENDING))
}

#[test]
fn an_invariant_that_is_kept_nowhere_is_reported() {
    let numbers = |numbers: std::ops::RangeInclusive<u8>| -> String {
        let rules = numbers.map(|number| format!("    {number} a::b, \"c\",\n        \"d\";\n"));
        format!("\ninvariants! {{\n{}}}\n", rules.collect::<String>())
    };
    let (all, most) = (numbers(1..=64), numbers(1..=63));
    let none: (&[u8], &str) = (&[], "");
    assert!(complaints(&Tree::of(&[(ALL, &all)]), &[], none).is_empty());
    let told = [("tests/a.rs", "#[test]\nfn it_holds() {}\n// fn it_does_not() {}\n"), (ALL, &most)];
    let tried = |why, name| complaints(&Tree::of(&told), &[kept(64, why, ("tests/a.rs", name))], none).len();
    assert_eq!(complaints(&Tree::of(&told), &[], none).len(), 1);
    assert_eq!(tried("it is", "it_holds"), 0);
    assert_eq!(tried("it is", "it_does_not"), 1);
    assert_eq!(tried("", "it_holds"), 1);
    let waits = |until| complaints(&Tree::of(&told), &[], (&[64], until)).len();
    assert_eq!((waits("crates/b.rs"), waits("tests/a.rs")), (0, 1));
    assert_eq!(complaints(&Tree::of(&[(ALL, &all)]), &[], (&[64], "b.rs")).len(), 1);
}
