//! What a record shows of the duties of the law: advice to a reader, apart from everything that is recorded or owed.

mod occasions;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use self::occasions::{Occasions, Said};
use super::affiliation::DutyState;
use super::{According, Basis, Reading};
use crate::duty::Duty;
use crate::held::{EntryRow, Told};
use crate::id::{EntryId, ObligationId};
use crate::party::Side;
use crate::prisoner::PersonalWish;
use crate::table::Idx;

/// What a record shows of a duty. None of these says that it has ended or is suspended: a duty of the law binds whatever is
/// recorded, and whatever the other side does (invariant 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Conformance {
    /// No entry that can be recorded is an occasion for it: [`DutyData::unseen`](crate::duty::DutyData::unseen) says why.
    Unseen,
    /// Entries can be an occasion for it, and the record holds none.
    NothingRecorded,
    /// Of every occasion that is recorded, what the duty asks is recorded too.
    Shown,
    /// Of some occasions it is, and of some it is not.
    PartlyShown,
    /// Of no occasion it is.
    NotShown,
}

/// A duty of the law beside what the record shows of it. It is advice: nothing rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConformanceView {
    /// The duty; [`Duty::data`] says what it asks.
    pub duty: Duty,
    /// What the record shows.
    pub conformance: Conformance,
    /// The entries that are an occasion for it, and of which what it asks is recorded.
    pub shown: Vec<EntryId>,
    /// The entries that are an occasion for it, and of which what it asks is not recorded. It may have been done.
    pub not_shown: Vec<EntryId>,
    /// Why a record such as this cannot show it; `None` where entries can be an occasion for it.
    pub unseen: Option<&'static str>,
    /// The obligations that rest on it.
    pub obligations: Vec<ObligationId>,
}

impl<B: Basis> Reading<'_, B> {
    /// Each duty of the law by number, with what the record shows of it by what had been said.
    ///
    /// ```
    /// use handover::ledger::Ledger;
    /// use handover::reading::{According, Conformance};
    /// use handover::when::Moment;
    ///
    /// let ledger = Ledger::new();
    /// let views = ledger.reading(According::Anyone, Moment::END_OF_TIME)?.conformance();
    /// assert_eq!(views.len(), 21);
    /// let unseen = views.iter().filter(|view| view.conformance == Conformance::Unseen);
    /// let unseen: Vec<_> = unseen.map(|view| view.duty.to_string()).collect();
    /// assert_eq!(unseen, ["D1", "D3", "D14", "D21"]); // each with the reason
    /// assert!(views.iter().all(|view| view.conformance <= Conformance::NothingRecorded));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn conformance(&self) -> Vec<ConformanceView> {
        let mut occasions = Occasions::default();
        for (entry, what) in self.all_uttered().filter(|(entry, _)| self.still_stands(*entry)) {
            let organ = self.state.organs.get(self.state.organ_of_entry(entry));
            let party = match organ.side {
                Side::Party(party) => Some(self.state.parties.get(party).id),
                Side::Neutral | Side::Press | Side::Unknown => None,
            };
            let said = Said { entry: self.state.entries.get(entry).id, by: party };
            occasions.take(self.state, said, what.get());
        }
        self.of_views(&mut occasions);
        let mut obligations: BTreeMap<Duty, Vec<ObligationId>> = BTreeMap::new();
        for row in self.state.obligations.rows() {
            if let Some(duty) = row.basis.duty() {
                obligations.entry(duty).or_default().push(row.id);
            }
        }
        Duty::all()
            .map(|duty| {
                let (shown, not_shown) = (occasions.of(duty, true), occasions.of(duty, false));
                let unseen = duty.data().map(|data| data.unseen).filter(|because| !because.is_empty());
                let conformance = match (shown.is_empty(), not_shown.is_empty()) {
                    (true, true) if unseen.is_some() => Conformance::Unseen,
                    (true, true) => Conformance::NothingRecorded,
                    (false, true) => Conformance::Shown,
                    (false, false) => Conformance::PartlyShown,
                    (true, false) => Conformance::NotShown,
                };
                let obligations = obligations.remove(&duty).unwrap_or_default();
                ConformanceView { duty, conformance, shown, not_shown, unseen, obligations }
            })
            .collect()
    }

    /// What is told by views, whoever is believed: duties to return that follow from determinations, and who declines.
    fn of_views(&self, occasions: &mut Occasions) {
        let Ok(anyone) = self.by(According::Anyone) else { return };
        for duty in anyone.return_duties() {
            if let Some(because) = duty.because.first() {
                occasions.is(10, *because, matches!(duty.state, DutyState::Settled { .. }));
            }
        }
        let wounded: Vec<_> = occasions.wounded().collect();
        for nomination in wounded {
            let will = anyone.nomination(nomination).ok().and_then(|view| view.will);
            if will.is_some_and(|will| will.wish == PersonalWish::Declines) {
                occasions.declines(nomination);
            }
        }
    }

    fn all_uttered(&self) -> impl Iterator<Item = (Idx<EntryRow>, Told<'_>)> {
        let places = self.state.entries.places().map(|(entry, _)| entry);
        places.filter(|entry| self.is_uttered(*entry)).map(|entry| (entry, self.state.what(entry)))
    }
}
