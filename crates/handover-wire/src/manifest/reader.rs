//! Reading a manifest row by row, in memory that grows with the codes alone.

use std::collections::HashMap;
use std::io::Read;

use handover::container::{Alias, Container, ContainerEntry};
use handover::entry::{Entry, What};
use handover::id::{ContainerId, EntryId, OrganId};
use handover::text::Text;

use super::cell::{self, trimmed};
use super::error::{BadRow, Fault, ManifestError, RowError, Wrong};
use super::header::{self, Column, Role};
use super::identity::{alias_entry, container_entry};
use super::rows::Rows;
use super::{Cover, Options};

/// What a row says: one container and the numbers that others put on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The code.
    pub code: ContainerId,
    /// The entries: the container is registered, then its numbers are recorded in the order of the columns.
    pub entries: Vec<Entry>,
}

/// Reads the rows of a manifest one after another. It holds one row at a time, and the codes that it has seen: no code
/// stands twice (invariant 21).
///
/// # Errors
/// Each row either is what it says, or is [bad](RowError::Bad) with everything that is wrong with it; those after it can be read. After
/// [`RowError::Broken`] nothing more is yielded.
///
/// ```
/// use handover::ledger::keeper;
/// use handover_wire::manifest::{Cover, Options, Reader, RowError};
///
/// let manifest = "\
/// code;since;provenance;alias:n-army
/// c-1;2025-06-11;unknown;12345678901234567
/// c-2;11.06.2025;unknown;BRC/12-а
/// ";
/// let cover = Cover::new("batch-1".parse()?, "s-office".parse()?, keeper(), "2025-06-11".parse().unwrap());
/// let mut reader = Reader::new(manifest.as_bytes(), &cover, Options::default()).unwrap();
/// assert_eq!(reader.next().unwrap().unwrap().entries.len(), 2);
/// let Some(Err(RowError::Bad(row))) = reader.next() else { panic!() };
/// assert!(row.to_string().starts_with("line 3, column 2 `since`: `11.06.2025` is no time: expected a time such as"));
/// assert!(reader.next().is_none());
/// # Ok::<(), handover::id::KeyError>(())
/// ```
#[derive(Debug)]
pub struct Reader<'c, R> {
    rows: Rows<R>,
    columns: Vec<Column>,
    cover: &'c Cover,
    /// Where each code stands first.
    seen: HashMap<ContainerId, u64>,
    read: u64,
    done: bool,
}

impl<'c, R: Read> Reader<'c, R> {
    /// Begins to read: takes the header.
    ///
    /// # Errors
    /// In this order: the bytes cannot be read or are no UTF-8, the separator that the first line states is not known, the header is too
    /// long, it has no column `code`; from left to right, a column names no organ or stands twice; columns are not known; it has no column
    /// `since`, then none `provenance`, for which the cover speaks neither.
    pub fn new(input: R, cover: &'c Cover, options: Options) -> Result<Self, ManifestError> {
        let (rows, columns) = header::begin(input, cover, options)?;
        Ok(Self { rows, columns, cover, seen: HashMap::new(), read: 0, done: false })
    }

    fn advance(&mut self) -> Result<Option<Row>, RowError> {
        loop {
            if !self.rows.advance()? {
                self.done = true;
                return Ok(None);
            }
            if self.rows.cells().any(|cell| !trimmed(cell).is_empty()) {
                self.read = self.read.saturating_add(1);
                return self.row().map(Some).map_err(RowError::Bad);
            }
        }
    }

    fn row(&mut self) -> Result<Row, BadRow> {
        let line = self.rows.line();
        let (expected, found) = (self.columns.len(), self.rows.len());
        if expected != found {
            let as_number = |cells: usize| u64::try_from(cells).unwrap_or(u64::MAX);
            let wrong = Wrong::Cells { expected: as_number(expected), found: as_number(found) };
            return Err(BadRow::new(line, vec![Fault { column: None, wrong }]));
        }
        let mut told = Told::default();
        let mut faults = Vec::new();
        for (number, (column, cell)) in (1..).zip(self.columns.iter().zip(self.rows.cells())) {
            let taken = told.take(column.role, trimmed(cell), self.cover).and_then(|()| {
                if column.role == Role::Code { first(&mut self.seen, told.code, line) } else { Ok(()) }
            });
            if let Err(wrong) = taken {
                faults.push(Fault { column: Some((number, column.name.clone())), wrong });
            }
        }
        match told.entries(self.cover) {
            Some((code, entries)) if faults.is_empty() => Ok(Row { line, code, entries }),
            _ => Err(BadRow::new(line, faults)),
        }
    }
}

impl<R> Reader<'_, R> {
    /// How many rows have been read, the bad ones too.
    pub fn rows(&self) -> u64 {
        self.read
    }

    /// The columns that are left out because their names are not known.
    pub fn ignored(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.role == Role::Ignored).map(|column| column.name.as_str())
    }

    /// Where the code stands: the column, from 1, and its name as the file has it.
    pub(super) fn code_column(&self) -> Option<(u64, String)> {
        let found = (1..).zip(&self.columns).find(|(_, column)| column.role == Role::Code);
        found.map(|(number, column)| (number, column.name.clone()))
    }
}

impl<R: Read> Iterator for Reader<'_, R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.advance();
        if matches!(next, Err(RowError::Broken(_))) {
            self.done = true;
        }
        next.transpose()
    }
}

impl<R: Read> core::iter::FusedIterator for Reader<'_, R> {}

/// Takes note of a code; it stands nowhere else.
fn first(seen: &mut HashMap<ContainerId, u64>, code: Option<ContainerId>, line: u64) -> Result<(), Wrong> {
    let Some(code) = code else { return Ok(()) };
    let first = *seen.entry(code).or_insert(line);
    if first == line { Ok(()) } else { Err(Wrong::CodeTwice { code, line: first }) }
}

/// What the cells of a row say.
#[derive(Debug, Default)]
struct Told {
    code: Option<ContainerId>,
    since: Option<handover::when::When>,
    provenance: Option<handover::container::Provenance>,
    seal: Option<Text>,
    note: Option<Text>,
    aliases: Vec<(OrganId, Text)>,
}

impl Told {
    fn take(&mut self, role: Role, cell: &str, cover: &Cover) -> Result<(), Wrong> {
        if cell.is_empty() {
            let spoken_for = match role {
                Role::Code => false,
                Role::Since => cover.since.is_some(),
                Role::Provenance => cover.provenance.is_some(),
                _ => true,
            };
            return if spoken_for { Ok(()) } else { Err(Wrong::Empty) };
        }
        let found = || cell.to_owned();
        match role {
            Role::Code => {
                self.code = Some(cell.parse().map_err(|why| Wrong::Code { found: found(), why })?);
            }
            Role::Since => {
                self.since = Some(cell.parse().map_err(|why| Wrong::When { found: found(), why })?);
            }
            Role::Provenance => {
                let told = cell::provenance(cell).map_err(|why| Wrong::Text { found: found(), why })?;
                self.provenance = Some(told);
            }
            Role::Seal => self.seal = Some(number(cell)?),
            Role::Note => self.note = Some(text(cell)?),
            Role::Alias(organ) => {
                let alias = (organ, number(cell)?);
                if self.aliases.contains(&alias) {
                    return Err(Wrong::NumberTwice { found: found() });
                }
                self.aliases.push(alias);
            }
            Role::Ignored => {}
            Role::Unnamed => return Err(Wrong::Unnamed { found: found() }),
        }
        Ok(())
    }

    fn entries(self, cover: &Cover) -> Option<(ContainerId, Vec<Entry>)> {
        let code = self.code?;
        let container = Container {
            id: code,
            batch: Some(cover.batch),
            held_by: cover.held_by,
            since: self.since.or(cover.since)?,
            provenance: self.provenance.or_else(|| cover.provenance.clone())?,
            seal: self.seal,
            note: self.note,
        };
        let entry = |id: EntryId, what: ContainerEntry| Entry {
            id,
            by: cover.by,
            said: cover.said,
            source: cover.source,
            what: What::Container(what),
        };
        let registered = entry(container_entry(cover.batch, code), ContainerEntry::Registered(container));
        let mut entries = Vec::with_capacity(self.aliases.len().saturating_add(1));
        entries.push(registered);
        entries.extend(self.aliases.into_iter().map(|(given_by, number)| {
            let id = alias_entry(cover.batch, code, given_by, &number);
            entry(id, ContainerEntry::Alias(Alias { container: code, code: number, given_by }))
        }));
        Some((code, entries))
    }
}

fn text(cell: &str) -> Result<Text, Wrong> {
    let said = cell::text(cell);
    Text::new(said).map_err(|why| Wrong::Text { found: said.to_owned(), why })
}

/// A text that is a number someone gave, with all its digits.
fn number(cell: &str) -> Result<Text, Wrong> {
    if cell::is_shortened(cell) {
        return Err(Wrong::Shortened { found: cell.to_owned() });
    }
    text(cell)
}
