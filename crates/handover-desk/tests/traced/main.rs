//! What a desk and a follower tell to `tracing`: which spans and events, in which of them, and nothing of what is recorded.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::{self, Write as _};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use handover::entry::{Entry, What};
use handover::ledger::keeper;
use handover::party::{Party, PartyEntry};
use handover_desk::{Desk, Follower, SystemClock};
use handover_journal::{
    AppendError, Journal, LedgerId, MemoryJournal, MemoryStore, Position, Record, Recorder, Stored,
};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::{LookupSpan, Registry, Scope};

/// Everything that was told, a line each: the spans around it, its own name, its fields.
type Told = Arc<Mutex<Vec<String>>>;

struct Recording(Told);

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    ["handover_desk", "traced"].iter().any(|target| metadata.target().starts_with(target))
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Recording {
    fn on_new_span(&self, span: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if is_ours(span.metadata()) {
            let mut fields = Fields(path(context.span_scope(id)));
            span.record(&mut fields);
            self.0.lock().unwrap().push(fields.0);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if is_ours(event.metadata()) {
            let mut fields = Fields(format!("{}:", path(context.event_scope(event))));
            event.record(&mut fields);
            self.0.lock().unwrap().push(fields.0);
        }
    }
}

fn path<'s, S: LookupSpan<'s>>(scope: Option<Scope<'s, S>>) -> String {
    let names: Vec<&str> = scope.into_iter().flat_map(Scope::from_root).map(|span| span.name()).collect();
    names.join("/")
}

/// A journal whose appends end as they are told, one after another.
struct Scripted(MemoryJournal, Vec<&'static str>);

impl Journal for Scripted {
    type Error = std::io::Error;

    fn append(
        &mut self,
        after: Position,
        records: &[Record],
    ) -> Result<Position, AppendError<std::io::Error>> {
        // What a server says of a row may hold the row.
        let why =
            || std::io::Error::other(format!("failing row: {}", records.first().map_or("", Record::payload)));
        let end = if self.1.is_empty() { "" } else { self.1.remove(0) };
        match end {
            "failed" => return Err(AppendError::Failed(why())),
            "unwritten" => return Err(AppendError::Unknown(why())),
            "conflict" => {
                let other = record("between");
                self.0.append(after, &[other]).map_err(|why| why.map(|never| match never {}))?;
            }
            _ => {}
        }
        let appended = self.0.append(after, records).map_err(|why| why.map(|never| match never {}))?;
        if end == "written" { Err(AppendError::Unknown(why())) } else { Ok(appended) }
    }

    fn read(
        &mut self,
        after: Position,
        each: &mut dyn FnMut(Stored<'_>) -> ControlFlow<()>,
    ) -> Result<(), std::io::Error> {
        self.0.read(after, each).map_err(|never| match never {})
    }

    fn head(&mut self) -> Result<Position, std::io::Error> {
        self.0.head().map_err(|never| match never {})
    }
}

fn party(id: &str) -> Entry {
    let name = format!("hidden-{id}");
    let party = Party { id: name.parse().unwrap(), name: name.parse().unwrap() };
    let what = What::Party(PartyEntry::Introduced(party));
    Entry { id: name.parse().unwrap(), by: keeper(), said: "2025-06-02".parse().unwrap(), source: None, what }
}

fn record(id: &str) -> Record {
    let payload = handover_wire::record::encode(&party(id)).unwrap();
    let at = handover_journal::Timestamp::from_micros(1);
    Record::new(at, Recorder::new("hidden recorder").unwrap(), handover_wire::record::VERSION, payload)
        .unwrap()
}

#[test]
fn what_is_done_is_told_and_nothing_of_what_is_recorded() {
    let told = Told::default();
    let subscriber = Registry::default().with(Recording(Arc::clone(&told)));
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let store = MemoryStore::new();
    let june = LedgerId::new("june").unwrap();
    let by = Recorder::new("hidden recorder").unwrap();
    let script = vec!["", "conflict", "", "failed", "written", "unwritten"];
    let around = tracing::info_span!(target: "traced", "june");
    let (desk, clerk) = around.in_scope(|| {
        let journal = Scripted(store.journal(&june), script);
        Desk::open(journal, SystemClock).unwrap()
    });
    let (follower, messenger) = around
        .in_scope(|| Follower::open(store.journal(&june), SystemClock, Duration::from_secs(3_600)).unwrap());
    for id in ["a", "b", "c", "d", "e"] {
        let _ = desk.submit(&by, vec![party(id)]).wait();
    }
    let nobody = Entry { by: "nobody".parse().unwrap(), ..party("f") };
    assert!(desk.submit(&by, vec![party("f"), nobody]).wait().is_err());
    follower.refresh().unwrap();
    clerk.close().unwrap();
    // One who wrote what may not stand.
    let mut journal = store.journal(&june);
    let head = journal.head().unwrap();
    let bad = Record::new(handover_journal::Timestamp::from_micros(1), by, 1, "{\"id\":\"hidden\"}").unwrap();
    journal.append(head, &[bad]).unwrap();
    assert!(follower.refresh().is_err());
    messenger.close().unwrap();

    let lines = told.lock().unwrap().clone();
    let all = lines.join("\n");
    assert!(!all.contains("hidden") && !all.contains("failing"), "{all}");
    let expected = [
        "june",
        "handover.submit entries=1",
        "handover.submit entries=2",
        "june/handover.group submissions=1 entries=1",
        "june/handover.group: message=written after=0 entries=1",
        "june/handover.group: message=conflict expected=1 found=2",
        "june/handover.group/handover.catch_up after=1",
        "june/handover.group/handover.catch_up: message=caught up head=2",
        "june/handover.group: message=written after=2 entries=1",
        "june/handover.group: message=not written after=3 entries=1",
        "june/handover.group: message=unknown whether written after=3 entries=1",
        "june/handover.group: message=found whether written written=true",
        "june/handover.group: message=found whether written written=false",
        "june/handover.group submissions=1 entries=2",
        "june/handover.refresh position=0",
        "june/handover.refresh: message=caught up head=5",
        "june/handover.refresh position=5",
        "june/handover.refresh: message=not caught up kind=\"payload\"",
    ];
    for line in expected {
        assert!(lines.iter().any(|it| it == line), "expected `{line}`, found:\n{all}");
    }
    // And nothing else is named: only positions, counts and kinds are in the fields.
    let names: std::collections::BTreeSet<&str> = lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .filter_map(|word| word.split_once('=').map(|(name, _)| name))
        .collect();
    let known = [
        "after",
        "entries",
        "expected",
        "found",
        "head",
        "kind",
        "message",
        "position",
        "submissions",
        "written",
    ];
    assert_eq!(names.into_iter().collect::<Vec<_>>(), known);
}
