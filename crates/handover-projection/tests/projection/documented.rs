//! Every table and every column is told in `docs/projection.md`, and nothing else is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use handover::ledger::Ledger;
use handover_projection::Projection;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{MADE_AT, tables, write};

/// Columns with their types, in the order of the document, by table; those of every reading under no name.
fn told(page: &str) -> BTreeMap<String, Vec<(String, String)>> {
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut table = String::new();
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            let name = title.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
            name.unwrap_or_default().clone_into(&mut table);
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let [_, column, kind, ..] = cells.as_slice()
            && let Some(column) = column.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'))
        {
            found.entry(table.clone()).or_default().push((column.to_owned(), (*kind).to_owned()));
        }
    }
    found
}

#[test]
fn every_column_is_documented_and_none_else() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/projection.md");
    let mut told = told(&fs::read_to_string(page).unwrap());
    let common = told.remove("").unwrap();
    assert_eq!(common.len(), 5);
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tables.sqlite");
    write(&Projection::of(&Ledger::new(), 0, MADE_AT).with_unit_codes(), &file);
    let connection = Connection::open(&file).unwrap();
    for table in tables(&connection) {
        let mut statement = connection.prepare("SELECT name, type FROM pragma_table_info(?1)").unwrap();
        let columns = statement.query_map([&table], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let columns: Vec<(String, String)> = columns.map(Result::unwrap).collect();
        let mut expected = told.remove(&table).unwrap_or_default();
        if !["projection", "readings", "parties"].contains(&table.as_str()) {
            expected.splice(0..0, common.clone());
        }
        assert_eq!(columns, expected, "{table}");
    }
    assert!(told.is_empty(), "documented and not there: {told:?}");
}
