//! What is done by hand: containers and transfers, units of remains and their descent, identification, a prisoners' list and
//! who is on it, what is owed in return, and who may be shown what.
//!
//! A [`Deed`] is an intent as small numbers. [`Hands`] resolves it against what there is by then, says whether the ledger must
//! admit it or by which rule it must refuse it, and holds what follows from the deeds that were admitted: lists and loops after
//! the rule book and `docs/semantics.md`, which ask nothing of the domain.

mod batch;
mod captive;
mod custody;
mod deed;
mod list;
mod mutual;
mod remains;
mod shown;
mod standing;
mod step;
mod whose;

use handover::entry::Entry;
use serde_json::{Value, json};

pub use batch::{Assigned, BATCHES, OF_REMAINS, Of};
pub use captive::{Account, Nominee, Same, statuses};
pub use custody::{Bag, End, Transfer, Where, day_of};
pub use deed::Deed;
pub use list::{Version, Versions};
pub use mutual::{Done, Mutual, OBLIGATIONS, Otherwise};
pub use remains::{Act, Unit};
pub use shown::{Decided, Shown};
pub use step::Step;
pub use whose::{Case, Course, Decision};

/// The organs that do something: two of opposite sides, a neutral one, another of the second side, and its board.
pub const ORGANS: [&str; 5] = ["k-north", "k-south", "k-courier", "k-bureau", "k-board"];
/// How many of them can have remains in custody.
pub const CUSTODIANS: usize = 4;
/// The persons of whom something is recorded.
pub const PERSONS: [&str; 3] = ["k-person-a", "k-person-b", "k-person-c"];
/// The persons who are held, and who may be on the list.
pub const CAPTIVES: [&str; 5] = ["k-captive-a", "k-captive-b", "k-captive-c", "k-captive-d", "k-captive-e"];
/// The days on which something can be given or received.
pub const DAYS: u8 = 8;

/// Whether two organs are of one party.
pub(crate) fn one_party(one: usize, other: usize) -> bool {
    let party = |organ: usize| [Some(0), Some(1), None, Some(1), Some(1)][organ];
    one == other || party(one).is_some() && party(one) == party(other)
}

/// What the ledger must answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is recorded.
    Admitted,
    /// It is recorded already.
    AlreadyRecorded,
    /// It is refused by this rule of the rule book; by one without a number where there is none.
    Refused(Option<u8>),
}

/// What has been done, and what follows from it.
#[derive(Clone, Debug, Default)]
pub struct Hands {
    /// How many entries were made, the refused ones among them.
    pub entries: usize,
    /// The containers.
    pub bags: Vec<Bag>,
    /// Their transfers.
    pub transfers: Vec<Transfer>,
    /// The ends that were told, in the order of recording.
    pub ends: Vec<End>,
    /// What was told of batches and their containers, in the order of recording.
    pub assignments: Vec<Assigned>,
    /// The units of remains.
    pub units: Vec<Unit>,
    /// The divisions and unions.
    pub acts: Vec<Act>,
    /// The comparisons.
    pub cases: Vec<Case>,
    /// The decisions.
    pub decisions: Vec<Decision>,
    /// The persons who are nominated, or offered beside the list.
    pub nominated: Vec<Nominee>,
    /// Which references are said to be one person.
    pub sames: Vec<Same>,
    /// What is said to have become of persons, in the order of time.
    pub accounts: Vec<Account>,
    /// What was done with obligations, and said of what they are owed in return for.
    pub done: Vec<Done>,
    /// What was decided on disclosure.
    pub decided: Vec<Decided>,
    /// The versions of the list.
    pub list: Versions,
}

/// A deed as an entry, and what the ledger must answer.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The entry.
    pub entry: Entry,
    /// What must become of it.
    pub answer: Answer,
}

/// What is changed by a deed that is admitted.
pub(crate) type Change = Box<dyn FnOnce(&mut Hands)>;
/// Who records it, what it is, what must become of it and what it changes.
pub(crate) type Meant = (usize, Value, Answer, Change);

/// The first refusal that applies.
pub(crate) fn answer(refusals: &[(bool, Option<u8>)]) -> Answer {
    refusals.iter().find(|(offends, _)| *offends).map_or(Answer::Admitted, |(_, rule)| Answer::Refused(*rule))
}

pub(crate) fn entry(id: &str, by: &str, what: &Value) -> Entry {
    let entry = json!({ "id": id, "by": by, "said": "2025-07-01", "what": what });
    serde_json::from_value(entry).unwrap()
}

impl Hands {
    /// What the keeper of the record sets up first, where the parties `north` and `south` are recorded.
    pub fn setting() -> Vec<Entry> {
        let sides = [json!({"party": "north"}), json!({"party": "south"}), json!("neutral")];
        let mut whats = Vec::new();
        for (at, organ) in ORGANS.iter().enumerate() {
            let side = &sides[at.min(if at > 2 { 1 } else { 2 })];
            whats.push((
                "keeper",
                json!({"party": {"organ": {"id": organ, "name": organ, "allegiance": side}}}),
            ));
            whats.push((
                "keeper",
                json!({"party": {"speaker": {"id": organ, "name": organ, "organ": organ}}}),
            ));
        }
        for (at, batch) in BATCHES.iter().enumerate() {
            let (matter, unit) =
                if at < OF_REMAINS { ("remains", "container") } else { ("prisoners-of-war", "prisoner") };
            whats.push((
                "keeper",
                json!({"batch": {"introduced": {
                    "id": batch, "from": "north", "to": "south", "of": {"matter": matter}, "unit": unit
                }}}),
            ));
        }
        for person in PERSONS.into_iter().chain(CAPTIVES) {
            whats.push(("keeper", json!({"person": {"introduced": {"id": person}}})));
        }
        whats.push((
            "k-board",
            json!({"identification": {"policy": {
                "id": "k-rules", "from": "2025-01-01", "competent": ["k-board"], "threshold": "0.9995",
                "prior": "1 in 70000", "screening": "1000000", "primary": 1, "combinations": [],
                "references": ["own-sample"], "reviewers": 1
            }}}),
        ));
        whats.extend(Self::exchange().into_iter().map(|what| ("keeper", what)));
        whats.push((
            "k-north",
            json!({"prisoner": {"list": {"drafted": {
                "id": "k-list", "holder": "north", "home": "south", "on": "2025-06-02", "under": "k-deal",
                "leg": "k-leg"
            }}}}),
        ));
        let numbered = whats.iter().enumerate();
        numbered.map(|(at, (by, what))| entry(&format!("k-setting-{at}"), by, what)).collect()
    }

    /// The agreement on an exchange: what is owed by it, the leg in which persons of the list pass, and its categories.
    fn exchange() -> Vec<Value> {
        let mut whats = vec![json!({"agreement": {"introduced": {
            "id": "k-deal", "name": "the exchange", "parties": ["north", "south"], "form": "signed-text",
            "on": "2025-06-01"
        }}})];
        whats.extend(Self::obligations());
        let on = "2025-06-02";
        whats.push(
            json!({"handover": {"introduced": {"id": "k-swap", "under": "k-deal", "on": "2025-06-03"}}}),
        );
        whats.push(json!({"handover": {"leg": {
            "id": "k-leg", "handover": "k-swap", "from": "north", "to": "south",
            "of": {"matter": "prisoners-of-war"}, "unit": "prisoner", "towards": "k-return"
        }}}));
        whats.push(json!({"handover": {"leg": {
            "id": "k-goodwill", "handover": "k-swap", "from": "north", "to": "south",
            "of": {"matter": "prisoners-of-war"}, "unit": "prisoner"
        }}}));
        for (id, kind) in [("k-wounded", json!("seriously-wounded")), ("k-young", json!({"under": 25}))] {
            whats.push(json!({"prisoner": {"category": {"id": id, "kind": kind, "reference": {"on": on}}}}));
        }
        whats
    }

    /// A deed as an entry, and what the ledger must answer. Nothing if there is nothing yet that it could be done with.
    pub fn resolve(&self, deed: Deed) -> Option<Resolved> {
        let (by, what, answer, _) = self.meant(deed)?;
        let entry = entry(&format!("k-{}", self.entries), ORGANS[by], &what);
        Some(Resolved { entry, answer })
    }

    /// Does a deed: what is refused changes nothing, though its identifier is not used again.
    pub fn take(&mut self, deed: Deed) {
        let Some((_, _, answer, change)) = self.meant(deed) else { return };
        if answer == Answer::Admitted {
            change(self);
        }
        self.entries += 1;
    }

    fn meant(&self, deed: Deed) -> Option<Meant> {
        match deed {
            Deed::Register { by } => Some(self.register(by)),
            Deed::Transfer { bag, from, to } => self.transfer(bag, from, to),
            Deed::Tell { transfer, receipt, teller, day } => self.tell(transfer, receipt, teller, day),
            Deed::Correct { end, teller, day } => self.correct(end, teller, day),
            Deed::Assign { bag, batch, since, by } => self.assign(bag, batch, since, by),
            Deed::Complete { batch, by } => Some(self.complete(batch, by)),
            Deed::Unassign { which, by } => self.unassign(which, by),
            Deed::Open { bag, found } => self.open(bag, found, true),
            Deed::Further { bag, found } => self.open(bag, found, false),
            Deed::Divide { unit, into } => self.divide(unit, into),
            Deed::Unite { one, other } => self.unite(one, other),
            Deed::Undo { act, by } => self.undo(act, by),
            Deed::Compare { unit, person } => self.compare(unit, person),
            Deed::Advance { case, step, by } => self.advance(case, step, by),
            Deed::Reconsider { decision, step, by } => self.reconsider(decision, step, by),
            Deed::Nominate { person, by, beside } => self.nominate(person, by, beside),
            Deed::Happen { nomination, step, by } => self.happen(nomination, step, by),
            Deed::Same { one, other, by } => Some(self.say_same(one, other, by)),
            Deed::Other { same, by } => self.say_other(same, by),
            Deed::Account { person, status, by } => Some(self.account(person, status, by)),
            Deed::Act { act, of, to, more } => self.act(act, of, to, more),
            Deed::Term { term, of, to, more } => Some(self.term(term, of, to, more)),
            Deed::Share { of, with, more } => Some(self.share(of, with, more)),
            Deed::Withhold { of, from, more } => Some(self.withhold(of, from, more)),
            Deed::End { which, more } => self.end(which, more),
            Deed::Consent { person, to, more } => Some(self.consent(person, to, more)),
            Deed::File { act, person, more } => Some(self.file(act, person, more)),
            Deed::Submit { by, without, skips } => Some(self.submit(by, without, skips)),
            Deed::List { step, version, by } => self.step_of_list(step, version, by),
        }
    }
}

/// The thing at a place, taken modulo how many there are; nothing if there are none.
pub(crate) fn pick(at: u8, len: usize) -> Option<usize> {
    (len > 0).then(|| usize::from(at) % len)
}
