//! The `handover` command on a server.
//!
//! It is the command that was built beside this test, and it has to be built for a server:
//! `cargo test -p handover-cli -p handover-tests-postgres --features handover-cli/postgres`. Where it is not, these tests are
//! shown as ignored; `HANDOVER_REQUIRE_POSTGRES=1` makes that a failure.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use handover_postgres::{Access, PostgresStore};
use libtest_mimic::Trial;

use crate::server::Server;
use crate::sql::Sql;
use crate::{Named, Outcome, party, programs, shared, trial};

/// The command, if it was built for a server, or why it cannot be tried.
fn command() -> Result<PathBuf, String> {
    let missing =
        "the command is not built for PostgreSQL: add `-p handover-cli --features handover-cli/postgres`";
    let tests = std::env::current_exe().map_err(|why| why.to_string())?;
    let command =
        tests.ancestors().nth(2).map(|directory| directory.join("handover")).filter(|it| it.is_file());
    let command = command.ok_or(missing)?;
    // A port on which nobody listens: whoever was built for it says that, whoever was not says so.
    let asked =
        Command::new(&command).args(["log", "--ledger", "postgres://nobody@127.0.0.1:1/none"]).output();
    let told = asked.map_err(|why| why.to_string())?.stderr;
    if String::from_utf8_lossy(&told).contains("built without") {
        Err(missing.to_owned())
    } else {
        Ok(command)
    }
}

fn run(arguments: &[&str]) -> Outcome<Output> {
    Ok(Command::new(command()?).args(arguments).stdin(Stdio::null()).output()?)
}

/// What a call that ends well prints.
fn printed(arguments: &[&str]) -> Outcome<String> {
    let output = run(arguments)?;
    if !output.status.success() {
        return Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// How a call that does not end well ends, and what it says.
fn failed(arguments: &[&str]) -> Outcome<(Option<i32>, String)> {
    let output = run(arguments)?;
    if output.status.success() {
        return Err(format!(
            "{arguments:?}: expected a failure, found: {}",
            String::from_utf8_lossy(&output.stdout)
        )
        .into());
    }
    Ok((output.status.code(), String::from_utf8(output.stderr)?))
}

fn dossier(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../dossiers").join(name).display().to_string()
}

/// The address of a database with nothing in it, with a password that the server does not ask for.
fn bare(name: &str) -> Outcome<String> {
    let server = shared()?;
    server.bare_database(name)?;
    Ok(server.address(name).replace("keeper@", "keeper:secret@"))
}

fn a_dossier_is_kept_and_read_as_it_is() -> Outcome {
    let address = bare("by_command")?;
    let ledger = format!("{address}#june");
    let (code, told) = failed(&["report", "--ledger", &ledger])?;
    assert!(code == Some(4) && told.contains("prepared for ledgers"), "{told}");

    let told = printed(&["init", &ledger])?;
    assert!(told.contains("#june keeps a ledger now") && !told.contains("secret"), "{told}");
    let istanbul = dossier("istanbul-june-2025.jsonl");
    let told = printed(&["import", "--ledger", &ledger, &istanbul])?;
    assert!(told.contains(" 0 were recorded before") && !told.contains("secret"), "{told}");
    assert!(printed(&["import", "--ledger", &ledger, &istanbul])?.starts_with("0 entries are recorded"));

    let whole = fs::read_to_string(&istanbul)?;
    assert_eq!(printed(&["export", "--ledger", &ledger])?, whole);
    for format in ["text", "json"] {
        let reported =
            |what: &[&str]| printed(&[&["report"], what, &["--format", format, "--explain"]].concat());
        assert!(reported(&["--ledger", &ledger])? == reported(&[&istanbul])?, "{format}");
    }
    let entries = whole.lines().count() - 2;
    assert_eq!(printed(&["log", "--ledger", &ledger])?.lines().count(), entries);
    assert_eq!(printed(&["export", "--ledger", &ledger, "--known-at", "3"])?.lines().count(), 5);
    let told = printed(&["check", "--ledger", &ledger])?;
    assert!(told.contains("the database is sound") && told.contains("bytes of every record"), "{told}");

    // Another ledger of the same database is another ledger; the usual one has no name.
    let (code, told) = failed(&["init", &ledger])?;
    assert!(code == Some(4) && told.contains("expected no ledger") && !told.contains("secret"), "{told}");
    printed(&["init", &address, "--title", "Of July"])?;
    let empty = printed(&["export", "--ledger", &address])?;
    assert!(empty.lines().count() == 2 && empty.contains("Of July"), "{empty}");
    Ok(())
}

fn one_entry_is_recorded_and_the_tables_are_written() -> Outcome {
    use std::io::Write as _;

    let ledger = bare("by_entry")?;
    printed(&["init", &ledger])?;
    let mut child = Command::new(command()?)
        .args(["record", "--ledger", &ledger, "--by", "night desk"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let entry = handover_wire::record::encode(&party("north")?)?;
    child.stdin.take().ok_or("no input")?.write_all(entry.as_bytes())?;
    let output = child.wait_with_output()?;
    assert!(
        output.status.success() && String::from_utf8(output.stdout)?.contains("entry `north` is recorded")
    );
    let log = printed(&["log", "--ledger", &ledger, "--format", "json"])?;
    let line: serde_json::Value = serde_json::from_str(log.trim())?;
    assert_eq!((&line["recorded-by"], &line["id"]), (&"night desk".into(), &"north".into()));
    let directory = tempfile::tempdir()?;
    let tables = directory.path().join("tables.sqlite");
    printed(&["project", "--ledger", &ledger, &tables.display().to_string()])?;
    let connection = rusqlite::Connection::open(&tables)?;
    let party: String = connection.query_row("SELECT party FROM parties", [], |row| row.get(0))?;
    assert_eq!(party, "north");
    Ok(())
}

/// Who may only read reads; nobody else writes by way of the command.
fn a_role_that_reads_reads() -> Outcome {
    let owner = bare("by_reader")?;
    printed(&["init", &owner])?;
    let article = dossier("seed-article.jsonl");
    printed(&["import", "--ledger", &owner, &article])?;
    Sql::connect(&owner.replace(":secret", ""))?.run("CREATE ROLE reader_by_command LOGIN")?;
    PostgresStore::grant(&owner, "reader_by_command", Access::Read)?;
    let reader = owner.replace("keeper:secret@", "reader_by_command@");
    assert_eq!(printed(&["export", "--ledger", &reader])?, fs::read_to_string(&article)?);
    for what in [&["report"][..], &["log"], &["check"]] {
        printed(&[what, &["--ledger", &reader]].concat())?;
    }
    let (code, told) = failed(&["import", "--ledger", &reader, &dossier("korea-k55.jsonl")])?;
    assert!(code == Some(4) && told.contains("let the owner grant it"), "{told}");
    assert_eq!(printed(&["export", "--ledger", &owner])?, fs::read_to_string(&article)?);
    Ok(())
}

/// Roles are let in by the command, and may do no more than they are let in for.
fn init_lets_roles_in() -> Outcome {
    let owner = bare("by_granting")?;
    let mut sql = Sql::connect(&owner.replace(":secret", ""))?;
    sql.run("CREATE ROLE desk_by_command LOGIN; CREATE ROLE eye_by_command LOGIN")?;
    let june = format!("{owner}#june");
    printed(&["init", &june, "--appends", "desk_by_command", "--reads", "eye_by_command"])?;
    let article = dossier("seed-article.jsonl");
    let (desk, eye) = (
        june.replace("keeper:secret@", "desk_by_command@"),
        june.replace("keeper:secret@", "eye_by_command@"),
    );
    let (code, told) = failed(&["import", "--ledger", &eye, &article])?;
    assert!(code == Some(4) && told.contains("let the owner grant it"), "{told}");
    printed(&["import", "--ledger", &desk, &article])?;
    assert_eq!(printed(&["export", "--ledger", &eye])?, fs::read_to_string(&article)?);
    // A database that is prepared stays as it is, and a role that is not there is told.
    printed(&["init", &format!("{owner}#july"), "--migrate", "--appends", "desk_by_command"])?;
    let (code, told) = failed(&["init", &format!("{owner}#august"), "--reads", "nobody_by_command"])?;
    assert!(code == Some(4) && told.contains("nobody_by_command"), "{told}");
    // An older schema is brought to the newest only where that is asked for.
    sql.run(
        "ALTER TABLE handover.migrations DISABLE TRIGGER ALL; UPDATE handover.migrations SET version = 0",
    )?;
    let (code, told) = failed(&["init", &format!("{owner}#september")])?;
    assert!(code == Some(4) && told.contains("init --migrate"), "{told}");
    Ok(())
}

/// What only reads is content with a standby; what records is not.
fn what_only_reads_is_content_with_a_standby() -> Outcome {
    let primary = Server::new(programs()?)?;
    primary.bare_database("by_standby")?;
    let ledger = format!("{}#june", primary.address("by_standby"));
    printed(&["init", &ledger])?;
    let istanbul = dossier("istanbul-june-2025.jsonl");
    printed(&["import", "--ledger", &ledger, &istanbul])?;
    // A copy begun now has all of it.
    let standby = primary.standby("commands")?;
    let copy = format!("{}#june", standby.address("by_standby"));
    assert_eq!(printed(&["export", "--ledger", &copy])?, fs::read_to_string(&istanbul)?);
    for what in [&["report"][..], &["log"], &["check"]] {
        let on = |ledger: &str| printed(&[what, &["--ledger", ledger]].concat());
        let (on_copy, on_primary) = (on(&copy)?, on(&ledger)?);
        let place = |told: String| told.replace(&standby.port().to_string(), &primary.port().to_string());
        assert!(place(on_copy) == on_primary, "{what:?}");
    }
    let directory = tempfile::tempdir()?;
    let tables = directory.path().join("tables.sqlite");
    printed(&["project", "--ledger", &copy, &tables.display().to_string()])?;
    let (code, told) = failed(&["import", "--ledger", &copy, &dossier("seed-article.jsonl")])?;
    assert!(code == Some(4), "{told}");
    assert_eq!(printed(&["export", "--ledger", &ledger])?, fs::read_to_string(&istanbul)?);
    Ok(())
}

fn several_import_at_once_and_everything_is_there_once() -> Outcome {
    let ledger = bare("by_several")?;
    printed(&["init", &ledger])?;
    let article = dossier("seed-article.jsonl");
    let told = thread::scope(|scope| {
        let threads: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    printed(&["import", "--ledger", &ledger, &article]).map_err(|why| why.to_string())
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|it| it.join().map_err(|_| "a panic".to_owned())?)
            .collect::<Result<Vec<_>, String>>()
    })?;
    let first = told.iter().filter(|told| told.contains(" 0 were recorded before")).count();
    assert_eq!(first, 1, "{told:?}");
    assert_eq!(printed(&["export", "--ledger", &ledger])?, fs::read_to_string(&article)?);
    Ok(())
}

fn damage_is_found() -> Outcome {
    let ledger = bare("by_damage")?;
    printed(&["init", &ledger])?;
    printed(&["import", "--ledger", &ledger, &dossier("seed-article.jsonl")])?;
    let mut sql = Sql::connect(&ledger.replace(":secret", ""))?;
    sql.run(
        "ALTER TABLE handover.records DISABLE TRIGGER ALL; DELETE FROM handover.records WHERE position = 20",
    )?;
    let (code, told) = failed(&["check", "--ledger", &ledger])?;
    assert!(code == Some(4) && told.contains("damaged"), "{told}");
    let (code, told) = failed(&["report", "--ledger", &ledger])?;
    assert!(code == Some(4) && told.contains("position 20"), "{told}");
    Ok(())
}

pub(crate) fn trials() -> Vec<Trial> {
    let missing = command().err();
    if let Some(why) = &missing {
        eprintln!("IGNORED: tests of the command: {why}");
    }
    let required = std::env::var_os("HANDOVER_REQUIRE_POSTGRES").is_some_and(|it| it == "1");
    let tests: &[Named] = &[
        ("a_dossier_is_kept_and_read_as_it_is", a_dossier_is_kept_and_read_as_it_is),
        (
            "one_entry_is_recorded_and_the_tables_are_written",
            one_entry_is_recorded_and_the_tables_are_written,
        ),
        ("a_role_that_reads_reads", a_role_that_reads_reads),
        (
            "several_import_at_once_and_everything_is_there_once",
            several_import_at_once_and_everything_is_there_once,
        ),
        ("init_lets_roles_in", init_lets_roles_in),
        ("what_only_reads_is_content_with_a_standby", what_only_reads_is_content_with_a_standby),
        ("damage_is_found", damage_is_found),
    ];
    let named = |&(name, test): &Named| {
        let trial = trial(&format!("command::{name}"), test);
        let ignored = trial.has_ignored_flag() || (missing.is_some() && !required);
        trial.with_ignored_flag(ignored)
    };
    tests.iter().map(named).collect()
}
