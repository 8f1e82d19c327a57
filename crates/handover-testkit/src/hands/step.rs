//! What happens to a person on the list, and whose part it is to tell of it.

use serde_json::{Value, json};

use super::CAPTIVES;

/// The reference date of both categories.
const REFERENCE: &str = "2025-06-02";

/// What happens to a person on the list, and what is nearly that and cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The holder says that it holds the person.
    Held,
    /// The holder says that it does not.
    NotHeld,
    /// The holder says that the person is dead.
    SaidDead,
    /// The holder says that the person was exchanged before.
    SaidExchanged,
    /// The holder holds the person as a civilian.
    SaidCivilian,
    /// Seriously wounded at the reference date, as a commission decided.
    Wounded,
    /// Seriously wounded, on no ground.
    NoGround,
    /// Under 25 at the reference date.
    Young,
    /// Not under 25 at the reference date.
    NotYoung,
    /// Under 25 on another day.
    OtherDay,
    /// Fit to travel.
    Fit,
    /// Not fit to travel.
    Unfit,
    /// Held back by a court.
    HeldBack,
    /// Held back by a punishment.
    Punished,
    /// The name of one held back is communicated.
    Communicated,
    /// The hold is lifted.
    Lifted,
    /// The holder consents that the person leaves.
    Consents,
    /// The person goes, which a neutral verified.
    Goes,
    /// The person goes, which nobody verified.
    GoesUnverified,
    /// The person goes, which a side verified.
    GoesBySide,
    /// The person declines.
    Declines,
    /// The person takes back what was said.
    TakesBack,
    /// A side refuses.
    Refused,
    /// The entry is taken back.
    Withdrawn,
    /// Assembled.
    Assembled,
    /// At the venue.
    AtVenue,
    /// The receiver verified who it is.
    Verified,
    /// The receiver verified that it is another.
    PassedOff,
    /// Handed over in the exchange.
    HandedOver,
    /// Handed over without a will.
    Unwilling,
    /// Repatriated without return, in a leg that performs no agreement.
    Unilateral,
    /// Repatriated without return, in a leg that performs an agreement.
    Netted,
    /// Received and reconciled.
    Reconciled,
    /// Accepted beside the list.
    AcceptedUnlisted,
    /// Died.
    Died,
    /// The death is certified.
    Certified,
    /// A duty that no death leaves.
    OtherDuty,
    /// Escaped.
    Escaped,
    /// Released otherwise.
    Released,
    /// With a neutral custodian.
    NeutralCustody,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 40] = [
        Self::Held,
        Self::NotHeld,
        Self::SaidDead,
        Self::SaidExchanged,
        Self::SaidCivilian,
        Self::Wounded,
        Self::NoGround,
        Self::Young,
        Self::NotYoung,
        Self::OtherDay,
        Self::Fit,
        Self::Unfit,
        Self::HeldBack,
        Self::Punished,
        Self::Communicated,
        Self::Lifted,
        Self::Consents,
        Self::Goes,
        Self::GoesUnverified,
        Self::GoesBySide,
        Self::Declines,
        Self::TakesBack,
        Self::Refused,
        Self::Withdrawn,
        Self::Assembled,
        Self::AtVenue,
        Self::Verified,
        Self::PassedOff,
        Self::HandedOver,
        Self::Unwilling,
        Self::Unilateral,
        Self::Netted,
        Self::Reconciled,
        Self::AcceptedUnlisted,
        Self::Died,
        Self::Certified,
        Self::OtherDuty,
        Self::Escaped,
        Self::Released,
        Self::NeutralCustody,
    ];

    /// Whether someone is handed over by it.
    pub const fn hands_over(self) -> bool {
        matches!(self, Self::HandedOver | Self::Unwilling | Self::Unilateral)
    }

    /// Whether the entry of the list is at an end by it.
    pub const fn ends(self) -> bool {
        self.hands_over()
            || matches!(self, Self::Refused | Self::Withdrawn | Self::Died | Self::Escaped | Self::Released)
    }

    /// Whether it is an answer of the holder.
    pub const fn answers(self) -> bool {
        matches!(self, Self::Held | Self::NotHeld | Self::SaidDead | Self::SaidExchanged | Self::SaidCivilian)
    }

    /// Whether it is the person's will.
    pub const fn is_will(self) -> bool {
        matches!(self, Self::Goes | Self::GoesUnverified | Self::Declines | Self::TakesBack)
    }

    /// Whose part it is, and who else may tell of it: the holder alone, the home party alone, either side, or a neutral too.
    pub(super) const fn part(self) -> Part {
        match self {
            Self::HeldBack | Self::Punished | Self::Communicated | Self::Lifted | Self::Consents => {
                Part::Holder
            }
            _ if self.answers() => Part::Holder,
            Self::Verified | Self::PassedOff | Self::Reconciled | Self::AcceptedUnlisted => Part::Home,
            Self::Refused | Self::Withdrawn | Self::Netted => Part::Sides,
            _ if self.hands_over() => Part::Sides,
            _ => Part::Anyone,
        }
    }

    pub(super) fn said(self, person: usize) -> Value {
        let will = |wish: &str, voluntary: Value| json!({"will": {"wish": wish, "voluntary": voluntary}});
        let evaluated = |category: &str, at: &str, found: &str| json!({"evaluated": {"category": category, "at": at, "found": found}});
        let handed = |manner: &str| json!({"handed-over": {"manner": manner}});
        let duty = |number: &str| json!({"death-duty": {"duty": number, "to": "k-courier"}});
        match self {
            Self::Held => json!({"holding": "held"}),
            Self::NotHeld => json!({"holding": "not-held"}),
            Self::SaidDead => json!({"holding": "dead"}),
            Self::SaidExchanged => json!({"holding": "already-exchanged"}),
            Self::SaidCivilian => json!({"holding": "civilian"}),
            Self::Wounded => json!({"evaluated": {
                "category": "k-wounded", "at": REFERENCE, "found": "yes", "medical": "commission"
            }}),
            Self::NoGround => evaluated("k-wounded", REFERENCE, "yes"),
            Self::Young => evaluated("k-young", REFERENCE, "yes"),
            Self::NotYoung => evaluated("k-young", REFERENCE, "no"),
            Self::OtherDay => evaluated("k-young", "2025-06-09", "yes"),
            Self::Fit => json!({"fitness": "fit"}),
            Self::Unfit => json!({"fitness": "unfit"}),
            Self::HeldBack => json!({"judicial-hold": "conviction"}),
            Self::Punished => json!({"judicial-hold": "disciplinary"}),
            Self::Communicated => json!({"name-communicated": "k-courier"}),
            Self::Lifted => json!("hold-lifted"),
            Self::Consents => json!("consent-to-leave"),
            Self::Goes => will("goes", json!({"verified-by": "k-courier"})),
            Self::GoesUnverified => will("goes", json!("unverified")),
            Self::GoesBySide => will("goes", json!({"verified-by": "k-north"})),
            Self::Declines => will("declines", json!({"verified-by": "k-courier"})),
            Self::TakesBack => will("taken-back", json!("unverified")),
            Self::Refused => json!({"refused": "not among those agreed"}),
            Self::Withdrawn => json!({"withdrawn": "named by mistake"}),
            Self::Assembled => json!({"moved": "assembled"}),
            Self::AtVenue => json!({"moved": "at-venue"}),
            Self::Verified => json!({"verified": CAPTIVES[person]}),
            Self::PassedOff => json!({"verified": CAPTIVES[(person + 1) % CAPTIVES.len()]}),
            Self::HandedOver => handed("exchanged"),
            Self::Unwilling => handed("unwilling"),
            Self::Unilateral => json!({"handed-over": {"manner": "unilateral", "leg": "k-goodwill"}}),
            Self::Netted => json!({"handed-over": {"manner": "unilateral", "leg": "k-leg"}}),
            Self::Reconciled => json!("reconciled"),
            Self::AcceptedUnlisted => json!("accepted-unlisted"),
            Self::Died => json!({"died": "due"}),
            Self::Certified => duty("D12"),
            Self::OtherDuty => duty("D14"),
            Self::Escaped => json!("escaped"),
            Self::Released => json!("released"),
            Self::NeutralCustody => json!({"neutral-custody": "k-courier"}),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Holder,
    Home,
    Sides,
    Anyone,
}
