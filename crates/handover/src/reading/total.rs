//! Published totals beside recomputed ones: compared, never taken in (invariant 17).

use alloc::vec::Vec;

use super::joint::Joint;
use super::meaning::Meaning;
use super::said::Said;
use super::sum::{Counted, Part, Sum};
use super::word::{Label, Told};
use super::{Basis, Reading};
use crate::claim::{PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{LegId, TotalId};
use crate::quantity::{Span, Unit};
use crate::refusal::EntryRefusal;
use crate::slot::LegRow;
use crate::table::Idx;
use crate::total::TotalRow;

/// Why a published total cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotComparable {
    /// It gives no number, for this reason.
    NoNumber(Label),
    /// It counts in another unit.
    OtherUnit(Unit),
    /// No leg is recorded that it covers.
    NoLeg,
}

/// How a published total stands to the sum of the recorded legs that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditOutcome {
    /// Both are the same number.
    Agrees,
    /// The published total is greater by so many than the sum can be.
    Exceeds(u64),
    /// The published total is smaller by so many than the sum can be.
    FallsShort(u64),
    /// The total is reached only if so many come from these legs, of which no number is told.
    Missing {
        /// How many are missing.
        count: Span,
        /// The legs that would have to have them.
        legs: Vec<LegId>,
    },
    /// Both can be right, and what was said does not decide.
    Compatible,
    /// They cannot be compared.
    CannotBeCompared(NotComparable),
}

/// One speaker's figure for a published total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Who published it.
    pub by: Said,
    /// The figure.
    pub told: Told<Span>,
    /// How it stands to the recomputed one.
    pub outcome: AuditOutcome,
}

/// A published total beside the recomputed one.
#[derive(Clone, Debug, PartialEq)]
pub struct TotalView<B = ()> {
    /// The total.
    pub total: TotalId,
    /// In what unit.
    pub unit: Unit,
    /// The sum of what it covers, by this reading.
    pub recomputed: Sum<B>,
    /// How the parties stand on it.
    pub joint: Joint<Span, B>,
    /// Every figure that was published for it, whoever is believed, in the order of recording.
    pub audits: Vec<Audit>,
}

impl<B: Basis> Reading<'_, B> {
    /// Every published total beside the recomputed one, in the order of recording.
    pub fn totals(&self) -> Vec<TotalView<B>> {
        self.state.totals.places().map(|(place, _)| self.total_view(place)).collect()
    }

    /// One published total beside the recomputed one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    /// use handover::reading::AuditOutcome;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::To("south".parse()?), moment)?;
    /// let view = reading.total("june".parse()?)?;
    /// assert_eq!(view.audits[0].outcome, AuditOutcome::Exceeds(3));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The total is not recorded.
    pub fn total(&self, total: TotalId) -> Result<TotalView<B>, EntryRefusal> {
        Ok(self.total_view(self.state.totals.find(total)?))
    }

    fn total_view(&self, place: Idx<TotalRow>) -> TotalView<B> {
        let row = self.state.totals.get(place);
        let legs = self.covered(row).into_iter();
        let recomputed =
            if row.unit == Unit::Handover { self.events(legs) } else { self.sum(legs, row.unit) };
        let about = SubjectKey::Total(place);
        let audits: Vec<Audit> = Unit::ALL
            .into_iter()
            .flat_map(|unit| {
                self.state.claims_on(PropositionKey { about, scope: Scope::Count, unit: Some(unit) })
            })
            .filter(|claim| self.is_live(*claim))
            .map(|claim| {
                let told = self.told_by(claim);
                let unit = self
                    .state
                    .statement(claim)
                    .and_then(Statement::count)
                    .map_or(row.unit, |count| count.unit);
                let outcome = if unit == row.unit {
                    audit(&told, &recomputed)
                } else {
                    AuditOutcome::CannotBeCompared(NotComparable::OtherUnit(unit))
                };
                (claim, Audit { by: self.said(claim), told, outcome })
            })
            .collect::<alloc::collections::BTreeMap<_, _>>()
            .into_values()
            .collect();
        TotalView {
            total: row.id,
            unit: row.unit,
            joint: self.joint(PropositionKey { about, scope: Scope::Count, unit: Some(row.unit) }),
            recomputed,
            audits,
        }
    }

    /// The legs that a total covers. One that is about an agreement costs as much as that agreement has legs.
    fn covered(&self, total: &TotalRow) -> Vec<Idx<LegRow>> {
        let covers = |leg: &Idx<LegRow>| self.covers(total, self.state.legs.get(*leg));
        match total.under {
            Some(agreement) => self.state.legs_of_agreement(agreement).filter(covers).collect(),
            None => self.state.legs.places().map(|(leg, _)| leg).filter(covers).collect(),
        }
    }

    fn covers(&self, total: &TotalRow, leg: &LegRow) -> bool {
        let handover = self.state.handovers.get(leg.handover);
        leg.of.matter == total.matter
            && total.under.is_none_or(|under| handover.under == Some(under))
            && total.from.is_none_or(|from| leg.from == from)
            && total.to.is_none_or(|to| leg.to == to)
            && total.during.is_none_or(|during| handover.on.span().is_within(during.span()))
    }

    /// The number of handovers that these legs are of.
    fn events(&self, legs: impl Iterator<Item = Idx<LegRow>>) -> Sum<B> {
        let mut sum = Sum::empty();
        let mut handovers: Vec<_> = legs.map(|leg| (self.state.legs.get(leg).handover, leg)).collect();
        handovers.sort();
        handovers.dedup_by_key(|(handover, _)| *handover);
        for (handover, leg) in handovers {
            let counted = self.counted(self.dates(handover, &mut sum.rests_on).set);
            let held = self.whether(SubjectKey::Handover(handover), &mut sum.rests_on);
            let told = match held.set.only() {
                Some(true) => Told::stated(Span::exactly(1)),
                Some(false) => Told::stated(Span::ZERO),
                None => Told { set: Span::up_to(1), label: held.label },
            };
            let span = told.set;
            let (leg, handover) = (self.state.legs.get(leg).id, self.state.handovers.get(handover).id);
            sum.add(Part { leg, handover, told, counted }, span);
        }
        sum
    }
}

fn audit<B: Basis>(published: &Told<Span>, recomputed: &Sum<B>) -> AuditOutcome {
    if !published.is_informative() {
        return AuditOutcome::CannotBeCompared(NotComparable::NoNumber(published.label));
    }
    let Some(sum) = recomputed.total else { return AuditOutcome::CannotBeCompared(NotComparable::NoLeg) };
    if let Some(gap) = published.set.gap(sum) {
        let exceeds = published.set.lo() > sum.lo();
        return if exceeds { AuditOutcome::Exceeds(gap) } else { AuditOutcome::FallsShort(gap) };
    }
    if published.set == sum && sum.only().is_some() {
        return AuditOutcome::Agrees;
    }
    let untold: Vec<LegId> =
        recomputed.untold().filter(|part| part.told.set.is_everything()).map(|part| part.leg).collect();
    let known =
        recomputed
            .parts
            .iter()
            .filter(|part| part.told.is_informative())
            .map(|part| {
                if part.counted == Counted::Perhaps { part.told.set.hull(Span::ZERO) } else { part.told.set }
            })
            .fold(Span::ZERO, Span::plus);
    if untold.is_empty() {
        AuditOutcome::Compatible
    } else {
        AuditOutcome::Missing { count: published.set.less(known), legs: untold }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(parts: &[Option<u64>]) -> Sum {
        let mut sum = Sum::empty();
        for (at, part) in parts.iter().enumerate() {
            let told = part.map_or(Told::nothing(Label::Silent), |n| Told::stated(Span::exactly(n)));
            let span = told.set;
            let leg = LegId::from_uuid(uuid::Uuid::from_u128(at as u128));
            let handover = crate::id::HandoverId::from_uuid(uuid::Uuid::nil());
            sum.add(Part { leg, handover, told, counted: Counted::Yes }, span);
        }
        sum
    }

    #[test]
    fn a_published_total_agrees_differs_or_lacks_legs() {
        let published = |n| Told::stated(Span::exactly(n));
        let told = [Some(1_212), Some(1_200), Some(1_200), Some(1_200)];
        assert_eq!(audit(&published(4_812), &sum(&told)), AuditOutcome::Agrees);
        assert_eq!(audit(&published(4_012), &sum(&told)), AuditOutcome::FallsShort(800));
        assert_eq!(audit(&published(4_813), &sum(&told)), AuditOutcome::Exceeds(1));
        let silent = [Some(1_212), None, Some(3_648)];
        assert!(matches!(
            audit(&published(6_060), &sum(&silent)),
            AuditOutcome::Missing { count, legs } if count == Span::exactly(1_200) && legs.len() == 1
        ));
        assert_eq!(audit(&published(4_859), &sum(&silent)), AuditOutcome::FallsShort(1));
        let at_least = Told::stated(Span::at_least(4_000));
        assert_eq!(audit(&at_least, &sum(&told)), AuditOutcome::Compatible);
        let none = AuditOutcome::CannotBeCompared(NotComparable::NoLeg);
        assert_eq!(audit(&published(0), &sum(&[])), none);
        let silent = AuditOutcome::CannotBeCompared(NotComparable::NoNumber(Label::Undisclosed));
        assert_eq!(audit(&Told::nothing(Label::Undisclosed), &sum(&told)), silent);
    }
}
