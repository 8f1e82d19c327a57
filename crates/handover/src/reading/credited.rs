//! What is credited to an obligation: by its units where they are recorded, and by what is said where they are not.
//!
//! Units decide what they tell and leave open what they do not; what is said narrows only what they leave open, and is otherwise
//! compared with them (`docs/decisions/0020-units-decide.md`).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::meaning::Meaning;
use super::range::Range;
use super::sum::{Counted, Part, Sum};
use super::word::{Label, Told};
use super::{Basis, Reading};
use crate::affiliation::{AffiliationEntry, AffiliationKind};
use crate::batch::BatchRow;
use crate::claim::{PropositionKey, Scope, Subject, SubjectKey};
use crate::id::CategoryId;
use crate::obligation::ObligationRow;
use crate::quantity::{Span, Unit};
use crate::reciprocity::Accrual;
use crate::remains::{Individuals, UnitRow};
use crate::slot::LegRow;
use crate::table::Idx;

/// How what is said of a number stands to what units tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckOutcome {
    /// Both are the same number.
    Agrees,
    /// Both can be right, and what is known does not decide.
    Compatible,
    /// What is said is greater by so many than it can be by the units.
    Exceeds(u64),
    /// What is said is smaller by so many than it can be by the units.
    FallsShort(u64),
}

/// What is said of a number, beside what units tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountCheck {
    /// Of which leg or batch it is said.
    pub about: Subject,
    /// Whether it is said of what passed or of what is credited.
    pub of: Accrual,
    /// In what unit.
    pub unit: Unit,
    /// What is said, by this reading.
    pub told: Told<Span>,
    /// What the units, or the containers, tell.
    pub from_units: Span,
    /// How the one stands to the other.
    pub outcome: CheckOutcome,
}

impl CountCheck {
    fn new(about: Subject, of: Accrual, unit: Unit, told: Told<Span>, from_units: Span) -> Self {
        let outcome = match told.set.gap(from_units) {
            None if told.set == from_units && told.set.only().is_some() => CheckOutcome::Agrees,
            None => CheckOutcome::Compatible,
            Some(gap) if told.set.lo() > from_units.lo() => CheckOutcome::Exceeds(gap),
            Some(gap) => CheckOutcome::FallsShort(gap),
        };
        Self { about, of, unit, told, from_units, outcome }
    }

    /// Whether what is said certainly is not what the units tell.
    pub const fn fails(&self) -> bool {
        matches!(self.outcome, CheckOutcome::Exceeds(_) | CheckOutcome::FallsShort(_))
    }
}

/// What is credited to an obligation, and what that tells of what passed.
pub(super) struct Credited<B> {
    /// What is credited.
    pub(super) sum: Sum<B>,
    /// What passed: what is said of it, and no fewer than the units that are certainly credited.
    pub(super) passed: Sum<B>,
    /// What is said of credit beside what the units tell.
    pub(super) checks: Vec<CountCheck>,
}

/// Those who are credited by the units of several legs together.
#[derive(Default)]
struct Together {
    any: bool,
    range: Range,
    /// The greatest number that batches without a container add.
    rest: Bound,
    /// The greatest number leg by leg.
    most: Bound,
    /// The least number that is told of legs of which units do not decide all.
    told: u64,
}

/// A greatest number, or none.
#[derive(Clone, Copy)]
struct Bound(Option<u64>);

impl Default for Bound {
    fn default() -> Self {
        Self(Some(0))
    }
}

impl Bound {
    fn add(&mut self, more: Option<u64>) {
        self.0 = self.0.zip(more).and_then(|(a, b)| a.checked_add(b));
    }

    fn least(self, other: Self) -> Option<u64> {
        match (self.0, other.0) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, None) | (None, one) => one,
        }
    }

    fn span(self) -> Span {
        self.0.map_or(Span::EVERYTHING, Span::up_to)
    }
}

impl Together {
    fn span(&self, unit: Unit) -> Span {
        let units = self.range.span(unit);
        let lo = units.lo().max(self.told);
        let mut all = self.rest;
        all.add(units.hi());
        match all.least(self.most) {
            Some(hi) => Span::new(lo, hi).unwrap_or(Span::exactly(lo)),
            None => Span::at_least(lo),
        }
    }
}

impl<B: Basis> Reading<'_, B> {
    /// What is credited of the legs that make up what passed, and of what is set off, and the checks of what is said of credit.
    ///
    /// Of a leg of which no container is recorded: what is said to be credited, no more than passed and was not denied credit;
    /// between nought and that where nothing is said (`docs/semantics.md`, Credit has a speaker; invariant 11). Of batches
    /// with containers: from the units that are certainly credited to those that may be, a person once in all of them
    /// (invariant 13), with no more than passed where an unopened or unrecorded container leaves an end open. What is credited
    /// by its units has passed: where fewer are said to have passed, the units decide, and what passed is marked.
    ///
    /// Units that are set off to the obligation count besides if `set_off` takes their batch's category (invariant 14).
    pub(super) fn credited(
        &self,
        of: Idx<ObligationRow>,
        passed: Sum<B>,
        set_off: impl Fn(Option<CategoryId>) -> bool,
    ) -> Credited<B> {
        let unit = self.state.obligations.get(of).unit;
        let (mut credited, mut raised) = (Sum::<B>::empty(), Sum::<B>::empty());
        raised.rests_on.rest_on_all(&passed.rests_on);
        credited.rests_on = passed.rests_on;
        let (mut together, mut checks) = (Together::default(), Vec::new());
        for part in passed.parts {
            let Some(leg) = self.state.legs.at(part.leg) else { continue };
            let key = |scope| PropositionKey { about: SubjectKey::Leg(leg), scope, unit: Some(unit) };
            let credit: Told<Span> = self.told(key(Scope::Credit), &mut credited.rests_on);
            let denied: Told<Span> = self.told(key(Scope::CreditDenial), &mut credited.rests_on);
            let denied = if denied.is_informative() { denied.set.lo() } else { 0 };
            let most = part.told.set.hi().map(|hi| hi.saturating_sub(denied));
            let possible = most.map_or(Span::EVERYTHING, Span::up_to);
            let Some((range, rest)) = self.credited_units(leg, of, &mut credited.rests_on) else {
                let told = match credit.set.meet(possible) {
                    Some(set) => Told { set, label: credit.label },
                    // More is said to be credited than passed: what passed bounds it.
                    None => Told { set: possible, label: Label::Contradictory },
                };
                let span = told.set;
                raised.add(part.clone(), part.told.set);
                credited.add(Part { told, ..part }, span);
                continue;
            };
            let by_units = range.span(unit).plus(rest);
            let mut told = match by_units.meet(possible) {
                Some(set) if set.is_everything() => Told::nothing(part.told.label.max(credit.label)),
                Some(set) => Told::stated(set),
                // More are credited than are said to have passed: units decide.
                None => Told { set: by_units, label: Label::Contradictory },
            };
            let certain = part.counted == Counted::Yes;
            if credit.is_informative() {
                checks.push(CountCheck::new(
                    Subject::Leg(part.leg),
                    Accrual::Credit,
                    unit,
                    credit.clone(),
                    told.set,
                ));
                if rest != Span::ZERO {
                    told = match told.set.meet(credit.set) {
                        Some(set) => Told { set, label: told.label.max(credit.label) },
                        None => Told { set: told.set, label: Label::Contradictory },
                    };
                    together.told = together.told.saturating_add(if certain { told.set.lo() } else { 0 });
                }
            }
            let passed = at_least(&part.told, told.set);
            if passed != part.told {
                raised.rests_on.rest_on_all(&credited.rests_on);
            }
            raised.add(Part { told: passed.clone(), ..part }, passed.set);
            together.any = true;
            together.range.join(&range, certain);
            together.rest.add(rest.hi());
            together.most.add(told.set.hi());
            credited.parts.push(Part { told, ..part });
        }
        let apart = self.set_off_to(of, set_off, &mut credited.rests_on);
        if let Some(range) = apart {
            together.any = true;
            together.most.add(range.span(unit).hi());
            together.range.join(&range, true);
        }
        if together.any {
            let units = together.span(unit);
            credited.total = Some(credited.total.map_or(units, |total| total.plus(units)));
        }
        Credited { sum: credited, passed: raised, checks }
    }

    /// Whether a container of a batch is recorded.
    fn has_containers(&self, batch: Idx<BatchRow>) -> bool {
        self.registered_in(batch).next().is_some()
    }

    pub(super) fn is_complete(&self, batch: Idx<BatchRow>) -> bool {
        self.manifest_complete(batch).is_some()
    }

    /// Those of a leg's batches with containers who are credited, and how many the others of its batches may add; `None`
    /// if no container is recorded.
    fn credited_units(
        &self,
        leg: Idx<LegRow>,
        of: Idx<ObligationRow>,
        basis: &mut B,
    ) -> Option<(Range, Span)> {
        let unit = self.state.obligations.get(of).unit;
        let (with, without): (Vec<_>, Vec<_>) =
            self.state.batches_of_leg(leg).partition(|batch| self.has_containers(*batch));
        if with.is_empty() {
            return None;
        }
        let mut range = Range::default();
        for batch in with {
            let (count, mut units) = self.credit_count(batch, of);
            basis.rest_on_all(&count.rests_on);
            units.is_open |= !self.is_complete(batch);
            range.join(&units, true);
        }
        let mut rest = Bound::default();
        if !self.state.legs.get(leg).whole {
            rest = Bound(None);
        }
        for batch in without {
            rest.add(self.batch_told(batch, unit, true, basis).set.hi());
        }
        Some((range, rest.span()))
    }

    /// The units that debtor and creditor set off to an obligation and that passed in none of its legs; `None` if there is none.
    fn set_off_to(
        &self,
        of: Idx<ObligationRow>,
        in_class: impl Fn(Option<CategoryId>) -> bool,
        basis: &mut B,
    ) -> Option<Range> {
        let id = self.state.obligations.get(of).id;
        let rows = self.state.affiliations.rows().filter(|row| row.kind == AffiliationKind::SetOff);
        let units: BTreeSet<_> = rows
            .filter_map(|row| match self.state.affiliation_entry(row.entry).as_deref() {
                Some(AffiliationEntry::SetOff(it)) if it.obligation == id => self.state.units.at(it.unit),
                _ => None,
            })
            .filter(|unit| self.is_found(*unit) && !self.has_ceased(*unit))
            .filter(|unit| {
                let batch = self.batch_of_unit(*unit);
                batch.is_some_and(|batch| {
                    !self.is_offered(batch, of) && in_class(self.state.batches.get(batch).of.category)
                })
            })
            .collect();
        let mut range = Range::default();
        let mut any = false;
        for unit in units {
            any |= self.take_in(unit, of, &mut range, basis).is_some();
        }
        any.then_some(range)
    }

    /// What is told of the number of a batch. Where nobody says how many containers it has, a complete manifest does: from
    /// those that are told to have passed to those that are not told to have been refused. One that tells of no passage has
    /// only an upper end, which serves where the number is bounded above: `bounded` is whether it is.
    pub(super) fn batch_told(
        &self,
        batch: Idx<BatchRow>,
        unit: Unit,
        bounded: bool,
        basis: &mut B,
    ) -> Told<Span> {
        let told = self.counted_in(SubjectKey::Batch(batch), unit, basis);
        if told.is_informative()
            || unit != Unit::Container
            || !self.is_complete(batch)
            || !self.has_containers(batch)
        {
            return told;
        }
        if let Some(by) = self.manifest_complete(batch) {
            self.rest_on(basis, by);
        }
        let passed = self.passed_containers(batch);
        if bounded || passed.lo() > 0 { Told::stated(passed) } else { told }
    }

    /// The checks of what is said of the numbers of batches with containers, in the order of recording of the legs.
    pub(super) fn checked_counts(&self, passed: &Sum<B>, unit: Unit) -> Vec<CountCheck> {
        let mut checks = Vec::new();
        for leg in passed.parts.iter().filter_map(|part| self.state.legs.at(part.leg)) {
            let mut batches: Vec<_> =
                self.state.batches_of_leg(leg).filter(|batch| self.has_containers(*batch)).collect();
            batches.sort_unstable();
            for batch in batches {
                let row = self.state.batches.get(batch);
                let also = Some(row.unit).filter(|own| *own != unit);
                for unit in [unit].into_iter().chain(also) {
                    let told = self.counted_in(SubjectKey::Batch(batch), unit, &mut B::default());
                    if told.is_informative() {
                        let (about, of) = (Subject::Batch(row.id), Accrual::Passage);
                        checks.push(CountCheck::new(about, of, unit, told, self.found_in(batch, unit)));
                    }
                }
            }
        }
        checks
    }

    /// How many a batch has by its containers and by what was found in them, credited or not.
    fn found_in(&self, batch: Idx<BatchRow>, unit: Unit) -> Span {
        let containers: Vec<_> = self.registered_in(batch).collect();
        let is_open = !self.is_complete(batch);
        if unit == Unit::Container {
            let all = Span::exactly(u64::try_from(containers.len()).unwrap_or(u64::MAX));
            return if is_open { all.and_more() } else { all };
        }
        let unopened = !containers.into_iter().all(|container| self.is_opened(container));
        let mut units = self.units_of_batch(batch);
        let recorded = units.len();
        units.retain(|unit| self.is_found(*unit));
        let all_found = units.len() == recorded;
        let persons: BTreeSet<_> = units.iter().filter_map(|unit| self.person_decided(*unit)).collect();
        let span = match unit {
            Unit::Individual => {
                let human = |unit: &Idx<UnitRow>| self.human(*unit);
                let all = units
                    .iter()
                    .fold(Individuals::default(), |all, unit| all.with(human(unit), self.elements(*unit)));
                all.span()
            }
            Unit::IdentifiedPerson => Span::exactly(u64::try_from(persons.len()).unwrap_or(u64::MAX)),
            _ => Span::exactly(u64::try_from(units.len()).unwrap_or(u64::MAX)),
        };
        if is_open || unopened || !all_found { span.and_more() } else { span }
    }
}

/// What is told of what passed, met with what its units tell is credited of it.
fn at_least(told: &Told<Span>, credited: Span) -> Told<Span> {
    if told.is_informative() && told.set.hi().is_some_and(|most| most < credited.lo()) {
        return Told { set: told.set.hull(credited), label: Label::Contradictory };
    }
    match told.set.meet(Span::at_least(credited.lo())) {
        Some(set) if told.is_informative() || set.is_everything() => Told { set, label: told.label },
        Some(set) => Told::stated(set),
        None => told.clone(),
    }
}

#[cfg(test)]
mod tests;
