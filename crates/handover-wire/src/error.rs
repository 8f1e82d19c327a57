//! What can be wrong with a dossier, and where.

use core::fmt;
use std::io;

use handover::id::EntryId;
use handover::refusal::Refusal;

use crate::MAX_LINE;
use crate::frame::Format;
use crate::version::Version;

/// Where in a dossier something is wrong.
///
/// ```
/// let error = handover_wire::Reader::new("{\"format\":7,\"version\":1}\n".as_bytes()).unwrap_err();
/// assert_eq!((error.place().line, error.place().column), (1, Some(11)));
/// assert_eq!(error.place().path.as_deref(), Some("format"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Place {
    /// The line, from 1.
    pub line: u64,
    /// The character in that line at which reading stopped, from 1: as a rule the last
    /// of what is wrong.
    pub column: Option<u64>,
    /// The field that is wrong, as `what.claim.made.says.count.quantity`, or the object in which one is missing;
    /// nothing where the whole line is wrong or is no JSON.
    pub path: Option<String>,
}

impl Place {
    pub(crate) fn line(line: u64) -> Self {
        Self { line, column: None, path: None }
    }

    pub(crate) fn column(line: u64, column: u64) -> Self {
        Self { line, column: Some(column), path: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        match &self.path {
            Some(path) => write!(f, ", at `{path}`"),
            None => Ok(()),
        }
    }
}

/// A dossier cannot be read: what is wrong, and where.
///
/// ```
/// let dossier = "{\"format\":\"handover-dossier\",\"version\":1}\n{\"id\":\"e-1\",\"bye\":\"keeper\"}\n";
/// let mut reader = handover_wire::Reader::new(dossier.as_bytes())?;
/// let error = reader.next().unwrap().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "line 2, column 17, at `bye`: expected one of `id`, `by`, `said`, `source`, `what`, found unknown field `bye`"
/// );
/// # Ok::<(), handover_wire::ReadError>(())
/// ```
#[derive(Debug)]
pub struct ReadError {
    place: Place,
    problem: Problem,
}

impl ReadError {
    pub(crate) fn new(place: Place, problem: Problem) -> Self {
        Self { place, problem }
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What it is.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl core::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.problem {
            Problem::Io(why) => Some(why),
            _ => None,
        }
    }
}

/// What is wrong with a dossier.
///
/// ```
/// use handover_wire::{Problem, Reader};
///
/// let error = Reader::new("{\"format\":\"handover-dossier\",\"version\":9}\n".as_bytes()).unwrap_err();
/// assert!(matches!(error.problem(), Problem::UnknownVersion(9)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// The bytes could not be read.
    Io(io::Error),
    /// A line is longer than [`MAX_LINE`].
    LineTooLong,
    /// The bytes are no text.
    NotUtf8,
    /// The first line is not the header.
    NoHeader,
    /// The header names another format.
    OtherFormat(String),
    /// The header names a version that is not known.
    UnknownVersion(u64),
    /// A line is no JSON.
    NotJson(String),
    /// A line is JSON, and holds what it may not hold or lacks what it must.
    NotAllowed(String),
    /// A second header stands among the entries.
    SecondHeader,
    /// The file ends within a line, or after a line that neither ends with a line feed nor is the end line.
    CutOff,
    /// The end line states another number of entries.
    Count {
        /// What the end line states.
        stated: u64,
        /// How many were found.
        found: u64,
    },
    /// Something follows the end line.
    AfterTheEnd,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(why) => write!(f, "the dossier could not be read: {why}"),
            Self::LineTooLong => {
                write!(f, "expected a line of at most {MAX_LINE} bytes, found a longer one: write one entry a line")
            }
            Self::NotUtf8 => f.write_str("expected UTF-8, found other bytes: save the dossier as UTF-8"),
            Self::NoHeader => write!(
                f,
                "expected the header `{{\"format\":\"{}\",\"version\":{}}}`, found none: begin the dossier with it",
                Format::NAME,
                Version::CURRENT
            ),
            Self::OtherFormat(found) => write!(f, "expected the format `{}`, found `{found}`", Format::NAME),
            Self::UnknownVersion(found) => {
                f.write_str("expected version")?;
                for (at, known) in Version::KNOWN.iter().enumerate() {
                    write!(f, "{}{known}", if at == 0 { " " } else { " or " })?;
                }
                write!(f, ", found `{found}`: read it with a release of Handover that knows this version")
            }
            Self::NotJson(why) | Self::NotAllowed(why) => f.write_str(why),
            Self::SecondHeader => {
                f.write_str("expected an entry or the end line, found a second header: read one dossier at a time")
            }
            Self::CutOff => f.write_str(
                "expected a line feed or the end line, found the end of the file: the dossier may have been cut off, \
                 fetch it again or, if nothing is missing, end its last line",
            ),
            Self::Count { stated, found } => write!(
                f,
                "expected {stated} entries, as the end line states, found {found}: the dossier is not as it was written"
            ),
            Self::AfterTheEnd => f.write_str("expected nothing after the end line, found more: remove one of the two"),
        }
    }
}

/// A dossier was not imported, and the ledger is as before.
///
/// ```
/// use handover::ledger::Ledger;
/// use handover_wire::{ImportError, read_into};
///
/// let dossier = concat!(
///     r#"{"format":"handover-dossier","version":1}"#, "\n",
///     r#"{"id":"e-1","by":"nobody","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#, "\n",
/// );
/// let error = read_into(&mut Ledger::new(), dossier.as_bytes()).unwrap_err();
/// let ImportError::Refused { line, refusal, .. } = &error else { panic!() };
/// assert_eq!((*line, refusal.rule().invariant), (2, Some(22)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum ImportError {
    /// The dossier cannot be read.
    Read(ReadError),
    /// An entry may not stand.
    Refused {
        /// The line, from 1.
        line: u64,
        /// The entry.
        entry: EntryId,
        /// Why it is refused; it names the [rule](Refusal::rule).
        refusal: Refusal,
    },
}

impl From<ReadError> for ImportError {
    fn from(why: ReadError) -> Self {
        Self::Read(why)
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(why) => why.fmt(f),
            Self::Refused { line, entry, refusal } => {
                write!(f, "line {line}, entry `{entry}`: {refusal}: {}", refusal.rule())
            }
        }
    }
}

impl core::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Read(why) => why.source(),
            Self::Refused { .. } => None,
        }
    }
}

/// A dossier was not written to its end.
///
/// ```
/// use handover_wire::{WriteError, Writer};
///
/// let mut room_for_ten_bytes = [0; 10];
/// let error = Writer::new(room_for_ten_bytes.as_mut_slice(), None).unwrap_err();
/// assert!(matches!(error, WriteError::Io(_)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The bytes could not be written.
    Io(io::Error),
    /// An entry is longer than a line that can be read again.
    LineTooLong(EntryId),
}

impl From<io::Error> for WriteError {
    fn from(why: io::Error) -> Self {
        Self::Io(why)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(why) => write!(f, "the dossier could not be written: {why}"),
            Self::LineTooLong(entry) => {
                write!(f, "expected an entry of at most {MAX_LINE} bytes, found `{entry}`, which is longer")
            }
        }
    }
}

impl core::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Io(why) => Some(why),
            Self::LineTooLong(_) => None,
        }
    }
}

/// A dossier was not made canonical.
///
/// ```
/// use handover_wire::FormatError;
///
/// let error = handover_wire::format("".as_bytes(), Vec::new()).unwrap_err();
/// assert!(matches!(error, FormatError::Read(_)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum FormatError {
    /// It cannot be read.
    Read(ReadError),
    /// It cannot be written.
    Write(WriteError),
}

impl From<ReadError> for FormatError {
    fn from(why: ReadError) -> Self {
        Self::Read(why)
    }
}

impl From<WriteError> for FormatError {
    fn from(why: WriteError) -> Self {
        Self::Write(why)
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(why) => why.fmt(f),
            Self::Write(why) => why.fmt(f),
        }
    }
}

impl core::error::Error for FormatError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Read(why) => why.source(),
            Self::Write(why) => why.source(),
        }
    }
}

#[cfg(test)]
mod tests {
    use core::error::Error;

    use super::*;

    const GONE: &str = "the disk is gone";

    fn gone() -> io::Error {
        io::Error::other(GONE)
    }

    #[test]
    fn a_place_is_told_as_closely_as_it_is_known() {
        let path = Some("what.party".to_owned());
        for (place, told) in [
            (Place::line(2), "line 2"),
            (Place::column(2, 17), "line 2, column 17"),
            (Place { path, ..Place::column(2, 17) }, "line 2, column 17, at `what.party`"),
        ] {
            assert_eq!(place.to_string(), told);
        }
    }

    #[test]
    fn an_error_says_what_it_is_and_what_it_comes_from() {
        let read = |problem| ReadError::new(Place::line(2), problem);
        let refused = || {
            let dossier = "{\"format\":\"handover-dossier\",\"version\":1}\n\
                {\"id\":\"e-1\",\"by\":\"nobody\",\"said\":\"2025-06-02\",\"what\":{\"party\":{\"introduced\":{\"id\":\"a\",\"name\":\"a\"}}}}\n";
            crate::read_into(&mut handover::ledger::Ledger::new(), dossier.as_bytes()).unwrap_err()
        };
        let long = || WriteError::LineTooLong("e-1".parse().unwrap());
        let cases: Vec<(Box<dyn Error>, &str, Option<&str>)> = vec![
            (Box::new(read(Problem::Io(gone()))), "line 2: the dossier could not be read: ", Some(GONE)),
            (Box::new(read(Problem::NoHeader)), "line 2: expected the header ", None),
            (Box::new(ImportError::Read(read(Problem::Io(gone())))), "line 2: ", Some(GONE)),
            (Box::new(refused()), "line 2, entry `e-1`: ", None),
            (Box::new(WriteError::Io(gone())), "the dossier could not be written: ", Some(GONE)),
            (Box::new(long()), "expected an entry of at most 1048576 bytes, found `e-1`", None),
            (Box::new(FormatError::Read(read(Problem::Io(gone())))), "line 2: ", Some(GONE)),
            (Box::new(FormatError::Read(read(Problem::NoHeader))), "line 2: expected the header ", None),
            (
                Box::new(FormatError::Write(WriteError::Io(gone()))),
                "the dossier could not be written: ",
                Some(GONE),
            ),
            (Box::new(FormatError::Write(long())), "expected an entry of at most ", None),
        ];
        for (error, says, source) in cases {
            let told = error.to_string();
            assert!(told.starts_with(says), "{told}");
            assert_eq!(error.source().map(ToString::to_string).as_deref(), source, "{told}");
        }
    }
}
