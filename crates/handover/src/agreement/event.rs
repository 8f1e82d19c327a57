//! What an agreement's course is made of: rounds, proposals, milestones, mandates and joint acts.

use alloc::vec::Vec;

use crate::id::{AgreementId, EntryId, MilestoneId, ObligationId, OrganId, PartyId};
use crate::obligation::Required;
use crate::text::Text;
use crate::when::When;

/// A meeting at which it was negotiated. One can create, amend or revive obligations.
///
/// [`AgreementEntry`](super::AgreementEntry) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Round {
    /// The agreement that was negotiated.
    pub agreement: AgreementId,
    /// When they met.
    pub on: When,
    /// Who brought them together.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub mediators: Vec<OrganId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What is proposed to be owed. It is no word on what *is* owed: that is a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct ProposedTerm {
    /// The obligation.
    pub obligation: ObligationId,
    /// How much would be owed.
    pub required: Required,
}

/// A party or a mediator proposes terms: first, or in reply to another proposal (B1, negotiating).
///
/// [`AgreementEntry`](super::AgreementEntry) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Proposal {
    /// The agreement.
    pub agreement: AgreementId,
    /// The terms.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub terms: Vec<ProposedTerm>,
    /// The entry of the proposal to which this one replies.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub in_reply_to: Option<EntryId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A party accepts or declines what another proposed. Its latest answer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Answer {
    /// The entry of the proposal.
    pub proposal: EntryId,
    /// Whether it is accepted.
    pub accepted: bool,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What a milestone is to its agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum MilestoneKind {
    /// An event on which something depends, or from which a deadline runs.
    Event,
    /// The beginning of a phase.
    Phase,
    /// A condition precedent: the agreement takes effect when all of these have come.
    Effect,
}

/// An event of which an agreement speaks. Whether and when it came is claimed: see
/// [`Subject::Milestone`](crate::claim::Subject::Milestone).
///
/// [`AgreementEntry`](super::AgreementEntry) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Milestone {
    /// Its identifier.
    pub id: MilestoneId,
    /// The agreement.
    pub agreement: AgreementId,
    /// What it is called.
    pub name: Text,
    /// What it is to the agreement.
    pub kind: MilestoneKind,
    /// What must have come, or have been waived by every party, before it: the entry conditions of a phase.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub requires: Vec<MilestoneId>,
    /// Days within which it lies by every account.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub on: Option<When>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What a neutral body may do under its mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Power {
    /// It says for all whether a milestone has come.
    VerifyMilestones,
    /// It certifies for all that the agreement is complete (invariant 5).
    CertifyCompletion,
    /// It may say who is at fault. A body that is mandated without this power may not.
    AttributeResponsibility,
}

/// Every party mandates a neutral body, such as a joint commission.
///
/// [`AgreementEntry`](super::AgreementEntry) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Mandate {
    /// The agreement.
    pub agreement: AgreementId,
    /// The body.
    pub organ: OrganId,
    /// What it may do.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub powers: Vec<Power>,
    /// Its members, where it decides by consensus: what it says is decided unless one of them says otherwise.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub by_consensus_of: Vec<OrganId>,
    /// The parties that consented: all of them.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
}

/// Every party agrees that it runs longer. What one side alone announces is a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Extension {
    /// The agreement.
    pub agreement: AgreementId,
    /// Until when.
    pub until: When,
    /// The parties that consented: all of them.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
}

/// An obligation that survives the completion of its agreement: "if anyone is found afterwards" (`docs/rules.md`,
/// edge case 12).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct ResidualClause {
    /// The agreement.
    pub agreement: AgreementId,
    /// The obligation; it rests on the agreement.
    pub obligation: ObligationId,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Every party agrees that another agreement takes the place of this one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Supersession {
    /// The agreement that was in place.
    pub agreement: AgreementId,
    /// The agreement that takes its place.
    pub by: AgreementId,
    /// The parties that consented: all of them.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
}
