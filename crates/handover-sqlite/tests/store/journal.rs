//! The journal, as its contract says.

use std::thread;

use handover_journal::{AppendError, Journal, LedgerId, Position};
use handover_sqlite::SqliteStore;

use crate::{june, place, read, read_after, record, records};

#[test]
fn what_is_appended_is_read_after_reopening() {
    let (_directory, path) = place();
    let store = SqliteStore::create(&path).unwrap();
    let held = records(0, 7);
    let mut journal = store.journal(&june()).unwrap();
    assert_eq!(journal.head().unwrap(), Position::START);
    assert_eq!(journal.append(Position::START, &held[..3]).unwrap(), Position::new(3));
    assert_eq!(journal.append(Position::new(3), &held[3..]).unwrap(), Position::new(7));
    drop(journal);

    let mut journal = SqliteStore::open(&path).unwrap().journal(&june()).unwrap();
    assert_eq!(read(&mut journal), held);
    assert_eq!(journal.head().unwrap(), Position::new(7));
    assert_eq!(read_after(&mut journal, Position::new(5)).0, held[5..]);
    for beyond in [7, 8, u64::MAX] {
        let (found, ended) = read_after(&mut journal, Position::new(beyond));
        assert!(found.is_empty() && ended.is_ok(), "after {beyond}");
    }
}

#[test]
fn a_handle_that_has_not_seen_the_head_is_told_so() {
    let (_directory, path) = place();
    let store = SqliteStore::create(&path).unwrap();
    let (mut one, mut other) = (store.journal(&june()).unwrap(), store.journal(&june()).unwrap());
    one.append(Position::START, &records(0, 2)).unwrap();
    for after in [0, 1, 3, u64::MAX] {
        for more in [&records(2, 3)[..], &[]] {
            let refused = other.append(Position::new(after), more).unwrap_err();
            let AppendError::Conflict { expected, found } = refused else { panic!("{refused}") };
            assert_eq!((expected, found), (Position::new(after), Position::new(2)));
        }
    }
    assert_eq!(other.append(Position::new(2), &[]).unwrap(), Position::new(2));
    assert_eq!(other.append(Position::new(2), &[record(2)]).unwrap(), Position::new(3));
    assert_eq!(read(&mut one), records(0, 3));
}

#[test]
fn ledgers_of_one_file_do_not_touch_each_other() {
    let (_directory, path) = place();
    let store = SqliteStore::create(&path).unwrap();
    let july = LedgerId::new("july").unwrap();
    let (mut one, mut other) = (store.journal(&june()).unwrap(), store.journal(&july).unwrap());
    one.append(Position::START, &records(0, 3)).unwrap();
    other.append(Position::START, &records(10, 12)).unwrap();
    one.append(Position::new(3), &records(3, 4)).unwrap();
    assert_eq!(read(&mut one), records(0, 4));
    assert_eq!(read(&mut other), records(10, 12));
    assert_eq!(store.ledgers().unwrap(), [july, june()]);
}

#[test]
fn of_two_that_append_at_once_nothing_is_lost_or_doubled() {
    const EACH: u64 = 150;
    let (_directory, path) = place();
    let store = SqliteStore::create(&path).unwrap();
    let writers: Vec<_> = (0..2)
        .map(|writer| {
            let mut journal = store.journal(&june()).unwrap();
            thread::spawn(move || {
                let mut head = Position::START;
                for number in 0..EACH {
                    let mine = [record(writer * EACH + number)];
                    loop {
                        match journal.append(head, &mine) {
                            Ok(now) => {
                                head = now;
                                break;
                            }
                            Err(AppendError::Conflict { found, .. }) => head = found,
                            Err(other) => panic!("{other}"),
                        }
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let found = read(&mut store.journal(&june()).unwrap());
    for writer in 0..2 {
        let range = writer * EACH..(writer + 1) * EACH;
        let expected: Vec<_> = range.map(record).collect();
        let kept: Vec<_> = found.iter().filter(|it| expected.contains(it)).cloned().collect();
        assert_eq!(kept, expected, "the records of writer {writer} in their order");
    }
    assert_eq!(found.len(), 300);
    assert!(store.check().unwrap().is_empty());
}
