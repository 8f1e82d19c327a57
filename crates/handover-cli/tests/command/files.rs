//! Dossiers in their canonical form.

use std::fs;

use crate::{failed, field_intake, handover, istanbul, korea, seed};

#[test]
fn the_dossiers_are_canonical() {
    handover(&["fmt", "--check", &seed(), &istanbul(), &korea(), &field_intake()]).assert().success();
}

#[test]
fn a_file_is_made_canonical_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let name = path.to_string_lossy().into_owned();
    let canonical = fs::read_to_string(seed()).unwrap();
    let loose = canonical.replace("\":", "\" : ").replace('\n', "\r\n\r\n");
    fs::write(&path, loose.replace("\" : /", "\":/")).unwrap();
    assert_eq!(failed(&["fmt", "--check", &name], "").0, 1);
    assert_ne!(fs::read_to_string(&path).unwrap(), canonical, "checking changes nothing");
    handover(&["fmt", &name]).assert().success();
    assert_eq!(fs::read_to_string(&path).unwrap(), canonical);
    handover(&["fmt", &name]).assert().success();
    handover(&["fmt", "--check", &name]).assert().success();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn the_standard_input_comes_out_canonical() {
    let canonical = fs::read(seed()).unwrap();
    let output = handover(&["fmt", "-"]).write_stdin(canonical.clone()).assert().success();
    assert_eq!(output.get_output().stdout, canonical);
}

#[test]
fn what_cannot_be_read_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, "no dossier\n").unwrap();
    assert_eq!(failed(&["fmt", &path.to_string_lossy()], "").0, 3);
    assert_eq!(fs::read_to_string(&path).unwrap(), "no dossier\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_end_line_that_was_added_is_told() {
    let header = "{\"format\":\"handover-dossier\",\"version\":1}\n";
    let output = handover(&["fmt", "-"]).write_stdin(header).assert().success().get_output().clone();
    assert!(String::from_utf8(output.stderr).unwrap().contains("had no end line"));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{header}{{\"end\":{{\"entries\":0}}}}\n"));
}

/// The command is packaged with a dossier of its own.
#[test]
fn the_demonstration_is_of_the_seed() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/dossiers/seed-article.jsonl");
    assert_eq!(fs::read(own).unwrap(), fs::read(seed()).unwrap());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_rights_stay_rights() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("a.jsonl"), folder.path().join("link.jsonl"));
    fs::write(&path, "{\"version\":1,\"format\":\"handover-dossier\"}\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&path, &link).unwrap();
    handover(&["fmt", &link.to_string_lossy()]).assert().success();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&path).unwrap().starts_with("{\"format\""));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}
