//! Every source file is reached by a `mod`: a file that is not compiled is not checked by anything.

use crate::tree::{Tree, directory, join, targets, workspace};
use crate::{Outcome, settled};
use std::collections::BTreeSet;

/// The `mod name;` lines of a file, each with the path that an attribute above it gives.
fn declared(text: &str) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    let mut given = None;
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("#[path = \"") {
            given = rest.split('"').next().map(str::to_owned);
            let after = rest.split_once(']').map_or("", |(_, after)| after.trim());
            if after.is_empty() {
                continue;
            }
            found.extend(module(after).map(|name| (name, given.take())));
        } else if line.starts_with("#[") {
            let after = line.rsplit_once("] ").map_or("", |(_, after)| after);
            found.extend(module(after).map(|name| (name, given.take())));
        } else if let Some(name) = module(line) {
            found.push((name, given.take()));
        } else if !line.starts_with("//") && !line.is_empty() {
            given = None;
        }
    }
    found
}

/// The name in `mod name;`, whoever may see it.
fn module(line: &str) -> Option<String> {
    let rest = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(')')?.1,
        Some(rest) => rest,
        None => line,
    };
    let name = rest.trim_start().strip_prefix("mod ")?.split_once(';')?.0.trim();
    name.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| name.to_owned())
}

fn complaints(tree: &Tree, roots: &[String]) -> Vec<String> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<(String, bool)> = roots.iter().map(|root| (root.clone(), true)).collect();
    while let Some((path, root)) = waiting.pop() {
        let Some(text) = tree.text(&path) else { continue };
        if !reached.insert(path.clone()) {
            continue;
        }
        let here = directory(&path);
        let below = if root || path.ends_with("/mod.rs") { here } else { path.trim_end_matches(".rs") };
        for (name, given) in declared(text) {
            let files = match given {
                Some(given) => vec![join(here, &given)],
                None => vec![join(below, &format!("{name}.rs")), join(below, &format!("{name}/mod.rs"))],
            };
            waiting.extend(files.into_iter().flatten().map(|file| (file, false)));
        }
    }
    let orphans = tree.ending("rs").filter(|(path, _)| !reached.contains(*path));
    orphans.map(|(path, _)| format!("{path}: no `mod` leads here")).collect()
}

/// Packages outside the workspace start where cargo starts by default, and targets of `cargo fuzz` in their own directory.
fn outside(tree: &Tree) -> impl Iterator<Item = String> {
    let manifests = tree.paths().filter_map(|path| path.strip_suffix("/Cargo.toml"));
    let starts = |path: &&str| ["fuzz_targets", "src/bin"].iter().any(|end| directory(path).ends_with(end));
    tree.paths().filter(starts).map(str::to_owned).chain(manifests.flat_map(|package| {
        ["lib.rs", "main.rs"]
            .map(|name| format!("{package}/src/{name}"))
            .into_iter()
            .filter(|it| tree.has(it))
    }))
}

#[test]
fn every_source_file_is_compiled() -> Outcome {
    let tree = Tree::repository()?;
    let roots = targets(&workspace()?).into_iter().map(|(_, path)| path).chain(outside(&tree));
    settled(&complaints(&tree, &roots.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_orphan_is_reported() {
        let tree = Tree::of(&[
            ("a/src/lib.rs", "pub mod b;\n// mod orphan;\n#[cfg(test)]\nmod c;\npub(crate) mod e;"),
            ("a/src/b.rs", "#[path = \"../far.rs\"]\nmod far;\nmod d;"),
            ("a/src/b/d.rs", ""),
            ("a/far.rs", ""),
            ("a/src/c/mod.rs", ""),
            ("a/src/e.rs", "#[cfg(test)] mod f;"),
            ("a/src/e/f.rs", ""),
            ("a/src/orphan.rs", ""),
        ]);
        let found = complaints(&tree, &["a/src/lib.rs".into()]);
        assert_eq!(found, ["a/src/orphan.rs: no `mod` leads here"]);
    }

    #[test]
    fn a_package_outside_the_workspace_starts_at_its_library() {
        let files = [
            "a/Cargo.toml",
            "a/src/lib.rs",
            "b/src/main.rs",
            "a/fuzz_targets/c.rs",
            "a/src/bin/d.rs",
            "a/src/e.rs",
        ];
        let tree = Tree::of(&files.map(|path| (path, "")));
        assert_eq!(
            outside(&tree).collect::<Vec<_>>(),
            ["a/fuzz_targets/c.rs", "a/src/bin/d.rs", "a/src/lib.rs"]
        );
    }
}
