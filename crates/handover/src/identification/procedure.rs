//! The way to a decision and back: candidate, match, review, decision, re-examination (`docs/rules.md` B5, axis 3).

use alloc::vec::Vec;

use crate::id::{EntryId, OrganId, PersonRef, PolicyId, RecordRef, RemainsId};
use crate::likelihood::Prior;
use crate::text::Text;
use crate::when::When;

/// A comparison reached the screening threshold: these units may be this person's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Candidacy {
    /// The units: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub units: Vec<RemainsId>,
    /// The person.
    pub person: PersonRef,
    /// The policy by which it was screened.
    pub policy: PolicyId,
    /// The evidence, by its entries: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub evidence: Vec<EntryId>,
    /// When it was reached.
    pub on: When,
}

/// A laboratory's statement that units and references belong together. It refers to codes only, and changes nobody's status
/// (invariants 32 and 39).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct MatchReport {
    /// The entry that made the candidate.
    pub candidate: EntryId,
    /// The policy whose references and threshold it satisfies.
    pub policy: PolicyId,
    /// The prior that was declared.
    pub prior: Prior,
    /// The evidence, by its entries: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub evidence: Vec<EntryId>,
    /// The report, in the store that keeps it.
    pub report: RecordRef,
    /// When it was made.
    pub on: When,
}

/// A board takes a match under review, with all lines of evidence and what contradicts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct BoardReview {
    /// The entry of the match report.
    pub report: EntryId,
    /// When.
    pub on: When,
}

/// What becomes of a match that did not suffice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum SentBackTo {
    /// More is to be compared.
    Candidate,
    /// The person is not considered any more.
    Unidentified,
}

/// A board finds that it does not suffice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct SentBack {
    /// The entry of the review.
    pub review: EntryId,
    /// What becomes of it.
    pub to: SentBackTo,
    /// Why.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<Text>,
    /// When.
    pub on: When,
}

/// One who analysed or reviewed: a pseudonym of whom, and for which organ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Officer {
    /// The organ.
    pub organ: OrganId,
    /// The pseudonym, in the store that keeps whose it is. One person has one.
    pub officer: RecordRef,
}

/// What a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Grounds {
    /// The policy.
    pub policy: PolicyId,
    /// The prior that was declared.
    pub prior: Prior,
    /// The evidence, by its entries: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub evidence: Vec<EntryId>,
    /// Who analysed: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub analysts: Vec<Officer>,
    /// Who reviewed, and did not analyse.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub reviewers: Vec<Officer>,
}

/// An authority decides that these units are the remains of this person: the organ whose word the entry is. It can be
/// revoked. A decision of its own for further units of a person who is identified already is a reassociation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Decision {
    /// The units: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub units: Vec<RemainsId>,
    /// The person.
    pub person: PersonRef,
    /// What it rests on.
    pub grounds: Grounds,
    /// When it was decided.
    pub on: When,
}

/// Why a decision is examined again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Occasion {
    /// The family contests it.
    FamilyContests,
    /// There is new evidence.
    NewEvidence,
    /// A stricter policy: all decisions under weaker rules are reviewed (invariant 36).
    PolicyCohort(PolicyId),
    /// Something known of the person contradicts it.
    Contradiction,
}

/// A decision in force is examined again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Reexamination {
    /// The entry of the decision.
    pub decision: EntryId,
    /// Why.
    pub occasion: Occasion,
    /// When.
    pub on: When,
}

/// A decision that was examined again stands, on these grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Upholding {
    /// The entry of the decision.
    pub decision: EntryId,
    /// What it rests on now.
    pub grounds: Grounds,
    /// When.
    pub on: When,
}

/// Why a decision was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum RevocationCause {
    /// The person is alive.
    PersonAlive,
    /// The remains are not that person's.
    Excluded,
    /// What it rested on was withdrawn.
    EvidenceWithdrawn,
    /// It does not satisfy the rules under which it was reviewed.
    DoesNotSuffice,
    /// Codes, samples or containers were taken for others.
    Confused,
}

/// A decision that was examined again does not stand. It is kept, and what rested on it is marked (invariant 35).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Revocation {
    /// The entry of the decision.
    pub decision: EntryId,
    /// Why.
    pub cause: RevocationCause,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
    /// When.
    pub on: When,
}
