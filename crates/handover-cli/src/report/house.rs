//! What of lists, the containers, the remains and what follows from them a dossier records: a section is shown if anything of
//! it is.

use std::collections::BTreeSet;

use handover::batch::BatchEntry;
use handover::container::ContainerEntry;
use handover::custody::{CustodyEntry, Held};
use handover::entry::What;
use handover::id::{BatchId, LegId, ObligationId, PersonRef, PolicyId, RemainsId};
use handover::identification::IdentificationEntry;
use handover::ledger::Ledger;
use handover::person::{Fact, PersonEntry};
use handover::prisoner::{ListEntry, PrisonerEntry, Step};
use handover::remains::RemainsEntry;

use crate::args::Section;

/// What is recorded, in the order of recording.
#[derive(Debug, Default)]
pub(super) struct House {
    /// The batches of which containers or transfers are recorded, with the obligation towards which they are offered.
    pub(super) batches: Vec<(BatchId, Option<ObligationId>)>,
    pub(super) units: Vec<RemainsId>,
    pub(super) policies: Vec<PolicyId>,
    /// The legs in which persons of lists are to pass, or passed.
    pub(super) listed: BTreeSet<LegId>,
    /// The persons of whom somebody states something.
    pub(super) persons: BTreeSet<PersonRef>,
    /// The sections of which anything is recorded.
    pub(super) recorded: Vec<Section>,
}

impl House {
    pub(super) fn of(ledger: &Ledger) -> Self {
        let mut house = Self::default();
        let mut touched: BTreeSet<BatchId> = BTreeSet::new();
        for entry in ledger.entries() {
            match entry.what {
                What::Batch(BatchEntry::Introduced(batch)) => house.batches.push((batch.id, batch.towards)),
                What::Container(entry) => {
                    house.note(Section::Custody);
                    match entry {
                        ContainerEntry::Registered(container) => touched.extend(container.batch),
                        ContainerEntry::Assigned(assigned) => {
                            touched.insert(assigned.batch);
                        }
                        _ => {}
                    }
                }
                What::Custody(entry) => {
                    house.note(Section::Custody);
                    if let CustodyEntry::Introduced(transfer) = entry
                        && let Held::Batch(batch) = transfer.of
                    {
                        touched.insert(batch);
                    }
                }
                What::Remains(entry) => {
                    house.note(Section::Remains);
                    house.note(Section::Course);
                    house.units.extend(made_by(&entry));
                }
                What::Identification(entry) => {
                    house.note(Section::Identification);
                    if let IdentificationEntry::Policy(policy) = entry {
                        house.policies.push(policy.id);
                    }
                }
                What::Person(entry) => {
                    if let PersonEntry::Known(known) = &entry {
                        house.persons.insert(known.person);
                    }
                    if entry.fact().is_some_and(accounts) {
                        house.note(Section::Prisoners);
                    }
                }
                What::Prisoner(entry) => {
                    house.note(Section::Prisoners);
                    house.listed.extend(leg_of(&entry));
                }
                What::Affiliation(_) | What::Notice(_) | What::Disposition(_) => {
                    house.note(Section::Duties);
                }
                _ => {}
            }
        }
        house.batches.retain(|(batch, _)| touched.contains(batch));
        house
    }

    fn note(&mut self, section: Section) {
        // What somebody has still to do for the living is told with their lists.
        if !matches!(section, Section::Open | Section::Prisoners) {
            self.note(Section::Open);
        }
        if !self.recorded.contains(&section) {
            self.recorded.push(section);
        }
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

/// Whether a fact says what has become of a person.
const fn accounts(fact: &Fact) -> bool {
    matches!(fact, Fact::Status(_) | Fact::FoundAlive(_) | Fact::Prisoner(_))
}

/// The leg that an entry names for persons of a list.
const fn leg_of(entry: &PrisonerEntry) -> Option<LegId> {
    match entry {
        PrisonerEntry::List(ListEntry::Drafted(list)) => list.leg,
        PrisonerEntry::Step(told) => match &told.step {
            Step::HandedOver(handing) => handing.leg,
            _ => None,
        },
        _ => None,
    }
}
