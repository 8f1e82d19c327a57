//! How entries about containers are held: a registration in a small row, all else as it was recorded.

use super::{Container, ContainerEntry, Provenance};
use crate::compact::{New, compact_choice, compact_entries};
use crate::id::{BatchId, ContainerId, OrganId};
use crate::text::Text;
use crate::when::When;

compact_choice! {
    enum Provenance as ProvenanceRow { Unknown, Undisclosed; Told(Text) }
}

compact_entries! {
    /// What was told of a container when it was registered.
    enum ContainerEntry as RegisteredTold {
        Registered(Container {
            id: New<ContainerId>,
            batch: Option<BatchId>,
            held_by: OrganId,
            since: When,
            provenance: Provenance,
            seal: Option<Text>,
            note: Option<Text>,
        }),
    }
}
