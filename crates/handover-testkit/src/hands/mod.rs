//! What is done by hand: containers and transfers, units of remains and their descent, identification, a prisoners' list.
//!
//! A [`Deed`] is an intent as small numbers. [`Hands`] resolves it against what there is by then, says whether the ledger must
//! admit it or by which rule it must refuse it, and holds what follows from the deeds that were admitted: lists and loops after
//! the rule book and `docs/semantics.md`, which ask nothing of the domain.

mod custody;
mod list;
mod remains;
mod whose;

use handover::entry::Entry;
use serde_json::{Value, json};

pub use custody::{Bag, End, Transfer, Where, day_of};
pub use list::{Version, Versions};
pub use remains::{Act, Unit};
pub use whose::{Case, Course, Decision};

/// The organs that do something: two of opposite sides, a neutral one, another of the second side, and its board.
pub const ORGANS: [&str; 5] = ["k-north", "k-south", "k-courier", "k-bureau", "k-board"];
/// How many of them can have remains in custody.
pub const CUSTODIANS: usize = 4;
/// The persons of whom something is recorded.
pub const PERSONS: [&str; 3] = ["k-person-a", "k-person-b", "k-person-c"];
/// The days on which something can be given or received.
pub const DAYS: u8 = 8;

/// Whether two organs are of one party.
pub(crate) fn one_party(one: usize, other: usize) -> bool {
    let party = |organ: usize| [Some(0), Some(1), None, Some(1), Some(1)][organ];
    one == other || party(one).is_some() && party(one) == party(other)
}

/// An intent: what someone means to record. Numbers name places among what there is, each taken modulo how much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A container is registered with an organ.
    Register {
        /// The custodian.
        by: u8,
    },
    /// A transfer of a container is introduced.
    Transfer {
        /// The container.
        bag: u8,
        /// Who gives.
        from: u8,
        /// Who receives.
        to: u8,
    },
    /// An end of a transfer is told.
    Tell {
        /// The transfer.
        transfer: u8,
        /// Whether it is the receiving end.
        receipt: bool,
        /// Who tells it: the custodian at that end, or another organ.
        teller: u8,
        /// The day.
        day: u8,
    },
    /// An end that was told is corrected.
    Correct {
        /// The end.
        end: u8,
        /// Who corrects it: whoever told it, or another organ.
        teller: u8,
        /// The day.
        day: u8,
    },
    /// A container is opened.
    Open {
        /// The container.
        bag: u8,
        /// How many units are found.
        found: u8,
    },
    /// More is found in a container that was opened.
    Further {
        /// The container.
        bag: u8,
        /// How many units are found.
        found: u8,
    },
    /// A unit is divided.
    Divide {
        /// The unit.
        unit: u8,
        /// Into how many.
        into: u8,
    },
    /// Two units are united.
    Unite {
        /// The one.
        one: u8,
        /// The other.
        other: u8,
    },
    /// A division or union is reversed.
    Undo {
        /// The division or union.
        act: u8,
        /// By whom: whoever recorded it, or another organ.
        by: u8,
    },
    /// A laboratory reports a comparison of a unit with a person.
    Compare {
        /// The unit.
        unit: u8,
        /// The person.
        person: u8,
    },
    /// A step towards a decision on a comparison.
    Advance {
        /// The comparison.
        case: u8,
        /// The step: a candidate, a match report, a review, a decision; or the one that is next.
        step: u8,
        /// By whom: the board, or another organ.
        by: u8,
    },
    /// Something is done with a decision.
    Reconsider {
        /// The decision.
        decision: u8,
        /// What: it is re-examined, upheld or revoked; or what is next.
        step: u8,
        /// By whom: the board, or another organ.
        by: u8,
    },
    /// A person is nominated for the list.
    Nominate {
        /// The person.
        person: u8,
        /// By whom.
        by: u8,
    },
    /// A version of the list is submitted.
    Submit {
        /// By whom.
        by: u8,
        /// Whom it leaves out, one bit each.
        without: u8,
        /// By how much its number is beyond the next one.
        skips: u8,
    },
    /// Something is done with a version.
    List {
        /// What: it is verified, answered, accepted, frozen, carried out or reconciled.
        step: u8,
        /// The version, the latest the first.
        version: u8,
        /// By whom.
        by: u8,
    },
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
    /// The units of remains.
    pub units: Vec<Unit>,
    /// The divisions and unions.
    pub acts: Vec<Act>,
    /// The comparisons.
    pub cases: Vec<Case>,
    /// The decisions.
    pub decisions: Vec<Decision>,
    /// The persons who are nominated, by their places.
    pub nominated: Vec<usize>,
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
        for person in PERSONS {
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
        whats.push((
            "k-north",
            json!({"prisoner": {"list": {"drafted": {
                "id": "k-list", "holder": "north", "home": "south", "on": "2025-06-02"
            }}}}),
        ));
        let numbered = whats.iter().enumerate();
        numbered.map(|(at, (by, what))| entry(&format!("k-setting-{at}"), by, what)).collect()
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
            Deed::Open { bag, found } => self.open(bag, found, true),
            Deed::Further { bag, found } => self.open(bag, found, false),
            Deed::Divide { unit, into } => self.divide(unit, into),
            Deed::Unite { one, other } => self.unite(one, other),
            Deed::Undo { act, by } => self.undo(act, by),
            Deed::Compare { unit, person } => self.compare(unit, person),
            Deed::Advance { case, step, by } => self.advance(case, step, by),
            Deed::Reconsider { decision, step, by } => self.reconsider(decision, step, by),
            Deed::Nominate { person, by } => Some(self.nominate(person, by)),
            Deed::Submit { by, without, skips } => Some(self.submit(by, without, skips)),
            Deed::List { step, version, by } => self.step_of_list(step, version, by),
        }
    }
}

/// The thing at a place, taken modulo how many there are; nothing if there are none.
pub(crate) fn pick(at: u8, len: usize) -> Option<usize> {
    (len > 0).then(|| usize::from(at) % len)
}
