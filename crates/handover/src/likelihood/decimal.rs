//! Unsigned decimals as they are written.

use core::fmt;
use core::iter;

/// `12`, `0.5`, `1998.25`: digits without needless noughts before them, and after the point one or more.
pub(super) struct Plain<'a> {
    pub(super) whole: &'a str,
    pub(super) fraction: &'a str,
}

impl<'a> Plain<'a> {
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if are_digits(fraction) => (whole, fraction),
            Some(_) => return None,
            None => (text, ""),
        };
        let is_whole = are_digits(whole) && (whole == "0" || !whole.starts_with('0'));
        is_whole.then_some(Self { whole, fraction })
    }

    /// The digits, from left to right.
    pub(super) fn digits(&self) -> impl Iterator<Item = u8> + Clone {
        self.whole.bytes().chain(self.fraction.bytes()).map(|byte| byte.saturating_sub(b'0'))
    }
}

/// The number whose digits these are, with noughts after them up to `length`; `None` if one that is no nought is beyond.
pub(super) fn padded(digits: impl Iterator<Item = u8>, length: usize) -> Option<u128> {
    let mut digits = digits.fuse();
    let number = digits
        .by_ref()
        .chain(iter::repeat(0))
        .take(length)
        .fold(0u128, |number, digit| number.saturating_mul(10).saturating_add(u128::from(digit)));
    digits.all(|digit| digit == 0).then_some(number)
}

/// A number of units of the last of so many decimal places, written as a decimal.
pub(super) struct Fixed {
    pub(super) units: u128,
    pub(super) places: u32,
}

impl Fixed {
    /// Without noughts at the end that say nothing.
    pub(super) fn trimmed(mut self) -> Self {
        while self.places > 0 && self.units.checked_rem(10) == Some(0) {
            self.units = self.units.checked_div(10).unwrap_or_default();
            self.places = self.places.saturating_sub(1);
        }
        self
    }
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10u128.saturating_pow(self.places);
        write!(f, "{}", self.units.checked_div(one).unwrap_or_default())?;
        if self.places > 0 {
            let width = usize::try_from(self.places).unwrap_or_default();
            write!(f, ".{:0>width$}", self.units.checked_rem(one).unwrap_or_default())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn units_of_a_place_are_written_as_a_decimal() {
        for (units, places, written, trimmed) in [
            (0, 0, "0", "0"),
            (0, 2, "0.00", "0"),
            (420, 0, "420", "420"),
            (420_000, 3, "420.000", "420"),
            (42, 2, "0.42", "0.42"),
            (1, 6, "0.000001", "0.000001"),
            (1_050, 2, "10.50", "10.5"),
        ] {
            assert_eq!(Fixed { units, places }.to_string(), written);
            assert_eq!(Fixed { units, places }.trimmed().to_string(), trimmed);
        }
    }

    #[test]
    fn digits_are_padded_and_none_is_lost() {
        assert_eq!(padded([1, 2].into_iter(), 4), Some(1_200));
        assert_eq!(padded([0, 1, 2].into_iter(), 3), Some(12));
        assert_eq!(padded([1, 2, 0, 0].into_iter(), 2), Some(12));
        assert_eq!(padded([1, 2, 0, 3].into_iter(), 2), None);
    }
}
