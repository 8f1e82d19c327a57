//! Balances: what is owed, what was performed, and what counts otherwise; of one obligation, and of two side by side.

use alloc::vec::Vec;

use super::discharge::DischargeView;
use super::obligation::{Comparison, Evaluation};
use super::said::Said;
use super::{According, Basis, Reading, resolve};
use crate::id::ObligationId;
use crate::obligation::ObligationRow;
use crate::quantity::Span;
use crate::reciprocity::Ratio;
use crate::refusal::EntryRefusal;
use crate::table::Idx;

/// What the performance of an obligation earns in another, by one speaker's term.
#[derive(Clone, Debug, PartialEq)]
pub struct EarnedView {
    /// The obligation in which it earns.
    pub in_return: ObligationId,
    /// Who states the term.
    pub by: Said,
    /// The ratio.
    pub ratio: Ratio,
    /// How many of the ratio's class were performed by the moment at which it accrues.
    pub performed: Span,
    /// How many are owed for them.
    pub entitlement: Span,
}

/// An obligation in balance. What counts otherwise than by performance stands beside the counts and is never mixed into them.
///
/// Source: `docs/rules.md` a3; invariants 11, 14, 16 and 18.
#[derive(Clone, Debug, PartialEq)]
pub struct BalanceView<B = ()> {
    /// What was tendered, passed and credited, what is required, and what is outstanding by that.
    pub evaluation: Evaluation<B>,
    /// What was done with it otherwise.
    pub discharge: DischargeView<B>,
    /// What is required beyond what was tendered.
    pub beyond_tendered: Option<Span>,
    /// What is required beyond what passed.
    pub beyond_passed: Option<Span>,
    /// What remains when allocations, discharges and waivers are counted; `None` where no number is owed.
    pub remaining: Option<Span>,
    /// What is left of the surplus above a ceiling after what was allocated to others.
    pub surplus_left: Option<Span>,
    /// Whether more was allocated to others than there is surplus.
    pub overdrawn: Comparison,
    /// What its performance earns in return, by each term that those who are believed state.
    pub earned: Vec<EarnedView>,
}

/// Two obligations side by side. Neither is netted against the other.
#[derive(Clone, Debug, PartialEq)]
pub struct PairBalance<B = ()> {
    /// One.
    pub here: BalanceView<B>,
    /// The other.
    pub there: BalanceView<B>,
}

/// The difference of two performances. It is only ever asked for, and stands beside both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BalanceDifference {
    /// What was performed here.
    pub here: Span,
    /// What was performed there.
    pub there: Span,
    /// By how many this can exceed that.
    pub excess: Span,
    /// By how many this can fall short of that.
    pub shortfall: Span,
}

impl<B: Basis> PairBalance<B> {
    /// The difference of what was performed; `None` where they are counted in different units (invariant 10).
    pub fn difference(&self) -> Option<BalanceDifference> {
        let (a, b) = (&self.here.evaluation, &self.there.evaluation);
        (a.unit == b.unit).then(|| {
            let (here, there) = (a.performed().span(), b.performed().span());
            BalanceDifference { here, there, excess: here.less(there), shortfall: there.less(here) }
        })
    }
}

impl<B: Basis> Reading<'_, B> {
    /// An obligation in balance, terms read by one's word and counts by this reading's.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::AcceptedByAll, moment)?;
    /// let balance = reading.balance("fallen".parse()?, According::Anyone)?;
    /// assert_eq!(balance.remaining, balance.evaluation.outstanding); // nothing counts otherwise
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// In this order: the obligation is not recorded; the party whose terms are asked for is not recorded.
    pub fn balance(
        &self,
        obligation: ObligationId,
        terms: According,
    ) -> Result<BalanceView<B>, EntryRefusal> {
        let evaluation = self.evaluate(obligation, terms)?;
        let of = self.state.obligations.find(obligation)?;
        let discharge = self.discharge_view(of);
        let floor = evaluation.outstanding.and(evaluation.term.set.floor);
        let otherwise = discharge.otherwise();
        let remaining = evaluation.outstanding.map(|outstanding| {
            if discharge.is_waived_altogether() { Span::ZERO } else { outstanding.less(otherwise) }
        });
        let given = discharge.given_away();
        let over = given.less(evaluation.surplus.unwrap_or(Span::ZERO));
        Ok(BalanceView {
            beyond_tendered: floor.map(|floor| floor.less(evaluation.tendered.span())),
            beyond_passed: floor.map(|floor| floor.less(evaluation.passed.span())),
            remaining,
            surplus_left: evaluation.surplus.map(|surplus| surplus.less(given)),
            overdrawn: if given == Span::ZERO || over == Span::ZERO {
                Comparison::Fails
            } else if over.lo() > 0 && evaluation.surplus.is_some() {
                Comparison::Holds
            } else {
                Comparison::Undetermined
            },
            earned: self.earned_by(of, terms)?,
            evaluation,
            discharge,
        })
    }

    /// Two obligations in balance, side by side.
    ///
    /// # Errors
    /// In this order: the first or the second is not recorded; the party whose terms are asked for is not recorded.
    pub fn balances(
        &self,
        here: ObligationId,
        there: ObligationId,
        terms: According,
    ) -> Result<PairBalance<B>, EntryRefusal> {
        self.state.obligations.find(here)?;
        self.state.obligations.find(there)?;
        Ok(PairBalance { here: self.balance(here, terms)?, there: self.balance(there, terms)? })
    }

    /// What a performance earns, by each term of a ratio that stands; of all who state one where it is what all accept.
    fn earned_by(&self, of: Idx<ObligationRow>, terms: According) -> Result<Vec<EarnedView>, EntryRefusal> {
        let terms = Reading { whose: resolve(self.state, terms)?, ..*self };
        let counting = Reading { whose: self.counts, ..*self };
        let row = self.state.obligations.get(of);
        let others: Vec<Idx<ObligationRow>> = match row.under {
            Some(agreement) => self.obligations_of(agreement),
            None => self.state.obligations.places().map(|(at, _)| at).collect(),
        };
        let mut earned = Vec::new();
        for other in others {
            for (claim, required, _) in self.terms_said(other) {
                if !terms.hears_side(self.state.organs.get(self.state.claims.get(claim).organ).side) {
                    continue;
                }
                for (at, ratio) in required.ratios().iter().enumerate() {
                    if ratio.of != row.id {
                        continue;
                    }
                    let earlier = required.ratios().get(..at).unwrap_or_default();
                    let performed = counting.performed_of(ratio, earlier);
                    earned.push(EarnedView {
                        in_return: self.state.obligations.get(other).id,
                        by: self.said(claim),
                        ratio: *ratio,
                        performed,
                        entitlement: ratio.entitlement(performed),
                    });
                }
            }
        }
        Ok(earned)
    }
}
