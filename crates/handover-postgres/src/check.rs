//! Proving a whole database.

use core::ops::ControlFlow;

use handover_journal::{Journal as _, LedgerId, Position, Stored};

use crate::connect::Link;
use crate::error::Error;
use crate::journal::PostgresJournal;

/// Records of a ledger without a name.
const NAMELESS: &str = "SELECT DISTINCT ledger FROM handover.records \
                        WHERE ledger NOT IN (SELECT id FROM handover.ledgers) ORDER BY ledger LIMIT 100";

pub(crate) async fn names(link: &Link) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for row in link.client.query(NAMELESS, &[]).await? {
        let ledger: i32 = row.try_get(0)?;
        found.push(format!("records name the ledger {ledger}, which is not in `ledgers`"));
    }
    Ok(found)
}

/// What is wrong with a ledger: reading ends at the first of it.
pub(crate) fn ledger(
    name: &LedgerId,
    journal: &mut PostgresJournal,
    each: &mut dyn FnMut(&str, Stored<'_>),
) -> Result<Vec<String>, Error> {
    let read = journal.read(Position::START, &mut |stored| {
        each(name.as_str(), stored);
        ControlFlow::Continue(())
    });
    match read {
        Ok(()) => Ok(Vec::new()),
        Err(Error::Corrupt(what)) => Ok(vec![what]),
        Err(why) => Err(why),
    }
}
