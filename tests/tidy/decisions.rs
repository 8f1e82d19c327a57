//! Decisions are numbered without gaps, and the index names each of them.

use crate::tree::Tree;
use crate::{Outcome, settled};

const PLACE: &str = "docs/decisions/";
const INDEX: &str = "docs/decisions/README.md";

fn number(name: &str) -> Option<usize> {
    let (number, title) = name.strip_suffix(".md")?.split_once('-')?;
    (number.len() == 4 && !title.is_empty()).then(|| number.parse().ok())?
}

fn complaints(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut next: usize = 1;
    for path in tree.paths().filter(|path| *path != INDEX) {
        let Some(name) = path.strip_prefix(PLACE) else { continue };
        match number(name) {
            None => found.push(format!("{path}: a decision is called NNNN-title.md")),
            Some(number) if number != next => {
                found.push(format!("{path}: the next number is {next:04}"));
                next = number.saturating_add(1);
            }
            Some(_) => next = next.saturating_add(1),
        }
        if tree.text(INDEX).is_some_and(|index| !index.contains(&format!("({name})"))) {
            found.push(format!("{path}: {INDEX} has no link to it"));
        }
    }
    found
}

#[test]
fn decisions_are_numbered_and_listed() -> Outcome {
    settled(&complaints(&Tree::repository()?))
}

#[test]
fn a_gap_a_double_and_an_unlisted_decision_are_reported() {
    let tried = |files: &[&str], index: &str| {
        let mut tree: Vec<(String, &str)> = files.iter().map(|it| (format!("{PLACE}{it}"), "")).collect();
        tree.push((INDEX.into(), index));
        let tree: Vec<(&str, &str)> = tree.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        complaints(&Tree::of(&tree))
    };
    assert!(tried(&["0001-a.md", "0002-b.md"], "[a](0001-a.md) [b](0002-b.md)").is_empty());
    assert_eq!(tried(&["0001-a.md", "0003-b.md"], "[a](0001-a.md) [b](0003-b.md)").len(), 1);
    assert_eq!(tried(&["0001-a.md", "0001-b.md"], "[a](0001-a.md) [b](0001-b.md)").len(), 1);
    assert_eq!(tried(&["0001-a.md"], "").len(), 1);
    assert_eq!(tried(&["a.md"], "[a](a.md)").len(), 1);
}
