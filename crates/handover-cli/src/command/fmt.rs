//! Dossiers in their canonical form: a file is replaced as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Kind, shown};
use crate::input::say_bytes;

pub(crate) fn fmt(files: &[PathBuf], check: bool) -> Result<(), Failure> {
    let mut worst: Option<Kind> = None;
    for path in files {
        let done = one(path, check).unwrap_or_else(|failure| {
            failure.tell();
            Some(failure.kind)
        });
        worst = worst.max(done);
    }
    worst.map_or(Ok(()), |kind| Err(Failure::told(kind)))
}

fn one(path: &Path, check: bool) -> Result<Option<Kind>, Failure> {
    let from_input = path == Path::new("-");
    let given = if from_input {
        let mut given = Vec::new();
        io::stdin().lock().read_to_end(&mut given).map(|_| given)
    } else {
        fs::read(path)
    }
    .map_err(|why| Failure::io("cannot read", path, &why))?;
    let mut canonical = Vec::with_capacity(given.len());
    let formatted =
        handover_wire::format(given.as_slice(), &mut canonical).map_err(|why| Failure::format(path, &why))?;
    let changed = canonical != given;
    if check {
        if changed {
            anstream::eprintln!("{} is not canonical: `handover fmt` makes it so", shown(path));
        }
        return Ok(changed.then_some(Kind::Found));
    }
    if !formatted.ended {
        anstream::eprintln!(
            "note: {} had no end line; the one it has now proves only that nothing is lost from here on",
            shown(path)
        );
    }
    if from_input {
        say_bytes(&canonical)?;
    } else if changed {
        replace(path, &canonical).map_err(|why| Failure::io("cannot write", path, &why))?;
    }
    Ok(None)
}

/// Puts new content in the place of a file in one step: whoever reads sees the old or the new, whenever this is stopped.
pub(super) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    // What a link points to is replaced, not the link.
    let path = fs::canonicalize(path)?;
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let written = write_beside(&beside, &path, content).and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Writes a new file as a whole or not at all.
pub(super) fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = fs::remove_file(path);
    }
    written
}

fn write_beside(beside: &Path, path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(beside)?;
    file.write_all(content)?;
    file.set_permissions(fs::metadata(path)?.permissions())?;
    file.sync_all()
}
