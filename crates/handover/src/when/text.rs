use core::fmt;
use core::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::{Point, StatedWhen, When, WhenError, Zone};

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("Z");
        }
        let sign = if self.0.is_negative() { '-' } else { '+' };
        let minutes = self.0.unsigned_abs();
        write!(
            f,
            "{sign}{:02}:{:02}",
            minutes.checked_div(60).unwrap_or(0),
            minutes.checked_rem(60).unwrap_or(0)
        )
    }
}

impl FromStr for Zone {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        // As it stands after a day.
        let day: When = alloc::format!("2025-01-01{text}").parse().map_err(|_| WhenError::Zone)?;
        if day.zone().0 == 0 && text != "Z" { Err(WhenError::Zone) } else { Ok(day.zone()) }
    }
}

text_form!(Zone, "zone", "^(Z|[+-][0-9]{2}:[0-9]{2})$");

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |f: &mut fmt::Formatter<'_>, d: NaiveDate| {
            write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day())
        };
        match self {
            Self::Second(t) => {
                day(f, t.date())?;
                write!(f, "T{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second())
            }
            Self::Minute(t) => {
                day(f, t.date())?;
                write!(f, "T{:02}:{:02}", t.hour(), t.minute())
            }
            Self::Day(d) => day(f, *d),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// The text form; the zone stands last and is left out in UTC.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |f: &mut fmt::Formatter<'_>, point: Option<Point>| match point {
            Some(point) => fmt::Display::fmt(&point, f),
            None => f.write_str(".."),
        };
        match self.stated() {
            StatedWhen::At(point) => fmt::Display::fmt(&point, f)?,
            StatedWhen::About(point) => write!(f, "{point}~")?,
            StatedWhen::Between(from, until) => {
                end(f, from)?;
                f.write_str("/")?;
                end(f, until)?;
            }
            StatedWhen::Undisclosed => return f.write_str("undisclosed"),
            StatedWhen::Unknown => return f.write_str("unknown"),
        }
        if self.zone() == Zone::UTC { Ok(()) } else { fmt::Display::fmt(&self.zone(), f) }
    }
}

/// # Errors
/// In this order: an offset that is none or beyond 18 hours; a text of none of the forms, or a day or hour that the calendar
/// has not, from left to right; then as [`When::new`].
impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        match text {
            "undisclosed" => return Self::new(StatedWhen::Undisclosed, Zone::UTC),
            "unknown" => return Self::new(StatedWhen::Unknown, Zone::UTC),
            _ => {}
        }
        let (local, zone) = split_zone(text)?;
        let stated = if let Some((from, until)) = local.split_once('/') {
            StatedWhen::Between(end(from)?, end(until)?)
        } else if let Some(about) = local.strip_suffix('~') {
            StatedWhen::About(point(about)?)
        } else {
            StatedWhen::At(point(local)?)
        };
        Self::new(stated, zone)
    }
}

fn split_zone(text: &str) -> Result<(&str, Zone), WhenError> {
    if let Some(local) = text.strip_suffix('Z') {
        return Ok((local, Zone::UTC));
    }
    let Some((local, offset)) = text.len().checked_sub(6).and_then(|at| text.split_at_checked(at)) else {
        return Ok((text, Zone::UTC));
    };
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = offset.as_bytes() else {
        return Ok((text, Zone::UTC));
    };
    let two = |tens: &u8, ones: &u8| -> Option<i16> {
        let digit = |byte: &u8| byte.is_ascii_digit().then(|| i16::from(byte.saturating_sub(b'0')));
        Some(digit(tens)?.saturating_mul(10).saturating_add(digit(ones)?))
    };
    let (hours, minutes) = two(h1, h2).zip(two(m1, m2)).ok_or(WhenError::Zone)?;
    if minutes > 59 {
        return Err(WhenError::Zone);
    }
    let ahead = hours.saturating_mul(60).saturating_add(minutes);
    let ahead = if *sign == b'-' { ahead.saturating_neg() } else { ahead };
    Zone::ahead_by_minutes(ahead).map(|zone| (local, zone)).ok_or(WhenError::Zone)
}

fn end(text: &str) -> Result<Option<Point>, WhenError> {
    if text == ".." { Ok(None) } else { point(text).map(Some) }
}

fn point(text: &str) -> Result<Point, WhenError> {
    let shape: alloc::vec::Vec<u8> =
        text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte }).collect();
    let part = |from: usize, to: usize| -> Result<u32, WhenError> {
        text.get(from..to).and_then(|digits| digits.parse().ok()).ok_or(WhenError::Form)
    };
    let year = || part(0, 4).map(u32::cast_signed);
    let day = || NaiveDate::from_ymd_opt(year()?, part(5, 7)?, part(8, 10)?).ok_or(WhenError::Impossible);
    let time = |second: u32| -> Result<NaiveDateTime, WhenError> {
        day()?.and_hms_opt(part(11, 13)?, part(14, 16)?, second).ok_or(WhenError::Impossible)
    };
    match shape.as_slice() {
        b"0000-00-00T00:00:00" => Ok(Point::Second(time(part(17, 19)?)?)),
        b"0000-00-00T00:00" => Ok(Point::Minute(time(0)?)),
        b"0000-00-00" => Ok(Point::Day(day()?)),
        b"0000-00" => Ok(Point::Month(year()?, part(5, 7)?)),
        b"0000" => Ok(Point::Year(year()?)),
        _ => Err(WhenError::Form),
    }
}

text_form!(
    When,
    "time",
    "^(undisclosed|unknown|([0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?)?)?~?|(\\.\\.|[0-9T:-]{4,19})/(\\.\\.|[0-9T:-]{4,19}))(Z|[+-][0-9]{2}:[0-9]{2})?)$"
);

#[cfg(feature = "proptest")]
mod arbitrary {
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    use super::{Point, StatedWhen, When, Zone};

    impl Arbitrary for Point {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let day = prop_oneof![4 => 0..=30u64, 1 => 0..=3_651_000u64].prop_filter_map("a day", |days| {
                NaiveDate::from_ymd_opt(if days > 30 { 1 } else { 2025 }, 6, 1)?
                    .checked_add_days(Days::new(days))
            });
            (day, 0..5u8, 0..24u32, 0..60u32, 0..60u32)
                .prop_filter_map("a point", |(day, kind, h, m, s)| {
                    let (year, month) = (chrono::Datelike::year(&day), chrono::Datelike::month(&day));
                    Some(match kind {
                        0 => Point::Second(day.and_hms_opt(h, m, s)?),
                        1 => Point::Minute(day.and_hms_opt(h, m, 0)?),
                        2 => Point::Day(day),
                        3 => Point::Month(year, month),
                        _ => Point::Year(year),
                    })
                })
                .boxed()
        }
    }

    impl Arbitrary for When {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let zone = (-1_080..=1_080i16).prop_filter_map("a zone", Zone::ahead_by_minutes);
            let stated = prop_oneof![
                4 => any::<Point>().prop_map(StatedWhen::At),
                1 => any::<Point>().prop_map(StatedWhen::About),
                2 => any::<(Option<Point>, Option<Point>)>().prop_map(|(a, b)| StatedWhen::Between(a, b)),
                1 => Just(StatedWhen::Undisclosed),
                1 => Just(StatedWhen::Unknown),
            ];
            (stated, zone)
                .prop_filter_map("a time", |(stated, zone)| match stated {
                    StatedWhen::Undisclosed | StatedWhen::Unknown => When::new(stated, Zone::UTC).ok(),
                    stated => When::new(stated, zone).ok(),
                })
                .boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::super::Moment;
    use super::*;

    fn ends(text: &str) -> (Option<i64>, Option<i64>) {
        let span = text.parse::<When>().unwrap().span();
        (span.first().map(Moment::seconds), span.last().map(Moment::seconds))
    }

    #[test]
    fn every_form_comes_back_and_means_its_seconds() {
        let day = 1_749_772_800; // 13 June 2025, 00:00 UTC
        for (text, first, last) in [
            ("2025-06-13", Some(day), Some(day + 86_399)),
            ("2025-06-13+03:00", Some(day - 10_800), Some(day - 10_800 + 86_399)),
            ("2025-06-13-05:30", Some(day + 19_800), Some(day + 19_800 + 86_399)),
            ("2025-06-13T10:30", Some(day + 37_800), Some(day + 37_859)),
            ("2025-06-13T10:30:15", Some(day + 37_815), Some(day + 37_815)),
            ("2025-06-13~", Some(day - 86_400), Some(day + 2 * 86_400 - 1)),
            ("2025-06", Some(day - 12 * 86_400), Some(day + 18 * 86_400 - 1)),
            ("2025", Some(1_735_689_600), Some(1_767_225_599)),
            ("2025-06-12/2025-06-13", Some(day - 86_400), Some(day + 86_399)),
            ("../2025-06-13", None, Some(day + 86_399)),
            ("2025-06-13/..", Some(day), None),
            ("undisclosed", None, None),
            ("unknown", None, None),
        ] {
            assert_eq!(ends(text), (first, last), "{text}");
            assert_eq!(text.parse::<When>().unwrap().to_string(), text);
        }
        assert_eq!("2025-06-13Z".parse::<When>().unwrap().to_string(), "2025-06-13");
    }

    #[test]
    fn a_time_that_is_not_said_is_in_no_zone() {
        let zone = Zone::ahead_by_minutes(180).unwrap();
        for stated in [StatedWhen::Undisclosed, StatedWhen::Unknown] {
            let when = When::new(stated, zone).unwrap();
            assert_eq!(when.to_string().parse(), Ok(when));
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for (text, error) in [
            ("", WhenError::Form),
            ("Friday", WhenError::Form),
            ("13.06.2025", WhenError::Form),
            ("2025-6-13", WhenError::Form),
            ("2025-06-13T10", WhenError::Form),
            ("2025-06-13 10:30", WhenError::Form),
            ("2025-06-13~/..", WhenError::Form),
            ("２０２５", WhenError::Form),
            ("2025-02-30", WhenError::Impossible),
            ("2025-13", WhenError::Impossible),
            ("2025-06-13T24:00", WhenError::Impossible),
            ("0000", WhenError::Impossible),
            ("9999", WhenError::Impossible),
            ("2025-06-13+19:00", WhenError::Zone),
            ("2025-06-13+03:60", WhenError::Zone),
            ("2025-06-13+0x:00", WhenError::Zone),
            ("../..", WhenError::NoEnd),
            ("2025-06-13/2025-06-12", WhenError::Inverted),
        ] {
            assert_eq!(text.parse::<When>(), Err(error), "{text}");
        }
    }

    #[test]
    fn an_offset_stands_alone_as_it_does_after_a_day() {
        for (text, minutes) in
            [("Z", 0), ("+03:00", 180), ("-05:30", -330), ("+05:59", 359), ("+18:00", 1_080)]
        {
            let zone: Zone = text.parse().unwrap();
            assert_eq!((zone.minutes_ahead(), zone.to_string().as_str()), (minutes, text));
        }
        for text in ["", "z", "03:00", "+3:00", "+05:60", "+18:01", "T10:30", "~"] {
            assert_eq!(text.parse::<Zone>(), Err(WhenError::Zone), "{text}");
        }
    }
}
