//! What comes from outside, whatever it is: it is read or refused. No input makes a panic, costs more memory than its size
//! allows for, or leaves a ledger other than its entries make it.
//!
//! Each function is a target of `cargo fuzz`, and is run by the stable compiler over the seeds in `fuzz/corpus`.

use std::fs;
use std::ops::ControlFlow;
use std::sync::OnceLock;

use handover::invariant;
use handover::ledger::Ledger;
use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
use handover_sqlite::SqliteStore;
use handover_wire::manifest::{self, Cover, Options};
use handover_wire::{Reader, format, read_into, record, write_from};

/// Two parties, their offices and two batches.
const GROUND: &str = include_str!("../../tests/golden/manifest/ledger.jsonl");

/// Whatever was admitted, the ledger keeps its invariants.
fn keeps_its_invariants(ledger: &Ledger) {
    for rule in invariant::ALL {
        if let Err(violation) = rule.check(ledger) {
            assert!(false_with(&violation), "an admitted ledger breaks a rule");
        }
    }
}

fn false_with(what: &dyn std::fmt::Display) -> bool {
    eprintln!("{what}");
    false
}

/// A ledger with what the inputs of a manifest and of entries speak of.
fn ground() -> Ledger {
    static LEDGER: OnceLock<Ledger> = OnceLock::new();
    LEDGER
        .get_or_init(|| {
            let mut ledger = Ledger::new();
            let report = read_into(&mut ledger, GROUND.as_bytes());
            assert!(report.is_ok(), "the ground is a dossier");
            ledger
        })
        .clone()
}

/// A dossier is read into a ledger whole or not at all, and what was read comes back from what is written of it.
pub fn dossier(input: &[u8]) {
    if let Ok(reader) = Reader::new(input) {
        // An entry has a line of its own: there are no more of them than lines.
        let lines = input.split(|byte| *byte == b'\n').count();
        assert!(reader.count() <= lines, "an entry is a line");
    }
    let mut ledger = Ledger::new();
    let read = read_into(&mut ledger, input);
    assert!(read.is_ok() || ledger.is_empty(), "what is refused changes nothing");
    keeps_its_invariants(&ledger);
    if read.is_ok() {
        let written = write_from(&ledger, None, Vec::new());
        assert!(written.is_ok(), "what was read can be written");
        let mut again = Ledger::new();
        let read = read_into(&mut again, written.unwrap_or_default().as_slice());
        assert!(read.is_ok() && again.entries().eq(ledger.entries()), "what is written comes back");
    }
    let mut canonical = Vec::new();
    if format(input, &mut canonical).is_ok() {
        let mut again = Vec::new();
        let formatted = format(canonical.as_slice(), &mut again);
        assert!(formatted.is_ok() && again == canonical, "what is canonical stays so");
    }
}

/// Entries, one a line as a journal holds them: each is no entry, refused or recorded, and comes back as it was read.
pub fn entries(input: &[u8]) {
    let mut ledger = ground();
    for line in String::from_utf8_lossy(input).lines() {
        let Ok(entry) = record::decode(record::VERSION, line) else { continue };
        let written = record::encode(&entry);
        assert!(written.is_ok(), "what was read can be written");
        let again = record::decode(record::VERSION, &written.unwrap_or_default());
        assert!(again.is_ok_and(|again| again == entry), "what is written comes back");
        let before = ledger.len();
        let recorded = ledger.post(&entry);
        assert!(recorded.is_ok() || ledger.len() == before, "what is refused changes nothing");
    }
    keeps_its_invariants(&ledger);
}

/// A manifest as CSV: its rows are taken together or not at all.
pub fn manifest(input: &[u8]) {
    let said = "2025-06-11T18:00+03:00".parse();
    let (Ok(batch), Ok(organ), Ok(by), Ok(said)) = ("june-11".parse(), "s-office".parse(), "s".parse(), said)
    else {
        return;
    };
    let cover = Cover::new(batch, organ, by, said);
    let mut good_rows = Options::default();
    good_rows.take_good_rows = true;
    for options in [Options::default(), good_rows] {
        let mut ledger = ground();
        let before = ledger.len();
        if manifest::read_into(&mut ledger, input, &cover, options).is_err() {
            assert!(ledger.len() == before, "what is refused changes nothing");
        }
        keeps_its_invariants(&ledger);
    }
}

/// A file of a store: the input as it is, or, if it begins with a nought, a sound file in which it changes bytes, three each:
/// where (two, in steps of sixteen bytes and the low four bits of the third) and to what. It is opened or refused, and what
/// it holds is read or found to be damaged.
pub fn store(input: &[u8]) {
    let file = match input.split_first() {
        Some((0, changes)) => changed(changes),
        _ => input.to_vec(),
    };
    let Ok(directory) = tempfile::tempdir() else { return };
    let path = directory.path().join("store.sqlite");
    if fs::write(&path, file).is_err() {
        return;
    }
    let Ok(store) = SqliteStore::open(&path) else { return };
    let (_, _) = (store.check(), store.ledgers());
    let (Ok(june), Ok(desk)) = (LedgerId::new("june"), Recorder::new("desk")) else { return };
    let Ok(mut journal) = store.journal(&june) else { return };
    let mut read: u64 = 0;
    let whole = journal.read(Position::START, &mut |stored| {
        read = read.saturating_add(1);
        assert!(stored.position == Position::new(read), "positions run from one without a gap");
        ControlFlow::Continue(())
    });
    if let (Ok(()), Ok(head)) = (whole, journal.head())
        && let Ok(record) = Record::new(Timestamp::from_micros(1), desk, 1, "one more")
    {
        let _ = journal.append(head, &[record]);
    }
}

/// A sound file in which some bytes are changed.
fn changed(changes: &[u8]) -> Vec<u8> {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    let mut file = SOUND.get_or_init(|| sound().unwrap_or_default()).clone();
    for change in changes.chunks_exact(3) {
        if let [high, low, value] = *change {
            let at = usize::from(u16::from_be_bytes([high, low])).saturating_mul(16);
            let at = at.saturating_add(usize::from(value & 15));
            if let Some(byte) = file.get_mut(at) {
                *byte = value;
            }
        }
    }
    file
}

/// A small file of a store, as it is on the disk.
fn sound() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("store.sqlite");
    let store = SqliteStore::create(&path)?;
    let mut journal = store.journal(&LedgerId::new("june")?)?;
    let mut after = Position::START;
    for payload in ["the first", "the second", "the third"] {
        let record = Record::new(Timestamp::from_micros(0), Recorder::new("desk")?, 1, payload)?;
        after = journal.append(after, &[record])?;
    }
    drop((journal, store));
    // Closed by its last handle: everything is in the file itself.
    Ok(fs::read(&path)?)
}
