//! Categories: who an agreement means by "seriously wounded" or "under 25", and on which day that is asked.

use crate::id::{AgreementId, CategoryId};
use crate::text::Text;
use crate::when::When;

// ---- value types

/// What a category asks. Categories overlap: a person can be in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum CategoryKind {
    /// Seriously wounded.
    SeriouslyWounded,
    /// Seriously ill.
    SeriouslyIll,
    /// Younger than so many years.
    Under(u8),
    /// Of this age or older, in years.
    Over(u8),
    /// Women.
    Women,
    /// Minors.
    Minors,
    /// Civilians.
    Civilians,
    /// Held for long.
    LongHeld,
    /// What the definition's note says.
    Other,
}

impl CategoryKind {
    /// Whether it is of the wounded and sick, of whom nobody is moved against their will during hostilities (GC III 109).
    pub const fn is_of_wounded_and_sick(self) -> bool {
        matches!(self, Self::SeriouslyWounded | Self::SeriouslyIll)
    }
}

/// The day for which membership of a category is asked (invariant 44).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ReferenceDate {
    /// This day.
    On(When),
    /// The day of the agreement under which the category is defined.
    Agreement,
    /// The day on which the list is frozen.
    Freeze,
    /// The day of the transfer.
    Transfer,
}

/// A category is defined, once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct CategoryDefinition {
    /// The category.
    pub id: CategoryId,
    /// What it asks.
    pub kind: CategoryKind,
    /// For which day it is asked. A definition without one is refused.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reference: Option<ReferenceDate>,
    /// The agreement that defines it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub under: Option<AgreementId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Whether a person is in a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Membership {
    /// The person is.
    Yes,
    /// The person is not.
    No,
    /// It could not be determined.
    Undetermined,
}

/// Why someone counts as seriously wounded or ill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum MedicalGround {
    /// A Mixed Medical Commission decided it.
    Commission,
    /// The condition is manifest, by a medical opinion (D19).
    Manifest,
}

/// Whether a person is in a category, for the category's reference date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Evaluation {
    /// The category.
    pub category: CategoryId,
    /// The day for which it was evaluated.
    pub at: When,
    /// What was found.
    pub found: Membership,
    /// The last day on which it will be so, if that is known: the day before a birthday.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub until: Option<When>,
    /// The medical ground, of the wounded and sick.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub medical: Option<MedicalGround>,
}

/// What a Mixed Medical Commission decides, by majority (D18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum CommissionOutcome {
    /// To be repatriated.
    Repatriate,
    /// To be accommodated in a neutral country.
    Neutral,
    /// Neither.
    Reject,
    /// To be examined again.
    Reexamine,
}

/// A decision of a Mixed Medical Commission (D18). The law's periods are not computed: what is due, and when, is what was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct CommissionDecision {
    /// What it decided.
    pub outcome: CommissionOutcome,
    /// When the holder was notified.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub notified: Option<When>,
    /// By when it is to be carried out.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub due_by: Option<When>,
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct CategoryRow {
    pub(crate) id: CategoryId,
    pub(crate) kind: CategoryKind,
    /// The day for which it is asked, where the definition alone tells it.
    pub(crate) fixed: Option<When>,
    pub(crate) reference: ReferenceDate,
}
