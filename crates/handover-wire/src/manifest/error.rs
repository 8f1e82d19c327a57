//! What can be wrong with a manifest as a whole, and with a row of it.

use core::fmt;
use std::io;

use handover::id::{ContainerId, EntryId, KeyError};
use handover::refusal::{EntryRefusal, Refusal, Rule};
use handover::text::TextError;
use handover::when::WhenError;

use super::MAX_ROW;
use super::header::NAMES;
use crate::decode::shown;

/// A manifest cannot be read at all, or not to its end.
///
/// ```
/// use handover::ledger::{Ledger, keeper};
/// use handover_wire::manifest::{self, Cover, ManifestError, Options};
///
/// let cover = Cover::new("batch-1".parse()?, "s-office".parse()?, keeper(), "2025-06-11".parse().unwrap());
/// let windows_1251 = b"code;since;provenance\nc-1;2025-06-11;\xf1\xe5\xeb\xee\n";
/// let error = manifest::read_into(&mut Ledger::new(), &windows_1251[..], &cover, Options::default()).unwrap_err();
/// assert!(matches!(error, ManifestError::NotUtf8 { line: 2, byte: 38, found: 0xf1 }));
/// # Ok::<(), handover::id::KeyError>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum ManifestError {
    /// The bytes could not be read.
    Io(io::Error),
    /// A byte is no part of a character in UTF-8.
    NotUtf8 {
        /// The line on which it stands, from 1.
        line: u64,
        /// Which byte of the file it is, from 1.
        byte: u64,
        /// The byte.
        found: u8,
    },
    /// The file is written in UTF-16, as some spreadsheets write what they call Unicode text.
    Utf16,
    /// A row is longer than [`MAX_ROW`] or has more than 256 cells.
    RowTooLong {
        /// The line on which it begins, from 1.
        line: u64,
    },
    /// The first line names a separator that is not known.
    Separator(String),
    /// A column is missing of those that there must be.
    NoColumn {
        /// Its name.
        name: &'static str,
        /// The columns that there are.
        found: Vec<String>,
    },
    /// Columns have names that are not known.
    UnknownColumns(Vec<String>),
    /// A column stands twice that can stand once.
    ColumnTwice(String),
    /// A column of numbers does not say which organ gave them.
    NoOrgan {
        /// Its name.
        column: String,
        /// Why what it says is no organ, if it says something.
        why: Option<KeyError>,
    },
    /// No row can stand: of what the cover names something is not recorded, or cannot have containers.
    Refused(Refusal),
}

impl From<io::Error> for ManifestError {
    fn from(why: io::Error) -> Self {
        Self::Io(why)
    }
}

fn listed(f: &mut fmt::Formatter<'_>, names: &[String]) -> fmt::Result {
    for (at, name) in names.iter().enumerate() {
        write!(f, "{}`{}`", if at == 0 { "" } else { ", " }, shown(name))?;
    }
    Ok(())
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(why) => write!(f, "the manifest could not be read: {why}"),
            Self::NotUtf8 { line, byte, found } => write!(
                f,
                "line {line}, byte {byte} of the file: expected UTF-8, found the byte 0x{found:02X}: save the \
                 spreadsheet as CSV in UTF-8"
            ),
            Self::Utf16 => f.write_str("expected UTF-8, found UTF-16: save the spreadsheet as CSV in UTF-8"),
            Self::RowTooLong { line } => write!(
                f,
                "line {line}: expected a row of at most {MAX_ROW} bytes and 256 cells, found a longer one: look for a \
                 quotation mark that is not closed"
            ),
            Self::Separator(found) => write!(
                f,
                "line 1: expected `sep=` with a comma, a semicolon or a tab, found `{}`",
                shown(found)
            ),
            Self::NoColumn { name, found } if found.is_empty() => {
                write!(f, "expected a header with a column `{name}`, found an empty file")
            }
            Self::NoColumn { name, found } => {
                write!(f, "expected a column `{name}`")?;
                match *name {
                    "code" => f.write_str(", the permanent code of each container")?,
                    _ => f.write_str(" or the same for every row")?,
                }
                f.write_str(", found only the columns ")?;
                listed(f, found)
            }
            Self::UnknownColumns(found) => {
                f.write_str("expected the columns ")?;
                for name in NAMES {
                    write!(f, "`{name}`, ")?;
                }
                f.write_str("and `alias:ORGAN` for the numbers that an organ gave, found also ")?;
                listed(f, found)
            }
            Self::ColumnTwice(name) => write!(f, "expected one column `{name}`, found two"),
            Self::NoOrgan { column, why: None } => write!(
                f,
                "expected to know whose numbers stand in the column `{0}`, found no organ: call it `{0}:ORGAN`",
                shown(column)
            ),
            Self::NoOrgan { column, why: Some(why) } => {
                write!(f, "column `{}` names no organ: {why}", shown(column))
            }
            Self::Refused(refusal) => write!(f, "no row may stand: {refusal}: {}", refusal.rule()),
        }
    }
}

impl core::error::Error for ManifestError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Io(why) => Some(why),
            Self::NoOrgan { why: Some(why), .. } => Some(why),
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

/// Why a row was not read.
#[derive(Debug)]
#[non_exhaustive]
pub enum RowError {
    /// The row is bad; those after it can be read.
    Bad(BadRow),
    /// Nothing more can be read.
    Broken(ManifestError),
}

impl From<ManifestError> for RowError {
    fn from(why: ManifestError) -> Self {
        Self::Broken(why)
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bad(row) => row.fmt(f),
            Self::Broken(why) => why.fmt(f),
        }
    }
}

impl core::error::Error for RowError {}

/// A row that may not stand, and everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadRow {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// What is wrong, in the order of the columns; never nothing.
    pub faults: Vec<Fault>,
}

impl BadRow {
    pub(super) fn new(line: u64, faults: Vec<Fault>) -> Self {
        Self { line, faults }
    }
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.faults.iter().enumerate() {
            write!(f, "{}line {}{fault}", if at == 0 { "" } else { "\n" }, self.line)?;
        }
        Ok(())
    }
}

impl core::error::Error for BadRow {}

/// One thing that is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The number of the column, from 1, and its name as the file has it; nothing where it is the row itself.
    pub column: Option<(u64, String)>,
    /// What it is.
    pub wrong: Wrong,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some((number, name)) if name.is_empty() => write!(f, ", column {number}: {}", self.wrong),
            Some((number, name)) => write!(f, ", column {number} `{}`: {}", shown(name), self.wrong),
            None => write!(f, ": {}", self.wrong),
        }
    }
}

/// What can be wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wrong {
    /// It has another number of cells than the header.
    Cells {
        /// How many the header has.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// A cell is empty that must not be.
    Empty,
    /// It is no code of a container.
    Code {
        /// What stands there.
        found: String,
        /// Why it is none.
        why: KeyError,
    },
    /// It is no time.
    When {
        /// What stands there.
        found: String,
        /// Why it is none.
        why: WhenError,
    },
    /// It is no line of text.
    Text {
        /// What stands there.
        found: String,
        /// Why it is none.
        why: TextError,
    },
    /// A spreadsheet took a long number for a quantity and kept its first digits only.
    Shortened {
        /// What is left.
        found: String,
    },
    /// A cell holds something in a column without a name.
    Unnamed {
        /// What stands there.
        found: String,
    },
    /// The code stands on an earlier line (invariant 21).
    CodeTwice {
        /// The code.
        code: ContainerId,
        /// The line on which it stands first.
        line: u64,
    },
    /// The same number of the same organ stands twice on the row.
    NumberTwice {
        /// The number.
        found: String,
    },
    /// The code is recorded already, and otherwise (invariant 21).
    Otherwise {
        /// The code.
        code: ContainerId,
        /// The entry that recorded it.
        entry: EntryId,
        /// In what it differs.
        differs: Vec<&'static str>,
    },
    /// An entry of the row may not stand.
    Refused(Refusal),
}

impl Wrong {
    /// The rule that the row offends, where it is one of the ledger's.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Self::CodeTwice { code, .. } | Self::Otherwise { code, .. } => {
                Some(EntryRefusal::Introduced { kind: "container", id: code.to_uuid() }.rule())
            }
            Self::Refused(refusal) => Some(refusal.rule()),
            _ => None,
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cells { expected, found } => {
                write!(f, "expected {expected} cells, as the header has, found {found}")?;
            }
            Self::Empty => f.write_str("expected something in this cell, found nothing")?,
            Self::Code { found, why } => write!(
                f,
                "`{}` is no code: {why}; a number that someone else gave belongs in a column `alias:ORGAN`",
                shown(found)
            )?,
            Self::When { found, why } => write!(f, "`{}` is no time: {why}", shown(found))?,
            Self::Text { found, why } => write!(f, "`{}` is no line of text: {why}", shown(found))?,
            Self::Shortened { found } => write!(
                f,
                "expected a number with all its digits, found `{}`, which a spreadsheet has shortened: format the \
                 column as text before it is filled, and take the number from where it stands whole",
                shown(found)
            )?,
            Self::Unnamed { found } => write!(
                f,
                "expected nothing in a column without a name, found `{}`: name the column",
                shown(found)
            )?,
            Self::CodeTwice { code, line } => {
                write!(f, "expected a new code, found that `{code}` stands on line {line} already")?;
            }
            Self::NumberTwice { found } => {
                write!(f, "expected a number once on a row, found `{}` twice", shown(found))?;
            }
            Self::Otherwise { code, entry, differs } => {
                write!(
                    f,
                    "expected a new code or the same row again, found that `{code}` is recorded by entry `{entry}`"
                )?;
                if !differs.is_empty() {
                    f.write_str(" with another ")?;
                }
                for (at, name) in differs.iter().enumerate() {
                    write!(f, "{}`{name}`", if at == 0 { "" } else { ", " })?;
                }
            }
            Self::Refused(refusal) => refusal.fmt(f)?,
        }
        self.rule().map_or(Ok(()), |rule| write!(f, ": {rule}"))
    }
}
