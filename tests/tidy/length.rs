//! A file of the crates can be read in one sitting.

use crate::tree::Tree;
use crate::{Outcome, settled};

/// Lines of a source file, its trailing tests aside.
const MOST: usize = 420;

/// Files that may be longer, each with the reason. One that is no longer needed is reported.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// The lines before a trailing `#[cfg(test)] mod tests`.
fn source_lines(text: &str) -> usize {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let Some(last) = lines.len().checked_sub(1) else { return 0 };
    for (at, pair) in lines.windows(2).enumerate() {
        let [attribute, module] = pair else { continue };
        if *attribute != "#[cfg(test)]" || !module.starts_with("mod tests") {
            continue;
        }
        let end = if module.ends_with(';') {
            at.saturating_add(1)
        } else {
            let closes = lines.iter().enumerate().skip(at).find(|(_, line)| **line == "}");
            closes.map_or(last, |(closes, _)| closes)
        };
        if end == last {
            return at;
        }
    }
    lines.len()
}

fn complaints(tree: &Tree, exceptions: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in tree.ending("rs") {
        if !path.starts_with("crates/") || !path.contains("/src/") {
            continue;
        }
        let lines = source_lines(text);
        if lines > MOST && !exceptions.iter().any(|(except, _)| *except == path) {
            found.push(format!("{path}: {lines} lines without its tests, of at most {MOST}"));
        }
    }
    for (path, reason) in exceptions {
        if tree.text(path).is_none_or(|text| source_lines(text) <= MOST) {
            found.push(format!("{path}: its exception ({reason}) is not needed any more"));
        }
    }
    found
}

#[test]
fn no_file_is_too_long_to_read() -> Outcome {
    settled(&complaints(&Tree::repository()?, EXCEPTIONS))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "crates/a/src/lib.rs";

    #[test]
    fn a_long_file_is_reported_unless_it_has_a_reason() {
        let long = Tree::of(&[(PATH, &"\n".repeat(MOST)), ("crates/a/src/b.rs", &"x\n".repeat(MOST + 1))]);
        assert_eq!(complaints(&long, &[]).len(), 1);
        assert!(complaints(&long, &[("crates/a/src/b.rs", "a table")]).is_empty());
    }

    #[test]
    fn an_exception_that_is_not_needed_is_reported() {
        let tree = Tree::of(&[(PATH, "x\n")]);
        assert_eq!(complaints(&tree, &[(PATH, "was long")]).len(), 1);
        assert_eq!(complaints(&tree, &[("crates/gone/src/lib.rs", "was here")]).len(), 1);
    }

    #[test]
    fn only_trailing_tests_are_free() {
        assert_eq!(source_lines(""), 0);
        assert_eq!(source_lines("a\nb\n\n#[cfg(test)]\nmod tests {\n    x\n}\n"), 3);
        assert_eq!(source_lines("a\n\n#[cfg(test)]\nmod tests;\n"), 2);
        assert_eq!(source_lines("a\n#[cfg(test)]\nmod tests {\n}\nb\n"), 5);
    }
}
