//! Writes `dossiers/field-intake.jsonl`: a year of one facility's work on the remains of one day, all of it invented.
//!
//! ```text
//! cargo run -p handover-wire --example field_intake > dossiers/field-intake.jsonl
//! ```
//!
//! Two parties that do not exist, Arvenia and Belmora, and an ally of Belmora, Cassia. 1,212 containers pass on one day, are opened over
//! weeks, and what they hold is worked on until the next summer. The figures are those of a realistic day; no person is named, and none lived.
//! What a draw decides comes from a fixed seed, so the same bytes are written every time.
//!
//! The unit `u-N-M` is the M-th one found in container `bag-N`. Which unit shows which edge case of `docs/rules.md`:
//!
//! | edge case | where |
//! |---|---|
//! | same man, three bags, two batches, one funeral (23) | `u-1-1`, `u-2-1` and, in the second batch, `u-9001-1` |
//! | credit denied for one who was returned already (24) | `u-9001-1` |
//! | the wrong one, then the right one (25) | `u-3-1` excluded, `u-4-1` identified |
//! | delivered for examination (26) | `u-9002-1` |
//! | the sender's own soldiers (27) | `u-5-1` to `u-14-1`; three are returned |
//! | the documents of another (28) | `u-15-1` |
//! | a civilian woman listed as an unknown man (29) | `u-16-1` |
//! | buried, then found alive (30), and the right one found later (31) | `u-17-1` |
//! | the cohort that is reviewed, and one more revoked (32) | `u-18-1` to `u-22-1` |
//! | one plate for four (33) | `u-23-1`, a note of the sender |
//! | identified and not released (34) | `u-24-1`, `u-25-1`, `u-26-1` |
//! | nobody to tell (35) | `u-27-1`, `u-28-1` |
//! | no usable profile (36) | `u-29-1` |
//! | temporary grave 214 (37) | `u-30-1` |
//! | nothing, or nothing human (38) | `bag-31`, `u-32-1` |
//! | many parts, few people (39) | `u-33-1` to `u-33-7` |
//! | the sender's word on who it is (40, 41) | `u-34-1` |
#![expect(clippy::print_stderr, reason = "an example tells on the error stream why it wrote nothing")]

mod stories;

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_wire::Writer;
use serde_json::{Value, json};

type Told<T = ()> = Result<T, Box<dyn Error>>;

const CONTAINERS: u32 = 1_212;

fn main() -> ExitCode {
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Told {
    let mut book = Book { ledger: Ledger::new(), entries: Vec::new(), draw: Draw(20_250_602) };
    tell(&mut book)?;
    let title = "Field intake: a synthetic year of one facility".parse()?;
    let mut writer = Writer::new(Vec::new(), Some(&title))?;
    for entry in &book.entries {
        writer.write(entry)?;
    }
    io::stdout().lock().write_all(&writer.end()?)?;
    Ok(())
}

/// Splitmix64: small, and the same everywhere.
struct Draw(u64);

impl Draw {
    /// A number below a hundred.
    fn percent(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % 100
    }
}

/// The day so many days after 1 June 2025.
fn day(after: u32) -> String {
    let mut left = after;
    let months = [30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (month, days) in (5_u32..).zip(months) {
        if left < days {
            let (year, month) = (2025_u32.saturating_add(month / 12), (month % 12).saturating_add(1));
            return format!("{year}-{month:02}-{:02}", left.saturating_add(1));
        }
        left = left.saturating_sub(days);
    }
    "2026-12-31".to_owned()
}

struct Book {
    ledger: Ledger,
    entries: Vec<Entry>,
    draw: Draw,
}

impl Book {
    /// Records one entry and gives its identifier.
    fn tell(&mut self, by: &str, said: &str, what: &Value) -> Told<String> {
        let id = format!("e-{}", self.entries.len().saturating_add(1));
        let line = json!({"id": id, "by": by, "said": said, "what": what});
        let entry: Entry = serde_json::from_value(line).map_err(|error| format!("{error}: {what}"))?;
        let posted = self.ledger.post(&entry);
        let _posted = posted.map_err(|refusal| format!("{refusal}: {what}"))?;
        self.entries.push(entry);
        Ok(id)
    }

    fn keep(&mut self, said: &str, what: &Value) -> Told<String> {
        self.tell("keeper", said, what)
    }
}

fn tell(book: &mut Book) -> Told {
    who_speaks(book)?;
    handed_over(book)?;
    opened(book)?;
    stories::tell(book)
}

const START: &str = "2025-06-01";

fn who_speaks(book: &mut Book) -> Told {
    for (id, name) in [("arvenia", "Arvenia"), ("belmora", "Belmora"), ("cassia", "Cassia")] {
        book.keep(START, &json!({"party": {"introduced": {"id": id, "name": name}}}))?;
    }
    for (id, name, party) in [
        ("arv-graves", "Graves service of Arvenia", "arvenia"),
        ("bel-intake", "Receiving facility of Belmora", "belmora"),
        ("bel-lab", "Laboratory of Belmora", "belmora"),
        ("bel-board", "Identification board of Belmora", "belmora"),
        ("bel-court", "Court of Belmora", "belmora"),
        ("cas-mission", "Mission of Cassia", "cassia"),
    ] {
        let organ = json!({"id": id, "name": name, "allegiance": {"party": party}});
        book.keep(START, &json!({"party": {"organ": organ}}))?;
        book.keep(START, &json!({"party": {"speaker": {"id": id, "name": name, "organ": id}}}))?;
    }
    let remains = json!({"matter": "remains"});
    book.keep(START, &json!({"obligation": {"introduced": {"id": "owed", "debtor": "arvenia", "creditor": "belmora", "of": remains,
        "unit": "individual", "basis": "unilateral-pledge", "standard": "result", "credits-at": "credit"}}}))?;
    let loose = json!([{"relatives": {"relatives": 1, "within-degree": 1, "methods": 1}}, "own-sample"]);
    policy(
        book,
        &json!({"id": "rules-1", "from": START, "competent": ["bel-board"], "threshold": "0.999", "prior": "1 in 2",
        "screening": "100", "primary": 1, "references": loose, "reviewers": 1}),
    )
}

fn policy(book: &mut Book, policy: &Value) -> Told {
    book.tell("bel-board", START, &json!({"identification": {"policy": policy}}))?;
    Ok(())
}

fn handed_over(book: &mut Book) -> Told {
    let on = day(10);
    let of = json!({"matter": "remains"});
    book.keep(&on, &json!({"handover": {"introduced": {"id": "h-1", "on": on}}}))?;
    book.keep(&on, &json!({"handover": {"leg": {"id": "leg-1", "handover": "h-1", "from": "arvenia", "to": "belmora", "of": of, "unit": "container"}}}))?;
    book.keep(&on, &json!({"batch": {"introduced": {"id": "batch-1", "from": "arvenia", "to": "belmora", "of": of, "unit": "container"}}}))?;
    let registered = day(5);
    for number in 1..=CONTAINERS {
        let id = format!("bag-{number}");
        let mut container = json!({"id": id, "batch": "batch-1", "held-by": "arv-graves", "since": registered, "provenance": "undisclosed"});
        let note = match number {
            16 => Some("Listed by the sender as an unknown man."),
            23 => Some("From a grave whose plate had four names; the plate is the sender’s word."),
            34 => Some("Identified, says the sender: its word, of this number of its list."),
            _ => None,
        };
        if let (Some(note), Some(fields)) = (note, container.as_object_mut()) {
            fields.insert("note".to_owned(), json!(note));
        }
        book.tell("arv-graves", &registered, &json!({"container": {"registered": container}}))?;
        let code = format!("A-{number:04}/25");
        book.tell(
            "arv-graves",
            &registered,
            &json!({"container": {"alias": {"container": id, "code": code, "given-by": "arv-graves"}}}),
        )?;
    }
    book.tell("arv-graves", &registered, &json!({"container": {"complete": {"batch": "batch-1"}}}))?;
    book.keep(&on, &json!({"batch": {"passed": {"batch": "batch-1", "leg": "leg-1"}}}))?;
    book.keep(&on, &json!({"custody": {"introduced": {"id": "tr-1", "of": {"batch": "batch-1"}, "from": "arv-graves", "to": "bel-intake",
        "leg": "leg-1", "transport": {"by": ["rail"], "refrigerated": true}}}}))?;
    let given = book.tell(
        "arv-graves",
        &on,
        &json!({"custody": {"given": {"transfer": "tr-1", "on": on,
        "found": {"count": {"quantity": CONTAINERS, "unit": "container"}}}}}),
    )?;
    let received = book.tell("bel-intake", &on, &json!({"custody": {"received": {"transfer": "tr-1", "on": on, "accepted": "with-reservation",
        "found": {"count": {"quantity": 1_210, "unit": "container"}}, "note": "Nothing but the number was looked at."}}}))?;
    for (number, kind) in [(40, "damaged"), (41, "temperature-out-of-range")] {
        let of = json!({"container": format!("bag-{number}")});
        book.tell("bel-intake", &on, &json!({"custody": {"incident": {"of": of, "kind": kind, "on": on}}}))?;
    }
    let later = day(20);
    book.tell("bel-intake", &on, &json!({"custody": {"discrepancy": {"first": given, "second": received, "about": "the number of containers"}}}))?;
    book.tell(
        "bel-intake",
        &later,
        &json!({"custody": {"explained": {"first": given, "second": received,
        "explanation": "Two stood behind others in the second wagon and were found when it was emptied."}}}),
    )?;
    Ok(())
}

/// On what day a container is opened: some thirty a day.
fn opening(number: u32) -> u32 {
    (number / 30).saturating_add(14)
}

fn opened(book: &mut Book) -> Told {
    for number in 1..=CONTAINERS {
        let on = day(opening(number));
        let units = match number {
            31 => 0,
            33 => 7,
            1..=60 => 1,
            _ => match book.draw.percent() {
                0..=2 => 0,
                3..=7 => 2,
                8 => 3,
                _ => 1,
            },
        };
        let not_human = number == 32 || (number > 60 && book.draw.percent() < 2);
        let found: Vec<_> = (1..=units)
            .map(|unit| {
                let whole = units == 1 && number > 2 && !not_human;
                let elements = match (whole, unit) {
                    (true, _) => json!("complete-body"),
                    (false, 1) if number != 2 => json!({"parts": ["skull"]}),
                    (false, 2) => json!({"parts": ["left-humerus"]}),
                    _ if not_human => json!("undetermined"),
                    _ => json!({"parts": ["right-humerus"]}),
                };
                let elements = if not_human { json!("undetermined") } else { elements };
                json!({"id": format!("u-{number}-{unit}"), "human": if not_human { "no" } else { "yes" }, "elements": elements})
            })
            .collect();
        let container = format!("bag-{number}");
        book.tell(
            "bel-intake",
            &on,
            &json!({"remains": {"opened": {"container": container, "on": on, "found": found}}}),
        )?;
    }
    Ok(())
}

/// Examined, sampled, with a profile in the database.
fn profiled(book: &mut Book, unit: &str, from: u32) -> Told {
    let step = |book: &mut Book, after: u32, step: &str, with: Value| -> Told {
        let on = day(from.saturating_add(after));
        let mut fields = json!({"unit": unit, "on": on});
        if let (Some(fields), Value::Object(with)) = (fields.as_object_mut(), with) {
            fields.extend(with);
        }
        book.tell("bel-lab", &on, &json!({"remains": {"forensic": {step: fields}}}))?;
        Ok(())
    };
    let sample = format!("s-{unit}");
    step(book, 1, "examined", json!({}))?;
    step(book, 2, "sampled", json!({"sample": sample}))?;
    if book.draw.percent() < 10 {
        step(book, 9, "profile", json!({"sample": sample, "outcome": "insufficient"}))?;
        let again = format!("t-{unit}");
        step(book, 10, "sampled", json!({"sample": again}))?;
        step(book, 20, "profile", json!({"sample": again, "outcome": "obtained"}))?;
    } else {
        step(book, 12, "profile", json!({"sample": sample, "outcome": "obtained"}))?;
    }
    step(book, 21, "in-database", json!({}))?;
    step(book, 25, "compared", json!({}))
}

struct Rules {
    policy: &'static str,
    prior: &'static str,
    ratio: &'static str,
    relatives: usize,
}

const FIRST: Rules = Rules { policy: "rules-1", prior: "1 in 2", ratio: "1999", relatives: 1 };
const SECOND: Rules = Rules { policy: "rules-2", prior: "1 in 70000", ratio: "1000000000000", relatives: 2 };

/// Everything from the comparison to the decision, on one day.
fn identified(book: &mut Book, unit: &str, person: &str, rules: &Rules, at: u32) -> Told<String> {
    let (on, policy, prior) = (day(at), rules.policy, rules.prior);
    let kin: Vec<_> = (1..=rules.relatives)
        .map(
            |kin| json!({"sample": format!("kin-{person}-{kin}"), "degree": 1, "methods": ["autosomal-str"]}),
        )
        .collect();
    let units = json!([unit]);
    let evidence = book.tell(
        "bel-lab",
        &on,
        &json!({"identification": {"evidence": {"units": units, "person": person,
        "line": {"dna-kinship": {"relatives": kin}}, "conclusion": "consistent", "ratio": rules.ratio,
        "record": format!("rec-{unit}"), "on": on}}}),
    )?;
    let candidate = book.tell(
        "bel-board",
        &on,
        &json!({"identification": {"candidate": {"units": units, "person": person,
        "policy": policy, "evidence": [evidence], "on": on}}}),
    )?;
    let matched = book.tell(
        "bel-lab",
        &on,
        &json!({"identification": {"matched": {"candidate": candidate, "policy": policy,
        "prior": prior, "evidence": [evidence], "report": format!("match-{unit}"), "on": on}}}),
    )?;
    book.tell("bel-board", &on, &json!({"identification": {"under-review": {"report": matched, "on": on}}}))?;
    let grounds = grounds(rules, &evidence);
    book.tell("bel-board", &on, &json!({"identification": {"decided": {"units": units, "person": person, "grounds": grounds, "on": on}}}))
}

fn grounds(rules: &Rules, evidence: &str) -> Value {
    json!({"policy": rules.policy, "prior": rules.prior, "evidence": [evidence],
        "analysts": [{"organ": "bel-lab", "officer": "officer-1"}], "reviewers": [{"organ": "bel-board", "officer": "officer-2"}]})
}

fn person(book: &mut Book, person: &str, preferences: &[&str]) -> Told {
    let on = day(12);
    book.keep(&on, &json!({"person": {"introduced": {"id": person}}}))?;
    for (branch, preference) in (1_u32..).zip(preferences) {
        book.tell("bel-board", &on, &json!({"notice": {"branch": {"person": person, "branch": branch, "preference": preference, "on": on}}}))?;
    }
    Ok(())
}

/// Told, instructed, released and buried.
fn buried(book: &mut Book, unit: &str, person: &str, at: u32) -> Told {
    let on = day(at);
    book.tell(
        "bel-board",
        &on,
        &json!({"notice": {"notified": {"unit": unit, "person": person, "branch": 1, "on": on}}}),
    )?;
    book.tell(
        "bel-board",
        &on,
        &json!({"disposition": {"instructed": {"unit": unit, "person": person, "branch": 1, "wish": "burial",
        "to": format!("to-{person}"), "on": on}}}),
    )?;
    book.tell(
        "bel-board",
        &on,
        &json!({"disposition": {"released": {"unit": unit, "to": format!("to-{person}"),
        "code-on-remains": unit, "code-on-decision": unit, "on": on}}}),
    )?;
    book.tell("bel-board", &on, &json!({"disposition": {"buried": {"unit": unit, "on": on}}}))?;
    Ok(())
}
