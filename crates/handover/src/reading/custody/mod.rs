//! Where something is and by what chain, who holds how much, and everything that is open (B4).

mod chain;
mod holdings;
mod manifest;
mod open;

use alloc::vec::Vec;

use chain::{Fate, Step};
pub use holdings::HoldingsView;
pub use manifest::{EndView, ManifestLine, ManifestView, TransferView};
pub use open::{DiscrepancyKind, DiscrepancyView, IncidentView};

use super::{Basis, Reading};
use crate::container::ContainerEntry;
use crate::custody::{Held, HeldKey};
use crate::id::{EntryId, OrganId, TransferId};
use crate::party::{OrganRow, Side};
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::when::{DateSpan, Moment};

/// Where something is: with exactly one custodian or in one open transfer; or it cannot be told, and then between whom (invariant
/// 20).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// Nobody is recorded to have had it yet.
    NotYet,
    /// With this custodian.
    With(OrganId),
    /// Given and not received.
    InTransfer {
        /// The transfer.
        transfer: TransferId,
        /// Who gave it.
        from: OrganId,
        /// Who is to receive it.
        to: OrganId,
    },
    /// It cannot be told: with one of these or between them.
    Between(Vec<OrganId>),
    /// It is no more.
    Ended(EntryId),
}

/// Whether a link holds to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Who gives is who had it.
    Holds,
    /// Another organ of the same party gives than had it: a transfer within that party is not recorded.
    Gap {
        /// Who had it.
        held_by: OrganId,
        /// Who gives.
        given_by: OrganId,
    },
    /// Another gives than had it by this chain. It stays marked until what is wrong is corrected or reversed, or what is
    /// missing is recorded.
    Discontinuity {
        /// Who had it.
        held_by: OrganId,
        /// Who gives.
        given_by: OrganId,
    },
    /// Who had it gives it wholly before having received it.
    OutOfTime,
}

/// What a link did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// It was had by this custodian when it entered the record.
    Had,
    /// It passed.
    Passed,
    /// It was given, and no receipt is told.
    Open,
    /// It was refused, and stayed.
    Refused,
    /// It was given, and did not arrive.
    Missing,
    /// One end alone tells of it, which is not enough for what all accept.
    Unsettled,
}

/// One link of a chain of custody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The transfer; nothing where it was had from the beginning.
    pub transfer: Option<TransferId>,
    /// Who gave.
    pub from: Option<OrganId>,
    /// Who received.
    pub to: OrganId,
    /// What it did.
    pub passing: Passing,
    /// The entry of the giving end, and when it was given.
    pub given: Option<(EntryId, DateSpan)>,
    /// The entry of the receiving end, and when it was received or refused.
    pub received: Option<(EntryId, DateSpan)>,
    /// Whether it holds to the link before.
    pub join: Join,
}

/// The chain of custody of a container, of a unit of remains, or of a batch as one thing; by the time of the events,
/// whatever the order in which they were learned.
///
/// By one party's word the chain has only what organs of that party told. What all accept needs both ends.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::custody::Held;
/// use handover::{container::*, custody::*, reading::*, when::Moment};
///
/// let mut ledger = two_words()?;
/// let (north, south) = ("n-army".parse()?, "s-office".parse()?);
/// let bag = Container {
///     id: "bag-1".parse()?,
///     batch: Some("first".parse()?),
///     held_by: north,
///     since: "2025-06-15".parse()?,
///     provenance: Provenance::Undisclosed,
///     seal: None,
///     note: None,
/// };
/// let on = "2025-06-16".parse()?;
/// let transfer = Transfer {
///     id: "passage".parse()?,
///     of: Held::Batch("first".parse()?),
///     from: north,
///     to: south,
///     witnessed_by: vec![],
///     leg: None,
///     transport: None,
///     note: None,
/// };
/// let given = Giving {
///     transfer: transfer.id,
///     on,
///     found: Findings::default(),
///     corrects: None,
///     note: None,
/// };
/// for (id, by, what) in [
///     ("x-bag", "n", What::Container(ContainerEntry::Registered(bag))),
///     ("x-way", "n", What::Custody(CustodyEntry::Introduced(transfer))),
///     ("x-given", "n", What::Custody(CustodyEntry::Given(given))),
/// ] {
///     let _ = ledger.post(&Entry { id: id.parse()?, by: by.parse()?, said: on, source: None, what })?;
/// }
/// let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME)?;
/// let chain = reading.chain(Held::Container("bag-1".parse()?))?;
/// assert_eq!(chain.links.len(), 2);
/// assert!(matches!(chain.position, Position::InTransfer { .. })); // given, and nobody tells of a receipt
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ChainView<B = ()> {
    /// Of what.
    pub of: Held,
    /// The links in the order of their time.
    pub links: Vec<Link>,
    /// Where it is.
    pub position: Position,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B> ChainView<B> {
    /// The links that do not hold to the one before.
    pub fn broken(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| link.join != Join::Holds)
    }
}

impl<B: Basis> Reading<'_, B> {
    /// Where something is, and by what chain.
    ///
    /// # Errors
    /// It is not recorded.
    pub fn chain(&self, of: Held) -> Result<ChainView<B>, EntryRefusal> {
        let key = self.state.held_key(of)?;
        Ok(self.chain_of(key))
    }

    pub(super) fn chain_of(&self, key: HeldKey) -> ChainView<B> {
        let steps = self.steps_of_held(key);
        let mut rests_on = B::default();
        let mut links = Vec::with_capacity(steps.len());
        let mut former: Option<&Step> = None;
        for step in &steps {
            for (entry, _) in [step.given, step.received].into_iter().flatten() {
                rests_on.rest_on(entry.place(), self.state.entries.get(entry).id);
            }
            links.push(self.link(step, former));
            former = Some(step);
        }
        let position = self.position_in(key, &steps);
        if let Position::Ended(entry) = position
            && let Some(at) = self.state.entries.at(entry)
        {
            rests_on.rest_on(at.place(), entry);
        }
        ChainView { of: self.state.held(key), links, position, rests_on }
    }

    fn organ(&self, at: Idx<OrganRow>) -> OrganId {
        self.state.organs.get(at).id
    }

    fn link(&self, step: &Step, former: Option<&Step>) -> Link {
        let giver = step.from.unwrap_or(step.to);
        let join = match former {
            Some(former) if !step.follows(Some(former)) => {
                let holder = former.holder();
                let side = |at: Idx<OrganRow>| self.state.organs.get(at).side;
                let (held_by, given_by) = (self.organ(holder), self.organ(giver));
                if matches!(side(holder), Side::Party(_)) && side(holder) == side(giver) {
                    Join::Gap { held_by, given_by }
                } else {
                    Join::Discontinuity { held_by, given_by }
                }
            }
            Some(former) if step.overlaps(former) => Join::OutOfTime,
            _ => Join::Holds,
        };
        let told = |end: Option<(Idx<crate::held::EntryRow>, DateSpan)>| {
            end.map(|(entry, on)| (self.state.entries.get(entry).id, on))
        };
        Link {
            transfer: step.transfer.map(|at| self.state.transfers.get(at).id),
            from: step.from.map(|at| self.organ(at)),
            to: self.organ(step.to),
            passing: match step.fate {
                Fate::Had => Passing::Had,
                Fate::Passed => Passing::Passed,
                Fate::Open => Passing::Open,
                Fate::Refused => Passing::Refused,
                Fate::Missing => Passing::Missing,
                Fate::Unsettled => Passing::Unsettled,
            },
            given: told(step.given),
            received: told(step.received),
            join,
        }
    }

    /// Whether an event had happened by the moment of this reading: certainly, possibly, or not.
    fn has_happened(&self, on: DateSpan) -> Option<bool> {
        if self.as_of == Moment::END_OF_TIME || on.is_by(self.as_of) {
            Some(true)
        } else if on.is_after(self.as_of) {
            Some(false)
        } else {
            None
        }
    }

    /// Where something is as of this reading: after the last event that had certainly happened, or after one of those that may
    /// have happened since.
    fn position_in(&self, key: HeldKey, steps: &[Step]) -> Position {
        let mut events: Vec<(DateSpan, Position)> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            if let (Some((_, on)), Some(from), Some(transfer)) = (step.given, step.from, step.transfer) {
                let transfer = self.state.transfers.get(transfer).id;
                let (from, to) = (self.organ(from), self.organ(step.to));
                let position = match step.fate {
                    Fate::Unsettled => between([from, to]),
                    _ => Position::InTransfer { transfer, from, to },
                };
                events.push((on, position));
            }
            if let Some((_, on)) = step.received {
                let holder = self.organ(step.holder());
                let position = match (step.fate, step.from) {
                    (Fate::Missing | Fate::Unsettled, Some(from)) => between([self.organ(from), holder]),
                    _ => Position::With(holder),
                };
                events.push((on, position));
            }
            // Until the next link begins nobody can tell which of the two had it.
            if let Some(next) = steps.get(at.saturating_add(1)).filter(|next| !next.follows(Some(step)))
                && let Some((_, position)) = events.last_mut()
            {
                *position = between([self.organ(step.holder()), self.organ(next.from.unwrap_or(next.to))]);
            }
        }
        let certain = events.iter().rposition(|(on, _)| self.has_happened(*on) == Some(true));
        let mut possible: Vec<&Position> = Vec::new();
        let from = certain.unwrap_or_else(|| {
            possible.push(&Position::NotYet);
            0
        });
        let so_far = events.iter().skip(from).take_while(|(on, _)| self.has_happened(*on) != Some(false));
        possible.extend(so_far.map(|(_, position)| position));
        let here = one_of(&possible);
        self.end_of(key).unwrap_or(here)
    }

    /// By what entry a container is no more, if it certainly is.
    fn end_of(&self, key: HeldKey) -> Option<Position> {
        let HeldKey::Container(container) = key else { return None };
        let by = self.retired_by(container)?;
        let entry = self.state.entries.get(by);
        let Some(ContainerEntry::Retired(retired)) = self.state.told_in_full(by) else { return None };
        let ended = self.has_happened(self.event(by, retired.on.span())) == Some(true);
        ended.then_some(Position::Ended(entry.id))
    }
}

fn between(organs: [OrganId; 2]) -> Position {
    let mut organs = Vec::from(organs);
    organs.sort_unstable();
    organs.dedup();
    Position::Between(organs)
}

/// The one position that is possible, or all custodians between whom it cannot be told.
fn one_of(possible: &[&Position]) -> Position {
    let Some(first) = possible.first() else { return Position::NotYet };
    if possible.iter().all(|other| other == first) {
        return (*first).clone();
    }
    let mut organs: Vec<OrganId> = Vec::new();
    for position in possible {
        match position {
            Position::NotYet | Position::Ended(_) => {}
            Position::With(organ) => organs.push(*organ),
            Position::InTransfer { from, to, .. } => organs.extend([*from, *to]),
            Position::Between(others) => organs.extend(others),
        }
    }
    organs.sort_unstable();
    organs.dedup();
    Position::Between(organs)
}

#[cfg(test)]
mod tests;
