//! The containers: who has them, by what chains, and what of it does not fit together.

use super::page::Page;
use super::say::{self, Names};
use super::{columns, recorded};
use crate::report::{Break, Custody, Place, Report};

pub(super) fn custody(page: &mut Page, report: &Report, names: Names<'_>) {
    let Some(custody) = recorded(
        page,
        report.custody.as_ref(),
        |custody| custody.holdings.iter().all(|by| by.taken.registered == 0) && custody.batches.is_empty(),
        [
            "Custody",
            "The containers by the chains of custody, in the time of the events. What one end tells of a transfer is its \
             own word, and neither end takes the place of the other.",
            "No container is recorded.",
        ],
    ) else {
        return;
    };
    batches(page, report, custody, names);
    holdings(page, report, custody, names);
    chains(page, custody, names);
    discrepancies(page, custody);
}

fn batches(page: &mut Page, report: &Report, custody: &Custody, names: Names<'_>) {
    for batch in &custody.batches {
        let complete = match &batch.complete {
            Some(entry) => format!("no others are in it ({entry})"),
            None => "nobody states that there are no others".to_owned(),
        };
        page.subject(&format!("Batch {}: {complete}", batch.batch));
        for transfer in &batch.transfers {
            let end = |end: Option<&crate::report::End>| match end {
                None => "nobody tells".to_owned(),
                Some(end) => match (&end.shown, &end.unit) {
                    (Some(count), Some(unit)) => format!("{}, {count} {unit}", end.on),
                    _ => format!("{}, no count", end.on),
                },
            };
            page.item(&format!(
                "{}: {} → {}; given: {}; received: {}",
                transfer.transfer,
                names.organ(&transfer.from),
                names.organ(&transfer.to),
                end(transfer.given.as_ref()),
                end(transfer.received.as_ref())
            ));
        }
        page.gap();
        let row = |what: &str, number: &dyn Fn(&crate::report::Manifest) -> usize| {
            (what.to_owned(), say::by(&batch.manifest, |manifest| say::count(number(manifest))))
        };
        let rows = [
            row("containers recorded", &|it| it.containers),
            row("received", &|it| it.received),
            row("refused", &|it| it.refused),
            row("did not arrive", &|it| it.missing),
            row("given, no receipt told", &|it| it.open),
            row("told by one end alone", &|it| it.one_end_only),
            row("did not pass", &|it| it.not_passed),
            row("missed, not found again", &|it| it.missed),
        ];
        page.by_reading("", &columns(report), &told(rows, 4));
    }
}

fn holdings(page: &mut Page, report: &Report, custody: &Custody, names: Names<'_>) {
    page.subject("Who has how many containers; each is counted once");
    let mut organs: Vec<&str> = custody
        .holdings
        .iter()
        .flat_map(|by| by.taken.with.iter().map(|holder| holder.organ.as_str()))
        .collect();
    organs.sort_unstable();
    organs.dedup();
    let mut rows = Vec::new();
    for organ in organs {
        let has = |holdings: &crate::report::Holdings| {
            let holder = holdings.with.iter().find(|holder| holder.organ == organ);
            crate::report::number(holder.map_or(0, |holder| holder.containers))
        };
        rows.push((names.organ(organ), say::by(&custody.holdings, has)));
    }
    let row = |what: &str, number: &dyn Fn(&crate::report::Holdings) -> u64| {
        (what.to_owned(), say::by(&custody.holdings, |it| crate::report::number(number(it))))
    };
    let rest = [
        row("given, not received", &|it| it.in_transfer),
        row("it cannot be told", &|it| it.undetermined),
        row("with nobody yet", &|it| it.not_yet),
        row("no more", &|it| it.ended),
    ];
    rows.extend(told(rest, 0));
    rows.push(row("registered", &|it| it.registered));
    page.by_reading("", &columns(report), &rows);
}

fn chains(page: &mut Page, custody: &Custody, names: Names<'_>) {
    let mut broken = Vec::new();
    let mut open = Vec::new();
    for by in &custody.unsettled {
        let number = by.taken.iter().filter(|one| one.breaks.is_empty()).count();
        if number > 0 {
            open.push((by.according_to.clone(), say::several(number, "container")));
        }
        for one in &by.taken {
            for it in &one.breaks {
                broken.push((by.according_to.clone(), format!("{}: {}", one.of, breach(it, names))));
            }
        }
    }
    if custody.unsettled.iter().any(|by| !by.taken.is_empty()) {
        page.subject("Chains that are open, and chains that do not hold");
        for (keys, number) in say::merged(open) {
            page.item(&format!("{number} of which it is not told with whom they are ({keys})"));
        }
        for (keys, text) in say::merged(broken) {
            page.item(&format!("{text} ({keys})"));
        }
    }
}

fn discrepancies(page: &mut Page, custody: &Custody) {
    if !custody.discrepancies.is_empty() {
        page.subject("Discrepancies: entries that cannot both be right");
    }
    for discrepancy in &custody.discrepancies {
        let [first, second] = &discrepancy.between;
        let of = discrepancy.transfer.as_ref().map(|transfer| format!(" of {transfer}")).unwrap_or_default();
        let open = discrepancy.open.iter().map(|by| {
            let stands = if by.taken { "open" } else { "explained" };
            (stands.to_owned(), by.according_to.clone())
        });
        let stands = say::merged(open.map(|(stands, key)| (key, stands)));
        let stands: Vec<String> = stands.iter().map(|(keys, stands)| format!("{stands} ({keys})")).collect();
        page.item(&format!(
            "{first} and {second}{of} differ in {}: {}",
            discrepancy.in_what.join(", ").replace("said", "what someone says"),
            stands.join(", ")
        ));
    }
    if !custody.incidents.is_empty() {
        page.subject("Incidents: they stand beside the chain and take nothing back");
    }
    for incident in &custody.incidents {
        let settled = incident.settled_by.iter().map(|by| {
            let by_whom = by.taken.as_ref().map(|entry| format!("; found again by {entry}"));
            (by.according_to.clone(), by_whom.unwrap_or_default())
        });
        for (keys, settled) in say::merged(settled) {
            page.item(&format!("{}, {}: {}{settled} ({keys})", incident.on, incident.of, incident.kind));
        }
    }
}

/// Where something is.
pub(super) fn place(place: &Place, names: Names<'_>) -> String {
    let organs: Vec<String> = place.organs.iter().map(|organ| names.organ(organ)).collect();
    let by = place.by.as_deref().unwrap_or_default();
    match place.is {
        "not-yet" => "nobody is recorded to have had it yet".to_owned(),
        "with" => format!("with {}", organs.join(", ")),
        "in-transfer" => format!("given and not received, {} ({by})", organs.join(" → ")),
        "ended" => format!("it is no more ({by})"),
        _ => format!("it cannot be told: with one of these or between them: {}", organs.join(", ")),
    }
}

/// Where a chain does not hold.
pub(super) fn breach(it: &Break, names: Names<'_>) -> String {
    let at = it.transfer.as_ref().map(|transfer| format!(" at {transfer}")).unwrap_or_default();
    let organ = |key: Option<&String>| key.map(|key| names.organ(key)).unwrap_or_default();
    let (held, given) = (organ(it.held_by.as_ref()), organ(it.given_by.as_ref()));
    match it.is {
        "gap" => format!("a gap{at}: {held} had it, {given} of the same party gives it"),
        "discontinuity" => format!("a discontinuity{at}: {held} had it, {given} gives it"),
        _ => format!("out of time{at}: given before it was received"),
    }
}

/// The rows that say something: the first ones always, the others if any reading has more than nought.
fn told<const N: usize>(rows: [super::page::Row; N], always: usize) -> Vec<super::page::Row> {
    let says = |(at, row): &(usize, super::page::Row)| *at < always || row.1.iter().any(|cell| cell != "0");
    rows.into_iter().enumerate().filter(says).map(|(_, row)| row).collect()
}
