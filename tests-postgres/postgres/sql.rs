//! A connection of the tests' own, beside the adapter.

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Statement};

use crate::Outcome;

#[derive(Debug)]
pub(crate) struct Sql {
    client: Client,
    runtime: Runtime,
}

impl Sql {
    pub(crate) fn connect(address: &str) -> Outcome<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (client, connection) = runtime.block_on(tokio_postgres::connect(address, NoTls))?;
        runtime.spawn(async move {
            let _ = connection.await;
        });
        Ok(Self { client, runtime })
    }

    pub(crate) fn run(&mut self, sql: &str) -> Outcome {
        Ok(self.runtime.block_on(self.client.batch_execute(sql)).map_err(|why| said(&why))?)
    }

    pub(crate) fn rows(&mut self, sql: &str, parameters: &[&(dyn ToSql + Sync)]) -> Outcome<Vec<Row>> {
        Ok(self.runtime.block_on(self.client.query(sql, parameters)).map_err(|why| said(&why))?)
    }

    pub(crate) fn prepared(&mut self, sql: &str) -> Outcome<Statement> {
        Ok(self.runtime.block_on(self.client.prepare(sql)).map_err(|why| said(&why))?)
    }

    pub(crate) fn execute(
        &mut self,
        statement: &Statement,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Outcome<u64> {
        let done = self.runtime.block_on(self.client.execute(statement, parameters));
        Ok(done.map_err(|why| said(&why))?)
    }

    /// The first column of the only row.
    pub(crate) fn one<T>(&mut self, sql: &str) -> Outcome<T>
    where
        T: for<'a> tokio_postgres::types::FromSql<'a>,
    {
        let rows = self.rows(sql, &[])?;
        let row = rows.first().ok_or("no row")?;
        Ok(row.try_get(0)?)
    }

    /// The state with which a statement is refused.
    pub(crate) fn refused(&mut self, sql: &str) -> Outcome<String> {
        match self.runtime.block_on(self.client.batch_execute(sql)) {
            Ok(()) => Err(format!("expected `{sql}` to be refused, found that it was done").into()),
            Err(why) => Ok(why.code().map_or_else(|| why.to_string(), |code| code.code().to_owned())),
        }
    }
}

fn said(why: &tokio_postgres::Error) -> String {
    why.as_db_error().map_or_else(|| why.to_string(), ToString::to_string)
}
