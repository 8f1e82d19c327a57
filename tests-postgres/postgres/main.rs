//! The journal on PostgreSQL, and a desk on it, on servers that the tests start themselves.
//!
//! Where no server is installed every test is shown as ignored, with the reason; `HANDOVER_REQUIRE_POSTGRES=1` makes
//! that a failure. `HANDOVER_POSTGRES_ROUNDS` says how often a server is killed.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails; places and numbers of a test are small"
)]

mod command;
mod conformance;
mod equivalence;
mod failover;
mod faults;
mod following;
mod long;
mod measure;
mod proxy;
mod server;
mod sql;
mod store;
mod tls;

use std::error::Error;
use std::process::ExitCode;
use std::sync::{Mutex, OnceLock, PoisonError};

use handover::entry::{Entry, What};
use handover::ledger::keeper;
use handover::party::{Party, PartyEntry};
use handover_journal::{LedgerId, Record, Recorder, Timestamp};
use libtest_mimic::{Arguments, Trial};

use server::{Programs, Server};

pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// A test under its name.
pub(crate) type Named = (&'static str, fn() -> Outcome);

static PROGRAMS: OnceLock<Result<Programs, String>> = OnceLock::new();

/// The one server that most tests share, each with databases or ledgers of its own.
static SHARED: OnceLock<Server> = OnceLock::new();

pub(crate) fn programs() -> Outcome<&'static Programs> {
    PROGRAMS.get_or_init(Programs::found).as_ref().map_err(|why| why.clone().into())
}

pub(crate) fn shared() -> Outcome<&'static Server> {
    static STARTING: Mutex<()> = Mutex::new(());
    let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(server) = SHARED.get() {
        return Ok(server);
    }
    let server = Server::new(programs()?)?;
    Ok(SHARED.get_or_init(|| server))
}

/// A test, ignored where there is no server to be had.
pub(crate) fn trial(name: &str, test: impl FnOnce() -> Outcome + Send + 'static) -> Trial {
    let missing = PROGRAMS.get_or_init(Programs::found).is_err();
    Trial::test(name.to_owned(), move || test().map_err(|why| why.to_string().into()))
        .with_ignored_flag(missing)
}

pub(crate) fn june() -> Outcome<LedgerId> {
    Ok(LedgerId::new("june")?)
}

pub(crate) fn by() -> Outcome<Recorder> {
    Ok(Recorder::new("desk")?)
}

pub(crate) fn record(payload: &str) -> Outcome<Record> {
    Ok(Record::new(Timestamp::from_micros(0), by()?, 1, payload)?)
}

/// So many records that say their numbers.
pub(crate) fn records(from: usize, count: usize) -> Outcome<Vec<Record>> {
    (from..from + count).map(|number| record(&format!("record {number}"))).collect()
}

/// An entry that introduces a party; both have this identifier.
pub(crate) fn party(id: &str) -> Outcome<Entry> {
    let party = Party { id: id.parse()?, name: id.parse()? };
    let what = What::Party(PartyEntry::Introduced(party));
    Ok(Entry { id: id.parse()?, by: keeper(), said: "2025-06-02".parse()?, source: None, what })
}

/// How often a server is killed.
pub(crate) fn rounds(otherwise: u64) -> u64 {
    std::env::var("HANDOVER_POSTGRES_ROUNDS").ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    let missing = PROGRAMS.get_or_init(Programs::found).as_ref().err().cloned();
    if let Some(why) = missing {
        if std::env::var_os("HANDOVER_REQUIRE_POSTGRES").is_some_and(|it| it == "1") {
            eprintln!("HANDOVER_REQUIRE_POSTGRES is set: {why}");
            return ExitCode::FAILURE;
        }
        eprintln!("IGNORED: {why}; install it (`apt-get install postgresql`) to run these tests");
    }
    // More at once would only wait for the disk.
    arguments.test_threads = arguments.test_threads.or(Some(4));
    let mut trials = conformance::trials();
    trials.extend(equivalence::trials());
    trials.extend(store::trials());
    trials.extend(faults::trials());
    trials.extend(failover::trials());
    trials.extend(following::trials());
    trials.extend(long::trials());
    trials.extend(tls::trials());
    trials.extend(command::trials());
    trials.extend(measure::trials());
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let Some(server) = SHARED.get() {
        server.stop();
    }
    conclusion.exit_code()
}
