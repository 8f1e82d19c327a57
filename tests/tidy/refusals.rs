//! Each way in which an entry of the domain can be refused is reached by a row of the table of refusals, in the order in
//! which it is declared, which is that of precedence: a rule that nothing provokes may be one that nothing can offend.

use crate::tree::Tree;
use crate::{Outcome, settled};

const DOMAIN: &str = "crates/handover/src/";

/// The table: every row is provoked where it stands, and the mended entry stands or is refused by a later one.
const TABLE: &str = "tests/scenarios/refusals/";

/// Refusals that no row reaches, each with the reason. One that is reached is reported.
const EXCEPTIONS: &[(&str, &str)] =
    &[("EntryRefusal::Full", "it is provoked by four thousand million rows only")];

/// The refusals that a text declares: `Enum::Variant`.
fn declared(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut of: Option<&str> = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("pub enum ").and_then(|rest| rest.strip_suffix(" {")) {
            of = name.ends_with("Refusal").then_some(name).filter(|name| *name != "Refusal");
        } else if line == "}" {
            of = None;
        }
        let variant = line.strip_prefix("    ").filter(|rest| rest.starts_with(char::is_uppercase));
        if let (Some(of), Some(variant)) = (of, variant) {
            let name: String = variant.chars().take_while(|c| c.is_alphanumeric()).collect();
            found.push(format!("{of}::{name}"));
        }
    }
    found
}

/// The refusals that the rows of a text name, in their order.
fn reached(text: &str) -> Vec<String> {
    let named = |rest: &str| Some(rest.trim_start().strip_prefix('"')?.split_once('"')?.0.to_owned());
    text.split(" row(").skip(1).filter_map(named).collect()
}

fn complaints(tree: &Tree, exceptions: &[(&str, &str)]) -> Vec<String> {
    let under = |folder: &'static str| tree.ending("rs").filter(move |(path, _)| path.starts_with(folder));
    let rows: Vec<String> = under(TABLE).flat_map(|(_, text)| reached(text)).collect();
    let declared: Vec<(&str, String)> = under(DOMAIN)
        .flat_map(|(path, text)| declared(text).into_iter().map(move |refusal| (path, refusal)))
        .collect();
    let mut found = Vec::new();
    for (path, refusal) in &declared {
        let excepted = exceptions.iter().any(|(except, _)| except == refusal);
        match (rows.contains(refusal), excepted) {
            (false, false) => found.push(format!("{path}: no row of {TABLE} reaches `{refusal}`")),
            (true, true) => found.push(format!("{path}: the exception of `{refusal}` is not needed")),
            _ => {}
        }
    }
    let of = |refusal: &str| refusal.split("::").next().unwrap_or_default().to_owned();
    let place = |row: &str| declared.iter().position(|(_, refusal)| refusal == row);
    for (at, row) in rows.iter().enumerate() {
        let before = rows.iter().take(at).rev().find(|before| of(before) == of(row));
        match (place(row), before) {
            (None, _) => found.push(format!("{TABLE}: there is no refusal `{row}`")),
            (Some(_), Some(before)) if place(before) > place(row) => {
                found.push(format!("{TABLE}: `{row}` is declared before `{before}`"));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_refusal_is_reached_by_a_row_of_the_table_in_its_order() -> Outcome {
    settled(&complaints(&Tree::repository()?, EXCEPTIONS))
}

#[test]
fn a_refusal_is_reached_by_a_row_and_not_by_its_name() {
    let domain = "pub enum BoxRefusal {\n    /// It is.\n    Closed(Id),\n    Open {\n        by: Id,\n    },\n    Lost,\n}\n";
    let tried = |text: &str, exceptions: &[(&str, &str)]| {
        let tree =
            Tree::of(&[("crates/handover/src/box.rs", domain), ("tests/scenarios/refusals/a.rs", text)]);
        complaints(&tree, exceptions).len()
    };
    let all = " row(\"BoxRefusal::Closed\", row(\n    \"BoxRefusal::Open\", row(\"BoxRefusal::Lost\"";
    assert_eq!(tried("", &[]), 3);
    assert_eq!(tried("BoxRefusal::Closed(_) .then(\"BoxRefusal::Lost\")", &[]), 3);
    assert_eq!(tried(all, &[]), 0);
    assert_eq!(tried(&format!("{all} row(\"BoxRefusal::Lost\""), &[]), 0);
    assert_eq!(tried(&format!("{all} row(\"BoxRefusal::Open\""), &[]), 1);
    assert_eq!(tried(&format!("{all} row(\"BoxRefusal::Torn\""), &[]), 1);
    assert_eq!(tried("", &[("BoxRefusal::Lost", "it is")]), 2);
    assert_eq!(tried(all, &[("BoxRefusal::Lost", "it is")]), 1);
}
