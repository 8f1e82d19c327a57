//! Words that do not belong: in code, what switches a check off without a reason; in prose, what speaks of people as
//! of goods.

use crate::tree::{Tree, extension, numbered};
use crate::{Outcome, settled};

/// What switches a check off, and what to write in its place.
const CODE: &[(&str, &str)] = &[
    ("#[ignore]", "say why: `#[ignore = \"…\"]`"),
    ("todo!", "finish it, or leave it out"),
    ("[allow(", "`expect` with a reason, which reports itself when it is not needed any more"),
];

/// People are not goods. Only a quotation of somebody else may say these.
const GOODS: &[&str] = &[
    "cargo of bodies",
    "cargo of remains",
    "shipment of bodies",
    "shipment of remains",
    "stock of bodies",
    "stock of remains",
    "inventory of bodies",
    "units delivered",
    "delivered units",
    "corpse",
    "corpses",
];

/// A line of Rust without its comment and without what stands in quotation marks.
fn code(line: &str) -> String {
    let mut kept = String::new();
    let mut chars = line.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => {
                chars.next();
            }
            '\'' if !quoted && chars.peek() == Some(&'"') => {
                chars.next();
            }
            '"' => quoted = !quoted,
            '/' if !quoted && chars.peek() == Some(&'/') => break,
            c if !quoted => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// A line of prose without what it quotes.
fn own_words(line: &str) -> String {
    if line.trim_start().starts_with('>') {
        return String::new();
    }
    let mut kept = String::new();
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '“' | '«' => quoted = true,
            '”' | '»' => quoted = false,
            '"' => quoted = !quoted,
            c if !quoted => kept.push(c),
            _ => {}
        }
    }
    kept.to_lowercase()
}

/// Whether the phrase stands in the text as whole words.
fn says(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let after = text.get(at.saturating_add(phrase.len())..).and_then(|it| it.chars().next());
        [before, after].into_iter().flatten().all(|c| !c.is_alphanumeric())
    })
}

/// What a user or an embedding developer reads, quotations in dossiers aside.
fn public(path: &str) -> bool {
    match extension(path) {
        "md" => !path.starts_with("dossiers/"),
        "rs" | "toml" => path.starts_with("crates/"),
        _ => false,
    }
}

fn complaints(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.ending("rs") {
        for (line, written) in numbered(text) {
            let written = code(written);
            for (word, instead) in CODE.iter().filter(|(word, _)| written.contains(word)) {
                found.push(format!("{path}:{line}: `{word}`: {instead}"));
            }
        }
    }
    for (path, text) in tree.texts().filter(|(path, _)| public(path)) {
        for (line, written) in numbered(text) {
            let prose = if extension(path) == "md" { own_words(written) } else { written.to_lowercase() };
            for phrase in GOODS.iter().filter(|phrase| says(&prose, phrase)) {
                found.push(format!("{path}:{line}: \"{phrase}\": people are not goods"));
            }
        }
    }
    found
}

#[test]
fn no_word_is_out_of_place() -> Outcome {
    settled(&complaints(&Tree::repository()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(path: &str, text: &str) -> usize {
        complaints(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn a_check_that_is_switched_off_is_reported() {
        assert_eq!(tried("a.rs", "#[ignore]\nfn a() { todo!() }\n#![allow(dead_code)]"), 3);
        assert_eq!(tried("a.rs", "    #[allow(dead_code, reason = \"…\")]"), 1);
        let fine = "#[ignore = \"slow\"]\n// todo!\n#[expect(dead_code, reason = \"…\")]\nlet a = \"todo!\";";
        assert_eq!(tried("a.rs", fine), 0);
    }

    #[test]
    fn people_are_not_goods() {
        assert_eq!(tried("README.md", "A Cargo of bodies.\nUnits delivered: 3"), 2);
        assert_eq!(tried("crates/a/src/lib.rs", "/// How many units delivered."), 1);
        assert_eq!(tried("README.md", "> a corpse\n\nThe paper wrote “a corpse” and \"corpses\"."), 0);
        assert_eq!(tried("dossiers/a.md", "corpse"), 0);
        assert_eq!(tried("README.md", "cargo test, unit, stock exchange, incorpse"), 0);
    }
}
