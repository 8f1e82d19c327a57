//! The `handover` command from outside: what it prints, how it ends, and what it leaves behind.
#![expect(clippy::unwrap_used, reason = "a story that cannot be told has failed")]

mod backup;
mod disclose;
mod ends;
mod files;
#[cfg(unix)]
mod interrupted;
mod json;
mod kept;
mod manifest;
mod page;
mod project;
mod show;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;

/// A directory of its own, for what a call may leave among the user's data.
fn data() -> PathBuf {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let name = format!("data-{}-{call}", std::process::id());
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The command with an environment of its own.
fn handover(arguments: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("handover");
    command.env("XDG_DATA_HOME", data());
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").args(arguments);
    command
}

fn dossier(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../dossiers").join(name);
    path.to_string_lossy().into_owned()
}

fn seed() -> String {
    dossier("seed-article.jsonl")
}

fn istanbul() -> String {
    dossier("istanbul-june-2025.jsonl")
}

fn korea() -> String {
    dossier("korea-k55.jsonl")
}

fn field_intake() -> String {
    dossier("field-intake.jsonl")
}

/// What a call that ends well prints.
fn printed(arguments: &[&str]) -> String {
    let output = handover(arguments).assert().success().get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

/// How a call that does not end well ends, and what it says.
fn failed(arguments: &[&str], input: &str) -> (i32, String) {
    let output = handover(arguments).write_stdin(input).assert().failure().get_output().clone();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}
