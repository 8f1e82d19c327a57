//! What an error says, and what it comes from.

use std::error::Error;
use std::io;
use std::sync::Arc;

use handover::ledger::Ledger;
use handover_desk::{
    Busy, FollowError, KnownAtError, OpenError, Panicked, RefreshError, Source, SubmitError, TailError,
};
use handover_journal::Position;

use crate::{introduced, party};

const GONE: &str = "the disk is gone";

fn gone() -> Source {
    Arc::new(io::Error::other(GONE))
}

#[test]
fn an_error_says_what_is_to_be_done_and_what_it_comes_from() {
    let mut ledger = Ledger::new();
    let _ = ledger.post(&party("a")).unwrap();
    let refusal = ledger.post(&introduced("e-2", "a")).unwrap_err();
    let refused = refusal.to_string();
    let entry = party("a").id;
    let (first, second) = (Position::new(1), Position::new(2));
    let unread = || TailError::Journal(gone());
    let no_entry = handover_wire::record::decode(1, "{").unwrap_err();
    let why_no_entry = no_entry.to_string();
    let closed = "found it closed: open the ledger again";
    let cases: Vec<(Box<dyn Error>, &str, Option<&str>)> = vec![
        (
            Box::new(SubmitError::Refused { place: 3, entry, refusal: refusal.clone() }),
            "entry `a`, at place 3: ",
            Some(&refused),
        ),
        (Box::new(SubmitError::TooLarge { place: 3, entry }), "found `a` at place 3, which is longer", None),
        (Box::new(SubmitError::NotRecorded(gone())), "nothing was recorded, submit it again", Some(GONE)),
        (Box::new(SubmitError::Unknown(gone())), "all was recorded or nothing", Some(GONE)),
        (Box::new(SubmitError::Closed), closed, None),
        (Box::new(Busy { entries: Vec::new() }), "submit the entries again later", None),
        (Box::new(unread()), "the journal cannot be read: ", Some(GONE)),
        (
            Box::new(TailError::OutOfOrder { expected: first, found: second }),
            "expected the record at position 1, found that at 2",
            None,
        ),
        (
            Box::new(TailError::Payload { position: second, why: Arc::new(no_entry) }),
            "the record at position 2 is no entry: ",
            Some(&why_no_entry),
        ),
        (
            Box::new(TailError::Replay { position: second, entry, refusal: refusal.clone() }),
            "entry `a` at position 2 does not follow from those before it: ",
            Some(&refused),
        ),
        (
            Box::new(TailError::Fell { seen: second, found: first }),
            "expected the journal up to position 2, which it had, found that it ends at 1",
            None,
        ),
        (
            Box::new(TailError::Replaced { position: second }),
            "expected at position 2 the record that was read there",
            None,
        ),
        (Box::new(OpenError::Journal(unread())), "the journal cannot be read: ", Some(GONE)),
        (Box::new(OpenError::Thread(gone())), "expected a thread for the desk, found none", Some(GONE)),
        (Box::new(RefreshError::Journal(unread())), "the journal cannot be read: ", Some(GONE)),
        (Box::new(RefreshError::Closed), closed, None),
        (Box::new(FollowError::Journal(unread())), "the journal cannot be read: ", Some(GONE)),
        (Box::new(FollowError::Closed), closed, None),
        (Box::new(FollowError::Panicked(Panicked)), "the thread ended by a panic", None),
        (
            Box::new(KnownAtError::BeyondHead { asked: second, head: first }),
            "expected a position from 0 to 1, where the ledger ends, found `2`",
            None,
        ),
        (Box::new(KnownAtError::Replay { entry, refusal }), "does not replay again", Some(&refused)),
        (Box::new(Panicked), "the thread ended by a panic: open the ledger again", None),
    ];
    for (error, says, source) in cases {
        let told = error.to_string();
        assert!(told.contains(says), "{told}");
        assert_eq!(error.source().map(ToString::to_string).as_deref(), source, "{told}");
        // What it comes from is told with it, so that one line is enough.
        assert!(source.is_none_or(|source| told.contains(source)), "{told}");
    }
}
