//! Sets of small numbers as masks.

/// One bit a value. The last bit of a count stands for every number from [`BEYOND`] on.
pub type Set = u128;

/// The first number that is not written out.
pub const BEYOND: u32 = 127;
/// Every count.
pub const ALL: Set = Set::MAX;
/// Nought.
pub const NOUGHT: Set = 1;
/// It did not happen.
pub const NO: Set = 1;
/// It happened.
pub const YES: Set = 2;
/// Either.
pub const EITHER: Set = NO | YES;
/// Every day: before the first that can be stated, those that can, and after the last.
pub const ALL_DAYS: Set = (1 << (crate::world::DAYS + 2)) - 1;

/// The place of a value: those that are not written out share one.
fn place(value: u32) -> u32 {
    value.min(BEYOND)
}

/// Just this value.
pub fn just(value: u32) -> Set {
    1 << place(value)
}

/// The values from the first to the last, both in it.
pub fn range(first: u32, last: u32) -> Set {
    (place(first)..=place(last)).fold(0, |set, value| set | 1 << value)
}

/// The values of a set, with [`BEYOND`] for all that are not written out.
pub fn values(set: Set) -> impl Iterator<Item = u32> + Clone {
    (0..=BEYOND).filter(move |value| set & (1 << value) != 0)
}

/// The lowest value of a set that is not empty.
pub fn lowest(set: Set) -> u32 {
    set.trailing_zeros()
}

/// The highest value of a set that is not empty.
pub fn highest(set: Set) -> u32 {
    BEYOND - set.leading_zeros()
}

/// All from the lowest to the highest.
pub fn hull(set: Set) -> Set {
    if set == 0 { 0 } else { range(lowest(set), highest(set)) }
}

/// The lowest and everything above it.
pub fn and_more(set: Set) -> Set {
    range(lowest(set), BEYOND)
}

/// The sums of a value from each.
pub fn plus(a: Set, b: Set) -> Set {
    values(a).fold(0, |sums, x| {
        let beyond = if b >> (BEYOND - x) == 0 { 0 } else { just(BEYOND) };
        sums | b << x | beyond
    })
}

/// What is left of a value of the one when a value of the other is taken, never less than nought.
pub fn less(a: Set, b: Set) -> Set {
    let mut left = 0;
    for x in values(a) {
        for y in values(b) {
            left |= match (x == BEYOND, y == BEYOND) {
                (false, false) => just(x.saturating_sub(y)),
                // All numbers from here on, less by so many.
                (true, false) => range(BEYOND - y, BEYOND),
                (false, true) => NOUGHT,
                (true, true) => ALL,
            };
        }
    }
    left
}
