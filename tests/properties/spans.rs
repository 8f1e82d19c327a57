//! The algebra of sets: every derived figure is built by it.

use handover::quantity::{Quantity, Span, Stated};
use handover::reading::Meaning;
use handover::when::{DateSpan, Moment, When};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// The laws of any kind of set: meeting and hulls, with everything as the greatest.
fn lattice<S: Meaning>(a: &S, b: &S, c: &S) -> Result<(), TestCaseError> {
    let is_within = |a: &S, b: &S| a.meet(b).as_ref() == Some(a);
    prop_assert_eq!(a.meet(b), b.meet(a));
    prop_assert_eq!(a.hull(b), b.hull(a));
    prop_assert_eq!(a.meet(b).and_then(|ab| ab.meet(c)), b.meet(c).and_then(|bc| a.meet(&bc)));
    prop_assert_eq!(a.hull(b).hull(c), a.hull(&b.hull(c)));
    prop_assert_eq!(a.meet(a), Some(a.clone()));
    prop_assert_eq!(&a.hull(a), a);
    prop_assert_eq!(a.meet(&a.hull(b)), Some(a.clone()));
    if let Some(ab) = a.meet(b) {
        prop_assert_eq!(&a.hull(&ab), a);
        prop_assert!(is_within(&ab, a) && is_within(&ab, b));
    }
    prop_assert!(is_within(a, &a.hull(b)) && is_within(b, &a.hull(b)));
    prop_assert_eq!(a.meet(&S::everything()), Some(a.clone()));
    prop_assert!(a.hull(&S::everything()).is_everything());
    // Monotone: a wider set on one side widens what follows.
    let wider = a.hull(c);
    prop_assert!(is_within(&a.hull(b), &wider.hull(b)));
    if let Some(ab) = a.meet(b) {
        prop_assert!(wider.meet(b).is_some_and(|wider| is_within(&ab, &wider)));
    }
    Ok(())
}

/// A number of a span, near one of its ends.
fn pick(span: Span, by: u64, from_below: bool) -> u64 {
    let highest = span.hi().unwrap_or(u64::MAX);
    if from_below {
        span.lo().saturating_add(by).min(highest)
    } else {
        highest.saturating_sub(by).max(span.lo())
    }
}

proptest! {
    #![proptest_config(crate::cases(1_000))]

    #[test]
    fn spans_are_a_lattice(a: Span, b: Span, c: Span) {
        lattice(&a, &b, &c)?;
    }

    #[test]
    fn dates_are_a_lattice(a: DateSpan, b: DateSpan, c: DateSpan) {
        lattice(&a, &b, &c)?;
    }

    #[test]
    fn sums_commute_associate_and_grow(a: Span, b: Span, c: Span) {
        prop_assert_eq!(a.plus(b), b.plus(a));
        prop_assert_eq!(a.plus(b).plus(c), a.plus(b.plus(c)));
        prop_assert_eq!(a.plus(Span::ZERO), a);
        let wider = a.hull(c);
        prop_assert!(a.plus(b).is_within(wider.plus(b)));
        prop_assert!(a.less(b).is_within(wider.less(b)));
        prop_assert!(b.less(a).is_within(b.less(wider)));
        prop_assert!(a.distance(b).is_within(wider.distance(b)));
        prop_assert_eq!(a.distance(b), b.distance(a));
    }

    #[test]
    fn arithmetic_on_spans_holds_that_on_their_numbers(
        a: Span, b: Span, by in (0..=3u64, 0..=3u64), below: (bool, bool), factor in 0..=4u64,
    ) {
        let (x, y) = (pick(a, by.0, below.0), pick(b, by.1, below.1));
        prop_assert!(a.contains(x) && b.contains(y));
        prop_assert!(a.plus(b).contains(x.saturating_add(y)));
        prop_assert!(a.less(b).contains(x.saturating_sub(y)));
        prop_assert!(a.distance(b).contains(x.abs_diff(y)));
        prop_assert!(a.times(factor).contains(x.saturating_mul(factor)));
        for near in [x.saturating_sub(factor), x, x.saturating_add(factor)] {
            prop_assert!(a.widened_by(factor).contains(near));
        }
        prop_assert!(a.and_more().contains(x));
        prop_assert_eq!(a.meet(b).is_some_and(|both| both.contains(x)), b.contains(x));
        prop_assert_eq!(a.gap(b).is_some(), a.meet(b).is_none());
    }

    #[test]
    fn a_span_is_within_another_as_their_meeting_says(a: Span, b: Span) {
        prop_assert_eq!(a.is_within(b), a.meet(b) == Some(a));
        prop_assert_eq!(a.is_within(b) && b.is_within(a), a == b);
    }

    #[test]
    fn days_lie_by_a_moment_after_it_or_on_both_sides(days: DateSpan, moment: Moment, other: Moment) {
        prop_assert!(!(days.is_by(moment) && days.is_after(moment)));
        if days.contains(other) {
            prop_assert!(!days.is_by(moment) || other <= moment);
            prop_assert!(!days.is_after(moment) || other > moment);
        }
        if days.is_by(moment) && other > moment {
            prop_assert!(days.is_by(other), "what has happened has happened for ever");
        }
    }

    #[test]
    fn a_statement_denotes_what_it_says(quantity: Quantity, n in 0..=30u64) {
        let Some(span) = quantity.span() else {
            prop_assert!(matches!(quantity.stated(), Stated::SameAs(..)));
            return Ok(());
        };
        let is_possible = match quantity.stated() {
            Stated::Exact(a) => n == a.get(),
            Stated::Approx(a, _) => n.abs_diff(a.get()) <= quantity.width().unwrap().get(),
            Stated::AtLeast(a) => n >= a.get(),
            Stated::MoreThan(a) => n > a.get(),
            Stated::AtMost(a) => n <= a.get(),
            Stated::LessThan(a) => n < a.get(),
            Stated::Between(a, b) => (a.get()..=b.get()).contains(&n),
            Stated::None => n == 0,
            Stated::Undisclosed | Stated::WithheldUntil(_) | Stated::Unknown | Stated::SameAs(..) => true,
        };
        prop_assert_eq!(span.contains(n), is_possible);
        prop_assert_eq!(quantity.is_informative(), span != Span::EVERYTHING);
    }

    #[test]
    fn a_vaguer_time_holds_the_exact_one(when: When) {
        use handover::when::{Point, StatedWhen};
        if let StatedWhen::At(point) = when.stated() {
            let zone = when.zone();
            for vaguer in [
                StatedWhen::About(point),
                StatedWhen::Between(Some(point), None),
                StatedWhen::Between(None, Some(point)),
                StatedWhen::Between(Some(point), Some(point)),
            ] {
                prop_assert!(when.span().is_within(When::new(vaguer, zone).unwrap().span()));
            }
            if let Point::Day(day) = point {
                let month = format!("{}{zone}", day.to_string().get(..7).unwrap());
                prop_assert!(when.span().is_within(month.parse::<When>().unwrap().span()));
            }
        }
    }
}
