//! Elements: the anatomical parts that a unit of remains consists of, by name.

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

macro_rules! parts {
    ($($(#[doc = $doc:expr])* $part:ident $text:literal $pair:ident;)*) => {
        /// An anatomical part, as coarse as two laboratories can compare.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum BodyPart {
            $($(#[doc = $doc])* $part,)*
        }

        impl BodyPart {
            /// Every part, from the head down.
            pub const ALL: &'static [Self] = &[$(Self::$part,)*];

            /// Its name in the record.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$part => $text,)*
                }
            }

            pub(super) const fn pair(self) -> Pair {
                match self {
                    $(Self::$part => Pair::$pair,)*
                }
            }
        }
    };
}

pub(super) enum Pair {
    One,
    Two,
    Uncounted,
}

parts! {
    /// The cranium, without the mandible.
    Skull "skull" One;
    /// The lower jaw.
    Mandible "mandible" One;
    /// The vertebrae above the sacrum.
    VertebralColumn "vertebral-column" One;
    /// The sacrum.
    Sacrum "sacrum" One;
    /// The breastbone.
    Sternum "sternum" One;
    /// The ribs of one side.
    Ribs "ribs" Two;
    /// A collarbone.
    Clavicle "clavicle" Two;
    /// A shoulder blade.
    Scapula "scapula" Two;
    /// An upper arm.
    Humerus "humerus" Two;
    /// A radius.
    Radius "radius" Two;
    /// An ulna.
    Ulna "ulna" Two;
    /// A hand with its wrist.
    Hand "hand" Two;
    /// Half of the pelvis.
    Pelvis "pelvis" Two;
    /// A thigh bone.
    Femur "femur" Two;
    /// A kneecap.
    Patella "patella" Two;
    /// A shin bone.
    Tibia "tibia" Two;
    /// A fibula.
    Fibula "fibula" Two;
    /// A foot with its ankle.
    Foot "foot" Two;
    /// Tissue that is no bone. It is never counted.
    SoftTissue "soft-tissue" Uncounted;
}

impl BodyPart {
    /// Whether a body has two of it, one on each side.
    pub const fn is_paired(self) -> bool {
        matches!(self.pair(), Pair::Two)
    }

    /// Whether individuals can be counted by it.
    pub const fn is_counted(self) -> bool {
        !matches!(self.pair(), Pair::Uncounted)
    }
}

/// A side of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Side {
    /// The left.
    Left,
    /// The right.
    Right,
}

/// One anatomical element: a part, its side where the part is paired and the side is known, and whether it is whole.
///
/// Its text is `skull`, `left-femur`, `partial-right-tibia`; `femur` is a whole one of a side that is not determined.
///
/// ```
/// use handover::remains::{BodyPart, Element, Side};
///
/// let element: Element = "partial-left-femur".parse()?;
/// assert_eq!((element.part(), element.side(), element.is_whole()), (BodyPart::Femur, Some(Side::Left), false));
/// assert!("left-skull".parse::<Element>().is_err()); // there is only one
/// # Ok::<(), handover::remains::ElementsError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Element {
    part: BodyPart,
    side: Option<Side>,
    whole: bool,
}

impl Element {
    /// An element. Soft tissue is never whole.
    ///
    /// # Errors
    /// A side of a part that is not paired.
    pub const fn new(part: BodyPart, side: Option<Side>, whole: bool) -> Result<Self, ElementsError> {
        if side.is_some() && !part.is_paired() {
            return Err(ElementsError::NotPaired(part));
        }
        Ok(Self { part, side, whole: whole && part.is_counted() })
    }

    /// The part.
    pub const fn part(self) -> BodyPart {
        self.part
    }

    /// The side, if the part is paired and the side is determined.
    pub const fn side(self) -> Option<Side> {
        self.side
    }

    /// Whether it is whole.
    pub const fn is_whole(self) -> bool {
        self.whole
    }

    /// Its bit in a set: three for each part.
    const fn bit(self) -> u64 {
        let side = match self.side {
            None => 0,
            Some(Side::Left) => 1,
            Some(Side::Right) => 2,
        };
        1u64.wrapping_shl((self.part as u32).saturating_mul(3).saturating_add(side))
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.whole && self.part.is_counted() {
            f.write_str("partial-")?;
        }
        f.write_str(match self.side {
            None => "",
            Some(Side::Left) => "left-",
            Some(Side::Right) => "right-",
        })?;
        f.write_str(self.part.name())
    }
}

/// # Errors
/// In this order: the text names no part, it has a side of a part that is not paired or says of soft tissue that it is partial.
impl FromStr for Element {
    type Err = ElementsError;

    fn from_str(text: &str) -> Result<Self, ElementsError> {
        let (whole, rest) = text.strip_prefix("partial-").map_or((true, text), |rest| (false, rest));
        let (side, name) = match (rest.strip_prefix("left-"), rest.strip_prefix("right-")) {
            (Some(name), _) => (Some(Side::Left), name),
            (_, Some(name)) => (Some(Side::Right), name),
            _ => (None, rest),
        };
        let part = BodyPart::ALL.iter().find(|part| part.name() == name).ok_or(ElementsError::NoPart)?;
        if !whole && !part.is_counted() {
            return Err(ElementsError::NoPart);
        }
        Self::new(*part, side, whole)
    }
}

text_form!(
    Element,
    "anatomical element",
    "^(partial-)?((left-|right-)?(ribs|clavicle|scapula|humerus|radius|ulna|hand|pelvis|femur|patella|tibia|fibula|foot)|skull|mandible|vertebral-column|sacrum|sternum)$|^soft-tissue$"
);

/// The named elements of one unit: at least one, and no more than one body has.
///
/// ```
/// use handover::remains::ElementSet;
///
/// let of = |names: &[&str]| ElementSet::new(names.iter().map(|name| name.parse().unwrap()));
/// assert!(of(&["left-femur", "right-femur", "partial-skull"]).is_ok());
/// assert!(of(&["left-femur", "partial-left-femur"]).is_err()); // of two individuals: two units
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Vec<Element>", into = "Vec<Element>"))]
pub struct ElementSet {
    pub(super) whole: u64,
    pub(super) partial: u64,
}

impl ElementSet {
    /// The set of these elements.
    ///
    /// # Errors
    /// In this order: an element that makes more than one body has, no element at all.
    pub fn new(elements: impl IntoIterator<Item = Element>) -> Result<Self, ElementsError> {
        let mut set = Self { whole: 0, partial: 0 };
        for element in elements {
            let (bit, rest) = (element.bit(), set.whole | set.partial);
            let [undetermined, left, right] = sites(element.part);
            let both = rest | bit;
            let is_third = both & undetermined != 0 && both & left != 0 && both & right != 0;
            if rest & bit != 0 || is_third {
                return Err(ElementsError::MoreThanABody(element));
            }
            if element.whole {
                set.whole |= bit;
            } else {
                set.partial |= bit;
            }
        }
        if set.whole | set.partial == 0 { Err(ElementsError::Empty) } else { Ok(set) }
    }

    /// The elements, from the head down.
    pub fn elements(self) -> impl Iterator<Item = Element> {
        let sides = [None, Some(Side::Left), Some(Side::Right)];
        BodyPart::ALL
            .iter()
            .flat_map(move |part| sides.map(|side| (*part, side)))
            .filter(|(part, side)| part.is_paired() || side.is_none())
            .filter_map(move |(part, side)| {
                let bit = Element { part, side, whole: false }.bit();
                let whole = self.whole & bit != 0;
                (whole || self.partial & bit != 0).then_some(Element { part, side, whole })
            })
    }
}

impl fmt::Debug for ElementSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.elements()).finish()
    }
}

impl TryFrom<Vec<Element>> for ElementSet {
    type Error = ElementsError;

    fn try_from(elements: Vec<Element>) -> Result<Self, ElementsError> {
        Self::new(elements)
    }
}

impl From<ElementSet> for Vec<Element> {
    fn from(set: ElementSet) -> Self {
        set.elements().collect()
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for ElementSet {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "ElementSet".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let element = generator.subschema_for::<Element>();
        schemars::json_schema!({ "type": "array", "items": element, "minItems": 1, "uniqueItems": true })
    }
}

/// The bits of a part: of a side that is not determined, left, right.
pub(super) fn sites(part: BodyPart) -> [u64; 3] {
    [None, Some(Side::Left), Some(Side::Right)].map(|side| Element { part, side, whole: false }.bit())
}

/// Why something is no element or no set of elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ElementsError {
    /// The text names no part.
    NoPart,
    /// A side of a part of which a body has only one.
    NotPaired(BodyPart),
    /// With this element it is more than one body has.
    MoreThanABody(Element),
    /// There is no element.
    Empty,
}

impl fmt::Display for ElementsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPart => f.write_str(
                "expected a part such as `skull`, with `left-` or `right-` where it is paired, after `partial-` if it is not whole",
            ),
            Self::NotPaired(part) => write!(f, "expected no side, found one of `{}`", part.name()),
            Self::MoreThanABody(element) => {
                write!(f, "expected elements that one body has, found `{element}` once more than that")
            }
            Self::Empty => f.write_str("expected at least one element, found none"),
        }
    }
}

impl core::error::Error for ElementsError {}

#[cfg(feature = "proptest")]
mod arbitrary {
    use proptest::prelude::*;

    use super::{BodyPart, Element, ElementSet, Side};

    impl Arbitrary for Element {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let side = prop_oneof![Just(None), Just(Some(Side::Left)), Just(Some(Side::Right))];
            (proptest::sample::select(BodyPart::ALL), side, any::<bool>())
                .prop_filter_map("a side of what is paired", |(part, side, whole)| {
                    Element::new(part, side.filter(|_| part.is_paired()), whole).ok()
                })
                .boxed()
        }
    }

    impl Arbitrary for ElementSet {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            proptest::collection::vec(any::<Element>(), 1..6)
                .prop_map(|elements| {
                    // As many of them, from the first, as one body has.
                    let all = |n: usize| ElementSet::new(elements.iter().take(n).copied());
                    (1..=elements.len()).map_while(|n| all(n).ok()).last()
                })
                .prop_filter_map("at least one", |set| set)
                .boxed()
        }
    }
}
