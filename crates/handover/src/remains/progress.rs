//! The forensic progress of a unit (axis 1 of B5): examined, sampled, a profile obtained or not, in the database, compared.
//!
//! `Logged → Examined → Sampled → {ProfileObtained | ProfileInsufficient → resampled | NoUsableProfile} → InDatabase →
//! Compared`. A step presupposes that the one before was taken at some time; none is ever taken back. So a unit without a usable profile is
//! sampled again when methods improve, and comparison repeats whenever either set grows (invariant 38).

use super::{RemainsRefusal, UnitRow};
use crate::held::EntryRow;
use crate::id::RecordRef;
use crate::refusal::Refusal;
use crate::remains::{ForensicEntry, Human, RemainsEntry};
use crate::state::State;
use crate::table::Idx;

// ---- state

/// A step that was taken at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Examined = 1,
    Sampled = 2,
    Profiled = 4,
    Insufficient = 8,
    NoProfile = 16,
    InDatabase = 32,
    Compared = 64,
    NoSample = 128,
}

/// The steps that were taken, whatever their order: so the same history makes the same row, however it is learned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Steps(u8);

impl Steps {
    pub(crate) fn has(self, step: Step) -> bool {
        self.0 & step as u8 != 0
    }

    fn with(self, step: Step) -> Self {
        Self(self.0 | step as u8)
    }
}

/// How it stands with the samples of a unit (invariant 37).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum SampleStanding {
    /// At least one is retained.
    Retained,
    /// It is recorded that none is possible.
    Impossible,
    /// Those that were taken are used up or destroyed.
    Gone,
    /// None was taken.
    NotTaken,
}

/// That one of the sets grew that are compared: the references, or the profiles of units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GrowthRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) of_references: bool,
}

impl State {
    /// The forensic entries of a unit, the latest recorded first.
    pub(crate) fn forensic_entries(
        &self,
        unit: Idx<UnitRow>,
    ) -> impl Iterator<Item = (Idx<EntryRow>, ForensicEntry)> {
        self.events_of_unit(unit).filter_map(|at| Some((at, self.forensic(at)?)))
    }

    /// Whether a sample of a unit is retained, its own or of what it was made of by union: the whole has what its parts had.
    /// What was divided off has only its own.
    pub(crate) fn sample_standing(&self, unit: Idx<UnitRow>) -> SampleStanding {
        let row = self.units.get(unit);
        if row.samples > 0 {
            return SampleStanding::Retained;
        }
        let united = |unit: Idx<UnitRow>| {
            let made_by = self.units.get(unit).entry;
            matches!(self.told_in_full(made_by), Some(RemainsEntry::United(_)))
        };
        let mut open = alloc::vec![unit];
        let mut seen = alloc::collections::BTreeSet::new();
        while let Some(unit) = open.pop() {
            if !united(unit) || !seen.insert(unit) {
                continue;
            }
            for descent in self.parents_of_unit(unit) {
                if self.units.get(descent.parent).samples > 0 {
                    return SampleStanding::Retained;
                }
                open.push(descent.parent);
            }
        }
        if row.steps.has(Step::NoSample) {
            SampleStanding::Impossible
        } else if row.steps.has(Step::Sampled) {
            SampleStanding::Gone
        } else {
            SampleStanding::NotTaken
        }
    }

    /// Whether the profile of a unit is in a database, or it is recorded that none could be obtained.
    pub(crate) fn profile_is_kept_or_impossible(&self, unit: Idx<UnitRow>) -> bool {
        let steps = self.units.get(unit).steps;
        steps.has(Step::InDatabase) || steps.has(Step::NoProfile) || steps.has(Step::NoSample)
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Unit(Idx<UnitRow>, ForensicEntry),
    ReferencesAdded,
}

pub(super) fn resolve(state: &State, entry: &ForensicEntry) -> Result<Resolved, Refusal> {
    if let ForensicEntry::ReferencesAdded(references) = entry
        && let Some(from) = references.from
    {
        state.organs.find(from)?;
    }
    Ok(match entry.unit() {
        Some(unit) => Resolved::Unit(state.units.find(unit)?, entry.clone()),
        None => Resolved::ReferencesAdded,
    })
}

pub(super) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let Resolved::Unit(unit, entry) = resolved else { return Ok(()) };
    let (at, unit) = (*unit, state.units.get(*unit));
    state.unit_exists_on(at, entry.on())?;
    let presupposed = match entry {
        ForensicEntry::Sampled(_) => Some((Step::Examined, RemainsRefusal::NotExamined(unit.id))),
        ForensicEntry::Profile(_) => Some((Step::Sampled, RemainsRefusal::NotSampled(unit.id))),
        ForensicEntry::InDatabase(_) => Some((Step::Profiled, RemainsRefusal::NoProfile(unit.id))),
        ForensicEntry::Compared(_) => Some((Step::InDatabase, RemainsRefusal::NotInDatabase(unit.id))),
        _ => None,
    };
    if let Some((step, refusal)) = presupposed {
        if !unit.steps.has(step) {
            return Err(refusal.into());
        }
        let into_database = matches!(entry, ForensicEntry::InDatabase(_) | ForensicEntry::Compared(_));
        if into_database && unit.human == Human::No {
            return Err(RemainsRefusal::NotHuman(unit.id).into());
        }
        // It is too early only if it is so by every entry that took the step.
        let mut taken = state.forensic_entries(at).filter(|(_, other)| other.step() == Some(step));
        let first = taken.next().map(|(first, _)| state.not_before(entry.on(), first));
        if let Some(Err(too_early)) = first
            && taken.all(|(other, _)| state.not_before(entry.on(), other).is_err())
        {
            return Err(too_early.into());
        }
    }
    match entry.sample() {
        Some(sample) => judge_sample(state, at, sample, entry),
        None => Ok(()),
    }
}

fn judge_sample(
    state: &State,
    unit: Idx<UnitRow>,
    sample: RecordRef,
    entry: &ForensicEntry,
) -> Result<(), Refusal> {
    let mut of_sample = state.forensic_entries(unit).filter(|(_, other)| other.sample() == Some(sample));
    let taken = of_sample.find(|(_, other)| matches!(other, ForensicEntry::Sampled(_))).map(|(at, _)| at);
    let unit_id = state.units.get(unit).id;
    if let ForensicEntry::Sampled(_) = entry {
        return match taken {
            Some(_) => Err(RemainsRefusal::SampleTwice { unit: unit_id, sample }.into()),
            None => Ok(()),
        };
    }
    let Some(taken) = taken else {
        return Err(RemainsRefusal::NoSuchSample { unit: unit_id, sample }.into());
    };
    let gone = state
        .forensic_entries(unit)
        .find(|(_, other)| matches!(other, ForensicEntry::SampleGone(_)) && other.sample() == Some(sample));
    if let Some((by, gone)) = gone {
        let ends = matches!(entry, ForensicEntry::SampleGone(_));
        if ends || super::lies_before(gone.on(), entry.on()) {
            return Err(RemainsRefusal::SampleGone { sample, by: state.entries.get(by).id }.into());
        }
    }
    Ok(state.not_before(entry.on(), taken)?)
}

// ---- apply

pub(super) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    let Resolved::Unit(at, told) = resolved else {
        state.growths.add(GrowthRow { entry, of_references: true });
        return;
    };
    let unit = state.units.get(at);
    let step = told.step();
    let samples = match told {
        ForensicEntry::Sampled(_) => unit.samples.saturating_add(1),
        ForensicEntry::SampleGone(_) => unit.samples.saturating_sub(1),
        _ => unit.samples,
    };
    let new = match &told {
        ForensicEntry::Examined(it) => it.elements.map(|elements| (1, it.on, elements)),
        _ => None,
    };
    let elements = new.filter(|new| {
        let former = unit.elements_by.map(|by| (by, super::elements_told(state.what(by).get(), unit.id)));
        former.is_none_or(|(by, old)| {
            old.is_none_or(|old| (old.0, super::last(old.1), by) < (new.0, super::last(new.1), entry))
        })
    });
    if step == Some(Step::InDatabase) {
        state.growths.add(GrowthRow { entry, of_references: false });
    }
    state.units.change(at, |unit| {
        unit.samples = samples;
        if let Some(step) = step {
            unit.steps = unit.steps.with(step);
        }
        if elements.is_some() {
            unit.elements_by = Some(entry);
        }
    });
    state.note_event(at, entry);
}
