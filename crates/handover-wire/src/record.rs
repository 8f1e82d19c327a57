//! One entry as the payload of a record: its canonical line in a dossier, without the line feed.
//!
//! What a dossier says in lines a journal says in records. Both have the same versions, so that a payload
//! stays readable for as long as a dossier does.
//!
//! ```
//! use handover_wire::record;
//!
//! let payload = r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#;
//! let entry = record::decode(1, payload)?;
//! assert_eq!(record::encode(&entry)?, payload);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

use handover::entry::Entry;

use crate::MAX_LINE;
use crate::error::{Place, Problem, ReadError, WriteError};
use crate::version::Version;

/// The version in which [`encode`] writes: the number of [`Version::CURRENT`].
pub const VERSION: u16 = match Version::CURRENT {
    Version::V1 => 1,
};

/// Writes an entry in its canonical form: one line of JSON, without a line feed and without the character NUL.
///
/// # Errors
/// [`WriteError::LineTooLong`]: the entry is longer than [`MAX_LINE`].
pub fn encode(entry: &Entry) -> Result<String, WriteError> {
    let line = serde_json::to_string(entry).map_err(std::io::Error::from)?;
    if line.len() > MAX_LINE {
        return Err(WriteError::LineTooLong(entry.id));
    }
    Ok(line)
}

/// Reads an entry as [`encode`] wrote it in this version or in an earlier one, as strictly as a dossier is read.
///
/// The [`Place`] of an error has the line 1: a payload is one line.
///
/// ```
/// let error = handover_wire::record::decode(9, "{}").unwrap_err();
/// assert!(error.to_string().contains("expected version 1, found `9`"));
/// ```
///
/// # Errors
/// In this order: the version is not known, the payload is longer than [`MAX_LINE`], it is no JSON, it holds what it
/// may not hold.
pub fn decode(version: u16, payload: &str) -> Result<Entry, ReadError> {
    let Some(known) = Version::of(version.into()) else {
        return Err(ReadError::new(Place::line(1), Problem::UnknownVersion(version.into())));
    };
    if payload.len() > MAX_LINE {
        return Err(ReadError::new(Place::line(1), Problem::LineTooLong));
    }
    let line = payload.as_bytes();
    known.entry(line).map_err(|why| known.why_no_entry(line, 1, &why))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"e-1","by":"keeper","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#;

    #[test]
    fn the_version_is_the_one_that_dossiers_have() {
        assert_eq!(u64::from(VERSION), Version::CURRENT.number());
    }

    #[test]
    fn these_bytes_decode_for_ever_and_are_written_again() {
        let entry = decode(1, LINE).unwrap();
        assert_eq!(entry.id.to_string(), "e-1");
        assert_eq!(encode(&entry).unwrap(), LINE);
        let dossier = crate::Writer::new(Vec::new(), None).and_then(|mut writer| {
            writer.write(&entry)?;
            writer.end()
        });
        assert_eq!(String::from_utf8(dossier.unwrap()).unwrap().lines().nth(1), Some(LINE));
    }

    #[test]
    fn what_a_dossier_may_not_hold_a_record_may_not() {
        for (version, payload, why) in [
            (0, LINE, "expected version 1, found `0`"),
            (1, "", "expected the rest of the object"),
            (1, r#"{"end":{"entries":1}}"#, "unknown field `end`"),
            (1, &LINE.replace(r#""by""#, r#""bye""#), "unknown field `bye`"),
            (1, &format!("{LINE}{LINE}"), "found more"),
        ] {
            let error = decode(version, payload).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
        let long = decode(1, &" ".repeat(MAX_LINE + 1)).unwrap_err();
        assert!(matches!(long.problem(), Problem::LineTooLong));
    }
}
