//! What a desk has done, counted.

use core::sync::atomic::{AtomicU64, Ordering};

use crate::admission::number;
use crate::error::SubmitError;
use crate::ticket::Outcome;

/// What a desk has done since it was opened, and what waits at it now. Each count is of this desk alone and only grows, but
/// [`waiting`](Self::waiting); they are read one after another while the desk works, so that sums may be off by what is
/// under way.
///
/// Of every submission that was taken in, one of these becomes true: it is recorded, `refused`, `not_recorded` or `unknown`, or it
/// is answered that the desk closed. What a desk was at when it ended by a panic is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Metrics {
    /// Submissions that were taken into the queue.
    pub submitted: u64,
    /// Submissions that were given back because there was no place ([`Busy`](crate::Busy)).
    pub turned_away: u64,
    /// Submissions that a rule refused ([`SubmitError::Refused`]).
    pub refused: u64,
    /// Submissions of which nothing was recorded for a fault of the journal ([`SubmitError::NotRecorded`]).
    pub not_recorded: u64,
    /// Submissions of which it was told that it is not known whether they are recorded ([`SubmitError::Unknown`]).
    pub unknown: u64,
    /// Entries that callers were told are recorded now.
    pub recorded: u64,
    /// Entries that callers were told were recorded before.
    pub recorded_already: u64,
    /// Groups of submissions that were written in one append each.
    pub groups_written: u64,
    /// Entries in them. By [`groups_written`](Self::groups_written): how well submissions come together.
    pub entries_written: u64,
    /// Appends that found the journal further than the ledger, or elsewhere: somebody else wrote.
    pub conflicts: u64,
    /// Appends of which the journal could not say whether they were written.
    pub unknown_appends: u64,
    /// Those of them that reading found written.
    pub unknown_found_written: u64,
    /// Those of them that reading found not written.
    pub unknown_found_unwritten: u64,
    /// How often the journal was read on for what others appended, or for the fate of an append. Opening is not counted.
    pub catch_ups: u64,
    /// Submissions that wait now and are not yet taken up.
    pub waiting: u64,
    /// The most submissions that ever waited at once.
    pub greatest_waiting: u64,
}

/// One number that several threads count up, in no order among each other.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    pub(crate) fn add(&self, more: u64) {
        if more > 0 {
            self.0.fetch_add(more, Ordering::Relaxed);
        }
    }

    pub(crate) fn one_more(&self) {
        self.add(1);
    }

    pub(crate) fn raise(&self, to: u64) {
        self.0.fetch_max(to, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The counts as they are kept.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) submitted: Count,
    pub(crate) turned_away: Count,
    refused: Count,
    not_recorded: Count,
    unknown: Count,
    recorded: Count,
    recorded_already: Count,
    groups_written: Count,
    entries_written: Count,
    pub(crate) conflicts: Count,
    pub(crate) unknown_appends: Count,
    pub(crate) unknown_found_written: Count,
    pub(crate) unknown_found_unwritten: Count,
    pub(crate) catch_ups: Count,
    pub(crate) greatest_waiting: Count,
}

impl Counts {
    /// An append was written.
    pub(crate) fn written(&self, entries: usize) {
        self.groups_written.one_more();
        self.entries_written.add(number(entries));
    }

    /// Submissions are answered so.
    pub(crate) fn answered(&self, outcomes: &[Outcome]) {
        let mut told = Metrics::default();
        for outcome in outcomes {
            let (count, by) = match outcome {
                Ok(receipt) => {
                    told.recorded_already = told.recorded_already.saturating_add(receipt.already_recorded);
                    (&mut told.recorded, receipt.recorded)
                }
                Err(SubmitError::Refused { .. }) => (&mut told.refused, 1),
                Err(SubmitError::Unknown(_)) => (&mut told.unknown, 1),
                Err(_) => (&mut told.not_recorded, 1),
            };
            *count = count.saturating_add(by);
        }
        self.recorded.add(told.recorded);
        self.recorded_already.add(told.recorded_already);
        self.refused.add(told.refused);
        self.unknown.add(told.unknown);
        self.not_recorded.add(told.not_recorded);
    }

    /// The counts now, where so many submissions wait.
    pub(crate) fn told(&self, waiting: usize) -> Metrics {
        Metrics {
            submitted: self.submitted.get(),
            turned_away: self.turned_away.get(),
            refused: self.refused.get(),
            not_recorded: self.not_recorded.get(),
            unknown: self.unknown.get(),
            recorded: self.recorded.get(),
            recorded_already: self.recorded_already.get(),
            groups_written: self.groups_written.get(),
            entries_written: self.entries_written.get(),
            conflicts: self.conflicts.get(),
            unknown_appends: self.unknown_appends.get(),
            unknown_found_written: self.unknown_found_written.get(),
            unknown_found_unwritten: self.unknown_found_unwritten.get(),
            catch_ups: self.catch_ups.get(),
            waiting: number(waiting),
            greatest_waiting: self.greatest_waiting.get(),
        }
    }
}
