//! Nothing that is committed depends on where somebody's machine keeps things.

use crate::tree::{Tree, numbered};
use crate::{Outcome, settled};

const PLACES: &[&str] = &["/tmp/", "/home/", "/root/", "/Users/", "C:\\Users\\"];

/// The rule has to name what it looks for.
const HERE: &str = "tests/tidy/machine_paths.rs";

/// Whether the place stands in the line as the beginning of a path, not in the middle of an address.
fn names(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| c.is_whitespace() || "\"'`(<[=:,;|>".contains(c))
            || line.get(..at).is_some_and(|before| before.ends_with("file://"))
    })
}

fn complaints(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| *path != HERE) {
        for (line, said) in numbered(text) {
            for place in PLACES.iter().filter(|place| names(said, place)) {
                found.push(format!("{path}:{line}: `{place}` is a place on one machine"));
            }
        }
    }
    found
}

#[test]
fn no_file_names_a_place_on_one_machine() -> Outcome {
    settled(&complaints(&Tree::repository()?))
}

#[test]
fn a_machine_path_is_reported_and_an_address_is_not() {
    let tried = |text| complaints(&Tree::of(&[("a.md", text)])).len();
    assert_eq!(tried("see `/tmp/x`\nand /home/somebody/y"), 2);
    assert_eq!(tried("out=/tmp/x"), 1);
    assert_eq!(tried("file:///home/x"), 1);
    assert_eq!(tried("https://example.org/home/x, ./tmp/y, $HOME/tmp/z, /var/tmp/"), 0);
}
