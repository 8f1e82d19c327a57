use core::fmt;
use core::str::FromStr;

use super::LikelihoodError;
use super::decimal::{Fixed, Plain, padded};
use super::prior::Prior;
use super::ratio::LikelihoodRatio;

/// A probability that is neither 0 nor 1, exact to [`PLACES`](Self::PLACES) decimal places.
///
/// Its text form is a decimal: `0.5`, `0.9995`. Percent are refused, and noughts at the end are left out.
///
/// ```
/// use handover::likelihood::Probability;
///
/// assert_eq!("0.9990".parse::<Probability>()?.to_string(), "0.999");
/// assert!("99.9%".parse::<Probability>().is_err());
/// assert!("1".parse::<Probability>().is_err());
/// # Ok::<(), handover::likelihood::LikelihoodError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probability(u64);

impl Probability {
    /// How many decimal places a probability has at most.
    pub const PLACES: u32 = 18;

    /// How many parts make certainty.
    pub(super) const WHOLE: u128 = 10u128.pow(Self::PLACES);

    /// How many parts it has of [`Self::WHOLE`]: at least 1 and not all.
    pub(super) fn parts(self) -> u128 {
        u128::from(self.0)
    }
}

impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Fixed { units: self.parts(), places: Self::PLACES }.trimmed(), f)
    }
}

impl fmt::Debug for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// # Errors
/// In this order: a text of another form; 0 or less, 1 or more; more than [`PLACES`](Probability::PLACES) decimal places,
/// noughts at the end aside.
impl FromStr for Probability {
    type Err = LikelihoodError;

    fn from_str(text: &str) -> Result<Self, LikelihoodError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let plain = Plain::read(unsigned).ok_or(LikelihoodError::NotAProbability)?;
        if text.starts_with('-') || plain.whole != "0" || plain.digits().all(|digit| digit == 0) {
            return Err(LikelihoodError::Settled);
        }
        let places = usize::try_from(Self::PLACES).unwrap_or_default();
        padded(plain.digits().skip(1), places)
            .and_then(|parts| u64::try_from(parts).ok())
            .map(Self)
            .ok_or(LikelihoodError::ProbabilityTooPrecise)
    }
}

text_form!(Probability, "probability", "^0\\.[0-9]+$");

/// The probability that the posterior must reach for an identification to be decided: part of a policy.
///
/// The International Commission on Missing Persons asks 99.95 %. A higher threshold is the greater one, and the stricter.
///
/// ```
/// use handover::likelihood::Threshold;
///
/// let (icmp, lower): (Threshold, Threshold) = ("0.9995".parse()?, "0.999".parse()?);
/// assert!(icmp > lower);
/// # Ok::<(), handover::likelihood::LikelihoodError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Threshold(Probability);

impl Threshold {
    /// The probability.
    pub const fn probability(self) -> Probability {
        self.0
    }

    /// The least whole ratio with which this prior reaches it.
    ///
    /// ```
    /// use handover::likelihood::{Posterior, Threshold};
    ///
    /// let (threshold, prior): (Threshold, _) = ("0.9995".parse()?, "1 in 70000".parse()?);
    /// assert_eq!(threshold.minimal_ratio(prior), "139928001".parse()?);
    /// assert!(!Posterior::new("139928000".parse()?, prior).reaches(threshold));
    /// # Ok::<(), handover::likelihood::LikelihoodError>(())
    /// ```
    pub fn minimal_ratio(self, prior: Prior) -> LikelihoodRatio {
        let (numerator, denominator) = asked(self.0.parts(), prior);
        LikelihoodRatio::least_whole(numerator, denominator)
    }
}

/// The fraction that a ratio must not be less than for this prior to become a probability of so many parts of
/// [`Probability::WHOLE`]: the odds of the probability divided by those of the prior. The numerator is less than
/// 10^18 × 2^64 and so less than 10^38, the denominator less than 10^36; neither is 0 if the parts are some and not all.
pub(super) fn asked(parts: u128, prior: Prior) -> (u128, u128) {
    let (favourable, adverse) = prior.odds();
    let rest = Probability::WHOLE.saturating_sub(parts);
    (parts.saturating_mul(adverse), rest.saturating_mul(favourable))
}

impl From<Probability> for Threshold {
    fn from(probability: Probability) -> Self {
        Self(probability)
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// # Errors
/// As of a [`Probability`].
impl FromStr for Threshold {
    type Err = LikelihoodError;

    fn from_str(text: &str) -> Result<Self, LikelihoodError> {
        text.parse().map(Self)
    }
}

text_form!(Threshold, "threshold", "^0\\.[0-9]+$");

#[cfg(feature = "proptest")]
mod arbitrary {
    use proptest::prelude::*;

    use super::{Probability, Threshold};

    impl Arbitrary for Probability {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let most: u64 = 999_999_999_999_999_999;
            let of_ten_thousand = (1..=9_999u64).prop_map(|parts| parts.saturating_mul(100_000_000_000_000));
            let edge = || prop_oneof![Just(0), 0..=9u64];
            prop_oneof![
                2 => of_ten_thousand,
                2 => 1..=most,
                1 => edge().prop_map(|by| by.saturating_add(1)),
                2 => edge().prop_map(move |by| most.saturating_sub(by)),
            ]
            .prop_map(Self)
            .boxed()
        }
    }

    impl Arbitrary for Threshold {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            any::<Probability>().prop_map(Self).boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_probability_has_one_text() {
        for (text, parts, written) in [
            ("0.5", 500_000_000_000_000_000, "0.5"),
            ("0.50", 500_000_000_000_000_000, "0.5"),
            ("0.9995", 999_500_000_000_000_000, "0.9995"),
            ("0.000000000000000001", 1, "0.000000000000000001"),
            ("0.9999999999999999990000", 999_999_999_999_999_999, "0.999999999999999999"),
        ] {
            let probability: Probability = text.parse().unwrap();
            assert_eq!(probability.parts(), parts, "{text}");
            assert_eq!(probability.to_string(), written);
            let threshold: Threshold = text.parse().unwrap();
            assert_eq!(threshold, Threshold::from(probability));
            assert_eq!(threshold.probability(), probability);
            assert_eq!(threshold.to_string(), written);
        }
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        for (text, error) in [
            ("", LikelihoodError::NotAProbability),
            ("99.95%", LikelihoodError::NotAProbability),
            ("0,5", LikelihoodError::NotAProbability),
            (".5", LikelihoodError::NotAProbability),
            ("0.", LikelihoodError::NotAProbability),
            ("00.5", LikelihoodError::NotAProbability),
            ("+0.5", LikelihoodError::NotAProbability),
            ("--0.5", LikelihoodError::NotAProbability),
            ("5e-1", LikelihoodError::NotAProbability),
            ("0.5 ", LikelihoodError::NotAProbability),
            ("0.5.5", LikelihoodError::NotAProbability),
            ("٠.٥", LikelihoodError::NotAProbability),
            ("NaN", LikelihoodError::NotAProbability),
            ("0", LikelihoodError::Settled),
            ("0.000", LikelihoodError::Settled),
            ("1", LikelihoodError::Settled),
            ("1.0", LikelihoodError::Settled),
            ("99.95", LikelihoodError::Settled),
            ("-0.5", LikelihoodError::Settled),
            ("0.9999999999999999999", LikelihoodError::ProbabilityTooPrecise),
            ("0.0000000000000000001", LikelihoodError::ProbabilityTooPrecise),
        ] {
            assert_eq!(text.parse::<Probability>(), Err(error), "{text}");
            assert_eq!(text.parse::<Threshold>(), Err(error), "{text}");
        }
    }

    #[test]
    fn a_higher_threshold_is_the_greater() {
        let of = |text: &str| text.parse::<Threshold>().unwrap();
        assert!(of("0.9995") > of("0.999") && of("0.999") > of("0.9989999"));
        assert!(of("0.1") > of("0.09"));
    }

    #[test]
    fn a_low_threshold_asks_a_ratio_of_one() {
        let threshold: Threshold = "0.000000000000000001".parse().unwrap();
        assert_eq!(threshold.minimal_ratio("0.5".parse().unwrap()), LikelihoodRatio::ONE);
    }

    #[test]
    fn the_strictest_asks_what_can_still_be_said() {
        let threshold: Threshold = "0.999999999999999999".parse().unwrap();
        let asked = |prior: &str| threshold.minimal_ratio(prior.parse().unwrap()).to_string();
        // (10^18 - 1) * (2^64 - 2), and (10^18 - 1)^2
        assert_eq!(asked("1 in 18446744073709551615"), "1.8446744073709551595553255926290448386e37");
        assert_eq!(asked("0.000000000000000001"), "9.99999999999999998000000000000000001e35");
    }
}
