//! Input that is no dossier: each is refused with its place, and the ledger is as before.

use std::io::{BufRead, BufReader, Read};

use handover_wire::{Formatted, MAX_LINE, Problem, ReadError, Reader, format};

use crate::support::{HEADER, dossier, unreadable};

const ENTRY: &str = r#"{"id":"x-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"west","name":"the Western side"}}}}"#;

/// Line, column, path and message.
fn check(input: impl BufRead, place: (u64, Option<u64>, Option<&str>), message: &str) -> ReadError {
    let error = unreadable(input);
    let found = error.place();
    assert_eq!((found.line, found.column, found.path.as_deref()), place, "{error}");
    assert!(error.to_string().contains(message), "{error}");
    for jargon in ["struct", "enum ", "u64", "variant", "Some(", "sequence", " at line "] {
        assert!(!error.to_string().contains(jargon), "{error}");
    }
    error
}

/// The column at which a line stops that is read to the end of this part of it.
fn after(line: &str, part: &str) -> Option<u64> {
    let (before, _) = line.split_once(part)?;
    u64::try_from(before.chars().count().checked_add(part.chars().count())?).ok()
}

#[test]
fn a_file_without_its_header_is_refused() {
    for input in ["", "\n\n  \n", "{}\n", "[]\n", "7\n", &format!("{ENTRY}\n")] {
        let error = unreadable(input.as_bytes());
        assert!(matches!(error.problem(), Problem::NoHeader), "{input}: {error}");
    }
    let csv = check("id;by;said\n".as_bytes(), (1, Some(1), None), "expected a JSON value");
    assert!(matches!(csv.problem(), Problem::NotJson(_)));
    let other = r#"{"format":"geojson","version":1}"#.to_owned() + "\n";
    check(
        other.as_bytes(),
        (1, None, Some("format")),
        "expected the format `handover-dossier`, found `geojson`",
    );
}

#[test]
fn a_version_that_is_not_known_is_refused_before_its_fields() {
    let later = "{\"format\":\"handover-dossier\",\"version\":2,\"language\":\"uk\"}\n";
    let error = check(later.as_bytes(), (1, None, Some("version")), "expected version 1, found `2`");
    assert!(matches!(error.problem(), Problem::UnknownVersion(2)));
    for (more, part, path, message) in [
        (r#""version":"1""#, "\"1\"", "version", "expected a whole number, 0 or more, found string \"1\""),
        (r#""version":1,"author":"x""#, "\"author\"", "author", "`title`, found unknown field `author`"),
        (
            r#""version":1,"title":null"#,
            "null}",
            "title",
            "expected a value, or no such field at all, found null",
        ),
    ] {
        let header = format!("{{\"format\":\"handover-dossier\",{more}}}\n");
        check(header.as_bytes(), (1, after(&header, part), Some(path)), message);
    }
}

#[test]
fn what_a_line_may_not_hold_is_refused_at_its_place() {
    for (line, part, path, message) in [
        (ENTRY.replace("\"by\"", "\"bye\""), "\"bye\"", "bye", "`what`, found unknown field `bye`"),
        (ENTRY.replace("\"by\":\"keeper\",", ""), "}}}}", "", "expected the field `by`, found none"),
        (
            ENTRY.replace("\"by\"", "\"id\":1,\"by\""),
            ",\"id\"",
            "",
            "expected the field `id` once, found it twice",
        ),
        (ENTRY.replace("\"by\"", "\"end\":1,\"by\""), ",\"end\"", "end", "`what`, found unknown field `end`"),
        (
            ENTRY.replace("\"by\"", "\"format\":1,\"by\""),
            "\"format\"",
            "format",
            "found unknown field `format`",
        ),
        (ENTRY.replace("introduced", "intro"), "\"intro\"", "what.party.intro", "found unknown name `intro`"),
        (
            ENTRY.replace("x-1", "X 1"),
            "\"X 1\"",
            "id",
            "`X 1` is no entry: expected a key that begins with a letter",
        ),
        (
            ENTRY.replace("2025-06-02", "2025-02-30"),
            "02-30\"",
            "said",
            "`2025-02-30` is no time: expected a day and hour of the calendar",
        ),
        (
            ENTRY.replace("the Western side", "the \\u202e side"),
            " side\"",
            "what.party.introduced.name",
            "expected characters that can be seen, found U+202E",
        ),
    ] {
        let path = (!path.is_empty()).then_some(path);
        let error = check(dossier([line.as_str()]).as_slice(), (2, after(&line, part), path), message);
        assert!(matches!(error.problem(), Problem::NotAllowed(_)), "{line}");
    }
}

#[test]
fn what_a_claim_may_not_say_is_refused_at_its_place() {
    let most = "expected a number of at most 1000000000000";
    for (says, part, path, message) in [
        (
            r#"{"count":{"quantity":1,"unit":"boxes"}}"#,
            "\"boxes\"",
            ".count.unit",
            "found unknown name `boxes`",
        ),
        (r#"{"count":{"quantity":18446744073709551615}}"#, "551615", ".count.quantity", most),
        (
            r#"{"count":{"quantity":18446744073709551616}}"#,
            "551616",
            ".count.quantity",
            "expected a quantity",
        ),
        (r#"{"count":{"quantity":">18446744073709551615"}}"#, "551615\"", ".count.quantity", most),
        (r#"{"count":{"quantity":-1}}"#, ":-1", ".count.quantity", "expected a quantity: a whole number"),
        (r#"{"count":{"quantity":1.5}}"#, ":1.5", ".count.quantity", "found floating point `1.5`"),
        (r#"{"count":{"quantity":"1,200"}}"#, "1,200\"", ".count.quantity", "`1,200` is no quantity"),
        (
            r#"{"count":{"quantity":1,"unit":"container","qualifier":null}}"#,
            "null}",
            ".count.qualifier",
            "expected a value, or no such field at all, found null",
        ),
        (r#"{"count":[1,"container"]}"#, "\"count\":[", ".count", "expected an object, found a list"),
        (r#"{"count":5}"#, ":5", ".count", "expected an object, found integer `5`"),
        (r#"{"whose":7}"#, ":7", ".whose", "expected a list, found integer `7`"),
        (r#"{"occurred":null}"#, "\"occurred\"", "", "expected the name alone, as a text, found an object"),
        (
            r#""count""#,
            "\"count\"",
            "",
            "expected an object with this name as its only key, found the name alone",
        ),
        ("{}", "\"says\":{}", "", "expected an object with one key, found 0"),
        (
            r#"{"where":"unknown","means":"by road"}"#,
            "\"means\"",
            ".means",
            "one key, found another: `means`",
        ),
        (
            "7",
            "\"says\":7",
            "",
            "expected a name, or an object with one name as its only key, found integer `7`",
        ),
    ] {
        let line = ENTRY.replace(
            r#"{"party":{"introduced":{"id":"west","name":"the Western side"}}}"#,
            &format!(r#"{{"claim":{{"made":{{"about":{{"leg":"leg-1"}},"says":{says}}}}}}}"#),
        );
        let path = format!("what.claim.made.says{path}");
        let place = (2, after(&line, part), Some(path.as_str()));
        let error = check(dossier([line.as_str()]).as_slice(), place, message);
        assert!(matches!(error.problem(), Problem::NotAllowed(_)), "{line}");
    }
}

#[test]
fn what_is_no_json_is_refused_at_its_place() {
    for (line, part, message) in [
        (format!("{ENTRY}}}"), "}}}}}", "expected nothing after the object"),
        (format!("{ENTRY}{ENTRY}"), "}}}}{", "expected nothing after the object"),
        (ENTRY.replace('"', "'"), "{'", "key must be a string"),
        (ENTRY[..50].to_owned(), &ENTRY[..50], "expected the rest of the object, found the end of the line"),
        (format!("\u{feff}{ENTRY}"), "\u{feff}", "found a byte order mark"),
        (ENTRY.replace("Western", "We\tstern"), "We\t", "control character"),
        ("[".repeat(1_000), "[", "expected an object, found a list"),
    ] {
        let error = unreadable(dossier([line.as_str()]).as_slice());
        assert_eq!((error.place().line, error.place().column), (2, after(&line, part)), "{error}");
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn a_column_counts_characters() {
    let line = ENTRY.replace("the Western side\"", "захід\",\"note\":1");
    let error = unreadable(dossier([line.as_str()]).as_slice());
    assert_eq!(error.place().column, after(&line, "\"note\""), "{error}");
    assert_eq!(error.place().path.as_deref(), Some("what.party.introduced.note"));
}

#[test]
fn bytes_that_are_no_text_are_refused_at_their_place() {
    let mut input = dossier([ENTRY, ENTRY]);
    let at = input.len() - 8;
    input[at] = 0xff;
    let column = u64::try_from(ENTRY.len() - 6).unwrap();
    let error = check(input.as_slice(), (3, Some(column), None), "expected UTF-8");
    assert!(matches!(error.problem(), Problem::NotUtf8));
    let mut header = HEADER.replace("1}", "1,\"title\":\"?\"}\n").into_bytes();
    let at = header.iter().position(|byte| *byte == b'?').unwrap();
    header[at] = 0xc3;
    assert!(matches!(unreadable(header.as_slice()).problem(), Problem::NotUtf8));
}

#[test]
fn a_file_that_was_cut_off_is_refused_wherever_it_was_cut() {
    let whole = format!("{HEADER}\n{ENTRY}\n{{\"end\":{{\"entries\":1}}}}\n");
    for end in 1..whole.len() {
        let kept = &whole[..end];
        let read: Result<Vec<_>, _> = Reader::new(kept.as_bytes()).and_then(Iterator::collect);
        // At the end of a line nothing shows that more was to come but the missing end line; all of the end line but its
        // line feed is whole.
        if kept.ends_with('\n') || kept.ends_with("}}") && kept.contains("\"end\"") {
            let mut reader = Reader::new(kept.as_bytes()).unwrap();
            reader.by_ref().for_each(|entry| assert!(entry.is_ok()));
            assert_eq!(reader.ended(), kept.contains("\"end\""), "{kept}");
        } else {
            let error = read.unwrap_err();
            assert!(matches!(error.problem(), Problem::CutOff), "{kept}: {error}");
        }
    }
    let mut input = dossier([ENTRY]);
    input.pop();
    let column = u64::try_from(ENTRY.len() + 1).unwrap();
    let error = check(input.as_slice(), (2, Some(column), None), "the dossier may have been cut off");
    assert!(matches!(error.problem(), Problem::CutOff));
}

#[test]
fn the_end_line_must_agree_and_be_the_last() {
    let end = |entries: u64| format!("{{\"end\":{{\"entries\":{entries}}}}}");
    for (lines, place, message) in [
        (
            vec![ENTRY, &end(2)],
            (3, None, Some("end.entries")),
            "expected 2 entries, as the end line states, found 1",
        ),
        (vec![ENTRY, &end(1), ENTRY], (4, Some(1), None), "expected nothing after the end line"),
        (vec![&end(0), &end(0)], (3, Some(1), None), "expected nothing after the end line"),
        (vec![ENTRY, HEADER], (3, Some(1), None), "found a second header"),
        (vec!["{\"end\":{\"entries\":1,\"x\":1}}"], (2, Some(23), Some("end.x")), "found unknown field `x`"),
        (
            vec!["{\"end\":{\"entries\":0},\"end\":{\"entries\":0}}"],
            (2, Some(26), None),
            "the field `end` once",
        ),
        (
            vec!["{\"end\":{\"entries\":\"0\"}}"],
            (2, Some(21), Some("end.entries")),
            "expected a whole number",
        ),
    ] {
        check(dossier(lines).as_slice(), place, message);
    }
    let mut canonical = Vec::new();
    let Formatted { entries, ended, .. } =
        format(dossier([end(0).as_str(), "", " "]).as_slice(), &mut canonical).unwrap();
    assert_eq!((entries, ended), (0, true), "blank lines after the end line are no lines");
}

/// So many bytes, made as they are read.
struct Endless {
    header: &'static [u8],
    byte: u8,
    left: u64,
    read: u64,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let from_header = self.header.read(buffer)?;
        let count = if from_header > 0 {
            from_header
        } else {
            let count = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
            buffer[..count].fill(self.byte);
            self.left -= u64::try_from(count).unwrap_or(u64::MAX);
            count
        };
        self.read += u64::try_from(count).unwrap_or(u64::MAX);
        Ok(count)
    }
}

#[test]
fn a_line_of_200_megabytes_is_not_read_to_its_end() {
    let long = 200 * 1024 * 1024;
    for byte in [b'a', b' ', b'['] {
        for header in ["", "{\"format\":\"handover-dossier\",\"version\":1}\n"] {
            let mut input = BufReader::new(Endless { header: header.as_bytes(), byte, left: long, read: 0 });
            let line = if header.is_empty() { 1 } else { 2 };
            let limit = u64::try_from(MAX_LINE).unwrap();
            let error =
                check(&mut input, (line, Some(limit + 1), None), "expected a line of at most 1048576 bytes");
            assert!(matches!(error.problem(), Problem::LineTooLong));
            assert!(input.get_ref().read < limit + 100_000, "{} bytes were read", input.get_ref().read);
        }
    }
}

#[test]
fn the_longest_line_is_read_and_one_byte_more_is_not() {
    let padded = |length: usize| format!("{}{ENTRY}", " ".repeat(length - ENTRY.len()));
    let read = |line: String| {
        Reader::new(dossier([line.as_str()]).as_slice()).unwrap().collect::<Result<Vec<_>, _>>()
    };
    assert_eq!(read(padded(MAX_LINE)).unwrap().len(), 1);
    assert!(matches!(read(padded(MAX_LINE + 1)).unwrap_err().problem(), Problem::LineTooLong));
}

#[test]
fn after_an_error_nothing_more_is_read() {
    let input = dossier([ENTRY, "{}", ENTRY]);
    let mut reader = Reader::new(input.as_slice()).unwrap();
    assert!(reader.next().unwrap().is_ok());
    assert!(reader.next().unwrap().is_err());
    assert!(reader.next().is_none() && !reader.ended());
}

#[test]
fn a_message_cannot_act_on_a_terminal_nor_fill_it() {
    let line = ENTRY.replace("\"keeper\"", &format!("\"\\u001b[31m{}\"", "x".repeat(100_000)));
    let message = unreadable(dossier([line.as_str()]).as_slice()).to_string();
    assert!(message.len() < 1_000 && !message.chars().any(char::is_control), "{message}");
}

/// Bytes that fail after those of a dossier.
struct Broken<'d>(&'d [u8]);

impl Read for Broken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(std::io::ErrorKind::ConnectionReset.into()),
            count => Ok(count),
        }
    }
}

#[test]
fn bytes_that_cannot_be_read_are_an_error_at_their_line() {
    let whole = dossier([ENTRY]);
    for end in 0..=whole.len() {
        let error = unreadable(BufReader::new(Broken(&whole[..end])));
        let line = whole[..end].split(|byte| *byte == b'\n').count();
        assert!(matches!(error.problem(), Problem::Io(_)), "{error}");
        assert_eq!(error.place().line, u64::try_from(line).unwrap(), "{error}");
    }
}
