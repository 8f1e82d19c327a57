//! How containers are held: a row each, linked to the batches that they are or were a part of and to what others call
//! them.

use alloc::vec::Vec;

use super::{Alias, ContainerEntry};
use crate::batch::BatchRow;
use crate::held::EntryRow;
use crate::id::{ContainerId, OrganId};
use crate::ledger::Ledger;
use crate::party::OrganRow;
use crate::refusal::{EntryRefusal, Refusal};
use crate::remains::UnitRow;
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct ContainerRow {
    pub(crate) id: ContainerId,
    /// The entry that registered it.
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) held_by: Idx<OrganRow>,
    /// Of what batch it is a part.
    pub(crate) member: Option<Idx<MemberRow>>,
    /// Every batch that it is or was a part of, the last recorded first.
    pub(crate) last_member: Option<Idx<MemberRow>>,
    /// The entry that opened it.
    pub(crate) opened_by: Option<Idx<EntryRow>>,
    /// The last entry by which it is no more, also one that was reversed.
    pub(crate) last_retired: Option<Idx<EntryRow>>,
    pub(crate) last_unit: Option<Idx<UnitRow>>,
    pub(crate) last_alias: Option<Idx<AliasRow>>,
}

/// That a container is, or was, a part of a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MemberRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) container: Idx<ContainerRow>,
    pub(crate) batch: Idx<BatchRow>,
    former_of_container: Option<Idx<MemberRow>>,
    former_of_batch: Option<Idx<MemberRow>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct AliasRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) container: Idx<ContainerRow>,
    pub(crate) former_of_container: Option<Idx<AliasRow>>,
    former_of_text: Option<Idx<AliasRow>>,
}

/// The aliases whose texts have one hash.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CalledRow {
    last: Option<Idx<AliasRow>>,
}

/// FNV-1a: the same on every machine and for ever. Texts that share a value are told apart by comparison.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

impl Ledger {
    /// The containers on which someone put this number, in the order in which that was recorded. One number may stand
    /// on several, and one container may have several (invariant 21).
    ///
    /// ```
    /// let ledger = handover::ledger::Ledger::new();
    /// assert!(ledger.containers_called(&"bag 17".parse()?).is_empty());
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn containers_called(&self, code: &Text) -> Vec<ContainerId> {
        let state = &self.state;
        let last = state.alias_index.get(hash(code.as_str())).and_then(|at| state.called.get(at).last);
        let rows = core::iter::successors(last, |at| state.aliases.get(*at).former_of_text);
        let mut found: Vec<_> = rows
            .filter(|at| state.alias(*at).is_some_and(|alias| alias.code == *code))
            .map(|at| state.containers.get(state.aliases.get(at).container).id)
            .collect();
        found.reverse();
        let mut once: Vec<ContainerId> = Vec::new();
        for id in found {
            if !once.contains(&id) {
                once.push(id);
            }
        }
        once
    }

    /// The numbers that others put on a container, in the order in which that was recorded; none if it is not recorded.
    pub fn aliases_of(&self, container: ContainerId) -> Vec<&Alias> {
        let state = &self.state;
        let last = state.containers.at(container).and_then(|at| state.containers.get(at).last_alias);
        let rows = core::iter::successors(last, |at| state.aliases.get(*at).former_of_container);
        let mut found: Vec<_> = rows.filter_map(|at| state.alias(at)).collect();
        found.reverse();
        found
    }
}

impl State {
    /// The containers that are a part of a batch now, the latest first.
    pub(crate) fn containers_of_batch(
        &self,
        batch: Idx<BatchRow>,
    ) -> impl Iterator<Item = Idx<ContainerRow>> {
        self.members_ever(batch)
            .filter(|(at, container)| self.containers.get(*container).member == Some(*at))
            .map(|(_, container)| container)
    }

    /// Every membership in a batch with its container, the last recorded first, also those that others followed or reversed.
    pub(crate) fn members_ever(
        &self,
        batch: Idx<BatchRow>,
    ) -> impl Iterator<Item = (Idx<MemberRow>, Idx<ContainerRow>)> {
        core::iter::successors(self.batches.get(batch).last_member, |at| {
            self.members.get(*at).former_of_batch
        })
        .map(|at| (at, self.members.get(at).container))
    }

    /// The batch that a container is a part of now.
    pub(crate) fn batch_of_container(&self, container: Idx<ContainerRow>) -> Option<Idx<BatchRow>> {
        self.containers.get(container).member.map(|at| self.members.get(at).batch)
    }

    /// Every membership of a container, the last recorded first, also those that were reversed.
    pub(crate) fn memberships_ever(
        &self,
        container: Idx<ContainerRow>,
    ) -> impl Iterator<Item = Idx<MemberRow>> {
        core::iter::successors(self.containers.get(container).last_member, |at| {
            self.members.get(*at).former_of_container
        })
    }

    /// A container is a part of the batch to which it was assigned with the latest date, whatever the order of learning;
    /// without any date, of the last recorded. Of its memberships those are asked whose entry `stands`.
    pub(crate) fn latest_member(
        &self,
        container: Idx<ContainerRow>,
        stands: impl Fn(Idx<EntryRow>) -> bool,
    ) -> Option<Idx<MemberRow>> {
        let mut member: Option<(Idx<MemberRow>, Option<When>)> = None;
        for at in self.memberships_ever(container).filter(|at| stands(self.members.get(*at).entry)) {
            let since = self.since(at);
            let order = |since: Option<When>| since.map(|on| (on.span().first(), on.span().last()));
            if member.is_none_or(|(_, former)| order(since) > order(former)) {
                member = Some((at, since));
            }
        }
        member.map(|(at, _)| at)
    }

    /// Since when a container is a part of a batch by this membership; nothing if from the beginning.
    pub(crate) fn since(&self, member: Idx<MemberRow>) -> Option<When> {
        match self.told_in_full(self.members.get(member).entry) {
            Some(ContainerEntry::Assigned(assignment)) => assignment.on,
            _ => None,
        }
    }

    /// The entry that states that a batch has no other container, where it was not reversed.
    pub(crate) fn manifest_complete(&self, batch: Idx<BatchRow>) -> Option<Idx<EntryRow>> {
        self.not_reversed(self.batches.get(batch).last_complete?)
    }

    /// The entry by which a container is no more, where it was not reversed.
    pub(crate) fn retired_by(&self, container: Idx<ContainerRow>) -> Option<Idx<EntryRow>> {
        self.not_reversed(self.containers.get(container).last_retired?)
    }

    /// The entries of which each states the same anew after the next one was reversed, the last recorded first.
    pub(crate) fn stated_ever(&self, last: Option<Idx<EntryRow>>) -> impl Iterator<Item = Idx<EntryRow>> {
        core::iter::successors(last, |entry| self.former_index.get(*entry))
    }

    fn not_reversed(&self, entry: Idx<EntryRow>) -> Option<Idx<EntryRow>> {
        self.reversal_index.get(entry).is_none().then_some(entry)
    }

    fn alias(&self, at: Idx<AliasRow>) -> Option<&Alias> {
        match self.told_in_full(self.aliases.get(at).entry) {
            Some(ContainerEntry::Alias(alias)) => Some(alias),
            _ => None,
        }
    }
}

// ---- resolve

#[derive(Debug)]
pub(crate) enum Resolved {
    Registered {
        row: ContainerRow,
        batch: Option<Idx<BatchRow>>,
    },
    Alias {
        container: Idx<ContainerRow>,
        hash: u64,
    },
    Assigned {
        container: Idx<ContainerRow>,
        batch: Idx<BatchRow>,
        on: Option<When>,
    },
    Complete(Idx<BatchRow>),
    Retired {
        container: Idx<ContainerRow>,
        on: When,
    },
    Reversed {
        entry: Idx<EntryRow>,
        /// The container whose assignment it is, if it is one.
        assigned: Option<Idx<ContainerRow>>,
        by: OrganId,
        recorded_by: OrganId,
    },
}

pub(crate) fn resolve(state: &State, by: OrganId, entry: &ContainerEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        ContainerEntry::Registered(container) => {
            state.containers.is_new(container.id)?;
            let batch = container.batch.map(|id| state.batches.find(id)).transpose()?;
            let row = ContainerRow {
                id: container.id,
                // The entry is added before what it records.
                entry: state.entries.next(),
                held_by: state.organs.find(container.held_by)?,
                member: None,
                last_member: None,
                opened_by: None,
                last_retired: None,
                last_unit: None,
                last_alias: None,
            };
            Resolved::Registered { row, batch }
        }
        ContainerEntry::Alias(alias) => {
            state.organs.find(alias.given_by)?;
            Resolved::Alias {
                container: state.containers.find(alias.container)?,
                hash: hash(alias.code.as_str()),
            }
        }
        ContainerEntry::Assigned(assignment) => Resolved::Assigned {
            container: state.containers.find(assignment.container)?,
            batch: state.batches.find(assignment.batch)?,
            on: assignment.on,
        },
        ContainerEntry::Complete(complete) => Resolved::Complete(state.batches.find(complete.batch)?),
        ContainerEntry::Retired(retirement) => {
            Resolved::Retired { container: state.containers.find(retirement.container)?, on: retirement.on }
        }
        ContainerEntry::Reversed(reversal) => {
            let entry = state.entries.find(reversal.entry)?;
            let made = state.entries.get(entry);
            let assigned = match state.told_in_full(entry) {
                Some(ContainerEntry::Assigned(made)) => Some(state.containers.find(made.container)?),
                Some(ContainerEntry::Complete(_) | ContainerEntry::Retired(_)) => None,
                _ => {
                    let (kind, id) = ("entry about a container that is reversed", reversal.entry.to_uuid());
                    return Err(EntryRefusal::NoSuch { kind, id }.into());
                }
            };
            let recorded_by = state.organs.get(state.speakers.get(state.saying_of(made).by).organ).id;
            Resolved::Reversed { entry, assigned, by, recorded_by }
        }
    })
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Registered { row, batch } => {
            let row = state.containers.add(row);
            if let Some(batch) = batch {
                assign(state, entry, row, batch);
            }
        }
        Resolved::Alias { container, hash } => apply_alias(state, entry, container, hash),
        Resolved::Assigned { container, batch, .. } => assign(state, entry, container, batch),
        Resolved::Complete(batch) => {
            state_anew(state, entry, state.batches.get(batch).last_complete);
            state.batches.change(batch, |batch| batch.last_complete = Some(entry));
        }
        Resolved::Retired { container, .. } => {
            state_anew(state, entry, state.containers.get(container).last_retired);
            state.containers.change(container, |container| container.last_retired = Some(entry));
        }
        Resolved::Reversed { entry: reversed, assigned, .. } => {
            state.reversal_index.add(reversed, entry);
            if let Some(container) = assigned {
                settle_member(state, container);
            }
        }
    }
}

/// What is stated while it does not stand was stated and reversed before.
fn state_anew(state: &mut State, entry: Idx<EntryRow>, former: Option<Idx<EntryRow>>) {
    if let Some(former) = former {
        state.former_index.add(entry, former);
    }
}

fn apply_alias(state: &mut State, entry: Idx<EntryRow>, container: Idx<ContainerRow>, hash: u64) {
    let called = state.alias_index.get(hash).unwrap_or_else(|| {
        let called = state.called.add(CalledRow { last: None });
        state.alias_index.add(hash, called);
        called
    });
    let row = state.aliases.add(AliasRow {
        entry,
        container,
        former_of_container: state.containers.get(container).last_alias,
        former_of_text: state.called.get(called).last,
    });
    state.called.change(called, |called| called.last = Some(row));
    state.containers.change(container, |container| container.last_alias = Some(row));
}

fn assign(state: &mut State, entry: Idx<EntryRow>, container: Idx<ContainerRow>, batch: Idx<BatchRow>) {
    let row = state.members.add(MemberRow {
        entry,
        container,
        batch,
        former_of_container: state.containers.get(container).last_member,
        former_of_batch: state.batches.get(batch).last_member,
    });
    state.batches.change(batch, |batch| batch.last_member = Some(row));
    state.containers.change(container, |container| container.last_member = Some(row));
    settle_member(state, container);
}

fn settle_member(state: &mut State, container: Idx<ContainerRow>) {
    let member = state.latest_member(container, |entry| state.not_reversed(entry).is_some());
    state.containers.change(container, |container| container.member = member);
}
