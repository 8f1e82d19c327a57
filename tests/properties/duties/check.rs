//! That each span of a reading holds what is true, and each definite answer is true.

use handover::quantity::{Quantity, Span, Unit};
use handover::reading::{
    AuditOutcome, Comparison, Evaluation, Evenness, ObligationState, Reading, StandsView, Verdict,
};
use handover::reciprocity::{Accrual, Condition, Course, ParityScope, Reciprocity};

use super::party;
use super::world::{DAYS, Deed, Truth, World, duty_id};

fn holds(span: Span, value: u64, what: &str) {
    assert!(span.contains(value), "{span:?} holds {value}: {what}");
}

/// That an answer is the truth where it is definite.
fn is(found: Comparison, truth: bool, what: &str) {
    match found {
        Comparison::Holds => assert!(truth, "it does not: {what}"),
        Comparison::Fails => assert!(!truth, "it does: {what}"),
        Comparison::Undetermined => {}
    }
}

pub(super) struct Check<'w> {
    pub(super) truth: Truth<'w>,
    pub(super) published: &'w [(usize, String, bool)],
}

impl Check<'_> {
    fn world(&self) -> &World {
        self.truth.world
    }

    pub(super) fn all(&self, reading: &Reading<'_>) {
        let terms = reading.according();
        for duty in 0..self.world().duties.len() {
            let what = format!("duty-{duty} as of {} {terms}", self.truth.day);
            self.stands(duty, &reading.stands(duty_id(duty), terms).unwrap(), &what);
            self.in_return(duty, reading, &what);
        }
        for here in 0..self.world().duties.len() {
            for there in (0..self.world().duties.len()).filter(|there| *there != here) {
                self.pair(here, there, reading);
            }
        }
        self.flows(reading);
        self.totals(reading);
    }

    pub(super) fn evaluation(&self, duty: usize, found: &Evaluation, what: &str) {
        let truth = &self.truth;
        for (sum, at) in [
            (&found.tendered, Accrual::Tender),
            (&found.passed, Accrual::Passage),
            (&found.credited, Accrual::Credit),
        ] {
            holds(sum.span(), truth.performed(duty, at, |_| true), &format!("{at:?} of {what}"));
        }
        let done = truth.done(duty);
        let (floor, ceiling) = truth.bounds(duty);
        if let (Some(span), Some(floor)) =
            (found.term.set.floor.filter(|_| found.outstanding.is_some()), floor)
        {
            holds(span, floor, &format!("the least that is owed of {what}"));
        }
        match found.verdict {
            Verdict::Met => assert!(floor.is_some_and(|floor| done >= floor), "met: {what}: {found:?}"),
            Verdict::NotMet => assert!(floor.is_some_and(|floor| done < floor), "not met: {what}: {found:?}"),
            Verdict::OpenUnquantified => assert_eq!(floor, None, "open: {what}"),
            Verdict::DeclaredExhausted => assert!(what.is_empty(), "nobody declared it: {what}"),
            Verdict::NoTerms | Verdict::Undetermined => {}
        }
        if let (Some(outstanding), Some(floor)) = (found.outstanding, floor) {
            holds(outstanding, floor.saturating_sub(done), &format!("outstanding of {what}"));
        }
        if let (Some(surplus), Some(ceiling)) = (found.surplus, ceiling) {
            holds(surplus, done.saturating_sub(ceiling), &format!("surplus of {what}"));
        }
        if ceiling.is_some() || found.is_exceeded() {
            assert!(!found.is_exceeded() || ceiling.is_some_and(|most| done > most), "exceeded: {what}");
        }
        if let (Some(_), Some(floor)) = (&found.deadline, floor) {
            let overdue = self.world().duties[duty].deadline <= truth.day && done < floor;
            is(found.overdue, overdue, &format!("overdue, {what}"));
        }
    }

    fn stands(&self, duty: usize, found: &StandsView, what: &str) {
        use ObligationState as S;
        let (truth, view) = (&self.truth, &found.balance.evaluation);
        self.evaluation(duty, view, what);
        self.balance(duty, found, what);
        let Some(floor) = truth.bounds(duty).0 else { return };
        let (done, passed) = (truth.done(duty), truth.performed(duty, Accrual::Passage, |_| true));
        let credited = truth.performed(duty, Accrual::Credit, |_| true);
        let is_told = view.outstanding.is_some();
        let state = |state, holds: bool| {
            is(found.is(state), holds, &format!("{state}, {what}"));
        };
        if is_told {
            state(S::Partial, done > 0 && done < floor);
            state(S::PerformedProvisional, passed >= floor && credited < floor);
            state(S::PerformedVerified, done >= floor && credited >= floor);
        }
        let late = Truth { day: truth.deadline(duty).min(truth.day), ..*truth };
        if let (Some(_), Some(is_met)) = (found.deadline, late.is_met(duty)) {
            state(S::Overdue, truth.deadline(duty) <= truth.day && !is_met);
        }
        let acts = |is: fn(&Deed) -> Option<usize>| truth.acts().any(|act| is(&act.deed) == Some(duty));
        let waived = acts(|deed| match deed {
            Deed::Waived { duty, .. } => Some(*duty),
            _ => None,
        });
        state(S::Waived, waived);
        state(
            S::DischargedOtherwise,
            acts(|deed| match deed {
                Deed::Discharged { duty, .. } => Some(*duty),
                _ => None,
            }),
        );
        state(
            S::PostponedMutual,
            acts(|deed| match deed {
                Deed::Deferred { duty, .. } => Some(*duty),
                _ => None,
            }),
        );
        let brought =
            self.world().batches.iter().filter(|batch| batch.leg.is_none() && batch.towards == Some(duty));
        let unit = self.world().duties[duty].unit;
        let available = { brought }.any(|batch| batch.count[unit] > 0 && truth.is_available(batch));
        state(S::Tendered, available);
    }

    fn balance(&self, duty: usize, found: &StandsView, what: &str) {
        let (truth, found) = (&self.truth, &found.balance);
        let sum = |is: fn(&Deed, usize) -> u32| -> u64 {
            truth.acts().map(|act| u64::from(is(&act.deed, duty))).sum()
        };
        let taken_in = sum(|deed, duty| match deed {
            Deed::Allocated { to, number, .. } if *to == duty => *number,
            _ => 0,
        });
        let given = sum(|deed, duty| match deed {
            Deed::Allocated { from, number, .. } if *from == duty => *number,
            _ => 0,
        });
        let discharged = sum(|deed, of| match deed {
            Deed::Discharged { duty, number } if *duty == of => *number,
            _ => 0,
        });
        let waived = sum(|deed, of| match deed {
            Deed::Waived { duty, number: Some(number) } if *duty == of => *number,
            _ => 0,
        });
        let all_waived = truth.acts().any(|act| act.deed == Deed::Waived { duty, number: None });
        holds(found.discharge.taken_in(), taken_in, &format!("taken in by {what}"));
        holds(found.discharge.given_away(), given, &format!("given away by {what}"));
        holds(found.discharge.discharged(), discharged, &format!("discharged of {what}"));
        holds(found.discharge.waived(), waived, &format!("waived of {what}"));
        assert!(all_waived || !found.discharge.is_waived_altogether(), "waived altogether: {what}");
        let (floor, ceiling) = truth.bounds(duty);
        let done = |at| truth.performed(duty, at, |_| true);
        if let Some(floor) = floor {
            let left = floor.saturating_sub(truth.done(duty));
            let remains = if all_waived { 0 } else { left.saturating_sub(taken_in + discharged + waived) };
            for (span, value, which) in [
                (
                    found.beyond_tendered,
                    floor.saturating_sub(done(Accrual::Tender)),
                    "beyond what was tendered",
                ),
                (found.beyond_passed, floor.saturating_sub(done(Accrual::Passage)), "beyond what passed"),
                (found.remaining, remains, "what remains"),
            ] {
                if let Some(span) = span {
                    holds(span, value, &format!("{which} of {what}"));
                }
            }
        }
        if let Some(ceiling) = ceiling {
            let surplus = truth.done(duty).saturating_sub(ceiling);
            if let Some(left) = found.surplus_left {
                holds(left, surplus.saturating_sub(given), &format!("surplus left of {what}"));
            }
            is(found.overdrawn, given > surplus, &format!("overdrawn, {what}"));
        }
        // Whoever states the term: what it says of performance is what it is of.
        for earned in &found.earned {
            let Some(earlier) = self.term_of(earned.in_return).filter(|own| own.contains(&earned.ratio))
            else {
                continue;
            };
            let at = earlier.iter().position(|own| *own == earned.ratio).unwrap();
            let earlier = &earlier[..at];
            if earlier.iter().all(|other| other.is_of_class(&earned.ratio)) {
                let earners = truth.earners(&earned.ratio, &[]);
                holds(earned.performed, earners, &format!("earners of {what}: {:?}", earned.ratio));
                let owed = earned.ratio.entitlement(Span::exactly(earners)).only().unwrap();
                holds(earned.entitlement, owed, &format!("earned by {what}"));
            }
        }
    }

    fn term_of(&self, of: handover::id::ObligationId) -> Option<&[handover::reciprocity::Ratio]> {
        let at = (0..self.world().duties.len()).find(|at| of == duty_id(*at))?;
        Some(self.world().duties[at].required.ratios())
    }

    fn place(&self, of: handover::id::ObligationId) -> usize {
        (0..self.world().duties.len()).find(|at| of == duty_id(*at)).unwrap()
    }

    /// What it is owed in return for, and what follows from it.
    fn in_return(&self, duty: usize, reading: &Reading<'_>, what: &str) {
        let (truth, terms) = (&self.truth, reading.according());
        let told = reading.reciprocity(duty_id(duty)).unwrap();
        let own = &self.world().duties[duty].in_return;
        if let Some(values) = told.set.values() {
            assert!(values.contains(own), "{own:?} in {values:?}: {what}");
        }
        if told.set.values().is_some() && truth.bounds(duty).0.is_some() {
            let (stands, fulfilled) = (reading.stands(duty_id(duty), terms).unwrap(), self.is_fulfilled(own));
            if let Some(fulfilled) = fulfilled {
                is(stands.is(ObligationState::Inchoate), !fulfilled, &format!("inchoate, {what}"));
                if stands.balance.evaluation.outstanding.is_some() {
                    let due = fulfilled && truth.is_met(duty) == Some(false);
                    is(stands.is(ObligationState::Due), due, &format!("due, {what}"));
                }
            }
        }
        if told.set.only().is_none() {
            return;
        }
        let stated = reading.stated_parity(duty_id(duty)).unwrap();
        assert_eq!(stated.is_some(), matches!(own, Reciprocity::Parity { .. }), "{own:?}: {what}");
        if let (Some(parity), Reciprocity::Parity { with, scope, tolerance }) = (stated, own) {
            assert_eq!((parity.scope, parity.tolerance), (*scope, tolerance.get()));
            self.evenness(duty, self.place(*with), *scope, tolerance.get(), parity.evenness, what);
        }
        let waits = reading.condition(duty_id(duty), terms).unwrap();
        if let Some((view, fulfilled)) = waits.zip(self.is_fulfilled(own)) {
            is(view.fulfilled, fulfilled, &format!("condition of {what}"));
        }
        if let Some(view) = reading.coupling(duty_id(duty), terms).unwrap() {
            let Course::Obligation(with) = view.with else {
                let (done, of) = self.world().duties[duty].course;
                let Some(share) = view.there else { return };
                holds(share.done, done.into(), &format!("how far the course has come, {what}"));
                holds(share.of, of.into(), &format!("of how much, {what}"));
                if let Some(floor) = truth.bounds(duty).0 {
                    let keeps = truth.done(duty) * u64::from(of) >= u64::from(done) * floor;
                    is(view.keeps_pace, keeps, &format!("pace of {what}"));
                }
                return;
            };
            let with = self.place(with);
            for (share, of) in [(view.here, duty), (view.there, with)] {
                if let (Some(share), Some(floor)) = (share, truth.bounds(of).0) {
                    holds(share.done, truth.done(of), &format!("done of duty-{of}, {what}"));
                    holds(share.of, floor, &format!("of how many of duty-{of}, {what}"));
                }
            }
            if let (Some(here), Some(there)) = (truth.bounds(duty).0, truth.bounds(with).0) {
                let keeps = truth.done(duty) * there >= truth.done(with) * here;
                is(view.keeps_pace, keeps, &format!("pace of {what}"));
            }
        }
    }

    /// Whether what an obligation waits for is there; where that has no number, nobody can say.
    fn is_fulfilled(&self, in_return: &Reciprocity) -> Option<bool> {
        match in_return {
            Reciprocity::Staged { after: Condition::Met(other) } => self.truth.is_met(self.place(*other)),
            Reciprocity::Staged { after: Condition::Held(handover) } => {
                let is = |at: &usize| *handover == format!("handover-{at}").parse().unwrap();
                let at = (0..self.world().handovers.len()).find(is).unwrap();
                Some(self.world().handovers[at].was_held && self.truth.has_happened(at))
            }
            _ => Some(true),
        }
    }

    fn evenness(
        &self,
        here: usize,
        there: usize,
        scope: ParityScope,
        tolerance: u64,
        found: Evenness,
        what: &str,
    ) {
        let truth = &self.truth;
        let sum = |duty: usize, is: &dyn Fn(usize) -> bool| -> u64 {
            let of = &self.world().duties[duty];
            let legs =
                self.world().legs.iter().enumerate().filter(|(at, leg)| {
                    leg.towards == Some(duty) && is(*at) && truth.has_happened(leg.handover)
                });
            let one = |(_, leg): (usize, &super::world::Leg)| match of.credits_at {
                Accrual::Credit => leg.credited,
                Accrual::Tender | Accrual::Passage => leg.passed[of.unit],
            };
            legs.map(one).sum::<u32>().into()
        };
        let legs = &self.world().legs;
        let pairs: Vec<(u64, u64)> = match scope {
            ParityScope::Total => vec![(truth.done(here), truth.done(there))],
            ParityScope::PerStage => (0..self.world().handovers.len())
                .map(|stage| {
                    let is = |at: usize| legs[at].handover == stage;
                    (sum(here, &is), sum(there, &is))
                })
                .collect(),
            ParityScope::PerCategory => [None, Some(0), Some(1)]
                .into_iter()
                .map(|category| {
                    let is = |at: usize| legs[at].of.recorded == category;
                    (sum(here, &is), sum(there, &is))
                })
                .collect(),
        };
        let is_even = pairs.iter().all(|(a, b)| a.abs_diff(*b) <= tolerance);
        match found {
            Evenness::Even => assert!(is_even, "even: {pairs:?} {what}"),
            Evenness::Uneven => assert!(!is_even, "uneven: {pairs:?} {what}"),
            Evenness::Undetermined => {}
        }
    }

    fn pair(&self, here: usize, there: usize, reading: &Reading<'_>) {
        let what = format!("duty-{here} beside duty-{there} as of {}", self.truth.day);
        for scope in [ParityScope::Total, ParityScope::PerStage, ParityScope::PerCategory] {
            for tolerance in [0, 2] {
                let found = reading.parity(duty_id(here), duty_id(there), scope, tolerance).unwrap();
                self.evenness(here, there, scope, tolerance, found.evenness, &what);
            }
        }
        let pair = reading.balances(duty_id(here), duty_id(there), reading.according()).unwrap();
        let [a, b] = [here, there].map(|of| self.truth.done(of));
        match pair.difference() {
            Some(difference) => {
                holds(difference.excess, a.saturating_sub(b), &what);
                holds(difference.shortfall, b.saturating_sub(a), &what);
            }
            None => assert_ne!(self.world().duties[here].unit, self.world().duties[there].unit),
        }
    }

    fn flows(&self, reading: &Reading<'_>) {
        let passed = |from, to, unit| -> u64 {
            let own = self.world().legs.iter().filter(|leg| {
                (party(leg.from), party(leg.to)) == (from, to)
                    && [Unit::SetOfRemains, Unit::Container][leg.unit] == unit
                    && self.truth.has_happened(leg.handover)
            });
            own.map(|leg| leg.passed[leg.unit]).sum::<u32>().into()
        };
        for flow in reading.flows() {
            let (this, other) =
                (passed(flow.from, flow.to, flow.unit), passed(flow.to, flow.from, flow.unit));
            holds(flow.passed.span(), this, "a flow");
            if let Some(difference) = reading.difference(&flow) {
                holds(difference.excess, this.saturating_sub(other), "the excess of a flow");
                holds(difference.shortfall, other.saturating_sub(this), "the shortfall of a flow");
            }
        }
    }

    fn totals(&self, reading: &Reading<'_>) {
        for at in 0..self.world().totals.len() {
            let view = reading.total(format!("total-{at}").parse().unwrap()).unwrap();
            let now = self.world().total(at, self.truth.day).into();
            let what = format!("total-{at} as of {}", self.truth.day);
            holds(view.recomputed.span(), now, &what);
            if self.truth.day < DAYS + 9 {
                continue;
            }
            assert_eq!(view.audits.len(), self.published.iter().filter(|(of, ..)| *of == at).count());
            let published = self.published.iter().filter(|(of, ..)| *of == at);
            for (audit, (_, figure, is_true)) in view.audits.iter().zip(published) {
                let figure = figure.parse::<Quantity>().unwrap().span().unwrap_or(Span::EVERYTHING);
                let what = format!("{figure:?} was published, and {now} are true: {what}: {audit:?}");
                match &audit.outcome {
                    AuditOutcome::Agrees => assert_eq!(figure, Span::exactly(now), "{what}"),
                    AuditOutcome::Exceeds(by) => assert!(!is_true && figure.lo() >= now + by, "{what}"),
                    AuditOutcome::FallsShort(by) => {
                        assert!(!is_true && figure.hi().is_some_and(|most| most + by <= now), "{what}");
                    }
                    AuditOutcome::Missing { count, legs }
                        if *is_true && self.world().totals[at].unit.is_some() =>
                    {
                        let unit = self.world().totals[at].unit.unwrap();
                        let untold = |leg: usize| legs.contains(&format!("leg-{leg}").parse().unwrap());
                        let of = |leg: usize| self.world().legs[leg].passed[unit];
                        let missing: u32 =
                            (0..self.world().legs.len()).filter(|leg| untold(*leg)).map(of).sum();
                        holds(*count, missing.into(), &what);
                    }
                    AuditOutcome::Missing { .. }
                    | AuditOutcome::Compatible
                    | AuditOutcome::CannotBeCompared(_) => {}
                }
            }
        }
    }
}
