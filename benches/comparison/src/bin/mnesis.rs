//! mnesis on fjall, the store that it comes with, on the workload of `benches/durable.rs` and `benches/long.rs`.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Instant;

use handover_comparison::{Introduced, LONG, Outcome, SINGLE, Twice, party, rate, within};
use mnesis::{Aggregate, AggregateState, DomainEvent, Events, Handle, Message, events};
use mnesis_fjall::FjallStore;
use mnesis_store::{CommandRepository, JsonCodec, Repository, Store};

/// The event of the others, under a name of its own.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Told(Introduced);

impl Message for Told {}

impl DomainEvent for Told {
    fn name(&self) -> &'static str {
        "Introduced"
    }
}

/// Who is introduced, once.
#[derive(Debug, Default)]
struct Parties(BTreeSet<String>);

impl AggregateState for Parties {
    type Event = Told;

    fn initial() -> Self {
        Self::default()
    }

    fn apply(mut self, event: &Told) -> Self {
        self.0.insert(event.0.id.clone());
        self
    }
}

#[derive(Clone, Debug, Hash, PartialEq, Eq)]
struct Name(String);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<[u8]> for Name {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

struct Ledger;

impl Aggregate for Ledger {
    type State = Parties;
    type Error = Twice;
    type Id = Name;
}

#[derive(Debug)]
struct Introduce(Introduced);

impl Message for Introduce {}

impl Handle<Introduce> for Ledger {
    fn handle(state: &Parties, command: Introduce) -> Result<Option<Events<Told, 0>>, Twice> {
        if state.0.contains(&command.0.id) {
            return Err(Twice);
        }
        Ok(Some(events![Told(command.0)]))
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let directory = tempfile::tempdir_in(within())?;
    let store = Store::new(FjallStore::builder(directory.path().join("events")).open()?);
    let ledgers = store.repository::<Ledger>().codec(JsonCodec::default()).build();

    let begun = Instant::now();
    for at in 0..SINGLE {
        let mut ledger = ledgers.load(Name(format!("alone-{at}"))).await?;
        let _ = ledgers.execute(&mut ledger, Introduce(party(format!("p-{at}")))).await?;
    }
    println!("mnesis, one caller, an aggregate for each entry: {:.0} entries a second", rate(SINGLE, begun));

    for (events, commands) in LONG {
        let id = Name(format!("long-{events}"));
        let mut ledger = ledgers.load(id.clone()).await?;
        for at in 0..events {
            let _ = ledgers.execute(&mut ledger, Introduce(party(format!("p-{at}")))).await?;
        }
        let begun = Instant::now();
        for at in 0..commands {
            let mut ledger = ledgers.load(id.clone()).await?;
            let _ = ledgers.execute(&mut ledger, Introduce(party(format!("more-{at}")))).await?;
        }
        println!(
            "mnesis, one caller, one aggregate of {events}: {:.1} entries a second",
            rate(commands, begun)
        );
    }
    Ok(())
}
