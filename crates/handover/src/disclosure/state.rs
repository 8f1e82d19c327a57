//! What the ledger holds of disclosure.

use super::{Audience, Datum, DisclosureEntry};
use crate::agreement::AgreementRow;
use crate::batch::BatchRow;
use crate::held::EntryRow;
use crate::party::OrganRow;
use crate::person::PersonRow;
use crate::prisoner::ListRow;
use crate::refusal::EntryRefusal;
use crate::remains::UnitRow;
use crate::slot::HandoverRow;
use crate::state::State;
use crate::table::Idx;

// ---- state

/// Of what something is disclosed, by its place in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DatumKey {
    Person(Idx<PersonRow>),
    Remains(Idx<UnitRow>),
    Batch(Idx<BatchRow>),
    Handover(Idx<HandoverRow>),
    List(Idx<ListRow>),
    Agreement(Idx<AgreementRow>),
}

/// Something of which disclosure was spoken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DatumRow {
    last: Option<Idx<DisclosureRow>>,
}

/// Something shared, withheld, consented to, erased or restricted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DisclosureRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) organ: Idx<OrganRow>,
    /// The entry that ended it.
    pub(crate) ended_by: Option<Idx<EntryRow>>,
    former_of_datum: Option<Idx<DisclosureRow>>,
}

/// An authority's rule on small numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CellsRow {
    pub(crate) entry: Idx<EntryRow>,
    pub(crate) organ: Idx<OrganRow>,
}

impl State {
    pub(crate) fn datum(&self, datum: Datum) -> Result<DatumKey, EntryRefusal> {
        Ok(match datum {
            Datum::Person(id) => DatumKey::Person(self.persons.find(id)?),
            Datum::Remains(id) => DatumKey::Remains(self.units.find(id)?),
            Datum::Batch(id) => DatumKey::Batch(self.batches.find(id)?),
            Datum::Handover(id) => DatumKey::Handover(self.handovers.find(id)?),
            Datum::List(id) => DatumKey::List(self.lists.find(id)?),
            Datum::Agreement(id) => DatumKey::Agreement(self.agreements.find(id)?),
        })
    }

    /// # Errors
    /// The organ, party or person of an audience is not recorded.
    pub(crate) fn audience(&self, audience: Audience) -> Result<(), EntryRefusal> {
        match audience {
            Audience::Organ(organ) | Audience::Laboratory(organ) => self.organs.find(organ).map(drop),
            Audience::Party(party) => self.parties.find(party).map(drop),
            Audience::Family(person) => self.persons.find(person).map(drop),
            Audience::Public => Ok(()),
        }
    }

    /// What was recorded of the disclosure of something, ended or not, the latest first.
    pub(crate) fn disclosures_of(&self, datum: DatumKey) -> impl Iterator<Item = &DisclosureRow> {
        let last = self.datum_index.get(datum).and_then(|at| self.data.get(at).last);
        core::iter::successors(last, |at| self.disclosures.get(*at).former_of_datum)
            .map(|at| self.disclosures.get(at))
    }

    /// What an entry records of disclosure, if it does.
    pub(crate) fn disclosure(&self, entry: Idx<EntryRow>) -> Option<&DisclosureEntry> {
        self.told_in_full(entry)
    }

    /// The entry by which a person's file was erased, if it was.
    pub(crate) fn erased(&self, person: Idx<PersonRow>) -> Option<Idx<EntryRow>> {
        self.disclosures_of(DatumKey::Person(person))
            .map(|row| row.entry)
            .find(|entry| matches!(self.disclosure(*entry), Some(DisclosureEntry::Erased(_))))
    }

    pub(super) fn add_disclosure(&mut self, datum: DatumKey, entry: Idx<EntryRow>, organ: Idx<OrganRow>) {
        let at = self.datum_index.get(datum).unwrap_or_else(|| {
            let at = self.data.add(DatumRow { last: None });
            self.datum_index.add(datum, at);
            at
        });
        let former_of_datum = self.data.get(at).last;
        let row = self.disclosures.add(DisclosureRow { entry, organ, ended_by: None, former_of_datum });
        self.disclosure_index.add(entry, row);
        self.data.change(at, |datum| datum.last = Some(row));
    }
}
