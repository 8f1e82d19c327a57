//! Agreements: between whom, in what form, and in which version.
//!
//! What an agreement says is not part of it: even its terms differ by speaker, so they are claims, and a common
//! term is derived (invariant 3). An amendment makes a new version and keeps every earlier one (invariant 4).

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use crate::closure::ClosureRow;
use crate::id::{AgreementId, PartyId};
use crate::obligation::ObligationRow;
use crate::party::PartyRow;
use crate::refusal::{Refusal, Rule};
use crate::slot::{HandoverRow, LegRow};
use crate::state::State;
use crate::table::Idx;
use crate::text::Text;
use crate::when::When;

// ---- value types

/// The form in which an agreement was reached (B1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum Form {
    /// A signed text.
    SignedText,
    /// An exchange of notes.
    ExchangeOfNotes,
    /// A text that a mediator published.
    MediatorText,
    /// Known only from what each side announced.
    ParallelAnnouncements,
}

/// An agreement between parties to a conflict.
///
/// [`Amendment`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Agreement {
    /// Its identifier.
    pub id: AgreementId,
    /// What it is called.
    pub name: Text,
    /// The parties to it, two or more.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub parties: Vec<PartyId>,
    /// Its form.
    pub form: Form,
    /// When it was reached.
    pub on: When,
}

/// A new version of an agreement.
///
/// ```
/// # use handover::{agreement::*, entry::*, ledger::{Ledger, keeper}, party::*, reading::According, when::Moment};
/// # let mut ledger = Ledger::new();
/// # let post = |ledger: &mut Ledger, what| {
/// #     let (id, said) = (format!("e-{}", ledger.len()).parse().unwrap(), "2025-06-02".parse().unwrap());
/// #     ledger.post(&Entry { id, by: keeper(), said, source: None, what }).map(|_| ())
/// # };
/// let (north, south, id) = ("north".parse()?, "south".parse()?, "june".parse()?);
/// for (id, name) in [(north, "North"), (south, "South")] {
///     post(&mut ledger, What::Party(PartyEntry::Introduced(Party { id, name: name.parse()? })))?;
/// }
/// let (form, on) = (Form::ParallelAnnouncements, "2025-06-02".parse()?);
/// let agreement = Agreement { id, name: "June".parse()?, parties: [north, south].into(), form, on };
/// post(&mut ledger, What::Agreement(AgreementEntry::Introduced(agreement)))?;
///
/// let mut amendment = Amendment { agreement: id, version: 2, consented: [north].into(), note: None };
/// let refusal = post(&mut ledger, What::Agreement(AgreementEntry::Amended(amendment.clone()))).unwrap_err();
/// assert_eq!(refusal.rule().invariant, Some(4)); // the south's consent is missing
/// amendment.consented.push(south);
/// post(&mut ledger, What::Agreement(AgreementEntry::Amended(amendment)))?;
/// assert_eq!(ledger.reading(According::Anyone, Moment::END_OF_TIME)?.agreement(id)?.version, 2);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Amendment {
    /// The agreement.
    pub agreement: AgreementId,
    /// The number of the new version: one more than the last.
    pub version: u16,
    /// The parties that consented: all of them. What one side alone announces is a claim.
    #[cfg_attr(feature = "proptest", proptest(strategy = "crate::arbitrary::few()"))]
    pub consented: Vec<PartyId>,
    /// What was amended.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub note: Option<Text>,
}

// ---- what may be recorded

/// What may be recorded about agreements.
///
/// [`Amendment`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub enum AgreementEntry {
    /// An agreement enters the record.
    Introduced(Agreement),
    /// It was amended.
    Amended(Amendment),
}

// ---- state

#[derive(Clone, Debug)]
pub(crate) struct AgreementRow {
    pub(crate) id: AgreementId,
    pub(crate) name: Text,
    pub(crate) parties: Arc<[Idx<PartyRow>]>,
    pub(crate) on: When,
    pub(crate) version: u16,
    pub(crate) last_obligation: Option<Idx<ObligationRow>>,
    pub(crate) last_handover: Option<Idx<HandoverRow>>,
    pub(crate) last_closure: Option<Idx<ClosureRow>>,
}

impl State {
    /// The obligations that rest on an agreement, the latest first.
    pub(crate) fn obligations_of_agreement(
        &self,
        agreement: Idx<AgreementRow>,
    ) -> impl Iterator<Item = Idx<ObligationRow>> {
        core::iter::successors(self.agreements.get(agreement).last_obligation, |obligation| {
            self.obligations.get(*obligation).former_of_agreement
        })
    }

    /// The legs of the handovers that are held under an agreement, the latest handover first.
    pub(crate) fn legs_of_agreement(
        &self,
        agreement: Idx<AgreementRow>,
    ) -> impl Iterator<Item = Idx<LegRow>> {
        core::iter::successors(self.agreements.get(agreement).last_handover, |handover| {
            self.handovers.get(*handover).former_of_agreement
        })
        .flat_map(|handover| self.legs_of_handover(handover))
    }
}

// ---- resolve and judge

#[derive(Debug)]
pub(crate) enum Resolved {
    Introduced(AgreementRow),
    Amended { agreement: Idx<AgreementRow>, version: u16, consented: Vec<Idx<PartyRow>> },
}

pub(crate) fn resolve(state: &State, entry: &AgreementEntry) -> Result<Resolved, Refusal> {
    let find = |parties: &[PartyId]| -> Result<Vec<_>, Refusal> {
        parties.iter().map(|party| Ok(state.parties.find(*party)?)).collect()
    };
    Ok(match entry {
        AgreementEntry::Introduced(agreement) => {
            state.agreements.is_new(agreement.id)?;
            Resolved::Introduced(AgreementRow {
                id: agreement.id,
                name: agreement.name.clone(),
                parties: find(&agreement.parties)?.into(),
                on: agreement.on,
                version: 1,
                last_obligation: None,
                last_handover: None,
                last_closure: None,
            })
        }
        AgreementEntry::Amended(amendment) => Resolved::Amended {
            agreement: state.agreements.find(amendment.agreement)?,
            version: amendment.version,
            consented: find(&amendment.consented)?,
        },
    })
}

pub(crate) fn judge(state: &State, resolved: &Resolved) -> Result<(), Refusal> {
    match resolved {
        Resolved::Introduced(row) => {
            for (at, party) in row.parties.iter().enumerate() {
                if row.parties.iter().take(at).any(|earlier| earlier == party) {
                    return Err(AgreementRefusal::PartyTwice(state.parties.get(*party).id).into());
                }
            }
            if row.parties.len() < 2 {
                return Err(AgreementRefusal::TooFewParties(row.parties.len()).into());
            }
        }
        Resolved::Amended { agreement, version, consented } => {
            let row = state.agreements.get(*agreement);
            let expected = row.version.saturating_add(1);
            if *version != expected || *version == row.version {
                return Err(AgreementRefusal::NotTheNextVersion { expected, found: *version }.into());
            }
            if let Some(missing) = row.parties.iter().find(|party| !consented.contains(party)) {
                return Err(AgreementRefusal::NoConsent(state.parties.get(*missing).id).into());
            }
        }
    }
    Ok(())
}

/// What is impossible of an agreement.
///
/// In the order in which they are applied. Source: invariants 3 and 4. Example: [`Amendment`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AgreementRefusal {
    /// A party is named once.
    PartyTwice(PartyId),
    /// One alone makes no agreement.
    TooFewParties(usize),
    /// Versions increase by one.
    NotTheNextVersion {
        /// The number that the next version has.
        expected: u16,
        /// The number that was given.
        found: u16,
    },
    /// A party to the agreement did not consent to its amendment.
    NoConsent(PartyId),
}

impl AgreementRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::PartyTwice(_) | Self::TooFewParties(_) => {
                Rule::unnumbered("an agreement is between two parties or more, each named once")
            }
            Self::NotTheNextVersion { .. } => {
                Rule::numbered(4, "an amendment increments the version and keeps all earlier ones")
            }
            Self::NoConsent(_) => Rule::numbered(4, "an amendment has the recorded consent of every party"),
        }
    }
}

impl fmt::Display for AgreementRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartyTwice(party) => write!(f, "expected each party once, found `{party}` twice"),
            Self::TooFewParties(found) => write!(f, "expected two parties or more, found {found}"),
            Self::NotTheNextVersion { expected, found } => {
                write!(f, "expected version {expected}, found {found}")
            }
            Self::NoConsent(party) => write!(
                f,
                "expected the consent of every party, found none of `{party}`: record what one side announces as its claim"
            ),
        }
    }
}

// ---- apply

pub(crate) fn apply(state: &mut State, resolved: Resolved) {
    match resolved {
        Resolved::Introduced(row) => {
            state.agreements.add(row);
        }
        Resolved::Amended { agreement, version, .. } => {
            state.agreements.change(agreement, |row| row.version = version);
        }
    }
}
