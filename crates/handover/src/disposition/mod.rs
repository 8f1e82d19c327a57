//! Disposition: where remains rest, on whose instruction, and what must be so before they are released.
//!
//! Remains are held until they are released to the family and buried; unidentified ones may be buried for a time under a
//! number that is kept for ever. They are released only if every one of these holds, and the first that does not is the
//! refusal: a decision on whose they are is in force; the family was told of it, or an authority decided in writing that
//! nobody can be; the next of kin gave an instruction, and they agree; no judicial hold stands; the code on the remains is
//! the code on the decision; a reference sample is retained, or it is recorded why none can be (`docs/rules.md` B5, axis 6;
//! invariant 37; edge cases 34 and 37). Nothing that was done is ever undone by a later revocation: it is marked.

mod grave;
mod judge;
mod record;
mod refusal;
mod rows;

pub use grave::{
    Cremation, CremationReason, Exhumation, ExhumationReason, Grave, HomeNotice, TemporaryBurial,
};
pub(crate) use judge::judge;
pub(crate) use record::{DispositionKind, DispositionRow, Resolved, apply, resolve};
pub use refusal::DispositionRefusal;
pub(crate) use rows::DispositionTold;

use core::fmt;

use crate::id::{EntryId, PersonRef, RecordRef, RemainsId, TransferId};
use crate::notice::Branch;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Where remains are in the course from custody to rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Rest {
    /// They are held.
    Held,
    /// They are held because the family waits for more to be found.
    HeldAtFamilyRequest,
    /// They are released to the family.
    Released,
    /// They are buried.
    Buried,
    /// They are cremated.
    Cremated,
    /// Unidentified, they are buried for a time, under a number.
    TemporarilyBuried,
    /// They were returned to the side that sent them.
    ReturnedToSender,
    /// They were handed on to a third party.
    TransferredOnward,
}

impl fmt::Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Held => "held",
            Self::HeldAtFamilyRequest => "held at the family's request",
            Self::Released => "released",
            Self::Buried => "buried",
            Self::Cremated => "cremated",
            Self::TemporarilyBuried => "temporarily buried",
            Self::ReturnedToSender => "returned to the sender",
            Self::TransferredOnward => "transferred onward",
        })
    }
}

/// A branch of the family asks that remains be held: it waits for more to be found (edge case 34).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct FamilyRequest {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The person.
    pub person: PersonRef,
    /// The branch.
    pub branch: Branch,
    /// When.
    pub on: When,
}

/// What happened to a unit on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Happened {
    /// The unit of remains.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// Where it is kept on record.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What next of kin wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Wish {
    /// To bury them.
    Burial,
    /// To cremate them.
    Cremation,
    /// That others bury them: a military or a memorial cemetery.
    BurialByOthers,
}

/// A branch of the family gives its instruction for a unit. Its later instruction takes the place of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Instruction {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The person.
    pub person: PersonRef,
    /// The branch; an authority in place of kin that nobody can reach if missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub branch: Option<Branch>,
    /// What it wishes.
    pub wish: Wish,
    /// To whom they are to be released: a reference, and never a name.
    pub to: RecordRef,
    /// When.
    pub on: When,
}

/// A difference between next of kin is settled: this is followed (edge case 34).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Settlement {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The person.
    pub person: PersonRef,
    /// What is followed.
    pub wish: Wish,
    /// To whom they are to be released.
    pub to: RecordRef,
    /// The agreement or the judgment that settled it.
    pub record: RecordRef,
    /// When.
    pub on: When,
}

/// An organ of justice holds remains, as evidence or for another reason. Lifted by its [`HoldLift`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct JudicialHold {
    /// The unit of remains.
    pub unit: RemainsId,
    /// Why.
    pub reason: Text,
    /// Since when.
    pub on: When,
}

/// A judicial hold is lifted, by the organ that placed it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct HoldLift {
    /// The entry that placed the hold.
    pub hold: EntryId,
    /// Why.
    pub reason: Text,
    /// When.
    pub on: When,
}

/// Remains are released to the family: the code on the remains was compared with the code on the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Release {
    /// The unit of remains.
    pub unit: RemainsId,
    /// To whom: a reference, and never a name.
    pub to: RecordRef,
    /// The code that was read on the remains.
    pub code_on_remains: RemainsId,
    /// The code that was read on the decision.
    pub code_on_decision: RemainsId,
    /// When.
    pub on: When,
}

/// Remains left in a transfer of custody: back to the sender, or on to a third party.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Departure {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The transfer.
    pub transfer: TransferId,
    /// When.
    pub on: When,
}

// ---- what may be recorded

/// What may be recorded about disposition.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum DispositionEntry {
    /// The family asks that they be held.
    HeldAtFamilyRequest(FamilyRequest),
    /// The family does not ask so any more.
    RequestEnded(Happened),
    /// Next of kin give an instruction.
    Instructed(Instruction),
    /// A difference between next of kin is settled.
    KinSettled(Settlement),
    /// A judicial hold is placed.
    JudicialHold(JudicialHold),
    /// A judicial hold is lifted.
    HoldLifted(HoldLift),
    /// They are released.
    Released(Release),
    /// They are given back by the family or taken back from it, before or without a burial.
    TakenBack(Happened),
    /// They are buried.
    Buried(Happened),
    /// They are cremated.
    Cremated(Cremation),
    /// They are buried for a time.
    TemporarilyBuried(TemporaryBurial),
    /// They are exhumed.
    Exhumed(Exhumation),
    /// They went back to the side that sent them.
    ReturnedToSender(Departure),
    /// They went on to a third party.
    TransferredOnward(Departure),
}

impl DispositionEntry {
    /// When it happened.
    pub fn on(&self) -> When {
        match self {
            Self::HeldAtFamilyRequest(entry) => entry.on,
            Self::RequestEnded(entry) | Self::TakenBack(entry) | Self::Buried(entry) => entry.on,
            Self::Instructed(entry) => entry.on,
            Self::KinSettled(entry) => entry.on,
            Self::JudicialHold(entry) => entry.on,
            Self::HoldLifted(entry) => entry.on,
            Self::Released(entry) => entry.on,
            Self::Cremated(entry) => entry.on,
            Self::TemporarilyBuried(entry) => entry.on,
            Self::Exhumed(entry) => entry.on,
            Self::ReturnedToSender(entry) | Self::TransferredOnward(entry) => entry.on,
        }
    }

    /// The unit of which it speaks; the lifting of a hold speaks of its hold's.
    pub fn unit(&self) -> Option<RemainsId> {
        match self {
            Self::HeldAtFamilyRequest(entry) => Some(entry.unit),
            Self::RequestEnded(entry) | Self::TakenBack(entry) | Self::Buried(entry) => Some(entry.unit),
            Self::Instructed(entry) => Some(entry.unit),
            Self::KinSettled(entry) => Some(entry.unit),
            Self::JudicialHold(entry) => Some(entry.unit),
            Self::HoldLifted(_) => None,
            Self::Released(entry) => Some(entry.unit),
            Self::Cremated(entry) => Some(entry.unit),
            Self::TemporarilyBuried(entry) => Some(entry.unit),
            Self::Exhumed(entry) => Some(entry.unit),
            Self::ReturnedToSender(entry) | Self::TransferredOnward(entry) => Some(entry.unit),
        }
    }

    /// Where the remains are after it, if it moves them in their course.
    pub fn rest(&self) -> Option<Rest> {
        Some(match self {
            Self::HeldAtFamilyRequest(_) => Rest::HeldAtFamilyRequest,
            Self::RequestEnded(_) | Self::TakenBack(_) | Self::Exhumed(_) => Rest::Held,
            Self::Released(_) => Rest::Released,
            Self::Buried(_) => Rest::Buried,
            Self::Cremated(_) => Rest::Cremated,
            Self::TemporarilyBuried(_) => Rest::TemporarilyBuried,
            Self::ReturnedToSender(_) => Rest::ReturnedToSender,
            Self::TransferredOnward(_) => Rest::TransferredOnward,
            Self::Instructed(_) | Self::KinSettled(_) | Self::JudicialHold(_) | Self::HoldLifted(_) => {
                return None;
            }
        })
    }
}

#[cfg(test)]
mod guards;
#[cfg(test)]
mod tests;
