//! Obligations: who owes what to whom, and what each says is owed.
//!
//! An obligation has three counts: tendered, passed and credited. How much is owed is not part of it: that is
//! said by speakers, as [`TermAssertion`]s, and they differ (`docs/semantics.md`, Obligations).

mod act;
mod record;
mod refusal;
mod term;
#[cfg(test)]
mod tests;

use core::fmt;

pub use act::{
    ActReversal, Allocation, BalanceClosing, Deferral, Discharge, DischargeMeans, Kept, Reopening, Waiver,
};
pub(crate) use record::{ActKind, ActRow, ObligationRow, Resolved, apply, judge, resolve};
pub use refusal::ObligationRefusal;
pub use term::{Bounds, Required, TermAssertion};

pub use crate::duty::{Duty, DutyData, DutyStandard, NoSuchDuty};
use crate::id::{AgreementId, CategoryId, ObligationId, PartyId};
use crate::quantity::Unit;
use crate::reciprocity::Accrual;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Whether the fallen or the living are handed over, and of which category. Civilians and prisoners of war are
/// different classes (invariant 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Matter {
    /// The remains of the deceased.
    Remains,
    /// Prisoners of war.
    PrisonersOfWar,
    /// Civilians deprived of liberty.
    Civilians,
}

impl Matter {
    /// Whether this unit can count it.
    pub fn is_counted_in(self, unit: Unit) -> bool {
        match self {
            Self::Remains => !matches!(unit, Unit::Prisoner | Unit::Handover),
            Self::PrisonersOfWar | Self::Civilians => unit == Unit::Prisoner,
        }
    }
}

impl fmt::Display for Matter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Remains => "remains",
            Self::PrisonersOfWar => "prisoners of war",
            Self::Civilians => "civilians",
        })
    }
}

/// Who is handed over: the matter and, where the agreement distinguishes one, the category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Class {
    /// The fallen or the living.
    pub matter: Matter,
    /// The category.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub category: Option<CategoryId>,
}

/// On what an obligation rests in law. Every obligation names one (invariant 7).
///
/// [`reading::Basis`](crate::reading::Basis) is another thing: where a view notes the entries that it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Basis {
    /// A term of this agreement.
    Agreement(AgreementId),
    /// A promise without counter-obligation.
    UnilateralPledge,
    /// A duty of the law, which no conduct of the other side suspends.
    Baseline(Duty),
}

impl Basis {
    /// The duty of the law on which it rests, if it is one.
    pub const fn duty(self) -> Option<Duty> {
        match self {
            Self::Baseline(duty) => Some(duty),
            Self::Agreement(_) | Self::UnilateralPledge => None,
        }
    }
}

/// To what the debtor is held (`docs/rules.md`, Standard of performance; customary IHL rule 114).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Standard {
    /// To bring it about.
    Result,
    /// To endeavour to.
    BestEndeavour,
    /// To do so when asked.
    OnRequest,
    /// To agree on it later.
    ByFurtherAgreement,
}

/// Who owes what to whom.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// let ledger = two_words()?;
/// let obligation = ledger.obligation("fallen".parse()?).unwrap();
/// assert_eq!(obligation.basis, Basis::Agreement("june".parse()?));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Obligation {
    /// Its identifier.
    pub id: ObligationId,
    /// Who must perform.
    pub debtor: PartyId,
    /// Who may demand.
    pub creditor: PartyId,
    /// Who is to be handed over.
    pub of: Class,
    /// In what unit performance is counted.
    pub unit: Unit,
    /// On what it rests.
    pub basis: Basis,
    /// To what the debtor is held.
    pub standard: Standard,
    /// At which moment performance is credited.
    pub credits_at: Accrual,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about obligations. What is owed is claimed: see [`Statement::Terms`].
///
/// [`Statement::Terms`]: crate::claim::Statement::Terms
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum ObligationEntry {
    /// An obligation enters the record.
    Introduced(Obligation),
    /// What was performed of one above what is owed counts towards another, by agreement.
    Allocated(Allocation),
    /// By agreement it is to be performed later.
    Deferred(Deferral),
    /// The creditor gives it up, or a part of it.
    Waived(Waiver),
    /// It was discharged in another way than by handing over.
    Discharged(Discharge),
    /// Debtor and creditor close it with what remains.
    Closed(BalanceClosing),
    /// Debtor and creditor take it up again.
    Reopened(Reopening),
    /// One of these acts is taken back by who recorded it.
    Reversed(ActReversal),
}

impl ObligationEntry {
    /// When it happened, for what happens to an obligation.
    pub fn on(&self) -> Option<When> {
        Some(match self {
            Self::Introduced(_) => return None,
            Self::Allocated(act) => act.on,
            Self::Deferred(act) => act.on,
            Self::Waived(act) => act.on,
            Self::Discharged(act) => act.on,
            Self::Closed(act) => act.on,
            Self::Reopened(act) => act.on,
            Self::Reversed(act) => act.on,
        })
    }
}
