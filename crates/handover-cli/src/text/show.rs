//! One container or one unit of remains, for people.

use handover::ledger::Ledger;
use handover::reading::Counted;

use super::custody::{breach, place};
use super::page::{Page, Row};
use super::remains::{plain, tally_rows};
use super::say::{self, Names};
use crate::report::{Axes, By, ChainEnd as End, ContainerShown, Event, Step, UnitShown, Whereabouts};

/// A container.
pub(crate) fn container(shown: &ContainerShown, ledger: &Ledger) -> String {
    let (names, mut page) = (Names(ledger), Page::default());
    page.title(&format!("Container {}", shown.container));
    page.gap();
    if !shown.called.is_empty() {
        page.labelled("called", 12, &format!("{} by others", shown.called.join(", ")));
    }
    asked(&mut page, shown.asked.as_of.as_deref(), shown.asked.said_by.as_deref());
    custody(&mut page, &shown.custody, names);
    let opened = "Units of remains that were found in it, and what was made of them.";
    let none = "Nobody tells that it was opened, or nothing was found in it.";
    page.section("What was found in it", if shown.units.is_empty() { none } else { opened });
    if !shown.units.is_empty() {
        page.say(&shown.units.join(", "));
        page.gap();
        page.by_reading("", &keys(&shown.remains), &tally_rows(&shown.remains));
    }
    history(&mut page, &shown.history, names);
    page.into_text()
}

/// A unit of remains.
pub(crate) fn unit(shown: &UnitShown, ledger: &Ledger) -> String {
    let (names, mut page) = (Names(ledger), Page::default());
    page.title(&format!("Unit of remains {}", shown.unit));
    page.gap();
    asked(&mut page, shown.asked.as_of.as_deref(), shown.asked.said_by.as_deref());
    custody(&mut page, &shown.custody, names);
    page.section("Descent", "Where it comes from, and what became of it: a code has one descent.");
    let listed =
        |list: &[String], none: &str| if list.is_empty() { none.to_owned() } else { list.join(", ") };
    page.labelled("found in", 12, &listed(&shown.containers, "no container"));
    page.labelled("made of", 12, &listed(&shown.ancestors, "no other unit"));
    let became = match &shown.ceased_by {
        Some(entry) => format!("{} ({entry})", listed(&shown.descendants, "nothing that stands")),
        None => "it is still what it was".to_owned(),
    };
    page.labelled("became", 12, &became);
    page.section("How it stands", "Each axis by itself: none follows from another. Persons are not shown.");
    page.by_reading("", &keys(&shown.axes), &axes(&shown.axes, names));
    for by in &shown.axes {
        if let Some(entries) = &by.taken.entries {
            page.labelled("rests on", 12, &format!("{}: {}", by.according_to, entries.join(", ")));
        }
    }
    history(&mut page, &shown.history, names);
    page.into_text()
}

fn keys<T>(list: &[By<T>]) -> Vec<String> {
    list.iter().map(|by| by.according_to.clone()).collect()
}

fn asked(page: &mut Page, as_of: Option<&str>, said_by: Option<&str>) {
    page.labelled("as of", 12, as_of.unwrap_or("the end of time: no date was asked for"));
    page.labelled("said by", 12, said_by.unwrap_or("whenever: what was said later counts too"));
}

fn custody(page: &mut Page, custody: &[By<Whereabouts>], names: Names<'_>) {
    page.section("Where it is", "By whose word, and by what chain, in the time of the events.");
    let places = custody.iter().map(|by| (by.according_to.clone(), place(&by.taken.place, names)));
    for (keys, place) in say::merged(places) {
        page.item(&format!("{keys}: {place}"));
    }
    let chains = custody.iter().map(|by| {
        let steps = by.taken.chain.iter().map(|link| step(link, names));
        let breaks = by.taken.breaks.iter().map(|it| breach(it, names));
        let lines: Vec<String> = steps.chain(breaks).collect();
        let none = "nothing is told of it".to_owned();
        (by.according_to.clone(), if lines.is_empty() { none } else { lines.join("\n") })
    });
    for (keys, lines) in say::merged(chains) {
        page.subject(&format!("The chain by the word of {keys}"));
        for line in lines.lines() {
            page.item(line);
        }
    }
}

fn step(step: &Step, names: Names<'_>) -> String {
    let told = |what: &str, end: Option<&End>| match end {
        Some(end) => format!("{what} {} ({})", day(&end.on), end.entry),
        None => format!("that it was {what} nobody tells"),
    };
    let to = names.organ(&step.to);
    let Some(from) = &step.from else {
        return match &step.received {
            Some(since) => format!("{to} has it since {} ({})", day(&since.on), since.entry),
            None => format!("{to} has it"),
        };
    };
    let passing = match step.passing {
        "passed" => "it passed",
        "open" => "it is under way",
        "refused" => "it was refused and stayed",
        "missing" => "it did not arrive",
        _ => "one end alone tells of it",
    };
    format!(
        "{} → {to}, {}: {}, {}; {passing}",
        names.organ(from),
        step.transfer.as_deref().unwrap_or_default(),
        told("given", step.given.as_ref()),
        told("received", step.received.as_ref())
    )
}

/// The days between which something was, without the times.
fn day(span: &str) -> String {
    let day = |end: &str| end.split_once('T').map_or(end, |(day, _)| day).to_owned();
    let (first, last) = span.split_once('/').unwrap_or((span, span));
    if day(first) == day(last) { day(first) } else { format!("{}/{}", day(first), day(last)) }
}

fn axes(list: &[By<Axes>], names: Names<'_>) -> Vec<Row> {
    let row = |what: &str, show: &dyn Fn(&Axes) -> String| (what.to_owned(), say::by(list, show));
    let mut rows = vec![
        row("it stands", &|it| counts(it.lives.0).to_owned()),
        row("human", &|it| it.human.to_owned()),
        row("consists of", &|it| it.elements.clone()),
        row("in the laboratory", &|it| plain(it.progress)),
        row("compared, times", &|it| say::interval(it.comparisons)),
        row("samples taken", &|it| say::count(it.samples)),
        row("whose remains", &|it| match it.open_contradictions {
            0 => plain(it.identification),
            number => format!("{}, {} open contradictions", plain(it.identification), say::count(number)),
        }),
        row("to which side", &|it| {
            if it.contested { format!("{}, contested", it.affiliation) } else { it.affiliation.clone() }
        }),
    ];
    if list.iter().any(|by| by.taken.duty.is_some()) {
        rows.push(row("owed", &|it| {
            it.duty.as_ref().map_or("nothing follows".to_owned(), |duty| {
                let what = if duty.kind == "return" { "to be returned" } else { "to be handed on" };
                let to = duty.towards.as_deref().map(|to| format!(" to {}", names.short(to)));
                format!("{what}{}: {}", to.unwrap_or_default(), duty.state)
            })
        }));
    }
    let mut obligations: Vec<&String> = list.iter().flat_map(|by| by.taken.credit.keys()).collect();
    obligations.sort_unstable();
    obligations.dedup();
    for obligation in obligations {
        let class = |it: &Axes| it.credit.get(obligation).map_or("not offered".to_owned(), |it| plain(it));
        rows.push(row(&format!("credit to {obligation}"), &class));
    }
    if list.iter().any(|by| !by.taken.notices.is_empty()) {
        rows.push(row("notices", &|it| {
            let each =
                it.notices.iter().map(|(state, number)| format!("{} {}", say::count(*number), plain(state)));
            each.collect::<Vec<_>>().join(", ")
        }));
    }
    rows.push(row("rests", &|it| it.disposition.map_or("nobody says".to_owned(), plain)));
    if list.iter().any(|by| by.taken.judicial_holds > 0) {
        rows.push(row("judicial holds", &|it| say::count(it.judicial_holds)));
    }
    rows
}

fn counts(counted: Counted) -> &'static str {
    match counted {
        Counted::Yes => "yes",
        Counted::Perhaps => "perhaps",
        Counted::No => "no",
    }
}

fn history(page: &mut Page, history: &[Event], names: Names<'_>) {
    page.section("History", "The entries that speak of it, in the order of recording, whoever is believed.");
    for event in history {
        let on = event.on.as_ref().map(|on| format!(", of {on}")).unwrap_or_default();
        let counted = say::merged(
            event.counted.iter().map(|by| (by.according_to.clone(), counts(by.taken.0).to_owned())),
        );
        let counted = match counted.as_slice() {
            [] => String::new(),
            [(_, only)] if only == "yes" => String::new(),
            parts => {
                let parts: Vec<String> =
                    parts.iter().map(|(keys, counted)| format!("{counted} ({keys})")).collect();
                format!("; counts: {}", parts.join(", "))
            }
        };
        page.item(&format!(
            "{}: {}{on}, said by {} {}{counted}",
            event.entry,
            event.what,
            names.speaker(&event.speaker),
            event.said
        ));
    }
}
