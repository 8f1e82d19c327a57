//! The tables, filled from views: a row says what the view says and nothing of its own.

use handover::ledger::Ledger;
use handover::obligation::Basis;
use handover::reading::{ClaimStanding, Label};
use rusqlite::Connection;

use crate::error::ProjectionError;
use crate::project::{Taken, Watched, Written};
use crate::row::Sheet;
use crate::units::Numbers;
use crate::words;

/// Every table that has rows for each reading.
#[derive(Debug)]
pub(crate) struct Tables<'c> {
    legs: Sheet<'c>,
    obligations: Sheet<'c>,
    states: Sheet<'c>,
    claims: Sheet<'c>,
    numbers: Sheet<'c>,
    units: Option<Sheet<'c>>,
}

impl<'c> Tables<'c> {
    pub(crate) fn of(connection: &'c Connection, unit_codes: bool) -> Result<Self, ProjectionError> {
        Ok(Self {
            legs: Sheet::of(connection, "legs")?,
            obligations: Sheet::of(connection, "obligations")?,
            states: Sheet::of(connection, "obligation_states")?,
            claims: Sheet::of(connection, "claims")?,
            numbers: Sheet::of(connection, "units_by_status")?,
            units: unit_codes.then(|| Sheet::of(connection, "units")).transpose()?,
        })
    }

    pub(crate) fn written(&self, readings: usize) -> Written {
        Written {
            readings: u64::try_from(readings).unwrap_or(u64::MAX),
            legs: self.legs.rows,
            obligations: self.obligations.rows,
            claims: self.claims.rows,
            units_by_status: self.numbers.rows,
            units: self.units.as_ref().map_or(0, |sheet| sheet.rows),
        }
    }

    pub(crate) fn legs(
        &mut self,
        ledger: &Ledger,
        taken: &Taken<'_>,
        watched: &mut Watched<'_>,
    ) -> Result<(), ProjectionError> {
        for leg in ledger.legs() {
            let view = taken.reading.leg(leg)?;
            let row = taken.columns.clone();
            self.legs.put(
                row.text(view.leg)
                    .text(view.handover)
                    .maybe(view.under)
                    .text(view.from)
                    .text(view.to)
                    .text(view.of.matter)
                    .maybe(view.of.category)
                    .text(view.unit)
                    .maybe(view.towards)
                    .number(u64::try_from(view.batches.len()).unwrap_or(u64::MAX))
                    .dates(Some(view.dates.set))
                    .text(words::label(view.dates.label))
                    .text(words::counted(view.counted))
                    .told(&view.passed),
            )?;
            watched.step()?;
        }
        Ok(())
    }

    pub(crate) fn obligations(
        &mut self,
        ledger: &Ledger,
        taken: &Taken<'_>,
        watched: &mut Watched<'_>,
    ) -> Result<(), ProjectionError> {
        for id in ledger.obligations() {
            let stands = taken.reading.stands(id, taken.terms)?;
            if let Some(recorded) = ledger.obligation(id) {
                let view = &stands.balance.evaluation;
                let agreement = match recorded.basis {
                    Basis::Agreement(agreement) => Some(agreement),
                    _ => None,
                };
                let term = (view.term.label >= Label::Stated).then_some(view.term.set);
                let row = taken.columns.clone();
                self.obligations.put(
                    row.text(id)
                        .text(recorded.debtor)
                        .text(recorded.creditor)
                        .text(recorded.of.matter)
                        .maybe(recorded.of.category)
                        .text(view.unit)
                        .text(words::basis(&recorded.basis))
                        .maybe(agreement)
                        .maybe(recorded.basis.duty())
                        .text(words::standard(recorded.standard))
                        .text(words::accrual(view.credits_at))
                        .text(words::label(view.term.label))
                        .span(term.and_then(|term| term.floor))
                        .span(term.and_then(|term| term.ceiling))
                        .sum(&view.tendered)
                        .sum(&view.passed)
                        .sum(&view.credited)
                        .span(view.outstanding)
                        .span(view.surplus)
                        .span(stands.balance.remaining)
                        .text(words::verdict(view.verdict))
                        .dates(stands.deadline)
                        .text(words::comparison(view.overdue)),
                )?;
            }
            for state in &stands.states {
                let row = taken.columns.clone().text(id);
                self.states.put(row.text(state.state.to_string()).text(words::comparison(state.holds)))?;
            }
            watched.step()?;
        }
        Ok(())
    }

    pub(crate) fn claims(
        &mut self,
        ledger: &Ledger,
        taken: &Taken<'_>,
        watched: &mut Watched<'_>,
    ) -> Result<(), ProjectionError> {
        for claim in ledger.claims() {
            let view = taken.reading.claim(claim)?;
            if view.standing != ClaimStanding::NotYetSaid {
                let (kind, about, of) = words::subject(&view.by.about);
                let (told, unit) = view.told.unzip();
                let row = taken.columns.clone();
                self.claims.put(
                    row.text(view.by.entry)
                        .text(view.by.speaker)
                        .text(view.by.organ)
                        .maybe(view.by.party)
                        .text(kind)
                        .text(about)
                        .maybe(of)
                        .text(view.scope)
                        .maybe(unit)
                        .span(told.as_ref().map(|told| told.set))
                        .maybe(told.as_ref().map(|told| words::label(told.label)))
                        .text(words::standing(view.standing))
                        .yes(view.is_believed)
                        .dates(Some(view.by.said.span()))
                        .maybe(view.by.source),
                )?;
            }
            watched.step()?;
        }
        Ok(())
    }

    pub(crate) fn units(
        &mut self,
        ledger: &Ledger,
        taken: &Taken<'_>,
        watched: &mut Watched<'_>,
    ) -> Result<(), ProjectionError> {
        let mut numbers = Numbers::default();
        for unit in ledger.units() {
            if let Some(row) = numbers.take(taken, unit)?
                && let Some(sheet) = &mut self.units
            {
                sheet.put(row)?;
            }
            watched.step()?;
        }
        numbers.rows(taken).try_for_each(|row| self.numbers.put(row))
    }
}
