//! Deadlines that run from an event, not from a date.

use alloc::vec::Vec;

use crate::id::MilestoneId;
use crate::when::{DateSpan, Moment, When, Zone};

/// How long a deadline runs from its trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Period {
    /// So many hours, to the second.
    Hours(u16),
    /// So many calendar days: to the end of the last of them.
    Days(u16),
}

impl Period {
    /// The moment at which the period ends that began at this one; days are those of a zone.
    pub(crate) fn end(self, from: Moment, zone: Zone) -> Moment {
        match self {
            Self::Hours(hours) => from.shifted(i64::from(hours).saturating_mul(3_600)),
            Self::Days(days) => {
                let ahead = i64::from(zone.minutes_ahead()).saturating_mul(60);
                let day = from.shifted(ahead).seconds().div_euclid(86_400);
                let after = day.saturating_add(i64::from(days)).saturating_add(1);
                Moment::from_seconds(after.saturating_mul(86_400)).shifted(-1).shifted(ahead.saturating_neg())
            }
        }
    }
}

/// A deadline that runs from events: seventy-two hours from the approval and the pull-back, whichever comes last,
/// and not from the signature. It has no date before those events have one.
///
/// ```
/// use handover::agreement::{DeadlineFrom, Period};
/// use handover::when::When;
///
/// let after = vec!["approval".parse()?, "pull-back".parse()?];
/// let deadline = DeadlineFrom { after, within: Period::Hours(72), zone: Default::default(), by: None };
/// let approval = "2025-10-10T01:00Z/2025-10-10T03:00Z".parse::<When>();
/// assert!(approval.is_err()); // one zone for both ends
/// let approval = "2025-10-10T01:00/2025-10-10T03:00".parse::<When>()?.span();
/// let pull_back = "2025-10-10T12:00".parse::<When>()?.span();
/// let due = deadline.dates([approval, pull_back]).unwrap();
/// assert_eq!(due.last().unwrap().to_string(), "2025-10-13T12:00:59Z");
/// assert_eq!(deadline.dates([]), None); // before its trigger it has no date
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct DeadlineFrom {
    /// The events from the last of which it runs.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub after: Vec<MilestoneId>,
    /// How long.
    pub within: Period,
    /// The zone whose days are counted, where days are: UTC if it is not stated (invariant 19).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_utc"))]
    pub zone: Zone,
    /// The days to which the speaker puts it. Days wholly before a trigger are refused.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub by: Option<When>,
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_utc(zone: &Zone) -> bool {
    *zone == Zone::UTC
}

impl DeadlineFrom {
    /// The moments at which it can end, given when each trigger was; without one, `by` alone or none. What the speaker
    /// says of the date narrows it where both can be right.
    pub fn dates(&self, triggers: impl IntoIterator<Item = DateSpan>) -> Option<DateSpan> {
        let stated = self.by.map(When::span);
        let mut all = triggers.into_iter();
        let Some(first) = all.next() else { return stated };
        // The last of them: no sooner than the latest beginning, no later than the latest end.
        let last = all.fold(first, |last, other| {
            let latest_end = last.last().zip(other.last()).map(|(a, b)| a.max(b));
            DateSpan::new(last.first().max(other.first()), latest_end).unwrap_or(last)
        });
        let end = |moment| self.within.end(moment, self.zone);
        let derived = DateSpan::new(last.first().map(end), last.last().map(end))?;
        Some(stated.and_then(|stated| derived.meet(stated)).unwrap_or(derived))
    }
}
