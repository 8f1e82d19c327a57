//! Why an entry about prisoners may not stand.

use crate::id::{
    CategoryId, EntryId, LegId, ListId, NominationId, ObligationId, OrganId, PartyId, PersonRef,
};
use crate::obligation::Duty;
use crate::refusal::Rule;
use crate::when::When;

/// What is impossible of prisoners' lists (B7; invariants 43 to 51), in the order in which the rules are applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrisonerRefusal {
    /// A category is asked for a day.
    NoReferenceDate(CategoryId),
    /// A list leads from one party to another.
    OneParty(PartyId),
    /// What is done is done with a version that was submitted.
    NoSuchVersion {
        /// The list.
        list: ListId,
        /// The version.
        version: u16,
    },
    /// A step is told by the organ whose part it is.
    NotItsPart {
        /// The organ.
        organ: OrganId,
        /// What was expected.
        expected: &'static str,
    },
    /// What was carried out changes no more.
    Executed {
        /// The list.
        list: ListId,
        /// The entry that says it.
        by: EntryId,
    },
    /// Versions increase by one.
    NotTheNextVersion {
        /// What was expected.
        expected: u16,
        /// What was found.
        found: u16,
    },
    /// Each entry is on a version once.
    ListedTwice(NominationId),
    /// A frozen list changes only by a later version.
    FrozenAlready {
        /// The list.
        list: ListId,
        /// The version.
        version: u16,
    },
    /// Nobody answers their own version.
    OwnVersion {
        /// The list.
        list: ListId,
        /// The version.
        version: u16,
    },
    /// A version is accepted once by each side.
    AcceptedAlready {
        /// The list.
        list: ListId,
        /// The entry that says it.
        by: EntryId,
    },
    /// Only what both accepted is frozen.
    NotAccepted {
        /// The list.
        list: ListId,
        /// The version.
        version: u16,
        /// The party.
        party: PartyId,
    },
    /// A person is on one frozen list at most, and once.
    OnTwoFrozenLists {
        /// The entry of the list.
        nomination: NominationId,
        /// The other entry of a list.
        other: NominationId,
    },
    /// Only what is frozen is carried out.
    NotFrozen {
        /// The list.
        list: ListId,
        /// The version.
        version: u16,
    },
    /// Only what was carried out is reconciled.
    NotExecuted(ListId),
    /// Someone is offered beside a list that is frozen.
    NothingFrozen(ListId),
    /// A version has the entries of its own list.
    NotOfThisList {
        /// The entry of the list.
        nomination: NominationId,
        /// The list.
        list: ListId,
    },
    /// Whoever cannot travel stays on the list.
    DeferredDropped(NominationId),
    /// A disciplinary punishment holds nobody back.
    Disciplinary(NominationId),
    /// What a neutral does is done by a neutral.
    NotNeutral(OrganId),
    /// A death leaves the duties D12 and D13.
    NoDutyOfDeath(Duty),
    /// A step presupposes another.
    Missing {
        /// The entry of the list.
        nomination: NominationId,
        /// What was expected.
        expected: &'static str,
    },
    /// A category is evaluated for its reference date.
    NotAtReferenceDate {
        /// The category.
        category: CategoryId,
        /// What was expected.
        expected: When,
        /// What was found.
        found: When,
    },
    /// Who is wounded or sick is so by a commission or manifestly.
    NoMedicalGround(NominationId),
    /// Only who is offered beside the list is accepted so.
    NoSubstitute(NominationId),
    /// Nobody passes as someone else.
    PassedOff {
        /// The entry of the list.
        nomination: NominationId,
        /// What was expected.
        expected: PersonRef,
        /// What was found.
        found: PersonRef,
    },
    /// Who is offered beside the list is handed over when the receiver accepts.
    SubstituteNotAccepted(NominationId),
    /// Who is handed over is on the frozen list.
    NotAgreed {
        /// The entry of the list.
        nomination: NominationId,
        /// The list.
        list: ListId,
    },
    /// Nobody goes on after what the same side told to be the end.
    Ended {
        /// The entry of the list.
        nomination: NominationId,
        /// The entry that says it.
        by: EntryId,
    },
    /// Persons of a list pass from its holder to its home party.
    AnotherLeg {
        /// The leg.
        leg: LegId,
        /// The list.
        list: ListId,
    },
    /// What one side gives without return performs no term of an agreement.
    Netted {
        /// The leg.
        leg: LegId,
        /// The obligation.
        obligation: ObligationId,
    },
    /// No wounded or sick person is moved without a will.
    NoWill(NominationId),
    /// No wounded or sick person is moved against their will.
    Declined {
        /// The entry of the list.
        nomination: NominationId,
        /// The entry that says it.
        by: EntryId,
    },
    /// A will that nobody verified, or that was forced, is not enough.
    NotFree {
        /// The entry of the list.
        nomination: NominationId,
        /// The entry that says it.
        by: EntryId,
    },
    /// Only what was told of an entry of a list is retracted so.
    NoStep(EntryId),
    /// Two references are two.
    OnePerson(PersonRef),
    /// An organ retracts its own word.
    NotItsWord {
        /// The entry.
        entry: EntryId,
        /// The organ.
        organ: OrganId,
    },
    /// It is retracted once.
    RetractedAlready {
        /// The entry.
        entry: EntryId,
        /// The entry that says it.
        by: EntryId,
    },
    /// A person is on one open entry of a holder at most.
    OpenElsewhere {
        /// The person.
        person: PersonRef,
        /// The entry of the list.
        nomination: NominationId,
    },
    /// Who was handed over is not nominated again without a new capture.
    ExchangedAlready {
        /// The person.
        person: PersonRef,
        /// The entry that says it.
        by: EntryId,
    },
    /// Nothing happens before what it presupposes.
    TooEarly {
        /// What was found.
        found: When,
        /// The entry that records what came before.
        after: EntryId,
    },
}

impl PrisonerRefusal {
    /// The rule that the entry offends.
    #[expect(clippy::too_many_lines, reason = "one arm a rule")]
    pub fn rule(&self) -> Rule {
        match self {
            Self::NotItsPart { .. } => {
                Rule::numbered(56, "each step of a list is told by the organ whose part it is")
            }
            Self::NoReferenceDate(_) | Self::NotAtReferenceDate { .. } => {
                Rule::numbered(44, "a category is evaluated at the reference date of its term")
            }
            Self::OneParty(_) => Rule::unnumbered("a list leads from one party to another"),
            Self::AnotherLeg { .. } => Rule::numbered(
                49,
                "the persons of a list are handed over in a leg of persons from its holder to its home party",
            ),
            Self::Netted { .. } => {
                Rule::numbered(51, "unilateral repatriation is not netted against exchange parity")
            }
            Self::Executed { .. } => {
                Rule::numbered(48, "a list that was carried out changes no more, and is reconciled once")
            }
            Self::NoSuchVersion { .. } => Rule::numbered(
                48,
                "only a version that was submitted is verified, answered, accepted or frozen",
            ),
            Self::NotTheNextVersion { .. } => {
                Rule::numbered(48, "a list changes only by a new version, and versions increase by one")
            }
            Self::ListedTwice(_) => Rule::numbered(47, "each entry is on a version once"),
            Self::NotOfThisList { .. } => Rule::numbered(48, "a version has the entries of its own list"),
            Self::DeferredDropped(_) => {
                Rule::numbered(45, "whoever is not fit to travel is deferred and never dropped")
            }
            Self::FrozenAlready { .. } => {
                Rule::numbered(48, "a frozen list changes only by a new version that both sides accept")
            }
            Self::OwnVersion { .. } => {
                Rule::numbered(48, "a version is verified and answered by the other side")
            }
            Self::AcceptedAlready { .. } => Rule::numbered(
                48,
                "a version is accepted once by each side, and by its own side when it is submitted",
            ),
            Self::NotAccepted { .. } => {
                Rule::numbered(48, "only a version that both sides accepted is frozen")
            }
            Self::NotFrozen { .. } => Rule::numbered(48, "only the frozen version is carried out"),
            Self::NotExecuted(_) => Rule::numbered(48, "only a list that was carried out is reconciled"),
            Self::OnTwoFrozenLists { .. } => Rule::numbered(47, "a person is on at most one frozen list"),
            Self::NothingFrozen(_) => Rule::numbered(48, "a substitution is offered beside a frozen list"),
            Self::OpenElsewhere { .. } => {
                Rule::numbered(47, "a person is in at most one open entry of a holder")
            }
            Self::ExchangedAlready { .. } => {
                Rule::numbered(47, "a person who was exchanged already is rejected, unless captured again")
            }
            Self::Disciplinary(_) => {
                Rule::numbered(46, "a disciplinary punishment is never a ground to hold someone back")
            }
            Self::NotNeutral(_) => {
                Rule::numbered(43, "only a neutral organ verifies a will or takes one who declines")
            }
            Self::Missing { .. } => Rule::numbered(48, "the steps of an entry come in their order"),
            Self::NoDutyOfDeath(_) => {
                Rule::unnumbered("the death of a prisoner leaves the duties D12 and D13")
            }
            Self::NoSubstitute(_) => {
                Rule::numbered(48, "only one who was offered beside the list is accepted unlisted")
            }
            Self::NoMedicalGround(_) => Rule::numbered(
                43,
                "a wounded or sick prisoner is so by a Mixed Medical Commission or manifestly",
            ),
            Self::PassedOff { .. } => Rule::numbered(
                48,
                "a substitution is an event of its own and passes nobody off as a listed person",
            ),
            Self::SubstituteNotAccepted(_) => Rule::numbered(
                48,
                "whoever is not on the list is handed over only when the receiver accepts it",
            ),
            Self::NotAgreed { .. } => {
                Rule::numbered(48, "whoever is assembled, verified or handed over is on the frozen list")
            }
            Self::Ended { .. } => {
                Rule::numbered(47, "an entry that is at an end by a side's word does not go on by it")
            }
            Self::NoWill(_) => Rule::numbered(
                43,
                "no wounded or sick prisoner is transferred during hostilities without a recorded will",
            ),
            Self::Declined { .. } => Rule::numbered(
                43,
                "no wounded or sick prisoner is transferred during hostilities against their will",
            ),
            Self::NotFree { .. } => {
                Rule::numbered(43, "the will of the wounded and sick is verified and uncoerced")
            }
            Self::OnePerson(_) => Rule::unnumbered("two different references are said to be one person"),
            Self::NoStep(_) => {
                Rule::unnumbered("only a step, or that two references are one person, is retracted")
            }
            Self::NotItsWord { .. } => {
                Rule::numbered(52, "what was told is retracted by the organ that told it")
            }
            Self::RetractedAlready { .. } => Rule::numbered(52, "an entry is retracted once"),
            Self::TooEarly { .. } => Rule::numbered(19, "nothing happens before what it presupposes"),
        }
    }
}
