//! Custody: from whom to whom remains pass, told by both ends.
//!
//! A [`Transfer`] is one movement from one custodian to another. Each end tells what it gave or received, and neither
//! overwrites the other (invariant 23). Between the two the transfer is open. Transfers are ordered by the time of the
//! event, whatever the order in which they are learned; one that does not fit the chain is admitted and marked
//! (invariant 20; `docs/rules.md` B4).

use core::fmt;

use crate::batch::BatchRow;
use crate::container::ContainerRow;
use crate::held::EntryRow;
use crate::id::{BatchId, ContainerId, OrganId, RemainsId, TransferId};
use crate::party::OrganRow;
use crate::refusal::{Refusal, Rule};
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// What is held and passes: a batch with all that it consists of at that time, one container, or one unit of remains that left
/// its container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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

/// One movement from one custodian to another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Transfer {
    /// Its identifier.
    pub id: TransferId,
    /// What passes.
    pub of: Held,
    /// Who gives.
    pub from: OrganId,
    /// Who receives.
    pub to: OrganId,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// One end of a transfer, by the organ that stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct End {
    /// The transfer.
    pub transfer: TransferId,
    /// When it was given or received.
    pub on: When,
}

// ---- what may be recorded

/// What may be recorded about custody.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum CustodyEntry {
    /// A transfer enters the record.
    Introduced(Transfer),
    /// One end gave it.
    Given(End),
    /// The other end received it.
    Received(End),
}

// ---- state

/// What is held, by the places of its rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum HeldKey {
    Batch(Idx<BatchRow>),
    Container(Idx<ContainerRow>),
    Remains(Idx<UnitRow>),
}

#[derive(Clone, Debug)]
pub(crate) struct TransferRow {
    pub(crate) id: TransferId,
    pub(crate) of: HeldKey,
    pub(crate) from: Idx<OrganRow>,
    pub(crate) to: Idx<OrganRow>,
    pub(crate) given: Option<Idx<EntryRow>>,
    pub(crate) received: Option<Idx<EntryRow>>,
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(TransferRow),
    Given(Idx<TransferRow>),
    Received(Idx<TransferRow>),
}

pub(crate) fn resolve(state: &State, _by: OrganId, entry: &CustodyEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        CustodyEntry::Introduced(transfer) => {
            state.transfers.is_new(transfer.id)?;
            let of = match transfer.of {
                Held::Batch(id) => HeldKey::Batch(state.batches.find(id)?),
                Held::Container(id) => HeldKey::Container(state.containers.find(id)?),
                Held::Remains(id) => HeldKey::Remains(state.units.find(id)?),
            };
            let (from, to) = (state.organs.find(transfer.from)?, state.organs.find(transfer.to)?);
            Resolved::Introduced(TransferRow { id: transfer.id, of, from, to, given: None, received: None })
        }
        CustodyEntry::Given(end) => Resolved::Given(state.transfers.find(end.transfer)?),
        CustodyEntry::Received(end) => Resolved::Received(state.transfers.find(end.transfer)?),
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Introduced(row) if row.from == row.to => {
            Err(CustodyRefusal::ToItself(state.organs.get(row.from).id).into())
        }
        _ => Ok(()),
    }
}

/// What is impossible of custody (B4; invariants 20 and 23).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustodyRefusal {
    /// Nobody gives to themselves.
    ToItself(OrganId),
}

impl CustodyRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::ToItself(_) => Rule::numbered(20, "custody passes from one to another"),
        }
    }
}

impl fmt::Display for CustodyRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ToItself(organ) => write!(f, "expected two custodians, found `{organ}` on both ends"),
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Introduced(row) => {
            state.transfers.add(row);
        }
        Resolved::Given(transfer) => state.transfers.change(transfer, |row| row.given = Some(entry)),
        Resolved::Received(transfer) => state.transfers.change(transfer, |row| row.received = Some(entry)),
    }
}
