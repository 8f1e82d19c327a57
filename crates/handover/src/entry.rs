//! Entries: the only thing that a ledger takes in.

use crate::affiliation::AffiliationEntry;
use crate::agreement::AgreementEntry;
use crate::batch::BatchEntry;
use crate::claim::ClaimEntry;
use crate::closure::ClosureEntry;
use crate::container::ContainerEntry;
use crate::custody::CustodyEntry;
use crate::disclosure::DisclosureEntry;
use crate::disposition::DispositionEntry;
use crate::id::{EntryId, SourceId, SpeakerId};
use crate::identification::IdentificationEntry;
use crate::notice::NoticeEntry;
use crate::obligation::ObligationEntry;
use crate::party::PartyEntry;
use crate::person::PersonEntry;
use crate::prisoner::PrisonerEntry;
use crate::remains::RemainsEntry;
use crate::slot::HandoverEntry;
use crate::total::TotalEntry;
use crate::when::When;

/// One thing recorded: by whom, when it was said, where it was read, and what it is.
///
/// The identifier is the caller's. The same identifier with the same content again is the same submission and
/// changes nothing; with other content it is refused.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// let ledger = two_words()?;
/// let entry = ledger.entries().last().unwrap();
/// assert_eq!((entry.id, entry.by), ("c-late".parse()?, "s".parse()?));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Entry {
    /// Its identifier.
    pub id: EntryId,
    /// Whose word it is; [`keeper`](crate::ledger::keeper) for what the keeper of the record only sets up.
    pub by: SpeakerId,
    /// When it was said.
    pub said: When,
    /// Where it was read.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub source: Option<SourceId>,
    /// What is recorded.
    pub what: What,
}

/// What an entry records: one variant a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum What {
    /// Who speaks.
    Party(PartyEntry),
    /// Between whom something was agreed.
    Agreement(AgreementEntry),
    /// Who owes what to whom.
    Obligation(ObligationEntry),
    /// When and where a handover is set or held.
    Handover(HandoverEntry),
    /// What is offered together.
    Batch(BatchEntry),
    /// In what the remains are kept.
    Container(ContainerEntry),
    /// From whom to whom custody passes.
    Custody(CustodyEntry),
    /// What the remains are, unit by unit.
    Remains(RemainsEntry),
    /// What is known of a person, under an opaque reference.
    Person(PersonEntry),
    /// Who the remains are of, by whose decision.
    Identification(IdentificationEntry),
    /// Whose remains are, and what follows from it.
    Affiliation(AffiliationEntry),
    /// Who of a family is told.
    Notice(NoticeEntry),
    /// Where remains rest.
    Disposition(DispositionEntry),
    /// By what criterion a case is at its end.
    Closure(ClosureEntry),
    /// Who of the living is to be handed over, and what becomes of each.
    Prisoner(PrisonerEntry),
    /// To whom what may be shown, and what no longer may.
    Disclosure(DisclosureEntry),
    /// What someone published as a total.
    Total(TotalEntry),
    /// What someone says.
    Claim(ClaimEntry),
}
