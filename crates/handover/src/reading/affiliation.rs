//! Whose remains are, and to whom they are therefore owed.

use alloc::vec::Vec;

use super::standing::Voice;
use super::sum::Counted;
use super::{Basis, Reading};
use crate::affiliation::{AffiliationEntry, AffiliationKind};
use crate::claim::Affiliation;
use crate::claim::Home;
use crate::held::EntryRow;
use crate::id::{EntryId, PartyId, RemainsId};
use crate::party::PartyRow;
use crate::refusal::EntryRefusal;
use crate::remains::{Human, UnitRow};
use crate::table::Idx;
use crate::text::Text;

/// Whose remains are, as far as it is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AffiliationStatus {
    /// It is not decided, or those who are believed decide differently.
    Undetermined,
    /// It is presumed.
    Presumed(Affiliation),
    /// It is determined.
    Determined(Affiliation),
}

/// Whose a unit of remains is, by this reading (B5, axis 4; invariant 40). No claim of the sender and no decision on who it
/// is enters here.
#[derive(Clone, Debug, PartialEq)]
pub struct AffiliationView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// Whose it is.
    pub status: AffiliationStatus,
    /// Whether authorities who are believed decide differently, or differently from what was found when the container was
    /// opened.
    pub contested: bool,
    /// The entries that it rests on.
    pub rests_on: B,
}

/// To whom remains are owed, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyKind {
    /// They came from the side whose own they are: they are to be returned, and are no return of the receiver's dead.
    Return,
    /// They are a third party's: they are to be handed on.
    Onward,
}

/// How such a duty stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DutyState {
    /// The remains are still to be handed over.
    Open,
    /// Their custody passed to that side.
    Settled {
        /// The entry that says so.
        by: EntryId,
    },
    /// It was closed in another way.
    Closed {
        /// The entry that closed it.
        by: EntryId,
        /// Why.
        reason: Text,
    },
}

/// A condition that a return waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockView {
    /// The entry that records it.
    pub entry: EntryId,
    /// Until what.
    pub until: Text,
}

/// A duty that follows from a determination: to return remains to the side that sent its own, or to hand them on to a third
/// party (invariant 40; edge cases 20 and 27). It is derived, and no performance of any other obligation.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
/// # fn main() -> Result<(), Failure> {
/// use handover::affiliation::{AffiliationEntry, Attribution, Ground};
/// use handover::claim::Affiliation;
/// use handover::reading::{According, DutyKind, DutyState};
/// # use handover::container::{Container, ContainerEntry, Provenance};
/// # use handover::remains::{Found, Human, Opening, RemainsEntry};
/// # use handover::when::Moment;
///
/// # let mut ledger = two_words()?;
/// # let mut tell = |id: &str, what: What| -> Result<(), Failure> {
/// #     let (id, by, said) = (id.parse()?, "s".parse()?, "2025-07-01".parse()?);
/// #     let _ = ledger.post(&Entry { id, by, said, source: None, what })?;
/// #     Ok(())
/// # };
/// # let container = Container {
/// #     id: "box-1".parse()?,
/// #     batch: Some("first".parse()?),
/// #     held_by: "s-office".parse()?,
/// #     since: "2025-06-16".parse()?,
/// #     provenance: Provenance::Unknown,
/// #     seal: None,
/// #     note: None,
/// # };
/// # tell("x-1", What::Container(ContainerEntry::Registered(container)))?;
/// # let found = [Found { id: "unit-1".parse()?, human: Human::Yes, elements: None }].into();
/// # let opening = Opening { container: "box-1".parse()?, on: "2025-06-17".parse()?, found, note: None };
/// # tell("x-2", What::Remains(RemainsEntry::Opened(opening)))?;
/// // North handed them over, and South's laboratory finds that they are North's own.
/// let determination = Attribution {
///     unit: "unit-1".parse()?,
///     of: Affiliation::ForcesOf("north".parse()?),
///     on: "2025-07-01".parse()?,
///     grounds: [Ground::Genetic].into(),
///     instead_of: None,
///     record: None,
///     note: None,
/// };
/// tell("x-3", What::Affiliation(AffiliationEntry::Determined(determination)))?;
///
/// let reading = ledger.reading(According::To("south".parse()?), Moment::END_OF_TIME)?;
/// let duty = &reading.return_duties()[0];
/// assert_eq!((duty.kind, duty.towards), (DutyKind::Return, Some("north".parse()?)));
/// assert_eq!((&duty.because[0], &duty.state), (&"x-3".parse()?, &DutyState::Open));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct DutyView<B = ()> {
    /// The unit.
    pub unit: RemainsId,
    /// To return it or to hand it on.
    pub kind: DutyKind,
    /// Whose it is.
    pub of: Affiliation,
    /// To whom it is owed; `None` if that is no party on the record.
    pub towards: Option<PartyId>,
    /// The determinations that it follows from.
    pub because: Vec<EntryId>,
    /// How it stands.
    pub state: DutyState,
    /// The conditions that stand in its way.
    pub blocked: Vec<BlockView>,
    /// The entries that it rests on.
    pub rests_on: B,
}

/// What one voice decides.
struct Word {
    status: AffiliationStatus,
    contested: bool,
}

impl<B: Basis> Reading<'_, B> {
    /// Whose a unit of remains is.
    ///
    /// # Errors
    /// The unit is not recorded.
    pub fn affiliation(&self, unit: RemainsId) -> Result<AffiliationView<B>, EntryRefusal> {
        let unit = self.state.units.find(unit)?;
        let mut rests_on = B::default();
        let (status, contested) = self.affiliation_told(unit, &mut rests_on);
        Ok(AffiliationView { unit: self.state.units.get(unit).id, status, contested, rests_on })
    }

    /// Every duty to return remains or to hand them on, by the unit's place in the record.
    pub fn return_duties(&self) -> Vec<DutyView<B>> {
        // What was divided or united is owed as what it became.
        let units = self
            .state
            .units
            .places()
            .filter(|(unit, row)| row.last_affiliation.is_some() && !self.has_ceased(*unit));
        units.filter_map(|(unit, _)| self.duty_of(unit)).collect()
    }

    /// Whose a unit is by all the voices of this reading: what they say alike.
    pub(super) fn affiliation_told(&self, unit: Idx<UnitRow>, basis: &mut B) -> (AffiliationStatus, bool) {
        let words: Vec<Word> =
            self.voices(unit).into_iter().map(|voice| self.affiliation_by(voice, unit, basis)).collect();
        let status = match words.split_first() {
            Some((first, rest)) if rest.iter().all(|word| word.status == first.status) => first.status,
            _ => AffiliationStatus::Undetermined,
        };
        let determined = |word: &Word| match word.status {
            AffiliationStatus::Determined(of) => Some(of),
            _ => None,
        };
        let mut said = words.iter().filter_map(determined);
        let first = said.next();
        let differ = said.any(|of| Some(of) != first);
        let human = self.human(unit);
        let other_kind = match first {
            Some(Affiliation::NotHuman) => human == Human::Yes,
            Some(_) => human == Human::No,
            None => false,
        };
        (status, differ || other_kind || words.iter().any(|word| word.contested))
    }

    /// Whose a unit is by one voice.
    pub(super) fn affiliation_in(
        &self,
        voice: Voice,
        unit: Idx<UnitRow>,
        basis: &mut B,
    ) -> AffiliationStatus {
        self.affiliation_by(voice, unit, basis).status
    }

    /// What one voice decides of a unit.
    fn affiliation_by(&self, voice: Voice, unit: Idx<UnitRow>, basis: &mut B) -> Word {
        let (mut determined, mut perhaps, mut presumed) = (Vec::new(), Vec::new(), Vec::new());
        for at in self.state.affiliations_of_unit(unit) {
            let row = self.state.affiliations.get(at);
            let holds = self.holds(row.entry, row.ended_by);
            if !self.is_heard(voice, row.organ) || holds == Counted::No {
                continue;
            }
            match self.state.affiliation_entry(row.entry).as_deref() {
                Some(AffiliationEntry::Determined(determination)) => {
                    self.rest_on(basis, row.entry);
                    let said = if holds == Counted::Yes { &mut determined } else { &mut perhaps };
                    said.push(determination.of);
                }
                Some(AffiliationEntry::Presumed(presumption)) if holds == Counted::Yes => {
                    presumed.push((presumption.on.span().first(), row.entry, presumption.of));
                }
                _ => {}
            }
        }
        let first = determined.first().copied();
        let contested = determined.iter().chain(&perhaps).any(|of| first.is_some_and(|first| *of != first));
        let status = match first {
            Some(of) if !contested => AffiliationStatus::Determined(of),
            Some(_) => AffiliationStatus::Undetermined,
            None => match presumed.into_iter().max_by_key(|(on, entry, _)| (*on, *entry)) {
                Some((_, entry, of)) => {
                    self.rest_on(basis, entry);
                    AffiliationStatus::Presumed(of)
                }
                None => AffiliationStatus::Undetermined,
            },
        };
        Word { status, contested }
    }

    fn duty_of(&self, unit: Idx<UnitRow>) -> Option<DutyView<B>> {
        let mut rests_on = B::default();
        let (AffiliationStatus::Determined(of), _) = self.affiliation_told(unit, &mut rests_on) else {
            return None;
        };
        let batch = self.batch_of_unit(unit).map(|batch| self.state.batches.get(batch));
        let towards = match of.home() {
            Home::Party(party) => self.state.parties.at(party),
            Home::NotOnRecord => None,
            Home::None => return None,
        };
        let kind = match batch {
            Some(batch) if towards == Some(batch.to) => return None,
            Some(batch) if towards == Some(batch.from) => DutyKind::Return,
            _ => DutyKind::Onward,
        };
        let because = self.determined_so(unit, of);
        let mut blocked = Vec::new();
        let mut closed = None;
        for at in self.state.affiliations_of_unit(unit) {
            let row = self.state.affiliations.get(at);
            let is_heard = self.voices(unit).into_iter().any(|voice| self.is_heard(voice, row.organ));
            if !is_heard || self.holds(row.entry, row.ended_by) != Counted::Yes {
                continue;
            }
            match self.state.affiliation_entry(row.entry).as_deref() {
                Some(AffiliationEntry::Blocked(block)) => {
                    self.rest_on(&mut rests_on, row.entry);
                    let entry = self.state.entries.get(row.entry).id;
                    blocked.push(BlockView { entry, until: block.until.clone() });
                }
                Some(AffiliationEntry::DutyClosed(closure)) if closure.towards == of.party() => {
                    self.rest_on(&mut rests_on, row.entry);
                    let by = self.state.entries.get(row.entry).id;
                    closed = Some(DutyState::Closed { by, reason: closure.reason.clone() });
                }
                _ => {}
            }
        }
        blocked.reverse();
        let settled = towards.and_then(|party| self.passed_to(unit, party)).map(|by| {
            self.rest_on(&mut rests_on, by);
            DutyState::Settled { by: self.state.entries.get(by).id }
        });
        Some(DutyView {
            unit: self.state.units.get(unit).id,
            kind,
            of,
            towards: of.party(),
            because,
            state: settled.or(closed).unwrap_or(DutyState::Open),
            blocked,
            rests_on,
        })
    }

    /// The determinations in this reading that a unit is of this affiliation, in the order of recording.
    fn determined_so(&self, unit: Idx<UnitRow>, of: Affiliation) -> Vec<EntryId> {
        let voices = self.voices(unit);
        let mut entries: Vec<Idx<EntryRow>> = self
            .state
            .affiliations_of_unit(unit)
            .map(|at| self.state.affiliations.get(at))
            .filter(|row| row.kind == AffiliationKind::Determined)
            .filter(|row| voices.iter().any(|voice| self.is_heard(*voice, row.organ)))
            .filter(|row| self.holds(row.entry, row.ended_by) == Counted::Yes)
            .map(|row| row.entry)
            .filter(|entry| match self.state.affiliation_entry(*entry).as_deref() {
                Some(AffiliationEntry::Determined(determination)) => determination.of == of,
                _ => false,
            })
            .collect();
        entries.sort_unstable();
        entries.into_iter().map(|entry| self.state.entries.get(entry).id).collect()
    }

    /// The entry by which custody of a unit passed to a side, if it is the latest that passed to or from it.
    fn passed_to(&self, unit: Idx<UnitRow>, party: Idx<PartyRow>) -> Option<Idx<EntryRow>> {
        let voices = self.voices(unit);
        self.state
            .crossings(unit, self.batch_of_unit(unit), party)
            .filter_map(|crossing| {
                // Each voice has one of the two ends told by an organ that it hears.
                let mut told = None;
                for voice in &voices {
                    let end = crossing
                        .ends
                        .iter()
                        .flatten()
                        .copied()
                        .find(|end| self.is_word_of(*voice, *end) && self.happened(*end) == Counted::Yes);
                    told = told.max(Some(end?));
                }
                Some((self.state.time_of(told?)?.span().last(), told?, crossing.inward))
            })
            .max_by_key(|(on, entry, _)| (*on, *entry))
            .and_then(|(_, entry, inward)| inward.then_some(entry))
    }
}
