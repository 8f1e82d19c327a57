//! A ledger on a PostgreSQL server.

use std::env;
use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::ops::ControlFlow;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use handover_desk::{Clerk, Desk};
use handover_journal::{Journal as _, LedgerId, Position, Stored};
use handover_postgres::{Access, Error, OpenError, Options, PostgresStore};

use crate::failure::{Failure, Kind};
use crate::kept::{Pages, Store, USUAL_NAME, opened, pages};
use crate::watched::progress;

/// The address of a database, and the name of a ledger in it: `postgres://role@host/database#ledger`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address {
    address: String,
    name: LedgerId,
}

impl Address {
    pub(crate) fn name(&self) -> &LedgerId {
        &self.name
    }

    /// The database, to be written or, which a standby serves too, only read.
    pub(crate) fn open(&self, read_only: bool) -> Result<PostgresStore, OpenError> {
        let mut options = Options::default();
        options.read_only = read_only;
        PostgresStore::open_with(&self.given(), options)
    }

    /// Makes room for a ledger: prepares the database, as its owner, unless it is prepared; an older schema is brought to the
    /// newest where that is asked for.
    pub(crate) fn prepare(&self, migrate: bool) -> Result<PostgresStore, Failure> {
        match self.open(false) {
            Err(OpenError::OlderSchema { .. }) if migrate => {}
            Err(why @ OpenError::OlderSchema { .. }) => {
                let advice = "take a backup, and call `handover init --migrate` as the owner of the database";
                return Err(Failure::new(Kind::Io, format!("{self}: {why}"), advice));
            }
            Err(OpenError::NoSchema) => {}
            other => return other.map_err(Failure::store),
        }
        PostgresStore::migrate(&self.given()).map_err(Failure::store)?;
        self.open(false).map_err(Failure::store)
    }

    /// Lets roles in, as the owner of the database: those that append, and those that read.
    pub(crate) fn let_in(&self, append: &[String], read: &[String]) -> Result<(), Failure> {
        let append = append.iter().map(|role| (role, Access::Append));
        for (role, access) in append.chain(read.iter().map(|role| (role, Access::Read))) {
            PostgresStore::grant(&self.given(), role, access).map_err(Failure::store)?;
        }
        Ok(())
    }

    /// The address with the password of the environment.
    fn given(&self) -> String {
        self.with_password(env::var("PGPASSWORD").ok().as_deref())
    }

    /// The address with the password that is given beside it, as other programs of PostgreSQL take it; one that stands in the
    /// address goes first.
    fn with_password(&self, given: Option<&str>) -> String {
        let Some(given) = given.filter(|given| !given.is_empty() && !self.has_password()) else {
            return self.address.clone();
        };
        let mut address = self.address.clone();
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str("password=");
        for byte in given.bytes() {
            // Writing to a text cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
        address
    }

    fn has_password(&self) -> bool {
        let (_, rest) = self.address.split_once("://").unwrap_or_default();
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
        user.contains(':') || self.parameters().any(|(name, _)| name == "password")
    }

    fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let parameters = self.address.split_once('?').map_or("", |(_, parameters)| parameters);
        parameters.split('&').filter_map(|parameter| parameter.split_once('='))
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (address, name) = text.split_once('#').unwrap_or((text, USUAL_NAME));
        let name = LedgerId::new(name).map_err(|why| format!("the ledger after `#`: {why}"))?;
        Ok(Self { address: address.to_owned(), name })
    }
}

/// Without what nobody else is to see.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, rest) = self.address.split_once("://").unwrap_or_default();
        let (rest, _) = rest.split_once('?').unwrap_or((rest, ""));
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (user.split(':').next(), place),
            None => (None, rest),
        };
        write!(f, "{scheme}://")?;
        if let Some(user) = user {
            write!(f, "{user}@")?;
        }
        write!(f, "{place}#{}", self.name)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Store for PostgresStore {
    fn title(&self, ledger: &LedgerId) -> Result<Option<String>, Failure> {
        self.title(ledger).map_err(Failure::store)
    }

    fn entitle(&self, ledger: &LedgerId, title: &str) -> Result<(), Failure> {
        self.entitle(ledger, title).map(drop).map_err(Failure::store)
    }

    fn open(&self, ledger: &LedgerId, stop: Arc<AtomicBool>) -> Result<(Desk, Clerk), Failure> {
        opened(self.journal(ledger).map_err(Failure::store)?.stopped_by(stop))
    }

    fn pages(&self, ledger: &LedgerId) -> Result<Pages, Failure> {
        Ok(pages(self.journal(ledger).map_err(Failure::store)?))
    }

    /// Of this ledger alone: a database holds others, which are no concern of whoever asks.
    fn prove(&self, ledger: &LedgerId, each: &mut dyn FnMut(Stored<'_>)) -> Result<Vec<String>, Failure> {
        let mut journal = self.journal(ledger).map_err(Failure::store)?;
        let progress = progress(journal.head().map_err(Failure::store)?);
        let read = journal.read(Position::START, &mut |stored| {
            progress.inc(1);
            each(stored);
            ControlFlow::Continue(())
        });
        progress.finish_and_clear();
        match read {
            Ok(()) => Ok(Vec::new()),
            Err(Error::Corrupt(what)) => Ok(vec![what]),
            Err(why) => Err(Failure::store(why)),
        }
    }
}

/// A ledger of this name is not there yet.
pub(crate) fn is_free(store: &PostgresStore, address: &Address) -> Result<(), Failure> {
    let ledger = address.name();
    let head = store.journal(ledger).map_err(Failure::store)?.head().map_err(Failure::store)?;
    if head == Position::START && store.title(ledger).map_err(Failure::store)?.is_none() {
        return Ok(());
    }
    Err(Failure::new(
        Kind::Io,
        format!("{address}: expected no ledger, found one with {head} records"),
        "name another after `#`, or use this one: it is kept already",
    ))
}

/// Whether something was given up because that was asked for.
pub(crate) fn is_stopped(why: &(dyn StdError + 'static)) -> bool {
    matches!(why.downcast_ref::<Error>(), Some(Error::Stopped))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        text.parse().unwrap()
    }

    #[test]
    fn a_ledger_is_named_behind_the_address_or_is_the_usual_one() {
        assert_eq!(address("postgres://desk@db-1,db-2/ledgers#june").name.as_str(), "june");
        assert_eq!(address("postgres://db-1/ledgers").name.as_str(), USUAL_NAME);
        assert!("postgres://db-1/ledgers#".parse::<Address>().is_err());
    }

    #[test]
    fn a_password_is_never_shown() {
        for text in [
            "postgres://desk:secret@db-1/ledgers#june",
            "postgres://desk@db-1/ledgers?sslmode=require&password=secret#june",
        ] {
            let address = address(text);
            assert_eq!(address.to_string(), "postgres://desk@db-1/ledgers#june");
            assert!(!format!("{address:?}").contains("secret") && address.has_password());
        }
        assert_eq!(address("postgres://db-1/ledgers").to_string(), "postgres://db-1/ledgers#ledger");
    }

    #[test]
    fn a_password_beside_the_address_is_used_where_it_has_none() {
        let given = Some("a&b");
        let with = |text: &str| address(text).with_password(given);
        assert_eq!(with("postgres://desk@db-1/l"), "postgres://desk@db-1/l?password=%61%26%62");
        assert_eq!(
            with("postgres://desk@db-1/l?sslmode=require"),
            "postgres://desk@db-1/l?sslmode=require&password=%61%26%62"
        );
        assert_eq!(with("postgres://desk:own@db-1/l"), "postgres://desk:own@db-1/l");
        assert_eq!(address("postgres://db-1/l").with_password(None), "postgres://db-1/l");
    }
}
