//! What a record holds, to the byte.

use super::check::{fresh, holds, made, put, record};
use super::fixture::Fixture;
use super::rule::Violation;
use crate::record::{MAX_PAYLOAD, Position, Record};

/// Texts that something between here and the disk might read, tidy or cut.
const PAYLOADS: &[&str] = &[
    "",
    " ",
    "  blanks around  ",
    "\n",
    "one\r\ntwo\rthree\n\n",
    "\t",
    "'",
    "\"",
    "''; DROP TABLE records; --",
    "\\",
    "\\n \\u0041 \\",
    "?1 :name $1 @p %s {} {0}",
    "{\"b\":1, \"a\":2, \"a\" : 3}",
    "{ \"half\": ",
    "[1.0, 1e2, 0.10]",
    "null",
    "NULL",
    "true",
    "0",
    "00017",
    "1e999",
    "9007199254740993",
    "x'00'",
    "\u{1}\u{8}\u{1b}\u{1f}",
    "\u{7f}\u{80}\u{85}\u{9f}",
    "\u{7ff}\u{800}",
    "\u{d7ff}\u{e000}",
    "\u{fffd}\u{fffe}\u{ffff}",
    "\u{10000}\u{1f54a}\u{10ffff}",
    "\u{feff}a mark before",
    "\u{2028}\u{2029}\u{200b}\u{ad}",
    "\u{202e}right to left\u{202c} שלום",
    "\u{e9} e\u{301} \u{fb01} \u{212b}",
    "Київ Стамбул İstanbul ıİ ß",
    "ends with a line feed\n",
];

fn kept<F: Fixture>(records: &[Record]) -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let together = put(&mut journal, Position::START, records)?;
    let mut at = together;
    for record in records {
        at = put(&mut journal, at, std::slice::from_ref(record))?;
    }
    holds(&mut journal, records.iter().chain(records))
}

pub(super) fn payloads_are_kept_to_the_byte<F: Fixture>() -> Result<(), Violation> {
    let records: Vec<Record> = PAYLOADS.iter().map(|text| record(*text)).collect::<Result<_, _>>()?;
    kept::<F>(&records)
}

pub(super) fn the_longest_payloads_are_kept<F: Fixture>() -> Result<(), Violation> {
    let fill = |unit: &str| unit.repeat(MAX_PAYLOAD.checked_div(unit.len()).unwrap_or_default());
    let short = MAX_PAYLOAD.saturating_sub(1);
    kept::<F>(&[
        record(fill("a"))?,
        record(fill("\u{1f54a}"))?,
        record("b".repeat(short))?,
        record(fill("\""))?,
    ])
}

pub(super) fn recorders_are_kept_to_the_byte<F: Fixture>() -> Result<(), Violation> {
    let longest = "n".repeat(200);
    let longest_of_wide = "\u{10ffff}".repeat(50);
    let texts = [
        "a",
        "A",
        " ",
        " name ",
        "'",
        "\"",
        "\\",
        "0",
        "007",
        "NULL",
        "\u{e9}",
        "e\u{301}",
        "\u{feff}x",
        "Нічна зміна",
        &longest,
        &longest_of_wide,
    ];
    let records: Vec<Record> = texts.iter().map(|by| made(0, by, 1, "payload")).collect::<Result<_, _>>()?;
    kept::<F>(&records)
}

pub(super) fn versions_are_kept<F: Fixture>() -> Result<(), Violation> {
    let versions = [0, 1, 255, 256, 32_767, 32_768, u16::MAX];
    let records: Vec<Record> = versions
        .iter()
        .map(|version| made(0, "recorder", *version, format!("of version {version}")))
        .collect::<Result<_, _>>()?;
    kept::<F>(&records)
}

pub(super) fn times_are_kept<F: Fixture>() -> Result<(), Violation> {
    let times = [
        0,
        1,
        -1,
        999_999,
        1_750_000_000_000_001,
        i64::from(i32::MAX).saturating_add(1),
        9_007_199_254_740_993,
        i64::MAX,
        i64::MIN,
    ];
    let records: Vec<Record> =
        times.iter().map(|at| made(*at, "recorder", 1, format!("at {at}"))).collect::<Result<_, _>>()?;
    // Each time in a journal of its own too: no other stands before it.
    for record in &records {
        kept::<F>(std::slice::from_ref(record))?;
    }
    kept::<F>(&records)
}

pub(super) fn times_do_not_order<F: Fixture>() -> Result<(), Violation> {
    let times = [50, 40, 40, 60, -3, 40, 55];
    let records: Vec<Record> =
        times.iter().map(|at| made(*at, "recorder", 1, "the same")).collect::<Result<_, _>>()?;
    kept::<F>(&records)
}

pub(super) fn identical_records_are_kept_twice<F: Fixture>() -> Result<(), Violation> {
    let (_store, mut journal) = fresh::<F>()?;
    let one = record("the same")?;
    let two = [one.clone(), one.clone()];
    let at = put(&mut journal, Position::START, &two)?;
    let at = put(&mut journal, at, &two)?;
    put(&mut journal, at, std::slice::from_ref(&one))?;
    holds(&mut journal, [&one; 5])
}
