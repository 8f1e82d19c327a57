//! Whether dossiers can be read, every entry may stand, and every invariant holds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use handover::invariant::{self, Violation};
use handover::ledger::Ledger;
use handover_journal::{Position, Stored};

use super::keep::{entry_of, is_written_so};
use crate::failure::{Failure, Kind, shown};
use crate::input;
use crate::kept;
use crate::place::Place;

pub(crate) fn check(files: &[PathBuf], ledgers: &[Place]) -> Result<(), Failure> {
    let mut worst: Option<Kind> = None;
    let dossiers = files.iter().map(|file| dossier(file));
    for found in dossiers.chain(ledgers.iter().map(kept)) {
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

/// The records of a ledger as they are proven, one after another.
#[derive(Default)]
struct Proof {
    /// Of the entries up to the first that is missing or does not follow.
    ledger: Ledger,
    last: Position,
    /// Why no more is replayed.
    ended: Option<String>,
    /// Records that are no entries.
    no_entries: Vec<String>,
    /// Records that are not written as their entries are.
    bytes: Vec<String>,
}

impl Proof {
    fn take(&mut self, stored: &Stored<'_>) {
        let entry = match entry_of(stored) {
            Ok(entry) => entry,
            Err(why) => return self.no_entries.push(why),
        };
        let position = stored.position;
        if !is_written_so(&entry, stored) {
            self.bytes.push(format!("the record at position {position} is not written as its entry is"));
        }
        if self.ended.is_some() {
            return;
        }
        if position != self.last.next() {
            let why = format!("the record at position {} is not sound", self.last.next());
            self.ended = Some(why);
        } else if let Err(why) = self.ledger.replay(&entry) {
            let id = entry.id;
            self.ended = Some(format!(
                "entry `{id}` at position {position} does not follow from those before it: {why}"
            ));
        } else {
            self.last = position;
        }
    }
}

/// A ledger that is kept: its place, the records, the ledger, and the bytes against the entries, in one reading.
fn kept(place: &Place) -> Result<Option<Kind>, Failure> {
    let mut proof = Proof::default();
    let damage = kept::prove(place, &mut |stored| proof.take(&stored))?;
    let Proof { ledger, last, ended, no_entries, bytes } = proof;
    let violations = violations(&ledger);
    let whole = damage.is_empty() && no_entries.is_empty() && ended.is_none();
    let sound = whole && bytes.is_empty() && violations.is_empty();
    let verdict = if sound { "nothing found" } else { "broken" };
    let mut told = format!("{place}: {verdict}\n");
    let held = invariant::ALL.len().saturating_sub(violations.len());
    let what = match place {
        Place::File(_) => "file",
        #[cfg(feature = "postgres")]
        Place::Server(_) => "database",
    };
    let kept = if damage.is_empty() { "sound" } else { "damaged" };
    // Writing to a text cannot fail.
    let _ = write!(
        told,
        "  the {what} is {kept}, and {} entries follow from each other\n  {held} of {} invariants hold\n",
        ledger.len(),
        invariant::ALL.len()
    );
    if whole && bytes.is_empty() {
        told.push_str("  the bytes of every record are those of its entry\n");
    }
    for found in damage.iter().chain(&no_entries).chain(&bytes) {
        let _ = writeln!(told, "  {found}");
    }
    for violation in &violations {
        let _ = writeln!(told, "  {violation}");
    }
    if let Some(long) = kept::long_log(place) {
        let _ = writeln!(told, "  {long}");
    }
    if let Some(why) = ended {
        let _ = writeln!(
            told,
            "  {why}\n  nothing after position {last} was replayed: whether it follows and holds is not known"
        );
    }
    input::say(&told)?;
    if whole {
        return Ok((!sound).then_some(Kind::Found));
    }
    Err(Failure::new(
        Kind::Io,
        format!("{place}: the ledger is damaged"),
        format!("keep a copy of the {what} and restore it from a sound one"),
    ))
}
