//! From the bytes of a line to a value and, if there is none, why.

use serde::Deserialize;
use serde_json::error::Category;

use crate::error::{Place, Problem, ReadError};
use crate::strict::Strict;

/// How much of a message or of what it quotes is shown.
const SHOWN: usize = 400;

/// Reads a line: the way that every line takes.
pub(crate) fn strictly<'l, T: Deserialize<'l>>(line: &'l [u8]) -> Result<T, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(line);
    let value = T::deserialize(Strict(&mut json))?;
    json.end()?;
    Ok(value)
}

/// Says why a line could not be read: it is read again and its path followed, which costs twice as much.
pub(crate) fn explain<'l, T: Deserialize<'l>>(
    line: &'l [u8],
    number: u64,
    why: &serde_json::Error,
) -> ReadError {
    if let Err(error) = core::str::from_utf8(line) {
        let column = characters(line.get(..error.valid_up_to()).unwrap_or_default()).saturating_add(1);
        return ReadError::new(Place::column(number, column), Problem::NotUtf8);
    }
    let stopped = u64::try_from(why.column()).unwrap_or(u64::MAX);
    let before = usize::try_from(stopped).ok().and_then(|end| line.get(..end)).unwrap_or(line);
    let mut place = Place::column(number, characters(before).max(1));
    let text = why.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    let problem = match why.classify() {
        Category::Data => {
            place.path = path::<T>(line);
            Problem::NotAllowed(shown(&in_plain_words(message)))
        }
        Category::Syntax if line.starts_with(b"\xef\xbb\xbf") => Problem::NotJson(
            "expected an object, found a byte order mark: save the dossier as UTF-8 without it".to_owned(),
        ),
        Category::Syntax | Category::Io => Problem::NotJson(shown(&in_plain_words(message))),
        Category::Eof => Problem::NotJson(
            "expected the rest of the object, found the end of the line: write one entry a line".to_owned(),
        ),
    };
    ReadError::new(place, problem)
}

/// The path to what is wrong.
fn path<'l, T: Deserialize<'l>>(line: &'l [u8]) -> Option<String> {
    let mut json = serde_json::Deserializer::from_slice(line);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    T::deserialize(Strict(tracked)).err()?;
    let path = track.path();
    (path.iter().len() > 0).then(|| shown(&path.to_string()))
}

pub(crate) fn characters(text: &[u8]) -> u64 {
    // Every byte but those that continue a character.
    let count = text.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count();
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A text that may hold input: bounded, and without characters that would act on a terminal.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).flat_map(visible).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

fn visible(c: char) -> impl Iterator<Item = char> {
    let hidden = c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let (seen, escaped) = if hidden { (None, Some(c.escape_unicode())) } else { (Some(c), None) };
    seen.into_iter().chain(escaped.into_iter().flatten())
}

/// What the JSON library says, in the words of this format: expected first, then found.
fn in_plain_words(message: &str) -> String {
    if let Some(rest) = message.strip_prefix("invalid type: ").or(message.strip_prefix("invalid value: "))
        && let Some((found, expected)) = rest.rsplit_once(", expected ")
    {
        return format!("expected {}, found {}", thing(expected), thing(found));
    }
    if let Some(rest) = message.strip_prefix("invalid length ")
        && let Some((found, expected)) = rest.rsplit_once(", expected ")
    {
        return format!("expected {}, found {found}", thing(expected));
    }
    for kind in ["field", "variant"] {
        let unknown = message.strip_prefix("unknown ").and_then(|rest| rest.strip_prefix(kind));
        if let Some(rest) = unknown.and_then(|rest| rest.strip_prefix(' ')) {
            let name = if kind == "field" { "field" } else { "name" };
            return match rest.rsplit_once(", expected ") {
                Some((found, expected)) => format!("expected {expected}, found unknown {name} {found}"),
                None => format!("expected no {name} here, found unknown {name} {rest}"),
            };
        }
    }
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("expected the field {field}, found none: add it");
    }
    if let Some(field) = message.strip_prefix("duplicate field ") {
        return format!("expected the field {field} once, found it twice: remove one");
    }
    match message {
        "trailing characters" => {
            "expected nothing after the object, found more: write one entry a line".to_owned()
        }
        "expected value" => "expected a JSON value, found something else".to_owned(),
        message => message.to_owned(),
    }
}

fn thing(named: &str) -> &str {
    match named {
        "sequence" | "a sequence" => "a list",
        "map" | "a map" => "an object",
        "u64" => "a whole number, 0 or more",
        "u16" => "a whole number from 0 to 65535",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_no_type_and_says_expected_first() {
        for (said, plain) in [
            ("invalid type: map, expected a boolean", "expected a boolean, found an object"),
            (
                "invalid value: integer `-1`, expected u64",
                "expected a whole number, 0 or more, found integer `-1`",
            ),
            ("unknown field `x`, expected `id` or `by`", "expected `id` or `by`, found unknown field `x`"),
            (
                "unknown variant `x`, expected one of `a`, `b`",
                "expected one of `a`, `b`, found unknown name `x`",
            ),
            (
                "unknown field `x`, there are no fields",
                "expected no field here, found unknown field `x`, there are no fields",
            ),
            ("missing field `id`", "expected the field `id`, found none: add it"),
            ("duplicate field `id`", "expected the field `id` once, found it twice: remove one"),
        ] {
            assert_eq!(in_plain_words(said), plain);
        }
    }

    #[test]
    fn what_is_quoted_is_bounded_and_harmless() {
        assert_eq!(shown("a\u{1b}[31m"), "a\\u{1b}[31m");
        assert_eq!(shown(&"é".repeat(500)).chars().count(), 401);
    }
}
