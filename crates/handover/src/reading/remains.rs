//! Units of remains, read: all courses of one unit, as of a date and by someone's word.
//!
//! What is known of a unit is a fold over the entries that speak of it. An entry weighs as its speaker is believed and as its
//! date lies: wholly by the date as of which it is read it counts, partly it perhaps does. What all accept is certain only if
//! an organ of every party says it.

use alloc::vec::Vec;

use super::sum::Counted;
use super::{Basis, Reading, Whose};
use crate::held::{EntryRow, WhatRef};
use crate::id::{ContainerId, EntryId, GroupId, OrganId, RecordRef, RemainsId, SpeakerId};
use crate::party::Side;
use crate::quantity::Span;
use crate::refusal::EntryRefusal;
use crate::remains::{
    Elements, ForensicEntry, GroupEntry, Human, RemainsEntry, Step, UnitRow, elements_told, human_told, last,
    parties_to,
};
use crate::table::Idx;
use crate::when::{Moment, When};

/// How far a unit has certainly come (axis 1 of B5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Progress {
    /// It has its code.
    Logged,
    /// It was examined.
    Examined,
    /// It was sampled, or sampled again.
    Sampled,
    /// What was obtained is not enough.
    ProfileInsufficient,
    /// No usable profile so far.
    NoUsableProfile,
    /// A profile was obtained.
    ProfileObtained,
    /// It is in a database.
    InDatabase,
    /// It was compared.
    Compared,
}

/// A sample of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleView {
    /// The sample.
    pub sample: RecordRef,
    /// Whether it was taken by then.
    pub taken: Counted,
    /// Whether it is used up or destroyed by then.
    pub gone: Counted,
}

/// An entry that speaks of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitEventView {
    /// The entry.
    pub entry: EntryId,
    /// Who said it.
    pub speaker: SpeakerId,
    /// For which organ.
    pub organ: OrganId,
    /// When it was said.
    pub said: When,
    /// When it happened, if it is of a time.
    pub on: Option<When>,
    /// Whether it counts in this reading.
    pub counted: Counted,
}

/// All that is told of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// The containers in which it, or what it was made of, was found.
    pub containers: Vec<ContainerId>,
    /// Whether it has its code by then and has not ceased.
    pub lives: Counted,
    /// Whether it is human.
    pub human: Human,
    /// Of what it consists.
    pub elements: Elements,
    /// How far it has certainly come.
    pub progress: Progress,
    /// How often it was compared.
    pub comparisons: Span,
    /// Its samples, in the order of recording.
    pub samples: Vec<SampleView>,
    /// The group to which it is certainly taken to belong.
    pub group: Option<GroupId>,
    /// Every entry that speaks of it and was uttered by then, whoever is believed, in the order of recording.
    pub history: Vec<UnitEventView>,
    /// The entries that it rests on.
    pub rests_on: B,
}

/// The lesser of two: what counts only if both do.
pub(super) const fn both(a: Counted, b: Counted) -> Counted {
    match (a, b) {
        (Counted::No, _) | (_, Counted::No) => Counted::No,
        (Counted::Yes, Counted::Yes) => Counted::Yes,
        _ => Counted::Perhaps,
    }
}

pub(super) const fn not(counted: Counted) -> Counted {
    match counted {
        Counted::Yes => Counted::No,
        Counted::Perhaps => Counted::Perhaps,
        Counted::No => Counted::Yes,
    }
}

pub(super) const fn either(a: Counted, b: Counted) -> Counted {
    not(both(not(a), not(b)))
}

impl<B: Basis> Reading<'_, B> {
    /// All that is told of one unit.
    ///
    /// # Errors
    /// The unit is not recorded.
    pub fn unit(&self, unit: RemainsId) -> Result<UnitView<B>, EntryRefusal> {
        Ok(self.unit_view(self.state.units.find(unit)?))
    }

    fn unit_view(&self, at: Idx<UnitRow>) -> UnitView<B> {
        let id = self.state.units.get(at).id;
        let mut rests_on = B::default();
        let mut history: Vec<UnitEventView> = Vec::new();
        for event in self.state.events_of_unit(at).filter(|event| self.is_uttered(*event)) {
            let entry = self.state.entries.get(event);
            let counted = self.entry_counts(event, self.state.time_of_remains(event));
            if counted != Counted::No {
                rests_on.rest_on(event.place(), entry.id);
            }
            let organ =
                self.state.organs.get(self.state.speakers.get(self.state.saying_of(entry).by).organ).id;
            let (said, on) = (self.state.saying_of(entry).said, self.state.time_of_remains(event));
            let view = UnitEventView {
                entry: entry.id,
                speaker: self.state.speakers.get(self.state.saying_of(entry).by).id,
                organ,
                said,
                on,
                counted,
            };
            if history.last().is_none_or(|last| last.entry != view.entry) {
                history.push(view);
            }
        }
        history.reverse();
        let containers = self.state.containers_of_unit(at).into_iter();
        UnitView {
            unit: id,
            containers: containers.map(|at| self.state.containers.get(at).id).collect(),
            lives: self.lives(at),
            human: self.human(at),
            elements: self.elements(at),
            progress: self.progress(at),
            comparisons: self.comparisons(at),
            samples: self.samples(at),
            group: self.group(at),
            history,
            rests_on,
        }
    }

    /// Whether an entry counts: it was said, its speaker is believed, and it had happened. What is of no time counts when it is said.
    pub(super) fn entry_counts(&self, at: Idx<EntryRow>, on: Option<When>) -> Counted {
        self.by_voices(|whose| self.entry_counts_by(whose, at, on))
    }

    pub(super) fn entry_counts_by(&self, whose: Whose, at: Idx<EntryRow>, on: Option<When>) -> Counted {
        let entry = self.state.entries.get(at);
        if self.said_by.is_some_and(|moment| {
            self.state.saying_of(entry).said.last_moment().unwrap_or(Moment::END_OF_TIME) > moment
        }) {
            return Counted::No;
        }
        let side = self.state.organs.get(self.state.speakers.get(self.state.saying_of(entry).by).organ).side;
        let believed = match whose {
            Whose::Party(party) => side == Side::Party(party),
            Whose::Neutral => side == Side::Neutral,
            Whose::Anyone | Whose::All => true,
        };
        if !believed {
            return Counted::No;
        }
        if self.as_of == Moment::END_OF_TIME {
            return Counted::Yes;
        }
        on.map_or(Counted::Yes, |on| self.counted(on.span()))
    }

    /// What all accept is certain if it is so by every party's word, and out of the question if it is by nobody's.
    pub(super) fn by_voices(&self, told: impl Fn(Whose) -> Counted) -> Counted {
        if self.whose != Whose::All {
            return told(self.whose);
        }
        let mut parties = self.state.parties.places().map(|(party, _)| told(Whose::Party(party))).peekable();
        if parties.peek().is_some() && parties.all(|counted| counted == Counted::Yes) {
            Counted::Yes
        } else if told(Whose::Anyone) == Counted::No {
            Counted::No
        } else {
            Counted::Perhaps
        }
    }

    /// Whether anything happened to a unit that an entry tells. `is` gives the time of what it looks for.
    pub(super) fn befell(
        &self,
        unit: Idx<UnitRow>,
        is: impl Fn(WhatRef<'_>) -> Option<Option<When>>,
    ) -> Counted {
        self.by_voices(|whose| {
            let events = self.state.events_of_unit(unit);
            events.fold(Counted::No, |so_far, at| match is(self.state.what(at).get()) {
                Some(on) => either(so_far, self.entry_counts_by(whose, at, on)),
                None => so_far,
            })
        })
    }

    /// Whether a step of forensic progress was taken.
    pub(super) fn has_taken(&self, unit: Idx<UnitRow>, step: Step) -> Counted {
        self.befell(unit, |what| {
            let WhatRef::Remains(RemainsEntry::Forensic(entry)) = what else { return None };
            (entry.step() == Some(step)).then(|| Some(entry.on()))
        })
    }

    /// Whether a unit has its code by then and has not ceased.
    pub(super) fn lives(&self, unit: Idx<UnitRow>) -> Counted {
        self.by_voices(|whose| {
            let row = self.state.units.get(unit);
            let made = self.stands_by(whose, row.entry);
            self.state.events_of_unit(unit).fold(made, |so_far, at| {
                let ends = at != row.entry && parties_to(self.state.what(at).get()).0.contains(&row.id);
                if ends { both(so_far, not(self.stands_by(whose, at))) } else { so_far }
            })
        })
    }

    /// The entry by which a unit ceased, of those that count, whoever is believed: it ended the unit, or took back what had made it.
    pub(super) fn ceased_by(
        &self,
        unit: Idx<UnitRow>,
        counts: impl Fn(Idx<EntryRow>) -> bool,
    ) -> Option<Idx<EntryRow>> {
        let row = self.state.units.get(unit);
        let taken_back = |at: Idx<EntryRow>| {
            let act = self.state.lineage_index.get(at)?;
            self.state.lineages.get(act).reversed_by.filter(|by| counts(*by))
        };
        let ends = |at: &Idx<EntryRow>| {
            *at != row.entry
                && counts(*at)
                && taken_back(*at).is_none()
                && parties_to(self.state.what(*at).get()).0.contains(&row.id)
        };
        taken_back(row.entry).or_else(|| self.state.events_of_unit(unit).find(ends))
    }

    /// Whether a unit had certainly ceased by the moment that is asked about.
    pub(super) fn has_ceased(&self, unit: Idx<UnitRow>) -> bool {
        self.ceased_by(unit, |entry| self.happened(entry) == Counted::Yes).is_some()
    }

    /// Whether an entry that made or ended units counts and is not reversed.
    fn stands_by(&self, whose: Whose, at: Idx<EntryRow>) -> Counted {
        let counted = self.entry_counts_by(whose, at, self.state.time_of_remains(at));
        let act = self.state.lineage_index.get(at).map(|act| self.state.lineages.get(act));
        match act.and_then(|act| act.reversed_by) {
            Some(reversal) => both(counted, not(self.entry_counts_by(whose, reversal, None))),
            None => counted,
        }
    }

    /// What is told last of a unit, by time, unless something that perhaps counts says otherwise; `None` if nothing is.
    fn latest<T: PartialEq>(
        &self,
        unit: Idx<UnitRow>,
        told: impl Fn(WhatRef<'_>) -> Option<(u8, When, T)>,
    ) -> Option<T> {
        if self.whose != Whose::All {
            return self.latest_by(self.whose, unit, &told);
        }
        let mut parties =
            self.state.parties.places().map(|(party, _)| self.latest_by(Whose::Party(party), unit, &told));
        let first = parties.next()??;
        parties.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    fn latest_by<T: PartialEq>(
        &self,
        whose: Whose,
        unit: Idx<UnitRow>,
        told: &impl Fn(WhatRef<'_>) -> Option<(u8, When, T)>,
    ) -> Option<T> {
        let mut all: Vec<_> = Vec::new();
        for at in self.state.events_of_unit(unit) {
            let Some((rank, on, value)) = told(self.state.what(at).get()) else { continue };
            let counted = self.entry_counts_by(whose, at, Some(on));
            if counted != Counted::No {
                all.push(((rank, last(on), at), counted, value));
            }
        }
        all.sort_by_key(|(key, ..)| core::cmp::Reverse(*key));
        let certain = all.iter().position(|(_, counted, _)| *counted == Counted::Yes)?;
        let perhaps = all.iter().take(certain).map(|(_, _, value)| value);
        let followed = all.get(certain).map(|(_, _, value)| value)?;
        let contested = perhaps.into_iter().any(|other| other != followed);
        if contested { None } else { Some(all.swap_remove(certain).2) }
    }

    /// Whether a unit is human.
    pub(super) fn human(&self, unit: Idx<UnitRow>) -> Human {
        let id = self.state.units.get(unit).id;
        self.latest(unit, |what| human_told(what, id)).unwrap_or(Human::Undetermined)
    }

    /// Of what a unit consists.
    pub(super) fn elements(&self, unit: Idx<UnitRow>) -> Elements {
        let id = self.state.units.get(unit).id;
        self.latest(unit, |what| elements_told(what, id)).unwrap_or(Elements::Undetermined)
    }

    fn progress(&self, unit: Idx<UnitRow>) -> Progress {
        for (step, progress) in [
            (Step::Compared, Progress::Compared),
            (Step::InDatabase, Progress::InDatabase),
            (Step::Profiled, Progress::ProfileObtained),
        ] {
            if self.has_taken(unit, step) == Counted::Yes {
                return progress;
            }
        }
        let of_sample = self.latest(unit, |what| {
            let WhatRef::Remains(RemainsEntry::Forensic(entry)) = what else { return None };
            let progress = match entry.step()? {
                Step::Sampled => Progress::Sampled,
                Step::Insufficient => Progress::ProfileInsufficient,
                Step::NoProfile => Progress::NoUsableProfile,
                _ => return None,
            };
            Some((0, entry.on(), progress))
        });
        of_sample.unwrap_or(if self.has_taken(unit, Step::Sampled) == Counted::Yes {
            Progress::Sampled
        } else if self.has_taken(unit, Step::Examined) == Counted::Yes {
            Progress::Examined
        } else {
            Progress::Logged
        })
    }

    fn comparisons(&self, unit: Idx<UnitRow>) -> Span {
        let mut span = Span::ZERO;
        for (at, entry) in self.state.forensic_entries(unit) {
            if entry.step() == Some(Step::Compared) {
                span = span.plus(number(self.entry_counts(at, Some(entry.on()))));
            }
        }
        span
    }

    fn samples(&self, unit: Idx<UnitRow>) -> Vec<SampleView> {
        let mut samples: Vec<SampleView> = Vec::new();
        let gone = |sample: RecordRef| {
            self.state.forensic_entries(unit).fold(Counted::No, |so_far, (at, entry)| match entry {
                ForensicEntry::SampleGone(gone) if gone.sample == sample => {
                    either(so_far, self.entry_counts(at, Some(gone.on)))
                }
                _ => so_far,
            })
        };
        for (at, entry) in self.state.forensic_entries(unit) {
            let ForensicEntry::Sampled(taken) = entry else { continue };
            let counted = self.entry_counts(at, Some(taken.on));
            if counted != Counted::No {
                samples.push(SampleView { sample: taken.sample, taken: counted, gone: gone(taken.sample) });
            }
        }
        samples.reverse();
        samples
    }

    /// The group to which a unit is certainly taken to belong.
    pub(super) fn group(&self, unit: Idx<UnitRow>) -> Option<GroupId> {
        let told = |what: WhatRef<'_>| match what {
            WhatRef::Remains(RemainsEntry::Group(entry)) => match entry {
                GroupEntry::Associated(it) => Some((0, it.on, Some(it.group))),
                GroupEntry::Moved(it) => Some((0, it.on, Some(it.to))),
                GroupEntry::Withdrawn(it) => Some((0, it.on, None)),
                GroupEntry::Introduced(_) => None,
            },
            _ => None,
        };
        self.latest(unit, told).flatten()
    }
}

/// One for what counts, one or nought for what perhaps does.
pub(super) fn number(counted: Counted) -> Span {
    match counted {
        Counted::Yes => Span::exactly(1),
        Counted::Perhaps => Span::up_to(1),
        Counted::No => Span::ZERO,
    }
}
