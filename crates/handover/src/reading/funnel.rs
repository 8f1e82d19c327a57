//! The whole course, counted: how many were received, and how far they have come.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::disposition::is_given;
use super::remains::{both, either, not, number};
use super::sum::Counted;
use super::tally::RemainsTally;
use super::{Basis, Reading, Whose};
use crate::batch::BatchRow;
use crate::container::ContainerRow;
use crate::disposition::DispositionKind;
use crate::held::part;
use crate::id::{BatchId, HandoverId, PartyId};
use crate::identification::IdentificationEntry;
use crate::notice::NoticeEntry;
use crate::obligation::Matter;
use crate::person::PersonRow;
use crate::quantity::{Span, Unit};
use crate::refusal::EntryRefusal;
use crate::remains::UnitRow;
use crate::slot::LegRow;
use crate::table::Idx;

/// How many remains were received, and how far they have come: from those that certainly have by the moment of the reading to
/// those that may have.
///
/// What was received is told of batches and legs, each in its own unit, and never added across units (invariant 10). All stages
/// after the opening count units of remains that live; a unit that was divided is counted by what it became.
///
/// At each end of the spans `notified <= identified <= remains.units`. Between the forensic steps nothing of the kind
/// holds, for what was divided has still to be examined; and none between `released` and `identified`: a revocation takes back the
/// decision, and not what a family was given.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::container::{Container, ContainerEntry, Provenance};
/// use handover::quantity::Span;
/// use handover::reading::According;
/// use handover::remains::{Found, Human, Opening, RemainsEntry};
///
/// let mut ledger = two_words()?;
/// let on = "2025-06-17".parse()?;
/// let found = |id: &str| Ok::<_, Failure>(Found { id: id.parse()?, human: Human::Yes, elements: None });
/// for (id, units) in [("bag-1", vec![found("u-1")?, found("u-2")?]), ("bag-2", vec![])] {
///     let container = Container {
///         id: id.parse()?,
///         batch: Some("first".parse()?),
///         held_by: "s-office".parse()?,
///         since: "2025-06-16".parse()?,
///         provenance: Provenance::Unknown,
///         seal: None,
///         note: None,
///     };
///     let mut told = vec![What::Container(ContainerEntry::Registered(container))];
///     if !units.is_empty() {
///         let opening = Opening { container: id.parse()?, on, found: units, note: None };
///         told.push(What::Remains(RemainsEntry::Opened(opening)));
///     }
///     for (nth, what) in told.into_iter().enumerate() {
///         let (id, by) = (format!("x-{id}-{nth}").parse()?, "s".parse()?);
///         let _ = ledger.post(&Entry { id, by, said: on, source: None, what })?;
///     }
/// }
/// let reading = ledger.reading(According::To("south".parse()?), handover::when::Moment::END_OF_TIME)?;
/// let funnel = reading.funnel_of_handover("june-16".parse()?)?;
/// // Of what went to South it says 1,245; of the way back nobody gives a number.
/// assert_eq!(funnel.received[&Unit::SetOfRemains], Span::at_least(1_245));
/// assert_eq!((funnel.containers, funnel.unopened), (2, Span::exactly(1)));
/// assert_eq!(funnel.remains.units, Span::exactly(2));
/// assert_eq!(funnel.remains.individuals, Span::new(1, 2).unwrap());
/// assert_eq!(funnel.identified, Span::ZERO);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct FunnelView<B = ()> {
    /// How many are told to have passed, in each unit in which it is told; empty if no leg or passage is recorded.
    pub received: BTreeMap<Unit, Span>,
    /// Containers that are registered.
    pub containers: u64,
    /// Of these, those that are not opened: nobody knows how many they hold.
    pub unopened: Span,
    /// What was found in the others, and how far it has come in the laboratory.
    pub remains: RemainsTally<B>,
    /// Units of which a decision in force tells whose they are.
    pub identified: Span,
    /// Of these, those of which a branch of that person's family was told.
    pub notified: Span,
    /// Units that were given to a family, or buried or cremated, and were not taken back or exhumed since.
    pub released: Span,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// The course of one batch.
    ///
    /// # Errors
    /// The batch is not recorded.
    pub fn funnel_of_batch(&self, batch: BatchId) -> Result<FunnelView<B>, EntryRefusal> {
        let at = self.state.batches.find(batch)?;
        let mut rests_on = B::default();
        let row = self.state.batches.get(at);
        let mut received = BTreeMap::new();
        if let Some(passage) = row.passage.filter(|at| self.is_uttered(self.state.passages.get(*at).entry)) {
            let leg = self.state.passages.get(passage).leg;
            let dates = self.dates(self.state.legs.get(leg).handover, &mut rests_on);
            let told = self.batch_told(at, row.unit, true, &mut rests_on).set;
            let told = match self.counted(dates.set) {
                Counted::Yes => Some(told),
                Counted::Perhaps => Some(told.hull(Span::ZERO)),
                Counted::No => None,
            };
            received.extend(told.map(|told| (row.unit, told)));
        }
        Ok(self.funnel_of(received, self.containers_in([at]), None, rests_on))
    }

    /// The course of what passed in the legs of one handover, in whatever direction.
    ///
    /// # Errors
    /// The handover is not recorded.
    pub fn funnel_of_handover(&self, handover: HandoverId) -> Result<FunnelView<B>, EntryRefusal> {
        let at = self.state.handovers.find(handover)?;
        let legs: Vec<_> = self.state.legs_of_handover(at).collect();
        let batches = legs.iter().flat_map(|leg| self.state.batches_of_leg(*leg));
        let containers = self.containers_in(batches);
        let mut rests_on = B::default();
        let received = self.received_in(legs, &mut rests_on);
        Ok(self.funnel_of(received, containers, None, rests_on))
    }

    /// The course of what one party received, or was offered.
    ///
    /// # Errors
    /// The party is not recorded.
    pub fn funnel_of_party(&self, party: PartyId) -> Result<FunnelView<B>, EntryRefusal> {
        let to = self.state.parties.find(party)?;
        let legs = self.state.legs.places().filter(|(_, leg)| leg.to == to).map(|(at, _)| at);
        let batches = self.state.batches.places().filter(|(_, batch)| batch.to == to).map(|(at, _)| at);
        let mut rests_on = B::default();
        let received = self.received_in(legs, &mut rests_on);
        Ok(self.funnel_of(received, self.containers_in(batches), None, rests_on))
    }

    /// The course of all that is recorded, with what came in no batch and in no container.
    pub fn funnel(&self) -> FunnelView<B> {
        let mut rests_on = B::default();
        let received = self.received_in(self.state.legs.places().map(|(at, _)| at), &mut rests_on);
        let containers = self.state.containers.places().map(|(at, _)| at).collect();
        let units = self.state.units.places().map(|(at, _)| at).collect();
        self.funnel_of(received, containers, Some(units), rests_on)
    }

    fn containers_in(&self, batches: impl IntoIterator<Item = Idx<BatchRow>>) -> Vec<Idx<ContainerRow>> {
        batches.into_iter().flat_map(|batch| self.containers_of_batch(batch)).collect()
    }

    /// What passed in the legs of remains among these, in each unit in which they count.
    fn received_in(
        &self,
        legs: impl IntoIterator<Item = Idx<LegRow>>,
        basis: &mut B,
    ) -> BTreeMap<Unit, Span> {
        let mut by_unit: BTreeMap<Unit, Vec<Idx<LegRow>>> = BTreeMap::new();
        for leg in legs {
            let row = self.state.legs.get(leg);
            if row.of.matter == Matter::Remains {
                by_unit.entry(row.unit).or_default().push(leg);
            }
        }
        let sums = by_unit.into_iter().filter_map(|(unit, legs)| {
            let sum = self.sum(legs, unit);
            basis.rest_on_all(&sum.rests_on);
            Some((unit, sum.total?))
        });
        sums.collect()
    }

    /// The course of what was found in these containers, or of these units.
    fn funnel_of(
        &self,
        received: BTreeMap<Unit, Span>,
        mut containers: Vec<Idx<ContainerRow>>,
        units: Option<BTreeSet<Idx<UnitRow>>>,
        mut rests_on: B,
    ) -> FunnelView<B> {
        containers.retain(|container| self.is_uttered(self.state.containers.get(*container).entry));
        let units = units.unwrap_or_else(|| self.units_from(containers.iter().copied()));
        let mut unopened = Span::ZERO;
        for container in &containers {
            let opened = self.state.containers.get(*container).opened_by;
            let opened = opened.map_or(Counted::No, |by| self.entry_counts(by, self.state.time_of(by)));
            unopened = unopened.plus(number(not(opened)));
        }
        let registered = u64::try_from(containers.len()).unwrap_or(u64::MAX);
        let remains = self.tally(containers, &units);
        rests_on.rest_on_all(&remains.rests_on);
        let stage = |has: &dyn Fn(Whose, Idx<UnitRow>) -> Counted| {
            self.number_of(&units, |unit| self.by_voices(|whose| has(whose, unit)))
        };
        let identified = stage(&|whose, unit| self.is_identified(whose, unit));
        let notified = stage(&|whose, unit| self.is_family_told(whose, unit));
        let released = stage(&|whose, unit| self.is_released(whose, unit));
        FunnelView {
            received,
            containers: registered,
            unopened,
            remains,
            identified,
            notified,
            released,
            rests_on,
        }
    }

    /// The decisions on a unit, each with its person and whether it holds by someone's word.
    fn decisions_on(&self, whose: Whose, unit: Idx<UnitRow>) -> Vec<(Idx<PersonRow>, Counted)> {
        let events = self.state.events_of_unit(unit);
        let decided = events.filter_map(|at| {
            let decision = part!(self.state.identification(at), IdentificationEntry::Decided)?;
            let row = self.state.decisions.get(self.state.decision_index.get(at)?);
            let revoked = row.revoked_by.map_or(Counted::No, |by| self.happened(by));
            let made = self.entry_counts_by(whose, at, Some(decision.on));
            Some((row.person, both(made, not(revoked))))
        });
        decided.collect()
    }

    fn is_identified(&self, whose: Whose, unit: Idx<UnitRow>) -> Counted {
        let decided = self.decisions_on(whose, unit).into_iter();
        decided.fold(Counted::No, |so_far, (_, holds)| either(so_far, holds))
    }

    /// Whether a branch of the family of the person was told whose remains, by the decision that holds, a unit is.
    fn is_family_told(&self, whose: Whose, unit: Idx<UnitRow>) -> Counted {
        let decided = self.decisions_on(whose, unit);
        if decided.is_empty() {
            return Counted::No;
        }
        self.state.events_of_unit(unit).fold(Counted::No, |so_far, at| {
            let Some(notice) = part!(self.state.notice_entry(at), NoticeEntry::Notified) else {
                return so_far;
            };
            let person = self.state.persons.at(notice.person);
            let told = self.entry_counts_by(whose, at, Some(notice.on));
            let of_that = decided.iter().filter(|(decided, _)| Some(*decided) == person);
            of_that.fold(so_far, |so_far, (_, holds)| either(so_far, both(told, *holds)))
        })
    }

    /// Whether a unit is with a family, by the latest that certainly happened to it and what may have happened since.
    fn is_released(&self, whose: Whose, unit: Idx<UnitRow>) -> Counted {
        let (mut given, mut held) = (false, false);
        let mut certain = false;
        for at in self.state.dispositions_of_unit(unit) {
            let row = self.state.dispositions.get(at);
            let DispositionKind::Moved(rest) = row.kind else { continue };
            let counted = self.entry_counts_by(whose, row.entry, self.state.time_of(row.entry));
            if counted == Counted::No {
                continue;
            }
            let here = if is_given(rest) { &mut given } else { &mut held };
            *here = true;
            if counted == Counted::Yes {
                certain = true;
                break;
            }
        }
        match (given, held || !certain) {
            (true, false) => Counted::Yes,
            (true, true) => Counted::Perhaps,
            (false, _) => Counted::No,
        }
    }
}

#[cfg(test)]
mod tests;
