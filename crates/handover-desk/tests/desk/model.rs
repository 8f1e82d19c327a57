//! Generated stories of submissions, faults and restarts against a naive model.
//!
//! Every submission records under a name of its own, so that the journal tells what is left of each. The number of
//! stories is bounded; the environment variable `HANDOVER_CASES` sets another.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use handover::entry::Entry;
use handover_desk::{Clerk, Desk, Options, Receipt, SubmitError, Ticket};
use handover_journal::{Journal, MemoryStore, Position, Recorder};
use handover_wire::record;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::FileFailurePersistence;

use crate::faulty::{Fault, Faulty, Script, backwards};
use crate::{introduced, memory};

/// An entry: its identifier, and the party that it introduces. Few, so that they meet.
type Told = (u8, u8);

#[derive(Clone, Debug)]
enum Step {
    /// These are submitted one after another and then waited for, while the next appends end so.
    Submit(Vec<Vec<Told>>, Vec<Fault>),
    /// One of the submissions again, whatever became of it.
    Again(Index),
    Refresh,
    Restart,
}

fn told() -> impl Strategy<Value = Told> {
    (0..12_u8, 0..12_u8).prop_map(|(entry, party)| (entry, if party < 9 { entry } else { party }))
}

fn faults() -> impl Strategy<Value = Fault> {
    // A desk tries to read three times.
    let unread = || prop_oneof![2 => Just(0_u32), 1 => 1..3_u32, 2 => 3..5_u32];
    let others = || vec(told().prop_map(entry), 0..3);
    prop_oneof![
        2 => Just(Fault::None),
        2 => Just(Fault::Failed),
        5 => (any::<bool>(), others(), unread())
            .prop_map(|(written, then, unread)| Fault::Unknown { written, then, unread }),
        3 => (others(), unread()).prop_map(|(entries, unread)| Fault::Other { entries, unread }),
        1 => Just(Fault::FalseConflict),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let submit = (vec(vec(told(), 0..4), 1..4), vec(faults(), 0..4));
    let step = prop_oneof![
        8 => submit.prop_map(|(submissions, faults)| Step::Submit(submissions, faults)),
        2 => any::<Index>().prop_map(Step::Again),
        1 => Just(Step::Refresh),
        2 => Just(Step::Restart),
    ];
    vec(step, 1..14)
}

fn entry((entry, party): Told) -> Entry {
    introduced(&format!("e-{entry}"), &format!("p-{party}"))
}

/// Where the first of these is that may not stand after those: the rules that can apply here, in a loop.
fn refused(held: &[Told], submitted: &[Told]) -> Option<usize> {
    let mut held = held.to_vec();
    for (place, told) in submitted.iter().enumerate() {
        if held.contains(told) {
            continue;
        }
        if held.iter().any(|it| it.0 == told.0 || it.1 == told.1) {
            return Some(place);
        }
        held.push(*told);
    }
    None
}

/// One record: what it says, and which submission wrote it, if not somebody else.
type Written = (Told, Option<usize>);

struct Story {
    store: MemoryStore,
    script: Arc<Mutex<Script>>,
    desk: Desk,
    clerk: Clerk,
    submissions: Vec<Vec<Told>>,
}

impl Story {
    fn begin() -> Self {
        let (store, script) = (MemoryStore::new(), Arc::default());
        let (desk, clerk) = open(&store, &script);
        Self { store, script, desk, clerk, submissions: Vec::new() }
    }

    fn restarted(self) -> Self {
        self.clerk.close().unwrap();
        let (desk, clerk) = open(&self.store, &self.script);
        Self { desk, clerk, ..self }
    }

    fn submit(&mut self, told: &[Told]) -> (usize, Ticket) {
        let number = self.submissions.len();
        self.submissions.push(told.to_vec());
        let recorder = Recorder::new(&format!("s-{number}")).unwrap();
        (number, self.desk.submit(&recorder, told.iter().copied().map(entry).collect()))
    }

    fn written(&self) -> Vec<Written> {
        let mut found = Vec::new();
        let read = memory(&self.store).read(Position::START, &mut |stored| {
            let read = record::decode(stored.version, stored.payload).unwrap();
            let number = |text: &str| text.trim_start_matches("e-").parse::<u8>().unwrap();
            let entry_number = number(&read.id.to_string());
            let told = (0..12).map(|party| (entry_number, party)).find(|told| entry(*told) == read);
            let by = stored.recorded_by.strip_prefix("s-").map(|number| number.parse().unwrap());
            found.push((told.unwrap(), by));
            ControlFlow::Continue(())
        });
        read.unwrap();
        found
    }

    /// What the desk shows is a beginning of what is written.
    fn shows_a_prefix(&self, written: &[Written]) -> usize {
        let shown = self.desk.read(|ledger| ledger.entries().collect::<Vec<_>>());
        assert!(shown.len() <= written.len(), "readers see what is not written");
        for (shown, (told, _)) in shown.iter().zip(written) {
            assert_eq!(*shown, entry(*told), "readers see another order");
        }
        shown.len()
    }
}

fn open(store: &MemoryStore, script: &Arc<Mutex<Script>>) -> (Desk, Clerk) {
    script.lock().unwrap().unread = 0;
    Desk::open_with(Faulty::new(store, script), backwards(), Options::default().entries_at_once(4)).unwrap()
}

/// What a submission was told, against what is written before and after it.
fn answered(
    submitted: &[Told],
    number: usize,
    answer: &Result<Receipt, SubmitError>,
    before: usize,
    after: &[Written],
) {
    let own: Vec<usize> = (0..after.len()).filter(|at| after[*at].1 == Some(number)).collect();
    let stands = |told: &Told| after.iter().any(|it| it.0 == *told);
    let all = submitted.iter().all(stands);
    assert!(own.windows(2).all(|two| two[1] == two[0] + 1), "its records are not adjacent: {after:?}");
    match answer {
        Ok(receipt) => {
            assert!(all, "acknowledged and not written: {submitted:?} in {after:?}");
            let (recorded, head) = (own.len() as u64, receipt.head.number());
            assert_eq!(receipt.recorded, recorded);
            assert_eq!(receipt.recorded + receipt.already_recorded, submitted.len() as u64);
            let reached = usize::try_from(head).unwrap();
            assert!(reached <= after.len());
            let within = &after[..reached];
            assert!(submitted.iter().all(|told| within.iter().any(|it| it.0 == *told)), "beyond its head");
        }
        Err(SubmitError::Refused { place, entry: id, .. }) => {
            assert!(own.is_empty(), "refused and written");
            assert_eq!(*id, entry(submitted[*place]).id);
            // The journal was so at some moment between submitting and answering.
            let held: Vec<Told> = after.iter().map(|it| it.0).collect();
            let true_then = (before..=held.len()).any(|len| refused(&held[..len], submitted) == Some(*place));
            assert!(true_then, "refused without a reason: {submitted:?} in {after:?}");
        }
        Err(SubmitError::NotRecorded(_)) => {
            assert!(own.is_empty(), "told that it is not recorded, and written");
        }
        Err(SubmitError::Unknown(_)) => assert!(own.is_empty() || all, "half of it is written: {after:?}"),
        Err(other) => panic!("{other}"),
    }
}

fn run(steps: &[Step]) {
    let mut story = Story::begin();
    for step in steps {
        let (submissions, faults) = match step {
            Step::Submit(submissions, faults) => (submissions.clone(), faults.clone()),
            Step::Again(which) if !story.submissions.is_empty() => {
                (vec![which.get(&story.submissions).clone()], Vec::new())
            }
            Step::Again(_) => continue,
            Step::Refresh => {
                // It may meet a journal that still cannot be read; then the next may.
                if story.desk.refresh().is_ok() {
                    let written = story.written();
                    assert_eq!(story.shows_a_prefix(&written), written.len());
                }
                continue;
            }
            Step::Restart => {
                story = story.restarted();
                let written = story.written();
                assert_eq!(story.shows_a_prefix(&written), written.len(), "lost by a restart");
                continue;
            }
        };
        let before = story.written();
        let excused = {
            let mut script = story.script.lock().unwrap();
            script.faults = faults.into();
            script.unread > 0 || !script.faults.is_empty()
        };
        let first = story.submissions.len();
        let tickets: Vec<(usize, Ticket)> = submissions.iter().map(|told| story.submit(told)).collect();
        let answers: Vec<_> = tickets.into_iter().map(|(number, ticket)| (number, ticket.wait())).collect();
        story.script.lock().unwrap().faults.clear();

        let after = story.written();
        assert!(after.starts_with(&before), "what was written has changed");
        let tried = after[before.len()..].iter().filter_map(|it| it.1);
        assert!(
            tried.clone().all(|number| number >= first),
            "an earlier submission is written late: {after:?}"
        );
        assert!(tried.is_sorted(), "not in the order of submitting: {after:?}");
        let ids: BTreeSet<u8> = after.iter().map(|it| it.0.0).collect();
        assert_eq!(ids.len(), after.len(), "doubled: {after:?}");
        story.shows_a_prefix(&after);
        for (number, answer) in &answers {
            answered(&story.submissions[*number], *number, answer, before.len(), &after);
            let plain = matches!(answer, Ok(_) | Err(SubmitError::Refused { .. }));
            assert!(plain || excused, "{answer:?} without a fault");
        }
    }
    let story = story.restarted();
    let written = story.written();
    assert_eq!(story.shows_a_prefix(&written), written.len());
    story.clerk.close().unwrap();
}

/// So many stories, or as many as `HANDOVER_CASES` says.
fn cases() -> ProptestConfig {
    let cases = std::env::var("HANDOVER_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    let regressions = FileFailurePersistence::WithSource("regressions");
    ProptestConfig { cases, failure_persistence: Some(Box::new(regressions)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn whatever_happens_what_is_told_is_what_is_written(steps in steps()) {
        run(&steps);
    }
}
