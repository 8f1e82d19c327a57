//! A desk as callers meet it, and on journals that fail, block, let others in between, or die.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on fails; places and numbers of a test are small"
)]

mod conflicts;
mod counted;
mod faults;
mod faulty;
mod followed;
mod following;
mod following_file;
mod helping;
mod killed;
mod model;
mod submitting;
mod told;
mod waiting;

use handover::entry::{Entry, What};
use handover::ledger::keeper;
use handover::party::{Party, PartyEntry};
use handover_journal::{Journal, LedgerId, MemoryJournal, MemoryStore, Recorder};

fn june() -> LedgerId {
    LedgerId::new("june").unwrap()
}

/// A handle on the ledger `june` of a store in memory.
fn memory(store: &MemoryStore) -> MemoryJournal {
    store.journal(&june())
}

/// How many records the ledger `june` has.
fn count(store: &MemoryStore) -> u64 {
    memory(store).head().unwrap().number()
}

fn by() -> Recorder {
    Recorder::new("desk").unwrap()
}

/// An entry that introduces a party; both have this identifier.
fn party(id: &str) -> Entry {
    introduced(id, id)
}

/// An entry that introduces a party under another identifier than its own.
fn introduced(entry: &str, party: &str) -> Entry {
    let party = Party { id: party.parse().unwrap(), name: party.parse().unwrap() };
    Entry {
        id: entry.parse().unwrap(),
        by: keeper(),
        said: "2025-06-02".parse().unwrap(),
        source: None,
        what: What::Party(PartyEntry::Introduced(party)),
    }
}
