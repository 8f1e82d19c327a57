//! Who may be handed over and who was: entries of lists, lists, legs, and what each party says of a person.
//!
//! What only one organ can do is heard in every reading: the holder's answer, a side's refusal, a person's will. What anybody
//! could tell is heard by the word that is taken: that someone is fit, was handed over, died.

mod answer;
mod entry;
mod fold;
mod leg;
mod list;
mod person;
mod way;

pub use entry::{
    CategoryStanding, CustodyView, DeathView, EntryStatus, HoldStanding, NominationView, Obstacle,
};
pub use leg::ListedCount;
pub use list::{CategoryChange, ListStage, ListView, VersionView};
pub use person::{AccountingView, PartyStatus};

use alloc::vec::Vec;

use super::standing::Voice;
use super::sum::Counted;
use super::{Basis, Reading, Whose};
use crate::held::EntryRow;
use crate::person::PersonRow;
use crate::prisoner::{Holding, ListEntry, ListRow, NominationRow, NominationStep, Step, VersionRow};
use crate::table::Idx;

/// A step that is heard, and the entry that tells it.
type Heard<'s> = (Idx<EntryRow>, &'s NominationStep);

const fn ending(step: &Step, by_holder: bool) -> Option<EntryStatus> {
    Some(match step {
        Step::Refused(_) if by_holder => EntryStatus::RefusedByHolder,
        Step::Refused(_) => EntryStatus::RefusedByReceiver,
        Step::Withdrawn(_) => EntryStatus::Withdrawn,
        Step::HandedOver(handing) => EntryStatus::HandedOver(handing.manner),
        Step::Reconciled => EntryStatus::Reconciled,
        Step::Died(_) => EntryStatus::Died,
        Step::Escaped => EntryStatus::Escaped,
        Step::Released => EntryStatus::Released,
        Step::Accommodated(_) => EntryStatus::Accommodated,
        _ => return None,
    })
}

/// Whether a step is the doing of the one who tells it, so that nobody else could.
const fn is_act(step: &Step) -> bool {
    matches!(
        step,
        Step::Holding(_)
            | Step::Commission(_)
            | Step::JudicialHold(_)
            | Step::NameCommunicated(_)
            | Step::HoldLifted
            | Step::ConsentToLeave
            | Step::Will(_)
            | Step::Refused(_)
            | Step::Withdrawn(_)
            | Step::Verified(_)
            | Step::AcceptedUnlisted
            | Step::Reconciled
    )
}

impl<B: Basis> Reading<'_, B> {
    /// In which voices a list is heard: one of each side where both must accept.
    fn voices_of_list(&self, list: Idx<ListRow>) -> Vec<Voice> {
        let row = self.state.lists.get(list);
        match self.whose {
            Whose::All => [Voice::Of(row.holder), Voice::Of(row.home)].into(),
            _ => [Voice::Believed].into(),
        }
    }

    /// The steps that a voice tells and that certainly had happened, and whether others may have.
    fn heard(&self, voice: Voice, nomination: Idx<NominationRow>) -> (Vec<Heard<'_>>, bool) {
        let (mut heard, mut perhaps) = (Vec::new(), false);
        for (entry, told) in self.state.all_steps(nomination) {
            let is_heard = is_act(&told.step) || self.is_word_of(voice, entry);
            if !is_heard || !self.still_stands(entry) {
                continue;
            }
            match self.happened(entry) {
                Counted::Yes => heard.push((entry, told)),
                Counted::Perhaps => perhaps = true,
                Counted::No => {}
            }
        }
        (heard, perhaps)
    }

    /// Whether an entry of a list was made by then and was at no end, whoever told of it.
    fn is_open(&self, at: Idx<NominationRow>) -> bool {
        let told: Vec<Heard<'_>> =
            self.steps_then(at).filter(|(entry, _)| self.happened(*entry) == Counted::Yes).collect();
        self.happened(self.state.nominations.get(at).entry) != Counted::No
            && !told.iter().any(|(_, told)| told.step.ends())
            && !self.holding(at, &told).is_some_and(Holding::denies)
    }

    /// The persons of whom it had been said that they are this one, this one first.
    pub(super) fn same_as(&self, person: Idx<PersonRow>) -> Vec<Idx<PersonRow>> {
        self.state.same_by(person, |entry| self.is_told(entry))
    }

    /// Of the steps that are heard, the one that counts for a question.
    fn counting<'s, T>(
        &'s self,
        heard: &[Heard<'s>],
        of: impl Fn(&'s Step) -> Option<T>,
    ) -> Option<(Idx<EntryRow>, &'s NominationStep, T)> {
        self.state.latest_step(heard.iter().copied(), of)
    }

    /// The steps of an entry of a list that had been told by then and stand.
    fn steps_then(&self, at: Idx<NominationRow>) -> impl Iterator<Item = (Idx<EntryRow>, &NominationStep)> {
        self.state.all_steps(at).filter(move |(entry, _)| self.is_told(*entry))
    }

    /// The version that was frozen by then.
    fn frozen_version(&self, list: Idx<ListRow>) -> Option<Idx<VersionRow>> {
        let frozen = self.state.events_of_list(list).filter_map(|entry| match self.state.list_entry(entry) {
            Some(ListEntry::Frozen(step)) if self.happened(entry) == Counted::Yes => Some(step.version),
            _ => None,
        });
        frozen.max().and_then(|number| self.state.version_of(list, number))
    }
}
