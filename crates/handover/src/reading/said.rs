//! What is only ever said: allegations, expectations, readiness, repetitions. They are listed by speaker, apart from
//! obligations and from facts (invariant 57).

use alloc::vec::Vec;

use super::word::{Label, Told};
use super::{Basis, Reading};
use crate::claim::{ClaimRow, Scope, Statement, Subject};
use crate::id::{EntryId, OrganId, PartyId, SourceId, SpeakerId};
use crate::party::Side;
use crate::quantity::{Span, Unit};
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

/// Who said it, about what, when and where it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The entry.
    pub entry: EntryId,
    /// Who said it.
    pub speaker: SpeakerId,
    /// For which organ.
    pub organ: OrganId,
    /// Of which party, if of one.
    pub party: Option<PartyId>,
    /// About what.
    pub about: Subject,
    /// When.
    pub said: When,
    /// Where it was read.
    pub source: Option<SourceId>,
}

/// Someone accuses a party. It has a speaker and a target, and no truth value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllegationView {
    /// Who accuses, and about what.
    pub by: Said,
    /// Whom.
    pub of: PartyId,
    /// Of what.
    pub act: Text,
    /// Whether it is said to have been done on purpose.
    pub intended: bool,
}

/// Someone expects a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectationView {
    /// Who expects it, and of what.
    pub by: Said,
    /// How many.
    pub told: Told<Span>,
    /// In what unit.
    pub unit: Unit,
}

/// Someone says that a party is ready, or is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadinessView {
    /// Who says so, and about what.
    pub by: Said,
    /// Which party.
    pub of: PartyId,
    /// Whether it is ready.
    pub ready: bool,
    /// For how many.
    pub count: Option<(Told<Span>, Unit)>,
}

/// Someone repeats a claim. It adds no support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepetitionView {
    /// The entry that repeats.
    pub entry: EntryId,
    /// Who repeats.
    pub speaker: SpeakerId,
    /// The entry that made the claim.
    pub root: EntryId,
    /// Whether the claim still stands, and the repetition with it.
    pub is_live: bool,
}

impl<B: Basis> Reading<'_, B> {
    /// Every allegation that stands, whoever is believed, in the order of recording.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::To("north".parse()?), moment)?;
    /// let allegations = reading.allegations();
    /// assert_eq!((allegations[0].by.speaker, allegations[0].of), ("s".parse()?, "north".parse()?));
    /// # Ok(())
    /// # }
    /// ```
    pub fn allegations(&self) -> Vec<AllegationView> {
        self.in_scope(Scope::Fault)
            .filter_map(|claim| match self.state.statement(claim)? {
                Statement::Fault(fault) => Some(AllegationView {
                    by: self.said(claim),
                    of: fault.of,
                    act: fault.act.clone(),
                    intended: fault.intended,
                }),
                _ => None,
            })
            .collect()
    }

    /// Every expectation that stands, whoever is believed, in the order of recording.
    pub fn expectations(&self) -> Vec<ExpectationView> {
        self.in_scope(Scope::Expectation)
            .filter_map(|claim| {
                let unit = self.state.count_of(claim)?.unit;
                Some(ExpectationView { by: self.said(claim), told: self.told_by(claim), unit })
            })
            .collect()
    }

    /// Every statement of readiness that stands, whoever is believed, in the order of recording.
    pub fn readiness(&self) -> Vec<ReadinessView> {
        self.in_scope(Scope::Readiness)
            .filter_map(|claim| match self.state.statement(claim)? {
                Statement::Readiness(readiness) => Some(ReadinessView {
                    by: self.said(claim),
                    of: readiness.of,
                    ready: readiness.ready,
                    count: readiness.count.as_ref().map(|count| (self.told_by(claim), count.unit)),
                }),
                _ => None,
            })
            .collect()
    }

    /// Every repetition, in the order of recording.
    pub fn repetitions(&self) -> Vec<RepetitionView> {
        let rows = self.state.repeats.rows();
        rows.filter_map(|repeat| {
            let entry = self.state.entries.get(repeat.entry);
            let uttered = self
                .state
                .saying_of(entry)
                .said
                .last_moment()
                .is_some_and(|said| self.said_by.is_none_or(|by| said <= by));
            (self.said_by.is_none() || uttered).then(|| RepetitionView {
                entry: entry.id,
                speaker: self.state.speakers.get(self.state.saying_of(entry).by).id,
                root: self.state.entries.get(self.state.claims.get(repeat.root).entry).id,
                is_live: self.is_live(repeat.root),
            })
        })
        .collect()
    }

    /// Whether this reading believes the speaker of an entry alone: one of the party's organs, a neutral observer, or anyone.
    /// Never in the reading that all accept: what one says alone is not yet accepted by all.
    pub fn believes(&self, said: &Said) -> bool {
        let organ = self.state.organs.at(said.organ);
        organ.is_some_and(|organ| self.trusts(self.state.organs.get(organ).side))
    }

    fn in_scope(&self, scope: Scope) -> impl Iterator<Item = Idx<ClaimRow>> {
        self.state
            .claims
            .places()
            .filter(move |(claim, row)| row.scope == scope && self.is_live(*claim))
            .map(|(claim, _)| claim)
    }

    pub(super) fn said(&self, claim: Idx<ClaimRow>) -> Said {
        let row = self.state.claims.get(claim);
        let entry = self.state.entries.get(row.entry);
        let organ = self.state.organs.get(row.organ);
        Said {
            entry: entry.id,
            speaker: self.state.speakers.get(row.speaker).id,
            organ: organ.id,
            party: match organ.side {
                Side::Party(party) => Some(self.state.parties.get(party).id),
                _ => None,
            },
            about: self.state.subject(row.about),
            said: self.state.saying_of(entry).said,
            source: self.state.saying_of(entry).source.map(|source| self.state.sources.get(source).id),
        }
    }

    /// What one claim tells by itself.
    pub(super) fn told_by(&self, claim: Idx<ClaimRow>) -> Told<Span> {
        let row = self.state.claims.get(claim);
        if row.label == Label::Stated { Told::stated(row.span) } else { Told::nothing(row.label) }
    }
}
