//! What is owed, how it stands, and what each says of it.

use handover::reading::{Comparison, Evenness, Label};

use super::flows::capital;
use super::page::Page;
use super::say::{self, Names};
use super::{columns, rests_on, section};
use crate::args::Section;
use crate::report::{
    By, Conformance, Evaluated, Obligation, Parity, Report, Standing, Suspension, Terms, View, term_text,
};

pub(super) fn obligations(page: &mut Page, report: &Report, names: Names<'_>) {
    let obligations = section(
        page,
        report,
        Section::Obligations,
        report.obligations.as_ref(),
        [
            "What is owed",
            "How each obligation stands so far: tendered, passed and credited are three counts.",
            "No obligation is recorded.",
        ],
    );
    for obligation in obligations {
        one(page, report, obligation, names);
    }
}

fn one(page: &mut Page, report: &Report, obligation: &Obligation, names: Names<'_>) {
    page.subject(&format!(
        "{}: {} by {} to {}, in {}",
        obligation.obligation,
        obligation.matter,
        names.party(&obligation.debtor),
        names.party(&obligation.creditor),
        obligation.unit
    ));
    page.remark(&format!(
        "{}; {}; counted when {}.{}",
        capital(&obligation.basis),
        obligation.standard,
        obligation.credits_at,
        obligation.category.as_ref().map(|category| format!(" Category: {category}.")).unwrap_or_default(),
    ));
    let stands = &obligation.stands;
    let mut rows = vec![
        ("tendered".to_owned(), say::by(stands, |stands| say::figure(&stands.tendered, "leg"))),
        ("passed".to_owned(), say::by(stands, |stands| say::figure(&stands.passed, "leg"))),
        ("credited".to_owned(), say::by(stands, |stands| say::figure(&stands.credited, "leg"))),
        ("owed".to_owned(), say::by(stands, owed)),
        ("terms by".to_owned(), say::by(stands, |stands| stands.terms_of.clone())),
        ("outstanding".to_owned(), say::by(stands, say::outstanding)),
    ];
    if stands.iter().any(|by| by.taken.surplus.is_some()) {
        let surplus = |stands: &Evaluated| stands.surplus.map_or("no ceiling".to_owned(), say::interval);
        rows.push(("surplus".to_owned(), say::by(stands, surplus)));
    }
    rows.push(("verdict".to_owned(), say::by(stands, say::verdict)));
    if stands.iter().any(|by| by.taken.deadline.is_some()) {
        rows.push(("deadline".to_owned(), say::by(stands, deadline)));
    }
    if stands.iter().any(|by| by.taken.remaining.is_some()) {
        let remaining =
            |stands: &Evaluated| stands.remaining.map_or("as outstanding".to_owned(), say::interval);
        rows.push(("remaining".to_owned(), say::by(stands, remaining)));
    }
    rows.push(("stands".to_owned(), say::by(stands, states)));
    page.by_reading("", &columns(report), &rows);
    checks(page, stands);
    suspensions(page, &obligation.suspensions, names);
    let entries: Vec<_> =
        stands.iter().map(|by| (by.according_to.clone(), by.taken.entries.clone())).collect();
    rests_on(page, report, &obligation.obligation, &entries);
}

fn states(stands: &Evaluated) -> String {
    let one = |state: &Standing| {
        let words = state.state.replace('-', " ");
        if state.holds.0 == Comparison::Holds { words } else { format!("perhaps {words}") }
    };
    let states: Vec<String> = stands.states.iter().map(one).collect();
    if states.is_empty() { "nothing is said".to_owned() } else { states.join(", ") }
}

/// What is said of numbers beside what units tell of them, by each reading that hears it.
fn checks(page: &mut Page, stands: &[By<Evaluated>]) {
    let lines = stands.iter().flat_map(|by| {
        by.taken.checks.iter().map(|check| {
            let outcome = match (check.outcome, check.by) {
                ("exceeds", Some(by)) => format!("what is said exceeds it by {}", crate::report::number(by)),
                ("falls-short", Some(by)) => {
                    format!("what is said falls short by {}", crate::report::number(by))
                }
                ("agrees", _) => "agrees".to_owned(),
                _ => "both can be right".to_owned(),
            };
            let line = format!(
                "{} of {}: {} {} are said, {} by its units; {outcome}",
                check.of,
                check.about,
                say::interval(check.said),
                check.unit,
                say::interval(check.from_units),
            );
            (by.according_to.clone(), line)
        })
    });
    for (keys, line) in say::merged(lines) {
        page.labelled("  check", 12, &format!("{line} ({keys})"));
    }
}

fn owed(stands: &Evaluated) -> String {
    match stands.term {
        None => "no terms".to_owned(),
        Some(term) if stands.term_label.0 == Label::Contradictory => {
            format!("{}, contradicts itself", term_text(term))
        }
        Some(term) => term_text(term),
    }
}

fn deadline(stands: &Evaluated) -> String {
    let Some(deadline) = &stands.deadline else { return "none stated".to_owned() };
    let overdue = match stands.overdue.0 {
        Comparison::Holds => "overdue",
        Comparison::Fails => "not overdue",
        Comparison::Undetermined => "perhaps overdue",
    };
    let day = |end: &str| end.split_once('T').map_or(end, |(day, _)| day).to_owned();
    let (first, last) = deadline.split_once('/').unwrap_or((deadline, deadline));
    let when = match (first, last) {
        ("..", "..") => "at some time".to_owned(),
        ("..", last) => format!("until {}", day(last)),
        (first, "..") => format!("after {}", day(first)),
        (first, last) if day(first) == day(last) => day(last),
        (first, last) => format!("between {} and {}", day(first), day(last)),
    };
    format!("{when} UTC: {overdue}")
}

fn suspensions(page: &mut Page, suspensions: &[Suspension], names: Names<'_>) {
    for suspension in suspensions {
        let duties = if suspension.non_suspendable.is_empty() {
            String::new()
        } else {
            format!("; it reaches for {}, which no one suspends", suspension.non_suspendable.join(", "))
        };
        page.item(&format!(
            "suspended, says {} ({}): {}{duties}",
            names.speaker(&suspension.by.speaker),
            suspension.by.said,
            suspension.ground
        ));
    }
}

pub(super) fn terms(page: &mut Page, report: &Report, names: Names<'_>) {
    let terms = section(
        page,
        report,
        Section::Terms,
        report.terms.as_ref(),
        ["Terms", "What each says is owed, and in return for what.", "No obligation is recorded."],
    );
    for terms in terms {
        let how = match (terms.common, terms.stated_by.is_empty()) {
            (true, _) => "common",
            (false, true) => "stated by no party",
            (false, false) => "divergent",
        };
        page.subject(&format!("{}: {how}", terms.obligation));
        term(page, terms, names);
    }
}

fn term(page: &mut Page, terms: &Terms, names: Names<'_>) {
    for (owed, return_for) in terms.owed.words.iter().zip(&terms.reciprocity.words) {
        let owes = match owed.says {
            Some(term) => term_text(term),
            None => owed.label.0.to_string(),
        };
        let return_for = match &return_for.says {
            Some(says) => says.join(" or "),
            None => format!("in return for what: {}", return_for.label.0),
        };
        page.labelled(&format!("  {}", owed.party), 12, &format!("{owes}; {return_for}"));
    }
    let view = names.joint(&terms.reciprocity, |says| says.join(" or "));
    if terms.reciprocity.view != View::Unasserted {
        page.labelled("  return", 12, &view);
    }
    for stated in &terms.statements {
        let text = format!("{} ({}): {}", names.speaker(&stated.speaker), stated.said, stated.owed);
        page.labelled("  stated", 12, &text);
    }
    let parity = terms.parity.iter().map(|by| (by.according_to.clone(), parity(&by.taken)));
    for (keys, text) in say::merged(parity) {
        page.labelled("  parity", 12, &format!("{keys}: {text}"));
    }
    let condition = terms.condition.iter().map(|by| {
        let fulfilled = match by.taken.fulfilled.0 {
            Comparison::Holds => "fulfilled",
            Comparison::Fails => "not fulfilled so far",
            Comparison::Undetermined => "undetermined",
        };
        (by.according_to.clone(), format!("{}: {fulfilled}", by.taken.waits))
    });
    for (keys, text) in say::merged(condition) {
        page.labelled("  waits", 12, &format!("{keys}: {text}"));
    }
}

fn parity(parity: &Parity) -> String {
    let even = match parity.evenness.0 {
        Evenness::Even => "even",
        Evenness::Uneven => "not even so far",
        Evenness::Undetermined => "undetermined",
    };
    let [mut here, mut there] = [Vec::new(), Vec::new()];
    for [a, b] in &parity.pairs {
        here.push(say::interval(*a));
        there.push(say::interval(*b));
    }
    let pairs: Vec<String> =
        here.iter().zip(&there).map(|(here, there)| format!("{here} beside {there}")).collect();
    format!("with {}, {}: {even}: {}", parity.with, parity.scope, pairs.join("; "))
}

pub(super) fn agreements(page: &mut Page, report: &Report, names: Names<'_>) {
    let agreements = section(
        page,
        report,
        Section::Agreements,
        report.agreements.as_ref(),
        ["What was agreed", "Announced and completed by whose account.", "No agreement is recorded."],
    );
    for agreement in agreements {
        let name = agreement.name.as_deref().unwrap_or_default();
        page.subject(&format!("{}: {name}", agreement.agreement));
        page.labelled("  state", 16, &format!("{}, version {}", agreement.state, agreement.version));
        if agreement.by_party.iter().any(|by| by.state != agreement.state) {
            let by: Vec<_> =
                agreement.by_party.iter().map(|by| format!("{}: {}", by.party, by.state)).collect();
            page.labelled("  by account", 16, &by.join("; "));
        }
        if !agreement.flags.is_empty() {
            page.labelled("  said", 16, &agreement.flags.join(", "));
        }
        for milestone in &agreement.milestones {
            let mut line = format!("{}: {}", milestone.milestone, milestone.state);
            if !milestone.open_conditions.is_empty() {
                line = format!("{line}, open before it: {}", milestone.open_conditions.join(", "));
            }
            for deadline in &milestone.deadlines {
                let by = deadline.as_deref().unwrap_or("no date before its trigger");
                line = format!("{line}, by: {by}");
            }
            page.labelled("  milestone", 16, &line);
        }
        for deadline in &agreement.deadlines {
            let by = names.speaker(&deadline.by.speaker);
            let dates = deadline.dates.as_deref().unwrap_or("no date before its trigger");
            page.labelled("  runs until", 16, &format!("{dates}, says {by}; passed: {}", deadline.passed));
        }
        for version in &agreement.versions {
            let note = version.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
            page.labelled("  amended", 16, &format!("version {}, {}{note}", version.version, version.said));
        }
        for amendment in &agreement.amendments {
            let by = names.speaker(&amendment.by.speaker);
            let kept = if amendment.non_suspendable.is_empty() {
                String::new()
            } else {
                format!("; it reaches for {}, which no one lowers", amendment.non_suspendable.join(", "))
            };
            page.labelled(
                "  amended",
                16,
                &format!("says {by} ({}): {}{kept}", amendment.by.said, amendment.to),
            );
        }
        for revival in &agreement.revivals {
            let by = names.speaker(&revival.by.speaker);
            page.labelled("  in use again", 16, &format!("says {by} ({})", revival.by.said));
        }
        if !agreement.residual.is_empty() {
            page.labelled("  survives", 16, &agreement.residual.join(", "));
        }
        page.labelled("  concluded", 16, &names.whether(&agreement.concluded));
        page.labelled("  complete", 16, &names.whether(&agreement.completion));
        if !agreement.open_discrepancies.is_empty() {
            page.labelled("  discrepancies", 16, &agreement.open_discrepancies.join(", "));
        }
        for it in &agreement.unverified {
            let line =
                format!("batch {}: {} units, {} containers unopened", it.batch, it.units, it.containers);
            page.labelled("  not verified", 16, &line);
        }
        if !agreement.impaired.is_empty() {
            page.labelled("  impaired", 16, &agreement.impaired.join(", "));
        }
        suspensions(page, &agreement.suspensions, names);
    }
    conformance(page, report);
}

/// The duties of the law of which the record shows anything.
fn conformance(page: &mut Page, report: &Report) {
    let views = report.conformance.iter().flatten();
    let of_note = |view: &&Conformance| {
        !view.shown.is_empty() || !view.not_shown.is_empty() || !view.obligations.is_empty()
    };
    let mut views = views.filter(of_note).peekable();
    if views.peek().is_none() {
        return;
    }
    page.subject("Duties of the law: advice. Each binds whatever the record shows");
    for view in views {
        let mut line = format!("{} ({})", view.asks, view.source);
        if !view.shown.is_empty() || !view.not_shown.is_empty() {
            let (shown, not_shown) = (say::several(view.shown.len(), "occasion"), view.not_shown.len());
            line = format!("{line}; recorded of {shown}, not recorded of {}", say::count(not_shown));
        }
        if !view.obligations.is_empty() {
            line = format!("{line}; obligations: {}", view.obligations.join(", "));
        }
        page.labelled(&format!("  {}", view.duty), 16, &line);
    }
    for view in report.conformance.iter().flatten() {
        if let Some(because) = view.unseen {
            page.labelled(&format!("  {}", view.duty), 16, &format!("not seen in such a record: {because}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use handover::quantity::Span;

    use super::*;
    use crate::report::{Interval, Term};

    #[test]
    fn a_term_reads_as_it_was_meant() {
        let exactly = |n| Some(Interval(Span::exactly(n)));
        let text = |floor, ceiling| term_text(Term { floor, ceiling });
        assert_eq!(text(exactly(6_001), None), "at least 6,001");
        assert_eq!(text(exactly(6_000), exactly(6_000)), "exactly 6,000");
        assert_eq!(text(exactly(0), exactly(6_000)), "up to 6,000");
        assert_eq!(text(exactly(5_500), exactly(6_500)), "between 5,500 and 6,500");
        assert_eq!(text(None, None), "no number");
        let between = |lo, hi| Span::new(lo, hi).map(Interval);
        let open = Some(Interval(Span::at_least(6_000)));
        assert_eq!(text(between(0, 6_001), open), "at least 0–6,001, at most 6,000 or more");
    }
}
