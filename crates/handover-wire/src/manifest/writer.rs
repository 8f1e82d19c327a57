//! Writing the manifest of a batch, in its canonical form.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use handover::container::{Container, ContainerEntry};
use handover::entry::What;
use handover::id::{BatchId, ContainerId, OrganId};
use handover::ledger::Ledger;
use handover::reading::According;
use handover::text::Text;
use handover::when::Moment;

use super::Separator;
use super::cell::{cell, provenance_cell};
use super::header::NAMES;

/// What was written of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// How many containers.
    pub containers: u64,
    /// The organs that had them when they were registered, in the order of their identifiers. A manifest does not say which had which.
    pub held_by: Vec<OrganId>,
}

/// A container of the batch, and the numbers that others put on it.
#[derive(Debug)]
struct Listed {
    container: Container,
    aliases: Vec<(OrganId, Text)>,
}

/// Writes the containers of a batch in the order in which they were registered; nothing if the batch is not recorded.
///
/// The form is canonical: the columns `code`, `since`, `provenance`, `seal` and `note`, then for each organ that gave numbers, in the order of
/// their identifiers, as many columns as the container with the most of them needs; cells are quoted where they must be, and each line ends
/// with a line feed. What is read is the same entries again, if the same cover is put on it.
///
/// It holds who has a container when it is registered: what became of it since is not in a manifest.
///
/// ```
/// use handover::ledger::Ledger;
/// use handover_wire::manifest::{Separator, write_from};
///
/// let mut manifest = Vec::new();
/// let written = write_from(&Ledger::new(), "batch-1".parse()?, Separator::Comma, &mut manifest)?;
/// assert_eq!(written, None, "no such batch is recorded");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
/// The bytes cannot be written.
pub fn write_from<W: Write>(
    ledger: &Ledger,
    batch: BatchId,
    separator: Separator,
    output: W,
) -> io::Result<Option<Written>> {
    let Some(listed) = listed(ledger, batch) else { return Ok(None) };
    // How many columns each organ needs.
    let mut organs: BTreeMap<OrganId, usize> = BTreeMap::new();
    for row in &listed {
        for (organ, _) in &row.aliases {
            let needed = numbers(row, *organ).count();
            let columns = organs.entry(*organ).or_default();
            *columns = needed.max(*columns);
        }
    }
    let mut csv = csv::WriterBuilder::new().delimiter(separator.byte()).from_writer(output);
    let columns =
        organs.iter().flat_map(|(organ, columns)| (0..*columns).map(move |_| format!("alias:{organ}")));
    csv.write_record(NAMES.into_iter().map(str::to_owned).chain(columns)).map_err(io_error)?;
    for row in &listed {
        let Container { id, since, provenance, seal, note, .. } = &row.container;
        let text = |text: &Option<Text>| text.as_ref().map(|text| cell(text.as_str())).unwrap_or_default();
        let own = [id.to_string(), since.to_string(), provenance_cell(provenance), text(seal), text(note)];
        let aliases = organs.iter().flat_map(|(organ, columns)| {
            let cells = numbers(row, *organ).map(|number| cell(number.as_str()));
            cells.chain(std::iter::repeat(String::new())).take(*columns)
        });
        csv.write_record(own.into_iter().chain(aliases)).map_err(io_error)?;
    }
    csv.flush()?;
    let held_by: BTreeSet<OrganId> = listed.iter().map(|row| row.container.held_by).collect();
    Ok(Some(Written {
        containers: u64::try_from(listed.len()).unwrap_or(u64::MAX),
        held_by: held_by.into_iter().collect(),
    }))
}

fn numbers(row: &Listed, organ: OrganId) -> impl Iterator<Item = &Text> {
    row.aliases.iter().filter(move |(by, _)| *by == organ).map(|(_, number)| number)
}

/// The containers that are a part of a batch now, in the order of their registration, if the batch is recorded.
fn listed(ledger: &Ledger, batch: BatchId) -> Option<Vec<Listed>> {
    // Of what batch a container is a part is what is recorded, whoever's word is taken and whatever has happened since.
    let whenever = Moment::from_seconds(i64::MAX);
    let manifest = ledger.reading(According::Anyone, whenever).ok()?.manifest(batch).ok()?;
    let members: BTreeSet<ContainerId> = manifest.containers.iter().map(|line| line.container).collect();
    let mut listed: Vec<Listed> = Vec::with_capacity(members.len());
    let mut places: BTreeMap<ContainerId, usize> = BTreeMap::new();
    for entry in ledger.entries() {
        match entry.what {
            What::Container(ContainerEntry::Registered(container)) if members.contains(&container.id) => {
                places.insert(container.id, listed.len());
                listed.push(Listed { container, aliases: Vec::new() });
            }
            What::Container(ContainerEntry::Alias(alias)) => {
                let row = places.get(&alias.container).and_then(|place| listed.get_mut(*place));
                let number = (alias.given_by, alias.code);
                // Who says the same again has not put another number on it.
                if let Some(row) = row.filter(|row| !row.aliases.contains(&number)) {
                    row.aliases.push(number);
                }
            }
            _ => {}
        }
    }
    Some(listed)
}

fn io_error(why: csv::Error) -> io::Error {
    match why.into_kind() {
        csv::ErrorKind::Io(why) => why,
        other => io::Error::other(format!("{other:?}")),
    }
}
