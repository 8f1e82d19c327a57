//! What a record shows of the duties of the law: advice to a reader, apart from everything that is recorded or owed.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::{Basis, Reading};
use crate::disposition::{CremationReason, DispositionEntry};
use crate::duty::Duty;
use crate::held::{EntryRow, Told, WhatRef};
use crate::id::{EffectId, EntryId, NominationId, ObligationId, RemainsId};
use crate::prisoner::{Inquiry, PrisonerEntry, Step};
use crate::remains::{EffectEntry, ForensicEntry, RemainsEntry};
use crate::table::Idx;

/// What a record shows of a duty. None of these says that it has ended or is suspended: a duty of the law binds whatever is
/// recorded, and whatever the other side does (invariant 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Conformance {
    /// The record holds nothing by which it could be told.
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
    /// The obligations that rest on it.
    pub obligations: Vec<ObligationId>,
}

/// Occasions, each with what tells whether the duty was performed on it.
#[derive(Default)]
struct Occasions {
    found: Vec<(u8, EntryId, Performed)>,
    examined: BTreeSet<RemainsId>,
    forwarded: BTreeSet<EffectId>,
    certified: BTreeSet<(NominationId, Duty)>,
}

enum Performed {
    Is(bool),
    Examined(RemainsId),
    Forwarded(EffectId),
    Certified(NominationId),
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
    /// assert!(views.iter().all(|view| view.conformance == Conformance::NothingRecorded));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn conformance(&self) -> Vec<ConformanceView> {
        let retracted: BTreeSet<EntryId> = self
            .all_uttered()
            .filter_map(|(_, what)| match what.get() {
                WhatRef::Prisoner(PrisonerEntry::Retracted(retraction)) => Some(retraction.entry),
                _ => None,
            })
            .collect();
        let mut occasions = Occasions::default();
        for (entry, what) in self.all_uttered() {
            let id = self.state.entries.get(entry).id;
            if !retracted.contains(&id) {
                occasions.take(id, what.get());
            }
        }
        let mut obligations: BTreeMap<Duty, Vec<ObligationId>> = BTreeMap::new();
        for row in self.state.obligations.rows() {
            if let Some(duty) = row.basis.duty() {
                obligations.entry(duty).or_default().push(row.id);
            }
        }
        Duty::all()
            .map(|duty| {
                let of_duty = || occasions.found.iter().filter(move |(number, ..)| *number == duty.number());
                let all = |is: bool| {
                    let found = of_duty().filter(|(_, _, performed)| occasions.is(duty, performed) == is);
                    found.map(|(_, entry, _)| *entry).collect::<Vec<_>>()
                };
                let (shown, not_shown) = (all(true), all(false));
                let conformance = match (shown.is_empty(), not_shown.is_empty()) {
                    (true, true) => Conformance::NothingRecorded,
                    (false, true) => Conformance::Shown,
                    (false, false) => Conformance::PartlyShown,
                    (true, false) => Conformance::NotShown,
                };
                let obligations = obligations.remove(&duty).unwrap_or_default();
                ConformanceView { duty, conformance, shown, not_shown, obligations }
            })
            .collect()
    }

    fn all_uttered(&self) -> impl Iterator<Item = (Idx<EntryRow>, Told<'_>)> {
        let places = self.state.entries.places().map(|(entry, _)| entry);
        places.filter(|entry| self.is_uttered(*entry)).map(|entry| (entry, self.state.what(entry)))
    }
}

impl Occasions {
    fn is(&self, duty: Duty, performed: &Performed) -> bool {
        match performed {
            Performed::Is(is) => *is,
            Performed::Examined(unit) => self.examined.contains(unit),
            Performed::Forwarded(effect) => self.forwarded.contains(effect),
            Performed::Certified(nomination) => self.certified.contains(&(*nomination, duty)),
        }
    }

    fn add(&mut self, number: u8, entry: EntryId, performed: Performed) {
        self.found.push((number, entry, performed));
    }

    fn take(&mut self, entry: EntryId, what: WhatRef<'_>) {
        match what {
            WhatRef::Remains(RemainsEntry::Forensic(step)) => self.examination(step),
            WhatRef::Remains(RemainsEntry::Effect(EffectEntry::Found(effect))) => {
                self.add(5, entry, Performed::Forwarded(effect.id));
            }
            WhatRef::Remains(RemainsEntry::Effect(EffectEntry::Forwarded(forwarding))) => {
                self.forwarded.extend(forwarding.effects.iter().map(|forwarded| forwarded.effect));
            }
            WhatRef::Disposition(told) => self.disposition(entry, told),
            WhatRef::Prisoner(PrisonerEntry::Step(told)) => match &told.step {
                Step::Died(inquiry) => {
                    self.add(12, entry, Performed::Certified(told.nomination));
                    if *inquiry == Inquiry::Due {
                        self.add(13, entry, Performed::Certified(told.nomination));
                    }
                }
                Step::DeathDuty(done) => {
                    self.certified.insert((told.nomination, done.duty));
                }
                Step::Commission(decision) => {
                    self.add(18, entry, Performed::Is(decision.notified.is_some()));
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn examination(&mut self, step: &ForensicEntry) {
        if let ForensicEntry::Examined(examination) = step {
            self.examined.insert(examination.unit);
        }
    }

    fn disposition(&mut self, entry: EntryId, told: &DispositionEntry) {
        match told {
            DispositionEntry::Buried(burial) => {
                self.add(6, entry, Performed::Examined(burial.unit));
                self.add(7, entry, Performed::Is(true));
            }
            DispositionEntry::TemporarilyBuried(burial) => {
                self.add(6, entry, Performed::Examined(burial.unit));
                self.add(7, entry, Performed::Is(burial.grave.individual));
                self.add(8, entry, Performed::Is(burial.grave.register.is_some()));
            }
            DispositionEntry::Cremated(cremation) => {
                self.add(6, entry, Performed::Examined(cremation.unit));
                let reason = &cremation.reason;
                let is = matches!(reason, CremationReason::Hygiene | CremationReason::Religion);
                self.add(7, entry, Performed::Is(is));
            }
            DispositionEntry::Exhumed(exhumation) => {
                self.add(11, entry, Performed::Is(exhumation.home_notice.is_some()));
            }
            _ => {}
        }
    }
}
