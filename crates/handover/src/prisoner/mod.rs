//! Prisoners' lists: who is to be handed over, what stands in the way, and what became of each (B7).
//!
//! A list leads from one holder to one home party; an exchange has two. Each side proposes versions and answers the other's;
//! what both accepted can be frozen, and changes only by a new version that both accept (invariant 48). On a list are
//! persons under opaque references. What happens to one is told step by step, by the organ whose part it is. How an entry
//! stands is folded from its steps by the time of their events, so the order in which they are learned changes nothing.
//!
//! Refusal is three things: the holder's, the receiver's ([`Step::Refused`] by either), and the person's own
//! ([`Step::Will`]), which counts until the last moment.

mod category;
mod guard;
mod list;
mod nomination;
mod procedure;
mod refusal;
mod same;
mod state;
mod step;
mod wording;

pub(crate) use category::CategoryRow;
pub use category::{
    CategoryDefinition, CategoryKind, CommissionDecision, CommissionOutcome, Evaluation, MedicalGround,
    Membership, ReferenceDate,
};
pub use list::{CustodyDays, List, ListEntry, ListResponse, ListStep, ListVersion};
pub use nomination::{Nomination, Substitution};
pub use refusal::PrisonerRefusal;
pub use same::{SamePerson, StepRetraction};
pub(crate) use state::{ListEventRow, ListRow, NominationRow, SameRow, StepRow, VersionRow};
pub use step::{
    DeathDuty, Fitness, HandingOver, HoldGround, Holding, Inquiry, Manner, NominationStep, PersonalWish,
    Step, Voluntary, Whereabouts, Will,
};

use crate::held::EntryRow;
use crate::id::OrganId;
use crate::party::OrganRow;
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::when::When;

// ---- value types

/// What an organ is to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Holder,
    Home,
    Neutral,
    Other,
}

// ---- what may be recorded

/// What may be recorded about prisoners' lists.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum PrisonerEntry {
    /// A category is defined.
    Category(CategoryDefinition),
    /// A list, its versions and what is done with them.
    List(ListEntry),
    /// A person is nominated for a list.
    Nominated(Nomination),
    /// Someone who is not on the frozen list is offered.
    SubstituteOffered(Substitution),
    /// Something happens to an entry of a list.
    Step(NominationStep),
    /// What was told of an entry of a list does not stand.
    Retracted(StepRetraction),
    /// Two references are one person.
    SamePerson(SamePerson),
    /// They are not.
    SamePersonReversed(StepRetraction),
}

impl PrisonerEntry {
    /// When it happened; a definition and a retraction are of no time.
    pub const fn on(&self) -> Option<When> {
        Some(match self {
            Self::List(entry) => entry.on(),
            Self::Nominated(nomination) => nomination.on,
            Self::SubstituteOffered(offer) => offer.on,
            Self::Step(step) => step.on,
            Self::SamePerson(same) => same.on,
            Self::Category(_) | Self::Retracted(_) | Self::SamePersonReversed(_) => return None,
        })
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) struct Resolved {
    organ: Idx<OrganRow>,
    does: Found,
}

#[derive(Debug)]
enum Found {
    Category(CategoryDefinition, Option<CategoryRow>),
    List(procedure::Resolved),
    Nominated(nomination::Nominated),
    Step(nomination::Stepped),
    Retracted(nomination::Retracted),
    Same(same::Resolved),
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &PrisonerEntry) -> Result<Resolved, Refusal> {
    let does = match entry {
        PrisonerEntry::Category(definition) => {
            state.categories.is_new(definition.id)?;
            let under = definition.under.map(|id| state.agreements.find(id)).transpose()?;
            let agreed = under.map(|at| state.agreements.get(at).on);
            let row = definition.reference.map(|reference| CategoryRow {
                id: definition.id,
                kind: definition.kind,
                fixed: match reference {
                    ReferenceDate::On(day) => Some(day),
                    ReferenceDate::Agreement => agreed,
                    ReferenceDate::Freeze | ReferenceDate::Transfer => None,
                },
                reference,
            });
            Found::Category(definition.clone(), row)
        }
        PrisonerEntry::List(entry) => Found::List(procedure::resolve(state, entry)?),
        PrisonerEntry::Nominated(it) => Found::Nominated(nomination::nominated(state, it)?),
        PrisonerEntry::SubstituteOffered(it) => Found::Nominated(nomination::offered(state, it)?),
        PrisonerEntry::Step(it) => Found::Step(nomination::stepped(state, it)?),
        PrisonerEntry::Retracted(it) => Found::Retracted(nomination::retracted(state, it)?),
        PrisonerEntry::SamePerson(it) => Found::Same(same::same(state, it)?),
        PrisonerEntry::SamePersonReversed(it) => Found::Same(same::reversed(state, it)?),
    };
    Ok(Resolved { organ: state.organs.find(by)?, does })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let organ = resolved.organ;
    match &resolved.does {
        Found::Category(definition, row) => match row {
            Some(row) if row.reference != ReferenceDate::Agreement || row.fixed.is_some() => Ok(()),
            _ => Err(PrisonerRefusal::NoReferenceDate(definition.id).into()),
        },
        Found::List(resolved) => procedure::judge(state, organ, resolved),
        Found::Nominated(nominated) => nomination::judge_nominated(state, organ, nominated),
        Found::Step(stepped) => guard::judge_step(state, organ, stepped),
        Found::Retracted(retracted) => nomination::judge_retracted(state, organ, retracted),
        Found::Same(resolved) => same::judge(state, organ, resolved),
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved.does {
        Found::Category(_, row) => {
            if let Some(row) = row {
                state.categories.add(row);
            }
        }
        Found::List(found) => procedure::apply(state, entry, resolved.organ, found),
        Found::Nominated(nominated) => nomination::apply_nominated(state, entry, &nominated),
        Found::Step(stepped) => nomination::apply_step(state, entry, &stepped),
        Found::Retracted(retracted) => state.withdrawal_index.add(retracted.entry, entry),
        Found::Same(found) => same::apply(state, entry, &found),
    }
}
