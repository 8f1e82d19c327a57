//! Custody: from whom to whom remains pass, told by both ends.
//!
//! A [`Transfer`] is one movement from one custodian to another. Each end tells what it gave or received, and neither
//! overwrites the other (invariant 23). Between the two the transfer is open. Transfers are ordered by the time of the
//! event, whatever the order in which they are learned; one that does not fit the chain is admitted and marked
//! (invariant 20; `docs/rules.md` B4). An intermediary that takes custody makes two transfers; one that only attests is a
//! witness of one. Receipt implies nothing of number, identity or affiliation (invariant 24).

mod apply;
mod compare;
mod judge;
mod record;
mod refusal;
mod rows;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

pub(crate) use apply::apply;
pub(crate) use compare::Differences;
pub(crate) use judge::{can_hold, judge};
pub(crate) use record::resolve;
pub(crate) use record::{
    AffectedKey, AffectedRow, DiscrepancyRow, EndRow, ExplanationRow, HeldKey, IncidentRow, OpeningRow,
    Resolved, TransferRow,
};
pub use refusal::CustodyRefusal;
pub(crate) use rows::{EndTold, TransferTold};

use crate::batch::Reversal;
use crate::claim::Place;
use crate::id::{BatchId, ContainerId, EntryId, LegId, OrganId, RemainsId, TransferId};
use crate::quantity::Count;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// What is held and passes: a batch with all that it consists of at that time, one container, or one unit of remains that left
/// its container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Held {
    /// All containers of a batch.
    Batch(BatchId),
    /// A container and what is in it.
    Container(ContainerId),
    /// A unit of remains.
    Remains(RemainsId),
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Batch(id) => write!(f, "batch `{id}`"),
            Self::Container(id) => write!(f, "container `{id}`"),
            Self::Remains(id) => write!(f, "unit of remains `{id}`"),
        }
    }
}

/// By what something is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Conveyance {
    /// By rail.
    Rail,
    /// By road.
    Road,
    /// By air.
    Air,
    /// By sea.
    Sea,
}

/// How a transfer is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Transport {
    /// By what, in the order of the way.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub by: Vec<Conveyance>,
    /// Whether it is refrigerated, if that is told.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub refrigerated: Option<bool>,
    /// Where it is loaded over on the way.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub transshipped_at: Vec<Place>,
}

/// One movement from one custodian to another. It is no statement that anything was given: that is for its ends to tell.
///
/// [`ChainView`](crate::reading::ChainView) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Transfer {
    /// Its identifier.
    pub id: TransferId,
    /// What passes.
    pub of: Held,
    /// Who gives.
    pub from: OrganId,
    /// Who receives.
    pub to: OrganId,
    /// Who attests it and takes no custody (invariant 25).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub witnessed_by: Vec<OrganId>,
    /// The leg of a handover that it is a part of.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub leg: Option<LegId>,
    /// How it is carried out.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub transport: Option<Box<Transport>>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A seal as an end found it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Seal {
    /// Whole.
    Intact,
    /// Broken.
    Broken,
    /// There is none.
    Missing,
    /// Whole, with another number than is recorded.
    OtherNumber(Text),
}

/// The seal of one container.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct SealFound {
    /// The container.
    pub container: ContainerId,
    /// Its seal.
    pub seal: Seal,
}

/// What an end counted and found. It is that end's word and nobody else's (invariant 23).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Findings {
    /// How many it counts. A count of a whole batch is that side's claim on the count of the batch; one of a receipt in
    /// part is of what was received, and one of what was refused altogether is of what was offered.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub count: Option<Box<Count>>,
    /// The seals.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub seals: Vec<SealFound>,
    /// In what condition.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub condition: Option<Text>,
}

impl Findings {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The giving end of a transfer, by the organ that stands there or another of its party.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Giving {
    /// The transfer.
    pub transfer: TransferId,
    /// When it was given.
    pub on: When,
    /// What this end counted and found.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Findings::is_empty"))]
    pub found: Findings,
    /// The entry of this end that no longer stands, told by the same organ.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub corrects: Option<EntryId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// How far what was given is accepted. Acceptance is of custody alone: of no count, no identity and no affiliation
/// (invariant 24).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Acceptance {
    /// In full.
    InFull,
    /// All of it, with the reservation that nothing was verified: the usual case.
    WithReservation,
    /// Some of it.
    InPart(Box<Partly>),
    /// Nothing of it, for this reason. It stays with who gives.
    Refused(Text),
}

/// What of a transfer was not received.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Partly {
    /// The containers that were refused: they stay with who gives.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub refused: Vec<ContainerId>,
    /// The containers that did not arrive: nobody tells where they are.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub missing: Vec<ContainerId>,
    /// Why.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<Text>,
}

/// The receiving end of a transfer, by the organ that stands there or another of its party.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Receipt {
    /// The transfer.
    pub transfer: TransferId,
    /// When it was received or refused.
    pub on: When,
    /// How far it was accepted.
    pub accepted: Acceptance,
    /// What this end counted and found.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Findings::is_empty"))]
    pub found: Findings,
    /// The entry of this end that no longer stands, told by the same organ.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub corrects: Option<EntryId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// To what something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Affected {
    /// To a batch.
    Batch(BatchId),
    /// To a container.
    Container(ContainerId),
    /// To a unit of remains.
    Remains(RemainsId),
    /// To what was under way.
    Transfer(TransferId),
}

impl fmt::Display for Affected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Batch(id) => Held::Batch(*id).fmt(f),
            Self::Container(id) => Held::Container(*id).fmt(f),
            Self::Remains(id) => Held::Remains(*id).fmt(f),
            Self::Transfer(id) => write!(f, "transfer `{id}`"),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum IncidentKind {
    /// It is not found.
    Missing,
    /// It is found again.
    FoundAgain,
    /// It is damaged.
    Damaged,
    /// It is not sealed as it should be.
    MisSealed,
    /// It was too warm or too cold.
    TemperatureOutOfRange,
    /// It was emptied.
    Emptied,
    /// Something else.
    Other(Text),
}

/// Something happened to what is held. It is an event beside the chain of custody and takes nothing back (invariant 28).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Incident {
    /// To what.
    pub of: Affected,
    /// What.
    pub kind: IncidentKind,
    /// When.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Two entries cannot both be right, in the view of who records it. Those that follow from the two ends of a transfer
/// open by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Discrepancy {
    /// The one entry.
    pub first: EntryId,
    /// The other.
    pub second: EntryId,
    /// In what they differ.
    pub about: Text,
}

/// How a discrepancy is explained. Nothing else closes one, later equal counts neither (B4).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Explanation {
    /// The one entry that it is between.
    pub first: EntryId,
    /// The other.
    pub second: EntryId,
    /// How it came about.
    pub explanation: Text,
}

// ---- what may be recorded

/// What may be recorded about custody.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum CustodyEntry {
    /// A transfer enters the record.
    Introduced(Transfer),
    /// One end gave it.
    Given(Giving),
    /// The other end received it.
    Received(Receipt),
    /// Something happened.
    Incident(Incident),
    /// Two entries cannot both be right.
    Discrepancy(Discrepancy),
    /// Why they differ.
    Explained(Explanation),
    /// An end or an incident was recorded wrongly.
    Reversed(Reversal),
}
