//! Identification: a revocable decision of a competent authority, on evidence, under a policy that is itself recorded.

use core::fmt;

use crate::held::EntryRow;
use crate::id::{OrganId, PolicyId};
use crate::refusal::{Refusal, Rule};
use crate::state::State;
use crate::table::Idx;

// ---- value types

/// What an identification must rest on, as configuration: the ledger has none built in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Policy {
    /// Its identifier.
    pub id: PolicyId,
}

// ---- what may be recorded

/// What may be recorded about identification.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum IdentificationEntry {
    /// A policy enters the record.
    Policy(Policy),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct PolicyRow {
    pub(crate) id: PolicyId,
    pub(crate) entry: Idx<EntryRow>,
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Policy(PolicyRow),
}

pub(crate) fn resolve(state: &State, _by: OrganId, entry: &IdentificationEntry) -> Result<Resolved, Refusal> {
    let IdentificationEntry::Policy(policy) = entry;
    state.policies.is_new(policy.id)?;
    Ok(Resolved::Policy(PolicyRow { id: policy.id, entry: state.entries.next() }))
}

pub(crate) fn judge(_state: &State, _resolved: &Resolved) -> Result<(), Refusal> {
    Ok(())
}

/// What is impossible of an identification (B5; invariants 29 to 36 and 41).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentificationRefusal {}

impl IdentificationRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match *self {}
    }
}

impl fmt::Display for IdentificationRefusal {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, _entry: Idx<EntryRow>, resolved: Resolved) {
    let Resolved::Policy(row) = resolved;
    state.policies.add(row);
}
