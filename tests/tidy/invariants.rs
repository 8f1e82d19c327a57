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

/// The name of an example that must not compile.
const COMPILE_FAIL: &str = "compile_fail";

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
    kept(
        62,
        "readings do not serialise, and what is made for an audience is made by its gate alone: nothing else compiles",
        ("crates/handover/src/reading/disclosure/mod.rs", COMPILE_FAIL),
    ),
    kept(64, "it is of every word of the repository", ("tests/tidy/words.rs", "no_word_is_out_of_place")),
];

/// The numbers in the list of the domain.
fn listed(text: &str) -> Vec<u8> {
    let Some((_, list)) = text.split_once("\ninvariants! {\n") else { return Vec::new() };
    let rules = list.lines().take_while(|line| *line != "}").filter(|line| !line.starts_with("        "));
    rules.filter_map(|line| line.trim().split_once(' ')?.0.parse().ok()).collect()
}

/// Whether a file has a test of this name, or an example that must not compile.
fn tests(text: &str, name: &str) -> bool {
    if name == COMPILE_FAIL {
        return text.lines().any(|line| line == "/// ```compile_fail");
    }
    let of_name = format!("fn {name}(");
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(2)
        .any(|pair| matches!(pair, [above, line] if *above == "#[test]" && line.starts_with(&of_name)))
}

fn complaints(tree: &Tree, elsewhere: &[Kept]) -> Vec<String> {
    let listed = listed(tree.text(ALL).unwrap_or_default());
    let kept: BTreeMap<u8, &Kept> = elsewhere.iter().map(|kept| (kept.number, kept)).collect();
    let mut found = Vec::new();
    for number in NUMBERS {
        match (listed.contains(&number), kept.get(&number)) {
            (true, None) => {}
            (false, Some(Kept { why, by: (file, name), .. })) => {
                if why.is_empty() || !tree.text(file).is_some_and(|text| tests(text, name)) {
                    found.push(format!(
                        "invariant {number}: {file} has no test `{name}`, or it is not said why there"
                    ));
                }
            }
            (true, Some(_)) => {
                found.push(format!("invariant {number} is in `invariant::ALL`: elsewhere it is not needed"));
            }
            (false, None) => found.push(format!("invariant {number} is kept nowhere that is named")),
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
    let tried = |why, name| complaints(&Tree::of(&told), &[kept(64, why, ("tests/a.rs", name))]).len();
    assert_eq!(complaints(&Tree::of(&told), &[]).len(), 1);
    assert_eq!(tried("it is", "it_holds"), 0);
    assert_eq!(tried("it is", "it_does_not"), 1);
    assert_eq!(tried("", "it_holds"), 1);
    let fails = [("tests/a.rs", "/// ```compile_fail\n"), (ALL, &most)];
    let of_example = [kept(64, "it is", ("tests/a.rs", COMPILE_FAIL))];
    assert!(complaints(&Tree::of(&fails), &of_example).is_empty());
    assert_eq!(complaints(&Tree::of(&told), &of_example).len(), 1);
    assert_eq!(complaints(&Tree::of(&[(ALL, &all)]), &of_example).len(), 1);
}
