//! The seed article alone (`docs/semantics.md`, The seed article, worked).

use handover::claim::{PostponementKind, Scope, Subject};
use handover::obligation::Matter;
use handover::quantity::{Span, Unit};
use handover::reading::{AuditOutcome, JointView, Label, OneOf, Outcome, Verdict};
use handover::when::When;

use super::telling::{count, evaluate, flow, ledger, leg, occurrence, reading, said};

const DOSSIER: &str = "seed-article.jsonl";

#[test]
fn the_eleventh_of_june_is_one_sided() {
    let ledger = ledger(DOSSIER);
    for (by, set, label) in [
        ("ru", Span::exactly(1_212), Label::Stated),
        ("ua", Span::EVERYTHING, Label::Silent),
        ("all", Span::EVERYTHING, Label::Silent),
        ("anyone", Span::exactly(1_212), Label::Stated),
    ] {
        let view = leg(&reading(&ledger, by), "leg-06-11-ua");
        assert_eq!((view.passed.set, view.passed.label), (set, label), "{by}");
        assert_eq!(view.count.view, JointView::OneSided("ru".parse().unwrap()));
        assert_eq!(view.occurrence.view, JointView::OneSided("ru".parse().unwrap()));
    }
}

#[test]
fn the_thirteenth_of_june_is_confirmed_by_all_and_whose_is_not() {
    let ledger = ledger(DOSSIER);
    for by in ["ru", "ua", "all", "anyone"] {
        let view = leg(&reading(&ledger, by), "leg-06-13-ua");
        assert_eq!(view.passed.set, Span::exactly(1_200), "{by}");
        assert_eq!(view.count.view, JointView::ConfirmedByAll(Span::exactly(1_200)));
        assert_eq!(view.occurrence.view, JointView::ConfirmedByAll(OneOf::just(true)));
        assert!(!matches!(view.whose.view, JointView::ConfirmedByAll(_) | JointView::ConfirmedBySome(_)));
    }
}

#[test]
fn sums_to_ukraine() {
    let ledger = ledger(DOSSIER);
    for (by, total, silent) in [
        ("ru", Span::exactly(2_412), 0),
        ("ua", Span::at_least(1_200), 1),
        ("all", Span::at_least(1_200), 1),
        ("anyone", Span::exactly(2_412), 0),
    ] {
        let flow = flow(&reading(&ledger, by), "ru", "ua", Matter::Remains);
        assert_eq!(said(&flow.passed), (Some(total), silent), "{by}");
    }
}

#[test]
fn sums_to_russia_are_neither_nought_nor_twenty_seven_for_ukraine() {
    let ledger = ledger(DOSSIER);
    for (by, total) in [
        ("ru", Span::exactly(27)),
        ("ua", Span::EVERYTHING),
        ("all", Span::EVERYTHING),
        ("anyone", Span::exactly(27)),
    ] {
        let flow = flow(&reading(&ledger, by), "ua", "ru", Matter::Remains);
        assert_eq!(flow.passed.total, Some(total), "{by}");
    }
    let reading = reading(&ledger, "ua");
    for key in ["leg-06-11-ru", "leg-06-13-ru"] {
        assert_eq!(leg(&reading, key).passed.label, Label::Silent);
    }
    let zero = leg(&super::telling::reading(&ledger, "ru"), "leg-06-13-ru");
    assert_eq!((zero.passed.set, zero.passed.label), (Span::ZERO, Label::Stated));
    assert_eq!(zero.count.view, JointView::OneSided("ru".parse().unwrap()));
}

#[test]
fn without_the_unnamed_reports_russia_received_at_least_twenty_seven() {
    let whole = ledger(DOSSIER);
    let mut without = handover::ledger::Ledger::new();
    for entry in whole.entries() {
        let by_reports = whole.organ_of(entry.by) == Some("ru-reports".parse().unwrap());
        if !by_reports {
            let _ = without.post(&entry).unwrap();
        }
    }
    assert!(without.len() < whole.len());
    let flow = flow(&reading(&without, "ru"), "ua", "ru", Matter::Remains);
    assert_eq!(flow.passed.total, Some(Span::at_least(27)));
}

#[test]
fn what_is_outstanding_of_more_than_six_thousand() {
    let ledger = ledger(DOSSIER);
    let between = Span::new(0, 4_801).unwrap();
    for (by, outstanding, verdict) in [
        ("ru", Span::exactly(3_589), Verdict::NotMet),
        ("ua", between, Verdict::Undetermined),
        ("all", between, Verdict::Undetermined),
        ("anyone", Span::exactly(3_589), Verdict::NotMet),
    ] {
        let view = evaluate(&reading(&ledger, by), "bodies-to-ua", "anyone");
        assert_eq!((view.outstanding, view.verdict), (Some(outstanding), verdict), "{by}");
        assert_eq!(view.surplus, None, "no ceiling is stated");
    }
    for by in ["ru", "ua", "all"] {
        let view = evaluate(&reading(&ledger, by), "bodies-to-ua", by);
        assert_eq!(
            (view.outstanding, view.verdict),
            (None, Verdict::NoTerms),
            "the terms are the narrator's"
        );
    }
}

#[test]
fn the_first_batch_is_brought_once_more_and_passes_once() {
    let ledger = ledger(DOSSIER);
    let russia = reading(&ledger, "ru");
    let slot = russia.slot("slot-06-07".parse().unwrap()).unwrap();
    assert_eq!(slot.brought.len(), 1);
    assert_eq!(slot.brought.first().unwrap().told.set, OneOf::just(true));
    let ua = "ua".parse().unwrap();
    assert!(slot.outcomes.contains(&Outcome::Missed(vec![ua])), "{:?}", slot.outcomes);
    assert!(
        slot.outcomes.contains(&Outcome::Postponed(PostponementKind::WithoutNoticeBy(ua))),
        "both parts of a sentence at odds with itself are kept: {:?}",
        slot.outcomes
    );
    let passed = leg(&russia, "leg-06-11-ua");
    assert_eq!(passed.batches, ["first-batch".parse().unwrap()]);
    let view = evaluate(&russia, "bodies-to-ua", "anyone");
    assert_eq!(view.tendered.total, Some(Span::exactly(2_412)), "one batch, two appearances");
    let held = russia.slot("h-06-11".parse().unwrap()).unwrap();
    assert_eq!(held.slip_days, Some((4, 4)));
    let ukraine = reading(&ledger, "ua").slot("slot-06-07".parse().unwrap()).unwrap();
    assert!(
        ukraine.outcomes.is_empty(),
        "Ukraine says nothing of the 7th in this article: {:?}",
        ukraine.outcomes
    );
}

#[test]
fn prisoners_are_undisclosed_and_twelve_hundred_a_side_is_expected() {
    let ledger = ledger(DOSSIER);
    for by in ["ru", "ua", "all", "anyone"] {
        let reading = reading(&ledger, by);
        for (from, to) in [("ru", "ua"), ("ua", "ru")] {
            let flow = flow(&reading, from, to, Matter::PrisonersOfWar);
            assert_eq!(flow.passed.total, Some(Span::EVERYTHING), "{by}");
            assert_eq!(flow.passed.label(), Label::Undisclosed, "{by}");
            assert_eq!(flow.passed.parts.len(), 3);
        }
    }
    let reading = reading(&ledger, "anyone");
    let expected = reading.expectations();
    assert_eq!(expected.len(), 2, "one for each side");
    for view in &expected {
        assert_eq!(view.by.speaker, "medinsky".parse().unwrap());
        assert_eq!(view.told.set, Span::new(1_150, 1_250).unwrap());
        assert_eq!(view.unit, Unit::Prisoner);
    }
    for to in ["prisoners-to-ua", "prisoners-to-ru"] {
        assert_eq!(evaluate(&reading, to, "anyone").outstanding, None, "an expectation is no obligation");
    }
    let exchanges = reading.total("exchanges".parse().unwrap()).unwrap();
    assert_eq!(exchanges.audits.first().unwrap().outcome, AuditOutcome::Agrees, "{exchanges:?}");
}

#[test]
fn the_headline_is_a_weaker_claim_of_its_own_and_its_versions_add_no_support() {
    let ledger = ledger(DOSSIER);
    let headline: Vec<_> = ledger.entries().filter(|entry| entry.by == "headline".parse().unwrap()).collect();
    let [headline] = headline.as_slice() else { panic!("one headline: {headline:?}") };
    let handover::entry::What::Claim(handover::claim::ClaimEntry::Made(claim)) = &headline.what else {
        panic!("a claim: {headline:?}")
    };
    assert_eq!(claim.says.scope(), Scope::Count);
    assert_eq!(claim.additional_to, Some("leg-06-11-ua".parse().unwrap()));
    let menafn = Some("menafn".parse().unwrap());
    let repetitions = reading(&ledger, "anyone").repetitions();
    assert_eq!(repetitions.len(), 3);
    assert!(repetitions.iter().any(|repeat| repeat.root == headline.id));
    for repeat in repetitions {
        let root = ledger.entry(repeat.root).unwrap();
        assert_eq!((ledger.organ_of(root.by), ledger.organ_of(repeat.speaker)), (menafn, menafn));
        let claims = ledger.entries().filter(|entry| entry.by == repeat.speaker);
        let made = claims.filter(|entry| {
            matches!(entry.what, handover::entry::What::Claim(handover::claim::ClaimEntry::Made(_)))
        });
        assert_eq!(made.count(), 0, "three versions by one publisher are one claim");
    }
}

#[test]
fn accusations_have_a_speaker_and_a_target_and_no_truth_value() {
    let ledger = ledger(DOSSIER);
    let allegations = reading(&ledger, "anyone").allegations();
    assert!(!allegations.is_empty());
    for view in &allegations {
        assert_eq!(view.by.party, Some("ru".parse().unwrap()));
        assert_eq!(view.of, "ua".parse().unwrap());
    }
    assert!(allegations.iter().any(|view| view.intended));
}

/// `must_not_happen` of the facts file, each.
mod must_not_happen {
    use super::*;

    /// Every number that any reading derives, for remains and for prisoners.
    fn derived() -> Vec<Span> {
        let ledger = ledger(DOSSIER);
        let mut spans = Vec::new();
        for by in ["ru", "ua", "all", "neutral", "anyone"] {
            let reading = reading(&ledger, by);
            spans.extend(reading.flows().iter().map(|flow| flow.passed.span()));
            spans.extend(reading.legs().map(|leg| leg.passed.set));
            for terms in ["ru", "ua", "all", "neutral", "anyone"] {
                for view in reading.obligations(super::super::telling::according_to(terms)).unwrap() {
                    spans.extend([view.tendered.span(), view.passed.span(), view.credited.span()]);
                    spans.extend(view.outstanding);
                    spans.extend(view.surplus);
                }
            }
        }
        spans
    }

    fn never(number: u64) {
        for span in derived() {
            assert!(span.lo() != number && span.hi() != Some(number), "{number} appears in {span}");
        }
    }

    #[test]
    fn the_first_batch_is_not_counted_again() {
        never(4_824);
        never(3_624);
        never(2_424);
    }

    #[test]
    fn what_was_agreed_is_not_added_to_what_passed() {
        for span in derived() {
            assert!(span.lo() < 7_200, "{span}");
        }
    }

    #[test]
    fn prisoners_and_remains_are_not_read_together() {
        never(2_400);
    }

    #[test]
    fn prisoners_are_not_nought_and_not_missing() {
        let ledger = ledger(DOSSIER);
        for by in ["ru", "ua", "all", "anyone"] {
            for flow in reading(&ledger, by).flows() {
                if flow.matter == Matter::PrisonersOfWar {
                    assert_eq!(flow.passed.total, Some(Span::EVERYTHING), "{by}");
                }
            }
        }
    }

    #[test]
    fn ukraine_asserts_neither_twenty_seven_nor_nought() {
        let ledger = ledger(DOSSIER);
        for key in ["leg-06-11-ru", "leg-06-13-ru"] {
            let view = leg(&reading(&ledger, "anyone"), key);
            let ua = "ua".parse().unwrap();
            let word = view.count.words.iter().find(|word| word.party == ua).unwrap();
            assert_eq!((word.told.set, word.told.label), (Span::EVERYTHING, Label::Silent));
        }
    }

    #[test]
    fn the_directions_never_cancel() {
        never(2_385);
    }
}

#[test]
fn who_is_believed_is_said_with_every_figure() {
    let ledger = ledger(DOSSIER);
    let view = reading(&ledger, "ru")
        .explained()
        .evaluate("bodies-to-ua".parse().unwrap(), handover::reading::According::Anyone);
    let view = view.unwrap();
    assert!(view.passed.rests_on.entries().len() >= 2);
    for entry in view.passed.rests_on.entries() {
        let organ = ledger.organ_of(ledger.entry(entry).unwrap().by).unwrap();
        let ru = handover::party::Allegiance::Party("ru".parse().unwrap());
        assert_eq!(ledger.allegiance(organ), Some(ru), "Russia's figures rest on Russia's words: `{entry}`");
    }
}

#[test]
fn on_the_twelfth_only_the_eleventh_had_happened() {
    let ledger = ledger(DOSSIER);
    let day: When = "2025-06-12+03:00".parse().unwrap();
    let reading = ledger.reading(super::telling::according_to("ru"), day.last_moment().unwrap()).unwrap();
    let flow = flow(&reading, "ru", "ua", Matter::Remains);
    assert_eq!(flow.passed.total, Some(Span::exactly(1_212)));
    let public = self::reading(&ledger, "anyone").said_by(day.last_moment().unwrap());
    let leg = Subject::Leg("leg-06-13-ua".parse().unwrap());
    assert_eq!(
        count(&public, leg, Unit::SetOfRemains).view,
        JointView::Unasserted,
        "nobody had said it by then"
    );
    assert_eq!(occurrence(&public, leg).view, JointView::Unasserted);
}
