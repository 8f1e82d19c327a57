//! Persons, under an opaque reference: as little as a contradiction needs, and never a name.

use core::fmt;

use crate::held::EntryRow;
use crate::id::{OrganId, PersonRef};
use crate::refusal::{Refusal, Rule};
use crate::state::State;
use crate::table::Idx;

// ---- value types

/// A person of whom the record speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Person {
    /// The reference. Whose it is stands in a store of its own.
    pub id: PersonRef,
}

// ---- what may be recorded

/// What may be recorded about persons.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum PersonEntry {
    /// A person enters the record.
    Introduced(Person),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct PersonRow {
    pub(crate) id: PersonRef,
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(PersonRow),
}

pub(crate) fn resolve(state: &State, _by: OrganId, entry: &PersonEntry) -> Result<Resolved, Refusal> {
    let PersonEntry::Introduced(person) = entry;
    state.persons.is_new(person.id)?;
    Ok(Resolved::Introduced(PersonRow { id: person.id }))
}

pub(crate) fn judge(_state: &State, _resolved: &Resolved) -> Result<(), Refusal> {
    Ok(())
}

/// What is impossible of a person (B6).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PersonRefusal {}

impl PersonRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match *self {}
    }
}

impl fmt::Display for PersonRefusal {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, _entry: Idx<EntryRow>, resolved: Resolved) {
    let Resolved::Introduced(row) = resolved;
    state.persons.add(row);
}
