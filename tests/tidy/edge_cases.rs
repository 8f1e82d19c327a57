//! Each edge case of the rule book that is built has a story that can be found by its number: a test `edge_NN_...` among
//! the scenarios.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::tree::{Tree, numbered};
use crate::{Outcome, settled};

const PLACE: &str = "tests/scenarios/";

/// The numbers in `docs/rules.md` d of the edge cases that are built.
const BUILT: &[RangeInclusive<u8>] = &[1..=52, 54..=54];

/// The edge cases that the tests of a text tell.
fn told(text: &str) -> BTreeSet<u8> {
    let mut told = BTreeSet::new();
    let mut is_test = false;
    for (_, line) in numbered(text) {
        if let Some(name) = line.strip_prefix("fn edge_").filter(|_| is_test) {
            told.extend(name.split_once('_').and_then(|(number, _)| number.parse::<u8>().ok()));
        }
        is_test = line == "#[test]";
    }
    told
}

fn complaints(tree: &Tree, built: &[RangeInclusive<u8>]) -> Vec<String> {
    let scenarios = tree.ending("rs").filter(|(path, _)| path.starts_with(PLACE));
    let told: BTreeSet<u8> = scenarios.flat_map(|(_, text)| told(text)).collect();
    let numbers = built.iter().cloned().flatten();
    numbers
        .filter(|number| !told.contains(number))
        .map(|number| format!("{PLACE}: edge case {number} has no test `edge_{number:02}_...`"))
        .collect()
}

#[test]
fn every_edge_case_that_is_built_has_its_story() -> Outcome {
    settled(&complaints(&Tree::repository()?, BUILT))
}

#[test]
fn what_is_no_test_or_stands_elsewhere_tells_no_edge_case() {
    let tree = Tree::of(&[
        ("tests/scenarios/a.rs", "#[test]\nfn edge_17_a_story() {}\n\nfn edge_18_a_helper() {}\n"),
        ("tests/scenarios/b.rs", "#[test]\nfn edge_03_early() {}\n// #[test]\n// fn edge_19_gone() {}\n"),
        ("tests/golden/c.rs", "#[test]\nfn edge_20_elsewhere() {}\n"),
    ]);
    assert!(complaints(&tree, &[3..=3, 17..=17]).is_empty());
    assert_eq!(complaints(&tree, &[17..=20]).len(), 3);
}
