//! A journal whose reading is shown to whoever waits for it.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;

use handover_journal::{AppendError, Journal, Position, Record, Stored};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A ledger that is read longer than one likes to wait without a sign, in records.
const LONG: u64 = 50_000;

/// How far the records of a ledger have been read; shown on a terminal, and only if there are many.
pub(crate) fn progress(records: Position) -> ProgressBar {
    if records.number() < LONG || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let progress = ProgressBar::new(records.number());
    if let Ok(style) = ProgressStyle::with_template("opening {wide_bar} {pos} of {len} records, {eta} left") {
        progress.set_style(style);
    }
    progress
}

/// How many views have been taken, shown as the same; how many there are is told with each.
pub(crate) fn views() -> ProgressBar {
    let progress = ProgressBar::hidden();
    if let Ok(style) = ProgressStyle::with_template("projecting {wide_bar} {pos} of {len} views, {eta} left")
    {
        progress.set_style(style);
    }
    if io::stderr().is_terminal() {
        progress.set_draw_target(ProgressDrawTarget::stderr());
    }
    progress
}

/// A journal that counts what is read of it.
#[derive(Debug)]
pub(crate) struct Watched<J> {
    pub(crate) journal: J,
    pub(crate) progress: ProgressBar,
}

impl<J: Journal> Journal for Watched<J> {
    type Error = J::Error;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<J::Error>> {
        self.journal.append(after, records)
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), J::Error> {
        let progress = &self.progress;
        self.journal.read(after, &mut |stored| {
            progress.inc(1);
            each(stored)
        })
    }

    fn head(&mut self) -> Result<Position, J::Error> {
        self.journal.head()
    }

    fn works_in_any_thread(&self) -> bool {
        self.journal.works_in_any_thread()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use handover_journal::{LedgerId, MemoryStore, Recorder, Timestamp};

    #[test]
    fn what_is_read_is_counted() -> Result<(), Box<dyn std::error::Error>> {
        let mut journal = MemoryStore::new().journal(&LedgerId::new("june")?);
        let record = Record::new(Timestamp::from_micros(0), Recorder::new("desk")?, 1, "what was said")?;
        journal.append(Position::START, &[record.clone(), record.clone(), record])?;
        let mut watched = Watched { journal, progress: ProgressBar::hidden() };
        watched.read(Position::new(1), &mut |_| ControlFlow::Continue(()))?;
        assert_eq!(watched.progress.position(), 2);
        Ok(())
    }
}
