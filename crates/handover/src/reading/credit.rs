//! Whether a unit of remains is credited to an obligation, and how many of a batch are.
//!
//! Credit follows from what is decided under the obligation's credit rule; nothing is ever stored or deleted, so that a
//! revocation takes back what rested on it (invariants 13, 14, 35 and 40; `docs/rules.md` a3).

use alloc::collections::BTreeMap;

use super::affiliation::AffiliationStatus;
use super::range::Range;
use super::standing::Voice;
use super::sum::Counted;
use super::{Basis, Reading};
use crate::affiliation::AffiliationEntry;
use crate::batch::BatchRow;
use crate::claim::{Affiliation, CreditDenial, SubjectKey};
use crate::container::ContainerRow;
use crate::held::EntryRow;
use crate::id::{BatchId, ObligationId, RemainsId};
use crate::obligation::ObligationRow;
use crate::quantity::{Span, Unit};
use crate::reciprocity::Accrual;
use crate::refusal::EntryRefusal;
use crate::remains::{Human, UnitRow, human_told};
use crate::table::Idx;
use crate::when::{Moment, When};

/// How a unit stands towards an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CreditClass {
    /// It is credited.
    Credited,
    /// It is not decided yet, or those who are believed decide differently.
    Pending,
    /// It is not credited, for this reason. Its custody and its dignity are as before.
    Denied(CreditDenial),
}

/// How a unit stands towards an obligation, by this reading.
#[derive(Clone, Debug, PartialEq)]
pub struct CreditView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// The obligation.
    pub obligation: ObligationId,
    /// How it stands; `None` if it is not offered towards it.
    pub class: Option<CreditClass>,
    /// The entries that it rests on.
    pub rests_on: B,
}

/// How many of a batch are credited to an obligation, by this reading.
#[derive(Clone, Debug, PartialEq)]
pub struct CreditCount<B = ()> {
    /// The batch.
    pub batch: BatchId,
    /// The obligation.
    pub obligation: ObligationId,
    /// In what unit the obligation counts.
    pub unit: Unit,
    /// How many are credited, in that unit: from those that certainly are to those that may be, a person once.
    pub credited: Span,
    /// Units of remains that are credited.
    pub credited_units: u64,
    /// Units of remains that are not decided.
    pub pending: u64,
    /// Units of remains that are denied credit, by reason.
    pub denied: BTreeMap<CreditDenial, u64>,
    /// Containers of which it is not known what they hold.
    pub unopened: u64,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B> CreditCount<B> {
    /// Units that are not human.
    pub fn not_human(&self) -> u64 {
        self.denied.get(&CreditDenial::NotHuman).copied().unwrap_or(0)
    }
}

impl<B: Basis> Reading<'_, B> {
    /// How a unit stands towards an obligation.
    ///
    /// It is offered towards the obligation of its batch, and towards another only by a set-off that debtor and creditor agreed.
    /// It is denied if the creditor denies it, if it is not human, if it is determined to be of the debtor's side, of a third
    /// or of another time, or if another unit of the same person is credited. Otherwise it is credited at the moment that the
    /// obligation credits: when it is tendered, when it passed, or when it is verified. Verified is what is determined to be of
    /// the creditor's side; where identified persons are counted, a decision on who it is must be in force as well.
    ///
    /// # Errors
    /// Unit or obligation is not recorded.
    pub fn credit_of_unit(
        &self,
        unit: RemainsId,
        obligation: ObligationId,
    ) -> Result<CreditView<B>, EntryRefusal> {
        let at = self.state.units.find(unit)?;
        let of = self.state.obligations.find(obligation)?;
        let mut rests_on = B::default();
        let class = self.credit_class(at, of, &mut rests_on);
        Ok(CreditView { unit, obligation, class, rests_on })
    }

    /// How many of a batch are credited to an obligation, of the containers that are recorded.
    ///
    /// # Errors
    /// Batch or obligation is not recorded.
    pub fn credit_of_batch(
        &self,
        batch: BatchId,
        obligation: ObligationId,
    ) -> Result<CreditCount<B>, EntryRefusal> {
        let at = self.state.batches.find(batch)?;
        let of = self.state.obligations.find(obligation)?;
        Ok(self.credit_count(at, of).0)
    }

    /// How many of a batch are credited, and who they are.
    pub(super) fn credit_count(
        &self,
        batch: Idx<BatchRow>,
        of: Idx<ObligationRow>,
    ) -> (CreditCount<B>, Range) {
        let row = self.state.obligations.get(of);
        let mut count = CreditCount {
            batch: self.state.batches.get(batch).id,
            obligation: row.id,
            unit: row.unit,
            credited: Span::ZERO,
            credited_units: 0,
            pending: 0,
            denied: BTreeMap::new(),
            unopened: 0,
            rests_on: B::default(),
        };
        let mut range = Range::default();
        for container in self.registered_in(batch) {
            if !self.is_opened(container) {
                count.unopened = count.unopened.saturating_add(1);
                range.unopened(container);
            }
        }
        for unit in self.units_of_batch(batch) {
            // What was found after the moment that is asked about is in a container of which nothing is known yet; what was made
            // after it was something else then.
            if !self.is_found(unit) {
                range.is_open = true;
                continue;
            }
            let Some(class) = self.take_in(unit, of, &mut range, &mut count.rests_on) else { continue };
            let tally = match class {
                CreditClass::Credited => &mut count.credited_units,
                CreditClass::Pending => &mut count.pending,
                CreditClass::Denied(reason) => count.denied.entry(reason).or_default(),
            };
            *tally = tally.saturating_add(1);
        }
        count.credited = range.span(row.unit);
        (count, range)
    }

    /// The containers of a batch that were registered by the time that is asked about.
    pub(super) fn registered_in(&self, batch: Idx<BatchRow>) -> impl Iterator<Item = Idx<ContainerRow>> {
        self.containers_of_batch(batch)
            .filter(|container| self.is_uttered(self.state.containers.get(*container).entry))
    }

    /// Whether a container had certainly been opened by the moment that is asked about.
    pub(super) fn is_opened(&self, container: Idx<ContainerRow>) -> bool {
        let opened = self.state.containers.get(container).opened_by;
        opened.is_some_and(|entry| self.happened(entry) == Counted::Yes)
    }

    /// Whether a unit had certainly been found, or made of others, by the moment that is asked about.
    pub(super) fn is_found(&self, unit: Idx<UnitRow>) -> bool {
        self.state.found_by(unit).is_none_or(|(entry, _)| self.happened(entry) == Counted::Yes)
    }

    /// Takes a unit among those that are or may be credited, and says how it stands; `None` if it is not offered.
    pub(super) fn take_in(
        &self,
        unit: Idx<UnitRow>,
        of: Idx<ObligationRow>,
        range: &mut Range,
        basis: &mut B,
    ) -> Option<CreditClass> {
        let container = self.state.container_of_unit(unit)?;
        let class = self.credit_class(unit, of, basis)?;
        let person = self.person_decided(unit);
        match class {
            CreditClass::Credited => range.certain(container, person, self.elements(unit)),
            CreditClass::Pending => range.possible(container, person),
            CreditClass::Denied(_) => {}
        }
        Some(class)
    }

    /// How a unit stands towards an obligation, by all the voices of this reading; `None` if none has it offered.
    pub(super) fn credit_class(
        &self,
        unit: Idx<UnitRow>,
        of: Idx<ObligationRow>,
        basis: &mut B,
    ) -> Option<CreditClass> {
        let mut all: Option<CreditClass> = None;
        let mut offered = false;
        for (at, voice) in self.voices(unit).into_iter().enumerate() {
            let class = self.credit_by(voice, unit, of, basis);
            offered |= class.is_some();
            // Who does not have it offered credits nothing.
            let class = class.unwrap_or(CreditClass::Pending);
            all = Some(match all {
                Some(former) if at > 0 => alike(former, class),
                _ => class,
            });
        }
        all.filter(|_| offered)
    }

    fn credit_by(
        &self,
        voice: Voice,
        unit: Idx<UnitRow>,
        of: Idx<ObligationRow>,
        basis: &mut B,
    ) -> Option<CreditClass> {
        let alone = self.credit_alone(voice, unit, of, basis)?;
        if alone != CreditClass::Credited {
            return Some(alone);
        }
        // A person yields one credit, however many units are found (invariant 13): that of the unit decided first.
        let Some(decision) = self.decision_in(voice, unit) else { return Some(alone) };
        let person = self.state.decisions.get(decision).person;
        for other in self.state.units_of_person(person) {
            let theirs = self.decision_in(voice, other).map(|at| self.state.decisions.get(at).person);
            if other != unit
                && theirs == Some(person)
                && self.decided_before(voice, other, unit)
                && self.credit_alone(voice, other, of, basis) == Some(CreditClass::Credited)
            {
                return Some(CreditClass::Denied(CreditDenial::AlreadyCredited));
            }
        }
        Some(alone)
    }

    /// Whether one unit was decided before another; among those of one time, whether its code comes first.
    fn decided_before(&self, voice: Voice, this: Idx<UnitRow>, other: Idx<UnitRow>) -> bool {
        let key = |unit: Idx<UnitRow>| {
            let decided = self.decision_in(voice, unit).map(|at| self.state.decisions.get(at).entry);
            let time = decided.and_then(|entry| self.state.time_of(entry)).and_then(When::last_moment);
            (decided.is_none(), time.unwrap_or(Moment::END_OF_TIME), self.state.units.get(unit).id)
        };
        key(this) < key(other)
    }

    /// How a unit stands by itself, whatever other units are its person's.
    fn credit_alone(
        &self,
        voice: Voice,
        unit: Idx<UnitRow>,
        of: Idx<ObligationRow>,
        basis: &mut B,
    ) -> Option<CreditClass> {
        let obligation = self.state.obligations.get(of);
        let batch = self.batch_of_unit(unit);
        let offered = batch.is_some_and(|batch| self.is_offered(batch, of));
        let (mut set_off, mut denied) = (Counted::No, None);
        for at in self.state.affiliations_of_unit(unit) {
            let row = self.state.affiliations.get(at);
            let holds = self.holds(row.entry, row.ended_by);
            if holds == Counted::No {
                continue;
            }
            match self.state.affiliation_entry(row.entry).as_deref() {
                // A set-off is both parties' word, whoever recorded it.
                Some(AffiliationEntry::SetOff(agreed)) if agreed.obligation == obligation.id => {
                    self.rest_on(basis, row.entry);
                    set_off = if set_off == Counted::Yes { set_off } else { holds };
                }
                Some(AffiliationEntry::CreditDenied(denial))
                    if denial.obligation == obligation.id && self.is_heard(voice, row.organ) =>
                {
                    self.rest_on(basis, row.entry);
                    let reason = CreditClass::Denied(denial.reason);
                    denied =
                        denied.or(Some(if holds == Counted::Yes { reason } else { CreditClass::Pending }));
                }
                _ => {}
            }
        }
        if !offered && set_off == Counted::No {
            return None;
        }
        self.rest_on(basis, self.state.units.get(unit).entry);
        let passage = batch.and_then(|batch| self.state.batches.get(batch).passage);
        if let Some(passage) = passage.map(|at| self.state.passages.get(at).entry) {
            self.rest_on(basis, passage);
        }
        let status = self.affiliation_in(voice, unit, basis);
        let class =
            denied.or_else(|| self.refused(voice, unit, obligation, status, basis)).unwrap_or_else(|| {
                let verified = match status {
                    AffiliationStatus::Determined(
                        Affiliation::ForcesOf(party) | Affiliation::CiviliansOf(party),
                    ) => self.state.parties.at(party) == Some(obligation.creditor),
                    _ => false,
                };
                let named =
                    obligation.unit != Unit::IdentifiedPerson || self.decision_in(voice, unit).is_some();
                let credited = match obligation.credits_at {
                    Accrual::Tender => batch.is_some_and(|batch| self.is_tendered(batch)),
                    Accrual::Passage => batch.is_some_and(|batch| self.is_passed(batch)),
                    Accrual::Credit => verified && batch.is_some_and(|batch| self.is_passed(batch)),
                };
                if credited && named { CreditClass::Credited } else { CreditClass::Pending }
            });
        if let Some(decision) = self.decision_in(voice, unit) {
            self.rest_on(basis, self.state.decisions.get(decision).entry);
        }
        let certain = offered || set_off == Counted::Yes;
        Some(if certain || class != CreditClass::Credited { class } else { CreditClass::Pending })
    }

    /// Why a unit is not of what is owed, by what it is.
    fn refused(
        &self,
        voice: Voice,
        unit: Idx<UnitRow>,
        obligation: &ObligationRow,
        status: AffiliationStatus,
        basis: &mut B,
    ) -> Option<CreditClass> {
        let heard = self.as_voice(voice);
        if heard.human(unit) == Human::No {
            let id = self.state.units.get(unit).id;
            let says = |at: &Idx<EntryRow>| {
                human_told(self.state.what(*at).get(), id).is_some_and(|(.., human)| human == Human::No)
                    && heard.entry_counts(*at, self.state.time_of(*at)) == Counted::Yes
            };
            for at in self.state.events_of_unit(unit).filter(says) {
                self.rest_on(basis, at);
            }
            return Some(CreditClass::Denied(CreditDenial::NotHuman));
        }
        let AffiliationStatus::Determined(of) = status else { return None };
        let reason = match of {
            Affiliation::NotHuman => CreditDenial::NotHuman,
            Affiliation::ThirdState | Affiliation::Historic => CreditDenial::WrongClass,
            Affiliation::ForcesOf(party) | Affiliation::CiviliansOf(party) => {
                match self.state.parties.at(party) {
                    Some(party) if party == obligation.creditor => return None,
                    Some(party) if party == obligation.debtor => CreditDenial::OtherSide,
                    _ => CreditDenial::WrongClass,
                }
            }
        };
        Some(CreditClass::Denied(reason))
    }

    /// Whether a batch is offered towards an obligation, or passed in a leg that performs it.
    pub(super) fn is_offered(&self, batch: Idx<BatchRow>, of: Idx<ObligationRow>) -> bool {
        let row = self.state.batches.get(batch);
        let passed = || self.state.legs.get(self.state.passages.get(row.passage?).leg).towards;
        row.towards.or_else(passed) == Some(of)
    }

    fn is_passed(&self, batch: Idx<BatchRow>) -> bool {
        let Some(passage) = self.state.batches.get(batch).passage else { return false };
        let passage = self.state.passages.get(passage);
        let handover = self.state.legs.get(passage.leg).handover;
        let on = self.state.handovers.get(handover).on;
        self.is_uttered(passage.entry) && self.counted(on.span()) == Counted::Yes
    }

    fn is_tendered(&self, batch: Idx<BatchRow>) -> bool {
        let brought = self
            .state
            .bringings_of_batch(batch)
            .filter(|bringing| self.is_spoken_of(SubjectKey::Bringing(batch, bringing.to)))
            .any(|bringing| self.counted(self.state.handovers.get(bringing.to).on.span()) == Counted::Yes);
        brought || self.is_passed(batch)
    }
}

/// What two voices say alike.
fn alike(one: CreditClass, other: CreditClass) -> CreditClass {
    match (one, other) {
        (CreditClass::Credited, CreditClass::Credited) => CreditClass::Credited,
        (CreditClass::Denied(one), CreditClass::Denied(other)) => CreditClass::Denied(one.min(other)),
        _ => CreditClass::Pending,
    }
}
