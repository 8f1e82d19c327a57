//! Small things of the domain as a reader says them.

use std::collections::BTreeMap;

use handover::claim::{Affiliation, PostponementKind};
use handover::obligation::{Basis, Required, Standard};
use handover::quantity::{Number, Quantity, Span, Stated};
use handover::reading::{OneOf, Whether};
use handover::reciprocity::{Accrual, Condition, Course, ParityScope, Ratio, Reciprocity, Rounding};
use handover::slot::Weekday;
use handover::when::{DateSpan, Moment};

pub(crate) fn number(n: u64) -> String {
    Span::exactly(n).to_string()
}

/// A quantity as a reader says it, with its numbers in the form of all others.
pub(super) fn quantity(quantity: &Quantity) -> String {
    let within = |width: Number| match width.get() {
        0 => String::new(),
        width => format!(", give or take {}", number(width)),
    };
    match quantity.stated() {
        Stated::Exact(n) => number(n.get()),
        Stated::Approx(n, width) => {
            format!("about {}{}", number(n.get()), width.map(within).unwrap_or_default())
        }
        Stated::AtLeast(n) => format!("at least {}", number(n.get())),
        Stated::MoreThan(n) => format!("more than {}", number(n.get())),
        Stated::AtMost(n) => format!("at most {}", number(n.get())),
        Stated::LessThan(n) => format!("fewer than {}", number(n.get())),
        Stated::Between(from, to) => format!("between {} and {}", number(from.get()), number(to.get())),
        Stated::SameAs(claim, width) => format!("the same as {claim}{}", within(*width)),
        Stated::None | Stated::Undisclosed | Stated::WithheldUntil(_) | Stated::Unknown => {
            quantity.to_string()
        }
    }
}

/// One more of this kind.
pub(super) fn tally<K: Ord>(counts: &mut BTreeMap<K, usize>, kind: K) {
    let count = counts.entry(kind).or_default();
    *count = count.saturating_add(1);
}

/// `true`, `false`, or nothing where both are possible.
pub(super) fn whether(told: &Whether) -> Option<bool> {
    told.only().copied()
}

pub(super) fn affiliations(set: &OneOf<Affiliation>) -> Vec<String> {
    set.values().unwrap_or_default().iter().map(affiliation).collect()
}

pub(super) fn affiliation(one: &Affiliation) -> String {
    match one {
        Affiliation::ForcesOf(party) => format!("of the forces of {party}"),
        Affiliation::CiviliansOf(party) => format!("civilians of {party}"),
        Affiliation::ThirdState => "of a third state".to_owned(),
        Affiliation::Historic => "from another time".to_owned(),
        Affiliation::NotHuman => "not human".to_owned(),
        _ => "otherwise".to_owned(),
    }
}

/// What a term asks for, as it was stated.
pub(super) fn required(required: &Required) -> String {
    match required {
        Required::Exactly(n) => format!("exactly {}", number(n.get())),
        Required::AtLeast(n) => format!("at least {}", number(n.get())),
        Required::MoreThan(n) => format!("more than {}", number(n.get())),
        Required::UpTo(n) => format!("up to {}", number(n.get())),
        Required::About { number: n, within } => {
            let width = Quantity::new(Stated::Approx(*n, *within)).ok().and_then(|about| about.width());
            let width = width.map(|width| format!(", give or take {}", number(width.get())));
            format!("about {}{}", number(n.get()), width.unwrap_or_default())
        }
        Required::Between { from, to } => {
            format!("between {} and {}", number(from.get()), number(to.get()))
        }
        Required::Nothing => "nothing is owed".to_owned(),
        Required::AllInCategory(category) => format!("all in the category {category}"),
        Required::AllFound => "all that are found".to_owned(),
        Required::Ratio(of) => ratio(of),
        Required::Ratios(ratios) => {
            let ratios: Vec<String> = ratios.iter().map(ratio).collect();
            format!("in sum: {}", ratios.join("; "))
        }
        Required::Unquantified => "no number is named".to_owned(),
        _ => "otherwise".to_owned(),
    }
}

fn ratio(ratio: &Ratio) -> String {
    let category = ratio.category.map(|category| format!(" of the category {category}")).unwrap_or_default();
    let whose = ratio.whose.map(|whose| format!(", {}", affiliation(&whose))).unwrap_or_default();
    let rounding = match ratio.rounding {
        Rounding::Down => "rounded down",
        Rounding::Up => "rounded up",
        Rounding::FullGroups => "in full groups",
    };
    let discharged = if ratio.discharged_earn { ", and for those discharged otherwise" } else { "" };
    format!(
        "{} for every {} of {}{category}{whose}, as {}, {rounding}{discharged}",
        number(ratio.owed.get()),
        number(ratio.per.get()),
        ratio.of,
        accrual(ratio.accrues_at)
    )
}

pub(super) fn accrual(at: Accrual) -> &'static str {
    match at {
        Accrual::Tender => "tendered",
        Accrual::Passage => "passed",
        Accrual::Credit => "credited",
    }
}

pub(super) fn reciprocities(set: &OneOf<Reciprocity>) -> Vec<String> {
    set.values().unwrap_or_default().iter().map(reciprocity).collect()
}

pub(super) fn reciprocity(term: &Reciprocity) -> String {
    match term {
        Reciprocity::Unilateral => "in return for nothing".to_owned(),
        Reciprocity::Parity { with, scope, tolerance } => {
            let within = match tolerance.get() {
                0 => String::new(),
                n => format!(", within {}", number(n)),
            };
            format!("as many as {with}, {}{within}", parity_scope(*scope))
        }
        Reciprocity::Ratio(of) => ratio(of),
        Reciprocity::AllForAll { with } => format!("all for all, with {with}"),
        Reciprocity::Staged { after } => condition(after),
        Reciprocity::Paced { with: Course::Obligation(other) } => format!("no slower than {other}"),
        Reciprocity::Paced { with: Course::Stated(words) } => format!("no slower than this: {words}"),
        _ => "otherwise".to_owned(),
    }
}

pub(super) fn parity_scope(scope: ParityScope) -> &'static str {
    match scope {
        ParityScope::Total => "in total",
        ParityScope::PerStage => "stage by stage",
        ParityScope::PerCategory => "category by category",
    }
}

pub(super) fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Met(obligation) => format!("after {obligation} is met"),
        Condition::Held(handover) => format!("after {handover} was held"),
        Condition::Stated(words) => format!("after this: {words}"),
        _ => "after something else".to_owned(),
    }
}

pub(super) fn basis(basis: &Basis) -> String {
    match basis {
        Basis::Agreement(agreement) => format!("a term of {agreement}"),
        Basis::UnilateralPledge => "a unilateral pledge".to_owned(),
        Basis::Baseline(duty) => format!("a duty of the law, {duty}, which no conduct of the other suspends"),
    }
}

pub(super) fn standard(standard: Standard) -> &'static str {
    match standard {
        Standard::Result => "to bring it about",
        Standard::BestEndeavour => "to endeavour to",
        Standard::OnRequest => "to do so when asked",
        Standard::ByFurtherAgreement => "to agree on it later",
    }
}

pub(super) fn postponement(kind: PostponementKind) -> String {
    match kind {
        PostponementKind::Mutual => "by both".to_owned(),
        PostponementKind::RequestedBy(party) => format!("at the request of {party}"),
        PostponementKind::WithoutNoticeBy(party) => format!("by {party} without notice"),
        PostponementKind::SineDieBy(party) => format!("by {party} without a new date"),
        _ => "otherwise".to_owned(),
    }
}

pub(super) fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// First and last moment in UTC, with two dots for an open end.
pub(super) fn dates(span: DateSpan) -> String {
    let end = |end: Option<Moment>| end.map_or_else(|| "..".to_owned(), |moment| moment.to_string());
    format!("{}/{}", end(span.first()), end(span.last()))
}
