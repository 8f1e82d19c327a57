//! Pace coupling: an obligation that is to be performed no slower than another course (`docs/rules.md` edge case 11).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::meaning::OneOf;
use super::obligation::Comparison;
use super::sum::Counted;
use super::word::Told;
use super::{According, Basis, Reading, Whose};
use crate::claim::{Advance, PropositionKey, Scope, Statement, SubjectKey};
use crate::id::ObligationId;
use crate::obligation::ObligationRow;
use crate::party::{PartyRow, Side};
use crate::quantity::Span;
use crate::reciprocity::{Course, Reciprocity};
use crate::refusal::EntryRefusal;
use crate::table::Idx;
use crate::when::Moment;

/// A share: so many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many are done.
    pub done: Span,
    /// Of how many.
    pub of: Span,
}

impl Share {
    /// Whether this share is no less than another, compared as fractions in whole numbers.
    ///
    /// ```
    /// use handover::quantity::Span;
    /// use handover::reading::{Comparison, Share};
    ///
    /// let half = Share { done: Span::exactly(300), of: Span::exactly(600) };
    /// let third = Share { done: Span::exactly(20), of: Span::exactly(60) };
    /// assert_eq!(half.is_no_less(&third), Comparison::Holds);
    /// assert_eq!(third.is_no_less(&half), Comparison::Fails);
    /// ```
    pub fn is_no_less(&self, other: &Self) -> Comparison {
        let product = |a: u64, b: u64| u128::from(a).saturating_mul(u128::from(b));
        let worst = self
            .of
            .hi()
            .zip(other.done.hi())
            .map(|(of, done)| product(self.done.lo(), other.of.lo()) >= product(done, of));
        let best = self
            .done
            .hi()
            .zip(other.of.hi())
            .map(|(done, of)| product(done, of) < product(other.done.lo(), self.of.lo()));
        match (worst, best) {
            (Some(true), _) => Comparison::Holds,
            (_, Some(true)) => Comparison::Fails,
            _ => Comparison::Undetermined,
        }
    }
}

/// An obligation beside the course to whose pace it is bound.
///
/// Source: `docs/rules.md` edge case 11; practice: Paris 1973.
#[derive(Clone, Debug, PartialEq)]
pub struct CouplingView<B = ()> {
    /// The obligation.
    pub obligation: ObligationId,
    /// The other course.
    pub with: Course,
    /// How far the obligation has come; `None` where no number is owed.
    pub here: Option<Share>,
    /// How far the other has come; `None` where nobody who is believed says so.
    pub there: Option<Share>,
    /// Whether the obligation is performed no slower than the other course.
    pub keeps_pace: Comparison,
    /// Whether the other course has paused, so that the clock of this one stands still. The duty does not.
    pub clock_stands: Comparison,
    /// The entries that it rests on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// The course to whose pace this reading takes an obligation to be bound, if it takes it to be bound to one, and how
    /// both have come.
    ///
    /// # Errors
    /// In this order: the obligation is not recorded; the party whose terms are asked for is not recorded.
    pub fn coupling(
        &self,
        obligation: ObligationId,
        terms: According,
    ) -> Result<Option<CouplingView<B>>, EntryRefusal> {
        let place = self.state.obligations.find(obligation)?;
        let told: Told<OneOf<Reciprocity>> = self.reciprocity(obligation)?;
        let Some(Reciprocity::Paced { with }) = told.set.only() else { return Ok(None) };
        let mut rests_on = B::default();
        let here = self.share(obligation, terms, &mut rests_on)?;
        let (there, clock_stands) = match with {
            Course::Obligation(other) => {
                let suspended = self.suspensions_of_obligation(*other)?;
                let stands = suspended.iter().any(|view| self.believes(&view.by));
                let asserted =
                    if suspended.is_empty() { Comparison::Fails } else { Comparison::Undetermined };
                (self.share(*other, terms, &mut rests_on)?, if stands { Comparison::Holds } else { asserted })
            }
            Course::Stated(_) => self.advanced(place, &mut rests_on),
        };
        let keeps_pace = match (&here, &there) {
            (Some(here), Some(there)) => here.is_no_less(there),
            _ => Comparison::Undetermined,
        };
        let with = with.clone();
        Ok(Some(CouplingView { obligation, with, here, there, keeps_pace, clock_stands, rests_on }))
    }

    fn share(
        &self,
        obligation: ObligationId,
        terms: According,
        basis: &mut B,
    ) -> Result<Option<Share>, EntryRefusal> {
        let view = self.evaluate(obligation, terms)?;
        basis.rest_on_all(&view.rests_on);
        let floor = view.outstanding.and(view.term.set.floor);
        Ok(floor.map(|of| Share { done: view.performed().span(), of }))
    }

    /// How far those who are believed say that the other course has come, the hull of the latest of each organ; and whether it
    /// has paused. All accept a course only where every party speaks of it.
    fn advanced(&self, place: Idx<ObligationRow>, basis: &mut B) -> (Option<Share>, Comparison) {
        let key = PropositionKey { about: SubjectKey::Obligation(place), scope: Scope::Pace, unit: None };
        let mut latest: BTreeMap<_, (Moment, Advance)> = BTreeMap::new();
        for claim in self.live(key) {
            let organ = self.state.claims.get(claim).organ;
            let believed = self.hears_side(self.state.organs.get(organ).side);
            let Some(Statement::Advanced(advance)) = self.state.statement(claim) else { continue };
            if !believed || self.counted(advance.on.span()) != Counted::Yes {
                continue;
            }
            self.cite(basis, claim);
            let on = advance.on.last_moment().unwrap_or(Moment::END_OF_TIME);
            if latest.get(&organ).is_none_or(|(known, _)| *known < on) {
                latest.insert(organ, (on, *advance));
            }
        }
        let side = |organ| self.state.organs.get(organ).side;
        let told: Vec<(Side, Advance)> =
            latest.into_iter().map(|(organ, (_, advance))| (side(organ), advance)).collect();
        let parties = self.state.parties_of(key.about);
        let speaks = |party: &Idx<PartyRow>| told.iter().any(|(side, _)| *side == Side::Party(*party));
        if self.whose == Whose::All && !parties.iter().all(speaks) {
            // A silent party leaves everything possible.
            let paused = told.iter().any(|(_, advance)| advance.paused);
            return (None, if paused { Comparison::Undetermined } else { Comparison::Fails });
        }
        let mut share: Option<Share> = None;
        let (mut paused, mut goes_on) = (false, false);
        for (_, advance) in told {
            let (done, of) = (Span::exactly(advance.done.get()), Span::exactly(advance.of.get()));
            share = Some(share.map_or(Share { done, of }, |share| Share {
                done: share.done.hull(done),
                of: share.of.hull(of),
            }));
            paused |= advance.paused;
            goes_on |= !advance.paused;
        }
        let clock = match (paused, goes_on) {
            (true, false) => Comparison::Holds,
            (true, true) => Comparison::Undetermined,
            _ => Comparison::Fails,
        };
        (share, clock)
    }
}
