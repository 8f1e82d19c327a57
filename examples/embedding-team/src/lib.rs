//! A team that embeds the ledger: its records lie in a folder, a page of them in each file, and its bulletin says of a leg
//! what every side accepts.
//!
//! Nothing here knows the workspace from inside: only what its crates publish. The tests show how such a team uses
//! `handover-testkit` and the conformance suite of `handover-journal`; `docs/testing.md` tells the rest.

mod bulletin;
mod folder;

pub use bulletin::bulletin;
pub use folder::{Folder, FolderError, FolderJournal};

use std::io;
use std::path::Path;

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_desk::{Clerk, Desk, OpenError, Receipt, SubmitError, SystemClock};
use handover_journal::Recorder;

/// The team's office: a desk on a ledger in a folder.
#[derive(Debug)]
pub struct Office {
    desk: Desk,
    // Dropped last: it ends the desk.
    _clerk: Clerk,
}

impl Office {
    /// Opens the office on a folder, which is made if there is none.
    ///
    /// # Errors
    /// The folder cannot be made or read, or holds what is no ledger.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let folder = Folder::open(path)?;
        let opened: Result<_, OpenError> = Desk::open(folder.journal(), SystemClock);
        let (desk, clerk) = opened.map_err(io::Error::other)?;
        Ok(Self { desk, _clerk: clerk })
    }

    /// Records an entry, and returns when it is on disk.
    ///
    /// # Errors
    /// It is refused, or the folder did not take it.
    pub fn record(&self, by: &Recorder, entry: Entry) -> Result<Receipt, SubmitError> {
        self.desk.submit(by, vec![entry]).wait()
    }

    /// Reads the ledger.
    pub fn read<R>(&self, how: impl FnOnce(&Ledger) -> R) -> R {
        self.desk.read(how)
    }
}
