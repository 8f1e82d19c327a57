use alloc::vec::Vec;

use super::Scope;
use super::course::{AmendmentAsserted, CostDispute, Suspension, SuspensionEnd, Termination};
use crate::agreement::DeadlineFrom;
use crate::id::{PartyId, RecordRef};
use crate::obligation::TermAssertion;
use crate::quantity::{Count, Number};
use crate::reciprocity::Reciprocity;
use crate::slot::Quota;
use crate::text::Text;
use crate::when::When;

/// What a claim says. Its variant is its scope.
///
/// ```
/// # use handover::{claim::*, entry::*, id::EntryId, ledger::Ledger, obligation::*, party::*, quantity::*, slot::*};
/// # use handover::{reading::{According, Label, Told}, refusal::Refusal, when::Moment};
/// # fn the<T: core::str::FromStr<Err: core::fmt::Debug>>(text: &str) -> T { text.parse().unwrap() }
/// # let mut ledger = Ledger::new();
/// # let post = |ledger: &mut Ledger, by: &str, what: What| -> Result<EntryId, Refusal> {
/// #     let id = the(&format!("e-{}", ledger.len()));
/// #     ledger.post(&Entry { id, by: the(by), said: the("2025-06-11"), source: None, what }).map(|_| id)
/// # };
/// # for side in ["north", "south", "outlet"] {
/// #     let party = PartyEntry::Introduced(Party { id: the(side), name: the(side) });
/// #     let allegiance = if side == "outlet" { Allegiance::Press } else { Allegiance::Party(the(side)) };
/// #     let organ = PartyEntry::Organ(Organ { id: the(side), name: the(side), allegiance });
/// #     let speaker = PartyEntry::Speaker(Speaker { id: the(side), name: the(side), organ: the(side) });
/// #     for entry in [party, organ, speaker] {
/// #         post(&mut ledger, "keeper", What::Party(entry))?;
/// #     }
/// # }
/// # let (of, unit) = (Class { matter: Matter::Remains, category: None }, Unit::SetOfRemains);
/// # let held = Handover { id: the("june-11"), under: None, on: the("2025-06-11"), instead_of: None, note: None };
/// # let (handover, from, to) = (held.id, the("north"), the("south"));
/// # post(&mut ledger, "keeper", What::Handover(HandoverEntry::Introduced(held)))?;
/// # let leg = Leg { id: the("to-south"), handover, from, to, of, unit, towards: None };
/// # post(&mut ledger, "keeper", What::Handover(HandoverEntry::Leg(leg)))?;
/// let about = Subject::Leg("to-south".parse()?);
/// let count = |n: u32| Statement::Count(Count { quantity: n.into(), unit: Unit::SetOfRemains, qualifier: None });
/// let mut say = |by, entry| post(&mut ledger, by, What::Claim(entry));
///
/// let said = say("north", ClaimEntry::Made(Claim::new(about, count(1_221))))?;
/// let corrected = say("north", ClaimEntry::Corrected(Correction { claim: said, says: count(1_212), note: None }))?;
/// let quoted = Repetition { claim: corrected, quotation: None, note: None };
/// say("outlet", ClaimEntry::Repeated(quoted))?; // adds no support (invariant 53)
/// let withdrawal = ClaimEntry::Withdrawn(Withdrawal { claim: corrected, note: None });
/// assert!(say("south", withdrawal.clone()).is_err()); // only its own speaker takes a word back (invariant 52)
/// let told = |ledger: &Ledger| -> Result<Told<Span>, Box<dyn core::error::Error>> {
///     let reading = ledger.reading(According::To("north".parse()?), Moment::END_OF_TIME)?;
///     Ok(reading.told_count(about, Unit::SetOfRemains)?.0)
/// };
/// assert_eq!(told(&ledger)?.set, Span::exactly(1_212));
/// post(&mut ledger, "north", What::Claim(withdrawal))?;
/// assert_eq!(told(&ledger)?.label, Label::Silent); // withdrawing a correction revives nothing
/// assert!(!ledger.reading(According::Anyone, Moment::END_OF_TIME)?.repetitions()[0].is_live);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Statement {
    /// It happened; of a slot, it was agreed; of an agreement, it was concluded.
    Occurred,
    /// It did not happen.
    DidNotOccur,
    /// So many. A stated zero denies that anyone was handed over.
    Count(Count),
    /// So many are credited to the obligation.
    Credited(Count),
    /// So many are denied credit, for a reason.
    CreditDenied(CreditDenied),
    /// So many are owed.
    Terms(TermAssertion),
    /// It is owed in return for something, or for nothing.
    Reciprocity(Reciprocity),
    /// So many a day.
    Quota(Quota),
    /// By then.
    Deadline(When),
    /// They are one of these.
    Whose(#[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))] Vec<Affiliation>),
    /// It was, or is to be, then.
    When(When),
    /// It was, or is to be, there.
    Where(Place),
    /// It was done by these means.
    Means(Text),
    /// A party is at fault. An allegation, and never anything else (invariant 57).
    Fault(Fault),
    /// A party is ready, or is not.
    Readiness(Readiness),
    /// So many are expected. No obligation and no fact.
    Expected(Count),
    /// It was put off.
    Postponed(Postponement),
    /// It is complete; of an obligation without a number, it is exhausted.
    Completed,
    /// Performance is suspended.
    Suspended(Suspension),
    /// Performance is resumed.
    Resumed(SuspensionEnd),
    /// By so long after something else.
    DeadlineFrom(DeadlineFrom),
    /// It was amended: what one side says of it. No credit and no duty changes by it.
    Amended(AmendmentAsserted),
    /// It need not come: of a condition of an agreement.
    Waived,
    /// It is terminated.
    Terminated(Termination),
    /// It is in use again.
    Revived,
    /// Who bears the costs. It stands in the way of no handover (invariant 9).
    Costs(CostDispute),
    /// The course outside this record to whose pace the obligation is bound has come so far.
    Advanced(Advance),
    /// So many cannot be handed over.
    Unable(Inability),
}

impl Statement {
    /// The scope in which it speaks.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Occurred | Self::DidNotOccur => Scope::Occurrence,
            Self::Count(_) => Scope::Count,
            Self::Credited(_) => Scope::Credit,
            Self::CreditDenied(_) => Scope::CreditDenial,
            Self::Terms(_) => Scope::Terms,
            Self::Reciprocity(_) => Scope::Reciprocity,
            Self::Quota(_) => Scope::Quota,
            Self::Deadline(_) | Self::DeadlineFrom(_) => Scope::Deadline,
            Self::Whose(_) => Scope::Whose,
            Self::When(_) => Scope::When,
            Self::Where(_) => Scope::Where,
            Self::Means(_) => Scope::Means,
            Self::Fault(_) => Scope::Fault,
            Self::Readiness(_) => Scope::Readiness,
            Self::Expected(_) => Scope::Expectation,
            Self::Postponed(_) => Scope::Postponement,
            Self::Completed => Scope::Completion,
            Self::Suspended(_) | Self::Resumed(_) => Scope::Suspension,
            Self::Amended(_) => Scope::Amendment,
            Self::Waived => Scope::Waiver,
            Self::Terminated(_) => Scope::Termination,
            Self::Revived => Scope::Revival,
            Self::Costs(_) => Scope::Costs,
            Self::Advanced(_) => Scope::Pace,
            Self::Unable(_) => Scope::Inability,
        }
    }

    /// The count that it states, in the scopes that count.
    pub fn count(&self) -> Option<&Count> {
        match self {
            Self::Count(count) | Self::Credited(count) | Self::Expected(count) => Some(count),
            Self::CreditDenied(denied) => Some(&denied.count),
            Self::Unable(inability) => Some(&inability.count),
            Self::Readiness(readiness) => readiness.count.as_ref(),
            _ => None,
        }
    }
}

/// Whose remains are (B5, axis 4): a determination is independent of what the sender says and of who is identified
/// (invariant 40).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Affiliation {
    /// Of the forces of this party.
    ForcesOf(PartyId),
    /// Civilians of this party.
    CiviliansOf(PartyId),
    /// Of an ally or a third state that is not itself a party on the record. One that is recorded is named, by
    /// [`ForcesOf`](Self::ForcesOf) or [`CiviliansOf`](Self::CiviliansOf).
    ThirdState,
    /// From another time, unrelated to this conflict.
    Historic,
    /// Not human.
    NotHuman,
}

impl Affiliation {
    /// The recorded party whose they are, if it is one's.
    pub fn party(self) -> Option<PartyId> {
        match self {
            Self::ForcesOf(party) | Self::CiviliansOf(party) => Some(party),
            Self::ThirdState | Self::Historic | Self::NotHuman => None,
        }
    }

    /// The country that is to be told, if there is one.
    pub(crate) fn home(self) -> Home {
        match self {
            Self::ForcesOf(party) | Self::CiviliansOf(party) => Home::Party(party),
            Self::ThirdState => Home::NotOnRecord,
            Self::Historic | Self::NotHuman => Home::None,
        }
    }
}

/// The country that is to be told of remains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// A party on the record.
    Party(PartyId),
    /// One that is not on the record.
    NotOnRecord,
    /// There is none.
    None,
}

/// Why credit is denied (`docs/rules.md` a3). What is denied credit keeps its custody record and its dignity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum CreditDenial {
    /// Not of the class that was promised.
    WrongClass,
    /// Further remains of someone credited before.
    AlreadyCredited,
    /// Not human.
    NotHuman,
    /// Of the debtor's own side.
    OtherSide,
    /// Not determined.
    Undetermined,
}

/// So many are denied credit (B2). The record of their custody is as before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct CreditDenied {
    /// How many.
    pub count: Count,
    /// Why.
    pub reason: CreditDenial,
}

/// A place, by reference and never by coordinates (`docs/rules.md` d3, invariant 58).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Place {
    /// The place is kept back.
    Undisclosed,
    /// The speaker says that the place is not known.
    Unknown,
    /// The place as it was called.
    Called(Text),
}

/// An allegation: a party did this. It is never an attribute of what was handed over (invariant 57).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Fault {
    /// The party that is accused.
    pub of: PartyId,
    /// Of what, in the speaker's or the reporter's words.
    pub act: Text,
    /// Whether the speaker says that it was done on purpose.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
    pub intended: bool,
}

/// A party is ready, or is not: said before a handover (`docs/rules.md` B3, and edge case 4: who postponed?). It is no
/// tender.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Readiness {
    /// The party.
    pub of: PartyId,
    /// Whether it is ready.
    pub ready: bool,
    /// For how many.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub count: Option<Count>,
}

/// How a slot was put off (B3). Who caused it may be disputed: each speaker's account is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum PostponementKind {
    /// By both.
    Mutual,
    /// At the request of this party.
    RequestedBy(PartyId),
    /// By this party alone, without notice to the other.
    WithoutNoticeBy(PartyId),
    /// By this party, without a new date.
    SineDieBy(PartyId),
}

/// A slot was put off (B3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Postponement {
    /// By whom, and how.
    pub kind: PostponementKind,
    /// To when.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub to: Option<When>,
}

/// How far a course outside this record has come, to whose pace an obligation is bound: a withdrawal (`docs/rules.md` edge
/// case 11). Of what one organ says, the latest by its date counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Advance {
    /// So much is done …
    pub done: Number,
    /// … of so much.
    pub of: Number,
    /// Whether it has paused: then the clock of what is bound to it stands still, and the duty does not.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
    pub paused: bool,
    /// As of when.
    pub on: When,
}

/// The debtor cannot hand over so many (B2): the speaker says so, of the debtor or as the debtor. It gives up nothing: what is
/// owed stays owed, and to search and to inform is owed besides (edge case 8).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Inability {
    /// How many.
    pub count: Count,
    /// Why.
    pub reason: Text,
    /// Where the evidence is kept.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
}
