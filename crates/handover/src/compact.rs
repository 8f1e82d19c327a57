//! Small rows for what is recorded most: places of four bytes stand where an entry names what is recorded already, and what is
//! rare stands beside.
//!
//! Each concept lists, in its `rows.rs`, what of its entries is held so; all else is held as it was recorded. What is read back is
//! equal to what was recorded, whichever way it is held.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use crate::batch::BatchRow;
use crate::container::ContainerRow;
use crate::custody::{HeldKey, TransferRow};
use crate::held::EntryRow;
use crate::id::{
    BatchId, ContainerId, EntryId, LegId, OrganId, PartyId, PersonRef, PolicyId, RecordRef, RemainsId,
    TransferId,
};
use crate::identification::PolicyRow;
use crate::likelihood::Prior;
use crate::party::{OrganRow, PartyRow};
use crate::person::PersonRow;
use crate::remains::{Elements, UnitRow};
use crate::slot::LegRow;
use crate::state::State;
use crate::table::{Idx, Table};
use crate::text::Text;
use crate::when::When;

/// How something is held in a row.
pub(crate) trait Compact {
    /// What is held.
    type Of;
    /// What stands for it.
    type Row: Copy + fmt::Debug;

    /// What stands for it, if it can be held so: what it names is recorded, and it has nothing that is rare.
    fn hold(of: &Self::Of, state: &mut State) -> Option<Self::Row>;

    /// The same again.
    fn read(row: Self::Row, state: &State) -> Self::Of;
}

/// A row of what happened at some time.
pub(crate) trait Dated {
    fn on(&self) -> Option<Idx<DateRow>>;
}

/// A time that events are dated by: many share it.
#[derive(Clone, Debug)]
pub(crate) struct DateRow {
    pub(crate) id: When,
}

/// A prior that is declared: many share it.
#[derive(Clone, Debug)]
pub(crate) struct PriorRow {
    pub(crate) id: Prior,
}

/// What the entry itself introduces, by the place that it will have.
pub(crate) struct New<T>(PhantomData<T>);

/// What is there so seldom that an entry with it is held as it was recorded.
pub(crate) struct Rare<T>(PhantomData<T>);

/// A list of no more than [`FEW`].
pub(crate) struct Few<T>(PhantomData<T>);

/// So many at most stand in a list that is held in rows: an entry has two such lists of one kind at most.
const FEW: usize = 4;

/// A list: the only one of it, or where it begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FewRow<R> {
    None,
    One(R),
    Several(Idx<R>, u8),
}

/// What can stand in a list, and the table of the lists.
pub(crate) trait Listed: Compact {
    fn lists(state: &State) -> &Table<Self::Row>;
    fn lists_to_change(state: &mut State) -> &mut Table<Self::Row>;
}

macro_rules! places {
    ($($id:ident => $row:ident in $register:ident;)*) => {$(
        impl Compact for $id {
            type Of = Self;
            type Row = Idx<$row>;

            fn hold(of: &Self, state: &mut State) -> Option<Self::Row> {
                state.$register.at(*of)
            }

            fn read(row: Self::Row, state: &State) -> Self {
                state.$register.get(row).id
            }
        }
    )*};
}

places! {
    BatchId => BatchRow in batches;
    ContainerId => ContainerRow in containers;
    EntryId => EntryRow in entries;
    LegId => LegRow in legs;
    OrganId => OrganRow in organs;
    PartyId => PartyRow in parties;
    PersonRef => PersonRow in persons;
    PolicyId => PolicyRow in policies;
    RemainsId => UnitRow in units;
    TransferId => TransferRow in transfers;
}

macro_rules! introduced {
    ($($id:ident => $row:ident in $register:ident;)*) => {$(
        impl Compact for New<$id> {
            type Of = $id;
            type Row = Idx<$row>;

            fn hold(_: &$id, state: &mut State) -> Option<Self::Row> {
                Some(state.$register.next())
            }

            fn read(row: Self::Row, state: &State) -> $id {
                state.$register.get(row).id
            }
        }
    )*};
}

introduced! {
    ContainerId => ContainerRow in containers;
    PersonRef => PersonRow in persons;
    RemainsId => UnitRow in units;
    TransferId => TransferRow in transfers;
}

macro_rules! shared {
    ($($of:ident => $row:ident in $register:ident;)*) => {$(
        impl Compact for $of {
            type Of = Self;
            type Row = Idx<$row>;

            fn hold(of: &Self, state: &mut State) -> Option<Self::Row> {
                Some(state.$register.at(*of).unwrap_or_else(|| state.$register.add($row { id: *of })))
            }

            fn read(row: Self::Row, state: &State) -> Self {
                state.$register.get(row).id
            }
        }
    )*};
}

pub(crate) use shared;

shared! {
    When => DateRow in dates;
    Prior => PriorRow in priors;
}

macro_rules! beside {
    ($($of:ident in $table:ident;)*) => {$(
        impl Compact for $of {
            type Of = Self;
            type Row = Idx<Self>;

            fn hold(of: &Self, state: &mut State) -> Option<Self::Row> {
                Some(state.$table.add(of.clone()))
            }

            fn read(row: Self::Row, state: &State) -> Self {
                state.$table.get(row).clone()
            }
        }
    )*};
}

beside! {
    RecordRef in references;
    Text in words;
    Elements in elements;
}

/// Values that are as small as a place.
macro_rules! as_they_are {
    ($($of:ty),* $(,)?) => {$(
        impl $crate::compact::Compact for $of {
            type Of = Self;
            type Row = Self;

            fn hold(of: &Self, _: &mut $crate::state::State) -> Option<Self> {
                Some(*of)
            }

            fn read(row: Self, _: &$crate::state::State) -> Self {
                row
            }
        }
    )*};
}

pub(crate) use as_they_are;

macro_rules! listed {
    ($($of:ident in $table:ident;)*) => {$(
        impl $crate::compact::Listed for $of {
            fn lists(
                state: &$crate::state::State,
            ) -> &$crate::table::Table<<$of as $crate::compact::Compact>::Row> {
                &state.$table
            }

            fn lists_to_change(
                state: &mut $crate::state::State,
            ) -> &mut $crate::table::Table<<$of as $crate::compact::Compact>::Row> {
                &mut state.$table
            }
        }
    )*};
}

pub(crate) use listed;

listed! {
    RemainsId in unit_lists;
    EntryId in entry_lists;
}

/// An enum without the variants that are rare: those that stand alone, and those with one value.
macro_rules! compact_choice {
    ($(enum $of:ident as $row:ident { $($alone:ident),* $(,)? ; $($told:ident($how:ty)),* $(,)? })*) => {$(
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum $row {
            $($alone,)*
            $($told(<$how as $crate::compact::Compact>::Row),)*
        }

        impl $crate::compact::Compact for $of {
            type Of = Self;
            type Row = $row;

            fn hold(of: &Self, _state: &mut $crate::state::State) -> Option<$row> {
                $(if matches!(of, Self::$alone) {
                    return Some($row::$alone);
                })*
                $(if let Self::$told(told) = of {
                    return <$how as $crate::compact::Compact>::hold(told, _state).map($row::$told);
                })*
                None
            }

            fn read(row: $row, _state: &$crate::state::State) -> Self {
                match row {
                    $($row::$alone => Self::$alone,)*
                    $($row::$told(row) => Self::$told(<$how as $crate::compact::Compact>::read(row, _state)),)*
                }
            }
        }
    )*};
}

pub(crate) use compact_choice;

/// The time of an event, if it has one.
macro_rules! time_told {
    () => {
        None
    };
    ($on:ident) => {
        Some(*$on)
    };
}

pub(crate) use time_told;

/// What is held of the entries of a concept: for each variant its record, how each part of it is held, and the part that tells
/// when it happened.
macro_rules! compact_entries {
    ($(
        $(#[doc = $doc:literal])*
        enum $of:ident as $row:ident {
            $($variant:ident($record:ident { $($field:ident: $how:ty),* $(,)? }) $($on:ident)?,)*
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum $row {
            $($variant { $($field: <$how as $crate::compact::Compact>::Row,)* },)*
        }

        impl $crate::compact::Compact for $row {
            type Of = $of;
            type Row = Self;

            fn hold(of: &$of, state: &mut $crate::state::State) -> Option<Self> {
                $(if let $of::$variant(told) = of {
                    return Some(Self::$variant {
                        $($field: <$how as $crate::compact::Compact>::hold(&told.$field, state)?,)*
                    });
                })*
                None
            }

            fn read(row: Self, state: &$crate::state::State) -> $of {
                match row {
                    $(Self::$variant { $($field,)* } => $of::$variant($record {
                        $($field: <$how as $crate::compact::Compact>::read($field, state),)*
                    }),)*
                }
            }
        }

        impl $crate::compact::Dated for $row {
            fn on(&self) -> Option<$crate::table::Idx<$crate::compact::DateRow>> {
                match self {
                    $(Self::$variant { $($on,)? .. } => $crate::compact::time_told!($($on)?),)*
                }
            }
        }
    )*};
}

pub(crate) use compact_entries;

impl<T: Compact> Compact for Option<T> {
    type Of = Option<T::Of>;
    type Row = Option<T::Row>;

    fn hold(of: &Self::Of, state: &mut State) -> Option<Self::Row> {
        match of {
            Some(of) => T::hold(of, state).map(Some),
            None => Some(None),
        }
    }

    fn read(row: Self::Row, state: &State) -> Self::Of {
        row.map(|row| T::read(row, state))
    }
}

impl<T: Default + PartialEq> Compact for Rare<T> {
    type Of = T;
    type Row = ();

    fn hold(of: &T, _: &mut State) -> Option<()> {
        (*of == T::default()).then_some(())
    }

    fn read((): (), _: &State) -> T {
        T::default()
    }
}

impl<R: Copy> FewRow<R> {
    /// The rows of the list, of which several stand in this table.
    pub(crate) fn rows<'r>(&'r self, lists: &'r Table<R>) -> &'r [R] {
        match self {
            Self::None => &[],
            Self::One(row) => core::slice::from_ref(row),
            Self::Several(first, number) => lists.run(*first, *number),
        }
    }
}

impl<T: Listed> Compact for Few<T> {
    type Of = Vec<T::Of>;
    type Row = FewRow<T::Row>;

    fn hold(of: &Self::Of, state: &mut State) -> Option<Self::Row> {
        match of.as_slice() {
            [] => Some(FewRow::None),
            [one] => T::hold(one, state).map(FewRow::One),
            several => {
                let number = u8::try_from(several.len()).ok().filter(|_| several.len() <= FEW)?;
                let first = T::lists(state).next();
                for one in several {
                    let row = T::hold(one, state)?;
                    T::lists_to_change(state).add(row);
                }
                Some(FewRow::Several(first, number))
            }
        }
    }

    fn read(row: Self::Row, state: &State) -> Self::Of {
        row.rows(T::lists(state)).iter().map(|row| T::read(*row, state)).collect()
    }
}

impl Compact for crate::custody::Held {
    type Of = Self;
    type Row = HeldKey;

    fn hold(of: &Self, state: &mut State) -> Option<HeldKey> {
        state.held_key(*of).ok()
    }

    fn read(row: HeldKey, state: &State) -> Self {
        state.held(row)
    }
}

#[cfg(test)]
mod tests;
