//! Joint views: how the parties' words on one proposition stand to each other.

use alloc::vec::Vec;
use core::any::Any;

use super::Reading;
use super::basis::Basis;
use super::meaning::{Meaning, Readable, Whether};
use super::word::{Label, PartyWord, Told};
use crate::claim::{PropositionKey, Scope, Subject, SubjectKey};
use crate::id::PartyId;
use crate::quantity::{Span, Unit};
use crate::refusal::EntryRefusal;

/// How the words of the parties on one proposition stand to each other; the first that holds, in this order
/// (`docs/semantics.md`, Readings; B8).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::reading::According;
/// use handover::reading::JointView;
///
/// # let ledger = two_words()?;
/// # let moment = handover::when::Moment::END_OF_TIME;
/// let reading = ledger.reading(According::Anyone, moment)?;
/// let view = reading.leg("to-south".parse()?)?;
/// assert_eq!(view.count.view, JointView::Conflicting(Some(3)));
/// assert!(matches!(view.occurrence.view, JointView::ConfirmedByAll(_)));
/// assert_eq!(view.whose.view, JointView::Unasserted);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JointView<S> {
    /// No party says a thing.
    Unasserted,
    /// No party says what it is, and these say that they do not: undisclosed, withheld or unknown.
    Withheld(Vec<PartyId>),
    /// One says that it happened, and these deny it.
    Denied(Vec<PartyId>),
    /// All of them cannot be right; by this number where it is one.
    Conflicting(Option<u64>),
    /// Only this party says anything.
    OneSided(PartyId),
    /// Every party says the same.
    ConfirmedByAll(S),
    /// Several parties say the same, and others say nothing.
    ConfirmedBySome(S),
    /// They differ, and can all be right if it is one of these.
    PartlyCompatible(S),
}

/// A joint view with the words that it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint<S, B = ()> {
    /// How the words stand to each other.
    pub view: JointView<S>,
    /// The word of each party, in the order in which the agreement names them.
    pub words: Vec<PartyWord<S, B>>,
}

impl<S: Meaning, B: Basis> Joint<S, B> {
    fn of(words: Vec<PartyWord<S, B>>) -> Self {
        Self { view: view(&words), words }
    }
}

fn view<S: Meaning, B>(words: &[PartyWord<S, B>]) -> JointView<S> {
    let informative: Vec<&PartyWord<S, B>> = words.iter().filter(|word| word.told.is_informative()).collect();
    let Some(first) = informative.first() else {
        let keep_back = |word: &&PartyWord<S, B>| {
            matches!(word.told.label, Label::Undisclosed | Label::Withheld | Label::Unknown)
        };
        let by: Vec<PartyId> = words.iter().filter(keep_back).map(|word| word.party).collect();
        return if by.is_empty() { JointView::Unasserted } else { JointView::Withheld(by) };
    };
    if let Some(by) = denied(&informative) {
        return JointView::Denied(by);
    }
    let sets: Vec<S> = informative.iter().map(|word| word.told.set.clone()).collect();
    let common = sets.iter().skip(1).try_fold(first.told.set.clone(), |common, set| common.meet(set));
    let Some(common) = common else { return JointView::Conflicting(S::gap(&sets)) };
    if let [only] = informative.as_slice() {
        return JointView::OneSided(only.party);
    }
    // A word that contradicts itself never makes a confirmation.
    if informative.iter().all(|word| word.told == first.told && word.told.label == Label::Stated) {
        return if informative.len() == words.len() {
            JointView::ConfirmedByAll(common)
        } else {
            JointView::ConfirmedBySome(common)
        };
    }
    JointView::PartlyCompatible(common)
}

/// The parties that deny what another asserts, where the proposition is whether something happened.
fn denied<S: Meaning, B>(informative: &[&PartyWord<S, B>]) -> Option<Vec<PartyId>> {
    let is = |word: &PartyWord<S, B>, happened: bool| {
        (&word.told.set as &dyn Any)
            .downcast_ref::<Whether>()
            .is_some_and(|set| set.only() == Some(&happened))
    };
    if !informative.iter().any(|word| is(word, true)) {
        return None;
    }
    let by: Vec<PartyId> = informative.iter().filter(|word| is(word, false)).map(|word| word.party).collect();
    (!by.is_empty()).then_some(by)
}

impl<B: Basis> Reading<'_, B> {
    pub(super) fn joint<S: Readable>(&self, key: PropositionKey) -> Joint<S, B> {
        let words = self.organ_words::<S>(key);
        let parties = self.state.parties_of(key.about);
        Joint::of(parties.into_iter().map(|party| self.party_word_among(party, key, &words)).collect())
    }

    pub(super) fn whether(&self, about: SubjectKey, basis: &mut B) -> Told<Whether> {
        self.told(PropositionKey { about, scope: Scope::Occurrence, unit: None }, basis)
    }

    /// How the parties' words stand on whether something happened.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    /// use handover::reading::{JointView, OneOf};
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::Anyone, moment)?;
    /// let joint = reading.occurrence(Subject::Handover("june-16".parse()?))?;
    /// assert_eq!(joint.view, JointView::ConfirmedByAll(OneOf::just(true))); // of a count, nothing
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The subject is not recorded.
    pub fn occurrence(&self, about: Subject) -> Result<Joint<Whether, B>, EntryRefusal> {
        let about = self.state.subject_key(about)?;
        Ok(self.joint(PropositionKey { about, scope: Scope::Occurrence, unit: None }))
    }

    /// How the parties' words stand on a count in a unit.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// use handover::reading::According;
    ///
    /// # let ledger = two_words()?;
    /// # let moment = handover::when::Moment::END_OF_TIME;
    /// let reading = ledger.reading(According::Anyone, moment)?;
    /// let joint = reading.count(Subject::Leg("to-south".parse()?), Unit::SetOfRemains)?;
    /// let said: Vec<_> = joint.words.iter().map(|word| word.told.set.only()).collect();
    /// assert_eq!(said, [Some(1_248), Some(1_245)]); // North, South
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The subject is not recorded.
    pub fn count(&self, about: Subject, unit: Unit) -> Result<Joint<Span, B>, EntryRefusal> {
        let about = self.state.subject_key(about)?;
        Ok(self.joint(PropositionKey { about, scope: Scope::Count, unit: Some(unit) }))
    }

    /// What this reading takes to be the count of a subject in a unit: for a leg what is said of it directly, before
    /// its batches are considered.
    ///
    /// # Errors
    /// The subject is not recorded.
    pub fn told_count(&self, about: Subject, unit: Unit) -> Result<(Told<Span>, B), EntryRefusal> {
        let about = self.state.subject_key(about)?;
        let mut rests_on = B::default();
        let told = self.told(PropositionKey { about, scope: Scope::Count, unit: Some(unit) }, &mut rests_on);
        Ok((told, rests_on))
    }

    /// What this reading takes to be so of whether something happened.
    ///
    /// # Errors
    /// The subject is not recorded.
    pub fn told_occurrence(&self, about: Subject) -> Result<(Told<Whether>, B), EntryRefusal> {
        let about = self.state.subject_key(about)?;
        let mut rests_on = B::default();
        let told = self.whether(about, &mut rests_on);
        Ok((told, rests_on))
    }
}
