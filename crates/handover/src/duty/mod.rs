//! Duties of the law that exist without any agreement, by number.

mod table;

use core::fmt;
use core::str::FromStr;

/// A duty of the law that exists without any agreement, by its number in the rule book, `D1` to `D21`
/// (`docs/rules.md` a2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Duty(u8);

impl Duty {
    /// The duty of this number; `None` unless it is 1 to 21.
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= 21 { Some(Self(number)) } else { None }
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// What it asks, by whom, when, and what is to be recorded; `None` of no duty.
    ///
    /// ```
    /// use handover::obligation::{Duty, DutyStandard};
    ///
    /// let release = Duty::new(20).and_then(Duty::data).unwrap();
    /// assert_eq!((release.of, release.standard), ("the detaining power", DutyStandard::Absolute));
    /// assert!(Duty::all().all(|duty| duty.data().is_some()));
    /// ```
    pub fn data(self) -> Option<&'static DutyData> {
        table::DUTIES.iter().find(|data| data.duty == self)
    }

    /// Every duty, by number.
    pub fn all() -> impl Iterator<Item = Self> {
        table::DUTIES.iter().map(|data| data.duty)
    }
}

/// How far a duty binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DutyStandard {
    /// In every case.
    Absolute,
    /// As far as circumstances permit.
    Qualified,
    /// By a time that the law sets.
    DeadlineBound,
    /// When it is asked for.
    OnRequest,
    /// The party must endeavour.
    Endeavour,
    /// It limits another duty.
    Exception,
    /// The party may.
    Permission,
    /// Unless it is agreed otherwise.
    ByDefault,
}

/// A duty of the law, in words: what it asks and what is to be recorded of it. It is data: nothing is refused for it, and no
/// computed state says that it has lapsed (invariant 1).
///
/// [`Duty::data`] has an example. Source: `docs/rules.md` a2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyData {
    /// The duty.
    pub duty: Duty,
    /// What it asks.
    pub asks: &'static str,
    /// Of whom.
    pub of: &'static str,
    /// When.
    pub when: &'static str,
    /// What is to be recorded or forwarded; empty if nothing.
    pub record: &'static str,
    /// Through whom; empty if that is open.
    pub channel: &'static str,
    /// How far it binds.
    pub standard: DutyStandard,
    /// By when; empty if the law sets no time.
    pub deadline: &'static str,
    /// The articles and rules.
    pub source: &'static str,
    /// Why no entry that can be recorded shows whether it was performed; empty where entries can be an occasion for it.
    /// Nothing follows from it for the duty.
    pub unseen: &'static str,
}

impl fmt::Display for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "D{}", self.0)
    }
}

impl fmt::Debug for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Duty {
    type Err = NoSuchDuty;

    fn from_str(text: &str) -> Result<Self, NoSuchDuty> {
        let number =
            text.strip_prefix('D').filter(|digits| !digits.starts_with(['0', '+'])).ok_or(NoSuchDuty)?;
        number.parse().ok().and_then(Self::new).ok_or(NoSuchDuty)
    }
}

/// A text is no number of a baseline duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchDuty;

impl fmt::Display for NoSuchDuty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a duty from `D1` to `D21`")
    }
}

impl core::error::Error for NoSuchDuty {}

text_form!(Duty, "baseline duty", "^D([1-9]|1[0-9]|2[01])$");

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn each_duty_has_its_row_in_order() {
        let numbers: alloc::vec::Vec<u8> = Duty::all().map(Duty::number).collect();
        assert_eq!(numbers, (1..=21).collect::<alloc::vec::Vec<_>>());
        assert!(table::DUTIES.iter().all(|data| !data.asks.is_empty() && !data.source.is_empty()));
    }

    #[test]
    fn there_are_twenty_one_duties() {
        for number in 1..=21 {
            let duty = Duty::new(number).unwrap();
            assert_eq!(duty.to_string().parse(), Ok(duty));
        }
        for text in ["D0", "D22", "D01", "D+1", "17", "d17", ""] {
            assert_eq!(text.parse::<Duty>(), Err(NoSuchDuty), "{text}");
        }
    }
}
