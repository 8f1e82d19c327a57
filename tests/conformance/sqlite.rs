//! The journal on SQLite.

use handover_journal::LedgerId;
use handover_journal::conformance::{Capability, Fixture, Prepared};
use handover_sqlite::{SqliteJournal, SqliteStore};
use tempfile::TempDir;

/// A store in a file of its own, gone with its directory.
struct InFile {
    store: SqliteStore,
    directory: TempDir,
}

impl Fixture for InFile {
    type Journal = SqliteJournal;
    const DURABLE: Capability = Capability::Claimed;
    const SEVERAL_LEDGERS: Capability = Capability::Claimed;

    fn fresh() -> Prepared<Self> {
        let directory = TempDir::new()?;
        let store = SqliteStore::create(directory.path().join("ledgers.sqlite"))?;
        Ok(Self { store, directory })
    }

    fn connect(&self) -> Prepared<SqliteJournal> {
        Ok(self.store.journal(&LedgerId::new("june")?)?)
    }

    fn other_ledger(&self) -> Prepared<Option<SqliteJournal>> {
        Ok(Some(self.store.journal(&LedgerId::new("july")?)?))
    }

    fn reopen(self) -> Prepared<Option<Self>> {
        let Self { store, directory } = self;
        let path = store.path().to_owned();
        drop(store);
        Ok(Some(Self { store: SqliteStore::open(path)?, directory }))
    }
}

handover_journal::journal_conformance!(InFile);

#[test]
fn a_read_is_of_one_moment() -> Prepared<()> {
    let store = InFile::fresh()?;
    crate::a_read_is_of_one_moment(store.connect()?, store.connect()?)
}

#[test]
fn it_answers_as_a_list_does() {
    crate::model::a_journal_answers_as_a_list_does::<InFile>();
}
