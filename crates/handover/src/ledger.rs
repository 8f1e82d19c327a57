//! The ledger: entries are admitted or refused, and what follows from them is derived.
//!
//! Three steps: *resolve* (what an entry refers to exists, what it introduces is new), *judge* (the rules), *apply*
//! (total). Replaying a journal skips *judge*, so that old records outlive new rules. All state lives in tables
//! that can be rolled back: a draft that is not committed has changed nothing.

use alloc::vec::Vec;
use core::borrow::Borrow;

use crate::entry::Entry;
use crate::held::EntryRow;
use crate::id::{EntryId, Key, SpeakerId};
use crate::refusal::{EntryRefusal, Refusal};
use crate::state::{Mark, State};
use crate::table::Places;

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

/// What became of an entry that was not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
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
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// let told = two_words()?;
    /// let mut again = Ledger::new();
    /// for entry in told.entries() {
    ///     let _ = again.replay(&entry)?;
    /// }
    /// assert_eq!(again.len(), told.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Ledger::post`], but only for an [`EntryRefusal`].
    pub fn replay(&mut self, entry: &Entry) -> Result<Posted, Refusal> {
        self.admit(entry, false)
    }

    fn admit(&mut self, entry: &Entry, judged: bool) -> Result<Posted, Refusal> {
        if let Some(recorded) = self.state.entries.at(entry.id) {
            if self.state.is_held(recorded, entry) {
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

    /// Whether this very entry is recorded: another one under its identifier is not it.
    pub fn is_recorded(&self, entry: &Entry) -> bool {
        self.state.entries.at(entry.id).is_some_and(|at| self.state.is_held(at, entry))
    }

    /// The entry of this identifier.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// let ledger = two_words()?;
    /// let north = ledger.entry("c-north".parse()?).map(|entry| entry.by);
    /// assert_eq!(north, Some("n".parse()?));
    /// # Ok(())
    /// # }
    /// ```
    pub fn entry(&self, id: EntryId) -> Option<Entry> {
        self.state.entries.at(id).map(|entry| self.state.entry(entry))
    }

    /// Every entry in the order of its recording.
    pub fn entries(&self) -> Entries<'_> {
        Entries { state: &self.state, places: self.state.entries.each_place() }
    }
}

/// The entries of a ledger in the order of their recording, each made as it is asked for.
///
/// Skipping entries costs nothing.
#[derive(Clone)]
pub struct Entries<'l> {
    state: &'l State,
    places: Places<EntryRow>,
}

impl core::fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Entries").field("len", &self.places.len()).finish_non_exhaustive()
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        self.places.next().map(|entry| self.state.entry(entry))
    }

    fn nth(&mut self, n: usize) -> Option<Entry> {
        self.places.nth(n).map(|entry| self.state.entry(entry))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl DoubleEndedIterator for Entries<'_> {
    fn next_back(&mut self) -> Option<Entry> {
        self.places.next_back().map(|entry| self.state.entry(entry))
    }
}

impl ExactSizeIterator for Entries<'_> {}

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
    /// The entry is refused; the draft is as before and may go on.
    pub fn post(&mut self, entry: &Entry) -> Result<Posted, Refusal> {
        self.ledger.post(entry)
    }

    /// Records in order as many entries as may stand.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// let told = two_words()?;
    /// let mut ledger = Ledger::new();
    /// let mut draft = ledger.draft();
    /// let posted = draft.post_all(told.entries());
    /// assert!(posted.is_ok());
    /// draft.commit(); // without it nothing of this would stand
    /// assert_eq!(ledger.len(), told.len());
    /// # Ok(())
    /// # }
    /// ```
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
    pub fn post_all(
        &mut self,
        entries: impl IntoIterator<Item: Borrow<Entry>>,
    ) -> Result<Vec<Posted>, (usize, Refusal)> {
        entries
            .into_iter()
            .enumerate()
            .map(|(at, entry)| self.post(entry.borrow()).map_err(|refusal| (at, refusal)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::{House, the};
    use crate::quantity::Unit;
    use crate::reciprocity::Accrual;

    #[test]
    fn an_entry_is_recorded_as_it_is_and_not_as_another_of_its_name() {
        let (house, empty) = (House::new(Unit::SetOfRemains, Accrual::Passage), Ledger::new());
        assert!(empty.is_empty() && !house.ledger.is_empty());
        let entries: Vec<Entry> = house.ledger.entries().collect();
        assert_eq!(entries.len(), house.ledger.len());
        for entry in &entries {
            assert!(house.ledger.is_recorded(entry) && !empty.is_recorded(entry));
            let later = Entry { said: the("2026-01-01"), ..entry.clone() };
            assert!(!house.ledger.is_recorded(&later), "another under its identifier");
        }
    }
}
