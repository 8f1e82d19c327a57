//! How entries about persons are held: the introduction of one in a small row, all else as it was recorded.

use super::{Person, PersonEntry};
use crate::compact::{New, compact_entries};
use crate::id::PersonRef;

compact_entries! {
    /// That a person entered the record.
    enum PersonEntry as PersonTold {
        Introduced(Person { id: New<PersonRef> }),
    }
}
