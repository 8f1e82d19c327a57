//! The schedule: what was planned, who appeared, what was held, postponed or missed, and by whose account (B3).

use alloc::vec::Vec;

use super::joint::Joint;
use super::meaning::{OneOf, Whether};
use super::sum::Counted;
use super::word::Told;
use super::{Basis, Reading};
use crate::batch::BringingRow;
use crate::claim::{PostponementKind, PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{BatchId, EntryId, HandoverId, PartyId, SpeakerId};
use crate::refusal::EntryRefusal;
use crate::slot::HandoverRow;
use crate::table::Idx;
use crate::text::Text;
use crate::when::{DateSpan, When};

/// Whether a party appeared, by this reading and by each party's word.
#[derive(Clone, Debug, PartialEq)]
pub struct AppearanceView<B = ()> {
    /// The party.
    pub of: PartyId,
    /// What this reading takes to be so.
    pub told: Told<Whether>,
    /// How the parties stand on it.
    pub joint: Joint<Whether, B>,
}

/// Whether a batch was brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BringingView {
    /// The batch.
    pub batch: BatchId,
    /// What this reading takes to be so.
    pub told: Told<Whether>,
}

/// Someone says that a slot was put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostponementView {
    /// The entry.
    pub entry: EntryId,
    /// Who says so.
    pub speaker: SpeakerId,
    /// By whom, and how.
    pub kind: PostponementKind,
    /// To when.
    pub to: Option<When>,
}

/// What became of a slot by this reading's word. A speaker may say several that are at odds: all are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its time had not come.
    Planned,
    /// The handover was held.
    Held,
    /// It was not held.
    NotHeld,
    /// It was put off.
    Postponed(PostponementKind),
    /// It was agreed, one side appeared and these did not.
    Missed(Vec<PartyId>),
    /// These appeared at a time that was not agreed: no tender, and no breach of a slot.
    UnilateralAppearance(Vec<PartyId>),
    /// The time was never agreed.
    NeverAgreed,
}

/// A handover in the schedule.
///
/// One batch, brought on the 7th to an appointment that the south denies, and handed over on the 11th in its place:
///
/// ```
/// # use handover::{batch::*, claim::*, entry::*, ledger::Ledger, obligation::*, party::*, quantity::*, slot::*};
/// # use handover::{reading::{According, Outcome}, refusal::Refusal, when::Moment};
/// # fn the<T: core::str::FromStr<Err: core::fmt::Debug>>(text: &str) -> T { text.parse().unwrap() }
/// # let mut ledger = Ledger::new();
/// # let post = |ledger: &mut Ledger, by: &str, what: What| -> Result<(), Refusal> {
/// #     let id = the(&format!("e-{}", ledger.len()));
/// #     ledger.post(&Entry { id, by: the(by), said: the("2025-06-11"), source: None, what }).map(|_| ())
/// # };
/// # for side in ["north", "south"] {
/// #     let party = PartyEntry::Introduced(Party { id: the(side), name: the(side) });
/// #     let allegiance = Allegiance::Party(the(side));
/// #     let organ = PartyEntry::Organ(Organ { id: the(side), name: the(side), allegiance });
/// #     let speaker = PartyEntry::Speaker(Speaker { id: the(side), name: the(side), organ: the(side) });
/// #     for entry in [party, organ, speaker] {
/// #         post(&mut ledger, "keeper", What::Party(entry))?;
/// #     }
/// # }
/// # let (of, unit, from, to) =
/// #     (Class { matter: Matter::Remains, category: None }, Unit::SetOfRemains, the("north"), the("south"));
/// let (seventh, eleventh) = ("june-07".parse()?, "june-11".parse()?);
/// let mut handover = Handover { id: seventh, under: None, on: "2025-06-07".parse()?, instead_of: None, note: None };
/// post(&mut ledger, "keeper", What::Handover(HandoverEntry::Introduced(handover.clone())))?;
/// (handover.id, handover.on, handover.instead_of) = (eleventh, "2025-06-11".parse()?, Some(seventh));
/// post(&mut ledger, "keeper", What::Handover(HandoverEntry::Introduced(handover)))?;
/// let leg = Leg { id: "to-south".parse()?, handover: eleventh, from, to, of, unit, towards: None };
/// let batch = Batch { id: "first".parse()?, from, to, of, unit, towards: None, note: None };
/// let passage = BatchEntry::Passed(Passage { batch: batch.id, leg: leg.id });
/// let whole = HandoverEntry::NoOtherBatch(NoOtherBatch { leg: leg.id });
/// let count = Count { quantity: 1_212.into(), unit, qualifier: None };
/// let said = [
///     ("north", Subject::Bringing { batch: batch.id, to: seventh }, Statement::Occurred),
///     ("south", Subject::Slot(seventh), Statement::DidNotOccur),
///     ("north", Subject::Handover(eleventh), Statement::Occurred),
///     ("north", Subject::Batch(batch.id), Statement::Count(count)),
/// ];
/// post(&mut ledger, "keeper", What::Batch(BatchEntry::Introduced(batch)))?;
/// post(&mut ledger, "keeper", What::Handover(HandoverEntry::Leg(leg.clone())))?;
/// post(&mut ledger, "keeper", What::Batch(passage.clone()))?;
/// assert_eq!(post(&mut ledger, "keeper", What::Batch(passage)).unwrap_err().rule().invariant, Some(20));
/// for (by, about, says) in said {
///     post(&mut ledger, by, What::Claim(ClaimEntry::Made(Claim::new(about, says))))?;
/// }
///
/// let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME)?;
/// let (missed, held) = (reading.slot(seventh)?, reading.slot(eleventh)?);
/// assert_eq!(missed.outcomes, [Outcome::NeverAgreed, Outcome::UnilateralAppearance([from].into())]);
/// assert_eq!((held.outcomes, held.slip_days), ([Outcome::Held].into(), Some((4, 4))));
/// assert_eq!(reading.leg(leg.id)?.passed.set, Span::at_least(1_212)); // there may be other batches
/// post(&mut ledger, "keeper", What::Handover(whole))?;
/// let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME)?;
/// assert_eq!(reading.leg(leg.id)?.passed.set, Span::exactly(1_212));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SlotView<B = ()> {
    /// The handover.
    pub handover: HandoverId,
    /// The days that tell it from others.
    pub on: When,
    /// The handover in place of which it was set.
    pub instead_of: Option<HandoverId>,
    /// When it happened or is to happen.
    pub dates: Told<DateSpan>,
    /// How the parties stand on whether the slot was agreed.
    pub agreed: Joint<Whether, B>,
    /// For when it was set, if anyone who is believed says so.
    pub planned: Option<Told<DateSpan>>,
    /// Who appeared.
    pub appearances: Vec<AppearanceView<B>>,
    /// Which batches were brought.
    pub brought: Vec<BringingView>,
    /// How the parties stand on whether it was held.
    pub held: Joint<Whether, B>,
    /// Who of those who are believed says that it was put off.
    pub postponements: Vec<PostponementView>,
    /// Where it was, if anyone who is believed says so.
    pub place: Told<OneOf<Text>>,
    /// What became of it; nothing where those who are believed do not say.
    pub outcomes: Vec<Outcome>,
    /// The least and the greatest number of days between the time for which it, or the handover in place of which it was
    /// set, was planned and the time at which it was held.
    pub slip_days: Option<(i64, i64)>,
    /// The entries that what this reading takes to be so rests on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// The schedule, in the order in which its handovers were recorded.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    /// use handover::reading::Outcome;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::To("north".parse()?), moment)?;
    /// let outcomes: Vec<_> = reading.schedule().into_iter().map(|slot| slot.outcomes).collect();
    /// assert_eq!(outcomes, [vec![Outcome::Held]]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn schedule(&self) -> Vec<SlotView<B>> {
        self.state.handovers.places().map(|(place, _)| self.slot_view(place)).collect()
    }

    /// One handover of the schedule.
    ///
    /// # Errors
    /// The handover is not recorded.
    pub fn slot(&self, handover: HandoverId) -> Result<SlotView<B>, EntryRefusal> {
        Ok(self.slot_view(self.state.handovers.find(handover)?))
    }

    fn slot_view(&self, place: Idx<HandoverRow>) -> SlotView<B> {
        let row = self.state.handovers.get(place);
        let mut rests_on = B::default();
        let dates = self.dates(place, &mut rests_on);
        let agreed = self.whether(SubjectKey::Slot(place), &mut rests_on);
        let held = self.whether(SubjectKey::Handover(place), &mut rests_on);
        let slot = |scope| PropositionKey { about: SubjectKey::Slot(place), scope, unit: None };
        let planned: Told<DateSpan> = self.told(slot(Scope::When), &mut rests_on);
        let happening =
            PropositionKey { about: SubjectKey::Handover(place), scope: Scope::Where, unit: None };
        let appearances: Vec<_> = self
            .state
            .parties_of(SubjectKey::Handover(place))
            .into_iter()
            .map(|party| {
                let about = SubjectKey::Appearance(place, party);
                AppearanceView {
                    of: self.state.parties.get(party).id,
                    told: self.whether(about, &mut rests_on),
                    joint: self.joint(PropositionKey { about, scope: Scope::Occurrence, unit: None }),
                }
            })
            .collect();
        let mut brought: Vec<_> = self
            .brought_to(place)
            .map(|bringing| BringingView {
                batch: self.state.batches.get(bringing.batch).id,
                told: self.whether(SubjectKey::Bringing(bringing.batch, place), &mut rests_on),
            })
            .collect();
        brought.reverse();
        let postponements = self.postponements(place, &mut rests_on);
        let bringers = self.bringers(place, &brought);
        let outcomes = outcomes(
            self.counted(dates.set),
            agreed.set.only().copied(),
            held.set.only().copied(),
            &postponements,
            &appearances,
            &bringers,
        );
        let earlier = row.instead_of.unwrap_or(place);
        let planned_for: Told<DateSpan> = self.told(
            PropositionKey { about: SubjectKey::Slot(earlier), scope: Scope::When, unit: None },
            &mut rests_on,
        );
        let planned_for = if planned_for.is_informative() {
            Some(planned_for.set)
        } else {
            row.instead_of.map(|earlier| self.dates(earlier, &mut rests_on).set)
        };
        let was_held = held.set.only() == Some(&true);
        SlotView {
            handover: row.id,
            on: row.on,
            instead_of: row.instead_of.map(|earlier| self.state.handovers.get(earlier).id),
            slip_days: planned_for
                .filter(|_| was_held)
                .and_then(|planned| dates.set.days_after(planned, row.on.zone())),
            dates,
            agreed: self.joint(slot(Scope::Occurrence)),
            planned: planned.is_informative().then_some(planned),
            appearances,
            brought,
            held: self.joint(PropositionKey {
                about: SubjectKey::Handover(place),
                scope: Scope::Occurrence,
                unit: None,
            }),
            postponements,
            place: self.told(happening, &mut rests_on),
            outcomes,
            rests_on,
        }
    }

    /// The batches of which someone had said by then that they were, or were not, brought to a handover, the latest first.
    fn brought_to(&self, to: Idx<HandoverRow>) -> impl Iterator<Item = &BringingRow> {
        let bringings = self.state.bringings_to(to);
        bringings.filter(move |it| self.is_spoken_of(SubjectKey::Bringing(it.batch, to)))
    }

    /// The parties that brought what was brought.
    fn bringers(&self, to: Idx<HandoverRow>, brought: &[BringingView]) -> Vec<PartyId> {
        let mut bringers: Vec<PartyId> = Vec::new();
        // The views are of these bringings, the earliest first.
        for (bringing, view) in self.brought_to(to).zip(brought.iter().rev()) {
            let party = self.state.parties.get(self.state.batches.get(bringing.batch).from).id;
            if view.told.set.only() == Some(&true) && !bringers.contains(&party) {
                bringers.push(party);
            }
        }
        bringers
    }

    /// What those whom this reading believes say of a slot as put off, in the order of recording.
    fn postponements(&self, place: Idx<HandoverRow>, basis: &mut B) -> Vec<PostponementView> {
        let key = PropositionKey { about: SubjectKey::Slot(place), scope: Scope::Postponement, unit: None };
        let mut views = Vec::new();
        for claim in self.live(key) {
            let row = self.state.claims.get(claim);
            let side = self.state.organs.get(row.organ).side;
            let believed = self.trusts(side);
            if let Some(Statement::Postponed(postponement)) = self.state.statement(claim)
                && believed
            {
                self.cite(basis, claim);
                views.push(PostponementView {
                    entry: self.state.entries.get(row.entry).id,
                    speaker: self.state.speakers.get(row.speaker).id,
                    kind: postponement.kind,
                    to: postponement.to,
                });
            }
        }
        views.reverse();
        views
    }
}

fn outcomes<B>(
    counted: Counted,
    agreed: Option<bool>,
    held: Option<bool>,
    postponements: &[PostponementView],
    appearances: &[AppearanceView<B>],
    bringers: &[PartyId],
) -> Vec<Outcome> {
    if held == Some(true) {
        return [Outcome::Held].into();
    }
    let mut outcomes = Vec::new();
    if held == Some(false) {
        outcomes.push(Outcome::NotHeld);
    }
    let is = |appeared: bool| {
        appearances.iter().filter(move |view| view.told.set.only() == Some(&appeared)).map(|view| view.of)
    };
    let mut present: Vec<PartyId> = is(true).collect();
    present.extend(bringers.iter().filter(|party| !is(true).any(|other| other == **party)));
    let absent: Vec<PartyId> = is(false).collect();
    match agreed {
        Some(false) if present.is_empty() => outcomes.push(Outcome::NeverAgreed),
        Some(false) => outcomes.extend([Outcome::NeverAgreed, Outcome::UnilateralAppearance(present)]),
        Some(true) if !absent.is_empty() && !present.is_empty() => outcomes.push(Outcome::Missed(absent)),
        _ => {}
    }
    for postponement in postponements {
        let outcome = Outcome::Postponed(postponement.kind);
        if !outcomes.contains(&outcome) {
            outcomes.push(outcome);
        }
    }
    if outcomes.is_empty() && counted == Counted::No {
        outcomes.push(Outcome::Planned);
    }
    outcomes
}
