//! That two references are one person: names are spelt in more than one way, and the references know nothing of it.

use super::PrisonerRefusal as Refused;
use super::state::SameRow;
use crate::held::EntryRow;
use crate::id::{EntryId, PersonRef};
use crate::party::OrganRow;
use crate::person::PersonRow;
use crate::refusal::Refusal;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// These two references are one person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct SamePerson {
    /// One reference.
    pub one: PersonRef,
    /// The other.
    pub other: PersonRef,
    /// When that was found.
    pub on: When,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// What was said of an entry of a list, or that two references are one person, does not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct StepRetraction {
    /// The entry that said so.
    pub entry: EntryId,
    /// Why.
    pub reason: Text,
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Same([Idx<PersonRow>; 2]),
    Reversed(Idx<EntryRow>),
}

pub(super) fn same(state: &State, same: &SamePerson) -> Result<Resolved, Refusal> {
    Ok(Resolved::Same([state.persons.find(same.one)?, state.persons.find(same.other)?]))
}

pub(super) fn reversed(state: &State, retraction: &StepRetraction) -> Result<Resolved, Refusal> {
    let entry = state.entries.find(retraction.entry)?;
    match state.told_in_full(entry) {
        Some(super::PrisonerEntry::SamePerson(_)) => Ok(Resolved::Reversed(entry)),
        _ => Err(Refused::NoStep(retraction.entry).into()),
    }
}

pub(super) fn judge(state: &State, organ: Idx<OrganRow>, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Same([one, other]) => {
            if !state.is_authority(organ) {
                let organ = state.organs.get(organ).id;
                let expected = "an organ of a party or a neutral one";
                return Err(Refused::NotItsPart { organ, expected }.into());
            }
            if one == other {
                return Err(Refused::OnePerson(state.persons.get(*one).id).into());
            }
            Ok(())
        }
        Resolved::Reversed(entry) => {
            let (id, own) = (state.entries.get(*entry).id, state.organ_of_entry(*entry));
            if own != organ {
                return Err(Refused::NotItsWord { entry: id, organ: state.organs.get(own).id }.into());
            }
            match state.withdrawal_index.get(*entry) {
                Some(by) => Err(Refused::RetractedAlready { entry: id, by: state.entries.get(by).id }.into()),
                None => Ok(()),
            }
        }
    }
}

// ---- apply

pub(super) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: &Resolved) {
    match resolved {
        Resolved::Same(persons) => {
            let [one, other] = *persons;
            let former = [state.persons.get(one).last_same, state.persons.get(other).last_same];
            let row = state.sames.add(SameRow { entry, persons: *persons, former });
            for person in [one, other] {
                state.persons.change(person, |person| person.last_same = Some(row));
            }
        }
        Resolved::Reversed(same) => state.withdrawal_index.add(*same, entry),
    }
}
