//! A ledger that is kept in a file.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
use handover_sqlite::SqliteStore;
use tempfile::TempDir;

use crate::{failed, field_intake, handover, istanbul, korea, printed, seed};

const HEADER: &str = "{\"format\":\"handover-dossier\",\"version\":1}\n";

/// A ledger in a directory of its own.
pub(crate) fn ledger(directory: &TempDir) -> String {
    let path = directory.path().join("office.sqlite").to_string_lossy().into_owned();
    printed(&["init", &path]);
    path
}

fn party(id: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"by\":\"keeper\",\"said\":\"2025-06-02\",\"what\":{{\"party\":{{\"introduced\":{{\"id\":\"{id}\",\
         \"name\":\"Party {id}\"}}}}}}}}"
    )
}

/// A dossier of as many entries.
pub(crate) fn parties(prefix: &str, entries: usize) -> String {
    let mut dossier = HEADER.to_owned();
    for at in 0..entries {
        writeln!(dossier, "{}", party(&format!("{prefix}-{at}"))).unwrap();
    }
    writeln!(dossier, "{{\"end\":{{\"entries\":{entries}}}}}").unwrap();
    dossier
}

pub(crate) fn exported(ledger: &str) -> String {
    printed(&["export", "--ledger", ledger])
}

#[test]
fn the_export_of_an_import_is_the_same_and_a_second_import_records_nothing() {
    for dossier in [seed(), istanbul(), korea()] {
        let directory = TempDir::new().unwrap();
        let ledger = ledger(&directory);
        let told = printed(&["import", "--ledger", &ledger, &dossier]);
        assert!(told.contains(" 0 were recorded before"), "{told}");
        assert_eq!(exported(&ledger), fs::read_to_string(&dossier).unwrap());
        let told = printed(&["import", "--ledger", &ledger, &dossier]);
        assert!(told.starts_with("0 entries are recorded"), "{told}");
        assert_eq!(exported(&ledger), fs::read_to_string(&dossier).unwrap());
        let output = directory.path().join("out.jsonl");
        printed(&["export", "--ledger", &ledger, "--output", &output.to_string_lossy()]);
        assert_eq!(fs::read(&output).unwrap(), fs::read(&dossier).unwrap());
    }
}

fn is_reported_as(ledger: &str, dossier: &str, more: &[&str]) {
    for format in ["text", "json"] {
        let reported = |what: &[&str]| printed(&[&["report"], what, &["--format", format], more].concat());
        assert!(reported(&["--ledger", ledger]) == reported(&[dossier]), "{dossier} as {format}");
    }
}

#[test]
fn the_report_of_a_ledger_is_that_of_its_dossier() {
    for dossier in [istanbul(), korea()] {
        let directory = TempDir::new().unwrap();
        let ledger = ledger(&directory);
        printed(&["import", "--ledger", &ledger, &dossier]);
        is_reported_as(&ledger, &dossier, &["--explain"]);
    }
}

/// A year of a facility: a batch of more than a thousand containers is registered, received, opened and examined in one
/// import, or nothing of it is.
#[test]
fn a_year_of_a_facility_is_imported_at_once_and_reads_as_its_dossier() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let whole = fs::read_to_string(field_intake()).unwrap();
    // One of the last entries is told by nobody who is recorded: all that stands before it is not recorded either.
    let at = whole.rfind("\"by\":\"bel-board\"").unwrap();
    let (before, after) = whole.split_at(at);
    let spoilt = directory.path().join("spoilt.jsonl");
    fs::write(&spoilt, before.to_owned() + &after.replacen("bel-board", "nobody", 1)).unwrap();
    let (code, told) = failed(&["import", "--ledger", &ledger, &spoilt.to_string_lossy()], "");
    assert!(code == 3 && told.contains("spoilt.jsonl"), "{told}");
    assert_eq!(exported(&ledger).lines().count(), 2, "nothing of it is recorded");

    printed(&["import", "--ledger", &ledger, &field_intake()]);
    assert!(exported(&ledger) == whole, "the export is the dossier");
    let told = printed(&["import", "--ledger", &ledger, &field_intake()]);
    assert!(told.starts_with("0 entries are recorded"), "{told}");
    is_reported_as(&ledger, &field_intake(), &[]);
    printed(&["check", "--ledger", &ledger]);
}

#[test]
fn the_demonstration_keeps_its_ledger_and_reports_it_as_its_dossier() {
    let directory = TempDir::new().unwrap();
    let kept = directory.path().join("demo.sqlite").to_string_lossy().into_owned();
    let first = handover(&["demo", "--ledger", &kept]).assert().success().get_output().clone();
    assert!(String::from_utf8(first.stderr.clone()).unwrap().contains(&kept));
    let second = handover(&["demo", "--ledger", &kept]).assert().success().get_output().clone();
    assert_eq!(first.stdout, second.stdout);
    assert!(String::from_utf8(second.stderr).unwrap().contains("0 entries were recorded now"));
    let of_ledger = printed(&["report", "--ledger", &kept, "--terms", "anyone"]);
    assert_eq!(of_ledger, printed(&["report", &seed(), "--terms", "anyone"]));
    let demonstration = String::from_utf8(first.stdout).unwrap();
    assert!(demonstration.contains(of_ledger.trim()), "the demonstration holds the report");
    assert_eq!(exported(&kept), fs::read_to_string(seed()).unwrap());
}

#[test]
fn a_ledger_as_it_was_known() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    for id in ["a", "b", "c"] {
        handover(&["record", "--ledger", &ledger, "--by", "night desk"])
            .write_stdin(party(id))
            .assert()
            .success();
    }
    let known = |when: &str| printed(&["export", "--ledger", &ledger, "--known-at", when]);
    assert_eq!(known("2").matches("party").count(), 2);
    assert_eq!(known("0").matches("party").count(), 0);
    assert_eq!(known("2001-01-01").matches("party").count(), 0);
    assert_eq!(known("9998-01-01").matches("party").count(), 3);
    let report = printed(&["report", "--ledger", &ledger, "--known-at", "1", "--format", "json"]);
    assert!(report.contains("\"entries\": 1,"), "{report}");
    let (code, told) = failed(&["report", "--ledger", &ledger, "--known-at", "4"], "");
    assert!(code == 2 && told.contains("handover log"), "{told}");

    let log = printed(&["log", "--ledger", &ledger]);
    assert_eq!(log.lines().count(), 3);
    assert!(log.lines().last().unwrap().contains("night desk  c by keeper"), "{log}");
    for (line, position) in printed(&["log", "--ledger", &ledger, "--format", "json"]).lines().zip(1..) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["position"], position);
        assert_eq!(line["id"], line["entry"]["id"]);
    }
}

#[test]
fn one_entry_is_recorded_once_or_refused_with_its_rule() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let record = ["record", "--ledger", &ledger];
    for how in ["entry `a` is recorded", "was recorded before"] {
        let output = handover(&record).write_stdin(party("a")).assert().success().get_output().clone();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.contains(how), "{told}");
    }
    let (code, told) = failed(&record, &party("a").replace("Party a", "Another"));
    assert!(code == 3 && told.contains("entry `a`"), "{told}");
    let (code, told) = failed(&record, "{}");
    assert!(code == 3 && told.contains("correct this line"), "{told}");
    assert_eq!(exported(&ledger).lines().count(), 3);
}

#[test]
fn an_import_is_all_or_nothing() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let (good, bad) = (directory.path().join("good.jsonl"), directory.path().join("bad.jsonl"));
    fs::write(&good, parties("good", 3)).unwrap();
    fs::write(&bad, parties("bad", 2).replace("\"by\":\"keeper\"", "\"by\":\"nobody\"")).unwrap();
    let (good, bad) = (good.to_string_lossy(), bad.to_string_lossy());
    let (code, told) = failed(&["import", "--ledger", &ledger, &good, &bad], "");
    assert_eq!(code, 3);
    assert!(told.contains("bad.jsonl: line 2: entry `bad-0`") && told.contains("(invariant 22)"), "{told}");
    assert_eq!(exported(&ledger).lines().count(), 2, "the good one neither");
    let (code, _) = failed(&["import", "--ledger", &ledger, &good, "no-such.jsonl"], "");
    assert_eq!(code, 4);
    assert_eq!(exported(&ledger).lines().count(), 2);
}

#[test]
fn a_ledger_that_is_sound_is_told_and_one_that_is_damaged_too() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    printed(&["import", "--ledger", &ledger, &seed()]);
    let told = printed(&["check", "--ledger", &ledger, &seed()]);
    assert!(told.contains("the file is sound") && told.contains("bytes of every record"), "{told}");

    let mut bytes = fs::read(&ledger).unwrap();
    let needle = b"keeper";
    let at = bytes.windows(needle.len()).rposition(|window| window == needle).unwrap();
    bytes[at] = b'K';
    fs::write(&ledger, bytes).unwrap();
    for arguments in [&["check", "--ledger", &ledger][..], &["report", "--ledger", &ledger]] {
        let (code, told) = failed(arguments, "");
        assert_eq!(code, 4, "{told}");
        assert!(told.contains("damaged") && told.contains("restore"), "{told}");
    }
}

/// One bad record does not hide the next, and what is not looked at is said.
#[test]
fn every_bad_record_is_named_and_the_log_tells_what_stands_before() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let dossier = directory.path().join("dossier.jsonl");
    fs::write(&dossier, parties("p", 40)).unwrap();
    printed(&["import", "--ledger", &ledger, &dossier.to_string_lossy()]);
    let mut bytes = fs::read(&ledger).unwrap();
    for id in ["p-9", "p-30"] {
        let name = format!("Party {id}\"");
        let at = bytes.windows(name.len()).rposition(|window| window == name.as_bytes()).unwrap();
        bytes[at] = b'p';
    }
    fs::write(&ledger, bytes).unwrap();
    let output = handover(&["check", "--ledger", &ledger]).assert().code(4).get_output().clone();
    let told = String::from_utf8(output.stdout).unwrap();
    for position in [10, 31] {
        assert!(told.contains(&format!("the record at position {position} of ledger")), "{told}");
    }
    assert!(told.contains("9 entries follow from each other"), "{told}");
    assert!(told.contains("nothing after position 9 was replayed"), "{told}");

    let output = handover(&["log", "--ledger", &ledger]).assert().code(4).get_output().clone();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 9);
    assert!(String::from_utf8(output.stderr).unwrap().contains("position 10"));
}

/// Records that are sound and no entries, as another program may append them.
#[test]
fn records_that_are_no_entries_are_all_named() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let store = SqliteStore::open(&ledger).unwrap();
    let mut journal = store.journal(&LedgerId::new("ledger").unwrap()).unwrap();
    let record = |payload: &str| {
        Record::new(Timestamp::from_micros(0), Recorder::new("other").unwrap(), 1, payload).unwrap()
    };
    let payloads = [&party("a"), "{}", &party("b"), "no JSON", &party("c").replace(',', ", ")];
    journal.append(Position::START, &payloads.map(record)).unwrap();
    let output = handover(&["check", "--ledger", &ledger]).assert().code(4).get_output().clone();
    let told = String::from_utf8(output.stdout).unwrap();
    for said in [
        "the file is sound, and 1 entries",
        "position 2 is no entry",
        "position 4 is no entry",
        "position 5 is not written as its entry is",
        "nothing after position 1 was replayed",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let (code, told) = failed(&["log", "--ledger", &ledger], "");
    assert!(code == 4 && told.contains("the record at position 2 is no entry"), "{told}");
}

#[test]
fn a_long_log_is_told_whole_and_to_nobody_if_nobody_listens() {
    const ENTRIES: usize = 3_000;
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let dossier = directory.path().join("dossier.jsonl");
    fs::write(&dossier, parties("p", ENTRIES)).unwrap();
    printed(&["import", "--ledger", &ledger, &dossier.to_string_lossy()]);
    for format in ["text", "json"] {
        let log = printed(&["log", "--ledger", &ledger, "--format", format]);
        assert_eq!(log.lines().count(), ENTRIES);
        for (at, line) in log.lines().enumerate() {
            assert!(line.contains(&format!("p-{at}")), "{line}");
        }
    }
    let mut child = Command::new(handover(&[]).get_program())
        .args(["log", "--ledger", &ledger])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_file_that_was_never_finished_is_told() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("half.sqlite");
    fs::write(&path, "").unwrap();
    let (code, told) = failed(&["report", "--ledger", &path.to_string_lossy()], "");
    assert!(code == 4 && told.contains("remove it and create it again"), "{told}");
}

#[test]
fn what_is_no_ledger_is_told() {
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let (code, told) = failed(&["init", &ledger], "");
    assert!(code == 4 && told.contains(&ledger), "{told}");
    let (code, told) = failed(&["report", "--ledger", &seed()], "");
    assert_eq!(code, 4, "{told}");
    let (code, told) = failed(&["log", "--ledger", "no-such.sqlite"], "");
    assert!(code == 4 && told.contains("no-such.sqlite"), "{told}");
    assert_eq!(failed(&["report", &seed(), "--ledger", &ledger], "").0, 2);
    assert_eq!(failed(&["report", &seed(), "--known-at", "1"], "").0, 2);
    assert_eq!(failed(&["check"], "").0, 2);
}

/// The command, to be stopped.
fn begun(arguments: &[&str]) -> Child {
    Command::new(handover(&[]).get_program())
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How often a writer is killed: a bounded number, or as many as `HANDOVER_KILL_ROUNDS` says.
fn rounds() -> u64 {
    std::env::var("HANDOVER_KILL_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(12)
}

#[test]
fn an_import_that_is_killed_has_recorded_all_or_nothing() {
    const ENTRIES: usize = 2_000;
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let (mut whole, mut acknowledged) = (0, 0);
    for round in 0..rounds() {
        let dossier = directory.path().join("dossier.jsonl");
        fs::write(&dossier, parties(&format!("r{round}"), ENTRIES)).unwrap();
        let mut child = begun(&["import", "--ledger", &ledger, &dossier.to_string_lossy()]);
        // Spread over the life of an import; nothing is waited for.
        thread::sleep(Duration::from_millis(round * 37 % 400));
        let _ = child.kill();
        let finished = child.wait().unwrap().success();
        let found = exported(&ledger).matches(&format!("{{\"id\":\"r{round}-")).count();
        let of_round = found / 2; // the entry's identifier, and that of the party
        assert!(of_round == 0 || of_round == ENTRIES, "{of_round} of {ENTRIES} entries are recorded");
        assert!(!finished || of_round == ENTRIES, "what was acknowledged is missing");
        whole += usize::from(of_round == ENTRIES);
        acknowledged += usize::from(finished);
    }
    assert!(whole >= acknowledged);
    assert_eq!(exported(&ledger).lines().count(), 2 + whole * ENTRIES, "none is lost, none doubled");
    printed(&["check", "--ledger", &ledger]);
}

#[test]
fn two_processes_write_one_ledger_and_nothing_is_lost() {
    const EACH: usize = 20;
    let directory = TempDir::new().unwrap();
    let ledger = ledger(&directory);
    let write = |who: &'static str, ledger: String| {
        thread::spawn(move || {
            for at in 0..EACH {
                let entry = party(&format!("{who}-{at}"));
                handover(&["record", "--ledger", &ledger]).write_stdin(entry).assert().success();
            }
        })
    };
    for writer in [write("a", ledger.clone()), write("b", ledger.clone())] {
        writer.join().unwrap();
    }
    let log = printed(&["log", "--ledger", &ledger]);
    assert_eq!(log.lines().count(), 2 * EACH);
    for who in ["a", "b"] {
        for at in 0..EACH {
            let name = format!("  {who}-{at} by keeper");
            assert_eq!(log.matches(&name).count(), 1, "{name}");
        }
    }
    assert!(Path::new(&ledger).exists());
    printed(&["check", "--ledger", &ledger]);
}

/// A tool that was left open in a transaction: the log grows and nothing is lost.
#[test]
fn a_long_log_beside_a_file_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let file = ledger(&directory);
    printed(&["import", "--ledger", &file, &seed()]);
    let told = printed(&["check", "--ledger", &file]);
    assert!(told.contains("nothing found") && !told.contains("-wal"), "{told}");
    let open = rusqlite::Connection::open(&file).unwrap();
    open.execute_batch("CREATE TABLE theirs (x BLOB); BEGIN; SELECT count(*) FROM theirs;").unwrap();
    let writing = rusqlite::Connection::open(&file).unwrap();
    writing.execute_batch("INSERT INTO theirs VALUES (zeroblob(68000000))").unwrap();
    let told = printed(&["check", "--ledger", &file]);
    assert!(told.contains("nothing found") && told.contains("`-wal`) has 6"), "{told}");
    drop((open, writing));
    let told = printed(&["check", "--ledger", &file]);
    assert!(!told.contains("-wal"), "{told}");
}

#[test]
fn what_only_a_server_has_is_not_asked_of_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("office.sqlite");
    for more in [&["--migrate"][..], &["--appends", "desk"], &["--reads", "reader"]] {
        let (code, told) = failed(&[&["init", &file.to_string_lossy()], more].concat(), "");
        assert!(code == 2 && told.contains("found a file"), "{told}");
        assert!(!file.exists());
    }
}
