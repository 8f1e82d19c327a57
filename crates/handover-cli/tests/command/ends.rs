//! How the command ends, and what it says then.

use std::io::Read;
use std::process::Stdio;

use crate::{failed, handover, istanbul, printed, seed};

const HEADER: &str = "{\"format\":\"handover-dossier\",\"version\":1}\n";

#[test]
fn it_was_not_called_as_it_must_be() {
    for arguments in [&[][..], &["report"], &["report", "x", "--as-of", "Friday"], &["completions", "x"]] {
        assert_eq!(failed(arguments, "").0, 2, "{arguments:?}");
    }
    let (code, told) = failed(&["report", &seed(), "--according-to", "atlantis"], "");
    assert_eq!(code, 2);
    assert!(told.contains("no party `atlantis`") && told.contains("`ua`, `ru`"), "{told}");
    let (code, told) = failed(&["report", &seed(), "--terms", "Nobody"], "");
    assert_eq!(code, 2);
    assert!(told.contains("`all`, `neutral` or `anyone`"), "{told}");
    let (code, told) = failed(&["report", &seed(), "--as-of", "2025-06-13/.."], "");
    assert_eq!(code, 2);
    assert!(told.contains("a time with an end"), "{told}");
}

#[test]
fn what_cannot_be_read_is_told_with_line_and_column() {
    let stray = format!("{HEADER}{{\"id\":\"e-1\",\"bye\":\"keeper\"}}\n");
    for command in ["report", "check", "fmt"] {
        let (code, told) = failed(&[command, "-"], &stray);
        assert_eq!(code, 3, "{told}");
        assert!(told.contains("the standard input: line 2, column 17, at `bye`"), "{told}");
        assert!(told.contains("correct this line"), "{told}");
    }
}

#[test]
fn an_entry_that_may_not_stand_is_told_with_its_rule() {
    let nobody = format!(
        "{HEADER}{}\n",
        r#"{"id":"e-1","by":"nobody","said":"2025-06-02","what":{"party":{"introduced":{"id":"ua","name":"Ukraine"}}}}"#
    );
    let (code, told) = failed(&["check", "-"], &nobody);
    assert_eq!(code, 3);
    assert!(told.contains("line 2, entry `e-1`") && told.contains("(invariant 22)"), "{told}");
    handover(&["fmt", "--check", "-"]).write_stdin(nobody).assert().code(1);
}

#[test]
fn a_file_that_is_not_there_is_told() {
    for command in ["report", "check", "fmt"] {
        let (code, told) = failed(&[command, "no-such-dossier.jsonl"], "");
        assert_eq!(code, 4);
        assert!(told.contains("no-such-dossier.jsonl"), "{told}");
    }
}

#[test]
fn every_file_is_checked_and_the_gravest_end_counts() {
    let output = handover(&["check", "no-such-dossier.jsonl", &seed(), &istanbul()]).assert().code(4);
    let told = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert_eq!(told.matches("nothing found").count(), 2, "{told}");
    assert!(told.contains("no entry is missing") && told.contains("invariants hold"), "{told}");
}

#[test]
fn a_dossier_without_an_end_line_is_told() {
    let output = handover(&["check", "-"]).write_stdin(HEADER).assert().success().get_output().clone();
    assert!(String::from_utf8(output.stdout).unwrap().contains("not proven"));
    let output = handover(&["report", "-"]).write_stdin(HEADER).assert().success().get_output().clone();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("not proven") && told.contains("No leg is recorded."), "{told}");
}

#[test]
fn who_stops_reading_has_read_enough() {
    let program = handover(&[]).get_program().to_owned();
    let mut child = std::process::Command::new(program)
        .args(["report", &istanbul()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(told, "");
}

#[test]
fn everything_that_helps_is_there() {
    for command in ["demo", "report", "check", "backup", "fmt", "schema", "completions", "man"] {
        let help = printed(&[command, "--help"]);
        assert!(help.contains("Example"), "{help}");
    }
    for text in [printed(&["--help"]), printed(&["man"])] {
        assert!(text.contains("a dossier was refused"), "{text}");
    }
    assert!(printed(&["man"]).contains("according\\-to"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(printed(&["completions", shell]).contains("handover"));
    }
    let schema: serde_json::Value = serde_json::from_str(&printed(&["schema"])).unwrap();
    assert!(schema["$defs"]["Entry"].is_object());
}
