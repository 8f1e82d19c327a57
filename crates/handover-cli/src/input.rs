//! Dossiers in, text out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::Path;

use handover::ledger::Ledger;
use handover_wire::Report;
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::Failure;

/// A file that is read longer than one likes to wait without a sign, in bytes.
const LONG: u64 = 4 << 20;

/// A ledger with what its dossier says of itself.
#[derive(Debug)]
pub(crate) struct Dossier {
    pub(crate) ledger: Ledger,
    pub(crate) import: Report,
}

/// Reads a dossier into a ledger of its own.
pub(crate) fn read(path: &Path) -> Result<Dossier, Failure> {
    if path == Path::new("-") {
        return read_from(path, io::stdin().lock());
    }
    let file = File::open(path).map_err(|why| Failure::io("cannot open", path, &why))?;
    let length = file.metadata().map(|about| about.len()).unwrap_or_default();
    if length < LONG || !io::stderr().is_terminal() {
        return read_from(path, BufReader::new(file));
    }
    let progress = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("reading {wide_bar} {bytes} of {total_bytes}, {eta} left")
    {
        progress.set_style(style);
    }
    let read = read_from(path, BufReader::new(progress.wrap_read(file)));
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
