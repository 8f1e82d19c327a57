use core::fmt;

/// The whole numbers from `lo` to `hi`, both possible; without `hi` there is no upper end.
///
/// Every derived figure is one: it holds the true value if those who were believed spoke the truth. Sums
/// saturate outward (a lower end never too high, an upper end never too low), so arithmetic is total and
/// stays sound. No unions are kept: a hull only widens (`docs/semantics.md`, Claims).
///
/// ```
/// use handover::quantity::Span;
///
/// let stated = Span::exactly(1_212).plus(Span::at_least(1_200));
/// assert_eq!(stated, Span::at_least(2_412));
/// assert_eq!(Span::exactly(1_245).meet(Span::exactly(1_248)), None);
/// assert_eq!(stated.to_string(), "at least 2,412");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    lo: u64,
    hi: Option<u64>,
}

impl Span {
    /// Any number at all: what silence leaves possible.
    pub const EVERYTHING: Self = Self { lo: 0, hi: None };
    /// Nought and nothing else.
    pub const ZERO: Self = Self::exactly(0);

    /// Just this number.
    pub const fn exactly(number: u64) -> Self {
        Self { lo: number, hi: Some(number) }
    }

    /// This number or more.
    pub const fn at_least(number: u64) -> Self {
        Self { lo: number, hi: None }
    }

    /// This number or fewer.
    pub const fn up_to(number: u64) -> Self {
        Self { lo: 0, hi: Some(number) }
    }

    /// From `lo` to `hi`; `None` if `lo` is greater.
    pub const fn new(lo: u64, hi: u64) -> Option<Self> {
        if lo > hi { None } else { Some(Self { lo, hi: Some(hi) }) }
    }

    /// The lower end.
    pub const fn lo(self) -> u64 {
        self.lo
    }

    /// The upper end, if there is one.
    pub const fn hi(self) -> Option<u64> {
        self.hi
    }

    /// The one number that it holds, if it holds just one.
    pub fn only(self) -> Option<u64> {
        (self.hi == Some(self.lo)).then_some(self.lo)
    }

    /// Whether this number is possible.
    pub fn contains(self, number: u64) -> bool {
        self.lo <= number && self.hi.is_none_or(|hi| number <= hi)
    }

    /// Whether all that is possible here is possible there.
    pub fn is_within(self, other: Self) -> bool {
        other.lo <= self.lo
            && (other.hi.is_none() || self.hi.is_some_and(|hi| other.hi.is_some_and(|o| hi <= o)))
    }

    /// What both leave possible; `None` if nothing.
    pub fn meet(self, other: Self) -> Option<Self> {
        let lo = self.lo.max(other.lo);
        let hi = match (self.hi, other.hi) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (hi, None) | (None, hi) => hi,
        };
        hi.is_none_or(|hi| lo <= hi).then_some(Self { lo, hi })
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.zip(other.hi).map(|(a, b)| a.max(b)) }
    }

    /// The sum of a number from each.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            lo: self.lo.saturating_add(other.lo),
            hi: self.hi.zip(other.hi).and_then(|(a, b)| a.checked_add(b)),
        }
    }

    /// What is left of a number of this when a number of the other is taken, never less than nought:
    /// `{ max(0, x − d) }`.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self {
            lo: other.hi.map_or(0, |taken| self.lo.saturating_sub(taken)),
            hi: self.hi.map(|hi| hi.saturating_sub(other.lo)),
        }
    }

    /// How far a number of this can be from a number of the other: `{ |a − b| }`.
    #[must_use]
    pub fn distance(self, other: Self) -> Self {
        let (over, under) = (self.less(other), other.less(self));
        Self { lo: over.lo.max(under.lo), hi: over.hi.zip(under.hi).map(|(a, b)| a.max(b)) }
    }

    /// This many times a number of it.
    #[must_use]
    pub fn times(self, factor: u64) -> Self {
        Self {
            lo: self.lo.saturating_mul(factor),
            hi: if factor == 0 { Some(0) } else { self.hi.and_then(|hi| hi.checked_mul(factor)) },
        }
    }

    /// Wider by this much at each end, never below nought.
    #[must_use]
    pub fn widened_by(self, width: u64) -> Self {
        Self { lo: self.lo.saturating_sub(width), hi: self.hi.and_then(|hi| hi.checked_add(width)) }
    }

    /// The same with no upper end: the rest is not known.
    #[must_use]
    pub const fn and_more(self) -> Self {
        Self { lo: self.lo, hi: None }
    }

    /// The number by which two spans that share nothing fall short of meeting; `None` if they meet.
    pub fn gap(self, other: Self) -> Option<u64> {
        let apart = self.distance(other).lo;
        (apart > 0).then_some(apart)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.hi {
            Some(hi) => write!(f, "[{}, {hi}]", self.lo),
            None => write!(f, "[{}, ∞)", self.lo),
        }
    }
}

/// `1,212`, `at least 1,200`, `between 0 and 4,801`, `any number`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.lo, self.hi) {
            (0, None) => f.write_str("any number"),
            (lo, None) => write!(f, "at least {}", Grouped(lo)),
            (lo, Some(hi)) if lo == hi => Grouped(lo).fmt(f),
            (lo, Some(hi)) => write!(f, "between {} and {}", Grouped(lo), Grouped(hi)),
        }
    }
}

/// A number with a comma between each three digits.
pub(crate) struct Grouped(pub(crate) u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let mut groups = [0u64; 7];
        let mut used: usize = 0;
        for group in &mut groups {
            *group = rest.checked_rem(1_000).unwrap_or(0);
            rest = rest.checked_div(1_000).unwrap_or(0);
            used = used.saturating_add(1);
            if rest == 0 {
                break;
            }
        }
        let mut first = true;
        for group in groups.iter().take(used).rev() {
            if first {
                write!(f, "{group}")?;
            } else {
                write!(f, ",{group:03}")?;
            }
            first = false;
        }
        Ok(())
    }
}

#[cfg(feature = "proptest")]
mod arbitrary {
    use proptest::prelude::*;

    use super::Span;

    impl Arbitrary for Span {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let end = || prop_oneof![4 => 0..=12u64, 1 => any::<u64>(), 1 => Just(u64::MAX)];
            prop_oneof![
                end().prop_map(Span::exactly),
                end().prop_map(Span::at_least),
                (end(), end()).prop_map(|(a, b)| Span { lo: a.min(b), hi: Some(a.max(b)) }),
            ]
            .boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::*;

    /// Every span with ends up to 4, and those without an upper end.
    fn small() -> Vec<Span> {
        let mut all = Vec::new();
        for lo in 0..=4 {
            all.push(Span::at_least(lo));
            all.extend((lo..=4).filter_map(|hi| Span::new(lo, hi)));
        }
        all
    }

    /// Numbers far enough to stand for "no upper end".
    fn numbers() -> core::ops::RangeInclusive<u64> {
        0..=20
    }

    #[test]
    fn operations_mean_what_they_say_on_every_small_span() {
        for a in small() {
            for b in small() {
                for n in numbers() {
                    assert_eq!(a.meet(b).is_some_and(|m| m.contains(n)), a.contains(n) && b.contains(n));
                }
                let hull = a.hull(b);
                assert!(a.is_within(hull) && b.is_within(hull));
                assert_eq!(a.is_within(b), numbers().all(|n| !a.contains(n) || b.contains(n)));
                let pairs = || numbers().flat_map(|x| numbers().map(move |y| (x, y)));
                let possible = || pairs().filter(|(x, y)| a.contains(*x) && b.contains(*y));
                check(a.plus(b), possible().map(|(x, y)| x + y));
                check(a.less(b), possible().map(|(x, y)| x.saturating_sub(y)));
                check(a.distance(b), possible().map(|(x, y)| x.abs_diff(y)));
                assert_eq!(a.gap(b).is_some(), a.meet(b).is_none());
            }
            let mut held = numbers().filter(|n| a.contains(*n));
            assert_eq!(a.only(), held.next().filter(|_| held.next().is_none()));
            for factor in 0..3 {
                check(a.times(factor), numbers().filter(|x| a.contains(*x)).map(|x| x * factor));
            }
        }
    }

    /// The span is the hull of the values: sound, and no wider than it must be.
    fn check(span: Span, values: impl Iterator<Item = u64>) {
        let values: Vec<u64> = values.collect();
        assert_eq!(Some(span.lo()), values.iter().min().copied());
        match span.hi() {
            Some(hi) => assert_eq!(Some(hi), values.iter().max().copied()),
            None => assert!(values.iter().max() >= Some(&12)),
        }
    }

    #[test]
    fn ends_saturate_outward() {
        let huge = Span::exactly(u64::MAX);
        assert_eq!(huge.plus(huge), Span::at_least(u64::MAX));
        assert_eq!(huge.times(2), Span::at_least(u64::MAX));
        assert_eq!(huge.widened_by(1), Span::at_least(u64::MAX - 1));
        assert_eq!(Span::EVERYTHING.times(0), Span::ZERO);
    }

    #[test]
    fn it_reads_aloud() {
        for (span, text) in [
            (Span::exactly(0), "0"),
            (Span::exactly(999), "999"),
            (Span::exactly(1_000), "1,000"),
            (Span::exactly(1_000_007), "1,000,007"),
            (Span::exactly(u64::MAX), "18,446,744,073,709,551,615"),
            (Span::at_least(3_589), "at least 3,589"),
            (Span::EVERYTHING, "any number"),
            (Span::new(0, 4_801).unwrap(), "between 0 and 4,801"),
        ] {
            assert_eq!(span.to_string(), text);
        }
    }
}
