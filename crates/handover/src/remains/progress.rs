//! The forensic progress of a unit (axis 1 of B5): examined, sampled, a profile obtained or not, in the database, compared.
//!
//! `Logged → Examined → Sampled → {ProfileObtained | ProfileInsufficient → resampled | NoUsableProfile} → InDatabase →
//! Compared`. A step presupposes that the one before was taken at some time; none is ever taken back. So a unit without a usable profile is
//! sampled again when methods improve, and comparison repeats whenever either set grows (invariant 38).

use super::{RemainsRefusal, UnitRow};
use crate::entry::{Entry, What};
use crate::id::{OrganId, RecordRef, RemainsId};
use crate::quantity::Quantity;
use crate::refusal::Refusal;
use crate::remains::{Elements, Human, RemainsEntry};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// A unit was examined. It may be examined again; the elements told by the latest examination are followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Examination {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// Of what it consists.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub elements: Option<Elements>,
    /// The record of the examination in a protected store.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A sample was taken from a unit: the first, or a further one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Sampling {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// The sample. It is retained until the record says what became of it.
    pub sample: RecordRef,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What a laboratory made of a sample. Never the profile itself (invariant 58).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ProfileOutcome {
    /// A profile that can be compared.
    Obtained,
    /// A profile that is not enough to be compared: the unit is sampled again.
    Insufficient,
    /// No usable profile by this method in this year, which is no failure for ever: it is tried again when methods improve.
    NoUsableProfile {
        /// The method.
        method: Text,
        /// The year in which it was tried.
        year: u16,
    },
}

/// A sample was analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Profiling {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// The sample, which was taken from this unit.
    pub sample: RecordRef,
    /// What came of it.
    pub outcome: ProfileOutcome,
    /// The laboratory's record in a protected store.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// The profile of a unit entered a database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct DatabaseEntry {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// Which database.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub database: Option<Text>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// The profile of a unit was compared with all references and all units that were in the database by then. What was found
/// is for identification to say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct DatabaseComparison {
    /// The unit.
    pub unit: RemainsId,
    /// When.
    pub on: When,
    /// The report in a protected store.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What became of a sample that is no longer retained.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Fate {
    /// It was used up in analysis.
    UsedUp,
    /// It was destroyed, for this reason.
    Destroyed(Text),
}

/// A sample is no longer retained.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SampleFate {
    /// The unit.
    pub unit: RemainsId,
    /// The sample.
    pub sample: RecordRef,
    /// When.
    pub on: When,
    /// What became of it.
    pub fate: Fate,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// It is recorded that no sample of a unit can be taken or retained, and why: what invariant 37 asks for in place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct NoSample {
    /// The unit.
    pub unit: RemainsId,
    /// When that was established.
    pub on: When,
    /// Why.
    pub reason: Text,
}

/// References entered the database: ante-mortem data of the missing or of their relatives. Every unit that is not identified
/// is to be compared again (invariant 38).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct References {
    /// When.
    pub on: When,
    /// Who collected them.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub from: Option<OrganId>,
    /// How many, as stated.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub number: Option<Quantity>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about the forensic progress of units.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ForensicEntry {
    /// A unit was examined.
    Examined(Examination),
    /// A sample was taken.
    Sampled(Sampling),
    /// A sample was analysed.
    Profile(Profiling),
    /// A profile entered a database.
    InDatabase(DatabaseEntry),
    /// A profile was compared.
    Compared(DatabaseComparison),
    /// A sample is no longer retained.
    SampleGone(SampleFate),
    /// No sample is possible.
    NoSample(NoSample),
    /// References entered the database.
    ReferencesAdded(References),
}

impl ForensicEntry {
    /// The unit of which it speaks; references are of none.
    pub fn unit(&self) -> Option<RemainsId> {
        Some(match self {
            Self::Examined(it) => it.unit,
            Self::Sampled(it) => it.unit,
            Self::Profile(it) => it.unit,
            Self::InDatabase(it) => it.unit,
            Self::Compared(it) => it.unit,
            Self::SampleGone(it) => it.unit,
            Self::NoSample(it) => it.unit,
            Self::ReferencesAdded(_) => return None,
        })
    }

    /// When it happened.
    pub fn on(&self) -> When {
        match self {
            Self::Examined(it) => it.on,
            Self::Sampled(it) => it.on,
            Self::Profile(it) => it.on,
            Self::InDatabase(it) => it.on,
            Self::Compared(it) => it.on,
            Self::SampleGone(it) => it.on,
            Self::NoSample(it) => it.on,
            Self::ReferencesAdded(it) => it.on,
        }
    }

    fn sample(&self) -> Option<RecordRef> {
        match self {
            Self::Sampled(it) => Some(it.sample),
            Self::Profile(it) => Some(it.sample),
            Self::SampleGone(it) => Some(it.sample),
            _ => None,
        }
    }

    /// The step that it takes.
    pub(crate) fn step(&self) -> Option<Step> {
        Some(match self {
            Self::Examined(_) => Step::Examined,
            Self::Sampled(_) => Step::Sampled,
            Self::Profile(Profiling { outcome: ProfileOutcome::Obtained, .. }) => Step::Profiled,
            Self::Profile(Profiling { outcome: ProfileOutcome::Insufficient, .. }) => Step::Insufficient,
            Self::Profile(Profiling { outcome: ProfileOutcome::NoUsableProfile { .. }, .. }) => {
                Step::NoProfile
            }
            Self::InDatabase(_) => Step::InDatabase,
            Self::Compared(_) => Step::Compared,
            Self::NoSample(_) => Step::NoSample,
            Self::SampleGone(_) | Self::ReferencesAdded(_) => return None,
        })
    }
}

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
    pub(crate) entry: Idx<Entry>,
    pub(crate) of_references: bool,
}

impl State {
    /// The forensic entries of a unit, the latest recorded first.
    pub(crate) fn forensic_entries(
        &self,
        unit: Idx<UnitRow>,
    ) -> impl Iterator<Item = (Idx<Entry>, &ForensicEntry)> {
        self.events_of_unit(unit).filter_map(|at| match &self.entries.get(at).what {
            What::Remains(RemainsEntry::Forensic(entry)) => Some((at, entry)),
            _ => None,
        })
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
            matches!(self.entries.get(made_by).what, What::Remains(RemainsEntry::United(_)))
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
        state.organ_index.find(from)?;
    }
    Ok(match entry.unit() {
        Some(unit) => Resolved::Unit(state.unit_index.find(unit)?, entry.clone()),
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

pub(super) fn apply(state: &mut State, entry: Idx<Entry>, resolved: Resolved) {
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
    let elements = super::elements_told(&state.entries.get(entry).what, unit.id).filter(|new| {
        let former =
            unit.elements_by.map(|by| (by, super::elements_told(&state.entries.get(by).what, unit.id)));
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
