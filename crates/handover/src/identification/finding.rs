//! Findings on a unit that can contradict what is known of a person, and what is written where a contradiction is resolved.

use alloc::vec::Vec;

use crate::id::{EntryId, PersonRef, RecordRef, RemainsId};
use crate::person::Sex;
use crate::text::Text;
use crate::when::When;

/// What was found of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Observed {
    /// Its sex, as examined.
    Sex(Sex),
    /// When it was found or recovered.
    Recovered(When),
    /// Death was not later than this, as estimated.
    DeathBy(When),
    /// It is a complete body: two such are never the same person.
    CompleteBody,
}

/// On what a finding rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum FoundBy {
    /// An examination of the remains.
    Examination,
    /// A genetic analysis.
    GeneticAnalysis,
    /// The record of those who found them.
    Record,
}

/// A finding on a unit. The organ whose word the entry is has made it: only that organ withdraws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Finding {
    /// The unit.
    pub unit: RemainsId,
    /// What was found.
    pub observed: Observed,
    /// On what it rests.
    pub by: FoundBy,
    /// The report, in the store that keeps it.
    pub record: RecordRef,
}

/// Why a contradiction does not stand in the way: in writing, by an organ that may decide (invariant 34).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Reconciliation {
    /// The units.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub units: Vec<RemainsId>,
    /// The person.
    pub person: PersonRef,
    /// What is known of the person, or the evidence that is at odds.
    pub fact: EntryId,
    /// The finding that it contradicts, if one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub finding: Option<EntryId>,
    /// The explanation.
    pub explanation: Text,
    /// The file, in the store that keeps it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
}

/// An organ takes back evidence, a finding, an exclusion or a reconciliation of its own. What rested on it is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Retraction {
    /// The entry that is taken back.
    pub entry: EntryId,
    /// Why.
    pub reason: Text,
}
