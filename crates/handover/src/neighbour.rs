//! What affiliation, notice and disposition ask of other concepts: one place for each question.

use alloc::collections::BTreeSet;

use crate::agreement::AgreementRow;
use crate::batch::BatchRow;
use crate::container::ContainerRow;
use crate::custody::{Acceptance, CustodyEntry, EndRow, HeldKey, TransferRow};
use crate::held::{EntryRow, WhatRef};
use crate::party::{OrganRow, PartyRow, Side};
use crate::person::PersonRow;
use crate::remains::{SampleStanding, UnitRow};
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

/// A transfer that crosses the border of a side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crossing {
    /// The entries by which it was received and given, as far as they are recorded.
    pub(crate) ends: [Option<Idx<EntryRow>>; 2],
    /// Whether it leads to that side.
    pub(crate) inward: bool,
}

impl State {
    /// The units of which it was ever decided that they are a person's, each once.
    pub(crate) fn units_of_person(&self, person: Idx<PersonRow>) -> BTreeSet<Idx<UnitRow>> {
        self.decisions_of_person(person).flat_map(|decision| self.units_of_decision(decision)).collect()
    }

    /// Whether a reference sample of a unit is retained, or it is recorded that none can be (invariant 37).
    pub(crate) fn sample_is_settled(&self, unit: Idx<UnitRow>) -> bool {
        matches!(self.sample_standing(unit), SampleStanding::Retained | SampleStanding::Impossible)
    }

    /// Whether a profile of a unit is in a database, or it is documented that none can be had.
    pub(crate) fn profile_is_settled(&self, unit: Idx<UnitRow>) -> bool {
        self.profile_is_kept_or_impossible(unit)
    }

    /// The container in which a unit, or what it was made of, was found first.
    pub(crate) fn container_of_unit(&self, unit: Idx<UnitRow>) -> Option<Idx<ContainerRow>> {
        self.units.get(unit).container.or_else(|| self.containers_of_unit(unit).into_iter().next())
    }

    /// The batch in which a unit came.
    pub(crate) fn batch_of_unit(&self, unit: Idx<UnitRow>) -> Option<Idx<BatchRow>> {
        self.batch_of_container(self.container_of_unit(unit)?)
    }

    /// The agreement under which a batch passed, or else towards whose obligation it is offered.
    pub(crate) fn agreement_of_batch(&self, batch: Idx<BatchRow>) -> Option<Idx<AgreementRow>> {
        let row = self.batches.get(batch);
        let passed = row.passage.map(|at| self.legs.get(self.passages.get(at).leg).handover);
        passed
            .and_then(|handover| self.handovers.get(handover).under)
            .or_else(|| row.towards.and_then(|obligation| self.obligations.get(obligation).under))
    }

    /// The entry by which a unit got its code, and when that was.
    pub(crate) fn found_by(&self, unit: Idx<UnitRow>) -> Option<(Idx<EntryRow>, When)> {
        let entry = self.units.get(unit).entry;
        Some((entry, self.time_of(entry)?))
    }

    /// Whether a transfer is of a unit, of its container or of its batch.
    pub(crate) fn is_transfer_of(&self, transfer: &TransferRow, unit: Idx<UnitRow>) -> bool {
        match transfer.of {
            HeldKey::Remains(other) => other == unit,
            HeldKey::Container(other) => Some(other) == self.container_of_unit(unit),
            HeldKey::Batch(other) => Some(other) == self.batch_of_unit(unit),
        }
    }

    /// The transfers of a unit, of its container and of the batch in which it came that lead to this side from another, or from it
    /// to another.
    pub(crate) fn crossings(
        &self,
        unit: Idx<UnitRow>,
        batch: Option<Idx<BatchRow>>,
        party: Idx<PartyRow>,
    ) -> impl Iterator<Item = Crossing> {
        let is_of = move |organ: Idx<OrganRow>| self.organs.get(organ).side == Side::Party(party);
        let container = self.container_of_unit(unit).map(HeldKey::Container);
        let batch = batch.map(HeldKey::Batch);
        [Some(HeldKey::Remains(unit)), container, batch]
            .into_iter()
            .flatten()
            .flat_map(|held| self.transfers_of(held))
            .map(|at| self.transfers.get(at))
            .filter(move |transfer| is_of(transfer.from) != is_of(transfer.to))
            .filter(|transfer| !transfer.received.is_some_and(|end| self.is_refused(end)))
            .map(move |transfer| Crossing {
                ends: [transfer.received, transfer.given].map(|end| Some(self.ends.get(end?).entry)),
                inward: is_of(transfer.to),
            })
    }

    /// Whether an end tells that nothing was received.
    fn is_refused(&self, end: Idx<EndRow>) -> bool {
        match self.what(self.ends.get(end).entry).get() {
            WhatRef::Custody(CustodyEntry::Received(receipt)) => {
                matches!(receipt.accepted, Acceptance::Refused(_))
            }
            _ => false,
        }
    }

    /// Whether an organ can decide: one of a party, or a neutral one.
    pub(crate) fn is_authority(&self, organ: Idx<OrganRow>) -> bool {
        matches!(self.organs.get(organ).side, Side::Party(_) | Side::Neutral)
    }
}

impl State {
    /// When what an entry records happened, for the entries whose kind tells it.
    pub(crate) fn time_of(&self, entry: Idx<EntryRow>) -> Option<When> {
        if let Some(on) = self.time_in_row(entry) {
            return on;
        }
        match self.what(entry).get() {
            WhatRef::Obligation(entry) => entry.on(),
            WhatRef::Affiliation(entry) => Some(entry.on()),
            WhatRef::Notice(entry) => Some(entry.on()),
            WhatRef::Disposition(entry) => Some(entry.on()),
            WhatRef::Closure(entry) => Some(entry.on()),
            WhatRef::Prisoner(entry) => entry.on(),
            WhatRef::Disclosure(entry) => Some(entry.on()),
            WhatRef::Custody(CustodyEntry::Given(end)) => Some(end.on),
            WhatRef::Custody(CustodyEntry::Received(end)) => Some(end.on),
            WhatRef::Remains(entry) => entry.on(),
            WhatRef::Identification(entry) => entry.on(),
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
