use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use super::LikelihoodError;
use super::probability::Probability;

/// How many missing persons are equally likely before any evidence: at least 2.
///
/// With one alone everything would pass: the answer is settled before any evidence.
///
/// ```
/// use handover::likelihood::Candidates;
///
/// assert_eq!(Candidates::new(70_000)?.get(), 70_000);
/// assert!(Candidates::new(1).is_err());
/// # Ok::<(), handover::likelihood::LikelihoodError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Candidates(u64);

impl Candidates {
    /// The fewest among whom evidence can decide.
    pub const LEAST: u64 = 2;

    /// Takes a number.
    ///
    /// # Errors
    /// The number is less than [`Candidates::LEAST`].
    pub const fn new(number: u64) -> Result<Self, LikelihoodError> {
        if number < Self::LEAST { Err(LikelihoodError::TooFewCandidates(number)) } else { Ok(Self(number)) }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// How probable it was before the findings that the remains are that person's: declared, and never 0 or 1
/// (invariant 31).
///
/// Its text form is `1 in 70000` for one of so many equally likely missing persons, and a decimal such as `0.5` for a
/// probability that was stated. `1 in 2` and `0.5` are two statements with the same odds.
///
/// ```
/// use core::cmp::Ordering;
/// use handover::likelihood::{Candidates, Prior};
///
/// let register: Prior = "1 in 70000".parse()?;
/// assert_eq!(register, Prior::OneOf(Candidates::new(70_000)?));
/// assert_eq!(register.compare("0.5".parse()?), Ordering::Less);
/// assert!("1 in 1".parse::<Prior>().is_err());
/// # Ok::<(), handover::likelihood::LikelihoodError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prior {
    /// `1 in 70000`: one of so many who are equally likely.
    OneOf(Candidates),
    /// `0.5`: this probability.
    Stated(Probability),
}

impl Prior {
    /// The odds, for to against: neither is 0, the first is less than 10^18 and the second less than 2^64.
    pub(super) fn odds(self) -> (u128, u128) {
        match self {
            Self::OneOf(Candidates(number)) => (1, u128::from(number).saturating_sub(1)),
            Self::Stated(probability) => {
                let parts = probability.parts();
                (parts, Probability::WHOLE.saturating_sub(parts))
            }
        }
    }

    /// How the odds of this prior compare with those of another. The lower prior asks more of the evidence.
    pub fn compare(self, other: Self) -> Ordering {
        let ((ours, against_ours), (theirs, against_theirs)) = (self.odds(), other.odds());
        ours.saturating_mul(against_theirs).cmp(&theirs.saturating_mul(against_ours))
    }
}

impl fmt::Display for Prior {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneOf(candidates) => write!(f, "1 in {candidates}"),
            Self::Stated(probability) => fmt::Display::fmt(probability, f),
        }
    }
}

/// # Errors
/// In this order: a text of another form; then, of candidates, more than a number can say or less than
/// [`Candidates::LEAST`], and of a probability as there.
impl FromStr for Prior {
    type Err = LikelihoodError;

    fn from_str(text: &str) -> Result<Self, LikelihoodError> {
        let Some(number) = text.strip_prefix("1 in ") else {
            return match text.parse() {
                Ok(probability) => Ok(Self::Stated(probability)),
                Err(LikelihoodError::NotAProbability) => Err(LikelihoodError::NotAPrior),
                Err(why) => Err(why),
            };
        };
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty();
        if !is_number || (number.starts_with('0') && number != "0") {
            return Err(LikelihoodError::NotAPrior);
        }
        let number = number.parse().map_err(|_| LikelihoodError::TooManyCandidates)?;
        Candidates::new(number).map(Self::OneOf)
    }
}

text_form!(Prior, "prior", "^(1 in [1-9][0-9]*|0\\.[0-9]+)$");

#[cfg(feature = "proptest")]
mod arbitrary {
    use proptest::prelude::*;

    use super::{Candidates, Prior};
    use crate::likelihood::Probability;

    impl Arbitrary for Candidates {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            prop_oneof![
                2 => Self::LEAST..=9,
                3 => Self::LEAST..=100_000,
                1 => Self::LEAST..=u64::MAX,
                1 => Just(u64::MAX),
            ]
            .prop_map(Self)
            .boxed()
        }
    }

    impl Arbitrary for Prior {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            prop_oneof![
                any::<Candidates>().prop_map(Self::OneOf),
                any::<Probability>().prop_map(Self::Stated),
            ]
            .boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn so_many_are_candidates_as_was_said() {
        for number in [2, 3, 70_000, u64::MAX] {
            assert_eq!(Candidates::new(number).map(Candidates::get), Ok(number));
        }
        assert_eq!(Candidates::new(1), Err(LikelihoodError::TooFewCandidates(1)));
    }

    #[test]
    fn both_kinds_come_back() {
        for (text, odds) in [
            ("1 in 2", (1, 1)),
            ("1 in 70000", (1, 69_999)),
            ("1 in 18446744073709551615", (1, 18_446_744_073_709_551_614)),
            ("0.5", (500_000_000_000_000_000, 500_000_000_000_000_000)),
            ("0.000000000000000001", (1, 999_999_999_999_999_999)),
        ] {
            let prior: Prior = text.parse().unwrap();
            assert_eq!(prior.odds(), odds, "{text}");
            assert_eq!(prior.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_prior_is_refused() {
        for (text, error) in [
            ("", LikelihoodError::NotAPrior),
            ("50 %", LikelihoodError::NotAPrior),
            ("1 in", LikelihoodError::NotAPrior),
            ("1 in ", LikelihoodError::NotAPrior),
            ("1 in x", LikelihoodError::NotAPrior),
            ("1 in +2", LikelihoodError::NotAPrior),
            ("1 in -2", LikelihoodError::NotAPrior),
            ("1 in 02", LikelihoodError::NotAPrior),
            ("1 in 00", LikelihoodError::NotAPrior),
            ("1 in 2.5", LikelihoodError::NotAPrior),
            ("2 in 3", LikelihoodError::NotAPrior),
            ("1/70000", LikelihoodError::NotAPrior),
            ("1 in 0", LikelihoodError::TooFewCandidates(0)),
            ("1 in 1", LikelihoodError::TooFewCandidates(1)),
            ("1 in 18446744073709551616", LikelihoodError::TooManyCandidates),
            ("0", LikelihoodError::Settled),
            ("1", LikelihoodError::Settled),
            ("0.1234567890123456789", LikelihoodError::ProbabilityTooPrecise),
        ] {
            assert_eq!(text.parse::<Prior>(), Err(error), "{text}");
        }
    }

    #[test]
    fn priors_compare_by_their_odds() {
        let of = |text: &str| text.parse::<Prior>().unwrap();
        let rising =
            ["1 in 18446744073709551615", "0.000000000000000001", "1 in 70000", "1 in 3", "0.4", "0.5"];
        for pair in rising.windows(2) {
            assert_eq!(of(pair[0]).compare(of(pair[1])), Ordering::Less, "{pair:?}");
            assert_eq!(of(pair[1]).compare(of(pair[0])), Ordering::Greater, "{pair:?}");
        }
        assert_eq!(of("1 in 2").compare(of("0.5")), Ordering::Equal);
        assert_ne!(of("1 in 2"), of("0.5"));
    }
}
