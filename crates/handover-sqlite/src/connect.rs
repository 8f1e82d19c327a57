//! Opening a connection, and proving that the file is ours and kept as it must be.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::Error;
use crate::open_error::OpenError;
use crate::schema;

/// How a file is kept open.
///
/// ```
/// use std::time::Duration;
///
/// let mut options = handover_sqlite::Options::default();
/// options.busy_timeout = Duration::from_secs(1);
/// assert_eq!(options.max_pages, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// How long to wait for another connection that is writing: 10 seconds unless set, at most 24 days. It is counted
    /// in milliseconds.
    pub busy_timeout: Duration,
    /// The most pages of 4096 bytes that the file may grow to: as many as SQLite allows unless set.
    pub max_pages: Option<u32>,
    /// How many bytes the log beside the file may have before an append empties it: 64 MiB unless set. SQLite empties it by
    /// itself as long as nobody reads all the time; this is for where somebody does.
    pub log_bytes: u64,
    /// Whether only reading is wanted; `false` unless set. Then nothing of the file is written, an append fails with
    /// [`Error::ReadOnly`], and the file itself need not be writable. Its directory must be, or the log and the
    /// shared memory beside it must be there, as they are while another process has it open. An older schema is not
    /// brought to the newest, and so not opened.
    pub read_only: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(10), max_pages: None, log_bytes: 64 << 20, read_only: false }
    }
}

/// The longest time that SQLite can count.
pub(crate) const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// The first bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// A path that stays the same wherever the process goes, and that SQLite does not take for an address.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, OpenError> {
    std::path::absolute(path).map_err(|why| OpenError::Unreachable { path: path.to_owned(), why })
}

/// Makes a new file with the newest schema.
pub(crate) fn create(path: &Path, options: &Options) -> Result<(), OpenError> {
    match File::create_new(path) {
        Ok(_) => {}
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {
            return Err(OpenError::Exists(path.to_owned()));
        }
        Err(why) => return Err(OpenError::Unreachable { path: path.to_owned(), why }),
    }
    let made = fill(path, options);
    if made.is_err() {
        // The file is this call's own and holds nothing yet. What is to be told is the first error.
        for suffix in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            let _ = fs::remove_file(name);
        }
    }
    made
}

fn fill(path: &Path, options: &Options) -> Result<(), OpenError> {
    let mut connection = bare(path, options, Wanted::Writing)?;
    settings(path, &connection, Wanted::Writing)?;
    schema::migrate(&mut connection).map_err(|why| store(path, why))?;
    connection.close().map_err(|(_, why)| store(path, why.into()))?;
    sync_directory(path)
}

/// Makes the name of a file last as its content does. Where a directory cannot be opened there is nothing to do.
pub(crate) fn sync_directory(path: &Path) -> Result<(), OpenError> {
    match path.parent().and_then(|it| File::open(it).ok()) {
        Some(directory) => {
            directory.sync_all().map_err(|why| OpenError::Unreachable { path: path.to_owned(), why })
        }
        None => Ok(()),
    }
}

/// Opens a connection to an existing file, brings its schema to the newest, and proves what must hold.
pub(crate) fn open(path: &Path, options: &Options) -> Result<Connection, OpenError> {
    begins_well(path)?;
    let wanted = if options.read_only { Wanted::Reading } else { Wanted::Writing };
    let mut connection = bare(path, options, wanted)?;
    ours(path, &connection, wanted)?;
    settings(path, &connection, wanted)?;
    schema::migrate(&mut connection).map_err(|why| store(path, why))?;
    schema::verify(&connection).map_err(|why| store(path, why))?;
    Ok(connection)
}

/// Looks at the first bytes: SQLite would take an empty file for a new one.
fn begins_well(path: &Path) -> Result<(), OpenError> {
    let unreachable = |why: io::Error| match why.kind() {
        io::ErrorKind::NotFound => OpenError::NotFound(path.to_owned()),
        _ => OpenError::Unreachable { path: path.to_owned(), why },
    };
    let mut file = File::open(path).map_err(unreachable)?;
    let mut found = Vec::with_capacity(MAGIC.len());
    let length = u64::try_from(MAGIC.len()).unwrap_or(u64::MAX);
    file.by_ref().take(length).read_to_end(&mut found).map_err(unreachable)?;
    match found.as_slice() {
        [] => Err(OpenError::Unfinished(path.to_owned())),
        begun if begun == MAGIC => Ok(()),
        _ => Err(OpenError::NotSqlite(path.to_owned())),
    }
}

/// What is to be done with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Reading,
    Writing,
}

fn bare(path: &Path, options: &Options, wanted: Wanted) -> Result<Connection, OpenError> {
    let access = match wanted {
        Wanted::Reading => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Wanted::Writing => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|why| sqlite(path, why))?;
    connection.busy_timeout(options.busy_timeout.min(LONGEST)).map_err(|why| sqlite(path, why))?;
    if let (Some(pages), Wanted::Writing) = (options.max_pages, wanted) {
        connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .map_err(|why| sqlite(path, why))?;
    }
    Ok(connection)
}

/// Proves that the file is ours and not newer than this program, before anything of it is changed.
fn ours(path: &Path, connection: &Connection, wanted: Wanted) -> Result<(), OpenError> {
    let pragma = |name: &str| {
        connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).map_err(|why| sqlite(path, why))
    };
    let found = pragma("application_id")?;
    if found == 0 && pragma("user_version")? == 0 && is_bare(connection).map_err(|why| sqlite(path, why))? {
        return Err(OpenError::Unfinished(path.to_owned()));
    }
    if found != schema::APPLICATION_ID {
        return Err(OpenError::NotOurs { path: path.to_owned(), found });
    }
    let (found, known) = (pragma("user_version")?, schema::known());
    if found > known {
        return Err(OpenError::NewerSchema { path: path.to_owned(), found, known });
    }
    if found < 1 {
        let why = Error::Corrupt(format!("expected a user_version from 1, found {found}"));
        return Err(store(path, why));
    }
    let is_read_only = connection.is_readonly(rusqlite::MAIN_DB).map_err(|why| sqlite(path, why))?;
    // What is not brought to the newest schema cannot be read by it.
    if is_read_only && (wanted == Wanted::Writing || found < known) {
        return Err(OpenError::ReadOnly(path.to_owned()));
    }
    Ok(())
}

/// Whether nothing was ever defined in the file. Its schema is written in one transaction with what marks it as ours.
fn is_bare(connection: &Connection) -> Result<bool, rusqlite::Error> {
    connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))
}

/// Sets what makes an acknowledged record last, and proves that it is so.
fn settings(path: &Path, connection: &Connection, wanted: Wanted) -> Result<(), OpenError> {
    let mode: Result<String, rusqlite::Error> = match wanted {
        Wanted::Writing => connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0)),
        Wanted::Reading => connection.pragma_query_value(None, "journal_mode", |row| row.get(0)),
    };
    let mode = mode.map_err(|why| sqlite(path, why))?;
    if mode != "wal" {
        return Err(OpenError::Setting { name: "journal_mode", expected: "wal".to_owned(), found: mode });
    }
    // FULL: the log is on the disk before an append returns.
    for (name, value) in
        [("synchronous", 2), ("foreign_keys", 1), ("cell_size_check", 1), ("trusted_schema", 0)]
    {
        connection.pragma_update(None, name, value).map_err(|why| sqlite(path, why))?;
        let found: i64 =
            connection.pragma_query_value(None, name, |row| row.get(0)).map_err(|why| sqlite(path, why))?;
        if found != value {
            return Err(OpenError::Setting { name, expected: value.to_string(), found: found.to_string() });
        }
    }
    Ok(())
}

pub(crate) fn store(path: &Path, why: Error) -> OpenError {
    match why {
        Error::ReadOnly => OpenError::ReadOnly(path.to_owned()),
        why => OpenError::Store { path: path.to_owned(), why },
    }
}

fn sqlite(path: &Path, why: rusqlite::Error) -> OpenError {
    match why.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::NotSqlite(path.to_owned()),
        Some(ErrorCode::CannotOpen) => {
            OpenError::Unreachable { path: path.to_owned(), why: io::Error::other(why.to_string()) }
        }
        _ => store(path, why.into()),
    }
}
