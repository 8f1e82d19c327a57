use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt::Debug;

use super::Reading;
use super::basis::Basis;
use super::word::Label;
use crate::claim::{
    Affiliation, ClaimRow, Place, PostponementKind, PropositionKey, Scope, Statement, SubjectKey,
};
use crate::party::OrganRow;
use crate::quantity::Span;
use crate::reciprocity::Reciprocity;
use crate::table::Idx;
use crate::text::Text;
use crate::when::{DateSpan, StatedWhen, When};

/// A set of values that a statement leaves possible.
pub trait Meaning: Clone + Debug + PartialEq + 'static {
    /// Every value: what silence leaves possible.
    fn everything() -> Self;

    /// Whether every value is possible, so that nothing is said.
    fn is_everything(&self) -> bool;

    /// What both leave possible; `None` if nothing.
    fn meet(&self, other: &Self) -> Option<Self>;

    /// The smallest set of its kind that holds both.
    #[must_use]
    fn hull(&self, other: &Self) -> Self;

    /// By how much sets that share nothing miss each other, where that is a number: the greatest lower end less the
    /// smallest upper end.
    fn gap(_: &[Self]) -> Option<u64> {
        None
    }
}

impl Meaning for Span {
    fn everything() -> Self {
        Self::EVERYTHING
    }

    fn is_everything(&self) -> bool {
        *self == Self::EVERYTHING
    }

    fn meet(&self, other: &Self) -> Option<Self> {
        (*self).meet(*other)
    }

    fn hull(&self, other: &Self) -> Self {
        (*self).hull(*other)
    }

    fn gap(sets: &[Self]) -> Option<u64> {
        let lo = sets.iter().map(|set| set.lo()).max()?;
        let hi = sets.iter().filter_map(|set| set.hi()).min()?;
        lo.checked_sub(hi).filter(|gap| *gap > 0)
    }
}

impl Meaning for DateSpan {
    fn everything() -> Self {
        Self::EVERYTHING
    }

    fn is_everything(&self) -> bool {
        *self == Self::EVERYTHING
    }

    fn meet(&self, other: &Self) -> Option<Self> {
        (*self).meet(*other)
    }

    fn hull(&self, other: &Self) -> Self {
        (*self).hull(*other)
    }
}

/// One of some values, or any value at all.
///
/// ```
/// use handover::reading::{Meaning, OneOf};
///
/// let either = OneOf::among([true, false]);
/// assert_eq!(either.meet(&OneOf::just(true)), Some(OneOf::just(true)));
/// assert_eq!(OneOf::just(true).meet(&OneOf::just(false)), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOf<T>(Option<Vec<T>>);

/// Whether something happened: yes, no, or either.
pub type Whether = OneOf<bool>;

impl<T: Clone + Ord> OneOf<T> {
    /// Any value.
    pub const ANY: Self = Self(None);

    /// One of these; any value if there are none.
    pub fn among(values: impl IntoIterator<Item = T>) -> Self {
        let mut values: Vec<T> = values.into_iter().collect();
        values.sort();
        values.dedup();
        Self((!values.is_empty()).then_some(values))
    }

    /// Just this one.
    pub fn just(value: T) -> Self {
        Self(Some(alloc::vec![value]))
    }

    /// The values, in order; `None` if any value is possible.
    pub fn values(&self) -> Option<&[T]> {
        self.0.as_deref()
    }

    /// The one value, if there is just one.
    pub fn only(&self) -> Option<&T> {
        match self.0.as_deref() {
            Some([value]) => Some(value),
            _ => None,
        }
    }
}

impl<T: Clone + Ord + Debug + 'static> Meaning for OneOf<T> {
    fn everything() -> Self {
        Self::ANY
    }

    fn is_everything(&self) -> bool {
        self.0.is_none()
    }

    fn meet(&self, other: &Self) -> Option<Self> {
        match (&self.0, &other.0) {
            (None, _) => Some(other.clone()),
            (_, None) => Some(self.clone()),
            (Some(a), Some(b)) => {
                let both: Vec<T> = a.iter().filter(|value| b.contains(value)).cloned().collect();
                (!both.is_empty()).then_some(Self(Some(both)))
            }
        }
    }

    fn hull(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Self::among(a.iter().chain(b).cloned()),
            _ => Self::ANY,
        }
    }
}

/// What a claim contributes to a proposition.
#[derive(Clone, Debug)]
pub(super) struct Contribution<S> {
    pub(super) set: S,
    pub(super) label: Label,
}

impl<S> Contribution<S> {
    pub(super) fn stated(set: S) -> Self {
        Self { set, label: Label::Stated }
    }
}

/// How a claim is read as a set of this kind.
pub(super) trait Readable: Meaning {
    /// What the claim says of the subject, if it says anything.
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        of: SubjectKey,
    ) -> Option<Contribution<Self>>;

    /// The latest version of which each organ speaks, where claims are about versions: asked once for a proposition.
    fn latest_versions<B: Basis>(_: &Reading<'_, B>, _: PropositionKey) -> BTreeMap<Idx<OrganRow>, u16> {
        BTreeMap::new()
    }

    /// Of which version a claim speaks, where claims are about versions.
    fn version<B: Basis>(_: &Reading<'_, B>, _: Idx<ClaimRow>) -> Option<u16> {
        None
    }
}

impl Readable for Span {
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        _: SubjectKey,
    ) -> Option<Contribution<Self>> {
        let row = reading.state.claims.get(claim);
        Some(Contribution { set: row.span, label: row.label })
    }
}

impl Readable for Whether {
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        of: SubjectKey,
    ) -> Option<Contribution<Self>> {
        let row = reading.state.claims.get(claim);
        let happened = match reading.state.statement(claim)? {
            Statement::Occurred
            | Statement::Completed
            | Statement::Waived
            | Statement::Terminated(_)
            | Statement::Revived => true,
            Statement::DidNotOccur => false,
            // Who counts says that it happened; who counts nobody denies it.
            Statement::Count(_) => row.span.lo() > 0,
            Statement::Readiness(readiness) => readiness.ready,
            _ => return None,
        };
        // A leg that happened is a handover that was held; a leg that did not says nothing of the others.
        (happened || row.about == of).then(|| Contribution::stated(Self::just(happened)))
    }
}

fn dated(when: When) -> Contribution<DateSpan> {
    let label = match when.stated() {
        StatedWhen::Undisclosed => Label::Undisclosed,
        StatedWhen::Unknown => Label::Unknown,
        _ => Label::Stated,
    };
    Contribution { set: when.span(), label }
}

impl Readable for DateSpan {
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        _: SubjectKey,
    ) -> Option<Contribution<Self>> {
        match reading.state.statement(claim)? {
            Statement::When(when) | Statement::Deadline(when) => Some(dated(*when)),
            // Before its trigger it has no date, and nothing is said.
            Statement::DeadlineFrom(deadline) => {
                reading.due_date(deadline, &mut B::default()).map(Contribution::stated)
            }
            _ => None,
        }
    }
}

impl Readable for OneOf<Affiliation> {
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        _: SubjectKey,
    ) -> Option<Contribution<Self>> {
        match reading.state.statement(claim)? {
            Statement::Whose(affiliations) => {
                Some(Contribution::stated(Self::among(affiliations.iter().copied())))
            }
            _ => None,
        }
    }
}

impl Readable for OneOf<Text> {
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        _: SubjectKey,
    ) -> Option<Contribution<Self>> {
        match reading.state.statement(claim)? {
            Statement::Means(means) => Some(Contribution::stated(Self::just(means.clone()))),
            Statement::Where(Place::Called(place)) => Some(Contribution::stated(Self::just(place.clone()))),
            Statement::Where(Place::Undisclosed) => {
                Some(Contribution { set: Self::ANY, label: Label::Undisclosed })
            }
            Statement::Where(Place::Unknown) => Some(Contribution { set: Self::ANY, label: Label::Unknown }),
            _ => None,
        }
    }
}

impl Readable for OneOf<Reciprocity> {
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        _: SubjectKey,
    ) -> Option<Contribution<Self>> {
        match reading.state.statement(claim)? {
            Statement::Reciprocity(term) => Some(Contribution::stated(Self::just(term.clone()))),
            _ => None,
        }
    }
}

impl Readable for OneOf<PostponementKind> {
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        _: SubjectKey,
    ) -> Option<Contribution<Self>> {
        match reading.state.statement(claim)? {
            Statement::Postponed(postponement) => Some(Contribution::stated(Self::just(postponement.kind))),
            _ => None,
        }
    }
}

/// Whether a scope is one in which a party's denial of occurrence settles the number.
pub(super) fn is_settled_by_denial(scope: Scope, about: SubjectKey) -> bool {
    scope == Scope::Count && matches!(about, SubjectKey::Leg(_))
}
