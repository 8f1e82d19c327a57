//! Rows out of bytes: bounded, in buffers that are used again.

use std::io::Read;

use csv_core::{ReadRecordResult, Reader as Core, ReaderBuilder};

use super::bytes::Bytes;
use super::error::ManifestError;
use super::{MAX_ROW, Separator};

/// The most cells that a row may have.
const MOST_CELLS: usize = 256;

/// The rows of a file, one at a time.
#[derive(Debug)]
pub(super) struct Rows<R> {
    bytes: Bytes<R>,
    core: Core,
    row: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    line: u64,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(bytes: Bytes<R>, separator: Separator) -> Self {
        Self {
            bytes,
            core: core(separator),
            row: vec![0; MAX_ROW],
            ends: vec![0; MOST_CELLS],
            cells: 0,
            line: 0,
        }
    }

    /// Takes the next row, if there is one; empty lines are none.
    pub(super) fn advance(&mut self) -> Result<bool, ManifestError> {
        self.cells = 0;
        while let Some(b'\n' | b'\r') = self.bytes.fill()?.first() {
            self.bytes.consume(1);
        }
        self.line = self.bytes.line();
        let (mut length, mut cells) = (0_usize, 0_usize);
        loop {
            let input = self.bytes.fill()?;
            let to = self.row.get_mut(length..).unwrap_or_default();
            let ends = self.ends.get_mut(cells..).unwrap_or_default();
            let (result, read, written, ended) = self.core.read_record(input, to, ends);
            self.bytes.consume(read);
            length = length.saturating_add(written);
            cells = cells.saturating_add(ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(ManifestError::RowTooLong { line: self.line });
                }
                ReadRecordResult::Record => {
                    self.cells = cells;
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
            }
        }
    }
}

impl<R> Rows<R> {
    /// The line on which the row begins, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.cells
    }

    /// Its cells as they stand, without what quotes them.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        cells(&self.row, self.ends.get(..self.cells).unwrap_or_default())
    }
}

fn core(separator: Separator) -> Core {
    ReaderBuilder::new().delimiter(separator.byte()).build()
}

fn cells<'r>(row: &'r [u8], ends: &'r [usize]) -> impl Iterator<Item = &'r str> {
    ends.iter().scan(0, |from, end| {
        let cell = row.get(*from..*end).unwrap_or_default();
        *from = *end;
        // The bytes are UTF-8, and are parted at separators only.
        Some(core::str::from_utf8(cell).unwrap_or_default())
    })
}

/// The cells of one line, if this is the separator.
pub(super) fn cells_of(line: &[u8], separator: Separator) -> Vec<String> {
    let mut row = vec![0; line.len().saturating_add(1)];
    let mut ends = vec![0; MOST_CELLS];
    let mut core = core(separator);
    let (_, read, written, ended) = core.read_record(line, &mut row, &mut ends);
    let rest = line.get(read..).unwrap_or_default();
    let to = row.get_mut(written..).unwrap_or_default();
    // The end of the line ends the last cell.
    let (_, _, _, last) = core.read_record(rest, to, ends.get_mut(ended..).unwrap_or_default());
    cells(&row, ends.get(..ended.saturating_add(last)).unwrap_or_default()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(input: &str) -> Result<Vec<(u64, Vec<String>)>, ManifestError> {
        let mut rows = Rows::new(Bytes::new(input.as_bytes()), Separator::Comma);
        let mut found = Vec::new();
        while rows.advance()? {
            found.push((rows.line(), rows.cells().map(str::to_owned).collect()));
        }
        Ok(found)
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_row_knows_its_line_however_lines_end() {
        for end in ["\n", "\r\n", "\r"] {
            let input = format!("a,b{end}{end}c,\"d{end}e\"{end}f,g");
            let inner = format!("d{end}e");
            let expected = [row(1, &["a", "b"]), row(3, &["c", &inner]), row(5, &["f", "g"])];
            assert_eq!(rows(&input).unwrap(), expected, "{end:?}");
        }
    }

    #[test]
    fn a_row_that_does_not_end_is_not_held() {
        let open = format!("a,b\nc,\"{}", "d\n".repeat(MAX_ROW));
        assert!(matches!(rows(&open), Err(ManifestError::RowTooLong { line: 2 })));
        let wide = format!("a\n{}", ",".repeat(300));
        assert!(matches!(rows(&wide), Err(ManifestError::RowTooLong { line: 2 })));
        assert!(rows(&",".repeat(255)).is_ok());
    }

    #[test]
    fn a_line_is_parted_by_the_separator_that_is_asked_for() {
        assert_eq!(cells_of(b"code;\"a;b\";c", Separator::Semicolon), ["code", "a;b", "c"]);
        assert_eq!(cells_of(b"code;a", Separator::Comma), ["code;a"]);
        assert_eq!(cells_of(b"", Separator::Comma), Vec::<String>::new());
        assert_eq!(cells_of(b"code,", Separator::Comma), ["code", ""]);
    }
}
