//! Batches: what is offered together, and keeps its identity from one appearance to the next.
//!
//! A batch brought on the 7th and accepted on the 11th is one batch with two appearances, not two deliveries. It
//! passes in one leg at most; everywhere else it was only brought. Who brought it and how many it counts are
//! claims; receipt implies neither identity nor number nor nationality (invariant 24).

use core::fmt;

use crate::closure::ClosureRow;
use crate::container::MemberRow;
use crate::held::EntryRow;
use crate::id::{BatchId, EntryId, LegId, ObligationId, OrganId, PartyId};
use crate::obligation::{Class, Matter, ObligationRow};
use crate::party::PartyRow;
use crate::quantity::Unit;
use crate::refusal::{EntryRefusal, Refusal, Rule};
use crate::slot::{HandoverRow, LegRow, performs};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;

// ---- value types

/// A batch, known by its number alone or by its containers.
///
/// [`SlotView`](crate::reading::SlotView) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Batch {
    /// Its identifier.
    pub id: BatchId,
    /// The party that offers it.
    pub from: PartyId,
    /// The party to which it is offered.
    pub to: PartyId,
    /// Who is handed over.
    pub of: Class,
    /// In what unit it is counted.
    pub unit: Unit,
    /// The obligation towards which it is offered.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub towards: Option<ObligationId>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// The batch passed in this leg, and in no other (invariant 20). How many passed is what each side says of leg and
/// batch.
///
/// [`SlotView`](crate::reading::SlotView) has an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Passage {
    /// The batch.
    pub batch: BatchId,
    /// The leg.
    pub leg: LegId,
}

/// An entry about a batch, a container or custody was wrong and is reversed, once (invariant 12), by the organ that
/// recorded it. What was said otherwise stays.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Reversal {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: Text,
}

// ---- what may be recorded

/// What may be recorded about batches.
///
/// [`SlotView`](crate::reading::SlotView) has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum BatchEntry {
    /// A batch enters the record.
    Introduced(Batch),
    /// It passed in a leg.
    Passed(Passage),
    /// That it passed there was recorded wrongly.
    Reversed(Reversal),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct BatchRow {
    pub(crate) id: BatchId,
    pub(crate) from: Idx<PartyRow>,
    pub(crate) to: Idx<PartyRow>,
    pub(crate) of: Class,
    pub(crate) unit: Unit,
    pub(crate) towards: Option<Idx<ObligationRow>>,
    /// The passage that stands.
    pub(crate) passage: Option<Idx<PassageRow>>,
    pub(crate) last_bringing: Option<Idx<BringingRow>>,
    pub(crate) last_member: Option<Idx<MemberRow>>,
    /// The last entry that stated that it has no other container, also one that was reversed.
    pub(crate) last_complete: Option<Idx<EntryRow>>,
    pub(crate) former_of_obligation: Option<Idx<BatchRow>>,
    pub(crate) last_closure: Option<Idx<ClosureRow>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct PassageRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) batch: Idx<BatchRow>,
    pub(crate) leg: Idx<LegRow>,
    pub(crate) reversed_by: Option<Idx<EntryRow>>,
    former_of_leg: Option<Idx<PassageRow>>,
}

/// That someone spoke of a batch as brought to a handover.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BringingRow {
    pub(crate) batch: Idx<BatchRow>,
    pub(crate) to: Idx<HandoverRow>,
    former_of_batch: Option<Idx<BringingRow>>,
    former_of_handover: Option<Idx<BringingRow>>,
}

impl State {
    /// The batches that passed in a leg, the latest first.
    pub(crate) fn batches_of_leg(&self, leg: Idx<LegRow>) -> impl Iterator<Item = Idx<BatchRow>> {
        core::iter::successors(self.legs.get(leg).last_passage, |at| self.passages.get(*at).former_of_leg)
            .map(|at| self.passages.get(at))
            .filter(|passage| passage.reversed_by.is_none())
            .map(|passage| passage.batch)
    }

    /// The batches offered towards an obligation, the latest first.
    pub(crate) fn batches_of_obligation(
        &self,
        obligation: Idx<ObligationRow>,
    ) -> impl Iterator<Item = Idx<BatchRow>> {
        core::iter::successors(self.obligations.get(obligation).last_batch, |batch| {
            self.batches.get(*batch).former_of_obligation
        })
    }

    /// The handovers to which someone says that a batch was brought, the latest first.
    pub(crate) fn bringings_of_batch(&self, batch: Idx<BatchRow>) -> impl Iterator<Item = &BringingRow> {
        core::iter::successors(self.batches.get(batch).last_bringing, |at| {
            self.bringings.get(*at).former_of_batch
        })
        .map(|at| self.bringings.get(at))
    }

    /// The batches of which someone says that they were brought to a handover, the latest first.
    pub(crate) fn bringings_to(&self, handover: Idx<HandoverRow>) -> impl Iterator<Item = &BringingRow> {
        core::iter::successors(self.handovers.get(handover).last_bringing, |at| {
            self.bringings.get(*at).former_of_handover
        })
        .map(|at| self.bringings.get(at))
    }

    /// Takes note that someone speaks of a batch as brought to a handover.
    pub(crate) fn note_bringing(&mut self, batch: Idx<BatchRow>, to: Idx<HandoverRow>) {
        let row = self.bringings.add(BringingRow {
            batch,
            to,
            former_of_batch: self.batches.get(batch).last_bringing,
            former_of_handover: self.handovers.get(to).last_bringing,
        });
        self.batches.change(batch, |batch| batch.last_bringing = Some(row));
        self.handovers.change(to, |handover| handover.last_bringing = Some(row));
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(BatchRow),
    Passed(Idx<BatchRow>, Idx<LegRow>),
    Reversed { passage: Idx<PassageRow>, by: OrganId, recorded_by: OrganId },
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &BatchEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        BatchEntry::Introduced(batch) => {
            state.batches.is_new(batch.id)?;
            let towards = batch.towards.map(|id| state.obligations.find(id)).transpose()?;
            Resolved::Introduced(BatchRow {
                id: batch.id,
                from: state.parties.find(batch.from)?,
                to: state.parties.find(batch.to)?,
                of: batch.of,
                unit: batch.unit,
                towards,
                passage: None,
                last_bringing: None,
                last_member: None,
                last_complete: None,
                former_of_obligation: towards
                    .and_then(|obligation| state.obligations.get(obligation).last_batch),
                last_closure: None,
            })
        }
        BatchEntry::Passed(passage) => {
            Resolved::Passed(state.batches.find(passage.batch)?, state.legs.find(passage.leg)?)
        }
        BatchEntry::Reversed(reversal) => {
            let entry = state.entries.find(reversal.entry)?;
            let passage = state.passage_index.get(entry);
            let passage =
                passage.ok_or(EntryRefusal::NoSuch { kind: "passage", id: reversal.entry.to_uuid() })?;
            let recorded_by = state.organ_of_entry(entry);
            Resolved::Reversed { passage, by, recorded_by: state.organs.get(recorded_by).id }
        }
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Introduced(batch) => {
            if batch.from == batch.to {
                return Err(BatchRefusal::ToItself(state.parties.get(batch.from).id).into());
            }
            if !batch.of.matter.is_counted_in(batch.unit) {
                return Err(BatchRefusal::UnitDoesNotFit { matter: batch.of.matter, unit: batch.unit }.into());
            }
            if let Some(towards) = batch.towards {
                performs(state, towards, batch.from, batch.to, batch.of)?;
            }
        }
        Resolved::Passed(batch, leg) => judge_passage(state, *batch, *leg)?,
        Resolved::Reversed { passage, by, recorded_by } => {
            let passage = state.passages.get(*passage);
            if by != recorded_by {
                let entry = state.entries.get(passage.entry).id;
                return Err(BatchRefusal::NotItsOrgan { entry, expected: *recorded_by, found: *by }.into());
            }
            if let Some(reversal) = passage.reversed_by {
                return Err(BatchRefusal::ReversedAlready {
                    entry: state.entries.get(passage.entry).id,
                    by: state.entries.get(reversal).id,
                }
                .into());
            }
        }
    }
    Ok(())
}

fn judge_passage(state: &State, batch: Idx<BatchRow>, leg: Idx<LegRow>) -> Result<(), BatchRefusal> {
    let (batch, leg) = (state.batches.get(batch), state.legs.get(leg));
    if let Some(passage) = batch.passage {
        let leg = state.legs.get(state.passages.get(passage).leg).id;
        return Err(BatchRefusal::PassedAlready { batch: batch.id, leg });
    }
    // What is offered towards an obligation does not pass unassigned: it would be lost to that obligation.
    let same_obligation = batch.towards.is_none() || batch.towards == leg.towards;
    if (batch.from, batch.to, batch.of.matter, batch.unit) != (leg.from, leg.to, leg.of.matter, leg.unit)
        || !same_obligation
    {
        return Err(BatchRefusal::LegDoesNotFit { batch: batch.id, leg: leg.id });
    }
    if leg.whole {
        return Err(BatchRefusal::LegIsWhole { batch: batch.id, leg: leg.id });
    }
    Ok(())
}

/// What is impossible of a batch (B4; invariants 12, 20 and 24).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchRefusal {
    /// Nobody offers a batch to themselves.
    ToItself(PartyId),
    /// The unit cannot count what is offered.
    UnitDoesNotFit {
        /// What is offered.
        matter: Matter,
        /// The unit.
        unit: Unit,
    },
    /// A batch passes in one leg at most.
    PassedAlready {
        /// The batch.
        batch: BatchId,
        /// The leg in which it passed.
        leg: LegId,
    },
    /// The batch is of another direction, matter, unit or obligation than the leg.
    LegDoesNotFit {
        /// The batch.
        batch: BatchId,
        /// The leg.
        leg: LegId,
    },
    /// It was stated that the leg has no other batch.
    LegIsWhole {
        /// The batch.
        batch: BatchId,
        /// The leg.
        leg: LegId,
    },
    /// A passage is reversed by the organ that recorded it.
    NotItsOrgan {
        /// The entry that recorded the passage.
        entry: EntryId,
        /// The organ that recorded it.
        expected: OrganId,
        /// The organ that would reverse it.
        found: OrganId,
    },
    /// An entry is reversed at most once.
    ReversedAlready {
        /// The entry.
        entry: EntryId,
        /// The entry that reversed it.
        by: EntryId,
    },
}

impl BatchRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::ToItself(_) => Rule::numbered(20, "custody passes from one to another"),
            Self::UnitDoesNotFit { .. } => {
                Rule::numbered(10, "every count carries a unit that can count its subject")
            }
            Self::PassedAlready { .. } => {
                Rule::numbered(20, "a batch passes in one leg at most and is counted once")
            }
            Self::LegDoesNotFit { .. } => Rule::numbered(
                10,
                "a batch passes in a leg of its own direction, matter, unit and obligation",
            ),
            Self::LegIsWhole { .. } => Rule::unnumbered("a leg that has no other batch has no other batch"),
            Self::NotItsOrgan { .. } => Rule::numbered(52, "an entry is reversed by the organ that made it"),
            Self::ReversedAlready { .. } => Rule::numbered(
                12,
                "a reversal names the entry that it reverses, and an entry is reversed at most once",
            ),
        }
    }
}

impl fmt::Display for BatchRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ToItself(party) => write!(f, "expected two parties, found `{party}` on both ends"),
            Self::UnitDoesNotFit { matter, unit } => {
                write!(f, "expected a unit that can count {matter}, found {unit}")
            }
            Self::PassedAlready { batch, leg } => {
                write!(
                    f,
                    "expected batch `{batch}` not to have passed yet, found that it passed in leg `{leg}`"
                )
            }
            Self::LegDoesNotFit { batch, leg } => write!(
                f,
                "expected a leg with the direction, matter, unit and obligation of batch `{batch}`, found `{leg}`"
            ),
            Self::LegIsWhole { batch, leg } => {
                write!(f, "expected no other batch in leg `{leg}`, as was stated, found `{batch}`")
            }
            Self::NotItsOrgan { entry, expected, found } => {
                write!(f, "expected organ `{expected}`, which recorded entry `{entry}`, found `{found}`")
            }
            Self::ReversedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was reversed by `{by}`")
            }
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Introduced(row) => {
            let towards = row.towards;
            let row = state.batches.add(row);
            if let Some(towards) = towards {
                state.obligations.change(towards, |obligation| obligation.last_batch = Some(row));
            }
        }
        Resolved::Passed(batch, leg) => {
            let former_of_leg = state.legs.get(leg).last_passage;
            let row = state.passages.add(PassageRow { entry, batch, leg, reversed_by: None, former_of_leg });
            state.passage_index.add(entry, row);
            state.legs.change(leg, |leg| leg.last_passage = Some(row));
            state.batches.change(batch, |batch| batch.passage = Some(row));
        }
        Resolved::Reversed { passage, .. } => {
            let batch = state.passages.get(passage).batch;
            state.passages.change(passage, |passage| passage.reversed_by = Some(entry));
            state.batches.change(batch, |batch| {
                if batch.passage == Some(passage) {
                    batch.passage = None;
                }
            });
        }
    }
}
