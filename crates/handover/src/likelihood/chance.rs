use core::fmt;

use super::decimal::Fixed;
use super::least;
use super::ratio::LikelihoodRatio;

/// How many matches are to be expected by chance at most, where remains are compared with all who are missing.
///
/// Of remains that are not that person's, at most one in t has a ratio of t or more. So among many comparisons some reach
/// it by chance, and a match found by search alone is only a candidate (`docs/rules.md` a4).
///
/// ```
/// use handover::likelihood::ChanceHits;
///
/// let comparisons = 6_000 * 70_000; // each of the remains with each of the missing
/// assert_eq!(ChanceHits::at_most(comparisons, "1e6".parse()?).to_string(), "420");
/// assert_eq!(ChanceHits::at_most(comparisons, "1e9".parse()?).to_string(), "0.42");
/// # Ok::<(), handover::likelihood::LikelihoodError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChanceHits {
    millionths: u128,
}

impl ChanceHits {
    /// The bound for so many comparisons of which those with this ratio or more count as matches: their number
    /// divided by the ratio, rounded up to millionths, and never more than their number.
    pub fn at_most(comparisons: u64, ratio: LikelihoodRatio) -> Self {
        let all = u128::from(comparisons).saturating_mul(1_000_000);
        Self { millionths: least(0, all, |millionths| ratio.is_at_least(all, millionths)) }
    }

    /// The bound in millionths of a match.
    pub const fn millionths(self) -> u128 {
        self.millionths
    }
}

impl fmt::Display for ChanceHits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Fixed { units: self.millionths, places: 6 }.trimmed(), f)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn the_bound_is_rounded_up_and_never_above_all() {
        for (comparisons, ratio, bound) in [
            (420_000_000, "1e6", "420"),
            (420_000_000, "1e9", "0.42"),
            (0, "1e6", "0"),
            (0, "0.5", "0"),
            (1, "3", "0.333334"),
            (2, "3", "0.666667"),
            (3, "3", "1"),
            (7, "1", "7"),
            (7, "0.001", "7"),
            (7, "1e-100", "7"),
            (7, "1e100", "0.000001"),
            (u64::MAX, "1e-100", "18446744073709551615"),
            (u64::MAX, "1", "18446744073709551615"),
            (u64::MAX, "1.0000000000000000001", "18446744073709551613.155326"),
            (u64::MAX, "18446744073709551615", "1"),
        ] {
            let hits = ChanceHits::at_most(comparisons, ratio.parse().unwrap());
            assert_eq!(hits.to_string(), bound, "{comparisons} {ratio}");
        }
    }

    #[test]
    fn bounds_are_compared() {
        let of = |ratio: &str| ChanceHits::at_most(420_000_000, ratio.parse().unwrap());
        assert!(of("1e9") < of("1e6"));
        assert_eq!(of("1e6").millionths(), 420_000_000);
    }
}
