//! The file: what may be replaced, and that it is replaced as a whole.

use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::{Builder, NamedTempFile};

use crate::error::ProjectionError;

/// What marks a file as a projection: `HNDP`, the `application_id` of SQLite.
pub const APPLICATION_ID: i32 = 0x484E_4450;

/// What marks a file that keeps a ledger: `HNDO`.
const LEDGER_ID: i32 = 0x484E_444F;

/// What may stand where the projection is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// Nothing, or a projection.
    Projection,
    /// Any file but one that keeps a ledger.
    AnythingButALedger,
}

/// What is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    Projection,
    Ledger,
    Other,
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> ProjectionError + '_ {
    |why| ProjectionError::Io { path: path.to_owned(), why }
}

/// What a file is by its first bytes. It is not opened as a database, which would leave traces beside one that is in use.
fn found(path: &Path) -> io::Result<Found> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut head = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(100).read_to_end(&mut head)?,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(why) => return Err(why),
    };
    let id = head.get(68..72).and_then(|bytes| bytes.try_into().ok()).map(i32::from_be_bytes);
    Ok(match id {
        Some(APPLICATION_ID) if head.starts_with(MAGIC) => Found::Projection,
        Some(LEDGER_ID) if head.starts_with(MAGIC) => Found::Ledger,
        _ => Found::Other,
    })
}

/// Where a projection is to be, after it was seen that it may be there.
#[derive(Debug)]
pub(crate) struct Place {
    path: PathBuf,
    overwrite: Overwrite,
    is_new: bool,
}

impl Place {
    pub(crate) fn of(path: &Path, overwrite: Overwrite) -> Result<Self, ProjectionError> {
        // What a link points to is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut place = Self { path, overwrite, is_new: false };
        place.is_new = place.look()? == Found::Nothing;
        Ok(place)
    }

    /// What is there, if it may be replaced.
    fn look(&self) -> Result<Found, ProjectionError> {
        let found = found(&self.path).map_err(at(&self.path))?;
        match found {
            Found::Ledger => return Err(ProjectionError::KeepsALedger(self.path.clone())),
            Found::Other if self.overwrite == Overwrite::Projection => {
                return Err(ProjectionError::NoProjection(self.path.clone()));
            }
            _ => {}
        }
        for end in ["-journal", "-wal"] {
            let mut name = OsString::from(&self.path);
            name.push(end);
            let beside = PathBuf::from(name);
            if fs::symlink_metadata(&beside).is_ok() {
                return Err(ProjectionError::InUse(beside));
            }
        }
        Ok(found)
    }

    fn directory(&self) -> &Path {
        self.path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Makes a file beside, and puts it in its place once it is whole and on the disk. Whoever reads sees the former one or
    /// the new one.
    pub(crate) fn write<T>(
        &self,
        fill: impl FnOnce(&mut Connection) -> Result<T, ProjectionError>,
    ) -> Result<T, ProjectionError> {
        let beside = self.beside().map_err(at(self.directory()))?;
        let mut connection = Connection::open(beside.path())?;
        // It is one transaction in a file that nobody knows yet: what fails goes with the file.
        connection.pragma_update(None, "journal_mode", "MEMORY")?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        let filled = fill(&mut connection)?;
        connection.close().map_err(|(_, why)| why)?;
        beside.as_file().sync_all().map_err(at(beside.path()))?;
        self.look()?;
        let put = if self.is_new { beside.persist_noclobber(&self.path) } else { beside.persist(&self.path) };
        put.map_err(|why| at(&self.path)(why.error))?;
        // A system that cannot sync a directory keeps its names otherwise.
        let _ = File::open(self.directory()).and_then(|directory| directory.sync_all());
        Ok(filled)
    }

    fn beside(&self) -> io::Result<NamedTempFile> {
        let mut prefix = OsString::from(".");
        prefix.push(self.path.file_name().unwrap_or_default());
        prefix.push(".");
        let mut builder = Builder::new();
        builder.prefix(&prefix).suffix(".new");
        let permissions = match fs::metadata(&self.path) {
            Ok(former) => Some(former.permissions()),
            Err(_) => usual(),
        };
        if let Some(permissions) = permissions {
            builder.permissions(permissions);
        }
        builder.tempfile_in(self.directory())
    }
}

/// What a new file is given, as far as the user's mask lets it; where there are no such masks, what is usual there.
#[cfg_attr(unix, expect(clippy::unnecessary_wraps, reason = "not every system has them"))]
fn usual() -> Option<Permissions> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        Some(Permissions::from_mode(0o666))
    }
    #[cfg(not(unix))]
    None
}
