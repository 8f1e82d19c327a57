//! Each way in which an entry of the domain can be refused is named in a test: a rule that nothing provokes may be one
//! that nothing can offend.

use std::collections::BTreeSet;

use crate::tree::Tree;
use crate::{Outcome, settled};

const DOMAIN: &str = "crates/handover/src/";

/// Refusals that no test provokes, each with the reason. One that is named in a test is reported.
const EXCEPTIONS: &[(&str, &str)] =
    &[("EntryRefusal::Full", "it is provoked by four thousand million rows only")];

/// The refusals that a text declares: `Enum::Variant`.
fn declared(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut of: Option<&str> = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("pub enum ").and_then(|rest| rest.strip_suffix(" {")) {
            of = name.ends_with("Refusal").then_some(name).filter(|name| *name != "Refusal");
        } else if line == "}" {
            of = None;
        }
        let variant = line.strip_prefix("    ").filter(|rest| rest.starts_with(char::is_uppercase));
        if let (Some(of), Some(variant)) = (of, variant) {
            let name: String = variant.chars().take_while(|c| c.is_alphanumeric()).collect();
            found.push(format!("{of}::{name}"));
        }
    }
    found
}

/// The tests of a source file of the domain, and a file of tests as a whole.
fn tests<'t>(path: &str, text: &'t str) -> &'t str {
    if !path.contains("/src/") || path.ends_with("/tests.rs") {
        return text;
    }
    text.split_once("#[cfg(test)]\nmod tests {").map_or("", |(_, tests)| tests)
}

/// Every `Enum::Variant` of a text, whatever other name it gives the enum.
fn named(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let words = |c: char| !c.is_alphanumeric() && c != ':' && c != '_';
    let given: Vec<(&str, &str)> = text
        .match_indices("Refusal as ")
        .filter_map(|(at, _)| {
            let enum_name = text.get(..at)?.rsplit(words).next()?.rsplit(':').next()?;
            let other = text.get(at..)?.strip_prefix("Refusal as ")?.split(words).next()?;
            Some((enum_name, other))
        })
        .collect();
    for word in text.split(words) {
        let Some((of, variant)) = word.split_once("::") else { continue };
        if of.ends_with("Refusal") {
            found.insert(format!("{of}::{variant}"));
        }
        found.extend(
            given
                .iter()
                .filter(|(_, other)| *other == of)
                .map(|(enum_name, _)| format!("{enum_name}Refusal::{variant}")),
        );
    }
    found
}

fn complaints(tree: &Tree, exceptions: &[(&str, &str)]) -> Vec<String> {
    let rust = || tree.ending("rs");
    let named: BTreeSet<String> = rust()
        .filter(|(path, _)| {
            path.starts_with(DOMAIN) || (path.starts_with("tests/") && !path.contains("/tidy/"))
        })
        .flat_map(|(path, text)| named(tests(path, text)))
        .collect();
    let mut found = Vec::new();
    for (path, text) in rust().filter(|(path, _)| path.starts_with(DOMAIN)) {
        for refusal in declared(text) {
            let excepted = exceptions.iter().any(|(except, _)| *except == refusal);
            match (named.contains(&refusal), excepted) {
                (false, false) => found.push(format!("{path}: no test names `{refusal}`")),
                (true, true) => found.push(format!("{path}: the exception of `{refusal}` is not needed")),
                _ => {}
            }
        }
    }
    found
}

#[test]
fn every_refusal_is_named_in_a_test() -> Outcome {
    settled(&complaints(&Tree::repository()?, EXCEPTIONS))
}

#[test]
fn a_refusal_is_named_by_itself_or_by_the_name_that_a_test_gives_it() {
    let domain = "pub enum BoxRefusal {\n    /// It is.\n    Closed(Id),\n    Open {\n        by: Id,\n    },\n    Lost,\n}\n";
    let tried = |text: &str, exceptions: &[(&str, &str)]| {
        let tree = Tree::of(&[("crates/handover/src/box.rs", domain), ("tests/scenarios/a.rs", text)]);
        complaints(&tree, exceptions).len()
    };
    assert_eq!(tried("", &[]), 3);
    assert_eq!(tried("BoxRefusal::Closed(_) | BoxRefusal::Open { .. }; \"BoxRefusal::Lost\"", &[]), 0);
    assert_eq!(tried("use a::{BoxRefusal as Refused}; Refused::Closed(_)", &[]), 2);
    assert_eq!(tried("Refused::Closed(_)", &[("BoxRefusal::Lost", "it is")]), 2);
    assert_eq!(tried("BoxRefusal::Lost", &[("BoxRefusal::Lost", "it is")]), 3);
}
