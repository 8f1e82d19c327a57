//! What affiliation, notice and disposition ask of other concepts: one place for each question.

use alloc::vec::Vec;

use crate::agreement::AgreementRow;
use crate::batch::BatchRow;
use crate::custody::{CustodyEntry, HeldKey};
use crate::entry::{Entry, What};
use crate::identification::DecisionRow;
use crate::party::{OrganRow, PartyRow, Side};
use crate::person::PersonRow;
use crate::remains::{RemainsEntry, UnitRow};
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

/// A transfer that crosses the border of a side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crossing {
    /// The entries by which it was received and given, as far as they are recorded.
    pub(crate) ends: [Option<Idx<Entry>>; 2],
    /// Whether it leads to that side.
    pub(crate) inward: bool,
}

impl State {
    /// The units that are a person's by a decision in force.
    pub(crate) fn units_of_person(&self, person: Idx<PersonRow>) -> Vec<Idx<UnitRow>> {
        let mut units: Vec<Idx<UnitRow>> = self
            .decisions_of_person(person)
            .flat_map(|decision| {
                self.units_of_decision(decision)
                    .filter(move |unit| self.decision_in_force(*unit) == Some(decision))
            })
            .collect();
        units.sort();
        units.dedup();
        units
    }

    /// The units on which a decision decided.
    fn units_of_decision(&self, decision: Idx<DecisionRow>) -> impl Iterator<Item = Idx<UnitRow>> {
        self.units.places().filter(move |(_, row)| row.decision == Some(decision)).map(|(unit, _)| unit)
    }

    /// Whether a reference sample of a unit is retained, or it is recorded that none can be (invariant 37).
    pub(crate) fn sample_is_settled(&self, unit: Idx<UnitRow>) -> bool {
        cfg!(test) && self.is_noted(unit, "sample")
    }

    fn is_noted(&self, unit: Idx<UnitRow>, word: &str) -> bool {
        let found_by = self.found_by(unit).map(|(entry, _)| &self.entries.get(entry).what);
        match found_by {
            Some(What::Remains(RemainsEntry::Opened(opening))) => {
                opening.note.as_ref().is_some_and(|note| note.as_str().contains(word))
            }
            _ => false,
        }
    }

    /// Whether a profile of a unit is in a database, or it is documented that none can be had.
    pub(crate) fn profile_is_settled(&self, unit: Idx<UnitRow>) -> bool {
        cfg!(test) && self.is_noted(unit, "profile")
    }

    /// The batch in which a unit came.
    pub(crate) fn batch_of_unit(&self, unit: Idx<UnitRow>) -> Option<Idx<BatchRow>> {
        self.batch_of_container(self.units.get(unit).container?)
    }

    /// The agreement under which a batch passed, or else towards whose obligation it is offered.
    pub(crate) fn agreement_of_batch(&self, batch: Idx<BatchRow>) -> Option<Idx<AgreementRow>> {
        let row = self.batches.get(batch);
        let passed = row.passage.map(|at| self.legs.get(self.passages.get(at).leg).handover);
        passed
            .and_then(|handover| self.handovers.get(handover).under)
            .or_else(|| row.towards.and_then(|obligation| self.obligations.get(obligation).under))
    }

    /// The entry by which a unit came to light, and when that was.
    pub(crate) fn found_by(&self, unit: Idx<UnitRow>) -> Option<(Idx<Entry>, When)> {
        let entry = self.containers.get(self.units.get(unit).container?).opened_by?;
        match &self.entries.get(entry).what {
            What::Remains(RemainsEntry::Opened(opening)) => Some((entry, opening.on)),
            _ => None,
        }
    }

    /// The transfers of a unit, of its container and of its batch that lead to this side from another, or from it to another.
    pub(crate) fn crossings(
        &self,
        unit: Idx<UnitRow>,
        party: Idx<PartyRow>,
    ) -> impl Iterator<Item = Crossing> {
        let container = self.units.get(unit).container;
        let batch = self.batch_of_unit(unit);
        let is_of = move |organ: Idx<OrganRow>| self.organs.get(organ).side == Side::Party(party);
        self.transfers
            .rows()
            .filter(move |transfer| match transfer.of {
                HeldKey::Remains(other) => other == unit,
                HeldKey::Container(other) => Some(other) == container,
                HeldKey::Batch(other) => Some(other) == batch,
            })
            .filter(move |transfer| is_of(transfer.from) != is_of(transfer.to))
            .map(move |transfer| Crossing {
                ends: [transfer.received, transfer.given],
                inward: is_of(transfer.to),
            })
    }

    /// Whether an organ can decide: one of a party, or a neutral one.
    pub(crate) fn is_authority(&self, organ: Idx<OrganRow>) -> bool {
        matches!(self.organs.get(organ).side, Side::Party(_) | Side::Neutral)
    }
}

impl State {
    /// When what an entry records happened, for the entries whose kind tells it.
    pub(crate) fn time_of(&self, entry: Idx<Entry>) -> Option<When> {
        match &self.entries.get(entry).what {
            What::Affiliation(entry) => Some(entry.on()),
            What::Notice(entry) => Some(entry.on()),
            What::Disposition(entry) => Some(entry.on()),
            What::Closure(entry) => Some(entry.on()),
            What::Custody(CustodyEntry::Given(end) | CustodyEntry::Received(end)) => Some(end.on),
            What::Remains(RemainsEntry::Opened(opening)) => Some(opening.on),
            _ => None,
        }
    }
}

/// Whether this certainly happened before that.
pub(crate) fn is_before(this: When, that: When) -> bool {
    match (this.span().last(), that.span().first()) {
        (Some(this), Some(that)) => this < that,
        _ => false,
    }
}
