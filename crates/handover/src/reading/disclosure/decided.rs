//! What was decided on disclosure: the audit of who is shown what, and of what is withheld.

use alloc::vec::Vec;

use crate::disclosure::{DisclosureEntry, Sharing, Withholding};
use crate::held::EntryRow;
use crate::id::{EntryId, OrganId};
use crate::reading::sum::Counted;
use crate::reading::{Basis, Reading};
use crate::table::Idx;

/// Something that was shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharingView {
    /// The entry.
    pub entry: EntryId,
    /// Who shared it.
    pub by: OrganId,
    /// What, with whom, for what, by what right and until when.
    pub sharing: Sharing,
    /// Whether it is in force.
    pub in_force: bool,
    /// The entry that ended it.
    pub ended_by: Option<EntryId>,
}

/// Something that was withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithholdingView {
    /// The entry.
    pub entry: EntryId,
    /// Who withholds it.
    pub by: OrganId,
    /// What, from whom, why and until when.
    pub withholding: Withholding,
    /// Whether it may be in force.
    pub in_force: bool,
    /// The entry that lifted it.
    pub lifted_by: Option<EntryId>,
}

impl<B: Basis> Reading<'_, B> {
    fn ended(&self, by: Option<Idx<EntryRow>>) -> Option<EntryId> {
        let by = by.filter(|by| self.happened(*by) == Counted::Yes)?;
        Some(self.state.entries.get(by).id)
    }

    /// Everything that had been shared by the moment of this reading, ended or not, in the order of recording: who may hold
    /// what, and has to hear of a correction.
    pub fn sharings(&self) -> Vec<SharingView> {
        let view = |row: &crate::disclosure::DisclosureRow| match self.state.disclosure(row.entry)? {
            DisclosureEntry::Shared(sharing) if self.happened(row.entry) != Counted::No => {
                Some(SharingView {
                    entry: self.state.entries.get(row.entry).id,
                    by: self.state.organs.get(row.organ).id,
                    sharing: *sharing,
                    in_force: self.is_shared(row, sharing),
                    ended_by: self.ended(row.ended_by),
                })
            }
            _ => None,
        };
        self.state.disclosures.rows().filter_map(view).collect()
    }

    /// Everything that had been withheld by the moment of this reading, lifted or not, in the order of recording.
    pub fn withholdings(&self) -> Vec<WithholdingView> {
        let view = |row: &crate::disclosure::DisclosureRow| match self.state.disclosure(row.entry)? {
            DisclosureEntry::Withheld(withholding) if self.happened(row.entry) != Counted::No => {
                Some(WithholdingView {
                    entry: self.state.entries.get(row.entry).id,
                    by: self.state.organs.get(row.organ).id,
                    withholding: *withholding,
                    in_force: self.is_withheld(row, withholding),
                    lifted_by: self.ended(row.ended_by),
                })
            }
            _ => None,
        };
        self.state.disclosures.rows().filter_map(view).collect()
    }
}
