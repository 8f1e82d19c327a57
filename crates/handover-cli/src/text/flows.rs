//! What passed, leg by leg.

use handover::reading::Counted;

use super::page::Page;
use super::say::{self, Names};
use super::{columns, rests_on, section};
use crate::args::Section;
use crate::report::{Asymmetry, Flow, Interval, Leg, Passed, Report, Told, Word};

pub(super) fn flows(page: &mut Page, report: &Report, names: Names<'_>) {
    let flows = section(
        page,
        report,
        Section::Flows,
        report.flows.as_ref(),
        [
            "What passed",
            "Leg by leg: the parties' words, how they stand to each other, and what is taken of them.",
            "No leg is recorded.",
        ],
    );
    for flow in flows {
        one(page, report, flow, names);
    }
    let asymmetries = report.asymmetries.as_deref().unwrap_or_default();
    if !asymmetries.is_empty() {
        page.subject("Observed asymmetry: a statistic, not a term");
        page.remark("How many passed one way for each that passed the other way. It makes no debt.");
    }
    for asymmetry in asymmetries {
        page.item(&format!(
            "{}, {} to {}{} for each the other way: {}",
            asymmetry.matter,
            names.short(&asymmetry.from),
            names.short(&asymmetry.to),
            held_under(report, asymmetry.under.as_deref()),
            quotients(asymmetry)
        ));
    }
}

/// Under which agreement something passed, where the record has more than one answer to that.
pub(super) fn held_under(report: &Report, under: Option<&str>) -> String {
    let elsewhere = |flow: &Flow| flow.under.is_some() && flow.under.as_deref() != under;
    if !report.flows.iter().flatten().any(elsewhere) {
        return String::new();
    }
    match under {
        None => ", under no agreement".to_owned(),
        Some(agreement) => format!(", under `{agreement}`"),
    }
}

fn one(page: &mut Page, report: &Report, flow: &Flow, names: Names<'_>) {
    page.subject(&format!(
        "{}, {} to {}{}, in {}",
        capital(&flow.matter),
        names.party(&flow.from),
        names.party(&flow.to),
        held_under(report, flow.under.as_deref()),
        flow.unit
    ));
    let readings = columns(report);
    let single = match readings.as_slice() {
        [only] => Some(format!("taken: {only}")),
        _ => None,
    };
    let mut header = vec!["leg", "how many, each says", "together"];
    header.extend(single.as_deref());
    let row = |leg: &Leg| {
        let mut cells = vec![place(leg), words(leg), together(leg, flow, names)];
        if single.is_some() {
            cells.extend(say::by(&leg.passed, taken));
        }
        cells
    };
    page.table(&header, flow.legs.iter().map(row).collect());
    let mut rows = Vec::new();
    if single.is_none() {
        for leg in &flow.legs {
            rows.push((leg.leg.clone(), say::by(&leg.passed, taken)));
        }
    }
    rows.push(("sum".to_owned(), say::by(&flow.passed, |sum| say::figure(sum, "leg"))));
    page.by_reading("taken", &readings, &rows);
    for leg in &flow.legs {
        let entries: Vec<_> =
            leg.passed.iter().map(|by| (by.according_to.clone(), by.taken.entries.clone())).collect();
        rests_on(page, report, &leg.leg, &entries);
    }
}

/// What is taken to have passed in a leg by then.
fn taken(passed: &Passed) -> String {
    match passed.counted.0 {
        Counted::Yes => say::told(passed.told),
        Counted::Perhaps => format!("{}, perhaps later", say::told(passed.told)),
        Counted::No => "not by then".to_owned(),
    }
}

fn place(leg: &Leg) -> String {
    let mut text = format!("{}\n{}", leg.leg, leg.on);
    if let Some(category) = &leg.category {
        text.extend(["\n", category]);
    }
    if !leg.batches.is_empty() {
        text.extend(["\nbatch ", &leg.batches.join(", ")]);
    }
    text
}

fn words(leg: &Leg) -> String {
    let word = |word: &Word<Interval>| {
        let says = match word.says {
            Some(span) => say::told(Told { span, label: word.label }),
            None => word.label.0.to_string(),
        };
        format!("{}: {says}", word.party)
    };
    leg.count.words.iter().map(word).collect::<Vec<_>>().join("\n")
}

fn together(leg: &Leg, flow: &Flow, names: Names<'_>) -> String {
    let mut text = format!(
        "happened: {}\nhow many: {}",
        names.whether(&leg.occurrence),
        names.joint(&leg.count, |span| say::interval(*span))
    );
    if flow.matter == "remains" {
        let whose = names.joint(&leg.whose, |whose| whose.join(" or "));
        text.extend(["\nwhose: ", &whose]);
        let said = leg.whose.words.iter().filter_map(|word| Some((&word.party, word.says.as_ref()?)));
        for (party, whose) in said {
            text.extend(["\n", party, ": ", &whose.join(" or ")]);
        }
    }
    text
}

fn quotients(asymmetry: &Asymmetry) -> String {
    let given = asymmetry.quotient.iter().map(|by| {
        let text = match (&by.taken.least, &by.taken.greatest) {
            (None, None) => "cannot be said".to_owned(),
            (Some(least), Some(greatest)) if least == greatest => grouped(least),
            (Some(least), Some(greatest)) => {
                format!("between {} and {}", grouped(least), grouped(greatest))
            }
            (Some(least), None) => format!("at least {}", grouped(least)),
            (None, Some(greatest)) => format!("at most {}", grouped(greatest)),
        };
        (by.according_to.clone(), text)
    });
    let merged = say::merged(given);
    merged.iter().map(|(keys, text)| format!("{text} ({keys})")).collect::<Vec<_>>().join("; ")
}

/// A decimal with commas in its whole part.
fn grouped(decimal: &str) -> String {
    let (whole, part) = decimal.split_once('.').unwrap_or((decimal, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), crate::report::number);
    if part.is_empty() { whole } else { format!("{whole}.{part}") }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
