//! Who and what is recorded, by name: for reports.

use crate::id::{
    AgreementId, EntryId, LegId, ObligationId, OrganId, PartyId, RemainsId, SourceId, SpeakerId,
};
use crate::ledger::Ledger;
use crate::obligation::{Obligation, ObligationEntry};
use crate::party::{Allegiance, PartyEntry, Side, Source};
use crate::text::Text;

impl Ledger {
    /// Every party with its name, in the order of recording.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// let ledger = two_words()?;
    /// let parties: Vec<_> = ledger.parties().map(|(party, _)| party.to_string()).collect();
    /// assert_eq!(parties, ["north", "south"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn parties(&self) -> impl ExactSizeIterator<Item = (PartyId, &Text)> {
        self.state.parties.rows().map(|row| (row.id, &row.name))
    }

    /// Every organ with its name, in the order of recording; the keeper's own comes first.
    pub fn organs(&self) -> impl ExactSizeIterator<Item = (OrganId, &Text)> {
        self.state.organs.rows().map(|row| (row.id, &row.name))
    }

    /// Every agreement with its name, in the order of recording.
    pub fn agreements(&self) -> impl ExactSizeIterator<Item = (AgreementId, &Text)> {
        self.state.agreements.rows().map(|row| (row.id, &row.name))
    }

    /// Every obligation, in the order of recording.
    pub fn obligations(&self) -> impl ExactSizeIterator<Item = ObligationId> {
        self.state.obligations.rows().map(|row| row.id)
    }

    /// Every leg, in the order of recording.
    pub fn legs(&self) -> impl ExactSizeIterator<Item = LegId> {
        self.state.legs.rows().map(|row| row.id)
    }

    /// Every claim by the entry that told it, in the order of recording: corrected and withdrawn ones, corrections, and counts told
    /// at an end of a transfer too.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/two_words.in"));
    /// # fn main() -> Result<(), Failure> {
    /// let ledger = two_words()?;
    /// assert!(ledger.claims().any(|claim| Ok(claim) == "c-south".parse()));
    /// assert_eq!((ledger.legs().len(), ledger.units().len()), (2, 0));
    /// # Ok(())
    /// # }
    /// ```
    pub fn claims(&self) -> impl ExactSizeIterator<Item = EntryId> {
        self.state.claims.rows().map(|row| self.state.entries.get(row.entry).id)
    }

    /// Every unit of remains that ever had a code, those that were divided or united too, in the order of recording.
    pub fn units(&self) -> impl ExactSizeIterator<Item = RemainsId> {
        self.state.units.rows().map(|row| row.id)
    }

    /// The name of a party.
    pub fn party_name(&self, party: PartyId) -> Option<&Text> {
        self.state.parties.at(party).map(|at| &self.state.parties.get(at).name)
    }

    /// The name of an organ.
    pub fn organ_name(&self, organ: OrganId) -> Option<&Text> {
        self.state.organs.at(organ).map(|at| &self.state.organs.get(at).name)
    }

    /// The name of a speaker.
    pub fn speaker_name(&self, speaker: SpeakerId) -> Option<&Text> {
        self.state.speakers.at(speaker).map(|at| &self.state.speakers.get(at).name)
    }

    /// The organ for which a speaker speaks.
    pub fn organ_of(&self, speaker: SpeakerId) -> Option<OrganId> {
        let speaker = self.state.speakers.at(speaker)?;
        Some(self.state.organs.get(self.state.speakers.get(speaker).organ).id)
    }

    /// Whose an organ is.
    pub fn allegiance(&self, organ: OrganId) -> Option<Allegiance> {
        let organ = self.state.organs.at(organ)?;
        Some(match self.state.organs.get(organ).side {
            Side::Party(party) => Allegiance::Party(self.state.parties.get(party).id),
            Side::Neutral => Allegiance::Neutral,
            Side::Press => Allegiance::Press,
            Side::Unknown => Allegiance::Unknown,
        })
    }

    /// A source.
    pub fn source(&self, source: SourceId) -> Option<&Source> {
        let row = self.state.sources.get(self.state.sources.at(source)?);
        match self.state.told_in_full(row.entry) {
            Some(PartyEntry::Source(source)) => Some(source),
            _ => None,
        }
    }

    /// An obligation as it was recorded.
    pub fn obligation(&self, obligation: ObligationId) -> Option<&Obligation> {
        let row = self.state.obligations.get(self.state.obligations.at(obligation)?);
        match self.state.told_in_full(row.entry) {
            Some(ObligationEntry::Introduced(obligation)) => Some(obligation),
            _ => None,
        }
    }
}
