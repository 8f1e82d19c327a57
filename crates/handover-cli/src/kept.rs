//! A ledger that is kept in a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover::text::Text;
use handover_desk::{Clerk, Desk, KnownAt, Receipt, SubmitError, SystemClock};
use handover_journal::{Journal, LedgerId, Position, Recorder, Stored};
use handover_sqlite::{SqliteJournal, SqliteStore};
use indicatif::ProgressBar;

use crate::args::When;
use crate::failure::{Failure, Kind};
use crate::input::Source;
use crate::watched::{Watched, progress};

/// The name of the one ledger that the command keeps in a file.
const NAME: &str = "ledger";

/// A ledger that is kept in a file, with the desk at which it is used.
#[derive(Debug)]
pub(crate) struct Kept {
    store: SqliteStore,
    name: LedgerId,
    desk: Desk,
    /// It ends the desk when it goes.
    clerk: Clerk,
}

fn name() -> Result<LedgerId, Failure> {
    LedgerId::new(NAME).map_err(|why| Failure::new(Kind::Io, why.to_string(), "report this"))
}

/// The records of the ledger in a file, none of them read yet.
pub(crate) fn records(path: &Path) -> Result<SqliteJournal, Failure> {
    let store = SqliteStore::open(path).map_err(Failure::store)?;
    store.journal(&name()?).map_err(Failure::store)
}

/// Proves a file, and gives out each sound record of its ledger: what is wrong, if anything.
pub(crate) fn prove(path: &Path, each: &mut dyn FnMut(Stored<'_>)) -> Result<Vec<String>, Failure> {
    let store = SqliteStore::open(path).map_err(Failure::store)?;
    // What is wrong with the head is told by the check itself.
    let head = records(path)?.head().unwrap_or(Position::START);
    let progress = progress(head);
    let proven = store.check_with(&mut |ledger, stored| {
        progress.inc(1);
        if ledger == NAME {
            each(stored);
        }
    });
    progress.finish_and_clear();
    proven.map_err(Failure::store)
}

impl Kept {
    /// Makes a file with an empty ledger in it.
    pub(crate) fn create(path: &Path, title: Option<&Text>) -> Result<(), Failure> {
        let store = SqliteStore::create(path).map_err(Failure::store)?;
        let Some(title) = title else { return Ok(()) };
        store.entitle(&name()?, title.as_str()).map_err(Failure::store)?;
        Ok(())
    }

    /// Opens the ledger in a file: every record is read and proven.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        Self::open_with(path, Arc::default())
    }

    /// The same; from when the flag is set, nothing more is recorded.
    pub(crate) fn open_with(path: &Path, stop: Arc<AtomicBool>) -> Result<Self, Failure> {
        let store = SqliteStore::open(path).map_err(Failure::store)?;
        let name = name()?;
        let mut journal = store.journal(&name).map_err(Failure::store)?.stopped_by(stop);
        let progress = progress(journal.head().map_err(Failure::store)?);
        let watched = Watched { journal, progress: progress.clone() };
        let opened = Desk::open(watched, SystemClock);
        progress.finish_and_clear();
        let (desk, clerk) = opened.map_err(Failure::store)?;
        Ok(Self { store, name, desk, clerk })
    }

    /// The file.
    pub(crate) fn path(&self) -> PathBuf {
        self.store.path().to_owned()
    }

    /// What the ledger is called.
    pub(crate) fn title(&self) -> Result<Option<String>, Failure> {
        self.store.title(&self.name).map_err(Failure::store)
    }

    /// Calls the ledger so, unless it is called something.
    pub(crate) fn entitle(&self, title: &Text) -> Result<(), Failure> {
        if self.title()?.is_none() {
            self.store.entitle(&self.name, title.as_str()).map_err(Failure::store)?;
        }
        Ok(())
    }

    /// Uses the ledger as it is, or as it was known then.
    pub(crate) fn read<T>(
        &self,
        known_at: Option<When>,
        how: impl FnOnce(&Source<'_>) -> T,
    ) -> Result<T, Failure> {
        let title = self.title()?;
        let with = |ledger: &Ledger, position| how(&Source { ledger, title, complete: true, position });
        match known_at {
            // Nobody else submits at this desk.
            None => Ok(self.desk.read(|ledger| with(ledger, self.desk.head().number()))),
            Some(When(when)) => {
                let ledger = self.known_at(when)?;
                let position = match when {
                    KnownAt::Position(position) => position.number(),
                    KnownAt::Time(_) => u64::try_from(ledger.len()).unwrap_or(u64::MAX),
                };
                Ok(with(&ledger, position))
            }
        }
    }

    fn known_at(&self, when: KnownAt) -> Result<Ledger, Failure> {
        self.desk.known_at(when).map_err(|why| {
            Failure::new(Kind::Usage, why.to_string(), "`handover log` lists the positions of a ledger")
        })
    }

    /// Records entries, all or none.
    pub(crate) fn record(&self, by: &Recorder, entries: Vec<Entry>) -> Result<Receipt, SubmitError> {
        let progress = ProgressBar::new_spinner();
        progress.set_message(format!("recording {} entries", entries.len()));
        progress.enable_steady_tick(Duration::from_millis(100));
        let receipt = self.desk.submit(by, entries).wait();
        progress.finish_and_clear();
        receipt
    }

    /// Ends orderly.
    pub(crate) fn close(self) -> Result<(), Failure> {
        self.clerk.close().map_err(Failure::store)
    }
}
