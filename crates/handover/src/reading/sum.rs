//! Legs and sums of legs.
//!
//! A leg is one quantity: claims on it and counts of its batches describe it and are never added to each other. Sums
//! are over recorded legs in one unit; each label stays with its leg (`docs/semantics.md`, Leg and batches, Sums).

use alloc::vec::Vec;

use super::Reading;
use super::basis::Basis;
use super::joint::Joint;
use super::meaning::{Meaning, OneOf, Whether};
use super::word::{Label, Told};
use crate::claim::{Affiliation, PropositionKey, Scope, SubjectKey};
use crate::id::{AgreementId, BatchId, HandoverId, LegId, ObligationId, PartyId};
use crate::obligation::Class;
use crate::quantity::{Span, Unit};
use crate::refusal::EntryRefusal;
use crate::slot::{HandoverRow, LegRow};
use crate::table::Idx;
use crate::when::DateSpan;

/// Whether a leg had happened by the date as of which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Its dates lie wholly by then: it counts.
    Yes,
    /// Its dates lie partly by then: it counts or does not.
    Perhaps,
    /// Its dates lie wholly after: it does not count.
    No,
}

/// A leg in a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The leg.
    pub leg: LegId,
    /// Its handover.
    pub handover: HandoverId,
    /// What is told of it, whether or not it counts.
    pub told: Told<Span>,
    /// Whether it had happened.
    pub counted: Counted,
}

/// A sum over recorded legs.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum<B = ()> {
    /// The sum; `None` where no leg is recorded that counts: that is not nought.
    pub total: Option<Span>,
    /// The legs that count or may count, in the order of their recording.
    pub parts: Vec<Part>,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B: Basis> Sum<B> {
    /// The sum in arithmetic: nought where no leg is recorded.
    pub fn span(&self) -> Span {
        self.total.unwrap_or(Span::ZERO)
    }

    /// Why the sum is what it is. Where it leaves every number possible, the most telling label of the legs that say
    /// none, so that five undisclosed legs are undisclosed; otherwise whether any leg contradicts itself.
    pub fn label(&self) -> Label {
        match self.total {
            Some(total) if total.is_everything() => {
                self.parts.iter().map(|part| part.told.label).filter(|label| *label < Label::Stated).max()
            }
            _ => self.parts.iter().map(|part| part.told.label).filter(|label| *label >= Label::Stated).max(),
        }
        .unwrap_or(Label::Silent)
    }

    /// The legs of which no number is told.
    pub fn untold(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| !part.told.is_informative())
    }

    pub(super) fn add(&mut self, leg: Part, span: Span) {
        if leg.counted == Counted::No {
            return;
        }
        let span = if leg.counted == Counted::Yes { span } else { span.hull(Span::ZERO) };
        self.total = Some(self.total.map_or(span, |total| total.plus(span)));
        self.parts.push(leg);
    }

    pub(super) fn empty() -> Self {
        Self { total: None, parts: Vec::new(), rests_on: B::default() }
    }
}

/// A leg as this reading has it, with the parties' words beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct LegView<B = ()> {
    /// The leg.
    pub leg: LegId,
    /// Its handover.
    pub handover: HandoverId,
    /// The agreement under which the handover is held.
    pub under: Option<AgreementId>,
    /// Who hands over.
    pub from: PartyId,
    /// Who receives.
    pub to: PartyId,
    /// Who is handed over.
    pub of: Class,
    /// In what unit it is counted.
    pub unit: Unit,
    /// The obligation that it performs.
    pub towards: Option<ObligationId>,
    /// When it happened.
    pub dates: Told<DateSpan>,
    /// Whether it had happened by then.
    pub counted: Counted,
    /// How many passed: what is said of the leg met with what is said of its batches.
    pub passed: Told<Span>,
    /// The batches that passed in it.
    pub batches: Vec<BatchId>,
    /// How the parties stand on whether it happened.
    pub occurrence: Joint<Whether, B>,
    /// How the parties stand on how many.
    pub count: Joint<Span, B>,
    /// How the parties stand on whose they are.
    pub whose: Joint<OneOf<Affiliation>, B>,
    /// The entries that dates and number rest on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// When a handover happened: the days that tell it from others, narrowed by what is said of its date.
    pub(super) fn dates(&self, handover: Idx<HandoverRow>, basis: &mut B) -> Told<DateSpan> {
        let frame = self.state.handovers.get(handover).on.span();
        let key = PropositionKey { about: SubjectKey::Handover(handover), scope: Scope::When, unit: None };
        let said: Told<DateSpan> = self.told(key, basis);
        if !said.is_informative() {
            return Told::stated(frame);
        }
        match frame.meet(said.set) {
            Some(set) => Told { set, label: said.label },
            None => Told { set: frame.hull(said.set), label: Label::Contradictory },
        }
    }

    pub(super) fn counted(&self, dates: DateSpan) -> Counted {
        if dates.is_by(self.as_of) {
            Counted::Yes
        } else if dates.is_after(self.as_of) {
            Counted::No
        } else {
            Counted::Perhaps
        }
    }

    /// What is told of a leg: the claims on it met with the sum of its batches. Until it is stated that there is no
    /// other batch the sum is a lower bound only.
    pub(super) fn leg_told(&self, leg: Idx<LegRow>, basis: &mut B) -> Told<Span> {
        let row = self.state.legs.get(leg);
        let direct = self.counted_in(SubjectKey::Leg(leg), row.unit, basis);
        let mut batches: Option<Told<Span>> = None;
        for batch in self.state.batches_of_leg(leg) {
            let told = self.batch_told(batch, row.unit, row.whole, basis);
            batches = Some(match batches {
                None => told,
                Some(sum) => Told { set: sum.set.plus(told.set), label: sum.label.max(told.label) },
            });
        }
        let Some(mut batches) = batches else { return direct };
        if !row.whole {
            batches.set = batches.set.and_more();
        }
        if batches.set.is_everything() {
            // Of two that say no number the more telling label is that of the leg.
            return if direct.is_informative() {
                direct
            } else {
                Told::nothing(direct.label.max(batches.label))
            };
        }
        if !direct.is_informative() {
            // A sum that says something is stated, though one of its batches may be silent.
            return Told { label: batches.label.max(Label::Stated), set: batches.set };
        }
        let label = direct.label.max(batches.label);
        match direct.set.meet(batches.set) {
            Some(set) if label == Label::Stated => Told { set, label },
            _ => Told { set: direct.set.hull(batches.set), label: Label::Contradictory },
        }
    }

    pub(super) fn counted_in(&self, about: SubjectKey, unit: Unit, basis: &mut B) -> Told<Span> {
        self.told(PropositionKey { about, scope: Scope::Count, unit: Some(unit) }, basis)
    }

    /// The sum of these legs, in the order of their recording; those in another unit say nothing in this one.
    pub(super) fn sum(&self, legs: impl IntoIterator<Item = Idx<LegRow>>, unit: Unit) -> Sum<B> {
        let mut legs: Vec<_> = legs.into_iter().collect();
        legs.sort();
        let mut sum = Sum::empty();
        for leg in legs {
            let row = self.state.legs.get(leg);
            let dates = self.dates(row.handover, &mut sum.rests_on);
            let counted = self.counted(dates.set);
            if counted == Counted::No {
                continue;
            }
            let told = if row.unit == unit {
                self.leg_told(leg, &mut sum.rests_on)
            } else {
                let told = self.counted_in(SubjectKey::Leg(leg), unit, &mut sum.rests_on);
                if told.is_informative() { told } else { Told::nothing(told.label.max(Label::OtherUnit)) }
            };
            let handover = self.state.handovers.get(row.handover).id;
            let span = told.set;
            sum.add(Part { leg: row.id, handover, told, counted }, span);
        }
        sum
    }

    /// The sum of these legs; one that is not recorded is left out.
    pub(crate) fn sum_legs(&self, legs: impl Iterator<Item = LegId>, unit: Unit) -> Sum<B> {
        self.sum(legs.filter_map(|leg| self.state.legs.at(leg)), unit)
    }

    /// A leg as this reading has it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::AcceptedByAll, moment)?;
    /// let view = reading.leg("to-south".parse()?)?;
    /// assert_eq!(view.batches, ["first".parse()?]);
    /// assert_eq!(view.passed.set.to_string(), "between 1,245 and 1,248");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The leg is not recorded.
    pub fn leg(&self, leg: LegId) -> Result<LegView<B>, EntryRefusal> {
        Ok(self.leg_view(self.state.legs.find(leg)?))
    }

    /// Every leg as this reading has it, in the order of their recording.
    pub fn legs(&self) -> impl Iterator<Item = LegView<B>> {
        self.state.legs.places().map(|(leg, _)| self.leg_view(leg))
    }

    fn leg_view(&self, leg: Idx<LegRow>) -> LegView<B> {
        let row = self.state.legs.get(leg);
        let mut rests_on = B::default();
        let dates = self.dates(row.handover, &mut rests_on);
        let passed = self.leg_told(leg, &mut rests_on);
        let key = |scope, unit| PropositionKey { about: SubjectKey::Leg(leg), scope, unit };
        let mut batches: Vec<BatchId> =
            self.state.batches_of_leg(leg).map(|batch| self.state.batches.get(batch).id).collect();
        batches.reverse();
        LegView {
            leg: row.id,
            handover: self.state.handovers.get(row.handover).id,
            under: self.under(row).map(|agreement| self.state.agreements.get(agreement).id),
            from: self.state.parties.get(row.from).id,
            to: self.state.parties.get(row.to).id,
            of: row.of,
            unit: row.unit,
            towards: row.towards.map(|obligation| self.state.obligations.get(obligation).id),
            counted: self.counted(dates.set),
            dates,
            passed,
            batches,
            occurrence: self.joint(key(Scope::Occurrence, None)),
            count: self.joint(key(Scope::Count, Some(row.unit))),
            whose: self.joint(key(Scope::Whose, None)),
            rests_on,
        }
    }
}
