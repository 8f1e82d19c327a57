//! Those of some batches who certainly count, and those who may: a person once, in whatever unit is counted.

use alloc::collections::BTreeSet;

use crate::container::ContainerRow;
use crate::person::PersonRow;
use crate::quantity::{Span, Unit};
use crate::remains::{Elements, Human, Individuals};
use crate::table::Idx;

/// Who certainly counts and who may. Ranges of several batches are joined before they are counted, so that who is in two of
/// them counts once (invariant 13).
#[derive(Clone, Debug, Default)]
pub(super) struct Range {
    least: Tally,
    most: Tally,
    /// The least number of individuals that the units who certainly count can be of.
    individuals: Individuals,
    /// Containers of which nothing is known.
    unopened: u64,
    /// Whether there may be others of whom nothing is known, in containers that are not recorded.
    pub(super) is_open: bool,
}

impl Range {
    /// A unit that certainly counts.
    pub(super) fn certain(
        &mut self,
        container: Idx<ContainerRow>,
        person: Option<Idx<PersonRow>>,
        elements: Elements,
    ) {
        self.least.add(container, person);
        self.most.add(container, person);
        self.individuals = core::mem::take(&mut self.individuals).with(Human::Yes, elements);
    }

    /// A unit that may count.
    pub(super) fn possible(&mut self, container: Idx<ContainerRow>, person: Option<Idx<PersonRow>>) {
        self.most.add(container, person);
    }

    /// A container of which it is not known what it holds.
    pub(super) fn unopened(&mut self, container: Idx<ContainerRow>) {
        self.unopened = self.unopened.saturating_add(1);
        self.most.containers.insert(container);
    }

    /// Takes in those of another range; those who certainly count only if that other certainly does.
    pub(super) fn join(&mut self, other: &Self, certain: bool) {
        if certain {
            self.least.join(&other.least);
            self.individuals = core::mem::take(&mut self.individuals).and(&other.individuals);
        }
        self.most.join(&other.most);
        self.unopened = self.unopened.saturating_add(other.unopened);
        self.is_open |= other.is_open;
    }

    /// From those who certainly count to those who may. What an unopened container holds has no upper end, except in
    /// containers.
    pub(super) fn span(&self, unit: Unit) -> Span {
        let (least, most) = (&self.least, &self.most);
        let together = most.persons().saturating_add(most.nameless);
        let (lo, hi) = match unit {
            Unit::Container => (least.containers(), most.containers()),
            Unit::IdentifiedPerson => (least.persons(), together),
            // The nameless may be parts of one another and of those who have a name.
            Unit::Individual => (least.persons().max(self.individuals.span().lo()), together),
            _ => (least.persons().saturating_add(least.nameless), together),
        };
        let is_open = self.is_open || (self.unopened > 0 && unit != Unit::Container);
        if is_open { Span::at_least(lo) } else { Span::new(lo, hi).unwrap_or(Span::at_least(lo)) }
    }
}

/// Who is counted, in each unit of counting.
#[derive(Clone, Debug, Default)]
struct Tally {
    nameless: u64,
    persons: BTreeSet<Idx<PersonRow>>,
    containers: BTreeSet<Idx<ContainerRow>>,
}

impl Tally {
    fn add(&mut self, container: Idx<ContainerRow>, person: Option<Idx<PersonRow>>) {
        self.containers.insert(container);
        match person {
            Some(person) => {
                self.persons.insert(person);
            }
            None => self.nameless = self.nameless.saturating_add(1),
        }
    }

    fn join(&mut self, other: &Self) {
        self.nameless = self.nameless.saturating_add(other.nameless);
        self.persons.extend(&other.persons);
        self.containers.extend(&other.containers);
    }

    fn persons(&self) -> u64 {
        u64::try_from(self.persons.len()).unwrap_or(u64::MAX)
    }

    fn containers(&self) -> u64 {
        u64::try_from(self.containers.len()).unwrap_or(u64::MAX)
    }
}
