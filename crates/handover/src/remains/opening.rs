//! Opening: what a container turns out to hold, and units that come without one.

use alloc::vec::Vec;

use super::{RemainsRefusal, UnitRow};
use crate::container::{ContainerRow, Provenance};
use crate::held::{EntryRow, WhatRef};
use crate::id::{ContainerId, OrganId, RecordRef, RemainsId};
use crate::refusal::Refusal;
use crate::remains::{Elements, RemainsEntry};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::{Moment, When};

// ---- value types

/// Whether remains are of a human being.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(PartialOrd, Ord)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Human {
    /// They are.
    Yes,
    /// They are not: of an animal, or no remains at all.
    No,
    /// Not determined yet.
    Undetermined,
}

/// A unit that gets its code: each piece its own (invariant 29), which is never used again (invariant 21).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Found {
    /// Its code.
    pub id: RemainsId,
    /// Whether it is human.
    pub human: Human,
    /// Of what it consists, if that was told then.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub elements: Option<Elements>,
}

/// A container was opened, which happens once, and this was found in it: no unit, one, or many.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Opening {
    /// The container.
    pub container: ContainerId,
    /// When it was opened.
    pub on: When,
    /// What was found.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub found: Vec<Found>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Further units were found in a container that was opened before: overlooked then, or told apart later.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct FurtherFinding {
    /// The container.
    pub container: ContainerId,
    /// When they were found.
    pub on: When,
    /// What was found.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub found: Vec<Found>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A unit that comes in no container that is recorded. It has a stated provenance, even if it is that nobody knows (invariant 22).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Loose {
    /// The unit.
    pub found: Found,
    /// Where it comes from.
    pub provenance: Provenance,
    /// The organ that has it when it is recorded.
    pub held_by: OrganId,
    /// Since when that organ certainly has it.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// It was determined whether a unit is human. The latest determination by the time of the event is followed; the earlier
/// ones stay.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Determination {
    /// The unit.
    pub unit: RemainsId,
    /// When it was determined.
    pub on: When,
    /// What was determined.
    pub human: Human,
    /// The record of it in a protected store.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Opened(Idx<ContainerRow>, Vec<Found>),
    Further(Idx<ContainerRow>, When, Vec<Found>),
    Loose(Found),
    Determined(Idx<UnitRow>, When),
}

pub(super) fn opened(state: &State, opening: &Opening) -> Result<Resolved, Refusal> {
    all_new(state, &opening.found)?;
    Ok(Resolved::Opened(state.containers.find(opening.container)?, opening.found.clone()))
}

pub(super) fn further(state: &State, finding: &FurtherFinding) -> Result<Resolved, Refusal> {
    all_new(state, &finding.found)?;
    Ok(Resolved::Further(state.containers.find(finding.container)?, finding.on, finding.found.clone()))
}

pub(super) fn loose(state: &State, loose: &Loose) -> Result<Resolved, Refusal> {
    state.units.is_new(loose.found.id)?;
    state.organs.find(loose.held_by)?;
    Ok(Resolved::Loose(loose.found))
}

pub(super) fn determined(state: &State, told: &Determination) -> Result<Resolved, Refusal> {
    Ok(Resolved::Determined(state.units.find(told.unit)?, told.on))
}

pub(super) fn all_new(state: &State, found: &[Found]) -> Result<(), Refusal> {
    Ok(found.iter().try_for_each(|found| state.units.is_new(found.id))?)
}

pub(super) fn all_different(found: &[Found]) -> Result<(), RemainsRefusal> {
    let mut codes: Vec<RemainsId> = found.iter().map(|found| found.id).collect();
    codes.sort_unstable();
    match codes.windows(2).find(|pair| pair.first() == pair.last()).and_then(<[_]>::first) {
        Some(code) => Err(RemainsRefusal::CodeTwice(*code)),
        None => Ok(()),
    }
}

pub(super) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Opened(container, found) => {
            let container = state.containers.get(*container);
            if let Some(by) = container.opened_by {
                let by = state.entries.get(by).id;
                return Err(RemainsRefusal::OpenedAlready { container: container.id, by }.into());
            }
            all_different(found)?;
        }
        Resolved::Further(container, on, found) => {
            let container = state.containers.get(*container);
            let Some(opening) = container.opened_by else {
                return Err(RemainsRefusal::NotOpened(container.id).into());
            };
            if found.is_empty() {
                return Err(RemainsRefusal::NothingFound(container.id).into());
            }
            all_different(found)?;
            state.not_before(*on, opening)?;
        }
        Resolved::Loose(_) => {}
        Resolved::Determined(unit, on) => state.unit_exists_on(*unit, *on)?,
    }
    Ok(())
}

// ---- apply

pub(super) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Opened(container, found) => {
            for found in found {
                add_from(state, entry, container, found);
            }
            state.containers.change(container, |container| container.opened_by = Some(entry));
        }
        Resolved::Further(container, _, found) => {
            for found in found {
                add_from(state, entry, container, found);
            }
        }
        Resolved::Loose(found) => {
            state.add_unit(entry, found, None);
        }
        Resolved::Determined(unit, _) => {
            let row = state.units.get(unit);
            let (id, former) = (row.id, row.human_by);
            let latest = |at| human_told(state.what(at).get(), id).map(|(rank, on, _)| (rank, last(on), at));
            if latest(entry) > latest(former)
                && let Some((_, _, human)) = human_told(state.what(entry).get(), id)
            {
                state.units.change(unit, |unit| (unit.human, unit.human_by) = (human, entry));
            }
            state.note_event(unit, entry);
        }
    }
}

fn add_from(state: &mut State, entry: Idx<EntryRow>, container: Idx<ContainerRow>, found: Found) {
    let row = state.add_unit(entry, found, Some(container));
    state.containers.change(container, |container| container.last_unit = Some(row));
}

/// The last moment at which something can have happened: what is latest is followed.
pub(crate) fn last(on: When) -> Moment {
    on.last_moment().unwrap_or(Moment::END_OF_TIME)
}

/// The units that get their codes by an entry, and when.
pub(crate) fn found_by(what: WhatRef<'_>) -> Option<(&[Found], When)> {
    match what {
        WhatRef::Remains(entry) => found_in(entry),
        _ => None,
    }
}

fn found_in(entry: &RemainsEntry) -> Option<(&[Found], When)> {
    Some(match entry {
        RemainsEntry::Opened(opening) => (&opening.found, opening.on),
        RemainsEntry::FurtherFound(finding) => (&finding.found, finding.on),
        RemainsEntry::Loose(loose) => (core::slice::from_ref(&loose.found), loose.on),
        RemainsEntry::Divided(division) => (&division.into, division.on),
        RemainsEntry::United(union) => (core::slice::from_ref(&union.into), union.on),
        _ => return None,
    })
}

/// The unit as it got its code by an entry, and when.
pub(crate) fn found_as(what: WhatRef<'_>, unit: RemainsId) -> Option<(&Found, When)> {
    let (found, on) = found_by(what)?;
    found.iter().find(|found| found.id == unit).map(|found| (found, on))
}

/// What an entry says of a unit as human: a determination goes before the finding, whatever their dates.
pub(crate) fn human_told(what: WhatRef<'_>, unit: RemainsId) -> Option<(u8, When, Human)> {
    match what {
        WhatRef::Remains(RemainsEntry::Determined(told)) => {
            (told.unit == unit).then_some((1, told.on, told.human))
        }
        _ => found_as(what, unit).map(|(found, on)| (0, on, found.human)),
    }
}
