//! Organs of one party that are not followed.

use handover::claim::Subject;
use handover::quantity::Span;
use handover::reading::{Joint, Meaning, RestsOn};
use handover::refusal::EntryRefusal;
use serde::Serialize;

use super::figure::Interval;
use super::obligations::Term;
use super::{Book, obligations, words};

/// A party several of whose organs speak on one thing.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Conflict {
    /// The party.
    pub(crate) party: String,
    /// About what.
    pub(crate) about: String,
    /// In what respect.
    pub(crate) scope: &'static str,
    /// The organs whose word is taken.
    pub(crate) followed: Vec<String>,
    /// What they say.
    pub(crate) says: String,
    /// The organs whose word is not taken.
    pub(crate) not_followed: Vec<NotFollowed>,
    /// Whether the words cannot all be right.
    pub(crate) contradict: bool,
}

/// An organ whose word is not taken.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct NotFollowed {
    /// The organ.
    pub(crate) organ: String,
    /// What it says.
    pub(crate) says: String,
}

pub(super) fn conflicts(book: &Book<'_>) -> Result<Vec<Conflict>, EntryRefusal> {
    let mut found = Vec::new();
    for leg in book.common.legs() {
        let about = Subject::Leg(leg.leg);
        note(&mut found, &about, "count", &leg.count, ToString::to_string);
        note(&mut found, &about, "occurrence", &leg.occurrence, happened);
        note(&mut found, &about, "whose they are", &leg.whose, |set| words::affiliations(set).join(" or "));
        for batch in &leg.batches {
            let about = Subject::Batch(*batch);
            let count = book.common.count(about, leg.unit)?;
            note(&mut found, &about, "count", &count, ToString::to_string);
        }
    }
    for slot in book.common.schedule() {
        note(&mut found, &Subject::Slot(slot.handover), "agreed", &slot.agreed, happened);
        note(&mut found, &Subject::Handover(slot.handover), "held", &slot.held, happened);
        for appearance in &slot.appearances {
            let about = Subject::Appearance { at: slot.handover, of: appearance.of };
            note(&mut found, &about, "appeared", &appearance.joint, happened);
        }
    }
    for id in obligations::all(book)? {
        let view = book.common.terms(id)?;
        let about = Subject::Obligation(id);
        note(&mut found, &about, "terms", &view.owed, |term| term_text(Term::of(term)));
        note(&mut found, &about, "reciprocity", &view.reciprocity, |set| {
            words::reciprocities(set).join(" or ")
        });
    }
    for total in book.common.totals() {
        note(&mut found, &Subject::Total(total.total), "count", &total.joint, ToString::to_string);
    }
    // What contradicts comes first.
    found.sort_by_key(|conflict| !conflict.contradict);
    Ok(found)
}

fn note<S: Meaning>(
    found: &mut Vec<Conflict>,
    about: &Subject,
    scope: &'static str,
    joint: &Joint<S, RestsOn>,
    show: impl Fn(&S) -> String,
) {
    for word in &joint.words {
        if !word.internal_conflict && word.not_followed.is_empty() {
            continue;
        }
        found.push(Conflict {
            party: word.party.to_string(),
            about: about.to_string(),
            scope,
            followed: word.followed.iter().map(ToString::to_string).collect(),
            says: show(&word.told.set),
            not_followed: word
                .not_followed
                .iter()
                .map(|organ| NotFollowed { organ: organ.organ.to_string(), says: show(&organ.told.set) })
                .collect(),
            contradict: word.internal_conflict,
        });
    }
}

fn happened(set: &handover::reading::Whether) -> String {
    match words::whether(set) {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => "both".to_owned(),
    }
}

/// What a term asks for, in words.
pub(crate) fn term_text(term: Term) -> String {
    let Some(floor) = term.floor else { return "no number".to_owned() };
    let range = |Interval(span): Interval| match span.hi() {
        Some(hi) if hi == span.lo() => words::number(hi),
        Some(hi) => format!("{}–{}", words::number(span.lo()), words::number(hi)),
        None => format!("{} or more", words::number(span.lo())),
    };
    // Where some who state the term name a number and others none.
    let least = if floor.0 == Span::EVERYTHING {
        "a number or none".to_owned()
    } else {
        format!("at least {}", range(floor))
    };
    match term.ceiling {
        None => least,
        Some(ceiling) if ceiling == floor => format!("exactly {}", range(floor)),
        Some(ceiling) => match (floor.0.only(), ceiling.0.only()) {
            (Some(0), Some(_)) => format!("up to {}", range(ceiling)),
            (Some(lo), Some(hi)) => format!("between {} and {}", words::number(lo), words::number(hi)),
            _ => format!("{least}, at most {}", range(ceiling)),
        },
    }
}
