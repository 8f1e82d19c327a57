//! What is submitted and not yet taken up.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use handover::entry::Entry;
use handover_journal::{Position, Record};

use crate::admission::number;
use crate::error::RefreshError;
use crate::metrics::{Counts, Metrics};
use crate::ticket::{Answer, Bell, Outcome};

/// How much waits and how much is written at once. All bounds give way to one submission, however large: it is
/// taken alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    submissions: usize,
    records: usize,
    bytes: usize,
    group: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { submissions: 4_096, records: 65_536, bytes: 64 << 20, group: 4_096 }
    }
}

impl Options {
    /// How many submissions may wait; 4,096 unless told.
    #[must_use]
    pub fn waiting_submissions(self, submissions: usize) -> Self {
        Self { submissions, ..self }
    }

    /// How many entries may wait; 65,536 unless told.
    #[must_use]
    pub fn waiting_entries(self, records: usize) -> Self {
        Self { records, ..self }
    }

    /// How many bytes may wait, of entries as they are written; 64 MiB unless told.
    #[must_use]
    pub fn waiting_bytes(self, bytes: usize) -> Self {
        Self { bytes, ..self }
    }

    /// How many entries of several submissions are written in one transaction; 4,096 unless told.
    #[must_use]
    pub fn entries_at_once(self, group: usize) -> Self {
        Self { group, ..self }
    }
}

/// One submission, encoded.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) entries: Vec<Entry>,
    /// One for each entry, not yet stamped.
    pub(crate) records: Vec<Record>,
    /// Of all payloads together.
    pub(crate) bytes: usize,
    pub(crate) answer: Answer<Outcome>,
}

pub(crate) type Refresh = Answer<Result<Position, RefreshError>>;

/// What is worked on together.
#[derive(Debug, Default)]
pub(crate) struct Group {
    pub(crate) jobs: Vec<Job>,
    pub(crate) refreshes: Vec<Refresh>,
}

/// Whether anything more is taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Door {
    #[default]
    Open,
    Closed,
    /// The work ended by a panic.
    Abandoned,
}

#[derive(Debug, Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    refreshes: Vec<Refresh>,
    /// For those whose submissions are taken up next.
    bell: Arc<Bell>,
    records: usize,
    bytes: usize,
    door: Door,
    /// Whether the desk's thread waits for work.
    idle: bool,
    /// Whether somebody is at work, who looks here again when done.
    at_work: bool,
    /// How many callers wait for a place.
    outside: usize,
}

impl Waiting {
    fn is_closed(&self) -> bool {
        self.door != Door::Open
    }

    fn has_work(&self) -> bool {
        !self.jobs.is_empty() || !self.refreshes.is_empty()
    }
}

#[derive(Debug)]
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
    work: Condvar,
    place: Condvar,
    options: Options,
    pub(crate) counts: Counts,
}

/// Why a job was not queued.
#[derive(Debug)]
pub(crate) enum NotQueued {
    Busy(Box<Job>),
    /// The job is dropped, which answers it.
    Closed,
}

impl Queue {
    pub(crate) fn new(options: Options) -> Self {
        let (work, place) = (Condvar::new(), Condvar::new());
        Self { waiting: Mutex::default(), work, place, options, counts: Counts::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What will ring for those who submit now. A guess: whoever is late is rung for by another bell, which is as good.
    pub(crate) fn bell(&self) -> Arc<Bell> {
        Arc::clone(&self.lock().bell)
    }

    fn fits(&self, waiting: &Waiting, records: usize, bytes: usize) -> bool {
        waiting.jobs.is_empty()
            || (waiting.jobs.len() < self.options.submissions
                && waiting.records.saturating_add(records) <= self.options.records
                && waiting.bytes.saturating_add(bytes) <= self.options.bytes)
    }

    /// Whether there is no place now for so many entries, of at least no bytes. A guess: only `push` decides.
    pub(crate) fn seems_full(&self, entries: usize) -> bool {
        let waiting = self.lock();
        !waiting.is_closed() && !self.fits(&waiting, entries, 0)
    }

    /// Queues a job; waits for a place if told to.
    pub(crate) fn push(&self, job: Job, patient: bool) -> Result<(), NotQueued> {
        let (records, bytes) = (job.records.len(), job.bytes);
        let mut waiting = self.lock();
        while !waiting.is_closed() && !self.fits(&waiting, records, bytes) {
            if !patient {
                self.counts.turned_away.one_more();
                return Err(NotQueued::Busy(Box::new(job)));
            }
            waiting.outside = waiting.outside.saturating_add(1);
            waiting = self.place.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            waiting.outside = waiting.outside.saturating_sub(1);
        }
        if waiting.is_closed() {
            return Err(NotQueued::Closed);
        }
        waiting.records = waiting.records.saturating_add(records);
        waiting.bytes = waiting.bytes.saturating_add(bytes);
        waiting.jobs.push_back(job);
        self.counts.submitted.one_more();
        self.counts.greatest_waiting.raise(number(waiting.jobs.len()));
        self.wake(waiting);
        Ok(())
    }

    /// What was counted, and how many submissions wait now.
    pub(crate) fn metrics(&self) -> Metrics {
        let waiting = self.lock().jobs.len();
        self.counts.told(waiting)
    }

    /// Queues a wish to read what others appended. After closing it is dropped, which answers it.
    pub(crate) fn refresh(&self, refresh: Refresh) {
        let mut waiting = self.lock();
        if !waiting.is_closed() {
            waiting.refreshes.push(refresh);
            self.wake(waiting);
        }
    }

    /// Wakes the desk's thread if there is something to do for it.
    fn wake(&self, mut waiting: MutexGuard<'_, Waiting>) {
        let wanted = !waiting.at_work && (waiting.has_work() || waiting.is_closed());
        let wake = wanted && std::mem::take(&mut waiting.idle);
        drop(waiting);
        if wake {
            self.work.notify_one();
        }
    }

    /// Waits for work and takes as much as is done at once; nothing once the queue is closed and empty and nobody is at
    /// work. [`done`](Self::done) is told when it is done.
    pub(crate) fn take(&self) -> Option<Group> {
        let mut waiting = self.lock();
        while waiting.at_work || !waiting.has_work() {
            if waiting.is_closed() && !waiting.at_work {
                return None;
            }
            waiting.idle = true;
            waiting = self.work.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        waiting.idle = false;
        Some(self.taken(waiting))
    }

    /// Takes as much as is done at once, if there is work and nobody is at it.
    pub(crate) fn try_take(&self) -> Option<Group> {
        let waiting = self.lock();
        (!waiting.at_work && waiting.has_work()).then(|| self.taken(waiting))
    }

    fn taken(&self, mut waiting: MutexGuard<'_, Waiting>) -> Group {
        waiting.at_work = true;
        waiting.bell = Arc::default();
        let mut group = Group { refreshes: std::mem::take(&mut waiting.refreshes), ..Group::default() };
        let mut taken: usize = 0;
        while let Some(job) = waiting.jobs.front() {
            let more = taken.saturating_add(job.records.len());
            if !group.jobs.is_empty() && more > self.options.group {
                break;
            }
            let (records, bytes) = (job.records.len(), job.bytes);
            taken = more;
            waiting.records = waiting.records.saturating_sub(records);
            waiting.bytes = waiting.bytes.saturating_sub(bytes);
            group.jobs.extend(waiting.jobs.pop_front());
        }
        let outside = waiting.outside != 0;
        drop(waiting);
        if outside {
            self.place.notify_all();
        }
        group
    }

    /// What was taken is done.
    pub(crate) fn done(&self) {
        let mut waiting = self.lock();
        waiting.at_work = false;
        self.wake(waiting);
    }

    /// Takes nothing in any more; what is queued stays.
    pub(crate) fn close(&self) {
        let mut waiting = self.lock();
        if waiting.door == Door::Open {
            waiting.door = Door::Closed;
        }
        drop(waiting);
        self.work.notify_all();
        self.place.notify_all();
    }

    /// Closes, and drops what is queued, which answers it.
    pub(crate) fn abandon(&self) {
        let mut waiting = self.lock();
        waiting.door = Door::Abandoned;
        waiting.at_work = false;
        let dropped = (std::mem::take(&mut waiting.jobs), std::mem::take(&mut waiting.refreshes));
        drop(waiting);
        drop(dropped);
        self.work.notify_all();
        self.place.notify_all();
    }

    /// Whether the work ended by a panic.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.lock().door == Door::Abandoned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::SubmitError;
    use crate::ticket::promise;

    fn job() -> Job {
        let (answer, _) = promise(Err(SubmitError::Closed), Arc::default());
        Job { entries: Vec::new(), records: Vec::new(), bytes: 0, answer }
    }

    #[test]
    fn a_group_is_given_out_while_nobody_works_on_another() {
        let queue = Queue::new(Options::default());
        assert!(queue.try_take().is_none(), "there is nothing to do");
        assert!(queue.push(job(), false).is_ok());
        assert_eq!(queue.try_take().map(|group| group.jobs.len()), Some(1));
        assert!(queue.push(job(), false).is_ok());
        assert!(queue.try_take().is_none(), "somebody is at work");
        queue.done();
        assert_eq!(queue.try_take().map(|group| group.jobs.len()), Some(1));
        queue.done();
        assert!(queue.try_take().is_none());
    }
}
