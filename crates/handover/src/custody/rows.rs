//! How entries about custody are held: a transfer that is introduced, and an end that found nothing to tell, in small rows.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Acceptance, CustodyEntry, Findings, Giving, Held, Receipt, Transfer, Transport};
use crate::compact::{New, Rare, compact_choice, compact_entries};
use crate::id::{EntryId, LegId, OrganId, TransferId};
use crate::text::Text;
use crate::when::When;

compact_choice! {
    enum Acceptance as AcceptanceTold { InFull, WithReservation; Refused(Text) }
}

compact_entries! {
    /// What was told of a transfer when it was introduced.
    enum CustodyEntry as TransferTold {
        Introduced(Transfer {
            id: New<TransferId>,
            of: Held,
            from: OrganId,
            to: OrganId,
            witnessed_by: Rare<Vec<OrganId>>,
            leg: Option<LegId>,
            transport: Rare<Option<Box<Transport>>>,
            note: Option<Text>,
        }),
    }

    /// What an end told.
    enum CustodyEntry as EndTold {
        Given(Giving {
            transfer: TransferId,
            on: When,
            found: Rare<Findings>,
            corrects: Option<EntryId>,
            note: Rare<Option<Text>>,
        }) on,
        Received(Receipt {
            transfer: TransferId,
            on: When,
            accepted: Acceptance,
            found: Rare<Findings>,
            corrects: Option<EntryId>,
            note: Rare<Option<Text>>,
        }) on,
    }
}
