//! How entries about disposition are held: those that most units come to in a small row.

use super::{
    Departure, DispositionEntry, FamilyRequest, Happened, HoldLift, Instruction, JudicialHold, Release,
    Settlement, Wish,
};
use crate::compact::{as_they_are, compact_entries};
use crate::id::{EntryId, PersonRef, RecordRef, RemainsId, TransferId};
use crate::notice::Branch;
use crate::text::Text;
use crate::when::When;

as_they_are!(Wish);

compact_entries! {
    /// What was told of the disposition of a unit.
    enum DispositionEntry as DispositionTold {
        HeldAtFamilyRequest(FamilyRequest { unit: RemainsId, person: PersonRef, branch: Branch, on: When }) on,
        RequestEnded(Happened { unit: RemainsId, on: When, record: Option<RecordRef>, note: Option<Text> }) on,
        Instructed(Instruction {
            unit: RemainsId,
            person: PersonRef,
            branch: Option<Branch>,
            wish: Wish,
            to: RecordRef,
            on: When,
        }) on,
        KinSettled(Settlement {
            unit: RemainsId,
            person: PersonRef,
            wish: Wish,
            to: RecordRef,
            record: RecordRef,
            on: When,
        }) on,
        JudicialHold(JudicialHold { unit: RemainsId, reason: Text, on: When }) on,
        HoldLifted(HoldLift { hold: EntryId, reason: Text, on: When }) on,
        Released(Release {
            unit: RemainsId,
            to: RecordRef,
            code_on_remains: RemainsId,
            code_on_decision: RemainsId,
            on: When,
        }) on,
        TakenBack(Happened { unit: RemainsId, on: When, record: Option<RecordRef>, note: Option<Text> }) on,
        Buried(Happened { unit: RemainsId, on: When, record: Option<RecordRef>, note: Option<Text> }) on,
        ReturnedToSender(Departure { unit: RemainsId, transfer: TransferId, on: When }) on,
        TransferredOnward(Departure { unit: RemainsId, transfer: TransferId, on: When }) on,
    }
}
