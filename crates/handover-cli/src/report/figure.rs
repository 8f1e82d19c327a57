//! Figures: a range with the reason why it is what it is.

use handover::quantity::Span;
use handover::reading::{Counted, Label, Part, RestsOn, Sum};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::Book;

/// Whole numbers from `lo` to `hi`; `null` as `hi` is an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval(pub(crate) Span);

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ends = serializer.serialize_struct("Interval", 2)?;
        ends.serialize_field("lo", &self.0.lo())?;
        ends.serialize_field("hi", &self.0.hi())?;
        ends.end()
    }
}

/// A word that a program can compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<T>(pub(crate) T);

macro_rules! tags {
    ($($kind:ty { $($variant:ident => $word:literal,)* })*) => {$(
        impl Serialize for Tag<$kind> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(match self.0 {
                    $(<$kind>::$variant => $word,)*
                })
            }
        }
    )*};
}

tags! {
    Label {
        Silent => "silent",
        OtherUnit => "other-unit",
        Unknown => "unknown",
        Undisclosed => "undisclosed",
        Withheld => "withheld",
        Stated => "stated",
        Contradictory => "contradictory",
    }
    Counted {
        Yes => "yes",
        Perhaps => "perhaps",
        No => "no",
    }
    handover::reading::Verdict {
        Met => "met",
        NotMet => "not-met",
        Undetermined => "undetermined",
        NoTerms => "no-terms",
        OpenUnquantified => "open-unquantified",
        DeclaredExhausted => "declared-exhausted",
    }
    handover::reading::Comparison {
        Holds => "holds",
        Fails => "fails",
        Undetermined => "undetermined",
    }
    handover::reading::Evenness {
        Even => "even",
        Uneven => "uneven",
        Undetermined => "undetermined",
    }
}

/// What one reading gives.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct By<T> {
    /// Whose word it is: the key of a party, `all`, `neutral` or `anyone`.
    pub(crate) according_to: String,
    /// What is taken to be so.
    pub(crate) taken: T,
}

/// A number that is told, or the reason why none is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Told {
    /// The numbers left possible.
    pub(crate) span: Interval,
    /// Why.
    pub(crate) label: Tag<Label>,
}

impl Told {
    pub(crate) fn of(told: &handover::reading::Told<Span>) -> Self {
        Self { span: Interval(told.set), label: Tag(told.label) }
    }

    /// Whether a number is told.
    pub(crate) fn is_informative(self) -> bool {
        self.label.0 >= Label::Stated && self.span.0 != Span::EVERYTHING
    }
}

/// A leg in a sum.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Share {
    /// The leg.
    pub(crate) leg: String,
    /// What is told of it.
    pub(crate) told: Told,
    /// Whether it had happened by then.
    pub(crate) counted: Tag<Counted>,
}

/// A sum over recorded legs.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Figure {
    /// The sum; `null` where no leg is recorded that counts, which is not nought.
    pub(crate) span: Option<Interval>,
    /// Why the sum says nothing, if it does.
    pub(crate) label: Tag<Label>,
    /// The legs that count or may count.
    pub(crate) legs: Vec<Share>,
    /// The entries on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

impl Figure {
    pub(super) fn of(book: &Book<'_>, sum: &Sum<RestsOn>) -> Self {
        let share = |part: &Part| Share {
            leg: part.leg.to_string(),
            told: Told::of(&part.told),
            counted: Tag(part.counted),
        };
        Self {
            span: sum.total.map(Interval),
            label: Tag(sum.label()),
            legs: sum.parts.iter().map(share).collect(),
            entries: book.entries(&sum.rests_on),
        }
    }
}
