//! Appending over one connection.

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::poll_immediate;
use handover_journal::Record;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;

use crate::connect::Link;
use crate::error::{Error, is_lost};

/// How much goes into one statement: an append of more is several, in one transaction.
const RECORDS: usize = 8_192;
const BYTES: usize = 16 << 20;

/// What became of an append.
#[derive(Debug)]
pub(crate) enum Appended {
    /// All of it is in the journal.
    Written,
    /// Nothing is: the head was elsewhere, or another append came first.
    Overtaken,
    /// Nothing is, for another reason.
    Nothing(Error),
    /// All of it is or nothing. The connection is not to be used any more.
    Unknown(Error),
}

impl Appended {
    /// Whatever ended a transaction before its commit, nothing of it was written.
    fn before_the_commit(self) -> Self {
        match self {
            Self::Unknown(why) => Self::Nothing(why),
            other => other,
        }
    }
}

/// What is to be appended: where, and how long an answer may take.
pub(crate) struct Append<'a> {
    pub(crate) ledger: i32,
    pub(crate) name: &'a str,
    pub(crate) after: i64,
    pub(crate) records: &'a [Record],
    pub(crate) patience: Duration,
    pub(crate) stop: &'a AtomicBool,
}

impl Append<'_> {
    pub(crate) async fn run(&self, link: &mut Link) -> Appended {
        let warned = link.warnings();
        let appended = match parts(self.records).as_slice() {
            [] => Appended::Written,
            [whole] => self.single(link, whole).await,
            parts => self.several(link, parts).await,
        };
        if matches!(appended, Appended::Written) && link.warnings() != warned {
            // The server says `OK` also where it committed and gave up waiting for its standbys.
            return Appended::Unknown(Error::NotReplicated);
        }
        appended
    }

    /// One statement, which is a transaction of its own.
    async fn single(&self, link: &Link, records: &[Record]) -> Appended {
        match self.insert(link, self.after, records, true).await {
            Ok(inserted) => whole(inserted, records),
            Err(why) => why,
        }
    }

    /// Several statements in one transaction. The first says whether the head is where it has to be; the others follow on
    /// what the first put there.
    async fn several(&self, link: &mut Link, parts: &[&[Record]]) -> Appended {
        if let Err(why) = self.command(link, "BEGIN").await {
            return why.before_the_commit();
        }
        let mut after = self.after;
        for records in parts {
            let inserted = if self.stop.load(Ordering::Relaxed) {
                Err(Appended::Nothing(Error::Stopped))
            } else {
                self.insert(link, after, records, false).await
            };
            let became = match inserted {
                Ok(inserted) => whole(inserted, records),
                Err(why) => why,
            };
            match became {
                Appended::Written => {}
                // With the connection goes what was begun over it.
                Appended::Unknown(why @ (Error::Lost(_) | Error::Silent(_))) => {
                    return Appended::Nothing(why);
                }
                undone => {
                    return match self.command(link, "ROLLBACK").await {
                        Ok(()) => undone.before_the_commit(),
                        Err(why) => why.before_the_commit(),
                    };
                }
            }
            after = after.saturating_add(i64::try_from(records.len()).unwrap_or(i64::MAX));
        }
        match self.command(link, "COMMIT").await {
            Ok(()) => {
                self.hint(link);
                Appended::Written
            }
            Err(why) => why,
        }
    }

    async fn command(&self, link: &Link, sql: &str) -> Result<(), Appended> {
        match timeout(self.patience, link.client.batch_execute(sql)).await {
            Ok(done) => done.map_err(became),
            Err(_) => Err(Appended::Unknown(Error::Silent(self.patience))),
        }
    }

    /// The conditional statement: how many rows it put there.
    async fn insert(&self, link: &Link, after: i64, records: &[Record], hint: bool) -> Result<u64, Appended> {
        let times: Vec<i64> = records.iter().map(|record| record.recorded_at().micros()).collect();
        let recorders: Vec<&str> = records.iter().map(|record| record.recorded_by().as_str()).collect();
        let versions: Vec<i32> = records.iter().map(|record| i32::from(record.version())).collect();
        let payloads: Vec<&str> = records.iter().map(Record::payload).collect();
        let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&self.ledger, &after, &times, &recorders, &versions, &payloads];
        let mut inserting = Box::pin(link.client.execute(&link.statements.insert, &parameters));
        // Once it is on its way the hint follows in the same packet, and nobody waits for its answer.
        let answered = if let Some(answered) = poll_immediate(&mut inserting).await {
            Ok(answered)
        } else {
            if hint {
                self.hint(link);
            }
            timeout(self.patience, inserting).await
        };
        match answered {
            Ok(inserted) => inserted.map_err(became),
            Err(_) => Err(Appended::Unknown(Error::Silent(self.patience))),
        }
    }

    /// Tells whoever listens that there may be something new.
    fn hint(&self, link: &Link) {
        if let Some(statement) = &link.statements.hint {
            let name = self.name;
            let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 1] = [&name];
            // Sent with the first poll; a hint that is lost is made up for by whoever looks.
            let _ = link.client.execute(statement, &parameters).now_or_never();
        }
    }
}

/// All or nothing was put there, as the condition says.
fn whole(inserted: u64, records: &[Record]) -> Appended {
    match usize::try_from(inserted) {
        Ok(0) => Appended::Overtaken,
        Ok(inserted) if inserted == records.len() => Appended::Written,
        _ => Appended::Unknown(Error::Corrupt(format!(
            "expected {} rows to be inserted, found {inserted}",
            records.len()
        ))),
    }
}

/// What a failed statement left.
fn became(why: tokio_postgres::Error) -> Appended {
    if is_lost(&why) {
        return Appended::Unknown(why.into());
    }
    let overtaken =
        [SqlState::UNIQUE_VIOLATION, SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
    if why.code().is_some_and(|code| overtaken.contains(code)) {
        return Appended::Overtaken;
    }
    Appended::Nothing(why.into())
}

/// The records, in parts that fit into a statement.
fn parts(records: &[Record]) -> Vec<&[Record]> {
    let mut parts = Vec::new();
    let mut rest = records;
    while !rest.is_empty() {
        let mut bytes = 0_usize;
        let fitting = rest
            .iter()
            .take(RECORDS)
            .take_while(|record| {
                let first = bytes == 0;
                bytes = bytes.saturating_add(record.payload().len()).saturating_add(1);
                first || bytes <= BYTES
            })
            .count();
        let Some((part, after)) = rest.split_at_checked(fitting.max(1)) else { break };
        parts.push(part);
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use handover_journal::{Recorder, Timestamp};

    use super::*;

    fn records(lengths: &[usize]) -> Vec<Record> {
        let record = |length: &usize| {
            let by = Recorder::new("desk").unwrap();
            Record::new(Timestamp::from_micros(0), by, 1, "x".repeat(*length)).unwrap()
        };
        lengths.iter().map(record).collect()
    }

    #[test]
    fn an_append_is_parted_by_number_and_by_bytes_and_nothing_is_left_out() {
        let sizes =
            |lengths: &[usize]| parts(&records(lengths)).iter().map(|it| it.len()).collect::<Vec<_>>();
        assert_eq!(sizes(&[]), [0; 0]);
        assert_eq!(sizes(&[0]), [1]);
        assert_eq!(sizes(&vec![0; RECORDS]), [RECORDS]);
        assert_eq!(sizes(&vec![0; RECORDS + 1]), [RECORDS, 1]);
        let mebibyte = 1 << 20;
        assert_eq!(sizes(&[mebibyte; 16]), [15, 1]);
        assert_eq!(sizes(&[mebibyte; 3]), [3]);
    }
}
