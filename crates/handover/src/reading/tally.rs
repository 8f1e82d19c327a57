//! Units of remains, counted: what was found, how far it has come, how many individuals it can be, what is due, and what of
//! the effects is not as it must be.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::remains::{both, number};
use super::sum::Counted;
use super::{Basis, Reading};
use crate::container::ContainerRow;
use crate::held::EntryRow;
use crate::id::{BatchId, ContainerId, EffectId, EntryId, GroupId, RemainsId};
use crate::quantity::Span;
use crate::refusal::EntryRefusal;
use crate::remains::{
    EffectEntry, EffectKind, EffectRow, Human, Individuals, Portion, RemainsEntry, Step, UnitRow,
};
use crate::table::Idx;
use crate::when::Moment;

/// Of whatever was found in some containers, and whatever was made of it: how many units there are and how far they have come.
/// A unit that was united from several containers counts once.
#[derive(Clone, Debug, PartialEq)]
pub struct RemainsTally<B = ()> {
    /// Containers that were opened.
    pub opened: Span,
    /// Units that live.
    pub units: Span,
    /// Of these, those that are human.
    pub human: Span,
    /// Those that are not.
    pub not_human: Span,
    /// Those of which it is not determined.
    pub undetermined: Span,
    /// From the minimum number of individuals to one for each unit that may be human (invariant 15).
    pub individuals: Span,
    /// Units that were examined.
    pub examined: Span,
    /// Units that were sampled.
    pub sampled: Span,
    /// Units of which a profile was obtained.
    pub profiled: Span,
    /// Units that are in a database.
    pub in_database: Span,
    /// Units that were compared.
    pub compared: Span,
    /// The entries that it rests on.
    pub rests_on: B,
}

/// Where a unit comes from and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescentView {
    /// The unit.
    pub unit: RemainsId,
    /// The containers in which what it is was found; several for one that was united.
    pub containers: Vec<ContainerId>,
    /// All units that it was made of, in the order of recording.
    pub ancestors: Vec<RemainsId>,
    /// All units that were made of it and stand, in the order of recording.
    pub descendants: Vec<RemainsId>,
    /// The entry that ended it.
    pub ceased_by: Option<EntryId>,
}

/// Why a unit is to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It never was.
    NeverCompared,
    /// References entered the database since, the latest by this entry.
    ReferencesGrew(EntryId),
    /// Other units entered the database since, the latest by this entry.
    ProfilesGrew(EntryId),
}

/// What of an identity disc is not as it must be (invariant 27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectAnomaly {
    /// A single disc left the remains.
    SingleDiscMoved,
    /// No half of a double disc is left with the remains.
    NoHalfRemains,
    /// A half left the remains otherwise than by forwarding.
    HalfOutsideTheChannel,
}

/// An effect that is not as it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EffectAnomalyView {
    /// The effect.
    pub effect: EffectId,
    /// What is wrong.
    pub anomaly: EffectAnomaly,
    /// The entry by which it became so.
    pub entry: EntryId,
    /// Whether that had happened.
    pub counted: Counted,
}

/// The units that are taken to be of one individual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupView {
    /// The group.
    pub group: GroupId,
    /// The units that are in it and live, in the order of recording.
    pub units: Vec<RemainsId>,
    /// How many individuals they can be of. A lower end above one contradicts the hypothesis.
    pub individuals: Span,
}

impl<B: Basis> Reading<'_, B> {
    /// Of one container.
    ///
    /// # Errors
    /// The container is not recorded.
    pub fn remains_of_container(&self, container: ContainerId) -> Result<RemainsTally<B>, EntryRefusal> {
        let container = self.state.containers.find(container)?;
        Ok(self.tally([container], &self.units_from([container])))
    }

    /// Of the containers of a batch.
    ///
    /// # Errors
    /// The batch is not recorded.
    pub fn remains_of_batch(&self, batch: BatchId) -> Result<RemainsTally<B>, EntryRefusal> {
        let batch = self.state.batches.find(batch)?;
        let containers: Vec<_> = self.containers_of_batch(batch).collect();
        let units = self.units_from(containers.iter().copied());
        Ok(self.tally(containers, &units))
    }

    /// Of all that is recorded, with the units that come in no container.
    pub fn remains(&self) -> RemainsTally<B> {
        let containers = self.state.containers.places().map(|(at, _)| at);
        self.tally(containers, &self.state.units.places().map(|(at, _)| at).collect())
    }

    /// The units found in containers, and all that was made of them.
    pub(super) fn units_from(
        &self,
        containers: impl IntoIterator<Item = Idx<ContainerRow>>,
    ) -> BTreeSet<Idx<UnitRow>> {
        let found = containers.into_iter().flat_map(|container| self.state.units_of_container(container));
        let mut all = BTreeSet::new();
        let mut open: Vec<_> = found.collect();
        while let Some(unit) = open.pop() {
            if all.insert(unit) {
                open.extend(self.state.children_of_unit(unit).map(|row| row.child));
            }
        }
        all
    }

    /// How many of these units live and have come as far as `has`.
    pub(super) fn number_of(
        &self,
        units: &BTreeSet<Idx<UnitRow>>,
        has: impl Fn(Idx<UnitRow>) -> Counted,
    ) -> Span {
        units.iter().fold(Span::ZERO, |sum, unit| {
            let lives = self.lives(*unit);
            let counted = if lives == Counted::No { lives } else { both(lives, has(*unit)) };
            sum.plus(number(counted))
        })
    }

    pub(super) fn tally(
        &self,
        containers: impl IntoIterator<Item = Idx<ContainerRow>>,
        units: &BTreeSet<Idx<UnitRow>>,
    ) -> RemainsTally<B> {
        let mut rests_on = B::default();
        let mut opened = Span::ZERO;
        for container in containers {
            let Some(by) = self.state.containers.get(container).opened_by else { continue };
            let counted = self.entry_counts(by, self.on(by));
            self.rest_if(&mut rests_on, by, counted);
            opened = opened.plus(number(counted));
        }
        for unit in units {
            for event in self.state.events_of_unit(*unit) {
                self.rest_if(&mut rests_on, event, self.entry_counts(event, self.on(event)));
            }
        }
        let is = |human: Human| {
            self.number_of(units, |unit| if self.human(unit) == human { Counted::Yes } else { Counted::No })
        };
        let has = |step: Step| self.number_of(units, |unit| self.has_taken(unit, step));
        RemainsTally {
            opened,
            units: self.number_of(units, |_| Counted::Yes),
            human: is(Human::Yes),
            not_human: is(Human::No),
            undetermined: is(Human::Undetermined),
            individuals: self.individuals(units.iter().copied()),
            examined: has(Step::Examined),
            sampled: has(Step::Sampled),
            profiled: has(Step::Profiled),
            in_database: has(Step::InDatabase),
            compared: has(Step::Compared),
            rests_on,
        }
    }

    /// How many individuals these units can be of, if they live.
    pub(super) fn individuals(&self, units: impl Iterator<Item = Idx<UnitRow>>) -> Span {
        let tally =
            units.fold(Individuals::default(), |so_far, unit| match (self.lives(unit), self.human(unit)) {
                (Counted::No, _) | (_, Human::No) => so_far,
                (Counted::Yes, human) => so_far.with(human, self.elements(unit)),
                (Counted::Perhaps, _) => so_far.with(Human::Undetermined, self.elements(unit)),
            });
        tally.span()
    }

    fn on(&self, at: Idx<EntryRow>) -> Option<crate::when::When> {
        self.state.time_of_remains(at)
    }

    fn rest_if(&self, rests_on: &mut B, at: Idx<EntryRow>, counted: Counted) {
        if counted != Counted::No {
            rests_on.rest_on(at.place(), self.state.entries.get(at).id);
        }
    }

    /// Where a unit comes from and what had been said by then to have become of it, whoever is believed: a code has one descent.
    ///
    /// # Errors
    /// The unit is not recorded.
    pub fn descent(&self, unit: RemainsId) -> Result<DescentView, EntryRefusal> {
        let at = self.state.units.find(unit)?;
        let ids =
            |units: BTreeSet<Idx<UnitRow>>| units.into_iter().map(|at| self.state.units.get(at).id).collect();
        let containers = self.state.containers_of_unit(at).into_iter();
        Ok(DescentView {
            unit,
            containers: containers.map(|at| self.state.containers.get(at).id).collect(),
            ancestors: ids(self.state.ancestors_of_unit(at)),
            descendants: ids(self.state.descendants_by(at, |act| {
                self.is_uttered(act.entry) && !act.reversed_by.is_some_and(|by| self.is_uttered(by))
            })),
            ceased_by: self
                .ceased_by(at, |entry| self.is_uttered(entry))
                .map(|by| self.state.entries.get(by).id),
        })
    }

    /// The units that are taken to be of one individual.
    ///
    /// # Errors
    /// The group is not recorded.
    pub fn group_of_units(&self, group: GroupId) -> Result<GroupView, EntryRefusal> {
        let at = self.state.groups.find(group)?;
        let members: BTreeSet<_> = self.state.memberships_of_group(at).map(|row| row.unit).collect();
        let members = members.into_iter();
        let units: Vec<_> = members
            .filter(|unit| self.lives(*unit) != Counted::No && self.group(*unit) == Some(group))
            .collect();
        Ok(GroupView {
            group,
            individuals: self.individuals(units.iter().copied()),
            units: units.into_iter().map(|at| self.state.units.get(at).id).collect(),
        })
    }

    /// The units in the database that are to be compared, in the order of recording (invariant 38). Whether they are identified
    /// is not asked here.
    pub fn comparisons_due(&self) -> Vec<(RemainsId, Due)> {
        let growths = self.growths();
        let all = self.state.units.places();
        all.filter(|(at, _)| {
            self.lives(*at) != Counted::No
                && self.human(*at) != Human::No
                && self.has_taken(*at, Step::InDatabase) != Counted::No
        })
        .filter_map(|(at, row)| Some((row.id, self.due(at, &growths)?)))
        .collect()
    }

    /// Whether a unit is to be compared. One that was compared on a day on which the sets grew was compared with what was
    /// recorded before.
    pub(super) fn due(&self, unit: Idx<UnitRow>, growths: &Growths) -> Option<Due> {
        let compared = self.state.forensic_entries(unit).filter(|(at, entry)| {
            entry.step() == Some(Step::Compared) && self.entry_counts(*at, Some(entry.on())) != Counted::No
        });
        let mut due = Some(Due::NeverCompared);
        for (at, entry) in compared {
            let since = growths.since(entry.on().span().first(), entry.on().span().last(), at);
            match since {
                None => return None,
                Some(growth) => {
                    let row = self.state.growths.get(growth);
                    let id = self.state.entries.get(row.entry).id;
                    let grew =
                        if row.of_references { Due::ReferencesGrew(id) } else { Due::ProfilesGrew(id) };
                    // The latest comparison says why; it comes first.
                    due = if due == Some(Due::NeverCompared) { Some(grew) } else { due };
                }
            }
        }
        due
    }

    /// When the sets grew, as far as this reading knows.
    pub(super) fn growths(&self) -> Growths {
        let mut growths = Growths::default();
        for (at, row) in self.state.growths.places() {
            let Some(on) = self.on(row.entry) else { continue };
            if self.entry_counts(row.entry, Some(on)) == Counted::No {
                continue;
            }
            let (first, last) = (on.span().first(), on.span().last().unwrap_or(Moment::END_OF_TIME));
            if first > growths.latest.map(|(first, _)| first) {
                growths.latest = first.map(|first| (first, at));
            }
            growths.by_last.push((last, row.entry, at));
        }
        growths.by_last.sort_unstable();
        let mut greatest = None;
        for (_, entry, at) in growths.by_last.iter_mut().rev() {
            let (one, of) = greatest.filter(|(other, _)| *other > *entry).unwrap_or((*entry, *at));
            (*entry, *at) = (one, of);
            greatest = Some((one, of));
        }
        growths
    }

    /// What of the identity discs is not as it must be, in the order of recording of the discs (invariant 27).
    pub fn effect_anomalies(&self) -> Vec<EffectAnomalyView> {
        let discs = self.state.effects.places();
        discs.flat_map(|(at, row)| self.anomalies(at, row)).collect()
    }

    /// The effects that were found in a container before it was known with which unit, as far as this reading knows, in the
    /// order of recording.
    ///
    /// # Errors
    /// The container is not recorded.
    pub fn effects_found_in(&self, container: ContainerId) -> Result<Vec<EffectId>, EntryRefusal> {
        let mut found: Vec<_> =
            self.state.effects_of_container(self.state.containers.find(container)?).collect();
        found.sort_unstable();
        let known = found.into_iter().filter(|at| {
            let entry = self.state.events_of_effect(*at).last();
            entry.is_some_and(|entry| self.entry_counts(entry, self.on(entry)) != Counted::No)
        });
        Ok(known.map(|at| self.state.effects.get(at).id).collect())
    }

    fn anomalies(&self, effect: Idx<EffectRow>, row: &EffectRow) -> Vec<EffectAnomalyView> {
        let mut found = Vec::new();
        let mut gone: u8 = 0;
        let mut events: Vec<_> = self.state.events_of_effect(effect).collect();
        events.reverse();
        for at in events {
            let entry = self.state.entries.get(at);
            let (portion, forwarded) = match self.state.told_in_full(at) {
                Some(RemainsEntry::Effect(EffectEntry::Moved(it))) => (Some(it.portion), false),
                Some(RemainsEntry::Effect(EffectEntry::Forwarded(it))) => {
                    (it.effects.iter().find(|one| one.effect == row.id).map(|one| one.portion), true)
                }
                _ => (None, false),
            };
            let counted = self.entry_counts(at, self.on(at));
            let Some(portion) = portion.filter(|_| counted != Counted::No) else { continue };
            gone = gone.saturating_add(if portion == Portion::Whole { 2 } else { 1 });
            let anomaly = match row.kind {
                EffectKind::SingleDisc => Some(EffectAnomaly::SingleDiscMoved),
                EffectKind::DoubleDisc if gone >= 2 => Some(EffectAnomaly::NoHalfRemains),
                EffectKind::DoubleDisc if !forwarded => Some(EffectAnomaly::HalfOutsideTheChannel),
                _ => None,
            };
            if let Some(anomaly) = anomaly {
                found.push(EffectAnomalyView { effect: row.id, anomaly, entry: entry.id, counted });
            }
        }
        found
    }
}

/// When the sets grew that are compared: to ask for many units costs the same for each.
#[derive(Debug, Default)]
pub(super) struct Growths {
    /// The growth that certainly began latest.
    latest: Option<(Moment, Idx<crate::remains::GrowthRow>)>,
    /// By the last moment of each, the latest recorded of those that end then or later.
    by_last: Vec<(Moment, Idx<EntryRow>, Idx<crate::remains::GrowthRow>)>,
}

impl Growths {
    /// The latest growth after a comparison: wholly after it, or possibly at its time and recorded after it.
    fn since(
        &self,
        first: Option<Moment>,
        last: Option<Moment>,
        compared: Idx<EntryRow>,
    ) -> Option<Idx<crate::remains::GrowthRow>> {
        if let (Some((began, at)), Some(last)) = (self.latest, last)
            && began > last
        {
            return Some(at);
        }
        let from = first.map_or(0, |first| self.by_last.partition_point(|(end, ..)| *end < first));
        self.by_last.get(from).filter(|(_, entry, _)| *entry > compared).map(|(.., at)| *at)
    }
}
