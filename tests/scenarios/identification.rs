//! Whose remains they are: the edge cases of identification, told as they happened (`docs/rules.md` d, 25 to 41).

use handover::identification::{
    Aspect, Contradiction, IdentificationRefusal as Refused, RevocationCause, Stage,
};
use handover::invariant;
use handover::ledger::Ledger;
use handover::reading::{According, DecisionState, IdentificationStatus as Status, Reading, RestsOn, Shared};
use handover::refusal::Refusal;
use handover::when::{Moment, When};
use handover_wire::write_from;

/// An authority `board`, which is competent, and laboratories `lab` and `other-lab`; units `u-1` to `u-4` of one container, opened
/// on the 10th of January; persons `x`, `y` and `z`.
struct Story {
    ledger: Ledger,
    told: usize,
}

const POLICY: &str = r#"{"id":"strict","from":"2025-01-01","competent":["board"],"threshold":"0.9995","prior":"1 in 1000","screening":"1000","primary":1,"references":["own-sample",{"relatives":{"relatives":2,"within-degree":1,"methods":1}},{"relatives":{"relatives":1,"within-degree":1,"methods":2}}],"reviewers":1}"#;
const TWO: &str = r#"{"dna-kinship":{"relatives":[{"sample":"mother","degree":1,"methods":["autosomal-str"]},{"sample":"father","degree":1,"methods":["autosomal-str"]}]}}"#;
const ONE: &str =
    r#"{"dna-kinship":{"relatives":[{"sample":"mother","degree":1,"methods":["autosomal-str"]}]}}"#;

impl Story {
    fn new() -> Self {
        let mut story = Self { ledger: Ledger::new(), told: 0 };
        story.tell("keeper", r#"{"party":{"introduced":{"id":"north","name":"north"}}}"#);
        story.tell("keeper", r#"{"party":{"introduced":{"id":"south","name":"south"}}}"#);
        for organ in ["board", "lab", "other-lab", "registry"] {
            story.tell("keeper", &format!(r#"{{"party":{{"organ":{{"id":"{organ}","name":"{organ}","allegiance":{{"party":"south"}}}}}}}}"#));
            story.tell(
                "keeper",
                &format!(
                    r#"{{"party":{{"speaker":{{"id":"{organ}","name":"{organ}","organ":"{organ}"}}}}}}"#
                ),
            );
        }
        story.tell("keeper", r#"{"container":{"registered":{"id":"c","held-by":"board","since":"2025-01-09","provenance":"unknown"}}}"#);
        story.tell("lab", r#"{"remains":{"opened":{"container":"c","on":"2025-01-10","found":[{"id":"u-1","human":"yes"},{"id":"u-2","human":"yes"},{"id":"u-3","human":"yes"},{"id":"u-4","human":"yes"}]}}}"#);
        for person in ["x", "y", "z"] {
            story.tell("keeper", &format!(r#"{{"person":{{"introduced":{{"id":"{person}"}}}}}}"#));
        }
        story.identification("board", "policy", POLICY);
        story
    }

    fn post(&mut self, by: &str, what: &str) -> Result<String, Refusal> {
        self.told = self.told.checked_add(1).expect("a small story");
        let id = format!("e-{}", self.told);
        let line = format!(r#"{{"id":"{id}","by":"{by}","said":"2025-03-01","what":{what}}}"#);
        self.ledger.post(&serde_json::from_str(&line).expect(&line)).map(|_| id)
    }

    fn tell(&mut self, by: &str, what: &str) -> String {
        self.post(by, what).unwrap_or_else(|refusal| panic!("{what}: {refusal}"))
    }

    fn identification(&mut self, by: &str, kind: &str, what: &str) -> String {
        self.tell(by, &format!(r#"{{"identification":{{"{kind}":{what}}}}}"#))
    }

    fn known(&mut self, person: &str, fact: &str) -> String {
        self.tell("registry", &format!(r#"{{"person":{{"known":{{"person":"{person}","fact":{fact}}}}}}}"#))
    }

    /// The entry is refused for this reason, by this invariant, and has changed nothing.
    fn refused(&mut self, by: &str, kind: &str, what: &str, invariant: u8) -> Refused {
        let before = write_from(&self.ledger, None, Vec::new()).unwrap();
        let refusal = self.post(by, &format!(r#"{{"identification":{{"{kind}":{what}}}}}"#)).expect_err(what);
        assert_eq!(refusal.rule().invariant, Some(invariant), "{refusal}");
        assert_eq!(write_from(&self.ledger, None, Vec::new()).unwrap(), before);
        match refusal {
            Refusal::Identification(refusal) => refusal,
            other => panic!("{other}"),
        }
    }

    fn evidence(&mut self, unit: &str, person: &str, line: &str, ratio: Option<&str>) -> String {
        let ratio = ratio.map_or(String::new(), |ratio| format!(r#""ratio":"{ratio}","#));
        let record = format!("report-{unit}-{person}");
        self.identification("lab", "evidence", &format!(r#"{{"units":["{unit}"],"person":"{person}","line":{line},"conclusion":"consistent",{ratio}"record":"{record}","run":"run-7","on":"2025-02-01"}}"#))
    }

    fn candidate(&mut self, unit: &str, person: &str, evidence: &str) -> String {
        self.identification("board", "candidate", &candidate(unit, person, evidence))
    }

    /// Brings a unit under review with a person.
    fn reviewed(&mut self, unit: &str, person: &str, evidence: &str) {
        let candidate = self.candidate(unit, person, evidence);
        let report = self.identification("lab", "matched", &matched(&candidate, evidence));
        self.identification(
            "board",
            "under-review",
            &format!(r#"{{"report":"{report}","on":"2025-02-04"}}"#),
        );
    }

    fn decide(&mut self, unit: &str, person: &str, evidence: &str) -> String {
        self.reviewed(unit, person, evidence);
        self.identification("board", "decided", &decision(unit, person, evidence))
    }

    /// A unit that is identified on two relatives.
    fn identified(&mut self, unit: &str, person: &str) -> String {
        let evidence = self.evidence(unit, person, TWO, Some("1e9"));
        self.decide(unit, person, &evidence)
    }

    fn reading(&self) -> Reading<'_, RestsOn> {
        self.ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap().explained()
    }

    fn status(&self, unit: &str) -> Status {
        self.reading().identification(unit.parse().unwrap()).unwrap().status
    }

    fn check(&self) {
        for rule in invariant::ALL {
            rule.check(&self.ledger).unwrap();
        }
    }
}

fn candidate(unit: &str, person: &str, evidence: &str) -> String {
    format!(
        r#"{{"units":["{unit}"],"person":"{person}","policy":"strict","evidence":["{evidence}"],"on":"2025-02-02"}}"#
    )
}

fn matched(candidate: &str, evidence: &str) -> String {
    format!(
        r#"{{"candidate":"{candidate}","policy":"strict","prior":"1 in 1000","evidence":["{evidence}"],"report":"match","on":"2025-02-03"}}"#
    )
}

fn grounds(evidence: &str) -> String {
    format!(
        r#"{{"policy":"strict","prior":"1 in 1000","evidence":["{evidence}"],"analysts":[{{"organ":"lab","officer":"a-1"}}],"reviewers":[{{"organ":"board","officer":"r-1"}}]}}"#
    )
}

fn decision(unit: &str, person: &str, evidence: &str) -> String {
    let grounds = grounds(evidence);
    format!(r#"{{"units":["{unit}"],"person":"{person}","grounds":{grounds},"on":"2025-02-05"}}"#)
}

#[test]
fn a_unit_goes_from_a_lead_to_a_decision_and_the_match_alone_identifies_nobody() {
    let mut story = Story::new();
    assert_eq!(story.status("u-1"), Status::Unidentified);
    story.evidence("u-1", "x", r#""tag""#, None);
    assert_eq!(story.status("u-1"), Status::Presumptive);
    let dna = story.evidence("u-1", "x", TWO, Some("1e9"));
    let made = story.candidate("u-1", "x", &dna);
    assert_eq!(story.status("u-1"), Status::Candidate);
    let report = story.identification("lab", "matched", &matched(&made, &dna));
    assert_eq!(story.status("u-1"), Status::MatchReported);
    let refusal = story.refused("board", "decided", &decision("u-1", "x", &dna), 32);
    assert!(matches!(refusal, Refused::NotThere { found: Stage::MatchReported, .. }));
    story.identification("board", "under-review", &format!(r#"{{"report":"{report}","on":"2025-02-04"}}"#));
    assert_eq!(story.status("u-1"), Status::UnderReview);
    let decided = story.identification("board", "decided", &decision("u-1", "x", &dna));
    let view = story.reading().identification("u-1".parse().unwrap()).unwrap();
    assert_eq!((view.status, view.person), (Status::Identified, Some("x".parse().unwrap())));
    assert_eq!(view.decision, Some(decided.parse().unwrap()));
    assert!(view.rests_on.contains(dna.parse().unwrap()) || view.rests_on.contains(made.parse().unwrap()));
    // Before it was decided it was not.
    let then = "2025-02-03".parse::<When>().unwrap().last_moment().unwrap();
    let then = story.ledger.reading(According::Anyone, then).unwrap();
    assert_eq!(then.identification("u-1".parse().unwrap()).unwrap().status, Status::MatchReported);
    story.check();
}

#[test]
fn edge_28_the_uniform_lies_and_a_list_is_a_list() {
    let mut story = Story::new();
    for line in ["tag", "list", "uniform", "visual", "sender-statement"] {
        let lead = story.evidence("u-1", "y", &format!("\"{line}\""), None);
        story.refused("board", "candidate", &candidate("u-1", "y", &lead), 31);
    }
    assert_eq!(story.status("u-1"), Status::Presumptive);
    story.identified("u-1", "x"); // documents of one, DNA of another
    assert_eq!(story.status("u-1"), Status::Identified);
    story.check();
}

#[test]
fn one_relative_and_one_method_do_not_suffice_and_a_weak_ratio_neither() {
    let mut story = Story::new();
    let one = story.evidence("u-1", "x", ONE, Some("1e12"));
    let made = story.candidate("u-1", "x", &one);
    let refusal = story.refused("lab", "matched", &matched(&made, &one), 31);
    assert!(matches!(refusal, Refused::DoesNotSuffice { aspect: Aspect::References, .. }));
    let weak = story.evidence("u-1", "x", TWO, Some("1997000"));
    let refusal = story.refused("lab", "matched", &matched(&made, &weak), 31);
    assert!(matches!(refusal, Refused::DoesNotSuffice { aspect: Aspect::Threshold, .. }));
    let enough = story.evidence("u-1", "x", TWO, Some("1997001")); // 1999 × 999
    story.identification("lab", "matched", &matched(&made, &enough));
    let low = story.evidence("u-2", "x", TWO, Some("999"));
    let refusal = story.refused("board", "candidate", &candidate("u-2", "x", &low), 31);
    assert!(matches!(refusal, Refused::BelowScreening(_)));
    let high = matched(&made, &enough).replace("1 in 1000", "0.5");
    let dna = story.evidence("u-3", "x", TWO, Some("1e9"));
    let other = story.candidate("u-3", "x", &dna);
    let high = high.replace(&made, &other).replace(&enough, &dna);
    assert!(matches!(story.refused("lab", "matched", &high, 31), Refused::PriorTooHigh));
    story.check();
}

#[test]
fn a_policy_that_would_allow_everything_is_refused() {
    let mut story = Story::new();
    let id = |text: &str| text.replace(r#""strict""#, r#""lax""#);
    for (from, to) in [
        (r#""primary":1"#, r#""primary":0"#),
        (r#""primary":1"#, r#""primary":0,"combinations":[[]]"#),
        (r#""primary":1"#, r#""primary":1,"combinations":[["tag","tag"]]"#),
        (r#""reviewers":1"#, r#""reviewers":0"#),
        (r#""screening":"1000""#, r#""screening":"1""#),
    ] {
        let refusal = story.refused("board", "policy", &id(&POLICY.replace(from, to)), 30);
        assert!(matches!(refusal, Refused::AllowsEverything(_)), "{refusal}");
    }
    let nobody = id(&POLICY.replace(r#"["board"]"#, "[]"));
    assert!(matches!(story.refused("board", "policy", &nobody, 31), Refused::None(_)));
    for (from, to) in [
        ("0.9995", "1"),
        ("0.9995", "0"),
        ("0.9995", "1.0"),
        ("1 in 1000", "0"),
        ("1 in 1000", "1 in 1"),
        (r#""screening":"1000""#, r#""screening":"0""#),
        (r#""screening":"1000""#, r#""screening":"-5""#),
        (r#""screening":"1000""#, r#""screening":"1e999""#),
    ] {
        let read = serde_json::from_str::<handover::identification::Policy>(&POLICY.replace(from, to));
        assert!(read.is_err(), "{to}");
    }
}

#[test]
fn a_decision_lacks_nothing() {
    let mut story = Story::new();
    let dna = story.evidence("u-1", "x", TWO, Some("1e9"));
    story.reviewed("u-1", "x", &dna);
    let good = decision("u-1", "x", &dna);
    let refusal = story.refused("lab", "decided", &good, 31);
    assert!(matches!(refusal, Refused::NotCompetent { .. }));
    let same = good.replace("r-1", "a-1");
    assert!(matches!(story.refused("board", "decided", &same, 31), Refused::AnalystReviews(_)));
    let none = good.replace(r#"[{"organ":"board","officer":"r-1"}]"#, "[]");
    assert!(matches!(story.refused("board", "decided", &none, 31), Refused::TooFewReviewers { .. }));
    let none = good.replace(r#"[{"organ":"lab","officer":"a-1"}]"#, "[]");
    assert!(matches!(story.refused("board", "decided", &none, 31), Refused::None(_)));
    let of_another = story.evidence("u-2", "x", TWO, Some("1e9"));
    let other = good.replace(&format!("\"{dna}\""), &format!("\"{of_another}\""));
    assert!(matches!(story.refused("board", "decided", &other, 31), Refused::EvidenceOfAnother(_)));
    let of_another = story.evidence("u-1", "y", TWO, Some("1e9"));
    let other = good.replace(&format!("\"{dna}\""), &format!("\"{of_another}\""));
    assert!(matches!(story.refused("board", "decided", &other, 31), Refused::EvidenceOfAnother(_)));
    let early = good.replace("2025-02-05", "2025-02-03");
    assert!(matches!(story.refused("board", "decided", &early, 31), Refused::BeforeWhatItRestsOn(_)));
    story.identification("board", "decided", &good);
    let again = story.refused("board", "decided", &good, 33);
    assert!(matches!(again, Refused::IdentifiedAlready { .. }));
    story.check();
}

#[test]
fn evidence_that_was_taken_back_supports_nothing_and_marks_what_rests_on_it() {
    let mut story = Story::new();
    let dna = story.evidence("u-1", "x", TWO, Some("1e9"));
    story.reviewed("u-1", "x", &dna);
    let more = story.evidence("u-1", "x", TWO, Some("1e8"));
    let back = |entry: &str| format!(r#"{{"entry":"{entry}","reason":"a sample was confused"}}"#);
    assert!(matches!(story.refused("other-lab", "retracted", &back(&more), 41), Refused::NotItsWord { .. }));
    story.identification("lab", "retracted", &back(&more));
    assert!(matches!(story.refused("lab", "retracted", &back(&more), 52), Refused::RetractedAlready { .. }));
    let refusal = story.refused("board", "decided", &decision("u-1", "x", &more), 31);
    assert!(matches!(refusal, Refused::EvidenceRetracted { .. }));
    story.identification("board", "decided", &decision("u-1", "x", &dna));
    assert!(story.reading().open_contradictions().is_empty());
    story.identification("lab", "retracted", &back(&dna));
    assert_eq!(story.reading().open_contradictions()[0].kind, Contradiction::EvidenceRetracted);
    story.check();
}

#[test]
fn an_exclusion_persists_until_its_laboratory_takes_it_back() {
    let mut story = Story::new();
    let dna = story.evidence("u-1", "x", TWO, Some("1e9"));
    story.reviewed("u-1", "x", &dna);
    let excludes = story.identification(
        "other-lab",
        "excluded",
        r#"{"unit":"u-1","person":"x","by":"dental","record":"teeth","on":"2025-02-04"}"#,
    );
    assert_eq!(story.status("u-1"), Status::Unidentified);
    for (by, kind, what) in [
        ("board", "candidate", candidate("u-1", "x", &dna)),
        ("board", "decided", decision("u-1", "x", &dna)),
    ] {
        assert!(matches!(story.refused(by, kind, &what, 41), Refused::Excluded { .. }));
    }
    let back = format!(r#"{{"entry":"{excludes}","reason":"a record was confused"}}"#);
    story.refused("lab", "retracted", &back, 41);
    story.identification("other-lab", "retracted", &back);
    story.decide("u-1", "x", &dna);
    let view = story.reading().identification("u-1".parse().unwrap()).unwrap();
    assert!(view.exclusions[0].retracted_by.is_some());
    story.check();
}

#[test]
fn a_contradiction_blocks_until_it_is_resolved_in_writing() {
    for (finding, fact, kind) in [
        (Some(r#"{"sex":"female"}"#), r#"{"sex":"male"}"#, Contradiction::OtherSex),
        (
            Some(r#"{"recovered":"2025-01-05"}"#),
            r#"{"last-known-alive":"2025-01-07"}"#,
            Contradiction::AliveAfterwards,
        ),
        (
            Some(r#"{"death-by":"2025-01-05"}"#),
            r#"{"known-alive":"2025-01-07"}"#,
            Contradiction::AliveAfterwards,
        ),
        (None, r#"{"prisoner":{"held-by":"north","as-of":"2025-01-20"}}"#, Contradiction::PrisonerAfterwards),
        (None, r#"{"found-alive":"2026-02-05"}"#, Contradiction::FoundAlive),
    ] {
        let mut story = Story::new();
        let dna = story.evidence("u-1", "x", TWO, Some("1e9"));
        story.reviewed("u-1", "x", &dna);
        let finding = finding.map(|what| {
            story.identification(
                "lab",
                "finding",
                &format!(r#"{{"unit":"u-1","observed":{what},"by":"examination","record":"file"}}"#),
            )
        });
        let fact = story.known("x", fact);
        let mut refusals = 0;
        while let Err(refusal) = story
            .post("board", &format!(r#"{{"identification":{{"decided":{}}}}}"#, decision("u-1", "x", &dna)))
        {
            let Refusal::Identification(Refused::ContradictionOpen {
                kind: found,
                fact: because,
                finding: against,
                ..
            }) = refusal
            else {
                panic!("{refusal}")
            };
            refusals += 1;
            assert!(refusals < 4);
            assert_eq!((found, because.to_string()), (kind, fact.clone()), "first {finding:?}");
            let against = against.map_or(String::new(), |entry| format!(r#""finding":"{entry}","#));
            let written = format!(
                r#"{{"units":["u-1"],"person":"x","fact":"{fact}",{against}"explanation":"the register was wrong"}}"#
            );
            story.identification("lab", "reconciled", &written); // by one who may not decide: it stays open
            story.refused("board", "decided", &decision("u-1", "x", &dna), 34);
            story.identification("board", "reconciled", &written);
        }
        assert!(refusals > 0);
        story.check();
    }
}

#[test]
fn what_is_not_wholly_after_contradicts_nothing() {
    let mut story = Story::new();
    story.identification(
        "lab",
        "finding",
        r#"{"unit":"u-1","observed":{"recovered":"2025-01"},"by":"record","record":"file"}"#,
    );
    story.identification(
        "lab",
        "finding",
        r#"{"unit":"u-1","observed":{"sex":"other-or-unknown"},"by":"examination","record":"file"}"#,
    );
    story.known("x", r#"{"last-known-alive":"2025-01"}"#);
    story.known("x", r#"{"sex":"male"}"#);
    story.identified("u-1", "x");
    story.check();
}

#[test]
fn edge_30_buried_and_then_walks_across_the_border() {
    let mut story = Story::new();
    let decided = story.identified("u-1", "x");
    let further = story.identified("u-2", "x"); // reassociated: a decision of its own
    let sharing = story.identified("u-3", "y"); // the same run of the laboratory
    let alive = story.known("x", r#"{"found-alive":"2026-02-05"}"#);
    let open = story.reading().open_contradictions();
    assert!(open.iter().all(|one| one.kind == Contradiction::FoundAlive && one.fact.to_string() == alive));
    assert_eq!(open.len(), 3 - 1);
    assert_eq!(story.status("u-1"), Status::Identified, "revocation is an entry");
    let revoked = format!(r#"{{"decision":"{decided}","cause":"person-alive","on":"2026-02-07"}}"#);
    assert!(matches!(story.refused("board", "revoked", &revoked, 35), Refused::NotReexamined(_)));
    let again = format!(r#"{{"decision":"{decided}","occasion":"contradiction","on":"2026-02-06"}}"#);
    assert!(matches!(story.refused("lab", "reexamined", &again, 31), Refused::NotCompetent { .. }));
    story.identification("board", "reexamined", &again);
    assert_eq!(story.status("u-1"), Status::UnderReexamination);
    assert!(matches!(story.refused("board", "reexamined", &again, 35), Refused::ReexaminedAlready { .. }));
    let dna = story.evidence("u-1", "x", TWO, Some("1e9"));
    let upheld = format!(r#"{{"decision":"{decided}","grounds":{},"on":"2026-02-07"}}"#, grounds(&dna));
    assert!(matches!(story.refused("board", "upheld", &upheld, 34), Refused::ContradictionOpen { .. }));
    let entries = story.ledger.len();
    story.identification("board", "revoked", &revoked);
    assert_eq!(story.ledger.len(), entries + 1, "nothing is deleted");
    assert!(matches!(story.refused("board", "revoked", &revoked, 35), Refused::NotInForce { .. }));
    assert_eq!((story.status("u-1"), story.status("u-2")), (Status::Misidentified, Status::Identified));
    let view = &story.reading().revoked_decisions()[0];
    assert_eq!(view.cause, RevocationCause::PersonAlive);
    assert!(view.implicated.contains(&(further.parse().unwrap(), Shared::Person("x".parse().unwrap()))));
    assert!(view.implicated.contains(&(sharing.parse().unwrap(), Shared::Run("run-7".parse().unwrap()))));
    assert_eq!(view.families_to_tell, ["x".parse().unwrap()]);
    assert_eq!(view.family_unknown_of, ["u-1".parse().unwrap()]);
    // As of the day before it was in force.
    let then = "2026-02-01".parse::<When>().unwrap().last_moment().unwrap();
    let then = story.ledger.reading(According::Anyone, then).unwrap();
    assert_eq!(then.decisions()[0].state, DecisionState::InForce);
    // The remains are another's: both families are told.
    let dna = story.evidence("u-1", "z", TWO, Some("1e9"));
    story.decide("u-1", "z", &dna);
    let view = &story.reading().revoked_decisions()[0];
    assert_eq!(view.families_to_tell.len(), 2);
    assert!(view.family_unknown_of.is_empty());
    story.check();
}

#[test]
fn a_person_has_one_body() {
    let mut story = Story::new();
    for unit in ["u-1", "u-2"] {
        story.identification(
            "lab",
            "finding",
            &format!(r#"{{"unit":"{unit}","observed":"complete-body","by":"examination","record":"file"}}"#),
        );
    }
    story.identified("u-1", "x");
    let dna = story.evidence("u-2", "x", TWO, Some("1e9"));
    story.reviewed("u-2", "x", &dna);
    assert!(matches!(
        story.refused("board", "decided", &decision("u-2", "x", &dna), 33),
        Refused::Overlap { .. }
    ));
    story.check();
}

#[test]
fn a_stricter_policy_makes_a_cohort_and_the_old_one_is_not_in_force_any_more() {
    let mut story = Story::new();
    let lax = POLICY.replace(r#""strict""#, r#""lax""#).replace("0.9995", "0.999").replace(
        "own-sample\",",
        "own-sample\",{\"relatives\":{\"relatives\":1,\"within-degree\":1,\"methods\":1}},",
    );
    story.identification("board", "policy", &lax);
    let dna = story.evidence("u-1", "x", ONE, Some("1e6"));
    let under = |text: String| text.replace("strict", "lax");
    let made = story.identification("board", "candidate", &under(candidate("u-1", "x", &dna)));
    let report = story.identification("lab", "matched", &under(matched(&made, &dna)));
    story.identification("board", "under-review", &format!(r#"{{"report":"{report}","on":"2025-02-04"}}"#));
    story.identification("board", "decided", &under(decision("u-1", "x", &dna)));
    story.identified("u-2", "y");
    let cohort = story.reading().review_cohort("strict".parse().unwrap()).unwrap();
    assert_eq!(cohort.len(), 1);
    assert_eq!(cohort[0].weaker_in, [Aspect::References, Aspect::Threshold]);
    assert_eq!(cohort[0].falls_short_in, [Aspect::References, Aspect::Threshold]);
    let newer = lax.replace(r#""lax""#, r#""newer","supersedes":"lax""#).replace("2025-01-01", "2025-02-02");
    assert!(matches!(story.refused("lab", "policy", &newer, 36), Refused::NotItsPolicy { .. }));
    story.identification("board", "policy", &newer);
    let other = newer.replace("newer", "newest");
    assert!(matches!(story.refused("board", "policy", &other, 36), Refused::SupersededAlready { .. }));
    let dna = story.evidence("u-3", "z", TWO, Some("1e9"));
    let late = under(candidate("u-3", "z", &dna)).replace("2025-02-02", "2025-02-03");
    assert!(matches!(story.refused("board", "candidate", &late, 31), Refused::PolicyNotInForce(_)));
    story.check();
}

#[test]
fn presumptive_evidence_identifies_only_by_a_documented_combination() {
    let mut story = Story::new();
    let policy = POLICY
        .replace(r#""strict""#, r#""combined""#)
        .replace(r#""primary":1"#, r#""primary":1,"combinations":[["tag","effects"]]"#);
    story.identification("board", "policy", &policy);
    let tag = story.evidence("u-1", "x", r#""tag""#, None);
    let effects = story.evidence("u-1", "x", r#""effects""#, None);
    let under = |text: String| text.replace("strict", "combined");
    let made = story.identification("board", "candidate", &under(candidate("u-1", "x", &tag)));
    let alone = story.refused("lab", "matched", &under(matched(&made, &tag)), 30);
    assert!(matches!(alone, Refused::DoesNotSuffice { aspect: Aspect::Lines, .. }));
    let both = format!(r#"{tag}","{effects}"#);
    let report = story.identification("lab", "matched", &under(matched(&made, &both)));
    story.identification("board", "under-review", &format!(r#"{{"report":"{report}","on":"2025-02-04"}}"#));
    story.identification("board", "decided", &under(decision("u-1", "x", &both)));
    assert_eq!(story.status("u-1"), Status::Identified);
    story.check();
}

#[test]
fn impossible_evidence_is_refused() {
    let mut story = Story::new();
    let good = format!(
        r#"{{"units":["u-1"],"person":"x","line":{TWO},"conclusion":"consistent","ratio":"1e9","record":"r","on":"2025-02-01"}}"#
    );
    let odd = good.replace("1e9", "0.5");
    assert!(matches!(story.refused("lab", "evidence", &odd, 31), Refused::AtOdds));
    let impression = good.replace(TWO, r#""tag""#);
    assert!(matches!(story.refused("lab", "evidence", &impression, 30), Refused::RatioOfImpression(_)));
    assert!(matches!(
        story.refused("lab", "evidence", &good.replace(r#"["u-1"]"#, "[]"), 31),
        Refused::None(_)
    ));
    let twice = good.replace(r#"["u-1"]"#, r#"["u-1","u-1"]"#);
    assert!(matches!(story.refused("lab", "evidence", &twice, 29), Refused::UnitTwice(_)));
    let none = good.replace(TWO, r#"{"dna-kinship":{"relatives":[]}}"#);
    assert!(matches!(story.refused("lab", "evidence", &none, 31), Refused::None(_)));
    for absurd in ["0", "-1", "1e200", "many", "1e9%"] {
        let read = serde_json::from_str::<handover::identification::Evidence>(&good.replace("1e9", absurd));
        assert!(read.is_err(), "{absurd}");
    }
    assert!(!good.contains("note"), "evidence holds codes and no free text");
}

#[test]
fn what_is_known_of_a_person_is_corrected_by_its_own_organ() {
    let mut story = Story::new();
    let known = story.known("x", r#"{"sex":"female"}"#);
    let what = format!(r#"{{"person":{{"withdrawn":{{"entry":"{known}"}}}}}}"#);
    assert_eq!(story.post("lab", &what).unwrap_err().rule().invariant, Some(52));
    story.tell(
        "registry",
        &format!(r#"{{"person":{{"corrected":{{"entry":"{known}","fact":{{"sex":"male"}}}}}}}}"#),
    );
    assert_eq!(story.post("registry", &what).unwrap_err().rule().invariant, Some(52));
    story.identification(
        "lab",
        "finding",
        r#"{"unit":"u-1","observed":{"sex":"male"},"by":"examination","record":"file"}"#,
    );
    story.identified("u-1", "x");
    story.check();
}
