//! Whether dossiers can be read, every entry may stand, and every invariant holds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use handover::invariant;

use crate::failure::{Failure, Kind, shown};
use crate::input;

pub(crate) fn check(files: &[PathBuf]) -> Result<(), Failure> {
    let mut worst: Option<Kind> = None;
    for path in files {
        let found = one(path).unwrap_or_else(|failure| {
            failure.tell();
            Some(failure.kind)
        });
        worst = worst.max(found);
    }
    worst.map_or(Ok(()), |kind| Err(Failure::told(kind)))
}

fn one(path: &Path) -> Result<Option<Kind>, Failure> {
    let dossier = input::read(path)?;
    let violations: Vec<_> =
        invariant::ALL.iter().filter_map(|rule| rule.check(&dossier.ledger).err()).collect();
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
