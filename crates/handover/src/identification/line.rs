//! Lines of evidence: what a comparison or a finding says on whether remains are a person's. Only the conclusion and a
//! reference to where the rest is kept; no profile, no image, no description (invariant 58).

use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU8;

use crate::id::{PersonRef, RecordRef, RemainsId};
use crate::likelihood::LikelihoodRatio;
use crate::when::When;

/// By what kind of genetic marker a comparison was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Method {
    /// Short tandem repeats of the autosomes.
    AutosomalStr,
    /// Short tandem repeats of the Y chromosome: shared by the whole paternal line.
    YStr,
    /// Short tandem repeats of the X chromosome.
    XStr,
    /// The mitochondrial sequence: shared by the whole maternal line.
    Mitochondrial,
    /// Single nucleotide polymorphisms.
    Snp,
}

/// A sample of the person's own, from when they lived.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct DirectSample {
    /// The sample, in the store that keeps it.
    pub sample: RecordRef,
    /// By which methods it was compared: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub methods: Vec<Method>,
}

/// The sample of a relative. One relative has one reference, in however many reports it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Relative {
    /// The sample, in the store that keeps it.
    pub sample: RecordRef,
    /// The degree of kinship: 1 for parents, children and full siblings, 2 for grandparents, uncles and half-siblings.
    pub degree: NonZeroU8,
    /// By which methods it was compared: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub methods: Vec<Method>,
}

/// Samples of relatives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Kinship {
    /// The relatives: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub relatives: Vec<Relative>,
}

/// What a piece of evidence is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Line {
    /// DNA compared with a sample of the person's own.
    DnaDirect(DirectSample),
    /// DNA compared with samples of relatives.
    DnaKinship(Kinship),
    /// Fingerprints.
    Fingerprints,
    /// Teeth compared with a record made in life.
    Dental,
    /// The serial number of an implant.
    ImplantSerial,
    /// A description: build, height, age.
    Description,
    /// A medical finding: an old fracture, an operation.
    MedicalFinding,
    /// Effects that were found with the remains.
    Effects,
    /// Documents that were found with the remains.
    Documents,
    /// A tattoo or another mark on the skin.
    Tattoo,
    /// An identity disc or a tag.
    Tag,
    /// A list that names the person.
    List,
    /// Uniform and insignia.
    Uniform,
    /// Someone recognised the face or the body.
    Visual,
    /// The side that handed over says so.
    SenderStatement,
}

/// The kinds of evidence, as a policy names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum LineKind {
    /// DNA compared with a sample of the person's own.
    DnaDirect,
    /// DNA compared with samples of relatives.
    DnaKinship,
    /// Fingerprints.
    Fingerprints,
    /// Teeth compared with a record made in life.
    Dental,
    /// The serial number of an implant.
    ImplantSerial,
    /// A description: build, height, age.
    Description,
    /// A medical finding: an old fracture, an operation.
    MedicalFinding,
    /// Effects that were found with the remains.
    Effects,
    /// Documents that were found with the remains.
    Documents,
    /// A tattoo or another mark on the skin.
    Tattoo,
    /// An identity disc or a tag.
    Tag,
    /// A list that names the person.
    List,
    /// Uniform and insignia.
    Uniform,
    /// Someone recognised the face or the body.
    Visual,
    /// The side that handed over says so.
    SenderStatement,
}

/// What a kind of evidence is worth by itself (the INTERPOL guide on disaster victim identification).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Rank {
    /// A working hypothesis: it may be a lead and nothing more.
    Presumptive,
    /// It supports, and ordinarily does not suffice.
    Secondary,
    /// It can identify.
    Primary,
}

impl LineKind {
    /// What it is worth by itself.
    ///
    /// ```
    /// use handover::identification::{LineKind, Rank};
    ///
    /// assert_eq!(LineKind::Dental.rank(), Rank::Primary);
    /// assert_eq!(LineKind::Uniform.rank(), Rank::Presumptive); // a uniform lies
    /// ```
    pub const fn rank(self) -> Rank {
        match self {
            Self::DnaDirect | Self::DnaKinship | Self::Fingerprints | Self::Dental | Self::ImplantSerial => {
                Rank::Primary
            }
            Self::Description | Self::MedicalFinding | Self::Effects | Self::Documents | Self::Tattoo => {
                Rank::Secondary
            }
            Self::Tag | Self::List | Self::Uniform | Self::Visual | Self::SenderStatement => {
                Rank::Presumptive
            }
        }
    }

    /// Whether it is a comparison of DNA.
    pub const fn is_dna(self) -> bool {
        matches!(self, Self::DnaDirect | Self::DnaKinship)
    }
}

impl fmt::Display for LineKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DnaDirect => "DNA with an own sample",
            Self::DnaKinship => "DNA with relatives",
            Self::Fingerprints => "fingerprints",
            Self::Dental => "teeth",
            Self::ImplantSerial => "the number of an implant",
            Self::Description => "description",
            Self::MedicalFinding => "medical finding",
            Self::Effects => "effects",
            Self::Documents => "documents",
            Self::Tattoo => "tattoo",
            Self::Tag => "tag",
            Self::List => "list",
            Self::Uniform => "uniform",
            Self::Visual => "recognition by sight",
            Self::SenderStatement => "statement of the sender",
        })
    }
}

impl Line {
    /// Its kind.
    pub const fn kind(&self) -> LineKind {
        match self {
            Self::DnaDirect(_) => LineKind::DnaDirect,
            Self::DnaKinship(_) => LineKind::DnaKinship,
            Self::Fingerprints => LineKind::Fingerprints,
            Self::Dental => LineKind::Dental,
            Self::ImplantSerial => LineKind::ImplantSerial,
            Self::Description => LineKind::Description,
            Self::MedicalFinding => LineKind::MedicalFinding,
            Self::Effects => LineKind::Effects,
            Self::Documents => LineKind::Documents,
            Self::Tattoo => LineKind::Tattoo,
            Self::Tag => LineKind::Tag,
            Self::List => LineKind::List,
            Self::Uniform => LineKind::Uniform,
            Self::Visual => LineKind::Visual,
            Self::SenderStatement => LineKind::SenderStatement,
        }
    }
}

/// What a laboratory or an examiner concludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Conclusion {
    /// The remains and the person agree in it.
    Consistent,
    /// They do not agree in it.
    Inconsistent,
    /// It does not decide.
    Insufficient,
}

/// A piece of evidence that certain units are, or are not, a person's remains. It is named by the identifier of its entry,
/// and the organ whose word the entry is has made it: only that organ withdraws it.
///
/// It holds codes and references and no free text, so that whoever compares need not know whom they compare (invariant 39).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Evidence {
    /// The units that were examined, taken to be of one individual: one or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub units: Vec<RemainsId>,
    /// The person they were compared with.
    pub person: PersonRef,
    /// What was compared.
    pub line: Line,
    /// What follows.
    pub conclusion: Conclusion,
    /// How many times likelier the findings are if the remains are that person's, where the line is statistical.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub ratio: Option<LikelihoodRatio>,
    /// The report, in the store that keeps it.
    pub record: RecordRef,
    /// The run of the laboratory in which it was made together with others: what is wrong with one of them may be wrong with
    /// all.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub run: Option<RecordRef>,
    /// When it was concluded.
    pub on: When,
}

/// A positive finding that a unit is not a person's. It stands until the organ whose word it is withdraws it, and is consulted
/// before every new candidate (invariant 41).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Exclusion {
    /// The unit.
    pub unit: RemainsId,
    /// Who it is not.
    pub person: PersonRef,
    /// By what.
    pub by: LineKind,
    /// The report, in the store that keeps it.
    pub record: RecordRef,
    /// When it was found.
    pub on: When,
}
