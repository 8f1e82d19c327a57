//! Versions of the format, and where an old one becomes the current one.
//!
//! The current version is read straight into the domain's types. When the format changes, the version that was
//! current gets a module of its own with its types as they were, and [`Version::entry`] turns what they hold into
//! an [`Entry`] of today: a dossier is kept for decades and stays readable.

use core::fmt;

use handover::entry::Entry;

use crate::decode;
use crate::error::ReadError;

/// A version of the dossier format.
///
/// ```
/// use handover_wire::Version;
///
/// assert_eq!(Version::of(1), Some(Version::V1));
/// assert_eq!(Version::of(2), None);
/// assert_eq!(Version::CURRENT.number(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Version {
    /// The first.
    V1,
}

impl Version {
    /// The version that is written.
    pub const CURRENT: Self = Self::V1;

    /// Every version that is read, the oldest first.
    pub const KNOWN: [Self; 1] = [Self::V1];

    /// Its number, as in the header.
    pub const fn number(self) -> u64 {
        match self {
            Self::V1 => 1,
        }
    }

    /// The version of this number, if it is known.
    pub fn of(number: u64) -> Option<Self> {
        Self::KNOWN.into_iter().find(|version| version.number() == number)
    }

    /// Reads a line of this version as an entry.
    pub(crate) fn entry(self, line: &[u8]) -> Result<Entry, serde_json::Error> {
        match self {
            Self::V1 => decode::strictly(line),
        }
    }

    /// Says why a line of this version is no entry.
    pub(crate) fn why_no_entry(self, line: &[u8], number: u64, why: &serde_json::Error) -> ReadError {
        match self {
            Self::V1 => decode::explain::<Entry>(line, number, why),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.number(), f)
    }
}

impl serde::Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.number())
    }
}

impl<'de> serde::Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u64::deserialize(deserializer)?;
        Self::of(number).ok_or_else(|| {
            serde::de::Error::custom(format_args!("expected version {}, found `{number}`", Self::CURRENT))
        })
    }
}
