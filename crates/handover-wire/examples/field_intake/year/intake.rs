//! Who speaks, what passed on the day, and what the containers held.

use serde_json::{Value, json};

use super::CONTAINERS;
use super::book::{Book, KEEPER, day};

/// The day on which the containers pass.
const PASSAGE: u32 = 10;

pub(crate) fn tell(book: &mut Book) {
    who_speaks(book);
    registered(book);
    handed_over(book);
    what_each_says(book);
    opened(book);
    second_batch(book);
}

fn who_speaks(book: &mut Book) {
    for (id, name) in [("arvenia", "Arvenia"), ("belmora", "Belmora"), ("cassia", "Cassia")] {
        book.tell(KEEPER, 0, &["party", "introduced"], json!({"id": id, "name": name}));
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
        book.tell(KEEPER, 0, &["party", "organ"], organ);
        book.tell(KEEPER, 0, &["party", "speaker"], json!({"id": id, "name": name, "organ": id}));
    }
    let owed = json!({"id": "owed", "debtor": "arvenia", "creditor": "belmora", "of": {"matter": "remains"},
        "unit": "individual", "basis": "unilateral-pledge", "standard": "result", "credits-at": "credit"});
    book.tell(KEEPER, 0, &["obligation", "introduced"], owed);
    let first = json!({"id": "rules-1", "from": day(0), "competent": ["bel-board"], "threshold": "0.999",
        "prior": "1 in 2", "screening": "100", "primary": 1, "reviewers": 1,
        "references": ["own-sample", {"relatives": {"relatives": 1, "within-degree": 1, "methods": 1}}]});
    book.tell("bel-board", 0, &["identification", "policy"], first);
}

fn batch(book: &mut Book, at: u32, number: u32) {
    let batch = json!({"id": format!("batch-{number}"), "from": "arvenia", "to": "belmora",
        "of": {"matter": "remains"}, "unit": "container", "towards": "owed"});
    book.tell(KEEPER, at, &["batch", "introduced"], batch);
}

fn container(book: &mut Book, at: u32, number: u32, batch: u32, note: Option<&str>) {
    let mut container = json!({"id": format!("bag-{number}"), "batch": format!("batch-{batch}"),
        "held-by": "arv-graves", "since": day(at), "provenance": "undisclosed"});
    if let (Some(note), Some(fields)) = (note, container.as_object_mut()) {
        fields.insert("note".to_owned(), json!(note));
    }
    book.tell("arv-graves", at, &["container", "registered"], container);
    let alias = json!({"container": format!("bag-{number}"), "code": format!("A-{number:04}/25"), "given-by": "arv-graves"});
    book.tell("arv-graves", at, &["container", "alias"], alias);
}

fn registered(book: &mut Book) {
    let at = 5;
    batch(book, at, 1);
    for number in 1..=CONTAINERS {
        let note = match number {
            16 => Some("Listed by the sender as an unknown man."),
            23 => Some("From a grave whose plate had four names; the plate is the sender’s word."),
            33 => Some("Seven parts and three names, all of them identified, says the sender."),
            34 => Some("Identified, says the sender: its word, of this number of its list."),
            _ => None,
        };
        container(book, at, number, 1, note);
    }
    book.tell("arv-graves", at, &["container", "complete"], json!({"batch": "batch-1"}));
}

/// A handover with one leg in which one batch passes. The obligation counts individuals and a leg containers, so that the
/// leg performs it is told by the batch.
fn passed(book: &mut Book, at: u32, number: u32) -> String {
    let leg = format!("leg-{number}");
    let handover = format!("h-{number}");
    book.happened(KEEPER, at, &["handover", "introduced"], json!({"id": handover}));
    let told = json!({"id": leg, "handover": handover, "from": "arvenia", "to": "belmora",
        "of": {"matter": "remains"}, "unit": "container", "towards": "owed"});
    book.tell(KEEPER, at, &["handover", "leg"], told);
    book.tell(KEEPER, at, &["batch", "passed"], json!({"batch": format!("batch-{number}"), "leg": leg}));
    leg
}

fn count(number: u32) -> Value {
    json!({"count": {"quantity": number, "unit": "container"}})
}

fn handed_over(book: &mut Book) {
    let leg = passed(book, PASSAGE, 1);
    let transfer = json!({"id": "tr-1", "of": {"batch": "batch-1"}, "from": "arv-graves", "to": "bel-intake",
        "leg": leg, "transport": {"by": ["rail"], "refrigerated": true}});
    book.tell(KEEPER, PASSAGE, &["custody", "introduced"], transfer);
    let given = json!({"transfer": "tr-1", "found": count(CONTAINERS)});
    let given = book.happened("arv-graves", PASSAGE, &["custody", "given"], given);
    let received = json!({"transfer": "tr-1", "accepted": "with-reservation", "found": count(1_210),
        "note": "Nothing but the number was looked at."});
    let received = book.happened("bel-intake", PASSAGE, &["custody", "received"], received);
    for (number, kind) in [(40, "damaged"), (41, "temperature-out-of-range")] {
        let incident = json!({"of": {"container": format!("bag-{number}")}, "kind": kind});
        book.happened("bel-intake", PASSAGE, &["custody", "incident"], incident);
    }
    let differ = json!({"first": given, "second": received, "about": "the number of containers"});
    book.tell("bel-intake", PASSAGE, &["custody", "discrepancy"], differ);
    let explained = json!({"first": given, "second": received,
        "explanation": "Two stood behind others in the second wagon and were found when it was emptied."});
    book.tell("bel-intake", 13, &["custody", "explained"], explained);
}

/// What both say in public of the day, and what the receiver says when all is opened.
fn what_each_says(book: &mut Book) {
    let about = json!({"leg": "leg-1"});
    for by in ["arv-graves", "bel-intake"] {
        book.tell(by, PASSAGE, &["claim", "made"], json!({"about": about, "says": "occurred"}));
    }
    let sent = json!({"count": {"quantity": CONTAINERS, "unit": "individual",
        "qualifier": {"words": "fallen of the forces of Belmora"}}});
    book.tell("arv-graves", PASSAGE, &["claim", "made"], json!({"about": about, "says": sent}));
    book.tell("arv-graves", PASSAGE, &["claim", "made"], json!({"about": about, "says": count(CONTAINERS)}));
    let first = json!({"about": about, "says": count(1_210)});
    let first = book.tell("bel-intake", PASSAGE, &["claim", "made"], first);
    let corrected = json!({"claim": first, "says": count(CONTAINERS), "note": "The wagon was emptied."});
    book.tell("bel-intake", 13, &["claim", "corrected"], corrected);
    let found = json!({"count": {"quantity": ">=1150", "unit": "individual"}});
    let note = "Some containers are empty, some hold several, and not all that they hold is human.";
    book.tell("bel-intake", 60, &["claim", "made"], json!({"about": about, "says": found, "note": note}));
}

/// On what day a container is opened: some thirty a day.
fn opening(number: u32) -> u32 {
    (number / 30).saturating_add(14)
}

/// What is in a container: how many units, and whether the first of them is human.
fn held(book: &mut Book, number: u32) -> (u32, bool) {
    match number {
        31 => (0, false),
        32 => (1, false),
        33 => (7, true),
        1..=60 => (1, true),
        _ if book.befalls(3) => (0, false),
        _ if book.befalls(2) => (1, false),
        _ if book.befalls(5) => (2, true),
        _ if book.befalls(1) => (3, true),
        _ => (1, true),
    }
}

fn opened(book: &mut Book) {
    for number in 1..=CONTAINERS {
        let (units, human) = held(book, number);
        let found: Vec<_> = (1..=units)
            .map(|unit| {
                let elements = match (human, units, unit) {
                    (false, ..) => json!("undetermined"),
                    (true, 1, _) if number == 1 => json!({"parts": ["skull"]}),
                    (true, 1, _) if number == 2 => json!({"parts": ["right-humerus"]}),
                    (true, 1, _) => json!("complete-body"),
                    (true, _, 1) => json!({"parts": ["skull"]}),
                    (true, _, 2) => json!({"parts": ["left-humerus"]}),
                    (true, ..) => json!({"parts": ["right-humerus"]}),
                };
                let human = if human { "yes" } else { "no" };
                json!({"id": format!("u-{number}-{unit}"), "human": human, "elements": elements})
            })
            .collect();
        if human {
            book.human.insert(number, format!("u-{number}-1"));
        }
        let opening_of = json!({"container": format!("bag-{number}"), "found": found});
        book.happened("bel-intake", opening(number), &["remains", "opened"], opening_of);
    }
}

/// Two more containers in the next winter.
fn second_batch(book: &mut Book) {
    let (at, opened) = (270, 272);
    batch(book, at, 2);
    for number in [9001, 9002] {
        let note = (number == 9002).then_some("For examination: probably not of Belmora, says the sender.");
        container(book, at, number, 2, note);
    }
    let leg = passed(book, at, 2);
    let transfer = json!({"id": "tr-2", "of": {"batch": "batch-2"}, "from": "arv-graves", "to": "bel-intake", "leg": leg});
    book.tell(KEEPER, at, &["custody", "introduced"], transfer);
    book.happened("arv-graves", at, &["custody", "given"], json!({"transfer": "tr-2", "found": count(2)}));
    let received = json!({"transfer": "tr-2", "accepted": "with-reservation", "found": count(2)});
    book.happened("bel-intake", at, &["custody", "received"], received);
    for (number, part) in [(9001, "left-femur"), (9002, "right-femur")] {
        let found = json!([{"id": format!("u-{number}-1"), "human": "yes", "elements": {"parts": [part]}}]);
        let opening_of = json!({"container": format!("bag-{number}"), "found": found});
        book.happened("bel-intake", opened, &["remains", "opened"], opening_of);
    }
}
