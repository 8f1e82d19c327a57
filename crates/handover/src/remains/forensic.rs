//! What may be recorded of the forensic progress of a unit; how its steps follow each other stands in `progress.rs`.

use super::progress::Step;
use crate::id::{OrganId, RecordRef, RemainsId};
use crate::quantity::Quantity;
use crate::remains::Elements;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// A unit was examined. It may be examined again; the elements told by the latest examination are followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Examination {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// Of what it consists.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub elements: Option<Elements>,
    /// The record of the examination in a protected store.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A sample was taken from a unit: the first, or a further one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Sampling {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// The sample. It is retained until the record says what became of it.
    pub sample: RecordRef,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What a laboratory made of a sample. Never the profile itself (invariant 58).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ProfileOutcome {
    /// A profile that can be compared.
    Obtained,
    /// A profile that is not enough to be compared: the unit is sampled again.
    Insufficient,
    /// No usable profile by this method in this year, which is no failure for ever: it is tried again when methods improve.
    NoUsableProfile {
        /// The method.
        method: Text,
        /// The year in which it was tried.
        year: u16,
    },
}

/// A sample was analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Profiling {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// The sample, which was taken from this unit.
    pub sample: RecordRef,
    /// What came of it.
    pub outcome: ProfileOutcome,
    /// The laboratory's record in a protected store.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// The profile of a unit entered a database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct DatabaseEntry {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// Which database.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub database: Option<Text>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// The profile of a unit was compared with all references and all units that were in the database by then. What was found
/// is for identification to say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct DatabaseComparison {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// The report in a protected store.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What became of a sample that is no longer retained.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Fate {
    /// It was used up in analysis.
    UsedUp,
    /// It was destroyed, for this reason.
    Destroyed(Text),
}

/// A sample is no longer retained.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct SampleFate {
    /// The unit.
    pub unit: RemainsId,
    /// The sample.
    pub sample: RecordRef,
    /// When.
    pub on: When,
    /// What became of it.
    pub fate: Fate,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// It is recorded that no sample of a unit can be taken or retained, and why: what invariant 37 asks for in place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct NoSample {
    /// The unit.
    pub unit: RemainsId,
    /// When that was established.
    pub on: When,
    /// Why.
    pub reason: Text,
}

/// References entered the database: ante-mortem data of the missing or of their relatives. Every unit that is not identified
/// is to be compared again (invariant 38).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct AddedReferences {
    /// When.
    pub on: When,
    /// Who collected them.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub from: Option<OrganId>,
    /// How many, as stated.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub number: Option<Quantity>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about the forensic progress of units.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ForensicEntry {
    /// A unit was examined.
    Examined(Examination),
    /// A sample was taken.
    Sampled(Sampling),
    /// A sample was analysed.
    Profile(Profiling),
    /// A profile entered a database.
    InDatabase(DatabaseEntry),
    /// A profile was compared.
    Compared(DatabaseComparison),
    /// A sample is no longer retained.
    SampleGone(SampleFate),
    /// No sample is possible.
    NoSample(NoSample),
    /// References entered the database.
    ReferencesAdded(AddedReferences),
}

impl ForensicEntry {
    /// The unit of which it speaks; references are of none.
    pub fn unit(&self) -> Option<RemainsId> {
        Some(match self {
            Self::Examined(it) => it.unit,
            Self::Sampled(it) => it.unit,
            Self::Profile(it) => it.unit,
            Self::InDatabase(it) => it.unit,
            Self::Compared(it) => it.unit,
            Self::SampleGone(it) => it.unit,
            Self::NoSample(it) => it.unit,
            Self::ReferencesAdded(_) => return None,
        })
    }

    /// When it happened.
    pub fn on(&self) -> When {
        match self {
            Self::Examined(it) => it.on,
            Self::Sampled(it) => it.on,
            Self::Profile(it) => it.on,
            Self::InDatabase(it) => it.on,
            Self::Compared(it) => it.on,
            Self::SampleGone(it) => it.on,
            Self::NoSample(it) => it.on,
            Self::ReferencesAdded(it) => it.on,
        }
    }

    pub(super) fn sample(&self) -> Option<RecordRef> {
        match self {
            Self::Sampled(it) => Some(it.sample),
            Self::Profile(it) => Some(it.sample),
            Self::SampleGone(it) => Some(it.sample),
            _ => None,
        }
    }

    /// The step that it takes.
    pub(crate) fn step(&self) -> Option<Step> {
        Some(match self {
            Self::Examined(_) => Step::Examined,
            Self::Sampled(_) => Step::Sampled,
            Self::Profile(Profiling { outcome: ProfileOutcome::Obtained, .. }) => Step::Profiled,
            Self::Profile(Profiling { outcome: ProfileOutcome::Insufficient, .. }) => Step::Insufficient,
            Self::Profile(Profiling { outcome: ProfileOutcome::NoUsableProfile { .. }, .. }) => {
                Step::NoProfile
            }
            Self::InDatabase(_) => Step::InDatabase,
            Self::Compared(_) => Step::Compared,
            Self::NoSample(_) => Step::NoSample,
            Self::SampleGone(_) | Self::ReferencesAdded(_) => return None,
        })
    }
}
