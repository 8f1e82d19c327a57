//! A stated time in sixteen bytes: the ledger holds one or two in every entry.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use super::{Point, StatedWhen, Zone};

/// Seconds from the beginning of the year 1 to that of 1970: no point lies before.
const BEFORE_1970: i64 = 62_135_596_800;

/// The bits of a point: what it counts in the lowest, its precision in the three above.
const COUNT: u32 = 39;
const POINT: u32 = 42;
/// An end that is open.
const OPEN: u64 = 7;

/// Two points, the form and the zone. Equal times are packed equally.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Packed([u64; 2]);

impl Packed {
    /// Packs what [`When::new`](super::When::new) has found to be in the calendar.
    pub(super) fn new(stated: StatedWhen, zone: Zone) -> Self {
        let (form, from, until) = match stated {
            StatedWhen::At(point) => (0, Some(point), None),
            StatedWhen::About(point) => (1, Some(point), None),
            StatedWhen::Between(from, until) => (2, from, until),
            StatedWhen::Undisclosed => (3, None, None),
            StatedWhen::Unknown => (4, None, None),
        };
        let zone = u64::from(zone.0.saturating_add(1_080).unsigned_abs());
        Self([pack(from) | (form << POINT) | (zone << 45), pack(until)])
    }

    pub(super) fn stated(self) -> StatedWhen {
        let [first, second] = self.0;
        match ((first >> POINT) & 7, unpack(first), unpack(second)) {
            (0, Some(point), _) => StatedWhen::At(point),
            (1, Some(point), _) => StatedWhen::About(point),
            (2, from, until) => StatedWhen::Between(from, until),
            (3, ..) => StatedWhen::Undisclosed,
            _ => StatedWhen::Unknown,
        }
    }

    pub(super) fn zone(self) -> Zone {
        let [first, _] = self.0;
        Zone(i16::try_from((first >> 45) & 0xfff).unwrap_or(1_080).saturating_sub(1_080))
    }
}

fn pack(point: Option<Point>) -> u64 {
    let seconds = |time: NaiveDateTime| time.and_utc().timestamp().saturating_add(BEFORE_1970);
    let (precision, count) = match point {
        None => return OPEN << COUNT,
        Some(Point::Second(time)) => (0, seconds(time)),
        Some(Point::Minute(time)) => (1, seconds(time)),
        Some(Point::Day(day)) => (2, seconds(day.and_time(NaiveTime::MIN))),
        Some(Point::Month(year, month)) => {
            (3, i64::from(year).saturating_mul(16).saturating_add(i64::from(month)))
        }
        Some(Point::Year(year)) => (4, i64::from(year)),
    };
    (precision << COUNT) | (count.unsigned_abs() & ((1 << COUNT) - 1))
}

fn unpack(packed: u64) -> Option<Point> {
    let count = i64::try_from(packed & ((1 << COUNT) - 1)).unwrap_or(0);
    let time = || {
        DateTime::from_timestamp(count.saturating_sub(BEFORE_1970), 0)
            .map_or(NaiveDateTime::MIN, |time| time.naive_utc())
    };
    let year = |years: i64| i32::try_from(years).unwrap_or(i32::MAX);
    Some(match (packed >> COUNT) & 7 {
        0 => Point::Second(time()),
        1 => Point::Minute(time()),
        2 => Point::Day(NaiveDate::from(time())),
        3 => Point::Month(year(count >> 4), u32::try_from(count & 15).unwrap_or(0)),
        4 => Point::Year(year(count)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use super::super::When;

    #[test]
    fn the_first_and_the_last_time_come_back_in_every_zone() {
        assert_eq!(size_of::<When>(), 16);
        for local in
            ["0001-01-01T00:00:00", "9998-12-31T23:59", "0001-01-01", "9998-12-31", "0001-01", "9998-12"]
        {
            for zone in ["", "+18:00", "-18:00", "+00:01", "-00:01"] {
                for form in [format!("{local}{zone}"), format!("{local}~{zone}"), format!("../{local}{zone}")]
                {
                    let when: When = form.parse().unwrap();
                    assert_eq!(when.to_string(), form);
                    assert_eq!(When::new(when.stated(), when.zone()), Ok(when));
                }
            }
        }
        for whole in ["0001/9998", "0001-12/..", "9998", "undisclosed", "unknown"] {
            assert_eq!(whole.parse::<When>().unwrap().to_string(), whole);
        }
    }
}
