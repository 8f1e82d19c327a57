//! Which record is read: a dossier, or a ledger that is kept.

use std::path::{Path, PathBuf};

use clap::Args;

use super::When;
use crate::failure::Failure;
use crate::input::{self, Source};
use crate::kept::Kept;
use crate::place::Place;

#[derive(Args, Debug)]
pub(crate) struct ToldIn {
    /// The dossier; `-` is the standard input.
    #[arg(value_name = "DOSSIER", required_unless_present = "ledger", conflicts_with = "ledger")]
    file: Option<PathBuf>,
    /// Where a ledger is kept: a file, or `postgres://ROLE@HOST/DATABASE#LEDGER`.
    #[arg(long, value_name = "LEDGER")]
    ledger: Option<Place>,
    /// As the ledger was then: a time of recording, or how many records it had.
    #[arg(long, value_name = "TIME|POSITION", requires = "ledger", conflicts_with = "file")]
    known_at: Option<When>,
}

impl ToldIn {
    /// What is made of the record.
    pub(crate) fn read<T>(&self, how: impl FnOnce(&Source<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let Some(ledger) = &self.ledger else {
            let file = self.file.as_deref().unwrap_or(Path::new("-"));
            return how(&input::read(file)?.told());
        };
        let kept = Kept::open(ledger)?;
        let made = kept.read(self.known_at, how)??;
        kept.close()?;
        Ok(made)
    }
}
