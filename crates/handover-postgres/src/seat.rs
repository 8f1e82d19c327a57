//! What a handle does in its runtime: one connection, and another when it is lost.

use core::sync::atomic::AtomicBool;
use core::time::Duration;
use std::sync::Arc;
use std::time::Instant;

use handover_journal::{AppendError, LedgerId, Position, Record};
use tokio::time::timeout;
use tokio_postgres::Row;

use crate::append::{Append, Appended};
use crate::backend::Backend;
use crate::connect::{Address, Link};
use crate::error::Error;
use crate::reading::{Page, Reader, place};

pub(crate) struct Seat {
    address: Address,
    ledger: LedgerId,
    link: Option<Link>,
    /// The number of the ledger, as the server of this connection has it.
    id: Option<i32>,
    /// The server's process of a connection that ended in the midst of an append.
    unsettled: Option<Backend>,
    /// The head that was seen: a server that has less lags, or has lost what was acknowledged.
    seen: i64,
    /// Whether appending is to be given up.
    pub(crate) stop: Arc<AtomicBool>,
}

/// How often in a row something is tried that brings nothing new.
const TRIES: u32 = 3;

/// A connection that was not used for so long is asked whether it still answers before anything rests on it.
const STALE: Duration = Duration::from_secs(5);

impl Seat {
    pub(crate) fn new(address: Address, ledger: LedgerId, link: Link) -> Self {
        let stop = Arc::default();
        Self { address, ledger, link: Some(link), id: None, unsettled: None, seen: 0, stop }
    }

    pub(crate) fn ledger(&self) -> &LedgerId {
        &self.ledger
    }

    /// The connection, which answers as far as is known, and the number of the ledger as far as that is known.
    async fn ready(&mut self) -> Result<(&mut Link, Option<i32>), Error> {
        let patience = self.address.options.patience;
        if let Some(link) = self.link.take() {
            // What was told meanwhile is heard before anything rests on it.
            tokio::task::yield_now().await;
            let answers = link.heard.elapsed() < STALE
                || matches!(timeout(patience, link.client.check_connection()).await, Ok(Ok(())));
            if answers && link.is_open() {
                self.link = Some(link);
            }
        }
        let link = if let Some(link) = self.link.take() {
            link
        } else {
            // Another server may have numbered the ledger otherwise.
            self.id = None;
            let link = self.address.link_at_last(self.unsettled.as_ref()).await?;
            self.unsettled = None;
            link
        };
        Ok((self.link.insert(link), self.id))
    }

    /// Gives up a connection that is of no use after an error.
    fn mind(&mut self, why: &Error) {
        if matches!(why, Error::Lost(_) | Error::Silent(_) | Error::ReadOnly) {
            self.link = None;
        }
    }

    /// The number of the ledger and its head, if it is there; over another connection if this one is lost, for asking
    /// changes nothing and may be done again.
    async fn asked(&mut self, head: bool) -> Result<Option<(i32, i64)>, Error> {
        let patience = self.address.options.patience;
        let name = self.ledger.clone();
        let mut tries = 0_u32;
        loop {
            let (link, known) = self.ready().await?;
            let asking = async {
                let id = match known {
                    Some(id) => id,
                    None => match link.ledger(name.as_str()).await? {
                        Some(id) => id,
                        None => return Ok(None),
                    },
                };
                Ok(Some((id, if head { link.head(id).await? } else { 0 })))
            };
            let answered = timeout(patience, asking).await.unwrap_or(Err(Error::Silent(patience)));
            match answered {
                Ok(answer) => {
                    link.heard = Instant::now();
                    self.id = answer.map(|(id, _)| id);
                    return Ok(answer);
                }
                Err(why) => {
                    self.mind(&why);
                    tries = tries.saturating_add(1);
                    if !matches!(why, Error::Lost(_)) || tries >= TRIES {
                        return Err(why);
                    }
                }
            }
        }
    }

    /// The number of the ledger, if it is there.
    async fn number(&mut self) -> Result<Option<i32>, Error> {
        if self.id.is_some() && self.link.is_some() {
            return Ok(self.id);
        }
        Ok(self.asked(false).await?.map(|(id, _)| id))
    }

    /// The head, whatever was seen before.
    async fn glance(&mut self) -> Result<i64, Error> {
        Ok(self.asked(true).await?.map_or(0, |(_, head)| head))
    }

    /// The head, which never falls.
    pub(crate) async fn head(&mut self) -> Result<i64, Error> {
        let head = self.glance().await?;
        if head < self.seen {
            return Err(Error::Behind { seen: place(self.seen), found: place(head) });
        }
        self.seen = head;
        Ok(head)
    }

    /// The number of the ledger, which begins with this.
    async fn begun(&mut self) -> Result<i32, Error> {
        const ADD: &str = "INSERT INTO handover.ledgers (name) VALUES ($1) ON CONFLICT DO NOTHING";
        let patience = self.address.options.patience;
        let name = self.ledger.clone();
        let (link, _) = self.ready().await?;
        let added = timeout(patience, link.client.execute(ADD, &[&name.as_str()])).await;
        // Whether it was added now or by another handle: it is there.
        let added = added.map_or(Err(Error::Silent(patience)), |added| added.map(drop).map_err(Error::from));
        if let Err(why) = added {
            self.mind(&why);
            return Err(why);
        }
        let number = self.number().await?;
        number.ok_or_else(|| Error::Corrupt(format!("ledger `{name}` was added and is not there")))
    }

    pub(crate) async fn append(
        &mut self,
        after: Position,
        records: &[Record],
    ) -> Result<i64, AppendError<Error>> {
        let conflict = |found: i64| AppendError::Conflict { expected: after, found: place(found) };
        let at = i64::try_from(after.number()).ok();
        let end = i64::try_from(records.len()).ok().zip(at).and_then(|(count, at)| at.checked_add(count));
        let (Some(at), Some(end), false) = (at, end, records.is_empty() || self.address.options.read_only)
        else {
            // Nothing can be written; whoever is elsewhere than the head is told that first.
            let head = self.glance().await.map_err(AppendError::Failed)?;
            return match at {
                Some(at) if at == head && records.is_empty() => Ok(head),
                Some(at) if at == head && self.address.options.read_only => {
                    Err(AppendError::Failed(Error::ReadOnly))
                }
                Some(at) if at == head => Err(AppendError::Failed(Error::Position(u64::MAX))),
                _ => Err(conflict(head)),
            };
        };
        let ledger = match self.number().await.map_err(AppendError::Failed)? {
            Some(id) => id,
            // A ledger begins with its first record, and not with a conflict.
            None if at > 0 => return Err(conflict(0)),
            None => self.begun().await.map_err(AppendError::Failed)?,
        };
        self.put(ledger, at, end, records).await.map_err(|unput| match unput {
            Unput::Conflict(found) => conflict(found),
            Unput::Failed(why) => AppendError::Failed(why),
            Unput::Unknown(why) => AppendError::Unknown(why),
        })
    }

    async fn put(&mut self, mut ledger: i32, at: i64, end: i64, records: &[Record]) -> Result<i64, Unput> {
        let (name, stop) = (self.ledger.clone(), Arc::clone(&self.stop));
        let patience = self.address.options.patience;
        for _ in 0..TRIES {
            let (link, known) = self.ready().await.map_err(Unput::Failed)?;
            if known != Some(ledger) {
                // The connection is another: so may be the number.
                let Some(id) = self.number().await.map_err(Unput::Failed)? else {
                    return Err(if at > 0 { Unput::Conflict(0) } else { Unput::Failed(self.gone()) });
                };
                ledger = id;
                continue;
            }
            let append = Append { ledger, name: name.as_str(), after: at, records, patience, stop: &stop };
            let backend = link.backend.clone();
            let why = match append.run(link).await {
                Appended::Written => {
                    link.heard = Instant::now();
                    self.seen = self.seen.max(end);
                    return Ok(end);
                }
                Appended::Unknown(why) => {
                    self.unsettled = Some(backend);
                    self.link = None;
                    return Err(Unput::Unknown(why));
                }
                Appended::Overtaken => None,
                Appended::Nothing(why) => {
                    self.mind(&why);
                    Some(why)
                }
            };
            // Whoever is behind the head is told that first.
            match (self.glance().await, why) {
                (Ok(found), _) if found != at => return Err(Unput::Conflict(found)),
                (_, Some(why)) | (Err(why), None) => return Err(Unput::Failed(why)),
                // What was in the way is gone: an append that was given up.
                (Ok(_), None) => {}
            }
        }
        Err(Unput::Conflict(at))
    }

    fn gone(&self) -> Error {
        Error::Corrupt(format!("ledger `{}` was there and is not there any more", self.ledger))
    }

    /// The next rows, none at the end.
    pub(crate) async fn rows(&mut self, reader: &mut Reader) -> Result<Vec<Row>, Error> {
        let patience = self.address.options.patience;
        let mut tries = 0_u32;
        loop {
            let pulled = match &mut reader.page {
                Some(page) => page.pull(patience).await,
                None if reader.after >= reader.end => return Ok(Vec::new()),
                None => {
                    let Some(id) = self.number().await? else { return Err(self.gone()) };
                    let (link, known) = self.ready().await?;
                    if known != Some(id) {
                        continue;
                    }
                    let upto = reader.pages.next(reader.after, reader.end);
                    match Page::begin(link, id, reader.after, upto, patience).await {
                        Ok(page) => {
                            link.heard = Instant::now();
                            reader.page = Some(page);
                            continue;
                        }
                        Err(why) => Err(why),
                    }
                }
            };
            let why = match pulled {
                Ok(rows) if !rows.is_empty() => return Ok(rows),
                Ok(_) => {
                    let upto = reader.page.take().map_or(reader.after, |page| page.upto);
                    if reader.after < upto {
                        return Err(Error::Corrupt(format!(
                            "ledger `{}`: expected a record at position {}, found none",
                            self.ledger,
                            reader.after.saturating_add(1)
                        )));
                    }
                    continue;
                }
                Err(why) => why,
            };
            reader.page = None;
            self.mind(&why);
            tries = tries.saturating_add(1);
            if !matches!(why, Error::Lost(_)) || tries >= TRIES {
                return Err(why);
            }
        }
    }
}

/// Why nothing was put there, or may not have been.
enum Unput {
    Conflict(i64),
    Failed(Error),
    Unknown(Error),
}
