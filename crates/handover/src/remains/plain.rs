//! How most forensic entries are held: a step without a note in a small row, with the references and elements that it
//! tells beside it. The rest is held as it is recorded.

use core::fmt;

use super::{
    DatabaseComparison, DatabaseEntry, Elements, Examination, ForensicEntry, ProfileOutcome, Profiling,
    RemainsEntry, Sampling, UnitRow,
};
use crate::entry::What;
use crate::held::{EntryRow, WhatRef};
use crate::id::RecordRef;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

/// A step of a unit, without a note.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainRow {
    on: Idx<DateRow>,
    unit: Idx<UnitRow>,
    record: Option<Idx<RecordRef>>,
    what: Taken,
}

/// A time that steps are dated by: many share it.
#[derive(Clone, Debug)]
pub(crate) struct DateRow {
    pub(crate) id: When,
}

#[derive(Clone, Copy, Debug)]
enum Taken {
    Examined(Option<Idx<Elements>>),
    Sampled(Idx<RecordRef>),
    Obtained(Idx<RecordRef>),
    Insufficient(Idx<RecordRef>),
    InDatabase(Option<Idx<Text>>),
    Compared,
}

/// A step that is held in a row, where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Plain<'s> {
    state: &'s State,
    row: &'s PlainRow,
}

impl Plain<'_> {
    /// The entry as it was recorded.
    pub(crate) fn entry(self) -> ForensicEntry {
        let PlainRow { unit, record, what, .. } = *self.row;
        let on = self.on();
        let unit = self.state.units.get(unit).id;
        let reference = |at: Idx<RecordRef>| *self.state.references.get(at);
        let (record, note) = (record.map(reference), None);
        let profile = |sample, outcome| {
            ForensicEntry::Profile(Profiling {
                unit,
                on,
                sample: reference(sample),
                outcome,
                record,
                note: None,
            })
        };
        match what {
            Taken::Examined(elements) => {
                let elements = elements.map(|at| *self.state.elements.get(at));
                ForensicEntry::Examined(Examination { unit, on, elements, record, note })
            }
            Taken::Sampled(sample) => {
                ForensicEntry::Sampled(Sampling { unit, on, sample: reference(sample), note })
            }
            Taken::Obtained(sample) => profile(sample, ProfileOutcome::Obtained),
            Taken::Insufficient(sample) => profile(sample, ProfileOutcome::Insufficient),
            Taken::InDatabase(database) => {
                let database = database.map(|at| self.state.words.get(at).clone());
                ForensicEntry::InDatabase(DatabaseEntry { unit, on, database, note })
            }
            Taken::Compared => ForensicEntry::Compared(DatabaseComparison { unit, on, record, note }),
        }
    }

    /// When it was taken.
    pub(crate) fn on(self) -> When {
        self.state.dates.get(self.row.on).id
    }
}

impl fmt::Debug for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entry().fmt(f)
    }
}

impl State {
    /// What a row holds.
    pub(crate) fn plain(&self, at: Idx<PlainRow>) -> Plain<'_> {
        Plain { state: self, row: self.plain_steps.get(at) }
    }

    /// Holds a step in a row, if it is plain and of a unit that is recorded.
    pub(crate) fn hold_plain(&mut self, what: &What) -> Option<Idx<PlainRow>> {
        let What::Remains(RemainsEntry::Forensic(entry)) = what else { return None };
        let record = match entry {
            ForensicEntry::Examined(Examination { record, note: None, .. })
            | ForensicEntry::Compared(DatabaseComparison { record, note: None, .. })
            | ForensicEntry::Profile(Profiling {
                outcome: ProfileOutcome::Obtained | ProfileOutcome::Insufficient,
                record,
                note: None,
                ..
            }) => *record,
            ForensicEntry::Sampled(Sampling { note: None, .. })
            | ForensicEntry::InDatabase(DatabaseEntry { note: None, .. }) => None,
            _ => return None,
        };
        let unit = self.units.at(entry.unit()?)?;
        let what = match entry {
            ForensicEntry::Examined(it) => Taken::Examined(it.elements.map(|it| self.elements.add(it))),
            ForensicEntry::Sampled(it) => Taken::Sampled(self.references.add(it.sample)),
            ForensicEntry::Profile(it) => {
                let sample = self.references.add(it.sample);
                match it.outcome {
                    ProfileOutcome::Obtained => Taken::Obtained(sample),
                    _ => Taken::Insufficient(sample),
                }
            }
            ForensicEntry::InDatabase(it) => {
                Taken::InDatabase(it.database.as_ref().map(|it| self.words.add(it.clone())))
            }
            _ => Taken::Compared,
        };
        let record = record.map(|record| self.references.add(record));
        let on = self.hold_date(entry.on());
        Some(self.plain_steps.add(PlainRow { on, unit, record, what }))
    }

    /// The place of a time, which is held once.
    fn hold_date(&mut self, on: When) -> Idx<DateRow> {
        self.dates.at(on).unwrap_or_else(|| self.dates.add(DateRow { id: on }))
    }

    /// What an entry tells of forensic progress, if it does.
    pub(crate) fn forensic(&self, entry: Idx<EntryRow>) -> Option<ForensicEntry> {
        forensic(self.what(entry))
    }
}

/// What is told of forensic progress, if it is.
pub(crate) fn forensic(what: WhatRef<'_>) -> Option<ForensicEntry> {
    match what {
        WhatRef::Plain(step) => Some(step.entry()),
        WhatRef::Remains(RemainsEntry::Forensic(entry)) => Some(entry.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::entry::Entry;
    use crate::house::{House, the};
    use crate::id::RemainsId;
    use crate::quantity::Unit;
    use crate::reciprocity::Accrual;
    use crate::remains::{AddedReferences, Fate, NoSample, SampleFate};

    /// Every form of every step, those first that are held in a row.
    fn steps(unit: RemainsId) -> (Vec<ForensicEntry>, Vec<ForensicEntry>) {
        let (on, record, word) =
            (the::<When>("2025-06-18"), Some(the("record")), Some(the::<Text>("a word")));
        let elements = Some(Elements::CompleteBody);
        let (mut plain, mut told) = (Vec::new(), Vec::new());
        for note in [None, word.clone()] {
            let kept = if note.is_none() { &mut plain } else { &mut told };
            for (record, elements) in [(None, None), (record, None), (None, elements), (record, elements)] {
                let note = note.clone();
                kept.push(ForensicEntry::Examined(Examination { unit, on, elements, record, note }));
            }
            for (sample, outcome) in
                [("s-1", ProfileOutcome::Insufficient), ("s-2", ProfileOutcome::Obtained)]
            {
                let sample = the(sample);
                kept.push(ForensicEntry::Sampled(Sampling {
                    unit,
                    on,
                    sample: if note.is_none() { sample } else { RecordRef::from_uuid(uuid_after(sample)) },
                    note: note.clone(),
                }));
                for record in [None, record] {
                    let (outcome, note) = (outcome.clone(), note.clone());
                    kept.push(ForensicEntry::Profile(Profiling { unit, on, sample, outcome, record, note }));
                }
            }
            for database in [None, word.clone()] {
                kept.push(ForensicEntry::InDatabase(DatabaseEntry {
                    unit,
                    on,
                    database,
                    note: note.clone(),
                }));
            }
            for record in [None, record] {
                kept.push(ForensicEntry::Compared(DatabaseComparison {
                    unit,
                    on,
                    record,
                    note: note.clone(),
                }));
            }
        }
        let outcome = ProfileOutcome::NoUsableProfile { method: the("STR"), year: 2025 };
        let sample = the("s-2");
        told.push(ForensicEntry::Profile(Profiling { unit, on, sample, outcome, record, note: None }));
        told.push(ForensicEntry::SampleGone(SampleFate { unit, sample, on, fate: Fate::UsedUp, note: None }));
        told.push(ForensicEntry::NoSample(NoSample { unit, on, reason: the("burnt") }));
        told.push(ForensicEntry::ReferencesAdded(AddedReferences {
            on,
            from: None,
            number: None,
            note: None,
        }));
        (plain, told)
    }

    fn uuid_after(sample: RecordRef) -> uuid::Uuid {
        uuid::Uuid::from_u128(sample.to_uuid().as_u128() ^ 1)
    }

    #[test]
    fn every_form_of_a_step_comes_back_as_it_was_recorded() {
        let mut house = House::new(Unit::SetOfRemains, Accrual::Passage);
        house.opened("u", "batch", &[("u", crate::remains::Human::Yes)], 0);
        let (plain, told) = steps(the("u"));
        let (before, rows) = (house.ledger.len(), plain.len());
        let all: Vec<What> =
            plain.into_iter().chain(told).map(RemainsEntry::Forensic).map(What::Remains).collect();
        for what in &all {
            house.tell("south", what.clone());
        }
        let entries: Vec<Entry> = house.ledger.entries().collect();
        let back: Vec<_> = entries.iter().skip(before).map(|entry| entry.what.clone()).collect();
        assert_eq!(back, all);
        assert_eq!(house.ledger.state.plain_steps.len(), rows);
        // The same again is the same submission; with another time it is not.
        for entry in &entries {
            assert_eq!(house.ledger.post(entry), Ok(crate::ledger::Posted::AlreadyRecorded));
        }
        let mut other = entries.get(before).cloned().unwrap();
        if let What::Remains(RemainsEntry::Forensic(ForensicEntry::Examined(told))) = &mut other.what {
            told.on = the("2025-06-19");
        }
        assert!(house.ledger.post(&other).is_err());
    }
}
