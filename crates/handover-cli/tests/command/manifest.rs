//! The spreadsheet that is handed over with a batch, in and out.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use crate::{failed, handover, printed};

const DOSSIER: &str = r#"{"format":"handover-dossier","version":1,"title":"A batch"}
{"id":"p-n","by":"keeper","said":"2025-06-11","what":{"party":{"introduced":{"id":"north","name":"North"}}}}
{"id":"p-s","by":"keeper","said":"2025-06-11","what":{"party":{"introduced":{"id":"south","name":"South"}}}}
{"id":"o-n","by":"keeper","said":"2025-06-11","what":{"party":{"organ":{"id":"n-army","name":"North's army","allegiance":{"party":"north"}}}}}
{"id":"o-s","by":"keeper","said":"2025-06-11","what":{"party":{"organ":{"id":"s-office","name":"South's office","allegiance":{"party":"south"}}}}}
{"id":"s-s","by":"keeper","said":"2025-06-11","what":{"party":{"speaker":{"id":"s","name":"Commissioner","organ":"s-office"}}}}
{"id":"b-1","by":"keeper","said":"2025-06-11","what":{"batch":{"introduced":{"id":"june-11","from":"north","to":"south","of":{"matter":"remains"},"unit":"container"}}}}
{"end":{"entries":6}}
"#;

const MANIFEST: &str = "\
code,since,provenance,seal,note,alias:n-army
c-1,2025-06-11T14:00+03:00,unknown,A-1017,,12345678901234567
c-2,2025-06-11T14:00+03:00,\"near the river, east bank\",,'=bag torn,BRC/12-а
";

const COVER: [&str; 8] =
    ["--batch", "june-11", "--held-by", "s-office", "--by", "s", "--said", "2025-06-11T18:00+03:00"];

/// A dossier, a ledger that holds it, and a manifest, in a directory of their own.
struct Office {
    directory: TempDir,
}

impl Office {
    fn open() -> Self {
        let office = Self { directory: TempDir::new().unwrap() };
        office.put("dossier.jsonl", DOSSIER);
        office.put("bags.csv", MANIFEST);
        printed(&["init", &office.at("office.sqlite")]);
        printed(&["import", "--ledger", &office.at("office.sqlite"), &office.at("dossier.jsonl")]);
        office
    }

    fn at(&self, name: &str) -> String {
        self.directory.path().join(name).to_string_lossy().into_owned()
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.directory.path().join(name), content).unwrap();
    }

    fn get(&self, name: &str) -> String {
        fs::read_to_string(self.directory.path().join(name)).unwrap()
    }

    /// Reads a manifest into the ledger or the dossier: the exit code, what is printed and what is told.
    fn read(&self, manifest: &str, more: &[&str]) -> (i32, String, String) {
        let (manifest, ledger) = (self.at(manifest), self.at("office.sqlite"));
        let mut arguments = vec!["manifest", "read", &manifest];
        arguments.extend(COVER);
        if !more.contains(&"--dossier") {
            arguments.extend(["--ledger", &ledger]);
        }
        arguments.extend(more);
        let output = handover(&arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn records(&self) -> usize {
        printed(&["log", "--ledger", &self.at("office.sqlite")]).lines().count()
    }

    fn written(&self) -> String {
        printed(&["manifest", "write", "--batch", "june-11", "--ledger", &self.at("office.sqlite")])
    }
}

#[test]
fn a_manifest_is_recorded_once_and_comes_out_as_it_went_in() {
    let office = Office::open();
    let (code, told, _) = office.read("bags.csv", &[]);
    assert_eq!(code, 0);
    assert!(
        told.starts_with("2 rows are read: 4 entries are recorded, 0 were recorded before; 10 records"),
        "{told}"
    );
    let (code, told, _) = office.read("bags.csv", &[]);
    assert_eq!(code, 0);
    assert!(told.starts_with("2 rows are read: 0 entries are recorded, 4 were recorded before"), "{told}");
    assert_eq!(office.written(), MANIFEST);
    printed(&["check", "--ledger", &office.at("office.sqlite")]);
    let log = printed(&["log", "--ledger", &office.at("office.sqlite")]);
    assert_eq!(log.matches("handover manifest read").count(), 4, "{log}");
}

#[test]
fn a_manifest_is_added_to_a_dossier_as_a_whole() {
    let office = Office::open();
    let dossier = office.at("dossier.jsonl");
    let (code, told, _) = office.read("bags.csv", &["--dossier", &dossier]);
    assert_eq!(code, 0);
    assert!(told.starts_with("2 rows are read: 4 entries are added to"), "{told}");
    let grown = office.get("dossier.jsonl");
    assert!(grown.starts_with(DOSSIER.split("{\"end\"").next().unwrap()), "what was there stays: {grown}");
    assert!(grown.ends_with("{\"end\":{\"entries\":10}}\n"), "{grown}");
    printed(&["fmt", "--check", &dossier]);
    assert_eq!(office.read("bags.csv", &["--dossier", &dossier]).0, 0);
    assert_eq!(office.get("dossier.jsonl"), grown);
    assert_eq!(printed(&["manifest", "write", "--batch", "june-11", &dossier]), MANIFEST);

    // The ledger and the dossier have the same entries, wherever the manifest was read.
    office.read("bags.csv", &[]);
    assert_eq!(printed(&["export", "--ledger", &office.at("office.sqlite")]), grown);
}

#[test]
fn every_bad_row_is_named_and_nothing_is_recorded() {
    let office = Office::open();
    let bad = format!("{MANIFEST}12345,11.06.2025,unknown,,,\nc-1,2025,unknown,,,\n\nc-3,2025,unknown,,,7\n");
    office.put("bags.csv", bad);
    let (code, told, said) = office.read("bags.csv", &[]);
    assert_eq!((code, told.as_str()), (3, ""));
    for expected in [
        "bags.csv: line 4, column 1 `code`: `12345` is no code: ",
        "bags.csv: line 4, column 2 `since`: `11.06.2025` is no time: ",
        "bags.csv: line 5, column 1 `code`: expected a new code, found that `c-1` stands on line 2 already: ",
        "(invariant 21)",
        "2 of 5 rows may not stand, and nothing is recorded",
        "--take-good-rows",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert_eq!(office.records(), 6);

    let (code, told, said) = office.read("bags.csv", &["--take-good-rows"]);
    assert_eq!(code, 1);
    assert!(told.starts_with("5 rows are read: 6 entries are recorded"), "{told}");
    assert!(
        said.contains("line 4, column 2") && said.contains("2 of 5 rows may not stand and are left out"),
        "{said}"
    );
    assert_eq!(office.records(), 12);

    // The corrected manifest adds what was left out.
    office.put("bags.csv", format!("{MANIFEST}c-4,2025-06-11,unknown,,,\nc-3,2025,unknown,,,7\n"));
    let (code, told, _) = office.read("bags.csv", &[]);
    assert_eq!(code, 0);
    assert!(told.starts_with("4 rows are read: 1 entries are recorded, 6 were recorded before"), "{told}");
}

#[test]
fn a_code_that_is_recorded_otherwise_is_refused() {
    let office = Office::open();
    office.read("bags.csv", &[]);
    office.put("bags.csv", MANIFEST.replace("A-1017", "A-1018"));
    let (code, _, said) = office.read("bags.csv", &[]);
    assert_eq!(code, 3);
    assert!(said.contains("line 2, column 1 `code`: expected a new code or the same row again"), "{said}");
    assert!(said.contains("with another `seal`: ") && said.contains("(invariant 21)"), "{said}");
    assert_eq!(office.records(), 10);
}

#[test]
fn a_check_records_nothing() {
    let office = Office::open();
    let dossier = office.at("dossier.jsonl");
    for more in [&["--check"][..], &["--check", "--dossier", &dossier]] {
        let (code, told, _) = office.read("bags.csv", more);
        assert_eq!(code, 0);
        assert!(told.contains("nothing is recorded: 4 entries would be, 0 were recorded before"), "{told}");
    }
    assert_eq!(office.records(), 6);
    assert_eq!(office.get("dossier.jsonl"), DOSSIER);
}

#[test]
fn what_a_spreadsheet_makes_of_it_is_read() {
    let office = Office::open();
    let excel = format!("\u{feff}{}", MANIFEST.replace(',', ";").replace("river; east", "river, east"))
        .replace('\n', "\r\n");
    office.put("bags.csv", excel.replace("code", "Code"));
    assert_eq!(office.read("bags.csv", &[]).0, 0);
    assert_eq!(office.written(), MANIFEST);
    let output = office.at("out.csv");
    for _ in 0..2 {
        let ledger = office.at("office.sqlite");
        let write = ["manifest", "write", "--batch", "june-11", "--ledger", &ledger, "--output", &output];
        printed(&[&write[..], &["--separator", "semicolon", "--mark"]].concat());
    }
    let out = office.get("out.csv");
    assert!(out.starts_with("\u{feff}code;since;provenance;") && out.contains(";BRC/12-а\n"), "{out}");
    let (code, told, _) = office.read("out.csv", &[]);
    assert!(code == 0 && told.contains(" 0 entries are recorded, 4 were"), "{told}");
}

#[test]
fn columns_that_are_not_known_are_refused_or_left_out() {
    let office = Office::open();
    let wide: String =
        MANIFEST.lines().zip(["colour", "red", ""]).fold(String::new(), |mut wide, (line, cell)| {
            writeln!(wide, "{line},{cell}").unwrap();
            wide
        });
    office.put("bags.csv", wide);
    let (code, _, said) = office.read("bags.csv", &[]);
    assert!(code == 3 && said.contains("`colour`") && said.contains("--ignore-unknown-columns"), "{said}");
    let (code, _, said) = office.read("bags.csv", &["--ignore-unknown-columns"]);
    assert!(code == 0 && said.contains("left out: `colour`"), "{said}");
    assert_eq!(office.written(), MANIFEST);
}

#[test]
fn what_the_manifest_does_not_say_is_said_beside_it() {
    let office = Office::open();
    office.put("bags.csv", "code\talias\nc-1\t17\n");
    let (code, _, said) = office.read("bags.csv", &["--since", "2025", "--provenance", "unknown"]);
    assert!(code == 3 && said.contains("--aliases-by"), "{said}");
    let whole = ["--since", "2025", "--provenance", "unknown", "--aliases-by", "n-army"];
    let (code, _, said) = office.read("bags.csv", &whole[2..]);
    assert!(code == 3 && said.contains("--since"), "{said}");
    assert_eq!(office.read("bags.csv", &whole).0, 0);
    assert_eq!(office.written(), "code,since,provenance,seal,note,alias:n-army\nc-1,2025,unknown,,,17\n");
}

#[test]
fn what_cannot_be_read_is_told() {
    let office = Office::open();
    office.put("bags.csv", b"code,since,provenance\nc-1,2025,\xf1\n");
    let (code, _, said) = office.read("bags.csv", &[]);
    assert!(
        code == 3 && said.contains("line 2, byte 32 of the file: expected UTF-8, found the byte 0xF1"),
        "{said}"
    );
    assert_eq!(office.read("no-such.csv", &[]).0, 4);
    office.put("bags.csv", MANIFEST);
    let (code, _, said) = office.read("bags.csv", &["--source", "no-such"]);
    assert!(code == 3 && said.contains("expected source `no-such` to be recorded before"), "{said}");
    assert_eq!(office.read("bags.csv", &["--dossier", "-"]).0, 2);
    let no_ledger = [&["manifest", "read", "-"][..], &COVER].concat();
    assert_eq!(failed(&no_ledger, MANIFEST).0, 2);
    let (code, said) = failed(&["manifest", "write", "--batch", "june-12", "-"], DOSSIER);
    assert!(code == 2 && said.contains("no batch `june-12` is recorded"), "{said}");
    assert_eq!(office.records(), 6);
}

#[test]
fn a_batch_without_containers_and_containers_of_several_organs_are_told() {
    let mut dossier = DOSSIER
        .lines()
        .filter(|line| !line.starts_with("{\"end\""))
        .fold(String::new(), |all, line| all + line + "\n");
    let write = |dossier: &str| {
        let output = handover(&["manifest", "write", "--batch", "june-11", "-"])
            .write_stdin(dossier)
            .output()
            .unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (out, said) = write(&dossier);
    assert_eq!(out, "code,since,provenance,seal,note\n");
    assert!(said.contains("known by its number alone"), "{said}");
    for (code, organ) in [("c-1", "n-army"), ("c-2", "s-office")] {
        writeln!(
            dossier,
            "{{\"id\":\"{code}\",\"by\":\"s\",\"said\":\"2025-06-11\",\"what\":{{\"container\":{{\"registered\":{{\"id\":\"{code}\",\
             \"batch\":\"june-11\",\"held-by\":\"{organ}\",\"since\":\"2025-06-11\",\"provenance\":\"unknown\"}}}}}}}}"
        )
        .unwrap();
    }
    let (out, said) = write(&dossier);
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(said.contains("`n-army`, `s-office`"), "{said}");
}

#[test]
fn the_help_and_the_manual_tell_of_both() {
    for command in ["read", "write"] {
        assert!(printed(&["manifest", command, "--help"]).contains("Example"));
    }
    let manual = printed(&["man"]);
    assert!(manual.contains("HANDOVER MANIFEST READ") && manual.contains("take\\-good\\-rows"), "{manual}");
}
