//! Writing a dossier in its canonical form.

use std::io::Write;

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover::text::Text;
use serde::Serialize;

use crate::MAX_LINE;
use crate::error::WriteError;
use crate::frame::{End, Format, Header, Tally};
use crate::version::Version;

/// Writes a dossier: the header, entries in the order in which they are given, and the end line.
///
/// Each line is written at once, so the output needs no buffer for correctness; a buffered one is faster.
/// A writer that is dropped before [`end`](Self::end) has written a dossier of which nobody can tell whether it is
/// complete.
///
/// ```
/// use handover_wire::{Reader, Writer};
///
/// let line = r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#;
/// let dossier = [r#"{"format":"handover-dossier","version":1}"#, line, r#"{"end":{"entries":1}}"#, ""].join("\n");
///
/// let mut writer = Writer::new(Vec::new(), None)?;
/// for numbered in Reader::new(dossier.as_bytes())? {
///     writer.write(&numbered?.entry)?;
/// }
/// assert_eq!(writer.end()?, dossier.as_bytes());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    output: W,
    line: Vec<u8>,
    entries: u64,
}

impl<W: Write> Writer<W> {
    /// Begins to write: puts the header down.
    ///
    /// # Errors
    /// The bytes cannot be written.
    pub fn new(output: W, title: Option<&Text>) -> Result<Self, WriteError> {
        let mut writer = Self { output, line: Vec::new(), entries: 0 };
        writer.encode(&Header {
            format: Format::Dossier,
            version: Version::CURRENT,
            title: title.cloned(),
        })?;
        writer.output.write_all(&writer.line)?;
        Ok(writer)
    }

    /// Writes an entry.
    ///
    /// # Errors
    /// In this order: the entry is longer than [`MAX_LINE`], and nothing of it is written; the bytes cannot be written,
    /// and what stands in the output is no dossier any more.
    pub fn write(&mut self, entry: &Entry) -> Result<(), WriteError> {
        self.encode(entry)?;
        // The line feed is beyond what a line may have.
        if self.line.len() > MAX_LINE.saturating_add(1) {
            return Err(WriteError::LineTooLong(entry.id));
        }
        self.output.write_all(&self.line)?;
        self.entries = self.entries.saturating_add(1);
        Ok(())
    }

    /// Writes the end line, flushes the output and gives it back.
    ///
    /// # Errors
    /// The bytes cannot be written.
    pub fn end(mut self) -> Result<W, WriteError> {
        self.encode(&End { end: Tally { entries: self.entries } })?;
        self.output.write_all(&self.line)?;
        self.output.flush()?;
        Ok(self.output)
    }

    fn encode<T: Serialize>(&mut self, value: &T) -> Result<(), WriteError> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, value).map_err(std::io::Error::from)?;
        self.line.push(b'\n');
        Ok(())
    }
}

/// Writes every entry of a ledger as a dossier, in the order of their recording, and gives the output back.
///
/// ```
/// use handover::ledger::Ledger;
///
/// let dossier = handover_wire::write_from(&Ledger::new(), None, Vec::new())?;
/// assert_eq!(dossier, b"{\"format\":\"handover-dossier\",\"version\":1}\n{\"end\":{\"entries\":0}}\n");
/// # Ok::<(), handover_wire::WriteError>(())
/// ```
///
/// # Errors
/// As [`Writer::write`].
pub fn write_from<W: Write>(ledger: &Ledger, title: Option<&Text>, output: W) -> Result<W, WriteError> {
    let mut writer = Writer::new(output, title)?;
    for entry in ledger.entries() {
        writer.write(&entry)?;
    }
    writer.end()
}

#[cfg(test)]
mod tests {
    use handover::id::Key;
    use handover::ledger::keeper;
    use handover::party::{PartyEntry, Precedence};
    use handover::{entry::What, id::OrganId};

    use super::*;

    /// An output with room for so many bytes.
    struct Room(usize);

    impl Write for Room {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn entry(organs: usize) -> Entry {
        let organs = vec![OrganId::from_key(Key::new("coordination-hq").unwrap()); organs];
        let precedence = Precedence { party: "north".parse().unwrap(), scope: None, organs };
        Entry {
            id: "e-1".parse().unwrap(),
            by: keeper(),
            said: "2025-06-02".parse().unwrap(),
            source: None,
            what: What::Party(PartyEntry::Precedence(precedence)),
        }
    }

    #[test]
    fn an_output_without_room_is_an_error_at_every_line() {
        let whole = |room: usize| -> Result<Room, WriteError> {
            let mut writer = Writer::new(Room(room), None)?;
            writer.write(&entry(1))?;
            writer.end()
        };
        let needed = (0..1_000).find(|room| whole(*room).is_ok()).unwrap();
        assert!((0..needed).all(|room| matches!(whole(room), Err(WriteError::Io(_)))));
        assert_eq!(whole(needed).unwrap().0, 0);
    }

    #[test]
    fn an_entry_that_could_not_be_read_again_is_not_written() {
        let mut writer = Writer::new(Vec::new(), None).unwrap();
        let error = writer.write(&entry(60_000)).unwrap_err();
        assert!(matches!(error, WriteError::LineTooLong(id) if id == entry(0).id), "{error}");
        writer.write(&entry(50_000)).unwrap();
        let dossier = writer.end().unwrap();
        let read: Result<Vec<_>, _> = crate::Reader::new(dossier.as_slice()).unwrap().collect();
        assert_eq!(read.unwrap().len(), 1);
    }

    const TOO_LONG: usize = MAX_LINE + 1;

    /// An entry whose line is of so many bytes.
    fn of_length(bytes: usize) -> Entry {
        let with = |organs: &[OrganId]| {
            let precedence =
                Precedence { party: "north".parse().unwrap(), scope: None, organs: organs.to_vec() };
            Entry { what: What::Party(PartyEntry::Precedence(precedence)), ..entry(0) }
        };
        let length = |organs: &[OrganId]| serde_json::to_string(&with(organs)).unwrap().len();
        let key = |letters: usize| OrganId::from_key(Key::new(&"o".repeat(letters)).unwrap());
        // Each further one adds its letters, two marks and a comma.
        let left = |organs: &[OrganId]| bytes.checked_sub(length(organs)).unwrap();
        let mut organs = vec![key(12); left(&[]) / 15];
        let left = left(&organs);
        organs[..left].fill(key(13));
        assert_eq!(length(&organs), bytes);
        with(&organs)
    }

    #[test]
    fn the_longest_line_that_is_read_is_the_longest_that_is_written() {
        let (longest, longer) = (of_length(MAX_LINE), of_length(TOO_LONG));
        let mut writer = Writer::new(Vec::new(), None).unwrap();
        writer.write(&longest).unwrap();
        assert!(matches!(writer.write(&longer), Err(WriteError::LineTooLong(_))));
        let dossier = writer.end().unwrap();
        let mut reader = crate::Reader::new(dossier.as_slice()).unwrap();
        assert_eq!(reader.next().unwrap().unwrap().entry, longest);
        assert_eq!(reader.entries(), 1);

        let payload = crate::record::encode(&longest).unwrap();
        assert_eq!(payload.len(), MAX_LINE);
        assert_eq!(crate::record::decode(1, &payload).unwrap(), longest);
        assert!(matches!(crate::record::encode(&longer), Err(WriteError::LineTooLong(_))));
    }
}
