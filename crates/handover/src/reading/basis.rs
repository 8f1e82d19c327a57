use alloc::collections::BTreeMap;
use core::fmt::Debug;

use crate::id::EntryId;

/// Where a view writes down the entries it rests on, or does not: one fold serves both.
///
/// Three things are near this name. This trait is bookkeeping: the parameter `B` of every view, `()` or [`RestsOn`]. What a
/// view rests on are the entries in a [`RestsOn`]. On what an *obligation* rests in law is
/// [`obligation::Basis`](crate::obligation::Basis).
pub trait Basis: Clone + Debug + Default + PartialEq + private::Sealed {
    /// Takes note of an entry and of its place in the record.
    fn rest_on(&mut self, place: u32, entry: EntryId);

    /// Takes note of all that another rests on.
    fn rest_on_all(&mut self, other: &Self);
}

impl Basis for () {
    fn rest_on(&mut self, _: u32, _: EntryId) {}

    fn rest_on_all(&mut self, (): &Self) {}
}

/// The entries that a view rests on, in the order of their recording (invariant 56).
///
/// ```
/// use handover::reading::{Basis, RestsOn};
///
/// let mut rests_on = RestsOn::default();
/// rests_on.rest_on(8, "south-says".parse()?);
/// rests_on.rest_on(7, "north-says".parse()?);
/// let entries: Vec<String> = rests_on.entries().map(|entry| entry.to_string()).collect();
/// assert_eq!(entries, ["north-says", "south-says"]);
/// # Ok::<(), handover::id::KeyError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestsOn(BTreeMap<u32, EntryId>);

impl RestsOn {
    /// The entries.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = EntryId> + '_ {
        self.0.values().copied()
    }

    /// Whether it rests on this entry.
    pub fn contains(&self, entry: EntryId) -> bool {
        self.0.values().any(|other| *other == entry)
    }

    /// Whether it rests on nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Basis for RestsOn {
    fn rest_on(&mut self, place: u32, entry: EntryId) {
        self.0.insert(place, entry);
    }

    fn rest_on_all(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(place, entry)| (*place, *entry)));
    }
}

mod private {
    pub trait Sealed {}
    impl Sealed for () {}
    impl Sealed for super::RestsOn {}
}
