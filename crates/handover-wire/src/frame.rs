//! The two lines around the entries: the header and the end.

use handover::text::Text;
use serde::{Deserialize, Serialize};

use crate::version::Version;

/// The name of the format, first of all.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) enum Format {
    /// A dossier of Handover.
    #[serde(rename = "handover-dossier")]
    Dossier,
}

impl Format {
    pub(crate) const NAME: &'static str = "handover-dossier";
}

/// The first line: what this file is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Header {
    /// The name of the format.
    pub(crate) format: Format,
    /// The version of the format.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::FirstVersion"))]
    pub(crate) version: Version,
    /// What the dossier is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<Text>,
}

/// The last line: it proves that nothing before it is missing.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct End {
    /// What stands before it.
    pub(crate) end: Tally,
}

/// What stands between the header and the end.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Tally {
    /// How many entries.
    pub(crate) entries: u64,
}
