//! Whether dossiers can be read, every entry may stand, and every invariant holds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use handover::invariant::{self, Violation};
use handover::ledger::Ledger;

use super::keep::bytes_against_entries;
use crate::failure::{Failure, Kind, shown};
use crate::input;
use crate::kept::Kept;

pub(crate) fn check(files: &[PathBuf], ledgers: &[PathBuf]) -> Result<(), Failure> {
    let mut worst: Option<Kind> = None;
    let dossiers = files.iter().map(|file| dossier(file));
    for found in dossiers.chain(ledgers.iter().map(|ledger| kept(ledger))) {
        let found = found.unwrap_or_else(|failure| {
            failure.tell();
            Some(failure.kind)
        });
        worst = worst.max(found);
    }
    worst.map_or(Ok(()), |kind| Err(Failure::told(kind)))
}

fn dossier(path: &Path) -> Result<Option<Kind>, Failure> {
    let dossier = input::read(path)?;
    let violations = violations(&dossier.ledger);
    let held = invariant::ALL.len().saturating_sub(violations.len());
    let verdict = if violations.is_empty() { "nothing found" } else { "broken" };
    let mut told = format!("{}: {verdict}\n", shown(path));
    // Writing to a text cannot fail.
    let _ = write!(
        told,
        "  {} entries are read strictly, and each may stand\n  {held} of {} invariants hold\n",
        dossier.import.recorded,
        invariant::ALL.len(),
    );
    if dossier.import.already_recorded > 0 {
        let _ = writeln!(told, "  {} entries stand twice, and count once", dossier.import.already_recorded);
    }
    told.push_str(if dossier.import.ended {
        "  the end line agrees: no entry is missing\n"
    } else {
        "  there is no end line: that no entry is missing is not proven (`handover fmt` adds one)\n"
    });
    for violation in &violations {
        let _ = writeln!(told, "  {violation}");
    }
    input::say(&told)?;
    Ok((!violations.is_empty()).then_some(Kind::Found))
}

fn violations(ledger: &Ledger) -> Vec<Violation> {
    invariant::ALL.iter().filter_map(|rule| rule.check(ledger).err()).collect()
}

/// A ledger in a file: the file, the records, the ledger, and the bytes against the entries.
fn kept(path: &Path) -> Result<Option<Kind>, Failure> {
    let kept = Kept::open(path)?;
    let damage = kept.damage()?;
    let bytes = bytes_against_entries(&kept)?;
    let (entries, violations) = kept.read(None, |source| (source.ledger.len(), violations(source.ledger)))?;
    kept.close()?;
    let sound = damage.is_empty() && bytes.is_empty() && violations.is_empty();
    let verdict = if sound { "nothing found" } else { "broken" };
    let mut told = format!("{}: {verdict}\n", shown(path));
    let held = invariant::ALL.len().saturating_sub(violations.len());
    let file = if damage.is_empty() { "the file is sound" } else { "the file is damaged" };
    // Writing to a text cannot fail.
    let _ = write!(
        told,
        "  {file}, and {entries} entries follow from each other\n  {held} of {} invariants hold\n",
        invariant::ALL.len()
    );
    if bytes.is_empty() {
        told.push_str("  the bytes of every record are those of its entry\n");
    }
    for found in damage.iter().chain(&bytes) {
        let _ = writeln!(told, "  {found}");
    }
    for violation in &violations {
        let _ = writeln!(told, "  {violation}");
    }
    input::say(&told)?;
    Ok((!sound).then_some(Kind::Found))
}
