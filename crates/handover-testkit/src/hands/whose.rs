//! Whose remains are: comparisons, the way to a decision, and what becomes of it.

use serde_json::{Value, json};

use super::{Answer, Hands, Meant, PERSONS, answer, pick};

const BOARD: usize = 4;
const ON: &str = "2025-06-02";

/// How far a comparison has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Course {
    /// It is reported, and the person is not considered yet, or not any more.
    Compared,
    /// The person is a candidate.
    Candidate,
    /// A laboratory reported a match.
    Matched,
    /// The board reviews it.
    Reviewed,
    /// It is decided.
    Decided,
}

/// A comparison of a unit with a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The unit.
    pub unit: usize,
    /// The person.
    pub person: usize,
    /// The number of the entry that reported it.
    pub evidence: usize,
    /// The number of the entry that made the last candidate.
    pub candidate: Option<usize>,
    /// The number of the entry that reported the last match.
    pub report: Option<usize>,
    /// How far it has come.
    pub course: Course,
}

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The comparison on which it rests.
    pub case: usize,
    /// The number of the entry that decided.
    pub entry: usize,
    /// Whether it is being re-examined.
    pub reexamined: bool,
    /// Whether it was revoked.
    pub revoked: bool,
}

fn id(entry: usize) -> String {
    format!("k-{entry}")
}

impl Hands {
    /// The decision on a unit that is in force.
    pub fn decision_on(&self, unit: usize) -> Option<Decision> {
        let own = |decision: &&Decision| !decision.revoked && self.cases[decision.case].unit == unit;
        self.decisions.iter().find(own).copied()
    }

    /// How far a unit has come with anyone.
    pub fn course_of(&self, unit: usize) -> Option<Course> {
        self.cases.iter().filter(|case| case.unit == unit).map(|case| case.course).max()
    }

    pub(super) fn compare(&self, unit: u8, person: u8) -> Option<Meant> {
        let (unit, person) = (pick(unit, self.units.len())?, usize::from(person) % PERSONS.len());
        // One comparison of a unit with a person is enough.
        if self.cases.iter().any(|case| (case.unit, case.person) == (unit, person)) {
            return None;
        }
        let line = json!({"dna-direct": {"sample": format!("k-own-{person}"), "methods": ["autosomal-str"]}});
        let what = json!({"identification": {"evidence": {
            "units": [format!("k-unit-{unit}")], "person": PERSONS[person], "line": line,
            "conclusion": "consistent", "ratio": "1000000000000", "record": "k-record", "on": ON
        }}});
        let evidence = self.entries;
        let case = Case { unit, person, evidence, candidate: None, report: None, course: Course::Compared };
        let change = move |hands: &mut Self| hands.cases.push(case);
        Some((BOARD, what, Answer::Admitted, Box::new(change)))
    }

    fn grounds(case: &Case) -> Value {
        json!({
            "policy": "k-rules", "prior": "0.00001", "evidence": [id(case.evidence)],
            "analysts": [{"organ": "k-bureau", "officer": "k-analyst"}],
            "reviewers": [{"organ": "k-board", "officer": "k-reviewer"}]
        })
    }

    pub(super) fn advance(&self, case: u8, step: u8, by: u8) -> Option<Meant> {
        let at = pick(case, self.cases.len())?;
        let case = self.cases[at];
        // Three times of four the step that is next.
        let step = if step.is_multiple_of(4) { usize::from(step / 4 % 4) } else { case.course as usize };
        // Once in eight by an organ that may not decide.
        let by = if by % 8 == 7 { 3 } else { BOARD };
        let (unit, person) = (format!("k-unit-{}", case.unit), PERSONS[case.person]);
        let evidence = json!([id(case.evidence)]);
        let in_force = (self.decision_on(case.unit).is_some(), Some(33));
        let not_there = |expected: Course| (case.course != expected, Some(32));
        let not_competent = (by != BOARD, Some(31));
        let entry = self.entries;
        let (what, refusals, to) = match step {
            0 => {
                let told = json!({
                    "units": [unit], "person": person, "policy": "k-rules", "evidence": evidence, "on": ON
                });
                let refusals = vec![in_force, not_there(Course::Compared)];
                (json!({"candidate": told}), refusals, Course::Candidate)
            }
            1 => {
                let told = json!({
                    "candidate": id(case.candidate?), "policy": "k-rules", "prior": "1 in 70000",
                    "evidence": evidence, "report": "k-match", "on": ON
                });
                let refusals = vec![in_force, not_there(Course::Candidate)];
                (json!({"matched": told}), refusals, Course::Matched)
            }
            2 => {
                let told = json!({"report": id(case.report?), "on": ON});
                let refusals = vec![in_force, not_there(Course::Matched), not_competent];
                (json!({"under-review": told}), refusals, Course::Reviewed)
            }
            _ => {
                let told = json!({
                    "units": [unit], "person": person, "grounds": Self::grounds(&case), "on": ON
                });
                let refusals = vec![in_force, not_there(Course::Reviewed), not_competent];
                (json!({"decided": told}), refusals, Course::Decided)
            }
        };
        let change = move |hands: &mut Self| {
            let case = &mut hands.cases[at];
            case.course = to;
            match to {
                Course::Candidate => case.candidate = Some(entry),
                Course::Matched => case.report = Some(entry),
                Course::Decided => {
                    hands.decisions.push(Decision { case: at, entry, reexamined: false, revoked: false });
                }
                Course::Compared | Course::Reviewed => {}
            }
        };
        Some((by, json!({ "identification": what }), answer(&refusals), Box::new(change)))
    }

    pub(super) fn reconsider(&self, decision: u8, step: u8, by: u8) -> Option<Meant> {
        let at = pick(decision, self.decisions.len())?;
        let decision = self.decisions[at];
        let by = if by % 8 == 7 { 3 } else { BOARD };
        let of = id(decision.entry);
        let gone = (decision.revoked, Some(35));
        let not_competent = (by != BOARD, Some(31));
        let not_begun = (!decision.reexamined, Some(35));
        // What is next as often as not.
        let step = if step.is_multiple_of(2) {
            step / 2 % 3
        } else if decision.reexamined {
            1 + step / 2 % 2
        } else {
            0
        };
        let (what, refusals) = match step {
            0 => {
                let told = json!({"decision": of, "occasion": "new-evidence", "on": ON});
                (json!({"reexamined": told}), [gone, (decision.reexamined, Some(35)), not_competent])
            }
            1 => {
                let grounds = Self::grounds(&self.cases[decision.case]);
                let told = json!({"decision": of, "grounds": grounds, "on": ON});
                (json!({"upheld": told}), [gone, not_begun, not_competent])
            }
            _ => {
                let told = json!({"decision": of, "cause": "does-not-suffice", "on": ON});
                (json!({"revoked": told}), [gone, not_begun, not_competent])
            }
        };
        let change = move |hands: &mut Self| {
            let decision = &mut hands.decisions[at];
            decision.reexamined = step == 0;
            if step == 2 {
                decision.revoked = true;
                hands.cases[decision.case].course = Course::Compared;
            }
        };
        Some((by, json!({ "identification": what }), answer(&refusals), Box::new(change)))
    }
}
