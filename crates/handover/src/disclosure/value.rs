//! Audiences, what is disclosed to them, by what right and until when.

use alloc::collections::BTreeSet;
use core::fmt;

use crate::id::{
    AgreementId, BatchId, EntryId, HandoverId, ListId, OrganId, PartyId, PersonRef, RecordRef, RemainsId,
};
use crate::notice::Branch;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Those to whom something is disclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Audience {
    /// One organ at its work: a national authority, a forensic board, a neutral agency, a court.
    Organ(OrganId),
    /// A laboratory that works blind: it sees units by their code and never whose they may be.
    Laboratory(OrganId),
    /// All organs of a party: its own side, or the adversary of who shares.
    Party(PartyId),
    /// The family of a person, which is shown its own case and no other.
    Family(PersonRef),
    /// Everybody.
    Public,
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organ(organ) => write!(f, "organ `{organ}`"),
            Self::Laboratory(organ) => write!(f, "laboratory `{organ}`"),
            Self::Party(party) => write!(f, "party `{party}`"),
            Self::Family(person) => write!(f, "the family of `{person}`"),
            Self::Public => f.write_str("the public"),
        }
    }
}

/// Of what something is disclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Datum {
    /// A person's case.
    Person(PersonRef),
    /// A unit of remains.
    Remains(RemainsId),
    /// A batch, with what is in it.
    Batch(BatchId),
    /// A handover, with what passes at it.
    Handover(HandoverId),
    /// A list of prisoners, with who is on it.
    List(ListId),
    /// An agreement, with all that happens under it.
    Agreement(AgreementId),
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "person `{id}`"),
            Self::Remains(id) => write!(f, "unit of remains `{id}`"),
            Self::Batch(id) => write!(f, "batch `{id}`"),
            Self::Handover(id) => write!(f, "handover `{id}`"),
            Self::List(id) => write!(f, "list `{id}`"),
            Self::Agreement(id) => write!(f, "agreement `{id}`"),
        }
    }
}

/// How much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Extent {
    /// Numbers only.
    Counts,
    /// Case by case.
    Cases,
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Counts => "counts",
            Self::Cases => "cases",
        })
    }
}

/// For what purpose something is disclosed. What is given for one purpose is not used for another (D1, D2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Purpose {
    /// To find out whose remains they are.
    Identification,
    /// To account for the missing.
    AccountingForMissing,
    /// To tell a family.
    TellingFamily,
    /// To carry out a handover or an exchange.
    HandingOver,
    /// To inform everybody.
    Information,
    /// To prosecute: another purpose than identification, which needs consent to it or a compelling interest.
    CriminalProceedings,
}

/// By what right something is disclosed (Handbook on data protection in humanitarian action, chapter 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum LegalBasis {
    /// The consent that this entry records, as long as it is not withdrawn.
    Consent(EntryId),
    /// The vital interest of the person or of another: those who are sought cannot consent.
    VitalInterest,
    /// An important public interest.
    PublicInterest,
    /// A duty in law, such as that of an information bureau (GC III 122).
    LegalObligation,
    /// A compelling interest of justice.
    CompellingInterest,
}

/// An authority shares something with an audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Sharing {
    /// Of what.
    pub of: Datum,
    /// How much of it.
    pub extent: Extent,
    /// With whom.
    pub with: Audience,
    /// For what.
    pub purpose: Purpose,
    /// By what right.
    pub basis: LegalBasis,
    /// Since when.
    pub on: When,
    /// Until when the audience may keep it; `None` if no end is set. After that it is not shown any more.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub until: Option<When>,
}

/// Why something is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum WhyWithheld {
    /// An embargo: each side sets its own, and what one of them still holds is not published.
    Embargo,
    /// It could harm the person or relatives (GC III 122; GC IV 137).
    Harm,
    /// It tells where graves, mortuaries, routes or places of exchange are.
    Security,
}

/// When a withholding ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Until {
    /// Not before it is lifted.
    Lifted,
    /// When this time is certainly past.
    Past(When),
    /// When this handover is certainly over.
    Over(HandoverId),
}

/// An authority withholds something from an audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Withholding {
    /// Of what.
    pub of: Datum,
    /// From whom.
    pub from: Audience,
    /// Why.
    pub why: WhyWithheld,
    /// Until when, if it is not lifted before.
    pub until: Until,
    /// Since when.
    pub on: When,
}

/// What an entry began is at an end, by the organ that began it; consent is withdrawn for who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Ending {
    /// The entry that began it.
    pub entry: EntryId,
    /// Since when.
    pub on: When,
    /// Why.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<Text>,
}

/// Who gave consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Giver {
    /// The person.
    Person,
    /// A branch of the person's family.
    Branch(Branch),
}

/// Consent to the disclosure of a person's case, as an organ took it down. It covers what it names and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Consent {
    /// Whose case.
    pub person: PersonRef,
    /// Who consents.
    pub by: Giver,
    /// To whom it may be shown.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::set_of_few()"))]
    pub to: BTreeSet<Audience>,
    /// For what.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::set_of_few()"))]
    pub purposes: BTreeSet<Purpose>,
    /// When it was given.
    pub on: When,
}

/// The least threshold that hides anything: below 2 there is 1 alone, which is then known.
pub(crate) const LEAST_THRESHOLD: u32 = 3;

/// How small a number may be published (invariant 60). Of several authorities' the strictest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct SmallCells {
    /// A number below this, other than none, is shown as below this: at least 3, so that 1 looks like another number.
    pub below: u32,
    /// Other numbers are shown as between multiples of this: 1 leaves them as they are.
    pub step: u32,
    /// Since when.
    pub on: When,
}

/// Why what stood behind a person's references was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ErasureGround {
    /// The person asked for it.
    Request,
    /// The time for which it was kept is over.
    RetentionOver,
    /// What it was collected for is done.
    PurposeFulfilled,
    /// It should not have been collected.
    Unlawful,
}

/// What stood behind a person's references is destroyed where this authority kept it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Erasure {
    /// The person.
    pub person: PersonRef,
    /// Records in protected stores that were destroyed with it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "BTreeSet::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::set_of_few()"))]
    pub records: BTreeSet<RecordRef>,
    /// Why.
    pub ground: ErasureGround,
    /// When.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Why a file is kept and restricted instead of erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum RestrictionGround {
    /// The law demands that the missing and the dead are accounted for (GC III 120; AP I 33).
    Accounting,
    /// It tells where somebody is buried (AP I 34).
    Grave,
    /// It may be evidence.
    Evidence,
    /// Its accuracy is contested.
    Contested,
}

/// A person's file is kept and shown to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Restriction {
    /// The person.
    pub person: PersonRef,
    /// Why.
    pub ground: RestrictionGround,
    /// Since when.
    pub on: When,
}
