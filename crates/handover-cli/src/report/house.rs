//! What of the containers, the remains and what follows from them a dossier records: a section is shown if anything of
//! it is.

use std::collections::BTreeSet;

use handover::batch::BatchEntry;
use handover::container::ContainerEntry;
use handover::custody::{CustodyEntry, Held};
use handover::entry::What;
use handover::id::{BatchId, ObligationId, PolicyId, RemainsId};
use handover::identification::IdentificationEntry;
use handover::ledger::Ledger;
use handover::remains::RemainsEntry;

/// What is recorded, in the order of recording.
#[derive(Debug, Default)]
pub(super) struct House {
    /// The batches of which containers or transfers are recorded, with the obligation towards which they are offered.
    pub(super) batches: Vec<(BatchId, Option<ObligationId>)>,
    pub(super) units: Vec<RemainsId>,
    pub(super) policies: Vec<PolicyId>,
    pub(super) has_custody: bool,
    pub(super) has_remains: bool,
    pub(super) has_identification: bool,
    pub(super) has_duties: bool,
}

impl House {
    pub(super) fn of(ledger: &Ledger) -> Self {
        let mut house = Self::default();
        let mut touched: BTreeSet<BatchId> = BTreeSet::new();
        for entry in ledger.entries() {
            match entry.what {
                What::Batch(BatchEntry::Introduced(batch)) => house.batches.push((batch.id, batch.towards)),
                What::Container(entry) => {
                    house.has_custody = true;
                    match entry {
                        ContainerEntry::Registered(container) => touched.extend(container.batch),
                        ContainerEntry::Assigned(assigned) => {
                            touched.insert(assigned.batch);
                        }
                        _ => {}
                    }
                }
                What::Custody(entry) => {
                    house.has_custody = true;
                    if let CustodyEntry::Introduced(transfer) = entry
                        && let Held::Batch(batch) = transfer.of
                    {
                        touched.insert(batch);
                    }
                }
                What::Remains(entry) => {
                    house.has_remains = true;
                    house.units.extend(made_by(&entry));
                }
                What::Identification(entry) => {
                    house.has_identification = true;
                    if let IdentificationEntry::Policy(policy) = entry {
                        house.policies.push(policy.id);
                    }
                }
                What::Affiliation(_) | What::Notice(_) | What::Disposition(_) => house.has_duties = true,
                _ => {}
            }
        }
        house.batches.retain(|(batch, _)| touched.contains(batch));
        house
    }
}

/// The units that an entry brings into the record.
fn made_by(entry: &RemainsEntry) -> Vec<RemainsId> {
    match entry {
        RemainsEntry::Opened(opening) => opening.found.iter().map(|found| found.id).collect(),
        RemainsEntry::FurtherFound(further) => further.found.iter().map(|found| found.id).collect(),
        RemainsEntry::Loose(loose) => vec![loose.found.id],
        RemainsEntry::Divided(division) => division.into.iter().map(|found| found.id).collect(),
        RemainsEntry::United(union) => vec![union.into.id],
        _ => Vec::new(),
    }
}
