//! Lists of prisoners in a journal that was tampered with.

use super::{Broken, Story};
use crate::entry::{Entry, What};
use crate::house::{House, the};
use crate::id::{LegId, NominationId};
use crate::ledger::Ledger;
use crate::obligation::{Basis, Class, Matter, Obligation, ObligationEntry, Standard};
use crate::prisoner::{
    CategoryDefinition, CategoryKind, Evaluation, Fitness, HandingOver, HoldGround, List, ListEntry,
    ListStep, ListVersion, Manner, Membership, Nomination, NominationStep, PersonalWish, PrisonerEntry,
    ReferenceDate, Step, Voluntary, Will,
};
use crate::quantity::Unit;
use crate::reciprocity::Accrual;
use crate::slot::{HandoverEntry, Leg};

/// Each breaks what it says.
pub(super) const STORIES: &[Story] = &[
    against_the_will,
    another_day,
    dropped_as_unfit,
    held_by_discipline,
    twice_on_a_list,
    frozen_by_one,
    steps_that_are_lost,
    netted,
    classes_mixed,
];

const PRISONERS: Class = Class { matter: Matter::PrisonersOfWar, category: None };

fn at(id: &str, step: Step) -> PrisonerEntry {
    let on = the("2025-07-20");
    PrisonerEntry::Step(NominationStep { nomination: the(id), on, step, record: None, note: None })
}

fn on_list(version: u16) -> ListStep {
    ListStep { list: the("list"), version, on: the("2025-07-10"), note: None }
}

fn submitted(version: u16, entries: &[&str]) -> PrisonerEntry {
    PrisonerEntry::List(ListEntry::Submitted(ListVersion {
        list: the("list"),
        version,
        entries: entries.iter().map(|id| the(id)).collect(),
        on: the("2025-07-05"),
        reply_by: None,
        note: None,
    }))
}

fn nominated(id: &str, person: &str) -> PrisonerEntry {
    let (list, on) = (the("list"), the("2025-07-03"));
    PrisonerEntry::Nominated(Nomination {
        id: the(id),
        list,
        person: the(person),
        on,
        captured: None,
        note: None,
    })
}

fn handed_over(id: &str, leg: Option<LegId>, manner: Manner) -> PrisonerEntry {
    at(id, Step::HandedOver(HandingOver { leg, manner }))
}

fn category(id: &str, kind: CategoryKind, reference: Option<ReferenceDate>) -> PrisonerEntry {
    PrisonerEntry::Category(CategoryDefinition { id: the(id), kind, reference, under: None, note: None })
}

/// North holds prisoners of South; `a` and `b` are on a list that is not submitted yet.
fn drafted() -> House {
    let mut house = House::new(Unit::IdentifiedPerson, Accrual::Credit);
    let leg = Leg {
        id: the("leg-list"),
        handover: the("h"),
        from: the("north"),
        to: the("south"),
        of: PRISONERS,
        unit: Unit::Prisoner,
        towards: None,
    };
    house.tell("keeper", What::Handover(HandoverEntry::Leg(leg)));
    house.tell(
        "keeper",
        category("civil", CategoryKind::Civilians, Some(ReferenceDate::On(the("2025-01-01")))),
    );
    house.tell("keeper", category("wounded", CategoryKind::SeriouslyWounded, Some(ReferenceDate::Freeze)));
    let list = List {
        id: the("list"),
        holder: the("north"),
        home: the("south"),
        on: the("2025-07-02"),
        under: None,
        leg: Some(the("leg-list")),
        unilateral: false,
        after_hostilities: false,
        neutral_custody: None,
        note: None,
    };
    house.tell("north", PrisonerEntry::List(ListEntry::Drafted(list)));
    for id in ["a", "b"] {
        house.person(id);
        house.tell("north", nominated(id, id));
    }
    house
}

/// The list is frozen with both of them.
fn frozen() -> House {
    let mut house = drafted();
    house.tell("north", submitted(1, &["a", "b"]));
    house.tell("south", PrisonerEntry::List(ListEntry::Accepted(on_list(1))));
    house.tell("south", PrisonerEntry::List(ListEntry::Frozen(on_list(1))));
    house
}

fn by(by: &str, what: PrisonerEntry) -> Entry {
    Entry { id: the("tampered"), by: the(by), said: the("2025-12-31"), source: None, what: what.into() }
}

fn against_the_will(broken: &mut Broken) {
    broken.replayed(&frozen().ledger, 43, &by("north", handed_over("a", None, Manner::Repatriated)));
}

fn another_day(broken: &mut Broken) {
    let late = Evaluation {
        category: the("civil"),
        at: the("2025-07-20"),
        found: Membership::Yes,
        until: None,
        medical: None,
    };
    broken.replayed(&frozen().ledger, 44, &by("north", at("a", Step::Evaluated(late))));
    broken.replayed(&frozen().ledger, 44, &by("keeper", category("old", CategoryKind::Women, None)));
}

fn dropped_as_unfit(broken: &mut Broken) {
    let mut house = frozen();
    house.tell("north", at("a", Step::Fitness(Fitness::Unfit)));
    broken.replayed(&house.ledger, 45, &by("south", submitted(2, &["b"])));
}

fn held_by_discipline(broken: &mut Broken) {
    let hold = at("a", Step::JudicialHold(HoldGround::Disciplinary));
    broken.replayed(&frozen().ledger, 46, &by("north", hold));
}

fn twice_on_a_list(broken: &mut Broken) {
    broken.replayed(&frozen().ledger, 47, &by("south", nominated("a-2", "a")));
}

fn frozen_by_one(broken: &mut Broken) {
    let mut house = drafted();
    broken.replayed(&house.ledger, 48, &by("north", handed_over("a", None, Manner::Exchanged)));
    house.tell("north", submitted(1, &["a", "b"]));
    let frozen = PrisonerEntry::List(ListEntry::Frozen(on_list(1)));
    broken.replayed(&house.ledger, 48, &by("south", frozen));
}

fn cleared() -> House {
    let mut house = frozen();
    house.tell("north", at("a", Step::Fitness(Fitness::Fit)));
    let (wish, voluntary) = (PersonalWish::Goes, Voluntary::VerifiedBy(the("observer")));
    house.tell("observer", at("a", Step::Will(Will { wish, voluntary })));
    house
}

fn steps_that_are_lost(broken: &mut Broken) {
    let mut house = cleared();
    house.tell("north", handed_over("a", None, Manner::Repatriated));
    let lost = |ledger: &mut Ledger| {
        let id: NominationId = the("a");
        let at = ledger.state.nominations.at(id).unwrap();
        ledger.state.nominations.change(at, |row| row.last_step = None);
    };
    broken.changed(&house.ledger, 49, lost);
    broken.changed(&house.ledger, 50, lost);
}

fn netted(broken: &mut Broken) {
    let mut house = cleared();
    let leg = Leg {
        id: the("leg-owed"),
        handover: the("h"),
        from: the("north"),
        to: the("south"),
        of: PRISONERS,
        unit: Unit::Prisoner,
        towards: Some(the("prisoners")),
    };
    let owed = Obligation {
        id: the("prisoners"),
        debtor: the("north"),
        creditor: the("south"),
        of: PRISONERS,
        unit: Unit::Prisoner,
        basis: Basis::Agreement(the("deal")),
        standard: Standard::Result,
        credits_at: Accrual::Passage,
        note: None,
    };
    house.tell("keeper", What::Obligation(ObligationEntry::Introduced(owed)));
    house.tell("keeper", What::Handover(HandoverEntry::Leg(leg)));
    let leg = Some(the("leg-owed"));
    broken.replayed(&house.ledger, 51, &by("north", handed_over("a", leg, Manner::Unilateral)));
}

fn classes_mixed(broken: &mut Broken) {
    let mixed = Leg {
        id: the("mixed"),
        handover: the("h"),
        from: the("north"),
        to: the("south"),
        of: PRISONERS,
        unit: Unit::Prisoner,
        towards: Some(the("owed")),
    };
    let entry = What::Handover(HandoverEntry::Leg(mixed));
    let entry =
        Entry { id: the("tampered"), by: the("keeper"), said: the("2025-12-31"), source: None, what: entry };
    broken.replayed(&frozen().ledger, 8, &entry);
}
