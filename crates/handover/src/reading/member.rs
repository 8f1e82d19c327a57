//! Which containers are a part of a batch, whether it has others, and which units came in it, as it had been said by the moment that
//! is asked about.

use alloc::collections::BTreeSet;

use super::{Basis, Reading};
use crate::batch::BatchRow;
use crate::container::{ContainerRow, MemberRow};
use crate::held::EntryRow;
use crate::remains::UnitRow;
use crate::table::Idx;

impl<B: Basis> Reading<'_, B> {
    /// The batch that a container is a part of.
    pub(super) fn batch_of_container(&self, container: Idx<ContainerRow>) -> Option<Idx<BatchRow>> {
        self.member(container).map(|at| self.state.members.get(at).batch)
    }

    /// The batch in which a unit came.
    pub(super) fn batch_of_unit(&self, unit: Idx<UnitRow>) -> Option<Idx<BatchRow>> {
        self.batch_of_container(self.state.container_of_unit(unit)?)
    }

    /// The containers that are a part of a batch, the last recorded first.
    pub(super) fn containers_of_batch(
        &self,
        batch: Idx<BatchRow>,
    ) -> impl Iterator<Item = Idx<ContainerRow>> {
        self.state
            .members_ever(batch)
            .filter(|(at, container)| self.member(*container) == Some(*at))
            .map(|(_, container)| container)
    }

    /// The units of a batch that exist: what was divided or united is counted by what it became.
    pub(super) fn units_of_batch(&self, batch: Idx<BatchRow>) -> BTreeSet<Idx<UnitRow>> {
        let mut units = self.units_from(self.containers_of_batch(batch));
        units.retain(|unit| self.exists(*unit) && self.batch_of_unit(*unit) == Some(batch));
        units
    }

    /// Whether a unit was made, and neither ended nor taken back, by what had been said.
    fn exists(&self, unit: Idx<UnitRow>) -> bool {
        let row = self.state.units.get(unit);
        match self.said_by {
            None => row.ceased_by.is_none(),
            Some(_) => {
                self.is_uttered(row.entry) && self.ceased_by(unit, |entry| self.is_uttered(entry)).is_none()
            }
        }
    }

    /// The entry that states that a batch has no other container.
    pub(super) fn manifest_complete(&self, batch: Idx<BatchRow>) -> Option<Idx<EntryRow>> {
        self.last_that_stands(self.state.batches.get(batch).last_complete)
    }

    /// The entry by which a container is no more.
    pub(super) fn retired_by(&self, container: Idx<ContainerRow>) -> Option<Idx<EntryRow>> {
        self.last_that_stands(self.state.containers.get(container).last_retired)
    }

    fn last_that_stands(&self, last: Option<Idx<EntryRow>>) -> Option<Idx<EntryRow>> {
        self.state.stated_ever(last).find(|entry| self.entry_stands(*entry))
    }

    /// By which of its memberships a container is a part of a batch. What is known now was settled when it was recorded.
    fn member(&self, container: Idx<ContainerRow>) -> Option<Idx<MemberRow>> {
        match self.said_by {
            None => self.state.containers.get(container).member,
            Some(_) => self.state.latest_member(container, |entry| self.entry_stands(entry)),
        }
    }
}
