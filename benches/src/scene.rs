use std::collections::VecDeque;
use std::str::FromStr;

use handover::claim::{Claim, ClaimEntry, Statement, Subject};
use handover::entry::{Entry, What};
use handover::id::{EntryId, PartyId, SourceId, SpeakerId};
use handover::ledger::keeper;
use handover::quantity::{Count, Quantity, Unit};
use handover::text::{Quotation, Text};
use handover::when::When;

/// An admissible history without an end: two parties with three organs each, an intermediary and the press; agreements
/// one after another, under each so many handovers, and of each what both sides say. Nearly four in five entries are claims.
///
/// ```
/// use handover::ledger::Ledger;
/// use handover_benches::Scene;
///
/// let mut ledger = Ledger::new();
/// for entry in Scene::new().take(1_000) {
///     ledger.post(&entry)?;
/// }
/// assert_eq!(ledger.len(), 1_000);
/// # Ok::<(), handover::refusal::Refusal>(())
/// ```
#[derive(Debug)]
pub struct Scene {
    pending: VecDeque<Entry>,
    sequence: u64,
    minute: u64,
    pub(crate) stage_length: u64,
    /// How many handovers there were.
    pub(crate) round: u64,
    pub(crate) parties: [PartyId; 2],
    /// The speakers of each party, those of the organ that is followed first in front.
    pub(crate) speakers: [[SpeakerId; 3]; 2],
    pub(crate) neutral: SpeakerId,
    pub(crate) press: [SpeakerId; 2],
    pub(crate) reports: SpeakerId,
    pub(crate) sources: [SourceId; 4],
    pub(crate) words: Words,
}

/// Texts that many entries share: in a history each entry has its own.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) note: Text,
    pub(crate) act: Text,
    pub(crate) place: Text,
    pub(crate) means: Text,
    pub(crate) reason: Text,
    pub(crate) quotation: Quotation,
}

impl Default for Scene {
    fn default() -> Self {
        Self::new()
    }
}

impl Scene {
    /// Agreements with a hundred handovers each, as operations of several stages have them.
    pub fn new() -> Self {
        Self::in_stages_of(100)
    }

    /// One agreement and two obligations each way, which every handover performs: the longest lists that there can be.
    pub fn under_one_agreement() -> Self {
        Self::in_stages_of(u64::MAX)
    }

    fn in_stages_of(stage_length: u64) -> Self {
        let mut scene = Self {
            pending: VecDeque::new(),
            sequence: 1,
            minute: 0,
            stage_length,
            round: 0,
            parties: ["north", "south"].map(made),
            speakers: [
                ["north-desk", "north-chief", "north-minister"],
                ["south-desk", "south-chief", "south-minister"],
            ]
            .map(|names| names.map(made)),
            neutral: made("observer-desk"),
            press: ["agency-desk", "paper-desk"].map(made),
            reports: made("reports-desk"),
            sources: ["communique", "briefing", "article", "broadcast"].map(made),
            words: Words {
                note: made("the hour was given by telephone and confirmed in writing on the next day"),
                act: made("kept back those whose return was agreed for this day"),
                place: made("the crossing at the northern bridge"),
                means: made("in refrigerated lorries under the emblem of the intermediary"),
                reason: made("the manifest was read twice"),
                quotation: Quotation {
                    words: made("we received them with honour, and the work of giving each a name goes on"),
                    language: made("en"),
                    translation: None,
                },
            },
        };
        scene.introduce_those_who_speak();
        scene
    }

    /// The next number of a fixed linear sequence, below `end`.
    pub(crate) fn number(&mut self, end: u64) -> u64 {
        self.sequence =
            self.sequence.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.sequence >> 33).checked_rem(end).unwrap_or_default()
    }

    /// Whether it is the turn of something that happens once in so many handovers.
    pub(crate) fn once_in(&self, rounds: u64) -> bool {
        self.round.is_multiple_of(rounds)
    }

    /// The day of a handover by its number: every month has twenty-eight days here.
    pub(crate) fn day_of(round: u64) -> String {
        let (year, month, day) = (1950 + round / 336, round / 28 % 12 + 1, round % 28 + 1);
        format!("{year}-{month:02}-{day:02}")
    }

    pub(crate) fn today(&self) -> When {
        made(&format!("{}+03:00", Self::day_of(self.round)))
    }

    fn id(&mut self) -> EntryId {
        let (random, more) = (self.number(1 << 30), self.number(1 << 30));
        let time = 1_700_000_000_000 + self.minute * 60_000 + self.number(60_000);
        made(&format!(
            "{:08x}-{:04x}-7{:03x}-{:04x}-{more:012x}",
            time >> 16,
            time & 0xffff,
            random & 0xfff,
            0x8000 | (random >> 12 & 0x3fff)
        ))
    }

    pub(crate) fn record(&mut self, by: SpeakerId, what: What) -> EntryId {
        self.minute += 1;
        let (hour, minute) = (self.minute / 60 % 24, self.minute % 60);
        let said = made(&format!("{}T{hour:02}:{minute:02}+03:00", Self::day_of(self.round)));
        let at = self.number(6);
        let source = usize::try_from(at).ok().and_then(|at| self.sources.get(at)).copied();
        let source = source.filter(|_| by != keeper());
        let id = self.id();
        self.pending.push_back(Entry { id, by, said, source, what });
        id
    }

    pub(crate) fn keep(&mut self, what: What) -> EntryId {
        self.record(keeper(), what)
    }

    pub(crate) fn say(&mut self, by: SpeakerId, about: Subject, says: Statement) -> EntryId {
        let mut claim = Claim::new(about, says);
        match self.number(8) {
            0 | 1 => claim.quotation = Some(self.words.quotation.clone()),
            2 => claim.note = Some(self.words.note.clone()),
            _ => {}
        }
        self.record(by, What::Claim(ClaimEntry::Made(claim)))
    }
}

impl Iterator for Scene {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self.pending.is_empty() {
            self.next_round();
        }
        self.pending.pop_front()
    }
}

/// What a text of the scene stands for.
#[expect(
    clippy::expect_used,
    reason = "every text of a scene is well formed, or there is nothing to measure"
)]
pub(crate) fn made<T: FromStr<Err: core::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a well-formed text")
}

pub(crate) fn count(quantity: impl Into<Quantity>, unit: Unit) -> Count {
    Count { quantity: quantity.into(), unit, qualifier: None }
}
