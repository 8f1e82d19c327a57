//! Both flows side by side. The two directions are never netted into one figure unless a caller asks for the difference,
//! and that carries both.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use rust_decimal::Decimal;

use super::sum::Sum;
use super::{Basis, Reading};
use crate::agreement::AgreementRow;
use crate::id::{AgreementId, PartyId};
use crate::obligation::Matter;
use crate::quantity::{Span, Unit};
use crate::slot::LegRow;
use crate::table::Idx;

/// All that passed under one agreement from one party to another of one matter in one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowView<B = ()> {
    /// The agreement; `None` for what passed under none.
    pub under: Option<AgreementId>,
    /// Who handed over.
    pub from: PartyId,
    /// Who received.
    pub to: PartyId,
    /// Who was handed over.
    pub matter: Matter,
    /// In what unit.
    pub unit: Unit,
    /// How many passed.
    pub passed: Sum<B>,
}

impl<B> FlowView<B> {
    /// Whether another is the same the other way.
    pub fn is_opposite<C>(&self, other: &FlowView<C>) -> bool {
        (self.under, self.from, self.to, self.matter, self.unit)
            == (other.under, other.to, other.from, other.matter, other.unit)
    }
}

/// The difference of two opposite flows, only ever with both of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<B = ()> {
    /// One flow.
    pub this: FlowView<B>,
    /// The opposite one.
    pub other: FlowView<B>,
    /// By how many this can exceed the other.
    pub excess: Span,
    /// By how many this can fall short of the other.
    pub shortfall: Span,
}

/// How many passed one way for each that passed the other way: a statistic, never a term, and it makes no debt
/// (`docs/rules.md` a3).
#[derive(Clone, Debug, PartialEq)]
pub struct Asymmetry {
    /// The agreement; `None` for what passed under none.
    pub under: Option<AgreementId>,
    /// The party that handed over the flow that is compared.
    pub from: PartyId,
    /// The party that received it.
    pub to: PartyId,
    /// Who was handed over.
    pub matter: Matter,
    /// In what unit.
    pub unit: Unit,
    /// How many passed this way.
    pub this: Span,
    /// How many passed the other way.
    pub other: Span,
    /// The least quotient, rounded down to two places; `None` if the other way has no upper end or nought.
    pub least: Option<Decimal>,
    /// The greatest quotient, rounded up to two places; `None` if it has no upper end.
    pub greatest: Option<Decimal>,
}

impl<B: Basis> Reading<'_, B> {
    /// Every flow in the order in which its first leg was recorded.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::To("north".parse()?), moment)?;
    /// let passed: Vec<String> = reading.flows().iter().map(|flow| flow.passed.span().to_string()).collect();
    /// assert_eq!(passed, ["1,248", "any number"]); // to South; to North, of which nobody speaks
    /// # Ok(())
    /// # }
    /// ```
    pub fn flows(&self) -> Vec<FlowView<B>> {
        let mut flows: Vec<(&LegRow, Vec<Idx<LegRow>>)> = Vec::new();
        let mut places = BTreeMap::new();
        for (place, leg) in self.state.legs.places() {
            let key = (self.under(leg), leg.from, leg.to, leg.of.matter, leg.unit);
            let at = *places.entry(key).or_insert(flows.len());
            match flows.get_mut(at) {
                Some((_, legs)) => legs.push(place),
                None => flows.push((leg, [place].into())),
            }
        }
        flows
            .into_iter()
            .map(|(leg, legs)| FlowView {
                under: self.under(leg).map(|agreement| self.state.agreements.get(agreement).id),
                from: self.state.parties.get(leg.from).id,
                to: self.state.parties.get(leg.to).id,
                matter: leg.of.matter,
                unit: leg.unit,
                passed: self.sum(legs, leg.unit),
            })
            .collect()
    }

    pub(super) fn under(&self, leg: &LegRow) -> Option<Idx<AgreementRow>> {
        self.state.handovers.get(leg.handover).under
    }

    /// A flow beside the opposite one, with their difference; `None` if no leg is recorded the other way.
    pub fn difference(&self, flow: &FlowView<B>) -> Option<Difference<B>> {
        let other = self.flows().into_iter().find(|other| flow.is_opposite(other))?;
        let (a, b) = (flow.passed.span(), other.passed.span());
        Some(Difference { this: flow.clone(), other, excess: a.less(b), shortfall: b.less(a) })
    }

    /// For each pair of opposite flows how many passed one way for each that passed the other way, the flow that was
    /// recorded first being compared with the other.
    pub fn asymmetries(&self) -> Vec<Asymmetry> {
        let flows = self.flows();
        let places: BTreeMap<_, _> = flows
            .iter()
            .enumerate()
            .map(|(at, flow)| ((flow.under, flow.from, flow.to, flow.matter, flow.unit), at))
            .collect();
        let mut pairs = Vec::new();
        for (at, this) in flows.iter().enumerate() {
            let opposite = places.get(&(this.under, this.to, this.from, this.matter, this.unit));
            if let Some(other) = opposite.filter(|other| **other > at).and_then(|other| flows.get(*other))
                && this.passed.total.is_some()
                && other.passed.total.is_some()
            {
                let (a, b) = (this.passed.span(), other.passed.span());
                pairs.push(Asymmetry {
                    under: this.under,
                    from: this.from,
                    to: this.to,
                    matter: this.matter,
                    unit: this.unit,
                    this: a,
                    other: b,
                    least: b.hi().and_then(|hi| quotient(a.lo(), hi, false)),
                    greatest: a.hi().and_then(|hi| quotient(hi, b.lo(), true)),
                });
            }
        }
        pairs
    }
}

/// A quotient to two places, rounded down or up in whole numbers, so that the bound stays a bound.
fn quotient(number: u64, by: u64, up: bool) -> Option<Decimal> {
    let hundredfold = u128::from(number).checked_mul(100)?;
    let whole = hundredfold.checked_div(u128::from(by))?;
    let part = hundredfold.checked_rem(u128::from(by))? > 0;
    let hundredths = whole.checked_add(u128::from(up && part))?;
    Decimal::try_from_i128_with_scale(i128::try_from(hundredths).ok()?, 2)
        .ok()
        .map(|decimal| decimal.normalize())
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_quotient_is_rounded_to_stay_a_bound() {
        let text = |n, by, up| quotient(n, by, up).map(|decimal| decimal.to_string());
        assert_eq!(text(2_412, 27, false), Some("89.33".into()));
        assert_eq!(text(2_412, 27, true), Some("89.34".into()));
        assert_eq!(text(54, 27, true), Some("2".into()));
        assert_eq!(text(1, 0, false), None);
        assert_eq!(text(u64::MAX, 1, true), Some("18446744073709551615".into()));
    }
}
