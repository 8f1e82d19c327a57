//! Claims, terms, legs and agreements that were changed behind the ledger's back.

use super::{Broken, Story};
use crate::agreement::{AgreementEntry, Amendment, ResidualClause};
use crate::claim::{
    AmendmentAsserted, ClaimEntry, CostDispute, Fault, PropositionKey, Repetition, Scope, Statement, Subject,
    Suspension, Termination,
};
use crate::entry::What;
use crate::invariant::tests::{claim, count, entry, ledger, leg, obligation};
use crate::ledger::Ledger;
use crate::obligation::{Basis, Matter, Required, TermAssertion};
use crate::quantity::{Span, Unit};
use crate::reading::Label;
use crate::reciprocity::{Accrual, Ratio, Rounding};
use crate::table::Idx;
use crate::total::{Coverage, Total, TotalEntry};
use crate::when::Moment;

/// Each breaks what it says.
pub(super) const STORIES: &[Story] = &[
    a_duty_of_the_law_that_became_a_promise,
    words_put_into_the_mouth_of_another,
    legs_and_terms_of_another_obligation,
    an_agreement_of_another_version,
    an_amendment_below_the_baseline,
    a_dispute_of_costs_that_ends_an_agreement,
    a_passage_that_is_gone,
    one_row_too_many,
    claims_that_say_something_else,
    a_published_total_among_the_legs,
    an_allegation_that_is_not_listed,
    a_repetition_taken_for_a_claim,
];

fn with(id: &str, by: &str, about: Subject, says: Statement, ledger: &mut Ledger) {
    let _ = ledger.post(&claim(id, by, about, says)).unwrap();
}

fn about(obligation: &str) -> Subject {
    Subject::Obligation(obligation.parse().unwrap())
}

fn terms(required: Required) -> Statement {
    Statement::Terms(TermAssertion { required, version: None })
}

/// The place of the claim that an entry made.
fn place(ledger: &Ledger, id: &str) -> Idx<crate::claim::ClaimRow> {
    let state = &ledger.state;
    state.claim_index.get(state.entries.at(id.parse().unwrap()).unwrap()).unwrap()
}

fn a_duty_of_the_law_that_became_a_promise(broken: &mut Broken) {
    let mut sound = ledger();
    let duty = "D1".parse().unwrap();
    let _ = sound.post(&obligation("search", Basis::Baseline(duty))).unwrap();
    let ground = "they do not search either".parse().unwrap();
    let suspended = Statement::Suspended(Suspension { ground, duties: [].into(), from: None });
    with("s", "ru-speaker", about("search"), suspended, &mut sound);
    for invariant in [1, 2] {
        broken.changed(&sound, invariant, |ledger| {
            let at = ledger.state.obligations.at("search".parse().unwrap()).unwrap();
            ledger.state.obligations.change(at, |row| row.basis = Basis::UnilateralPledge);
        });
    }
}

fn words_put_into_the_mouth_of_another(broken: &mut Broken) {
    let deal = || Subject::Agreement("deal".parse().unwrap());
    let mut sound = ledger();
    for id in ["first", "again"] {
        with(
            &["t-", id].concat(),
            "ru-speaker",
            about("owed"),
            terms(Required::Exactly(6_000.into())),
            &mut sound,
        );
        with(&["c-", id].concat(), "ru-speaker", deal(), Statement::Completed, &mut sound);
    }
    for (invariant, id) in [(3, "t-again"), (5, "c-again")] {
        broken.changed(&sound, invariant, |ledger| {
            let other = ledger.state.organs.at("ua-organ".parse().unwrap()).unwrap();
            let at = place(ledger, id);
            ledger.state.claims.change(at, |row| row.organ = other);
        });
    }
}

fn an_amendment_below_the_baseline(broken: &mut Broken) {
    let deal = || Subject::Agreement("deal".parse().unwrap());
    let amended = |duties: &[&str]| {
        let duties = duties.iter().map(|duty| duty.parse().unwrap()).collect();
        Statement::Amended(AmendmentAsserted { to: "nothing is forwarded any more".parse().unwrap(), duties })
    };
    let mut sound = ledger();
    with("a-below", "ru-speaker", deal(), amended(&["D5", "D10"]), &mut sound);
    with("a-other", "ua-speaker", deal(), amended(&[]), &mut sound);
    // Its flag is gone; and a flag stands on the words of another.
    for (whose, instead) in [("a-below", "a-other"), ("a-other", "a-below")] {
        broken.changed(&sound, 2, |ledger| {
            let entry = ledger.state.claims.get(place(ledger, instead)).entry;
            let at = place(ledger, whose);
            ledger.state.claims.change(at, |row| row.entry = entry);
        });
    }
    let in_force = AgreementEntry::Amended(Amendment {
        agreement: "deal".parse().unwrap(),
        version: 2,
        consented: ["ru", "ua"].map(|party| party.parse().unwrap()).into(),
        duties: ["D5".parse().unwrap()].into(),
        note: None,
    });
    broken.replayed(&sound, 2, &entry("a-force", "keeper", What::Agreement(in_force)));
}

fn legs_and_terms_of_another_obligation(broken: &mut Broken) {
    let mut sound = ledger();
    let ratio = Ratio {
        of: "owed".parse().unwrap(),
        category: None,
        whose: None,
        owed: 1.into(),
        per: 1.into(),
        accrues_at: Accrual::Passage,
        rounding: Rounding::Down,
        discharged_earn: false,
    };
    let _ = sound.post(&obligation("in-return", Basis::Agreement("deal".parse().unwrap()))).unwrap();
    with("t-ratio", "ru-speaker", about("in-return"), terms(Required::Ratio(ratio)), &mut sound);
    broken.changed(&sound, 16, |ledger| {
        let at = ledger.state.obligations.at("owed".parse().unwrap()).unwrap();
        ledger.state.obligations.change(at, |row| row.last_leg = None);
    });
    let mut sound = ledger();
    with("t-owed", "ru-speaker", about("owed"), terms(Required::Exactly(6_000.into())), &mut sound);
    with("t-pledge", "ru-speaker", about("pledge"), terms(Required::AllFound), &mut sound);
    broken.changed(&sound, 11, |ledger| {
        let [owed, pledge] =
            ["owed", "pledge"].map(|id| ledger.state.obligations.at(id.parse().unwrap()).unwrap());
        let leg = ledger.state.obligations.get(owed).last_leg;
        ledger.state.obligations.change(pledge, |row| row.last_leg = leg);
    });
    broken.changed(&sound, 18, |ledger| {
        let (number, none) = (place(ledger, "t-owed"), place(ledger, "t-pledge"));
        let entry = ledger.state.claims.get(number).entry;
        ledger.state.claims.change(none, |row| row.entry = entry);
    });
}

fn an_agreement_of_another_version(broken: &mut Broken) {
    broken.changed(&ledger(), 4, |ledger| {
        let (at, _) = ledger.state.agreements.places().next().unwrap();
        ledger.state.agreements.change(at, |row| row.version = 2);
    });
}

fn a_dispute_of_costs_that_ends_an_agreement(broken: &mut Broken) {
    let deal = || Subject::Agreement("deal".parse().unwrap());
    let mut sound = ledger();
    for by in ["ru", "ua"] {
        with(&["said-", by].concat(), &[by, "-speaker"].concat(), deal(), Statement::Occurred, &mut sound);
    }
    let ground = "no lists".parse().unwrap();
    with("ends", "ua-speaker", deal(), Statement::Terminated(Termination { ground, from: None }), &mut sound);
    let says = "nobody pays for the road".parse().unwrap();
    with("costs", "ru-speaker", deal(), Statement::Costs(CostDispute { borne_by: None, says }), &mut sound);
    broken.changed(&sound, 9, |ledger| {
        let (costs, ends) = (place(ledger, "costs"), place(ledger, "ends"));
        let ended = ledger.state.claims.get(ends);
        let (entry, about) = (ended.entry, ended.about);
        ledger.state.claims.change(costs, |row| row.entry = entry);
        ledger.state.post(costs, PropositionKey { about, scope: Scope::Termination, unit: None });
    });
}

fn a_passage_that_is_gone(broken: &mut Broken) {
    broken.changed(&ledger(), 6, |ledger| {
        let (at, _) = ledger.state.batches.places().next().unwrap();
        ledger.state.batches.change(at, |row| row.passage = None);
    });
    let mut sound = ledger();
    let [agreement, obligation] = ["deal", "owed"];
    let clause = ResidualClause {
        agreement: agreement.parse().unwrap(),
        obligation: obligation.parse().unwrap(),
        note: None,
    };
    let _ =
        sound.post(&entry("survives", "keeper", What::Agreement(AgreementEntry::Residual(clause)))).unwrap();
    broken.changed(&sound, 6, |ledger| {
        let (at, _) = ledger.state.agreements.places().next().unwrap();
        ledger.state.agreements.change(at, |row| row.last_act = None);
    });
}

fn one_row_too_many(broken: &mut Broken) {
    broken.changed(&ledger(), 12, |ledger| {
        let row = ledger.state.parties.rows().next().unwrap().clone();
        ledger.state.parties.add(row);
    });
}

fn claims_that_say_something_else(broken: &mut Broken) {
    let first = |ledger: &Ledger| ledger.state.claims.places().next().unwrap().0;
    let posted = |ledger: &mut Ledger, scope: Scope, unit: Option<Unit>| {
        let at = first(ledger);
        let about = ledger.state.claims.get(at).about;
        ledger.state.post(at, PropositionKey { about, scope, unit });
    };
    let sound = ledger();
    broken.changed(&sound, 10, |ledger| posted(ledger, Scope::Count, Some(Unit::Container)));
    broken.changed(&sound, 24, |ledger| posted(ledger, Scope::Whose, None));
    broken.changed(&sound, 19, |ledger| {
        let at = first(ledger);
        ledger.state.claims.change(at, |row| row.said_by = Moment::from_seconds(0));
    });
    for invariant in [23, 56] {
        broken.changed(&sound, invariant, |ledger| {
            let at = first(ledger);
            ledger.state.claims.change(at, |row| row.span = Span::exactly(1));
        });
    }
    broken.changed(&sound, 52, |ledger| {
        let at = first(ledger);
        ledger.state.claims.change(at, |row| row.ended_by = Some(Moment::from_seconds(0)));
    });
    let undisclosed: crate::quantity::Quantity = "undisclosed".parse().unwrap();
    let mut sound = ledger();
    let says = crate::quantity::Count { quantity: undisclosed, unit: Unit::SetOfRemains, qualifier: None };
    let batch = Subject::Batch("batch".parse().unwrap());
    with("c-batch", "ua-speaker", batch, Statement::Count(says), &mut sound);
    broken.changed(&sound, 54, |ledger| {
        let at = place(ledger, "c-batch");
        ledger.state.claims.change(at, |row| (row.label, row.span) = (Label::Stated, Span::ZERO));
    });
}

fn a_published_total_among_the_legs(broken: &mut Broken) {
    let mut sound = ledger();
    let of = Coverage { under: None, from: None, to: None, matter: Matter::Remains, during: None };
    let total = Total { id: "june".parse().unwrap(), of, unit: Unit::SetOfRemains, note: None };
    let _ = sound.post(&entry("total", "keeper", What::Total(TotalEntry::Introduced(total)))).unwrap();
    with("c-total", "ua-speaker", Subject::Total("june".parse().unwrap()), count(6_000), &mut sound);
    broken.changed(&sound, 17, |ledger| {
        let (total, leg) = (place(ledger, "c-total"), place(ledger, "c-ua"));
        let about = ledger.state.claims.get(leg).about;
        ledger
            .state
            .post(total, PropositionKey { about, scope: Scope::Count, unit: Some(Unit::SetOfRemains) });
    });
}

fn an_allegation_that_is_not_listed(broken: &mut Broken) {
    let mut sound = ledger();
    let fault = Fault { of: "ru".parse().unwrap(), act: "did not appear".parse().unwrap(), intended: true };
    with("c-fault", "ua-speaker", leg(), Statement::Fault(fault), &mut sound);
    broken.changed(&sound, 57, |ledger| {
        let at = place(ledger, "c-fault");
        ledger.state.claims.change(at, |row| row.scope = Scope::Occurrence);
    });
}

fn a_repetition_taken_for_a_claim(broken: &mut Broken) {
    let mut sound = ledger();
    let repetition = Repetition { claim: "c-ru".parse().unwrap(), quotation: None, note: None };
    let repeated = entry("x", "ua-speaker", What::Claim(ClaimEntry::Repeated(repetition)));
    let _ = sound.post(&repeated).unwrap();
    broken.changed(&sound, 53, |ledger| {
        let at = ledger.state.entries.at(repeated.id).unwrap();
        let (row, _) = ledger.state.claims.places().next().unwrap();
        ledger.state.claim_index.add(at, row);
    });
}
