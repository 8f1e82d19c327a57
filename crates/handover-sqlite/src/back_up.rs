//! A copy of a file that is in use.

use core::fmt;
use core::ops::ControlFlow;
use core::sync::atomic::{AtomicU64, Ordering};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::check;
use crate::checksum::Checksum;
use crate::connect::{self, Options};
use crate::error::Error;
use crate::ledger;
use crate::open_error::OpenError;
use crate::transaction::Transaction;

/// How far a backup has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BackingUp {
    /// The file is copied, in pages of 4096 bytes.
    Copying {
        /// How many are copied.
        done: u64,
        /// How many there are.
        of: u64,
    },
    /// The copy is proven: first its structure, of which nothing is counted, then its records.
    Proving {
        /// How many records are proven.
        done: u64,
        /// How many there are.
        of: u64,
    },
}

/// A copy that was made and proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BackedUp {
    /// How many ledgers are in it.
    pub ledgers: u64,
    /// How many records they hold together.
    pub records: u64,
    /// How long it is.
    pub bytes: u64,
}

/// Why there is no copy. Nothing stands where it was to be, and the file is as it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum BackUpError {
    /// The copy cannot be made where it is to be: something is there, or nothing can be written there, or there is no
    /// room.
    Target(OpenError),
    /// The file cannot be read.
    Source(OpenError),
    /// The copy was not sound, for the file is not, or where it was written is not.
    Unsound {
        /// The file.
        path: PathBuf,
        /// What is wrong, a line for each thing, as [`check`](crate::SqliteStore::check) says it.
        found: Vec<String>,
    },
    /// It was to stop.
    Stopped,
}

impl fmt::Display for BackUpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(why) => write!(f, "no copy was made: {why}"),
            Self::Source(why) => write!(f, "no copy was made, for the file cannot be read: {why}"),
            Self::Unsound { path, found } => {
                write!(
                    f,
                    "`{}`: expected a copy that is sound, found that it is not, and kept none",
                    path.display()
                )?;
                if let Some(first) = found.first() {
                    write!(f, ": {first}")?;
                }
                if found.len() > 1 {
                    write!(f, ", and {} more", found.len().saturating_sub(1))?;
                }
                f.write_str("; check the file, and restore it from an earlier copy if it is damaged")
            }
            Self::Stopped => {
                f.write_str("expected to copy to the end, found that it was to stop: no copy was made")
            }
        }
    }
}

impl core::error::Error for BackUpError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Target(why) | Self::Source(why) => why.source(),
            Self::Unsound { .. } | Self::Stopped => None,
        }
    }
}

/// How many pages are copied before anybody is told: a mebibyte.
const PAGES: i32 = 256;

/// How often whoever waits is told while the copy is proven.
const TOLD_EVERY: Duration = Duration::from_millis(50);

/// What whoever waits is told, and whether they still want to.
pub(crate) type Progress<'p> = &'p mut dyn FnMut(BackingUp) -> ControlFlow<()>;

/// Copies a file to where nothing is.
pub(crate) fn back_up(
    path: &Path,
    options: &Options,
    to: &Path,
    progress: Progress<'_>,
) -> Result<BackedUp, BackUpError> {
    let to = connect::absolute(to).map_err(BackUpError::Target)?;
    nothing_at(&to).map_err(BackUpError::Target)?;
    let source = connect::open(path, options).map_err(BackUpError::Source)?;
    let job = Job { path, to: &to, part: Part::beside(&to).map_err(BackUpError::Target)? };
    let expected = job.copy(&source, options.busy_timeout, progress)?;
    drop(source);
    job.prove(&expected, progress)?;
    let bytes = job.finish().map_err(BackUpError::Target)?;
    let records = expected.records();
    Ok(BackedUp { ledgers: u64::try_from(expected.0.len()).unwrap_or(u64::MAX), records, bytes })
}

/// Proves that nothing is there, nor what SQLite would take for the log of what will be.
fn nothing_at(to: &Path) -> Result<(), OpenError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let path = with_suffix(to, suffix);
        match fs::symlink_metadata(&path) {
            Ok(_) => return Err(OpenError::Exists(path)),
            Err(why) if why.kind() == io::ErrorKind::NotFound => {}
            Err(why) => return Err(OpenError::Unreachable { path, why }),
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The heads of all ledgers of a file at one moment, by their names.
#[derive(Debug, PartialEq, Eq)]
struct Heads(Vec<(String, i64)>);

impl Heads {
    fn of(connection: &Connection) -> Result<Self, Error> {
        let mut found = Vec::new();
        for it in ledger::all(connection)? {
            let checksum = Checksum::of_ledger(&it.name);
            let head = ledger::head(connection, it.id, &checksum)?;
            found.push((it.name, head));
        }
        found.sort();
        Ok(Self(found))
    }

    fn records(&self) -> u64 {
        let heads = self.0.iter().map(|(_, head)| u64::try_from(*head).unwrap_or(0));
        heads.fold(0, u64::saturating_add)
    }
}

/// A copy that is being made, under a name of its own beside where it is to be. Removed unless it is finished.
struct Part(PathBuf);

impl Part {
    fn beside(to: &Path) -> Result<Self, OpenError> {
        let mut tries: u32 = 0;
        loop {
            let mut name = OsString::from(".");
            name.push(to.file_name().unwrap_or_default());
            name.push(format!(".{}-{tries}.part", std::process::id()));
            let path = to.with_file_name(name);
            match private().open(&path) {
                Ok(_) => return Ok(Self(path)),
                // Another one of this process, or what one left that was killed.
                Err(why) if why.kind() == io::ErrorKind::AlreadyExists && tries < 1_000 => {
                    tries = tries.saturating_add(1);
                }
                Err(why) => return Err(OpenError::Unreachable { path: to.to_owned(), why }),
            }
        }
    }
}

/// A new file that nobody else may read before it has the rights of what is copied.
fn private() -> fs::OpenOptions {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

impl Drop for Part {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            // Of a finished one nothing is left.
            let _ = fs::remove_file(with_suffix(&self.0, suffix));
        }
    }
}

struct Job<'j> {
    path: &'j Path,
    to: &'j Path,
    part: Part,
}

impl Job<'_> {
    /// What went wrong where the copy is written; damage is that of the file.
    fn target(&self, why: Error) -> BackUpError {
        match why {
            Error::Corrupt(_) => self.source(why),
            why => BackUpError::Target(connect::store(self.to, why)),
        }
    }

    fn source(&self, why: Error) -> BackUpError {
        BackUpError::Source(connect::store(self.path, why))
    }

    /// Copies all pages as of one moment, and says where the ledgers end at it.
    fn copy(
        &self,
        source: &Connection,
        patience: Duration,
        progress: Progress<'_>,
    ) -> Result<Heads, BackUpError> {
        // Held to the end: what others append meanwhile is not in the copy, so that nothing has to be begun again.
        let _moment = Transaction::read(source).map_err(|why| self.source(why))?;
        let heads = Heads::of(source).map_err(|why| self.source(why))?;
        let mut target = self.empty().map_err(|why| self.target(why.into()))?;
        let backup = Backup::new(source, &mut target).map_err(|why| self.target(why.into()))?;
        let mut held_since: Option<Instant> = None;
        loop {
            match backup.step(PAGES).map_err(|why| self.target(why.into()))? {
                StepResult::Done => break,
                StepResult::More => {
                    held_since = None;
                    let pages = backup.progress();
                    let (left, of) = (pages.remaining.unsigned_abs(), pages.pagecount.unsigned_abs());
                    let copying = BackingUp::Copying { done: of.saturating_sub(left).into(), of: of.into() };
                    if progress(copying).is_break() {
                        return Err(BackUpError::Stopped);
                    }
                }
                _ => {
                    if held_since.get_or_insert_with(Instant::now).elapsed() > patience {
                        return Err(self.target(Error::Busy));
                    }
                    thread::sleep(Duration::from_millis(5));
                }
            }
        }
        drop(backup);
        target.close().map_err(|(_, why)| self.target(why.into()))?;
        Ok(heads)
    }

    /// What is copied to. It is thrown away if anything fails, so it needs no journal and is synced once, at the end.
    fn empty(&self) -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let target = Connection::open_with_flags(&self.part.0, flags)?;
        target.pragma_update_and_check(None, "journal_mode", "off", |_| Ok(()))?;
        target.pragma_update(None, "synchronous", 0)?;
        Ok(target)
    }

    /// Proves the copy as any file is proven, and that it ends where the file did.
    fn prove(&self, expected: &Heads, progress: Progress<'_>) -> Result<(), BackUpError> {
        let connection = connect::open(&self.part.0, &Options::default()).map_err(|why| match why {
            OpenError::Store { why, .. } => self.target(why),
            other => BackUpError::Target(other),
        })?;
        let interrupt = connection.get_interrupt_handle();
        let proven = AtomicU64::new(0);
        let (sender, receiver) = sync_channel(1);
        let mut stopped = false;
        // In a thread beside: whoever waits is told, and heard, also while SQLite looks through the structure.
        let found = thread::scope(|scope| {
            let proven = &proven;
            let prove = move || -> Result<(Vec<String>, Heads), Error> {
                let each = &mut |_: &str, _: handover_journal::Stored<'_>| {
                    proven.fetch_add(1, Ordering::Relaxed);
                };
                let found = check::file(&connection, each)?;
                let heads = Heads::of(&connection)?;
                connection.close().map_err(|(_, why)| why)?;
                Ok((found, heads))
            };
            thread::Builder::new()
                .name("handover-backup".to_owned())
                .spawn_scoped(scope, move || sender.send(prove()))
                .map_err(|why| {
                    BackUpError::Target(OpenError::Unreachable { path: self.to.to_owned(), why })
                })?;
            loop {
                match receiver.recv_timeout(TOLD_EVERY) {
                    Ok(Err(_)) if stopped => return Err(BackUpError::Stopped),
                    Ok(found) => return found.map_err(|why| self.target(why)),
                    Err(RecvTimeoutError::Timeout) => {}
                    // It panicked, which the scope passes on.
                    Err(RecvTimeoutError::Disconnected) => return Err(BackUpError::Stopped),
                }
                let done = proven.load(Ordering::Relaxed);
                stopped = stopped || progress(BackingUp::Proving { done, of: expected.records() }).is_break();
                if stopped {
                    interrupt.interrupt();
                }
            }
        });
        let (mut wrong, heads) = found?;
        let done = proven.load(Ordering::Relaxed);
        if stopped || progress(BackingUp::Proving { done, of: expected.records() }).is_break() {
            return Err(BackUpError::Stopped);
        }
        if wrong.is_empty() && heads != *expected {
            wrong.push("the ledgers of the copy do not end where those of the file did".to_owned());
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(BackUpError::Unsound { path: self.path.to_owned(), found: wrong })
        }
    }

    /// Gives the copy its name, so that both last. Says how long it is.
    fn finish(&self) -> Result<u64, OpenError> {
        let at = |why: io::Error| match why.kind() {
            io::ErrorKind::AlreadyExists => OpenError::Exists(self.to.to_owned()),
            _ => OpenError::Unreachable { path: self.to.to_owned(), why },
        };
        let rights = fs::metadata(self.path).map_err(at)?.permissions();
        fs::set_permissions(&self.part.0, rights).map_err(at)?;
        let file = File::options().write(true).open(&self.part.0).map_err(at)?;
        file.sync_all().map_err(at)?;
        let bytes = file.metadata().map_err(at)?.len();
        drop(file);
        // The name is taken first: what somebody else put there meanwhile is not replaced.
        drop(private().open(self.to).map_err(at)?);
        if let Err(why) = fs::rename(&self.part.0, self.to) {
            let _ = fs::remove_file(self.to);
            return Err(at(why));
        }
        connect::sync_directory(self.to)?;
        Ok(bytes)
    }
}
