//! Lists: what each side proposed and countered, what both accepted, and what is frozen.

use alloc::vec::Vec;

use crate::id::{AgreementId, LegId, ListId, NominationId, PartyId};
use crate::text::Text;
use crate::when::When;

// ---- value types

/// How long an agreement lets neutral custody last, in days. Nothing of it is built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct CustodyDays {
    /// For explanations to the person.
    pub explanations: u16,
    /// For a conference after that.
    pub conference: u16,
    /// After so many days from the beginning the person is a civilian.
    pub civilian_after: u16,
}

/// A list of persons whom one party holds and is to hand over to another. An exchange has two.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct List {
    /// Its identifier.
    pub id: ListId,
    /// Who holds the persons.
    pub holder: PartyId,
    /// To whom they are to go.
    pub home: PartyId,
    /// When it was begun.
    pub on: When,
    /// The agreement under which it is made.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub under: Option<AgreementId>,
    /// The leg in which they are to pass.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub leg: Option<LegId>,
    /// Whether it is a repatriation without return, which no parity counts (invariant 51).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
    pub unilateral: bool,
    /// Whether active hostilities have ended: then the will of the wounded and sick is no condition any more.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
    pub after_hostilities: bool,
    /// How long neutral custody of those who decline lasts, if the agreement says it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub neutral_custody: Option<CustodyDays>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// One side proposes a version of a list. It accepts it thereby; the other side may counter with the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct ListVersion {
    /// The list.
    pub list: ListId,
    /// Its number: one more than the last.
    pub version: u16,
    /// Who is on it.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub entries: Vec<NominationId>,
    /// When it was submitted.
    pub on: When,
    /// By when a reply is due.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reply_by: Option<When>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Something is done with a version of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct ListStep {
    /// The list.
    pub list: ListId,
    /// The version.
    pub version: u16,
    /// When.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// One side answers the other's version with remarks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct ListResponse {
    /// The list.
    pub list: ListId,
    /// The version that it answers.
    pub version: u16,
    /// When.
    pub on: When,
    /// The entries to which it objects.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub objects_to: Vec<NominationId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about a list (B7).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ListEntry {
    /// It is begun.
    Drafted(List),
    /// A version is submitted, or countered.
    Submitted(ListVersion),
    /// The other side verifies it.
    UnderVerification(ListStep),
    /// The other side answers it.
    Responded(ListResponse),
    /// One side accepts it.
    Accepted(ListStep),
    /// It is frozen.
    Frozen(ListStep),
    /// It was carried out.
    Executed(ListStep),
    /// What was carried out is reconciled.
    Reconciled(ListStep),
}

impl ListEntry {
    /// When it was done.
    pub const fn on(&self) -> When {
        match self {
            Self::Drafted(list) => list.on,
            Self::Submitted(version) => version.on,
            Self::Responded(response) => response.on,
            Self::UnderVerification(step)
            | Self::Accepted(step)
            | Self::Frozen(step)
            | Self::Executed(step)
            | Self::Reconciled(step) => step.on,
        }
    }
}
