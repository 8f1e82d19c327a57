//! A small world as entries of a ledger, under keys that read like what they name.

use std::fmt::Debug;
use std::str::FromStr;

use handover::agreement::{Agreement, AgreementEntry, Form};
use handover::batch::{self, BatchEntry, Passage};
use handover::claim::{
    Claim, ClaimEntry, Correction, CreditDenial, CreditDenied, Repetition, Scope, Statement, Subject,
    Withdrawal,
};
use handover::entry::{Entry, What};
use handover::ledger::{Ledger, Posted, keeper};
use handover::obligation::{
    Basis, Class, Matter, Obligation, ObligationEntry, Required, Standard, TermAssertion,
};
use handover::party::{Allegiance, Organ, Party, PartyEntry, Speaker};
use handover::quantity::{Count, Number, Quantity, Stated, Unit};
use handover::reciprocity::Accrual;
use handover::slot::{self, HandoverEntry, NoOtherBatch};
use handover::total::{Coverage, Total, TotalEntry};
use handover::when::When;

use super::{Act, Amount, Date, Kind, Owed, Respect, Side, Thing, Word, World};

const PARTIES: [&str; 3] = ["north", "south", "east"];

/// Whatever this text is the form of.
pub fn read<T: FromStr>(text: impl AsRef<str>) -> T
where
    T::Err: Debug,
{
    text.as_ref().parse().unwrap()
}

/// The party at a place.
pub fn party<T: FromStr<Err: Debug>>(at: usize) -> T {
    read(PARTIES[at])
}

/// The identifier of the thing of this kind at this place.
pub fn id<T: FromStr<Err: Debug>>(kind: &str, at: usize) -> T {
    read(format!("{kind}-{at}"))
}

/// The unit in which a ledger counts this.
pub fn unit(kind: Kind) -> Unit {
    match kind {
        Kind::Sets => Unit::SetOfRemains,
        Kind::Containers => Unit::Container,
    }
}

/// A date as a ledger has it.
pub fn when(date: Date) -> When {
    let day = |day: u8| format!("2025-06-{day:02}");
    read(match date {
        Date::Days(Some(first), Some(last)) if first == last => day(first),
        Date::Days(Some(first), Some(last)) => format!("{}/{}", day(first), day(last)),
        Date::Days(Some(first), None) => format!("{}/..", day(first)),
        Date::Days(None, Some(last)) => format!("../{}", day(last)),
        Date::Days(None, None) | Date::Unknown => "unknown".into(),
        Date::Undisclosed => "undisclosed".into(),
    })
}

/// An amount as a ledger has it.
pub fn quantity(amount: Amount) -> Quantity {
    let n = Number::from;
    let stated = match amount {
        Amount::Exact(a) => Stated::Exact(n(a)),
        Amount::Approx(a, width) => Stated::Approx(n(a), width.map(n)),
        Amount::AtLeast(a) => Stated::AtLeast(n(a)),
        Amount::MoreThan(a) => Stated::MoreThan(n(a)),
        Amount::AtMost(a) => Stated::AtMost(n(a)),
        Amount::LessThan(a) => Stated::LessThan(n(a)),
        Amount::Between(a, b) => Stated::Between(n(a), n(b)),
        Amount::SameAs(step, width) => Stated::SameAs(id("step", step), n(width)),
        Amount::None => Stated::None,
        Amount::Undisclosed => Stated::Undisclosed,
        Amount::Withheld => Stated::WithheldUntil(read("the exchange is complete")),
        Amount::Unknown => Stated::Unknown,
    };
    Quantity::new(stated).unwrap()
}

fn required(owed: Owed) -> Required {
    let n = Number::from;
    match owed {
        Owed::Exactly(a) => Required::Exactly(n(a)),
        Owed::AtLeast(a) => Required::AtLeast(n(a)),
        Owed::MoreThan(a) => Required::MoreThan(n(a)),
        Owed::UpTo(a) => Required::UpTo(n(a)),
        Owed::About(a, within) => Required::About { number: n(a), within: within.map(n) },
        Owed::Between(a, b) => Required::Between { from: n(a), to: n(b) },
        Owed::Nothing => Required::Nothing,
        Owed::AllFound => Required::AllFound,
        Owed::Unquantified => Required::Unquantified,
    }
}

/// A thing as what a claim is about.
pub fn subject(thing: Thing) -> Subject {
    match thing {
        Thing::Leg(at) => Subject::Leg(id("leg", at)),
        Thing::Batch(at) => Subject::Batch(id("batch", at)),
        Thing::Handover(at) => Subject::Handover(id("handover", at)),
        Thing::Slot(at) => Subject::Slot(id("handover", at)),
        Thing::Bringing(at, to) => Subject::Bringing { batch: id("batch", at), to: id("handover", to) },
        Thing::Obligation => Subject::Obligation(read("duty")),
        Thing::Total => Subject::Total(read("total")),
    }
}

fn statement(word: Word) -> Statement {
    let count = |amount, kind| Count { quantity: quantity(amount), unit: unit(kind), qualifier: None };
    match word {
        Word::Occurred => Statement::Occurred,
        Word::DidNotOccur => Statement::DidNotOccur,
        Word::Count(amount, kind) => Statement::Count(count(amount, kind)),
        Word::Credited(amount) => Statement::Credited(count(amount, Kind::Sets)),
        Word::CreditDenied(amount) => Statement::CreditDenied(CreditDenied {
            count: count(amount, Kind::Sets),
            reason: CreditDenial::Undetermined,
        }),
        Word::When(date) => Statement::When(when(date)),
        Word::Owed(owed) => Statement::Terms(TermAssertion { required: required(owed), version: None }),
    }
}

fn remains() -> Class {
    Class { matter: Matter::Remains, category: None }
}

/// What the keeper of the record sets up before anyone speaks.
pub fn setting(world: &World) -> Vec<Entry> {
    let mut what: Vec<What> = Vec::new();
    for name in &PARTIES[..world.parties] {
        what.push(What::Party(PartyEntry::Introduced(Party { id: read(name), name: read(name) })));
    }
    for (at, side) in world.organs.iter().enumerate() {
        let allegiance = match side {
            Side::Party(of) => Allegiance::Party(party(*of)),
            Side::Neutral => Allegiance::Neutral,
            Side::Press => Allegiance::Press,
            Side::Unknown => Allegiance::Unknown,
        };
        let name = read(format!("organ {at}"));
        what.push(What::Party(PartyEntry::Organ(Organ { id: id("organ", at), name, allegiance })));
        for speaker in [at * 2, at * 2 + 1] {
            let name = read(format!("speaker {speaker}"));
            let speaker = Speaker { id: id("speaker", speaker), name, organ: id("organ", at) };
            what.push(What::Party(PartyEntry::Speaker(speaker)));
        }
    }
    for order in &world.precedence {
        let scope = order.respect.map(|respect| match respect {
            Respect::Occurrence => Scope::Occurrence,
            Respect::Count => Scope::Count,
            Respect::When => Scope::When,
            Respect::Terms => Scope::Terms,
        });
        let organs = order.organs.iter().map(|organ| id("organ", *organ)).collect();
        let precedence = handover::party::Precedence { party: party(order.party), scope, organs };
        what.push(What::Party(PartyEntry::Precedence(precedence)));
    }
    let under = world.agreed.then(|| read("agreement"));
    if let Some(agreement) = under {
        what.push(What::Agreement(AgreementEntry::Introduced(Agreement {
            id: agreement,
            name: read("the agreement"),
            parties: (0..world.parties).map(party).collect(),
            form: Form::SignedText,
            on: read("2025-06-01"),
        })));
    }
    what.push(What::Obligation(ObligationEntry::Introduced(Obligation {
        id: read("duty"),
        debtor: party(0),
        creditor: party(1),
        of: remains(),
        unit: Unit::SetOfRemains,
        basis: under.map_or(Basis::UnilateralPledge, Basis::Agreement),
        standard: Standard::Result,
        credits_at: Accrual::Passage,
        note: None,
    })));
    for (at, frame) in world.handovers.iter().enumerate() {
        what.push(What::Handover(HandoverEntry::Introduced(slot::Handover {
            id: id("handover", at),
            under,
            on: when(*frame),
            instead_of: None,
            note: None,
        })));
    }
    legs_and_batches(world, &mut what);
    let (from, to) = (Some(party(0)), Some(party(1)));
    what.push(What::Total(TotalEntry::Introduced(Total {
        id: read("total"),
        of: Coverage { under, from, to, matter: Matter::Remains, during: None },
        unit: Unit::SetOfRemains,
        note: None,
    })));
    let said = read("2025-06-01");
    what.into_iter()
        .enumerate()
        .map(|(at, what)| Entry { id: id("setting", at), by: keeper(), said, source: None, what })
        .collect()
}

fn legs_and_batches(world: &World, what: &mut Vec<What>) {
    let duty = |towards: bool| towards.then(|| read("duty"));
    for (at, leg) in world.legs.iter().enumerate() {
        what.push(What::Handover(HandoverEntry::Leg(slot::Leg {
            id: id("leg", at),
            handover: id("handover", leg.handover),
            from: party(leg.from),
            to: party(leg.to),
            of: remains(),
            unit: unit(leg.unit),
            towards: duty(leg.towards),
        })));
    }
    for (at, batch) in world.batches.iter().enumerate() {
        what.push(What::Batch(BatchEntry::Introduced(batch::Batch {
            id: id("batch", at),
            from: party(batch.from),
            to: party(batch.to),
            of: remains(),
            unit: unit(batch.unit),
            towards: duty(batch.towards),
            note: None,
        })));
        if let Some(leg) = batch.leg {
            let passage = Passage { batch: id("batch", at), leg: id("leg", leg) };
            what.push(What::Batch(BatchEntry::Passed(passage)));
        }
    }
    for (at, leg) in world.legs.iter().enumerate() {
        if leg.whole {
            what.push(What::Handover(HandoverEntry::NoOtherBatch(NoOtherBatch { leg: id("leg", at) })));
        }
    }
}

/// The entry of one step.
pub fn step(world: &World, at: usize) -> Entry {
    let step = world.steps[at];
    let what = match step.act {
        Act::Says(thing, word) => ClaimEntry::Made(Claim::new(subject(thing), statement(word))),
        Act::Corrects(former, word) => {
            ClaimEntry::Corrected(Correction { claim: id("step", former), says: statement(word), note: None })
        }
        Act::Withdraws(former) => ClaimEntry::Withdrawn(Withdrawal { claim: id("step", former), note: None }),
        Act::Repeats(root) => {
            ClaimEntry::Repeated(Repetition { claim: id("step", root), quotation: None, note: None })
        }
    };
    Entry {
        id: id("step", at),
        by: id("speaker", step.speaker),
        said: when(step.said),
        source: None,
        what: What::Claim(what),
    }
}

/// The entries of a world: what is set up, and what is said.
pub fn entries(world: &World) -> Vec<Entry> {
    let mut entries = setting(world);
    entries.extend((0..world.steps.len()).map(|at| step(world, at)));
    entries
}

/// A ledger that admitted all of these.
pub fn ledger_of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Ledger {
    let mut ledger = Ledger::new();
    for entry in entries {
        assert_eq!(ledger.post(entry), Ok(Posted::Recorded), "{entry:?}");
    }
    ledger
}

/// A ledger of a world.
pub fn ledger(world: &World) -> Ledger {
    ledger_of(&entries(world))
}

/// A claim of its own, beside those of a world.
pub fn said(key: &str, speaker: usize, on: u8, about: Subject, says: Statement) -> Entry {
    Entry {
        id: read(key),
        by: id("speaker", speaker),
        said: when(Date::Days(Some(on), Some(on))),
        source: None,
        what: What::Claim(ClaimEntry::Made(Claim::new(about, says))),
    }
}
