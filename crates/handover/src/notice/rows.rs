//! How entries about notice are held: every one in a small row.

use super::{
    Branch, FamilyBranch, Notice, NoticeEntry, Preference, PreferenceChange, Resumption, Unreachable,
};
use crate::compact::{Rare, as_they_are, compact_entries};
use crate::id::{EntryId, PersonRef, RecordRef, RemainsId};
use crate::text::Text;
use crate::when::When;

as_they_are!(Branch, Preference);

compact_entries! {
    /// What was told of a family.
    enum NoticeEntry as NoticeTold {
        Branch(FamilyBranch {
            person: PersonRef,
            branch: Branch,
            preference: Preference,
            on: When,
            contact: Option<RecordRef>,
        }) on,
        Preferred(PreferenceChange { person: PersonRef, branch: Branch, preference: Preference, on: When }) on,
        NoKinKnown(Unreachable {
            person: PersonRef,
            branch: Option<Branch>,
            decision: Option<RecordRef>,
            on: When,
            note: Rare<Option<Text>>,
        }) on,
        ContactEndangersKin(Unreachable {
            person: PersonRef,
            branch: Option<Branch>,
            decision: Option<RecordRef>,
            on: When,
            note: Rare<Option<Text>>,
        }) on,
        Resumed(Resumption { entry: EntryId, reason: Text, on: When }) on,
        Attempted(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }) on,
        Notified(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }) on,
        Acknowledged(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }) on,
        Contested(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }) on,
        ToldOfRevocation(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }) on,
    }
}
