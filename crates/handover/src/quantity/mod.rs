//! Quantities as they were stated, what they can mean, and what is counted.
//!
//! "1,200", "about 1,200", "more than 6,000", "undisclosed" and "none" are different statements. Each denotes
//! a [`Span`] of possible values; the statement itself is kept as it was made (`docs/semantics.md`, Claims;
//! invariants 10 and 54).

mod count;
#[cfg(feature = "schemars")]
mod schema;
mod span;
#[cfg(feature = "serde")]
mod wire;

use core::fmt;
use core::str::FromStr;

pub use count::{Count, Qualifier, Unit};
pub use span::Span;

use crate::id::{EntryId, KeyError};
use crate::text::{Text, TextError};

/// A whole number as someone stated it, from 0 to [`Number::MAX`].
///
/// ```
/// use handover::quantity::Number;
///
/// assert!(Number::new(6_057).is_ok());
/// assert!(Number::new(u64::MAX).is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(u64);

impl Number {
    /// A million million: no count of persons reaches it, and sums of such numbers stay far from overflow.
    pub const MAX: Self = Self(1_000_000_000_000);

    /// Takes a number.
    ///
    /// # Errors
    /// The number is greater than [`Number::MAX`].
    pub const fn new(number: u64) -> Result<Self, QuantityError> {
        if number > Self::MAX.0 { Err(QuantityError::TooLarge) } else { Ok(Self(number)) }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl From<u32> for Number {
    fn from(number: u32) -> Self {
        Self(u64::from(number))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The forms in which a quantity is stated. [`Quantity`] holds one that is valid.
///
/// ```
/// use handover::quantity::{Quantity, Span, Stated};
///
/// let ceiling: Quantity = "1000..1200".parse()?;
/// assert_eq!(ceiling.stated(), &Stated::Between(1_000.into(), 1_200.into()));
/// let zero = Quantity::new(Stated::None)?; // said, unlike silence (invariant 54)
/// assert_eq!((zero.span(), zero.to_string()), (Some(Span::ZERO), "none".to_owned()));
/// # Ok::<(), handover::quantity::QuantityError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Stated {
    /// `1200`: just this number.
    Exact(Number),
    /// `~1200`, `~1200+-50`: about this number. Without a width it is half of the number's last decimal
    /// place that is not zero, rounded up and at least 1.
    Approx(Number, Option<Number>),
    /// `>=1200`: this number or more.
    AtLeast(Number),
    /// `>6000`: more than this number.
    MoreThan(Number),
    /// `<=1200`: this number or fewer.
    AtMost(Number),
    /// `<1200`: fewer than this number, which is not 0.
    LessThan(Number),
    /// `1000..1200`: from the first to the second, both possible.
    Between(Number, Number),
    /// `same as e-17`, `same as e-17+-5`: what that claim says, give or take.
    SameAs(EntryId, Number),
    /// `none`: a stated zero, which is a statement like any other.
    None,
    /// `undisclosed`: a number exists and is kept back.
    Undisclosed,
    /// `withheld until …`: a number exists and will be given on this condition.
    WithheldUntil(Text),
    /// `unknown`: the speaker says that the number is not known.
    Unknown,
}

/// A quantity as stated.
///
/// Its text form is what the wire carries: `1200`, `~1200`, `~1200+-50`, `>=1200`, `>6000`, `<=1200`,
/// `<1200`, `1000..1200`, `same as <claim>`, `same as <claim>+-5`, `none`, `undisclosed`,
/// `withheld until <condition>`, `unknown`. An exact one is a plain number in JSON.
///
/// ```
/// use handover::quantity::{Quantity, Span};
///
/// let about: Quantity = "~1200".parse()?;
/// assert_eq!(about.span(), Some(Span::new(1_150, 1_250).unwrap()));
/// let more: Quantity = ">6000".parse()?;
/// assert_eq!(more.span(), Some(Span::at_least(6_001)));
/// let kept_back: Quantity = "undisclosed".parse()?;
/// assert!(!kept_back.is_informative());
/// # Ok::<(), handover::quantity::QuantityError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Quantity(Stated);

impl Quantity {
    /// Takes a stated form.
    ///
    /// # Errors
    /// In this order: about 0 without a width, fewer than 0, from a number to a smaller one.
    pub fn new(stated: Stated) -> Result<Self, QuantityError> {
        match stated {
            Stated::Approx(Number(0), None) => Err(QuantityError::AboutNothing),
            Stated::LessThan(Number(0)) => Err(QuantityError::LessThanNothing),
            Stated::Between(from, to) if from > to => Err(QuantityError::Inverted(from, to)),
            stated => Ok(Self(stated)),
        }
    }

    /// Just this number.
    pub const fn exactly(number: Number) -> Self {
        Self(Stated::Exact(number))
    }

    /// The form in which it was stated.
    pub fn stated(&self) -> &Stated {
        &self.0
    }

    /// The values that it leaves possible; everything for the three labels that say no number. `None` for
    /// [`Stated::SameAs`], whose values are those of another claim.
    pub fn span(&self) -> Option<Span> {
        Some(match &self.0 {
            Stated::Exact(Number(n)) => Span::exactly(*n),
            Stated::Approx(Number(n), _) => {
                let Number(width) = self.width()?;
                Span::exactly(*n).widened_by(width)
            }
            Stated::AtLeast(Number(n)) => Span::at_least(*n),
            Stated::MoreThan(Number(n)) => Span::at_least(n.saturating_add(1)),
            Stated::AtMost(Number(n)) => Span::up_to(*n),
            Stated::LessThan(Number(n)) => Span::up_to(n.saturating_sub(1)),
            Stated::Between(Number(from), Number(to)) => Span::new(*from, *to)?,
            Stated::None => Span::exactly(0),
            Stated::Undisclosed | Stated::WithheldUntil(_) | Stated::Unknown => Span::EVERYTHING,
            Stated::SameAs(..) => return None,
        })
    }

    /// The width of an approximate quantity or of one that is the same as another: what was stated or, where
    /// nothing was, half of the last decimal place that is not zero, rounded up and at least 1.
    pub fn width(&self) -> Option<Number> {
        match &self.0 {
            Stated::Approx(_, Some(width)) | Stated::SameAs(_, width) => Some(*width),
            Stated::Approx(Number(n), None) => {
                let mut place: u64 = 1;
                while n.checked_rem(place.saturating_mul(10)) == Some(0) && place < *n {
                    place = place.saturating_mul(10);
                }
                Some(Number(place.div_ceil(2).max(1)))
            }
            _ => None,
        }
    }

    /// Whether a number is said at all: none of the three labels, and not "at least 0". For
    /// [`Stated::SameAs`] that depends on the other claim, and the answer here is yes.
    pub fn is_informative(&self) -> bool {
        self.span().is_none_or(|span| span != Span::EVERYTHING)
    }
}

impl From<u32> for Quantity {
    fn from(number: u32) -> Self {
        Self::exactly(number.into())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Stated::Exact(n) => write!(f, "{n}"),
            Stated::Approx(n, None) => write!(f, "~{n}"),
            Stated::Approx(n, Some(width)) => write!(f, "~{n}+-{width}"),
            Stated::AtLeast(n) => write!(f, ">={n}"),
            Stated::MoreThan(n) => write!(f, ">{n}"),
            Stated::AtMost(n) => write!(f, "<={n}"),
            Stated::LessThan(n) => write!(f, "<{n}"),
            Stated::Between(from, to) => write!(f, "{from}..{to}"),
            Stated::SameAs(claim, Number(0)) => write!(f, "same as {claim}"),
            Stated::SameAs(claim, width) => write!(f, "same as {claim}+-{width}"),
            Stated::None => f.write_str("none"),
            Stated::Undisclosed => f.write_str("undisclosed"),
            Stated::WithheldUntil(condition) => write!(f, "withheld until {condition}"),
            Stated::Unknown => f.write_str("unknown"),
        }
    }
}

/// # Errors
/// In this order: a number, an identifier or a condition, from left to right, that is none or is too large; then as
/// [`Quantity::new`].
impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let form = if let Some(rest) = text.strip_prefix('~') {
            match rest.split_once("+-") {
                Some((n, width)) => Stated::Approx(number(n)?, Some(number(width)?)),
                None => Stated::Approx(number(rest)?, None),
            }
        } else if let Some(n) = text.strip_prefix(">=") {
            Stated::AtLeast(number(n)?)
        } else if let Some(n) = text.strip_prefix('>') {
            Stated::MoreThan(number(n)?)
        } else if let Some(n) = text.strip_prefix("<=") {
            Stated::AtMost(number(n)?)
        } else if let Some(n) = text.strip_prefix('<') {
            Stated::LessThan(number(n)?)
        } else if let Some(rest) = text.strip_prefix("same as ") {
            let (claim, width) = match rest.split_once("+-") {
                Some((claim, width)) => (claim, number(width)?),
                None => (rest, Number(0)),
            };
            Stated::SameAs(claim.parse().map_err(QuantityError::Claim)?, width)
        } else if let Some(condition) = text.strip_prefix("withheld until ") {
            Stated::WithheldUntil(Text::new(condition).map_err(QuantityError::Condition)?)
        } else if let Some((from, to)) = text.split_once("..") {
            Stated::Between(number(from)?, number(to)?)
        } else {
            match text {
                "none" => Stated::None,
                "undisclosed" => Stated::Undisclosed,
                "unknown" => Stated::Unknown,
                _ => Stated::Exact(number(text)?),
            }
        };
        Self::new(form)
    }
}

fn number(text: &str) -> Result<Number, QuantityError> {
    let well_formed = match text.as_bytes() {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if !well_formed {
        return Err(QuantityError::NotANumber);
    }
    Number::new(text.parse().map_err(|_| QuantityError::TooLarge)?)
}

/// Why something is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QuantityError {
    /// The text has none of the forms.
    NotANumber,
    /// The number is greater than [`Number::MAX`].
    TooLarge,
    /// The claim that it is the same as has no identifier.
    Claim(KeyError),
    /// The condition is no line of text.
    Condition(TextError),
    /// About 0 says nothing without a width.
    AboutNothing,
    /// Nothing is fewer than 0.
    LessThanNothing,
    /// The first number is greater than the second.
    Inverted(Number, Number),
    /// Quantities in different units are never added.
    Units(Unit, Unit),
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str(
                "expected a quantity such as `1200`, `~1200+-50`, `>6000`, `1000..1200`, `same as <claim>`, `none`, \
                 `undisclosed`, `withheld until <condition>` or `unknown`",
            ),
            Self::TooLarge => write!(f, "expected a number of at most {}", Number::MAX),
            Self::Claim(why) => write!(f, "expected the identifier of a claim: {why}"),
            Self::Condition(why) => write!(f, "expected a condition: {why}"),
            Self::AboutNothing => f.write_str("expected a width beside about 0, as in `~0+-5`"),
            Self::LessThanNothing => f.write_str("expected fewer than at least 1, found fewer than 0"),
            Self::Inverted(from, to) => write!(f, "expected the smaller number first, found `{from}..{to}`"),
            Self::Units(left, right) => write!(f, "expected quantities in one unit, found {left} and {right}"),
        }
    }
}

impl core::error::Error for QuantityError {}

#[cfg(feature = "proptest")]
mod arbitrary {
    use proptest::prelude::*;

    use super::{Number, Quantity, Stated};
    use crate::id::EntryId;
    use crate::text::Text;

    impl Arbitrary for Number {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            prop_oneof![
                4 => 0..=20u64,
                2 => (0..=6_100u64).prop_map(|n| n.saturating_mul(10)),
                1 => 0..=Number::MAX.0,
                1 => Just(Number::MAX.0),
            ]
            .prop_map(Number)
            .boxed()
        }
    }

    impl Arbitrary for Quantity {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let n = any::<Number>;
            let numbered = prop_oneof![
                n().prop_map(Stated::Exact),
                (n(), any::<Option<Number>>()).prop_map(|(n, width)| Stated::Approx(n, width)),
                n().prop_map(Stated::AtLeast),
                n().prop_map(Stated::MoreThan),
                n().prop_map(Stated::AtMost),
                n().prop_map(Stated::LessThan),
                (n(), n()).prop_map(|(a, b)| Stated::Between(a.min(b), a.max(b))),
                (any::<EntryId>(), n()).prop_map(|(claim, width)| Stated::SameAs(claim, width)),
            ];
            let condition =
                "[a-z]([a-z ]{0,10}[a-z])?".prop_filter_map("a text", |text| Text::new(&text).ok());
            let labelled = prop_oneof![
                Just(Stated::None),
                Just(Stated::Undisclosed),
                condition.prop_map(Stated::WithheldUntil),
                Just(Stated::Unknown),
            ];
            prop_oneof![2 => numbered, 1 => labelled]
                .prop_filter_map("a valid quantity", |stated| Quantity::new(stated).ok())
                .boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn every_form_means_its_span() {
        for (text, lo, hi) in [
            ("1200", 1_200, Some(1_200)),
            ("0", 0, Some(0)),
            ("~1200+-50", 1_150, Some(1_250)),
            ("~3+-5", 0, Some(8)),
            (">=1200", 1_200, None),
            (">6000", 6_001, None),
            ("<=27", 0, Some(27)),
            ("<27", 0, Some(26)),
            ("<1", 0, Some(0)),
            ("1000..1200", 1_000, Some(1_200)),
            ("7..7", 7, Some(7)),
            ("none", 0, Some(0)),
            ("undisclosed", 0, None),
            ("unknown", 0, None),
            ("withheld until completion", 0, None),
            ("1000000000000", 1_000_000_000_000, Some(1_000_000_000_000)),
        ] {
            let quantity: Quantity = text.parse().unwrap();
            let span = quantity.span().unwrap();
            assert_eq!((span.lo(), span.hi()), (lo, hi), "{text}");
            assert_eq!(quantity.to_string(), text);
        }
    }

    #[test]
    fn an_approximation_without_a_width_takes_half_of_its_last_place() {
        for (n, width) in [
            ("1", 1),
            ("1212", 1),
            ("9", 1),
            ("10", 5),
            ("27", 1),
            ("1200", 50),
            ("6000", 500),
            ("6060", 5),
            ("1000000000000", 500_000_000_000),
        ] {
            let quantity: Quantity = ["~", n].concat().parse().unwrap();
            assert_eq!(quantity.width().unwrap().get(), width, "{n}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for text in [
            "", "-1", "+1", "01", "1,200", "1.5", "1e3", "~", "~x", "1..", "..1", " 1", "None", "> 6000",
            "1..2..3",
        ] {
            assert_eq!(text.parse::<Quantity>(), Err(QuantityError::NotANumber), "{text}");
        }
        assert_eq!("~0".parse::<Quantity>(), Err(QuantityError::AboutNothing));
        assert_eq!("<0".parse::<Quantity>(), Err(QuantityError::LessThanNothing));
        assert_eq!("2..1".parse::<Quantity>(), Err(QuantityError::Inverted(2.into(), 1.into())));
        for text in ["18446744073709551615", "18446744073709551616", "1000000000001", ">1000000000001"] {
            assert_eq!(text.parse::<Quantity>(), Err(QuantityError::TooLarge), "{text}");
        }
        assert!(matches!("same as ".parse::<Quantity>(), Err(QuantityError::Claim(_))));
        assert!(matches!("withheld until ".parse::<Quantity>(), Err(QuantityError::Condition(_))));
    }

    #[test]
    fn an_error_says_what_was_expected_and_found() {
        for (error, says) in [
            (QuantityError::AboutNothing, "expected a width beside about 0, as in `~0+-5`"),
            (QuantityError::LessThanNothing, "expected fewer than at least 1, found fewer than 0"),
            (QuantityError::Inverted(2.into(), 1.into()), "expected the smaller number first, found `2..1`"),
            (
                QuantityError::Units(Unit::Container, Unit::Prisoner),
                "expected quantities in one unit, found containers and prisoners",
            ),
        ] {
            assert_eq!(error.to_string(), says);
        }
    }

    #[test]
    fn only_a_number_informs() {
        for text in ["undisclosed", "unknown", "withheld until completion", ">=0"] {
            assert!(!text.parse::<Quantity>().unwrap().is_informative(), "{text}");
        }
        for text in ["none", "0", ">0", "<=5"] {
            assert!(text.parse::<Quantity>().unwrap().is_informative(), "{text}");
        }
    }
}
