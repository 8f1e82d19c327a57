//! The only containers of the ledger's state, and how a draft is undone.
//!
//! [`Table`] holds rows in the order in which they were added, found by a typed [`Idx`]; a [`Register`] finds them by
//! their identifier too; an [`Index`] leads from another key to a row. What hashes cannot be walked, so that no result can depend on
//! hashing. While a draft is open all write down how to undo what they do; rows are small, so an undo costs the same
//! however large the ledger is.
//!
//! The one exception to the indexing lint lives here: an [`Idx`] is only made by the table that holds its row.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{BuildHasher, Hash, Hasher};
use core::marker::PhantomData;
use core::num::NonZeroU32;
use core::ops::{Deref, DerefMut, Range};

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

/// The place of a row in its table. An optional one is no larger: rows hold many.
pub(crate) struct Idx<T> {
    /// The number of the row, counted from one.
    ordinal: NonZeroU32,
    row: PhantomData<fn() -> T>,
}

impl<T> Idx<T> {
    /// The number of the row, counted from nought in the order of recording.
    pub(crate) fn place(self) -> u32 {
        self.ordinal.get().saturating_sub(1)
    }

    fn at(place: u32) -> Self {
        Self { ordinal: NonZeroU32::MIN.saturating_add(place), row: PhantomData }
    }
}

impl<T> Clone for Idx<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Idx<T> {}
impl<T> PartialEq for Idx<T> {
    fn eq(&self, other: &Self) -> bool {
        self.ordinal == other.ordinal
    }
}
impl<T> Eq for Idx<T> {}
impl<T> PartialOrd for Idx<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Idx<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.ordinal.cmp(&other.ordinal)
    }
}
impl<T> Hash for Idx<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.ordinal.hash(state);
    }
}
impl<T> fmt::Debug for Idx<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.place())
    }
}

/// The places of a table as it was, in the order of recording.
pub(crate) struct Places<T> {
    places: Range<u32>,
    row: PhantomData<fn() -> T>,
}

impl<T> Clone for Places<T> {
    fn clone(&self) -> Self {
        Self { places: self.places.clone(), row: PhantomData }
    }
}

impl<T> Iterator for Places<T> {
    type Item = Idx<T>;

    fn next(&mut self) -> Option<Idx<T>> {
        self.places.next().map(Idx::at)
    }

    fn nth(&mut self, n: usize) -> Option<Idx<T>> {
        self.places.nth(n).map(Idx::at)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl<T> DoubleEndedIterator for Places<T> {
    fn next_back(&mut self) -> Option<Idx<T>> {
        self.places.next_back().map(Idx::at)
    }
}

impl<T> ExactSizeIterator for Places<T> {
    fn len(&self) -> usize {
        self.places.size_hint().0
    }
}

#[derive(Clone, Debug)]
enum Undo<T> {
    Added,
    Changed(u32, T),
}

/// Rows in the order of their recording.
#[derive(Clone, Debug)]
pub(crate) struct Table<T> {
    rows: Vec<T>,
    undo: Vec<Undo<T>>,
    drafting: bool,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), undo: Vec::new(), drafting: false }
    }
}

impl<T> Table<T> {
    /// Whether there is room for another `more` rows: places are 32 bits wide.
    pub(crate) fn has_room(&self, more: usize) -> bool {
        self.rows.len().saturating_add(more) < u32::MAX as usize
    }

    /// Adds a row. The ledger has made sure of [`Table::has_room`] before anything was applied.
    pub(crate) fn add(&mut self, row: T) -> Idx<T> {
        let place = self.next();
        // A quarter more and not twice as much: rows are the most that a ledger holds.
        if self.rows.len() == self.rows.capacity() {
            self.rows.reserve_exact((self.rows.len() / 4).max(4));
        }
        self.rows.push(row);
        if self.drafting {
            self.undo.push(Undo::Added);
        }
        place
    }

    #[expect(clippy::indexing_slicing, reason = "an Idx is only made by the table that holds its row")]
    pub(crate) fn get(&self, at: Idx<T>) -> &T {
        &self.rows[at.place() as usize]
    }

    /// So many rows from a place on; as many as there are.
    pub(crate) fn run(&self, from: Idx<T>, number: u8) -> &[T] {
        let from = from.place() as usize;
        self.rows.get(from..from.saturating_add(number.into())).unwrap_or_default()
    }

    /// Changes a row in place; the row must be small, for the draft keeps its former value.
    #[expect(clippy::indexing_slicing, reason = "an Idx is only made by the table that holds its row")]
    pub(crate) fn change(&mut self, at: Idx<T>, how: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        let row = &mut self.rows[at.place() as usize];
        if self.drafting {
            self.undo.push(Undo::Changed(at.place(), row.clone()));
        }
        how(row);
    }

    /// The place that the next row will have. It leads to a row only once that row is added.
    pub(crate) fn next(&self) -> Idx<T> {
        Idx::at(u32::try_from(self.rows.len()).unwrap_or(u32::MAX))
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.rows.iter()
    }

    /// Every place, in the order of recording.
    pub(crate) fn each_place(&self) -> Places<T> {
        Places { places: 0..self.next().place(), row: PhantomData }
    }

    /// Every row with its place, in the order of recording.
    pub(crate) fn places(&self) -> impl Iterator<Item = (Idx<T>, &T)> {
        (0u32..=u32::MAX).zip(self.rows.iter()).map(|(place, row)| (Idx::at(place), row))
    }

    pub(crate) fn mark(&mut self) -> usize {
        self.drafting = true;
        self.undo.len()
    }

    pub(crate) fn roll_back(&mut self, mark: usize) {
        self.roll_back_each(mark, |_, _| ());
    }

    /// Rolls back and shows each row that is taken away, the latest first.
    fn roll_back_each(&mut self, mark: usize, mut taken: impl FnMut(Idx<T>, &T)) {
        while self.undo.len() > mark {
            match self.undo.pop() {
                Some(Undo::Added) => {
                    if let Some(row) = self.rows.pop() {
                        taken(self.next(), &row);
                    }
                }
                Some(Undo::Changed(place, former)) => {
                    if let Some(row) = self.rows.get_mut(place as usize) {
                        *row = former;
                    }
                }
                None => {}
            }
        }
    }

    pub(crate) fn end_drafting(&mut self) {
        self.drafting = false;
        self.undo.clear();
    }
}

/// A row that is found by the identifier that it holds.
pub(crate) trait Identified {
    type Id: Copy + Eq + Hash;

    fn id(&self) -> Self::Id;
}

/// Rows in the order of their recording, each found by its identifier too. The identifier stands in the row alone; that of a
/// row never changes.
#[derive(Clone)]
pub(crate) struct Register<T> {
    rows: Table<T>,
    ids: HashTable<Idx<T>>,
    hasher: DefaultHashBuilder,
}

impl<T: fmt::Debug> fmt::Debug for Register<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.fmt(f)
    }
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { rows: Table::default(), ids: HashTable::default(), hasher: DefaultHashBuilder::default() }
    }
}

impl<T> Deref for Register<T> {
    type Target = Table<T>;

    fn deref(&self) -> &Table<T> {
        &self.rows
    }
}

impl<T> DerefMut for Register<T> {
    fn deref_mut(&mut self) -> &mut Table<T> {
        &mut self.rows
    }
}

impl<T: Identified> Register<T> {
    /// The place of the row with this identifier.
    pub(crate) fn at(&self, id: T::Id) -> Option<Idx<T>> {
        self.ids.find(self.hasher.hash_one(id), |at| self.rows.get(*at).id() == id).copied()
    }

    /// Adds a row. The caller has made sure that its identifier is new.
    pub(crate) fn add(&mut self, row: T) -> Idx<T> {
        let hash = self.hasher.hash_one(row.id());
        let at = self.rows.add(row);
        let (rows, hasher) = (&self.rows, &self.hasher);
        self.ids.insert_unique(hash, at, |at| hasher.hash_one(rows.get(*at).id()));
        at
    }

    pub(crate) fn roll_back(&mut self, mark: usize) {
        let (ids, hasher) = (&mut self.ids, &self.hasher);
        self.rows.roll_back_each(mark, |at, row| {
            if let Ok(place) = ids.find_entry(hasher.hash_one(row.id()), |other| *other == at) {
                place.remove();
            }
        });
    }
}

/// From a key to a small value; it can be asked, never walked.
#[derive(Clone)]
pub(crate) struct Index<K, V> {
    map: HashMap<K, V>,
    undo: Vec<K>,
    drafting: bool,
}

impl<K, V> fmt::Debug for Index<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index of {}", self.map.len())
    }
}

impl<K, V> Default for Index<K, V> {
    fn default() -> Self {
        Self { map: HashMap::default(), undo: Vec::new(), drafting: false }
    }
}

impl<K: Copy + Eq + Hash, V: Copy> Index<K, V> {
    pub(crate) fn get(&self, key: K) -> Option<V> {
        self.map.get(&key).copied()
    }

    /// Adds a key. A key leads to one value for ever: the caller has looked before.
    pub(crate) fn add(&mut self, key: K, value: V) {
        self.map.insert(key, value);
        if self.drafting {
            self.undo.push(key);
        }
    }

    pub(crate) fn mark(&mut self) -> usize {
        self.drafting = true;
        self.undo.len()
    }

    pub(crate) fn roll_back(&mut self, mark: usize) {
        while self.undo.len() > mark {
            if let Some(key) = self.undo.pop() {
                self.map.remove(&key);
            }
        }
    }

    pub(crate) fn end_drafting(&mut self) {
        self.drafting = false;
        self.undo.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rolled_back_table_is_as_before() {
        let mut table = Table::default();
        let first = table.add(1);
        let outer = table.mark();
        table.change(first, |row| *row = 2);
        let inner = table.mark();
        table.add(3);
        table.change(first, |row| *row = 4);
        table.roll_back(inner);
        assert_eq!(table.rows().copied().collect::<Vec<_>>(), [2]);
        table.roll_back(outer);
        assert_eq!(table.rows().copied().collect::<Vec<_>>(), [1]);
        table.end_drafting();
        table.change(first, |row| *row = 5);
        table.roll_back(0);
        assert_eq!(*table.get(first), 5, "nothing is written down outside a draft");
    }

    impl Identified for (char, u8) {
        type Id = char;

        fn id(&self) -> char {
            self.0
        }
    }

    #[test]
    fn a_rolled_back_register_forgets_what_it_took_in_since() {
        let mut register = Register::default();
        let first = register.add(('a', 1));
        let mark = register.mark();
        for letter in 'b'..='z' {
            let at = register.add((letter, 2));
            assert_eq!(register.at(letter), Some(at));
        }
        register.change(first, |row| row.1 = 3);
        register.roll_back(mark);
        assert_eq!((register.len(), register.at('a'), register.at('b')), (1, Some(first), None));
        assert_eq!(*register.get(first), ('a', 1));
        let again = register.add(('b', 4));
        assert_eq!(register.at('b'), Some(again));
        register.end_drafting();
        register.roll_back(0);
        assert_eq!(register.at('b'), Some(again), "nothing is written down outside a draft");
    }

    #[test]
    fn a_rolled_back_index_forgets() {
        let mut index = Index::default();
        index.add('a', 1);
        let mark = index.mark();
        index.add('b', 2);
        index.roll_back(mark);
        assert_eq!((index.get('a'), index.get('b')), (Some(1), None));
        index.end_drafting();
        index.add('c', 3);
        index.roll_back(0);
        assert_eq!(index.get('c'), Some(3));
    }
}
