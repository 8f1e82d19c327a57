//! Words: what an organ and what a party say of a proposition (`docs/semantics.md`, Words).

use alloc::vec::Vec;
use core::any::Any;
use core::fmt;

use super::basis::Basis;
use super::meaning::{Contribution, Meaning, Readable, Whether, is_settled_by_denial};
use super::{Reading, Whose};
use crate::claim::{ClaimRow, PropositionKey, Scope, SubjectKey};
use crate::id::{OrganId, PartyId};
use crate::party::{OrganRow, PartyRow, Side};
use crate::quantity::{Span, Unit};
use crate::table::Idx;

/// Why a set is what it is. Silence, undisclosed, withheld, unknown and nought are five different things
/// (invariant 54): the four that leave everything possible differ by this label, and none of them is nought.
///
/// ```
/// use handover::quantity::Span;
/// use handover::reading::{Label, Told};
///
/// let silent = Told { set: Span::EVERYTHING, label: Label::Silent };
/// let undisclosed = Told { set: Span::EVERYTHING, label: Label::Undisclosed };
/// let nought = Told { set: Span::ZERO, label: Label::Stated };
/// assert_ne!(silent, undisclosed);
/// assert!(!silent.is_informative() && !undisclosed.is_informative() && nought.is_informative());
/// assert!(Label::Silent < Label::Undisclosed && Label::Undisclosed < Label::Stated); // the more telling is greater
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Nothing was said.
    Silent,
    /// It was counted, but only in another unit.
    OtherUnit,
    /// It was said that the number is not known.
    Unknown,
    /// A number exists and is kept back.
    Undisclosed,
    /// A number exists and will be given on a condition.
    Withheld,
    /// It was said.
    Stated,
    /// It was said, and its speakers contradict themselves: the set is the hull of all they said.
    Contradictory,
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Silent => "silent",
            Self::OtherUnit => "counted only in another unit",
            Self::Unknown => "said to be unknown",
            Self::Undisclosed => "undisclosed",
            Self::Withheld => "withheld for now",
            Self::Stated => "stated",
            Self::Contradictory => "contradicts itself",
        })
    }
}

/// What is told of a proposition: the set of values left possible, and why.
///
/// Source: `docs/semantics.md`, Words. Example: [`Label`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<S> {
    /// The values left possible.
    pub set: S,
    /// Why.
    pub label: Label,
}

impl<S: Meaning> Told<S> {
    pub(super) fn stated(set: S) -> Self {
        Self { set, label: Label::Stated }
    }

    pub(super) fn nothing(label: Label) -> Self {
        Self { set: S::everything(), label }
    }

    /// Whether anything is said: neither silence nor a label without a number, and not "everything".
    pub fn is_informative(&self) -> bool {
        self.label >= Label::Stated && !self.set.is_everything()
    }

    /// What is left if all of these are true at once; if that cannot be, or one of them contradicts itself, the hull of
    /// all, marked. `None` if none is informative.
    fn intersection<'a>(words: impl Iterator<Item = &'a Self> + Clone) -> Option<Self>
    where
        S: 'a,
    {
        let mut informative = words.filter(|word| word.is_informative());
        let first = informative.next()?;
        let mut label = first.label;
        let mut meet = Some(first.set.clone());
        let mut hull = first.set.clone();
        for word in informative {
            label = label.max(word.label);
            meet = meet.and_then(|meet| meet.meet(&word.set));
            hull = hull.hull(&word.set);
        }
        Some(match meet {
            Some(set) if label == Label::Stated => Self { set, label },
            _ => Self { set: hull, label: Label::Contradictory },
        })
    }

    /// The hull of these; `None` if none is informative.
    fn hull<'a>(words: impl Iterator<Item = &'a Self>) -> Option<Self>
    where
        S: 'a,
    {
        words.filter(|word| word.is_informative()).fold(None, |hull: Option<Self>, word| {
            Some(match hull {
                None => word.clone(),
                Some(hull) => Self { set: hull.set.hull(&word.set), label: hull.label.max(word.label) },
            })
        })
    }
}

/// What an organ says: all its live claims at once, or their hull, marked, where they contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganWord<S, B = ()> {
    /// The organ.
    pub organ: OrganId,
    /// Its word.
    pub told: Told<S>,
    /// The entries that it rests on.
    pub rests_on: B,
    place: Idx<OrganRow>,
}

/// What a party says: the word of its organ that comes first for the scope among those that say something
/// (invariant 55). Example: [`Precedence`](crate::party::Precedence).
#[derive(Clone, Debug, PartialEq)]
pub struct PartyWord<S, B = ()> {
    /// The party.
    pub party: PartyId,
    /// Its word.
    pub told: Told<S>,
    /// The organs whose word it is.
    pub followed: Vec<OrganId>,
    /// The other organs that say something, which are not followed.
    pub not_followed: Vec<OrganWord<S, B>>,
    /// Whether an organ contradicts another or itself.
    pub internal_conflict: bool,
    /// The entries that the word rests on.
    pub rests_on: B,
}

impl<B: Basis> Reading<'_, B> {
    /// Whether a claim was uttered and neither corrected nor withdrawn by the moment that is asked about.
    pub(super) fn is_live(&self, claim: Idx<ClaimRow>) -> bool {
        let row = self.state.claims.get(claim);
        match self.said_by {
            None => row.ended_by.is_none(),
            Some(moment) => row.said_by <= moment && row.ended_by.is_none_or(|ended| ended > moment),
        }
    }

    /// The live claims on a proposition, the latest first.
    pub(super) fn live(&self, key: PropositionKey) -> impl Iterator<Item = Idx<ClaimRow>> {
        self.state.claims_on(key).filter(|claim| self.is_live(*claim))
    }

    /// Whether this reading takes the word of those on a side alone; what all accept is nobody's alone.
    pub(super) fn trusts(&self, side: Side) -> bool {
        match self.whose {
            Whose::Party(party) => side == Side::Party(party),
            Whose::All => false,
            Whose::Neutral => side == Side::Neutral,
            Whose::Anyone => true,
        }
    }

    /// Whether this reading asks for the word of those on a side: of one party, of neutral observers, of anyone, and of all whose
    /// acceptance is asked.
    pub(super) fn hears_side(&self, side: Side) -> bool {
        self.whose == Whose::All || self.trusts(side)
    }

    pub(super) fn cite(&self, basis: &mut B, claim: Idx<ClaimRow>) {
        let entry = self.state.claims.get(claim).entry;
        basis.rest_on(entry.place(), self.state.entries.get(entry).id);
    }

    /// The word of each organ that has a live claim on a proposition, in the order in which they last spoke.
    pub(super) fn organ_words<S: Readable>(&self, key: PropositionKey) -> Vec<OrganWord<S, B>> {
        struct Voice<S, B> {
            place: Idx<OrganRow>,
            told: Vec<Told<S>>,
            rests_on: B,
        }
        let mut voices: Vec<Voice<S, B>> = Vec::new();
        let latest = S::latest_versions(self, key);
        let mut claims: Vec<(Idx<ClaimRow>, Told<S>)> = self
            .live(key)
            .filter(|claim| {
                let organ = self.state.claims.get(*claim).organ;
                S::version(self, *claim) >= latest.get(&organ).copied()
            })
            .filter_map(|claim| {
                let Contribution { set, label } = S::read(self, claim, key.about)?;
                Some((claim, Told { set, label }))
            })
            .collect();
        if is_settled_by_denial(key.scope, key.about) {
            self.take_in_denials(key, &mut claims);
        }
        for (claim, told) in claims {
            let place = self.state.claims.get(claim).organ;
            let at = voices.iter().position(|voice| voice.place == place).unwrap_or(voices.len());
            if at == voices.len() {
                voices.push(Voice { place, told: Vec::new(), rests_on: B::default() });
            }
            if let Some(voice) = voices.get_mut(at) {
                self.cite(&mut voice.rests_on, claim);
                voice.told.push(told);
            }
        }
        voices.reverse();
        voices
            .into_iter()
            .map(|voice| OrganWord {
                organ: self.state.organs.get(voice.place).id,
                told: Told::intersection(voice.told.iter()).unwrap_or_else(|| {
                    let label = voice.told.iter().map(|told| told.label).max().unwrap_or(Label::Silent);
                    Told::nothing(label)
                }),
                rests_on: voice.rests_on,
                place: voice.place,
            })
            .collect()
    }

    /// Who denies that a leg happened says of its number that it is nought, in every unit: the denial stands among the
    /// claims on the number, the latest first.
    fn take_in_denials<S: Readable>(&self, key: PropositionKey, claims: &mut Vec<(Idx<ClaimRow>, Told<S>)>) {
        let Some(nought) = (&Span::ZERO as &dyn Any).downcast_ref::<S>() else { return };
        let occurrence = PropositionKey { scope: Scope::Occurrence, unit: None, ..key };
        for claim in self.live(occurrence) {
            let said = Whether::read(self, claim, key.about);
            if said.is_some_and(|said| said.set == Whether::just(false)) {
                claims.push((claim, Told::stated(nought.clone())));
            }
        }
        claims.sort_by_key(|(claim, _)| core::cmp::Reverse(*claim));
        claims.dedup_by_key(|(claim, _)| *claim);
    }

    /// What a party says of a proposition.
    pub(super) fn party_word<S: Readable>(
        &self,
        party: Idx<PartyRow>,
        key: PropositionKey,
    ) -> PartyWord<S, B> {
        let words = self.organ_words::<S>(key);
        self.party_word_among(party, key, &words)
    }

    pub(super) fn party_word_among<S: Readable>(
        &self,
        party: Idx<PartyRow>,
        key: PropositionKey,
        words: &[OrganWord<S, B>],
    ) -> PartyWord<S, B> {
        let own = |word: &&OrganWord<S, B>| self.state.organs.get(word.place).side == Side::Party(party);
        let speaking = || words.iter().filter(own).filter(|word| word.told.is_informative());
        let order = self.state.precedence(party, key.scope);
        let first = order.iter().find_map(|organ| speaking().find(|word| word.place == *organ));
        let is_followed = |word: &OrganWord<S, B>| match first {
            Some(first) => word.place == first.place,
            None => true,
        };
        let mut told = Told::intersection(speaking().filter(|word| is_followed(word)).map(|word| &word.told))
            .unwrap_or_else(|| {
                let label =
                    words.iter().filter(own).map(|word| word.told.label).max().unwrap_or(Label::Silent);
                Told::nothing(self.silence(label, key, |side| side == Side::Party(party)))
            });
        let mut rests_on = B::default();
        for word in words.iter().filter(own) {
            if !told.is_informative() || (word.told.is_informative() && is_followed(word)) {
                rests_on.rest_on_all(&word.rests_on);
            }
        }
        let not_followed: Vec<_> = speaking().filter(|word| !is_followed(word)).cloned().collect();
        let internal_conflict = told.label == Label::Contradictory
            || not_followed.iter().any(|word| told.set.meet(&word.told.set).is_none());
        if is_settled_by_denial(key.scope, key.about) {
            let occurrence = PropositionKey { scope: Scope::Occurrence, unit: None, ..key };
            let denial = self.party_word::<Whether>(party, occurrence);
            if denial.told == Told::stated(Whether::just(false))
                && let Some(nought) = (&Span::ZERO as &dyn Any).downcast_ref::<S>()
            {
                told = Told::stated(nought.clone());
                rests_on.rest_on_all(&denial.rests_on);
            }
        }
        PartyWord {
            party: self.state.parties.get(party).id,
            told,
            followed: speaking().filter(|word| is_followed(word)).map(|word| word.organ).collect(),
            not_followed,
            internal_conflict,
            rests_on,
        }
    }

    /// Why those who say no number say none: silence in this unit is another thing where they count in another.
    fn silence(&self, label: Label, key: PropositionKey, whose: impl Fn(Side) -> bool) -> Label {
        let Some(unit) = key.unit.filter(|_| label == Label::Silent) else { return label };
        let counts_in = |unit: Unit| {
            self.state.claims_on(PropositionKey { unit: Some(unit), ..key }).any(|claim| {
                let organ = self.state.claims.get(claim).organ;
                self.is_live(claim) && whose(self.state.organs.get(organ).side)
            })
        };
        let elsewhere = Unit::ALL.into_iter().filter(|other| *other != unit).any(counts_in);
        if elsewhere { Label::OtherUnit } else { Label::Silent }
    }

    /// What this reading takes to be said of a proposition.
    pub(super) fn told<S: Readable>(&self, key: PropositionKey, basis: &mut B) -> Told<S> {
        let words = self.organ_words::<S>(key);
        match self.whose {
            Whose::Party(party) => {
                let word = self.party_word_among(party, key, &words);
                basis.rest_on_all(&word.rests_on);
                word.told
            }
            Whose::All => {
                let parties = self.state.parties_of(key.about);
                let said: Vec<_> =
                    parties.iter().map(|party| self.party_word_among(*party, key, &words)).collect();
                for word in &said {
                    basis.rest_on_all(&word.rests_on);
                }
                let quiet =
                    said.iter().filter(|word| !word.told.is_informative()).map(|word| word.told.label).max();
                match quiet {
                    Some(label) => Told::nothing(label),
                    None => {
                        Told::hull(said.iter().map(|word| &word.told)).unwrap_or(Told::nothing(Label::Silent))
                    }
                }
            }
            Whose::Neutral | Whose::Anyone => self.hull_of(key, &words, basis),
        }
    }

    /// What is stated of a proposition, of which one is right if this reading's trust holds: a set of each party or organ that is
    /// believed; none where it is not known.
    pub(super) fn stated<S: Readable>(&self, key: PropositionKey) -> Vec<S> {
        let words = self.organ_words::<S>(key);
        let stated = |told: &Told<S>| told.is_informative().then(|| told.set.clone());
        let of = |party| stated(&self.party_word_among(party, key, &words).told);
        match self.whose {
            Whose::Party(party) => of(party).into_iter().collect(),
            // A silent party leaves everything possible.
            Whose::All => {
                let all: Option<Vec<S>> = self.state.parties_of(key.about).into_iter().map(of).collect();
                all.unwrap_or_default()
            }
            Whose::Neutral | Whose::Anyone => {
                let chosen = words.iter().filter(|word| self.trusts(self.state.organs.get(word.place).side));
                chosen.filter_map(|word| stated(&word.told)).collect()
            }
        }
    }

    fn hull_of<S: Meaning>(&self, key: PropositionKey, words: &[OrganWord<S, B>], basis: &mut B) -> Told<S> {
        let chosen = || words.iter().filter(|word| self.trusts(self.state.organs.get(word.place).side));
        for word in chosen() {
            basis.rest_on_all(&word.rests_on);
        }
        Told::hull(chosen().map(|word| &word.told)).unwrap_or_else(|| {
            let label = chosen().map(|word| word.told.label).max().unwrap_or(Label::Silent);
            Told::nothing(self.silence(label, key, |side| self.trusts(side)))
        })
    }
}

impl crate::state::State {
    /// The parties whose acceptance a proposition about this subject needs: those of its agreement, and without one
    /// those at its two ends.
    pub(crate) fn parties_of(&self, about: SubjectKey) -> Vec<Idx<PartyRow>> {
        let agreement = self.agreement_of(about);
        if let Some(agreement) = agreement {
            return self.agreements.get(agreement).parties.to_vec();
        }
        let mut ends: Vec<_> = match about {
            SubjectKey::Agreement(_) | SubjectKey::Milestone(_) => Vec::new(),
            SubjectKey::Obligation(obligation) => {
                let row = self.obligations.get(obligation);
                [row.debtor, row.creditor].into()
            }
            SubjectKey::Slot(handover)
            | SubjectKey::Handover(handover)
            | SubjectKey::Appearance(handover, _) => self
                .legs_of_handover(handover)
                .flat_map(|leg| [self.legs.get(leg).from, self.legs.get(leg).to])
                .collect(),
            SubjectKey::Leg(leg) => [self.legs.get(leg).from, self.legs.get(leg).to].into(),
            SubjectKey::Batch(batch) | SubjectKey::Bringing(batch, _) => {
                [self.batches.get(batch).from, self.batches.get(batch).to].into()
            }
            SubjectKey::Total(total) => {
                let row = self.totals.get(total);
                row.from.into_iter().chain(row.to).collect()
            }
        };
        ends.sort();
        ends.dedup();
        ends
    }
}
