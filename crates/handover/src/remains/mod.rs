//! Units of remains: what is found when a container is opened, and what becomes of it.
//!
//! A unit is the smallest piece that has a number of its own (invariant 29). It comes from a container that was opened or
//! from other units, by division or union, and never from nowhere (invariant 22). Its courses run beside each other and
//! do not imply one another: custody, forensic progress, association, identification, affiliation, notification, disposition
//! (`docs/rules.md` B5).

use alloc::vec::Vec;
use core::fmt;

use crate::container::ContainerRow;
use crate::held::EntryRow;
use crate::id::{ContainerId, OrganId, RemainsId};
use crate::refusal::{Refusal, Rule};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Whether remains are of a human being.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum Human {
    /// They are.
    Yes,
    /// They are not: of an animal, or no remains at all.
    No,
    /// Not determined yet.
    Undetermined,
}

/// A unit that was found in a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Found {
    /// Its code.
    pub id: RemainsId,
    /// Whether it is human.
    pub human: Human,
}

/// A container was opened and this was found in it: no unit, one, or many.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Opening {
    /// The container.
    pub container: ContainerId,
    /// When it was opened.
    pub on: When,
    /// What was found.
    pub found: Vec<Found>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about remains.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum RemainsEntry {
    /// A container was opened.
    Opened(Opening),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct UnitRow {
    pub(crate) id: RemainsId,
    pub(crate) human: Human,
    /// The container in which it was found.
    pub(crate) container: Option<Idx<ContainerRow>>,
    pub(crate) last_event: Option<Idx<UnitEventRow>>,
    pub(crate) former_of_container: Option<Idx<UnitRow>>,
}

/// That an entry speaks of a unit, of whatever course: what is known of a unit is folded from these.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnitEventRow {
    pub(crate) entry: Idx<EntryRow>,
    former: Option<Idx<UnitEventRow>>,
}

impl State {
    /// The entries that speak of a unit, the latest first.
    pub(crate) fn events_of_unit(&self, unit: Idx<UnitRow>) -> impl Iterator<Item = Idx<EntryRow>> {
        core::iter::successors(self.units.get(unit).last_event, |at| self.unit_events.get(*at).former)
            .map(|at| self.unit_events.get(at).entry)
    }

    /// The units that were found in a container, the latest first.
    pub(crate) fn units_of_container(
        &self,
        container: Idx<ContainerRow>,
    ) -> impl Iterator<Item = Idx<UnitRow>> {
        core::iter::successors(self.containers.get(container).last_unit, |unit| {
            self.units.get(*unit).former_of_container
        })
    }

    /// Takes note that an entry speaks of a unit.
    pub(crate) fn note_event(&mut self, unit: Idx<UnitRow>, entry: Idx<EntryRow>) {
        let former = self.units.get(unit).last_event;
        let row = self.unit_events.add(UnitEventRow { entry, former });
        self.units.change(unit, |unit| unit.last_event = Some(row));
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Opened(Idx<ContainerRow>, Vec<Found>),
}

pub(crate) fn resolve(state: &State, _by: OrganId, entry: &RemainsEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        RemainsEntry::Opened(opening) => {
            for found in &opening.found {
                state.units.is_new(found.id)?;
            }
            Resolved::Opened(state.containers.find(opening.container)?, opening.found.clone())
        }
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let Resolved::Opened(container, found) = resolved;
    let container = state.containers.get(*container);
    if let Some(by) = container.opened_by {
        let by = state.entries.get(by).id;
        return Err(RemainsRefusal::OpenedAlready { container: container.id, by }.into());
    }
    for (at, unit) in found.iter().enumerate() {
        if found.iter().take(at).any(|earlier| earlier.id == unit.id) {
            return Err(RemainsRefusal::CodeTwice(unit.id).into());
        }
    }
    Ok(())
}

/// What is impossible of remains (B5; invariants 21, 22 and 29).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RemainsRefusal {
    /// A container is opened once.
    OpenedAlready {
        /// The container.
        container: ContainerId,
        /// The entry that opened it.
        by: crate::id::EntryId,
    },
    /// Each unit has a code of its own.
    CodeTwice(RemainsId),
}

impl RemainsRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::OpenedAlready { .. } => Rule::numbered(22, "a container gives its units once"),
            Self::CodeTwice(_) => Rule::numbered(29, "every unit of remains has a code of its own"),
        }
    }
}

impl fmt::Display for RemainsRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenedAlready { container, by } => {
                write!(f, "expected a container that was not opened, found that `{container}` was by `{by}`")
            }
            Self::CodeTwice(unit) => write!(f, "expected each unit once, found `{unit}` twice"),
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Opened(container, found) => {
            for found in found {
                let former_of_container = state.containers.get(container).last_unit;
                let row = state.units.add(UnitRow {
                    id: found.id,
                    human: found.human,
                    container: Some(container),
                    last_event: None,
                    former_of_container,
                });
                state.containers.change(container, |container| container.last_unit = Some(row));
                state.note_event(row, entry);
            }
            state.containers.change(container, |container| container.opened_by = Some(entry));
        }
    }
}
