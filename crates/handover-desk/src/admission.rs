//! What may stand of a group, judged on the durable ledger, which is left as it was.

use handover::entry::Entry;
use handover::id::EntryId;
use handover::ledger::{Draft, Ledger, Posted};
use handover::refusal::Refusal;
use handover_journal::Record;

use crate::queue::Job;

/// What is to be done with one submission, if the group is written.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// All of it may stand.
    Admitted { recorded: u64, already_recorded: u64 },
    /// None of it may.
    Refused { place: usize, entry: EntryId, refusal: Refusal },
}

/// What is to be done with a group.
#[derive(Debug)]
pub(crate) struct Admission<'g> {
    /// One for each submission.
    pub(crate) verdicts: Vec<Verdict>,
    /// What is to be written, in order.
    pub(crate) fresh: Vec<(&'g Entry, &'g Record)>,
}

impl Admission<'_> {
    /// Whether nothing is to be written and nothing rests on the ledger being up to date.
    pub(crate) fn is_settled(&self) -> bool {
        self.fresh.is_empty() && self.verdicts.iter().all(|it| matches!(it, Verdict::Admitted { .. }))
    }
}

/// Judges each submission after those before it: a refused one leaves no trace, and nothing of any is left behind.
pub(crate) fn admit<'g>(ledger: &mut Ledger, jobs: &'g [Job]) -> Admission<'g> {
    let mut admission = Admission { verdicts: Vec::with_capacity(jobs.len()), fresh: Vec::new() };
    let mut group = ledger.draft();
    for job in jobs {
        let mut submission = group.draft();
        let verdict = match post(&mut submission, &job.entries) {
            Ok(posted) => {
                submission.commit();
                let of_job = job.entries.iter().zip(&job.records).zip(&posted);
                let new = of_job.filter(|(_, posted)| **posted == Posted::Recorded).map(|(pair, _)| pair);
                let before = admission.fresh.len();
                admission.fresh.extend(new);
                let recorded = admission.fresh.len().saturating_sub(before);
                let already_recorded = posted.len().saturating_sub(recorded);
                Verdict::Admitted { recorded: number(recorded), already_recorded: number(already_recorded) }
            }
            Err(refused) => refused,
        };
        admission.verdicts.push(verdict);
    }
    admission
}

/// Posts all, or says of the first that may not stand which it is.
fn post(submission: &mut Draft<'_>, entries: &[Entry]) -> Result<Vec<Posted>, Verdict> {
    let posted = entries.iter().enumerate().map(|(place, entry)| {
        submission.post(entry).map_err(|refusal| Verdict::Refused { place, entry: entry.id, refusal })
    });
    posted.collect()
}

/// Whether all of a submission is recorded in this ledger.
pub(crate) fn is_recorded(ledger: &Ledger, job: &Job) -> bool {
    job.entries.iter().all(|entry| ledger.entry(entry.id) == Some(entry))
}

pub(crate) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
