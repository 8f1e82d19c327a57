//! Association (axis 2 of B5): units that are taken to be of one individual. A group is a hypothesis with a history, never
//! an assumption from lying in one bag (invariant 29).

use alloc::vec::Vec;

use super::{RemainsRefusal, UnitRow};
use crate::held::EntryRow;
use crate::id::{GroupId, RecordRef, RemainsId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Units that are taken to be of one individual: parts of one person in several bags, batches and years.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Group {
    /// Its identifier.
    pub id: GroupId,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Why a unit is taken to be of the same individual as the others of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum AssociationBasis {
    /// The elements fit each other: joints, fractures, pairs.
    AnatomicalFit,
    /// A comparison of profiles, with the report in a protected store.
    Dna(RecordRef),
    /// What is known of the circumstances.
    Context(Text),
    /// They were found together. By itself it is no basis (invariant 29).
    FoundTogether,
}

/// A unit is taken to belong to a group. It is in one group at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Association {
    /// The unit.
    pub unit: RemainsId,
    /// The group.
    pub group: GroupId,
    /// When it was decided.
    pub on: When,
    /// Why.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub basis: Vec<AssociationBasis>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A unit is taken to belong to another group than before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Regrouping {
    /// The unit.
    pub unit: RemainsId,
    /// The group in which it was.
    pub from: GroupId,
    /// The group in which it is.
    pub to: GroupId,
    /// When it was decided.
    pub on: When,
    /// Why.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub basis: Vec<AssociationBasis>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// A unit is no longer taken to belong to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Dissociation {
    /// The unit.
    pub unit: RemainsId,
    /// The group in which it was.
    pub group: GroupId,
    /// When it was decided.
    pub on: When,
    /// Why.
    pub reason: Text,
}

// ---- what may be recorded

/// What may be recorded about groups of units.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum GroupEntry {
    /// A group enters the record.
    Introduced(Group),
    /// A unit belongs to it.
    Associated(Association),
    /// A unit belongs to another.
    Moved(Regrouping),
    /// A unit does not belong to it any more.
    Withdrawn(Dissociation),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct GroupRow {
    pub(crate) id: GroupId,
    last_member: Option<Idx<MembershipRow>>,
}

/// That a unit is, or was, taken to belong to a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MembershipRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) unit: Idx<UnitRow>,
    pub(crate) group: Idx<GroupRow>,
    pub(crate) ended_by: Option<Idx<EntryRow>>,
    former_of_group: Option<Idx<MembershipRow>>,
}

impl State {
    /// The group to which a unit is taken to belong now.
    pub(crate) fn group_of_unit(&self, unit: Idx<UnitRow>) -> Option<Idx<GroupRow>> {
        let membership = self.memberships.get(self.units.get(unit).membership?);
        membership.ended_by.is_none().then_some(membership.group)
    }

    /// The units that are, or were, taken to belong to a group, the latest decision first.
    pub(crate) fn memberships_of_group(&self, group: Idx<GroupRow>) -> impl Iterator<Item = &MembershipRow> {
        core::iter::successors(self.groups.get(group).last_member, |at| {
            self.memberships.get(*at).former_of_group
        })
        .map(|at| self.memberships.get(at))
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(GroupId),
    Changed {
        unit: Idx<UnitRow>,
        from: Option<Idx<GroupRow>>,
        to: Option<Idx<GroupRow>>,
        on: When,
        basis: Basis,
    },
}

/// Whether a decision has a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    Some,
    FoundTogetherOnly,
    None,
}

impl Basis {
    fn of(basis: &[AssociationBasis]) -> Self {
        if basis.is_empty() {
            Self::None
        } else if basis.iter().all(|one| *one == AssociationBasis::FoundTogether) {
            Self::FoundTogetherOnly
        } else {
            Self::Some
        }
    }
}

pub(super) fn resolve(state: &State, entry: &GroupEntry) -> Result<Resolved, Refusal> {
    let (unit, from, to, on, basis) = match entry {
        GroupEntry::Introduced(group) => {
            state.groups.is_new(group.id)?;
            return Ok(Resolved::Introduced(group.id));
        }
        GroupEntry::Associated(it) => (it.unit, None, Some(it.group), it.on, Basis::of(&it.basis)),
        GroupEntry::Moved(it) => (it.unit, Some(it.from), Some(it.to), it.on, Basis::of(&it.basis)),
        GroupEntry::Withdrawn(it) => (it.unit, Some(it.group), None, it.on, Basis::Some),
    };
    Ok(Resolved::Changed {
        unit: state.units.find(unit)?,
        from: from.map(|id| state.groups.find(id)).transpose()?,
        to: to.map(|id| state.groups.find(id)).transpose()?,
        on,
        basis,
    })
}

pub(super) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let Resolved::Changed { unit: at, from, to, on, basis } = resolved else { return Ok(()) };
    let unit = state.units.get(*at);
    if to.is_some() {
        state.unit_exists_on(*at, *on)?;
    }
    let found = state.group_of_unit(*at);
    if found != *from {
        let [expected, found] = [*from, found].map(|group| group.map(|group| state.groups.get(group).id));
        return Err(RemainsRefusal::InAnotherGroup { unit: unit.id, expected, found }.into());
    }
    if from == to {
        return Err(RemainsRefusal::NotMoved(unit.id).into());
    }
    match basis {
        Basis::Some => {}
        Basis::FoundTogetherOnly => return Err(RemainsRefusal::OnlyFoundTogether(unit.id).into()),
        Basis::None => return Err(RemainsRefusal::NoBasis(unit.id).into()),
    }
    if let (Some(_), Some(membership)) = (from, unit.membership) {
        state.not_before(*on, state.memberships.get(membership).entry)?;
    }
    Ok(())
}

// ---- apply

pub(super) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: &Resolved) {
    match *resolved {
        Resolved::Introduced(id) => {
            state.groups.add(GroupRow { id, last_member: None });
        }
        Resolved::Changed { unit, to, .. } => {
            if let Some(former) = state.units.get(unit).membership {
                state.memberships.change(former, |former| {
                    former.ended_by = former.ended_by.or(Some(entry));
                });
            }
            if let Some(group) = to {
                let former_of_group = state.groups.get(group).last_member;
                let row = state.memberships.add(MembershipRow {
                    entry,
                    unit,
                    group,
                    ended_by: None,
                    former_of_group,
                });
                state.groups.change(group, |group| group.last_member = Some(row));
                state.units.change(unit, |unit| unit.membership = Some(row));
            }
            state.note_event(unit, entry);
        }
    }
}
