//! How an obligation stands by B2: states that hold beside each other, by whose word and as of when.

use core::fmt;

use alloc::vec::Vec;

use super::balance::BalanceView;
use super::discharge::ActView;
use super::obligation::{Comparison, Verdict, alike, holding};
use super::sum::Counted;
use super::{According, Basis, Reading, resolve};
use crate::claim::{PropositionKey, Scope, SubjectKey};
use crate::id::{EntryId, ObligationId};
use crate::obligation::{Deferral, ObligationRow};
use crate::quantity::Span;
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::when::DateSpan;

/// A state of an obligation. Several may hold at once.
///
/// Source: B2. None of them says that a duty of the law has lapsed (invariant 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ObligationState {
    /// It waits for a condition.
    Inchoate,
    /// It is to be performed.
    Due,
    /// More was made available than has passed.
    Tendered,
    /// A part of what is owed was performed.
    Partial,
    /// As many passed as are owed, and not all are verified.
    PerformedProvisional,
    /// As many are credited as are owed. Never by arithmetic where no number is owed (invariant 18).
    PerformedVerified,
    /// No number is owed, and those who must have declared that there are no more.
    DeclaredExhausted,
    /// Less than what is owed had been performed by the deadline. It stays so where it was performed late.
    Overdue,
    /// Debtor and creditor put the deadline off.
    PostponedMutual,
    /// Someone says that performance is suspended.
    SuspendedAsserted,
    /// The clock stands still, because the course to whose pace it is bound has paused. The duty does not.
    ClockStands,
    /// Someone says that the debtor cannot perform. What is owed stays owed.
    Impaired,
    /// The creditor gave it up, or a part.
    Waived,
    /// It, or a part, was discharged in another way.
    DischargedOtherwise,
    /// It was taken up again, or what was credited rests on a decision that was revoked.
    Reopened,
    /// Debtor and creditor closed it with what remains.
    ClosedWithBalance,
}

/// Its name, in small letters with hyphens, such as `performed-verified`.
impl fmt::Display for ObligationState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Inchoate => "inchoate",
            Self::Due => "due",
            Self::Tendered => "tendered",
            Self::Partial => "partial",
            Self::PerformedProvisional => "performed-provisional",
            Self::PerformedVerified => "performed-verified",
            Self::DeclaredExhausted => "declared-exhausted",
            Self::Overdue => "overdue",
            Self::PostponedMutual => "postponed-mutual",
            Self::SuspendedAsserted => "suspended-asserted",
            Self::ClockStands => "clock-stands",
            Self::Impaired => "impaired",
            Self::Waived => "waived",
            Self::DischargedOtherwise => "discharged-otherwise",
            Self::Reopened => "reopened",
            Self::ClosedWithBalance => "closed-with-balance",
        })
    }
}

/// A state, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateView {
    /// The state.
    pub state: ObligationState,
    /// Whether it holds, or whether that is undetermined; one that does not hold is not listed.
    pub holds: Comparison,
    /// The entries that say so, for a state that is said or done rather than counted.
    pub because: Vec<EntryId>,
}

/// How an obligation stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StandsView<B = ()> {
    /// The balance that it is derived from: it says whose terms, whose counts.
    pub balance: BalanceView<B>,
    /// The states that hold or may hold, in the order in which they are declared.
    pub states: Vec<StateView>,
    /// By when it is to be performed now: the deadline to which it was put off, or the stated one. The stated one is kept in
    /// the evaluation.
    pub deadline: Option<DateSpan>,
}

impl<B> StandsView<B> {
    /// Whether a state holds; `Fails` if it is not listed.
    pub fn is(&self, state: ObligationState) -> Comparison {
        self.states.iter().find(|view| view.state == state).map_or(Comparison::Fails, |view| view.holds)
    }
}

struct States(Vec<StateView>);

impl States {
    fn add(&mut self, state: ObligationState, holds: Comparison, because: Vec<EntryId>) {
        if holds != Comparison::Fails {
            self.0.push(StateView { state, holds, because });
        }
    }

    fn acts<'a>(
        &mut self,
        state: ObligationState,
        acts: impl Iterator<Item = (Counted, EntryId)> + Clone + 'a,
    ) {
        let certain = acts.clone().any(|(holds, _)| holds == Counted::Yes);
        let because: Vec<EntryId> = acts.map(|(_, entry)| entry).collect();
        if !because.is_empty() {
            self.add(state, if certain { Comparison::Holds } else { Comparison::Undetermined }, because);
        }
    }
}

/// Whether a performance meets what is owed.
fn meets(floor: Option<Span>, performed: Span) -> Comparison {
    let Some(short) = floor.map(|floor| floor.less(performed)) else { return Comparison::Fails };
    if short == Span::ZERO {
        Comparison::Holds
    } else if short.lo() > 0 {
        Comparison::Fails
    } else {
        Comparison::Undetermined
    }
}

fn not(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Holds => Comparison::Fails,
        Comparison::Fails => Comparison::Holds,
        Comparison::Undetermined => Comparison::Undetermined,
    }
}

fn and(one: Comparison, other: Comparison) -> Comparison {
    match (one, other) {
        (Comparison::Fails, _) | (_, Comparison::Fails) => Comparison::Fails,
        (Comparison::Holds, Comparison::Holds) => Comparison::Holds,
        _ => Comparison::Undetermined,
    }
}

fn is_positive(span: Span) -> Comparison {
    if span.lo() > 0 {
        Comparison::Holds
    } else if span == Span::ZERO {
        Comparison::Fails
    } else {
        Comparison::Undetermined
    }
}

impl<B: Basis> Reading<'_, B> {
    /// How an obligation stands, terms read by one's word and counts by this reading's.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::{According, Comparison, ObligationState};
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::AcceptedByAll, moment)?;
    /// let stands = reading.stands("fallen".parse()?, According::Anyone)?;
    /// assert_eq!(stands.is(ObligationState::Partial), Comparison::Holds);
    /// assert_eq!(stands.is(ObligationState::PerformedVerified), Comparison::Fails);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// In this order: the obligation is not recorded; the party whose terms are asked for is not recorded.
    pub fn stands(&self, obligation: ObligationId, terms: According) -> Result<StandsView<B>, EntryRefusal> {
        use ObligationState as S;
        let place = self.state.obligations.find(obligation)?;
        let balance = self.balance(obligation, terms)?;
        let (view, discharge) = (&balance.evaluation, &balance.discharge);
        let mut states = States(Vec::new());

        let fulfilled = self.may_begin(obligation, terms)?;
        states.add(S::Inchoate, not(fulfilled), Vec::new());
        let floor = view.outstanding.and(view.term.set.floor);
        let exhausted = view.verdict == Verdict::DeclaredExhausted;
        let performed = if exhausted { Comparison::Holds } else { meets(floor, view.performed().span()) };
        if view.verdict != Verdict::NoTerms {
            states.add(S::Due, and(fulfilled, not(performed)), Vec::new());
        }
        states.add(S::Tendered, self.is_tendered_beyond(place), Vec::new());
        let begun = is_positive(view.performed().span());
        if floor.is_some() {
            states.add(S::Partial, and(begun, not(performed)), Vec::new());
        }
        let verified = meets(floor, view.credited.span());
        let passed = meets(floor, view.passed.span());
        states.add(S::PerformedProvisional, and(passed, not(verified)), Vec::new());
        states.add(S::PerformedVerified, and(performed, verified), Vec::new());
        if exhausted {
            states.add(S::DeclaredExhausted, Comparison::Holds, Vec::new());
        }

        let coupling = self.coupling(obligation, terms)?;
        let clock = coupling.map_or(Comparison::Fails, |coupling| coupling.clock_stands);
        let deadlines = self.deadlines_now(place, terms, &balance)?;
        let late = self.was_late(obligation, terms, &deadlines)?;
        states.add(S::Overdue, and(late, not(clock)), Vec::new());
        states.acts(S::PostponedMutual, discharge.deferrals.iter().map(|act| (act.holds, act.entry)));
        let suspensions = self.suspensions_of_obligation(obligation)?;
        states.acts(
            S::SuspendedAsserted,
            suspensions.iter().map(|view| (self.as_believed(&view.by), view.by.entry)),
        );
        states.add(S::ClockStands, clock, Vec::new());
        let inabilities = discharge.inabilities.iter();
        states.acts(S::Impaired, inabilities.map(|view| (self.as_believed(&view.by), view.by.entry)));
        let waivers = discharge.waivers.iter().filter(|view| view.is_effective);
        states.acts(S::Waived, waivers.map(|view| (view.waiver.holds, view.waiver.entry)));
        states.acts(S::DischargedOtherwise, discharge.discharges.iter().map(|act| (act.holds, act.entry)));
        let revoked = self.revoked_under(place).into_iter().map(|entry| (Counted::Yes, entry));
        let reopened = discharge.reopenings.iter().map(|act| (act.holds, act.entry));
        states.acts(S::Reopened, reopened.chain(revoked));
        if let Some(closing) = &discharge.closing {
            states.add(S::ClosedWithBalance, holding(closing.holds), [closing.entry].into());
        }
        let deadline = deadlines.into_iter().reduce(DateSpan::hull);
        Ok(StandsView { states: states.0, deadline, balance })
    }

    fn as_believed(&self, by: &super::Said) -> Counted {
        if self.believes(by) { Counted::Yes } else { Counted::Perhaps }
    }

    /// Whether something was brought to an agreed slot and has not passed.
    fn is_tendered_beyond(&self, of: Idx<ObligationRow>) -> Comparison {
        let unit = self.state.obligations.get(of).unit;
        let unpassed = self
            .state
            .batches_of_obligation(of)
            .filter(|batch| self.state.batches.get(*batch).passage.is_none());
        self.brought(unpassed, unit, &mut B::default()).map_or(Comparison::Fails, is_positive)
    }

    /// The deadlines of which one is the obligation's: what was agreed last of those that put it off, and where none certainly
    /// did, what each of those who are believed states.
    fn deadlines_now(
        &self,
        of: Idx<ObligationRow>,
        terms: According,
        balance: &BalanceView<B>,
    ) -> Result<Vec<DateSpan>, EntryRefusal> {
        let agreed = &balance.discharge.deferrals;
        let is_replaced = |former: &ActView<Deferral>| {
            let is_after = |last| {
                let later = |other: &&ActView<Deferral>| other.act.on.span().is_after(last);
                agreed.iter().filter(later).any(|other| other.holds == Counted::Yes)
            };
            former.act.on.last_moment().is_some_and(is_after)
        };
        let mut deadlines: Vec<DateSpan> =
            agreed.iter().filter(|act| !is_replaced(act)).map(|act| act.act.to.span()).collect();
        if agreed.iter().all(|act| act.holds != Counted::Yes) {
            let key =
                PropositionKey { about: SubjectKey::Obligation(of), scope: Scope::Deadline, unit: None };
            let stated = Reading { whose: resolve(self.state, terms)?, ..*self }.stated::<DateSpan>(key);
            // Nobody says what it was before it was put off.
            if stated.is_empty() && !deadlines.is_empty() {
                deadlines.push(DateSpan::EVERYTHING);
            }
            deadlines.extend(stated);
        }
        Ok(deadlines)
    }

    /// Whether less than what is owed had been performed by the deadline, which has passed, whichever of these it was.
    fn was_late(
        &self,
        obligation: ObligationId,
        terms: According,
        deadlines: &[DateSpan],
    ) -> Result<Comparison, EntryRefusal> {
        let mut late = None;
        for deadline in deadlines {
            let by_it = self.was_late_by(obligation, terms, *deadline)?;
            late = Some(late.map_or(by_it, |late| alike(late, by_it)));
        }
        Ok(late.unwrap_or(Comparison::Fails))
    }

    fn was_late_by(
        &self,
        obligation: ObligationId,
        terms: According,
        deadline: DateSpan,
    ) -> Result<Comparison, EntryRefusal> {
        let passed = self.counted(deadline);
        if passed == Counted::No {
            return Ok(Comparison::Fails);
        }
        let Some(last) = deadline.last() else { return Ok(Comparison::Undetermined) };
        let then = Reading { as_of: last.min(self.as_of), ..*self };
        let performed = match then.evaluate(obligation, terms)?.verdict {
            Verdict::Met | Verdict::DeclaredExhausted => Comparison::Holds,
            Verdict::NotMet => Comparison::Fails,
            _ => Comparison::Undetermined,
        };
        Ok(and(holding(passed), not(performed)))
    }

    /// The entries by which decisions were revoked on units that are offered towards an obligation and have no other since.
    fn revoked_under(&self, of: Idx<ObligationRow>) -> Vec<EntryId> {
        let mut revoked = Vec::new();
        for batch in self.state.batches_of_obligation(of) {
            for unit in self.units_of_batch(batch) {
                let Some(decision) = self.state.units.get(unit).decision else { continue };
                let by = self.state.decisions.get(decision).revoked_by;
                if let Some(by) = by.filter(|by| self.happened(*by) == Counted::Yes)
                    && self.decision_on(unit).is_none()
                {
                    revoked.push(self.state.entries.get(by).id);
                }
            }
        }
        revoked.sort();
        revoked.dedup();
        revoked
    }
}
