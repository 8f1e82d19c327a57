//! How entries are held: what is the same in each stands in one row, and what each records stands among its like.
//!
//! An entry as it is recorded is as large as the largest that can be; most are small. So a row of [`EntryRow`] leads to the
//! table of its concept, whose rows are no larger than that concept needs, and to who said it when and where it was read, which many share.

use crate::affiliation::AffiliationEntry;
use crate::agreement::AgreementEntry;
use crate::batch::BatchEntry;
use crate::claim::ClaimEntry;
use crate::closure::ClosureEntry;
use crate::container::ContainerEntry;
use crate::custody::CustodyEntry;
use crate::disclosure::DisclosureEntry;
use crate::disposition::DispositionEntry;
use crate::entry::{Entry, What};
use crate::id::EntryId;
use crate::identification::IdentificationEntry;
use crate::notice::NoticeEntry;
use crate::obligation::ObligationEntry;
use crate::party::{PartyEntry, SourceRow, SpeakerRow};
use crate::person::PersonEntry;
use crate::prisoner::PrisonerEntry;
use crate::remains::{Plain, PlainRow, RemainsEntry};
use crate::slot::HandoverEntry;
use crate::state::State;
use crate::table::Idx;
use crate::total::TotalEntry;
use crate::when::When;

/// An entry but for what it records.
#[derive(Clone, Debug)]
pub(crate) struct EntryRow {
    pub(crate) id: EntryId,
    saying: Idx<SayingRow>,
    what: WhatIdx,
}

/// Whose word entries are, where they were read and when they were said: many entries share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Saying {
    pub(crate) by: Idx<SpeakerRow>,
    pub(crate) source: Option<Idx<SourceRow>>,
    pub(crate) said: When,
}

/// What entries share, found by itself.
#[derive(Clone, Debug)]
pub(crate) struct SayingRow {
    pub(crate) id: Saying,
}

macro_rules! concepts {
    ($($concept:ident in $table:ident: $entry:ty;)*) => {
        /// Where what an entry records stands.
        #[derive(Clone, Copy, Debug)]
        enum WhatIdx {
            $($concept(Idx<$entry>),)*
            Plain(Idx<PlainRow>),
        }

        /// What an entry records, where it stands.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum WhatRef<'s> {
            $($concept(&'s $entry),)*
            /// A step of forensic progress that is held in a row of its own kind.
            Plain(Plain<'s>),
        }

        impl<'s> From<&'s What> for WhatRef<'s> {
            fn from(what: &'s What) -> Self {
                match what {
                    $(What::$concept(entry) => Self::$concept(entry),)*
                }
            }
        }

        impl WhatRef<'_> {
            fn is(self, what: &What) -> bool {
                match (self, what) {
                    $((Self::$concept(held), What::$concept(entry)) => held == entry,)*
                    (Self::Plain(step), What::Remains(RemainsEntry::Forensic(entry))) => {
                        step.entry() == *entry
                    }
                    _ => false,
                }
            }

            fn to_what(self) -> What {
                match self {
                    $(Self::$concept(entry) => What::$concept(entry.clone()),)*
                    Self::Plain(step) => What::Remains(RemainsEntry::Forensic(step.entry())),
                }
            }
        }

        impl State {
            /// What an entry records.
            pub(crate) fn what(&self, entry: Idx<EntryRow>) -> WhatRef<'_> {
                match self.entries.get(entry).what {
                    $(WhatIdx::$concept(at) => WhatRef::$concept(self.$table.get(at)),)*
                    WhatIdx::Plain(at) => WhatRef::Plain(self.plain(at)),
                }
            }

            fn hold_what(&mut self, what: &What) -> WhatIdx {
                match what {
                    $(What::$concept(entry) => WhatIdx::$concept(self.$table.add(entry.clone())),)*
                }
            }
        }
    };
}

concepts! {
    Party in party_entries: PartyEntry;
    Agreement in agreement_entries: AgreementEntry;
    Obligation in obligation_entries: ObligationEntry;
    Handover in handover_entries: HandoverEntry;
    Batch in batch_entries: BatchEntry;
    Container in container_entries: ContainerEntry;
    Custody in custody_entries: CustodyEntry;
    Remains in remains_entries: RemainsEntry;
    Person in person_entries: PersonEntry;
    Identification in identification_entries: IdentificationEntry;
    Affiliation in affiliation_entries: AffiliationEntry;
    Notice in notice_entries: NoticeEntry;
    Disposition in disposition_entries: DispositionEntry;
    Closure in closure_entries: ClosureEntry;
    Prisoner in prisoner_entries: PrisonerEntry;
    Disclosure in disclosure_entries: DisclosureEntry;
    Total in total_entries: TotalEntry;
    Claim in claim_entries: ClaimEntry;
}

impl State {
    /// Holds an entry of a speaker, read in a source.
    pub(crate) fn hold(
        &mut self,
        entry: &Entry,
        by: Idx<SpeakerRow>,
        source: Option<Idx<SourceRow>>,
    ) -> Idx<EntryRow> {
        let plain = self.hold_plain(&entry.what).map(WhatIdx::Plain);
        let what = plain.unwrap_or_else(|| self.hold_what(&entry.what));
        let saying = Saying { by, source, said: entry.said };
        let known = self.sayings.at(saying);
        let saying = known.unwrap_or_else(|| self.sayings.add(SayingRow { id: saying }));
        self.entries.add(EntryRow { id: entry.id, saying, what })
    }

    /// Whose word an entry is, where it was read and when it was said.
    pub(crate) fn saying(&self, entry: Idx<EntryRow>) -> &Saying {
        self.saying_of(self.entries.get(entry))
    }

    /// The same of the row of an entry.
    pub(crate) fn saying_of(&self, row: &EntryRow) -> &Saying {
        &self.sayings.get(row.saying).id
    }

    /// Whether what is held here is this entry.
    pub(crate) fn is_held(&self, at: Idx<EntryRow>, entry: &Entry) -> bool {
        let row = self.entries.get(at);
        let saying = self.saying_of(row);
        row.id == entry.id
            && self.speakers.get(saying.by).id == entry.by
            && saying.said == entry.said
            && saying.source.map(|source| self.sources.get(source).id) == entry.source
            && self.what(at).is(&entry.what)
    }

    /// The entry as it was recorded.
    pub(crate) fn entry(&self, at: Idx<EntryRow>) -> Entry {
        let row = self.entries.get(at);
        let saying = self.saying_of(row);
        Entry {
            id: row.id,
            by: self.speakers.get(saying.by).id,
            said: saying.said,
            source: saying.source.map(|source| self.sources.get(source).id),
            what: self.what(at).to_what(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::ContainerRow;
    use crate::remains::{UnitEventRow, UnitRow};

    /// A ledger holds millions of these: whoever makes one larger shall know it.
    #[test]
    fn what_is_held_of_most_entries_and_units_is_small() {
        assert_eq!([size_of::<EntryRow>(), size_of::<PlainRow>(), size_of::<UnitEventRow>()], [28, 20, 8]);
        assert_eq!([size_of::<UnitRow>(), size_of::<ContainerRow>()], [80, 48]);
        for (most, found) in [
            (120, size_of::<RemainsEntry>()),
            (104, size_of::<ContainerEntry>()),
            (128, size_of::<CustodyEntry>()),
            (208, size_of::<IdentificationEntry>()),
            (120, size_of::<AffiliationEntry>()),
            (80, size_of::<NoticeEntry>()),
            (120, size_of::<DispositionEntry>()),
            (192, size_of::<ClaimEntry>()),
        ] {
            assert!(found <= most, "{found} bytes, {most} before");
        }
    }
}
