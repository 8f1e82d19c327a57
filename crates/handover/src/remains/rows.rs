//! How entries about remains are held: a step of forensic progress without a note, and an opening in which at most one unit was
//! found, in small rows.

use alloc::vec::Vec;

use super::{
    DatabaseComparison, DatabaseEntry, Determination, Elements, Examination, ForensicEntry, Found, Human,
    Opening, ProfileOutcome, Profiling, RemainsEntry, Sampling, UnitRow,
};
use crate::compact::{Compact, DateRow, Dated, New, Rare, as_they_are, compact_choice, compact_entries};
use crate::held::EntryRow;
use crate::id::{ContainerId, RecordRef, RemainsId};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

as_they_are!(Human);

compact_choice! {
    enum ProfileOutcome as OutcomeTold { Obtained, Insufficient; }
}

compact_entries! {
    /// What was told of forensic progress.
    enum ForensicEntry as ForensicTold {
        Examined(Examination {
            unit: RemainsId,
            on: When,
            elements: Option<Elements>,
            record: Option<RecordRef>,
            note: Rare<Option<Text>>,
        }) on,
        Sampled(Sampling { unit: RemainsId, on: When, sample: RecordRef, note: Rare<Option<Text>> }) on,
        Profile(Profiling {
            unit: RemainsId,
            on: When,
            sample: RecordRef,
            outcome: ProfileOutcome,
            record: Option<RecordRef>,
            note: Rare<Option<Text>>,
        }) on,
        InDatabase(DatabaseEntry {
            unit: RemainsId,
            on: When,
            database: Option<Text>,
            note: Rare<Option<Text>>,
        }) on,
        Compared(DatabaseComparison {
            unit: RemainsId,
            on: When,
            record: Option<RecordRef>,
            note: Rare<Option<Text>>,
        }) on,
    }

    /// What was told of an opening, or of whether a unit is human.
    enum RemainsEntry as OpeningTold {
        Opened(Opening { container: ContainerId, on: When, found: OneFound, note: Option<Text> }) on,
        Determined(Determination {
            unit: RemainsId,
            on: When,
            human: Human,
            record: Option<RecordRef>,
            note: Option<Text>,
        }) on,
    }
}

/// A step of forensic progress in its row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepTold(ForensicTold);

impl Compact for StepTold {
    type Of = RemainsEntry;
    type Row = Self;

    fn hold(of: &RemainsEntry, state: &mut State) -> Option<Self> {
        match of {
            RemainsEntry::Forensic(step) => ForensicTold::hold(step, state).map(Self),
            _ => None,
        }
    }

    fn read(row: Self, state: &State) -> RemainsEntry {
        RemainsEntry::Forensic(ForensicTold::read(row.0, state))
    }
}

impl Dated for StepTold {
    fn on(&self) -> Option<Idx<DateRow>> {
        self.0.on()
    }
}

/// The one unit that was found, or that none was.
pub(crate) struct OneFound;

#[derive(Clone, Copy, Debug)]
pub(crate) struct FoundTold {
    unit: Idx<UnitRow>,
    human: Human,
    elements: Option<Idx<Elements>>,
}

impl Compact for OneFound {
    type Of = Vec<Found>;
    type Row = Option<FoundTold>;

    fn hold(of: &Vec<Found>, state: &mut State) -> Option<Self::Row> {
        match of.as_slice() {
            [] => Some(None),
            [Found { id, human, elements }] => Some(Some(FoundTold {
                unit: New::<RemainsId>::hold(id, state)?,
                human: *human,
                elements: Option::<Elements>::hold(elements, state)?,
            })),
            _ => None,
        }
    }

    fn read(row: Self::Row, state: &State) -> Vec<Found> {
        let found = |FoundTold { unit, human, elements }| Found {
            id: RemainsId::read(unit, state),
            human,
            elements: Option::<Elements>::read(elements, state),
        };
        row.map(found).into_iter().collect()
    }
}

impl State {
    /// What an entry tells of forensic progress, if it does.
    pub(crate) fn forensic(&self, entry: Idx<EntryRow>) -> Option<ForensicEntry> {
        match (self.row(entry), self.told_in_full(entry)) {
            (Some(StepTold(step)), _) => Some(ForensicTold::read(*step, self)),
            (None, Some(RemainsEntry::Forensic(step))) => Some(step.clone()),
            _ => None,
        }
    }

    /// When what an entry tells of remains happened, if it tells of remains.
    pub(crate) fn time_of_remains(&self, entry: Idx<EntryRow>) -> Option<When> {
        let step = self.row::<StepTold>(entry).map(Dated::on);
        match step.or_else(|| self.row::<OpeningTold>(entry).map(Dated::on)) {
            Some(on) => on.map(|on| When::read(on, self)),
            None => self.told_in_full(entry).and_then(RemainsEntry::on),
        }
    }
}
