//! Whether an audience may be shown something, and if not, why.

use alloc::vec::Vec;
use core::fmt;

use super::{ForAudience, NotDisclosed};
use crate::disclosure::{
    Audience, DatumKey, DisclosureEntry, DisclosureRow, Extent, LegalBasis, Sharing, Until, WhyWithheld,
    Withholding,
};
use crate::held::EntryRow;
use crate::id::{EntryId, OrganId};
use crate::notice::{Branch, WhyNotDue};
use crate::party::Side;
use crate::person::PersonRow;
use crate::reading::sum::Counted;
use crate::reading::{Basis, NoticeState, Reading};
use crate::refusal::EntryRefusal;
use crate::remains::UnitRow;
use crate::table::Idx;

/// Why something is not shown (invariants 59 to 61).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is not recorded.
    NotRecorded(EntryRefusal),
    /// No sharing with the audience is in force.
    NotShared,
    /// This entry withholds it.
    Withheld {
        /// The entry.
        by: EntryId,
        /// Why.
        why: WhyWithheld,
    },
    /// This entry erased the person's file.
    Erased(EntryId),
    /// This entry restricted the person's file, and no duty in law or compelling interest opens it to this audience.
    Restricted(EntryId),
    /// The consent on which the sharing rests was withdrawn by this entry.
    ConsentWithdrawn(EntryId),
    /// This branch of the family was not told; or the family, where no branch is known.
    NotTold(Option<Branch>),
    /// No decision tells that the person is dead, and the person did not consent.
    NoConsentOfTheLiving,
    /// Such an audience is shown no such thing.
    NotForThisAudience,
    /// No authority declared how small a number may be published.
    NoRuleOnSmallNumbers,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRecorded(refusal) => write!(f, "it is not recorded: {refusal}"),
            Self::NotShared => f.write_str("nobody shared it with this audience"),
            Self::Withheld { by, why } => {
                let why = match why {
                    WhyWithheld::Embargo => "under embargo",
                    WhyWithheld::Harm => "for it could harm",
                    WhyWithheld::Security => "for security",
                };
                write!(f, "entry `{by}` withholds it {why}")
            }
            Self::Erased(by) => write!(f, "entry `{by}` erased the file"),
            Self::Restricted(by) => write!(f, "entry `{by}` restricted the file"),
            Self::ConsentWithdrawn(by) => write!(f, "entry `{by}` withdrew the consent to it"),
            Self::NotTold(Some(branch)) => write!(f, "branch `{branch}` of the family was not told"),
            Self::NotTold(None) => f.write_str("the family was not told"),
            Self::NoConsentOfTheLiving => {
                f.write_str("no decision tells that the person is dead, and the person did not consent")
            }
            Self::NotForThisAudience => f.write_str("it is not shown to such an audience"),
            Self::NoRuleOnSmallNumbers => {
                f.write_str("no authority declared how small a number may be published")
            }
        }
    }
}

/// All by whose disclosure that of something is decided too, the widest first and each once.
#[derive(Debug, Default)]
pub(super) struct Covers(Vec<DatumKey>);

impl<B: Basis> Reading<'_, B> {
    /// How an organ's side stands to a party's.
    fn is_of_party(&self, organ: OrganId, party: crate::id::PartyId) -> bool {
        let side = self.state.organs.at(organ).map(|organ| self.state.organs.get(organ).side);
        matches!(side, Some(Side::Party(of)) if self.state.parties.at(party) == Some(of))
    }

    /// Whether what is shared with one audience reaches another.
    fn reaches(&self, with: Audience, audience: Audience) -> bool {
        match (with, audience) {
            (Audience::Public, Audience::Laboratory(_)) => false,
            (Audience::Public, _) => true,
            (Audience::Party(party), Audience::Organ(organ)) => self.is_of_party(organ, party),
            _ => with == audience,
        }
    }

    /// Whether showing something to an audience would show it to one from whom it is withheld.
    fn would_show(&self, audience: Audience, from: Audience) -> bool {
        let organ = |audience| match audience {
            Audience::Organ(organ) | Audience::Laboratory(organ) => Some(organ),
            _ => None,
        };
        match (audience, from) {
            (Audience::Public, _) => true,
            (Audience::Party(party), _) | (_, Audience::Party(party)) if audience != from => {
                let organ = organ(audience).or_else(|| organ(from));
                organ.is_some_and(|organ| self.is_of_party(organ, party))
            }
            _ => audience == from || organ(audience).is_some() && organ(audience) == organ(from),
        }
    }

    /// Whether a sharing is in force.
    pub(super) fn is_shared(&self, row: &DisclosureRow, sharing: &Sharing) -> bool {
        let over = sharing.until.is_some_and(|until| self.counted(until.span()) == Counted::Yes);
        self.holds(row.entry, row.ended_by) == Counted::Yes && !over
    }

    /// Whether a withholding may be in force.
    pub(super) fn is_withheld(&self, row: &DisclosureRow, withholding: &Withholding) -> bool {
        let over = match withholding.until {
            Until::Lifted => false,
            Until::Past(when) => self.counted(when.span()) == Counted::Yes,
            Until::Over(handover) => self
                .state
                .handovers
                .at(handover)
                .is_some_and(|at| self.counted(self.dates(at, &mut B::default()).set) == Counted::Yes),
        };
        self.holds(row.entry, row.ended_by) != Counted::No && !over
    }

    pub(super) fn covers_of_handover(&self, handover: Idx<crate::slot::HandoverRow>) -> Covers {
        let mut covers = Covers::default();
        if let Some(agreement) = self.state.handovers.get(handover).under {
            covers.also(DatumKey::Agreement(agreement));
        }
        covers.also(DatumKey::Handover(handover));
        covers
    }

    pub(super) fn covers_of_list(&self, list: Idx<crate::prisoner::ListRow>) -> Covers {
        let row = self.state.lists.get(list);
        let mut covers = match row.leg {
            Some(leg) => self.covers_of_handover(self.state.legs.get(leg).handover),
            None => Covers::default(),
        };
        if let Some(agreement) = row.under {
            covers.also(DatumKey::Agreement(agreement));
        }
        covers.also(DatumKey::List(list));
        covers
    }

    pub(super) fn covers_of_batch(&self, batch: Idx<crate::batch::BatchRow>) -> Covers {
        let row = self.state.batches.get(batch);
        let mut covers = match row.passage {
            Some(at) => {
                let leg = self.state.passages.get(at).leg;
                self.covers_of_handover(self.state.legs.get(leg).handover)
            }
            None => Covers::default(),
        };
        if let Some(agreement) = self.state.agreement_of_batch(batch) {
            covers.also(DatumKey::Agreement(agreement));
        }
        covers.also(DatumKey::Batch(batch));
        covers
    }

    pub(super) fn covers_of_unit(&self, unit: Idx<UnitRow>) -> Covers {
        let mut covers = match self.batch_of_unit(unit) {
            Some(batch) => self.covers_of_batch(batch),
            None => Covers::default(),
        };
        covers.also(DatumKey::Remains(unit));
        covers
    }

    /// A person is covered by the lists the person is on and by what was decided to be the person's remains.
    pub(super) fn covers_of_person(&self, person: Idx<PersonRow>) -> Covers {
        let mut covers = Covers::default();
        let same = self.same_as(person);
        for same in &same {
            covers.also(DatumKey::Person(*same));
            for unit in self.state.units_of_person(*same) {
                covers.all(self.covers_of_unit(unit));
            }
        }
        for nomination in self.state.nominations_under(same) {
            covers.all(self.covers_of_list(self.state.nominations.get(nomination).list));
        }
        covers
    }
}

impl Covers {
    fn also(&mut self, key: DatumKey) {
        if !self.0.contains(&key) {
            self.0.push(key);
        }
    }

    fn all(&mut self, other: Self) {
        other.0.into_iter().for_each(|key| self.also(key));
    }

    /// Those of a kind alone.
    fn only(&self, is: impl Fn(&DatumKey) -> bool) -> Self {
        Self(self.0.iter().copied().filter(is).collect())
    }
}

impl<B: Basis> ForAudience<'_, B> {
    /// The entries of whatever is covered, with what they record.
    fn decided(&self, covers: &Covers) -> impl Iterator<Item = (&DisclosureRow, &DisclosureEntry)> {
        let state = self.reading.state;
        covers
            .0
            .iter()
            .flat_map(move |key| state.disclosures_of(*key))
            .filter_map(move |row| Some((row, state.disclosure(row.entry)?)))
    }

    /// What withholds it from the audience.
    pub(super) fn withheld(&self, covers: &Covers) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for (row, entry) in self.decided(covers) {
            if let DisclosureEntry::Withheld(it) = entry
                && self.reading.would_show(self.audience, it.from)
                && self.reading.is_withheld(row, it)
            {
                reasons.push(Reason::Withheld { by: self.id(row.entry), why: it.why });
            }
        }
        reasons
    }

    /// The sharings with the audience that are in force and go as far as this.
    fn shared(&self, covers: &Covers, extent: Extent) -> Vec<&Sharing> {
        let mut found = Vec::new();
        for (row, entry) in self.decided(covers) {
            if let DisclosureEntry::Shared(it) = entry
                && (extent == Extent::Counts || it.extent == Extent::Cases)
                && self.reading.reaches(it.with, self.audience)
                && self.reading.is_shared(row, it)
            {
                found.push(it);
            }
        }
        found
    }

    /// Whether numbers of it are shared with the audience.
    pub(super) fn counts_are_shared(&self, covers: &Covers) -> bool {
        !self.shared(covers, Extent::Counts).is_empty()
    }

    /// Whether the audience may be shown a unit, whoever it is of.
    pub(super) fn may_see_unit(&self, unit: Idx<UnitRow>) -> Result<(), NotDisclosed> {
        let covers = self.reading.covers_of_unit(unit);
        let mut because = self.withheld(&covers);
        match self.audience {
            Audience::Public => because.push(Reason::NotForThisAudience),
            _ if self.shared(&covers, Extent::Cases).is_empty() => because.push(Reason::NotShared),
            _ => {}
        }
        NotDisclosed::unless_nothing(because)
    }

    /// Whether the audience may be shown a person's case (invariant 59).
    pub(super) fn may_see_person(&self, person: Idx<PersonRow>) -> Result<(), NotDisclosed> {
        let covers = self.reading.covers_of_person(person);
        let mut because = self.withheld(&covers);
        let mut restricted = None;
        for (row, entry) in self.decided(&covers) {
            let known = self.reading.happened(row.entry) != Counted::No;
            match entry {
                DisclosureEntry::Erased(_) if known => because.push(Reason::Erased(self.id(row.entry))),
                DisclosureEntry::Restricted(_) if known => restricted = Some(row.entry),
                _ => {}
            }
        }
        if matches!(self.audience, Audience::Laboratory(_)) {
            because.push(Reason::NotForThisAudience);
        }
        // That a unit is shared tells nobody whose it is, though that it is withheld withholds whose it is too.
        let sharing = covers.only(|key| match self.audience {
            Audience::Public | Audience::Family(_) => matches!(key, DatumKey::Person(_)),
            _ => !matches!(key, DatumKey::Remains(_)),
        });
        let shared = self.shared(&sharing, Extent::Cases);
        let standing: Vec<&Sharing> =
            shared.iter().copied().filter(|it| self.consent_withdrawn(it).is_none()).collect();
        if let Some(by) = restricted
            && !standing.iter().any(|it| opens_a_restricted_file(it))
        {
            because.push(Reason::Restricted(self.id(by)));
        }
        if standing.is_empty() {
            let withdrawn = shared.iter().find_map(|it| self.consent_withdrawn(it));
            let withdrawn = withdrawn.map(|by| Reason::ConsentWithdrawn(self.id(by)));
            because.push(withdrawn.unwrap_or(Reason::NotShared));
        }
        if self.audience == Audience::Public {
            because.extend(self.not_told(person, &standing));
        }
        NotDisclosed::unless_nothing(because)
    }

    /// The entry that withdrew the consent on which a sharing rests.
    fn consent_withdrawn(&self, sharing: &Sharing) -> Option<Idx<EntryRow>> {
        let LegalBasis::Consent(consent) = sharing.basis else { return None };
        let state = self.reading.state;
        let row = state.disclosure_index.get(state.entries.at(consent)?)?;
        state.disclosures.get(row).ended_by.filter(|by| self.reading.happened(*by) != Counted::No)
    }

    /// Who is to be told before the public is. Of a person whose remains are identified, the family; of any other the
    /// person decides.
    fn not_told(&self, person: Idx<PersonRow>, standing: &[&Sharing]) -> Vec<Reason> {
        let reading = self.anyone();
        let mut because = Vec::new();
        let mut decided = false;
        for same in reading.same_as(person) {
            for unit in reading.state.units_of_person(same) {
                let Some(decision) = reading.decision_on(unit) else { continue };
                if reading.state.decisions.get(decision).person != same {
                    continue;
                }
                decided = true;
                let branches = reading.branches_known(same);
                if branches.is_empty() && !settled(reading.nobody_told(unit, same, decision).state) {
                    because.push(Reason::NotTold(None));
                }
                for branch in branches {
                    if !settled(reading.notice_view(unit, same, branch, decision).state) {
                        because.push(Reason::NotTold(Some(branch)));
                    }
                }
            }
        }
        if !decided && !standing.iter().any(|it| self.is_own_consent(it)) {
            because.push(Reason::NoConsentOfTheLiving);
        }
        because
    }

    fn is_own_consent(&self, sharing: &Sharing) -> bool {
        let LegalBasis::Consent(consent) = sharing.basis else { return false };
        let given = self.reading.state.entries.at(consent).and_then(|at| self.reading.state.disclosure(at));
        matches!(given, Some(DisclosureEntry::Consented(it)) if it.by == crate::disclosure::Giver::Person)
    }

    pub(super) fn id(&self, entry: Idx<EntryRow>) -> EntryId {
        self.reading.state.entries.get(entry).id
    }
}

/// What the law demands, and nothing else, opens a file that is restricted.
fn opens_a_restricted_file(sharing: &Sharing) -> bool {
    matches!(sharing.with, Audience::Organ(_))
        && matches!(sharing.basis, LegalBasis::LegalObligation | LegalBasis::CompellingInterest)
}

/// Whether a branch was told, chose to be told of no more than it was, or nobody can be told and that is decided in writing.
fn settled(state: NoticeState) -> bool {
    match state {
        NoticeState::Notified | NoticeState::Acknowledged | NoticeState::Contested => true,
        NoticeState::NotDue(WhyNotDue::AsPreferred(preference)) => {
            preference == crate::notice::Preference::FirstOnly
        }
        NoticeState::NoKinKnown { in_writing } | NoticeState::ContactEndangersKin { in_writing } => {
            in_writing
        }
        NoticeState::NotDue(_)
        | NoticeState::Due
        | NoticeState::Attempted(_)
        | NoticeState::ToldOfRevocation
        | NoticeState::KinToBeSought => false,
    }
}
