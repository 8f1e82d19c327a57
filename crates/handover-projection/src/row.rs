//! A row: values in the order of their columns.

use core::fmt::Display;

use handover::quantity::Span;
use handover::reading::{Sum, Told};
use handover::when::DateSpan;
use rusqlite::types::Value;
use rusqlite::{Connection, Statement, params_from_iter};

use crate::error::ProjectionError;
use crate::words;

/// The values of a row, as they come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row(Vec<Value>);

impl Row {
    pub(crate) fn text(mut self, what: impl Display) -> Self {
        self.0.push(Value::Text(what.to_string()));
        self
    }

    pub(crate) fn maybe(mut self, what: Option<impl Display>) -> Self {
        self.0.push(what.map_or(Value::Null, |what| Value::Text(what.to_string())));
        self
    }

    pub(crate) fn number(mut self, number: u64) -> Self {
        self.0.push(Value::Integer(least(number)));
        self
    }

    pub(crate) fn yes(self, whether: bool) -> Self {
        self.number(u64::from(whether))
    }

    /// The least, the most, and the exact text. SQLite has no greater number than its own: above it the least is that one,
    /// which is not too high, and there is no upper end.
    pub(crate) fn span(mut self, span: Option<Span>) -> Self {
        self.0.push(span.map_or(Value::Null, |span| Value::Integer(least(span.lo()))));
        let most = span.and_then(Span::hi).and_then(|most| i64::try_from(most).ok());
        self.0.push(most.map_or(Value::Null, Value::Integer));
        self.maybe(span)
    }

    /// A span with its label.
    pub(crate) fn told(self, told: &Told<Span>) -> Self {
        self.span(Some(told.set)).text(words::label(told.label))
    }

    /// The same of a sum, which is nothing where no leg is recorded that counts.
    pub(crate) fn sum<B: handover::reading::Basis>(self, sum: &Sum<B>) -> Self {
        self.span(sum.total).text(words::label(sum.label()))
    }

    /// The first and the last moment, in UTC.
    pub(crate) fn dates(self, dates: Option<DateSpan>) -> Self {
        self.maybe(dates.and_then(DateSpan::first)).maybe(dates.and_then(DateSpan::last))
    }
}

fn least(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A table that is being filled.
#[derive(Debug)]
pub(crate) struct Sheet<'c> {
    insert: Statement<'c>,
    pub(crate) rows: u64,
}

impl<'c> Sheet<'c> {
    /// The table of this name: a row has a value for each of its columns.
    pub(crate) fn of(connection: &'c Connection, table: &str) -> Result<Self, ProjectionError> {
        let columns: u16 =
            connection.query_row("SELECT count(*) FROM pragma_table_info(?1)", [table], |row| row.get(0))?;
        let places = vec!["?"; usize::from(columns)].join(", ");
        let insert = connection.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?;
        Ok(Self { insert, rows: 0 })
    }

    pub(crate) fn put(&mut self, row: Row) -> Result<(), ProjectionError> {
        self.insert.execute(params_from_iter(row.0))?;
        self.rows = self.rows.saturating_add(1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_a_column_is_sound_and_told_in_full() {
        let span = |span| Row::default().span(Some(span)).0;
        let most = u64::try_from(i64::MAX).unwrap();
        assert_eq!(
            span(Span::exactly(most)),
            [
                Value::Integer(i64::MAX),
                Value::Integer(i64::MAX),
                Value::Text("9,223,372,036,854,775,807".into())
            ]
        );
        assert_eq!(
            span(Span::exactly(most + 1)),
            [Value::Integer(i64::MAX), Value::Null, Value::Text("9,223,372,036,854,775,808".into())]
        );
        assert_eq!(
            span(Span::at_least(3)),
            [Value::Integer(3), Value::Null, Value::Text("at least 3".into())]
        );
        assert_eq!(Row::default().span(None).0, [Value::Null, Value::Null, Value::Null]);
    }
}
