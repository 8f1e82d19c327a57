//! What is owed in return for what, as each party says it.
//!
//! Reciprocity belongs to an agreement and never to the baseline of the law: no computed state says that a
//! humanitarian duty has lapsed because the other side did not perform (invariants 1 and 2).

use crate::claim::Affiliation;
use crate::id::{CategoryId, HandoverId, ObligationId};
use crate::quantity::{Number, Span};
use crate::text::Text;

// ---- value types

/// At which moment something counts (`docs/rules.md` a3: tendered, delivered, credited).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Accrual {
    /// When it is made available at the agreed time and place.
    Tender,
    /// When custody passes.
    Passage,
    /// When it is credited after verification.
    Credit,
}

/// Over what parity is to hold (`docs/rules.md` a3): per stage, per category or in total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ParityScope {
    /// All that one gave against all that the other gave.
    Total,
    /// Each handover by itself.
    PerStage,
    /// Each category by itself.
    PerCategory,
}

/// What becomes of a fraction when a ratio is applied: there are no fractional persons (invariant 16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Rounding {
    /// To the smaller whole number.
    Down,
    /// To the greater whole number.
    Up,
    /// Only every complete group of so many earns: "46 when all four are identified".
    FullGroups,
}

/// So many are owed for every so many of the other side's performance that are of a class: "15 for each".
///
/// ```
/// use handover::quantity::Span;
/// use handover::reciprocity::{Accrual, Ratio, Rounding};
///
/// let ratio = Ratio {
///     of: "bodies-to-creditor".parse()?,
///     category: Some("nationals".parse()?),
///     whose: None,
///     owed: 15.into(),
///     per: 1.into(),
///     accrues_at: Accrual::Credit,
///     rounding: Rounding::Down,
///     discharged_earn: false,
/// };
/// assert_eq!(ratio.entitlement(Span::exactly(15)), Span::exactly(225));
/// # Ok::<(), handover::id::KeyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Ratio {
    /// The obligation of the other side whose performance earns.
    pub of: ObligationId,
    /// The category that earns; all of it if missing (`docs/rules.md` edge case 21).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub category: Option<CategoryId>,
    /// Whose they must be to earn, by determination or by what is said of them; whoever's if missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub whose: Option<Affiliation>,
    /// So many are owed …
    pub owed: Number,
    /// … for every so many. Nought earns nothing.
    pub per: Number,
    /// When the entitlement accrues.
    pub accrues_at: Accrual,
    /// What becomes of a fraction.
    pub rounding: Rounding,
    /// Whether those earn too that were discharged in another way than by handing over. A question of the term: if it does
    /// not say so, they earn nothing (`docs/rules.md` a3, Discharge by other means).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
    pub discharged_earn: bool,
}

impl Ratio {
    /// Whether another earns for the same: of one obligation, category and affiliation.
    pub fn is_of_class(&self, other: &Self) -> bool {
        (self.of, self.category, self.whose) == (other.of, other.category, other.whose)
    }

    /// What is owed for a performance of so many: a span where the performance is one (`docs/semantics.md`,
    /// Reciprocity). Everything for a ratio "per nought", which earns nothing that can be said.
    pub fn entitlement(&self, performed: Span) -> Span {
        let (owed, per) = (u128::from(self.owed.get()), u128::from(self.per.get()));
        let one = |n: u64| -> Option<u64> {
            if self.rounding == Rounding::FullGroups {
                let groups = u128::from(n).checked_div(per)?;
                return u64::try_from(groups.checked_mul(owed)?).ok();
            }
            let product = u128::from(n).checked_mul(owed)?;
            let whole = product.checked_div(per)?;
            let part = product.checked_rem(per)? > 0 && self.rounding == Rounding::Up;
            u64::try_from(whole.checked_add(u128::from(part))?).ok()
        };
        if per == 0 {
            return Span::EVERYTHING;
        }
        let lo = one(performed.lo()).unwrap_or(u64::MAX);
        match performed.hi().and_then(one) {
            Some(hi) => Span::new(lo, hi).unwrap_or(Span::at_least(lo)),
            None if owed == 0 => Span::ZERO,
            None => Span::at_least(lo),
        }
    }
}

/// A condition under which a stage of performance begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Condition {
    /// The other obligation is met.
    Met(ObligationId),
    /// This handover was held.
    Held(HandoverId),
    /// Something else, in words: it is never computed.
    Stated(Text),
}

/// A course to whose pace an obligation is bound.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Course {
    /// The performance of another obligation.
    Obligation(ObligationId),
    /// One outside this record, in words, as "the withdrawal of forces". How far it has come is
    /// claimed ([`Statement::Advanced`](crate::claim::Statement::Advanced)).
    Stated(Text),
}

/// How an obligation relates to what the other side does.
///
/// ```
/// use handover::reciprocity::{ParityScope, Reciprocity};
///
/// let with = "remains-to-north".parse()?;
/// let parity = Reciprocity::Parity { with, scope: ParityScope::Total, tolerance: 0.into() };
/// assert_eq!(parity.counterpart(), Some(with));
/// assert_eq!(Reciprocity::Unilateral.counterpart(), None);
/// # Ok::<(), handover::id::KeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Reciprocity {
    /// In return for nothing.
    Unilateral,
    /// Equal numbers.
    Parity {
        /// The obligation of the other side.
        with: ObligationId,
        /// Over what.
        scope: ParityScope,
        /// By how much the numbers may differ. Never tacit (`docs/rules.md` a3).
        tolerance: Number,
    },
    /// So many for each.
    Ratio(Ratio),
    /// Everyone of a category on both sides; no number is implied.
    AllForAll {
        /// The obligation of the other side.
        with: ObligationId,
    },
    /// No slower than another course: the share that is performed is never to be less than the share that the other has come
    /// to. A pause of the other stops the clock of this one and not the duty (`docs/rules.md` edge case 11).
    Paced {
        /// The other course.
        with: Course,
    },
    /// Due in stages, this one after a condition.
    Staged {
        /// The condition.
        after: Condition,
    },
}

impl Reciprocity {
    /// The obligation of the other side, where one is named.
    pub fn counterpart(&self) -> Option<ObligationId> {
        match self {
            Self::Parity { with, .. } | Self::AllForAll { with } => Some(*with),
            Self::Ratio(ratio) => Some(ratio.of),
            Self::Staged { after: Condition::Met(other) }
            | Self::Paced { with: Course::Obligation(other) } => Some(*other),
            Self::Unilateral | Self::Staged { .. } | Self::Paced { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(owed: u32, per: u32, rounding: Rounding) -> Ratio {
        Ratio {
            of: "counter".parse().unwrap(),
            category: None,
            whose: None,
            owed: owed.into(),
            per: per.into(),
            accrues_at: Accrual::Credit,
            rounding,
            discharged_earn: false,
        }
    }

    #[test]
    fn a_fraction_is_rounded_as_the_term_says() {
        assert_eq!(ratio(1, 2, Rounding::Down).entitlement(Span::exactly(5)), Span::exactly(2));
        assert_eq!(ratio(1, 2, Rounding::Up).entitlement(Span::exactly(5)), Span::exactly(3));
        assert_eq!(ratio(1, 2, Rounding::Up).entitlement(Span::exactly(4)), Span::exactly(2));
        assert_eq!(ratio(46, 4, Rounding::FullGroups).entitlement(Span::exactly(3)), Span::ZERO);
        assert_eq!(ratio(46, 4, Rounding::FullGroups).entitlement(Span::exactly(4)), Span::exactly(46));
    }

    #[test]
    fn an_entitlement_is_as_wide_as_the_performance() {
        let fifteen = ratio(15, 1, Rounding::Down);
        assert_eq!(fifteen.entitlement(Span::new(15, 17).unwrap()), Span::new(225, 255).unwrap());
        assert_eq!(fifteen.entitlement(Span::at_least(15)), Span::at_least(225));
        assert_eq!(fifteen.entitlement(Span::exactly(u64::MAX)), Span::at_least(u64::MAX));
        assert_eq!(ratio(0, 1, Rounding::Down).entitlement(Span::EVERYTHING), Span::ZERO);
        assert_eq!(ratio(1, 0, Rounding::Down).entitlement(Span::exactly(1)), Span::EVERYTHING);
    }

    #[test]
    fn a_class_is_of_one_obligation_category_and_affiliation() {
        let one = ratio(15, 1, Rounding::Down);
        assert!(one.is_of_class(&ratio(1, 2, Rounding::Up)), "whatever it earns");
        assert!(!one.is_of_class(&Ratio { of: "other".parse().unwrap(), ..one }));
        assert!(!one.is_of_class(&Ratio { category: Some("nationals".parse().unwrap()), ..one }));
        assert!(
            !one.is_of_class(&Ratio { whose: Some(Affiliation::ForcesOf("north".parse().unwrap())), ..one })
        );
    }

    #[test]
    fn a_counterpart_is_named_or_there_is_none() {
        let with: ObligationId = "counter".parse().unwrap();
        let ratio = ratio(15, 1, Rounding::Down);
        for reciprocity in [
            Reciprocity::AllForAll { with },
            Reciprocity::Ratio(ratio),
            Reciprocity::Staged { after: Condition::Met(with) },
            Reciprocity::Paced { with: Course::Obligation(with) },
        ] {
            assert_eq!(reciprocity.counterpart(), Some(with), "{reciprocity:?}");
        }
        assert_eq!(Reciprocity::Unilateral.counterpart(), None);
    }
}
