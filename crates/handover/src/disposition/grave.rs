//! Cremation, burial for a time, and exhumation.

use crate::id::{RecordRef, RemainsId};
use crate::text::Text;
use crate::when::When;

/// Why remains are cremated. It is stated in the certificate (`docs/rules.md` a2, D7).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum CremationReason {
    /// The next of kin wish it.
    WishOfKin,
    /// The religion of the deceased.
    Religion,
    /// Imperative reasons of hygiene.
    Hygiene,
    /// A legal ground, where it is kept: the only one on which remains that are not identified may be cremated.
    Legal(RecordRef),
}

/// Remains are cremated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Cremation {
    /// The unit of remains.
    pub unit: RemainsId,
    /// Why.
    pub reason: CremationReason,
    /// When.
    pub on: When,
}

/// A grave as it is marked; where it is stands in the graves register and never here (invariant 58).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Grave {
    /// Its number, kept for ever.
    pub number: Text,
    /// Whether these remains alone lie in it.
    pub individual: bool,
    /// Whether it is marked.
    pub marked: bool,
    /// The code that stands on it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub code: Option<RemainsId>,
    /// Its entry in the graves register.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub register: Option<RecordRef>,
}

/// Remains that are not identified are buried for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct TemporaryBurial {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The grave.
    pub grave: Grave,
    /// Where the photographs are kept.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub photographs: Option<RecordRef>,
    /// Where the complete records are kept.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub records: Option<RecordRef>,
    /// When.
    pub on: When,
}

/// Why remains are exhumed (`docs/rules.md` a2, D11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ExhumationReason {
    /// They may be identified.
    Identification,
    /// The identification under which they were buried was revoked.
    Misidentification,
    /// They are returned or handed on, by agreement.
    Return,
    /// The family joins further finds to them, or moves them.
    WishOfKin,
    /// Another overriding public necessity: medical, or an investigation.
    PublicNecessity,
}

/// The home country was told of an exhumation and of the place of the new grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct HomeNotice {
    /// When.
    pub on: When,
    /// Where the notice is kept.
    pub record: RecordRef,
}

/// Remains are exhumed, with a permit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Exhumation {
    /// The unit of remains.
    pub unit: RemainsId,
    /// The permit.
    pub permit: RecordRef,
    /// Why.
    pub reason: ExhumationReason,
    /// The notice to the home country: due where the remains are determined to be another party's than the one that exhumes.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub home_notice: Option<HomeNotice>,
    /// When.
    pub on: When,
}
