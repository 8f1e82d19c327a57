//! All that a ledger holds, and the three steps by which an entry comes in.

use crate::entry::{Entry, What};
use crate::held::{EntryRow, Saying, SayingRow};
use crate::id::{EntryId, Identifier, OrganId, SpeakerId};
use crate::ledger::keeper;
use crate::party::{OrganRow, Side, SpeakerRow};
use crate::refusal::{EntryRefusal, Refusal};
use crate::table::{Identified, Idx, Index, Register, Table};
use crate::when::When;
use crate::{
    affiliation, agreement, batch, claim, closure, compact, container, custody, disclosure, disposition,
    identification, notice, obligation, party, person, prisoner, remains, slot, total,
};

macro_rules! state {
    (
        registers { $($register:ident: $named:ty => $id:ty,)* }
        tables { $($table:ident: $row:ty,)* }
        indices { $($index:ident: $key:ty => $value:ty,)* }
    ) => {
        /// All that a ledger holds.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct State {
            $(pub(crate) $register: Register<$named>,)*
            $(pub(crate) $table: Table<$row>,)*
            $(pub(crate) $index: Index<$key, $value>,)*
        }

        $(impl Identified for $named {
            type Id = $id;

            fn id(&self) -> $id {
                self.id
            }
        })*

        /// How far each container had come when a draft began.
        #[derive(Clone, Debug)]
        pub(crate) struct Mark {
            $($register: usize,)*
            $($table: usize,)*
            $($index: usize,)*
        }

        impl State {
            pub(crate) fn mark(&mut self) -> Mark {
                Mark {
                    $($register: self.$register.mark(),)*
                    $($table: self.$table.mark(),)*
                    $($index: self.$index.mark(),)*
                }
            }

            pub(crate) fn roll_back(&mut self, mark: &Mark) {
                $(self.$register.roll_back(mark.$register);)*
                $(self.$table.roll_back(mark.$table);)*
                $(self.$index.roll_back(mark.$index);)*
            }

            pub(crate) fn end_drafting(&mut self) {
                $(self.$register.end_drafting();)*
                $(self.$table.end_drafting();)*
                $(self.$index.end_drafting();)*
            }

            /// Whether every table has room for what one entry can add.
            pub(crate) fn has_room(&self) -> bool {
                const MOST: usize = 8;
                true $(&& self.$register.has_room(MOST))* $(&& self.$table.has_room(MOST))*
            }
        }
    };
}

state! {
    registers {
        entries: EntryRow => EntryId,
        sayings: SayingRow => Saying,
        dates: compact::DateRow => When,
        priors: compact::PriorRow => crate::likelihood::Prior,
        officers: identification::OfficerRow => identification::Officer,
        parties: party::PartyRow => crate::id::PartyId,
        organs: OrganRow => OrganId,
        speakers: SpeakerRow => SpeakerId,
        sources: party::SourceRow => crate::id::SourceId,
        agreements: agreement::AgreementRow => crate::id::AgreementId,
        milestones: agreement::MilestoneRow => crate::id::MilestoneId,
        obligations: obligation::ObligationRow => crate::id::ObligationId,
        handovers: slot::HandoverRow => crate::id::HandoverId,
        legs: slot::LegRow => crate::id::LegId,
        batches: batch::BatchRow => crate::id::BatchId,
        containers: container::ContainerRow => crate::id::ContainerId,
        transfers: custody::TransferRow => crate::id::TransferId,
        units: remains::UnitRow => crate::id::RemainsId,
        groups: remains::GroupRow => crate::id::GroupId,
        effects: remains::EffectRow => crate::id::EffectId,
        persons: person::PersonRow => crate::id::PersonRef,
        policies: identification::PolicyRow => crate::id::PolicyId,
        categories: prisoner::CategoryRow => crate::id::CategoryId,
        lists: prisoner::ListRow => crate::id::ListId,
        nominations: prisoner::NominationRow => crate::id::NominationId,
        totals: total::TotalRow => crate::id::TotalId,
    }
    tables {
        party_entries: party::PartyEntry,
        agreement_entries: agreement::AgreementEntry,
        obligation_entries: obligation::ObligationEntry,
        handover_entries: slot::HandoverEntry,
        batch_entries: batch::BatchEntry,
        container_entries: container::ContainerEntry,
        custody_entries: custody::CustodyEntry,
        remains_entries: remains::RemainsEntry,
        person_entries: person::PersonEntry,
        identification_entries: identification::IdentificationEntry,
        affiliation_entries: affiliation::AffiliationEntry,
        notice_entries: notice::NoticeEntry,
        disposition_entries: disposition::DispositionEntry,
        closure_entries: closure::ClosureEntry,
        prisoner_entries: prisoner::PrisonerEntry,
        disclosure_entries: disclosure::DisclosureEntry,
        total_entries: total::TotalEntry,
        claim_entries: claim::ClaimEntry,
        precedences: party::PrecedenceRow,
        agreement_acts: agreement::ActRow,
        acts: obligation::ActRow,
        passages: batch::PassageRow,
        bringings: batch::BringingRow,
        aliases: container::AliasRow,
        members: container::MemberRow,
        called: container::CalledRow,
        ends: custody::EndRow,
        affected: custody::AffectedRow,
        incidents: custody::IncidentRow,
        discrepancies: custody::DiscrepancyRow,
        openings: custody::OpeningRow,
        explanations: custody::ExplanationRow,
        unit_events: remains::UnitEventRow,
        registrations: container::RegisteredTold,
        transfers_told: custody::TransferTold,
        ends_told: custody::EndTold,
        steps_told: remains::StepTold,
        openings_told: remains::OpeningTold,
        persons_told: person::PersonTold,
        procedures_told: identification::ProcedureTold,
        grounds_told: identification::GroundsTold,
        affiliations_told: affiliation::AffiliationTold,
        notices_told: notice::NoticeTold,
        dispositions_told: disposition::DispositionTold,
        unit_lists: Idx<remains::UnitRow>,
        entry_lists: Idx<EntryRow>,
        officer_lists: Idx<identification::OfficerRow>,
        ground_lists: affiliation::Ground,
        references: crate::id::RecordRef,
        elements: remains::Elements,
        words: crate::text::Text,
        lineages: remains::LineageRow,
        descents: remains::DescentRow,
        growths: remains::GrowthRow,
        memberships: remains::MembershipRow,
        effect_events: remains::EffectEventRow,
        facts: person::FactRow,
        candidacies: identification::CandidacyRow,
        decisions: identification::DecisionRow,
        claims: claim::ClaimRow,
        propositions: claim::PropositionRow,
        postings: claim::PostingRow,
        repeats: claim::RepeatRow,
        affiliations: affiliation::AffiliationRow,
        families: notice::FamilyRow,
        notices: notice::NoticeRow,
        dispositions: disposition::DispositionRow,
        closures: closure::ClosureRow,
        versions: prisoner::VersionRow,
        list_events: prisoner::ListEventRow,
        steps: prisoner::StepRow,
        sames: prisoner::SameRow,
        data: disclosure::DatumRow,
        disclosures: disclosure::DisclosureRow,
        cells: disclosure::CellsRow,
    }
    indices {
        lineage_index: Idx<EntryRow> => Idx<remains::LineageRow>,
        first_effect_index: Idx<container::ContainerRow> => Idx<remains::EffectRow>,
        fact_index: Idx<EntryRow> => Idx<person::FactRow>,
        decision_index: Idx<EntryRow> => Idx<identification::DecisionRow>,
        withdrawal_index: Idx<EntryRow> => Idx<EntryRow>,
        alias_index: u64 => Idx<container::CalledRow>,
        end_index: Idx<EntryRow> => Idx<custody::EndRow>,
        affected_index: custody::AffectedKey => Idx<custody::AffectedRow>,
        discrepancy_index: (Idx<EntryRow>, Idx<EntryRow>) => Idx<custody::DiscrepancyRow>,
        reversal_index: Idx<EntryRow> => Idx<EntryRow>,
        former_index: Idx<EntryRow> => Idx<EntryRow>,
        passage_index: Idx<EntryRow> => Idx<batch::PassageRow>,
        claim_index: Idx<EntryRow> => Idx<claim::ClaimRow>,
        repeat_index: Idx<EntryRow> => Idx<claim::RepeatRow>,
        datum_index: disclosure::DatumKey => Idx<disclosure::DatumRow>,
        disclosure_index: Idx<EntryRow> => Idx<disclosure::DisclosureRow>,
        erased_index: crate::id::RecordRef => Idx<EntryRow>,
        proposition_index: claim::PropositionKey => Idx<claim::PropositionRow>,
    }
}

impl<T: Identified<Id: Identifier>> Register<T> {
    /// The place of the row with this identifier.
    ///
    /// # Errors
    /// Nothing is recorded under it.
    pub(crate) fn find(&self, id: T::Id) -> Result<Idx<T>, EntryRefusal> {
        self.at(id).ok_or(EntryRefusal::NoSuch { kind: T::Id::KIND, id: id.uuid() })
    }

    /// # Errors
    /// Something is recorded under this identifier.
    pub(crate) fn is_new(&self, id: T::Id) -> Result<(), EntryRefusal> {
        match self.at(id) {
            Some(_) => Err(EntryRefusal::Introduced { kind: T::Id::KIND, id: id.uuid() }),
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
            state.speakers.add(SpeakerRow { id: keeper(), name, organ });
        }
        state
    }

    /// The organ whose word an entry is.
    pub(crate) fn organ_of_entry(&self, entry: Idx<EntryRow>) -> Idx<OrganRow> {
        self.speakers.get(self.saying(entry).by).organ
    }

    pub(crate) fn resolve(&self, entry: &Entry) -> Result<Found, Refusal> {
        let speaker = self.speakers.find(entry.by)?;
        let source = entry.source.map(|source| self.sources.find(source)).transpose()?;
        let organ = self.organs.get(self.speakers.get(speaker).organ).id;
        let what = match &entry.what {
            What::Party(entry) => Resolved::Party(party::resolve(self, entry)?),
            What::Agreement(entry) => Resolved::Agreement(agreement::resolve(self, organ, entry)?),
            What::Obligation(entry) => Resolved::Obligation(obligation::resolve(self, organ, entry)?),
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
            What::Prisoner(entry) => Resolved::Prisoner(prisoner::resolve(self, organ, entry)?),
            What::Disclosure(entry) => Resolved::Disclosure(disclosure::resolve(self, organ, entry)?),
            What::Total(entry) => Resolved::Total(total::resolve(self, entry)?),
            What::Claim(what) => Resolved::Claim(claim::resolve(self, speaker, entry.said, what)?),
        };
        Ok(Found { speaker, source, what })
    }

    pub(crate) fn judge(&self, found: &Found) -> Result<(), Refusal> {
        match &found.what {
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
            Resolved::Prisoner(resolved) => prisoner::judge(self, resolved),
            Resolved::Disclosure(resolved) => disclosure::judge(self, resolved),
            Resolved::Total(_) => Ok(()),
            Resolved::Claim(resolved) => claim::judge(self, resolved),
        }
    }

    pub(crate) fn apply(&mut self, entry: &Entry, found: Found) {
        let entry = self.hold(entry, found.speaker, found.source);
        match found.what {
            Resolved::Party(resolved) => party::apply(self, entry, resolved),
            Resolved::Agreement(resolved) => agreement::apply(self, entry, resolved),
            Resolved::Obligation(resolved) => obligation::apply(self, entry, resolved),
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
            Resolved::Prisoner(resolved) => prisoner::apply(self, entry, resolved),
            Resolved::Disclosure(resolved) => disclosure::apply(self, entry, resolved),
            Resolved::Total(resolved) => total::apply(self, resolved),
            Resolved::Claim(resolved) => claim::apply(self, entry, resolved),
        }
    }
}

/// An entry whose references are found: applying it cannot fail.
#[derive(Debug)]
pub(crate) struct Found {
    speaker: Idx<SpeakerRow>,
    source: Option<Idx<party::SourceRow>>,
    what: Resolved,
}

/// What is recorded, by the places of what it refers to.
#[derive(Debug)]
enum Resolved {
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
    Prisoner(prisoner::Resolved),
    Disclosure(disclosure::Resolved),
    Total(total::Resolved),
    Claim(claim::Resolved),
}
