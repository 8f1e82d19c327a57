//! How the parties' words on one thing stand to each other.

use handover::id::PartyId;
use handover::reading::{self, JointView, Label, Meaning, RestsOn};
use serde::Serialize;

use super::Book;
use super::figure::Tag;

/// A joint view with the words that it is made of.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Joint<T> {
    /// How the words stand to each other.
    pub(crate) view: View,
    /// The parties that the view names: who alone speaks, who denies, who keeps back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) parties: Vec<String>,
    /// What all that is said leaves possible, where it leaves something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) common: Option<T>,
    /// By how much the words conflict, where that is a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gap: Option<u64>,
    /// The word of each party.
    pub(crate) words: Vec<Word<T>>,
}

/// How words stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum View {
    Unasserted,
    Withheld,
    Denied,
    Conflicting,
    OneSided,
    ConfirmedByAll,
    ConfirmedBySome,
    PartlyCompatible,
}

/// What a party says.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Word<T> {
    /// The party.
    pub(crate) party: String,
    /// Why its word is what it is.
    pub(crate) label: Tag<Label>,
    /// What it leaves possible; nothing where it leaves everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) says: Option<T>,
    /// The organs whose word it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) followed: Vec<String>,
    /// The entries on which it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<Vec<String>>,
}

impl<T> Joint<T> {
    pub(super) fn of<S: Meaning>(
        book: &Book<'_>,
        joint: &reading::Joint<S, RestsOn>,
        show: impl Fn(&S) -> T,
    ) -> Self {
        let names = |parties: &[PartyId]| parties.iter().map(ToString::to_string).collect();
        let (view, parties, common, gap) = match &joint.view {
            JointView::Unasserted => (View::Unasserted, Vec::new(), None, None),
            JointView::Withheld(by) => (View::Withheld, names(by), None, None),
            JointView::Denied(by) => (View::Denied, names(by), None, None),
            JointView::Conflicting(gap) => (View::Conflicting, Vec::new(), None, *gap),
            JointView::OneSided(party) => (View::OneSided, names(&[*party]), None, None),
            JointView::ConfirmedByAll(set) => (View::ConfirmedByAll, Vec::new(), Some(show(set)), None),
            JointView::ConfirmedBySome(set) => {
                let speaking = joint.words.iter().filter(|word| word.told.is_informative());
                let by = speaking.map(|word| word.party.to_string()).collect();
                (View::ConfirmedBySome, by, Some(show(set)), None)
            }
            JointView::PartlyCompatible(set) => (View::PartlyCompatible, Vec::new(), Some(show(set)), None),
        };
        let words = joint
            .words
            .iter()
            .map(|word| Word {
                party: word.party.to_string(),
                label: Tag(word.told.label),
                says: word.told.is_informative().then(|| show(&word.told.set)),
                followed: word.followed.iter().map(ToString::to_string).collect(),
                entries: book.entries(&word.rests_on),
            })
            .collect();
        Self { view, parties, common, gap, words }
    }
}
