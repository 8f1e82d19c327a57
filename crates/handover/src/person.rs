//! Persons, under an opaque reference: as little as a contradiction needs, and never a name.

use core::fmt;

use crate::entry::Entry;
use crate::id::{OrganId, PersonRef};
use crate::identification::DecisionRow;
use crate::notice::{FamilyRow, NoticeRow};
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
    /// The latest statement about the person.
    pub(crate) last_fact: Option<Idx<FactRow>>,
    /// The latest decision that remains are this person's.
    pub(crate) last_decision: Option<Idx<DecisionRow>>,
    /// The latest entry about the person's family.
    pub(crate) last_family: Option<Idx<FamilyRow>>,
    /// The latest notice to the family.
    pub(crate) last_notice: Option<Idx<NoticeRow>>,
}

/// That an entry states something of a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FactRow {
    pub(crate) entry: Idx<Entry>,
    former: Option<Idx<FactRow>>,
}

impl State {
    /// The entries that state something of a person, withdrawn ones too, the latest first.
    pub(crate) fn facts_of_person(&self, person: Idx<PersonRow>) -> impl Iterator<Item = Idx<Entry>> {
        core::iter::successors(self.persons.get(person).last_fact, |at| self.facts.get(*at).former)
            .map(|at| self.facts.get(at).entry)
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(PersonRow),
}

pub(crate) fn resolve(state: &State, _by: OrganId, entry: &PersonEntry) -> Result<Resolved, Refusal> {
    let PersonEntry::Introduced(person) = entry;
    state.person_index.is_new(person.id)?;
    Ok(Resolved::Introduced(PersonRow {
        id: person.id,
        last_fact: None,
        last_decision: None,
        last_family: None,
        last_notice: None,
    }))
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

pub(crate) fn apply(state: &mut State, _entry: Idx<Entry>, resolved: Resolved) {
    let Resolved::Introduced(row) = resolved;
    let id = row.id;
    let row = state.persons.add(row);
    state.person_index.add(id, row);
}
