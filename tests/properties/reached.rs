//! What generated histories really come to, by name: a kind of entry that no history has is tried by no property.

use std::collections::BTreeSet;

use handover_testkit::hands::{Hands, Mutual, Shown, Step, statuses};
use handover_testkit::scenario::{Scenario, Theme};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// What a history says of prisoners, reciprocity and disclosure, by name.
fn kinds(hands: &Hands) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    let mut if_so = |is: bool, name: &str| kinds.extend(is.then(|| name.to_owned()));
    let (list, nominated) = (&hands.list, &hands.nominated);
    let accepted = list.versions.iter().filter(|version| version.accepted == [true, true]).count();
    if_so(list.versions.len() > 2, "several versions");
    if_so(accepted > 1, "several versions that both accepted");
    if_so(list.frozen > Some(1), "frozen after a version before it");
    for (at, one) in nominated.iter().enumerate() {
        let refused =
            |holder: bool| one.told.iter().any(|(step, by)| *step == Step::Refused && (*by == 0) == holder);
        if_so(refused(true), "refused by the holder");
        if_so(refused(false), "refused by the receiver");
        if_so(one.last(Step::is_will) == Some(Step::Declines), "refused by the person");
        if_so(one.has(Step::Goes) && one.has(Step::TakesBack), "a will taken back");
        if_so(one.has(Step::HeldBack) && one.has(Step::Consents), "held back, and the holder consents");
        if_so(one.is_deferred() && one.is_open(), "deferred");
        if_so(
            one.substitute && one.told.iter().any(|(step, _)| step.hands_over()),
            "a substitute handed over",
        );
        if_so(hands.is_frozen(at) && one.has(Step::Died), "died on the frozen list");
        if_so(one.has(Step::Died) && one.has(Step::Certified), "a death certified");
        if_so(one.has(Step::Wounded) && one.has(Step::HandedOver), "wounded, and handed over by their will");
        if_so(hands.may_go(at), "may go");
        if_so(
            hands.others_of(at).any(|other| nominated[other].is_open()),
            "on the list under two references",
        );
        for (step, _) in &one.told {
            if_so(true, &format!("{step:?}"));
        }
    }
    let [by_holder, by_home] = hands.handed_over();
    if_so(by_holder > 0 && by_home > 0, "handed over by the word of both");
    if_so(hands.sames.iter().any(|same| same.reversed), "two references that are two again");
    for (at, told) in hands.accounts.iter().enumerate() {
        let dead = hands.accounts[..at]
            .iter()
            .any(|other| other.status == 4 && (other.person, other.by) == (told.person, told.by));
        if_so(dead && told.status == 6, "declared dead in law, and found alive");
        if_so(true, statuses()[told.status].0);
    }
    for done in &hands.done {
        if_so(done.reversed, "an act reversed");
        if_so(
            true,
            &match done.what {
                Mutual::SetOff { .. } => "set off".to_owned(),
                Mutual::Deferred(_) => "put off".to_owned(),
                Mutual::Waived(_, None) => "given up altogether".to_owned(),
                Mutual::Waived(..) => "given up in part".to_owned(),
                Mutual::Discharged(..) => "discharged otherwise".to_owned(),
                Mutual::Closed(_) => "closed with a balance".to_owned(),
                Mutual::Reopened(_) => "taken up again".to_owned(),
                Mutual::Unable(_) => "inability".to_owned(),
                Mutual::Ratio(accrues) => format!("a ratio by class that accrues at {accrues}"),
                Mutual::Paced => "bound to a pace".to_owned(),
                Mutual::Advanced => "how far the other course has come".to_owned(),
            },
        );
    }
    for decided in &hands.decided {
        let (what, ended) = (decided.what, decided.ended);
        if_so(
            true,
            &match what {
                Shown::Shared => format!("shared, ended: {ended}"),
                Shown::Withheld => format!("embargo, lifted: {ended}"),
                Shown::Consented { .. } => format!("consent, withdrawn: {ended}"),
                Shown::Cells => "a rule for small numbers".to_owned(),
                Shown::Erased(_) => "erased".to_owned(),
                Shown::Restricted(_) => "restricted".to_owned(),
            },
        );
    }
    kinds
}

/// What must come up by itself within as many histories as a property tries by default.
const KINDS: [&str; 52] = [
    "several versions",
    "several versions that both accepted",
    "frozen after a version before it",
    "refused by the holder",
    "refused by the receiver",
    "refused by the person",
    "a will taken back",
    "held back, and the holder consents",
    "deferred",
    "a substitute handed over",
    "died on the frozen list",
    "a death certified",
    "wounded, and handed over by their will",
    "may go",
    "on the list under two references",
    "handed over by the word of both",
    "two references that are two again",
    "declared dead in law, and found alive",
    "serving",
    "missing",
    "confirmed-prisoner",
    "deceased-claimed",
    "deceased-declared",
    "repatriated",
    "found-alive",
    "at-large-elsewhere",
    "set off",
    "put off",
    "given up altogether",
    "given up in part",
    "discharged otherwise",
    "closed with a balance",
    "taken up again",
    "an act reversed",
    "inability",
    "a ratio by class that accrues at tender",
    "a ratio by class that accrues at passage",
    "a ratio by class that accrues at credit",
    "bound to a pace",
    "how far the other course has come",
    "shared, ended: false",
    "shared, ended: true",
    "embargo, lifted: false",
    "embargo, lifted: true",
    "consent, withdrawn: false",
    "consent, withdrawn: true",
    "a rule for small numbers",
    "erased",
    "restricted",
    "Unilateral",
    "Unwilling",
    "Reconciled",
];

/// Steps that no ledger admits: they are drawn as near misses.
const NEVER: [Step; 7] = [
    Step::NoGround,
    Step::OtherDay,
    Step::Punished,
    Step::GoesBySide,
    Step::Netted,
    Step::OtherDuty,
    Step::PassedOff,
];

#[test]
fn every_kind_of_entry_is_reached_within_the_default_number_of_cases() {
    let mut runner = TestRunner::deterministic();
    let themes = [Theme::ListDisputes, Theme::Prisoners, Theme::Reciprocity, Theme::Disclosure];
    let mut reached: BTreeSet<String> = BTreeSet::new();
    for theme in themes {
        let strategy = Scenario::new().theme(theme).moves(40..80).strategy();
        for _ in 0..384 {
            let history = strategy.new_tree(&mut runner).unwrap().current();
            reached.extend(kinds(&history.story.hands));
        }
    }
    let missed: Vec<&str> = KINDS.into_iter().filter(|kind| !reached.contains(*kind)).collect();
    assert_eq!(missed, [""; 0]);
    let steps = Step::ALL.into_iter().filter(|step| !NEVER.contains(step));
    let missed: Vec<Step> = steps.filter(|step| !reached.contains(&format!("{step:?}"))).collect();
    assert_eq!(missed, []);
}

/// By which rules an entry about prisoners, reciprocity or disclosure is nearly admitted.
#[test]
fn near_misses_of_every_rule_are_reached_within_the_default_number_of_cases() {
    let mut runner = TestRunner::deterministic();
    for (themes, concept, rules) in [
        (&[Theme::Prisoners, Theme::ListDisputes][..], "prisoner", &[43, 44, 45, 46, 47, 48, 51, 52, 56][..]),
        (&[Theme::Reciprocity][..], "obligation", &[10, 12, 14, 51, 52][..]),
        (&[Theme::Reciprocity][..], "claim", &[7, 10][..]),
        (&[Theme::Disclosure][..], "disclosure", &[52, 59, 60, 61, 63][..]),
    ] {
        let mut reached = BTreeSet::new();
        for theme in themes {
            let strategy = Scenario::new().theme(*theme).moves(40..80).near_misses();
            for _ in 0..2_048 {
                let near = strategy.new_tree(&mut runner).unwrap().current();
                let what = serde_json::to_value(&near.entry.what).unwrap();
                if what.get(concept).is_some() {
                    reached.extend(near.rule);
                }
            }
        }
        let missed: Vec<u8> = rules.iter().copied().filter(|rule| !reached.contains(rule)).collect();
        assert_eq!(missed, [0u8; 0], "{concept}");
    }
}
