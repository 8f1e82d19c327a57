//! What is projected, and how it is asked for.

use core::ops::ControlFlow;
use std::path::Path;

use handover::ledger::Ledger;
use handover::reading::{According, Reading};
use handover::when::Moment;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::ProjectionError;
use crate::file::{APPLICATION_ID, Overwrite, Place};
use crate::row::{Row, Sheet};
use crate::tables::Tables;
use crate::words;

/// The version of the tables: it rises whenever a table or a column changes its name or what it means.
pub const FORMAT: i32 = 1;

/// The views of a ledger that are to be written as tables. The crate's documentation has an example.
#[derive(Clone, Debug)]
pub struct Projection<'l> {
    ledger: &'l Ledger,
    position: u64,
    made_at: Moment,
    title: Option<String>,
    readings: Vec<According>,
    terms: Option<According>,
    as_of: Option<Moment>,
    said_by: Option<Moment>,
    unit_codes: bool,
}

/// How far it has come: views taken, of all that are to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Views that are taken.
    pub done: u64,
    /// All views.
    pub of: u64,
}

/// How many rows were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Readings.
    pub readings: u64,
    /// Rows of legs, one for each reading.
    pub legs: u64,
    /// Rows of obligations, one for each reading.
    pub obligations: u64,
    /// Rows of claims, one for each reading by which the claim had been said.
    pub claims: u64,
    /// Rows of numbers of units.
    pub units_by_status: u64,
    /// Rows of single units; none unless their codes were asked for.
    pub units: u64,
}

impl<'l> Projection<'l> {
    /// Of this ledger, which holds the records up to this position. There is no clock in here: whoever makes it says when.
    pub fn of(ledger: &'l Ledger, position: u64, made_at: Moment) -> Self {
        Self {
            ledger,
            position,
            made_at,
            title: None,
            readings: Vec::new(),
            terms: None,
            as_of: None,
            said_by: None,
            unit_codes: false,
        }
    }

    /// What the ledger is called.
    #[must_use]
    pub fn entitled(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// A reading by this word, beside those that were asked for before. If none is asked for: by the word of every party, by
    /// what all accept, and by anyone's.
    #[must_use]
    pub fn according_to(mut self, according: According) -> Self {
        if !self.readings.contains(&according) {
            self.readings.push(according);
        }
        self
    }

    /// By whose word terms are read. If nobody is named: by the word by which the counts are.
    #[must_use]
    pub fn terms_of(self, terms: According) -> Self {
        Self { terms: Some(terms), ..self }
    }

    /// As of this moment; the end of time unless set.
    #[must_use]
    pub fn as_of(self, moment: Moment) -> Self {
        Self { as_of: Some(moment), ..self }
    }

    /// Only what had been said by then.
    #[must_use]
    pub fn said_by(self, moment: Moment) -> Self {
        Self { said_by: Some(moment), ..self }
    }

    /// With a table of single units of remains under their codes. Without it there are numbers alone. Persons are in neither.
    #[must_use]
    pub fn with_unit_codes(self) -> Self {
        Self { unit_codes: true, ..self }
    }

    /// Writes the tables into a file of their own, in the place of a former projection, as a whole or not at all. `watch` is told
    /// after each view how far it has come, and may stop it.
    ///
    /// # Errors
    /// In this order: a party is not recorded; a file is there that must not be replaced, or that somebody writes to; it was
    /// stopped; a table or the file could not be written. Then nothing has changed.
    pub fn write(
        &self,
        path: &Path,
        overwrite: Overwrite,
        watch: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Written, ProjectionError> {
        let readings = self.taken()?;
        let place = Place::of(path, overwrite)?;
        place.write(|connection| self.fill(connection, &readings, watch))
    }

    /// The readings with the words by which terms are read.
    fn taken(&self) -> Result<Vec<Taken<'l>>, ProjectionError> {
        let as_of = self.as_of.unwrap_or(Moment::END_OF_TIME);
        let mut common = self.ledger.reading(According::Anyone, as_of)?;
        if let Some(moment) = self.said_by {
            common = common.said_by(moment);
        }
        let mut readings = self.readings.clone();
        if readings.is_empty() {
            readings.extend(self.ledger.parties().map(|(party, _)| According::To(party)));
            readings.extend([According::AcceptedByAll, According::Anyone]);
        }
        let taken = |according: According| {
            let terms = self.terms.unwrap_or(according);
            // Asked only so that a party that is not recorded is found now.
            let _ = common.by(terms)?;
            Ok(Taken { reading: common.by(according)?, terms, columns: self.columns(according, terms) })
        };
        readings.into_iter().map(taken).collect()
    }

    /// What every row says of itself.
    fn columns(&self, according: According, terms: According) -> Row {
        Row::default()
            .text(words::according(according))
            .text(words::according(terms))
            .maybe(self.as_of)
            .maybe(self.said_by)
            .number(self.position)
    }

    fn fill(
        &self,
        connection: &mut Connection,
        readings: &[Taken<'l>],
        watch: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Written, ProjectionError> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
        transaction.execute_batch(include_str!("schema.sql"))?;
        if self.unit_codes {
            transaction.execute_batch(include_str!("units.sql"))?;
        }
        let each = self
            .ledger
            .legs()
            .len()
            .saturating_add(self.ledger.obligations().len())
            .saturating_add(self.ledger.claims().len())
            .saturating_add(self.ledger.units().len());
        let of = each.saturating_mul(readings.len());
        let mut watched = Watched { done: 0, of: u64::try_from(of).unwrap_or(u64::MAX), watch };
        self.about(&transaction, readings)?;
        let mut tables = Tables::of(&transaction, self.unit_codes)?;
        for taken in readings {
            tables.legs(self.ledger, taken, &mut watched)?;
            tables.obligations(self.ledger, taken, &mut watched)?;
            tables.claims(self.ledger, taken, &mut watched)?;
            tables.units(self.ledger, taken, &mut watched)?;
        }
        let written = tables.written(readings.len());
        drop(tables);
        transaction.commit()?;
        Ok(written)
    }

    /// What the file says of itself.
    fn about(&self, connection: &Connection, readings: &[Taken<'l>]) -> Result<(), ProjectionError> {
        Sheet::of(connection, "projection")?.put(
            Row::default()
                .number(u64::from(FORMAT.unsigned_abs()))
                .number(self.position)
                .maybe(self.title.as_ref())
                .maybe(self.as_of)
                .maybe(self.said_by)
                .yes(self.unit_codes)
                .text(self.made_at)
                .text(concat!("handover-projection ", env!("CARGO_PKG_VERSION"))),
        )?;
        let mut sheet = Sheet::of(connection, "readings")?;
        for (taken, place) in readings.iter().zip(1..) {
            let according = words::according(taken.reading.according());
            sheet.put(Row::default().text(according).text(words::according(taken.terms)).number(place))?;
        }
        let mut sheet = Sheet::of(connection, "parties")?;
        for (party, name) in self.ledger.parties() {
            sheet.put(Row::default().text(party).text(name))?;
        }
        Ok(())
    }
}

/// A reading that is projected.
pub(crate) struct Taken<'l> {
    pub(crate) reading: Reading<'l>,
    pub(crate) terms: According,
    /// What each of its rows begins with.
    pub(crate) columns: Row,
}

/// Whoever waits for it.
pub(crate) struct Watched<'w> {
    done: u64,
    of: u64,
    watch: &'w mut dyn FnMut(Step) -> ControlFlow<()>,
}

impl Watched<'_> {
    /// One more view is taken; or it is to stop.
    pub(crate) fn step(&mut self) -> Result<(), ProjectionError> {
        self.done = self.done.saturating_add(1);
        match (self.watch)(Step { done: self.done, of: self.of }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ProjectionError::Stopped),
        }
    }
}
