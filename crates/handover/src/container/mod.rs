//! Containers: the bag, coffin or box in which remains are brought and kept.
//!
//! A container is known by its code, which is written on it once and never used again (invariant 21); the numbers
//! that others put on it are kept beside it for ever and never trusted as identity. A container is not a body and a body is not a
//! person: how many it holds is known when it is opened, and not before (`docs/rules.md` B4).

mod judge;
mod record;
mod refusal;
mod rows;

pub(crate) use judge::judge;
pub(crate) use record::{AliasRow, CalledRow, ContainerRow, MemberRow, Resolved};
pub(crate) use record::{apply, resolve};
pub use refusal::ContainerRefusal;
pub(crate) use rows::RegisteredTold;

use crate::batch::Reversal;
use crate::id::{BatchId, ContainerId, OrganId};
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Where something comes from, as far as it is told. Nothing is recorded without one, even if it is that nobody knows
/// (invariant 22).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Provenance {
    /// It is not known.
    Unknown,
    /// It is known and kept back.
    Undisclosed,
    /// As it was told, and never by coordinates (invariant 58).
    Told(Text),
}

/// A container as it enters the record. Its batch may have been known by its number alone until then: registering
/// its containers gives it a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Container {
    /// Its code.
    pub id: ContainerId,
    /// The batch that it is a part of.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub batch: Option<BatchId>,
    /// The organ that has it when it is registered.
    pub held_by: OrganId,
    /// Since when that organ certainly has it.
    pub since: When,
    /// Where it comes from.
    pub provenance: Provenance,
    /// The number of its seal, if it is sealed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub seal: Option<Text>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A number that someone else put on a container: a bag number of the sender, a tag. One container has several and
/// one number stands on several containers; it is never taken for identity (invariant 21).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Alias {
    /// The container.
    pub container: ContainerId,
    /// The number as it is written.
    pub code: Text,
    /// Whose number it is.
    pub given_by: OrganId,
}

/// A container is a part of this batch: a batch that was known by its number alone gets its manifest, or one that was
/// accepted in part is divided.
///
/// Without a date the container was a part of it from the beginning, and in place of any batch that was recorded for it
/// without a date before: the record is completed or corrected. With a date it leaves its batch then: the batch is divided. What is
/// recorded of the former batch until then stays part of the container's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Assignment {
    /// The container.
    pub container: ContainerId,
    /// The batch.
    pub batch: BatchId,
    /// Since when, if the container was in another batch before or in none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub on: Option<When>,
}

/// The manifest of a batch is complete: it has no other container than those that are recorded (B4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct ManifestComplete {
    /// The batch.
    pub batch: BatchId,
}

/// A container is no more: it is empty and was destroyed, or buried with all that is in it. Its code stays taken (invariant
/// 21).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Retirement {
    /// The container.
    pub container: ContainerId,
    /// When.
    pub on: When,
    /// What became of it.
    pub reason: Text,
}

// ---- what may be recorded

/// What may be recorded about containers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ContainerEntry {
    /// A container enters the record.
    Registered(Container),
    /// Someone else's number for it.
    Alias(Alias),
    /// It is a part of a batch.
    Assigned(Assignment),
    /// A batch has no other containers.
    Complete(ManifestComplete),
    /// It is no more.
    Retired(Retirement),
    /// An assignment, the end of a manifest or of a container was recorded wrongly.
    Reversed(Reversal),
}
