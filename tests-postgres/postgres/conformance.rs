//! Every rule of the port, on a server; each store is two ledgers of their own, for the rules need no more.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use handover_journal::conformance::{Capability, Fixture, Prepared, prove, rules};
use handover_journal::{Journal as _, LedgerId};
use handover_postgres::{PostgresJournal, PostgresStore};
use libtest_mimic::Trial;

use crate::proxy::Proxy;
use crate::trial;

/// Where the database is, and its name.
static DATABASE: OnceLock<(String, String)> = OnceLock::new();

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

fn database() -> Prepared<&'static (String, String)> {
    if DATABASE.get().is_none() {
        let shared = crate::shared().map_err(|why| why.to_string())?;
        let name = shared.database().map_err(|why| why.to_string())?;
        // Whoever comes second leaves its database unused.
        let _ = DATABASE.set((shared.address(&name), name));
    }
    Ok(DATABASE.get().ok_or("no database")?)
}

fn store() -> Prepared<PostgresStore> {
    Ok(PostgresStore::open(&database()?.0)?)
}

impl Fixture for OnServer {
    type Journal = PostgresJournal;
    const DURABLE: Capability = Capability::Claimed;
    const SEVERAL_LEDGERS: Capability = Capability::Claimed;

    const CUT_SHORT: Capability = Capability::Claimed;

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

    fn cut_short(&self) -> Prepared<Option<PostgresJournal>> {
        let (_, name) = database()?;
        let server = crate::shared().map_err(|why| why.to_string())?;
        let proxy = Proxy::to(server.port()).map_err(|why| why.to_string())?;
        let address = format!("postgres://keeper@127.0.0.1:{}/{name}?sslmode=disable", proxy.port);
        let mut journal = PostgresStore::open(&address)?.journal(&self.named("june")?)?;
        // The ledger is known now, so that the next answer is that to the append.
        journal.head()?;
        proxy.cut_the_next_answer();
        Ok(Some(journal))
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
