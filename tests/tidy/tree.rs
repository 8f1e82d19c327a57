//! The files of the repository, held in memory so that a rule can be shown a bad tree.

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand};
use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names that are not part of the repository, wherever they stand.
const OUTSIDE: &[&str] = &[".git", "target", ".idea", ".vscode"];

/// Paths from the root, with `/`, each with its text if it is text.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, Option<String>>,
}

impl Tree {
    /// The repository itself.
    pub(crate) fn repository() -> Result<Self, Box<dyn Error>> {
        let mut tree = Self::default();
        tree.add(&root()?, "")?;
        Ok(tree)
    }

    /// A tree to try a rule on.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| ((*path).into(), Some((*text).into()))).collect() }
    }

    fn add(&mut self, directory: &Path, prefix: &str) -> Result<(), Box<dyn Error>> {
        for item in fs::read_dir(directory)? {
            let item = item?;
            let name = item.file_name().to_string_lossy().into_owned();
            if OUTSIDE.contains(&name.as_str()) || name.starts_with("mutants.out") {
                continue;
            }
            let path = format!("{prefix}{name}");
            let kind = item.file_type()?;
            if kind.is_dir() {
                self.add(&item.path(), &format!("{path}/"))?;
            } else {
                let text = if kind.is_file() { String::from_utf8(fs::read(item.path())?).ok() } else { None };
                self.files.insert(path, text);
            }
        }
        Ok(())
    }

    /// Whether a file, or a directory with something in it, stands at the path.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let inside = format!("{path}/");
        path.is_empty()
            || self.files.contains_key(path)
            || self.files.range(inside.clone()..).next().is_some_and(|(found, _)| found.starts_with(&inside))
    }

    /// Every path.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The text at the path.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Every file that is text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// Every text with this extension.
    pub(crate) fn ending(&self, extension: &str) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(move |(path, _)| self::extension(path) == extension)
    }
}

/// What stands after the last dot of a name.
pub(crate) fn extension(path: &str) -> &str {
    Path::new(path).extension().and_then(|found| found.to_str()).unwrap_or_default()
}

/// The lines of a text, numbered as editors number them.
pub(crate) fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines())
}

/// `path` as seen from `directory`, both from the root; `None` if it leads outside.
pub(crate) fn join(directory: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = directory.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The directory of a path.
pub(crate) fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// Where the repository stands.
pub(crate) fn root() -> Result<PathBuf, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(here.parent().ok_or("the tests have no parent directory")?.to_path_buf())
}

/// The workspace as cargo resolves it for this machine, every feature on.
pub(crate) fn workspace() -> Result<Metadata, Box<dyn Error>> {
    let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let about = String::from_utf8(Command::new(rustc).arg("-vV").output()?.stdout)?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?;
    let mut command = MetadataCommand::new();
    command.manifest_path(root()?.join("Cargo.toml")).features(CargoOpt::AllFeatures);
    command.other_options(["--filter-platform".to_owned(), host.to_owned()]);
    Ok(command.exec()?)
}

/// The source files that cargo starts from, relative to the root.
pub(crate) fn targets(metadata: &Metadata) -> Vec<(String, String)> {
    let root = &metadata.workspace_root;
    let mut found = Vec::new();
    for target in metadata.workspace_packages().iter().flat_map(|package| &package.targets) {
        if let Ok(path) = target.src_path.strip_prefix(root) {
            found.push((target.name.clone(), path.as_str().replace('\\', "/")));
        }
    }
    found
}

#[test]
fn a_directory_is_there_when_something_is_in_it() {
    let tree = Tree::of(&[("docs/a/b.md", "")]);
    assert!(tree.has("docs") && tree.has("docs/a/") && tree.has("docs/a/b.md"));
    assert!(!tree.has("doc") && !tree.has("docs/a/b") && !tree.has("docs/b"));
}

#[test]
fn a_path_out_of_the_repository_is_none() {
    assert_eq!(join("docs/a", "../b.md").as_deref(), Some("docs/b.md"));
    assert_eq!(join("docs", "../../b.md"), None);
}
