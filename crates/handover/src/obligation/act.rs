//! What is done with an obligation otherwise than by performing it. Each is a deed of those who may do it, named in the entry;
//! none is ever tacit, and none reaches a duty of the law (invariants 1, 2, 14 and 51; B2).

use alloc::vec::Vec;

use super::Duty;
use crate::id::{EntryId, ObligationId, PartyId, RecordRef};
use crate::quantity::Number;
use crate::text::Text;
use crate::when::When;

/// So many that were performed of one obligation count towards another, because debtor and creditor of both agreed it
/// (`docs/rules.md` a3: never tacitly; invariant 14).
///
/// ```
/// use handover::obligation::Allocation;
///
/// let surplus = Allocation {
///     from: "june".parse()?,
///     to: "july".parse()?,
///     number: 57.into(),
///     consented: vec!["north".parse()?, "south".parse()?],
///     on: "2025-07-01".parse()?,
///     note: None,
/// };
/// assert_ne!(surplus.from, surplus.to);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Allocation {
    /// The obligation that was performed beyond what is owed.
    pub from: ObligationId,
    /// The obligation towards which they count.
    pub to: ObligationId,
    /// How many, in the unit of both.
    pub number: Number,
    /// The parties that consented: debtor and creditor of both.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
    /// When they agreed.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Debtor and creditor put the deadline off. The former deadline is kept beside the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Deferral {
    /// The obligation.
    pub obligation: ObligationId,
    /// By when it is to be performed now.
    pub to: When,
    /// The parties that consented: debtor and creditor.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
    /// When they agreed.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What no waiver reaches: it is owed to the deceased and to their families, not to a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Kept {
    /// Personal effects and wills (D5).
    Effects,
    /// Records of the deceased and of their graves (D2, D3, D8).
    Records,
}

/// The creditor gives up what is owed to it, or a part. Where it reaches for effects, records or a duty of the law it is kept,
/// flagged, and has no effect there (invariants 1 and 2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Waiver {
    /// The obligation.
    pub obligation: ObligationId,
    /// How many are given up, in the unit of the obligation; all that is outstanding if missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub number: Option<Number>,
    /// The duties of the law that it reaches for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub duties: Vec<Duty>,
    /// What else it reaches for that cannot be given up.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub reaches_for: Vec<Kept>,
    /// When it was given up.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// In what other way an obligation was discharged (`docs/rules.md` edge case 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum DischargeMeans {
    /// The creditor recovered them itself.
    RecoveredByCreditor {
        /// Whether it did so on information that the debtor gave.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
        informed: bool,
    },
    /// The debtor let them go without an exchange.
    ReleasedUnilaterally,
    /// They were never with the debtor: found elsewhere, or returned before.
    NeverHeld,
}

/// So many are discharged in another way than by handing over. No handover took place and nothing passed; whether they earn
/// something in return is a question of the term ([`Ratio::discharged_earn`](crate::reciprocity::Ratio::discharged_earn)).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Discharge {
    /// The obligation.
    pub obligation: ObligationId,
    /// How many, in the unit of the obligation.
    pub number: Number,
    /// In what way.
    pub means: DischargeMeans,
    /// When.
    pub on: When,
    /// Where the record of it is kept.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub record: Option<RecordRef>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Debtor and creditor close an obligation with what remains. What remains is shown, and no duty of the law ends with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct BalanceClosing {
    /// The obligation.
    pub obligation: ObligationId,
    /// The parties that consented: debtor and creditor.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
    /// When they closed it.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Debtor and creditor take up again what they had closed: a late find, a revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Reopening {
    /// The entry that closed it.
    pub closing: EntryId,
    /// Why.
    pub reason: Text,
    /// The parties that consented: debtor and creditor.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
    /// When.
    pub on: When,
}

/// An allocation, a deferral, a waiver, a discharge, a closing or a reopening does not hold any more. By the organ that
/// recorded it, once (invariant 12).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct ActReversal {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: Text,
    /// When.
    pub on: When,
}
