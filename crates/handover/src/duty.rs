//! Duties of the law that exist without any agreement, by number.

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
