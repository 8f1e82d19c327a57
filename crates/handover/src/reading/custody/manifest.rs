use alloc::vec::Vec;

use super::super::{Basis, Reading, Told, Whose};
use super::chain::Fate;
use super::{Passing, Position};
use crate::batch::BatchRow;
use crate::claim::{PropositionKey, Scope, SubjectKey};
use crate::custody::{Acceptance, CustodyEntry, Findings, HeldKey, TransferRow};
use crate::id::{BatchId, ContainerId, EntryId, OrganId, TransferId};
use crate::party::{OrganRow, Side};
use crate::quantity::Span;
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::when::When;

/// A container of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestLine {
    /// The container.
    pub container: ContainerId,
    /// Where it is.
    pub position: Position,
    /// What became of it in the last transfer that tells of it.
    pub passing: Passing,
    /// The incidents in which it was missed and not found again.
    pub missed: Vec<EntryId>,
}

/// One end of a transfer as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndView {
    /// The entry.
    pub entry: EntryId,
    /// When it was given or received.
    pub on: When,
    /// What it counted and found.
    pub found: Findings,
    /// How far it was accepted, by a receiving end.
    pub accepted: Option<Acceptance>,
}

/// A transfer with both its ends, none of which overwrites the other (invariant 23).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferView {
    /// The transfer.
    pub transfer: TransferId,
    /// Who gives.
    pub from: OrganId,
    /// Who receives.
    pub to: OrganId,
    /// The giving end.
    pub given: Option<EndView>,
    /// The receiving end.
    pub received: Option<EndView>,
}

/// A batch with its containers, what passed of it, and the counts at both ends.
#[derive(Clone, Debug, PartialEq)]
pub struct ManifestView<B = ()> {
    /// The batch.
    pub batch: BatchId,
    /// The entry that states that there are no others.
    pub complete: Option<EntryId>,
    /// Its containers, in the order of their recording; none while it is known by its number alone.
    pub containers: Vec<ManifestLine>,
    /// The transfers of the batch as a whole, in the order of their recording.
    pub transfers: Vec<TransferView>,
    /// How many it counts in its unit.
    pub count: Told<Span>,
    /// The entries that the count rests on.
    pub rests_on: B,
}

impl<B> ManifestView<B> {
    fn number(&self, passing: Passing) -> usize {
        self.containers.iter().filter(|line| line.passing == passing).count()
    }

    /// How many of its containers were received.
    pub fn received(&self) -> usize {
        self.number(Passing::Passed)
    }

    /// How many were refused.
    pub fn refused(&self) -> usize {
        self.number(Passing::Refused)
    }

    /// How many did not arrive.
    pub fn missing(&self) -> usize {
        self.number(Passing::Missing)
    }
}

impl<B: Basis> Reading<'_, B> {
    /// A batch with its containers and the counts at both ends.
    ///
    /// # Errors
    /// The batch is not recorded.
    pub fn manifest(&self, batch: BatchId) -> Result<ManifestView<B>, EntryRefusal> {
        let at = self.state.batches.find(batch)?;
        let row = self.state.batches.get(at);
        let mut containers: Vec<_> = self.registered_in(at).collect();
        containers.sort_unstable();
        let containers = containers.into_iter().map(|at| {
            let key = HeldKey::Container(at);
            let chain = self.chain_of(key);
            ManifestLine {
                container: self.state.containers.get(at).id,
                position: chain.position,
                passing: chain.links.last().map_or(Passing::Had, |link| link.passing),
                missed: self.missed(key),
            }
        });
        let mut rests_on = B::default();
        let about = SubjectKey::Batch(at);
        let key = PropositionKey { about, scope: Scope::Count, unit: Some(row.unit) };
        let count = self.told(key, &mut rests_on);
        let mut transfers: Vec<_> = self.state.transfers_of(HeldKey::Batch(at)).collect();
        transfers.reverse();
        let complete = self.manifest_complete(at);
        Ok(ManifestView {
            batch,
            complete: complete.map(|by| self.state.entries.get(by).id),
            containers: containers.collect(),
            transfers: transfers.into_iter().map(|at| self.transfer_view(at)).collect(),
            count,
            rests_on,
        })
    }

    /// A transfer with both its ends as they stand.
    ///
    /// # Errors
    /// The transfer is not recorded.
    pub fn transfer(&self, transfer: TransferId) -> Result<TransferView, EntryRefusal> {
        Ok(self.transfer_view(self.state.transfers.find(transfer)?))
    }

    fn transfer_view(&self, at: Idx<TransferRow>) -> TransferView {
        let row = self.state.transfers.get(at);
        let [given, received] = self.ends(at).map(|end| {
            let end = self.state.ends.get(end?);
            let (found, accepted) = match self.state.told::<CustodyEntry>(end.entry)?.as_ref() {
                CustodyEntry::Given(giving) => (giving.found.clone(), None),
                CustodyEntry::Received(receipt) => (receipt.found.clone(), Some(receipt.accepted.clone())),
                _ => return None,
            };
            Some(EndView {
                entry: self.state.entries.get(end.entry).id,
                on: self.state.end_on(end)?,
                found,
                accepted,
            })
        });
        let organ = |at| self.state.organs.get(at).id;
        TransferView { transfer: row.id, from: organ(row.from), to: organ(row.to), given, received }
    }

    /// How many containers of a batch passed from one side to the other as far as their chains tell: from those that certainly
    /// did to those of which nobody tells that they were refused or did not arrive.
    pub(in crate::reading) fn passed_containers(&self, batch: Idx<BatchRow>) -> Span {
        let row = self.state.batches.get(batch);
        let side = |organ: Idx<OrganRow>| self.state.organs.get(organ).side;
        let mut passed = Span::ZERO;
        for container in self.registered_in(batch) {
            let steps = self.steps_of_held(HeldKey::Container(container));
            let mut crossings = steps.iter().filter(|step| {
                step.from.map(side) == Some(Side::Party(row.from)) && side(step.to) == Side::Party(row.to)
            });
            let last = crossings.clone().next_back().map(|step| step.fate);
            passed = passed.plus(if crossings.any(|step| step.fate == Fate::Passed) {
                Span::exactly(1)
            } else if last == Some(Fate::Refused) || (last == Some(Fate::Missing) && self.whose != Whose::All)
            {
                Span::ZERO
            } else {
                Span::up_to(1)
            });
        }
        passed
    }
}
