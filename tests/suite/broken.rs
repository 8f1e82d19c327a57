//! Journals in memory that are wrong in one way each.

use core::fmt;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use handover_journal::conformance::{Capability, Fixture, Prepared};
use handover_journal::{AppendError, Journal, Position, Record, Recorder, Stored, Timestamp};

/// In which way a journal is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    None,
    /// It begins with a record of its own.
    NotEmpty,
    /// A single record after the first is acknowledged and not kept.
    LostAppend,
    /// The records of an append after the thousandth are acknowledged and not kept.
    TornBatch,
    /// A single record is kept twice.
    DoubledAppend,
    /// The answer is the position of the first record.
    AnswersTheFirst,
    /// What is appended together is put into the order of its text.
    SortedBatch,
    /// The first record takes the place of the last that was appended.
    Rewrites,
    /// Positions are numbers of sixteen bits, and the rest is refused.
    SixteenBits,
    /// The head is remembered by each handle.
    StaleHead,
    /// A handle that is behind appends all the same.
    StaleWriter,
    /// An append beyond the head is taken for one at the head.
    BeyondTheHead,
    /// A conflict is answered as a success that wrote nothing.
    SwallowedConflict,
    /// A conflict names the positions the other way about.
    ConflictTurned,
    /// What was refused is written with the next append.
    LeftFromBefore,
    /// The first record of what is refused is written.
    PartOfARefusal,
    /// After a conflict a handle is of no use.
    ConflictEndsTheHandle,
    /// An append of nothing fails.
    NothingFails,
    /// An append of nothing succeeds anywhere.
    NothingAnywhere,
    /// Payloads are trimmed.
    Trimmed,
    /// Payloads that look like JSON are written anew.
    Tidied,
    /// Payloads are cut at 65,535 bytes.
    ShortPayloads,
    /// Recorders are cut at 64 characters.
    ShortRecorders,
    /// Versions are numbers of eight bits.
    SmallVersions,
    /// Times are kept to the millisecond.
    Milliseconds,
    /// Records are read in the order of their times.
    ClockOrder,
    /// A record that equals the last is not kept again.
    Deduplicated,
    /// Reading begins with the record at the position.
    Inclusive,
    /// Each page after the first thousand records is turned about.
    ReorderedPage,
    /// Reading ends after ten thousand records.
    ShortPage,
    /// Reading beyond the head begins anew.
    BeyondBeginsAnew,
    /// A break is not heard.
    DeafToBreaks,
    /// Reading goes on where the last reading ended.
    OneCursor,
    /// Whoever has read cannot append.
    ReadingCloses,
    /// A handle sees what was there when it was opened, and its own.
    SeesItsOwn,
    /// The last append goes with its handle.
    TakesAlong,
    /// Only the handle that wrote first may write.
    FirstWriterOnly,
    /// The head is asked for before the lock is taken.
    RacingHead,
    /// Records are put there one by one, for all to see.
    OneByOne,
    /// All ledgers are one.
    OneLedger,
    /// A conflict is looked for in the ledger that was last written.
    OneHead,
    /// Reopening loses the last append.
    ForgetsTheLast,
    /// Reopening finds no head.
    ForgetsTheHead,
    /// What is cut short is said to have failed.
    UnknownSaysFailed,
    /// What is cut short is there in part.
    UnknownTorn,
    /// What is cut short turns up once it was read.
    UnknownLate,
}

pub(crate) type Records = Vec<Record>;

#[derive(Debug, Default)]
struct Ledger {
    records: Records,
    /// What was refused, and is written with the next.
    left: Records,
    /// What is under way when it should not be any more.
    late: Records,
    /// Who wrote first.
    owner: Option<u64>,
    /// Of how many records the last append was.
    last: usize,
    /// How often an append was cut short.
    cuts: u64,
    /// Reopening has lost the head.
    headless: bool,
}

type Shared = Arc<Mutex<Ledger>>;

fn locked(shared: &Shared) -> MutexGuard<'_, Ledger> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A store whose handles are wrong in the way of this number.
pub(crate) struct Broken<const FAULT: usize> {
    ledgers: Mutex<BTreeMap<&'static str, Shared>>,
}

/// A handle on one of its ledgers.
pub(crate) struct Handle {
    fault: Fault,
    ledger: Shared,
    /// The ledger that a fault looks at in this one's stead.
    beside: Option<Shared>,
    number: u64,
    seen: Option<u64>,
    opened: usize,
    own: Vec<usize>,
    cursor: usize,
    closed: bool,
    cut: bool,
}

#[derive(Debug)]
pub(crate) struct Fails(&'static str);

impl fmt::Display for Fails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for Fails {}

fn filler() -> Record {
    let by = Recorder::new("nobody").unwrap();
    Record::new(Timestamp::from_micros(0), by, 1, "nothing").unwrap()
}

impl<const FAULT: usize> Broken<FAULT> {
    fn fault() -> Fault {
        crate::cases::FAULTS[FAULT].fault
    }

    fn ledger(&self, name: &'static str) -> Shared {
        let name = if Self::fault() == Fault::OneLedger { "one" } else { name };
        let mut ledgers = self.ledgers.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || {
            let mut ledger = Ledger::default();
            if Self::fault() == Fault::NotEmpty {
                ledger.records.push(filler());
            }
            Arc::new(Mutex::new(ledger))
        };
        Arc::clone(ledgers.entry(name).or_insert_with(fresh))
    }

    fn handle(&self, name: &'static str, other: &'static str) -> Handle {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let ledger = self.ledger(name);
        let opened = locked(&ledger).records.len();
        Handle {
            fault: Self::fault(),
            beside: (Self::fault() == Fault::OneHead).then(|| self.ledger(other)),
            ledger,
            number: NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed),
            seen: None,
            opened,
            own: Vec::new(),
            cursor: 0,
            closed: false,
            cut: false,
        }
    }
}

impl<const FAULT: usize> Fixture for Broken<FAULT> {
    type Journal = Handle;
    const DURABLE: Capability = Capability::Claimed;
    const SEVERAL_LEDGERS: Capability = Capability::Claimed;
    const CUT_SHORT: Capability = Capability::Claimed;

    fn fresh() -> Prepared<Self> {
        Ok(Self { ledgers: Mutex::default() })
    }

    fn connect(&self) -> Prepared<Handle> {
        Ok(self.handle("june", "july"))
    }

    fn other_ledger(&self) -> Prepared<Option<Handle>> {
        Ok(Some(self.handle("july", "june")))
    }

    fn cut_short(&self) -> Prepared<Option<Handle>> {
        let mut handle = self.handle("june", "july");
        handle.cut = true;
        Ok(Some(handle))
    }

    fn reopen(self) -> Prepared<Option<Self>> {
        for ledger in self.ledgers.lock().unwrap_or_else(PoisonError::into_inner).values() {
            let mut ledger = locked(ledger);
            match Self::fault() {
                Fault::ForgetsTheLast => {
                    let kept = ledger.records.len().saturating_sub(ledger.last);
                    ledger.records.truncate(kept);
                    ledger.last = 0;
                }
                Fault::ForgetsTheHead => ledger.headless = true,
                _ => {}
            }
        }
        Ok(Some(self))
    }
}

impl Handle {
    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn number(count: usize) -> u64 {
        u64::try_from(count).unwrap()
    }

    /// A record as this journal keeps it.
    fn kept(&self, record: &Record) -> Record {
        let (mut at, mut by) = (record.recorded_at().micros(), record.recorded_by().as_str().to_owned());
        let (mut version, mut payload) = (record.version(), record.payload().to_owned());
        match self.fault {
            Fault::Trimmed => payload = String::from(payload.trim()),
            Fault::Tidied => {
                if let Ok(value) = serde_json::from_str::<serde_json::Value>(&payload) {
                    payload = value.to_string();
                }
            }
            Fault::ShortPayloads => {
                let end = (0..=payload.len().min(65_535)).rev().find(|at| payload.is_char_boundary(*at));
                payload.truncate(end.unwrap());
            }
            Fault::ShortRecorders => by = by.chars().take(64).collect(),
            Fault::SmallVersions => version %= 256,
            Fault::Milliseconds => at = at / 1_000 * 1_000,
            _ => return record.clone(),
        }
        Record::new(Timestamp::from_micros(at), Recorder::new(&by).unwrap(), version, payload).unwrap()
    }

    /// Puts records there, in this journal's way.
    fn write(&mut self, ledger: &mut Ledger, records: &[Record]) {
        let mut new: Records = records.iter().map(|record| self.kept(record)).collect();
        let is_later = !ledger.records.is_empty();
        match self.fault {
            Fault::LostAppend if new.len() == 1 && is_later => new.clear(),
            Fault::TornBatch => new.truncate(1_000),
            Fault::DoubledAppend if new.len() == 1 => new.push(new[0].clone()),
            Fault::SortedBatch => new.sort_by(|one, two| one.payload().cmp(two.payload())),
            Fault::Rewrites if is_later => {
                let last = new.last().unwrap().clone();
                ledger.records[0] = last;
            }
            Fault::Deduplicated => {
                let last = ledger.records.last().cloned();
                new.dedup();
                if new.first() == last.as_ref() {
                    new.remove(0);
                }
            }
            _ => {}
        }
        ledger.last = new.len();
        ledger.owner.get_or_insert(self.number);
        for record in std::mem::take(&mut ledger.left).into_iter().chain(new) {
            self.own.push(ledger.records.len());
            ledger.records.push(record);
        }
    }

    /// What this handle sees.
    fn view(&self, ledger: &Ledger) -> Records {
        let mut records: Records = ledger.records.clone();
        match self.fault {
            Fault::SeesItsOwn => {
                let mine = records.into_iter().enumerate();
                records = mine
                    .filter(|(at, _)| *at < self.opened || self.own.contains(at))
                    .map(|(_, it)| it)
                    .collect();
            }
            Fault::ClockOrder => records.sort_by_key(Record::recorded_at),
            Fault::ReorderedPage if records.len() > 1_000 => {
                for page in records[1_000..].chunks_mut(100) {
                    page.reverse();
                }
            }
            Fault::ShortPage => records.truncate(10_000),
            _ => {}
        }
        records
    }
}

impl Journal for Handle {
    type Error = Fails;

    fn append(&mut self, after: Position, records: &[Record]) -> Result<Position, AppendError<Fails>> {
        let shared = Arc::clone(&self.ledger);
        let early = locked(&shared).records.len();
        if self.is(Fault::RacingHead) {
            // Whoever is unlucky writes what another has written meanwhile.
            std::thread::sleep(std::time::Duration::from_micros(300));
        }
        let beside = self.beside.as_ref().map(|it| locked(it).records.len()).filter(|it| *it > 0);
        let mut ledger = locked(&shared);
        if self.closed {
            return Err(AppendError::Failed(Fails("it is of no use any more")));
        }
        if self.is(Fault::FirstWriterOnly) && ledger.owner.is_some_and(|owner| owner != self.number) {
            return Err(AppendError::Failed(Fails("another handle writes here")));
        }
        let head = match (self.fault, beside) {
            (Fault::RacingHead, _) => early,
            (Fault::OneHead, Some(other)) => other,
            (Fault::ForgetsTheHead, _) if ledger.headless => 0,
            _ => ledger.records.len(),
        };
        let found = Position::new(Self::number(head));
        if records.is_empty() && self.is(Fault::NothingFails) {
            return Err(AppendError::Failed(Fails("there is nothing to append")));
        }
        let elsewhere = match self.fault {
            Fault::NothingAnywhere if records.is_empty() => false,
            Fault::StaleWriter => after > found,
            Fault::BeyondTheHead => after < found,
            _ => after != found,
        };
        if elsewhere {
            self.closed = self.is(Fault::ConflictEndsTheHandle);
            match self.fault {
                Fault::SwallowedConflict => return Ok(after.forward(Self::number(records.len()))),
                Fault::ConflictTurned => {
                    return Err(AppendError::Conflict { expected: found, found: after });
                }
                Fault::LeftFromBefore => ledger.left.extend(records.iter().take(1).cloned()),
                Fault::PartOfARefusal => ledger.records.extend(records.iter().take(1).cloned()),
                _ => {}
            }
            return Err(AppendError::Conflict { expected: after, found });
        }
        if self.is(Fault::SixteenBits) && head + records.len() > 65_535 {
            return Err(AppendError::Failed(Fails("the journal is full")));
        }
        if records.is_empty() {
            return Ok(after);
        }
        if std::mem::take(&mut self.cut) {
            ledger.cuts += 1;
            let written = ledger.cuts.is_multiple_of(2);
            match self.fault {
                Fault::UnknownSaysFailed => return Err(AppendError::Failed(Fails("the connection ended"))),
                Fault::UnknownTorn => self.write(&mut ledger, &records[..1]),
                Fault::UnknownLate if !written => ledger.late = records.to_vec(),
                _ if written => self.write(&mut ledger, records),
                _ => {}
            }
            return Err(AppendError::Unknown(Fails("the connection ended")));
        }
        if self.is(Fault::OneByOne) {
            drop(ledger);
            for record in records {
                let mut ledger = locked(&shared);
                self.write(&mut ledger, std::slice::from_ref(record));
                drop(ledger);
                if records.len() < 10 {
                    std::thread::sleep(std::time::Duration::from_micros(50));
                }
            }
        } else {
            self.write(&mut ledger, records);
        }
        let end = after.forward(Self::number(records.len()));
        self.seen = Some(end.number());
        Ok(if self.is(Fault::AnswersTheFirst) { after.next() } else { end })
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), Fails> {
        let shared = Arc::clone(&self.ledger);
        let mut skipped = usize::try_from(after.number()).unwrap_or(usize::MAX);
        self.closed |= self.is(Fault::ReadingCloses);
        let records = self.view(&locked(&shared));
        if self.is(Fault::Inclusive) {
            skipped = skipped.saturating_sub(1);
        }
        if self.is(Fault::BeyondBeginsAnew) && skipped > records.len() {
            skipped = 0;
        }
        if self.is(Fault::OneCursor) {
            skipped = skipped.max(self.cursor);
        }
        let mut at = skipped;
        let live = self.is(Fault::OneByOne);
        loop {
            let record =
                if live { locked(&shared).records.get(at).cloned() } else { records.get(at).cloned() };
            let Some(record) = record else { break };
            at += 1;
            let position = Position::new(Self::number(at));
            let by = record.recorded_by().as_str();
            let stored = Stored::new(position, record.recorded_at(), by, record.version(), record.payload());
            if each(stored).is_break() && !self.is(Fault::DeafToBreaks) {
                break;
            }
        }
        if self.is(Fault::OneCursor) && at > skipped {
            self.cursor = at;
        }
        let mut ledger = locked(&shared);
        let late = std::mem::take(&mut ledger.late);
        ledger.records.extend(late);
        Ok(())
    }

    fn head(&mut self) -> Result<Position, Fails> {
        let ledger = locked(&self.ledger);
        let now = Self::number(self.view(&ledger).len());
        let now = match self.fault {
            Fault::ForgetsTheHead if ledger.headless => 0,
            Fault::ShortPage | Fault::SeesItsOwn => Self::number(ledger.records.len()),
            _ => now,
        };
        drop(ledger);
        let told = if self.is(Fault::StaleHead) { *self.seen.get_or_insert(now) } else { now };
        Ok(Position::new(told))
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if self.is(Fault::TakesAlong) && !self.own.is_empty() {
            let mut ledger = locked(&self.ledger);
            let kept = ledger.records.len().saturating_sub(ledger.last);
            ledger.records.truncate(kept);
        }
    }
}
