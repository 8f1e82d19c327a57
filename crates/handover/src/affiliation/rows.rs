//! How entries about affiliation are held: presumptions, determinations and what retracts them in small rows.

use super::{AffiliationEntry, AffiliationRetraction, Attribution, Ground, Presumption, ReturnBlock};
use crate::claim::Affiliation;
use crate::compact::{Few, as_they_are, compact_choice, compact_entries, listed};
use crate::id::{EntryId, PartyId, RecordRef, RemainsId};
use crate::text::Text;
use crate::when::When;

as_they_are!(Ground);

listed! {
    Ground in ground_lists;
}

compact_choice! {
    enum Affiliation as AffiliationOf {
        ThirdState, Historic, NotHuman;
        ForcesOf(PartyId), CiviliansOf(PartyId),
    }
}

compact_entries! {
    /// What was told of the affiliation of a unit.
    enum AffiliationEntry as AffiliationTold {
        Presumed(Presumption {
            unit: RemainsId,
            of: Affiliation,
            on: When,
            grounds: Few<Ground>,
            record: Option<RecordRef>,
            note: Option<Text>,
        }) on,
        Determined(Attribution {
            unit: RemainsId,
            of: Affiliation,
            on: When,
            grounds: Few<Ground>,
            instead_of: Option<EntryId>,
            record: Option<RecordRef>,
            note: Option<Text>,
        }) on,
        Blocked(ReturnBlock { unit: RemainsId, until: Text, on: When }) on,
        Retracted(AffiliationRetraction { entry: EntryId, reason: Text, on: When }) on,
    }
}
