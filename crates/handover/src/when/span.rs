use core::fmt;

use chrono::{DateTime, NaiveDate};

use super::Zone;

/// A moment: seconds since the beginning of 1970 in UTC.
///
/// ```
/// use handover::when::{Moment, When};
///
/// let end_of_13_june = "2025-06-13".parse::<When>()?.last_moment().unwrap();
/// assert_eq!(end_of_13_june.to_string(), "2025-06-13T23:59:59Z");
/// assert!(Moment::from_seconds(0) < end_of_13_june);
/// # Ok::<(), handover::when::WhenError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// After every moment that can be stated: "whatever was recorded".
    pub const END_OF_TIME: Self = Self(i64::MAX);

    /// So many seconds after the beginning of 1970 in UTC.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds after the beginning of 1970 in UTC.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The day of the calendar in UTC, if the calendar reaches so far.
    pub fn day(self) -> Option<NaiveDate> {
        DateTime::from_timestamp(self.0, 0).map(|time| time.date_naive())
    }

    pub(crate) const fn shifted(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DateTime::from_timestamp(self.0, 0) {
            Some(time) => write!(f, "{}", time.format("%Y-%m-%dT%H:%M:%SZ")),
            None => f.write_str("the end of time"),
        }
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The moments from the first to the last second, both possible; an end that is missing is open.
///
/// ```
/// use handover::when::When;
///
/// let week = "2025-06-09/2025-06-15".parse::<When>()?.span();
/// let friday = "2025-06-13".parse::<When>()?.span();
/// assert_eq!(week.meet(friday), Some(friday));
/// assert!(friday.is_by("2025-06-13".parse::<When>()?.last_moment().unwrap()));
/// # Ok::<(), handover::when::WhenError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateSpan {
    first: Option<Moment>,
    last: Option<Moment>,
}

impl DateSpan {
    /// Any time at all.
    pub const EVERYTHING: Self = Self { first: None, last: None };

    /// From the first to the last moment; `None` if the first is later.
    pub fn new(first: Option<Moment>, last: Option<Moment>) -> Option<Self> {
        match (first, last) {
            (Some(first), Some(last)) if first > last => None,
            _ => Some(Self { first, last }),
        }
    }

    /// The first moment, if there is one.
    pub const fn first(self) -> Option<Moment> {
        self.first
    }

    /// The last moment, if there is one.
    pub const fn last(self) -> Option<Moment> {
        self.last
    }

    /// Whether this moment is possible.
    pub fn contains(self, moment: Moment) -> bool {
        self.first.is_none_or(|first| first <= moment) && self.last.is_none_or(|last| moment <= last)
    }

    /// Whether all that is possible here is possible there.
    pub fn is_within(self, other: Self) -> bool {
        (other.first.is_none() || self.first.is_some_and(|f| other.first.is_some_and(|o| o <= f)))
            && (other.last.is_none() || self.last.is_some_and(|l| other.last.is_some_and(|o| l <= o)))
    }

    /// Whether it lies wholly at or before this moment.
    pub fn is_by(self, moment: Moment) -> bool {
        self.last.is_some_and(|last| last <= moment)
    }

    /// Whether it lies wholly after this moment.
    pub fn is_after(self, moment: Moment) -> bool {
        self.first.is_some_and(|first| first > moment)
    }

    /// What both leave possible; `None` if nothing.
    pub fn meet(self, other: Self) -> Option<Self> {
        let first = self.first.max(other.first);
        let last = match (self.last, other.last) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (last, None) | (None, last) => last,
        };
        Self::new(first, last)
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            first: self.first.zip(other.first).map(|(a, b)| a.min(b)),
            last: self.last.zip(other.last).map(|(a, b)| a.max(b)),
        }
    }

    /// The least and the greatest number of calendar days of this zone from a moment of the other to a moment
    /// of this: from the 7th to the 11th it is 4. `None` where an end is open.
    pub fn days_after(self, other: Self, zone: Zone) -> Option<(i64, i64)> {
        let day = |moment: Moment| {
            moment.shifted(i64::from(zone.minutes_ahead()).saturating_mul(60)).0.div_euclid(86_400)
        };
        let days = |from: Moment, to: Moment| day(to).saturating_sub(day(from));
        Some((days(other.last?, self.first?), days(other.first?, self.last?)))
    }
}

#[cfg(feature = "proptest")]
mod arbitrary {
    use proptest::prelude::*;

    use super::{DateSpan, Moment};

    impl Arbitrary for Moment {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let (first, last) = (Moment(i64::MIN), Moment::END_OF_TIME);
            let near = (0..=8i64).prop_map(Moment);
            prop_oneof![8 => near, 2 => any::<i64>().prop_map(Moment), 1 => Just(first), 1 => Just(last)]
                .boxed()
        }
    }

    impl Arbitrary for DateSpan {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            any::<(Option<Moment>, Option<Moment>)>()
                .prop_map(|(a, b)| match (a, b) {
                    (Some(a), Some(b)) => DateSpan { first: Some(a.min(b)), last: Some(a.max(b)) },
                    (first, last) => DateSpan { first, last },
                })
                .boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn a_moment_has_a_day_as_far_as_the_calendar_reaches() {
        let noon = Moment::from_seconds(1_749_772_800 + 43_200);
        assert_eq!(noon.day(), NaiveDate::from_ymd_opt(2025, 6, 13));
        assert_eq!(noon.to_string(), "2025-06-13T12:00:00Z");
        assert_eq!(Moment::END_OF_TIME.day(), None);
        assert_eq!(Moment::END_OF_TIME.to_string(), "the end of time");
    }

    fn small() -> Vec<DateSpan> {
        let ends: Vec<Option<Moment>> =
            core::iter::once(None).chain((0..4).map(|n| Some(Moment(n)))).collect();
        ends.iter().flat_map(|a| ends.iter().filter_map(|b| DateSpan::new(*a, *b))).collect()
    }

    #[test]
    fn operations_mean_what_they_say_on_every_small_span() {
        let moments = || (-2..=6).map(Moment);
        for a in small() {
            for b in small() {
                for moment in moments() {
                    assert_eq!(
                        a.meet(b).is_some_and(|m| m.contains(moment)),
                        a.contains(moment) && b.contains(moment)
                    );
                }
                assert!(a.is_within(a.hull(b)) && b.is_within(a.hull(b)));
                assert_eq!(a.is_within(b), a.meet(b) == Some(a));
                let ends = |f: fn(DateSpan) -> Option<Moment>| [f(a), f(b), f(a.hull(b))];
                let [x, y, hull] = ends(DateSpan::first);
                assert!(
                    hull.is_none() && (x.is_none() || y.is_none()) || hull == x || hull == y,
                    "no wider than it must be"
                );
            }
            for moment in moments() {
                assert_eq!(a.is_by(moment), (-2..=60).map(Moment).all(|m| !a.contains(m) || m <= moment));
                assert_eq!(a.is_after(moment), (-60..=6).map(Moment).all(|m| !a.contains(m) || m > moment));
            }
        }
    }

    #[test]
    fn days_between_two_days() {
        let day =
            |n: i64| DateSpan::new(Some(Moment(n * 86_400)), Some(Moment(n * 86_400 + 86_399))).unwrap();
        let week = day(9).hull(day(13));
        assert_eq!(day(11).days_after(day(7), Zone::UTC), Some((4, 4)));
        assert_eq!(week.days_after(day(7), Zone::UTC), Some((2, 6)));
        assert_eq!(day(7).days_after(week, Zone::UTC), Some((-6, -2)));
        assert_eq!(DateSpan::EVERYTHING.days_after(day(7), Zone::UTC), None);
        let kyiv = |text: &str| text.parse::<crate::when::When>().unwrap();
        let (late, early) = (kyiv("2025-06-11T23:30+03:00"), kyiv("2025-06-07T00:30+03:00"));
        assert_eq!(late.span().days_after(early.span(), late.zone()), Some((4, 4)));
    }
}
