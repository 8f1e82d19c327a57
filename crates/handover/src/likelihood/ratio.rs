use alloc::string::ToString;
use core::fmt;
use core::num::NonZero;
use core::str::FromStr;

use super::LikelihoodError;
use super::decimal::{Plain, padded};

/// A likelihood ratio as a laboratory reports it: how many times likelier the findings are if the remains are that
/// person's than if they are not. Above 1 they speak for it, below 1 against.
///
/// It is exact: at most [`DIGITS`](Self::DIGITS) significant digits, from [`MIN`](Self::MIN) to [`MAX`](Self::MAX), which is
/// far beyond what any laboratory reports. Ratios are ordered by their value.
///
/// Its text form is a decimal without a sign, with or without an exponent: `1999`, `0.25`, `1.2e9`, `1.2E+09`, `1e-28`.
/// It is written in one way: without an exponent from 0.000001 to below 1e21, otherwise as `1.2e30`; never with noughts
/// that say nothing. The logarithm that some report is to be written as the ratio that it stands for: of 9, `1e9`.
///
/// ```
/// use handover::likelihood::LikelihoodRatio;
///
/// let reported: LikelihoodRatio = "1.20E+09".parse()?;
/// assert_eq!(reported.to_string(), "1200000000");
/// assert!(reported > "1199999999.9999999999999999999".parse()?);
/// assert!("0".parse::<LikelihoodRatio>().is_err());
/// # Ok::<(), handover::likelihood::LikelihoodError>(())
/// ```
// The order of the fields is the order of the values: the significand has always all of its digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LikelihoodRatio {
    /// The power of ten of the first digit.
    place: i16,
    /// [`Self::DIGITS`] digits, of which the first is not 0.
    significand: u128,
}

impl LikelihoodRatio {
    /// How many significant digits a ratio has at most: noughts at either end do not count.
    pub const DIGITS: usize = 38;
    /// The least ratio, 1e-100.
    pub const MIN: Self = Self { place: -Self::FARTHEST, significand: Self::LEAST };
    /// The greatest ratio, just under 1e101.
    pub const MAX: Self = Self { place: Self::FARTHEST, significand: 10 * Self::LEAST - 1 };
    /// The ratio of findings that are as likely either way.
    pub const ONE: Self = Self { place: 0, significand: Self::LEAST };

    /// The power of ten of the first digit of the greatest ratio.
    const FARTHEST: i16 = 100;
    /// The least number of so many digits.
    const LEAST: u128 = 10u128.pow(37);

    /// Takes a whole number.
    ///
    /// # Errors
    /// In this order: 0; more than [`DIGITS`](Self::DIGITS) significant digits.
    pub fn whole(number: u128) -> Result<Self, LikelihoodError> {
        number.to_string().parse()
    }

    /// Whether this ratio is at least this fraction; never, if the fraction is by 0. Exact if the numerator is less than
    /// 10^38 and the denominator at most 10^37.
    pub(super) fn is_at_least(self, numerator: u128, denominator: u128) -> bool {
        let Some(denominator) = NonZero::new(denominator) else { return false };
        if numerator == 0 {
            return true;
        }
        let (digits, is_all) = Self::first_digits(numerator, denominator);
        if is_all { self >= digits } else { self > digits }
    }

    /// The least whole ratio that is at least this fraction of numbers that are not 0, within the same limits.
    pub(super) fn least_whole(numerator: u128, denominator: u128) -> Self {
        let whole = numerator.div_ceil(denominator.max(1)).max(1);
        Self::first_digits(whole, NonZero::<u128>::MIN).0
    }

    /// As many digits of a fraction greater than 0 as a ratio has, and whether they are all. They are found as in long
    /// division by hand: what is left over is less than the denominator, so ten times that is less than 10^38.
    fn first_digits(numerator: u128, denominator: NonZero<u128>) -> (Self, bool) {
        let mut significand = numerator / denominator;
        let mut left = numerator % denominator;
        let mut place: i16 = 37;
        while significand < Self::LEAST {
            let tenfold = left.saturating_mul(10);
            significand = significand.saturating_mul(10).saturating_add(tenfold / denominator);
            left = tenfold % denominator;
            place = place.saturating_sub(1);
        }
        (Self { place, significand }, left == 0)
    }
}

impl fmt::Display for LikelihoodRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.significand.to_string();
        let digits = all.trim_end_matches('0');
        let before_the_point = usize::try_from(self.place).map(|place| place.saturating_add(1));
        match (self.place, before_the_point) {
            (0..21, Ok(whole)) => match digits.split_at_checked(whole) {
                Some((whole, fraction)) if !fraction.is_empty() => write!(f, "{whole}.{fraction}"),
                _ => write!(f, "{digits:0<whole$}"),
            },
            (-6..0, _) => {
                let places = digits.len().saturating_add(usize::from(self.place.unsigned_abs()));
                write!(f, "0.{digits:0>width$}", width = places.saturating_sub(1))
            }
            _ => match digits.split_at_checked(1) {
                Some((first, rest)) if !rest.is_empty() => write!(f, "{first}.{rest}e{}", self.place),
                _ => write!(f, "{digits}e{}", self.place),
            },
        }
    }
}

impl fmt::Debug for LikelihoodRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// # Errors
/// In this order: a text of another form; 0 or less; more than [`DIGITS`](LikelihoodRatio::DIGITS) significant digits; less than
/// [`MIN`](LikelihoodRatio::MIN) or more than [`MAX`](LikelihoodRatio::MAX).
impl FromStr for LikelihoodRatio {
    type Err = LikelihoodError;

    fn from_str(text: &str) -> Result<Self, LikelihoodError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (plain, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((plain, exponent)) => (plain, power(exponent).ok_or(LikelihoodError::NotARatio)?),
            None => (unsigned, 0),
        };
        let plain = Plain::read(plain).ok_or(LikelihoodError::NotARatio)?;
        let noughts = plain.digits().take_while(|digit| *digit == 0).count();
        let digits = plain.digits().skip(noughts);
        if text.starts_with('-') || digits.clone().next().is_none() {
            return Err(LikelihoodError::NotPositive);
        }
        let significand = padded(digits, Self::DIGITS).ok_or(LikelihoodError::RatioTooPrecise)?;
        let many = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let before_the_point = many(plain.whole.len()).saturating_sub(many(noughts));
        let place = before_the_point.saturating_sub(1).saturating_add(exponent);
        match i16::try_from(place) {
            Ok(place) if place.unsigned_abs() <= Self::FARTHEST.unsigned_abs() => {
                Ok(Self { place, significand })
            }
            _ => Err(LikelihoodError::OutOfReach),
        }
    }
}

/// A power of ten: digits, with or without a sign. One that no number can say is out of reach either way.
fn power(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_power = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_power.then(|| text.parse().unwrap_or(i64::MAX))
}

text_form!(LikelihoodRatio, "likelihood ratio", "^(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$");

#[cfg(feature = "proptest")]
mod arbitrary {
    use proptest::prelude::*;

    use super::LikelihoodRatio;

    impl Arbitrary for LikelihoodRatio {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let place = || -Self::FARTHEST..=Self::FARTHEST;
            let every_digit = (place(), Self::LEAST..=Self::MAX.significand);
            let few_digits = (prop_oneof![-8..=24i16, place()], 100..=999u128)
                .prop_map(|(place, digits)| (place, digits.saturating_mul(10u128.pow(35))));
            prop_oneof![
                3 => (1..=200_000_000u128).prop_filter_map("a ratio", |number| Self::whole(number).ok()),
                3 => few_digits.prop_map(|(place, significand)| Self { place, significand }),
                2 => every_digit.prop_map(|(place, significand)| Self { place, significand }),
                1 => prop_oneof![Just(Self::MIN), Just(Self::ONE), Just(Self::MAX)],
            ]
            .boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> LikelihoodRatio {
        text.parse().unwrap()
    }

    #[test]
    fn a_ratio_has_one_text() {
        for (text, written) in [
            ("1", "1"),
            ("1.0", "1"),
            ("10e-1", "1"),
            ("1999", "1999"),
            ("1998.9999999999999999999999999", "1998.9999999999999999999999999"),
            ("0.25", "0.25"),
            ("0.000001", "0.000001"),
            ("0.00000123", "0.00000123"),
            ("0.0000001", "1e-7"),
            ("0.000000123", "1.23e-7"),
            ("1.2e9", "1200000000"),
            ("1.20E+09", "1200000000"),
            ("1e-28", "1e-28"),
            ("1e+05", "100000"),
            ("100000000000000000000", "100000000000000000000"),
            ("1e21", "1e21"),
            ("123456789012345678901.5", "123456789012345678901.5"),
            ("1234567890123456789012.5", "1.2345678901234567890125e21"),
            ("1e100", "1e100"),
            ("0.0000000001e110", "1e100"),
            ("1e-100", "1e-100"),
            ("12345678901234567890123456789012345678", "1.2345678901234567890123456789012345678e37"),
        ] {
            assert_eq!(of(text).to_string(), written);
            assert_eq!(of(written), of(text));
        }
    }

    #[test]
    fn what_is_no_ratio_is_refused() {
        for (text, error) in [
            ("", LikelihoodError::NotARatio),
            ("-", LikelihoodError::NotARatio),
            ("NaN", LikelihoodError::NotARatio),
            ("inf", LikelihoodError::NotARatio),
            ("e9", LikelihoodError::NotARatio),
            ("1e", LikelihoodError::NotARatio),
            ("1e+", LikelihoodError::NotARatio),
            ("1e+-5", LikelihoodError::NotARatio),
            ("1e5.0", LikelihoodError::NotARatio),
            ("1e5e5", LikelihoodError::NotARatio),
            ("10^9", LikelihoodError::NotARatio),
            ("1,999", LikelihoodError::NotARatio),
            ("1 999", LikelihoodError::NotARatio),
            ("+5", LikelihoodError::NotARatio),
            ("007", LikelihoodError::NotARatio),
            ("00", LikelihoodError::NotARatio),
            (".5", LikelihoodError::NotARatio),
            ("5.", LikelihoodError::NotARatio),
            ("1.5.5", LikelihoodError::NotARatio),
            ("-x", LikelihoodError::NotARatio),
            ("１", LikelihoodError::NotARatio),
            ("0", LikelihoodError::NotPositive),
            ("0.000e5", LikelihoodError::NotPositive),
            ("0e999", LikelihoodError::NotPositive),
            ("-5", LikelihoodError::NotPositive),
            ("-1e-5", LikelihoodError::NotPositive),
            ("123456789012345678901234567890123456789", LikelihoodError::RatioTooPrecise),
            ("1.00000000000000000000000000000000000001", LikelihoodError::RatioTooPrecise),
            ("1e101", LikelihoodError::OutOfReach),
            ("10e100", LikelihoodError::OutOfReach),
            ("0.1e-99999999999999999999", LikelihoodError::OutOfReach),
            ("1e99999999999999999999", LikelihoodError::OutOfReach),
            ("1e9223372036854775807", LikelihoodError::OutOfReach),
            ("1e-9223372036854775808", LikelihoodError::OutOfReach),
            ("1e65537", LikelihoodError::OutOfReach),
            ("1e-101", LikelihoodError::OutOfReach),
            ("0.9e-100", LikelihoodError::OutOfReach),
        ] {
            assert_eq!(text.parse::<LikelihoodRatio>(), Err(error), "{text}");
        }
    }

    #[test]
    fn a_long_text_is_read_for_what_it_says() {
        let noughts = "0".repeat(1_000);
        assert_eq!(of(&["1", &noughts, "e-1000"].concat()), LikelihoodRatio::ONE);
        assert_eq!(of(&["0.", &noughts, "1e1001"].concat()), LikelihoodRatio::ONE);
        assert_eq!(of(&["1.", &noughts].concat()), LikelihoodRatio::ONE);
    }

    #[test]
    fn ratios_are_ordered_by_their_value() {
        let rising = [
            "1e-100",
            "9.9e-51",
            "1e-28",
            "0.099999",
            "0.1",
            "0.5",
            "1",
            "1.0000000000000000000000000000000000001",
            "9",
            "10",
            "1998.9999999999999999999999999",
            "1999",
            "2e3",
            "1e21",
            "9e99",
            "1e100",
        ];
        for pair in rising.windows(2) {
            assert!(of(pair[0]) < of(pair[1]), "{pair:?}");
        }
        assert_eq!(LikelihoodRatio::MIN, of("1e-100"));
        assert_eq!(LikelihoodRatio::ONE, of("1"));
        assert_eq!(LikelihoodRatio::MAX, of("9.9999999999999999999999999999999999999e100"));
    }

    #[test]
    fn a_whole_number_is_a_ratio_if_its_digits_fit() {
        assert_eq!(LikelihoodRatio::whole(139_928_001), Ok(of("139928001")));
        assert_eq!(LikelihoodRatio::whole(10u128.pow(38)), Ok(of("1e38")));
        assert_eq!(LikelihoodRatio::whole(0), Err(LikelihoodError::NotPositive));
        assert_eq!(LikelihoodRatio::whole(u128::MAX), Err(LikelihoodError::RatioTooPrecise));
    }

    #[test]
    fn a_fraction_is_compared_to_its_last_digit() {
        let (third, above) =
            (of("0.33333333333333333333333333333333333333"), of("0.33333333333333333333333333333333333334"));
        assert!(!third.is_at_least(1, 3) && above.is_at_least(1, 3));
        assert!(of("0.5").is_at_least(1, 2) && !of("0.49").is_at_least(1, 2));
        let (most, ten) = (10u128.pow(38) - 1, 10u128.pow(37));
        assert!(of("99999999999999999999999999999999999999").is_at_least(most, 1));
        assert!(!of("99999999999999999999999999999999999998").is_at_least(most, 1));
        assert!(of("1e-37").is_at_least(1, ten) && !of("9.9e-38").is_at_least(1, ten));
        assert!(of("9.9999999999999999999999999999999999999").is_at_least(most, ten));
        assert!(!of("9.9999999999999999999999999999999999998").is_at_least(most, ten));
        // 1 ÷ (10^37 − 1) is 1.0…010…01…e-37: what is left over lies beyond the last digit that a ratio has.
        assert!(!of("1.0000000000000000000000000000000000001e-37").is_at_least(1, ten - 1));
        assert!(of("1.0000000000000000000000000000000000002e-37").is_at_least(1, ten - 1));
    }

    #[test]
    fn nothing_is_at_least_a_fraction_by_nought_and_everything_at_least_nought() {
        assert!(!LikelihoodRatio::MAX.is_at_least(1, 0) && !LikelihoodRatio::MAX.is_at_least(0, 0));
        assert!(LikelihoodRatio::MIN.is_at_least(0, 1));
    }

    #[test]
    fn the_least_whole_ratio_is_a_ceiling() {
        for (numerator, denominator, least) in [(1, 3, "1"), (3, 3, "1"), (4, 3, "2"), (69_999, 1, "69999")] {
            assert_eq!(LikelihoodRatio::least_whole(numerator, denominator), of(least));
        }
        // Nothing asks these, and they have an answer all the same.
        assert_eq!(LikelihoodRatio::least_whole(0, 1), LikelihoodRatio::ONE);
        assert_eq!(LikelihoodRatio::least_whole(3, 0), of("3"));
    }
}
