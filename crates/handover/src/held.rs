//! How entries are held: what is the same in each stands in one row, and what each records stands among its like.
//!
//! An entry as it is recorded is as large as the largest that can be; most are small. So a row of [`EntryRow`] leads to the
//! table of its concept, whose rows are no larger than that concept needs, and to who said it when and where it was read, which many share.
//! What is recorded most stands in rows that are smaller still ([`compact`](crate::compact)), from which it is read back.

use alloc::borrow::Cow;

use crate::affiliation::AffiliationEntry;
use crate::agreement::AgreementEntry;
use crate::batch::BatchEntry;
use crate::claim::ClaimEntry;
use crate::closure::ClosureEntry;
use crate::compact::{Compact, Dated};
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
use crate::remains::RemainsEntry;
use crate::slot::HandoverEntry;
use crate::state::State;
use crate::table::Idx;
use crate::total::TotalEntry;
use crate::when::When;
use crate::{affiliation, container, custody, disposition, identification, notice, person, remains};

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

/// A kind of row in which entries of a concept are held.
pub(crate) trait Kind: Sized {
    fn row(state: &State, entry: Idx<EntryRow>) -> Option<&Self>;
}

/// A concept: a kind of entry.
pub(crate) trait Concept: Clone {
    /// What an entry records of this concept, if it does.
    fn told(state: &State, entry: Idx<EntryRow>) -> Option<Cow<'_, Self>>;

    /// The same of an entry that is held as it was recorded.
    fn told_in_full(state: &State, entry: Idx<EntryRow>) -> Option<&Self>;
}

macro_rules! concepts {
    ($($concept:ident in $table:ident: $entry:ty $({ $($kind:ident in $rows:ident: $row:ty;)* })?;)*) => {
        /// Where what an entry records stands: as it was recorded, or in a row that is smaller.
        #[derive(Clone, Copy, Debug)]
        enum WhatIdx {
            $($concept(Idx<$entry>),)*
            $($($($kind(Idx<$row>),)*)?)*
        }

        /// What an entry records.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(crate) enum WhatRef<'s> {
            $($concept(&'s $entry),)*
        }

        impl<'s> From<&'s What> for WhatRef<'s> {
            fn from(what: &'s What) -> Self {
                match what {
                    $(What::$concept(entry) => Self::$concept(entry),)*
                }
            }
        }

        impl Told<'_> {
            fn into_what(self) -> What {
                match self {
                    Self::Read(what) => what,
                    $(Self::Held(WhatRef::$concept(entry)) => What::$concept(entry.clone()),)*
                }
            }
        }

        $(impl Concept for $entry {
            fn told(state: &State, entry: Idx<EntryRow>) -> Option<Cow<'_, Self>> {
                match state.entries.get(entry).what {
                    WhatIdx::$concept(at) => Some(Cow::Borrowed(state.$table.get(at))),
                    $($(WhatIdx::$kind(at) => {
                        Some(Cow::Owned(<$row>::read(*state.$rows.get(at), state)))
                    })*)?
                    _ => None,
                }
            }

            fn told_in_full(state: &State, entry: Idx<EntryRow>) -> Option<&Self> {
                match state.entries.get(entry).what {
                    WhatIdx::$concept(at) => Some(state.$table.get(at)),
                    _ => None,
                }
            }
        })*

        $($($(impl Kind for $row {
            fn row(state: &State, entry: Idx<EntryRow>) -> Option<&Self> {
                match state.entries.get(entry).what {
                    WhatIdx::$kind(at) => Some(state.$rows.get(at)),
                    _ => None,
                }
            }
        })*)?)*

        impl State {
            /// When what an entry records happened, where that is told by its row; nothing for one that is held in full.
            pub(crate) fn time_in_row(&self, entry: Idx<EntryRow>) -> Option<Option<When>> {
                let on = match self.entries.get(entry).what {
                    $($($(WhatIdx::$kind(at) => self.$rows.get(at).on(),)*)?)*
                    _ => return None,
                };
                Some(on.map(|on| When::read(on, self)))
            }

            /// What an entry records.
            pub(crate) fn what(&self, entry: Idx<EntryRow>) -> Told<'_> {
                match self.entries.get(entry).what {
                    $(WhatIdx::$concept(at) => Told::Held(WhatRef::$concept(self.$table.get(at))),)*
                    $($($(WhatIdx::$kind(at) => {
                        Told::Read(What::$concept(<$row>::read(*self.$rows.get(at), self)))
                    })*)?)*
                }
            }

            fn hold_what(&mut self, what: &What) -> WhatIdx {
                match what {
                    $(What::$concept(entry) => {
                        $($(if let Some(row) = <$row>::hold(entry, self) {
                            return WhatIdx::$kind(self.$rows.add(row));
                        })*)?
                        WhatIdx::$concept(self.$table.add(entry.clone()))
                    })*
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
    Container in container_entries: ContainerEntry {
        Registration in registrations: container::RegisteredTold;
    };
    Custody in custody_entries: CustodyEntry {
        Transfer in transfers_told: custody::TransferTold;
        End in ends_told: custody::EndTold;
    };
    Remains in remains_entries: RemainsEntry {
        Step in steps_told: remains::StepTold;
        Opening in openings_told: remains::OpeningTold;
    };
    Person in person_entries: PersonEntry {
        Introduction in persons_told: person::PersonTold;
    };
    Identification in identification_entries: IdentificationEntry {
        Procedure in procedures_told: identification::ProcedureTold;
    };
    Affiliation in affiliation_entries: AffiliationEntry {
        Attribution in affiliations_told: affiliation::AffiliationTold;
    };
    Notice in notice_entries: NoticeEntry {
        Notification in notices_told: notice::NoticeTold;
    };
    Disposition in disposition_entries: DispositionEntry {
        Rest in dispositions_told: disposition::DispositionTold;
    };
    Closure in closure_entries: ClosureEntry;
    Prisoner in prisoner_entries: PrisonerEntry;
    Disclosure in disclosure_entries: DisclosureEntry;
    Total in total_entries: TotalEntry;
    Claim in claim_entries: ClaimEntry;
}

/// What an entry records, where it is held or as it was read from its row.
#[derive(Debug)]
pub(crate) enum Told<'s> {
    Held(WhatRef<'s>),
    Read(What),
}

impl Told<'_> {
    pub(crate) fn get(&self) -> WhatRef<'_> {
        match self {
            Self::Held(what) => *what,
            Self::Read(what) => what.into(),
        }
    }
}

/// A part of what an entry of a concept records, if it is of that variant: borrowed where it is held, else taken.
macro_rules! part {
    ($told:expr, $entry:ident::$variant:ident) => {
        match $told {
            Some(alloc::borrow::Cow::Borrowed($entry::$variant(part))) => {
                Some(alloc::borrow::Cow::Borrowed(part))
            }
            Some(alloc::borrow::Cow::Owned($entry::$variant(part))) => Some(alloc::borrow::Cow::Owned(part)),
            _ => None,
        }
    };
}

pub(crate) use part;

impl State {
    /// Holds an entry of a speaker, read in a source.
    pub(crate) fn hold(
        &mut self,
        entry: &Entry,
        by: Idx<SpeakerRow>,
        source: Option<Idx<SourceRow>>,
    ) -> Idx<EntryRow> {
        let what = self.hold_what(&entry.what);
        let saying = Saying { by, source, said: entry.said };
        let known = self.sayings.at(saying);
        let saying = known.unwrap_or_else(|| self.sayings.add(SayingRow { id: saying }));
        self.entries.add(EntryRow { id: entry.id, saying, what })
    }

    /// What an entry records of a concept, if it does.
    pub(crate) fn told<C: Concept>(&self, entry: Idx<EntryRow>) -> Option<Cow<'_, C>> {
        C::told(self, entry)
    }

    /// The row in which an entry is held, if it is one of this kind: to ask it without reading the whole entry.
    pub(crate) fn row<K: Kind>(&self, entry: Idx<EntryRow>) -> Option<&K> {
        K::row(self, entry)
    }

    /// The same of an entry that is held as it was recorded.
    pub(crate) fn told_in_full<C: Concept>(&self, entry: Idx<EntryRow>) -> Option<&C> {
        C::told_in_full(self, entry)
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
            && self.what(at).get() == WhatRef::from(&entry.what)
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
            what: self.what(at).into_what(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::ContainerRow;
    use crate::remains::{UnitEventRow, UnitRow};
    use crate::{custody::TransferRow, disposition::DispositionRow, notice::NoticeRow};

    /// A ledger holds millions of these: whoever makes one larger shall know it.
    #[test]
    fn what_is_held_of_most_entries_and_units_is_small() {
        assert_eq!([size_of::<EntryRow>(), size_of::<UnitEventRow>()], [28, 8]);
        assert_eq!([size_of::<UnitRow>(), size_of::<ContainerRow>(), size_of::<TransferRow>()], [80, 48, 52]);
        assert_eq!([size_of::<NoticeRow>(), size_of::<DispositionRow>()], [28, 24]);
        let steps = [size_of::<remains::StepTold>(), size_of::<remains::OpeningTold>()];
        let passed = [
            size_of::<container::RegisteredTold>(),
            size_of::<custody::TransferTold>(),
            size_of::<custody::EndTold>(),
        ];
        let who = [
            size_of::<person::PersonTold>(),
            size_of::<identification::ProcedureTold>(),
            size_of::<affiliation::AffiliationTold>(),
        ];
        let family = [size_of::<notice::NoticeTold>(), size_of::<disposition::DispositionTold>()];
        assert_eq!((steps, passed, who, family), ([20, 24], [32, 28, 20], [4, 32, 36], [20, 24]));
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
