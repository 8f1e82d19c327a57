//! Containers: the bag, coffin or box in which remains are brought and kept.
//!
//! A container is known by its code, which is written on it once and never used again (invariant 21); the numbers
//! that others put on it are kept beside it for ever and never trusted as identity. A container is not a body and a body is not a
//! person: how many it holds is known when it is opened, and not before (`docs/rules.md` B4).

use core::fmt;

use crate::batch::BatchRow;
use crate::held::EntryRow;
use crate::id::{BatchId, ContainerId, OrganId};
use crate::obligation::Matter;
use crate::party::OrganRow;
use crate::refusal::{Refusal, Rule};
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Where something comes from, as far as it is told. Nothing is recorded without one, even if it is that nobody knows
/// (invariant 22).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum Provenance {
    /// It is not known.
    Unknown,
    /// It is known and kept back.
    Undisclosed,
    /// As it was told, and never by coordinates (invariant 58).
    Told(Text),
}

/// A container as it enters the record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
pub struct Alias {
    /// The container.
    pub container: ContainerId,
    /// The number as it is written.
    pub code: Text,
    /// Whose number it is.
    pub given_by: OrganId,
}

/// A container is counted in this batch from now on: a batch that was known by its number alone gets its manifest, or
/// one that was accepted in part is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Assignment {
    /// The container.
    pub container: ContainerId,
    /// The batch.
    pub batch: BatchId,
}

// ---- what may be recorded

/// What may be recorded about containers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ContainerEntry {
    /// A container enters the record.
    Registered(Container),
    /// Someone else's number for it.
    Alias(Alias),
    /// It is a part of a batch.
    Assigned(Assignment),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct ContainerRow {
    pub(crate) id: ContainerId,
    /// The entry that registered it.
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) held_by: Idx<OrganRow>,
    /// Of what batch it is a part.
    pub(crate) member: Option<Idx<MemberRow>>,
    /// The entry that opened it.
    pub(crate) opened_by: Option<Idx<EntryRow>>,
    pub(crate) last_unit: Option<Idx<UnitRow>>,
    pub(crate) last_alias: Option<Idx<AliasRow>>,
}

/// That a container is, or was, a part of a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MemberRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) container: Idx<ContainerRow>,
    pub(crate) batch: Idx<BatchRow>,
    former_of_batch: Option<Idx<MemberRow>>,
}

#[derive(Clone, Debug)]
pub(crate) struct AliasRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) former_of_container: Option<Idx<AliasRow>>,
}

impl State {
    /// The containers that are a part of a batch now, the latest first.
    pub(crate) fn containers_of_batch(
        &self,
        batch: Idx<BatchRow>,
    ) -> impl Iterator<Item = Idx<ContainerRow>> {
        core::iter::successors(self.batches.get(batch).last_member, |at| {
            self.members.get(*at).former_of_batch
        })
        .map(|at| (at, self.members.get(at).container))
        .filter(|(at, container)| self.containers.get(*container).member == Some(*at))
        .map(|(_, container)| container)
    }

    /// The batch that a container is a part of now.
    pub(crate) fn batch_of_container(&self, container: Idx<ContainerRow>) -> Option<Idx<BatchRow>> {
        self.containers.get(container).member.map(|at| self.members.get(at).batch)
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Registered(ContainerRow, Option<Idx<BatchRow>>),
    Alias(Idx<ContainerRow>),
    Assigned(Idx<ContainerRow>, Idx<BatchRow>),
}

pub(crate) fn resolve(state: &State, _by: OrganId, entry: &ContainerEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        ContainerEntry::Registered(container) => {
            state.containers.is_new(container.id)?;
            let batch = container.batch.map(|id| state.batches.find(id)).transpose()?;
            let row = ContainerRow {
                id: container.id,
                // The entry is added before what it records.
                entry: state.entries.next(),
                held_by: state.organs.find(container.held_by)?,
                member: None,
                opened_by: None,
                last_unit: None,
                last_alias: None,
            };
            Resolved::Registered(row, batch)
        }
        ContainerEntry::Alias(alias) => {
            state.organs.find(alias.given_by)?;
            Resolved::Alias(state.containers.find(alias.container)?)
        }
        ContainerEntry::Assigned(assignment) => Resolved::Assigned(
            state.containers.find(assignment.container)?,
            state.batches.find(assignment.batch)?,
        ),
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let batch = match resolved {
        Resolved::Registered(_, batch) => *batch,
        Resolved::Alias(_) => None,
        Resolved::Assigned(_, batch) => Some(*batch),
    };
    if let Some(batch) = batch {
        let batch = state.batches.get(batch);
        if batch.of.matter != Matter::Remains {
            return Err(ContainerRefusal::BatchOfTheLiving(batch.id).into());
        }
    }
    Ok(())
}

/// What is impossible of a container (B4).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContainerRefusal {
    /// The living are not kept in containers.
    BatchOfTheLiving(BatchId),
}

impl ContainerRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::BatchOfTheLiving(_) => Rule::unnumbered("containers hold remains"),
        }
    }
}

impl fmt::Display for ContainerRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BatchOfTheLiving(batch) => {
                write!(f, "expected a batch of remains, found `{batch}`, which is of the living")
            }
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Registered(row, batch) => {
            let row = state.containers.add(row);
            if let Some(batch) = batch {
                assign(state, entry, row, batch);
            }
        }
        Resolved::Alias(container) => {
            let former_of_container = state.containers.get(container).last_alias;
            let row = state.aliases.add(AliasRow { entry, former_of_container });
            state.containers.change(container, |container| container.last_alias = Some(row));
        }
        Resolved::Assigned(container, batch) => assign(state, entry, container, batch),
    }
}

fn assign(state: &mut State, entry: Idx<EntryRow>, container: Idx<ContainerRow>, batch: Idx<BatchRow>) {
    let former_of_batch = state.batches.get(batch).last_member;
    let row = state.members.add(MemberRow { entry, container, batch, former_of_batch });
    state.containers.change(container, |container| container.member = Some(row));
    state.batches.change(batch, |batch| batch.last_member = Some(row));
}
