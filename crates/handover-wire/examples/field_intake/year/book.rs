//! What is told, in whatever order the stories are told, and the record of it in the order of the days.

use std::collections::BTreeMap;
use std::error::Error;

use handover::entry::Entry;
use handover::ledger::Ledger;
use serde_json::{Value, json};

pub(crate) type Told<T = ()> = Result<T, Box<dyn Error>>;

/// Who keeps the record and asserts nothing.
pub(crate) const KEEPER: &str = "keeper";

/// The day so many days after 1 June 2025, within a year.
pub(crate) fn day(after: u32) -> String {
    let months = [30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31];
    let mut left = after;
    for (month, days) in (5_u32..).zip(months) {
        if left < days {
            let (year, month) = (2025_u32.saturating_add(month / 12), (month % 12).saturating_add(1));
            return format!("{year}-{month:02}-{:02}", left.saturating_add(1));
        }
        left = left.saturating_sub(days);
    }
    format!("{after} days after 1 June 2025") // which is no date, and is refused as one
}

/// Splitmix64: small, and the same everywhere.
struct Draw(u64);

impl Draw {
    /// A number below a hundred.
    fn percent(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % 100
    }
}

pub(crate) struct Book {
    told: Vec<(String, Value)>,
    draw: Draw,
    /// The first unit of each container that holds human remains.
    pub(crate) human: BTreeMap<u32, String>,
}

impl Book {
    pub(crate) fn new(seed: u64) -> Self {
        Self { told: Vec::new(), draw: Draw(seed), human: BTreeMap::new() }
    }

    /// Whether what befalls so many in a hundred befalls this one.
    pub(crate) fn befalls(&mut self, percent: u64) -> bool {
        self.draw.percent() < percent
    }

    /// Takes down what is said on the day so many days after the first, and gives the entry's identifier. The path leads to
    /// the entry's kind: `["remains", "forensic", "examined"]`.
    pub(crate) fn tell(&mut self, by: &str, at: u32, path: &[&str], fields: Value) -> String {
        let id = format!("e-{}", self.told.len().saturating_add(1));
        let what = path.iter().rev().fold(fields, |what, name| json!({ *name: what }));
        let said = day(at);
        let line = json!({"id": id, "by": by, "said": said, "what": what});
        self.told.push((said, line));
        id
    }

    /// The same of what happened on the day on which it is said.
    pub(crate) fn happened(&mut self, by: &str, at: u32, path: &[&str], mut fields: Value) -> String {
        if let Some(fields) = fields.as_object_mut() {
            fields.insert("on".to_owned(), json!(day(at)));
        }
        self.tell(by, at, path, fields)
    }

    /// The record in the order of the days; entries are numbered in that order.
    pub(crate) fn ledger(mut self) -> Told<Ledger> {
        self.told.sort_by(|(one, _), (other, _)| one.cmp(other));
        let given = self.told.iter().filter_map(|(_, line)| line.get("id")?.as_str());
        let numbers: BTreeMap<String, String> =
            (1_u32..).zip(given).map(|(number, id)| (id.to_owned(), format!("e-{number}"))).collect();
        let mut ledger = Ledger::new();
        for (_, mut line) in self.told {
            renumber(&mut line, &numbers);
            let entry: Entry =
                serde_json::from_value(line.clone()).map_err(|error| format!("{error}: {line}"))?;
            let _posted = ledger.post(&entry).map_err(|refusal| format!("{refusal}: {line}"))?;
        }
        Ok(ledger)
    }
}

/// Nothing else in the record has an identifier of this form.
fn renumber(value: &mut Value, numbers: &BTreeMap<String, String>) {
    match value {
        Value::String(id) => {
            if let Some(number) = numbers.get(id.as_str()) {
                number.clone_into(id);
            }
        }
        Value::Array(parts) => parts.iter_mut().for_each(|part| renumber(part, numbers)),
        Value::Object(fields) => fields.values_mut().for_each(|part| renumber(part, numbers)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
