use alloc::vec::Vec;

use crate::id::CategoryId;
use crate::quantity::{Number, Quantity, Span, Stated};
use crate::reciprocity::Ratio;

/// How much is owed, as one speaker states it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Required {
    /// Just so many.
    Exactly(Number),
    /// So many or more.
    AtLeast(Number),
    /// More than so many.
    MoreThan(Number),
    /// So many or fewer.
    UpTo(Number),
    /// About so many. Without a width as in [`Quantity`].
    About {
        /// So many …
        number: Number,
        /// … give or take.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        within: Option<Number>,
    },
    /// From so many to so many.
    Between {
        /// The least that is owed.
        from: Number,
        /// The most that is owed.
        to: Number,
    },
    /// Nothing is owed: a term like any other, not silence.
    Nothing,
    /// All of a category. It has no number, so that nothing can be said to be outstanding (invariant 18).
    AllInCategory(CategoryId),
    /// All that are found.
    AllFound,
    /// So many for each of the other side's.
    Ratio(Ratio),
    /// Several ratios that sum: "30 for each civilian, 50 for each woman in the forces". Who is of the classes of several is
    /// counted in the first of these alone; ratios of the same class are portions, which may accrue at different moments.
    Ratios(#[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))] Vec<Ratio>),
    /// No number.
    Unquantified,
}

impl Required {
    /// The ratios that it sums; none if it is no ratio.
    pub fn ratios(&self) -> &[Ratio] {
        match self {
            Self::Ratio(ratio) => core::slice::from_ref(ratio),
            Self::Ratios(ratios) => ratios,
            _ => &[],
        }
    }

    /// The least and the most that the term asks for, each as a span; `performed` is what the other side
    /// performed of a ratio's class, without those who are counted in the classes of the ratios before it. A term without
    /// a floor has neither.
    ///
    /// ```
    /// use handover::obligation::Required;
    /// use handover::quantity::Span;
    ///
    /// let more = Required::MoreThan(6_000.into()).bounds(|_, _| Span::EVERYTHING);
    /// assert_eq!((more.floor, more.ceiling), (Some(Span::exactly(6_001)), None));
    /// let all = Required::AllFound.bounds(|_, _| Span::EVERYTHING);
    /// assert_eq!(all.floor, None); // no number, so that nothing can be outstanding
    /// ```
    pub fn bounds(&self, mut performed: impl FnMut(&Ratio, &[Ratio]) -> Span) -> Bounds {
        let exactly = |n: &Number| Span::exactly(n.get());
        match self {
            Self::Exactly(n) => Bounds { floor: Some(exactly(n)), ceiling: Some(exactly(n)) },
            Self::AtLeast(n) => Bounds { floor: Some(exactly(n)), ceiling: None },
            Self::MoreThan(n) => {
                Bounds { floor: Some(Span::exactly(n.get().saturating_add(1))), ceiling: None }
            }
            Self::UpTo(n) => Bounds { floor: Some(Span::ZERO), ceiling: Some(exactly(n)) },
            Self::About { number, within } => {
                let span =
                    Quantity::new(Stated::Approx(*number, *within)).ok().and_then(|about| about.span());
                Bounds {
                    floor: Some(Span::exactly(span.map_or(0, Span::lo))),
                    ceiling: span.and_then(Span::hi).map(Span::exactly),
                }
            }
            Self::Between { from, to } => {
                Bounds { floor: Some(exactly(from.min(to))), ceiling: Some(exactly(from.max(to))) }
            }
            Self::Nothing => Bounds { floor: Some(Span::ZERO), ceiling: None },
            Self::Ratio(_) | Self::Ratios(_) => {
                let mut floor = Span::ZERO;
                for (at, ratio) in self.ratios().iter().enumerate() {
                    let earlier = self.ratios().get(..at).unwrap_or_default();
                    floor = floor.plus(ratio.entitlement(performed(ratio, earlier)));
                }
                Bounds { floor: Some(floor), ceiling: None }
            }
            Self::AllInCategory(_) | Self::AllFound | Self::Unquantified => {
                Bounds { floor: None, ceiling: None }
            }
        }
    }
}

/// What a term asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Bounds {
    /// The least.
    pub floor: Option<Span>,
    /// The most, if the term has an upper end.
    pub ceiling: Option<Span>,
}

/// What one speaker says a term is. A common term is derived from several (invariant 3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct TermAssertion {
    /// How much is owed.
    pub required: Required,
    /// The version of the agreement of which the speaker speaks; the first if missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub version: Option<u16>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_has_the_bounds_it_states() {
        let n = |n: u32| Number::from(n);
        let exactly = |n: u64| Some(Span::exactly(n));
        for (required, floor, ceiling) in [
            (Required::Exactly(n(6_000)), exactly(6_000), exactly(6_000)),
            (Required::AtLeast(n(1_000)), exactly(1_000), None),
            (Required::MoreThan(n(6_000)), exactly(6_001), None),
            (Required::UpTo(n(1_200)), exactly(0), exactly(1_200)),
            (Required::About { number: n(6_000), within: None }, exactly(5_500), exactly(6_500)),
            (Required::About { number: n(6_000), within: Some(n(1)) }, exactly(5_999), exactly(6_001)),
            (Required::Between { from: n(1_000), to: n(1_200) }, exactly(1_000), exactly(1_200)),
            (Required::Nothing, exactly(0), None),
            (Required::AllFound, None, None),
            (Required::Unquantified, None, None),
        ] {
            let bounds = required.bounds(|_, _| Span::EVERYTHING);
            assert_eq!((bounds.floor, bounds.ceiling), (floor, ceiling), "{required:?}");
        }
    }
}
