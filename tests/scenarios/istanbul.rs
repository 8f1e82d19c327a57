//! Istanbul, June 2025 (`docs/semantics.md`, last paragraph).

use handover::claim::Subject;
use handover::obligation::Matter;
use handover::quantity::{Span, Unit};
use handover::reading::{
    AgreementState, AuditOutcome, Evenness, JointView, Label, OneOf, Outcome, TotalView, Verdict,
};
use handover::reciprocity::{ParityScope, Reciprocity};

use super::telling::{evaluate, ledger, leg, occurrence, reading, said};

const DOSSIER: &str = "istanbul-june-2025.jsonl";

#[test]
fn sums_to_ukraine() {
    let ledger = ledger(DOSSIER);
    for (by, total, silent) in [
        ("ua", Span::exactly(6_057), 0),
        ("ru", Span::at_least(4_860), 1),
        ("all", Span::at_least(4_857), 1),
        ("anyone", Span::new(6_057, 6_060).unwrap(), 0),
    ] {
        let view = evaluate(&reading(&ledger, by), "bodies-to-ua", "anyone");
        assert_eq!(said(&view.passed), (Some(total), silent), "{by}");
    }
}

#[test]
fn the_difference_of_three_is_on_the_sixteenth() {
    let ledger = ledger(DOSSIER);
    let reading = reading(&ledger, "anyone");
    let view = leg(&reading, "leg-06-16-ua");
    assert_eq!(view.occurrence.view, JointView::ConfirmedByAll(OneOf::just(true)));
    assert_eq!(view.count.view, JointView::Conflicting(Some(3)));
    let held = occurrence(&reading, Subject::Handover("h-06-16".parse().unwrap()));
    assert_eq!(held.view, JointView::ConfirmedByAll(OneOf::just(true)));
    let agreement = reading.agreement("istanbul".parse().unwrap()).unwrap();
    assert_eq!(agreement.open_discrepancies, ["leg-06-16-ua".parse().unwrap()]);
    for day in ["11", "13", "15"] {
        let view = leg(&reading, &format!("leg-06-{day}-ua"));
        assert!(matches!(view.count.view, JointView::ConfirmedByAll(_)), "{day}: {:?}", view.count.view);
    }
    let fourteenth = leg(&reading, "leg-06-14-ua");
    assert_eq!(fourteenth.count.view, JointView::OneSided("ua".parse().unwrap()));
}

#[test]
fn to_russia_by_russias_account() {
    let ledger = ledger(DOSSIER);
    let russia = evaluate(&reading(&ledger, "ru"), "bodies-to-ru", "anyone");
    assert_eq!(said(&russia.passed), (Some(Span::at_least(78)), 1));
    let untold: Vec<_> = russia.passed.untold().map(|part| part.leg).collect();
    assert_eq!(untold, ["leg-06-14-ru".parse().unwrap()]);
    let ukraine = evaluate(&reading(&ledger, "ua"), "bodies-to-ru", "anyone");
    assert_eq!(ukraine.passed.total, Some(Span::EVERYTHING));
}

fn total(by: &str, key: &str) -> TotalView {
    reading(&ledger(DOSSIER), by).total(key.parse().unwrap()).unwrap()
}

fn audits(view: &TotalView, speaker: &str) -> Vec<(Span, AuditOutcome)> {
    let speaker = speaker.parse().unwrap();
    let by = view.audits.iter().filter(|audit| audit.by.speaker == speaker);
    by.map(|audit| (audit.told.set, audit.outcome.clone())).collect()
}

#[test]
fn published_totals_are_audited() {
    let ukraine = total("ua", "to-ua-june");
    assert_eq!(audits(&ukraine, "hq"), [(Span::exactly(6_057), AuditOutcome::Agrees)]);
    assert_eq!(audits(&ukraine, "klymenko"), [(Span::exactly(6_060), AuditOutcome::Exceeds(3))]);
    let russia = total("ru", "to-ua-june");
    let missing =
        AuditOutcome::Missing { count: Span::exactly(1_200), legs: ["leg-06-14-ua".parse().unwrap()].into() };
    assert_eq!(audits(&russia, "medinsky"), [(Span::exactly(6_060), missing)]);
    let press = total("ua", "to-ua-by-06-15");
    assert_eq!(audits(&press, "rks-news"), [(Span::exactly(4_012), AuditOutcome::FallsShort(800))]);
    assert_eq!(audits(&press, "umerov"), [(Span::exactly(4_812), AuditOutcome::Agrees)]);
}

#[test]
fn a_published_seventy_nine_is_flagged_against_seventy_eight() {
    let russia = total("ru", "to-ru-june");
    let flagged = audits(&russia, "menafn");
    let [(published, AuditOutcome::Missing { count, legs })] = flagged.as_slice() else {
        panic!("{flagged:?}")
    };
    assert_eq!((*published, *count), (Span::exactly(79), Span::exactly(1)));
    assert_eq!(legs, &["leg-06-14-ru".parse().unwrap()]);
    let own = audits(&russia, "medinsky");
    assert!(
        matches!(own.as_slice(), [(_, AuditOutcome::Missing { count, .. })] if *count == Span::ZERO),
        "{own:?}"
    );
}

#[test]
fn ukraines_minister_is_a_conflict_within_his_own_side() {
    let view = total("anyone", "to-ua-june");
    let ua = "ua".parse().unwrap();
    let word = view.joint.words.iter().find(|word| word.party == ua).unwrap();
    assert_eq!(word.told.set, Span::exactly(6_057), "precedence is configuration and decides");
    assert_eq!(word.followed, ["ua-hq".parse().unwrap()]);
    assert!(word.internal_conflict);
    let others: Vec<_> = word.not_followed.iter().map(|other| (other.organ, other.told.set)).collect();
    assert_eq!(others, [("ua-interior".parse().unwrap(), Span::exactly(6_060))]);
    assert_eq!(view.joint.view, JointView::Conflicting(Some(3)));
}

#[test]
fn what_is_owed_depends_on_whose_terms_are_read() {
    let ledger = ledger(DOSSIER);
    let reading = reading(&ledger, "ua");
    let terms = reading.terms("bodies-to-ua".parse().unwrap()).unwrap();
    assert!(!terms.is_common(), "6,000 for 6,000 against a unilateral handing over");
    let [ru, ua] = ["ru", "ua"].map(|key| key.parse().unwrap());
    let said = |party| {
        let word = terms.reciprocity.words.iter().find(|word| word.party == party).unwrap();
        word.told.set.only().cloned()
    };
    assert_eq!(said(ru), Some(Reciprocity::Unilateral));
    assert!(matches!(said(ua), Some(Reciprocity::Parity { scope: ParityScope::Total, .. })));
    assert!(matches!(terms.reciprocity.view, JointView::Conflicting(_)));

    let by_own = evaluate(&reading, "bodies-to-ua", "ua");
    assert_eq!((by_own.verdict, by_own.surplus), (Verdict::Met, Some(Span::exactly(57))));
    assert!(by_own.is_exceeded());
    let back = evaluate(&reading, "bodies-to-ru", "ua");
    assert_eq!(
        back.verdict,
        Verdict::Undetermined,
        "6,000 owed, and Ukraine does not say how many it handed over"
    );
    let back = evaluate(&super::telling::reading(&ledger, "ru"), "bodies-to-ru", "ru");
    assert!(matches!(back.verdict, Verdict::OpenUnquantified | Verdict::NoTerms), "{:?}", back.verdict);
    let parity = reading.stated_parity("bodies-to-ua".parse().unwrap()).unwrap().unwrap();
    assert_eq!(parity.evenness, Evenness::Undetermined);
}

#[test]
fn the_seventh_by_each_account() {
    let ledger = ledger(DOSSIER);
    let slot = |by| reading(&ledger, by).slot("slot-06-07".parse().unwrap()).unwrap();
    let [ru, ua] = ["ru", "ua"].map(|key| key.parse().unwrap());
    let russia = slot("ru").outcomes;
    assert!(russia.contains(&Outcome::Missed(vec![ua])), "{russia:?}");
    assert!(russia.iter().any(|outcome| matches!(outcome, Outcome::Postponed(_))), "{russia:?}");
    let ukraine = slot("ua").outcomes;
    assert!(ukraine.contains(&Outcome::NeverAgreed), "{ukraine:?}");
    assert_eq!(slot("anyone").agreed.view, JointView::Denied(vec![ua]));
    let eleventh = leg(&reading(&ledger, "ua"), "leg-06-11-ua");
    assert_eq!(eleventh.passed.set, Span::exactly(1_212), "no handover on the 7th says nothing of the 11th");
    let _ = ru;
}

#[test]
fn prisoners_stay_undisclosed() {
    let ledger = ledger(DOSSIER);
    for by in ["ru", "ua", "all", "anyone"] {
        let flows = reading(&ledger, by).flows();
        for flow in flows.iter().filter(|flow| flow.matter == Matter::PrisonersOfWar) {
            assert_eq!(flow.passed.total, Some(Span::EVERYTHING), "{by}");
            assert!(matches!(flow.passed.label(), Label::Undisclosed | Label::Withheld), "{by}");
            assert_eq!(flow.unit, Unit::Prisoner);
        }
    }
}

#[test]
fn the_agreement_is_announced_by_both_and_completed_by_nobody() {
    let ledger = ledger(DOSSIER);
    let view = reading(&ledger, "anyone").agreement("istanbul".parse().unwrap()).unwrap();
    assert_eq!(view.state, AgreementState::Effective);
    assert_eq!(view.version, 1);
}
