//! Who does the work: the desk's own thread, or a caller who waits and finds it lying there.

use core::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use handover_journal::Journal;

use crate::clock::Clock;
use crate::queue::{Group, Queue};
use crate::work::Worker;

/// One worker and whoever lends it a thread, one at a time.
///
/// A caller who waits has nothing else to do: where nobody is at work it does what is queued, its own submission among
/// it, in its own thread, and spares two changes of threads. Whatever no caller does, the desk's thread does; it is woken
/// for each submission that is queued while nobody is at work.
pub(crate) struct Office<J, C> {
    /// Nothing once the desk has ended.
    worker: Mutex<Option<Worker<J, C>>>,
    queue: Arc<Queue>,
}

/// What a caller who waits can do.
pub(crate) trait Help: Send + Sync {
    /// Does what is queued; `false` if nothing is or somebody is at it.
    fn help(&self) -> bool;
}

impl fmt::Debug for dyn Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Help").finish_non_exhaustive()
    }
}

/// However the work ends, nobody waits for ever.
struct AtWork<'q> {
    queue: &'q Queue,
    finished: bool,
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        if self.finished {
            self.queue.done();
        } else {
            self.queue.abandon();
        }
    }
}

impl<J: Journal, C: Clock> Office<J, C> {
    pub(crate) fn new(worker: Worker<J, C>, queue: Arc<Queue>) -> Self {
        Self { worker: Mutex::new(Some(worker)), queue }
    }

    /// Works until the queue is closed and empty; then the journal is given up. In the desk's own thread.
    pub(crate) fn run(&self) {
        let _ended = Ended(self);
        while let Some(group) = self.queue.take() {
            self.work(group);
        }
    }

    /// Never waits: the queue gives out a group only while nobody works on another.
    fn worker(&self) -> MutexGuard<'_, Option<Worker<J, C>>> {
        self.worker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, group: Group) {
        let mut at_work = AtWork { queue: &self.queue, finished: false };
        if let Some(worker) = self.worker().as_mut() {
            worker.work(group);
        }
        at_work.finished = true;
    }
}

impl<J: Journal, C: Clock> Help for Office<J, C> {
    fn help(&self) -> bool {
        let Some(group) = self.queue.try_take() else { return false };
        // A panic of the journal or of the clock ends the desk, not its caller: the ticket tells of it, and the clerk.
        catch_unwind(AssertUnwindSafe(|| self.work(group))).is_ok()
    }
}

/// The journal is given up when the desk's thread ends, however long anybody keeps the desk.
struct Ended<'o, J, C>(&'o Office<J, C>);

impl<J, C> Drop for Ended<'_, J, C> {
    fn drop(&mut self) {
        drop(self.0.worker.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
