//! Scheduled handovers: the slot, what became of it by each account, and its legs.
//!
//! A handover enters the record when anyone speaks of it, planned or held. That it was agreed, postponed, held,
//! who appeared and how many passed are claims about it: the machine B3 is read per party, never stored. A leg is one
//! direction and class of a handover; several handovers may hold one batch, which passes in one of them at most.

use alloc::vec::Vec;
use core::fmt;

use crate::agreement::AgreementRow;
use crate::batch::{BringingRow, PassageRow};
use crate::id::{AgreementId, HandoverId, LegId, ObligationId, PartyId};
use crate::obligation::{Class, Matter, ObligationRow};
use crate::party::PartyRow;
use crate::quantity::{Number, Unit};
use crate::refusal::{Refusal, Rule};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the days of the week")]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A daily target. A missed one is no breach unless the term says so (B3).
///
/// ```
/// use handover::slot::{Quota, Weekday};
///
/// // "Two hundred a day except Sundays."
/// let quota = Quota {
///     per_day: Some(200.into()),
///     during: Some("1954-09-01/1954-09-21".parse()?),
///     rest_days: vec![Weekday::Sunday],
///     carry_over: false,
///     miss_is_breach: false,
/// };
/// assert!(!quota.carry_over);
/// # Ok::<(), handover::when::WhenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Quota {
    /// How many a day; no number if the target is only said to be daily.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub per_day: Option<Number>,
    /// The first and the last day, if they were said.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub during: Option<When>,
    /// The days on which nobody is handed over.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub rest_days: Vec<Weekday>,
    /// Whether what is short on one day is added to the next.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
    pub carry_over: bool,
    /// Whether the term says that a missed target is a breach.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
    pub miss_is_breach: bool,
}

/// A handover, planned or held.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Handover {
    /// Its identifier.
    pub id: HandoverId,
    /// The agreement under which it is held; without one its legs have only their own two parties.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub under: Option<AgreementId>,
    /// Days within which it lies by every account: what tells it from others. Claims about its date narrow this.
    pub on: When,
    /// The handover in place of which it was set.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub instead_of: Option<HandoverId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// One direction and class of a handover: the quantity on which each end has a word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Leg {
    /// Its identifier.
    pub id: LegId,
    /// The handover.
    pub handover: HandoverId,
    /// The party that hands over.
    pub from: PartyId,
    /// The party that receives.
    pub to: PartyId,
    /// Who is handed over.
    pub of: Class,
    /// In what unit it is counted.
    pub unit: Unit,
    /// The obligation that it performs. No leg counts towards two (invariant 14).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub towards: Option<ObligationId>,
}

/// It is stated that a leg has no other batch than those recorded for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct NoOtherBatch {
    /// The leg.
    pub leg: LegId,
}

// ---- what may be recorded

/// What may be recorded about handovers. What became of them is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum HandoverEntry {
    /// A handover enters the record.
    Introduced(Handover),
    /// A leg of it enters the record.
    Leg(Leg),
    /// A leg has no other batch.
    NoOtherBatch(NoOtherBatch),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct HandoverRow {
    pub(crate) id: HandoverId,
    pub(crate) under: Option<Idx<AgreementRow>>,
    pub(crate) on: When,
    pub(crate) instead_of: Option<Idx<HandoverRow>>,
    pub(crate) last_leg: Option<Idx<LegRow>>,
    pub(crate) last_bringing: Option<Idx<BringingRow>>,
    pub(crate) former_of_agreement: Option<Idx<HandoverRow>>,
}

#[derive(Clone, Debug)]
pub(crate) struct LegRow {
    pub(crate) id: LegId,
    pub(crate) handover: Idx<HandoverRow>,
    pub(crate) from: Idx<PartyRow>,
    pub(crate) to: Idx<PartyRow>,
    pub(crate) of: Class,
    pub(crate) unit: Unit,
    pub(crate) towards: Option<Idx<ObligationRow>>,
    /// Whether it was stated that there is no other batch.
    pub(crate) whole: bool,
    pub(crate) last_passage: Option<Idx<PassageRow>>,
    pub(crate) former_of_handover: Option<Idx<LegRow>>,
    pub(crate) former_of_obligation: Option<Idx<LegRow>>,
}

impl State {
    /// The legs of a handover, the latest first.
    pub(crate) fn legs_of_handover(&self, handover: Idx<HandoverRow>) -> impl Iterator<Item = Idx<LegRow>> {
        core::iter::successors(self.handovers.get(handover).last_leg, |leg| {
            self.legs.get(*leg).former_of_handover
        })
    }

    /// The legs that perform an obligation, the latest first.
    pub(crate) fn legs_of_obligation(
        &self,
        obligation: Idx<ObligationRow>,
    ) -> impl Iterator<Item = Idx<LegRow>> {
        core::iter::successors(self.obligations.get(obligation).last_leg, |leg| {
            self.legs.get(*leg).former_of_obligation
        })
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(HandoverRow),
    Leg(LegRow),
    NoOtherBatch(Idx<LegRow>),
}

pub(crate) fn resolve(state: &State, entry: &HandoverEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        HandoverEntry::Introduced(handover) => {
            state.handovers.is_new(handover.id)?;
            let under = handover.under.map(|id| state.agreements.find(id)).transpose()?;
            Resolved::Introduced(HandoverRow {
                id: handover.id,
                under,
                on: handover.on,
                instead_of: handover.instead_of.map(|id| state.handovers.find(id)).transpose()?,
                last_leg: None,
                last_bringing: None,
                former_of_agreement: under
                    .and_then(|agreement| state.agreements.get(agreement).last_handover),
            })
        }
        HandoverEntry::Leg(leg) => {
            state.legs.is_new(leg.id)?;
            let handover = state.handovers.find(leg.handover)?;
            let towards = leg.towards.map(|id| state.obligations.find(id)).transpose()?;
            Resolved::Leg(LegRow {
                id: leg.id,
                handover,
                from: state.parties.find(leg.from)?,
                to: state.parties.find(leg.to)?,
                of: leg.of,
                unit: leg.unit,
                towards,
                whole: false,
                last_passage: None,
                former_of_handover: state.handovers.get(handover).last_leg,
                former_of_obligation: towards
                    .and_then(|obligation| state.obligations.get(obligation).last_leg),
            })
        }
        HandoverEntry::NoOtherBatch(whole) => Resolved::NoOtherBatch(state.legs.find(whole.leg)?),
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Introduced(_) => Ok(()),
        Resolved::Leg(leg) => judge_leg(state, leg),
        Resolved::NoOtherBatch(leg) => {
            let leg = state.legs.get(*leg);
            if leg.last_passage.is_none() { Err(HandoverRefusal::NoBatch(leg.id).into()) } else { Ok(()) }
        }
    }
}

fn judge_leg(state: &State, leg: &LegRow) -> Result<(), Refusal> {
    if leg.from == leg.to {
        return Err(HandoverRefusal::ToItself(state.parties.get(leg.from).id).into());
    }
    if !leg.of.matter.is_counted_in(leg.unit) {
        return Err(HandoverRefusal::UnitDoesNotFit { matter: leg.of.matter, unit: leg.unit }.into());
    }
    if let Some(towards) = leg.towards {
        performs(state, towards, leg.from, leg.to, leg.of)?;
    }
    Ok(())
}

/// Whether a handing over from one party to another can perform an obligation.
pub(crate) fn performs(
    state: &State,
    obligation: Idx<ObligationRow>,
    from: Idx<PartyRow>,
    to: Idx<PartyRow>,
    of: Class,
) -> Result<(), HandoverRefusal> {
    let owed = state.obligations.get(obligation);
    if (owed.debtor, owed.creditor) != (from, to) {
        return Err(HandoverRefusal::OtherDirection {
            obligation: owed.id,
            expected: (state.parties.get(owed.debtor).id, state.parties.get(owed.creditor).id),
            found: (state.parties.get(from).id, state.parties.get(to).id),
        });
    }
    if owed.of.matter != of.matter {
        return Err(HandoverRefusal::OtherMatter {
            obligation: owed.id,
            expected: owed.of.matter,
            found: of.matter,
        });
    }
    Ok(())
}

/// What is impossible of a handover.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandoverRefusal {
    /// Nobody hands over to themselves.
    ToItself(PartyId),
    /// The unit cannot count what is handed over.
    UnitDoesNotFit {
        /// What is handed over.
        matter: Matter,
        /// The unit.
        unit: Unit,
    },
    /// The obligation is owed in another direction.
    OtherDirection {
        /// The obligation.
        obligation: ObligationId,
        /// Its debtor and creditor.
        expected: (PartyId, PartyId),
        /// Who hands over, and to whom.
        found: (PartyId, PartyId),
    },
    /// The obligation is to hand over something else.
    OtherMatter {
        /// The obligation.
        obligation: ObligationId,
        /// What is owed.
        expected: Matter,
        /// What is handed over.
        found: Matter,
    },
    /// A leg without a batch cannot be said to have no other.
    NoBatch(LegId),
}

impl HandoverRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::ToItself(_) => Rule::numbered(20, "custody passes from one to another"),
            Self::UnitDoesNotFit { .. } => {
                Rule::numbered(10, "every count carries a unit that can count its subject")
            }
            Self::OtherDirection { .. } => {
                Rule::unnumbered("an obligation is performed by its debtor to its creditor")
            }
            Self::OtherMatter { .. } => {
                Rule::numbered(8, "remains, prisoners of war and civilians are different classes")
            }
            Self::NoBatch(_) => Rule::unnumbered("a leg that has no other batch has one at least"),
        }
    }
}

impl fmt::Display for HandoverRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ToItself(party) => write!(f, "expected two parties, found `{party}` on both ends"),
            Self::UnitDoesNotFit { matter, unit } => {
                write!(f, "expected a unit that can count {matter}, found {unit}")
            }
            Self::OtherDirection { obligation, expected, found } => write!(
                f,
                "expected `{}` to hand over to `{}`, as obligation `{obligation}` has it, found `{}` to `{}`",
                expected.0, expected.1, found.0, found.1
            ),
            Self::OtherMatter { obligation, expected, found } => {
                write!(f, "expected {expected}, as obligation `{obligation}` has it, found {found}")
            }
            Self::NoBatch(leg) => write!(f, "expected a batch recorded for leg `{leg}`, found none"),
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, resolved: Resolved) {
    match resolved {
        Resolved::Introduced(row) => {
            let under = row.under;
            let row = state.handovers.add(row);
            if let Some(under) = under {
                state.agreements.change(under, |agreement| agreement.last_handover = Some(row));
            }
        }
        Resolved::Leg(row) => {
            let (handover, towards) = (row.handover, row.towards);
            let row = state.legs.add(row);
            state.handovers.change(handover, |handover| handover.last_leg = Some(row));
            if let Some(towards) = towards {
                state.obligations.change(towards, |obligation| obligation.last_leg = Some(row));
            }
        }
        Resolved::NoOtherBatch(leg) => state.legs.change(leg, |leg| leg.whole = true),
    }
}
