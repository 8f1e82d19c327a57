use alloc::vec::Vec;

use super::entry::{EntryStatus, NominationView};
use crate::id::{AgreementId, CategoryId, EntryId, LegId, ListId, NominationId, PartyId};
use crate::neighbour::is_before;
use crate::prisoner::{ListEntry, ListRow, Membership, VersionRow};
use crate::reading::sum::Counted;
use crate::reading::{Basis, Reading};
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::when::When;

/// How far a list has come (B7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListStage {
    /// Begun.
    Drafted,
    /// A version is submitted.
    Submitted,
    /// The other side verifies it.
    UnderVerification,
    /// The other side answered it.
    Responded,
    /// Both sides accepted it.
    Agreed,
    /// It is frozen.
    Frozen,
    /// It was carried out.
    Executed,
    /// It is reconciled.
    Reconciled,
}

/// A version of a list: what one side proposed or countered, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionView {
    /// Its number.
    pub version: u16,
    /// Who proposed it.
    pub by: PartyId,
    /// The entry that submitted it.
    pub entry: EntryId,
    /// When.
    pub on: When,
    /// Who is on it.
    pub members: Vec<NominationId>,
    /// Who accepted it.
    pub accepted_by: Vec<PartyId>,
    /// To whom the other side objects.
    pub objected: Vec<NominationId>,
    /// By when a reply was due, if none was given by then.
    pub reply_overdue: Option<When>,
    /// How far it came.
    pub stage: ListStage,
}

/// Someone whose category does not last from the freeze to the transfer (edge case 44).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryChange {
    /// The entry.
    pub nomination: NominationId,
    /// The category.
    pub category: CategoryId,
    /// The last day on which the person is in it.
    pub until: When,
    /// When the person was or is to be handed over.
    pub transfer: When,
}

/// A list, by this reading. Its procedure is what both sides did; only time is asked of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListView<B = ()> {
    /// The list.
    pub list: ListId,
    /// Who holds the persons.
    pub holder: PartyId,
    /// To whom they are to go.
    pub home: PartyId,
    /// The agreement.
    pub under: Option<AgreementId>,
    /// The leg.
    pub leg: Option<LegId>,
    /// Whether it is a repatriation without return, which no parity counts.
    pub unilateral: bool,
    /// How far it has come.
    pub stage: ListStage,
    /// Its versions, in order.
    pub versions: Vec<VersionView>,
    /// The version that is frozen.
    pub frozen: Option<u16>,
    /// Every entry of the list that was made by then, whether or not a version has it.
    pub entries: Vec<NominationView<B>>,
    /// Everyone whose category does not last until the transfer.
    pub category_changes: Vec<CategoryChange>,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B> ListView<B> {
    /// A version by its number.
    pub fn at(&self, version: u16) -> Option<&VersionView> {
        self.versions.iter().find(|view| view.version == version)
    }

    fn with(&self, is: impl Fn(&NominationView<B>) -> bool) -> impl Iterator<Item = &NominationView<B>> {
        self.entries.iter().filter(move |entry| is(entry))
    }

    /// Who may be handed over now.
    pub fn ready(&self) -> impl Iterator<Item = &NominationView<B>> {
        self.with(NominationView::may_go)
    }

    /// On the frozen list, and at another end than having been handed over: by so many the leg is short.
    pub fn short(&self) -> impl Iterator<Item = &NominationView<B>> {
        self.with(|entry| entry.frozen && entry.is_ended_otherwise())
    }

    /// Who was offered beside the list.
    pub fn substitutions(&self) -> impl Iterator<Item = &NominationView<B>> {
        self.with(|entry| entry.substitute)
    }

    /// Who is held back by a court and whose name is still to be communicated (invariant 46).
    pub fn names_to_communicate(&self) -> impl Iterator<Item = &NominationView<B>> {
        self.with(|entry| entry.hold.is_some_and(|hold| hold.communicated.is_none()))
    }

    /// Who cannot travel and waits.
    pub fn deferred(&self) -> impl Iterator<Item = &NominationView<B>> {
        self.with(|entry| entry.status == Some(EntryStatus::Deferred))
    }

    /// Who declines, in neutral custody or not.
    pub fn declined(&self) -> impl Iterator<Item = &NominationView<B>> {
        self.with(|entry| matches!(entry.status, Some(EntryStatus::Declined | EntryStatus::NeutralCustody)))
    }
}

impl<B: Basis> Reading<'_, B> {
    /// A list.
    ///
    /// # Errors
    /// It is not recorded.
    pub fn list(&self, id: ListId) -> Result<ListView<B>, EntryRefusal> {
        Ok(self.list_view(self.state.lists.find(id)?))
    }

    /// Every list that was begun by then, in the order of recording.
    pub fn lists(&self) -> impl Iterator<Item = ListView<B>> {
        let begun = |at: &Idx<ListRow>| self.happened(self.state.lists.get(*at).entry) != Counted::No;
        self.state.lists.each_place().filter(begun).map(|at| self.list_view(at))
    }

    fn list_view(&self, at: Idx<ListRow>) -> ListView<B> {
        let row = self.state.lists.get(at);
        let mut rests_on = B::default();
        self.rest_on(&mut rests_on, row.entry);
        let done: Vec<_> =
            self.state.events_of_list(at).filter(|entry| self.happened(*entry) == Counted::Yes).collect();
        for entry in &done {
            self.rest_on(&mut rests_on, *entry);
        }
        let mut versions: Vec<_> = self
            .state
            .versions_of(at)
            .filter(|version| done.contains(&self.state.versions.get(*version).entry))
            .map(|version| self.version_view(at, version, &done))
            .collect();
        versions.reverse();
        let stage = |view: &VersionView| view.stage;
        let furthest = versions.iter().map(stage).filter(|stage| *stage >= ListStage::Frozen).max();
        let mut entries: Vec<_> = self
            .state
            .nominations_of_list(at)
            .filter(|entry| self.happened(self.state.nominations.get(*entry).entry) != Counted::No)
            .map(|entry| self.nomination_view(entry))
            .collect();
        entries.reverse();
        for entry in &entries {
            rests_on.rest_on_all(&entry.rests_on);
        }
        let party = |party| self.state.parties.get(party).id;
        ListView {
            list: row.id,
            holder: party(row.holder),
            home: party(row.home),
            under: row.under.map(|under| self.state.agreements.get(under).id),
            leg: row.leg.map(|leg| self.state.legs.get(leg).id),
            unilateral: row.unilateral,
            stage: furthest.or_else(|| versions.last().map(stage)).unwrap_or(ListStage::Drafted),
            frozen: self.frozen_version(at).map(|version| self.state.versions.get(version).number),
            category_changes: entries.iter().flat_map(|entry| self.changes(entry)).collect(),
            versions,
            entries,
            rests_on,
        }
    }

    fn version_view(
        &self,
        list: Idx<ListRow>,
        at: Idx<VersionRow>,
        done: &[Idx<crate::held::EntryRow>],
    ) -> VersionView {
        let (row, version) = (self.state.lists.get(list), self.state.versions.get(at));
        let party = |party| self.state.parties.get(party).id;
        let accepted = [(version.by_holder, row.holder), (version.by_home, row.home)];
        let accepted_by: Vec<_> = accepted
            .into_iter()
            .filter(|(entry, _)| entry.is_some_and(|entry| done.contains(&entry)))
            .map(|(_, by)| party(by))
            .collect();
        let (mut objected, mut replied) = (Vec::new(), accepted_by.len() > 1);
        let mut stage = if replied { ListStage::Agreed } else { ListStage::Submitted };
        for entry in done {
            let reached = match self.state.list_entry(*entry) {
                Some(ListEntry::Responded(it)) if it.version == version.number => {
                    objected.extend(&it.objects_to);
                    replied = true;
                    ListStage::Responded
                }
                Some(ListEntry::UnderVerification(it)) if it.version == version.number => {
                    ListStage::UnderVerification
                }
                Some(ListEntry::Frozen(it)) if it.version == version.number => ListStage::Frozen,
                Some(ListEntry::Executed(it)) if it.version == version.number => ListStage::Executed,
                Some(ListEntry::Reconciled(it)) if it.version == version.number => ListStage::Reconciled,
                Some(ListEntry::Submitted(it)) if it.version > version.number => {
                    replied = true;
                    continue;
                }
                _ => continue,
            };
            stage = stage.max(reached);
        }
        objected.sort_unstable();
        objected.dedup();
        let (on, due) = match self.state.list_entry(version.entry) {
            Some(ListEntry::Submitted(it)) => (Some(it.on), it.reply_by),
            _ => (None, None),
        };
        VersionView {
            version: version.number,
            by: party(version.by),
            entry: self.state.entries.get(version.entry).id,
            on: on.unwrap_or(self.state.saying(version.entry).said),
            members: self.state.members_of(at).map(|at| self.state.nominations.get(at).id).collect(),
            accepted_by,
            objected,
            reply_overdue: due.filter(|due| !replied && due.span().is_by(self.as_of)),
            stage,
        }
    }

    fn changes(&self, entry: &NominationView<B>) -> Vec<CategoryChange> {
        let Some(at) = self.state.nominations.at(entry.nomination) else { return Vec::new() };
        let told = self.state.all_steps(at);
        let steps: Vec<_> =
            told.filter(|(told, _)| self.is_uttered(*told) && self.still_stands(*told)).collect();
        let Some(transfer) = self.transfer_of(at, &steps) else { return Vec::new() };
        let lasts = |standing: &&super::CategoryStanding| {
            standing.found == Membership::Yes
                && standing.until.is_some_and(|until| is_before(until, transfer))
        };
        entry
            .categories
            .iter()
            .filter(lasts)
            .filter_map(|standing| {
                let (nomination, category) = (entry.nomination, standing.category);
                Some(CategoryChange { nomination, category, until: standing.until?, transfer })
            })
            .collect()
    }
}
