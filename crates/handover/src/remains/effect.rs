//! Effects and identity discs: what was found with remains, kept under their code and forwarded to those to whom it belongs
//! (invariants 26 and 27; duties D4 and D5).

use alloc::vec::Vec;

use super::{RemainsRefusal, UnitRow};
use crate::container::ContainerRow;
use crate::held::EntryRow;
use crate::id::{ContainerId, EffectId, OrganId, RecordRef, RemainsId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// What an effect is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(PartialOrd, Ord)]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum EffectKind {
    /// An identity disc of two halves: one stays with the remains, the other is forwarded.
    DoubleDisc,
    /// An identity disc of one piece: it stays with the remains.
    SingleDisc,
    /// A last will.
    Will,
    /// A document of importance to the next of kin.
    Document,
    /// Money.
    Money,
    /// An article of intrinsic or sentimental value.
    Article,
    /// An article of which it is not known what it is or whose. It is forwarded too.
    UnidentifiedArticle,
}

/// With what an effect was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum FoundWith {
    /// With a unit of remains.
    Remains(RemainsId),
    /// In a container, before it was known with which unit.
    Container(ContainerId),
}

/// An effect as it was found. What it says and whose it is stands in a protected store.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Effect {
    /// Its identifier in the inventory.
    pub id: EffectId,
    /// What it is.
    pub kind: EffectKind,
    /// With what it was found.
    pub with: FoundWith,
    /// When it was found.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// An effect is kept under the code of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct EffectAssignment {
    /// The effect.
    pub effect: EffectId,
    /// The unit.
    pub unit: RemainsId,
    /// When that was determined.
    pub on: When,
    /// The unit under whose code it was kept, if it was: that is corrected.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub instead_of: Option<RemainsId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// How much of an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Portion {
    /// All of it.
    Whole,
    /// One half of a double disc.
    Half,
}

/// An effect, or one half of a disc, left the remains otherwise than by forwarding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct EffectMove {
    /// The effect.
    pub effect: EffectId,
    /// How much of it.
    pub portion: Portion,
    /// When.
    pub on: When,
    /// To whom it went, if that is told.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub to: Option<OrganId>,
    /// Why.
    pub reason: Text,
}

/// Whose effects are forwarded, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum OwnerStatement {
    /// Nobody knows.
    Unknown,
    /// It is stated in this record of a protected store.
    Stated(RecordRef),
}

/// An effect in a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Forwarded {
    /// The effect.
    pub effect: EffectId,
    /// How much of it.
    pub portion: Portion,
}

/// Effects were forwarded in one sealed packet, with the statement whose they are and a complete inventory (D5).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Forwarding {
    /// The effects.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub effects: Vec<Forwarded>,
    /// When.
    pub on: When,
    /// To whom.
    pub to: OrganId,
    /// The sealed packet.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub packet: Option<RecordRef>,
    /// The inventory of the packet.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub inventory: Option<RecordRef>,
    /// Whose they are.
    pub owner: OwnerStatement,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about effects.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum EffectEntry {
    /// An effect was found.
    Found(Effect),
    /// It is kept under the code of a unit.
    Assigned(EffectAssignment),
    /// It left the remains.
    Moved(EffectMove),
    /// Effects were forwarded.
    Forwarded(Forwarding),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct EffectRow {
    pub(crate) id: EffectId,
    pub(crate) kind: EffectKind,
    /// The unit under whose code it is kept.
    pub(crate) unit: Option<Idx<UnitRow>>,
    pub(crate) container: Option<Idx<ContainerRow>>,
    last_event: Option<Idx<EffectEventRow>>,
    next_of_container: Option<Idx<EffectRow>>,
}

/// That an entry speaks of an effect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EffectEventRow {
    entry: Idx<EntryRow>,
    former: Option<Idx<EffectEventRow>>,
}

impl State {
    /// The entries that speak of an effect, the latest first.
    pub(crate) fn events_of_effect(&self, effect: Idx<EffectRow>) -> impl Iterator<Item = Idx<EntryRow>> {
        core::iter::successors(self.effects.get(effect).last_event, |at| self.effect_events.get(*at).former)
            .map(|at| self.effect_events.get(at).entry)
    }

    /// The effects that were found in a container before it was known with which unit: the first, then the latest first.
    pub(crate) fn effects_of_container(
        &self,
        container: Idx<ContainerRow>,
    ) -> impl Iterator<Item = Idx<EffectRow>> {
        core::iter::successors(self.first_effect_index.get(container), |effect| {
            self.effects.get(*effect).next_of_container
        })
    }

    fn note_effect(&mut self, effect: Idx<EffectRow>, entry: Idx<EntryRow>) {
        let former = self.effects.get(effect).last_event;
        let row = self.effect_events.add(EffectEventRow { entry, former });
        self.effects.change(effect, |effect| effect.last_event = Some(row));
        if let Some(unit) = self.effects.get(effect).unit {
            self.note_event(unit, entry);
        }
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Found { row: EffectRow, on: When },
    Assigned { effect: Idx<EffectRow>, unit: Idx<UnitRow>, instead_of: Option<Idx<UnitRow>>, on: When },
    Moved(Idx<EffectRow>, Portion, When),
    Forwarded { effects: Vec<(Idx<EffectRow>, Portion)>, on: When, packet: bool, inventory: bool },
}

pub(super) fn resolve(state: &State, entry: &EffectEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        EffectEntry::Found(effect) => {
            state.effects.is_new(effect.id)?;
            let (unit, container) = match effect.with {
                FoundWith::Remains(unit) => (Some(state.units.find(unit)?), None),
                FoundWith::Container(container) => (None, Some(state.containers.find(container)?)),
            };
            let (id, kind) = (effect.id, effect.kind);
            let row = EffectRow { id, kind, unit, container, last_event: None, next_of_container: None };
            Resolved::Found { row, on: effect.on }
        }
        EffectEntry::Assigned(it) => Resolved::Assigned {
            effect: state.effects.find(it.effect)?,
            unit: state.units.find(it.unit)?,
            instead_of: it.instead_of.map(|unit| state.units.find(unit)).transpose()?,
            on: it.on,
        },
        EffectEntry::Moved(it) => {
            if let Some(to) = it.to {
                state.organs.find(to)?;
            }
            Resolved::Moved(state.effects.find(it.effect)?, it.portion, it.on)
        }
        EffectEntry::Forwarded(it) => {
            state.organs.find(it.to)?;
            let place = |one: &Forwarded| Ok((state.effects.find(one.effect)?, one.portion));
            let effects = it.effects.iter().map(place).collect::<Result<_, Refusal>>()?;
            let (packet, inventory) = (it.packet.is_some(), it.inventory.is_some());
            Resolved::Forwarded { effects, on: it.on, packet, inventory }
        }
    })
}

pub(super) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Found { row, on } => {
            if let Some(unit) = row.unit {
                state.unit_exists_on(unit, *on)?;
            }
        }
        Resolved::Assigned { effect, unit, instead_of, on } => {
            state.unit_exists_on(*unit, *on)?;
            let row = state.effects.get(*effect);
            if row.unit != *instead_of {
                let [expected, found] =
                    [*instead_of, row.unit].map(|unit| unit.map(|at| state.units.get(at).id));
                return Err(RemainsRefusal::KeptElsewhere { effect: row.id, expected, found }.into());
            }
        }
        Resolved::Moved(effect, portion, on) => judge_portion(state, *effect, *portion, *on)?,
        Resolved::Forwarded { effects, on, packet, inventory } => {
            if effects.is_empty() {
                return Err(RemainsRefusal::NothingForwarded.into());
            }
            if !packet {
                return Err(RemainsRefusal::NoPacket.into());
            }
            if !inventory {
                return Err(RemainsRefusal::NoInventory.into());
            }
            let mut seen = alloc::collections::BTreeSet::new();
            for (effect, portion) in effects {
                if !seen.insert(*effect) {
                    return Err(RemainsRefusal::EffectTwice(state.effects.get(*effect).id).into());
                }
                judge_portion(state, *effect, *portion, *on)?;
            }
        }
    }
    Ok(())
}

fn judge_portion(
    state: &State,
    effect: Idx<EffectRow>,
    portion: Portion,
    on: When,
) -> Result<(), RemainsRefusal> {
    let row = state.effects.get(effect);
    if portion == Portion::Half && row.kind != EffectKind::DoubleDisc {
        return Err(RemainsRefusal::NoHalf(row.id));
    }
    // The first entry that speaks of it is its finding.
    match state.events_of_effect(effect).last() {
        Some(found) => state.not_before(on, found),
        None => Ok(()),
    }
}

// ---- apply

pub(super) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Found { mut row, .. } => {
            let container = row.container;
            let first = container.and_then(|at| state.first_effect_index.get(at));
            row.next_of_container = first.and_then(|first| state.effects.get(first).next_of_container);
            let row = state.effects.add(row);
            match (container, first) {
                (_, Some(first)) => state.effects.change(first, |first| first.next_of_container = Some(row)),
                (Some(container), None) => state.first_effect_index.add(container, row),
                (None, None) => {}
            }
            state.note_effect(row, entry);
        }
        Resolved::Assigned { effect, unit, .. } => {
            if let Some(former) = state.effects.get(effect).unit {
                state.note_event(former, entry);
            }
            state.effects.change(effect, |effect| effect.unit = Some(unit));
            state.note_effect(effect, entry);
        }
        Resolved::Moved(effect, ..) => state.note_effect(effect, entry),
        Resolved::Forwarded { effects, .. } => {
            for (effect, _) in effects {
                state.note_effect(effect, entry);
            }
        }
    }
}
