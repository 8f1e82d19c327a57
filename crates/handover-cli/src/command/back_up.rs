//! A copy of a ledger that is kept in a file.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

use handover_sqlite::{BackingUp, SqliteStore};
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::{Failure, shown};
use crate::input;
use crate::interrupt::{Interrupt, Work};

pub(crate) fn back_up(ledger: &Path, to: &Path) -> Result<(), Failure> {
    let interrupt = Interrupt::listen(Work::Copying);
    let store = SqliteStore::open(ledger).map_err(Failure::store)?;
    let stop = interrupt.stop();
    let mut shown_step = Step::default();
    let made = interrupt.around(
        || {
            let made = store.back_up(to, &mut |step| {
                shown_step.show(step);
                if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            shown_step.progress.finish_and_clear();
            made
        },
        Failure::store,
    )?;
    input::say(&format!(
        "{} is a copy of {} now: {} records in {} bytes, each of them proven\n  keep it on another disk, and try now and \
         then whether `handover check --ledger {0}` finds it sound\n",
        shown(to),
        shown(ledger),
        made.records,
        made.bytes
    ))
}

/// What is shown to whoever waits; nothing where nobody looks at a terminal.
#[derive(Debug)]
struct Step {
    progress: ProgressBar,
    proving: bool,
}

impl Default for Step {
    fn default() -> Self {
        Self { progress: bar("copying {wide_bar} {pos} of {len} pages, {eta} left"), proving: false }
    }
}

fn bar(template: &str) -> ProgressBar {
    let progress = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template(template) {
        progress.set_style(style);
    }
    progress
}

impl Step {
    fn show(&mut self, step: BackingUp) {
        let (done, of) = match step {
            BackingUp::Copying { done, of } => (done, of),
            BackingUp::Proving { done, of } => {
                if !self.proving {
                    self.proving = true;
                    self.progress.finish_and_clear();
                    self.progress = bar("proving {wide_bar} {pos} of {len} records");
                }
                (done, of)
            }
            _ => return,
        };
        self.progress.set_length(of);
        self.progress.set_position(done);
    }
}
