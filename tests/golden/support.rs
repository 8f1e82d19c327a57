//! What the tests of the format share.

use std::fs;
use std::path::{Path, PathBuf};

use handover::ledger::Ledger;
use handover_wire::{ImportError, ReadError, read_into, write_from};

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    files
}

/// The golden files, in the order in which they can be imported into one ledger.
pub(crate) fn golden() -> Vec<PathBuf> {
    files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v1"))
}

/// The dossiers of the repository.
pub(crate) fn dossiers() -> Vec<PathBuf> {
    files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../dossiers"))
}

/// The lines of every golden file.
pub(crate) fn golden_lines() -> Vec<String> {
    golden().iter().flat_map(|file| read(file).lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

pub(crate) fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

/// A ledger that holds the golden files.
pub(crate) fn golden_ledger() -> Ledger {
    let mut ledger = Ledger::new();
    for file in golden() {
        read_into(&mut ledger, read(&file).as_bytes()).unwrap();
    }
    ledger
}

pub(crate) const HEADER: &str = r#"{"format":"handover-dossier","version":1}"#;

/// A dossier of these lines, without an end line.
pub(crate) fn dossier<'l>(lines: impl IntoIterator<Item = &'l str>) -> Vec<u8> {
    let mut dossier = format!("{HEADER}\n");
    for line in lines {
        dossier.push_str(line);
        dossier.push('\n');
    }
    dossier.into_bytes()
}

/// Imports what must not be imported, and makes sure that the ledger is as before.
pub(crate) fn refused(ledger: &mut Ledger, input: impl std::io::BufRead) -> ImportError {
    let before = write_from(ledger, None, Vec::new()).unwrap();
    let error = read_into(ledger, input).unwrap_err();
    assert_eq!(ledger.len(), ledger.entries().len());
    assert_eq!(write_from(ledger, None, Vec::new()).unwrap(), before, "the ledger is not as before: {error}");
    error
}

/// As [`refused`], where the reason is that the dossier cannot be read.
pub(crate) fn unreadable(input: impl std::io::BufRead) -> ReadError {
    match refused(&mut golden_ledger(), input) {
        ImportError::Read(error) => error,
        other => panic!("expected a dossier that cannot be read, found: {other}"),
    }
}
