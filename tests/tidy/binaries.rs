//! Every directory of tests is a binary, listed under its own name.

use crate::tree::{Tree, targets, workspace};
use crate::{Outcome, settled};

fn complaints(tree: &Tree, listed: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for path in tree.paths() {
        let name = path.strip_prefix("tests/").and_then(|rest| rest.strip_suffix("/main.rs"));
        let Some(name) = name.filter(|name| !name.contains('/')) else { continue };
        if !listed.iter().any(|(target, source)| target == name && source == path) {
            found.push(format!("{path}: not listed in tests/Cargo.toml as `{name}`"));
        }
    }
    for (name, source) in listed {
        if source.starts_with("tests/") && !tree.has(source) {
            found.push(format!("tests/Cargo.toml: `{name}` names {source}, which is not there"));
        }
    }
    found
}

#[test]
fn every_directory_of_tests_runs() -> Outcome {
    settled(&complaints(&Tree::repository()?, &targets(&workspace()?)))
}

#[test]
fn a_directory_that_is_not_listed_is_reported() {
    let tree =
        Tree::of(&[("tests/a/main.rs", ""), ("tests/b/main.rs", ""), ("tests/no-std/src/main.rs", "")]);
    let listed = [("a", "tests/a/main.rs"), ("c", "tests/c/main.rs")].map(|(a, b)| (a.into(), b.into()));
    let found = complaints(&tree, &listed);
    assert_eq!(found.len(), 2);
    assert!(found.iter().any(|it| it.starts_with("tests/b/main.rs")));
    assert!(found.iter().any(|it| it.contains("tests/c/main.rs")));
}
