//! All that a ledger holds, and the three steps by which an entry comes in.

use crate::entry::{Entry, What};
use crate::id::{EntryId, Identifier, OrganId, SpeakerId};
use crate::ledger::keeper;
use crate::party::{OrganRow, Side, SpeakerRow};
use crate::refusal::{EntryRefusal, Refusal};
use crate::table::{Idx, Index, Table};
use crate::{
    affiliation, agreement, batch, claim, closure, container, custody, disposition, identification, notice,
    obligation, party, person, remains, slot, total,
};

macro_rules! state {
    (tables { $($table:ident: $row:ty,)* } indices { $($index:ident: $key:ty => $value:ty,)* }) => {
        /// All that a ledger holds.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct State {
            $(pub(crate) $table: Table<$row>,)*
            $(pub(crate) $index: Index<$key, $value>,)*
        }

        /// How far each container had come when a draft began.
        #[derive(Clone, Debug)]
        pub(crate) struct Mark {
            $($table: usize,)*
            $($index: usize,)*
        }

        impl State {
            pub(crate) fn mark(&mut self) -> Mark {
                Mark { $($table: self.$table.mark(),)* $($index: self.$index.mark(),)* }
            }

            pub(crate) fn roll_back(&mut self, mark: &Mark) {
                $(self.$table.roll_back(mark.$table);)*
                $(self.$index.roll_back(mark.$index);)*
            }

            pub(crate) fn end_drafting(&mut self) {
                $(self.$table.end_drafting();)*
                $(self.$index.end_drafting();)*
            }

            /// Whether every table has room for what one entry can add.
            pub(crate) fn has_room(&self) -> bool {
                const MOST: usize = 8;
                true $(&& self.$table.has_room(MOST))*
            }
        }
    };
}

state! {
    tables {
        entries: Entry,
        parties: party::PartyRow,
        precedences: party::PrecedenceRow,
        organs: OrganRow,
        speakers: SpeakerRow,
        sources: party::SourceRow,
        agreements: agreement::AgreementRow,
        obligations: obligation::ObligationRow,
        handovers: slot::HandoverRow,
        legs: slot::LegRow,
        batches: batch::BatchRow,
        passages: batch::PassageRow,
        bringings: batch::BringingRow,
        containers: container::ContainerRow,
        aliases: container::AliasRow,
        members: container::MemberRow,
        called: container::CalledRow,
        transfers: custody::TransferRow,
        ends: custody::EndRow,
        affected: custody::AffectedRow,
        incidents: custody::IncidentRow,
        discrepancies: custody::DiscrepancyRow,
        openings: custody::OpeningRow,
        explanations: custody::ExplanationRow,
        units: remains::UnitRow,
        unit_events: remains::UnitEventRow,
        lineages: remains::LineageRow,
        descents: remains::DescentRow,
        growths: remains::GrowthRow,
        groups: remains::GroupRow,
        memberships: remains::MembershipRow,
        effects: remains::EffectRow,
        effect_events: remains::EffectEventRow,
        persons: person::PersonRow,
        facts: person::FactRow,
        policies: identification::PolicyRow,
        candidacies: identification::CandidacyRow,
        decisions: identification::DecisionRow,
        totals: total::TotalRow,
        claims: claim::ClaimRow,
        propositions: claim::PropositionRow,
        postings: claim::PostingRow,
        repeats: claim::RepeatRow,
        affiliations: affiliation::AffiliationRow,
        families: notice::FamilyRow,
        notices: notice::NoticeRow,
        dispositions: disposition::DispositionRow,
        closures: closure::ClosureRow,
    }
    indices {
        entry_index: EntryId => Idx<Entry>,
        party_index: crate::id::PartyId => Idx<party::PartyRow>,
        organ_index: OrganId => Idx<OrganRow>,
        speaker_index: SpeakerId => Idx<SpeakerRow>,
        source_index: crate::id::SourceId => Idx<party::SourceRow>,
        agreement_index: crate::id::AgreementId => Idx<agreement::AgreementRow>,
        obligation_index: crate::id::ObligationId => Idx<obligation::ObligationRow>,
        handover_index: crate::id::HandoverId => Idx<slot::HandoverRow>,
        leg_index: crate::id::LegId => Idx<slot::LegRow>,
        batch_index: crate::id::BatchId => Idx<batch::BatchRow>,
        container_index: crate::id::ContainerId => Idx<container::ContainerRow>,
        transfer_index: crate::id::TransferId => Idx<custody::TransferRow>,
        unit_index: crate::id::RemainsId => Idx<remains::UnitRow>,
        lineage_index: Idx<Entry> => Idx<remains::LineageRow>,
        group_index: crate::id::GroupId => Idx<remains::GroupRow>,
        effect_index: crate::id::EffectId => Idx<remains::EffectRow>,
        first_effect_index: Idx<container::ContainerRow> => Idx<remains::EffectRow>,
        person_index: crate::id::PersonRef => Idx<person::PersonRow>,
        policy_index: crate::id::PolicyId => Idx<identification::PolicyRow>,
        fact_index: Idx<Entry> => Idx<person::FactRow>,
        decision_index: Idx<Entry> => Idx<identification::DecisionRow>,
        withdrawal_index: Idx<Entry> => Idx<Entry>,
        total_index: crate::id::TotalId => Idx<total::TotalRow>,
        alias_index: u64 => Idx<container::CalledRow>,
        end_index: Idx<Entry> => Idx<custody::EndRow>,
        affected_index: custody::AffectedKey => Idx<custody::AffectedRow>,
        discrepancy_index: (Idx<Entry>, Idx<Entry>) => Idx<custody::DiscrepancyRow>,
        reversal_index: Idx<Entry> => Idx<Entry>,
        passage_index: Idx<Entry> => Idx<batch::PassageRow>,
        claim_index: Idx<Entry> => Idx<claim::ClaimRow>,
        repeat_index: Idx<Entry> => Idx<claim::RepeatRow>,
        proposition_index: claim::PropositionKey => Idx<claim::PropositionRow>,
    }
}

impl<K: Identifier, V: Copy> Index<K, V> {
    /// What an identifier leads to.
    ///
    /// # Errors
    /// Nothing is recorded under it.
    pub(crate) fn find(&self, id: K) -> Result<V, EntryRefusal> {
        self.get(id).ok_or(EntryRefusal::NoSuch { kind: K::KIND, id: id.uuid() })
    }

    /// # Errors
    /// Something is recorded under this identifier.
    pub(crate) fn is_new(&self, id: K) -> Result<(), EntryRefusal> {
        match self.get(id) {
            Some(_) => Err(EntryRefusal::Introduced { kind: K::KIND, id: id.uuid() }),
            None => Ok(()),
        }
    }
}

impl State {
    pub(crate) fn new() -> Self {
        let mut state = Self::default();
        let id = OrganId::from_uuid(keeper().to_uuid());
        let name = crate::text::Text::new("the keeper of this record").ok();
        if let Some(name) = name {
            let organ = state.organs.add(OrganRow { id, name: name.clone(), side: Side::Unknown });
            state.organ_index.add(id, organ);
            let speaker = state.speakers.add(SpeakerRow { id: keeper(), name, organ });
            state.speaker_index.add(keeper(), speaker);
        }
        state
    }

    /// The organ for which a speaker speaks.
    pub(crate) fn organ_of(&self, speaker: SpeakerId) -> Result<Idx<OrganRow>, EntryRefusal> {
        Ok(self.speakers.get(self.speaker_index.find(speaker)?).organ)
    }

    pub(crate) fn resolve(&self, entry: &Entry) -> Result<Resolved, Refusal> {
        let speaker = self.speaker_index.find(entry.by)?;
        if let Some(source) = entry.source {
            self.source_index.find(source)?;
        }
        let organ = self.organs.get(self.speakers.get(speaker).organ).id;
        Ok(match &entry.what {
            What::Party(entry) => Resolved::Party(party::resolve(self, entry)?),
            What::Agreement(entry) => Resolved::Agreement(agreement::resolve(self, entry)?),
            What::Obligation(entry) => Resolved::Obligation(obligation::resolve(self, entry)?),
            What::Handover(entry) => Resolved::Handover(slot::resolve(self, entry)?),
            What::Batch(entry) => Resolved::Batch(batch::resolve(self, organ, entry)?),
            What::Container(entry) => Resolved::Container(container::resolve(self, organ, entry)?),
            What::Custody(what) => Resolved::Custody(custody::resolve(self, speaker, entry.said, what)?),
            What::Remains(entry) => Resolved::Remains(remains::resolve(self, organ, entry)?),
            What::Person(entry) => Resolved::Person(person::resolve(self, organ, entry)?),
            What::Identification(entry) => {
                Resolved::Identification(identification::resolve(self, organ, entry)?)
            }
            What::Affiliation(entry) => Resolved::Affiliation(affiliation::resolve(self, organ, entry)?),
            What::Notice(entry) => Resolved::Notice(notice::resolve(self, organ, entry)?),
            What::Disposition(entry) => Resolved::Disposition(disposition::resolve(self, organ, entry)?),
            What::Closure(entry) => Resolved::Closure(closure::resolve(self, organ, entry)?),
            What::Total(entry) => Resolved::Total(total::resolve(self, entry)?),
            What::Claim(what) => Resolved::Claim(claim::resolve(self, speaker, entry.said, what)?),
        })
    }

    pub(crate) fn judge(&self, resolved: &Resolved) -> Result<(), Refusal> {
        match resolved {
            Resolved::Party(resolved) => party::judge(self, resolved),
            Resolved::Agreement(resolved) => agreement::judge(self, resolved),
            Resolved::Obligation(resolved) => obligation::judge(self, resolved),
            Resolved::Handover(resolved) => slot::judge(self, resolved),
            Resolved::Batch(resolved) => batch::judge(self, resolved),
            Resolved::Container(resolved) => container::judge(self, resolved),
            Resolved::Custody(resolved) => custody::judge(self, resolved),
            Resolved::Remains(resolved) => remains::judge(self, resolved),
            Resolved::Person(resolved) => person::judge(self, resolved),
            Resolved::Identification(resolved) => identification::judge(self, resolved),
            Resolved::Affiliation(resolved) => affiliation::judge(self, resolved),
            Resolved::Notice(resolved) => notice::judge(self, resolved),
            Resolved::Disposition(resolved) => disposition::judge(self, resolved),
            Resolved::Closure(resolved) => closure::judge(self, resolved),
            Resolved::Total(_) => Ok(()),
            Resolved::Claim(resolved) => claim::judge(self, resolved),
        }
    }

    pub(crate) fn apply(&mut self, entry: &Entry, resolved: Resolved) {
        let id = entry.id;
        let entry = self.entries.add(entry.clone());
        self.entry_index.add(id, entry);
        match resolved {
            Resolved::Party(resolved) => party::apply(self, entry, resolved),
            Resolved::Agreement(resolved) => agreement::apply(self, resolved),
            Resolved::Obligation(resolved) => obligation::apply(self, resolved),
            Resolved::Handover(resolved) => slot::apply(self, resolved),
            Resolved::Batch(resolved) => batch::apply(self, entry, resolved),
            Resolved::Container(resolved) => container::apply(self, entry, resolved),
            Resolved::Custody(resolved) => custody::apply(self, entry, resolved),
            Resolved::Remains(resolved) => remains::apply(self, entry, resolved),
            Resolved::Person(resolved) => person::apply(self, entry, resolved),
            Resolved::Identification(resolved) => identification::apply(self, entry, resolved),
            Resolved::Affiliation(resolved) => affiliation::apply(self, entry, &resolved),
            Resolved::Notice(resolved) => notice::apply(self, entry, resolved),
            Resolved::Disposition(resolved) => disposition::apply(self, entry, &resolved),
            Resolved::Closure(resolved) => closure::apply(self, entry, &resolved),
            Resolved::Total(resolved) => total::apply(self, resolved),
            Resolved::Claim(resolved) => claim::apply(self, entry, resolved),
        }
    }
}

/// An entry whose references are found: applying it cannot fail.
#[derive(Debug)]
pub(crate) enum Resolved {
    Party(party::Resolved),
    Agreement(agreement::Resolved),
    Obligation(obligation::Resolved),
    Handover(slot::Resolved),
    Batch(batch::Resolved),
    Container(container::Resolved),
    Custody(custody::Resolved),
    Remains(remains::Resolved),
    Person(person::Resolved),
    Identification(identification::Resolved),
    Affiliation(affiliation::Resolved),
    Notice(notice::Resolved),
    Disposition(disposition::Resolved),
    Closure(closure::Resolved),
    Total(total::Resolved),
    Claim(claim::Resolved),
}
