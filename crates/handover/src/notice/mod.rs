//! Notice: who of a person's family is to be told, how often they choose to be told, and what became of it.
//!
//! A family is known by the numbers of its branches, and never by a name: contacts are kept elsewhere. A notice is due
//! to a branch when a decision on whose remains a unit is is in force, as often as the branch chose. Nobody to tell and
//! nobody who may be told without danger are states of their own (`docs/rules.md` B5, axis 5; edge cases 23 and 35).

mod family;
mod record;
mod refusal;
mod rows;

pub(crate) use record::{FamilyRow, NoticeRow, Resolved, apply, judge, resolve};
pub use refusal::{NoticeRefusal, WhyNotDue};
pub(crate) use rows::NoticeTold;

use core::fmt;

use crate::id::{EntryId, PersonRef, RecordRef, RemainsId};
use crate::text::Text;
use crate::when::When;

// ---- value types

/// The number of a branch of a person's family: a spouse's household, a parent's. It says nothing of who that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Branch(pub u16);

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// How often a branch of a family chooses to be told of what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Preference {
    /// It was not asked. It is told of every find until it is.
    NotAsked,
    /// Of every find.
    EveryFind,
    /// Of the first find only.
    FirstOnly,
    /// When no more is to be found: when the case is closed.
    AtEnd,
    /// Of none.
    Never,
}

/// A branch of a person's family is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct FamilyBranch {
    /// The person.
    pub person: PersonRef,
    /// The branch.
    pub branch: Branch,
    /// How often it chooses to be told.
    pub preference: Preference,
    /// Since when that is known.
    pub on: When,
    /// Where its contact is kept.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub contact: Option<RecordRef>,
}

/// A branch chooses anew how often it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct PreferenceChange {
    /// The person.
    pub person: PersonRef,
    /// The branch.
    pub branch: Branch,
    /// What it chooses.
    pub preference: Preference,
    /// When.
    pub on: When,
}

/// No kin of a person are known, or contact would endanger them: a state of its own (edge case 35). A branch that becomes known
/// later ends the first; a [`Resumption`] ends either.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Unreachable {
    /// The person.
    pub person: PersonRef,
    /// The branch that contact would endanger; every one if missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub branch: Option<Branch>,
    /// The authority's decision in writing. Without one nothing is released on this ground.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub decision: Option<RecordRef>,
    /// Since when.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// That kin are not known, or that contact endangers them, does not hold any more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Resumption {
    /// The entry that said so.
    pub entry: EntryId,
    /// Why.
    pub reason: Text,
    /// Since when.
    pub on: When,
}

/// One step of telling a branch of a family that a unit is decided to be of this person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Notice {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The person.
    pub person: PersonRef,
    /// The branch.
    pub branch: Branch,
    /// When.
    pub on: When,
    /// Where it is kept: the protocol, the letter, the family's objection.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
}

// ---- what may be recorded

/// What may be recorded about the notification of families.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum NoticeEntry {
    /// A branch of a family becomes known.
    Branch(FamilyBranch),
    /// It chooses anew how often it is told.
    Preferred(PreferenceChange),
    /// No kin are known.
    NoKinKnown(Unreachable),
    /// Contact would endanger the kin.
    ContactEndangersKin(Unreachable),
    /// One of these does not hold any more.
    Resumed(Resumption),
    /// An attempt to reach the family failed.
    Attempted(Notice),
    /// The family was told.
    Notified(Notice),
    /// The family acknowledged it.
    Acknowledged(Notice),
    /// The family contests it.
    Contested(Notice),
    /// The family was told that the decision of which it was told is revoked (invariant 35).
    ToldOfRevocation(Notice),
}

impl NoticeEntry {
    /// When it happened.
    pub fn on(&self) -> When {
        match self {
            Self::Branch(entry) => entry.on,
            Self::Preferred(entry) => entry.on,
            Self::NoKinKnown(entry) | Self::ContactEndangersKin(entry) => entry.on,
            Self::Resumed(entry) => entry.on,
            Self::Attempted(notice)
            | Self::Notified(notice)
            | Self::Acknowledged(notice)
            | Self::Contested(notice)
            | Self::ToldOfRevocation(notice) => notice.on,
        }
    }

    /// The step of telling that it records, if it is one.
    pub fn notice(&self) -> Option<&Notice> {
        match self {
            Self::Attempted(notice)
            | Self::Notified(notice)
            | Self::Acknowledged(notice)
            | Self::Contested(notice)
            | Self::ToldOfRevocation(notice) => Some(notice),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
