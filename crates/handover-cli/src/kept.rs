//! A ledger that is kept.

use std::fmt::{self, Debug};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover::text::Text;
use handover_desk::{Clerk, Desk, KnownAt, Receipt, SubmitError, SystemClock};
use handover_journal::{Journal, LedgerId, Position, Recorder, Stored};
use handover_sqlite::SqliteStore;
use indicatif::ProgressBar;

use crate::args::{InitArguments, When};
use crate::failure::{Failure, Kind};
use crate::input::Source;
use crate::place::Place;
use crate::watched::{Watched, progress};

/// The name of the one ledger that the command keeps in a file, and of one on a server if none is named.
pub(crate) const USUAL_NAME: &str = "ledger";

/// Reads on after a position, until there is no more or what is given to breaks.
pub(crate) type Pages =
    Box<dyn FnMut(Position, &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>) -> Result<(), Failure>>;

/// What the command needs of whatever keeps ledgers.
pub(crate) trait Store: Debug {
    fn title(&self, ledger: &LedgerId) -> Result<Option<String>, Failure>;
    /// Calls a ledger so; one that is called something already stays so.
    fn entitle(&self, ledger: &LedgerId, title: &str) -> Result<(), Failure>;
    /// A desk; from when the flag is set, nothing more is recorded.
    fn open(&self, ledger: &LedgerId, stop: Arc<AtomicBool>) -> Result<(Desk, Clerk), Failure>;
    fn pages(&self, ledger: &LedgerId) -> Result<Pages, Failure>;
    /// Gives out each sound record of a ledger: what is wrong, if anything.
    fn prove(&self, ledger: &LedgerId, each: &mut dyn FnMut(Stored<'_>)) -> Result<Vec<String>, Failure>;
}

impl Store for SqliteStore {
    fn title(&self, ledger: &LedgerId) -> Result<Option<String>, Failure> {
        self.title(ledger).map_err(Failure::store)
    }

    fn entitle(&self, ledger: &LedgerId, title: &str) -> Result<(), Failure> {
        self.entitle(ledger, title).map(drop).map_err(Failure::store)
    }

    fn open(&self, ledger: &LedgerId, stop: Arc<AtomicBool>) -> Result<(Desk, Clerk), Failure> {
        opened(self.journal(ledger).map_err(Failure::store)?.stopped_by(stop))
    }

    fn pages(&self, ledger: &LedgerId) -> Result<Pages, Failure> {
        Ok(pages(self.journal(ledger).map_err(Failure::store)?))
    }

    fn prove(&self, ledger: &LedgerId, each: &mut dyn FnMut(Stored<'_>)) -> Result<Vec<String>, Failure> {
        // What is wrong with the head is told by the check itself.
        let head = self.journal(ledger).map_err(Failure::store)?.head().unwrap_or(Position::START);
        let progress = progress(head);
        let proven = self.check_with(&mut |name, stored| {
            progress.inc(1);
            if name == ledger.as_str() {
                each(stored);
            }
        });
        progress.finish_and_clear();
        proven.map_err(Failure::store)
    }
}

/// A desk on a journal, and how far it is on the way there.
pub(crate) fn opened<J: Journal + 'static>(mut journal: J) -> Result<(Desk, Clerk), Failure> {
    let progress = progress(journal.head().map_err(Failure::store)?);
    let opened = Desk::open(Watched { journal, progress: progress.clone() }, SystemClock);
    progress.finish_and_clear();
    opened.map_err(Failure::store)
}

/// A journal, read a part at a time.
pub(crate) fn pages<J: Journal + 'static>(mut journal: J) -> Pages {
    Box::new(move |after, each| journal.read(after, each).map_err(Failure::store))
}

/// What is to be done with a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Reading,
    Recording,
}

/// What keeps the ledger of a place, and its name there.
#[cfg_attr(not(feature = "postgres"), expect(unused_variables, reason = "a file is opened in one way"))]
fn store(place: &Place, wanted: Wanted) -> Result<(Box<dyn Store>, LedgerId), Failure> {
    match place {
        Place::File(path) => Ok((in_file(SqliteStore::open(path))?, usual_name()?)),
        #[cfg(feature = "postgres")]
        Place::Server(address) => Ok((
            Box::new(address.open(wanted == Wanted::Reading).map_err(Failure::store)?),
            address.name().clone(),
        )),
    }
}

fn in_file(store: Result<SqliteStore, impl fmt::Display>) -> Result<Box<dyn Store>, Failure> {
    Ok(Box::new(store.map_err(Failure::store)?))
}

fn usual_name() -> Result<LedgerId, Failure> {
    LedgerId::new(USUAL_NAME).map_err(|why| Failure::new(Kind::Io, why.to_string(), "report this"))
}

/// What is to be told of a long log beside a file: somebody reads on in one transaction, and it only grows.
pub(crate) fn long_log(place: &Place) -> Option<String> {
    let path = match place {
        Place::File(path) => path,
        #[cfg(feature = "postgres")]
        Place::Server(_) => return None,
    };
    let (bytes, expected) =
        (SqliteStore::open(path).ok()?.log_bytes(), handover_sqlite::Options::default().log_bytes);
    (bytes > expected).then(|| {
        format!(
            "the log beside it (`-wal`) has {} MiB, expected {} MiB at most: end the tool that has it open in a transaction; \
             nothing is lost",
            bytes >> 20,
            expected >> 20
        )
    })
}

/// The records of a ledger, none of them read yet.
pub(crate) fn records(place: &Place) -> Result<Pages, Failure> {
    let (store, name) = store(place, Wanted::Reading)?;
    store.pages(&name)
}

/// Proves what keeps a ledger, and gives out each of its sound records: what is wrong, if anything.
pub(crate) fn prove(place: &Place, each: &mut dyn FnMut(Stored<'_>)) -> Result<Vec<String>, Failure> {
    let (store, name) = store(place, Wanted::Reading)?;
    store.prove(&name, each)
}

/// A ledger that is kept, with the desk at which it is used.
#[derive(Debug)]
pub(crate) struct Kept {
    store: Box<dyn Store>,
    name: LedgerId,
    desk: Desk,
    /// It ends the desk when it goes.
    clerk: Clerk,
}

impl Kept {
    /// Makes a place with an empty ledger in it.
    pub(crate) fn create(arguments: &InitArguments) -> Result<(), Failure> {
        let (store, name) = match &arguments.place {
            Place::File(_) if arguments.is_for_a_server() => {
                return Err(Failure::new(
                    Kind::Usage,
                    "expected a ledger on a server for `--migrate`, `--appends` and `--reads`, found a file",
                    "leave them out: a file is brought to the newest schema when it is opened, and has no roles",
                ));
            }
            Place::File(path) => (in_file(SqliteStore::create(path))?, usual_name()?),
            #[cfg(feature = "postgres")]
            Place::Server(address) => {
                let store = address.prepare(arguments.migrate)?;
                crate::server::is_free(&store, address)?;
                address.let_in(&arguments.appends, &arguments.reads)?;
                (Box::new(store) as Box<dyn Store>, address.name().clone())
            }
        };
        arguments.title.as_ref().map_or(Ok(()), |title| store.entitle(&name, title.as_str()))
    }

    /// Opens a ledger that is only read: every record is read and proven.
    pub(crate) fn open(place: &Place) -> Result<Self, Failure> {
        Self::opened(place, Wanted::Reading, Arc::default())
    }

    /// Opens a ledger in which something is recorded; from when the flag is set, nothing more is.
    pub(crate) fn open_with(place: &Place, stop: Arc<AtomicBool>) -> Result<Self, Failure> {
        Self::opened(place, Wanted::Recording, stop)
    }

    /// The ledger in a file, in which something is recorded.
    pub(crate) fn open_file(path: &Path) -> Result<Self, Failure> {
        Self::open_with(&path.into(), Arc::default())
    }

    fn opened(place: &Place, wanted: Wanted, stop: Arc<AtomicBool>) -> Result<Self, Failure> {
        let (store, name) = store(place, wanted)?;
        let (desk, clerk) = store.open(&name, stop)?;
        Ok(Self { store, name, desk, clerk })
    }

    /// What the ledger is called.
    pub(crate) fn title(&self) -> Result<Option<String>, Failure> {
        self.store.title(&self.name)
    }

    /// Calls the ledger so, unless it is called something.
    pub(crate) fn entitle(&self, title: &Text) -> Result<(), Failure> {
        if self.title()?.is_none() {
            self.store.entitle(&self.name, title.as_str())?;
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
            None => {
                let position = self.desk.head().number();
                Ok(self.desk.read(|ledger| with(ledger, position)))
            }
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
