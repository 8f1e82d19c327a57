//! The journal in memory.

use handover_journal::conformance::{Capability, Fixture, Prepared};
use handover_journal::{LedgerId, MemoryJournal, MemoryStore};

struct InMemory(MemoryStore);

impl Fixture for InMemory {
    type Journal = MemoryJournal;
    const DURABLE: Capability = Capability::Declined("it is gone with the last handle");
    const SEVERAL_LEDGERS: Capability = Capability::Claimed;

    fn fresh() -> Prepared<Self> {
        Ok(Self(MemoryStore::new()))
    }

    fn connect(&self) -> Prepared<MemoryJournal> {
        Ok(self.0.journal(&LedgerId::new("june")?))
    }

    fn other_ledger(&self) -> Prepared<Option<MemoryJournal>> {
        Ok(Some(self.0.journal(&LedgerId::new("july")?)))
    }
}

handover_journal::journal_conformance!(InMemory);

#[test]
fn a_read_is_of_one_moment() -> Prepared<()> {
    let store = InMemory::fresh()?;
    crate::a_read_is_of_one_moment(store.connect()?, store.connect()?)
}

#[test]
fn it_answers_as_a_list_does() {
    crate::model::a_journal_answers_as_a_list_does::<InMemory>();
}
