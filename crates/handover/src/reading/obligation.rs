//! Evaluating an obligation: its three counts, what is outstanding, and the verdict.

use alloc::vec::Vec;

use super::credited::{CountCheck, Credited};
use super::sum::{Counted, Sum};
use super::terms::Term;
use super::word::{Label, Told};
use super::{According, Basis, Reading, RestsOn, resolve};
use crate::batch::BatchRow;
use crate::claim::{PropositionKey, Scope, SubjectKey};
use crate::id::ObligationId;
use crate::obligation::ObligationRow;
use crate::quantity::{Span, Unit};
use crate::reciprocity::Accrual;
use crate::refusal::EntryRefusal;
use crate::slot::LegRow;
use crate::table::Idx;
use crate::when::DateSpan;

/// A comparison of spans: it holds, it fails, or what was said does not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// It holds whatever the true values.
    Holds,
    /// It fails whatever the true values.
    Fails,
    /// It depends on the true values.
    Undetermined,
}

/// What holds, or fails, by both of two that may be true.
pub(super) fn alike(one: Comparison, other: Comparison) -> Comparison {
    if one == other { one } else { Comparison::Undetermined }
}

/// Whether something holds, from whether it is counted.
pub(super) fn holding(counted: Counted) -> Comparison {
    match counted {
        Counted::Yes => Comparison::Holds,
        Counted::Perhaps => Comparison::Undetermined,
        Counted::No => Comparison::Fails,
    }
}

/// How an obligation stands so far. Over-performance is met; overdue, late and breach are other questions. No verdict
/// ever says that a baseline duty has lapsed (invariant 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// At least what is owed was performed, whatever the true values.
    Met,
    /// Less than what is owed was performed so far, whatever the true values.
    NotMet,
    /// What was said does not decide.
    Undetermined,
    /// Undetermined: nobody who is believed states a term.
    NoTerms,
    /// No number is owed, and not all who must have declared that there are no more (invariant 18).
    OpenUnquantified,
    /// No number is owed, and debtor and creditor, or a neutral, have declared that there are no more.
    DeclaredExhausted,
}

/// An obligation as this reading has it: terms and counts chosen apart (`docs/semantics.md`, Obligations).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::reading::According;
/// use handover::reading::Verdict;
///
/// # let ledger = two_words()?;
/// # let moment = handover::when::Moment::END_OF_TIME;
/// let reading = ledger.reading(According::AcceptedByAll, moment)?;
/// let view = reading.evaluate("fallen".parse()?, According::To("south".parse()?))?;
/// assert_eq!(view.outstanding.unwrap().to_string(), "between 4,752 and 4,755");
/// assert_eq!(view.verdict, Verdict::NotMet);
/// // North states no term, so that by its own word nothing can be said to be outstanding.
/// let north = According::To("north".parse()?);
/// assert_eq!(reading.evaluate("fallen".parse()?, north)?.verdict, Verdict::NoTerms);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation<B = ()> {
    /// The obligation.
    pub obligation: ObligationId,
    /// By whose word the terms are read.
    pub terms_of: According,
    /// By whose word the counts are read.
    pub counts_of: According,
    /// In what unit.
    pub unit: Unit,
    /// How many were made available.
    pub tendered: Sum<B>,
    /// How many passed.
    pub passed: Sum<B>,
    /// How many are credited.
    pub credited: Sum<B>,
    /// Which of the three the obligation credits.
    pub credits_at: Accrual,
    /// What is owed, if anyone who is believed says so.
    pub term: Told<Term>,
    /// What is outstanding, if a number is owed.
    pub outstanding: Option<Span>,
    /// What was performed above a stated ceiling.
    pub surplus: Option<Span>,
    /// How the obligation stands.
    pub verdict: Verdict,
    /// By when it was to be performed, if anyone who is believed says so.
    pub deadline: Option<Told<DateSpan>>,
    /// Whether the deadline has passed without performance.
    pub overdue: Comparison,
    /// What is said of numbers that units tell too. It is compared with them and never added to them.
    pub checks: Vec<CountCheck>,
    /// The entries that all this rests on.
    pub rests_on: B,
}

impl<B: Basis> Evaluation<B> {
    /// The count that the obligation credits.
    pub fn performed(&self) -> &Sum<B> {
        match self.credits_at {
            Accrual::Tender => &self.tendered,
            Accrual::Passage => &self.passed,
            Accrual::Credit => &self.credited,
        }
    }

    /// Whether more was performed than the ceiling: it keeps its sign and is never clamped.
    pub fn is_exceeded(&self) -> bool {
        self.surplus.is_some_and(|surplus| surplus.lo() > 0)
    }
}

impl<B: Basis> Reading<'_, B> {
    /// How an obligation stands, terms read by one's word and counts by this reading's.
    ///
    /// # Errors
    /// In this order: the obligation is not recorded; the party whose terms are asked for is not recorded.
    pub fn evaluate(
        &self,
        obligation: ObligationId,
        terms: According,
    ) -> Result<Evaluation<B>, EntryRefusal> {
        let place = self.state.obligations.find(obligation)?;
        let terms_reading = Reading { whose: resolve(self.state, terms)?, ..*self };
        let row = self.state.obligations.get(place);
        // What passed is summed once: what was tendered and what is credited begin from it.
        let Credited { sum: credited, passed, mut checks } =
            self.credited(place, self.performance(place, Accrual::Passage), |_| true);
        let tendered = self.tendered(place, passed.clone(), |_| true);
        checks.extend(self.checked_counts(&passed, row.unit));
        let mut rests_on = B::default();
        let about = SubjectKey::Obligation(place);
        let term: Told<Term> =
            terms_reading.told(PropositionKey { about, scope: Scope::Terms, unit: None }, &mut rests_on);
        let deadline: Told<DateSpan> =
            terms_reading.told(PropositionKey { about, scope: Scope::Deadline, unit: None }, &mut rests_on);
        let deadline = deadline.is_informative().then_some(deadline);
        for sum in [&tendered, &passed, &credited] {
            rests_on.rest_on_all(&sum.rests_on);
        }
        let performed = match row.credits_at {
            Accrual::Tender => &tendered,
            Accrual::Passage => &passed,
            Accrual::Credit => &credited,
        }
        .span();
        let (outstanding, surplus, verdict) = self.weigh(place, &term, performed, &mut rests_on);
        Ok(Evaluation {
            obligation,
            terms_of: terms,
            counts_of: self.according(),
            unit: row.unit,
            overdue: overdue(verdict, deadline.as_ref().map(|told| self.counted(told.set))),
            tendered,
            passed,
            credited,
            credits_at: row.credits_at,
            term,
            outstanding,
            surplus,
            verdict,
            deadline,
            checks,
            rests_on,
        })
    }

    /// As [`Reading::evaluate`], with the entries that it rests on.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// let reading = ledger.reading(According::AcceptedByAll, handover::when::Moment::END_OF_TIME)?;
    /// let view = reading.explain("fallen".parse()?, According::Anyone)?;
    /// let because: Vec<String> = view.rests_on.entries().map(|entry| entry.to_string()).collect();
    /// assert_eq!(because, ["c-terms", "c-north", "c-south"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Reading::evaluate`].
    pub fn explain(
        &self,
        obligation: ObligationId,
        terms: According,
    ) -> Result<Evaluation<RestsOn>, EntryRefusal> {
        self.explained().evaluate(obligation, terms)
    }

    /// Every obligation, in the order of recording, evaluated with terms by one's word.
    ///
    /// # Errors
    /// The party whose terms are asked for is not recorded.
    pub fn obligations(&self, terms: According) -> Result<Vec<Evaluation<B>>, EntryRefusal> {
        self.state.obligations.rows().map(|row| self.evaluate(row.id, terms)).collect()
    }

    /// Outstanding, surplus and verdict of a performance under a term.
    fn weigh(
        &self,
        obligation: Idx<ObligationRow>,
        term: &Told<Term>,
        performed: Span,
        basis: &mut B,
    ) -> (Option<Span>, Option<Span>, Verdict) {
        if term.label < Label::Stated {
            return (None, None, Verdict::NoTerms);
        }
        let Some(floor) = term.set.floor else {
            let exhausted = self.is_exhausted(obligation, basis);
            return (
                None,
                None,
                if exhausted { Verdict::DeclaredExhausted } else { Verdict::OpenUnquantified },
            );
        };
        let outstanding = floor.less(performed);
        let surplus = term.set.ceiling.map(|ceiling| performed.less(ceiling));
        let verdict = if outstanding == Span::ZERO {
            Verdict::Met
        } else if outstanding.lo() > 0 {
            Verdict::NotMet
        } else {
            Verdict::Undetermined
        };
        (Some(outstanding), surplus, verdict)
    }

    /// Whether debtor and creditor, or a neutral, declare that there are no more.
    fn is_exhausted(&self, obligation: Idx<ObligationRow>, basis: &mut B) -> bool {
        let row = self.state.obligations.get(obligation);
        let about = SubjectKey::Obligation(obligation);
        let key = PropositionKey { about, scope: Scope::Completion, unit: None };
        let mut declares = |whose: super::Whose| {
            let reading = Reading { whose, ..*self };
            let told: Told<super::Whether> = reading.told(key, basis);
            told.set.only() == Some(&true)
        };
        (declares(super::Whose::Party(row.debtor)) && declares(super::Whose::Party(row.creditor)))
            || declares(super::Whose::Neutral)
    }

    pub(super) fn performance(&self, obligation: Idx<ObligationRow>, at: Accrual) -> Sum<B> {
        self.performance_of(obligation, at, |_| true)
    }

    pub(super) fn performance_of(
        &self,
        obligation: Idx<ObligationRow>,
        at: Accrual,
        in_class: impl Fn(Option<crate::id::CategoryId>) -> bool,
    ) -> Sum<B> {
        let unit = self.state.obligations.get(obligation).unit;
        let legs = self
            .state
            .legs_of_obligation(obligation)
            .filter(|leg| in_class(self.state.legs.get(*leg).of.category));
        let passed = self.sum(legs, unit);
        match at {
            Accrual::Passage => passed,
            Accrual::Credit => self.credited(obligation, passed, in_class).sum,
            Accrual::Tender => self.tendered(obligation, passed, in_class),
        }
    }

    /// What was made available: what passed, and what was brought to an agreed slot and did not pass. A batch is counted
    /// once however often it appears.
    fn tendered(
        &self,
        obligation: Idx<ObligationRow>,
        passed: Sum<B>,
        in_class: impl Fn(Option<crate::id::CategoryId>) -> bool,
    ) -> Sum<B> {
        let unit = self.state.obligations.get(obligation).unit;
        let mut legs: Vec<Idx<LegRow>> = self
            .state
            .legs_of_obligation(obligation)
            .filter(|leg| in_class(self.state.legs.get(*leg).of.category))
            .collect();
        legs.sort();
        let unpassed = self.state.batches_of_obligation(obligation).filter(|batch| {
            let batch = self.state.batches.get(*batch);
            batch.passage.is_none() && in_class(batch.of.category)
        });
        let mut sum = passed;
        // The parts are those of these legs that had or may have happened, in the same order.
        let mut parts = sum.parts.iter().peekable();
        let mut total = Span::ZERO;
        let mut any = sum.total.is_some();
        for leg in legs {
            let row = self.state.legs.get(leg);
            let counted = self.counted(self.dates(row.handover, &mut sum.rests_on).set);
            let passed = parts.next_if(|part| part.leg == row.id).map(|part| part.told.set);
            // Where the leg itself may lie later, its batches may have been made available before.
            let brought = match counted {
                Counted::Yes => None,
                Counted::Perhaps | Counted::No => {
                    self.brought(self.state.batches_of_leg(leg), unit, &mut sum.rests_on)
                }
            };
            any |= brought.is_some();
            total = total.plus(match (counted, passed) {
                (Counted::Yes, Some(passed)) => passed,
                (Counted::Perhaps, Some(passed)) => passed.hull(brought.unwrap_or(Span::ZERO)),
                _ => brought.unwrap_or(Span::ZERO),
            });
        }
        if let Some(brought) = self.brought(unpassed, unit, &mut sum.rests_on) {
            any = true;
            total = total.plus(brought);
        }
        sum.total = any.then_some(total);
        sum
    }

    /// What was made available of batches apart from any passage; `None` if nobody speaks of them as brought.
    pub(super) fn brought(
        &self,
        batches: impl Iterator<Item = Idx<BatchRow>>,
        unit: Unit,
        basis: &mut B,
    ) -> Option<Span> {
        let mut total: Option<Span> = None;
        for batch in batches {
            let mut certainty: Option<Counted> = None;
            let spoken_of = |to| self.is_spoken_of(SubjectKey::Bringing(batch, to));
            for bringing in self.state.bringings_of_batch(batch).filter(|bringing| spoken_of(bringing.to)) {
                let certain = self.was_tendered(batch, bringing.to, basis);
                certainty = Some(match (certainty, certain) {
                    (Some(Counted::Yes), _) | (_, Counted::Yes) => Counted::Yes,
                    (Some(Counted::Perhaps), _) | (_, Counted::Perhaps) => Counted::Perhaps,
                    _ => Counted::No,
                });
            }
            let count = match certainty {
                None => continue,
                Some(Counted::No) => Span::ZERO,
                Some(Counted::Yes) => self.counted_in(SubjectKey::Batch(batch), unit, basis).set,
                Some(Counted::Perhaps) => {
                    self.counted_in(SubjectKey::Batch(batch), unit, basis).set.hull(Span::ZERO)
                }
            };
            total = Some(total.unwrap_or(Span::ZERO).plus(count));
        }
        total
    }

    /// Whether anyone had said by then whether something happened, so that it is recorded at all.
    pub(super) fn is_spoken_of(&self, about: SubjectKey) -> bool {
        let Some(by) = self.said_by else { return true };
        let mut claims = self.state.claims_on(PropositionKey { about, scope: Scope::Occurrence, unit: None });
        claims.any(|claim| self.state.claims.get(claim).said_by <= by)
    }

    /// Whether a batch was brought to an agreed slot by then. At a time that was not agreed it is no tender but a
    /// unilateral appearance.
    fn was_tendered(
        &self,
        batch: Idx<BatchRow>,
        to: Idx<crate::slot::HandoverRow>,
        basis: &mut B,
    ) -> Counted {
        let brought = self.whether(SubjectKey::Bringing(batch, to), basis);
        let agreed = self.whether(SubjectKey::Slot(to), basis);
        let dates = self.dates(to, basis);
        match (brought.set.only(), agreed.set.only(), self.counted(dates.set)) {
            (Some(false), ..) | (_, Some(false), _) | (.., Counted::No) => Counted::No,
            (Some(true), Some(true), Counted::Yes) => Counted::Yes,
            _ => Counted::Perhaps,
        }
    }
}

fn overdue(verdict: Verdict, deadline: Option<Counted>) -> Comparison {
    match (deadline, verdict) {
        (None | Some(Counted::No), _) | (_, Verdict::Met | Verdict::DeclaredExhausted) => Comparison::Fails,
        (Some(Counted::Yes), Verdict::NotMet) => Comparison::Holds,
        _ => Comparison::Undetermined,
    }
}
