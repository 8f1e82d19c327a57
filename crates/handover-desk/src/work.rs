//! The work: whoever does it alone uses the journal and writes the ledger.

use std::sync::Arc;

use handover_journal::{AppendError, Journal, Position, Record, Stored};

use crate::admission::{Verdict, admit, is_recorded, number};
use crate::clock::Clock;
use crate::error::{Panicked, RefreshError, Source, SubmitError, TailError};
use crate::queue::{Group, Job, Queue};
use crate::tail::catch_up;
use crate::ticket::{Bell, Outcome, Receipt};
use crate::trace;
use crate::warm::Shared;

/// How often in a row something is tried that brings nothing new.
const TRIES: u32 = 3;

/// What became of an append of which the journal could not say.
enum Fate {
    Written,
    NotWritten,
    /// The journal cannot be read either.
    Open(TailError),
}

pub(crate) struct Worker<J, C> {
    pub(crate) journal: J,
    pub(crate) clock: C,
    pub(crate) shared: Arc<Shared>,
    /// Whether the journal may hold more than the ledger and has to be read before anything is appended.
    pub(crate) behind: bool,
    /// Where it is counted.
    pub(crate) queue: Arc<Queue>,
    pub(crate) opened: trace::Opened,
}

/// The bells of what is answered, rung once all of it is, also if a waker panics.
#[derive(Default)]
struct Bells(Vec<Arc<Bell>>);

impl Bells {
    fn add(&mut self, bell: Arc<Bell>) {
        if !self.0.last().is_some_and(|last| Arc::ptr_eq(last, &bell)) {
            self.0.push(bell);
        }
    }
}

impl Drop for Bells {
    fn drop(&mut self) {
        for bell in &self.0 {
            bell.ring();
        }
    }
}

impl<J: Journal, C: Clock> Worker<J, C> {
    /// Does and answers all of a group.
    pub(crate) fn work(&mut self, group: Group) {
        let Group { mut jobs, refreshes } = group;
        if !jobs.is_empty() {
            let panicked: Source = Arc::new(Panicked);
            for job in &mut jobs {
                job.answer.otherwise(Err(SubmitError::Unknown(Arc::clone(&panicked))));
            }
            let outcomes = {
                let entries = jobs.iter().map(|job| job.entries.len()).fold(0, usize::saturating_add);
                let _under_way = self.opened.group(jobs.len(), entries);
                self.settle(&jobs)
            };
            self.queue.counts.answered(&outcomes);
            // No lock of the ledger or of the queue is held here.
            let mut bells = Bells::default();
            for (job, outcome) in jobs.into_iter().zip(outcomes) {
                bells.add(job.answer.lay_down(outcome));
            }
        }
        if !refreshes.is_empty() {
            let read = self.catch_up(&mut |_| ()).map_err(RefreshError::Journal);
            for refresh in refreshes {
                refresh.give(read.clone());
            }
        }
    }

    /// What becomes of each submission of a group.
    fn settle(&mut self, jobs: &[Job]) -> Vec<Outcome> {
        if self.behind
            && let Err(why) = self.catch_up(&mut |_| ())
        {
            return self.not_recorded(jobs, &(Arc::new(why) as Source));
        }
        let mut tries: u32 = 0;
        loop {
            let (admission, after, last) = {
                let mut warm = self.shared.write();
                let (after, last) = (warm.head(), warm.last_time());
                (admit(&mut warm.ledger, jobs), after, last)
            };
            if admission.is_settled() {
                return outcomes(jobs, &admission.verdicts, after);
            }
            let records: Vec<Record> = if admission.fresh.is_empty() {
                Vec::new()
            } else {
                let now = self.clock.now();
                let now = last.map_or(now, |last| last.max(now));
                admission.fresh.iter().map(|(_, record)| (*record).clone().at(now)).collect()
            };
            let why: Source = match self.journal.append(after, &records) {
                Ok(_) => {
                    self.written(after, records.len());
                    self.take_in(&records, &admission.fresh);
                    let head = after.forward(number(records.len()));
                    return outcomes(jobs, &admission.verdicts, head);
                }
                Err(AppendError::Failed(why)) => {
                    trace::failed(after, records.len());
                    return self.not_recorded(jobs, &(Arc::new(why) as Source));
                }
                Err(AppendError::Conflict { expected, found }) => {
                    self.queue.counts.conflicts.one_more();
                    trace::conflict(expected, found);
                    match self.catch_up(&mut |_| ()) {
                        Ok(head) if head > after => {
                            // Somebody else came further: that is no failed try.
                            tries = 0;
                            continue;
                        }
                        Ok(_) => Arc::new(AppendError::<TailError>::Conflict { expected, found }),
                        Err(why) => return self.not_recorded(jobs, &(Arc::new(why) as Source)),
                    }
                }
                Err(AppendError::Unknown(why)) => match self.fate_told(after, &records) {
                    Fate::Written => {
                        self.written(after, records.len());
                        let head = after.forward(number(records.len()));
                        return outcomes(jobs, &admission.verdicts, head);
                    }
                    Fate::NotWritten => Arc::new(why),
                    Fate::Open(unread) => {
                        let (why, unread): (Source, Source) = (Arc::new(why), Arc::new(unread));
                        return self.unknown(jobs, &admission.verdicts, &why, &unread);
                    }
                },
            };
            tries = tries.saturating_add(1);
            if tries >= TRIES {
                return self.not_recorded(jobs, &why);
            }
        }
    }

    fn written(&self, after: Position, entries: usize) {
        // Whoever is refused on a ledger that is up to date has written nothing.
        if entries > 0 {
            self.queue.counts.written(entries);
            trace::written(after, entries);
        }
    }

    /// What became of an append of which the journal could not say, counted and told.
    fn fate_told(&mut self, after: Position, records: &[Record]) -> Fate {
        self.queue.counts.unknown_appends.one_more();
        trace::unknown(after, records.len());
        let fate = self.fate(after, records);
        let counts = &self.queue.counts;
        trace::resolved(match &fate {
            Fate::Written => {
                counts.unknown_found_written.one_more();
                Some(true)
            }
            Fate::NotWritten => {
                counts.unknown_found_unwritten.one_more();
                Some(false)
            }
            Fate::Open(_) => None,
        });
        fate
    }

    /// Takes what is durable into the ledger that readers see.
    fn take_in(&mut self, records: &[Record], fresh: &[(&handover::entry::Entry, &Record)]) {
        let mut warm = self.shared.write();
        for (record, (entry, _)) in records.iter().zip(fresh) {
            if warm.take_in(record.recorded_at(), entry).is_err() {
                // What was admitted replays. Should it not, reading the journal names the position.
                self.behind = true;
                return;
            }
        }
    }

    fn catch_up(&mut self, seen: &mut dyn FnMut(&Stored<'_>)) -> Result<Position, TailError> {
        // Until it has succeeded; also if the journal panics.
        self.behind = true;
        self.queue.counts.catch_ups.one_more();
        let _under_way = self.opened.catch_up(self.shared.read().head());
        let read = catch_up(&mut self.journal, &self.shared, seen);
        trace::caught_up(&read);
        let head = read?;
        self.behind = false;
        Ok(head)
    }

    /// Reads on where the records would stand: they are all there or none is.
    fn fate(&mut self, after: Position, records: &[Record]) -> Fate {
        if records.is_empty() {
            return match self.catch_up(&mut |_| ()) {
                Ok(_) => Fate::NotWritten,
                Err(why) => Fate::Open(why),
            };
        }
        let (mut found, mut others) = (0, false);
        let mut tries: u32 = 0;
        loop {
            let read = self.catch_up(&mut |stored| {
                let place = stored.position.number().saturating_sub(after.next().number());
                let place = usize::try_from(place).unwrap_or(usize::MAX);
                let Some(record) = records.get(place) else { return };
                if is_the_same(stored, record) {
                    found = found.max(place.saturating_add(1));
                } else {
                    others = true;
                }
            });
            tries = tries.saturating_add(1);
            match read {
                _ if others => return Fate::NotWritten,
                _ if found == records.len() => return Fate::Written,
                Ok(_) => return Fate::NotWritten,
                Err(why) if tries >= TRIES => return Fate::Open(why),
                Err(_) => {}
            }
        }
    }

    /// Nothing of the group was written; what is recorded for longer is recorded all the same.
    fn not_recorded(&self, jobs: &[Job], why: &Source) -> Vec<Outcome> {
        self.each_not_yet_recorded(jobs, |_| SubmitError::NotRecorded(Arc::clone(why)))
    }

    /// The group was written or not. What was refused was not to be written.
    fn unknown(&self, jobs: &[Job], verdicts: &[Verdict], why: &Source, unread: &Source) -> Vec<Outcome> {
        self.each_not_yet_recorded(jobs, |place| match verdicts.get(place) {
            Some(Verdict::Refused { .. }) => SubmitError::NotRecorded(Arc::clone(unread)),
            _ => SubmitError::Unknown(Arc::clone(why)),
        })
    }

    fn each_not_yet_recorded(&self, jobs: &[Job], otherwise: impl Fn(usize) -> SubmitError) -> Vec<Outcome> {
        let warm = self.shared.read();
        let of_job = |(place, job): (usize, &Job)| {
            if is_recorded(&warm.ledger, job) {
                Ok(Receipt::new(0, number(job.entries.len()), warm.head()))
            } else {
                Err(otherwise(place))
            }
        };
        jobs.iter().enumerate().map(of_job).collect()
    }
}

fn outcomes(jobs: &[Job], verdicts: &[Verdict], head: Position) -> Vec<Outcome> {
    debug_assert_eq!(jobs.len(), verdicts.len(), "each submission has one verdict");
    let of_verdict = |verdict: &Verdict| match verdict {
        Verdict::Admitted { recorded, already_recorded } => {
            Ok(Receipt::new(*recorded, *already_recorded, head))
        }
        Verdict::Refused { place, entry, refusal } => {
            Err(SubmitError::Refused { place: *place, entry: *entry, refusal: refusal.clone() })
        }
    };
    verdicts.iter().map(of_verdict).collect()
}

fn is_the_same(stored: &Stored<'_>, record: &Record) -> bool {
    stored.recorded_at == record.recorded_at()
        && stored.recorded_by == record.recorded_by().as_str()
        && stored.version == record.version()
        && stored.payload == record.payload()
}
