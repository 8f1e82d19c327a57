//! The golden files decode and come out byte for byte.

use handover::ledger::Ledger;
use handover::reading::According;
use handover::when::Moment;
use handover_wire::{Reader, format, read_into, write_from};

use crate::support::{dossiers, golden, golden_ledger, read};

#[test]
fn every_golden_file_comes_out_byte_for_byte() {
    let files = golden();
    assert!(!files.is_empty());
    for file in files {
        let dossier = read(&file);
        let mut reader =
            Reader::new(dossier.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for numbered in &mut reader {
            numbered.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
        assert!(reader.ended(), "{}", file.display());
        let mut again = Vec::new();
        let formatted = format(dossier.as_bytes(), &mut again).unwrap();
        assert!(formatted.ended && formatted.entries == reader.entries());
        assert_eq!(String::from_utf8(again).unwrap(), dossier, "{}", file.display());
    }
}

#[test]
fn the_golden_files_are_one_ledger_and_twice_is_once() {
    let mut ledger = golden_ledger();
    let once = ledger.len();
    for file in golden() {
        let report = read_into(&mut ledger, read(&file).as_bytes()).unwrap();
        assert!(report.recorded == 0 && report.already_recorded > 0 && report.ended);
    }
    assert_eq!(ledger.len(), once);
}

#[test]
fn what_a_ledger_writes_makes_the_same_ledger() {
    let ledger = golden_ledger();
    let written = write_from(&ledger, None, Vec::new()).unwrap();
    let mut again = Ledger::new();
    let report = read_into(&mut again, written.as_slice()).unwrap();
    assert_eq!(report.recorded, u64::try_from(ledger.len()).unwrap());
    assert!(ledger.entries().eq(again.entries()));
}

#[test]
fn every_dossier_is_complete_and_canonical() {
    for file in dossiers() {
        let dossier = read(&file);
        let mut again = Vec::new();
        let formatted = format(dossier.as_bytes(), &mut again)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert!(formatted.ended, "{} has no end line: run `handover fmt`", file.display());
        assert!(again == dossier.as_bytes(), "{} is not canonical: run `handover fmt`", file.display());
    }
}

#[test]
fn a_dossier_that_a_person_wrote_becomes_canonical() {
    let canonical = read(&golden()[0]);
    let entries = canonical.lines().filter(|line| !line.starts_with("{\"end\""));
    let loose = entries.fold(String::new(), |loose, line| {
        let line = line.replace("\":", "\" :\t").replace("Northern", "\\u004eorthern");
        loose + "\n  " + &line + "\r\n"
    });
    let mut again = Vec::new();
    let formatted = format(loose.as_bytes(), &mut again).unwrap();
    assert!(!formatted.ended, "nothing proved that it was complete");
    assert_eq!(String::from_utf8(again).unwrap(), canonical);
}

/// A record that holds each form of entry shows something of each duty of the law, or it is said why it cannot.
#[test]
fn each_duty_of_the_law_is_seen_in_some_entry_or_it_is_said_why_not() {
    let ledger = golden_ledger();
    let reading = ledger.reading(According::Anyone, Moment::END_OF_TIME).unwrap();
    for view in reading.conformance() {
        let occasions = view.shown.len() + view.not_shown.len();
        assert_eq!(occasions == 0, view.unseen.is_some(), "{}: {view:?}", view.duty);
    }
}
