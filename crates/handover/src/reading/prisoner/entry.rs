use alloc::vec::Vec;

use crate::id::{CategoryId, EntryId, ListId, NominationId, OrganId, PartyId, PersonRef, RemainsId};
use crate::obligation::Duty;
use crate::prisoner::{CustodyDays, HoldGround, Manner, Membership, Will};
use crate::when::When;

/// How an entry of a list stands (B7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EntryStatus {
    /// Nominated, and the holder has not answered.
    Nominated,
    /// The holder says it holds the person.
    HeldConfirmed,
    /// The holder says it does not.
    DeniedHolding,
    /// The holder says the person is dead.
    SaidDead,
    /// The holder says the person was exchanged before.
    AlreadyExchanged,
    /// The holder says the person is of another class.
    Recategorise,
    /// In no category that was evaluated.
    NotEligible,
    /// In a category.
    Eligible,
    /// Held back by a court, without the holder's consent to leave.
    HeldBack,
    /// Not fit to travel: deferred, and never dropped.
    Deferred,
    /// The person declines.
    Declined,
    /// Nothing stands in the way but that the list is not frozen.
    Cleared,
    /// On the frozen list.
    Agreed,
    /// Offered beside the list.
    Offered,
    /// Accepted beside the list.
    AcceptedUnlisted,
    /// Assembled.
    Assembled,
    /// On the way.
    InTransit,
    /// At the venue.
    AtVenue,
    /// The receiver verified who it is.
    Verified,
    /// Handed over.
    HandedOver(Manner),
    /// Received and reconciled.
    Reconciled,
    /// The holder refuses.
    RefusedByHolder,
    /// The receiver refuses.
    RefusedByReceiver,
    /// Taken back.
    Withdrawn,
    /// Dead: a case of remains.
    Died,
    /// Escaped.
    Escaped,
    /// Released otherwise.
    Released,
    /// In a neutral country.
    Accommodated,
    /// Declined, and with a neutral custodian.
    NeutralCustody,
}

/// What stands in the way of handing someone over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Obstacle {
    /// The entry is at an end.
    Ended(EntryStatus),
    /// The holder has not said that it holds the person, or denies it.
    NotConfirmed,
    /// No category is evaluated.
    NotEvaluated,
    /// The person is in none that was evaluated.
    NotInCategory,
    /// Held back by a court, without the holder's consent.
    JudicialHold {
        /// The entry that says so.
        by: EntryId,
    },
    /// The person's will is not recorded.
    NoWill,
    /// The person declines, or took the will back.
    Declines,
    /// Nobody verified the will of someone wounded or sick.
    WillNotVerified,
    /// The will was stated under pressure.
    UnderPressure,
    /// Whether the person can travel is not told.
    FitnessUnknown,
    /// The person cannot travel.
    Unfit,
    /// The list is not frozen with this entry.
    NotFrozen,
    /// The receiver has not accepted one who is not on the list.
    NotAccepted,
}

impl Obstacle {
    /// The number of the invariant by which it stands in the way; `None` where the machine B7 says so and no invariant.
    ///
    /// ```
    /// use handover::reading::Obstacle;
    ///
    /// assert_eq!((Obstacle::Declines.invariant(), Obstacle::Unfit.invariant()), (Some(43), Some(45)));
    /// assert_eq!(Obstacle::NotConfirmed.invariant(), None);
    /// ```
    pub const fn invariant(&self) -> Option<u8> {
        Some(match self {
            Self::Ended(_) | Self::NotConfirmed => return None,
            Self::NoWill | Self::Declines | Self::WillNotVerified | Self::UnderPressure => 43,
            Self::NotEvaluated | Self::NotInCategory => 44,
            Self::FitnessUnknown | Self::Unfit => 45,
            Self::JudicialHold { .. } => 46,
            Self::NotFrozen | Self::NotAccepted => 48,
        })
    }
}

/// Whether a person is in a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryStanding {
    /// The category.
    pub category: CategoryId,
    /// What was found.
    pub found: Membership,
    /// For which day.
    pub at: When,
    /// The last day on which it will be so.
    pub until: Option<When>,
    /// Whether that day can be the category's reference date; `None` as long as it is not known.
    pub at_reference: Option<bool>,
}

/// A judicial hold that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldStanding {
    /// The entry that says so.
    pub by: EntryId,
    /// On what ground.
    pub ground: HoldGround,
    /// The entry by which the holder consents that the person leaves.
    pub consent: Option<EntryId>,
    /// The entry by which the name was communicated. Without one it is still to be (invariant 46).
    pub communicated: Option<EntryId>,
}

/// A death on a list, and what it leaves to be done (edge case 46).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeathView {
    /// The entry that tells it.
    pub by: EntryId,
    /// The duties that it leaves, each with the entry that tells it was performed.
    pub duties: Vec<(Duty, Option<EntryId>)>,
    /// The units of remains that are decided to be this person's: the bridge is the reference.
    pub units: Vec<RemainsId>,
}

/// One who declined is with a neutral custodian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustodyView {
    /// With whom.
    pub with: OrganId,
    /// Since when.
    pub since: When,
    /// How long it lasts, if the list says what the agreement says.
    pub days: Option<CustodyDays>,
}

/// An entry of a list, by this reading.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
pub struct NominationView<B = ()> {
    /// The entry.
    pub nomination: NominationId,
    /// The list.
    pub list: ListId,
    /// The person.
    pub person: PersonRef,
    /// Whether the person was offered beside the list.
    pub substitute: bool,
    /// In whose place.
    pub instead_of: Option<NominationId>,
    /// Whether the frozen version has it.
    pub frozen: bool,
    /// How it stands; `None` where those who must all accept it differ.
    pub status: Option<EntryStatus>,
    /// How it stands by the holder's and by the home party's word, beside each other.
    pub by_party: [(PartyId, EntryStatus); 2],
    /// Whether something may have happened by then that would change it.
    pub may_differ: bool,
    /// Whether it is told to be at an end in more than one way.
    pub contested: bool,
    /// The categories that were evaluated.
    pub categories: Vec<CategoryStanding>,
    /// The person's will.
    pub will: Option<Will>,
    /// A judicial hold.
    pub hold: Option<HoldStanding>,
    /// All that stands in the way of handing the person over now; empty if the person may be.
    pub obstacles: Vec<Obstacle>,
    /// Whether the person may not be employed on active military service (advisory; invariant 50).
    pub service_restricted: bool,
    /// Whether the person was handed over without the will that the law asks for, or though not fit to travel.
    pub irregular: bool,
    /// The other open entries of the same person at the same holder, under whatever reference.
    pub duplicates: Vec<NominationId>,
    /// The death.
    pub death: Option<DeathView>,
    /// Neutral custody.
    pub custody: Option<CustodyView>,
    /// The entry that tells that the person was found alive.
    pub found_alive: Option<EntryId>,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B> NominationView<B> {
    /// Whether the person may be handed over now.
    pub fn may_go(&self) -> bool {
        self.obstacles.is_empty()
    }

    /// Whether the person was handed over.
    pub fn is_handed_over(&self) -> bool {
        matches!(self.status, Some(EntryStatus::HandedOver(_) | EntryStatus::Reconciled))
    }

    /// Whether it is at another end than having been handed over.
    pub fn is_ended_otherwise(&self) -> bool {
        self.status.is_some_and(|status| status > EntryStatus::Reconciled)
    }
}
