//! The database.

use core::fmt;

use handover_journal::{LedgerId, Stored};
use tokio::time::timeout;

use crate::check;
use crate::connect::{Address, Link};
use crate::driver::Driver;
use crate::error::Error;
use crate::journal::PostgresJournal;
use crate::open_error::OpenError;
use crate::options::Options;
use crate::schema;
use crate::tail::PostgresTail;

/// What a role may do with the ledgers of a database. None may change or remove anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Read.
    Read,
    /// Read and append.
    Append,
}

/// A database that holds ledgers, for any number of threads, processes and machines.
///
/// Its owner prepares it once with [`migrate`](Self::migrate) and lets a role in with [`grant`](Self::grant); whoever
/// uses it opens it as that role.
///
/// ```no_run
/// use std::ops::ControlFlow;
///
/// use handover_journal::{Journal, LedgerId, Position, Record, Recorder, Timestamp};
/// use handover_postgres::{Access, PostgresStore};
///
/// let owner = "postgres://owner@db-1,db-2/ledgers";
/// PostgresStore::migrate(owner)?;
/// PostgresStore::grant(owner, "desk", Access::Append)?;
///
/// let store = PostgresStore::open("postgres://desk@db-1,db-2/ledgers?sslmode=verify-full")?;
/// let june = LedgerId::new("june")?;
/// assert!(store.entitle(&june, "The exchanges of June")?);
/// let record = Record::new(Timestamp::from_micros(0), Recorder::new("desk")?, 1, r#"{"id":"e-1"}"#)?;
/// let mut journal = store.journal(&june)?;
/// journal.append(Position::START, &[record])?;
///
/// let mut payloads = Vec::new();
/// journal.read(Position::START, &mut |stored| {
///     payloads.push(stored.payload.to_owned());
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(payloads, [r#"{"id":"e-1"}"#]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct PostgresStore {
    address: Address,
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The configuration leaves the password out.
        f.debug_struct("PostgresStore").field("config", &self.address.config).finish_non_exhaustive()
    }
}

impl PostgresStore {
    /// Prepares a database, as its owner: makes the schema `handover`, or brings an older one to the newest. Nothing
    /// happens to a database that has it already, and several may try at once.
    ///
    /// # Errors
    /// [`OpenError::Address`], [`OpenError::Certificates`], [`OpenError::Unreachable`], [`OpenError::Refused`],
    /// [`OpenError::NewerSchema`], and [`OpenError::Store`] for what this role may not do.
    pub fn migrate(address: &str) -> Result<(), OpenError> {
        let address = Address::new(address, Options::default())?;
        let driver = Driver::new().map_err(OpenError::Runtime)?;
        let migrating = async {
            let (mut client, _, task) = address.bare().await?;
            let migrated = schema::migrate(&mut client).await;
            task.abort();
            migrated
        };
        driver.drive(migrating).map_err(OpenError::Runtime)?
    }

    /// Lets a role in, as the owner of the database: to read, or to read and append. It can change and remove nothing.
    ///
    /// # Errors
    /// Those of [`open`](Self::open), and [`OpenError::Store`] where there is no such role or this one may not grant.
    pub fn grant(address: &str, role: &str, access: Access) -> Result<(), OpenError> {
        let store = Self::open(address)?;
        let grants = grants(role, access);
        let granted = store.with(|link| async move { Ok(link.client.batch_execute(&grants).await?) });
        granted.map_err(OpenError::Store)
    }

    /// Opens a database that was prepared.
    ///
    /// The connection string is that of `libpq`, as a URL or as `key=value`; it may name several hosts.
    ///
    /// # Errors
    /// In this order: [`OpenError::Address`], [`OpenError::Certificates`], [`OpenError::Unreachable`],
    /// [`OpenError::Refused`], [`OpenError::OldServer`], [`OpenError::Setting`], [`OpenError::NoSchema`],
    /// [`OpenError::OlderSchema`], [`OpenError::NewerSchema`], and [`OpenError::Store`] for what else PostgreSQL says.
    pub fn open(address: &str) -> Result<Self, OpenError> {
        Self::open_with(address, Options::default())
    }

    /// Opens a database that was prepared, to be used in another way than usual.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_with(address: &str, options: Options) -> Result<Self, OpenError> {
        let store = Self { address: Address::new(address, options)? };
        let driver = Driver::new().map_err(OpenError::Runtime)?;
        driver.drive(store.address.link()).map_err(OpenError::Runtime)??;
        Ok(store)
    }

    /// A handle on a ledger of this database, with a connection of its own. The ledger begins with its first record.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn journal(&self, ledger: &LedgerId) -> Result<PostgresJournal, OpenError> {
        PostgresJournal::open(self.address.clone(), ledger.clone())
    }

    /// Follows what others append to a ledger of this database, over a connection of its own.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn tail(&self, ledger: &LedgerId) -> Result<PostgresTail, OpenError> {
        PostgresTail::open(self.address.clone(), ledger.clone())
    }

    /// The names of the ledgers of this database, in order.
    ///
    /// # Errors
    /// The database cannot be read, or holds what was never written to it.
    pub fn ledgers(&self) -> Result<Vec<LedgerId>, Error> {
        let rows = self.with(|link| async move {
            Ok(link.client.query("SELECT name FROM handover.ledgers ORDER BY name", &[]).await?)
        })?;
        let mut names = Vec::with_capacity(rows.len());
        for row in rows {
            let name: &str = row.try_get(0)?;
            let name = LedgerId::new(name);
            names.push(name.map_err(|why| Error::Corrupt(format!("a row of `ledgers`: {why}")))?);
        }
        Ok(names)
    }

    /// The title of a ledger, if it has one.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn title(&self, ledger: &LedgerId) -> Result<Option<String>, Error> {
        const TITLE: &str = "SELECT titles.title FROM handover.titles \
                             JOIN handover.ledgers ON ledgers.id = titles.ledger WHERE ledgers.name = $1";
        let row =
            self.with(|link| async move { Ok(link.client.query_opt(TITLE, &[&ledger.as_str()]).await?) })?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Gives a ledger a title. It is set once: `true` if it is set now, `false` if there is one already.
    ///
    /// # Errors
    /// The database cannot be written. [`title`](Self::title) tells what is there.
    pub fn entitle(&self, ledger: &LedgerId, title: &str) -> Result<bool, Error> {
        const ADD: &str = "INSERT INTO handover.ledgers (name) VALUES ($1) ON CONFLICT DO NOTHING";
        const SET: &str = "INSERT INTO handover.titles (ledger, title) \
                           SELECT id, $2 FROM handover.ledgers WHERE name = $1 ON CONFLICT DO NOTHING";
        let set = self.with(|link| async move {
            if link.ledger(ledger.as_str()).await?.is_none() {
                link.client.execute(ADD, &[&ledger.as_str()]).await?;
            }
            Ok(link.client.execute(SET, &[&ledger.as_str(), &title]).await?)
        })?;
        Ok(set > 0)
    }

    /// Proves that each ledger is whole: that it has a name, that no position is missing, and that each record can be
    /// read. Says what is wrong, a line for each thing, and nothing where nothing is.
    ///
    /// Whether a byte was changed on the disk only PostgreSQL can tell, and only where the cluster was made with
    /// checksums.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        self.check_with(&mut |_, _| ())
    }

    /// Proves each ledger as [`check`](Self::check) does and gives out, while it does, each record that is sound: with
    /// the name of its ledger, in the order of positions.
    ///
    /// # Errors
    /// Those of [`check`](Self::check); what was given out before stands.
    pub fn check_with(&self, each: &mut dyn FnMut(&str, Stored<'_>)) -> Result<Vec<String>, Error> {
        let mut found = self.with(|link| async move { check::names(&link).await })?;
        for ledger in self.ledgers()? {
            let mut journal = self.journal(&ledger)?;
            found.extend(check::ledger(&ledger, &mut journal, each)?);
        }
        Ok(found)
    }

    /// Does something over a connection of its own.
    fn with<T, F>(&self, what: impl FnOnce(Link) -> F + Send) -> Result<T, Error>
    where
        T: Send,
        F: Future<Output = Result<T, Error>> + Send,
    {
        let driver = Driver::new().map_err(Error::Runtime)?;
        let patience = self.address.options.patience;
        let doing = async {
            let link = self.address.link_at_last(None).await?;
            timeout(patience, what(link)).await.unwrap_or(Err(Error::Silent(patience)))
        };
        driver.drive(doing).map_err(Error::Runtime)?
    }
}

/// What a role is granted.
fn grants(role: &str, access: Access) -> String {
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    let read = format!(
        "GRANT USAGE ON SCHEMA handover TO {role}; GRANT SELECT ON handover.migrations, handover.ledgers, \
         handover.titles, handover.records, handover.entries, handover.overview TO {role};"
    );
    match access {
        Access::Read => read,
        Access::Append => {
            format!("{read} GRANT INSERT ON handover.ledgers, handover.titles, handover.records TO {role};")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_granted_no_way_to_change_anything() {
        let told = grants("de\"sk", Access::Append);
        assert!(told.contains("TO \"de\"\"sk\"") && told.contains("INSERT"));
        assert!(!told.contains("UPDATE") && !told.contains("DELETE"));
        assert!(!grants("desk", Access::Read).contains("INSERT"));
    }
}
