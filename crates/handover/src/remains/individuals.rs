//! Of what a unit consists, whether two can be of one individual, and how many individuals a set of units can be of.

use super::Human;
use super::elements::{BodyPart, ElementSet, Pair, sites};
use crate::quantity::Span;
use crate::reading::Comparison;

/// Of what a unit of remains consists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum Elements {
    /// A complete body.
    CompleteBody,
    /// These elements and no others.
    Parts(ElementSet),
    /// It is not determined.
    Undetermined,
}

impl Elements {
    /// Whether two units certainly have an element that one body has only once, so that they are of two individuals: it
    /// holds, it fails, or what was told does not decide. A partial element never decides: two fragments may be of one bone.
    ///
    /// ```
    /// use handover::reading::Comparison;
    /// use handover::remains::{ElementSet, Elements};
    ///
    /// let of = |name: &str| Elements::Parts(ElementSet::new([name.parse().unwrap()]).unwrap());
    /// assert_eq!(of("left-femur").overlaps(of("left-femur")), Comparison::Holds);
    /// assert_eq!(of("left-femur").overlaps(of("right-femur")), Comparison::Fails);
    /// assert_eq!(of("left-femur").overlaps(of("partial-left-femur")), Comparison::Undetermined);
    /// assert_eq!(Elements::CompleteBody.overlaps(Elements::CompleteBody), Comparison::Holds);
    /// ```
    #[must_use]
    pub fn overlaps(self, other: Self) -> Comparison {
        let (a, b) = match (self, other) {
            (Self::Undetermined, _) | (_, Self::Undetermined) => return Comparison::Undetermined,
            _ => (self.set(), other.set()),
        };
        let mut decided = Comparison::Fails;
        for part in BodyPart::ALL {
            let has = |of: u64, site: u64| u8::from(of & site != 0);
            let [undetermined, left, right] = sites(*part);
            let count = |site: u64| has(a.whole, site).saturating_add(has(b.whole, site));
            let most = if part.is_paired() { 2 } else { 1 };
            let all = count(undetermined).saturating_add(count(left)).saturating_add(count(right));
            if part.is_counted() && (count(left) > 1 || count(right) > 1 || all > most) {
                return Comparison::Holds;
            }
            let sites = undetermined | left | right;
            let (in_a, in_b) = ((a.whole | a.partial) & sites, (b.whole | b.partial) & sites);
            let unsided = (in_a | in_b) & undetermined != 0;
            if in_a != 0 && in_b != 0 && (unsided || in_a & in_b != 0) {
                decided = Comparison::Undetermined;
            }
        }
        decided
    }

    /// The elements as a set; a complete body has each of them.
    fn set(self) -> ElementSet {
        match self {
            Self::Parts(set) => set,
            Self::Undetermined => ElementSet { whole: 0, partial: 0 },
            Self::CompleteBody => {
                BodyPart::ALL.iter().fold(ElementSet { whole: 0, partial: 0 }, |set, part| {
                    let [undetermined, left, right] = sites(*part);
                    match part.pair() {
                        Pair::One => ElementSet { whole: set.whole | undetermined, ..set },
                        Pair::Two => ElementSet { whole: set.whole | left | right, ..set },
                        Pair::Uncounted => ElementSet { partial: set.partial | undetermined, ..set },
                    }
                })
            }
        }
    }
}

/// How many individuals a set of units can be of: at least as many as the most repeated whole element, at most one for
/// each unit that may be human (invariant 15). It is not additive: of two sets together it is at least the greater and at
/// most the sum.
///
/// ```
/// use handover::quantity::Span;
/// use handover::remains::{ElementSet, Elements, Human, Individuals};
///
/// let left = Elements::Parts(ElementSet::new(["left-femur".parse()?])?);
/// let individuals = [left, left, Elements::Undetermined]
///     .into_iter()
///     .fold(Individuals::default(), |so_far, elements| so_far.with(Human::Yes, elements));
/// assert_eq!(individuals.span(), Span::new(2, 3).unwrap());
/// # Ok::<(), handover::remains::ElementsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Individuals {
    /// Whole elements of units that are certainly human, by part and side.
    whole: [[u32; 3]; BodyPart::ALL.len()],
    human: u64,
    perhaps: u64,
}

impl Individuals {
    /// The same with one more unit.
    #[must_use]
    pub fn with(mut self, human: Human, elements: Elements) -> Self {
        match human {
            Human::No => return self,
            Human::Undetermined => {
                self.perhaps = self.perhaps.saturating_add(1);
                return self;
            }
            Human::Yes => self.human = self.human.saturating_add(1),
        }
        let set = elements.set();
        for (part, counts) in BodyPart::ALL.iter().zip(&mut self.whole) {
            for (site, count) in sites(*part).into_iter().zip(counts) {
                if set.whole & site != 0 {
                    *count = count.saturating_add(1);
                }
            }
        }
        self
    }

    /// The units of both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.human = self.human.saturating_add(other.human);
        self.perhaps = self.perhaps.saturating_add(other.perhaps);
        for (counts, more) in self.whole.iter_mut().flatten().zip(other.whole.iter().flatten()) {
            *counts = counts.saturating_add(*more);
        }
        self
    }

    /// From the minimum number of individuals to the greatest possible.
    pub fn span(&self) -> Span {
        let most = self.human.saturating_add(self.perhaps);
        Span::new(self.least(), most).unwrap_or(Span::up_to(most))
    }

    /// The minimum number of individuals.
    pub fn least(&self) -> u64 {
        let mut least = self.human.min(1);
        for (part, [undetermined, left, right]) in BodyPart::ALL.iter().zip(&self.whole) {
            let all = undetermined.saturating_add(*left).saturating_add(*right);
            let of_part = if part.is_paired() { all.div_ceil(2).max(*left).max(*right) } else { all };
            least = least.max(u64::from(of_part));
        }
        least
    }
}

#[cfg(feature = "proptest")]
mod arbitrary {
    use proptest::prelude::*;

    use super::{ElementSet, Elements};

    impl Arbitrary for Elements {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            prop_oneof![
                1 => Just(Elements::CompleteBody),
                1 => Just(Elements::Undetermined),
                4 => any::<ElementSet>().prop_map(Elements::Parts),
            ]
            .boxed()
        }
    }
}
