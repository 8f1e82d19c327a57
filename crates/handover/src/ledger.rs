//! The ledger: entries are admitted or refused, and what follows from them is derived.
//!
//! Three steps: *resolve* (what an entry refers to exists, what it introduces is new), *judge* (the rules), *apply*
//! (total). Replaying a journal skips *judge*, so that old records outlive new rules. All state lives in tables
//! that can be rolled back: a draft that is not committed has changed nothing.

use alloc::vec::Vec;

use crate::entry::{Entry, What};
use crate::id::{EntryId, Identifier, Key, OrganId, SpeakerId};
use crate::party::{OrganRow, Side, SpeakerRow};
use crate::refusal::{EntryRefusal, Refusal};
use crate::table::{Idx, Index, Table};
use crate::{agreement, batch, claim, obligation, party, slot, total};

/// The speaker whom every ledger knows from the start: the keeper of the record, who sets up what others speak of
/// and asserts nothing.
///
/// ```
/// assert_eq!(handover::ledger::keeper().to_string(), "keeper");
/// ```
pub const fn keeper() -> SpeakerId {
    match Key::new("keeper") {
        Ok(key) => SpeakerId::from_key(key),
        Err(_) => SpeakerId::from_uuid(uuid::Uuid::nil()),
    }
}

macro_rules! state {
    (tables { $($table:ident: $row:ty,)* } indices { $($index:ident: $key:ty => $value:ty,)* }) => {
        /// All that a ledger holds.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct State {
            $(pub(crate) $table: Table<$row>,)*
            $(pub(crate) $index: Index<$key, $value>,)*
        }

        /// How far each container had come when a draft began.
        #[derive(Clone, Debug)]
        struct Mark {
            $($table: usize,)*
            $($index: usize,)*
        }

        impl State {
            fn mark(&mut self) -> Mark {
                Mark { $($table: self.$table.mark(),)* $($index: self.$index.mark(),)* }
            }

            fn roll_back(&mut self, mark: &Mark) {
                $(self.$table.roll_back(mark.$table);)*
                $(self.$index.roll_back(mark.$index);)*
            }

            fn end_drafting(&mut self) {
                $(self.$table.end_drafting();)*
                $(self.$index.end_drafting();)*
            }

            /// Whether every table has room for what one entry can add.
            fn has_room(&self) -> bool {
                const MOST: usize = 8;
                true $(&& self.$table.has_room(MOST))*
            }
        }
    };
}

state! {
    tables {
        entries: Entry,
        parties: party::PartyRow,
        precedences: party::PrecedenceRow,
        organs: OrganRow,
        speakers: SpeakerRow,
        sources: party::SourceRow,
        agreements: agreement::AgreementRow,
        obligations: obligation::ObligationRow,
        handovers: slot::HandoverRow,
        legs: slot::LegRow,
        batches: batch::BatchRow,
        passages: batch::PassageRow,
        bringings: batch::BringingRow,
        totals: total::TotalRow,
        claims: claim::ClaimRow,
        propositions: claim::PropositionRow,
        postings: claim::PostingRow,
        repeats: claim::RepeatRow,
    }
    indices {
        entry_index: EntryId => Idx<Entry>,
        party_index: crate::id::PartyId => Idx<party::PartyRow>,
        organ_index: OrganId => Idx<OrganRow>,
        speaker_index: SpeakerId => Idx<SpeakerRow>,
        source_index: crate::id::SourceId => Idx<party::SourceRow>,
        agreement_index: crate::id::AgreementId => Idx<agreement::AgreementRow>,
        obligation_index: crate::id::ObligationId => Idx<obligation::ObligationRow>,
        handover_index: crate::id::HandoverId => Idx<slot::HandoverRow>,
        leg_index: crate::id::LegId => Idx<slot::LegRow>,
        batch_index: crate::id::BatchId => Idx<batch::BatchRow>,
        total_index: crate::id::TotalId => Idx<total::TotalRow>,
        passage_index: Idx<Entry> => Idx<batch::PassageRow>,
        claim_index: Idx<Entry> => Idx<claim::ClaimRow>,
        repeat_index: Idx<Entry> => Idx<claim::RepeatRow>,
        proposition_index: claim::PropositionKey => Idx<claim::PropositionRow>,
    }
}

impl<K: Identifier, V: Copy> Index<K, V> {
    /// What an identifier leads to.
    ///
    /// # Errors
    /// Nothing is recorded under it.
    pub(crate) fn find(&self, id: K) -> Result<V, EntryRefusal> {
        self.get(id).ok_or(EntryRefusal::NoSuch { kind: K::KIND, id: id.uuid() })
    }

    /// # Errors
    /// Something is recorded under this identifier.
    pub(crate) fn is_new(&self, id: K) -> Result<(), EntryRefusal> {
        match self.get(id) {
            Some(_) => Err(EntryRefusal::Introduced { kind: K::KIND, id: id.uuid() }),
            None => Ok(()),
        }
    }
}

impl State {
    fn new() -> Self {
        let mut state = Self::default();
        let id = OrganId::from_uuid(keeper().to_uuid());
        let name = crate::text::Text::new("the keeper of this record").ok();
        if let Some(name) = name {
            let organ = state.organs.add(OrganRow { id, name: name.clone(), side: Side::Unknown });
            state.organ_index.add(id, organ);
            let speaker = state.speakers.add(SpeakerRow { id: keeper(), name, organ });
            state.speaker_index.add(keeper(), speaker);
        }
        state
    }

    /// The organ for which a speaker speaks.
    pub(crate) fn organ_of(&self, speaker: SpeakerId) -> Result<Idx<OrganRow>, EntryRefusal> {
        Ok(self.speakers.get(self.speaker_index.find(speaker)?).organ)
    }

    fn resolve(&self, entry: &Entry) -> Result<Resolved, Refusal> {
        let speaker = self.speaker_index.find(entry.by)?;
        if let Some(source) = entry.source {
            self.source_index.find(source)?;
        }
        let organ = self.organs.get(self.speakers.get(speaker).organ).id;
        Ok(match &entry.what {
            What::Party(entry) => Resolved::Party(party::resolve(self, entry)?),
            What::Agreement(entry) => Resolved::Agreement(agreement::resolve(self, entry)?),
            What::Obligation(entry) => Resolved::Obligation(obligation::resolve(self, entry)?),
            What::Handover(entry) => Resolved::Handover(slot::resolve(self, entry)?),
            What::Batch(entry) => Resolved::Batch(batch::resolve(self, organ, entry)?),
            What::Total(entry) => Resolved::Total(total::resolve(self, entry)?),
            What::Claim(what) => Resolved::Claim(claim::resolve(self, speaker, entry.said, what)?),
        })
    }

    fn judge(&self, resolved: &Resolved) -> Result<(), Refusal> {
        match resolved {
            Resolved::Party(resolved) => party::judge(self, resolved),
            Resolved::Agreement(resolved) => agreement::judge(self, resolved),
            Resolved::Obligation(resolved) => obligation::judge(self, resolved),
            Resolved::Handover(resolved) => slot::judge(self, resolved),
            Resolved::Batch(resolved) => batch::judge(self, resolved),
            Resolved::Total(_) => Ok(()),
            Resolved::Claim(resolved) => claim::judge(self, resolved),
        }
    }

    fn apply(&mut self, entry: &Entry, resolved: Resolved) {
        let id = entry.id;
        let entry = self.entries.add(entry.clone());
        self.entry_index.add(id, entry);
        match resolved {
            Resolved::Party(resolved) => party::apply(self, entry, resolved),
            Resolved::Agreement(resolved) => agreement::apply(self, resolved),
            Resolved::Obligation(resolved) => obligation::apply(self, resolved),
            Resolved::Handover(resolved) => slot::apply(self, resolved),
            Resolved::Batch(resolved) => batch::apply(self, entry, resolved),
            Resolved::Total(resolved) => total::apply(self, resolved),
            Resolved::Claim(resolved) => claim::apply(self, entry, resolved),
        }
    }
}

/// An entry whose references are found: applying it cannot fail.
#[derive(Debug)]
enum Resolved {
    Party(party::Resolved),
    Agreement(agreement::Resolved),
    Obligation(obligation::Resolved),
    Handover(slot::Resolved),
    Batch(batch::Resolved),
    Total(total::Resolved),
    Claim(claim::Resolved),
}

/// What became of an entry that was not refused: a second submission of the same is no second fact (invariant 52).
/// Example: [`Ledger`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Posted {
    /// It is recorded now.
    Recorded,
    /// The very same entry was recorded before: nothing has changed.
    AlreadyRecorded,
}

/// A ledger of one operation: entries in the order of their recording, and all that is derived from them.
///
/// ```
/// use handover::entry::{Entry, What};
/// use handover::ledger::{Ledger, Posted, keeper};
/// use handover::party::{Party, PartyEntry};
///
/// let mut ledger = Ledger::new();
/// let entry = Entry {
///     id: "e-1".parse()?,
///     by: keeper(),
///     said: "2025-06-02".parse()?,
///     source: None,
///     what: What::Party(PartyEntry::Introduced(Party { id: "ua".parse()?, name: "Ukraine".parse()? })),
/// };
/// assert_eq!(ledger.post(&entry)?, Posted::Recorded);
/// assert_eq!(ledger.post(&entry)?, Posted::AlreadyRecorded);
/// assert_eq!(ledger.len(), 1);
///
/// // What a journal kept is replayed in its order and gives the same ledger.
/// let mut again = Ledger::new();
/// for entry in ledger.entries() {
///     let _ = again.replay(entry)?;
/// }
/// assert!(again.entries().eq(ledger.entries()));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ledger {
    pub(crate) state: State,
}

impl Default for Ledger {
    fn default() -> Self {
        Self::new()
    }
}

impl Ledger {
    /// A ledger in which nothing is recorded.
    pub fn new() -> Self {
        Self { state: State::new() }
    }

    /// Begins a draft: what is posted to it stands only if it is committed.
    pub fn draft(&mut self) -> Draft<'_> {
        let mark = self.state.mark();
        Draft { ledger: self, mark, depth: 0, committed: false }
    }

    /// Records an entry if it may stand.
    ///
    /// # Errors
    /// The entry is refused and nothing has changed. In this order: its identifier is taken; the ledger is full; its
    /// speaker is not recorded; its source is not; what it introduces is recorded already; what it refers to is not; then
    /// the rules of its concept, in the order in which its refusals are declared.
    pub fn post(&mut self, entry: &Entry) -> Result<Posted, Refusal> {
        self.admit(entry, true)
    }

    /// Records an entry that was admitted before, as a journal holds it: what it refers to must exist, the rules are not
    /// applied again.
    ///
    /// # Errors
    /// As [`Ledger::post`], but only for an [`EntryRefusal`]. Example: [`Ledger`].
    pub fn replay(&mut self, entry: &Entry) -> Result<Posted, Refusal> {
        self.admit(entry, false)
    }

    fn admit(&mut self, entry: &Entry, judged: bool) -> Result<Posted, Refusal> {
        if let Some(recorded) = self.state.entry_index.get(entry.id) {
            if self.state.entries.get(recorded) == entry {
                return Ok(Posted::AlreadyRecorded);
            }
            return Err(EntryRefusal::IdTaken(entry.id).into());
        }
        if !self.state.has_room() {
            return Err(EntryRefusal::Full.into());
        }
        let resolved = self.state.resolve(entry)?;
        if judged {
            self.state.judge(&resolved)?;
        }
        self.state.apply(entry, resolved);
        Ok(Posted::Recorded)
    }

    /// How many entries are recorded.
    pub fn len(&self) -> usize {
        self.state.entries.len()
    }

    /// Whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry of this identifier.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.state.entry_index.get(id).map(|entry| self.state.entries.get(entry))
    }

    /// Every entry in the order of its recording.
    ///
    /// Example: [`Ledger`].
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.state.entries.rows()
    }
}

/// Entries that stand together or not at all. Drafts nest: a draft that is dropped without
/// [`commit`](Draft::commit) leaves the ledger as it was when the draft began.
///
/// ```
/// use handover::ledger::Ledger;
///
/// let mut ledger = Ledger::new();
/// let mut outer = ledger.draft();
/// let inner = outer.draft();
/// inner.commit(); // stands if the outer one is committed too
/// drop(outer);
/// assert!(ledger.is_empty());
/// ```
#[derive(Debug)]
pub struct Draft<'l> {
    ledger: &'l mut Ledger,
    mark: Mark,
    depth: u32,
    committed: bool,
}

impl Draft<'_> {
    /// Begins a draft within this one.
    pub fn draft(&mut self) -> Draft<'_> {
        let mark = self.ledger.state.mark();
        Draft { ledger: self.ledger, mark, depth: self.depth.saturating_add(1), committed: false }
    }

    /// Records an entry in the draft.
    ///
    /// # Errors
    /// As [`Ledger::post`]: the entry is refused; the draft is as before and may go on.
    pub fn post(&mut self, entry: &Entry) -> Result<Posted, Refusal> {
        self.ledger.post(entry)
    }

    /// Records in order as many entries as may stand.
    ///
    /// ```
    /// # use handover::{entry::*, id::SpeakerId, ledger::{Ledger, keeper}, party::*};
    /// # let party = What::Party(PartyEntry::Introduced(Party { id: "ua".parse()?, name: "Ukraine".parse()? }));
    /// # let entry = |id: &str, by: SpeakerId| -> Result<Entry, handover::id::KeyError> {
    /// #     Ok(Entry { id: id.parse()?, by, said: "2025-06-02".parse().unwrap(), source: None, what: party.clone() })
    /// # };
    /// let (good, bad) = (entry("e-1", keeper())?, entry("e-2", "nobody".parse()?)?);
    /// let mut ledger = Ledger::new();
    /// let mut draft = ledger.draft();
    /// let (place, refusal) = draft.post_all([&good, &bad]).unwrap_err();
    /// assert_eq!((place, refusal.rule().invariant), (1, Some(22))); // the speaker was never introduced
    /// assert_eq!(draft.ledger().len(), 1);
    /// draft.commit(); // dropped instead, neither would stand
    /// # assert_eq!(ledger.len(), 1);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The place of the first entry that is refused, and why. Those before it stand in the draft.
    pub fn post_all<'e>(
        &mut self,
        entries: impl IntoIterator<Item = &'e Entry>,
    ) -> Result<Vec<Posted>, (usize, Refusal)> {
        entries
            .into_iter()
            .enumerate()
            .map(|(at, entry)| self.post(entry).map_err(|refusal| (at, refusal)))
            .collect()
    }

    /// The ledger with the draft in it.
    pub fn ledger(&self) -> &Ledger {
        self.ledger
    }

    /// Lets the draft stand.
    pub fn commit(mut self) {
        self.committed = true;
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if !self.committed {
            self.ledger.state.roll_back(&self.mark);
        }
        if self.depth == 0 {
            self.ledger.state.end_drafting();
        }
    }
}
