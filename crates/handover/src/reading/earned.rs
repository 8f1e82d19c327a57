//! What a performance earns in return: who of it is of the class of a ratio, at the moment at which the ratio accrues
//! (invariants 13 and 16; `docs/rules.md` a3).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::affiliation::AffiliationStatus;
use super::credit::CreditClass;
use super::meaning::OneOf;
use super::remains::both;
use super::sum::{Counted, Part};
use super::word::Told;
use super::{Basis, Reading};
use crate::batch::BatchRow;
use crate::claim::{Affiliation, PropositionKey, Scope, SubjectKey};
use crate::id::CategoryId;
use crate::obligation::ObligationRow;
use crate::person::PersonRow;
use crate::quantity::{Span, Unit};
use crate::reciprocity::{Accrual, Ratio};
use crate::remains::{Human, UnitRow};
use crate::slot::LegRow;
use crate::table::Idx;

/// A ratio, and the ratios before it in whose classes nobody is counted again.
struct Class<'r> {
    ratio: &'r Ratio,
    before: Vec<&'r Ratio>,
}

impl Class<'_> {
    /// Whether those of this category, who are of one of these sides, are counted in this class.
    fn counts(&self, category: Option<CategoryId>, whose: Option<&[Affiliation]>) -> Counted {
        let own = is_of(self.ratio, category, whose);
        self.before.iter().fold(own, |own, earlier| match is_of(earlier, category, whose) {
            Counted::Yes => Counted::No,
            Counted::Perhaps => both(own, Counted::Perhaps),
            Counted::No => own,
        })
    }

    fn asks_whose(&self) -> bool {
        self.ratio.whose.is_some() || self.before.iter().any(|earlier| earlier.whose.is_some())
    }
}

fn is_of(ratio: &Ratio, category: Option<CategoryId>, whose: Option<&[Affiliation]>) -> Counted {
    let category = match (ratio.category, category) {
        (None, _) => Counted::Yes,
        (Some(_), None) => Counted::Perhaps,
        (Some(asked), Some(found)) if asked == found => Counted::Yes,
        _ => Counted::No,
    };
    let whose = match (ratio.whose, whose) {
        (None, _) => Counted::Yes,
        (Some(_), None) => Counted::Perhaps,
        (Some(asked), Some([only])) if asked == *only => Counted::Yes,
        (Some(asked), Some(possible)) if possible.contains(&asked) => Counted::Perhaps,
        _ => Counted::No,
    };
    both(category, whose)
}

/// Those who earn by their units: from those who certainly do to those who may, a person once.
#[derive(Default)]
struct Earners {
    least: (BTreeSet<Idx<PersonRow>>, u64),
    most: (BTreeSet<Idx<PersonRow>>, u64),
}

impl Earners {
    fn add(&mut self, counted: Counted, person: Option<Idx<PersonRow>>) {
        let to = |set: &mut (BTreeSet<Idx<PersonRow>>, u64)| match person {
            Some(person) => {
                set.0.insert(person);
            }
            None => set.1 = set.1.saturating_add(1),
        };
        if counted == Counted::Yes {
            to(&mut self.least);
        }
        if counted != Counted::No {
            to(&mut self.most);
        }
    }

    fn span(&self, unit: Unit) -> Span {
        let size = |set: &BTreeSet<_>| u64::try_from(set.len()).unwrap_or(u64::MAX);
        let nameless = match unit {
            // The nameless may be parts of one another and of those who have a name.
            Unit::Individual if self.least.0.is_empty() => self.least.1.min(1),
            Unit::Individual | Unit::IdentifiedPerson => 0,
            _ => self.least.1,
        };
        let lo = size(&self.least.0).saturating_add(nameless);
        Span::new(lo, size(&self.most.0).saturating_add(self.most.1)).unwrap_or(Span::at_least(lo))
    }
}

impl<B: Basis> Reading<'_, B> {
    /// What was performed of a ratio's class by the moment at which it accrues, without those who are counted in the classes of
    /// the ratios before it.
    ///
    /// Where units are recorded they decide: one that is denied credit earns nothing, and a person earns once in all of them. Of
    /// what is only counted, a leg is of the class if its category is and those who are believed say whose it is; where either
    /// is not known, from nought to its number. What was discharged otherwise earns only if the term says so.
    pub(crate) fn performed_of(&self, ratio: &Ratio, earlier: &[Ratio]) -> Span {
        let Some(of) = self.state.obligations.at(ratio.of) else { return Span::EVERYTHING };
        let before = earlier.iter().filter(|earlier| earlier.of == ratio.of && !earlier.is_of_class(ratio));
        let class = Class { ratio, before: before.collect() };
        let performed = match ratio.accrues_at {
            Accrual::Tender => self.tendered_of(of, &class),
            Accrual::Passage | Accrual::Credit => self.counted_of(of, &class),
        };
        if !ratio.discharged_earn {
            return performed;
        }
        let discharged = self.discharged(of, &mut B::default());
        match class.counts(self.state.obligations.get(of).of.category, None) {
            Counted::Yes => performed.plus(discharged),
            Counted::Perhaps => performed.plus(discharged.hull(Span::ZERO)),
            Counted::No => performed,
        }
    }

    fn tendered_of(&self, of: Idx<ObligationRow>, class: &Class<'_>) -> Span {
        let certain = |category| !class.asks_whose() && class.counts(category, None) == Counted::Yes;
        let possible = |category| class.counts(category, None) != Counted::No;
        let lo = self.performance_of(of, Accrual::Tender, certain).span().lo();
        match self.performance_of(of, Accrual::Tender, possible).span().hi() {
            Some(hi) => Span::new(lo, hi).unwrap_or(Span::at_least(lo)),
            None => Span::at_least(lo),
        }
    }

    fn counted_of(&self, of: Idx<ObligationRow>, class: &Class<'_>) -> Span {
        let unit = self.state.obligations.get(of).unit;
        let mut earners = Earners::default();
        let mut total = Span::ZERO;
        for part in self.performance(of, class.ratio.accrues_at).parts {
            let Some(leg) = self.state.legs.at(part.leg) else { continue };
            total = total.plus(if unit != Unit::Container && self.has_units(leg) {
                self.earn_by_units(leg, of, class, &part, &mut earners)
            } else {
                self.earned_by_count(leg, class, &part)
            });
        }
        total.plus(earners.span(unit))
    }

    fn earned_by_count(&self, leg: Idx<LegRow>, class: &Class<'_>, part: &Part) -> Span {
        let key = PropositionKey { about: SubjectKey::Leg(leg), scope: Scope::Whose, unit: None };
        let whose: Option<Told<OneOf<Affiliation>>> =
            class.asks_whose().then(|| self.told(key, &mut B::default()));
        let whose = whose.as_ref().and_then(|told| told.set.values());
        let counted = class.counts(self.state.legs.get(leg).of.category, whose);
        match both(counted, part.counted) {
            Counted::Yes => part.told.set,
            Counted::Perhaps => part.told.set.hull(Span::ZERO),
            Counted::No => Span::ZERO,
        }
    }

    fn has_units(&self, leg: Idx<LegRow>) -> bool {
        self.state.batches_of_leg(leg).any(|batch| !self.units_of_batch(batch).is_empty())
    }

    /// Takes the units of a leg among those who earn, and says how many more may: what is in containers of which it is not known
    /// yet what they hold, up to what is told of the leg.
    fn earn_by_units(
        &self,
        leg: Idx<LegRow>,
        of: Idx<ObligationRow>,
        class: &Class<'_>,
        part: &Part,
        earners: &mut Earners,
    ) -> Span {
        let (mut known, mut is_open) = (0_u64, !self.state.legs.get(leg).whole);
        for batch in self.state.batches_of_leg(leg) {
            is_open |= self.is_partly_unknown(batch);
            for unit in self.units_of_batch(batch) {
                // What was made of another after the moment that is asked about was something else then.
                if !self.is_found(unit) {
                    is_open = true;
                    continue;
                }
                known = known.saturating_add(1);
                let counted = both(self.earns(unit, batch, of, class), part.counted);
                let person = self.decision_on(unit).map(|at| self.state.decisions.get(at).person);
                earners.add(counted, person);
            }
        }
        let rest = part.told.set.hi().map(|most| most.saturating_sub(known));
        match rest {
            _ if !is_open => Span::ZERO,
            Some(rest) => Span::up_to(rest),
            None => Span::EVERYTHING,
        }
    }

    /// Whether a container of a batch is unopened, or may not be recorded.
    fn is_partly_unknown(&self, batch: Idx<BatchRow>) -> bool {
        let unopened = self.containers_of_batch(batch).any(|container| !self.is_opened(container));
        !self.is_complete(batch) || unopened
    }

    fn earns(
        &self,
        unit: Idx<UnitRow>,
        batch: Idx<BatchRow>,
        of: Idx<ObligationRow>,
        class: &Class<'_>,
    ) -> Counted {
        let mut basis = B::default();
        if !self.is_found(unit) || self.state.units.get(unit).human == Human::No {
            return Counted::No;
        }
        let credit = match self.credit_class(unit, of, &mut basis) {
            None | Some(CreditClass::Denied(_)) => return Counted::No,
            Some(credit) => credit,
        };
        let row = self.state.obligations.get(of);
        let statuses: Vec<AffiliationStatus> =
            self.voices(unit).into_iter().map(|voice| self.affiliation_in(voice, unit, &mut basis)).collect();
        let creditors = |status: &AffiliationStatus| match status {
            AffiliationStatus::Determined(affiliation) => {
                affiliation.party().and_then(|party| self.state.parties.at(party)) == Some(row.creditor)
            }
            _ => false,
        };
        let accrued = match class.ratio.accrues_at {
            Accrual::Credit => {
                credit == CreditClass::Credited
                    && (row.credits_at == Accrual::Credit || statuses.iter().all(creditors))
            }
            // That it passed is told of its leg.
            Accrual::Tender | Accrual::Passage => true,
        };
        let accrued = if accrued { Counted::Yes } else { Counted::Perhaps };
        let category = self.state.batches.get(batch).of.category;
        let mut members = statuses.iter().map(|status| match status {
            AffiliationStatus::Determined(affiliation) => {
                class.counts(category, Some(core::slice::from_ref(affiliation)))
            }
            _ => class.counts(category, None),
        });
        let first = members.next().unwrap_or(Counted::Perhaps);
        let member = if members.all(|other| other == first) { first } else { Counted::Perhaps };
        both(accrued, member)
    }
}
