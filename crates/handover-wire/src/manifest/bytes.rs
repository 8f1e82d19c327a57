//! Bytes in, none given out that is no UTF-8, each line counted.

use std::io::{self, Read};

use super::error::ManifestError;

/// How many bytes are asked for at a time.
const CHUNK: usize = 1 << 16;

/// Bytes that are UTF-8 as far as they are given out.
#[derive(Debug)]
pub(super) struct Bytes<R> {
    input: R,
    held: Vec<u8>,
    /// What of `held` is used up.
    used: usize,
    /// What of `held` is known to be UTF-8; a character that is cut by the end of a chunk stands behind it.
    checked: usize,
    /// The first byte behind `checked` is no UTF-8.
    bad: bool,
    ended: bool,
    /// How many bytes are used up.
    offset: u64,
    line: u64,
    after_return: bool,
}

impl<R: Read> Bytes<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            held: Vec::new(),
            used: 0,
            checked: 0,
            bad: false,
            ended: false,
            offset: 0,
            line: 1,
            after_return: false,
        }
    }

    /// The line on which the next byte stands, from 1. Line feed, return and both together end one.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// What comes next; nothing at the end.
    pub(super) fn fill(&mut self) -> Result<&[u8], ManifestError> {
        while self.waiting().is_empty() && (self.bad || !self.ended) {
            self.more()?;
        }
        Ok(self.waiting())
    }

    /// What comes next, to the end of its line at least, unless that is further away than so many bytes.
    pub(super) fn line_ahead(&mut self, most: usize) -> Result<&[u8], ManifestError> {
        while !self.ended && self.waiting().len() < most && !self.waiting().iter().any(|byte| is_end(*byte)) {
            self.more()?;
        }
        let waiting = self.waiting();
        let end = waiting.iter().position(|byte| is_end(*byte)).unwrap_or(waiting.len());
        Ok(waiting.get(..end).unwrap_or_default())
    }

    /// Uses up as many bytes.
    pub(super) fn consume(&mut self, bytes: usize) {
        let taken = self.waiting().len().min(bytes);
        let (mut line, mut after_return) = (self.line, self.after_return);
        for byte in self.waiting().iter().take(taken) {
            ended(*byte, &mut line, &mut after_return);
        }
        (self.line, self.after_return) = (line, after_return);
        self.used = self.used.saturating_add(taken);
        self.offset = self.offset.saturating_add(u64::try_from(taken).unwrap_or(u64::MAX));
    }

    fn waiting(&self) -> &[u8] {
        self.held.get(self.used..self.checked).unwrap_or_default()
    }

    fn more(&mut self) -> Result<(), ManifestError> {
        if self.bad {
            return Err(self.not_utf8());
        }
        self.held.drain(..self.used);
        self.checked = self.checked.saturating_sub(self.used);
        self.used = 0;
        let before = self.held.len();
        self.held.resize(before.saturating_add(CHUNK), 0);
        let read = read(&mut self.input, self.held.get_mut(before..).unwrap_or_default());
        self.held.truncate(before.saturating_add(*read.as_ref().unwrap_or(&0)));
        self.ended = read? == 0;
        match core::str::from_utf8(self.held.get(self.checked..).unwrap_or_default()) {
            Ok(_) => self.checked = self.held.len(),
            Err(why) => {
                self.checked = self.checked.saturating_add(why.valid_up_to());
                // A character may go on in the next chunk, if there is one.
                self.bad = why.error_len().is_some() || self.ended;
            }
        }
        Ok(())
    }

    fn not_utf8(&self) -> ManifestError {
        let before = u64::try_from(self.waiting().len()).unwrap_or(u64::MAX);
        let mut at = self.line;
        let mut after_return = self.after_return;
        for byte in self.waiting() {
            ended(*byte, &mut at, &mut after_return);
        }
        ManifestError::NotUtf8 {
            line: at,
            byte: self.offset.saturating_add(before).saturating_add(1),
            found: self.held.get(self.checked).copied().unwrap_or_default(),
        }
    }
}

/// Reads once, however often that is interrupted.
fn read(input: &mut impl Read, to: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(to) {
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// Counts the line that this byte ends, if it ends one.
fn ended(byte: u8, line: &mut u64, after_return: &mut bool) {
    if byte == b'\r' || (byte == b'\n' && !*after_return) {
        *line = line.saturating_add(1);
    }
    *after_return = byte == b'\r';
}

fn is_end(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An input that gives so many bytes at a time.
    struct Drops<'b>(&'b [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(to.len());
            self.0.read(&mut to[..most])
        }
    }

    fn all(input: &[u8], drops: usize) -> (Vec<u8>, u64, Option<ManifestError>) {
        let mut bytes = Bytes::new(Drops(input, drops));
        let mut out = Vec::new();
        loop {
            match bytes.fill() {
                Ok([]) => return (out, bytes.line(), None),
                Ok(more) => {
                    out.extend_from_slice(more);
                    let length = more.len();
                    bytes.consume(length);
                }
                Err(why) => return (out, bytes.line(), Some(why)),
            }
        }
    }

    #[test]
    fn characters_come_whole_however_they_arrive() {
        let text = "мешок №1\r\n€\r𝄞\n";
        for drops in 1..9 {
            let (out, line, why) = all(text.as_bytes(), drops);
            assert_eq!((out.as_slice(), line), (text.as_bytes(), 4));
            assert!(why.is_none());
        }
    }

    #[test]
    fn the_first_byte_that_is_no_text_is_named() {
        for (input, line, byte, found) in [
            (b"a\r\nb\xcd".as_slice(), 2, 5, 0xcd),
            (b"\xe2\x82", 1, 1, 0xe2),
            (b"ab\xe2\x28c", 1, 3, 0xe2),
            (b"a\n\n\xffrest", 3, 4, 0xff),
        ] {
            for drops in 1..6 {
                let (out, _, why) = all(input, drops);
                assert!(core::str::from_utf8(&out).is_ok());
                let Some(ManifestError::NotUtf8 { line: l, byte: b, found: f }) = why else { panic!() };
                assert_eq!((l, b, f), (line, byte, found), "{input:?} {drops}");
            }
        }
    }

    #[test]
    fn the_line_ahead_is_not_used_up() {
        for drops in [1, 100] {
            let mut bytes = Bytes::new(Drops(b"code;since\r\nrest", drops));
            assert_eq!(bytes.line_ahead(1_000).unwrap(), b"code;since");
            assert_eq!(bytes.fill().unwrap()[..4], *b"code");
            assert_eq!(bytes.line(), 1);
        }
        let mut endless = Bytes::new(io::repeat(b'x'));
        assert!(endless.line_ahead(1_000).unwrap().len() >= 1_000);
    }
    /// An input that does what the last of these says, and fails when nothing is left.
    struct Frail(Vec<io::Result<&'static [u8]>>);

    impl Read for Frail {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            self.0.pop().unwrap_or(Err(io::Error::other("torn off")))?.read(to)
        }
    }

    #[test]
    fn no_more_is_read_than_is_asked_for_and_who_is_interrupted_reads_again() {
        let interrupted = Err(io::ErrorKind::Interrupted.into());
        let mut bytes = Bytes::new(Frail(vec![Ok(b"abc"), interrupted]));
        assert_eq!(bytes.line_ahead(3).unwrap(), b"abc");
        assert!(matches!(bytes.line_ahead(4), Err(ManifestError::Io(_))));
    }
}
