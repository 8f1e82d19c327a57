//! Lineage: units that are divided into new ones or united into a new one. The codes are new each time, so no unit is its
//! own ancestor; what was divided or united has ceased, and its code stays with it for ever (invariants 21 and 22).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::opening::{Found, all_different, all_new};
use super::{RemainsRefusal, UnitRow};
use crate::container::ContainerRow;
use crate::held::{EntryRow, WhatRef};
use crate::id::{EntryId, OrganId, RemainsId};
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::RemainsEntry;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// A unit was divided: it ceases, and these are all that it was. At least two, for each piece gets a code of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Division {
    /// The unit that ceases.
    pub unit: RemainsId,
    /// When it was divided.
    pub on: When,
    /// What it is now.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub into: Vec<Found>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Units were united: they cease, and this is all that they were. They may come from several containers, batches and years.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Union {
    /// The units that cease, at least two.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub units: Vec<RemainsId>,
    /// When they were united.
    pub on: When,
    /// What they are now.
    pub into: Found,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A division or a union was recorded wrongly and is reversed, once (invariant 12), by the organ that recorded it: what it
/// ended lives again, what it made has ceased.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct LineageReversal {
    /// The entry that recorded the division or union.
    pub entry: EntryId,
    /// Why.
    pub reason: Text,
}

// ---- state

/// A division or a union.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineageRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) reversed_by: Option<Idx<EntryRow>>,
}

/// That one unit comes from another, by one act.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DescentRow {
    pub(crate) act: Idx<LineageRow>,
    pub(crate) parent: Idx<UnitRow>,
    pub(crate) child: Idx<UnitRow>,
    former_of_parent: Option<Idx<DescentRow>>,
    former_of_child: Option<Idx<DescentRow>>,
}

impl State {
    /// The units of which a unit was made, those of an act that was reversed too, the latest named first.
    pub(crate) fn parents_of_unit(&self, unit: Idx<UnitRow>) -> impl Iterator<Item = &DescentRow> {
        core::iter::successors(self.units.get(unit).last_parent, |at| self.descents.get(*at).former_of_child)
            .map(|at| self.descents.get(at))
    }

    /// The units that were made of a unit, those of an act that was reversed too, the latest named first.
    pub(crate) fn children_of_unit(&self, unit: Idx<UnitRow>) -> impl Iterator<Item = &DescentRow> {
        core::iter::successors(self.units.get(unit).last_child, |at| self.descents.get(*at).former_of_parent)
            .map(|at| self.descents.get(at))
    }

    /// All units from which a unit descends, by whatever act, in the order of recording.
    pub(crate) fn ancestors_of_unit(&self, unit: Idx<UnitRow>) -> BTreeSet<Idx<UnitRow>> {
        self.closure(unit, |state, unit| state.parents_of_unit(unit).map(|row| row.parent).collect())
    }

    /// All units that descend from a unit by such acts, in the order of recording.
    pub(crate) fn descendants_by(
        &self,
        unit: Idx<UnitRow>,
        is: impl Fn(&LineageRow) -> bool,
    ) -> BTreeSet<Idx<UnitRow>> {
        self.closure(unit, |state, unit| {
            let children = state.children_of_unit(unit).filter(|row| is(state.lineages.get(row.act)));
            children.map(|row| row.child).collect()
        })
    }

    /// The containers in which a unit, or what it was made of, was found, in the order of recording.
    pub(crate) fn containers_of_unit(&self, unit: Idx<UnitRow>) -> BTreeSet<Idx<ContainerRow>> {
        let mut units = self.ancestors_of_unit(unit);
        units.insert(unit);
        units.into_iter().filter_map(|unit| self.units.get(unit).container).collect()
    }

    fn closure(
        &self,
        of: Idx<UnitRow>,
        next: impl Fn(&Self, Idx<UnitRow>) -> Vec<Idx<UnitRow>>,
    ) -> BTreeSet<Idx<UnitRow>> {
        let (mut all, mut open) = (BTreeSet::new(), next(self, of));
        while let Some(unit) = open.pop() {
            if all.insert(unit) {
                open.extend(next(self, unit));
            }
        }
        all
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Divided(Idx<UnitRow>, When, Vec<Found>),
    United(Vec<Idx<UnitRow>>, When, Found),
    Reversed {
        act: Idx<LineageRow>,
        ended: Vec<Idx<UnitRow>>,
        made: Vec<Idx<UnitRow>>,
        by: OrganId,
        recorded_by: OrganId,
    },
}

pub(super) fn divided(state: &State, division: &Division) -> Result<Resolved, Refusal> {
    all_new(state, &division.into)?;
    Ok(Resolved::Divided(state.units.find(division.unit)?, division.on, division.into.clone()))
}

pub(super) fn united(state: &State, union: &Union) -> Result<Resolved, Refusal> {
    state.units.is_new(union.into.id)?;
    let units = union.units.iter().map(|unit| state.units.find(*unit)).collect::<Result<_, _>>()?;
    Ok(Resolved::United(units, union.on, union.into))
}

pub(super) fn reversed(state: &State, by: OrganId, reversal: &LineageReversal) -> Result<Resolved, Refusal> {
    let entry = state.entries.find(reversal.entry)?;
    let none = EntryRefusal::NoSuch { kind: "division or union", id: reversal.entry.to_uuid() };
    let act = state.lineage_index.get(entry).ok_or(none)?;
    let (ended, made) = parties_to(state.what(entry).get());
    let places = |ids: Vec<RemainsId>| ids.into_iter().filter_map(|id| state.units.at(id)).collect();
    let recorded_by = state.organs.get(state.organ_of_entry(entry)).id;
    Ok(Resolved::Reversed { act, ended: places(ended), made: places(made), by, recorded_by })
}

/// The units that an act of lineage ended, and those that it made.
pub(crate) fn parties_to(what: WhatRef<'_>) -> (Vec<RemainsId>, Vec<RemainsId>) {
    match what {
        WhatRef::Remains(RemainsEntry::Divided(act)) => {
            ([act.unit].into(), act.into.iter().map(|found| found.id).collect())
        }
        WhatRef::Remains(RemainsEntry::United(act)) => (act.units.clone(), [act.into.id].into()),
        _ => (Vec::new(), Vec::new()),
    }
}

pub(super) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Divided(unit, on, into) => {
            if into.len() < 2 {
                return Err(RemainsRefusal::TooFew(into.len()).into());
            }
            all_different(into)?;
            ends(state, *unit, *on)?;
        }
        Resolved::United(units, on, _) => {
            if units.len() < 2 {
                return Err(RemainsRefusal::TooFew(units.len()).into());
            }
            let mut seen = BTreeSet::new();
            if let Some(twice) = units.iter().find(|unit| !seen.insert(**unit)) {
                return Err(RemainsRefusal::CodeTwice(state.units.get(*twice).id).into());
            }
            units.iter().try_for_each(|unit| ends(state, *unit, *on))?;
        }
        Resolved::Reversed { act, made, by, recorded_by, .. } => {
            let act = state.lineages.get(*act);
            let entry = state.entries.get(act.entry).id;
            if by != recorded_by {
                return Err(RemainsRefusal::NotItsOrgan { entry, expected: *recorded_by, found: *by }.into());
            }
            if let Some(reversal) = act.reversed_by {
                let by = state.entries.get(reversal).id;
                return Err(RemainsRefusal::ReversedAlready { entry, by }.into());
            }
            made.iter().try_for_each(|unit| state.unit_lives(*unit))?;
        }
    }
    Ok(())
}

/// Whether a unit can be divided or united then: it lives, for it ends once, and it was found by then.
fn ends(state: &State, unit: Idx<UnitRow>, on: When) -> Result<(), RemainsRefusal> {
    state.unit_lives(unit)?;
    state.not_before(on, state.units.get(unit).entry)
}

// ---- apply

pub(super) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Divided(unit, _, into) => {
            let act = begin(state, entry, unit);
            for found in into {
                let child = state.add_unit(entry, found, None);
                descend(state, act, unit, child);
            }
        }
        Resolved::United(units, _, into) => {
            let child = state.add_unit(entry, into, None);
            let act = state.lineages.add(LineageRow { entry, reversed_by: None });
            state.lineage_index.add(entry, act);
            for unit in units {
                end(state, entry, unit);
                descend(state, act, unit, child);
            }
        }
        Resolved::Reversed { act, ended, made, .. } => {
            state.lineages.change(act, |act| act.reversed_by = Some(entry));
            for unit in ended {
                state.units.change(unit, |unit| unit.ceased_by = None);
                state.note_event(unit, entry);
            }
            for unit in made {
                end(state, entry, unit);
            }
        }
    }
}

fn begin(state: &mut State, entry: Idx<EntryRow>, unit: Idx<UnitRow>) -> Idx<LineageRow> {
    let act = state.lineages.add(LineageRow { entry, reversed_by: None });
    state.lineage_index.add(entry, act);
    end(state, entry, unit);
    act
}

fn end(state: &mut State, entry: Idx<EntryRow>, unit: Idx<UnitRow>) {
    state.units.change(unit, |unit| unit.ceased_by = Some(entry));
    state.note_event(unit, entry);
}

fn descend(state: &mut State, act: Idx<LineageRow>, parent: Idx<UnitRow>, child: Idx<UnitRow>) {
    let former_of_parent = state.units.get(parent).last_child;
    let former_of_child = state.units.get(child).last_parent;
    let row = state.descents.add(DescentRow { act, parent, child, former_of_parent, former_of_child });
    state.units.change(parent, |unit| unit.last_child = Some(row));
    state.units.change(child, |unit| unit.last_parent = Some(row));
}
