//! Copies of a file that is in use.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use handover_journal::{Journal, LedgerId, Position};
use handover_sqlite::{BackUpError, BackedUp, BackingUp, Error, OpenError, SqliteStore};

use crate::room::Small;
use crate::{filled, june, place, read, record, records};

/// Enough records for several mebibytes, so that a copy is made in several steps.
const MANY: u64 = 24_000;

fn copied(from: &Path, to: &Path) -> Result<BackedUp, BackUpError> {
    SqliteStore::open(from).unwrap().back_up(to, &mut |_| ControlFlow::Continue(()))
}

/// What is in the directory of a file.
fn beside(path: &Path) -> Vec<String> {
    let found = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut names: Vec<_> = found.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The copy waits, in its midst, until the writer has come further: so it is shown that writers go on, and that what they
/// write meanwhile is not in it.
#[test]
fn a_copy_under_a_writer_holds_what_was_acknowledged_before_and_goes_on() {
    let (directory, path) = place();
    filled(&path, MANY);
    let to = directory.path().join("copy.handover");
    let store = SqliteStore::open(&path).unwrap();
    let (written, ended) = (AtomicU64::new(MANY), AtomicBool::new(false));
    let come_to = |number: u64| {
        let until = Instant::now() + Duration::from_secs(30);
        while written.load(Ordering::Acquire) < number {
            assert!(Instant::now() < until, "the writer does not get through");
            thread::sleep(Duration::from_millis(1));
        }
    };
    let (before, made) = thread::scope(|scope| {
        scope.spawn(|| {
            let mut journal = store.journal(&june()).unwrap();
            let mut number = MANY;
            while !ended.load(Ordering::Acquire) {
                journal.append(Position::new(number), &[record(number)]).unwrap();
                number += 1;
                written.store(number, Ordering::Release);
            }
        });
        come_to(MANY + 3);
        let before = written.load(Ordering::Acquire);
        let mut steps = Vec::new();
        let made = store.back_up(&to, &mut |step| {
            if steps.len() < 3 {
                come_to(written.load(Ordering::Acquire) + 3);
            }
            steps.push(step);
            ControlFlow::Continue(())
        });
        ended.store(true, Ordering::Release);
        let copying = |it: &&BackingUp| matches!(it, BackingUp::Copying { .. });
        assert!(steps.iter().filter(copying).count() > 1, "{steps:?}");
        let proven = steps.last().unwrap();
        assert!(matches!(proven, BackingUp::Proving { done, of } if done == of), "{steps:?}");
        (before, made.unwrap())
    });
    let after = written.load(Ordering::Acquire);
    assert!(made.records >= before && made.records < after, "{before} {made:?} {after}");
    assert_eq!((made.ledgers, made.bytes), (1, fs::metadata(&to).unwrap().len()));

    // The copy passes every check, holds what it says and goes on by itself.
    let copy = SqliteStore::open(&to).unwrap();
    assert_eq!(copy.check().unwrap(), Vec::<String>::new());
    assert_eq!(copy.title(&june()).unwrap().as_deref(), Some("The exchanges of June"));
    let mut journal = copy.journal(&june()).unwrap();
    assert_eq!(read(&mut journal), records(0, made.records));
    journal.append(Position::new(made.records), &[record(7)]).unwrap();
    drop((journal, copy));
    // The file has lost nothing by it.
    assert_eq!(read(&mut store.journal(&june()).unwrap()), records(0, after));
    assert_eq!(beside(&path), ["copy.handover", "june.handover"]);
}

#[test]
fn a_copy_of_several_ledgers_is_whole_and_has_the_rights_of_the_file() {
    let (directory, path) = place();
    let held = filled(&path, 3);
    let july = LedgerId::new("july").unwrap();
    let store = SqliteStore::open(&path).unwrap();
    store.journal(&july).unwrap().append(Position::START, &records(10, 12)).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let to = directory.path().join("copy");
    let made = copied(&path, &to).unwrap();
    assert_eq!((made.ledgers, made.records), (2, 5));
    let copy = SqliteStore::open(&to).unwrap();
    assert_eq!(copy.ledgers().unwrap(), [july.clone(), june()]);
    assert_eq!(read(&mut copy.journal(&june()).unwrap()), held);
    assert_eq!(read(&mut copy.journal(&july).unwrap()), records(10, 12));
    assert_eq!(fs::metadata(&to).unwrap().permissions(), fs::metadata(&path).unwrap().permissions());
}

#[test]
fn nothing_that_is_there_is_replaced() {
    let (directory, path) = place();
    filled(&path, 3);
    let to = directory.path().join("copy");
    // The log of another file would be taken for that of the copy.
    for there in ["copy", "copy-wal", "copy-journal"] {
        let there = directory.path().join(there);
        fs::write(&there, "theirs").unwrap();
        let refused = copied(&path, &to).unwrap_err();
        let BackUpError::Target(OpenError::Exists(found)) = &refused else { panic!("{refused}") };
        assert_eq!(*found, there);
        assert!(refused.to_string().contains("choose another path"), "{refused}");
        assert_eq!(fs::read_to_string(&there).unwrap(), "theirs");
        fs::remove_file(there).unwrap();
    }
    let refused = copied(&path, &path).unwrap_err();
    assert!(matches!(refused, BackUpError::Target(OpenError::Exists(_))), "{refused}");
    let missing = directory.path().join("none").join("copy");
    let refused = copied(&path, &missing).unwrap_err();
    assert!(matches!(refused, BackUpError::Target(OpenError::Unreachable { .. })), "{refused}");
    assert!(refused.to_string().contains("check that its directory exists"), "{refused}");
    assert_eq!(beside(&path), ["june.handover"]);
}

/// Whatever stands there when the copy is finished stays too.
#[test]
fn what_comes_there_meanwhile_is_not_replaced() {
    let (directory, path) = place();
    filled(&path, 3);
    let to = directory.path().join("copy");
    let refused = SqliteStore::open(&path)
        .unwrap()
        .back_up(&to, &mut |_| {
            fs::write(&to, "theirs").unwrap();
            ControlFlow::Continue(())
        })
        .unwrap_err();
    assert!(matches!(refused, BackUpError::Target(OpenError::Exists(_))), "{refused}");
    assert_eq!(fs::read_to_string(&to).unwrap(), "theirs");
    assert_eq!(beside(&path), ["copy", "june.handover"]);
}

#[test]
fn a_copy_that_is_to_stop_leaves_nothing() {
    let (directory, path) = place();
    filled(&path, MANY);
    let to = directory.path().join("copy");
    let store = SqliteStore::open(&path).unwrap();
    let (mut copying, mut proving) = (0, 0);
    for stop_at in 0.. {
        let mut steps = 0;
        let made = store.back_up(&to, &mut |step| {
            steps += 1;
            if steps <= stop_at {
                return ControlFlow::Continue(());
            }
            match step {
                BackingUp::Copying { .. } => copying += 1,
                _ => proving += 1,
            }
            ControlFlow::Break(())
        });
        let Err(refused) = made else { break };
        assert!(matches!(refused, BackUpError::Stopped), "{refused}");
        assert!(refused.to_string().contains("no copy was made"), "{refused}");
        assert_eq!(beside(&path), ["june.handover"], "stopped at {stop_at}");
    }
    assert!(copying > 0 && proving > 0, "{copying} {proving}");
    assert!(to.exists());
}

#[test]
fn a_file_that_is_damaged_is_not_copied() {
    let (directory, path) = place();
    let held = filled(&path, 300);
    let sound = fs::read(&path).unwrap();
    let to = directory.path().join("copy");
    let wanted = held[199].payload().as_bytes();
    let place = sound.windows(wanted.len()).position(|it| it == wanted).unwrap();
    let mut bytes = sound.clone();
    bytes[place + 10] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let refused = copied(&path, &to).unwrap_err();
    let BackUpError::Unsound { found, .. } = &refused else { panic!("{refused}") };
    assert!(found[0].contains("position 200"), "{found:?}");
    assert!(refused.to_string().contains("position 200") && refused.to_string().contains("kept none"));
    assert_eq!(beside(&path), ["june.handover"]);
    // Wherever it is damaged, what is copied is sound or there is no copy.
    for place in (0..sound.len()).step_by(4_001) {
        let mut bytes = sound.clone();
        bytes[place] ^= 0xff;
        fs::write(&path, &bytes).unwrap();
        let Ok(store) = SqliteStore::open(&path) else { continue };
        if store.back_up(&to, &mut |_| ControlFlow::Continue(())).is_ok() {
            assert_eq!(read(&mut SqliteStore::open(&to).unwrap().journal(&june()).unwrap()), held);
            fs::remove_file(&to).unwrap();
        }
        assert!(!to.exists());
    }
}

#[test]
fn where_there_is_no_room_or_no_right_there_is_no_copy() {
    let (_directory, path) = place();
    let held = filled(&path, MANY);
    let directory = tempfile::tempdir().unwrap();
    let Some(small) = Small::mount(directory.path()) else {
        eprintln!("SKIPPED: a small file system cannot be mounted here");
        return;
    };
    let to = small.at().join("copy");
    let refused = copied(&path, &to).unwrap_err();
    let full = matches!(refused, BackUpError::Target(OpenError::Store { why: Error::Full, .. }));
    assert!(full && refused.to_string().contains("make room on the disk"), "{refused}");
    assert!(refused.to_string().contains(&*to.to_string_lossy()), "{refused}");
    assert_eq!(beside(&to), Vec::<String>::new());

    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(small.at()).output().unwrap();
    assert!(remounted.status.success());
    let refused = copied(&path, &to).unwrap_err();
    assert!(refused.to_string().contains("may read and write there"), "{refused}");
    assert_eq!(read(&mut SqliteStore::open(&path).unwrap().journal(&june()).unwrap()), held);
}
