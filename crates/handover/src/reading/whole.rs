//! What is said of the whole of an obligation, beside the sum of its legs (`docs/decisions/0024-totals-of-an-obligation.md`).

use super::joint::Joint;
use super::meaning::Meaning;
use super::sum::Sum;
use super::word::{Label, Told};
use super::{Basis, Reading};
use crate::claim::{PropositionKey, Scope, SubjectKey};
use crate::id::ObligationId;
use crate::obligation::ObligationRow;
use crate::quantity::{Span, Unit};
use crate::reciprocity::Accrual;
use crate::refusal::EntryRefusal;
use crate::table::Idx;

/// What is said of how many passed towards an obligation in all, and what its legs sum to.
///
/// A figure that a side claims of the obligation is its word on it, as a count of a leg is its word on the leg: it narrows the
/// sum. A published total is another thing, and is compared only (invariant 17).
#[derive(Clone, Debug, PartialEq)]
pub struct WholeView<B = ()> {
    /// The obligation.
    pub obligation: ObligationId,
    /// In what unit.
    pub unit: Unit,
    /// The sum of its legs.
    pub summed: Sum<B>,
    /// What is said of the whole, by this reading.
    pub said: Told<Span>,
    /// How many passed: the sum, narrowed by what is said of the whole.
    pub passed: Told<Span>,
    /// How many more are said to have passed than the recorded legs can make up.
    pub unrecorded: Span,
    /// How the parties stand on the whole.
    pub joint: Joint<Span, B>,
}

impl<B: Basis> Reading<'_, B> {
    /// How many passed towards an obligation in all.
    ///
    /// # Errors
    /// The obligation is not recorded.
    pub fn whole(&self, obligation: ObligationId) -> Result<WholeView<B>, EntryRefusal> {
        let of = self.state.obligations.find(obligation)?;
        let unit = self.state.obligations.get(of).unit;
        let mut summed = self.performance(of, Accrual::Passage);
        let said = self.said_of_whole(of, unit, &mut summed.rests_on);
        let passed = narrowed(&summed, &said);
        let key = whole(of, unit);
        Ok(WholeView {
            obligation,
            unit,
            unrecorded: if said.is_informative() && said.set.meet(summed.span()).is_none() {
                said.set.less(summed.span())
            } else {
                Span::ZERO
            },
            summed,
            said,
            passed,
            joint: self.joint(key),
        })
    }

    /// What is said of the whole. As of an earlier moment than it was said it is only an upper end.
    fn said_of_whole(&self, of: Idx<ObligationRow>, unit: Unit, basis: &mut B) -> Told<Span> {
        let key = whole(of, unit);
        let told: Told<Span> = self.told(key, basis);
        let later = self.live(key).any(|claim| self.state.claims.get(claim).said_by > self.as_of);
        if later && told.is_informative() {
            return Told { set: told.set.hull(Span::ZERO), label: told.label };
        }
        told
    }
}

fn whole(of: Idx<ObligationRow>, unit: Unit) -> PropositionKey {
    PropositionKey { about: SubjectKey::Obligation(of), scope: Scope::Count, unit: Some(unit) }
}

/// The sum of the legs and what is said of the whole, met. Where they share nothing, a leg may not be recorded if the whole is
/// greater; if it is smaller they contradict each other.
fn narrowed<B: Basis>(summed: &Sum<B>, said: &Told<Span>) -> Told<Span> {
    let sum = summed.total.unwrap_or(Span::EVERYTHING);
    if !said.is_informative() {
        let label = summed.label();
        return Told { set: sum, label: if sum.is_everything() { label.max(said.label) } else { label } };
    }
    match said.set.meet(sum).or_else(|| said.set.meet(sum.and_more())) {
        Some(set) => Told { set, label: said.label },
        None => Told { set: said.set.hull(sum), label: Label::Contradictory },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(total: Option<Span>) -> Sum {
        Sum { total, ..Sum::empty() }
    }

    #[test]
    fn what_is_said_of_the_whole_narrows_the_sum() {
        let said = |lo, hi| Told { set: Span::new(lo, hi).unwrap(), label: Label::Stated };
        let silent = Told { set: Span::EVERYTHING, label: Label::Silent };
        let between = |lo, hi| Span::new(lo, hi).unwrap();
        let undisclosed = sum(Some(Span::EVERYTHING));
        assert_eq!(narrowed(&undisclosed, &said(1_150, 1_250)).set, between(1_150, 1_250));
        assert_eq!(
            narrowed(&sum(Some(Span::at_least(1_200))), &said(1_150, 1_250)).set,
            between(1_200, 1_250)
        );
        // A leg may not be recorded.
        assert_eq!(narrowed(&sum(Some(Span::exactly(900))), &said(1_000, 1_000)).set, Span::exactly(1_000));
        let less = narrowed(&sum(Some(Span::exactly(900))), &said(800, 800));
        assert_eq!((less.set, less.label), (between(800, 900), Label::Contradictory));
        assert_eq!(narrowed(&sum(Some(Span::exactly(900))), &silent).set, Span::exactly(900));
    }
}
