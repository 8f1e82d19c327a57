//! What is done with a ledger that is kept.

use std::io::{self, BufWriter, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat};
use handover::entry::Entry;
use handover::text::Text;
use handover_desk::SubmitError;
use handover_journal::{Position, Recorder, Stored, Timestamp};
use handover_wire::record;
use serde_json::{Value, json};

use super::fmt::{replace, write_new};
use crate::args::{Format, InitArguments, When};
use crate::failure::{Failure, Kind, shown};
use crate::input;
use crate::interrupt::{Interrupt, Work};
use crate::kept::{self, Kept};
use crate::place::Place;

pub(crate) fn init(arguments: &InitArguments) -> Result<(), Failure> {
    Kept::create(arguments)?;
    let place = &arguments.place;
    input::say(&format!(
        "{place} keeps a ledger now, in which nothing is recorded\n  `handover import --ledger {place} DOSSIER` records a dossier\n"
    ))
}

pub(crate) fn import(ledger: &Place, files: &[PathBuf], by: &Recorder) -> Result<(), Failure> {
    let interrupt = Interrupt::listen(Work::Recording);
    // Everything is read before anything is recorded: a dossier that cannot be read leaves nothing behind.
    let dossiers = files.iter().map(|file| input::entries(file)).collect::<Result<Vec<_>, _>>()?;
    let title = dossiers.iter().find_map(|dossier| dossier.title.clone());
    let open_ended = dossiers.iter().zip(files).filter(|(dossier, _)| !dossier.ended).map(|(_, file)| file);
    for file in open_ended {
        anstream::eprintln!("note: {} has no end line: that no entry is missing is not proven", shown(file));
    }
    let mut places = Vec::new();
    let mut entries = Vec::new();
    for (dossier, file) in dossiers.into_iter().zip(files) {
        for numbered in dossier.numbered {
            places.push((file, numbered.line));
            entries.push(numbered.entry);
        }
    }
    let kept = Kept::open_with(ledger, interrupt.stop())?;
    let not_recorded = |why| {
        let at = match &why {
            SubmitError::Refused { place, .. } | SubmitError::TooLarge { place, .. } => places.get(*place),
            _ => None,
        };
        Failure::submit(at.map(|(file, line)| (file.as_path(), *line)), &why)
    };
    let receipt = interrupt.around(|| kept.record(by, entries), not_recorded)?;
    if let Some(title) = title {
        kept.entitle(&title)?;
    }
    kept.close()?;
    input::say(&format!(
        "{} entries are recorded, {} were recorded before; {} records are in {}\n",
        receipt.recorded, receipt.already_recorded, receipt.head, ledger
    ))
}

pub(crate) fn record_one(ledger: &Place, by: &Recorder) -> Result<(), Failure> {
    let input_name = Path::new("-");
    let mut line = String::new();
    // One more byte than an entry may have, and its line feed: longer input is told as too long, not held.
    let most = u64::try_from(handover_wire::MAX_LINE).unwrap_or(u64::MAX).saturating_add(2);
    io::stdin()
        .lock()
        .take(most)
        .read_to_string(&mut line)
        .map_err(|why| Failure::io("cannot read", input_name, &why))?;
    let entry = record::decode(record::VERSION, line.trim())
        .map_err(|why| Failure::import(input_name, &why.into()))?;
    let id = entry.id;
    let kept = Kept::open_with(ledger, Arc::default())?;
    let receipt = kept.record(by, vec![entry]).map_err(|why| Failure::submit(Some((input_name, 1)), &why))?;
    kept.close()?;
    let how = if receipt.recorded > 0 { "is recorded" } else { "was recorded before" };
    input::say(&format!("entry `{id}` {how}; {} records are in {}\n", receipt.head, ledger))
}

/// How much of a log is made before it is written, in bytes.
const PIECE: usize = 64 << 10;

pub(crate) fn log(ledger: &Place, format: Format) -> Result<(), Failure> {
    let mut pages = kept::records(ledger)?;
    let mut last = Position::START;
    loop {
        // A piece at a time: while whoever reads takes their time, no reading of the file is open.
        let (mut piece, mut wrong) = (String::new(), None);
        let read = pages(last, &mut |stored| {
            last = stored.position;
            match entry_of(&stored) {
                Ok(entry) => piece.push_str(&line(&stored, &entry, format)),
                Err(why) => wrong = Some(why),
            }
            if wrong.is_none() && piece.len() < PIECE {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        // What stands before something wrong is told first.
        let heard = input::say_on(&piece)?;
        read?;
        if let Some(why) = wrong {
            let advice = "`handover check --ledger LEDGER` tells what else is wrong";
            return Err(Failure::new(Kind::Io, why, advice));
        }
        if piece.is_empty() || !heard {
            return Ok(());
        }
    }
}

fn line(stored: &Stored<'_>, entry: &Entry, format: Format) -> String {
    let (position, at, by) = (stored.position.number(), time(stored.recorded_at), stored.recorded_by);
    if format == Format::Text {
        return format!("{position:>8}  {at}  {by}  {} by {}, said {}\n", entry.id, entry.by, entry.said);
    }
    let what: Value = serde_json::from_str(stored.payload).unwrap_or(Value::Null);
    let line = json!({
        "position": position, "recorded-at": at, "recorded-by": by,
        "version": stored.version, "id": entry.id.to_string(), "entry": what,
    });
    format!("{line}\n")
}

pub(crate) fn export(ledger: &Place, known_at: Option<When>, output: Option<&Path>) -> Result<(), Failure> {
    let kept = Kept::open(ledger)?;
    let name = output.unwrap_or(Path::new("the standard output"));
    let written = kept.read(known_at, |source| {
        let title = source.title.as_deref().and_then(|title| Text::new(title).ok());
        match output {
            None => {
                let out = BufWriter::new(io::stdout().lock());
                handover_wire::write_from(source.ledger, title.as_ref(), out).map(drop)
            }
            Some(path) => {
                let dossier = handover_wire::write_from(source.ledger, title.as_ref(), Vec::new())?;
                let put = if path.exists() { replace(path, &dossier) } else { write_new(path, &dossier) };
                put.map_err(handover_wire::WriteError::Io)
            }
        }
    })?;
    match written {
        Err(handover_wire::WriteError::Io(why)) if why.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(why) => Err(Failure::format(name, &handover_wire::FormatError::Write(why))),
        Ok(()) => kept.close(),
    }
}

/// A time of recording as people and programs read it.
fn time(at: Timestamp) -> String {
    DateTime::from_timestamp_micros(at.micros()).map_or_else(
        || format!("{} microseconds", at.micros()),
        |time| time.to_rfc3339_opts(SecondsFormat::Micros, true),
    )
}

/// The entry that a record holds, or what is wrong with the record.
pub(crate) fn entry_of(stored: &Stored<'_>) -> Result<Entry, String> {
    record::decode(stored.version, stored.payload)
        .map_err(|why| format!("the record at position {} is no entry: {why}", stored.position))
}

/// Whether the bytes of a record are those that its entry would be written with now; older versions had others.
pub(crate) fn is_written_so(entry: &Entry, stored: &Stored<'_>) -> bool {
    stored.version != record::VERSION || record::encode(entry).is_ok_and(|written| written == stored.payload)
}
