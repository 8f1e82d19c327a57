//! Daily targets and the pace that was kept. A quota, a deadline and a breach are three things.

use alloc::vec::Vec;

use chrono::{Datelike, Days, NaiveDate};

use super::obligation::Comparison;
use super::{Basis, Reading};
use crate::claim::{PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{EntryId, ObligationId, SpeakerId};
use crate::quantity::Span;
use crate::refusal::EntryRefusal;
use crate::slot::{Quota, Weekday};
use crate::when::{DateSpan, Moment, Point, StatedWhen, When};

/// So many days a quota is followed at most: a longer one is a term without a calendar.
const MOST_DAYS: usize = 3_700;

/// What passed on a day against the target (B3; `docs/rules.md`, edge case 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayView {
    /// The day.
    pub day: NaiveDate,
    /// What passed.
    pub passed: Span,
    /// What was to pass, with what was short before where that carries over; `None` on a rest day.
    pub target: Option<Span>,
    /// Whether the target was reached. A missed one is no breach unless the term says so.
    pub reached: Comparison,
}

/// A daily target, who states it, and the pace that was kept.
///
/// Source: B3.
#[derive(Clone, Debug, PartialEq)]
pub struct PaceView<B = ()> {
    /// The entry that states it.
    pub entry: EntryId,
    /// Who states it.
    pub speaker: SpeakerId,
    /// The target.
    pub quota: Quota,
    /// The days that had come, where number and days are stated.
    pub days: Vec<DayView>,
    /// The entries that the pace rests on.
    pub rests_on: B,
}

impl<B> PaceView<B> {
    /// The days whose missed target is a breach by this term: none unless the term says that a miss is one (B3).
    pub fn in_breach(&self) -> impl Iterator<Item = &DayView> {
        let missed = self.days.iter().filter(|day| day.reached == Comparison::Fails);
        missed.filter(|_| self.quota.miss_is_breach)
    }
}

impl<B: Basis> Reading<'_, B> {
    /// The daily targets of an obligation that those whom this reading believes state, each with the pace by this
    /// reading; all that are stated where it is what all accept.
    ///
    /// Source: B3.
    ///
    /// # Errors
    /// The obligation is not recorded.
    pub fn pace(&self, obligation: ObligationId) -> Result<Vec<PaceView<B>>, EntryRefusal> {
        let place = self.state.obligations.find(obligation)?;
        let key = PropositionKey { about: SubjectKey::Obligation(place), scope: Scope::Quota, unit: None };
        let mut views = Vec::new();
        for claim in self.live(key) {
            let row = self.state.claims.get(claim);
            let side = self.state.organs.get(row.organ).side;
            let believed = self.hears_side(side);
            let Some(Statement::Quota(quota)) = self.state.statement(claim) else { continue };
            if !believed {
                continue;
            }
            let mut rests_on = B::default();
            self.cite(&mut rests_on, claim);
            let legs: Vec<(DateSpan, Span)> = self
                .state
                .legs_of_obligation(place)
                .map(|leg| {
                    let dates = self.dates(self.state.legs.get(leg).handover, &mut rests_on);
                    (dates.set, self.leg_told(leg, &mut rests_on).set)
                })
                .collect();
            views.push(PaceView {
                entry: self.state.entries.get(row.entry).id,
                speaker: self.state.speakers.get(row.speaker).id,
                quota: quota.clone(),
                days: days(quota, &legs, self.as_of),
                rests_on,
            });
        }
        views.reverse();
        Ok(views)
    }
}

fn days(quota: &Quota, legs: &[(DateSpan, Span)], as_of: Moment) -> Vec<DayView> {
    let (Some(per_day), Some(during)) = (quota.per_day, quota.during) else { return Vec::new() };
    let local = |moment: Moment| {
        Moment::from_seconds(
            moment.seconds().saturating_add(i64::from(during.zone().minutes_ahead()).saturating_mul(60)),
        )
    };
    let (Some(first), Some(last)) = (during.span().first(), during.span().last()) else { return Vec::new() };
    let (Some(first), Some(last)) = (local(first).day(), local(last.min(as_of)).day()) else {
        return Vec::new();
    };
    let mut carried = Span::ZERO;
    let mut views = Vec::new();
    let calendar = core::iter::successors(Some(first), |day| day.checked_add_days(Days::new(1)));
    for day in calendar.take_while(|day| *day <= last).take(MOST_DAYS) {
        let Ok(when) = When::new(StatedWhen::At(Point::Day(day)), during.zone()) else { break };
        let passed = legs.iter().fold(Span::ZERO, |sum, (dates, count)| {
            if dates.is_within(when.span()) {
                sum.plus(*count)
            } else if dates.meet(when.span()).is_some() {
                sum.plus(count.hull(Span::ZERO))
            } else {
                sum
            }
        });
        let rests = quota.rest_days.contains(&weekday(day));
        let target = (!rests).then(|| Span::exactly(per_day.get()).plus(carried));
        if quota.carry_over {
            carried = target.unwrap_or(carried).less(passed);
        }
        let reached = match target {
            None => Comparison::Holds,
            Some(target) if target.less(passed) == Span::ZERO => Comparison::Holds,
            Some(target) if target.less(passed).lo() > 0 => Comparison::Fails,
            Some(_) => Comparison::Undetermined,
        };
        views.push(DayView { day, passed, target, reached });
    }
    views
}

fn weekday(day: NaiveDate) -> Weekday {
    match day.weekday() {
        chrono::Weekday::Mon => Weekday::Monday,
        chrono::Weekday::Tue => Weekday::Tuesday,
        chrono::Weekday::Wed => Weekday::Wednesday,
        chrono::Weekday::Thu => Weekday::Thursday,
        chrono::Weekday::Fri => Weekday::Friday,
        chrono::Weekday::Sat => Weekday::Saturday,
        chrono::Weekday::Sun => Weekday::Sunday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(carry_over: bool) -> Quota {
        Quota {
            per_day: Some(10.into()),
            during: Some("2025-06-13/2025-06-16".parse().unwrap()),
            rest_days: [Weekday::Sunday].into(),
            carry_over,
            miss_is_breach: false,
        }
    }

    fn on(day: &str) -> DateSpan {
        day.parse::<When>().unwrap().span()
    }

    #[test]
    fn a_rest_day_has_no_target_and_what_is_short_carries_over() {
        let legs = [(on("2025-06-13"), Span::exactly(4)), (on("2025-06-14"), Span::exactly(16))];
        let reached = |carry_over| {
            days(&quota(carry_over), &legs, Moment::END_OF_TIME)
                .iter()
                .map(|day| (day.target.map(Span::lo), day.reached))
                .collect::<Vec<_>>()
        };
        let (fails, holds) = (Comparison::Fails, Comparison::Holds);
        assert_eq!(reached(true), [(Some(10), fails), (Some(16), holds), (None, holds), (Some(10), fails)]);
        assert_eq!(reached(false), [(Some(10), fails), (Some(10), holds), (None, holds), (Some(10), fails)]);
    }

    #[test]
    fn a_leg_of_uncertain_date_decides_nothing() {
        let legs = [(on("2025-06-13/2025-06-14"), Span::exactly(10))];
        let views = days(&quota(false), &legs, on("2025-06-14").last().unwrap());
        assert_eq!(views.len(), 2, "days that have not come have no target yet");
        assert!(views.iter().all(|day| day.reached == Comparison::Undetermined));
    }

    #[test]
    fn a_target_without_a_number_or_an_end_has_no_calendar() {
        let vague = Quota { per_day: None, ..quota(false) };
        assert!(days(&vague, &[], Moment::END_OF_TIME).is_empty());
        let open = Quota { during: Some("2025-06-13/..".parse().unwrap()), ..quota(false) };
        assert!(days(&open, &[], Moment::END_OF_TIME).is_empty());
    }
}
