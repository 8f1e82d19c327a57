//! The order in which something passed, by the time of the events and not of their recording.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::super::{Basis, Reading, Whose};
use crate::container::{ContainerEntry, ContainerRow};
use crate::custody::{Acceptance, EndRow, HeldKey, TransferRow};
use crate::held::EntryRow;
use crate::id::{ContainerId, TransferId};
use crate::party::OrganRow;
use crate::remains::UnitRow;
use crate::table::Idx;
use crate::when::{DateSpan, Moment, When};

/// What became of something in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was had from the beginning.
    Had,
    /// It is with who received.
    Passed,
    /// It was given, and nobody tells that it was received.
    Open,
    /// It was refused and stayed with who gave.
    Refused,
    /// It was given and did not arrive.
    Missing,
    /// Only one end tells of it, and this reading needs both.
    Unsettled,
}

/// One step of a chain.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) transfer: Option<Idx<TransferRow>>,
    id: Option<TransferId>,
    pub(super) from: Option<Idx<OrganRow>>,
    pub(super) to: Idx<OrganRow>,
    pub(super) fate: Fate,
    pub(super) given: Option<(Idx<EntryRow>, DateSpan)>,
    pub(super) received: Option<(Idx<EntryRow>, DateSpan)>,
    first: Moment,
    last: Moment,
}

impl Step {
    fn order(&self) -> (Moment, Moment, Option<TransferId>) {
        (self.first, self.last, self.id)
    }

    /// Who can give it on without a break.
    pub(super) fn leaves_it_with(&self, organ: Idx<OrganRow>) -> bool {
        match self.fate {
            Fate::Had | Fate::Passed | Fate::Open => organ == self.to,
            Fate::Refused => Some(organ) == self.from,
            Fate::Missing | Fate::Unsettled => organ == self.to || Some(organ) == self.from,
        }
    }

    /// Who has it after this step, as far as one can be named.
    pub(super) fn holder(&self) -> Idx<OrganRow> {
        match (self.fate, self.from) {
            (Fate::Refused, Some(from)) => from,
            _ => self.to,
        }
    }

    /// Whether it was had by the one and then by the other without a break.
    pub(super) fn follows(&self, former: Option<&Self>) -> bool {
        let giver = self.from.unwrap_or(self.to);
        former.is_none_or(|former| former.leaves_it_with(giver))
    }

    /// Whether it was given on wholly before it was received.
    pub(super) fn overlaps(&self, former: &Self) -> bool {
        let Some((_, began)) = self.given.or(self.received) else { return false };
        let Some((_, ended)) = former.received.or(former.given) else { return false };
        began.last().zip(ended.first()).is_some_and(|(began, ended)| began < ended)
    }
}

impl<B: Basis> Reading<'_, B> {
    /// Whether this reading hears the organ that made an entry; of what all accept, it hears all and compares.
    pub(super) fn hears(&self, entry: Idx<EntryRow>) -> bool {
        self.hears_side(self.state.organs.get(self.state.organ_of_entry(entry)).side)
    }

    /// What is told as done had been done by the time it was told.
    pub(super) fn event(&self, entry: Idx<EntryRow>, on: DateSpan) -> DateSpan {
        let said = self.state.saying(entry).said.last_moment();
        DateSpan::new(None, said).and_then(|told| on.meet(told)).unwrap_or(on)
    }

    /// The ends of a transfer that stand in this reading: given and received.
    pub(super) fn ends(&self, transfer: Idx<TransferRow>) -> [Option<Idx<EndRow>>; 2] {
        let stands = |receipt: bool| {
            self.state.ends_of(transfer).find(|at| {
                let end = self.state.ends.get(*at);
                let ended = end.ended_by.is_some_and(|by| self.is_uttered(by));
                end.is_receipt == receipt && self.is_uttered(end.entry) && !ended && self.hears(end.entry)
            })
        };
        [stands(false), stands(true)]
    }

    /// What a transfer did to what is asked about; nothing if nobody tells that it took place.
    fn step_of_chain(&self, transfer: Idx<TransferRow>, container: Option<ContainerId>) -> Option<Step> {
        let row = self.state.transfers.get(transfer);
        let [given, received] = self.ends(transfer).map(|end| {
            let end = self.state.ends.get(end?);
            Some((end.entry, self.event(end.entry, self.state.end_on(end)?.span())))
        });
        let receipt = received.and_then(|(entry, _)| self.state.receipt(entry));
        let accepted = receipt.as_deref().map(|it| &it.accepted);
        let named = |list: &[ContainerId]| container.is_some_and(|id| list.contains(&id));
        let fate = match accepted {
            None if self.whose == Whose::All => Fate::Unsettled,
            None => Fate::Open,
            Some(Acceptance::Refused(_)) => Fate::Refused,
            Some(Acceptance::InPart(partly)) if named(&partly.refused) => Fate::Refused,
            Some(Acceptance::InPart(partly)) if named(&partly.missing) => Fate::Missing,
            Some(_) if given.is_none() && self.whose == Whose::All => Fate::Unsettled,
            Some(_) => Fate::Passed,
        };
        let spans = || [given, received].into_iter().flatten().map(|(_, on)| on);
        let first = spans().map(|on| on.first().unwrap_or(Moment::from_seconds(i64::MIN))).min()?;
        let last = spans().map(|on| on.last().unwrap_or(Moment::END_OF_TIME)).max()?;
        let (from, to) = (Some(row.from), row.to);
        Some(Step {
            transfer: Some(transfer),
            id: Some(row.id),
            from,
            to,
            fate,
            given,
            received,
            first,
            last,
        })
    }

    fn steps_of(&self, held: HeldKey, container: Option<ContainerId>) -> Vec<Step> {
        self.state.transfers_of(held).filter_map(|at| self.step_of_chain(at, container)).collect()
    }

    /// Every step of something, in order.
    pub(super) fn steps_of_held(&self, held: HeldKey) -> Vec<Step> {
        let steps = match held {
            HeldKey::Batch(_) => self.steps_of(held, None),
            HeldKey::Container(container) => self.steps_of_container(container),
            HeldKey::Remains(unit) => self.steps_of_unit(unit),
        };
        in_order(steps)
    }

    fn steps_of_container(&self, container: Idx<ContainerRow>) -> Vec<Step> {
        let row = self.state.containers.get(container);
        let mut steps = self.steps_of(HeldKey::Container(container), Some(row.id));
        if let Some(ContainerEntry::Registered(made)) = self.state.told(row.entry).as_deref() {
            let since = self.event(row.entry, made.since.span());
            steps.push(Step {
                transfer: None,
                id: None,
                from: None,
                to: row.held_by,
                fate: Fate::Had,
                given: None,
                received: Some((row.entry, since)),
                first: since.first().unwrap_or(Moment::from_seconds(i64::MIN)),
                last: since.last().unwrap_or(Moment::END_OF_TIME),
            });
        }
        // From when to when it was a part of which batch, by the dates and not by the order of recording. Of those
        // without a date the last recorded holds.
        let mut parts: Vec<(Option<DateSpan>, _)> = Vec::new();
        for at in self.state.memberships_ever(container) {
            let member = self.state.members.get(at);
            let since = self.state.since(at).map(When::span);
            let known = since.is_some() || parts.iter().all(|(since, _)| since.is_some());
            if known && self.entry_stands(member.entry) {
                parts.push((since, member.batch));
            }
        }
        parts.sort_by_key(|(since, _)| since.map(|since| (since.first(), since.last())));
        let mut seen = BTreeSet::new();
        for (at, (since, batch)) in parts.iter().enumerate() {
            let until = parts.get(at.saturating_add(1)).and_then(|(until, _)| *until);
            for step in self.steps_of(HeldKey::Batch(*batch), Some(row.id)) {
                let before = since.and_then(DateSpan::first).is_some_and(|since| step.last < since);
                let after = until.and_then(DateSpan::last).is_some_and(|until| step.first > until);
                if !before && !after && step.transfer.is_some_and(|at| seen.insert(at)) {
                    steps.push(step);
                }
            }
        }
        steps
    }

    /// A unit goes with its container, or with what it was made of, until it first passes by itself, and by itself from then on.
    ///
    /// What was united of several goes with the one that is named first. Where another of them ended with another custodian,
    /// its last step stands beside, so that it shows that they cannot have been together.
    fn steps_of_unit(&self, unit: Idx<UnitRow>) -> Vec<Step> {
        let mut steps = self.line_of(unit);
        let others = self.parents(unit);
        let mut lines = others.into_iter().map(|parent| in_order(self.line_of(parent)));
        let Some(last) = lines.next().and_then(|line| line.last().map(Step::holder)) else { return steps };
        let mut seen: BTreeSet<_> = steps.iter().filter_map(|step| step.transfer).collect();
        for line in lines {
            let apart = line.into_iter().next_back().filter(|step| step.holder() != last);
            steps.extend(apart.filter(|step| step.transfer.is_none_or(|at| seen.insert(at))));
        }
        steps
    }

    /// Those of which a unit was made, the one that is named first before the others.
    fn parents(&self, unit: Idx<UnitRow>) -> Vec<Idx<UnitRow>> {
        let mut parents: Vec<_> = self.state.parents_of_unit(unit).map(|row| row.parent).collect();
        parents.reverse();
        parents
    }

    /// The steps of a unit and of those named first of which it was made, back to the container in which it was found.
    fn line_of(&self, unit: Idx<UnitRow>) -> Vec<Step> {
        let first = |unit: &Idx<UnitRow>| self.parents(*unit).into_iter().next();
        let line: Vec<_> = core::iter::successors(Some(unit), first).collect();
        let container = line.last().and_then(|unit| self.state.units.get(*unit).container);
        let mut steps = container.map_or_else(Vec::new, |container| self.steps_of_container(container));
        for unit in line.into_iter().rev() {
            let own = self.steps_of(HeldKey::Remains(unit), None);
            if let Some(apart) = own.iter().map(|step| step.last).min() {
                steps.retain(|step| step.first <= apart);
            }
            steps.extend(own);
        }
        steps
    }
}

/// How many orders are tried of steps whose dates leave several.
const TRIES: u32 = 4_096;
/// Of how many such steps at once; beyond, the first that fits is taken.
const MOST: usize = 10;

/// Steps in an order that their dates allow, with as few breaks as can be. Equal histories have one order, for ties fall
/// by date and then by identifier, and never by the order of recording.
fn in_order(mut steps: Vec<Step>) -> Vec<Step> {
    steps.sort_by_key(Step::order);
    let mut ordered: Vec<Step> = Vec::with_capacity(steps.len());
    let mut cluster: Vec<Step> = Vec::new();
    let mut until: Option<Moment> = None;
    for step in steps {
        if until.is_some_and(|until| step.first > until) {
            settle(&mut ordered, core::mem::take(&mut cluster));
            until = None;
        }
        until = until.max(Some(step.last));
        cluster.push(step);
    }
    settle(&mut ordered, cluster);
    ordered
}

/// Adds steps of which each may have been at the same time as another.
fn settle(ordered: &mut Vec<Step>, cluster: Vec<Step>) {
    let mut order = if cluster.len() > MOST { None } else { Search::new(&cluster, ordered.last()).best() };
    if cluster.len() == 1 {
        order = Some(Vec::from([0]));
    }
    let mut left: Vec<Option<Step>> = cluster.into_iter().map(Some).collect();
    if let Some(order) = order {
        ordered.extend(order.into_iter().filter_map(|at| left.get_mut(at).and_then(Option::take)));
        return;
    }
    while left.iter().any(Option::is_some) {
        let soonest = left.iter().flatten().map(|step| step.last).min();
        let may = |step: &Step| soonest.is_none_or(|soonest| step.first <= soonest);
        let former = ordered.last();
        let fits = left.iter().position(|it| it.as_ref().is_some_and(|it| may(it) && it.follows(former)));
        let next = fits.or_else(|| left.iter().position(|it| it.as_ref().is_some_and(may)));
        match next.and_then(|at| left.get_mut(at)).and_then(Option::take) {
            Some(step) => ordered.push(step),
            None => return,
        }
    }
}

struct Search<'s> {
    steps: &'s [Step],
    former: Option<&'s Step>,
    tries: u32,
    best: Option<(u32, Vec<usize>)>,
}

impl<'s> Search<'s> {
    fn new(steps: &'s [Step], former: Option<&'s Step>) -> Self {
        Self { steps, former, tries: 0, best: None }
    }

    fn best(mut self) -> Option<Vec<usize>> {
        self.go_on(&mut Vec::new(), 0);
        self.best.map(|(_, order)| order)
    }

    /// Depth is at most [`MOST`].
    fn go_on(&mut self, order: &mut Vec<usize>, breaks: u32) {
        self.tries = self.tries.saturating_add(1);
        let worse = self.best.as_ref().is_some_and(|(least, _)| breaks >= *least);
        if worse || self.tries > TRIES {
            return;
        }
        if order.len() == self.steps.len() {
            self.best = Some((breaks, order.clone()));
            return;
        }
        let left = || self.steps.iter().enumerate().filter(|(at, _)| !order.contains(at));
        let soonest = left().map(|(_, step)| step.last).min();
        let former = order.last().map_or(self.former, |at| self.steps.get(*at));
        let mut next: Vec<(u32, usize)> = left()
            .filter(|(_, step)| soonest.is_none_or(|soonest| step.first <= soonest))
            .map(|(at, step)| {
                let overlap = former.is_some_and(|former| step.overlaps(former));
                (u32::from(!step.follows(former)).saturating_mul(2).saturating_add(overlap.into()), at)
            })
            .collect();
        next.sort_unstable();
        for (more, at) in next {
            order.push(at);
            self.go_on(order, breaks.saturating_add(more));
            order.pop();
        }
    }
}
