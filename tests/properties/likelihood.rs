//! What a likelihood ratio is worth: each answer is that of whole numbers of any size, cross-multiplied.

use std::cmp::Ordering;

use handover::likelihood::{
    Candidates, ChanceHits, LikelihoodRatio, Posterior, Prior, Probability, Threshold,
};
use num_bigint::BigUint;
use proptest::prelude::*;

/// A fraction of whole numbers of any size, numerator first.
type Fraction = (BigUint, BigUint);

fn ten_to(power: u32) -> BigUint {
    BigUint::from(10u32).pow(power)
}

/// What a text says, read without the library: digits with or without a point and an exponent.
fn read(text: &str) -> Fraction {
    let (plain, exponent) =
        text.split_once('e').map_or((text, 0), |(plain, e)| (plain, e.parse::<i32>().unwrap()));
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let digits: BigUint = [whole, fraction].concat().parse().unwrap();
    let exponent = exponent - i32::try_from(fraction.len()).unwrap();
    let power = ten_to(exponent.unsigned_abs());
    if exponent < 0 { (digits, power) } else { (digits * power, 1u32.into()) }
}

/// The odds of a prior, for to against, read from what it says.
fn odds(prior: Prior) -> Fraction {
    match prior.to_string().strip_prefix("1 in ") {
        Some(candidates) => (1u32.into(), candidates.parse::<BigUint>().unwrap() - 1u32),
        None => odds_of(&read(&prior.to_string())),
    }
}

/// The odds of a probability.
fn odds_of((parts, whole): &Fraction) -> Fraction {
    (parts.clone(), whole - parts)
}

fn compare(a: &Fraction, b: &Fraction) -> Ordering {
    (&a.0 * &b.1).cmp(&(&b.0 * &a.1))
}

fn product(a: &Fraction, b: &Fraction) -> Fraction {
    (&a.0 * &b.0, &a.1 * &b.1)
}

/// The odds after the findings.
fn after(ratio: LikelihoodRatio, prior: Prior) -> Fraction {
    product(&read(&ratio.to_string()), &odds(prior))
}

/// The ratio whose 38 digits begin the quotient of the odds that are asked by those that there are, and the next.
fn around(prior: Prior, threshold: Threshold) -> [LikelihoodRatio; 2] {
    let (favourable, adverse) = odds(prior);
    let (numerator, denominator) = product(&odds_of(&read(&threshold.to_string())), &(adverse, favourable));
    let mut power = 0;
    while &numerator * ten_to(power) / &denominator < ten_to(37) {
        power += 1;
    }
    let digits = numerator * ten_to(power) / denominator;
    [digits.clone(), digits + 1u32].map(|digits| format!("{digits}e-{power}").parse().unwrap())
}

proptest! {
    #![proptest_config(crate::cases(1_000))]

    #[test]
    fn a_posterior_reaches_a_threshold_as_whole_numbers_say(
        ratio: LikelihoodRatio, prior: Prior, threshold: Threshold,
    ) {
        let asked = odds_of(&read(&threshold.to_string()));
        let [below, above] = around(prior, threshold);
        for ratio in [ratio, below, above, threshold.minimal_ratio(prior)] {
            prop_assert_eq!(
                Posterior::new(ratio, prior).reaches(threshold),
                compare(&after(ratio, prior), &asked).is_ge(),
                "{} {} {}", ratio, prior, threshold,
            );
        }
        prop_assert!(Posterior::new(above, prior).reaches(threshold));
    }

    #[test]
    fn a_ratio_is_what_was_written(digits in 1..10u128.pow(38), point in 0..=38usize, exponent in -60..=60i32) {
        let digits = format!("{digits:0>39}");
        let (whole, fraction) = digits.split_at(39 - point);
        let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
        let dot = if fraction.is_empty() { "" } else { "." };
        let text = format!("{whole}{dot}{fraction}e{exponent}");
        let ratio: LikelihoodRatio = text.parse().unwrap();
        prop_assert_eq!(compare(&read(&ratio.to_string()), &read(&text)), Ordering::Equal, "{} {}", ratio, text);
        prop_assert_eq!(text.replace('e', "E").parse(), Ok(ratio));
    }

    #[test]
    fn ratios_priors_and_thresholds_are_ordered_as_their_values(
        ratios: (LikelihoodRatio, LikelihoodRatio), priors: (Prior, Prior), thresholds: (Threshold, Threshold),
    ) {
        let (a, b) = ratios;
        prop_assert_eq!(a.cmp(&b), compare(&read(&a.to_string()), &read(&b.to_string())));
        let (a, b) = priors;
        prop_assert_eq!(a.compare(b), compare(&odds(a), &odds(b)));
        let (a, b) = thresholds;
        prop_assert_eq!(a.cmp(&b), compare(&read(&a.to_string()), &read(&b.to_string())));
    }

    #[test]
    fn more_evidence_never_hurts_and_a_stricter_test_never_helps(
        ratios: (LikelihoodRatio, LikelihoodRatio), priors: (Prior, Prior), thresholds: (Threshold, Threshold),
    ) {
        let reaches = |ratio, prior, threshold| Posterior::new(ratio, prior).reaches(threshold);
        let (less, more) = (ratios.0.min(ratios.1), ratios.0.max(ratios.1));
        let (lower, higher) = if priors.0.compare(priors.1).is_le() { priors } else { (priors.1, priors.0) };
        let (lax, strict) = (thresholds.0.min(thresholds.1), thresholds.0.max(thresholds.1));
        if reaches(less, lower, strict) {
            prop_assert!(reaches(more, lower, strict) && reaches(less, higher, strict) && reaches(less, lower, lax));
        }
        prop_assert!(lax.minimal_ratio(higher) <= strict.minimal_ratio(lower));
    }

    #[test]
    fn more_candidates_ask_more(n: (Candidates, Candidates), threshold: Threshold) {
        let (few, many) = (Prior::OneOf(n.0.min(n.1)), Prior::OneOf(n.0.max(n.1)));
        prop_assert!(threshold.minimal_ratio(few) <= threshold.minimal_ratio(many));
    }

    #[test]
    fn the_least_ratio_reaches_and_the_whole_one_before_it_does_not(prior: Prior, threshold: Threshold) {
        let least = threshold.minimal_ratio(prior);
        prop_assert!(Posterior::new(least, prior).reaches(threshold), "{}", least);
        let (number, one) = read(&least.to_string());
        prop_assert_eq!(&number % &one, BigUint::ZERO);
        let number = u128::try_from(number / one).unwrap();
        if let Ok(before) = LikelihoodRatio::whole(number - 1) {
            prop_assert!(!Posterior::new(before, prior).reaches(threshold), "{}", before);
        } else {
            prop_assert_eq!(number, 1);
        }
    }

    #[test]
    fn percent_are_the_nearest_and_never_certain(ratio: LikelihoodRatio, prior: Prior, places in 0..=15u8) {
        let shown = Posterior::new(ratio, prior).percent(places).to_string();
        let (favourable, adverse) = after(ratio, prior);
        let hundred = ten_to(u32::from(places) + 2);
        // Half up: the floor of P × 100 × 10^places + 1/2.
        let all = (&favourable + &adverse) * 2u32;
        let units = (&favourable * &hundred * 2u32 + &favourable + &adverse) / &all;
        let (words, units) = if units == BigUint::ZERO {
            ("less than ", BigUint::from(1u32))
        } else if units == hundred {
            ("more than ", units - 1u32)
        } else {
            ("", units)
        };
        let digits = format!("{units:0>width$}", width = usize::from(places) + 1);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(places));
        let dot = if places == 0 { "" } else { "." };
        prop_assert_eq!(shown, format!("{words}{whole}{dot}{fraction} %"));
    }

    #[test]
    fn chance_hits_are_bounded_from_above_by_less_than_a_millionth_too_much(
        comparisons in prop_oneof![0..=10u64, 0..=4_200_000_000u64, any::<u64>()], ratio: LikelihoodRatio,
    ) {
        let (number, by) = read(&ratio.to_string());
        let millionths = BigUint::from(comparisons) * 1_000_000u32;
        let expected = ((&millionths * by + &number - 1u32) / number).min(millionths);
        let bound = ChanceHits::at_most(comparisons, ratio);
        prop_assert_eq!(BigUint::from(bound.millionths()), expected.clone());
        prop_assert_eq!(compare(&read(&bound.to_string()), &(expected, 1_000_000u32.into())), Ordering::Equal);
    }

    #[test]
    fn whatever_is_read_is_written_in_one_way(text in "[0-9]{0,3}(\\.[0-9]{0,3})?([eE][+-]?[0-9]{0,3})?|1 in [0-9]{0,3}") {
        fn one_way<T: ToString + std::str::FromStr + PartialEq + std::fmt::Debug>(text: &str) {
            if let Ok(value) = text.parse::<T>() {
                let written = value.to_string();
                assert_eq!(written.parse::<T>().ok(), Some(value));
                assert_eq!(written.parse::<T>().ok().unwrap().to_string(), written);
            }
        }
        one_way::<LikelihoodRatio>(&text);
        one_way::<Probability>(&text);
        one_way::<Threshold>(&text);
        one_way::<Prior>(&text);
    }
}

#[test]
fn a_number_of_json_is_refused_for_it_is_a_binary_fraction() {
    for json in ["1999", "0.5", "1e9", "null"] {
        assert!(serde_json::from_str::<LikelihoodRatio>(json).is_err());
        assert!(serde_json::from_str::<Probability>(json).is_err());
        assert!(serde_json::from_str::<Threshold>(json).is_err());
        assert!(serde_json::from_str::<Prior>(json).is_err());
    }
    let why = serde_json::from_str::<Threshold>("\"99.95%\"").unwrap_err().to_string();
    assert!(why.starts_with("`99.95%` is no threshold: expected a probability such as `0.9995`"), "{why}");
    assert!(serde_json::from_str::<LikelihoodRatio>("\"0\"").is_err());
    assert!(serde_json::from_str::<Prior>("\"1 in 1\"").is_err());
}

/// The pattern of a schema takes what is written; what it does not take is never read.
#[test]
fn schemas_take_what_is_written() {
    fn patterns<T: schemars::JsonSchema>() -> jsonschema::Validator {
        jsonschema::validator_for(schemars::schema_for!(T).as_value()).unwrap()
    }
    let taken = |schema: &jsonschema::Validator, text: &str| schema.is_valid(&serde_json::json!(text));
    let texts = [
        "1999",
        "0.25",
        "1.2e30",
        "1e-28",
        "1.2E+09",
        "1 in 70000",
        "0.5",
        "0.9995",
        "",
        "01",
        "1.",
        ".5",
        "1e",
        "-1",
        "50%",
        "1 in 02",
        "2 in 3",
        "1.5",
    ];
    for text in texts {
        let schemas = (patterns::<LikelihoodRatio>(), patterns::<Threshold>(), patterns::<Prior>());
        assert_eq!(taken(&schemas.0, text), text.parse::<LikelihoodRatio>().is_ok(), "{text}");
        assert_eq!(taken(&schemas.1, text), text.parse::<Threshold>().is_ok(), "{text}");
        assert_eq!(taken(&schemas.2, text), text.parse::<Prior>().is_ok(), "{text}");
    }
}
