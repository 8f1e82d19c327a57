//! How lists, their entries and the accountings of persons are called.

use handover::person::PersonStatus;
use handover::prisoner::Manner;
use handover::reading::{EntryStatus, ListStage, Obstacle};

/// The place of a state among the others.
pub(super) type PersonStatusKind = u8;

/// What a party says has become of a person, whoever holds or confirmed.
pub(super) const fn accounted(status: PersonStatus) -> (PersonStatusKind, &'static str) {
    match status {
        PersonStatus::Serving => (0, "serving"),
        PersonStatus::Missing => (1, "missing"),
        PersonStatus::PresumedCaptured => (2, "presumed captured"),
        PersonStatus::ConfirmedPrisoner(_) => (3, "confirmed as a prisoner"),
        PersonStatus::DeceasedClaimed(_) => (4, "said to be dead"),
        PersonStatus::DeceasedDeclared => (5, "declared dead in law"),
        PersonStatus::RemainsReceived => (6, "remains received"),
        PersonStatus::Identified => (7, "remains identified"),
        PersonStatus::Released => (8, "released"),
        PersonStatus::Repatriated => (9, "repatriated"),
        PersonStatus::AtLargeElsewhere => (10, "at large elsewhere"),
        PersonStatus::FoundAlive => (11, "found alive"),
        _ => (12, "otherwise"),
    }
}

pub(super) const fn stage(stage: ListStage) -> &'static str {
    match stage {
        ListStage::Drafted => "begun",
        ListStage::Submitted => "proposed",
        ListStage::UnderVerification => "being verified",
        ListStage::Responded => "answered",
        ListStage::Agreed => "agreed",
        ListStage::Frozen => "frozen",
        ListStage::Executed => "carried out",
        ListStage::Reconciled => "reconciled",
    }
}

pub(super) const fn status(status: Option<EntryStatus>) -> &'static str {
    let Some(status) = status else { return "told differently by the two sides" };
    match status {
        EntryStatus::Nominated => "nominated, no answer of the holder",
        EntryStatus::HeldConfirmed => "confirmed to be held",
        EntryStatus::DeniedHolding => "not held, says the holder",
        EntryStatus::SaidDead => "dead, says the holder",
        EntryStatus::AlreadyExchanged => "exchanged before, says the holder",
        EntryStatus::Recategorise => "of another class, says the holder",
        EntryStatus::NotEligible => "in no category",
        EntryStatus::Eligible => "in a category",
        EntryStatus::HeldBack => "held back by a court",
        EntryStatus::Deferred => "deferred, not fit to travel",
        EntryStatus::Declined => "declines",
        EntryStatus::Cleared => "cleared",
        EntryStatus::Agreed => "agreed on the frozen list",
        EntryStatus::Offered => "offered beside the list",
        EntryStatus::AcceptedUnlisted => "accepted beside the list",
        EntryStatus::Assembled => "assembled",
        EntryStatus::InTransit => "on the way",
        EntryStatus::AtVenue => "at the venue",
        EntryStatus::Verified => "verified by the receiver",
        EntryStatus::HandedOver(manner) => match manner {
            Manner::Exchanged => "handed over in an exchange",
            Manner::Repatriated => "repatriated",
            Manner::Unilateral => "repatriated without return",
            Manner::Unwilling => "handed over without the will",
            _ => "handed over",
        },
        EntryStatus::Reconciled => "received and reconciled",
        EntryStatus::RefusedByHolder => "refused by the holder",
        EntryStatus::RefusedByReceiver => "refused by the receiver",
        EntryStatus::Withdrawn => "taken back",
        EntryStatus::Died => "died",
        EntryStatus::Escaped => "escaped",
        EntryStatus::Released => "released otherwise",
        EntryStatus::Accommodated => "in a neutral country",
        EntryStatus::NeutralCustody => "with a neutral custodian",
        _ => "otherwise",
    }
}

pub(super) const fn reason(obstacle: &Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NotConfirmed => "not confirmed to be held",
        Obstacle::NotEvaluated => "no category evaluated",
        Obstacle::NotInCategory => "in no category",
        Obstacle::JudicialHold { .. } => "held back by a court",
        Obstacle::NoWill => "will not recorded",
        Obstacle::Declines => "declines",
        Obstacle::WillNotVerified => "will not verified",
        Obstacle::UnderPressure => "will under pressure",
        Obstacle::FitnessUnknown => "fitness not told",
        Obstacle::Unfit => "not fit to travel",
        Obstacle::NotFrozen => "not on the frozen list",
        Obstacle::NotAccepted => "not accepted by the receiver",
        Obstacle::Ended(_) => "at an end",
        _ => "otherwise",
    }
}
