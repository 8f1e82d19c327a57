//! evento on SQLite, on the workload of `benches/durable.rs` and `benches/long.rs`.

use std::collections::BTreeSet;
use std::time::Instant;

use bincode::{Decode, Encode};
use evento::{AggregatorName, EventDetails};
use handover_comparison::{LONG, Outcome, SINGLE, durable, party, rate, within};
use serde::{Deserialize, Serialize};
use sqlx_migrator::{Migrate as _, Plan};

/// A party's introduction, as long as ours.
#[derive(AggregatorName, Encode, Decode)]
struct Introduced {
    id: String,
    by: String,
    said: String,
    name: String,
}

/// Who is introduced, once.
#[derive(Default, Serialize, Deserialize, Encode, Decode, Clone, Debug)]
struct Parties(BTreeSet<String>);

#[evento::aggregator]
impl Parties {
    async fn introduced(&mut self, event: EventDetails<Introduced>) -> anyhow::Result<()> {
        self.0.insert(event.data.id);
        Ok(())
    }
}

fn introduced(id: String) -> Introduced {
    let party = party(id);
    Introduced { id: party.id, by: party.by, said: party.said, name: party.name }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let directory = tempfile::tempdir_in(within())?;
    let pool = durable(&directory).await?;
    let mut connection = pool.acquire().await?;
    evento::sql_migrator::new::<sqlx::Sqlite>()?.run(&mut *connection, &Plan::apply_all()).await?;
    drop(connection);
    let executor: evento::Sqlite = pool.into();

    let begun = Instant::now();
    for at in 0..SINGLE {
        evento::create::<Parties>()
            .data(&introduced(format!("p-{at}")))?
            .metadata(&true)?
            .commit(&executor)
            .await?;
    }
    println!("evento, one caller, an aggregate for each entry: {:.0} entries a second", rate(SINGLE, begun));

    for (events, commands) in LONG {
        if let Err(why) = long(&executor, events, commands).await {
            println!("evento, one caller, one aggregate of {events}: {why}");
        }
    }
    Ok(())
}

/// Commands to an aggregate of so many events, which it was given a thousand at a time.
async fn long(executor: &evento::Sqlite, events: usize, commands: usize) -> Outcome<()> {
    let mut id = None;
    for first in (0..events).step_by(1_000) {
        let mut saving = match &id {
            None => evento::create::<Parties>(),
            Some(id) => evento::save::<Parties>(id),
        };
        for at in first..events.min(first + 1_000) {
            saving = saving.data(&introduced(format!("p-{at}")))?;
        }
        id = Some(saving.metadata(&true)?.commit(executor).await?);
    }
    let id = id.ok_or("nothing was recorded")?;
    let begun = Instant::now();
    for at in 0..commands {
        // The rule: nobody is introduced twice.
        let name = format!("more-{at}");
        let parties = evento::load::<Parties, _>(executor, &id).await?;
        if parties.item.0.contains(&name) {
            return Err("this party was introduced before".into());
        }
        evento::save_with(parties).data(&introduced(name))?.metadata(&true)?.commit(executor).await?;
    }
    println!("evento, one caller, one aggregate of {events}: {:.1} entries a second", rate(commands, begun));
    Ok(())
}
