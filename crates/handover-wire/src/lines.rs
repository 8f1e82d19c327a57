//! Lines out of bytes: bounded, in one buffer that is used again.

use std::io::{BufRead, Read};

use serde::de::IgnoredAny;

use crate::MAX_LINE;
use crate::error::{Place, Problem, ReadError};

/// The most bytes that are taken from the input for a line: one more than a line may have, for its line feed.
const MOST: u64 = MAX_LINE as u64 + 1;

#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    line: Vec<u8>,
    number: u64,
    fed: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, line: Vec::new(), number: 0, fed: true }
    }

    /// Takes the next line that is not blank, if there is one.
    pub(crate) fn advance(&mut self) -> Result<bool, ReadError> {
        loop {
            self.line.clear();
            let read = Read::take(&mut self.input, MOST).read_until(b'\n', &mut self.line);
            let here = self.number.saturating_add(1);
            let read = read.map_err(|why| ReadError::new(Place::line(here), Problem::Io(why)))?;
            if read == 0 {
                return Ok(false);
            }
            self.number = here;
            self.fed = self.line.last() == Some(&b'\n');
            if self.fed {
                self.line.pop();
            }
            if self.line.len() > MAX_LINE {
                let column = MOST;
                return Err(ReadError::new(Place::column(here, column), Problem::LineTooLong));
            }
            if !self.line.iter().all(u8::is_ascii_whitespace) {
                return Ok(true);
            }
        }
    }

    /// The line.
    pub(crate) fn line(&self) -> &[u8] {
        &self.line
    }

    /// Its number, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Whether the file ends within it.
    pub(crate) fn is_cut(&self) -> bool {
        !self.fed && serde_json::from_slice::<IgnoredAny>(&self.line).is_err_and(|why| why.is_eof())
    }

    /// Whether a line feed ends it.
    pub(crate) fn is_fed(&self) -> bool {
        self.fed
    }
}
