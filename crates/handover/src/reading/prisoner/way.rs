//! How an entry of a list stands, and what stands in its way.

use alloc::vec::Vec;

use super::Heard;
use super::entry::{EntryStatus, Obstacle};
use crate::prisoner::{
    Fitness, Holding, Manner, Membership, NominationRow, PersonalWish, Step, Voluntary, Whereabouts,
};
use crate::reading::{Basis, Reading};
use crate::table::Idx;

impl<B: Basis> Reading<'_, B> {
    /// How an entry stands by the steps that are heard.
    pub(super) fn status(&self, at: Idx<NominationRow>, heard: &[Heard<'_>]) -> EntryStatus {
        let ended = heard
            .iter()
            .filter(|(_, told)| told.step.ends() || told.step == Step::Reconciled)
            .copied()
            .collect::<Vec<_>>();
        let end = self.counting(&ended, Some).and_then(|(entry, _, step)| self.ending(at, entry, step));
        if let Some(end) = end {
            return end;
        }
        let obstacles = self.stands_in_the_way(at, heard);
        let has = |is: fn(&Obstacle) -> bool| obstacles.iter().any(is);
        let row = self.state.nominations.get(at);
        let declined = has(|obstacle| *obstacle == Obstacle::Declines);
        if declined && heard.iter().any(|(_, told)| matches!(told.step, Step::NeutralCustody(_))) {
            return EntryStatus::NeutralCustody;
        }
        match self.holding(at, heard) {
            Some(Holding::NotHeld) => return EntryStatus::DeniedHolding,
            Some(Holding::Dead) => return EntryStatus::SaidDead,
            Some(Holding::AlreadyExchanged) => return EntryStatus::AlreadyExchanged,
            Some(Holding::Civilian) => return EntryStatus::Recategorise,
            Some(Holding::Held) | None => {}
        }
        if declined {
            return EntryStatus::Declined;
        }
        if has(|obstacle| *obstacle == Obstacle::Unfit) {
            return EntryStatus::Deferred;
        }
        if has(|obstacle| matches!(obstacle, Obstacle::JudicialHold { .. })) {
            return EntryStatus::HeldBack;
        }
        let moved = self.counting(heard, |step| match step {
            Step::Moved(Whereabouts::Assembled) => Some(EntryStatus::Assembled),
            Step::Moved(Whereabouts::InTransit) => Some(EntryStatus::InTransit),
            Step::Moved(Whereabouts::AtVenue) => Some(EntryStatus::AtVenue),
            Step::Verified(_) => Some(EntryStatus::Verified),
            Step::AcceptedUnlisted => Some(EntryStatus::AcceptedUnlisted),
            _ => None,
        });
        match moved {
            Some((_, _, status)) => status,
            None if row.substitute => EntryStatus::Offered,
            None if self.is_frozen(at) => EntryStatus::Agreed,
            None if obstacles.is_empty() => EntryStatus::Cleared,
            None if has(|obstacle| *obstacle == Obstacle::NotConfirmed) => EntryStatus::Nominated,
            None if has(|obstacle| *obstacle == Obstacle::NotEvaluated) => EntryStatus::HeldConfirmed,
            None if has(|obstacle| *obstacle == Obstacle::NotInCategory) => EntryStatus::NotEligible,
            None => EntryStatus::Eligible,
        }
    }

    /// All that stands in the way now.
    pub(super) fn obstacles(&self, at: Idx<NominationRow>, heard: &[Heard<'_>]) -> Vec<Obstacle> {
        let row = self.state.nominations.get(at);
        // Every status that ends an entry, neutral custody among them, stands after those of the way.
        let ended = |status: &EntryStatus| *status >= EntryStatus::HandedOver(Manner::Exchanged);
        let mut found: Vec<_> =
            Some(self.status(at, heard)).filter(ended).map(Obstacle::Ended).into_iter().collect();
        found.extend(self.stands_in_the_way(at, heard));
        if row.substitute {
            if !heard.iter().any(|(_, told)| told.step == Step::AcceptedUnlisted) {
                found.push(Obstacle::NotAccepted);
            }
        } else if !self.is_frozen(at) && !self.state.lists.get(row.list).unilateral {
            found.push(Obstacle::NotFrozen);
        }
        found
    }

    fn stands_in_the_way(&self, at: Idx<NominationRow>, heard: &[Heard<'_>]) -> Vec<Obstacle> {
        let mut found = Vec::new();
        if self.holding(at, heard) != Some(Holding::Held) {
            found.push(Obstacle::NotConfirmed);
        }
        let categories = self.categories(at, heard);
        if categories.is_empty() {
            found.push(Obstacle::NotEvaluated);
        } else if categories.iter().all(|category| category.found != Membership::Yes) {
            found.push(Obstacle::NotInCategory);
        }
        if let Some(hold) = self.hold(heard).filter(|hold| hold.consent.is_none()) {
            found.push(Obstacle::JudicialHold { by: hold.by });
        }
        let list = self.state.lists.get(self.state.nominations.get(at).list);
        let wounded =
            categories.iter().any(|standing| self.state.is_of_wounded(standing.category, standing.found));
        match self.will(heard).map(|(_, will)| will) {
            Some(will) if will.wish == PersonalWish::Declines => found.push(Obstacle::Declines),
            Some(will) if will.wish == PersonalWish::TakenBack => found.push(Obstacle::NoWill),
            None => found.push(Obstacle::NoWill),
            Some(will) if wounded && !list.after_hostilities => match will.voluntary {
                Voluntary::VerifiedBy(_) => {}
                Voluntary::Unverified => found.push(Obstacle::WillNotVerified),
                Voluntary::UnderPressure => found.push(Obstacle::UnderPressure),
            },
            Some(will) if will.voluntary == Voluntary::UnderPressure => found.push(Obstacle::UnderPressure),
            Some(_) => {}
        }
        let fitness = self.counting(heard, |step| match step {
            Step::Fitness(fitness) => Some(*fitness),
            _ => None,
        });
        match fitness {
            Some((_, _, Fitness::Unfit)) => found.push(Obstacle::Unfit),
            None if wounded => found.push(Obstacle::FitnessUnknown),
            _ => {}
        }
        found
    }
}
