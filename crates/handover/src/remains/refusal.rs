//! Why an entry about remains may not stand.

use core::fmt;

use crate::id::{ContainerId, EffectId, EntryId, GroupId, OrganId, RecordRef, RemainsId};
use crate::refusal::Rule;

/// What is impossible of remains (B5; invariants 21, 22, 26, 29 and 38).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RemainsRefusal {
    /// A container is opened once.
    OpenedAlready {
        /// The container.
        container: ContainerId,
        /// The entry that opened it.
        by: EntryId,
    },
    /// What is found further is found in a container that was opened.
    NotOpened(ContainerId),
    /// A further finding finds something.
    NothingFound(ContainerId),
    /// A division makes at least two units and a union takes at least two.
    TooFew(usize),
    /// Each unit has a code of its own.
    CodeTwice(RemainsId),
    /// A lineage entry is reversed by the organ that recorded it.
    NotItsOrgan {
        /// The entry.
        entry: EntryId,
        /// The organ that recorded it.
        expected: OrganId,
        /// The organ that would reverse it.
        found: OrganId,
    },
    /// An entry is reversed at most once.
    ReversedAlready {
        /// The entry.
        entry: EntryId,
        /// The entry that reversed it.
        by: EntryId,
    },
    /// What was divided or united has ceased.
    Ceased {
        /// The unit.
        unit: RemainsId,
        /// The entry that ended it.
        by: EntryId,
    },
    /// Nothing happens before what it presupposes.
    TooEarly {
        /// The entry that it presupposes.
        after: EntryId,
    },
    /// A unit is examined before it is sampled.
    NotExamined(RemainsId),
    /// A unit is sampled before there is a profile of it.
    NotSampled(RemainsId),
    /// Only a profile that was obtained enters a database.
    NoProfile(RemainsId),
    /// Only what is in the database is compared.
    NotInDatabase(RemainsId),
    /// Only what may be human is compared with persons.
    NotHuman(RemainsId),
    /// Each sample is taken once.
    SampleTwice {
        /// The unit.
        unit: RemainsId,
        /// The sample.
        sample: RecordRef,
    },
    /// The sample was not taken from this unit.
    NoSuchSample {
        /// The unit.
        unit: RemainsId,
        /// The sample.
        sample: RecordRef,
    },
    /// The sample is used up or destroyed.
    SampleGone {
        /// The sample.
        sample: RecordRef,
        /// The entry that says so.
        by: EntryId,
    },
    /// A unit is in one group at a time, and leaves it by an entry that names it.
    InAnotherGroup {
        /// The unit.
        unit: RemainsId,
        /// The group in which the entry takes it to be.
        expected: Option<GroupId>,
        /// The group in which it is.
        found: Option<GroupId>,
    },
    /// A unit is moved to another group than the one in which it is.
    NotMoved(RemainsId),
    /// To lie in one bag is no reason by itself.
    OnlyFoundTogether(RemainsId),
    /// A unit is associated for a reason.
    NoBasis(RemainsId),
    /// An effect is kept under one code, and leaves it by an entry that names it.
    KeptElsewhere {
        /// The effect.
        effect: EffectId,
        /// The unit under whose code the entry takes it to be.
        expected: Option<RemainsId>,
        /// The unit under whose code it is.
        found: Option<RemainsId>,
    },
    /// What is forwarded are effects.
    NothingForwarded,
    /// Effects are forwarded in a sealed packet.
    NoPacket,
    /// The packet has an inventory.
    NoInventory,
    /// An effect is in a packet once.
    EffectTwice(EffectId),
    /// Only a double disc has halves.
    NoHalf(EffectId),
}

impl RemainsRefusal {
    /// The rule that the entry offends.
    pub fn rule(&self) -> Rule {
        match self {
            Self::OpenedAlready { .. } => Rule::numbered(
                22,
                "a container is opened once: what is found in it later is a further finding",
            ),
            Self::NotOpened(_) | Self::NothingFound(_) => {
                Rule::numbered(22, "a further finding finds units in a container that was opened before")
            }
            Self::TooFew(_) => {
                Rule::numbered(22, "a division makes at least two units and a union takes at least two")
            }
            Self::CodeTwice(_) => Rule::numbered(29, "every unit of remains has a code of its own"),
            Self::NotItsOrgan { .. } => Rule::numbered(52, "an entry is reversed by the organ that made it"),
            Self::ReversedAlready { .. } => Rule::numbered(
                12,
                "a reversal names the entry that it reverses, and an entry is reversed at most once",
            ),
            Self::Ceased { .. } => Rule::numbered(
                22,
                "a unit that was divided or united has ceased: what it was is in its descendants",
            ),
            Self::TooEarly { .. } => Rule::numbered(22, "nothing happens before what it presupposes"),
            Self::NotExamined(_) => Rule::unnumbered("a unit is examined before it is sampled (B5)"),
            Self::NotSampled(_) => Rule::unnumbered("a unit is sampled before there is a profile of it (B5)"),
            Self::NoProfile(_) => Rule::unnumbered("only a profile that was obtained enters a database (B5)"),
            Self::NotInDatabase(_) => Rule::numbered(38, "what is compared is in the database"),
            Self::NotHuman(_) => Rule::numbered(38, "what is not human is compared with no person"),
            Self::SampleTwice { .. } => {
                Rule::numbered(21, "a sample has a code of its own and is taken once")
            }
            Self::NoSuchSample { .. } => Rule::numbered(22, "what is analysed was taken from the unit"),
            Self::SampleGone { .. } => {
                Rule::numbered(37, "a sample that is used up or destroyed is not analysed and not retained")
            }
            Self::InAnotherGroup { .. } | Self::NotMoved(_) => Rule::numbered(
                29,
                "a unit is in one group at a time, and moves from one to another expressly",
            ),
            Self::OnlyFoundTogether(_) | Self::NoBasis(_) => Rule::numbered(
                29,
                "association is a decision for a reason, not an assumption from sharing a bag",
            ),
            Self::KeptElsewhere { .. } => {
                Rule::numbered(26, "an effect stays under one code, and is corrected expressly")
            }
            Self::NothingForwarded | Self::NoPacket | Self::NoInventory | Self::EffectTwice(_) => {
                Rule::numbered(
                    26,
                    "effects are forwarded in a sealed packet with a complete inventory and a statement whose they are",
                )
            }
            Self::NoHalf(_) => Rule::numbered(27, "only a double disc has halves"),
        }
    }
}

impl fmt::Display for RemainsRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenedAlready { container, by } => {
                write!(f, "expected a container that was not opened, found that `{container}` was by `{by}`")
            }
            Self::NotOpened(container) => {
                write!(f, "expected a container that was opened, found that `{container}` was not")
            }
            Self::NothingFound(container) => {
                write!(f, "expected units that were found further in `{container}`, found none")
            }
            Self::TooFew(found) => write!(f, "expected at least two units, found {found}"),
            Self::CodeTwice(unit) => write!(f, "expected each unit once, found `{unit}` twice"),
            Self::NotItsOrgan { entry, expected, found } => {
                write!(f, "expected organ `{expected}`, which recorded entry `{entry}`, found `{found}`")
            }
            Self::ReversedAlready { entry, by } => {
                write!(f, "expected an entry that stands, found that `{entry}` was reversed by `{by}`")
            }
            Self::Ceased { unit, by } => {
                write!(f, "expected a unit that has not ceased, found that `{unit}` did by `{by}`")
            }
            Self::TooEarly { after } => {
                write!(f, "expected a time not wholly before that of `{after}`, which is presupposed")
            }
            Self::NotExamined(unit) => {
                write!(f, "expected a unit that was examined, found that `{unit}` was not")
            }
            Self::NotSampled(unit) => {
                write!(f, "expected a unit that was sampled, found that `{unit}` was not")
            }
            Self::NoProfile(unit) => {
                write!(f, "expected a profile that was obtained, found none of `{unit}`")
            }
            Self::NotInDatabase(unit) => {
                write!(
                    f,
                    "expected a unit whose profile is in the database, found that that of `{unit}` is not"
                )
            }
            Self::NotHuman(unit) => {
                write!(f, "expected a unit that may be human, found that `{unit}` is determined not to be")
            }
            Self::SampleTwice { unit, sample } => {
                write!(f, "expected a new sample, found that `{sample}` was taken from `{unit}` before")
            }
            Self::NoSuchSample { unit, sample } => {
                write!(f, "expected a sample of `{unit}`, found `{sample}`, which was not taken from it")
            }
            Self::SampleGone { sample, by } => {
                write!(f, "expected a sample that is retained, found that `{sample}` is not, by `{by}`")
            }
            Self::InAnotherGroup { unit, expected, found } => {
                write!(f, "expected unit `{unit}` in ")?;
                group(f, *expected)?;
                f.write_str(", found it in ")?;
                group(f, *found)
            }
            Self::NotMoved(unit) => {
                write!(f, "expected another group than that in which `{unit}` is, found the same")
            }
            Self::OnlyFoundTogether(unit) => {
                write!(f, "expected a reason to associate `{unit}`, found only that it was found with others")
            }
            Self::NoBasis(unit) => write!(f, "expected a reason to associate `{unit}`, found none"),
            Self::KeptElsewhere { effect, expected, found } => {
                write!(f, "expected effect `{effect}` under ")?;
                code(f, *expected)?;
                f.write_str(", found it under ")?;
                code(f, *found)
            }
            Self::NothingForwarded => f.write_str("expected effects that are forwarded, found none"),
            Self::NoPacket => f.write_str("expected the reference of a sealed packet, found none"),
            Self::NoInventory => f.write_str("expected the reference of an inventory, found none"),
            Self::EffectTwice(effect) => write!(f, "expected each effect once, found `{effect}` twice"),
            Self::NoHalf(effect) => {
                write!(f, "expected a half of a double disc, found `{effect}`, which has no halves")
            }
        }
    }
}

fn group(f: &mut fmt::Formatter<'_>, group: Option<GroupId>) -> fmt::Result {
    match group {
        Some(group) => write!(f, "group `{group}`"),
        None => f.write_str("no group"),
    }
}

fn code(f: &mut fmt::Formatter<'_>, unit: Option<RemainsId>) -> fmt::Result {
    match unit {
        Some(unit) => write!(f, "the code of `{unit}`"),
        None => f.write_str("the code of no unit"),
    }
}
