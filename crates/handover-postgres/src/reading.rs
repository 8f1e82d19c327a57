//! Reading in pieces.

use core::pin::Pin;
use core::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::timeout;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Row, RowStream};

use handover_journal::{Position, Stored, Timestamp};

use crate::connect::Link;
use crate::error::Error;

/// How many rows the server is asked for: few at first, for whoever breaks soon, and more and more.
#[derive(Debug)]
pub(crate) struct Pages(i64);

impl Pages {
    const FIRST: i64 = 256;
    const LONGEST: i64 = 65_536;

    pub(crate) fn new() -> Self {
        Self(Self::FIRST)
    }

    /// Where the page after a position ends, at the end at most.
    pub(crate) fn next(&mut self, after: i64, end: i64) -> i64 {
        let upto = after.saturating_add(self.0).min(end);
        self.0 = self.0.saturating_mul(4).min(Self::LONGEST);
        upto
    }
}

/// How far a read has come.
pub(crate) struct Reader {
    /// The last position that was given out.
    pub(crate) after: i64,
    /// The head when the read began, where it ends.
    pub(crate) end: i64,
    pub(crate) pages: Pages,
    pub(crate) page: Option<Page>,
}

impl Reader {
    pub(crate) fn new(after: i64, end: i64) -> Self {
        Self { after, end, pages: Pages::new(), page: None }
    }
}

/// Rows on their way. What is not asked for stays with the server and in the network.
pub(crate) struct Page {
    rows: Pin<Box<RowStream>>,
    /// Where it ends.
    pub(crate) upto: i64,
}

impl Page {
    pub(crate) async fn begin(
        link: &Link,
        ledger: i32,
        after: i64,
        upto: i64,
        patience: Duration,
    ) -> Result<Self, Error> {
        let parameters: [&(dyn ToSql + Sync); 3] = [&ledger, &after, &upto];
        let asking = link.client.query_raw(&link.statements.page, parameters);
        let rows = timeout(patience, asking).await.map_err(|_| Error::Silent(patience))??;
        Ok(Self { rows: Box::pin(rows), upto })
    }

    /// The next rows, a bounded number and a bounded amount; none at the end of the page.
    pub(crate) async fn pull(&mut self, patience: Duration) -> Result<Vec<Row>, Error> {
        const ROWS: usize = 1_024;
        const BYTES: usize = 4 << 20;
        let (mut rows, mut bytes) = (Vec::new(), 0_usize);
        let pulling = async {
            while rows.len() < ROWS && bytes < BYTES {
                let Some(row) = self.rows.next().await else { break };
                let row = row?;
                bytes = bytes.saturating_add(row.raw_size_bytes());
                rows.push(row);
            }
            Ok(())
        };
        timeout(patience, pulling).await.unwrap_or(Err(Error::Silent(patience)))?;
        Ok(rows)
    }
}

/// The record in a row, which must be the next.
pub(crate) fn stored<'r>(row: &'r Row, next: i64, ledger: &str) -> Result<Stored<'r>, Error> {
    let position: i64 = row.try_get(0)?;
    if position != next {
        return Err(Error::Corrupt(format!(
            "ledger `{ledger}`: expected the record at position {next}, found that at {position}"
        )));
    }
    let version: i32 = row.try_get(3)?;
    let version = u16::try_from(version).map_err(|_| {
        Error::Corrupt(format!(
            "ledger `{ledger}`, position {position}: expected a version of at most {}, found {version}",
            u16::MAX
        ))
    })?;
    Ok(Stored::new(
        place(position),
        Timestamp::from_micros(row.try_get(1)?),
        row.try_get(2)?,
        version,
        row.try_get(4)?,
    ))
}

/// The position of a row or a head, none of which is below 0.
pub(crate) fn place(number: i64) -> Position {
    Position::new(u64::try_from(number).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_grow_and_end_at_the_end() {
        let mut pages = Pages::new();
        assert_eq!(pages.next(0, 10), 10);
        let mut pages = Pages::new();
        assert_eq!(pages.next(0, i64::MAX), 256);
        assert_eq!(pages.next(256, i64::MAX), 256 + 1_024);
        for _ in 0..9 {
            let _ = pages.next(0, i64::MAX);
        }
        assert_eq!(pages.next(7, i64::MAX), 7 + Pages::LONGEST);
        assert_eq!(pages.next(i64::MAX - 1, i64::MAX), i64::MAX);
    }
}
