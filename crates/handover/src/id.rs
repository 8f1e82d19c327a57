//! Identifiers: typed, made by the caller, and readable where a person made them.
//!
//! Every identifier is a [`Uuid`] in a type of its own, so that a party can never stand where a batch is
//! meant. A [`Key`] such as `istanbul` or `batch-2025-06-13` packs into a `UUIDv8` and back without a
//! dictionary; whatever is not a key is shown as the usual hyphenated UUID.

use core::fmt;
use core::str::FromStr;

use uuid::{Uuid, Variant};

/// The longest key, in characters.
const LONGEST: usize = 23;
/// So many characters stand in the higher of the two words of which a key is made, and the others in the lower.
const HIGH: usize = 11;
/// Thirty-seven characters and the end of the key.
const BASE: u64 = 38;
/// So many different lower words there are.
const LOW_KEYS: u128 = (BASE as u128).pow(12);
/// The keys in the order of their bytes: packed keys sort as their texts do.
const ALPHABET: &[u8; 37] = b"-0123456789abcdefghijklmnopqrstuvwxyz";

/// A readable name for an identifier: `[a-z][a-z0-9-]{0,22}`.
///
/// It packs into a `UUIDv8` and back. The order of packed keys is the order of their texts.
///
/// ```
/// use handover::id::Key;
///
/// let key: Key = "batch-2025-06-13".parse()?;
/// assert_eq!(Key::from_uuid(key.to_uuid()), Some(key));
/// assert!("Istanbul".parse::<Key>().is_err());
/// # Ok::<(), handover::id::KeyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u128);

impl Key {
    /// Reads a key.
    ///
    /// # Errors
    /// In this order: the text is empty, it is longer than 23 characters, it does not begin with a letter
    /// `a` to `z`, it holds another character than `a` to `z`, `0` to `9` and `-`.
    pub const fn new(text: &str) -> Result<Self, KeyError> {
        let bytes = text.as_bytes();
        if bytes.is_empty() {
            return Err(KeyError::Empty);
        }
        if bytes.len() > LONGEST {
            return Err(KeyError::TooLong);
        }
        let (mut high, mut low): (u64, u64) = (0, 0);
        let mut at = 0;
        let mut rest = bytes;
        while at < LONGEST {
            let digit = match rest {
                [] => 0,
                [byte, after @ ..] => {
                    rest = after;
                    match *byte {
                        letter @ b'a'..=b'z' => letter.saturating_sub(b'a').saturating_add(12),
                        number @ b'0'..=b'9' if at > 0 => number.saturating_sub(b'0').saturating_add(2),
                        b'-' if at > 0 => 1,
                        _ if at == 0 => return Err(KeyError::FirstCharacter),
                        _ => return Err(KeyError::Character),
                    }
                }
            };
            if at < HIGH {
                high = high.saturating_mul(BASE).saturating_add(digit as u64);
            } else {
                low = low.saturating_mul(BASE).saturating_add(digit as u64);
            }
            at = at.saturating_add(1);
        }
        Ok(Self((high as u128).saturating_mul(LOW_KEYS).saturating_add(low as u128)))
    }

    /// The `UUIDv8` that carries this key.
    pub const fn to_uuid(self) -> Uuid {
        // 122 bits are free in a UUIDv8: 48 before the version, 12 between version and variant, 62 after.
        let high = (self.0 >> 74) & 0xffff_ffff_ffff;
        let middle = (self.0 >> 62) & 0xfff;
        let low = self.0 & 0x3fff_ffff_ffff_ffff;
        Uuid::from_u128((high << 80) | (0x8 << 76) | (middle << 64) | (0x2 << 62) | low)
    }

    /// The key that a UUID carries, if it carries one.
    pub fn from_uuid(uuid: Uuid) -> Option<Self> {
        Self::carried_by(uuid).filter(|key| key.unpack().is_some())
    }

    /// What stands in a `UUIDv8` where a key would.
    fn carried_by(uuid: Uuid) -> Option<Self> {
        if uuid.get_version_num() != 8 || uuid.get_variant() != Variant::RFC4122 {
            return None;
        }
        let bits = uuid.as_u128();
        let packed = ((bits >> 80) << 74) | (((bits >> 64) & 0xfff) << 62) | (bits & 0x3fff_ffff_ffff_ffff);
        Some(Self(packed))
    }

    /// The text of this key, if it has one: a letter first, and no gap before its end.
    fn unpack(self) -> Option<Spelled> {
        let high = self.0.checked_div(LOW_KEYS)?;
        let low = self.0.checked_sub(high.checked_mul(LOW_KEYS)?)?;
        let (mut high, mut low) = (u64::try_from(high).ok()?, u64::try_from(low).ok()?);
        let mut text = [0; LONGEST];
        let mut length = 0;
        for (at, place) in text.iter_mut().enumerate().rev() {
            let half = if at < HIGH { &mut high } else { &mut low };
            let digit = half.checked_rem(BASE)?;
            *half = half.checked_div(BASE)?;
            if digit > 0 {
                *place = *ALPHABET.get(usize::try_from(digit.checked_sub(1)?).ok()?)?;
                length = length.max(at.checked_add(1)?);
            } else if length > 0 {
                return None;
            }
        }
        (high == 0 && text.first().is_some_and(u8::is_ascii_lowercase)).then_some(Spelled { text, length })
    }
}

/// The characters of a key, and how many there are.
struct Spelled {
    text: [u8; LONGEST],
    length: usize,
}

impl fmt::Display for Spelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.get(..self.length).and_then(|bytes| core::str::from_utf8(bytes).ok());
        f.pad(text.unwrap_or_default())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.unpack().ok_or(fmt::Error)?.fmt(f)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{self}`")
    }
}

/// # Errors
/// As [`Key::new`].
impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::new(text)
    }
}

/// Why a text is no key and no identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// There is no text.
    Empty,
    /// The text is longer than a key may be, and it is no UUID.
    TooLong,
    /// A key begins with a letter `a` to `z`.
    FirstCharacter,
    /// A key holds only `a` to `z`, `0` to `9` and `-`.
    Character,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "expected a key such as `istanbul` or a UUID, found an empty text",
            Self::TooLong => "expected a key of at most 23 characters or a UUID of 36",
            Self::FirstCharacter => "expected a key that begins with a letter `a` to `z`",
            Self::Character => "expected a key of `a` to `z`, `0` to `9` and `-` only",
        })
    }
}

impl core::error::Error for KeyError {}

/// What all identifiers have in common.
pub(crate) trait Identifier: Copy + Eq + core::hash::Hash {
    /// What a refusal calls it.
    const KIND: &'static str;

    /// The UUID.
    fn uuid(self) -> Uuid;
}

macro_rules! identifiers {
    ($($(#[doc = $doc:expr])* $name:ident, $what:literal;)*) => {$(
        $(#[doc = $doc])*
        ///
        /// Its text is a [`Key`] or a hyphenated UUID.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The identifier that holds this UUID.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The identifier that this readable key packs into.
            pub const fn from_key(key: Key) -> Self {
                Self(key.to_uuid())
            }

            /// The UUID.
            pub const fn to_uuid(self) -> Uuid {
                self.0
            }
        }

        impl Identifier for $name {
            const KIND: &'static str = $what;

            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                show(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} `{self}`", $what)
            }
        }

        /// # Errors
        /// A text that is no hyphenated UUID in small letters is read as a key: as [`Key::new`].
        impl FromStr for $name {
            type Err = KeyError;

            fn from_str(text: &str) -> Result<Self, KeyError> {
                read(text).map(Self)
            }
        }

        text_form!($name, $what, "^([a-z][a-z0-9-]{0,22}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$");

        #[cfg(feature = "proptest")]
        impl proptest::arbitrary::Arbitrary for $name {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::strategy::Strategy;
                any_uuid().prop_map(Self).boxed()
            }
        }
    )*};
}

identifiers! {
    /// Names an entry of the ledger, and the claim that an entry makes.
    EntryId, "entry";
    /// Names a party to the conflict.
    PartyId, "party";
    /// Names an organ: an institution that speaks.
    OrganId, "organ";
    /// Names a speaker: someone who speaks for an organ.
    SpeakerId, "speaker";
    /// Names a source: where a statement was read.
    SourceId, "source";
    /// Names an agreement.
    AgreementId, "agreement";
    /// Names an obligation.
    ObligationId, "obligation";
    /// Names a handover, and the slot that was set for it.
    HandoverId, "handover";
    /// Names a leg: one direction and category of a handover.
    LegId, "leg";
    /// Names a batch.
    BatchId, "batch";
    /// Names a container: the permanent code that is written on it, never used again (invariant 21).
    ContainerId, "container";
    /// Names a transfer of custody: what one gives and another receives.
    TransferId, "transfer";
    /// Names a unit of remains: the permanent code of the smallest separately numbered piece (invariants 21 and 29).
    RemainsId, "unit of remains";
    /// Names a group of units that are taken to be of one individual: a hypothesis with a history.
    GroupId, "group";
    /// Names a person, and says nothing of who that is: the name is kept elsewhere, under lock (`docs/rules.md` d3).
    PersonRef, "person";
    /// Names a version of an identification policy.
    PolicyId, "policy";
    /// Names an effect that was found with remains: an identity disc, a document, an article.
    EffectId, "effect";
    /// Refers to something in a protected store: a sample, an examination record, a laboratory report, an inventory.
    /// What it holds is never in the ledger (invariant 58).
    RecordRef, "protected record";
    /// Names a published total.
    TotalId, "total";
    /// Names an event of which an agreement speaks: a condition, a phase, a trigger.
    MilestoneId, "milestone";
    /// Names a category of persons that an agreement distinguishes, such as `under-25`.
    CategoryId, "category";
    /// Names a list of prisoners whom one party is to hand over to another.
    ListId, "list";
    /// Names an entry of such a list: one person, once.
    NominationId, "entry of a list";
}

fn show(uuid: Uuid, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match Key::carried_by(uuid).and_then(Key::unpack) {
        Some(text) => fmt::Display::fmt(&text, f),
        None => fmt::Display::fmt(&uuid.hyphenated(), f),
    }
}

fn read(text: &str) -> Result<Uuid, KeyError> {
    if text.len() == 36
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
        && let Ok(uuid) = Uuid::try_parse(text)
    {
        return Ok(uuid);
    }
    Key::new(text).map(Key::to_uuid)
}

#[cfg(feature = "proptest")]
fn any_uuid() -> impl proptest::strategy::Strategy<Value = Uuid> {
    use proptest::prelude::*;
    prop_oneof![
        "[a-z][a-z0-9-]{0,22}".prop_filter_map("a key", |text| Key::new(&text).ok().map(Key::to_uuid)),
        any::<u128>().prop_map(Uuid::from_u128),
    ]
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn the_shortest_and_the_longest_key_come_back() {
        for text in ["a", "z", "a-", "zzzzzzzzzzzzzzzzzzzzzzz", "a0-9z", "a----------------------"] {
            let key = Key::new(text).unwrap();
            assert_eq!(key.to_string(), text);
            let uuid = key.to_uuid();
            assert_eq!((uuid.get_version_num(), uuid.get_variant()), (8, Variant::RFC4122));
            assert_eq!(Key::from_uuid(uuid), Some(key));
        }
    }

    #[test]
    fn what_is_no_key_is_refused_in_order() {
        for (text, error) in [
            ("", KeyError::Empty),
            ("aaaaaaaaaaaaaaaaaaaaaaaa", KeyError::TooLong),
            ("-a", KeyError::FirstCharacter),
            ("9a", KeyError::FirstCharacter),
            ("A", KeyError::FirstCharacter),
            ("aB", KeyError::Character),
            ("a_", KeyError::Character),
            ("é", KeyError::FirstCharacter),
        ] {
            assert_eq!(Key::new(text), Err(error), "{text}");
        }
    }

    #[test]
    fn keys_sort_as_their_texts() {
        let texts = ["a", "a-", "a-b", "a0", "a9", "aa", "ab", "b", "z", "zz"];
        for pair in texts.windows(2) {
            let (first, second) = (Key::new(pair[0]).unwrap(), Key::new(pair[1]).unwrap());
            assert!(first < second && first.to_uuid() < second.to_uuid(), "{pair:?}");
        }
    }

    #[test]
    fn a_uuid_that_is_no_key_shows_as_itself() {
        for text in [
            "00000000-0000-8000-8000-000000000000", // version 8, the empty key
            "ffffffff-ffff-8fff-bfff-ffffffffffff", // version 8, beyond the last key
            "01890a5d-ac96-774b-bcce-b302099a8057", // version 7
        ] {
            let id: EntryId = text.parse().unwrap();
            assert_eq!(id.to_string(), text);
        }
        let hole = Uuid::from_u128(Key::new("a").unwrap().to_uuid().as_u128() | 1);
        assert_eq!(Key::from_uuid(hole), None, "a gap inside a key");
        assert!("01890A5D-AC96-774B-BCCE-B302099A8057".parse::<EntryId>().is_err());
    }
}
