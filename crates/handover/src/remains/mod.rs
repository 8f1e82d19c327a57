//! Units of remains: what is found when a container is opened, and what becomes of it.
//!
//! A unit is the smallest piece that has a number of its own (invariant 29). It comes from a container that was opened,
//! from other units by division or union, or with a stated provenance, and never from nowhere (invariant 22). Its courses
//! run beside each other and do not imply one another: custody, forensic progress, association, identification,
//! affiliation, notification, disposition (`docs/rules.md` B5). One file an operation or course, in the five parts of every
//! concept.

mod association;
mod effect;
mod elements;
mod forensic;
mod individuals;
mod lineage;
mod opening;
mod progress;
mod refusal;
mod rows;

pub use association::{Association, AssociationBasis, Dissociation, Group, GroupEntry, Regrouping};
pub use effect::{
    Effect, EffectAssignment, EffectEntry, EffectKind, EffectMove, Forwarded, Forwarding, FoundWith,
    OwnerStatement, Portion,
};
pub use elements::{BodyPart, Element, ElementSet, ElementsError, Side};
pub use forensic::{
    AddedReferences, DatabaseComparison, DatabaseEntry, Examination, Fate, ForensicEntry, NoSample,
    ProfileOutcome, Profiling, SampleFate, Sampling,
};
pub use individuals::{Elements, Individuals};
pub use lineage::{Division, LineageReversal, Union};
pub use opening::{Determination, Found, FurtherFinding, Human, Loose, Opening};
pub use progress::SampleStanding;
pub use refusal::RemainsRefusal;

pub(crate) use association::{GroupRow, MembershipRow};
pub(crate) use effect::{EffectEventRow, EffectRow};
pub(crate) use lineage::{DescentRow, LineageRow, parties_to};
pub(crate) use opening::{found_as, found_by, human_told, last};
pub(crate) use progress::{GrowthRow, Step, Steps};
pub(crate) use rows::{OpeningTold, StepTold};

use crate::affiliation::AffiliationRow;
use crate::container::ContainerRow;
use crate::disposition::DispositionRow;
use crate::held::{EntryRow, WhatRef};
use crate::id::{OrganId, RemainsId};
use crate::identification::{CandidacyRow, DecisionRow};
use crate::notice::NoticeRow;
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- what may be recorded

/// What may be recorded about remains.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum RemainsEntry {
    /// A container was opened.
    Opened(Opening),
    /// Further units were found in a container that was opened before.
    FurtherFound(FurtherFinding),
    /// A unit that comes in no container.
    Loose(Loose),
    /// It was determined whether a unit is human.
    Determined(Determination),
    /// A unit was divided into new ones.
    Divided(Division),
    /// Units were united into a new one.
    United(Union),
    /// A division or union was recorded wrongly.
    Reversed(LineageReversal),
    /// Its forensic progress.
    Forensic(ForensicEntry),
    /// To which individual it is taken to belong.
    Group(GroupEntry),
    /// What was found with it.
    Effect(EffectEntry),
}

impl RemainsEntry {
    /// When it happened; a reversal and the introduction of a group are of no time.
    pub fn on(&self) -> Option<When> {
        Some(match self {
            Self::Opened(it) => it.on,
            Self::FurtherFound(it) => it.on,
            Self::Loose(it) => it.on,
            Self::Determined(it) => it.on,
            Self::Divided(it) => it.on,
            Self::United(it) => it.on,
            Self::Forensic(it) => it.on(),
            Self::Group(GroupEntry::Associated(it)) => it.on,
            Self::Group(GroupEntry::Moved(it)) => it.on,
            Self::Group(GroupEntry::Withdrawn(it)) => it.on,
            Self::Effect(EffectEntry::Found(it)) => it.on,
            Self::Effect(EffectEntry::Assigned(it)) => it.on,
            Self::Effect(EffectEntry::Moved(it)) => it.on,
            Self::Effect(EffectEntry::Forwarded(it)) => it.on,
            Self::Reversed(_) | Self::Group(GroupEntry::Introduced(_)) => return None,
        })
    }
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct UnitRow {
    pub(crate) id: RemainsId,
    /// The entry that gave it its code.
    pub(crate) entry: Idx<EntryRow>,
    /// The container in which it was found.
    pub(crate) container: Option<Idx<ContainerRow>>,
    /// What is determined now, and the entry that tells it.
    pub(crate) human: Human,
    pub(crate) human_by: Idx<EntryRow>,
    pub(crate) steps: Steps,
    /// How many samples of it are retained.
    pub(crate) samples: u16,
    /// The entry that tells its elements.
    pub(crate) elements_by: Option<Idx<EntryRow>>,
    /// The entry that ended it: a division, a union or a reversal.
    pub(crate) ceased_by: Option<Idx<EntryRow>>,
    pub(crate) last_parent: Option<Idx<DescentRow>>,
    pub(crate) last_child: Option<Idx<DescentRow>>,
    /// To which group it was taken to belong last.
    pub(crate) membership: Option<Idx<MembershipRow>>,
    pub(crate) last_event: Option<Idx<UnitEventRow>>,
    pub(crate) former_of_container: Option<Idx<UnitRow>>,
    /// The latest decision on whose remains it is, in force or revoked.
    pub(crate) decision: Option<Idx<DecisionRow>>,
    /// The latest person whose remains it was taken into consideration to be.
    pub(crate) last_candidacy: Option<Idx<CandidacyRow>>,
    /// The latest entry about its affiliation.
    pub(crate) last_affiliation: Option<Idx<AffiliationRow>>,
    /// The latest notice about it.
    pub(crate) last_notice: Option<Idx<NoticeRow>>,
    /// The latest entry about its disposition.
    pub(crate) last_disposition: Option<Idx<DispositionRow>>,
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

    /// Of what a unit consists, as far as it is told now.
    pub(crate) fn elements_of_unit(&self, unit: Idx<UnitRow>) -> Elements {
        let unit = self.units.get(unit);
        unit.elements_by
            .and_then(|by| elements_told(self.what(by).get(), unit.id))
            .map_or(Elements::Undetermined, |(_, _, elements)| elements)
    }

    /// # Errors
    /// The unit was divided, united, or made by what was reversed.
    pub(crate) fn unit_lives(&self, unit: Idx<UnitRow>) -> Result<(), RemainsRefusal> {
        let unit = self.units.get(unit);
        match unit.ceased_by {
            Some(by) => Err(RemainsRefusal::Ceased { unit: unit.id, by: self.entries.get(by).id }),
            None => Ok(()),
        }
    }

    /// Whether a unit can have existed then. What is learned late of a unit that was divided since can be true; what is dated
    /// wholly after its end cannot.
    ///
    /// # Errors
    /// In this order: it has ceased wholly before; it was found wholly after.
    pub(crate) fn unit_exists_on(&self, unit: Idx<UnitRow>, on: When) -> Result<(), RemainsRefusal> {
        let row = self.units.get(unit);
        if let Some(by) = row.ceased_by {
            let end = found_by(self.what(by).get()).map(|(_, end)| end);
            // What was made by an act that is reversed never was.
            if end.is_none_or(|end| lies_before(end, on)) {
                return self.unit_lives(unit);
            }
        }
        self.not_before(on, row.entry)
    }

    /// # Errors
    /// Something is dated wholly before an entry that it presupposes.
    pub(crate) fn not_before(&self, on: When, presupposed: Idx<EntryRow>) -> Result<(), RemainsRefusal> {
        let before = self.time_of_remains(presupposed);
        match before {
            Some(before) if lies_before(on, before) => {
                Err(RemainsRefusal::TooEarly { after: self.entries.get(presupposed).id })
            }
            _ => Ok(()),
        }
    }

    /// Gives a unit its code.
    fn add_unit(
        &mut self,
        entry: Idx<EntryRow>,
        found: Found,
        container: Option<Idx<ContainerRow>>,
    ) -> Idx<UnitRow> {
        let row = self.units.add(UnitRow {
            id: found.id,
            entry,
            container,
            human: found.human,
            human_by: entry,
            steps: Steps::default(),
            samples: 0,
            elements_by: found.elements.is_some().then_some(entry),
            ceased_by: None,
            last_parent: None,
            last_child: None,
            membership: None,
            last_event: None,
            former_of_container: container.and_then(|container| self.containers.get(container).last_unit),
            decision: None,
            last_candidacy: None,
            last_affiliation: None,
            last_notice: None,
            last_disposition: None,
        });
        self.note_event(row, entry);
        row
    }
}

/// Whether one time certainly lies before another.
pub(crate) fn lies_before(one: When, other: When) -> bool {
    one.span().last().zip(other.span().first()).is_some_and(|(last, first)| last < first)
}

/// What an entry that speaks of a unit says of its elements: an examination goes before the finding, whatever their dates.
pub(crate) fn elements_told(what: WhatRef<'_>, unit: RemainsId) -> Option<(u8, When, Elements)> {
    match what {
        WhatRef::Remains(RemainsEntry::Forensic(ForensicEntry::Examined(told))) => {
            told.elements.map(|elements| (1, told.on, elements))
        }
        _ => found_as(what, unit).and_then(|(found, on)| Some((0, on, found.elements?))),
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Opening(opening::Resolved),
    Lineage(lineage::Resolved),
    Forensic(progress::Resolved),
    Group(association::Resolved),
    Effect(effect::Resolved),
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &RemainsEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        RemainsEntry::Opened(opening) => Resolved::Opening(opening::opened(state, opening)?),
        RemainsEntry::FurtherFound(finding) => Resolved::Opening(opening::further(state, finding)?),
        RemainsEntry::Loose(loose) => Resolved::Opening(opening::loose(state, loose)?),
        RemainsEntry::Determined(told) => Resolved::Opening(opening::determined(state, told)?),
        RemainsEntry::Divided(division) => Resolved::Lineage(lineage::divided(state, division)?),
        RemainsEntry::United(union) => Resolved::Lineage(lineage::united(state, union)?),
        RemainsEntry::Reversed(reversal) => Resolved::Lineage(lineage::reversed(state, by, reversal)?),
        RemainsEntry::Forensic(entry) => Resolved::Forensic(progress::resolve(state, entry)?),
        RemainsEntry::Group(entry) => Resolved::Group(association::resolve(state, entry)?),
        RemainsEntry::Effect(entry) => Resolved::Effect(effect::resolve(state, entry)?),
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Opening(resolved) => opening::judge(state, resolved),
        Resolved::Lineage(resolved) => lineage::judge(state, resolved),
        Resolved::Forensic(resolved) => progress::judge(state, resolved),
        Resolved::Group(resolved) => association::judge(state, resolved),
        Resolved::Effect(resolved) => effect::judge(state, resolved),
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Opening(resolved) => opening::apply(state, entry, resolved),
        Resolved::Lineage(resolved) => lineage::apply(state, entry, resolved),
        Resolved::Forensic(resolved) => progress::apply(state, entry, resolved),
        Resolved::Group(resolved) => association::apply(state, entry, &resolved),
        Resolved::Effect(resolved) => effect::apply(state, entry, resolved),
    }
}
