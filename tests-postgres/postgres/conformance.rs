//! Every rule of the port, on a server; each store is a database-wide name of its own, for the rules need no more.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use handover_journal::LedgerId;
use handover_journal::conformance::{Capability, Fixture, Prepared, prove, rules};
use handover_postgres::{PostgresJournal, PostgresStore};
use libtest_mimic::Trial;

use crate::trial;

static ADDRESS: OnceLock<String> = OnceLock::new();

/// Two ledgers of a database that many share, beside those of the other tests that run meanwhile.
struct OnServer {
    store: PostgresStore,
    number: u32,
}

impl OnServer {
    fn named(&self, of: &str) -> Prepared<LedgerId> {
        Ok(LedgerId::new(&format!("{of}-{}", self.number))?)
    }
}

fn store() -> Prepared<PostgresStore> {
    if ADDRESS.get().is_none() {
        let shared = crate::shared().map_err(|why| why.to_string())?;
        let database = shared.database().map_err(|why| why.to_string())?;
        // Whoever comes second leaves its database unused.
        let _ = ADDRESS.set(shared.address(&database));
    }
    Ok(PostgresStore::open(ADDRESS.get().ok_or("no address")?)?)
}

impl Fixture for OnServer {
    type Journal = PostgresJournal;
    const DURABLE: Capability = Capability::Claimed;
    const SEVERAL_LEDGERS: Capability = Capability::Claimed;

    fn fresh() -> Prepared<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Ok(Self { store: store()?, number: NEXT.fetch_add(1, Ordering::Relaxed) })
    }

    fn connect(&self) -> Prepared<PostgresJournal> {
        Ok(self.store.journal(&self.named("june")?)?)
    }

    fn other_ledger(&self) -> Prepared<Option<PostgresJournal>> {
        Ok(Some(self.store.journal(&self.named("july")?)?))
    }

    fn reopen(self) -> Prepared<Option<Self>> {
        Ok(Some(Self { store: store()?, number: self.number }))
    }
}

pub(crate) fn trials() -> Vec<Trial> {
    rules::<OnServer>()
        .iter()
        .map(|rule| {
            let name = rule.name();
            trial(&format!("conformance::{name}"), move || {
                prove::<OnServer>(name).map_err(|found| found.to_string().into())
            })
        })
        .collect()
}
