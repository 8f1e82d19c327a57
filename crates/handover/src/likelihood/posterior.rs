use core::fmt;

use super::decimal::Fixed;
use super::least;
use super::prior::Prior;
use super::probability::{Threshold, asked};
use super::ratio::LikelihoodRatio;

/// How probable it is after the findings that the remains are that person's: a ratio against a prior.
///
/// ```
/// use handover::likelihood::Posterior;
///
/// let (prior, threshold) = ("1 in 2".parse()?, "0.9995".parse()?);
/// assert!(Posterior::new("1999".parse()?, prior).reaches(threshold));
/// assert!(!Posterior::new("1998.9999999999999999999999999".parse()?, prior).reaches(threshold));
/// # Ok::<(), handover::likelihood::LikelihoodError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Posterior {
    /// What the laboratory reported.
    pub ratio: LikelihoodRatio,
    /// What was declared before.
    pub prior: Prior,
}

impl Posterior {
    /// This ratio against this prior.
    pub const fn new(ratio: LikelihoodRatio, prior: Prior) -> Self {
        Self { ratio, prior }
    }

    /// Whether it is at least as probable as the threshold asks, exactly: with N candidates and the threshold t, whether
    /// LR × (1 − t) ≥ t × (N − 1); with a stated prior p, whether LR × p × (1 − t) ≥ t × (1 − p).
    pub fn reaches(self, threshold: Threshold) -> bool {
        self.is_at_least(threshold.probability().parts())
    }

    /// Whether it is at least so many parts of [`Probability::WHOLE`](super::Probability), some and not all.
    fn is_at_least(self, parts: u128) -> bool {
        let (numerator, denominator) = asked(parts, self.prior);
        self.ratio.is_at_least(numerator, denominator)
    }

    /// In percent with so many decimal places, half a unit of the last rounded up; more than
    /// [`Percent::PLACES`] are not given. To be shown only: what is shown as a threshold need not have reached it.
    pub fn percent(self, places: u8) -> Percent {
        let places = places.min(Percent::PLACES);
        let unshown = u32::from(Percent::PLACES.saturating_sub(places));
        // Half a unit of the last place, in parts of certainty. A number is shown from half a unit below it.
        let half = 5u128.saturating_mul(10u128.saturating_pow(unshown));
        let lower_end = |units: u128| units.saturating_mul(2).saturating_sub(1).saturating_mul(half);
        let next = |units: u128| lower_end(units.saturating_add(1));
        let units = least(0, Percent::hundred(places), |units| !self.is_at_least(next(units)));
        Percent { units, places }
    }
}

/// A probability to be shown in percent: `93.5 %`.
///
/// Evidence never makes certain. What would be rounded to 100 % or to nought is shown as more than the greatest or less
/// than the least that can be shown: `more than 99.9 %`, `less than 0.1 %`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Percent {
    units: u128,
    places: u8,
}

impl Percent {
    /// How many decimal places are given at most.
    pub const PLACES: u8 = 15;

    /// A hundred percent in units of the last place.
    fn hundred(places: u8) -> u128 {
        10u128.saturating_pow(u32::from(places).saturating_add(2))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (words, units) = match self.units {
            0 => ("less than ", 1),
            units if units >= Self::hundred(self.places) => ("more than ", units.saturating_sub(1)),
            units => ("", units),
        };
        write!(f, "{words}{} %", Fixed { units, places: u32::from(self.places) })
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;

    fn of(ratio: &str, prior: &str) -> Posterior {
        Posterior::new(ratio.parse().unwrap(), prior.parse().unwrap())
    }

    fn shown(ratio: &str, prior: &str, places: u8) -> String {
        of(ratio, prior).percent(places).to_string()
    }

    #[test]
    fn a_hair_below_is_below() {
        for (prior, threshold, least, below) in [
            ("1 in 2", "0.9995", "1999", "1998.9999999999999999999999999"),
            ("0.5", "0.9995", "1999", "1998.9999999999999999999999999999999999"),
            ("1 in 70000", "0.9995", "139928001", "139928000.99999999999999999999999999999"),
            ("1 in 6057", "0.9995", "12105944", "12105943.999999999999999999999999999999"),
            (
                "0.9",
                "0.5",
                "0.11111111111111111111111111111111111112",
                "0.11111111111111111111111111111111111111",
            ),
        ] {
            let threshold = threshold.parse().unwrap();
            assert!(of(least, prior).reaches(threshold), "{least} {prior}");
            assert!(!of(below, prior).reaches(threshold), "{below} {prior}");
        }
    }

    #[test]
    fn the_extremes_are_right() {
        let (lax, strict) =
            ("0.000000000000000001".parse().unwrap(), "0.999999999999999999".parse().unwrap());
        for prior in ["1 in 2", "1 in 18446744073709551615", "0.000000000000000001", "0.999999999999999999"] {
            for threshold in [lax, strict] {
                for huge in ["1e38", "1e39", "9.9999999999999999999999999999999999999e100"] {
                    assert!(of(huge, prior).reaches(threshold), "{huge} {prior} {threshold}");
                }
                for tiny in ["1e-37", "1e-100"] {
                    assert!(!of(tiny, prior).reaches(threshold), "{tiny} {prior} {threshold}");
                }
            }
        }
        assert!(!of("1e-28", "1 in 2").reaches("0.9995".parse().unwrap()));
        // (2^64 − 2) × (10^18 − 1), and one less
        let last = "18446744073709551595553255926290448386";
        let before_last = "18446744073709551595553255926290448385";
        assert!(of(last, "1 in 18446744073709551615").reaches(strict));
        assert!(!of(before_last, "1 in 18446744073709551615").reaches(strict));
        // 1 ÷ (10^18 − 1)², the least that is ever asked, is 1.000000000000000002000000000000000003…e-36
        let (enough, less) =
            ("1.0000000000000000020000000000000000031e-36", "1.0000000000000000020000000000000000029e-36");
        assert!(of(enough, "0.999999999999999999").reaches(lax));
        assert!(!of(less, "0.999999999999999999").reaches(lax));
    }

    #[test]
    fn percent_are_rounded_half_up() {
        for (ratio, prior, places, percent) in [
            ("999", "1 in 70000", 1, "1.4 %"),
            ("1e6", "1 in 70000", 1, "93.5 %"),
            ("1e6", "1 in 70000", 4, "93.4580 %"),
            ("1", "1 in 2", 0, "50 %"),
            ("1", "1 in 2", 1, "50.0 %"),
            ("1", "0.125", 0, "13 %"),
            ("1", "0.125", 1, "12.5 %"),
            ("1", "0.1249", 0, "12 %"),
            ("1", "0.005", 0, "1 %"),
            ("1", "0.004999999999999999", 0, "less than 1 %"),
            ("1", "0.994999999999999999", 0, "99 %"),
            ("1", "0.995", 0, "more than 99 %"),
            ("1", "0.9995", 2, "99.95 %"),
            ("1", "0.9995", 1, "more than 99.9 %"),
            ("1e-28", "1 in 2", 1, "less than 0.1 %"),
            ("1e100", "1 in 2", 0, "more than 99 %"),
            ("1", "0.123456789012345678", 15, "12.345678901234568 %"),
            ("1", "1 in 3", 15, "33.333333333333333 %"),
            ("2", "1 in 3", 255, "50.000000000000000 %"),
            ("1e100", "1 in 2", 15, "more than 99.999999999999999 %"),
            ("1e-100", "1 in 2", 15, "less than 0.000000000000001 %"),
        ] {
            assert_eq!(shown(ratio, prior, places), percent, "{ratio} {prior} {places}");
        }
    }
}
