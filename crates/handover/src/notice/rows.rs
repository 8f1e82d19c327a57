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
        }),
        Preferred(PreferenceChange { person: PersonRef, branch: Branch, preference: Preference, on: When }),
        NoKinKnown(Unreachable {
            person: PersonRef,
            branch: Option<Branch>,
            decision: Option<RecordRef>,
            on: When,
            note: Rare<Option<Text>>,
        }),
        ContactEndangersKin(Unreachable {
            person: PersonRef,
            branch: Option<Branch>,
            decision: Option<RecordRef>,
            on: When,
            note: Rare<Option<Text>>,
        }),
        Resumed(Resumption { entry: EntryId, reason: Text, on: When }),
        Attempted(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }),
        Notified(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }),
        Acknowledged(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }),
        Contested(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }),
        ToldOfRevocation(Notice { unit: RemainsId, person: PersonRef, branch: Branch, on: When, record: Option<RecordRef> }),
    }
}
