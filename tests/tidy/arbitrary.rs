//! Every public value of the domain can be generated: `Arbitrary` stands beside it, or is derived.

use crate::tree::Tree;
use crate::{Outcome, settled};

const DOMAIN: &str = "crates/handover/src/";

/// Public types that are no values to generate, each with the reason. One that is not needed is reported.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("Ledger", "it is made by posting entries: `handover-testkit` draws histories"),
    ("Draft", "it borrows a ledger"),
    ("Entries", "it borrows a ledger"),
    ("Rule", "it is one of those that refusals rest on"),
    ("Percent", "it is derived, to be shown"),
    ("ChanceHits", "it is derived, to be shown"),
    ("DutyStandard", "it is what a table says of a duty"),
    ("DutyData", "it is a row of a table"),
];

/// The public types of a file, errors and refusals aside: they are answers.
fn types(text: &str) -> Vec<(&str, bool)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let name = ["pub struct ", "pub enum "].iter().find_map(|kind| line.strip_prefix(kind));
        let Some(name) = name.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()) else {
            continue;
        };
        let is_answer = name.ends_with("Refusal") || name.ends_with("Error") || name == "NoSuchDuty";
        if name.is_empty() || is_answer {
            continue;
        }
        let above = lines.get(..at).unwrap_or_default().iter().rev();
        let derives = above
            .take_while(|line| !line.is_empty() && **line != "}")
            .any(|line| line.contains("proptest_derive::Arbitrary"));
        found.push((name, derives));
    }
    found
}

fn complaints(tree: &Tree, exceptions: &[(&str, &str)]) -> Vec<String> {
    let domain = || tree.ending("rs").filter(|(path, _)| path.starts_with(DOMAIN));
    let values = domain().filter(|(path, _)| !path.contains("/reading") && !path.contains("/invariant"));
    let written = |name: &str| {
        let by_hand = format!("impl Arbitrary for {name} ");
        domain().any(|(_, text)| text.contains(&by_hand))
    };
    let mut found = Vec::new();
    let mut needed = Vec::new();
    for (path, text) in values {
        for (name, derives) in types(text) {
            let is_generated = derives || written(name);
            let excepted = exceptions.iter().any(|(except, _)| *except == name);
            match (is_generated, excepted) {
                (false, false) => found.push(format!("{path}: `{name}` has no `Arbitrary`")),
                (false, true) => needed.push(name),
                _ => {}
            }
        }
    }
    let spare = exceptions.iter().filter(|(name, _)| !needed.contains(name));
    found.extend(spare.map(|(name, _)| format!("the exception of `{name}` is not needed")));
    found
}

#[test]
fn every_value_can_be_generated() -> Outcome {
    settled(&complaints(&Tree::repository()?, EXCEPTIONS))
}

#[test]
fn a_value_that_cannot_be_generated_is_reported() {
    let derived =
        "#[cfg_attr(feature = \"proptest\", derive(proptest_derive::Arbitrary))]\npub struct A {\n}\n";
    let text = format!("{derived}\npub enum B {{\n}}\n\npub struct C(u8);\n\npub enum DError {{\n}}\n");
    let by_hand = "mod strategies {\n    impl Arbitrary for B {\n";
    let tree = Tree::of(&[("crates/handover/src/a.rs", &text), ("crates/handover/src/b.rs", by_hand)]);
    assert_eq!(complaints(&tree, &[]).len(), 1);
    assert!(complaints(&tree, &[("C", "it is")]).is_empty());
    assert_eq!(complaints(&tree, &[("C", "it is"), ("B", "it was")]).len(), 1);
}
