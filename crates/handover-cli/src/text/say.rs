//! Figures and views in words: silence, undisclosed, withheld, unknown and nought read differently.

use handover::id::{OrganId, PartyId, SpeakerId};
use handover::ledger::Ledger;
use handover::quantity::Span;
use handover::reading::{Counted, Label, Verdict};

use crate::report::{By, Evaluated, Figure, Interval, Joint, Told, View};

/// A name that is longer gives way to its key where space is short.
const SHORT: usize = 20;

/// Names of what is recorded under keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'l>(pub(super) &'l Ledger);

impl Names<'_> {
    pub(super) fn party(self, key: &str) -> String {
        let name = key.parse::<PartyId>().ok().and_then(|party| self.0.party_name(party));
        name.map_or_else(|| key.to_owned(), ToString::to_string)
    }

    pub(super) fn organ(self, key: &str) -> String {
        let name = key.parse::<OrganId>().ok().and_then(|organ| self.0.organ_name(organ));
        name.map_or_else(|| key.to_owned(), ToString::to_string)
    }

    pub(super) fn speaker(self, key: &str) -> String {
        let name = key.parse::<SpeakerId>().ok().and_then(|speaker| self.0.speaker_name(speaker));
        name.map_or_else(|| key.to_owned(), ToString::to_string)
    }

    /// The name if it is short, else the key.
    pub(super) fn short(self, key: &str) -> String {
        let name = self.party(key);
        if name.chars().count() <= SHORT { name } else { key.to_owned() }
    }

    fn all(self, keys: &[String]) -> String {
        keys.iter().map(|key| self.short(key)).collect::<Vec<_>>().join(", ")
    }

    /// How the parties' words stand to each other; `asserts` says what a word says, where that is not a number.
    pub(super) fn joint<T>(self, joint: &Joint<T>, show: impl Fn(&T) -> String) -> String {
        match joint.view {
            View::Unasserted => "unasserted".to_owned(),
            View::Withheld => {
                let label = |party: &String| {
                    joint.words.iter().find(|word| word.party == *party).map(|word| word.label.0)
                };
                let labels: Vec<Label> = joint.parties.iter().filter_map(label).collect();
                match labels.as_slice() {
                    [first, rest @ ..] if rest.iter().all(|label| label == first) => {
                        let everyone = joint.parties.len() == joint.words.len();
                        let by = if everyone { "all".to_owned() } else { self.all(&joint.parties) };
                        format!("{first} by {by}").replace("said to be unknown by", "unknown, say:")
                    }
                    _ => {
                        let each = joint.parties.iter().zip(&labels);
                        each.map(|(party, label)| format!("{}: {label}", self.short(party)))
                            .collect::<Vec<_>>()
                            .join(", ")
                    }
                }
            }
            View::Denied => format!("denied by {}", self.all(&joint.parties)),
            View::Conflicting => match joint.gap {
                Some(gap) => format!("conflicting by {}", Span::exactly(gap)),
                None => "conflicting".to_owned(),
            },
            View::OneSided => format!("one-sided: only {}", self.all(&joint.parties)),
            View::ConfirmedByAll => "confirmed by all".to_owned(),
            View::ConfirmedBySome => format!("confirmed by {}", self.all(&joint.parties)),
            View::PartlyCompatible => match &joint.common {
                Some(common) => format!("compatible if {}", show(common)),
                None => "compatible".to_owned(),
            },
        }
    }

    /// How the parties stand on whether something is so.
    pub(super) fn whether(self, joint: &Joint<Option<bool>>) -> String {
        let view = self.joint(joint, |_| String::new());
        let denies = |word: &&crate::report::Word<Option<bool>>| word.says == Some(Some(false));
        match joint.view {
            View::OneSided if joint.words.iter().any(|word| denies(&word)) => {
                format!("one-sided: only {}, who denies it", self.all(&joint.parties))
            }
            View::ConfirmedByAll if joint.common == Some(Some(false)) => "denied by all".to_owned(),
            View::ConfirmedBySome if joint.common == Some(Some(false)) => {
                format!("denied by {}", self.all(&joint.parties))
            }
            _ => view,
        }
    }
}

pub(super) fn interval(interval: Interval) -> String {
    interval.0.to_string()
}

pub(super) fn told(told: Told) -> String {
    match told.label.0 {
        Label::Stated => told.span.0.to_string(),
        Label::Contradictory => format!("{}, contradicts itself", told.span.0),
        label => label.to_string(),
    }
}

/// A sum: what its legs come to, and how many of them tell nothing and why.
pub(super) fn figure(figure: &Figure, one: &str) -> String {
    let Some(Interval(span)) = figure.span else { return format!("no {one} recorded") };
    let untold: Vec<Label> =
        figure.legs.iter().filter(|leg| !leg.told.is_informative()).map(|leg| leg.told.label.0).collect();
    let mut remarks = Vec::new();
    for (at, label) in untold.iter().enumerate() {
        if untold.iter().take(at).all(|former| former != label) {
            let number = untold.iter().filter(|other| *other == label).count();
            remarks.push((number, label.to_string()));
        }
    }
    let count = |of: &dyn Fn(&crate::report::Share) -> bool| figure.legs.iter().filter(|leg| of(leg)).count();
    let contradicting = count(&|leg| leg.told.label.0 == Label::Contradictory);
    let later = count(&|leg| leg.counted.0 == Counted::Perhaps);
    let nothing_else = contradicting == 0 && later == 0;
    let says_nothing = span == Span::EVERYTHING && untold.len() == figure.legs.len() && nothing_else;
    if says_nothing && let [(number, label)] = remarks.as_slice() {
        return if *number == 1 { label.clone() } else { format!("{label} ({})", several(*number, one)) };
    }
    if contradicting > 0 {
        remarks.push((contradicting, "with words that contradict each other".to_owned()));
    }
    if later > 0 {
        remarks.push((later, "perhaps later".to_owned()));
    }
    if remarks.is_empty() {
        return span.to_string();
    }
    let remarks: Vec<String> =
        remarks.iter().map(|(number, label)| format!("{} {label}", several(*number, one))).collect();
    format!("{span} ({})", remarks.join(", "))
}

/// A number of things that are counted one by one: groups of three digits as in every other figure.
pub(super) fn count(number: usize) -> String {
    crate::report::number(u64::try_from(number).unwrap_or(u64::MAX))
}

pub(super) fn several(number: usize, one: &str) -> String {
    several_of(number, one, &format!("{one}s"))
}

pub(super) fn several_of(number: usize, one: &str, more: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { more })
}

/// What is outstanding. An exact remainder is the least where no ceiling is stated.
pub(super) fn outstanding(stands: &Evaluated) -> String {
    let ceiling = stands.term.and_then(|term| term.ceiling);
    match (stands.outstanding, stands.verdict.0) {
        (Some(Interval(span)), _) => match span.only() {
            Some(number) if number > 0 && ceiling.is_none() => format!("at least {span}"),
            _ => span.to_string(),
        },
        (None, Verdict::NoTerms) => "no terms".to_owned(),
        (None, _) => "no number owed".to_owned(),
    }
}

pub(super) fn verdict(stands: &Evaluated) -> String {
    match stands.verdict.0 {
        Verdict::Met if stands.exceeded => "met and exceeded",
        Verdict::Met => "met",
        Verdict::NotMet => "not met so far",
        Verdict::Undetermined => "undetermined",
        Verdict::NoTerms => "undetermined: no terms",
        Verdict::OpenUnquantified => "open: no number owed",
        Verdict::DeclaredExhausted => "declared exhausted",
    }
    .to_owned()
}

/// Readings that give the same, together.
pub(super) fn merged(given: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut merged: Vec<(String, String)> = Vec::new();
    for (key, text) in given {
        match merged.iter_mut().find(|(_, other)| *other == text) {
            Some((keys, _)) => {
                keys.push_str(", ");
                keys.push_str(&key);
            }
            None => merged.push((key, text)),
        }
    }
    merged
}

pub(super) fn by<T>(list: &[By<T>], show: impl Fn(&T) -> String) -> Vec<String> {
    list.iter().map(|by| show(&by.taken)).collect()
}
