//! What a likelihood ratio is worth against a prior: the exact arithmetic of identification.
//!
//! A laboratory compares a profile of remains with the references of a missing person and reports a [`LikelihoodRatio`]:
//! how many times likelier the findings are if the two belong together than if they do not. That alone says nothing of
//! how probable it is that they do. It takes a [`Prior`], declared and justified: how probable it was before the findings.
//! Among N equally likely missing persons it is 1 in N. The [`Posterior`] odds are the ratio times the prior odds, so
//! the probability after the findings is LR ÷ (LR + N − 1); it must reach the [`Threshold`] of the policy
//! (`docs/rules.md` a4, invariant 31). A policy with a higher threshold or a lower prior is stricter, and those decided
//! under the weaker one are to be reviewed (invariant 36).
//!
//! The same threshold asks very different ratios of different priors. A prior of 50 % is one of two candidates:
//!
//! ```
//! use handover::likelihood::{Prior, Threshold};
//!
//! let (icmp, lower): (Threshold, Threshold) = ("0.9995".parse()?, "0.999".parse()?);
//! for (prior, for_icmp, for_lower) in [
//!     ("1 in 2", "1999", "999"),
//!     ("1 in 6057", "12105944", "6049944"),
//!     ("1 in 8000", "15990001", "7991001"),
//!     ("1 in 70000", "139928001", "69929001"),
//! ] {
//!     let prior: Prior = prior.parse()?;
//!     assert_eq!(icmp.minimal_ratio(prior).to_string(), for_icmp);
//!     assert_eq!(lower.minimal_ratio(prior).to_string(), for_lower);
//! }
//! # Ok::<(), handover::likelihood::LikelihoodError>(())
//! ```
//!
//! So "99.9 %" that was computed with a prior of 50 % is next to nothing among 70,000:
//!
//! ```
//! use handover::likelihood::{Posterior, Prior};
//!
//! let (even, register): (Prior, Prior) = ("0.5".parse()?, "1 in 70000".parse()?);
//! assert_eq!(Posterior::new("999".parse()?, even).percent(1).to_string(), "99.9 %");
//! assert_eq!(Posterior::new("999".parse()?, register).percent(1).to_string(), "1.4 %");
//! assert_eq!(Posterior::new("1e6".parse()?, register).percent(1).to_string(), "93.5 %");
//! # Ok::<(), handover::likelihood::LikelihoodError>(())
//! ```
//!
//! # Exact
//!
//! Nothing is rounded where something is decided. Every question here is whether a ratio is at least some fraction of
//! whole numbers of less than 38 digits. The fraction is divided out to as many digits as a ratio can have, and whether
//! anything is left over is known: so a ratio of any size is compared by its digits, and no number that is written down
//! here can grow beyond 128 bits. What is shown in percent is found by the same comparison, and decides nothing.
//!
//! On the wire all of these are texts: a number of JSON would pass through a binary fraction and come out as another.

mod chance;
mod decimal;
mod posterior;
mod prior;
mod probability;
mod ratio;

use core::fmt;

pub use chance::ChanceHits;
pub use posterior::{Percent, Posterior};
pub use prior::{Candidates, Prior};
pub use probability::{Probability, Threshold};
pub use ratio::LikelihoodRatio;

/// The least number of those from `low` to `high` for which it holds, if it holds for every greater one too; `high` if for
/// none below.
fn least(mut low: u128, mut high: u128, holds: impl Fn(u128) -> bool) -> u128 {
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    low
}

/// Why something is no likelihood ratio, probability or prior.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LikelihoodError {
    /// The text is no likelihood ratio.
    NotARatio,
    /// A likelihood ratio is greater than 0: evidence that excludes is an exclusion, not a ratio.
    NotPositive,
    /// The ratio has more significant digits than [`LikelihoodRatio::DIGITS`].
    RatioTooPrecise,
    /// The ratio is smaller or greater than any evidence can be.
    OutOfReach,
    /// The text is no probability.
    NotAProbability,
    /// The probability is 0 or 1 or beyond: neither is reached by evidence or moved by it.
    Settled,
    /// The probability has more decimal places than [`Probability::PLACES`].
    ProbabilityTooPrecise,
    /// The text is no prior.
    NotAPrior,
    /// Among so few candidates the answer is settled before any evidence.
    TooFewCandidates(u64),
    /// There are more candidates than a number can say here.
    TooManyCandidates,
}

impl fmt::Display for LikelihoodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotARatio => {
                f.write_str("expected a likelihood ratio such as `1999`, `0.25`, `1.2e9` or `1e-28`")
            }
            Self::NotPositive => f.write_str("expected a likelihood ratio greater than 0"),
            Self::RatioTooPrecise => write!(
                f,
                "expected a likelihood ratio of at most {} significant digits",
                LikelihoodRatio::DIGITS
            ),
            Self::OutOfReach => {
                f.write_str("expected a likelihood ratio of at least 1e-100 and less than 1e101")
            }
            Self::NotAProbability => {
                f.write_str("expected a probability such as `0.9995`, as a decimal and not in percent")
            }
            Self::Settled => f.write_str("expected a probability greater than 0 and less than 1"),
            Self::ProbabilityTooPrecise => {
                write!(f, "expected a probability of at most {} decimal places", Probability::PLACES)
            }
            Self::NotAPrior => f.write_str("expected a prior such as `1 in 70000` or `0.5`"),
            Self::TooFewCandidates(found) => {
                write!(f, "expected at least {} candidates, found `{found}`", Candidates::LEAST)
            }
            Self::TooManyCandidates => write!(f, "expected at most {} candidates", u64::MAX),
        }
    }
}

impl core::error::Error for LikelihoodError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn the_least_is_found_wherever_it_is() {
        for from in 0..=9 {
            assert_eq!(least(0, 8, |n| n >= from), from.min(8));
            assert_eq!(least(3, 8, |n| n >= from), from.clamp(3, 8));
        }
        assert_eq!(least(0, u128::MAX, |n| n >= u128::MAX - 1), u128::MAX - 1);
    }

    #[test]
    fn an_error_says_what_was_expected() {
        for (error, text) in [
            (
                LikelihoodError::RatioTooPrecise,
                "expected a likelihood ratio of at most 38 significant digits",
            ),
            (LikelihoodError::ProbabilityTooPrecise, "expected a probability of at most 18 decimal places"),
            (LikelihoodError::TooFewCandidates(1), "expected at least 2 candidates, found `1`"),
            (LikelihoodError::TooManyCandidates, "expected at most 18446744073709551615 candidates"),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }
}
