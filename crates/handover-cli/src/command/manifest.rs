//! The spreadsheet that is handed over with a batch, in and out.

use std::fmt::Write as _;
use std::path::Path;

use handover::ledger::Ledger;
use handover_desk::SubmitError;
use handover_wire::manifest::{self, BadRow, Report, Written};

use super::fmt::{replace, write_new};
use crate::args::{ManifestReadArguments, ManifestWriteArguments};
use crate::failure::{Failure, Kind, shown};
use crate::input;
use crate::interrupt::{Interrupt, Work};
use crate::kept::Kept;
use crate::place::Place;

/// Some spreadsheets know UTF-8 by it alone.
const MARK: &[u8] = b"\xef\xbb\xbf";

pub(crate) fn read_manifest(arguments: &ManifestReadArguments) -> Result<(), Failure> {
    let (report, done) = match (&arguments.ledger, &arguments.dossier) {
        (Some(ledger), _) => into_ledger(arguments, ledger)?,
        (None, Some(dossier)) => into_dossier(arguments, dossier)?,
        (None, None) => {
            return Err(Failure::new(Kind::Usage, "no ledger is named", "name a ledger or a dossier"));
        }
    };
    let rows = report.rows;
    let bad = report.bad.len();
    let mut told = format!("{rows} rows are read");
    // Writing to a text cannot fail.
    let _ = if arguments.check {
        writeln!(
            told,
            ", nothing is recorded: {} entries would be, {} were recorded before",
            report.recorded, report.already_recorded
        )
    } else {
        writeln!(told, ": {done}")
    };
    input::say(&told)?;
    if bad == 0 {
        return Ok(());
    }
    anstream::eprintln!(
        "note: {bad} of {rows} rows may not stand and are left out; correct them and read the manifest again"
    );
    Err(Failure::told(Kind::Found))
}

fn into_ledger(arguments: &ManifestReadArguments, place: &Place) -> Result<(Report, String), Failure> {
    let interrupt = Interrupt::listen(Work::Recording);
    let kept = Kept::open_with(place, interrupt.stop())?;
    // The rows are judged on a copy: what is recorded stands together, and only when it is durable.
    let mut trial = kept.read(None, |source| source.ledger.clone())?;
    let mut report = judged(arguments, &mut trial)?;
    drop(trial);
    if arguments.check {
        kept.close()?;
        return Ok((report, String::new()));
    }
    let entries = std::mem::take(&mut report.entries);
    let record = || kept.record(&arguments.recorded_by, entries);
    let receipt = interrupt.around(record, |why| failed(arguments, &why))?;
    kept.close()?;
    let done = format!(
        "{} entries are recorded, {} were recorded before; {} records are in {}",
        receipt.recorded, receipt.already_recorded, receipt.head, place
    );
    Ok((report, done))
}

/// What was good when it was judged was not when it was recorded: someone else wrote in between.
fn failed(arguments: &ManifestReadArguments, why: &SubmitError) -> Failure {
    match why {
        SubmitError::Refused { entry, refusal, .. } => Failure::new(
            Kind::Refused,
            format!("{}: entry `{entry}`: {refusal}: {}", shown(&arguments.file), refusal.rule()),
            "the ledger has changed meanwhile and nothing of this is recorded: read the manifest again",
        ),
        why => Failure::submit(None, why),
    }
}

fn into_dossier(arguments: &ManifestReadArguments, path: &Path) -> Result<(Report, String), Failure> {
    if path == Path::new("-") {
        return Err(Failure::new(
            Kind::Usage,
            "expected a file to which the entries are added, found `-`",
            "name the dossier by its file",
        ));
    }
    let mut dossier = input::read(path)?;
    let report = judged(arguments, &mut dossier.ledger)?;
    if report.recorded > 0 && !arguments.check {
        let written = handover_wire::write_from(&dossier.ledger, dossier.import.title.as_ref(), Vec::new())
            .map_err(|why| Failure::format(path, &why.into()))?;
        replace(path, &written).map_err(|why| Failure::io("cannot write", path, &why))?;
        if !dossier.import.ended {
            anstream::eprintln!(
                "note: {} had no end line; the one it has now proves only that nothing is lost from here on",
                shown(path)
            );
        }
    }
    let done = format!(
        "{} entries are added to {}, {} were there before",
        report.recorded,
        shown(path),
        report.already_recorded
    );
    Ok((report, done))
}

/// Reads the manifest into a ledger that is there for it, and tells of every row that is bad.
fn judged(arguments: &ManifestReadArguments, ledger: &mut Ledger) -> Result<Report, Failure> {
    let (cover, options) = (arguments.cover(), arguments.options());
    let file = &arguments.file;
    let report = input::with(file, |input| {
        manifest::read_into(ledger, input, &cover, options).map_err(|why| Failure::manifest(file, &why))
    })?;
    if !report.ignored.is_empty() {
        let ignored: Vec<String> =
            report.ignored.iter().map(|name| format!("`{}`", name.escape_debug())).collect();
        anstream::eprintln!("note: these columns are left out: {}", ignored.join(", "));
    }
    tell(file, &report.bad);
    if report.bad.is_empty() || options.take_good_rows {
        return Ok(report);
    }
    Err(Failure::new(
        Kind::Refused,
        format!(
            "{}: {} of {} rows may not stand, and nothing is recorded",
            shown(file),
            report.bad.len(),
            report.rows
        ),
        "correct them, or record the others with `--take-good-rows`",
    ))
}

fn tell(file: &Path, bad: &[BadRow]) {
    for row in bad {
        for line in row.to_string().lines() {
            anstream::eprintln!("{}: {line}", shown(file));
        }
    }
}

pub(crate) fn write_manifest(arguments: &ManifestWriteArguments) -> Result<(), Failure> {
    let mut bytes = if arguments.mark { MARK.to_vec() } else { Vec::new() };
    let (batch, separator) = (arguments.batch, arguments.separator.meant());
    let mut write = |ledger: &Ledger| manifest::write_from(ledger, batch, separator, &mut bytes);
    let written = if let Some(place) = &arguments.ledger {
        let kept = Kept::open(place)?;
        let written = kept.read(arguments.known_at, |source| write(source.ledger))?;
        kept.close()?;
        written
    } else {
        let dossier = input::read(arguments.dossier.as_deref().unwrap_or(Path::new("-")))?;
        write(&dossier.ledger)
    };
    let name = arguments.output.as_deref().unwrap_or(Path::new("the standard output"));
    let failure = |why| Failure::io("cannot write", name, &why);
    let Written { containers, held_by, .. } = written.map_err(failure)?.ok_or_else(|| {
        Failure::new(Kind::Usage, format!("no batch `{batch}` is recorded"), "name a batch that is")
    })?;
    match &arguments.output {
        None => input::say_bytes(&bytes)?,
        Some(path) if path.exists() => replace(path, &bytes).map_err(failure)?,
        Some(path) => write_new(path, &bytes).map_err(failure)?,
    }
    if containers == 0 {
        anstream::eprintln!(
            "note: batch `{batch}` is known by its number alone: no container is recorded in it"
        );
    }
    if held_by.len() > 1 {
        let organs: Vec<String> = held_by.iter().map(|organ| format!("`{organ}`")).collect();
        anstream::eprintln!(
            "note: these containers were registered with several organs, {}; the manifest does not say which with which",
            organs.join(", ")
        );
    }
    Ok(())
}
