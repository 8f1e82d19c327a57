//! Persons, under an opaque reference: what each party says has become of them (B6), and never a name.
//!
//! What is known of a person is said by an organ and as of a day. It can contradict that certain remains are that person's
//! (invariant 34), and it is never overwritten: its own organ corrects or withdraws it.

mod rows;
mod status;

pub(crate) use rows::PersonTold;
pub use status::{Confirmation, PersonStatus, StatusAsOf};

use core::fmt;

use crate::held::EntryRow;
use crate::id::{EntryId, OrganId, PartyId, PersonRef};
use crate::identification::DecisionRow;
use crate::notice::{FamilyRow, NoticeRow};
use crate::prisoner::{NominationRow, SameRow};
use crate::refusal::{Refusal, Rule};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// A person of whom the record speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Person {
    /// The reference. Whose it is stands in a store of its own.
    pub id: PersonRef,
}

/// Sex, as registered of a person or as examined of remains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Another, or not known: it contradicts nothing.
    OtherOrUnknown,
}

impl Sex {
    /// Whether one who is this is certainly not the other.
    pub(crate) const fn contradicts(self, other: Self) -> bool {
        matches!((self, other), (Self::Female, Self::Male) | (Self::Male, Self::Female))
    }
}

/// A person is known as a prisoner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Captivity {
    /// Who holds the person.
    pub held_by: PartyId,
    /// As of when.
    pub as_of: When,
}

/// What an organ states of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Fact {
    /// Sex, as registered.
    Sex(Sex),
    /// Last known alive then, before being missed.
    LastKnownAlive(When),
    /// Known to be alive as of then.
    KnownAlive(When),
    /// Known as a prisoner.
    Prisoner(Captivity),
    /// Missed or thought dead, and found alive.
    FoundAlive(When),
    /// What has become of the person.
    Status(StatusAsOf),
}

impl Fact {
    /// When the person certainly lived, if it says so.
    pub const fn alive(&self) -> Option<When> {
        match self {
            Self::LastKnownAlive(when) | Self::KnownAlive(when) | Self::FoundAlive(when) => Some(*when),
            Self::Prisoner(captivity) => Some(captivity.as_of),
            Self::Status(told) if told.status.is_of_the_living() => Some(told.as_of),
            Self::Status(_) | Self::Sex(_) => None,
        }
    }
}

/// An organ states something of a person: the organ whose word the entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Known {
    /// The person.
    pub person: PersonRef,
    /// What is known.
    pub fact: Fact,
}

/// An organ puts another statement in the place of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct FactCorrection {
    /// The entry of the statement.
    pub entry: EntryId,
    /// What is known instead.
    pub fact: Fact,
    /// Why.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<Text>,
}

/// An organ takes back its own statement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct FactWithdrawal {
    /// The entry of the statement.
    pub entry: EntryId,
    /// Why.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about persons.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum PersonEntry {
    /// A person enters the record.
    Introduced(Person),
    /// Something is known of a person.
    Known(Known),
    /// It was otherwise.
    Corrected(FactCorrection),
    /// It was not so.
    Withdrawn(FactWithdrawal),
}

impl PersonEntry {
    /// What it states, if it states something.
    pub const fn fact(&self) -> Option<&Fact> {
        match self {
            Self::Known(known) => Some(&known.fact),
            Self::Corrected(correction) => Some(&correction.fact),
            Self::Introduced(_) | Self::Withdrawn(_) => None,
        }
    }
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct PersonRow {
    pub(crate) id: PersonRef,
    /// The latest statement about the person.
    pub(crate) last_fact: Option<Idx<FactRow>>,
    /// The latest decision that remains are this person's.
    pub(crate) last_decision: Option<Idx<DecisionRow>>,
    /// The latest entry about the person's family.
    pub(crate) last_family: Option<Idx<FamilyRow>>,
    /// The latest notice to the family.
    pub(crate) last_notice: Option<Idx<NoticeRow>>,
    /// The latest entry of a list on which the person is.
    pub(crate) last_nomination: Option<Idx<NominationRow>>,
    /// The latest entry that says that this and another reference are one person.
    pub(crate) last_same: Option<Idx<SameRow>>,
}

/// That an entry states something of a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FactRow {
    pub(crate) entry: Idx<EntryRow>,
    person: Idx<PersonRow>,
    former: Option<Idx<FactRow>>,
}

impl State {
    /// The entries that state something of a person, withdrawn ones too, the latest first.
    pub(crate) fn facts_of_person(&self, person: Idx<PersonRow>) -> impl Iterator<Item = Idx<EntryRow>> {
        core::iter::successors(self.persons.get(person).last_fact, |at| self.facts.get(*at).former)
            .map(|at| self.facts.get(at).entry)
    }

    /// What an entry states of a person, if it does.
    pub(crate) fn fact(&self, entry: Idx<EntryRow>) -> Option<&Fact> {
        self.told_in_full(entry).and_then(PersonEntry::fact)
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(PersonRow),
    Known(Idx<PersonRow>),
    /// A statement is withdrawn, and another takes its place or none.
    Withdrawn {
        entry: Idx<EntryRow>,
        by: OrganId,
        corrected: bool,
    },
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &PersonEntry) -> Result<Resolved, Refusal> {
    if let Some(Fact::Prisoner(captivity)) = entry.fact() {
        state.parties.find(captivity.held_by)?;
    }
    match entry.fact() {
        Some(Fact::Status(StatusAsOf {
            status: PersonStatus::ConfirmedPrisoner(Confirmation { held_by, confirmed_by }),
            ..
        })) => {
            state.parties.find(*held_by)?;
            state.organs.find(*confirmed_by)?;
        }
        Some(Fact::Status(StatusAsOf { status: PersonStatus::DeceasedClaimed(organ), .. })) => {
            state.organs.find(*organ)?;
        }
        _ => {}
    }
    Ok(match entry {
        PersonEntry::Introduced(person) => {
            state.persons.is_new(person.id)?;
            Resolved::Introduced(PersonRow {
                id: person.id,
                last_fact: None,
                last_decision: None,
                last_family: None,
                last_notice: None,
                last_nomination: None,
                last_same: None,
            })
        }
        PersonEntry::Known(known) => Resolved::Known(state.persons.find(known.person)?),
        PersonEntry::Corrected(FactCorrection { entry, .. }) => {
            Resolved::Withdrawn { entry: state.entries.find(*entry)?, by, corrected: true }
        }
        PersonEntry::Withdrawn(FactWithdrawal { entry, .. }) => {
            Resolved::Withdrawn { entry: state.entries.find(*entry)?, by, corrected: false }
        }
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    let Resolved::Withdrawn { entry, by, .. } = resolved else { return Ok(()) };
    let id = state.entries.get(*entry).id;
    if state.fact_index.get(*entry).is_none() {
        return Err(PersonRefusal::NoStatement(id).into());
    }
    let made_by = Some(state.organs.get(state.organ_of_entry(*entry)));
    if let Some(organ) = made_by.filter(|organ| organ.id != *by) {
        return Err(PersonRefusal::NotItsWord { entry: id, organ: organ.id }.into());
    }
    if let Some(by) = state.withdrawal_index.get(*entry) {
        return Err(PersonRefusal::WithdrawnAlready { entry: id, by: state.entries.get(by).id }.into());
    }
    Ok(())
}

/// What is impossible of a person (B6; invariants 34 and 52).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PersonRefusal {
    /// The entry states nothing of a person.
    NoStatement(EntryId),
    /// Only the organ whose word it is takes it back.
    NotItsWord {
        /// The statement.
        entry: EntryId,
        /// The organ that made it.
        organ: OrganId,
    },
    /// It is withdrawn once.
    WithdrawnAlready {
        /// The statement.
        entry: EntryId,
        /// The entry that withdrew it.
        by: EntryId,
    },
}

impl PersonRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NoStatement(_) => {
                Rule::unnumbered("only what is stated of a person is corrected or withdrawn as such")
            }
            Self::NotItsWord { .. } => Rule::numbered(
                52,
                "what is known of a person is corrected or withdrawn by the organ that stated it",
            ),
            Self::WithdrawnAlready { .. } => Rule::numbered(52, "a statement is corrected or withdrawn once"),
        }
    }
}

impl fmt::Display for PersonRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStatement(entry) => {
                write!(f, "expected an entry that states something of a person, found `{entry}`")
            }
            Self::NotItsWord { entry, organ } => {
                write!(f, "expected the word of `{organ}`, which stated `{entry}`, found another organ's")
            }
            Self::WithdrawnAlready { entry, by } => {
                write!(f, "expected a statement that stands, found that `{entry}` was withdrawn by `{by}`")
            }
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Introduced(row) => {
            state.persons.add(row);
        }
        Resolved::Known(person) => state_of(state, entry, person),
        Resolved::Withdrawn { entry: former, corrected, .. } => {
            state.withdrawal_index.add(former, entry);
            let person = state.fact_index.get(former).map(|fact| state.facts.get(fact).person);
            if let Some(person) = person.filter(|_| corrected) {
                state_of(state, entry, person);
            }
        }
    }
}

fn state_of(state: &mut State, entry: Idx<EntryRow>, person: Idx<PersonRow>) {
    let former = state.persons.get(person).last_fact;
    let row = state.facts.add(FactRow { entry, person, former });
    state.fact_index.add(entry, row);
    state.persons.change(person, |person| person.last_fact = Some(row));
}
