//! Copies of a ledger that is kept in a file.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::kept::{exported, ledger, parties};
use crate::{failed, printed, seed};

fn left(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_copy_is_proven_and_is_a_ledger_of_its_own() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    printed(&["import", "--ledger", &ledger, &seed()]);
    let copy = directory.path().join("copy.sqlite").to_string_lossy().into_owned();
    let told = printed(&["backup", "--ledger", &ledger, &copy]);
    assert!(told.starts_with(&copy) && told.contains("each of them proven"), "{told}");
    assert_eq!(exported(&copy), fs::read_to_string(seed()).unwrap());
    assert!(printed(&["check", "--ledger", &copy]).contains("the file is sound"));
    let log = printed(&["log", "--ledger", &ledger]);
    assert_eq!(printed(&["log", "--ledger", &copy]), log, "with the times of recording");
    // It goes on by itself, and what it was copied from stays as it was.
    let dossier = directory.path().join("more.jsonl");
    fs::write(&dossier, parties("p", 3)).unwrap();
    printed(&["import", "--ledger", &copy, &dossier.to_string_lossy()]);
    assert_eq!(printed(&["log", "--ledger", &ledger]), log);
    assert_eq!(left(directory.path()), ["copy.sqlite", "more.jsonl", "office.sqlite"]);
}

#[test]
fn why_there_is_no_copy_is_told() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let at = |name: &str| directory.path().join(name).to_string_lossy().into_owned();
    fs::write(at("there"), "theirs").unwrap();
    for (from, to, expected) in [
        (&ledger, at("there"), "expected no file, found one"),
        (&ledger, ledger.clone(), "expected no file, found one"),
        (&ledger, at("none/copy"), "check that its directory exists"),
        (&at("no-such"), at("copy"), "no-such"),
        (&at("there"), at("copy"), "expected an SQLite file"),
    ] {
        let (code, told) = failed(&["backup", "--ledger", from, &to], "");
        assert!(code == 4 && told.contains(expected), "{told}");
    }
    assert_eq!(fs::read_to_string(at("there")).unwrap(), "theirs");
    assert_eq!(left(directory.path()), ["office.sqlite", "there"]);
    assert_eq!(failed(&["backup", &at("copy")], "").0, 2);
}
