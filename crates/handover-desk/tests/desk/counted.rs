//! What a desk counts, each count by what makes it grow.

use std::thread;
use std::time::{Duration, Instant};

use handover::entry::Entry;
use handover_desk::{Desk, Metrics, Options, SubmitError, SystemClock};
use handover_journal::{Journal, MemoryStore};

use crate::faulty::{Fault, open};
use crate::{by, memory, party};

/// What was counted of single submissions of these entries, at a desk whose first appends end so.
fn counted(faults: &[Fault], submissions: Vec<Vec<Entry>>) -> Metrics {
    let store = MemoryStore::new();
    let (desk, clerk) = open(&store, faults);
    assert_eq!(desk.metrics(), Metrics::default());
    for entries in submissions {
        let _ = desk.submit(&by(), entries).wait();
    }
    clerk.close().unwrap();
    let counted = desk.metrics();
    assert_eq!(counted.waiting, 0);
    // What was told as recorded now is what was written, by this desk alone.
    assert_eq!(counted.recorded, counted.entries_written);
    counted
}

fn unknown(written: bool, unread: u32) -> Fault {
    Fault::Unknown { written, then: Vec::new(), unread }
}

#[test]
fn entries_and_groups_are_counted_as_they_are_written() {
    let two = vec![party("a"), party("b")];
    let found = counted(&[], vec![two.clone(), two, vec![party("c")], vec![]]);
    assert_eq!((found.submitted, found.recorded, found.recorded_already), (4, 3, 2));
    assert_eq!((found.groups_written, found.entries_written), (2, 3));
    assert_eq!((found.refused, found.not_recorded, found.unknown, found.turned_away), (0, 0, 0, 0));
    assert_eq!((found.conflicts, found.unknown_appends, found.catch_ups), (0, 0, 0));
    assert_eq!(found.greatest_waiting, 1);
}

#[test]
fn refusals_are_counted_by_submission() {
    let nobody = Entry { by: "nobody".parse().unwrap(), ..party("b") };
    let found = counted(&[], vec![vec![party("a"), nobody.clone()], vec![nobody], vec![party("c")]]);
    assert_eq!((found.submitted, found.refused, found.recorded), (3, 2, 1));
    assert_eq!((found.groups_written, found.entries_written), (1, 1), "of a refusal nothing is written");
}

#[test]
fn faults_of_the_journal_are_counted_by_submission() {
    let found = counted(&[Fault::Failed], vec![vec![party("a")], vec![party("a")]]);
    assert_eq!((found.not_recorded, found.recorded, found.groups_written), (1, 1, 1));
    assert_eq!(found.catch_ups, 0);
}

#[test]
fn conflicts_are_counted_with_the_reading_that_they_make_necessary() {
    let other = |name| Fault::Other { entries: vec![party(name)], unread: 0 };
    let found = counted(&[other("o-1"), other("o-2")], vec![vec![party("a")]]);
    assert_eq!((found.conflicts, found.catch_ups, found.groups_written), (2, 2, 1));
    assert_eq!((found.recorded, found.recorded_already), (1, 0));
}

#[test]
fn unknown_outcomes_are_counted_by_what_became_of_them() {
    let of = |fault| counted(&[fault], vec![vec![party("a"), party("b")]]);
    let resolved = |it: Metrics| (it.unknown_appends, it.unknown_found_written, it.unknown_found_unwritten);
    let written = of(unknown(true, 0));
    assert_eq!((resolved(written), written.groups_written, written.recorded), ((1, 1, 0), 1, 2));
    // It is written then.
    let unwritten = of(unknown(false, 0));
    assert_eq!((resolved(unwritten), unwritten.groups_written, unwritten.recorded), ((1, 0, 1), 1, 2));
    let store = MemoryStore::new();
    let (desk, _clerk) = open(&store, &[unknown(true, 3)]);
    assert!(matches!(desk.submit(&by(), vec![party("a")]).wait(), Err(SubmitError::Unknown(_))));
    let open = desk.metrics();
    assert_eq!((resolved(open), open.unknown, open.recorded, open.catch_ups), ((1, 0, 0), 1, 0, 3));
}

#[test]
fn reading_what_others_wrote_is_counted() {
    let store = MemoryStore::new();
    let (desk, _clerk) = Desk::open(memory(&store), SystemClock).unwrap();
    for times in 1..=3 {
        desk.refresh().unwrap();
        assert_eq!(desk.metrics().catch_ups, times);
    }
}

/// A journal that appends nothing before it is let.
struct Held(handover_journal::MemoryJournal, std::sync::Arc<std::sync::Mutex<()>>);

impl Journal for Held {
    type Error = handover_journal::MemoryError;

    fn append(
        &mut self,
        after: handover_journal::Position,
        records: &[handover_journal::Record],
    ) -> Result<handover_journal::Position, handover_journal::AppendError<Self::Error>> {
        let _held = self.1.lock().unwrap();
        self.0.append(after, records)
    }

    fn read(
        &mut self,
        after: handover_journal::Position,
        each: &mut dyn FnMut(handover_journal::Stored<'_>) -> std::ops::ControlFlow<()>,
    ) -> Result<(), Self::Error> {
        self.0.read(after, each)
    }

    fn head(&mut self) -> Result<handover_journal::Position, Self::Error> {
        self.0.head()
    }
}

#[test]
fn what_waits_is_counted_and_the_most_that_ever_waited() {
    let (store, gate) = (MemoryStore::new(), std::sync::Arc::default());
    let journal = Held(memory(&store), std::sync::Arc::clone(&gate));
    let options = Options::default().waiting_submissions(3);
    let (desk, clerk) = Desk::open_with(journal, SystemClock, options).unwrap();
    let held = gate.lock().unwrap();
    let mut tickets = vec![desk.submit(&by(), vec![party("first")])];
    let begun = Instant::now();
    while desk.metrics().waiting > 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "it is not taken up");
        thread::sleep(Duration::from_millis(1));
    }
    for waiting in 1..=3 {
        tickets.push(desk.submit(&by(), vec![party(&format!("p-{waiting}"))]));
        assert_eq!((desk.metrics().waiting, desk.metrics().greatest_waiting), (waiting, waiting));
    }
    assert!(desk.try_submit(&by(), vec![party("more")]).is_err());
    assert_eq!((desk.metrics().turned_away, desk.metrics().submitted), (1, 4));
    drop(held);
    for ticket in tickets {
        ticket.wait().unwrap();
    }
    clerk.close().unwrap();
    let found = desk.metrics();
    assert_eq!((found.waiting, found.greatest_waiting, found.recorded), (0, 3, 4));
    // Those that waited were written together.
    assert_eq!(found.groups_written, 2);
}
