//! Appends that are cut short: given up by whoever asked for them, or by the system in the midst of a commit.

use std::env;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use handover_journal::{AppendError, Journal, Position};
use handover_sqlite::{Error, SqliteJournal, SqliteStore};

use crate::{filled, june, place, read, record, records};

fn stopped_by(path: &Path, flag: &Arc<AtomicBool>) -> SqliteJournal {
    SqliteStore::open(path).unwrap().journal(&june()).unwrap().stopped_by(Arc::clone(flag))
}

#[test]
fn an_append_that_is_to_stop_writes_nothing() {
    let (_directory, path) = place();
    let held = filled(&path, 3);
    let flag = Arc::new(AtomicBool::new(true));
    let mut journal = stopped_by(&path, &flag);
    let refused = journal.append(Position::new(3), &records(3, 5)).unwrap_err();
    assert!(matches!(refused, AppendError::Failed(Error::Stopped)), "{refused}");
    assert!(refused.to_string().contains("nothing was written"), "{refused}");
    // A conflict comes first, and reading goes on.
    let refused = journal.append(Position::new(2), &records(3, 5)).unwrap_err();
    assert!(matches!(refused, AppendError::Conflict { .. }), "{refused}");
    assert_eq!(read(&mut journal), held);
    flag.store(false, Ordering::Relaxed);
    assert_eq!(journal.append(Position::new(3), &records(3, 5)).unwrap(), Position::new(5));
}

#[test]
fn a_long_append_that_is_to_stop_in_its_midst_writes_nothing() {
    const MANY: u64 = 200_000;
    let (_directory, path) = place();
    let held = filled(&path, 3);
    let many = records(3, MANY);
    let flag = Arc::new(AtomicBool::new(false));
    let mut journal = stopped_by(&path, &flag);
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(20));
            flag.store(true, Ordering::Relaxed);
        });
        let refused = journal.append(Position::new(3), &many).unwrap_err();
        assert!(matches!(refused, AppendError::Failed(Error::Stopped)), "{refused}");
    });
    assert_eq!(read(&mut journal), held);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(read(&mut store.journal(&june()).unwrap()), held);
    assert!(store.check().unwrap().is_empty());
}

/// Set for the process whose files may not grow: the file that it writes to.
const FILE: &str = "HANDOVER_NARROW_FILE";

/// No test of its own: what the process does whose files may not grow. It appends one record after another until the
/// system refuses a write in the midst of a commit.
#[test]
fn writing_until_the_system_refuses() {
    let Ok(file) = env::var(FILE) else { return };
    let mut journal = SqliteStore::open(file).unwrap().journal(&june()).unwrap();
    for number in 0.. {
        let Err(refused) = journal.append(Position::new(number), &[record(number)]) else { continue };
        assert!(matches!(refused, AppendError::Unknown(Error::Sqlite(_))), "{refused}");
        assert!(refused.to_string().contains("disk I/O error"), "{refused}");
        assert!(number > 50, "{number}: too narrow to try anything");
        // Reading tells, as the port promises: it is not there. So it may be appended again, and is refused again.
        assert_eq!(read(&mut journal), records(0, number));
        assert_eq!(journal.head().unwrap(), Position::new(number));
        let again = journal.append(Position::new(number), &[record(number)]).unwrap_err();
        assert!(matches!(again, AppendError::Unknown(Error::Sqlite(_))), "{again}");
        assert_eq!(read(&mut journal), records(0, number));
        println!("appended {number}.");
        return;
    }
}

/// A limit on the size of files makes the system refuse a write to the log while a transaction is committed.
#[test]
#[cfg(unix)]
fn after_an_error_of_the_system_in_a_commit_it_is_unknown_whether_it_was_written() {
    let (_directory, path) = place();
    SqliteStore::create(&path).unwrap();
    // Some shells count in blocks of 512 bytes, some in 1024. Without the trap the signal would end the process.
    let output = Command::new("sh")
        .args(["-c", r#"trap '' XFSZ; ulimit -f 900 && exec "$0" "$@""#])
        .arg(env::current_exe().unwrap())
        .args(["--exact", "cut_short::writing_until_the_system_refuses", "--nocapture"])
        .env(FILE, &path)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    let appended = told.split_once("appended ").and_then(|(_, rest)| rest.split_once('.')).unwrap().0;
    let appended: u64 = appended.parse().unwrap();

    // Where files may grow, all that was acknowledged is there and nothing else, and it goes on.
    let store = SqliteStore::open(&path).unwrap();
    let mut journal = store.journal(&june()).unwrap();
    assert_eq!(read(&mut journal), records(0, appended));
    let head = journal.append(Position::new(appended), &records(appended, appended + 500)).unwrap();
    assert_eq!(head, Position::new(appended + 500));
    assert_eq!(read(&mut journal), records(0, appended + 500));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}
