//! Obligations: who owes what to whom, and what each says is owed.
//!
//! An obligation has three counts: tendered, passed and credited. How much is owed is not part of it: that is
//! said by speakers, as [`TermAssertion`]s, and they differ (`docs/semantics.md`, Obligations).

use core::fmt;

use crate::agreement::AgreementRow;
use crate::batch::BatchRow;
pub use crate::duty::{Duty, NoSuchDuty};
use crate::held::EntryRow;
use crate::id::{AgreementId, CategoryId, ObligationId, PartyId};
use crate::party::PartyRow;
use crate::quantity::{Number, Quantity, Span, Stated, Unit};
use crate::reciprocity::{Accrual, Ratio};
use crate::refusal::{Refusal, Rule};
use crate::slot::LegRow;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;

// ---- value types

/// Whether the fallen or the living are handed over, and of which category. Civilians and prisoners of war are
/// different classes (invariant 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
pub enum Basis {
    /// A term of this agreement.
    Agreement(AgreementId),
    /// A promise without counter-obligation.
    UnilateralPledge,
    /// A duty of the law, which no conduct of the other side suspends.
    Baseline(Duty),
}

/// To what the debtor is held (`docs/rules.md`, Standard of performance; customary IHL rule 114).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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

/// How much is owed, as one speaker states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Required {
    /// Just so many.
    Exactly(Number),
    /// So many or more.
    AtLeast(Number),
    /// More than so many.
    MoreThan(Number),
    /// So many or fewer.
    UpTo(Number),
    /// About so many. Without a width as in [`Quantity`].
    About {
        /// So many …
        number: Number,
        /// … give or take.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        within: Option<Number>,
    },
    /// From so many to so many.
    Between {
        /// The least that is owed.
        from: Number,
        /// The most that is owed.
        to: Number,
    },
    /// Nothing is owed: a term like any other, not silence.
    Nothing,
    /// All of a category. It has no number, so that nothing can be said to be outstanding (invariant 18).
    AllInCategory(CategoryId),
    /// All that are found.
    AllFound,
    /// So many for each of the other side's.
    Ratio(Ratio),
    /// No number.
    Unquantified,
}

impl Required {
    /// The least and the most that the term asks for, each as a span; `performed` is what the other side
    /// performed of a ratio's class. A term without a floor has neither.
    ///
    /// ```
    /// use handover::obligation::Required;
    /// use handover::quantity::Span;
    ///
    /// let more = Required::MoreThan(6_000.into()).bounds(|_| Span::EVERYTHING);
    /// assert_eq!((more.floor, more.ceiling), (Some(Span::exactly(6_001)), None));
    /// let all = Required::AllFound.bounds(|_| Span::EVERYTHING);
    /// assert_eq!(all.floor, None); // no number, so that nothing can be outstanding
    /// ```
    pub fn bounds(&self, performed: impl FnOnce(&Ratio) -> Span) -> Bounds {
        let exactly = |n: &Number| Span::exactly(n.get());
        match self {
            Self::Exactly(n) => Bounds { floor: Some(exactly(n)), ceiling: Some(exactly(n)) },
            Self::AtLeast(n) => Bounds { floor: Some(exactly(n)), ceiling: None },
            Self::MoreThan(n) => {
                Bounds { floor: Some(Span::exactly(n.get().saturating_add(1))), ceiling: None }
            }
            Self::UpTo(n) => Bounds { floor: Some(Span::ZERO), ceiling: Some(exactly(n)) },
            Self::About { number, within } => {
                let span =
                    Quantity::new(Stated::Approx(*number, *within)).ok().and_then(|about| about.span());
                Bounds {
                    floor: Some(Span::exactly(span.map_or(0, Span::lo))),
                    ceiling: span.and_then(Span::hi).map(Span::exactly),
                }
            }
            Self::Between { from, to } => {
                Bounds { floor: Some(exactly(from.min(to))), ceiling: Some(exactly(from.max(to))) }
            }
            Self::Nothing => Bounds { floor: Some(Span::ZERO), ceiling: None },
            Self::Ratio(ratio) => Bounds { floor: Some(ratio.entitlement(performed(ratio))), ceiling: None },
            Self::AllInCategory(_) | Self::AllFound | Self::Unquantified => {
                Bounds { floor: None, ceiling: None }
            }
        }
    }
}

/// What a term asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The least.
    pub floor: Option<Span>,
    /// The most, if the term has an upper end.
    pub ceiling: Option<Span>,
}

/// What one speaker says a term is. A common term is derived from several (invariant 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct TermAssertion {
    /// How much is owed.
    pub required: Required,
    /// The version of the agreement of which the speaker speaks; the first if missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub version: Option<u16>,
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
pub enum ObligationEntry {
    /// An obligation enters the record.
    Introduced(Obligation),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct ObligationRow {
    pub(crate) id: ObligationId,
    /// The entry that introduced it.
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) debtor: Idx<PartyRow>,
    pub(crate) creditor: Idx<PartyRow>,
    pub(crate) of: Class,
    pub(crate) unit: Unit,
    pub(crate) under: Option<Idx<AgreementRow>>,
    pub(crate) basis: Basis,
    pub(crate) credits_at: Accrual,
    pub(crate) last_leg: Option<Idx<LegRow>>,
    pub(crate) last_batch: Option<Idx<BatchRow>>,
    pub(crate) former_of_agreement: Option<Idx<ObligationRow>>,
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) struct Resolved(ObligationRow);

pub(crate) fn resolve(state: &State, entry: &ObligationEntry) -> Result<Resolved, Refusal> {
    let ObligationEntry::Introduced(obligation) = entry;
    state.obligations.is_new(obligation.id)?;
    let under = match obligation.basis {
        Basis::Agreement(agreement) => Some(state.agreements.find(agreement)?),
        Basis::UnilateralPledge | Basis::Baseline(_) => None,
    };
    Ok(Resolved(ObligationRow {
        id: obligation.id,
        // The entry is added before what it records.
        entry: state.entries.next(),
        debtor: state.parties.find(obligation.debtor)?,
        creditor: state.parties.find(obligation.creditor)?,
        of: obligation.of,
        unit: obligation.unit,
        under,
        basis: obligation.basis,
        credits_at: obligation.credits_at,
        last_leg: None,
        last_batch: None,
        former_of_agreement: under.and_then(|agreement| state.agreements.get(agreement).last_obligation),
    }))
}

pub(crate) fn judge(state: &State, Resolved(row): &Resolved) -> Result<(), Refusal> {
    if row.debtor == row.creditor {
        return Err(ObligationRefusal::OwedToItself(state.parties.get(row.debtor).id).into());
    }
    if !row.of.matter.is_counted_in(row.unit) {
        return Err(ObligationRefusal::UnitDoesNotFit { matter: row.of.matter, unit: row.unit }.into());
    }
    Ok(())
}

/// What is impossible of an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ObligationRefusal {
    /// Nobody owes to themselves.
    OwedToItself(PartyId),
    /// The unit cannot count what is owed.
    UnitDoesNotFit {
        /// What is owed.
        matter: Matter,
        /// The unit.
        unit: Unit,
    },
}

impl ObligationRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::OwedToItself(_) => Rule::unnumbered("an obligation has a debtor and another creditor"),
            Self::UnitDoesNotFit { .. } => {
                Rule::numbered(10, "every count carries a unit that can count its subject")
            }
        }
    }
}

impl fmt::Display for ObligationRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OwedToItself(party) => {
                write!(f, "expected a creditor other than the debtor, found `{party}` as both")
            }
            Self::UnitDoesNotFit { matter, unit } => {
                write!(f, "expected a unit that can count {matter}, found {unit}")
            }
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, Resolved(row): Resolved) {
    let under = row.under;
    let row = state.obligations.add(row);
    if let Some(under) = under {
        state.agreements.change(under, |agreement| agreement.last_obligation = Some(row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_has_the_bounds_it_states() {
        let n = |n: u32| Number::from(n);
        let exactly = |n: u64| Some(Span::exactly(n));
        for (required, floor, ceiling) in [
            (Required::Exactly(n(6_000)), exactly(6_000), exactly(6_000)),
            (Required::AtLeast(n(1_000)), exactly(1_000), None),
            (Required::MoreThan(n(6_000)), exactly(6_001), None),
            (Required::UpTo(n(1_200)), exactly(0), exactly(1_200)),
            (Required::About { number: n(6_000), within: None }, exactly(5_500), exactly(6_500)),
            (Required::About { number: n(6_000), within: Some(n(1)) }, exactly(5_999), exactly(6_001)),
            (Required::Between { from: n(1_000), to: n(1_200) }, exactly(1_000), exactly(1_200)),
            (Required::Nothing, exactly(0), None),
            (Required::AllFound, None, None),
            (Required::Unquantified, None, None),
        ] {
            let bounds = required.bounds(|_| Span::EVERYTHING);
            assert_eq!((bounds.floor, bounds.ceiling), (floor, ceiling), "{required:?}");
        }
    }
}
