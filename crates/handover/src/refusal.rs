//! Why an entry may not stand.
//!
//! A refusal is a value: nested by concept as [`Entry`](crate::entry::Entry) is, with the rule it rests on.
//! **Only what cannot be is refused.** What merely contradicts what is already recorded is admitted, and the
//! readings mark it. A refused entry has changed nothing.
//!
//! An entry that offends more than one rule is refused for the first in the order in which they are declared:
//! [`EntryRefusal`] first, then its concept's, from the top down, then another concept's. Two questions are asked in
//! another order, each where it arises: whether something lies before what it presupposes, and, of what an entry names
//! several of, whether each of them may be named.

use core::fmt;

use uuid::Uuid;

use crate::affiliation::AffiliationRefusal;
use crate::agreement::AgreementRefusal;
use crate::batch::BatchRefusal;
use crate::claim::ClaimRefusal;
use crate::closure::ClosureRefusal;
use crate::container::ContainerRefusal;
use crate::custody::CustodyRefusal;
use crate::disclosure::DisclosureRefusal;
use crate::disposition::DispositionRefusal;
use crate::id::{EntryId, Key};
use crate::identification::IdentificationRefusal;
use crate::notice::NoticeRefusal;
use crate::obligation::ObligationRefusal;
use crate::party::PartyRefusal;
use crate::person::PersonRefusal;
use crate::prisoner::PrisonerRefusal;
use crate::remains::RemainsRefusal;
use crate::slot::HandoverRefusal;

/// A rule of the field that a refusal or an invariant rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// The number of the invariant in the rule book, where it has one.
    pub invariant: Option<u8>,
    /// The rule in one sentence.
    pub says: &'static str,
}

impl Rule {
    pub(crate) const fn numbered(invariant: u8, says: &'static str) -> Self {
        Self { invariant: Some(invariant), says }
    }

    pub(crate) const fn unnumbered(says: &'static str) -> Self {
        Self { invariant: None, says }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.invariant {
            Some(number) => write!(f, "{} (invariant {number})", self.says),
            None => f.write_str(self.says),
        }
    }
}

/// Why an entry was refused.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// let mut ledger = two_words()?;
/// let entry = ledger.entry("c-south".parse()?).unwrap();
/// let other = Entry { said: "2025-06-17".parse()?, ..entry };
/// let refusal = ledger.post(&other).unwrap_err();
/// assert_eq!(refusal.rule().invariant, Some(52));
/// assert!(refusal.to_string().starts_with("expected a new identifier or the same entry again"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It is no entry of this ledger at all.
    Entry(EntryRefusal),
    /// It says something impossible of a party, an organ, a speaker or a source.
    Party(PartyRefusal),
    /// It says something impossible of an agreement.
    Agreement(AgreementRefusal),
    /// It says something impossible of an obligation.
    Obligation(ObligationRefusal),
    /// It says something impossible of a handover or a leg.
    Handover(HandoverRefusal),
    /// It says something impossible of a batch.
    Batch(BatchRefusal),
    /// It says something impossible of a container.
    Container(ContainerRefusal),
    /// It says something impossible of custody.
    Custody(CustodyRefusal),
    /// It says something impossible of remains.
    Remains(RemainsRefusal),
    /// It says something impossible of a person.
    Person(PersonRefusal),
    /// It is an impossible identification.
    Identification(IdentificationRefusal),
    /// It says something impossible of affiliation or credit.
    Affiliation(AffiliationRefusal),
    /// It is an impossible notice.
    Notice(NoticeRefusal),
    /// It says something impossible of disposition.
    Disposition(DispositionRefusal),
    /// It says something impossible of the end of a case.
    Closure(ClosureRefusal),
    /// It says something impossible of prisoners and their lists.
    Prisoner(PrisonerRefusal),
    /// It is an impossible decision on disclosure.
    Disclosure(DisclosureRefusal),
    /// It is an impossible claim.
    Claim(ClaimRefusal),
}

impl Refusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::Entry(refusal) => refusal.rule(),
            Self::Party(refusal) => refusal.rule(),
            Self::Agreement(refusal) => refusal.rule(),
            Self::Obligation(refusal) => refusal.rule(),
            Self::Handover(refusal) => refusal.rule(),
            Self::Batch(refusal) => refusal.rule(),
            Self::Container(refusal) => refusal.rule(),
            Self::Custody(refusal) => refusal.rule(),
            Self::Remains(refusal) => refusal.rule(),
            Self::Person(refusal) => refusal.rule(),
            Self::Identification(refusal) => refusal.rule(),
            Self::Affiliation(refusal) => refusal.rule(),
            Self::Notice(refusal) => refusal.rule(),
            Self::Disposition(refusal) => refusal.rule(),
            Self::Closure(refusal) => refusal.rule(),
            Self::Prisoner(refusal) => refusal.rule(),
            Self::Disclosure(refusal) => refusal.rule(),
            Self::Claim(refusal) => refusal.rule(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(refusal) => refusal.fmt(f),
            Self::Party(refusal) => refusal.fmt(f),
            Self::Agreement(refusal) => refusal.fmt(f),
            Self::Obligation(refusal) => refusal.fmt(f),
            Self::Handover(refusal) => refusal.fmt(f),
            Self::Batch(refusal) => refusal.fmt(f),
            Self::Container(refusal) => refusal.fmt(f),
            Self::Custody(refusal) => refusal.fmt(f),
            Self::Remains(refusal) => refusal.fmt(f),
            Self::Person(refusal) => refusal.fmt(f),
            Self::Identification(refusal) => refusal.fmt(f),
            Self::Affiliation(refusal) => refusal.fmt(f),
            Self::Notice(refusal) => refusal.fmt(f),
            Self::Disposition(refusal) => refusal.fmt(f),
            Self::Closure(refusal) => refusal.fmt(f),
            Self::Prisoner(refusal) => refusal.fmt(f),
            Self::Disclosure(refusal) => refusal.fmt(f),
            Self::Claim(refusal) => refusal.fmt(f),
        }
    }
}

impl core::error::Error for Refusal {}

macro_rules! refusals_nest {
    ($($inner:ident => $outer:ident),* $(,)?) => {$(
        impl core::error::Error for $inner {}

        impl From<$inner> for Refusal {
            fn from(refusal: $inner) -> Self {
                Self::$outer(refusal)
            }
        }
    )*};
}

refusals_nest! {
    EntryRefusal => Entry,
    PartyRefusal => Party,
    AgreementRefusal => Agreement,
    ObligationRefusal => Obligation,
    HandoverRefusal => Handover,
    BatchRefusal => Batch,
    ContainerRefusal => Container,
    CustodyRefusal => Custody,
    RemainsRefusal => Remains,
    PersonRefusal => Person,
    IdentificationRefusal => Identification,
    AffiliationRefusal => Affiliation,
    NoticeRefusal => Notice,
    DispositionRefusal => Disposition,
    ClosureRefusal => Closure,
    PrisonerRefusal => Prisoner,
    DisclosureRefusal => Disclosure,
    ClaimRefusal => Claim,
}

/// What is wrong with an entry as such. What it refers to is looked up in the order in which it names it: who records it and
/// the source first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryRefusal {
    /// Another entry is recorded under this identifier.
    IdTaken(EntryId),
    /// The ledger holds as many rows as it can.
    Full,
    /// What the entry introduces is recorded already.
    Introduced {
        /// What kind of thing it is, as `batch`.
        kind: &'static str,
        /// Its identifier.
        id: Uuid,
    },
    /// What the entry refers to is not recorded.
    NoSuch {
        /// What kind of thing it is, as `batch`.
        kind: &'static str,
        /// Its identifier.
        id: Uuid,
    },
}

impl EntryRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::IdTaken(_) => {
                Rule::numbered(52, "what is recorded is never replaced: a correction is a new entry")
            }
            Self::NoSuch { .. } => Rule::numbered(22, "nothing is recorded of what has not been introduced"),
            Self::Introduced { .. } => {
                Rule::numbered(21, "an identifier is never used again for something else")
            }
            Self::Full => Rule::unnumbered("a ledger holds fewer than 2^32 rows of a kind"),
        }
    }
}

impl fmt::Display for EntryRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IdTaken(id) => write!(
                f,
                "expected a new identifier or the same entry again, found another entry under `{id}`"
            ),
            Self::NoSuch { kind, id } => {
                write!(f, "expected {kind} `{}` to be recorded before what refers to it", Named(*id))
            }
            Self::Introduced { kind, id } => {
                write!(f, "expected a new {kind}, found that `{}` is recorded already", Named(*id))
            }
            Self::Full => {
                f.write_str("expected room for another entry, found a full ledger: begin a new one")
            }
        }
    }
}

struct Named(Uuid);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Key::from_uuid(self.0) {
            Some(key) => fmt::Display::fmt(&key, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}
