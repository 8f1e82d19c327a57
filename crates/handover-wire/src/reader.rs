//! Reading a dossier line by line, in constant memory.

use std::io::BufRead;

use handover::entry::Entry;
use handover::text::Text;
use serde_json::Value;

use crate::decode;
use crate::error::{Place, Problem, ReadError};
use crate::frame::{End, Format, Header};
use crate::lines::Lines;
use crate::version::Version;

/// An entry with the line on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The line, from 1.
    pub line: u64,
    /// The entry.
    pub entry: Entry,
}

/// Reads the entries of a dossier one after another; it holds one line at a time.
///
/// After the first error it yields nothing more. That no more entries come does not prove that none is missing:
/// [`ended`](Self::ended) tells.
///
/// ```
/// use handover_wire::Reader;
///
/// let dossier = concat!(
///     r#"{"format":"handover-dossier","version":1,"title":"June 2025"}"#, "\n",
///     r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#, "\n",
///     r#"{"end":{"entries":1}}"#, "\n",
/// );
/// let mut reader = Reader::new(dossier.as_bytes())?;
/// assert_eq!(reader.title().unwrap().as_str(), "June 2025");
/// for numbered in &mut reader {
///     let numbered = numbered?;
///     assert_eq!((numbered.line, numbered.entry.id.to_string().as_str()), (2, "e-1"));
/// }
/// assert!(reader.ended());
/// # Ok::<(), handover_wire::ReadError>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    lines: Lines<R>,
    version: Version,
    title: Option<Text>,
    entries: u64,
    at: At,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Among the entries.
    Entries,
    /// After the end line.
    End,
    /// After the last line, without an end line; or after an error.
    Nowhere,
}

impl<R: BufRead> Reader<R> {
    /// Begins to read: takes the header.
    ///
    /// # Errors
    /// In this order: the bytes cannot be read, the line is too long, the file is empty, it ends within the first line,
    /// that line is JSON and no header, the format is another, the version is not known, the header holds what it may not
    /// hold or is no UTF-8 or JSON, the file ends within it.
    pub fn new(input: R) -> Result<Self, ReadError> {
        let mut lines = Lines::new(input);
        if !lines.advance()? {
            return Err(ReadError::new(Place::column(1, 1), Problem::NoHeader));
        }
        if lines.is_cut() {
            return Err(cut_off(&lines));
        }
        let Header { format: Format::Dossier, version, title } = header(lines.line(), lines.number())?;
        if !lines.is_fed() {
            return Err(cut_off(&lines));
        }
        Ok(Self { lines, version, title, entries: 0, at: At::Entries })
    }

    fn advance(&mut self) -> Result<Option<Numbered>, ReadError> {
        if !self.lines.advance()? {
            self.at = At::Nowhere;
            return if self.lines.is_fed() { Ok(None) } else { Err(cut_off(&self.lines)) };
        }
        let line = self.lines.number();
        match self.version.entry(self.lines.line()) {
            Ok(_) if !self.lines.is_fed() => Err(cut_off(&self.lines)),
            Ok(entry) => {
                self.entries = self.entries.saturating_add(1);
                Ok(Some(Numbered { line, entry }))
            }
            Err(why) => self.other(&why).map(|()| None),
        }
    }

    /// What is no entry is the end line, or an error.
    fn other(&mut self, why: &serde_json::Error) -> Result<(), ReadError> {
        let (line, number) = (self.lines.line(), self.lines.number());
        if self.lines.is_cut() {
            return Err(cut_off(&self.lines));
        }
        let object = serde_json::from_slice::<Value>(line).unwrap_or_default();
        if object.get("format").is_some() {
            return Err(ReadError::new(Place::column(number, 1), Problem::SecondHeader));
        }
        if object.get("end").is_none() {
            return Err(self.version.why_no_entry(line, number, why));
        }
        let End { end } = decode::strictly(line).map_err(|why| decode::explain::<End>(line, number, &why))?;
        if end.entries != self.entries {
            let place = Place { path: Some("end.entries".to_owned()), ..Place::line(number) };
            return Err(ReadError::new(place, Problem::Count { stated: end.entries, found: self.entries }));
        }
        if self.lines.advance()? {
            return Err(ReadError::new(Place::column(self.lines.number(), 1), Problem::AfterTheEnd));
        }
        self.at = At::End;
        Ok(())
    }
}

impl<R> Reader<R> {
    /// What the dossier is called.
    pub fn title(&self) -> Option<&Text> {
        self.title.as_ref()
    }

    /// In which version of the format it is written.
    pub fn version(&self) -> Version {
        self.version
    }

    /// How many entries have been read.
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// Whether the end line was read and agrees: only then it is proven that nothing is missing.
    pub fn ended(&self) -> bool {
        self.at == At::End
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Numbered, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at != At::Entries {
            return None;
        }
        let next = self.advance();
        if next.is_err() {
            self.at = At::Nowhere;
        }
        next.transpose()
    }
}

impl<R: BufRead> core::iter::FusedIterator for Reader<R> {}

fn cut_off<R: BufRead>(lines: &Lines<R>) -> ReadError {
    let after = decode::characters(lines.line()).saturating_add(1);
    ReadError::new(Place::column(lines.number(), after), Problem::CutOff)
}

fn header(line: &[u8], number: u64) -> Result<Header, ReadError> {
    // Format and version come first: a later version may have fields that this one does not know.
    if let Ok(object) = serde_json::from_slice::<Value>(line) {
        let place = |path: &str| Place { path: Some(path.to_owned()), ..Place::line(number) };
        match object.get("format") {
            None => return Err(ReadError::new(Place::column(number, 1), Problem::NoHeader)),
            Some(Value::String(format)) if format != Format::NAME => {
                return Err(ReadError::new(place("format"), Problem::OtherFormat(decode::shown(format))));
            }
            Some(_) => {}
        }
        if let Some(found) = object.get("version").and_then(Value::as_u64)
            && Version::of(found).is_none()
        {
            return Err(ReadError::new(place("version"), Problem::UnknownVersion(found)));
        }
    }
    decode::strictly(line).map_err(|why| decode::explain::<Header>(line, number, &why))
}
