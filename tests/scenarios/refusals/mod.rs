//! Every refusal, in order of precedence: the history that leads to it, the entry that is refused, by which rule, and what
//! must be another way for the entry to stand, or to be refused by the rule that comes next.

mod affiliation;
mod agreement;
mod claim;
mod closure;
mod container;
mod custody;
mod disclosure;
mod disposition;
mod entry;
mod identification;
mod identification_grounds;
mod list;
mod notice;
mod obligation;
mod passage;
mod person;
mod prisoner;
mod remains;

use std::fmt::Write as _;
use std::path::Path;

use handover::entry::Entry;
use handover::refusal::Refusal;

use super::house::House;

/// A refusal, and the smallest history and entry by which it is reached.
pub(super) struct Row {
    /// How it is called: its enum and its variant.
    no: &'static str,
    /// The number of the rule that it names.
    rule: Option<u8>,
    /// What happened before, in the house of the room.
    before: fn(&mut House),
    told: Told,
    /// What is another way the second time.
    but: Vec<But>,
    /// By what the mended entry is refused; it stands if missing.
    then: Option<&'static str>,
}

/// An entry as it is told.
#[derive(Clone)]
struct Told {
    id: &'static str,
    by: &'static str,
    what: String,
}

enum But {
    Id(&'static str),
    By(&'static str),
    Text(String, String),
    Before(fn(&mut House)),
}

/// A refusal by a rule of this number, of an entry told by someone.
fn row(no: &'static str, rule: Option<u8>, by: &'static str, what: impl Into<String>) -> Row {
    let told = Told { id: "tried", by, what: what.into() };
    Row { no, rule, before: |_| {}, told, but: Vec::new(), then: None }
}

impl Row {
    /// What happened before.
    fn after(mut self, before: fn(&mut House)) -> Self {
        self.before = before;
        self
    }

    fn under(mut self, id: &'static str) -> Self {
        self.told.id = id;
        self
    }

    /// It would be another way if the entry said this in the place of that.
    fn but(mut self, that: impl Into<String>, this: impl Into<String>) -> Self {
        self.but.push(But::Text(that.into(), this.into()));
        self
    }

    fn but_under(mut self, id: &'static str) -> Self {
        self.but.push(But::Id(id));
        self
    }

    fn but_by(mut self, by: &'static str) -> Self {
        self.but.push(But::By(by));
        self
    }

    /// … if this had happened before.
    fn but_after(mut self, before: fn(&mut House)) -> Self {
        self.but.push(But::Before(before));
        self
    }

    /// Even then it is refused, by this.
    fn then(mut self, no: &'static str) -> Self {
        self.then = Some(no);
        self
    }

    /// The concept of the entry, as the first part of the name of its refusals.
    fn concept(&self) -> String {
        let name: String = self
            .told
            .what
            .chars()
            .skip_while(|c| !c.is_alphabetic())
            .take_while(|c| c.is_alphabetic())
            .collect();
        name
    }

    /// Where a refusal of this entry stands: of an entry as such, of its own concept, of another one.
    fn rank(&self, no: &str) -> u8 {
        let of = no.split_once("Refusal").unwrap().0.to_lowercase();
        if of == "entry" {
            0
        } else if of == self.concept() {
            1
        } else {
            2
        }
    }
}

/// Each room: in what house its histories happen, and its rows.
type Room = (fn() -> House, fn() -> Vec<Row>);

/// The rooms in the order of [`Refusal`].
const ROOMS: &[Room] = &[
    (entry::house, entry::entries),
    (entry::house, entry::parties),
    (agreement::house, agreement::rows),
    (obligation::house, obligation::rows),
    (passage::house, passage::handovers),
    (passage::house, passage::batches),
    (container::house, container::rows),
    (container::house, custody::rows),
    (remains::house, remains::rows),
    (container::house, person::rows),
    (identification::house, identification::rows),
    (identification::house, identification_grounds::rows),
    (affiliation::house, affiliation::rows),
    (notice::house, notice::rows),
    (disposition::house, disposition::rows),
    (closure::house, closure::rows),
    (prisoner::house, list::rows),
    (prisoner::house, prisoner::rows),
    (disclosure::house, disclosure::rows),
    (claim::house, claim::rows),
];

/// How a refusal is called: its concept and its variant.
pub(crate) fn named(refusal: &Refusal) -> String {
    let told = format!("{refusal:?}");
    let (concept, variant) = told.split_once('(').unwrap();
    let variant: String = variant.chars().take_while(|c| c.is_alphanumeric()).collect();
    format!("{concept}Refusal::{variant}")
}

fn entry_of(told: &Told) -> Entry {
    let Told { id, by, what } = told;
    let line = format!(r#"{{"id":"{id}","by":"{by}","said":"2025-06-20","what":{what}}}"#);
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// The refusal of an entry, which has changed nothing.
fn refused(house: &mut House, told: &Told) -> Result<Refusal, String> {
    let before = format!("{:?}", house.ledger);
    let refusal =
        house.ledger.post(&entry_of(told)).err().ok_or_else(|| format!("it stands: {}", told.what))?;
    let changed = format!("{:?}", house.ledger) != before;
    if changed { Err(format!("a refused entry has changed the ledger: {}", told.what)) } else { Ok(refusal) }
}

/// The entry and its history, with what is another way.
fn mended(house: &mut House, row: &Row) -> Told {
    let mut told = row.told.clone();
    for but in &row.but {
        match but {
            But::Id(id) => told.id = id,
            But::By(by) => told.by = by,
            But::Text(that, this) => {
                assert_eq!(
                    told.what.matches(that.as_str()).count(),
                    1,
                    "{}: `{that}` in {}",
                    row.no,
                    told.what
                );
                told.what = told.what.replace(that.as_str(), this);
            }
            But::Before(before) => before(house),
        }
    }
    told
}

/// Whether what a refusal says of time, or that something is missing, is asked of each thing that an entry presupposes in
/// its turn: the order of declaration says nothing of it.
fn is_asked_in_turn(no: &str) -> bool {
    ["::TooEarly", "::BeforeWhatItRestsOn", "IdentificationRefusal::None"].iter().any(|end| no.ends_with(end))
}

/// Tries a row, and gives what the refusal says.
fn tried(house: fn() -> House, row: &Row) -> Result<String, String> {
    let mut house = house();
    (row.before)(&mut house);
    let refusal = refused(&mut house, &row.told)?;
    if (named(&refusal).as_str(), refusal.rule().invariant) != (row.no, row.rule) {
        return Err(format!("{}, {}: {refusal}", named(&refusal), refusal.rule()));
    }
    let mended = mended(&mut house, row);
    match row.then {
        Some(then) => {
            let next = refused(&mut house, &mended)?;
            if named(&next) != then {
                return Err(format!("then {}: {next}: {}", named(&next), mended.what));
            }
        }
        None => {
            let _ =
                house.ledger.post(&entry_of(&mended)).map_err(|no| format!("then {no}: {}", mended.what))?;
        }
    }
    house.check();
    Ok(refusal.to_string())
}

#[test]
fn each_is_refused_by_its_rule_and_changes_nothing() {
    let rows: Vec<(&Room, Row)> =
        ROOMS.iter().flat_map(|room| room.1().into_iter().map(move |row| (room, row))).collect();
    let place = |no: &str| rows.iter().position(|(_, row)| row.no == no);
    let (mut told, mut wrong) = (String::new(), Vec::new());
    for ((house, _), row) in &rows {
        // A history that cannot be told has its row named too.
        let tried = std::panic::catch_unwind(|| tried(*house, row));
        match tried.unwrap_or_else(|_| Err("it cannot be told, as above".to_owned())) {
            Ok(says) => writeln!(told, "{}: {says}", row.no).unwrap(),
            Err(why) => wrong.push(format!("{} is told: {why}", row.no)),
        }
        if row.but.is_empty() {
            wrong.push(format!("{}: it does not say what would be another way", row.no));
        }
        let Some(then) = row.then.filter(|then| !is_asked_in_turn(then)) else { continue };
        if (row.rank(row.no), place(row.no)) > (row.rank(then), place(then)) {
            wrong.push(format!("{} is asked before {then} and declared after it", row.no));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/refusals/told.txt");
    if std::env::var_os("HANDOVER_REWRITE").is_some() {
        std::fs::write(&path, &told).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    for (now, then) in told.lines().zip(kept.lines()) {
        assert_eq!(now, then, "what a refusal says is kept in {}", path.display());
    }
    assert_eq!(told, kept);
}
