//! What holds of what authorities decided, as of the moment that is asked about and by the words that are believed.

use alloc::vec::Vec;

use super::sum::Counted;
use super::{Basis, Reading, Whose};
use crate::claim::SubjectKey;
use crate::held::{EntryRow, part};
use crate::identification::{DecisionRow, IdentificationEntry};
use crate::party::{OrganRow, PartyRow, Side};
use crate::person::PersonRow;
use crate::remains::UnitRow;
use crate::table::Idx;
use crate::when::Moment;

/// Whose decisions are taken together: a reading has one voice, or one of each party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// All whom the reading believes.
    Believed,
    /// One party's organs.
    Of(Idx<PartyRow>),
}

impl<B: Basis> Reading<'_, B> {
    /// The voices in which this reading hears what is decided of a unit.
    pub(super) fn voices(&self, unit: Idx<UnitRow>) -> Vec<Voice> {
        if self.whose != Whose::All {
            return [Voice::Believed].into();
        }
        let parties = match self.batch_of_unit(unit) {
            Some(batch) => self.state.parties_of(SubjectKey::Batch(batch)),
            None => self.state.parties.places().map(|(party, _)| party).collect(),
        };
        parties.into_iter().map(Voice::Of).collect()
    }

    /// Whether an organ is heard in a voice.
    pub(super) fn is_heard(&self, voice: Voice, organ: Idx<OrganRow>) -> bool {
        let side = self.state.organs.get(organ).side;
        match voice {
            Voice::Believed => self.trusts(side),
            Voice::Of(party) => side == Side::Party(party),
        }
    }

    /// Whether the organ that made an entry is heard in a voice.
    pub(super) fn is_word_of(&self, voice: Voice, entry: Idx<EntryRow>) -> bool {
        let organ = self.state.organ_of_entry(entry);
        self.is_heard(voice, organ)
    }

    /// Whether an entry had been uttered by the moment that is asked about.
    pub(super) fn is_uttered(&self, entry: Idx<EntryRow>) -> bool {
        let said = self.state.saying(entry).said.last_moment().unwrap_or(Moment::END_OF_TIME);
        self.said_by.is_none_or(|by| said <= by)
    }

    /// Whether nothing that had been uttered by then takes back what an entry tells.
    pub(super) fn still_stands(&self, entry: Idx<EntryRow>) -> bool {
        self.state.withdrawal_index.get(entry).is_none_or(|by| !self.is_uttered(by))
    }

    /// Whether an entry had been uttered by then, and nothing that had been uttered by then takes back what it tells.
    pub(super) fn is_told(&self, entry: Idx<EntryRow>) -> bool {
        self.is_uttered(entry) && self.still_stands(entry)
    }

    /// Whether an entry had been made, and neither corrected nor reversed.
    pub(super) fn entry_stands(&self, entry: Idx<EntryRow>) -> bool {
        let reversed = self.state.reversal_index.get(entry);
        self.is_uttered(entry) && !reversed.is_some_and(|by| self.is_uttered(by))
    }

    /// Whether what an entry records had happened by the moment that is asked about.
    pub(super) fn happened(&self, entry: Idx<EntryRow>) -> Counted {
        if !self.is_uttered(entry) {
            return Counted::No;
        }
        self.state.time_of(entry).map_or(Counted::Yes, |time| self.counted(time.span()))
    }

    /// Whether what one entry records holds, until another ends it.
    pub(super) fn holds(&self, made: Idx<EntryRow>, ended: Option<Idx<EntryRow>>) -> Counted {
        let ended = ended.map_or(Counted::No, |ended| self.happened(ended));
        match (self.happened(made), ended) {
            (Counted::No, _) | (_, Counted::Yes) => Counted::No,
            (Counted::Yes, Counted::No) => Counted::Yes,
            _ => Counted::Perhaps,
        }
    }

    /// The decision on whose remains a unit is that certainly holds by this reading. A decision is one authority's: what all
    /// accept knows none.
    pub(super) fn decision_on(&self, unit: Idx<UnitRow>) -> Option<Idx<DecisionRow>> {
        if self.whose == Whose::All { None } else { self.decision_in(Voice::Believed, unit) }
    }

    /// The decision of one voice that certainly holds, the one recorded last: one that was revoked later, or whose place
    /// another took later, held until then.
    pub(super) fn decision_in(&self, voice: Voice, unit: Idx<UnitRow>) -> Option<Idx<DecisionRow>> {
        let holds = |decision: &Idx<DecisionRow>| {
            let row = self.state.decisions.get(*decision);
            self.is_word_of(voice, row.entry) && self.holds(row.entry, row.revoked_by) == Counted::Yes
        };
        let latest = self.state.units.get(unit).decision?;
        if holds(&latest) {
            return Some(latest);
        }
        self.state.events_of_unit(unit).filter_map(|entry| self.decision_made_by(entry)).find(holds)
    }

    /// The person whose remains a unit is by the decision that holds by this reading.
    pub(crate) fn person_decided(&self, unit: Idx<UnitRow>) -> Option<Idx<PersonRow>> {
        self.decision_on(unit).map(|at| self.state.decisions.get(at).person)
    }

    /// This reading, in one of its voices.
    pub(super) fn as_voice(&self, voice: Voice) -> Self {
        match voice {
            Voice::Believed => *self,
            Voice::Of(party) => Reading { whose: Whose::Party(party), ..*self },
        }
    }

    /// The decision that an entry made, if it made one.
    fn decision_made_by(&self, entry: Idx<EntryRow>) -> Option<Idx<DecisionRow>> {
        let decision = part!(self.state.identification(entry), IdentificationEntry::Decided)?;
        let person = self.state.persons.at(decision.person)?;
        self.state.decisions_of_person(person).find(|at| self.state.decisions.get(*at).entry == entry)
    }

    /// Takes note that something rests on an entry.
    pub(super) fn rest_on(&self, basis: &mut B, entry: Idx<EntryRow>) {
        basis.rest_on(entry.place(), self.state.entries.get(entry).id);
    }
}
