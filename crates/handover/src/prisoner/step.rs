//! What happens to one entry of a list: from the holder's answer to the handing over, or to another end.

use super::category::{CommissionDecision, Evaluation};
use crate::id::{LegId, NominationId, OrganId, PersonRef, RecordRef};
use crate::obligation::Duty;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// The holder's answer whether it holds the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Holding {
    /// It does.
    Held,
    /// It does not.
    NotHeld,
    /// It says that the person is dead.
    Dead,
    /// It says that the person was exchanged before.
    AlreadyExchanged,
    /// It holds the person as a civilian: the entry is of another class.
    Civilian,
}

impl Holding {
    /// Whether the holder says that there is nobody whom it could hand over.
    pub(crate) const fn denies(self) -> bool {
        matches!(self, Self::NotHeld | Self::Dead | Self::AlreadyExchanged)
    }
}

/// Whether a person can travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Fitness {
    /// The person can.
    Fit,
    /// The person cannot: the transfer is deferred, and the person stays on the list (invariant 45).
    Unfit,
}

/// Why a person is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum HoldGround {
    /// Criminal proceedings.
    Prosecution,
    /// A sentence.
    Conviction,
    /// A disciplinary punishment, which is no ground (invariant 46; GC III 115).
    Disciplinary,
}

/// What a person wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum PersonalWish {
    /// To go.
    Goes,
    /// Not to go.
    Declines,
    /// The person takes back what was said, and says nothing in its place.
    TakenBack,
}

/// What is known of the freedom in which a will was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Voluntary {
    /// A neutral organ verified it.
    VerifiedBy(OrganId),
    /// Nobody verified it.
    Unverified,
    /// It was stated under pressure.
    UnderPressure,
}

/// The person's own will, of which the latest by time counts, until the last moment (invariant 43).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Will {
    /// What the person wishes.
    pub wish: PersonalWish,
    /// In what freedom.
    pub voluntary: Voluntary,
}

/// How far a person has come towards the transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Whereabouts {
    /// Assembled with the others.
    Assembled,
    /// On the way.
    InTransit,
    /// At the venue.
    AtVenue,
}

/// As what a person is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Manner {
    /// In an exchange.
    Exchanged,
    /// Repatriated under GC III 109 to 117.
    Repatriated,
    /// Repatriated by one side without return, never netted against parity (invariant 51).
    Unilateral,
    /// Without the will that the law asks for. It happened, and it is marked.
    Unwilling,
}

impl Manner {
    /// Whether the person may not be employed on active military service afterwards (GC III 117; invariant 50).
    pub const fn restricts_service(self) -> bool {
        matches!(self, Self::Repatriated | Self::Unilateral)
    }
}

/// A person is handed over, as one side tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct HandingOver {
    /// The leg.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub leg: Option<LegId>,
    /// As what.
    pub manner: Manner,
}

/// Whether a death asks for an official inquiry (D13). What caused it is kept elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Inquiry {
    /// Somebody caused it or may have, or its cause is unknown.
    Due,
    /// Neither.
    NotDue,
}

/// A duty that a death leaves was performed (D12, D13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct DeathDuty {
    /// The duty.
    pub duty: Duty,
    /// Who received what it asks for.
    pub to: OrganId,
}

/// One thing that happens to an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Step {
    /// The holder answers whether it holds the person.
    Holding(Holding),
    /// Membership of a category was evaluated.
    Evaluated(Evaluation),
    /// A Mixed Medical Commission decided.
    Commission(CommissionDecision),
    /// Whether the person can travel.
    Fitness(Fitness),
    /// The person is held back by a court.
    JudicialHold(HoldGround),
    /// The name of a person held back was communicated to this organ.
    NameCommunicated(OrganId),
    /// The hold was lifted.
    HoldLifted,
    /// The holder consents that the person leaves all the same.
    ConsentToLeave,
    /// The person's own will.
    Will(Will),
    /// One side refuses: the holder to hand over, or the receiver to take. The person's refusal is a will.
    Refused(Text),
    /// The entry is taken back: by the holder or the home party before the list is frozen, by the holder alone after (B7).
    Withdrawn(Text),
    /// How far the person has come.
    Moved(Whereabouts),
    /// The receiver verified that the one presented is this person.
    Verified(PersonRef),
    /// The person was handed over.
    HandedOver(HandingOver),
    /// Received, examined, heard, and in possession of effects and accounts.
    Reconciled,
    /// The receiver takes one who is not on the list.
    AcceptedUnlisted,
    /// The person died: what follows is a case of remains of the same person.
    Died(Inquiry),
    /// A duty that the death leaves was performed.
    DeathDuty(DeathDuty),
    /// The person escaped.
    Escaped,
    /// The person was released otherwise.
    Released,
    /// The person is accommodated in a neutral country.
    Accommodated(OrganId),
    /// The person declined and is with a neutral custodian.
    NeutralCustody(OrganId),
}

/// Something happens to an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct NominationStep {
    /// The entry.
    pub nomination: NominationId,
    /// When.
    pub on: When,
    /// What.
    pub step: Step,
    /// The record of it in a protected store.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

impl Step {
    /// Its place among steps of one day: what presupposes another comes after it.
    pub(crate) const fn rank(&self) -> u8 {
        match self {
            Self::Holding(_) => 0,
            Self::Evaluated(_) | Self::Commission(_) | Self::Fitness(_) | Self::JudicialHold(_) => 1,
            Self::NameCommunicated(_) | Self::HoldLifted | Self::ConsentToLeave => 2,
            Self::Will(_) => 3,
            Self::AcceptedUnlisted => 4,
            Self::Moved(Whereabouts::Assembled) => 5,
            Self::Moved(Whereabouts::InTransit) => 6,
            Self::Moved(Whereabouts::AtVenue) => 7,
            Self::Verified(_) => 8,
            Self::Refused(_) | Self::Withdrawn(_) => 9,
            Self::NeutralCustody(_) => 10,
            Self::Died(_) | Self::Escaped | Self::Released | Self::Accommodated(_) => 11,
            Self::HandedOver(_) => 12,
            Self::DeathDuty(_) | Self::Reconciled => 13,
        }
    }

    /// Whether the entry is at an end with it.
    pub(crate) const fn ends(&self) -> bool {
        matches!(
            self,
            Self::Refused(_)
                | Self::Withdrawn(_)
                | Self::HandedOver(_)
                | Self::Died(_)
                | Self::Escaped
                | Self::Released
                | Self::Accommodated(_)
        )
    }
}
