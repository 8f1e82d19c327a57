//! Who speaks: parties, their organs, other institutions, speakers and sources.
//!
//! A word belongs to an [`Organ`]: an institution with an allegiance. A [`Speaker`] is who uttered it for the
//! organ. Which organ of a party is followed when they differ is configuration ([`Precedence`]); between
//! parties truthfulness is never ranked (invariant 55).

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use crate::claim::Scope;
use crate::held::EntryRow;
use crate::id::{OrganId, PartyId, SourceId, SpeakerId};
use crate::refusal::{Refusal, Rule};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// Whose an organ is. It says nothing about whether the organ is believed.
///
/// [`Precedence`] has an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Allegiance {
    /// It speaks for this party to the conflict.
    Party(PartyId),
    /// It observes for neither: an intermediary, a monitor.
    Neutral,
    /// It reports: an outlet, an agency.
    Press,
    /// Nobody says whose it is.
    Unknown,
}

/// A party to the conflict; it need not be a state.
///
/// [`Precedence`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Party {
    /// Its identifier.
    pub id: PartyId,
    /// Its name, as it calls itself.
    pub name: Text,
}

/// An institution that speaks: a headquarters, a ministry, a delegation, an agency, or those whom the press
/// calls "reports" of a side.
///
/// [`Precedence`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Organ {
    /// Its identifier.
    pub id: OrganId,
    /// Its name.
    pub name: Text,
    /// Whose it is.
    pub allegiance: Allegiance,
}

/// Who utters the words of an organ: an office-holder in that capacity, a spokesperson, a narrator, a headline.
///
/// [`Precedence`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Speaker {
    /// The speaker's identifier.
    pub id: SpeakerId,
    /// The office, and the name of the office-holder who speaks officially. Never a private person.
    pub name: Text,
    /// The organ for which the speaker speaks.
    pub organ: OrganId,
}

/// Where a statement was read.
///
/// ```
/// use handover::party::Source;
///
/// let source = Source {
///     id: "agency-june-11".parse()?,
///     publisher: "An agency".parse()?,
///     address: Some("https://example.org/june-11".parse()?),
///     published: Some("2025-06-11T18:40+03:00".parse()?),
///     note: None,
/// };
/// # assert!(source.note.is_none());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Source {
    /// Its identifier.
    pub id: SourceId,
    /// Who published it.
    pub publisher: Text,
    /// Where it is found: an address, a shelf mark.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub address: Option<Text>,
    /// When it was published: neither the time of the event nor that of the utterance (invariant 19).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub published: Option<When>,
    /// What a reader must know of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

/// Which organs of a party are followed, first to last, when they differ. Organs that are not named come
/// last, together. A later entry replaces an earlier one for the same scope.
///
/// ```
/// # use handover::{claim::*, entry::*, ledger::*, obligation::Matter, party::*, quantity::*, refusal::Refusal, total::*};
/// # use handover::{reading::According, when::Moment};
/// # let mut ledger = Ledger::new();
/// # let mut post = |by, what| -> Result<(), Box<dyn core::error::Error>> {
/// #     let (id, said) = (format!("e-{}", ledger.len()).parse()?, "2025-06-16".parse()?);
/// #     Ok(ledger.post(&Entry { id, by, said, source: None, what }).map(|_| ())?)
/// # };
/// let ua = "ua".parse()?;
/// let mut entries = vec![PartyEntry::Introduced(Party { id: ua, name: "Ukraine".parse()? })];
/// for (organ, name) in [("hq", "Coordination HQ"), ("ministry", "Ministry of the Interior")] {
///     let (id, name, allegiance) = (organ.parse()?, name.parse::<handover::text::Text>()?, Allegiance::Party(ua));
///     entries.push(PartyEntry::Organ(Organ { id, name: name.clone(), allegiance }));
///     entries.push(PartyEntry::Speaker(Speaker { id: organ.parse()?, name, organ: id }));
/// }
/// let organs = ["hq".parse()?, "ministry".parse()?].into();
/// entries.push(PartyEntry::Precedence(Precedence { party: ua, scope: Some(Scope::Count), organs }));
/// for entry in entries {
///     post(keeper(), What::Party(entry))?;
/// }
/// # let of = Coverage { under: None, from: None, to: Some(ua), matter: Matter::Remains, during: None };
/// # let total = Total { id: "june-total".parse()?, of, unit: Unit::SetOfRemains, note: None };
/// # post(keeper(), What::Total(TotalEntry::Introduced(total)))?;
/// // Of one published total the headquarters say 6,057 and the minister 6,060.
/// let about = Subject::Total("june-total".parse()?);
/// for (by, n) in [("hq", 6_057), ("ministry", 6_060)] {
///     let count = Count { quantity: n.into(), unit: Unit::SetOfRemains, qualifier: None };
///     post(by.parse()?, What::Claim(ClaimEntry::Made(Claim::new(about, Statement::Count(count)))))?;
/// }
/// let reading = ledger.reading(According::To(ua), Moment::END_OF_TIME)?;
/// let word = &reading.count(about, Unit::SetOfRemains)?.words[0];
/// assert_eq!((word.told.set, word.internal_conflict), (Span::exactly(6_057), true));
/// assert_eq!(word.not_followed[0].told.set, Span::exactly(6_060)); // kept beside it
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Precedence {
    /// The party whose organs they are.
    pub party: PartyId,
    /// The scope for which they are competent; every scope that has no precedence of its own if missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub scope: Option<Scope>,
    /// The organs, the one to follow first.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub organs: Vec<OrganId>,
}

// ---- what may be recorded

/// What may be recorded about who speaks.
///
/// [`Precedence`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum PartyEntry {
    /// A party enters the record.
    Introduced(Party),
    /// An organ enters the record.
    Organ(Organ),
    /// A speaker enters the record.
    Speaker(Speaker),
    /// A source enters the record.
    Source(Source),
    /// It is settled which organs of a party are followed.
    Precedence(Precedence),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct PartyRow {
    pub(crate) id: PartyId,
    pub(crate) name: Text,
    pub(crate) precedence: Option<Idx<PrecedenceRow>>,
}

#[derive(Clone, Debug)]
pub(crate) struct PrecedenceRow {
    scope: Option<Scope>,
    organs: Arc<[Idx<OrganRow>]>,
    former: Option<Idx<PrecedenceRow>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Party(Idx<PartyRow>),
    Neutral,
    Press,
    Unknown,
}

#[derive(Clone, Debug)]
pub(crate) struct OrganRow {
    pub(crate) id: OrganId,
    pub(crate) name: Text,
    pub(crate) side: Side,
}

#[derive(Clone, Debug)]
pub(crate) struct SpeakerRow {
    pub(crate) id: SpeakerId,
    pub(crate) name: Text,
    pub(crate) organ: Idx<OrganRow>,
}

#[derive(Clone, Debug)]
pub(crate) struct SourceRow {
    pub(crate) id: SourceId,
    pub(crate) entry: Idx<EntryRow>,
}

impl State {
    /// The organs of a party for a scope, the one to follow first.
    pub(crate) fn precedence(&self, party: Idx<PartyRow>, scope: Scope) -> &[Idx<OrganRow>] {
        let mut general = None;
        let mut at = self.parties.get(party).precedence;
        while let Some(place) = at {
            let row = self.precedences.get(place);
            if row.scope == Some(scope) {
                return &row.organs;
            }
            if row.scope.is_none() && general.is_none() {
                general = Some(&row.organs);
            }
            at = row.former;
        }
        general.map_or(&[], |organs| organs)
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(Party),
    Organ(Organ, Side),
    Speaker(Speaker, Idx<OrganRow>),
    Source(SourceId),
    Precedence(Idx<PartyRow>, Option<Scope>, Vec<Idx<OrganRow>>),
}

pub(crate) fn resolve(state: &State, entry: &PartyEntry) -> Result<Resolved, Refusal> {
    Ok(match entry {
        PartyEntry::Introduced(party) => {
            state.parties.is_new(party.id)?;
            Resolved::Introduced(party.clone())
        }
        PartyEntry::Organ(organ) => {
            state.organs.is_new(organ.id)?;
            let side = match organ.allegiance {
                Allegiance::Party(party) => Side::Party(state.parties.find(party)?),
                Allegiance::Neutral => Side::Neutral,
                Allegiance::Press => Side::Press,
                Allegiance::Unknown => Side::Unknown,
            };
            Resolved::Organ(organ.clone(), side)
        }
        PartyEntry::Speaker(speaker) => {
            state.speakers.is_new(speaker.id)?;
            Resolved::Speaker(speaker.clone(), state.organs.find(speaker.organ)?)
        }
        PartyEntry::Source(source) => {
            state.sources.is_new(source.id)?;
            Resolved::Source(source.id)
        }
        PartyEntry::Precedence(precedence) => Resolved::Precedence(
            state.parties.find(precedence.party)?,
            precedence.scope,
            precedence.organs.iter().map(|organ| state.organs.find(*organ)).collect::<Result<_, _>>()?,
        ),
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    if let Resolved::Precedence(party, _, organs) = resolved {
        for (at, organ) in organs.iter().enumerate() {
            let row = state.organs.get(*organ);
            if row.side != Side::Party(*party) {
                return Err(
                    PartyRefusal::NotItsOrgan { party: state.parties.get(*party).id, organ: row.id }.into()
                );
            }
            if organs.iter().take(at).any(|earlier| earlier == organ) {
                return Err(PartyRefusal::OrganTwice(row.id).into());
            }
        }
    }
    Ok(())
}

/// What is impossible of those who speak, in the order in which it is asked (invariant 55).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartyRefusal {
    /// Precedence is a party's among its own organs.
    NotItsOrgan {
        /// The party.
        party: PartyId,
        /// The organ, which is not that party's.
        organ: OrganId,
    },
    /// An organ has one place in the order.
    OrganTwice(OrganId),
}

impl PartyRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::NotItsOrgan { .. } => Rule::numbered(
                55,
                "precedence exists only within a party: parties' truthfulness is never ranked",
            ),
            Self::OrganTwice(_) => Rule::unnumbered("an organ has one place in the order of precedence"),
        }
    }
}

impl fmt::Display for PartyRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotItsOrgan { party, organ } => {
                write!(f, "expected organs of party `{party}`, found `{organ}`, which is not its organ")
            }
            Self::OrganTwice(organ) => write!(f, "expected each organ once, found `{organ}` twice"),
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, entry: Idx<EntryRow>, resolved: Resolved) {
    match resolved {
        Resolved::Introduced(Party { id, name }) => {
            state.parties.add(PartyRow { id, name, precedence: None });
        }
        Resolved::Organ(Organ { id, name, .. }, side) => {
            state.organs.add(OrganRow { id, name, side });
        }
        Resolved::Speaker(Speaker { id, name, .. }, organ) => {
            state.speakers.add(SpeakerRow { id, name, organ });
        }
        Resolved::Source(id) => {
            state.sources.add(SourceRow { id, entry });
        }
        Resolved::Precedence(party, scope, organs) => {
            let former = state.parties.get(party).precedence;
            let row = state.precedences.add(PrecedenceRow { scope, organs: organs.into(), former });
            state.parties.change(party, |party| party.precedence = Some(row));
        }
    }
}
