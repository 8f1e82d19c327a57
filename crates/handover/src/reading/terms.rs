//! Terms: what each says is owed, and whether they say the same (invariant 3).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::joint::{Joint, JointView};
use super::meaning::{Contribution, Meaning, OneOf, Readable};
use super::word::Label;
use super::{Basis, Reading};
use crate::claim::{ClaimRow, PropositionKey, Scope, Statement, SubjectKey};
use crate::id::{ObligationId, PartyId};
use crate::obligation::ObligationRow;
use crate::party::OrganRow;
use crate::quantity::Span;
use crate::reciprocity::Reciprocity;
use crate::refusal::EntryRefusal;
use crate::table::Idx;

/// What a term asks for: a floor and, if it has one, a ceiling. Several speakers' floors make one hull, and so do their
/// ceilings; where one speaker states none, the ceiling's upper end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The least that is owed; `None` for a term without a number.
    pub floor: Option<Span>,
    /// The most that is owed; `None` where nobody states one.
    pub ceiling: Option<Span>,
}

impl Term {
    /// The totals from the least floor to the greatest ceiling that are stated: outside them somebody who states the term
    /// would call it broken.
    pub fn acceptable(&self) -> Span {
        let lo = self.floor.map_or(0, Span::lo);
        match self.ceiling.and_then(Span::hi) {
            Some(hi) => Span::new(lo, hi).unwrap_or(Span::at_least(lo)),
            None => Span::at_least(lo),
        }
    }
}

impl Meaning for Term {
    fn everything() -> Self {
        Self { floor: None, ceiling: None }
    }

    /// A term without a number is a term and not silence.
    fn is_everything(&self) -> bool {
        false
    }

    fn meet(&self, other: &Self) -> Option<Self> {
        let meet = |a: Option<Span>, b: Option<Span>| match (a, b) {
            (Some(a), Some(b)) => a.meet(b).map(Some),
            (one, None) | (None, one) => Some(one),
        };
        Some(Self { floor: meet(self.floor, other.floor)?, ceiling: meet(self.ceiling, other.ceiling)? })
    }

    fn hull(&self, other: &Self) -> Self {
        Self {
            floor: match (self.floor, other.floor) {
                (Some(a), Some(b)) => Some(a.hull(b)),
                (None, None) => None,
                _ => Some(Span::EVERYTHING),
            },
            ceiling: match (self.ceiling, other.ceiling) {
                (Some(a), Some(b)) => Some(a.hull(b)),
                (Some(one), None) | (None, Some(one)) => Some(one.and_more()),
                (None, None) => None,
            },
        }
    }
}

impl Readable for Term {
    fn read<B: Basis>(
        reading: &Reading<'_, B>,
        claim: Idx<ClaimRow>,
        _: SubjectKey,
    ) -> Option<Contribution<Self>> {
        let Statement::Terms(term) = reading.state.statement(claim)? else { return None };
        let counting = Reading { whose: reading.counts, ..*reading };
        let bounds = term.required.bounds(|ratio, earlier| counting.performed_of(ratio, earlier));
        Some(Contribution::stated(Self { floor: bounds.floor, ceiling: bounds.ceiling }))
    }

    /// Of what one organ says the latest version counts.
    fn latest_versions<B: Basis>(
        reading: &Reading<'_, B>,
        key: PropositionKey,
    ) -> BTreeMap<Idx<OrganRow>, u16> {
        let mut latest = BTreeMap::new();
        for claim in reading.live(key) {
            if let Some(version) = Self::version(reading, claim) {
                let known = latest.entry(reading.state.claims.get(claim).organ).or_insert(version);
                *known = version.max(*known);
            }
        }
        latest
    }

    fn version<B: Basis>(reading: &Reading<'_, B>, claim: Idx<ClaimRow>) -> Option<u16> {
        match reading.state.statement(claim)? {
            Statement::Terms(term) => Some(term.version.unwrap_or(1)),
            _ => None,
        }
    }
}

/// What the parties say of the terms of an obligation.
#[derive(Clone, Debug, PartialEq)]
pub struct TermsView<B = ()> {
    /// The obligation.
    pub obligation: ObligationId,
    /// What each says is owed.
    pub owed: Joint<Term, B>,
    /// What each says it is owed in return for.
    pub reciprocity: Joint<OneOf<Reciprocity>, B>,
}

impl<B> TermsView<B> {
    /// Whether the term is common: every party states it, some total is acceptable to all, and nobody differs on what
    /// it is owed in return for. Otherwise it is divergent, and an evaluation must name whose version it uses.
    pub fn is_common(&self) -> bool {
        let mut acceptable = self
            .owed
            .words
            .iter()
            .map(|word| (word.told.label == Label::Stated).then(|| word.told.set.acceptable()));
        let totals = acceptable.try_fold(Span::EVERYTHING, |common, party| common.meet(party?));
        let reciprocity =
            matches!(self.reciprocity.view, JointView::ConfirmedByAll(_) | JointView::Unasserted);
        totals.is_some() && !self.owed.words.is_empty() && reciprocity
    }

    /// The parties that state a term.
    pub fn stated_by(&self) -> Vec<PartyId> {
        let stated = self.owed.words.iter().filter(|word| word.told.label >= Label::Stated);
        stated.map(|word| word.party).collect()
    }
}

impl<B: Basis> Reading<'_, B> {
    pub(super) fn terms_of(&self, obligation: Idx<ObligationRow>) -> TermsView<B> {
        let about = SubjectKey::Obligation(obligation);
        TermsView {
            obligation: self.state.obligations.get(obligation).id,
            owed: self.joint(PropositionKey { about, scope: Scope::Terms, unit: None }),
            reciprocity: self.joint(PropositionKey { about, scope: Scope::Reciprocity, unit: None }),
        }
    }

    /// What the parties say of the terms of an obligation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::Anyone, moment)?;
    /// let terms = reading.terms("fallen".parse()?)?;
    /// assert!(!terms.is_common()); // North states none
    /// assert_eq!(terms.stated_by(), ["south".parse()?]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The obligation is not recorded.
    pub fn terms(&self, obligation: ObligationId) -> Result<TermsView<B>, EntryRefusal> {
        Ok(self.terms_of(self.state.obligations.find(obligation)?))
    }
}
