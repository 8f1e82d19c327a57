//! The house with a laboratory, a policy and a batch of remains: what the stories of bags and names need.

use handover::id::RemainsId;
use handover::invariant;
use handover::reading::{According, IdentificationStatus, IdentificationView, Reading};
use handover::refusal::Refusal;
use handover::when::{Moment, When};

use super::house::House;

/// Two relatives, of whom DNA was compared.
pub(crate) const KIN: &str = r#"{"dna-kinship":{"relatives":[{"sample":"mother","degree":1,"methods":["autosomal-str"]},{"sample":"father","degree":1,"methods":["autosomal-str"]}]}}"#;
const POLICY: &str = r#"{"id":"strict","from":"1990-01-01","competent":["south"],"threshold":"0.9995","prior":"1 in 1000","screening":"1000","primary":1,"references":["own-sample",{"relatives":{"relatives":2,"within-degree":1,"methods":1}}],"reviewers":1}"#;

impl House {
    /// North's batch `batch` to South in a unit of count; South has the laboratory `lab` and may decide.
    pub(crate) fn with_laboratory(unit: &str) -> Self {
        Self::crediting(unit, "passage")
    }

    /// As [`House::with_laboratory`]; North's obligation credits at this moment.
    pub(crate) fn crediting(unit: &str, credits_at: &str) -> Self {
        let mut house = Self::new(unit, "remains", credits_at);
        house.voice("lab", r#"{"party":"south"}"#);
        house.keeper(&format!(
            r#"{{"batch":{{"introduced":{{"id":"batch","from":"north","to":"south","of":{{"matter":"remains"}},"unit":"{unit}"}}}}}}"#
        ));
        house.identify("south", "policy", POLICY);
        house
    }

    /// As [`House::with_laboratory`], with a bag each of the units `u-1` and `u-2`, and persons `x` and `y` of whom nothing is
    /// known.
    pub(crate) fn of_two_units(unit: &str) -> Self {
        let mut house = Self::with_laboratory(unit);
        for unit in ["u-1", "u-2"] {
            house.bag(unit);
        }
        for person in ["x", "y"] {
            house.person(person);
        }
        house
    }

    /// A bag of the batch with one unit of remains, opened on the 10th of January 2025: `bag-` and the unit's code.
    pub(crate) fn bag(&mut self, unit: &str) {
        self.closed_bag(unit);
        self.tell("south", &format!(r#"{{"remains":{{"opened":{{"container":"bag-{unit}","on":"2025-01-10","found":[{{"id":"{unit}","human":"yes"}}]}}}}}}"#));
    }

    /// As [`House::bag`], and nobody has opened it.
    pub(crate) fn closed_bag(&mut self, unit: &str) {
        self.keeper(&format!(r#"{{"container":{{"registered":{{"id":"bag-{unit}","batch":"batch","held-by":"south","since":"2025-01-09","provenance":"undisclosed"}}}}}}"#));
    }

    /// A unit goes from its examination to a profile that is kept.
    pub(crate) fn profiled(&mut self, unit: &str) {
        for step in [
            format!(r#"{{"examined":{{"unit":"{unit}","on":"2025-01-11"}}}}"#),
            format!(r#"{{"sampled":{{"unit":"{unit}","on":"2025-01-11","sample":"s-{unit}"}}}}"#),
            format!(
                r#"{{"profile":{{"unit":"{unit}","on":"2025-01-12","sample":"s-{unit}","outcome":"obtained"}}}}"#
            ),
            format!(r#"{{"in-database":{{"unit":"{unit}","on":"2025-01-13"}}}}"#),
        ] {
            self.forensic(&step);
        }
    }

    pub(crate) fn person(&mut self, id: &str) {
        self.keeper(&format!(r#"{{"person":{{"introduced":{{"id":"{id}"}}}}}}"#));
    }

    pub(crate) fn identify(&mut self, by: &str, kind: &str, what: &str) -> String {
        self.tell(by, &format!(r#"{{"identification":{{"{kind}":{what}}}}}"#))
    }

    pub(crate) fn forensic(&mut self, step: &str) -> String {
        self.tell("south", &format!(r#"{{"remains":{{"forensic":{step}}}}}"#))
    }

    /// A lead that is no more: its line is presumptive.
    pub(crate) fn lead(&mut self, by: &str, unit: &str, person: &str, line: &str) -> String {
        self.identify(by, "evidence", &format!(r#"{{"units":["{unit}"],"person":"{person}","line":"{line}","conclusion":"consistent","record":"lead","on":"2025-01-11"}}"#))
    }

    /// A comparison of DNA, with what it concluded and its ratio.
    pub(crate) fn compared(
        &mut self,
        unit: &str,
        person: &str,
        found: &str,
        ratio: &str,
        on: &str,
    ) -> String {
        self.identify("lab", "evidence", &format!(r#"{{"units":["{unit}"],"person":"{person}","line":{KIN},"conclusion":"{found}","ratio":"{ratio}","record":"report-{unit}","on":"{on}"}}"#))
    }

    pub(crate) fn candidate(&mut self, unit: &str, person: &str, evidence: &str, on: &str) -> String {
        self.identify("south", "candidate", &candidate(unit, person, evidence, on))
    }

    /// From a comparison to the board's review.
    pub(crate) fn reviewed(&mut self, unit: &str, person: &str, on: &str) -> String {
        let evidence = self.compared(unit, person, "consistent", "1e9", on);
        let candidate = self.candidate(unit, person, &evidence, on);
        let report = self.identify("lab", "matched", &format!(r#"{{"candidate":"{candidate}","policy":"strict","prior":"1 in 1000","evidence":["{evidence}"],"report":"match","on":"{on}"}}"#));
        self.identify("south", "under-review", &format!(r#"{{"report":"{report}","on":"{on}"}}"#));
        evidence
    }

    /// South decides on a comparison that satisfies its policy.
    pub(crate) fn decided(&mut self, unit: &str, person: &str, on: &str) -> String {
        let evidence = self.reviewed(unit, person, on);
        self.identify("south", "decided", &decision(unit, person, &evidence, on))
    }

    pub(crate) fn reexamined(&mut self, decision: &str, occasion: &str, on: &str) -> String {
        let what = format!(r#"{{"decision":"{decision}","occasion":{occasion},"on":"{on}"}}"#);
        self.identify("south", "reexamined", &what)
    }

    pub(crate) fn revoked(&mut self, decision: &str, cause: &str, on: &str) -> String {
        let what = format!(r#"{{"decision":"{decision}","cause":"{cause}","on":"{on}"}}"#);
        self.identify("south", "revoked", &what)
    }

    /// The entry is refused by this invariant and has changed nothing.
    pub(crate) fn refused(&mut self, by: &str, what: &str, invariant: Option<u8>) -> Refusal {
        let entry = self.entry(by, what);
        let before = format!("{:?}", self.ledger);
        let refusal = self.ledger.post(&entry).expect_err(what);
        assert_eq!(format!("{:?}", self.ledger), before, "a refused entry changes nothing: {what}");
        assert_eq!(refusal.rule().invariant, invariant, "{refusal}");
        refusal
    }

    /// Records an entry that admission refuses, as a journal that was tampered with would, and says which invariants are
    /// broken then.
    pub(crate) fn broken_by(&self, by: &str, what: &str) -> Vec<u8> {
        let mut ledger = self.ledger.clone();
        let line = format!(r#"{{"id":"tampered","by":"{by}","said":"2025-01-01","what":{what}}}"#);
        let entry = serde_json::from_str(&line).expect(&line);
        ledger.post(&entry).expect_err(what);
        let _ = ledger.replay(&entry).expect(what);
        invariant::ALL.iter().filter(|rule| rule.check(&ledger).is_err()).map(|rule| rule.number).collect()
    }

    pub(crate) fn as_of(&self, on: &str) -> Reading<'_> {
        let moment = on.parse::<When>().unwrap().last_moment().unwrap();
        self.ledger.reading(According::Anyone, moment).unwrap()
    }

    pub(crate) fn now(&self) -> Reading<'_> {
        self.ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap()
    }

    pub(crate) fn of(&self, unit: &str) -> IdentificationView {
        self.now().identification(unit.parse().unwrap()).unwrap()
    }
}

/// How many of these units are where, in the reading.
pub(crate) fn stand(reading: &Reading<'_>, units: &[String], status: IdentificationStatus) -> usize {
    let of = |unit: &String| reading.identification(unit.parse::<RemainsId>().unwrap()).unwrap().status;
    units.iter().filter(|unit| of(unit) == status).count()
}

/// What an entry of identification records.
pub(crate) fn identification(kind: &str, what: &str) -> String {
    format!(r#"{{"identification":{{"{kind}":{what}}}}}"#)
}

pub(crate) fn candidate(unit: &str, person: &str, evidence: &str, on: &str) -> String {
    format!(
        r#"{{"units":["{unit}"],"person":"{person}","policy":"strict","evidence":["{evidence}"],"on":"{on}"}}"#
    )
}

pub(crate) fn grounds(evidence: &str) -> String {
    format!(
        r#"{{"policy":"strict","prior":"1 in 1000","evidence":["{evidence}"],"analysts":[{{"organ":"lab","officer":"analyst"}}],"reviewers":[{{"organ":"south","officer":"reviewer"}}]}}"#
    )
}

pub(crate) fn decision(unit: &str, person: &str, evidence: &str, on: &str) -> String {
    let grounds = grounds(evidence);
    format!(r#"{{"units":["{unit}"],"person":"{person}","grounds":{grounds},"on":"{on}"}}"#)
}
