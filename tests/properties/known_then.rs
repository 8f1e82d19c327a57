//! What was said by a moment is what was known then: where everything was recorded when it was said, a ledger read as of what had
//! been said by some moment shows what a ledger shows that ends there. Of custody, remains, identification, families and lists as of
//! counts.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use handover::agreement::AgreementEntry;
use handover::custody::Held;
use handover::disclosure::Audience;
use handover::entry::{Entry, What};
use handover::ledger::Ledger;
use handover::obligation::ObligationEntry;
use handover::reading::{According, Reading, RestsOn};
use handover::when::{Moment, When};
use handover_testkit::scenario::{Scenario, Theme};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::cases;

/// The day on which the entry at a place is said: later than that of every entry before it.
fn said(at: usize) -> When {
    let (year, month, day) = (2030 + at / 336, at % 336 / 28 + 1, at % 28 + 1);
    format!("{year}-{month:02}-{day:02}").parse().unwrap()
}

/// The same entries, each recorded on the day on which it is said.
fn as_it_came(entries: impl IntoIterator<Item = Entry>) -> Vec<Entry> {
    entries.into_iter().enumerate().map(|(at, entry)| Entry { said: said(at), ..entry }).collect()
}

/// What an entry gives a name to, and its own.
fn named(entry: &Entry) -> Vec<String> {
    fn walk(value: &Value, named: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    match field {
                        Value::String(name) if key == "id" => named.push(name.clone()),
                        _ => walk(field, named),
                    }
                }
            }
            Value::Array(all) => all.iter().for_each(|one| walk(one, named)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    walk(&serde_json::to_value(entry).unwrap(), &mut all);
    all
}

/// Every view of a reading by its name, with the entries that it rests on; of what has a name, by the names that are asked for.
fn views(reading: Reading<'_, RestsOn>, names: &BTreeSet<String>) -> Vec<(String, String)> {
    let mut views = Vec::new();
    let mut note = |what: &str, view: &dyn Debug| views.push((what.to_owned(), format!("{view:?}")));
    note("legs", &reading.legs().collect::<Vec<_>>());
    note("flows", &reading.flows());
    note("totals", &reading.totals());
    note("schedule", &reading.schedule());
    note("agreements", &reading.agreements());
    note("allegations", &reading.allegations());
    note("expectations", &reading.expectations());
    note("readiness", &reading.readiness());
    note("repetitions", &reading.repetitions());
    note("holdings", &reading.holdings());
    note("discrepancies", &reading.discrepancies());
    note("incidents", &reading.incidents());
    note("unsettled chains", &reading.unsettled_chains());
    note("remains", &reading.remains());
    note("funnel", &reading.funnel());
    note("comparisons due", &reading.comparisons_due());
    note("effect anomalies", &reading.effect_anomalies());
    note("decisions", &reading.decisions());
    note("revoked decisions", &reading.revoked_decisions());
    note("open contradictions", &reading.open_contradictions());
    note("duties of return", &reading.return_duties());
    note("notices", &reading.notices());
    note("tasks", &reading.notification_tasks());
    note("dispositions", &reading.dispositions());
    note("judicial holds", &reading.judicial_holds());
    note("affected releases", &reading.affected_releases());
    note("cases", &reading.cases());
    note("lists", &reading.lists().collect::<Vec<_>>());
    note("open matters", &reading.open_matters());
    note("conformance", &reading.conformance());
    note("sharings", &reading.sharings());
    note("withholdings", &reading.withholdings());
    for audience in [Audience::Public, Audience::Party("north".parse().unwrap())] {
        let Ok(shown) = reading.for_audience(audience) else { continue };
        note("shown units", &shown.units().collect::<Vec<_>>());
        note("shown persons", &shown.persons().collect::<Vec<_>>());
        note("shown legs", &shown.legs().collect::<Vec<_>>());
        note("shown slots", &shown.slots().collect::<Vec<_>>());
        note("shown lists", &shown.lists().collect::<Vec<_>>());
        note("shown funnels", &shown.funnels().collect::<Vec<_>>());
    }
    macro_rules! of {
        ($name:expr; $($view:ident($($more:expr),*)),+ $(,)?) => {
            $(if let Ok(view) = reading.$view($name.parse().unwrap() $(, $more)*) {
                note(&format!("{} of {}", stringify!($view), $name), &view);
            })+
        };
    }
    for name in names {
        of!(name;
            unit(), affiliation(), identification(), descent(), disposition(),
            remains_of_container(), effects_found_in(),
            remains_of_batch(), funnel_of_batch(), open_matters_of(),
            transfer(), group_of_units(), accounting(), decisions_of(),
            nomination(), list(), listed_in_leg(), slot(), funnel_of_handover(), total(),
            agreement(), milestones(), versions(), completion_record(), review_cohort(), claim(),
            stands(According::Anyone), whole(), terms(), reciprocity(), pace(),
            coupling(According::Anyone), condition(According::Anyone),
        );
        if let Ok(mut manifest) = reading.manifest(name.parse().unwrap()) {
            // That there is a transfer is known whenever it is read.
            manifest.transfers.retain(|transfer| transfer.given.is_some() || transfer.received.is_some());
            note(&format!("manifest of {name}"), &manifest);
        }
        let held = [
            Held::Container(name.parse().unwrap()),
            Held::Remains(name.parse().unwrap()),
            Held::Batch(name.parse().unwrap()),
        ];
        for of in held {
            if let Ok(chain) = reading.chain(of) {
                note(&format!("chain of {of}"), &chain);
            }
        }
    }
    views
}

fn ledger_of(entries: &[Entry]) -> Ledger {
    let mut ledger = Ledger::new();
    for entry in entries {
        let answer = ledger.post(entry);
        assert!(answer.is_ok(), "{entry:?}: {answer:?}");
    }
    ledger
}

/// Every view that a ledger of the first of these entries shows another way than the whole one does of what was said by then.
fn differences(entries: &[Entry], whole: &Ledger, known: usize, as_of: &[Moment]) -> Vec<String> {
    let (prefix, then) = (ledger_of(&entries[..known]), entries[known - 1].said.last_moment().unwrap());
    let asked: BTreeSet<String> = entries[..known].iter().flat_map(named).collect();
    let parties = prefix.parties().map(|(party, _)| According::To(party));
    let readings: Vec<According> =
        parties.chain([According::AcceptedByAll, According::Neutral, According::Anyone]).collect();
    let last = entries[known - 1].id;
    let mut found = Vec::new();
    for according in readings {
        for moment in as_of {
            let known = prefix.reading(according, *moment).unwrap().explained();
            let said = whole.reading(according, *moment).unwrap().said_by(then).explained();
            let (known, said) = (views(known, &asked), views(said, &asked));
            for (known, said) in known.iter().zip(&said) {
                if known != said {
                    let (one, other) = (&known.1, &said.1);
                    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
                    let about =
                        |text: &str| text.chars().skip(at.saturating_sub(120)).take(320).collect::<String>();
                    found.push(format!(
                        "{} {according} after {last}\n known: {}\n  said: {}",
                        known.0,
                        about(one),
                        about(other)
                    ));
                }
            }
            assert_eq!(known.len(), said.len());
        }
    }
    found
}

fn days(days: &[&str]) -> Vec<Moment> {
    days.iter().map(|day| day.parse::<When>().unwrap().last_moment().unwrap()).collect()
}

/// Whether an entry tells what there is to speak of. That is known whenever a ledger is read: `said_by` is asked of what is said.
fn sets_up(entry: &Entry) -> bool {
    match &entry.what {
        What::Party(_) | What::Handover(_) | What::Batch(_) | What::Total(_) => true,
        What::Agreement(entry) => {
            matches!(entry, AgreementEntry::Introduced(_) | AgreementEntry::Milestone(_))
        }
        What::Obligation(entry) => matches!(entry, ObligationEntry::Introduced(_)),
        _ => false,
    }
}

/// The entries of the files that hold every form of an entry, what there is to speak of first, and how many of them tell that.
fn of_every_form() -> (Vec<Entry>, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v1");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let texts = files.into_iter().map(|file| fs::read_to_string(file).unwrap());
    let entries: Vec<Entry> = texts
        .flat_map(|text| {
            text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect::<Vec<Entry>>()
        })
        .collect();
    let (setting, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(sets_up);
    // What is refused where what there is to speak of comes first is left out.
    let mut ledger = Ledger::new();
    let mut is_kept = |entry: &Entry| ledger.post(entry).is_ok();
    let (setting, rest): (Vec<_>, Vec<_>) =
        (setting.into_iter().filter(&mut is_kept).collect(), rest.into_iter().filter(&mut is_kept).collect());
    let first = setting.len();
    (as_it_came(setting.into_iter().chain(rest)), first)
}

/// Histories of one theme, mostly, or of all; and how many of their entries set up what the others speak of.
fn histories() -> impl Strategy<Value = (Vec<Entry>, usize)> {
    let theme = proptest::sample::select(&Theme::ALL[..]);
    let one = theme.prop_flat_map(|theme| Scenario::new().theme(theme).moves(10..40).strategy());
    let several = Scenario::new().moves(10..60).strategy();
    prop_oneof![3 => one, 1 => several].prop_map(|history| (as_it_came(history.entries), history.setting))
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn what_was_said_by_then_is_what_was_known_then_of_every_form_of_entry(at: Index) {
        static RECORDED: LazyLock<(Vec<Entry>, usize, Ledger)> = LazyLock::new(|| {
            let (entries, first) = of_every_form();
            let whole = ledger_of(&entries);
            (entries, first, whole)
        });
        let (entries, first, whole) = &*RECORDED;
        let known = first + at.index(entries.len() - first + 1);
        let found = differences(entries, whole, known, &days(&["2025-07-12", "2027-01-01"]));
        prop_assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

/// What is owed in remains of which more are found, which are divided, and of which that is taken back.
#[test]
fn what_was_said_by_then_of_units_towards_an_obligation_is_what_was_known_then() {
    let party = |id: &str| json!({"party": {"introduced": {"id": id, "name": id}}});
    let organ = |id: &str| {
        let of = json!({"party": id});
        json!({"party": {"organ": {"id": format!("{id}-army"), "name": id, "allegiance": of}}})
    };
    let speaker =
        |id: &str| json!({"party": {"speaker": {"id": id, "name": id, "organ": format!("{id}-army")}}});
    let of = json!({"matter": "remains"});
    for credits_at in ["tender", "passage", "credit"] {
        let mut told: Vec<(&str, Value)> =
            ["north", "south"].iter().map(|id| ("keeper", party(id))).collect();
        told.extend(
            ["north", "south"].iter().flat_map(|id| [("keeper", organ(id)), ("keeper", speaker(id))]),
        );
        told.extend([
            ("keeper", json!({"agreement": {"introduced": {
                "id": "deal", "name": "the deal", "parties": ["north", "south"], "form": "signed-text", "on": "2025-01-01"
            }}})),
            ("keeper", json!({"obligation": {"introduced": {
                "id": "duty", "debtor": "north", "creditor": "south", "of": of, "unit": "set-of-remains",
                "basis": {"agreement": "deal"}, "standard": "result", "credits-at": credits_at
            }}})),
            ("keeper", json!({"handover": {"introduced": {"id": "h", "under": "deal", "on": "2025-06-01"}}})),
            ("keeper", json!({"handover": {"leg": {
                "id": "leg", "handover": "h", "from": "north", "to": "south", "of": of, "unit": "set-of-remains",
                "towards": "duty"
            }}})),
            ("keeper", json!({"batch": {"introduced": {
                "id": "batch", "from": "north", "to": "south", "of": of, "unit": "set-of-remains", "towards": "duty"
            }}})),
            ("keeper", json!({"batch": {"passed": {"batch": "batch", "leg": "leg"}}})),
        ]);
        let first = told.len();
        let remains = |what: Value| ("south", json!({ "remains": what }));
        told.extend([
            ("north", json!({"container": {"registered": {
                "id": "bag", "batch": "batch", "held-by": "north-army", "since": "2025-05-20", "provenance": "unknown"
            }}})),
            ("north", json!({"container": {"complete": {"batch": "batch"}}})),
            remains(json!({"opened": {
                "container": "bag", "on": "2025-06-02", "found": [{"id": "u-1", "human": "yes"}, {"id": "u-2", "human": "yes"}]
            }})),
            remains(json!({"further-found": {
                "container": "bag", "on": "2025-06-02", "found": [{"id": "u-3", "human": "yes"}]
            }})),
            remains(json!({"divided": {
                "unit": "u-1", "on": "2025-06-03", "into": [{"id": "u-4", "human": "yes"}, {"id": "u-5", "human": "yes"}]
            }})),
            remains(json!({"united": {"units": ["u-2", "u-3"], "on": "2025-06-03", "into": {"id": "u-6", "human": "yes"}}})),
            remains(json!({"reversed": {"entry": "t-united", "reason": "the profiles differ"}})),
        ]);
        let entry = |(at, (by, what)): (usize, (&str, Value))| -> Entry {
            let id = if what["remains"].get("united").is_some() {
                "t-united".to_owned()
            } else {
                format!("t-{at}")
            };
            let line = json!({"id": id, "by": by, "said": "2025-07-01", "what": what});
            serde_json::from_value(line).unwrap()
        };
        let entries = as_it_came(told.into_iter().enumerate().map(entry));
        let whole = ledger_of(&entries);
        for known in first..=entries.len() {
            let found = differences(&entries, &whole, known, &days(&["2025-06-02", "2025-06-30"]));
            assert!(found.is_empty(), "{credits_at}: {}", found.join("\n"));
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn what_was_said_by_then_is_what_was_known_then(history in histories(), at: Index) {
        let (entries, first) = history;
        let known = first + at.index(entries.len() - first + 1);
        let found = differences(&entries, &ledger_of(&entries), known, &days(&["2025-06-04", "2025-06-30"]));
        prop_assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
