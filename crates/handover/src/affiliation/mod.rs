//! Affiliation: whose remains are, by which authority's determination, and what follows from it.
//!
//! A determination is independent of what the sender claimed and of who is identified (invariant 40). It is presumed or
//! determined, revoked or replaced by the authority that made it, and nothing is deleted. Two authorities may differ: each
//! determination is its authority's word, and the readings tell them apart. What follows is derived: a duty to return
//! to the side that sent them the remains of its own, an obligation to hand on to a third party the remains of its
//! own, and whether a unit is credited to an obligation (`docs/rules.md` B5, axis 4; edge cases 20, 24, 25, 27).

mod record;
mod refusal;
mod rows;

pub(crate) use record::{AffiliationKind, AffiliationRow, Resolved, apply, judge, resolve};
pub use refusal::AffiliationRefusal;
pub(crate) use rows::AffiliationTold;

use alloc::vec::Vec;

use crate::claim::{Affiliation, CreditDenial};
use crate::id::{EntryId, ObligationId, PartyId, RecordRef, RemainsId};
use crate::text::Text;
use crate::when::When;

// ---- value types

/// On what a presumption or a determination of affiliation rests.
///
/// Uniforms and papers lie: the documents of one side were found in the pocket of a soldier of the other (edge case 28).
/// What is presumptive supports and never determines.
///
/// ```
/// use handover::affiliation::Ground;
///
/// assert!(Ground::Uniform.is_presumptive() && !Ground::Genetic.is_presumptive());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Ground {
    /// A genetic comparison, with relatives' or direct samples.
    Genetic,
    /// A forensic examination: medical, anthropological, dental.
    Examination,
    /// Who the person is was decided.
    Identification,
    /// An identity disc.
    Disc,
    /// Documents that were found with the remains.
    Documents,
    /// Uniform or equipment.
    Uniform,
    /// Where they were found.
    PlaceFound,
    /// What the sender says of them.
    SendersWord,
}

impl Ground {
    /// Whether it supports a presumption and never determines by itself.
    pub fn is_presumptive(self) -> bool {
        match self {
            Self::Genetic | Self::Examination | Self::Identification => false,
            Self::Disc | Self::Documents | Self::Uniform | Self::PlaceFound | Self::SendersWord => true,
        }
    }
}

/// Remains are presumed to be of this affiliation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Presumption {
    /// The unit of remains.
    pub unit: RemainsId,
    /// Whose they are presumed to be.
    pub of: Affiliation,
    /// Since when.
    pub on: When,
    /// On what it rests.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub grounds: Vec<Ground>,
    /// Where the grounds are kept.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// An authority determined whose remains they are: the organ for which the entry's speaker speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Attribution {
    /// The unit of remains.
    pub unit: RemainsId,
    /// Whose they are.
    pub of: Affiliation,
    /// When it was decided.
    pub on: When,
    /// On what it rests: at least one ground that is not presumptive.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub grounds: Vec<Ground>,
    /// The authority's own former determination, whose place it takes.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub instead_of: Option<EntryId>,
    /// Where the decision is kept.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Remains are not to be given back before a condition is met: "until the result is certain" (edge case 27). Lifted by its
/// [`AffiliationRetraction`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct ReturnBlock {
    /// The unit of remains.
    pub unit: RemainsId,
    /// Until what.
    pub until: Text,
    /// Since when.
    pub on: When,
}

/// A duty to return or to hand on is closed in another way than by handing over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct DutyClosure {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The party to which it is owed; a third state that is not on the record if missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub towards: Option<PartyId>,
    /// Why.
    pub reason: Text,
    /// When.
    pub on: When,
}

/// The creditor does not credit a unit to an obligation. The record of its custody, and its dignity, are as before
/// (edge case 24).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct UnitDenial {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The obligation.
    pub obligation: ObligationId,
    /// Why.
    pub reason: CreditDenial,
    /// When it was denied.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Debtor and creditor agree that a unit counts towards this obligation, whatever it was offered for (invariant 14).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct SetOff {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The obligation.
    pub obligation: ObligationId,
    /// The parties that consented: debtor and creditor.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
    /// When they agreed.
    pub on: When,
}

/// An entry about affiliation does not hold any more: a presumption is given up, a determination revoked, a block lifted, a
/// denial or a set-off reversed. By the organ that made it, once (invariant 12).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct AffiliationRetraction {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: Text,
    /// When.
    pub on: When,
}

// ---- what may be recorded

/// What may be recorded about affiliation. The organ for which the entry's speaker speaks is the authority.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum AffiliationEntry {
    /// An affiliation is presumed.
    Presumed(Presumption),
    /// An affiliation is determined.
    Determined(Attribution),
    /// A return waits for a condition.
    Blocked(ReturnBlock),
    /// A duty to return or hand on is closed.
    DutyClosed(DutyClosure),
    /// A unit is denied credit.
    CreditDenied(UnitDenial),
    /// A unit counts towards another obligation.
    SetOff(SetOff),
    /// One of these does not hold any more.
    Retracted(AffiliationRetraction),
}

impl AffiliationEntry {
    /// When it happened.
    pub fn on(&self) -> When {
        match self {
            Self::Presumed(entry) => entry.on,
            Self::Determined(entry) => entry.on,
            Self::Blocked(entry) => entry.on,
            Self::DutyClosed(entry) => entry.on,
            Self::CreditDenied(entry) => entry.on,
            Self::SetOff(entry) => entry.on,
            Self::Retracted(entry) => entry.on,
        }
    }

    /// The unit of which it speaks; a retraction speaks of its entry's.
    pub fn unit(&self) -> Option<RemainsId> {
        match self {
            Self::Presumed(entry) => Some(entry.unit),
            Self::Determined(entry) => Some(entry.unit),
            Self::Blocked(entry) => Some(entry.unit),
            Self::DutyClosed(entry) => Some(entry.unit),
            Self::CreditDenied(entry) => Some(entry.unit),
            Self::SetOff(entry) => Some(entry.unit),
            Self::Retracted(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
