//! Each check can fail: for every invariant there is a ledger that was corrupted so that it breaks it, and nothing but a test
//! can make such a ledger.

mod claims;
mod prisoners;
mod replayed;
mod rows;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::ALL;
use crate::entry::Entry;
use crate::ledger::Ledger;

/// Tells of ledgers that were corrupted, and of what they break.
type Story = fn(&mut Broken);

/// The invariants that were shown to be broken, and what went otherwise than it was told.
#[derive(Default)]
struct Broken {
    invariants: BTreeSet<u8>,
    otherwise: Vec<String>,
}

fn broken(ledger: &Ledger) -> Vec<u8> {
    ALL.iter().filter(|rule| rule.check(ledger).is_err()).map(|rule| rule.number).collect()
}

impl Broken {
    /// A sound ledger breaks nothing; with rows changed behind its back, it breaks this invariant.
    fn changed(&mut self, sound: &Ledger, invariant: u8, how: impl FnOnce(&mut Ledger)) {
        let before = broken(sound);
        let mut ledger = sound.clone();
        how(&mut ledger);
        let found = broken(&ledger);
        if before.is_empty() && found.contains(&invariant) {
            self.invariants.insert(invariant);
        } else {
            self.otherwise.push(format!("{invariant}: {before:?} before and {found:?} after"));
        }
    }

    /// A sound ledger refuses an entry; one that replays it all the same breaks this invariant.
    fn replayed(&mut self, sound: &Ledger, invariant: u8, entry: &Entry) {
        if sound.clone().post(entry).is_ok() {
            self.otherwise.push(format!("{invariant}: not refused"));
        }
        self.changed(sound, invariant, |ledger| {
            let _ = ledger.replay(entry);
        });
    }
}

#[test]
fn every_invariant_has_a_ledger_that_breaks_it() {
    let mut broken = Broken::default();
    for story in [claims::STORIES, prisoners::STORIES, replayed::STORIES, rows::STORIES].into_iter().flatten()
    {
        story(&mut broken);
    }
    assert_eq!(broken.otherwise, [""; 0]);
    let numbers = ALL.iter().map(|rule| rule.number);
    let sound: Vec<u8> = numbers.filter(|number| !broken.invariants.contains(number)).collect();
    assert_eq!(sound, [0u8; 0], "no ledger is known to break these");
}
