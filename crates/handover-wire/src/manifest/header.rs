//! The header: which columns there are, and what parts them.

use std::io::Read;

use handover::id::OrganId;

use super::bytes::Bytes;
use super::cell::trimmed;
use super::error::ManifestError;
use super::rows::{Rows, cells_of};
use super::{Cover, MAX_ROW, Options, Separator};

/// The columns with a name of their own, in their canonical order.
pub(super) const NAMES: [&str; 5] = ["code", "since", "provenance", "seal", "note"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Code,
    Since,
    Provenance,
    Seal,
    Note,
    /// The numbers that an organ gave.
    Alias(OrganId),
    /// It was asked to be left out.
    Ignored,
    /// Nothing: it has no name.
    Unnamed,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) role: Role,
    pub(super) name: String,
}

/// Begins to read: takes the byte order mark, the line `sep=`, and the header.
pub(super) fn begin<R: Read>(
    input: R,
    cover: &Cover,
    options: Options,
) -> Result<(Rows<R>, Vec<Column>), ManifestError> {
    let mut bytes = Bytes::new(input);
    mark(&mut bytes)?;
    let stated = stated(&mut bytes)?;
    while let Some(b'\n' | b'\r') = bytes.fill()?.first() {
        bytes.consume(1);
    }
    let separator = match options.separator.or(stated) {
        Some(separator) => separator,
        None => guessed(bytes.line_ahead(MAX_ROW)?),
    };
    let mut rows = Rows::new(bytes, separator);
    rows.advance()?;
    let columns = columns(rows.cells(), cover, options)?;
    Ok((rows, columns))
}

fn mark<R: Read>(bytes: &mut Bytes<R>) -> Result<(), ManifestError> {
    // An input may give its first bytes one at a time; UTF-16 is no UTF-8 from its first byte on.
    match bytes.line_ahead(3) {
        Ok(ahead) if ahead.starts_with(b"\xef\xbb\xbf") => bytes.consume(3),
        Err(ManifestError::NotUtf8 { byte: 1, found: 0xff | 0xfe, .. }) => return Err(ManifestError::Utf16),
        read => read.map(drop)?,
    }
    Ok(())
}

/// The separator that the first line states, as `sep=;`, where one does.
fn stated<R: Read>(bytes: &mut Bytes<R>) -> Result<Option<Separator>, ManifestError> {
    let line = bytes.line_ahead(MAX_ROW)?;
    let Some(stated) = line.strip_prefix(b"sep=").or_else(|| line.strip_prefix(b"SEP=")) else {
        return Ok(None);
    };
    let separator = Separator::ALL.into_iter().find(|known| stated == [known.byte()]);
    let length = line.len();
    if separator.is_none() {
        return Err(ManifestError::Separator(String::from_utf8_lossy(stated).into_owned()));
    }
    bytes.consume(length);
    Ok(separator)
}

/// The separator by which most of the columns are known; the comma if that is none.
fn guessed(line: &[u8]) -> Separator {
    let known = |separator| cells_of(line, separator).iter().filter(|cell| is_known(cell)).count();
    Separator::ALL.into_iter().rev().max_by_key(|separator| known(*separator)).unwrap_or(Separator::Comma)
}

/// The name by which a column is known.
fn name(cell: &str) -> String {
    trimmed(cell).to_ascii_lowercase()
}

fn is_known(cell: &str) -> bool {
    let name = name(cell);
    NAMES.contains(&name.as_str()) || name == "alias" || name.starts_with("alias:")
}

fn columns<'c>(
    cells: impl Iterator<Item = &'c str>,
    cover: &Cover,
    options: Options,
) -> Result<Vec<Column>, ManifestError> {
    let cells: Vec<&str> = cells.collect();
    let found = || cells.iter().map(|cell| trimmed(cell).to_owned()).collect();
    let is_there = |wanted: &str| cells.iter().any(|cell| name(cell) == wanted);
    if !is_there("code") {
        return Err(ManifestError::NoColumn { name: "code", found: found() });
    }
    let mut columns: Vec<Column> = Vec::with_capacity(cells.len());
    let mut unknown = Vec::new();
    for cell in &cells {
        let role = role(cell, cover)?.unwrap_or(Role::Ignored);
        if role == Role::Ignored {
            unknown.push(trimmed(cell).to_owned());
        }
        let once = !matches!(role, Role::Alias(_) | Role::Ignored | Role::Unnamed);
        if once && columns.iter().any(|column| column.role == role) {
            return Err(ManifestError::ColumnTwice(name(cell)));
        }
        columns.push(Column { role, name: trimmed(cell).to_owned() });
    }
    if !unknown.is_empty() && !options.ignore_unknown_columns {
        return Err(ManifestError::UnknownColumns(unknown));
    }
    if cover.since.is_none() && !is_there("since") {
        return Err(ManifestError::NoColumn { name: "since", found: found() });
    }
    if cover.provenance.is_none() && !is_there("provenance") {
        return Err(ManifestError::NoColumn { name: "provenance", found: found() });
    }
    Ok(columns)
}

/// What a column of this name holds, if that is known.
fn role(cell: &str, cover: &Cover) -> Result<Option<Role>, ManifestError> {
    let name = name(cell);
    Ok(Some(match name.as_str() {
        "" => Role::Unnamed,
        "code" => Role::Code,
        "since" => Role::Since,
        "provenance" => Role::Provenance,
        "seal" => Role::Seal,
        "note" => Role::Note,
        "alias" => match cover.aliases_by {
            Some(organ) => Role::Alias(organ),
            None => return Err(ManifestError::NoOrgan { column: trimmed(cell).to_owned(), why: None }),
        },
        other => match other.strip_prefix("alias:") {
            None => return Ok(None),
            Some(organ) => Role::Alias(organ.trim().parse().map_err(|why| ManifestError::NoOrgan {
                column: trimmed(cell).to_owned(),
                why: Some(why),
            })?),
        },
    }))
}
