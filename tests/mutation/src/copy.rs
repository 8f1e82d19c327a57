//! A copy of the workspace whose sources hold every change, and the tests that are built from it.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use walkdir::WalkDir;

use crate::change::{Impossible, Mutant, Mutator};

/// The domain's sources, from the root of the workspace. They hold the answer to each question.
const DOMAIN: &str = "crates/handover/src";
/// The sources that are changed, the domain's first; with what stands before the names of the files of the others.
const CHANGED: [(&str, &str); 3] = [
    (DOMAIN, ""),
    ("crates/handover-wire/src", "handover-wire/"),
    ("crates/handover-desk/src", "handover-desk/"),
];
/// Their packages, and the features without which not all of them is compiled.
const PACKAGES: &[&str] = &["-p", "handover", "-p", "handover-wire", "-p", "handover-desk", "--features"];
const FEATURES: &str = "handover/proptest,handover/schemars,handover-wire/schema,handover-desk/tracing";
/// The tests that prove them: their own, and those of the package of tests.
const TESTS: &[&str] = &[
    "-p",
    "handover-tests",
    "--lib",
    "--test",
    "scenarios",
    "--test",
    "properties",
    "--test",
    "golden",
    "--test",
    "desk",
    "--test",
    "traced",
];

/// The executable of some tests, and the directory of their package, in which cargo runs it.
#[derive(Clone, Debug)]
pub struct Executable {
    pub path: PathBuf,
    pub directory: PathBuf,
}

/// One file of what is changed.
#[derive(Hash)]
struct Source {
    /// The sources it is of, among those that are changed.
    of: usize,
    /// Its name from there.
    name: String,
    text: String,
}

/// The workspace and the copy of it.
pub struct Copy {
    pub from: PathBuf,
    pub to: PathBuf,
}

impl Copy {
    /// Copies what the repository holds; a file that is the same is left as it is, so that little is built anew.
    pub fn refresh(&self) -> Result<()> {
        let listed = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(&self.from)
            .output()
            .context("`git ls-files` could not be run")?;
        let listed = String::from_utf8(listed.stdout)?;
        for name in listed.lines() {
            let from = self.from.join(name);
            if from.is_file() && !CHANGED.iter().any(|(root, _)| name.starts_with(root)) {
                write_if_new(&self.to.join(name), &fs::read(&from)?)?;
            }
        }
        // What the last run copied and is no more would be a second file of its module.
        let inside = WalkDir::new(&self.to).into_iter().filter_entry(|entry| entry.file_name() != "target");
        for entry in inside {
            let entry = entry?;
            let path = entry.path();
            let is_ours = path.ends_with("mutation.rs") || path.extension().is_none_or(|end| end != "rs");
            if entry.file_type().is_file()
                && !is_ours
                && !self.from.join(path.strip_prefix(&self.to)?).is_file()
            {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Every file of what is changed.
    fn sources(&self) -> Result<Vec<Source>> {
        let mut sources = Vec::new();
        for (of, (root, _)) in CHANGED.iter().enumerate() {
            let root = self.from.join(root);
            for entry in WalkDir::new(&root).sort_by_file_name() {
                let entry = entry?;
                if entry.file_type().is_file() {
                    let name = entry.path().strip_prefix(&root)?.to_string_lossy().into_owned();
                    sources.push(Source { of, name, text: fs::read_to_string(entry.path())? });
                }
            }
        }
        Ok(sources)
    }

    /// Writes the sources with their changes, and tells these.
    fn change(&self, sources: &[Source], impossible: &Impossible) -> Result<Vec<Mutant>> {
        let mut mutator = Mutator::new(impossible);
        for (of, (root, shown)) in CHANGED.iter().enumerate() {
            let ours = || sources.iter().filter(|source| source.of == of);
            let of_tests: Vec<String> =
                ours().flat_map(|source| modules_of_tests(&source.name, &source.text)).collect();
            for Source { name, text, .. } in ours() {
                let mut text = text.clone();
                let module = name.trim_end_matches(".rs");
                let is_of_tests = of_tests.iter().any(|of| {
                    module == of || module.strip_prefix(of.as_str()).is_some_and(|rest| rest.starts_with('/'))
                });
                if !is_of_tests {
                    let shown = format!("{shown}{name}");
                    text = mutator.change(&shown, *root == DOMAIN, &text).with_context(|| shown.clone())?;
                }
                if *root == DOMAIN && name == "lib.rs" {
                    text.push_str("\n#[doc(hidden)]\npub mod mutation;\n");
                }
                write_if_new(&self.to.join(root).join(name), text.as_bytes())?;
            }
        }
        let mutation = include_str!("mutation.rs.in");
        write_if_new(&self.to.join(DOMAIN).join("mutation.rs"), mutation.as_bytes())?;
        Ok(mutator.mutants)
    }

    /// Runs cargo in the copy: whether it succeeded, and what it told.
    fn cargo(&self, subcommand: &[&str]) -> Result<(bool, Vec<Value>)> {
        let output = Command::new("cargo")
            .args(subcommand)
            .args(["--message-format", "json"])
            .current_dir(&self.to)
            .env("RUSTFLAGS", "--cap-lints=allow")
            .env("CARGO_INCREMENTAL", "0")
            .stderr(std::process::Stdio::inherit())
            .output()
            .context("cargo could not be run")?;
        let lines = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        Ok((output.status.success(), lines))
    }

    /// Leaves out what does not compile until all else does. What the last run found of the same sources is not tried again.
    pub fn settle(&self) -> Result<(Vec<Mutant>, Impossible)> {
        let sources = self.sources()?;
        let mut hasher = DefaultHasher::new();
        sources.hash(&mut hasher);
        let kept = self.to.join("impossible.json");
        let before: Impossible =
            fs::read(&kept).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        let mut impossible = Impossible { sources: hasher.finish(), ..Impossible::default() };
        if before.sources == impossible.sources {
            impossible = before;
        }
        loop {
            let mutants = self.change(&sources, &impossible)?;
            let (compiles, messages) = self.cargo(&[&["check"], PACKAGES, &[FEATURES]].concat())?;
            if compiles {
                fs::write(&kept, serde_json::to_vec(&impossible)?)?;
                return Ok((mutants, impossible));
            }
            let before = (impossible.changes.len(), impossible.constant.len());
            let mut told = Vec::new();
            for message in messages.iter().filter(|message| at(message, "/message/level") == "error") {
                let text = at(message, "/message/message");
                if let Some(name) = not_constant(text) {
                    impossible.constant.insert(name);
                } else {
                    let found = message
                        .pointer("/message/spans")
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten()
                        .filter_map(|span| self.change_at(span));
                    impossible.changes.extend(found);
                }
                told.push(at(message, "/message/rendered").to_owned());
            }
            let now = (impossible.changes.len(), impossible.constant.len());
            eprintln!("{} changes do not compile, {} functions stay constant", now.0, now.1);
            if now == before {
                bail!("these errors could not be led back to a change:\n{}", told.join("\n"));
            }
        }
    }

    /// The change whose text holds this place of the copy.
    fn change_at(&self, span: &Value) -> Option<u32> {
        if span.get("is_primary")? != true {
            return None;
        }
        let text = fs::read(self.to.join(span.get("file_name")?.as_str()?)).ok()?;
        let end = usize::try_from(span.get("byte_end")?.as_u64()?).ok()?;
        let before = String::from_utf8_lossy(text.get(..end)?).into_owned();
        let (_, id) = before.rsplit_once("mutation::on(")?;
        id.split_once("u32")?.0.parse().ok()
    }

    /// The executables of the tests.
    pub fn build(&self) -> Result<Vec<Executable>> {
        let (built, messages) =
            self.cargo(&[&["test", "--no-run"], PACKAGES, &[FEATURES], TESTS].concat())?;
        if !built {
            let told: Vec<&str> = messages.iter().map(|message| at(message, "/message/rendered")).collect();
            bail!("the tests do not compile with the changes in the sources:\n{}", told.concat());
        }
        let executables = messages.iter().filter_map(|message| {
            let path = PathBuf::from(message.get("executable")?.as_str()?);
            let directory = Path::new(at(message, "/manifest_path")).parent()?.to_owned();
            Some(Executable { path, directory })
        });
        Ok(executables.collect())
    }
}

/// The text at a place of a message; none where there is no text.
fn at<'m>(message: &'m Value, pointer: &str) -> &'m str {
    message.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The modules of a file that are there for tests only, by their paths without the ending, and those of strategies.
fn modules_of_tests(name: &str, text: &str) -> Vec<String> {
    let path = name.trim_end_matches(".rs");
    let base = match path.rsplit_once('/') {
        _ if path == "lib" => String::new(),
        _ if path == "mod" => String::new(),
        Some((directory, "mod")) => format!("{directory}/"),
        _ => format!("{path}/"),
    };
    let mut found = Vec::new();
    let mut conditional = false;
    for line in text.lines().map(str::trim) {
        let declared =
            line.strip_suffix(';').and_then(|line| line.split_once("mod ")).map(|(_, module)| module);
        if let (true, Some(module)) = (conditional, declared) {
            found.push(format!("{base}{module}"));
        }
        conditional = line == "#[cfg(test)]"
            || line == "#[cfg(feature = \"proptest\")]"
            || line.starts_with("#[cfg(any(test");
    }
    found
}

/// The function that a constant asks for.
fn not_constant(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("cannot call non-const ")?;
    let (_, rest) = rest.split_once('`')?;
    let (path, _) = rest.split_once('`')?;
    path.rsplit("::").next().map(str::to_owned)
}

fn write_if_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes).with_context(|| format!("`{}` could not be written", path.display()))
}
