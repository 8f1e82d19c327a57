//! What each party says has become of a person (B6).

use crate::id::{OrganId, PartyId};
use crate::when::When;

/// Someone confirmed that a person is a prisoner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Confirmation {
    /// Who holds the person.
    pub held_by: PartyId,
    /// Who confirmed it.
    pub confirmed_by: OrganId,
}

/// The status of a person, as the organ whose word it is states it. Each party has its own, and they are never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum PersonStatus {
    /// Serving.
    Serving,
    /// Missing.
    Missing,
    /// Presumed captured.
    PresumedCaptured,
    /// Confirmed as a prisoner.
    ConfirmedPrisoner(Confirmation),
    /// Said by this organ to be dead.
    DeceasedClaimed(OrganId),
    /// Declared dead in law. Being found alive later is possible all the same.
    DeceasedDeclared,
    /// Remains taken to be the person's were received.
    RemainsReceived,
    /// The person's remains were identified.
    Identified,
    /// Released.
    Released,
    /// Repatriated.
    Repatriated,
    /// At large elsewhere.
    AtLargeElsewhere,
    /// Found alive.
    FoundAlive,
}

impl PersonStatus {
    /// Whether it says that the person is dead.
    pub const fn is_of_the_dead(self) -> bool {
        matches!(
            self,
            Self::DeceasedClaimed(_) | Self::DeceasedDeclared | Self::RemainsReceived | Self::Identified
        )
    }

    /// Whether it says that the person certainly lives.
    pub const fn is_of_the_living(self) -> bool {
        matches!(
            self,
            Self::Serving
                | Self::ConfirmedPrisoner(_)
                | Self::Released
                | Self::Repatriated
                | Self::AtLargeElsewhere
                | Self::FoundAlive
        )
    }
}

/// The status of a person as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct StatusAsOf {
    /// The status.
    pub status: PersonStatus,
    /// As of when.
    pub as_of: When,
}
