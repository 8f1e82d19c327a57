//! A journal in a folder: each append is one page, a file that is named after the position that it follows.
//!
//! A page is written aside and then linked to its name. The link is made whole or not at all, and only if nobody made one of
//! that name before: so two who append after the same position cannot both succeed.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use handover_journal::{AppendError, Journal, Position, Record, RecordError, Recorder, Stored, Timestamp};
use serde_json::{Value, json};

/// Counts the pages that this process has written aside, so that each has a name of its own.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// A folder that holds one ledger.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Opens a folder, or makes it.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        Ok(Self(path.as_ref().to_owned()))
    }

    /// A handle on the ledger.
    pub fn journal(&self) -> FolderJournal {
        FolderJournal { folder: self.0.clone(), known: Vec::new() }
    }
}

/// A handle on a ledger in a folder; it knows the records that it has read.
#[derive(Debug)]
pub struct FolderJournal {
    folder: PathBuf,
    known: Vec<Record>,
}

/// Why a folder cannot be used.
#[derive(Debug)]
pub enum FolderError {
    /// A file cannot be read or written.
    File(io::Error),
    /// A page holds what was not appended.
    Page(PathBuf),
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(why) => write!(f, "the folder cannot be used: {why}"),
            Self::Page(path) => {
                write!(f, "expected a page of records, found something else in `{}`", path.display())
            }
        }
    }
}

impl std::error::Error for FolderError {}

impl From<io::Error> for FolderError {
    fn from(why: io::Error) -> Self {
        Self::File(why)
    }
}

fn line(record: &Record) -> String {
    let told = json!({
        "at": record.recorded_at().micros(),
        "by": record.recorded_by().as_str(),
        "version": record.version(),
        "payload": record.payload(),
    });
    format!("{told}\n")
}

fn record(line: &str) -> Option<Record> {
    let told: Value = serde_json::from_str(line).ok()?;
    let made = |by: &str, version: u16| -> Result<Record, RecordError> {
        let at = Timestamp::from_micros(told.get("at").and_then(Value::as_i64).unwrap_or_default());
        Record::new(
            at,
            Recorder::new(by)?,
            version,
            told.get("payload").and_then(Value::as_str).unwrap_or_default(),
        )
    };
    made(
        told.get("by").and_then(Value::as_str)?,
        u16::try_from(told.get("version").and_then(Value::as_u64)?).ok()?,
    )
    .ok()
}

impl FolderJournal {
    fn known_to(&self) -> Position {
        Position::new(u64::try_from(self.known.len()).unwrap_or(u64::MAX))
    }

    fn page_after(&self, position: Position) -> PathBuf {
        self.folder.join(format!("after-{:020}", position.number()))
    }

    /// Reads the pages that others wrote since.
    fn catch_up(&mut self) -> Result<Position, FolderError> {
        loop {
            let path = self.page_after(self.known_to());
            let page = match fs::read_to_string(&path) {
                Ok(page) => page,
                Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(self.known_to()),
                Err(why) => return Err(why.into()),
            };
            let records: Option<Vec<Record>> = page.lines().map(record).collect();
            match records.filter(|records| !records.is_empty()) {
                Some(records) => self.known.extend(records),
                None => return Err(FolderError::Page(path)),
            }
        }
    }

    /// Writes a page aside, and links it to its name.
    fn write(&self, after: Position, records: &[Record]) -> io::Result<()> {
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let aside = self.folder.join(format!("aside-{}-{number}", process::id()));
        let mut file = File::create_new(&aside)?;
        file.write_all(records.iter().map(line).collect::<String>().as_bytes())?;
        file.sync_all()?;
        let linked = fs::hard_link(&aside, self.page_after(after));
        fs::remove_file(&aside)?;
        linked
    }
}

impl Journal for FolderJournal {
    type Error = FolderError;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<FolderError>> {
        let found = self.catch_up().map_err(AppendError::Failed)?;
        if found != after {
            return Err(AppendError::Conflict { expected: after, found });
        }
        if records.is_empty() {
            return Ok(after);
        }
        match self.write(after, records) {
            Ok(()) => {}
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {
                let found = self.catch_up().map_err(AppendError::Failed)?;
                return Err(AppendError::Conflict { expected: after, found });
            }
            // It may have been linked before the failure.
            Err(why) => return Err(AppendError::Unknown(why.into())),
        }
        File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|why| AppendError::Unknown(why.into()))?;
        self.known.extend_from_slice(records);
        Ok(self.known_to())
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), FolderError> {
        self.catch_up()?;
        let skipped = usize::try_from(after.number()).unwrap_or(usize::MAX);
        for (position, record) in (1..).map(Position::new).zip(&self.known).skip(skipped) {
            let by = record.recorded_by().as_str();
            let stored = Stored::new(position, record.recorded_at(), by, record.version(), record.payload());
            if each(stored).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn head(&mut self) -> Result<Position, FolderError> {
        self.catch_up()
    }
}
