//! Reciprocity as it is read: parity of two flows, and conditions (`docs/semantics.md`, Reciprocity).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::obligation::{Comparison, Verdict, alike};
use super::sum::Counted;
use super::word::Told;
use super::{According, Basis, OneOf, Reading};
use crate::claim::{PropositionKey, Scope, SubjectKey};
use crate::id::ObligationId;
use crate::obligation::ObligationRow;
use crate::quantity::Span;
use crate::reciprocity::{Accrual, Condition, ParityScope, Reciprocity};
use crate::refusal::EntryRefusal;
use crate::slot::LegRow;
use crate::table::Idx;

/// Whether two performances are equal within a stated tolerance.
///
/// Source: `docs/semantics.md`, Reciprocity: even where the greatest difference of any two possible values is within the
/// tolerance, uneven where the least is beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evenness {
    /// They differ by no more than the tolerance, whatever the true values.
    Even,
    /// They differ by more, whatever the true values.
    Uneven,
    /// What was said does not decide.
    Undetermined,
}

/// Two performances beside each other.
///
/// Source: `docs/rules.md` a3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParityView {
    /// One obligation.
    pub here: ObligationId,
    /// The other.
    pub there: ObligationId,
    /// Over what parity was asked for.
    pub scope: ParityScope,
    /// The tolerance.
    pub tolerance: u64,
    /// What was performed of each, stage by stage or category by category; one pair for the total.
    pub pairs: Vec<(Span, Span)>,
    /// Whether they are even: every pair is, or one is not, or neither can be said.
    pub evenness: Evenness,
}

/// A condition under which a stage begins, and whether it is fulfilled.
///
/// Source: B2, the conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionView {
    /// The obligation that waits.
    pub obligation: ObligationId,
    /// The condition.
    pub condition: Condition,
    /// Whether it is fulfilled. One in words is never computed.
    pub fulfilled: Comparison,
}

impl<B: Basis> Reading<'_, B> {
    /// What this reading takes an obligation to be owed in return for.
    ///
    /// # Errors
    /// The obligation is not recorded.
    pub fn reciprocity(&self, obligation: ObligationId) -> Result<Told<OneOf<Reciprocity>>, EntryRefusal> {
        let about = SubjectKey::Obligation(self.state.obligations.find(obligation)?);
        Ok(self.told(PropositionKey { about, scope: Scope::Reciprocity, unit: None }, &mut B::default()))
    }

    /// Two obligations under a term of parity, whoever states it: each direction with its own set.
    ///
    /// Source: `docs/rules.md` a3; invariants 49 and 51.
    ///
    /// # Errors
    /// One of the two is not recorded, the first before the second.
    pub fn parity(
        &self,
        here: ObligationId,
        there: ObligationId,
        scope: ParityScope,
        tolerance: u64,
    ) -> Result<ParityView, EntryRefusal> {
        let (a, b) = (self.state.obligations.find(here)?, self.state.obligations.find(there)?);
        let pairs = match scope {
            ParityScope::Total => {
                let performed = |at| self.performance(at, self.state.obligations.get(at).credits_at).span();
                [(performed(a), performed(b))].into()
            }
            ParityScope::PerStage => self.pairs_by(a, b, |leg| leg.handover),
            ParityScope::PerCategory => self.pairs_by(a, b, |leg| leg.of.category),
        };
        let evenness = evenness(&pairs, tolerance);
        Ok(ParityView { here, there, scope, tolerance, pairs, evenness })
    }

    /// The parity that this reading takes an obligation to stand under, if it takes it to stand under one.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::Anyone, moment)?;
    /// // Nobody says that anything is owed in return.
    /// assert!(reading.stated_parity("fallen".parse()?)?.is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The obligation is not recorded.
    pub fn stated_parity(&self, obligation: ObligationId) -> Result<Option<ParityView>, EntryRefusal> {
        match self.reciprocity(obligation)?.set.only() {
            Some(Reciprocity::Parity { with, scope, tolerance }) => {
                self.parity(obligation, *with, *scope, tolerance.get()).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The condition that this reading takes an obligation to wait for, if it takes it to wait for one.
    ///
    /// # Errors
    /// In this order: the obligation is not recorded; the party whose terms are asked for, where the condition is that
    /// another obligation is met, is not recorded.
    pub fn condition(
        &self,
        obligation: ObligationId,
        terms: According,
    ) -> Result<Option<ConditionView>, EntryRefusal> {
        let told = self.reciprocity(obligation)?;
        let Some(Reciprocity::Staged { after }) = told.set.only() else { return Ok(None) };
        let fulfilled = self.is_fulfilled(after, terms)?;
        Ok(Some(ConditionView { obligation, condition: after.clone(), fulfilled }))
    }

    /// Whether an obligation waits for nothing that is not there, by each of the terms that may be what it is owed in return for.
    pub(super) fn may_begin(
        &self,
        obligation: ObligationId,
        terms: According,
    ) -> Result<Comparison, EntryRefusal> {
        let told = self.reciprocity(obligation)?;
        let mut begins = None;
        for term in told.set.values().unwrap_or_default() {
            let by_it = match term {
                Reciprocity::Staged { after } => self.is_fulfilled(after, terms)?,
                _ => Comparison::Holds,
            };
            begins = Some(begins.map_or(by_it, |begins| alike(begins, by_it)));
        }
        Ok(begins.unwrap_or(Comparison::Holds))
    }

    fn is_fulfilled(&self, condition: &Condition, terms: According) -> Result<Comparison, EntryRefusal> {
        Ok(match condition {
            Condition::Met(other) => match self.evaluate(*other, terms)?.verdict {
                Verdict::Met | Verdict::DeclaredExhausted => Comparison::Holds,
                Verdict::NotMet => Comparison::Fails,
                _ => Comparison::Undetermined,
            },
            Condition::Held(handover) => {
                let handover = self.state.handovers.find(*handover)?;
                let held = self.whether(SubjectKey::Handover(handover), &mut B::default());
                let dates = self.dates(handover, &mut B::default());
                match (held.set.only(), self.counted(dates.set)) {
                    (Some(false), _) | (_, Counted::No) => Comparison::Fails,
                    (Some(true), Counted::Yes) => Comparison::Holds,
                    _ => Comparison::Undetermined,
                }
            }
            Condition::Stated(_) => Comparison::Undetermined,
        })
    }

    /// What passed of each, one pair for every stage or category that either has a leg in.
    fn pairs_by<K: Ord>(
        &self,
        a: Idx<ObligationRow>,
        b: Idx<ObligationRow>,
        key: impl Fn(&LegRow) -> K,
    ) -> Vec<(Span, Span)> {
        let legs = |at| self.state.legs_of_obligation(at).map(|leg| (key(self.state.legs.get(leg)), leg));
        let mut pairs: BTreeMap<K, [Vec<Idx<LegRow>>; 2]> = BTreeMap::new();
        for (key, leg) in legs(a) {
            let [here, _] = pairs.entry(key).or_default();
            here.push(leg);
        }
        for (key, leg) in legs(b) {
            let [_, there] = pairs.entry(key).or_default();
            there.push(leg);
        }
        let sum = |at, chosen: Vec<Idx<LegRow>>| {
            let row = self.state.obligations.get(at);
            let passed = self.sum(chosen, row.unit);
            match row.credits_at {
                // What is set off passed in no leg of the obligation, and so in no stage of it.
                Accrual::Credit => self.credited(at, passed, |_| false).sum,
                Accrual::Tender | Accrual::Passage => passed,
            }
            .span()
        };
        pairs.into_values().map(|[here, there]| (sum(a, here), sum(b, there))).collect()
    }
}

fn evenness(pairs: &[(Span, Span)], tolerance: u64) -> Evenness {
    let each = |pair: &(Span, Span)| {
        let apart = pair.0.distance(pair.1);
        if apart.hi().is_some_and(|most| most <= tolerance) {
            Evenness::Even
        } else if apart.lo() > tolerance {
            Evenness::Uneven
        } else {
            Evenness::Undetermined
        }
    };
    if pairs.iter().any(|pair| each(pair) == Evenness::Uneven) {
        Evenness::Uneven
    } else if !pairs.is_empty() && pairs.iter().all(|pair| each(pair) == Evenness::Even) {
        Evenness::Even
    } else {
        Evenness::Undetermined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evenness_is_three_valued() {
        let exactly = |a, b| (Span::exactly(a), Span::exactly(b));
        assert_eq!(evenness(&[exactly(246, 246)], 0), Evenness::Even);
        assert_eq!(evenness(&[exactly(246, 250)], 4), Evenness::Even);
        assert_eq!(evenness(&[exactly(246, 251)], 4), Evenness::Uneven);
        assert_eq!(evenness(&[(Span::exactly(5), Span::EVERYTHING)], 0), Evenness::Undetermined);
        assert_eq!(
            evenness(&[exactly(1, 1), (Span::exactly(5), Span::EVERYTHING)], 0),
            Evenness::Undetermined
        );
        assert_eq!(evenness(&[(Span::exactly(5), Span::EVERYTHING), exactly(1, 3)], 1), Evenness::Uneven);
        assert_eq!(evenness(&[], 0), Evenness::Undetermined);
    }
}
