//! How a team tests what it made with what the workspace publishes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use embedding_team::{Folder, FolderJournal, Office, bulletin};
use handover::entry::Entry;
use handover::ledger::{Ledger, Posted};
use handover::refusal::Refusal;
use handover_desk::SubmitError;
use handover_journal::Recorder;
use handover_journal::conformance::{Capability, Fixture, Prepared};
use handover_testkit::machine::{Kept, LedgerMachine, violations};
use handover_testkit::scenario::{Scenario, Theme};
use handover_testkit::world::Kind;
use handover_testkit::world::generator::worlds;
use handover_testkit::world::posting::{id, ledger};
use handover_testkit::world::truth::truths;
use proptest::prelude::*;
use proptest_state_machine::prop_state_machine;
use tempfile::TempDir;

/// How many cases a property tries: few, unless more are asked for.
fn cases(bounded: u32) -> ProptestConfig {
    let asked = std::env::var("HANDOVER_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(bounded), failure_persistence: None, ..ProptestConfig::default() }
}

// 1. The adapter keeps every rule of the port.

struct InFolder {
    folder: Folder,
    directory: TempDir,
}

impl Fixture for InFolder {
    type Journal = FolderJournal;
    const DURABLE: Capability = Capability::Claimed;
    const SEVERAL_LEDGERS: Capability = Capability::Declined("a folder holds one ledger");

    fn fresh() -> Prepared<Self> {
        let directory = TempDir::new()?;
        Ok(Self { folder: Folder::open(directory.path())?, directory })
    }

    fn connect(&self) -> Prepared<FolderJournal> {
        Ok(self.folder.journal())
    }

    fn reopen(self) -> Prepared<Option<Self>> {
        let Self { folder, directory } = self;
        drop(folder);
        Ok(Some(Self { folder: Folder::open(directory.path())?, directory }))
    }
}

handover_journal::journal_conformance!(InFolder);

// 2. The office keeps the ledger that the naive models expect, closed and opened again at any moment.

struct Tried {
    office: Office,
    directory: TempDir,
}

impl Kept for Tried {
    fn begin() -> Self {
        let directory = TempDir::new().unwrap();
        Self { office: Office::open(directory.path()).unwrap(), directory }
    }

    fn submit(&mut self, entry: &Entry) -> Result<Posted, Refusal> {
        let by = Recorder::new("the office").unwrap();
        match self.office.record(&by, entry.clone()) {
            Ok(receipt) if receipt.recorded == 1 => Ok(Posted::Recorded),
            Ok(_) => Ok(Posted::AlreadyRecorded),
            Err(SubmitError::Refused { refusal, .. }) => Err(refusal),
            Err(why) => panic_with(&why),
        }
    }

    fn show<R>(&self, see: impl FnOnce(&Ledger) -> R) -> R {
        self.office.read(see)
    }

    fn reopen(self) -> Self {
        let Self { office, directory } = self;
        drop(office);
        Self { office: Office::open(directory.path()).unwrap(), directory }
    }
}

fn panic_with(why: &SubmitError) -> ! {
    panic!("{why}")
}

prop_state_machine! {
    #![proptest_config(cases(3))]

    #[test]
    fn the_office_keeps_what_the_models_expect(sequential 1..15 => LedgerMachine<Tried>);
}

// 3. What the team derives holds on histories of its own choice.

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn the_bulletin_prints_no_number_that_nobody_said(
        history in Scenario::new().theme(Theme::LateAndSilent).theme(Theme::Postponements).strategy()
    ) {
        let mut ledger = Ledger::new();
        for entry in &history.entries[..history.setting] {
            prop_assert_eq!(ledger.post(entry), Ok(Posted::Recorded));
        }
        for leg in 0..history.story.world.legs.len() {
            prop_assert_eq!(bulletin(&ledger, id("leg", leg)), None, "nobody has spoken yet");
        }
        for entry in &history.entries[history.setting..] {
            prop_assert_eq!(ledger.post(entry), Ok(Posted::Recorded));
        }
        prop_assert_eq!(violations(&ledger), []);
    }

    #[test]
    fn where_everyone_speaks_the_truth_the_bulletin_holds_it(world in worlds(20), truth in truths()) {
        let told = truth.told_by(&world, |_, _| true);
        let ledger = ledger(&told);
        for (at, leg) in told.legs.iter().enumerate().filter(|(_, leg)| leg.unit == Kind::Sets) {
            let true_number = truth.leg(&told, at, leg.unit).into();
            if let Some(span) = bulletin(&ledger, id("leg", at)) {
                prop_assert!(span.contains(true_number), "{:?} holds {}", span, true_number);
            }
        }
    }
}
