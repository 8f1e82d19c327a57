use core::fmt;

use super::{Quantity, QuantityError, Span};
use crate::id::PartyId;
use crate::text::Text;

/// What is counted. Counts in different units are never added: 55 boxes held about 250 persons
/// (`docs/rules.md` a3, invariant 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Unit {
    /// A bag, coffin or box, as counted at the exchange point.
    Container,
    /// What is reported as "a body".
    SetOfRemains,
    /// The smallest separately numbered piece.
    RemainsUnit,
    /// A distinct person, known or unknown.
    Individual,
    /// A person for whom an identification decision is in force.
    IdentifiedPerson,
    /// A living person deprived of liberty.
    Prisoner,
    /// An event: a handover or an exchange.
    Handover,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 7] = [
        Self::Container,
        Self::SetOfRemains,
        Self::RemainsUnit,
        Self::Individual,
        Self::IdentifiedPerson,
        Self::Prisoner,
        Self::Handover,
    ];
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Container => "containers",
            Self::SetOfRemains => "sets of remains",
            Self::RemainsUnit => "remains units",
            Self::Individual => "individuals",
            Self::IdentifiedPerson => "identified persons",
            Self::Prisoner => "prisoners",
            Self::Handover => "handovers",
        })
    }
}

/// How a speaker describes what was counted: "which the Russian side says belong to Ukrainian citizens".
///
/// It is kept with the count and asserts nothing by itself: whose the remains are is a claim of its own
/// (invariant 24).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Qualifier {
    /// The description.
    pub words: Text,
    /// The party to whom the speaker leaves the description, if not the speaker's own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub according_to: Option<PartyId>,
}

/// A quantity with what it counts.
///
/// ```
/// use handover::quantity::{Count, Unit};
///
/// let boxes = Count { quantity: 55.into(), unit: Unit::Container, qualifier: None };
/// let persons = Count { quantity: "~250".parse()?, unit: Unit::Individual, qualifier: None };
/// assert!(boxes.plus(&persons).is_err());
/// # Ok::<(), handover::quantity::QuantityError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Count {
    /// How many, as stated.
    pub quantity: Quantity,
    /// What is counted.
    pub unit: Unit,
    /// How it is described.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub qualifier: Option<Qualifier>,
}

impl Count {
    /// The sum of the values of two counts in one unit.
    ///
    /// # Errors
    /// In this order: the units differ (invariant 10); one of the two is the same as another claim, so that its
    /// values are not known from it alone.
    pub fn plus(&self, other: &Self) -> Result<Span, QuantityError> {
        if self.unit != other.unit {
            return Err(QuantityError::Units(self.unit, other.unit));
        }
        match (self.quantity.span(), other.quantity.span()) {
            (Some(a), Some(b)) => Ok(a.plus(b)),
            _ => Err(QuantityError::NotANumber),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_equal_units_add() {
        let count = |n: u32, unit| Count { quantity: n.into(), unit, qualifier: None };
        assert_eq!(count(2, Unit::Container).plus(&count(3, Unit::Container)), Ok(Span::exactly(5)),);
        for a in Unit::ALL {
            for b in Unit::ALL {
                assert_eq!(count(1, a).plus(&count(1, b)).is_ok(), a == b);
            }
        }
    }
}
