//! The file.

use core::ops::ControlFlow;
use std::path::{Path, PathBuf};

use handover_journal::{LedgerId, Stored};
use rusqlite::{Connection, params};

use crate::back_up::{self, BackUpError, BackedUp, BackingUp};
use crate::check;
use crate::checksum::Checksum;
use crate::connect::{self, Options};
use crate::error::Error;
use crate::journal::SqliteJournal;
use crate::ledger;
use crate::log::{self, Log};
use crate::open_error::OpenError;
use crate::transaction::{Transaction, Uncommitted};

/// A file that holds ledgers, for any number of threads and processes of one machine.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
/// use handover_sqlite::SqliteStore;
///
/// # let directory = tempfile::tempdir()?;
/// let path = directory.path().join("june.handover");
/// let store = SqliteStore::create(&path)?;
/// let june = LedgerId::new("june")?;
/// assert!(store.entitle(&june, "The exchanges of June")?);
/// let record = Record::new(Timestamp::from_micros(0), Recorder::new("desk")?, 1, r#"{"id":"e-1"}"#)?;
/// store.journal(&june)?.append(Position::START, &[record])?;
/// drop(store);
///
/// let store = SqliteStore::open(&path)?;
/// assert_eq!(store.title(&june)?.as_deref(), Some("The exchanges of June"));
/// let mut payloads = Vec::new();
/// store.journal(&june)?.read(Position::START, &mut |stored| {
///     payloads.push(stored.payload.to_owned());
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(payloads, [r#"{"id":"e-1"}"#]);
/// assert!(store.check()?.is_empty());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct SqliteStore {
    path: PathBuf,
    options: Options,
}

impl SqliteStore {
    /// Makes a new file.
    ///
    /// # Errors
    /// In this order: [`OpenError::Exists`]; [`OpenError::Unreachable`] where its directory does not exist or cannot be
    /// written; then those of [`open`](Self::open). A file that cannot be made whole is removed; if the process is
    /// stopped before it is whole, what is left holds nothing and is told by [`OpenError::Unfinished`].
    pub fn create(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::create_with(path, Options::default())
    }

    /// Makes a new file, to be kept open in another way than usual.
    ///
    /// # Errors
    /// Those of [`create`](Self::create).
    pub fn create_with(path: impl AsRef<Path>, options: Options) -> Result<Self, OpenError> {
        let path = connect::absolute(path.as_ref())?;
        connect::create(&path, &options)?;
        Ok(Self { path, options })
    }

    /// Opens an existing file, and brings an older schema to the newest.
    ///
    /// # Errors
    /// In this order: [`OpenError::NotFound`], [`OpenError::Unreachable`], [`OpenError::Unfinished`],
    /// [`OpenError::NotSqlite`], [`OpenError::NotOurs`], [`OpenError::NewerSchema`], [`OpenError::ReadOnly`], [`OpenError::Setting`], and
    /// [`OpenError::Store`] for damage and for what SQLite cannot do.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::open_with(path, Options::default())
    }

    /// Opens an existing file, to be kept open in another way than usual.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_with(path: impl AsRef<Path>, options: Options) -> Result<Self, OpenError> {
        let path = connect::absolute(path.as_ref())?;
        connect::open(&path, &options)?;
        Ok(Self { path, options })
    }

    /// Where the file is, from the root.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A handle on a ledger of this file, with a connection of its own. The ledger begins with its first record.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn journal(&self, ledger: &LedgerId) -> Result<SqliteJournal, OpenError> {
        let log = Log::of(&self.path, &self.options);
        Ok(SqliteJournal::new(connect::open(&self.path, &self.options)?, ledger.clone(), log))
    }

    /// The names of the ledgers of this file, in order.
    ///
    /// # Errors
    /// The file cannot be read, or holds what was never written to it.
    pub fn ledgers(&self) -> Result<Vec<LedgerId>, Error> {
        let mut found = Vec::new();
        for it in ledger::all(&self.connection()?)? {
            let name = LedgerId::new(&it.name)
                .map_err(|why| Error::Corrupt(format!("the row {} of `ledgers`: {why}", it.id)))?;
            found.push(name);
        }
        found.sort();
        Ok(found)
    }

    /// The title of a ledger, if it has one.
    ///
    /// # Errors
    /// The file cannot be read, or holds what was never written to it.
    pub fn title(&self, ledger: &LedgerId) -> Result<Option<String>, Error> {
        let connection = self.connection()?;
        let _transaction = Transaction::read(&connection)?;
        Ok(ledger::named(&connection, ledger.as_str())?.and_then(|it| it.title))
    }

    /// Gives a ledger a title. It is set once: `true` if it is set now, `false` if there is one already.
    ///
    /// # Errors
    /// The file cannot be written, or holds what was never written to it. [`title`](Self::title) tells what is there.
    pub fn entitle(&self, ledger: &LedgerId, title: &str) -> Result<bool, Error> {
        let connection = self.connection()?;
        let transaction = Transaction::write(&connection)?;
        match ledger::named(&connection, ledger.as_str())? {
            Some(it) if it.title.is_some() => return Ok(false),
            Some(it) => {
                let checksum = Checksum::of_ledger(&it.name).row(it.id, Some(title));
                connection.execute(
                    "UPDATE ledgers SET title = ?2, checksum = ?3 WHERE id = ?1",
                    params![it.id, title, checksum],
                )?;
            }
            None => {
                ledger::add(&connection, ledger.as_str(), Some(title))?;
            }
        }
        match transaction.commit() {
            Ok(()) => Ok(true),
            Err(Uncommitted::Nothing(why) | Uncommitted::Unknown(why)) => Err(why),
        }
    }

    /// Proves the whole file: its structure, and each record by its checksum and its place. Says what is wrong, a line
    /// for each thing, and nothing where nothing is. It takes as long as reading the file twice.
    ///
    /// One bad record does not hide the next: all are named, up to a hundred of each ledger, and how many more there
    /// are. Where SQLite itself cannot read on, a line says after which position nothing was looked at.
    ///
    /// # Errors
    /// The file cannot be read. Damage that can be described is no error.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        self.check_with(&mut |_, _| ())
    }

    /// Proves the whole file as [`check`](Self::check) does and gives out, while it does, each record that is sound:
    /// with the name of its ledger, in the order of positions. Whoever proves more needs not read it all again.
    ///
    /// # Errors
    /// Those of [`check`](Self::check); what was given out before stands.
    pub fn check_with(&self, each: &mut dyn FnMut(&str, Stored<'_>)) -> Result<Vec<String>, Error> {
        match connect::open(&self.path, &self.options) {
            Ok(connection) => check::file(&connection, each),
            Err(OpenError::Store { why: Error::Corrupt(what), .. }) => Ok(vec![what]),
            Err(OpenError::Store { why, .. }) => Err(why),
            Err(OpenError::ReadOnly(_)) => Err(Error::ReadOnly),
            Err(other) => Ok(vec![other.to_string()]),
        }
    }

    /// How many bytes the log beside the file has, in which stands what is not yet in the file itself.
    ///
    /// As long as it stays near [`Options::log_bytes`] or below, all is well. If it grows on, somebody has been reading
    /// for long: a tool that looks at the file in a transaction that it does not end, most likely. Nothing is lost by it; it
    /// takes room, and makes reading slower.
    pub fn log_bytes(&self) -> u64 {
        Log::of(&self.path, &self.options).bytes()
    }

    /// Takes all of the log into the file and empties it; waits for whoever reads or writes, for at most
    /// [`Options::busy_timeout`]. Appends wait meanwhile.
    ///
    /// # Errors
    /// [`Error::Busy`]: somebody was reading or writing all the while. Or the file cannot be written. Nothing is lost.
    pub fn empty_log(&self) -> Result<(), Error> {
        if log::emptied(&self.connection()?)? { Ok(()) } else { Err(Error::Busy) }
    }

    /// Copies the file, also while others append to it, to where nothing is, and proves the copy as
    /// [`check`](Self::check) does.
    ///
    /// The copy is of one moment, that at which it begins: every record whose append had returned by then is in it. Who
    /// appends does not wait meanwhile; the log beside the file grows for as long as it is copied. The copy stands
    /// there whole, on the disk and with the rights of the file, or it does not stand there. A process that is killed
    /// leaves what it had copied beside it, under a name that begins with a dot and ends in `.part`: it may be removed.
    ///
    /// `progress` is told how far it has come, about once a mebibyte or twenty times a second, and ends it by a break.
    ///
    /// # Errors
    /// In this order: [`BackUpError::Target`] if something stands there, or a log of what stood there;
    /// [`BackUpError::Source`]; then whatever comes first. Nothing stands there after an error.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
    /// use handover_sqlite::{BackUpError, OpenError, SqliteStore};
    ///
    /// # let directory = tempfile::tempdir()?;
    /// let store = SqliteStore::create(directory.path().join("june.handover"))?;
    /// let june = LedgerId::new("june")?;
    /// let mut journal = store.journal(&june)?;
    /// let record = Record::new(Timestamp::from_micros(0), Recorder::new("desk")?, 1, r#"{"id":"e-1"}"#)?;
    /// journal.append(Position::START, &[record])?;
    ///
    /// let copy = directory.path().join("june-2025-06-02.handover");
    /// let made = store.back_up(&copy, &mut |_| ControlFlow::Continue(()))?;
    /// assert_eq!((made.ledgers, made.records), (1, 1));
    /// assert_eq!(SqliteStore::open(&copy)?.journal(&june)?.head()?, Position::new(1));
    ///
    /// let again = store.back_up(&copy, &mut |_| ControlFlow::Continue(()));
    /// assert!(matches!(again, Err(BackUpError::Target(OpenError::Exists(_)))));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn back_up(
        &self,
        to: impl AsRef<Path>,
        progress: &mut dyn FnMut(BackingUp) -> ControlFlow<()>,
    ) -> Result<BackedUp, BackUpError> {
        back_up::back_up(&self.path, &self.options, to.as_ref(), progress)
    }

    fn connection(&self) -> Result<Connection, Error> {
        connect::open(&self.path, &self.options).map_err(|why| match why {
            OpenError::Store { why, .. } => why,
            OpenError::ReadOnly(_) => Error::ReadOnly,
            other => Error::Open(Box::new(other)),
        })
    }
}
