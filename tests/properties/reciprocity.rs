//! What is owed in return: laws of entitlement.

use handover::obligation::Required;
use handover::quantity::Span;
use handover::reading::{Comparison, Share};
use handover::reciprocity::{Accrual, Ratio, Rounding};
use proptest::prelude::*;

fn ratios() -> impl Strategy<Value = Ratio> {
    let rounding = prop_oneof![Just(Rounding::Down), Just(Rounding::Up), Just(Rounding::FullGroups)];
    (0_u32..200, 1_u32..10, rounding).prop_map(|(owed, per, rounding)| Ratio {
        of: "counter".parse().unwrap(),
        category: None,
        whose: None,
        owed: owed.into(),
        per: per.into(),
        accrues_at: Accrual::Passage,
        rounding,
        discharged_earn: false,
    })
}

fn spans() -> impl Strategy<Value = Span> {
    (0_u64..500, proptest::option::of(0_u64..500)).prop_map(|(lo, more)| match more {
        Some(more) => Span::new(lo, lo + more).unwrap(),
        None => Span::at_least(lo),
    })
}

proptest! {
    #![proptest_config(super::cases(64))]

    /// Whoever performs more is owed no less.
    #[test]
    fn an_entitlement_is_monotone(ratio in ratios(), less in 0_u64..1_000, more in 0_u64..1_000) {
        let entitled = |n| ratio.entitlement(Span::exactly(n)).lo();
        prop_assert!(entitled(less) <= entitled(less + more));
    }

    /// Whatever was truly performed of each class, what it earns lies within the entitlement of the spans.
    #[test]
    fn an_entitlement_holds_the_truth(
        parts in proptest::collection::vec((ratios(), spans(), 0_u64..500), 1..5),
    ) {
        let truth: Vec<u64> = parts
            .iter()
            .map(|(_, span, at)| span.lo() + span.hi().map_or(*at, |hi| at % (hi - span.lo() + 1)))
            .collect();
        let required = Required::Ratios(parts.iter().map(|(ratio, ..)| *ratio).collect());
        let floor = |performed: &dyn Fn(usize) -> Span| {
            required.bounds(|_, earlier| performed(earlier.len())).floor.unwrap()
        };
        let true_floor = floor(&|at| Span::exactly(truth[at])).lo();
        let span = floor(&|at| parts[at].1);
        prop_assert!(span.lo() <= true_floor && span.hi().is_none_or(|hi| true_floor <= hi), "{true_floor} within {span}");
    }

    /// A share is no less than another or the other is no less than it, and what is certain holds of every true value.
    #[test]
    fn shares_compare_as_fractions(a in 0_u64..100, of_a in 1_u64..100, b in 0_u64..100, of_b in 1_u64..100, wide in 0_u64..20) {
        let exact = |done, of| Share { done: Span::exactly(done), of: Span::exactly(of) };
        let (this, other) = (exact(a, of_a), exact(b, of_b));
        let no_less = this.is_no_less(&other) == Comparison::Holds;
        prop_assert_eq!(no_less, a * of_b >= b * of_a);
        let wider = Share { done: Span::new(a.saturating_sub(wide), a + wide).unwrap(), ..this };
        match wider.is_no_less(&other) {
            Comparison::Holds => prop_assert!(no_less),
            Comparison::Fails => prop_assert!(!no_less),
            Comparison::Undetermined => {}
        }
    }
}
