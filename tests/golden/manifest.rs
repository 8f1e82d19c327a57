//! Manifests that must be read for ever, and what is said of bad ones.

use std::error::Error;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use handover::container::Provenance;
use handover::entry::Entry;
use handover::ledger::Ledger;
use handover_wire::manifest::{
    Cover, ManifestError, Options, Reader, Report, RowError, Separator, read_into, read_into_draft,
    write_from,
};
use handover_wire::{read_into as read_dossier, write_from as write_dossier};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/manifest").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(file(name)).unwrap()
}

fn ledger(name: &str) -> Ledger {
    let mut ledger = Ledger::new();
    read_dossier(&mut ledger, bytes(name).as_slice()).unwrap();
    ledger
}

fn cover() -> Cover {
    let said = "2025-06-11T18:00+03:00".parse().unwrap();
    let mut cover =
        Cover::new("june-11".parse().unwrap(), "s-office".parse().unwrap(), "s".parse().unwrap(), said);
    cover.source = Some("delivery-note".parse().unwrap());
    cover
}

fn read(ledger: &mut Ledger, manifest: &[u8]) -> Report {
    read_into(ledger, manifest, &cover(), Options::default()).unwrap()
}

/// What cannot be read at all, and leaves the ledger as it was.
fn unreadable(manifest: &[u8]) -> ManifestError {
    let mut ledger = ledger("ledger.jsonl");
    let before = ledger.len();
    let error = read_into(&mut ledger, manifest, &cover(), Options::default()).unwrap_err();
    assert_eq!(ledger.len(), before, "{error}");
    error
}

/// The rows that are bad, a line a fault.
fn faults(manifest: &str) -> String {
    let mut ledger = ledger("ledger.jsonl");
    let before = ledger.len();
    let report = read(&mut ledger, manifest.as_bytes());
    assert_eq!((ledger.len(), report.recorded, report.entries.len()), (before, 0, 0), "nothing is taken");
    told(&report)
}

fn told(report: &Report) -> String {
    report.bad.iter().fold(String::new(), |told, row| told + &row.to_string() + "\n")
}

fn of_manifest(ledger: &Ledger) -> Vec<Entry> {
    ledger.entries().skip(self::ledger("ledger.jsonl").len()).collect()
}

#[test]
fn the_golden_manifest_makes_its_entries_and_comes_out_byte_for_byte() {
    let mut ledger = ledger("ledger.jsonl");
    let report = read(&mut ledger, &bytes("canonical.csv"));
    assert_eq!(report.bad, []);
    assert_eq!((report.rows, report.already_recorded), (5, 0));
    assert_eq!(report.entries, of_manifest(&ledger));
    let title = "Golden: a manifest that was read".parse().unwrap();
    let dossier = write_dossier(&ledger, Some(&title), Vec::new()).unwrap();
    assert_eq!(String::from_utf8(dossier).unwrap(), String::from_utf8(bytes("canonical.jsonl")).unwrap());

    let mut written = Vec::new();
    let told = write_from(&ledger, cover().batch, Separator::Comma, &mut written).unwrap().unwrap();
    assert_eq!((told.containers, told.held_by), (5, vec![cover().held_by]));
    assert_eq!(String::from_utf8(written).unwrap(), String::from_utf8(bytes("canonical.csv")).unwrap());
}

#[test]
fn the_same_in_the_manner_of_spreadsheets_is_the_same() {
    let expected = of_manifest(&ledger("canonical.jsonl"));
    for name in ["spreadsheet.csv", "tabs.csv"] {
        let mut ledger = ledger("ledger.jsonl");
        let report = read(&mut ledger, &bytes(name));
        assert_eq!((report.bad, report.rows), (vec![], 5), "{name}");
        let (mut found, mut expected) = (of_manifest(&ledger), expected.clone());
        for entries in [&mut found, &mut expected] {
            entries.sort_by_key(|entry| entry.id);
        }
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn the_same_manifest_again_records_nothing() {
    let mut ledger = ledger("canonical.jsonl");
    let before = ledger.len();
    let report = read(&mut ledger, &bytes("spreadsheet.csv"));
    assert_eq!((report.recorded, report.already_recorded, ledger.len()), (0, 12, before));
    assert_eq!(report.bad, []);
}

#[test]
fn every_bad_row_is_named_and_nothing_is_taken_unless_it_is_asked_for() {
    let mut ledger = ledger("canonical.jsonl");
    let before = ledger.len();
    let report = read(&mut ledger, &bytes("bad.csv"));
    assert_eq!(told(&report), String::from_utf8(bytes("bad.txt")).unwrap());
    assert_eq!((report.rows, report.recorded, ledger.len()), (8, 0, before));

    let mut options = Options::default();
    options.take_good_rows = true;
    let taken = read_into(&mut ledger, bytes("bad.csv").as_slice(), &cover(), options).unwrap();
    assert_eq!(taken.bad, report.bad, "the bad ones are named all the same");
    assert_eq!((taken.recorded, ledger.len()), (2, before + 2));
    let again = read_into(&mut ledger, bytes("bad.csv").as_slice(), &cover(), options).unwrap();
    assert_eq!((again.recorded, again.already_recorded, ledger.len()), (0, 2, before + 2));
}

#[test]
fn codes_that_are_taken_are_refused_by_invariant_21() {
    let mut ledger = ledger("canonical.jsonl");
    let mut other = cover();
    other.by = handover::ledger::keeper();
    let report =
        read_into(&mut ledger, bytes("canonical.csv").as_slice(), &other, Options::default()).unwrap();
    assert_eq!(report.bad.len(), 5);
    for row in &report.bad {
        let told = row.to_string();
        assert!(told.contains("with another `speaker`: ") && told.ends_with("(invariant 21)"), "{told}");
        assert_eq!(row.faults[0].wrong.rule().unwrap().invariant, Some(21));
    }
    // In another batch the same code is the same container.
    let dossier = r#"{"id":"b-3","by":"keeper","said":"2025-06-11","what":{"batch":{"introduced":{"id":"june-12","from":"north","to":"south","of":{"matter":"remains"},"unit":"container"}}}}"#;
    let _ = ledger.post(&handover_wire::record::decode(1, dossier).unwrap()).unwrap();
    let mut later = cover();
    later.batch = "june-12".parse().unwrap();
    let report =
        read_into(&mut ledger, bytes("canonical.csv").as_slice(), &later, Options::default()).unwrap();
    let told = report.bad[0].to_string();
    assert!(told.contains("`c-1` is recorded already") && told.ends_with("(invariant 21)"), "{told}");
    assert_eq!(report.bad.len(), 5);
}

#[test]
fn a_draft_goes_on_as_it_was() {
    let mut ledger = ledger("ledger.jsonl");
    let before = ledger.len();
    let mut draft = ledger.draft();
    assert!(read_into_draft(&mut draft, b"no header".as_slice(), &cover(), Options::default()).is_err());
    let bad = read_into_draft(&mut draft, bytes("bad.csv").as_slice(), &cover(), Options::default()).unwrap();
    assert!(!bad.bad.is_empty());
    let good = read_into_draft(&mut draft, bytes("canonical.csv").as_slice(), &cover(), Options::default());
    assert_eq!(good.unwrap().recorded, 12);
    draft.commit();
    assert_eq!(ledger.len(), before + 12);
}

#[test]
fn what_is_no_manifest_is_told() {
    for (manifest, told) in [
        ("", "expected a header with a column `code`, found an empty file"),
        ("\n\n", "expected a header with a column `code`, found an empty file"),
        (
            "Bag no;Since\nc-1;2025\n",
            "expected a column `code`, the permanent code of each container, found only the columns `Bag no`, `Since`",
        ),
        ("code\nc-1\n", "expected a column `since` or the same for every row, found only the columns `code`"),
        (
            "code;since\nc-1;2025\n",
            "expected a column `provenance` or the same for every row, found only the columns `code`, `since`",
        ),
        ("code,since,provenance,Since\n", "expected one column `since`, found two"),
        (
            "code,since,provenance,colour,weight\n",
            "numbers that an organ gave, found also `colour`, `weight`",
        ),
        (
            "code,since,provenance,alias\n",
            "expected to know whose numbers stand in the column `alias`, found no organ: call it `alias:ORGAN`",
        ),
        (
            "code,since,provenance,alias:the army\n",
            "column `alias:the army` names no organ: expected a key of `a` to `z`",
        ),
        ("sep=|\ncode|since\n", "expected `sep=` with a comma, a semicolon or a tab, found `|`"),
        (
            "code,since,provenance,alias:nobody\nc-1,2025,unknown,7\n",
            "no row may stand: expected organ `nobody` to be recorded before what refers to it",
        ),
    ] {
        let error = unreadable(manifest.as_bytes()).to_string();
        assert!(error.contains(told), "{manifest}: {error}");
    }
}

#[test]
fn what_is_no_utf_8_is_told_with_its_byte() {
    let error =
        unreadable(b"code,since,provenance\nc-1,2025,unknown\nc-2,2025,\xf1\xe5\xeb\xee\n").to_string();
    assert!(error.starts_with("line 3, byte 49 of the file: expected UTF-8, found the byte 0xF1"), "{error}");
    for mark in [b"\xff\xfec\0o\0d\0e\0".as_slice(), b"\xfe\xff\0c\0o\0d\0e"] {
        assert!(matches!(unreadable(mark), ManifestError::Utf16));
    }
    let cut = unreadable(b"code,since,provenance\nc-1,2025,\xd0");
    assert!(matches!(cut, ManifestError::NotUtf8 { line: 2, byte: 32, found: 0xd0 }), "{cut}");
}

#[test]
fn an_input_that_fails_leaves_the_ledger_as_it_was() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let mut ledger = ledger("ledger.jsonl");
    let before = ledger.len();
    let input = bytes("canonical.csv");
    let mut options = Options::default();
    options.take_good_rows = true;
    let error = read_into(&mut ledger, input.as_slice().chain(Fails), &cover(), options).unwrap_err();
    assert_eq!(error.to_string(), "the manifest could not be read: the disk is gone");
    assert_eq!(ledger.len(), before);
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_told_with_its_row() {
    let manifest = format!("code,since,provenance\nc-1,2025,unknown\nc-2,2025,\"{}", "x\n".repeat(40_000));
    let error = unreadable(manifest.as_bytes()).to_string();
    assert!(error.starts_with("line 3: expected a row of at most"), "{error}");
    assert!(error.ends_with("look for a quotation mark that is not closed"), "{error}");
    let near_the_end = "code,since,provenance\nc-1,2025,\"unknown\nc-2,2025,unknown\n";
    assert!(faults(near_the_end).contains("line 2, column 3 `provenance`"), "{}", faults(near_the_end));
}

#[test]
fn the_cover_speaks_where_a_row_does_not() {
    let mut ledger = ledger("ledger.jsonl");
    let mut cover = cover();
    cover.since = Some("2025-06-11".parse().unwrap());
    cover.provenance = Some(Provenance::Undisclosed);
    cover.aliases_by = Some("n-army".parse().unwrap());
    let manifest = "alias;code;since;alias\n17;c-1;;18\n;c-2;2025-06-10;\n";
    let report = read_into(&mut ledger, manifest.as_bytes(), &cover, Options::default()).unwrap();
    assert_eq!((report.bad, report.recorded), (vec![], 4));
    let mut written = Vec::new();
    write_from(&ledger, cover.batch, Separator::Semicolon, &mut written).unwrap();
    let expected = "code;since;provenance;seal;note;alias:n-army;alias:n-army\n\
                    c-1;2025-06-11;undisclosed;;;17;18\nc-2;2025-06-10;undisclosed;;;;\n";
    assert_eq!(String::from_utf8(written).unwrap(), expected);
    let told = faults("code,since,provenance\nc-1,,unknown\n");
    assert!(
        told.contains("line 2, column 2 `since`: expected something in this cell, found nothing"),
        "{told}"
    );
}

#[test]
fn columns_that_are_left_out_are_named() {
    let mut options = Options::default();
    options.ignore_unknown_columns = true;
    let manifest = "code,colour,since,provenance,№\nc-1,red,2025,unknown,1\n";
    let cover = cover();
    let mut reader = Reader::new(manifest.as_bytes(), &cover, options).unwrap();
    assert_eq!(reader.by_ref().map(|row| row.unwrap().line).collect::<Vec<_>>(), [2]);
    assert_eq!(reader.ignored().collect::<Vec<_>>(), ["colour", "№"]);
}

#[test]
fn a_batch_of_the_living_has_no_containers() {
    let mut other = cover();
    other.batch = "exchange-11".parse().unwrap();
    let mut ledger = ledger("ledger.jsonl");
    let error =
        read_into(&mut ledger, bytes("canonical.csv").as_slice(), &other, Options::default()).unwrap_err();
    assert!(error.to_string().contains("which is of the living: containers hold remains"), "{error}");
}

#[test]
fn a_container_is_in_the_manifest_of_the_batch_of_which_it_is_a_part_now() {
    let mut ledger = ledger("canonical.jsonl");
    for line in [
        r#"{"id":"b-3","by":"keeper","said":"2025-06-12","what":{"batch":{"introduced":{"id":"june-12","from":"north","to":"south","of":{"matter":"remains"},"unit":"container"}}}}"#,
        r#"{"id":"m-1","by":"s","said":"2025-06-12","what":{"container":{"assigned":{"container":"c-2","batch":"june-12"}}}}"#,
    ] {
        let _ = ledger.post(&handover_wire::record::decode(1, line).unwrap()).unwrap();
    }
    let written = |batch: &str| {
        let mut written = Vec::new();
        write_from(&ledger, batch.parse().unwrap(), Separator::Comma, &mut written).unwrap();
        String::from_utf8(written).unwrap()
    };
    assert!(!written("june-11").contains("\nc-2,") && written("june-11").contains("\nc-3,"));
    assert!(written("june-12").contains("\nc-2,") && !written("june-12").contains("\nc-3,"));
    // An assignment that was recorded wrongly is as if it had not been.
    let reversal = r#"{"id":"m-2","by":"s","said":"2025-06-13","what":{"container":{"reversed":{"entry":"m-1","reason":"it was another bag"}}}}"#;
    let mut again = ledger.clone();
    let _ = again.post(&handover_wire::record::decode(1, reversal).unwrap()).unwrap();
    let mut manifest = Vec::new();
    write_from(&again, cover().batch, Separator::Comma, &mut manifest).unwrap();
    assert_eq!(manifest, bytes("canonical.csv"));
    assert_eq!(written("exchange-11"), "code,since,provenance,seal,note\n");
    assert_eq!(written("june-13"), "", "a batch that is not recorded has no manifest, not even an empty one");
}

#[test]
fn a_manifest_that_is_complete_takes_no_other_rows() {
    let mut ledger = ledger("canonical.jsonl");
    let complete =
        r#"{"id":"m-1","by":"s","said":"2025-06-12","what":{"container":{"complete":{"batch":"june-11"}}}}"#;
    let _ = ledger.post(&handover_wire::record::decode(1, complete).unwrap()).unwrap();
    assert_eq!(read(&mut ledger, &bytes("canonical.csv")).bad, [], "the same again stands");
    let more = b"code,since,provenance\nc-1,2025-06-11T14:00+03:00,unknown\nc-9,2025,unknown\n";
    let report = read(&mut ledger, more);
    let told = told(&report);
    assert!(told.contains("line 2, column 1 `code`") && told.contains("with another `seal`"), "{told}");
    assert!(told.contains("line 3, column 1 `code`") && told.contains("c-9"), "{told}");
}

#[test]
fn who_only_reports_has_no_containers() {
    let mut ledger = ledger("ledger.jsonl");
    let press = r#"{"id":"o-p","by":"keeper","said":"2025-06-11","what":{"party":{"organ":{"id":"agency","name":"a news agency","allegiance":"press"}}}}"#;
    let _ = ledger.post(&handover_wire::record::decode(1, press).unwrap()).unwrap();
    let mut other = cover();
    other.held_by = "agency".parse().unwrap();
    let error =
        read_into(&mut ledger, bytes("canonical.csv").as_slice(), &other, Options::default()).unwrap_err();
    assert!(matches!(error, ManifestError::Refused(_)), "{error}");
}

#[test]
fn after_what_cannot_be_read_nothing_is_read() {
    let cover = cover();
    let manifest = b"code,since,provenance\nc-1,2025,unknown\nc-2,2025,\xff\nc-3,2025,unknown\n";
    let mut reader = Reader::new(manifest.as_slice(), &cover, Options::default()).unwrap();
    assert!(reader.next().unwrap().is_ok());
    let error = reader.next().unwrap().unwrap_err();
    assert!(matches!(error, RowError::Broken(ManifestError::NotUtf8 { line: 3, .. })), "{error}");
    assert!(error.to_string().starts_with("line 3, byte "), "{error}");
    for _ in 0..2 {
        assert!(reader.next().is_none());
    }
    // And after the end there is nothing more.
    let mut reader = Reader::new(manifest.get(..38).unwrap(), &cover, Options::default()).unwrap();
    assert!(reader.next().unwrap().is_ok());
    for _ in 0..2 {
        assert!(reader.next().is_none());
    }
}

/// A spreadsheet that marks its files puts the mark before whatever comes first.
#[test]
fn a_byte_order_mark_is_no_part_of_what_follows_it() {
    let row = "c-1;2025;unknown\n";
    for begins in ["code;since;provenance\n", "\"code\";since;provenance\n", "sep=;\ncode;since;provenance\n"]
    {
        let marked = format!("\u{feff}{begins}{row}");
        let report = read(&mut ledger("ledger.jsonl"), marked.as_bytes());
        assert_eq!((report.rows, report.bad.len()), (1, 0), "{begins}");
    }
}

/// The separator is the one by which most columns are known, whatever stands in the names of others.
#[test]
fn the_separator_is_found_by_the_names_that_are_known() {
    let mut options = Options::default();
    options.ignore_unknown_columns = true;
    for (header, row) in [
        // More commas than semicolons, and fewer names between them.
        ("code;since;provenance;weight, dry, in kg", "c-1;2025;unknown;7"),
        ("code,since,provenance,weight; dry; in kg; of all; of it", "c-1,2025,unknown,7"),
        // One name is known by either; those of aliases decide.
        ("code;alias:n-army;remark, as to provenance,since", "c-1;7;x"),
        ("code;alias;remark, as to provenance,since", "c-1;7;x"),
    ] {
        let mut cover = cover();
        cover.since = Some("2025".parse().unwrap());
        cover.provenance = Some(Provenance::Unknown);
        cover.aliases_by = Some("n-army".parse().unwrap());
        let manifest = format!("{header}\n{row}\n");
        let mut ledger = ledger("ledger.jsonl");
        let report = read_into(&mut ledger, manifest.as_bytes(), &cover, options).unwrap();
        assert_eq!((report.rows, told(&report).as_str()), (1, ""), "{header}");
    }
}

#[test]
fn what_a_manifest_fails_by_is_told() {
    let organ = unreadable(b"code,since,provenance,alias:the army\n");
    let nobody = unreadable(b"code,since,provenance,alias:nobody\nc-1,2025,unknown,7\n");
    for (error, source) in [
        (ManifestError::Io(io::Error::other("the disk is gone")), Some("the disk is gone")),
        (organ, Some("expected a key of `a` to `z`")),
        (nobody, Some("expected organ `nobody` to be recorded")),
        (unreadable(b"code,since,provenance,alias\n"), None),
        (ManifestError::Utf16, None),
    ] {
        let found = error.source().map(ToString::to_string);
        match source {
            Some(source) => assert!(found.is_some_and(|found| found.contains(source)), "{error}"),
            None => assert_eq!(found, None, "{error}"),
        }
    }
}
