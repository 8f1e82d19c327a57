//! What is told of one question about an entry of a list.

use alloc::vec::Vec;

use super::Heard;
use super::entry::{CategoryStanding, CustodyView, DeathView, HoldStanding};
use crate::held::EntryRow;
use crate::id::CategoryId;
use crate::neighbour::is_before;
use crate::obligation::Duty;
use crate::prisoner::{Holding, Inquiry, ListEntry, NominationRow, ReferenceDate, Role, Step, Will};
use crate::reading::{Basis, Reading};
use crate::table::Idx;
use crate::when::When;

impl<B: Basis> Reading<'_, B> {
    pub(super) fn will(&self, heard: &[Heard<'_>]) -> Option<(Idx<EntryRow>, Will)> {
        let will = self.counting(heard, |step| match step {
            Step::Will(will) => Some(*will),
            _ => None,
        });
        will.map(|(entry, _, will)| (entry, will))
    }

    pub(super) fn holding(&self, at: Idx<NominationRow>, heard: &[Heard<'_>]) -> Option<Holding> {
        let told = self.counting(heard, |step| match step {
            Step::Holding(answer) => Some(*answer),
            _ => None,
        });
        let row = self.state.nominations.get(at);
        let organ = self.state.organ_of_entry(row.entry);
        let by_holder = self.state.role(row.list, organ) == Role::Holder;
        told.map(|(_, _, answer)| answer).or(by_holder.then_some(Holding::Held))
    }

    pub(super) fn hold(&self, heard: &[Heard<'_>]) -> Option<HoldStanding> {
        let held = self.counting(heard, |step| match step {
            Step::JudicialHold(ground) => Some(Some(*ground)),
            Step::HoldLifted => Some(None),
            _ => None,
        });
        let (entry, told, ground) = held?;
        let since = told.on;
        let after = |is: fn(&Step) -> bool| {
            let found = heard.iter().filter(|(_, told)| is(&told.step) && !is_before(told.on, since));
            found.map(|(entry, _)| self.state.entries.get(*entry).id).min()
        };
        Some(HoldStanding {
            by: self.state.entries.get(entry).id,
            ground: ground?,
            consent: after(|step| matches!(step, Step::ConsentToLeave)),
            communicated: after(|step| matches!(step, Step::NameCommunicated(_))),
        })
    }

    pub(super) fn categories(&self, at: Idx<NominationRow>, heard: &[Heard<'_>]) -> Vec<CategoryStanding> {
        let mut ids: Vec<CategoryId> = heard
            .iter()
            .filter_map(|(_, told)| match told.step {
                Step::Evaluated(evaluation) => Some(evaluation.category),
                _ => None,
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let evaluated = |id: CategoryId| {
            let (_, _, evaluation) = self.counting(heard, |step| match step {
                Step::Evaluated(evaluation) if evaluation.category == id => Some(*evaluation),
                _ => None,
            })?;
            let category = self.state.categories.get(self.state.categories.at(id)?);
            let list = self.state.nominations.get(at).list;
            let reference = match category.reference {
                ReferenceDate::Freeze => self
                    .frozen_version(list)
                    .and_then(|version| self.state.frozen_on(list, version, |entry| self.is_uttered(entry))),
                ReferenceDate::Transfer => self.transfer_of(at, heard),
                _ => category.fixed,
            };
            let apart = |day: When| is_before(day, evaluation.at) || is_before(evaluation.at, day);
            Some(CategoryStanding {
                category: id,
                found: evaluation.found,
                at: evaluation.at,
                until: evaluation.until,
                at_reference: reference.map(|day| !apart(day)),
            })
        };
        ids.into_iter().filter_map(evaluated).collect()
    }

    /// When a person was handed over, or else is to be by the handover of the list's leg.
    pub(super) fn transfer_of(&self, at: Idx<NominationRow>, heard: &[Heard<'_>]) -> Option<When> {
        let handed = self.counting(heard, |step| matches!(step, Step::HandedOver(_)).then_some(()));
        let list = self.state.lists.get(self.state.nominations.get(at).list);
        handed.map(|(_, told, ())| told.on).or_else(|| {
            let leg = self.state.legs.get(list.leg?);
            Some(self.state.handovers.get(leg.handover).on)
        })
    }

    pub(super) fn death(&self, at: Idx<NominationRow>, heard: &[Heard<'_>]) -> Option<DeathView> {
        let (entry, _, inquiry) = self.counting(heard, |step| match step {
            Step::Died(inquiry) => Some(*inquiry),
            _ => None,
        })?;
        let due = [Duty::new(12), Duty::new(13).filter(|_| inquiry == Inquiry::Due)];
        let done = |duty: Duty| {
            let done = heard
                .iter()
                .filter(|(_, told)| matches!(told.step, Step::DeathDuty(done) if done.duty == duty));
            (duty, done.map(|(entry, _)| self.state.entries.get(*entry).id).min())
        };
        let person = self.state.nominations.get(at).person;
        let units = self.units_decided(&self.same_as(person));
        Some(DeathView {
            by: self.state.entries.get(entry).id,
            duties: due.into_iter().flatten().map(done).collect(),
            units: units.into_iter().map(|(unit, _)| unit).collect(),
        })
    }

    pub(super) fn custody(&self, at: Idx<NominationRow>, heard: &[Heard<'_>]) -> Option<CustodyView> {
        let (_, told, with) = self.counting(heard, |step| match step {
            Step::NeutralCustody(with) => Some(*with),
            _ => None,
        })?;
        let list = self.state.lists.get(self.state.nominations.get(at).list);
        let days = match self.state.list_entry(list.entry) {
            Some(ListEntry::Drafted(list)) => list.neutral_custody,
            _ => None,
        };
        Some(CustodyView { with, since: told.on, days })
    }
}
