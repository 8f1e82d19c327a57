//! Published totals: what someone says that a number of handovers come to.
//!
//! A published total never enters a sum. It is a claim, compared with the sum of the recorded legs that it covers
//! (invariant 17).

use crate::agreement::AgreementRow;
use crate::id::{AgreementId, PartyId, TotalId};
use crate::obligation::Matter;
use crate::party::PartyRow;
use crate::quantity::Unit;
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Which legs, or which handovers, a published total is about.
///
/// [`Total`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Coverage {
    /// Only what is held under this agreement.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub under: Option<AgreementId>,
    /// Only what this party handed over.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub from: Option<PartyId>,
    /// Only what this party received.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub to: Option<PartyId>,
    /// Who is handed over.
    pub matter: Matter,
    /// Only what was recorded as held within these days.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub during: Option<When>,
}

/// A total that someone published; who and how many are claims about it.
///
/// [`Reading::total`](crate::reading::Reading::total) compares it.
///
/// ```
/// use handover::obligation::Matter;
/// use handover::quantity::Unit;
/// use handover::total::{Coverage, Total};
///
/// // "6,060 in all": what it covers is recorded here, who says how many is a claim.
/// let (under, to) = (Some("istanbul".parse()?), Some("ua".parse()?));
/// let of = Coverage { under, from: None, to, matter: Matter::Remains, during: None };
/// let total = Total { id: "june-total".parse()?, of, unit: Unit::SetOfRemains, note: None };
/// # assert_eq!(total.of.from, None);
/// # Ok::<(), handover::id::KeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Total {
    /// Its identifier.
    pub id: TotalId,
    /// What it is about.
    pub of: Coverage,
    /// In what unit. [`Unit::Handover`] counts the events themselves.
    pub unit: Unit,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about published totals.
///
/// [`Total`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum TotalEntry {
    /// A published total enters the record.
    Introduced(Total),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct TotalRow {
    pub(crate) id: TotalId,
    pub(crate) under: Option<Idx<AgreementRow>>,
    pub(crate) from: Option<Idx<PartyRow>>,
    pub(crate) to: Option<Idx<PartyRow>>,
    pub(crate) matter: Matter,
    pub(crate) during: Option<When>,
    pub(crate) unit: Unit,
}

// ---- resolve

#[derive(Debug)]
pub(crate) struct Resolved(TotalRow);

pub(crate) fn resolve(state: &State, entry: &TotalEntry) -> Result<Resolved, Refusal> {
    let TotalEntry::Introduced(total) = entry;
    state.totals.is_new(total.id)?;
    let party = |id: Option<PartyId>| id.map(|id| state.parties.find(id)).transpose();
    Ok(Resolved(TotalRow {
        id: total.id,
        under: total.of.under.map(|id| state.agreements.find(id)).transpose()?,
        from: party(total.of.from)?,
        to: party(total.of.to)?,
        matter: total.of.matter,
        during: total.of.during,
        unit: total.unit,
    }))
}

// ---- apply

pub(crate) fn apply(state: &mut State, Resolved(row): Resolved) {
    state.totals.add(row);
}
