//! Dates and times as they were stated, and the moments that they leave possible.
//!
//! "Friday", "earlier this month" and "10:30 in Kyiv" are dates of different precision. Each denotes a
//! [`DateSpan`] in a stated zone; event time and utterance time are separate (invariant 19). There is no clock
//! here: every moment is an argument.

mod packed;
mod span;
mod text;

use core::fmt;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use packed::Packed;
pub use span::{DateSpan, Moment};

/// A point of the calendar in the precision in which it was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// `2025-06-13T10:30:15`.
    Second(NaiveDateTime),
    /// `2025-06-13T10:30`.
    Minute(NaiveDateTime),
    /// `2025-06-13`.
    Day(NaiveDate),
    /// `2025-06`: year and month, 1 to 12.
    Month(i32, u32),
    /// `2025`.
    Year(i32),
}

impl Point {
    /// The same point without what its precision leaves out.
    fn in_its_precision(self) -> Self {
        let cut = |time: NaiveDateTime, second: u32| {
            time.date().and_hms_opt(time.hour(), time.minute(), second).unwrap_or(time)
        };
        match self {
            Self::Second(time) => Self::Second(cut(time, time.second())),
            Self::Minute(time) => Self::Minute(cut(time, 0)),
            Self::Day(_) | Self::Month(..) | Self::Year(_) => self,
        }
    }
}

/// The offset from UTC in which a date was stated, from −18:00 to +18:00; `Z` where none was.
///
/// A date is a set of moments only in a zone. Offsets are stated because names of zones change their meaning
/// with every release of the zone tables, and the ledger must read the same for decades.
///
/// ```
/// use handover::when::Zone;
///
/// assert_eq!(Zone::ahead_by_minutes(180).unwrap().to_string(), "+03:00");
/// assert_eq!(Zone::ahead_by_minutes(19 * 60), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Zone(i16);

impl Zone {
    /// UTC.
    pub const UTC: Self = Self(0);

    /// So many minutes ahead of UTC; `None` beyond 18 hours.
    pub const fn ahead_by_minutes(minutes: i16) -> Option<Self> {
        if minutes < -18 * 60 || minutes > 18 * 60 { None } else { Some(Self(minutes)) }
    }

    /// Minutes ahead of UTC.
    pub const fn minutes_ahead(self) -> i16 {
        self.0
    }
}

/// The forms in which a time is stated. [`When`] holds one that is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum StatedWhen {
    /// At this point.
    At(Point),
    /// `2025-06-13~`: about then; one more of its own precision at each end.
    About(Point),
    /// `2025-06-09/2025-06-12`, `../2025-06-16`, `2025-06-02/..`: somewhere from the first to the second.
    Between(Option<Point>, Option<Point>),
    /// `undisclosed`: the time is kept back.
    Undisclosed,
    /// `unknown`: the speaker says that the time is not known.
    Unknown,
}

/// A time as stated, with its zone: an EDTF subset (ISO 8601-2).
///
/// ```
/// use handover::when::When;
///
/// let friday: When = "2025-06-13+03:00".parse()?;
/// let week: When = "2025-06-09/2025-06-15+03:00".parse()?;
/// assert!(friday.span().is_within(week.span()));
/// assert!("2025-02-30".parse::<When>().is_err());
/// # Ok::<(), handover::when::WhenError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct When(Packed);

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{self}`")
    }
}

impl When {
    /// Takes a stated form in a zone, in the precision of its points: what is smaller than a stated second or minute is
    /// left out, and a time that is not told has no zone. So equal times have one text.
    ///
    /// # Errors
    /// In this order: a year before 1 or after 9998, a month that is none, an interval without an end or with the
    /// later end first.
    pub fn new(stated: StatedWhen, zone: Zone) -> Result<Self, WhenError> {
        let zone = match stated {
            StatedWhen::Undisclosed | StatedWhen::Unknown => Zone::UTC,
            _ => zone,
        };
        let stated = match stated {
            StatedWhen::At(point) => StatedWhen::At(point.in_its_precision()),
            StatedWhen::About(point) => StatedWhen::About(point.in_its_precision()),
            StatedWhen::Between(from, until) => {
                StatedWhen::Between(from.map(Point::in_its_precision), until.map(Point::in_its_precision))
            }
            StatedWhen::Undisclosed | StatedWhen::Unknown => stated,
        };
        span(stated, zone).map(|_| Self(Packed::new(stated, zone)))
    }

    /// This day in UTC.
    ///
    /// # Errors
    /// The year is before 1 or after 9998.
    pub fn day(day: NaiveDate) -> Result<Self, WhenError> {
        Self::new(StatedWhen::At(Point::Day(day)), Zone::UTC)
    }

    /// The form in which it was stated.
    pub fn stated(self) -> StatedWhen {
        self.0.stated()
    }

    /// The zone in which it was stated.
    pub fn zone(self) -> Zone {
        self.0.zone()
    }

    /// The moments that it leaves possible.
    pub fn span(self) -> DateSpan {
        // What was made had one.
        span(self.stated(), self.zone()).unwrap_or(DateSpan::EVERYTHING)
    }

    /// The last moment that it leaves possible; `None` if it has no end.
    pub fn last_moment(self) -> Option<Moment> {
        self.span().last()
    }
}

/// The moments that a stated form leaves possible in a zone.
fn span(stated: StatedWhen, zone: Zone) -> Result<DateSpan, WhenError> {
    let bounds = |point| bounds(point, zone).ok_or(WhenError::Impossible);
    let span = match stated {
        StatedWhen::At(point) => {
            let (first, last) = bounds(point)?;
            DateSpan::new(Some(first), Some(last))
        }
        StatedWhen::About(point) => {
            let (first, last) = bounds(point)?;
            let width = last.seconds().saturating_sub(first.seconds()).saturating_add(1);
            DateSpan::new(Some(first.shifted(width.saturating_neg())), Some(last.shifted(width)))
        }
        StatedWhen::Between(None, None) => return Err(WhenError::NoEnd),
        StatedWhen::Between(from, until) => {
            let first = from.map(bounds).transpose()?.map(|(first, _)| first);
            let last = until.map(bounds).transpose()?.map(|(_, last)| last);
            DateSpan::new(first, last)
        }
        StatedWhen::Undisclosed | StatedWhen::Unknown => Some(DateSpan::EVERYTHING),
    };
    span.ok_or(WhenError::Inverted)
}

/// The first and the last second of a point.
fn bounds(point: Point, zone: Zone) -> Option<(Moment, Moment)> {
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
    let (first, after) = match point {
        Point::Second(second) => (second, second.checked_add_signed(chrono::TimeDelta::seconds(1))?),
        Point::Minute(minute) => (minute, minute.checked_add_signed(chrono::TimeDelta::minutes(1))?),
        Point::Day(day) => (midnight(day), midnight(day.checked_add_days(Days::new(1))?)),
        Point::Month(year, month) => {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            (midnight(first), midnight(first.checked_add_months(chrono::Months::new(1))?))
        }
        Point::Year(year) => (
            midnight(NaiveDate::from_ymd_opt(year, 1, 1)?),
            midnight(NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1)?),
        ),
    };
    let year = chrono::Datelike::year(&first);
    if !(1..=9998).contains(&year) {
        return None;
    }
    let utc = |local: NaiveDateTime| {
        Moment::from_seconds(local.and_utc().timestamp()).shifted(i64::from(zone.0).saturating_mul(-60))
    };
    Some((utc(first), utc(after).shifted(-1)))
}

/// Why something is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhenError {
    /// The text has none of the forms.
    Form,
    /// The calendar has no such day or hour, or the year is before 1 or after 9998.
    Impossible,
    /// The offset is none, or more than 18 hours.
    Zone,
    /// An interval has an end at least on one side.
    NoEnd,
    /// The interval ends before it begins.
    Inverted,
}

impl fmt::Display for WhenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => {
                "expected a time such as `2025-06-13`, `2025-06-13T10:30+03:00`, `2025-06`, `2025-06-13~`, \
                 `2025-06-09/2025-06-12`, `../2025-06-16`, `undisclosed` or `unknown`"
            }
            Self::Impossible => "expected a day and hour of the calendar, in a year from 1 to 9998",
            Self::Zone => "expected an offset such as `+03:00`, of at most 18 hours",
            Self::NoEnd => "expected an interval with an end on one side at least",
            Self::Inverted => "expected an interval that begins before it ends",
        })
    }
}

impl core::error::Error for WhenError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn equal_times_have_one_text() {
        let day = NaiveDate::from_ymd_opt(2025, 6, 13).unwrap();
        let fine = day.and_hms_nano_opt(10, 30, 15, 500_000_000).unwrap();
        let ahead = Zone::ahead_by_minutes(180).unwrap();
        for (stated, text) in [
            (StatedWhen::At(Point::Second(fine)), "2025-06-13T10:30:15+03:00"),
            (StatedWhen::At(Point::Minute(fine)), "2025-06-13T10:30+03:00"),
            (StatedWhen::About(Point::Minute(fine)), "2025-06-13T10:30~+03:00"),
            (StatedWhen::Between(Some(Point::Minute(fine)), None), "2025-06-13T10:30/..+03:00"),
            (StatedWhen::Undisclosed, "undisclosed"),
            (StatedWhen::Unknown, "unknown"),
        ] {
            let when = When::new(stated, ahead).unwrap();
            assert_eq!(when.to_string(), text);
            assert_eq!(text.parse(), Ok(when));
        }
    }

    #[test]
    fn what_has_no_end_has_no_last_moment() {
        let last = |text: &str| text.parse::<When>().unwrap().last_moment().map(Moment::seconds);
        assert_eq!(last("2025-06-13"), Some(1_749_772_800 + 86_399));
        assert_eq!((last("2025-06-13/.."), last("unknown")), (None, None));
    }

    #[test]
    fn an_error_says_what_was_expected() {
        for error in
            [WhenError::Form, WhenError::Impossible, WhenError::Zone, WhenError::NoEnd, WhenError::Inverted]
        {
            assert!(error.to_string().starts_with("expected a"), "{error}");
        }
    }
}
