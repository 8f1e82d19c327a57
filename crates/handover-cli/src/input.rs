//! Dossiers in, text out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::Path;

use handover::ledger::Ledger;
use handover::text::Text;
use handover_wire::{Numbered, ReadError, Reader};
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::Failure;

/// A file that is read longer than one likes to wait without a sign, in bytes.
const LONG: u64 = 4 << 20;

/// A ledger with what its dossier says of itself.
#[derive(Debug)]
pub(crate) struct Dossier {
    pub(crate) ledger: Ledger,
    pub(crate) import: handover_wire::Report,
}

impl Dossier {
    pub(crate) fn told(&self) -> Source<'_> {
        let title = self.import.title.as_ref().map(ToString::to_string);
        let position = u64::try_from(self.ledger.len()).unwrap_or(u64::MAX);
        Source { ledger: &self.ledger, title, complete: self.import.ended, position }
    }
}

/// What a report is made of, wherever it was read.
#[derive(Debug)]
pub(crate) struct Source<'l> {
    pub(crate) ledger: &'l Ledger,
    /// What it is called.
    pub(crate) title: Option<String>,
    /// Whether it is proven that no entry is missing.
    pub(crate) complete: bool,
    /// How many records it was made of.
    pub(crate) position: u64,
}

/// The entries of a dossier, none of them judged.
#[derive(Debug)]
pub(crate) struct Entries {
    pub(crate) numbered: Vec<Numbered>,
    pub(crate) title: Option<Text>,
    pub(crate) ended: bool,
}

/// Reads a dossier into a ledger of its own.
pub(crate) fn read(path: &Path) -> Result<Dossier, Failure> {
    with(path, |input| read_from(path, input))
}

/// Reads the entries of a dossier.
pub(crate) fn entries(path: &Path) -> Result<Entries, Failure> {
    with(path, |input| entries_from(input).map_err(|why| Failure::import(path, &why.into())))
}

/// Reads the entries of a dossier that is in memory or open.
pub(crate) fn entries_from(input: impl BufRead) -> Result<Entries, ReadError> {
    let mut reader = Reader::new(input)?;
    let numbered = (&mut reader).collect::<Result<Vec<_>, _>>()?;
    Ok(Entries { numbered, title: reader.title().cloned(), ended: reader.ended() })
}

/// Opens a file, or the standard input, and shows how far it has been read if that takes long.
pub(crate) fn with<T>(
    path: &Path,
    how: impl FnOnce(&mut dyn BufRead) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if path == Path::new("-") {
        return how(&mut io::stdin().lock());
    }
    let file = File::open(path).map_err(|why| Failure::io("cannot open", path, &why))?;
    let length = file.metadata().map(|about| about.len()).unwrap_or_default();
    if length < LONG || !io::stderr().is_terminal() {
        return how(&mut BufReader::new(file));
    }
    let progress = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("reading {wide_bar} {bytes} of {total_bytes}, {eta} left")
    {
        progress.set_style(style);
    }
    let read = how(&mut BufReader::new(progress.wrap_read(file)));
    progress.finish_and_clear();
    read
}

/// Reads a dossier that is called so into a ledger of its own.
pub(crate) fn read_from(path: &Path, input: impl BufRead) -> Result<Dossier, Failure> {
    let mut ledger = Ledger::new();
    let import = handover_wire::read_into(&mut ledger, input).map_err(|why| Failure::import(path, &why))?;
    Ok(Dossier { ledger, import })
}

/// Writes to the standard output; colours stay only on a terminal. Who stops reading has read enough.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    let mut output = anstream::stdout().lock();
    quietly(output.write_all(text.as_bytes()).and_then(|()| output.flush()))
}

/// Writes a piece of more to the standard output: whether anybody still reads.
pub(crate) fn say_on(text: &str) -> Result<bool, Failure> {
    let mut output = anstream::stdout().lock();
    let written = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    let heard = written.is_ok();
    quietly(written).map(|()| heard)
}

/// Writes bytes to the standard output as they are.
pub(crate) fn say_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    quietly(output.write_all(bytes).and_then(|()| output.flush()))
}

fn quietly(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(why) if why.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::io("cannot write", Path::new("the standard output"), &why))
        }
        _ => Ok(()),
    }
}
