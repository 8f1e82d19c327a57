//! A manifest comes back: what is written of a batch is read as the same entries, however a spreadsheet writes it.

use std::io::{Cursor, Read};

use csv::{QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};
use handover::container::{Alias, Container, ContainerEntry, Provenance};
use handover::entry::{Entry, What};
use handover::id::{ContainerId, EntryId, OrganId};
use handover::ledger::Ledger;
use handover::text::Text;
use handover::when::When;
use handover_wire::manifest::{
    Cover, Options, Reader, RowError, Separator, alias_entry, container_entry, read_into, write_from,
};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const LEDGER: &str = include_str!("../golden/manifest/ledger.jsonl");
const ORGANS: [&str; 2] = ["n-army", "s-office"];

/// A ledger in which a batch is recorded, and what concerns it.
fn ledger() -> Ledger {
    let mut ledger = Ledger::new();
    handover_wire::read_into(&mut ledger, LEDGER.as_bytes()).unwrap();
    ledger
}

fn cover() -> Cover {
    let said = "2025-06-11T18:00+03:00".parse().unwrap();
    Cover::new("june-11".parse().unwrap(), "s-office".parse().unwrap(), "s".parse().unwrap(), said)
}

/// Texts, biased to what a spreadsheet would act on and what the format could take for something else.
fn texts() -> impl Strategy<Value = Text> {
    let start =
        select(vec!["", "", "=", "+", "-", "@", "'", "''", "＝", "\"", "unknown", "'undisclosed", "1.5E+16"]);
    let rest = prop_oneof!["\\PC{0,12}", "[,;\"'\t =a0]{0,6}", Just(String::new())];
    (start, rest).prop_filter_map("a text", |(start, rest)| Text::new(format!("{start}{rest}").trim()).ok())
}

fn provenances() -> impl Strategy<Value = Provenance> {
    prop_oneof![Just(Provenance::Unknown), Just(Provenance::Undisclosed), texts().prop_map(Provenance::Told),]
}

type Line = (When, Provenance, Option<Text>, Option<Text>, [Vec<Text>; 2]);

fn lines() -> impl Strategy<Value = Line> {
    let numbers = || btree_set(texts(), 0..3).prop_map(|numbers| numbers.into_iter().collect::<Vec<_>>());
    (any::<When>(), provenances(), option::of(texts()), option::of(texts()), [numbers(), numbers()])
}

/// The entries of a batch, as a manifest makes them.
fn entries(batch: &[(ContainerId, Line)]) -> Vec<Entry> {
    let cover = cover();
    let entry = |id: EntryId, what: ContainerEntry| Entry {
        id,
        by: cover.by,
        said: cover.said,
        source: None,
        what: What::Container(what),
    };
    let mut entries = Vec::new();
    for (id, (since, provenance, seal, note, numbers)) in batch {
        let container = Container {
            id: *id,
            batch: Some(cover.batch),
            held_by: cover.held_by,
            since: *since,
            provenance: provenance.clone(),
            seal: seal.clone(),
            note: note.clone(),
        };
        entries.push(entry(container_entry(cover.batch, *id), ContainerEntry::Registered(container)));
        for (organ, numbers) in ORGANS.iter().zip(numbers) {
            let given_by: OrganId = organ.parse().unwrap();
            for code in numbers {
                let alias = Alias { container: *id, code: code.clone(), given_by };
                let id = alias_entry(cover.batch, *id, given_by, code);
                entries.push(entry(id, ContainerEntry::Alias(alias)));
            }
        }
    }
    entries
}

fn batches() -> impl Strategy<Value = Vec<(ContainerId, Line)>> {
    vec((any::<ContainerId>(), lines()), 0..6).prop_map(|mut batch| {
        batch.sort_by_key(|(id, _)| *id);
        batch.dedup_by_key(|(id, _)| *id);
        batch
    })
}

fn written(ledger: &Ledger, separator: Separator) -> Vec<u8> {
    let mut manifest = Vec::new();
    let written = write_from(ledger, cover().batch, separator, &mut manifest).unwrap();
    assert!(written.is_some());
    manifest
}

/// The ledger in which this manifest is read, and the entries that it makes.
fn read(manifest: &[u8]) -> (Ledger, Vec<Entry>) {
    let mut ledger = ledger();
    let report = read_into(&mut ledger, manifest, &cover(), Options::default()).unwrap();
    assert_eq!(report.bad, [], "{}", String::from_utf8_lossy(manifest));
    (ledger, report.entries)
}

fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.id);
    entries
}

proptest! {
    #![proptest_config(crate::cases(200))]

    #[test]
    fn what_is_written_is_read_as_the_same_entries(
        batch in batches(),
        separator in select(&Separator::ALL[..]),
    ) {
        let entries = entries(&batch);
        let mut told = ledger();
        for entry in &entries {
            let _ = told.post(entry).unwrap();
        }
        let manifest = written(&told, separator);
        let (again, found) = read(&manifest);
        prop_assert_eq!(&found, &entries, "{}", String::from_utf8_lossy(&manifest));
        prop_assert_eq!(written(&again, separator), manifest.clone());
        let report = read_into(&mut told, manifest.as_slice(), &cover(), Options::default()).unwrap();
        prop_assert_eq!((report.recorded, report.bad), (0, vec![]), "the same again is nothing new");
    }

    #[test]
    fn no_cell_is_written_that_a_spreadsheet_takes_for_a_formula(batch in batches()) {
        let mut told = ledger();
        for entry in &entries(&batch) {
            let _ = told.post(entry).unwrap();
        }
        let manifest = written(&told, Separator::Comma);
        for row in ReaderBuilder::new().has_headers(false).from_reader(manifest.as_slice()).records() {
            for cell in &row.unwrap() {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']), "{}", cell);
            }
        }
    }

    #[test]
    fn it_is_the_same_however_a_spreadsheet_writes_it(
        batch in batches(),
        separator in select(&Separator::ALL[..]),
        style in select(vec![QuoteStyle::Always, QuoteStyle::Necessary, QuoteStyle::NonNumeric]),
        terminator in select(vec![Terminator::CRLF, Terminator::Any(b'\n'), Terminator::Any(b'\r')]),
        (mark, shift) in (any::<bool>(), any::<Index>()),
    ) {
        let entries = entries(&batch);
        let mut told = ledger();
        for entry in &entries {
            let _ = told.post(entry).unwrap();
        }
        let canonical = written(&told, Separator::Comma);
        let mut out = if mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        let mut csv = WriterBuilder::new()
            .delimiter(separator.byte())
            .quote_style(style)
            .terminator(terminator)
            .from_writer(&mut out);
        for row in ReaderBuilder::new().has_headers(false).from_reader(canonical.as_slice()).records() {
            let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
            let by = shift.index(cells.len());
            cells.rotate_left(by);
            csv.write_record(&cells).unwrap();
        }
        csv.flush().unwrap();
        drop(csv);
        let (_, found) = read(&out);
        prop_assert_eq!(sorted(found), sorted(entries), "{}", String::from_utf8_lossy(&out));
    }

    #[test]
    fn whatever_is_in_the_file_all_stands_or_nothing(
        cells in vec("(c-[1-3]|2025|unknown|\"|'|=|,|;|\n|\r\n|\\PC){0,4}", 0..24),
        take_good_rows: bool,
        bytes in vec(any::<u8>(), 0..3),
    ) {
        let mut manifest = b"code,since,provenance,seal,alias:n-army\n".to_vec();
        for (at, cell) in cells.iter().enumerate() {
            manifest.extend_from_slice(cell.as_bytes());
            manifest.push(if at % 5 == 4 { b'\n' } else { b',' });
        }
        manifest.extend(bytes);
        let mut ledger = ledger();
        let before = ledger.len();
        let mut options = Options::default();
        options.take_good_rows = take_good_rows;
        match read_into(&mut ledger, manifest.as_slice(), &cover(), options) {
            Err(_) => prop_assert_eq!(ledger.len(), before),
            Ok(report) => {
                prop_assert!(report.bad.iter().all(|row| !row.faults.is_empty() && row.line > 1));
                let grown = u64::try_from(ledger.len() - before).unwrap();
                prop_assert_eq!(report.recorded, grown);
                prop_assert_eq!(u64::try_from(report.entries.len()).unwrap(), grown);
                prop_assert!(report.bad.is_empty() || take_good_rows || grown == 0);
            }
        }
        prop_assert!(handover::invariant::ALL.iter().all(|rule| rule.check(&ledger).is_ok()));
    }
}

/// How many rows a long manifest has: so many, or as many as `HANDOVER_MANIFEST_ROWS` says.
fn many() -> u64 {
    std::env::var("HANDOVER_MANIFEST_ROWS").ok().and_then(|text| text.parse().ok()).unwrap_or(20_000)
}

/// Rows that are made while they are read: the file is never held.
struct Long {
    row: u64,
    rows: u64,
    now: Cursor<Vec<u8>>,
}

impl Long {
    fn new(rows: u64) -> Self {
        let header = b"code,since,provenance,seal,note,alias:n-army\n".to_vec();
        Self { row: 0, rows, now: Cursor::new(header) }
    }
}

impl Read for Long {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.now.read(to)?;
        if read > 0 || self.row == self.rows {
            return Ok(read);
        }
        let row = self.row;
        self.row += 1;
        let line =
            format!("c-{row},2025-06-11T14:00+03:00,\"forest belt, sector {}\",,,BRC/{row}-а\n", row % 40);
        self.now = Cursor::new(line.into_bytes());
        self.now.read(to)
    }
}

#[test]
fn a_long_manifest_is_read_row_by_row_and_comes_back() {
    let rows = many();
    let cover = cover();
    let mut reader = Reader::new(Long::new(rows), &cover, Options::default()).unwrap();
    for row in &mut reader {
        assert_eq!(row.map_err(|why: RowError| why.to_string()).unwrap().entries.len(), 2);
    }
    assert_eq!(reader.rows(), rows);

    let mut ledger = ledger();
    let before = ledger.len();
    let report = read_into(&mut ledger, Long::new(rows), &cover, Options::default()).unwrap();
    assert_eq!((report.rows, report.recorded, report.bad), (rows, 2 * rows, vec![]));
    let mut whole = Vec::new();
    Long::new(rows).read_to_end(&mut whole).unwrap();
    assert!(written(&ledger, Separator::Comma) == whole, "it comes out as it went in");
    let again = read_into(&mut ledger, whole.as_slice(), &cover, Options::default()).unwrap();
    assert_eq!((again.recorded, again.already_recorded), (0, 2 * rows));
    assert_eq!(u64::try_from(ledger.len() - before).unwrap(), 2 * rows);
}
