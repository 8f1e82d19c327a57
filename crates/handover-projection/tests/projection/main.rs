//! The tables of a projection against the views that they are made of, and the file against what may befall it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a story that cannot be told has failed, and its numbers are small"
)]

mod documented;
mod files;
mod recount;
mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use handover::ledger::Ledger;
use handover::when::Moment;
use handover_projection::{Overwrite, Projection, Step};
use rusqlite::Connection;
use rusqlite::types::Value;

/// A row by the names of its columns.
pub(crate) type Named = BTreeMap<String, Value>;

pub(crate) const MADE_AT: Moment = Moment::from_seconds(1_750_000_000);

pub(crate) fn onwards(_: Step) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub(crate) fn write(projection: &Projection<'_>, file: &Path) {
    projection.write(file, Overwrite::Projection, &mut onwards).unwrap();
}

/// A real dossier.
pub(crate) fn dossier(name: &str) -> Ledger {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers").join(name);
    let mut ledger = Ledger::new();
    handover_wire::read_into(&mut ledger, fs::read(path).unwrap().as_slice()).unwrap();
    ledger
}

pub(crate) fn tables(connection: &Connection) -> Vec<String> {
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Every row of a table, in the order of writing.
pub(crate) fn rows(connection: &Connection, table: &str) -> Vec<Named> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY rowid")).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let row = |row: &rusqlite::Row<'_>| {
        names.iter().map(|name| Ok((name.clone(), row.get(name.as_str())?))).collect()
    };
    statement.query_map([], row).unwrap().map(Result::unwrap).collect()
}
