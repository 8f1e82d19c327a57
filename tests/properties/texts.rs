//! Text forms come back: what is written is read as what it was.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use handover::id::{AgreementId, BatchId, CategoryId, EntryId, HandoverId, LegId, ObligationId, PartyId};
use handover::id::{OrganId, SourceId, SpeakerId, TotalId};
use handover::likelihood::{LikelihoodRatio, Prior, Probability, Threshold};
use handover::obligation::Duty;
use handover::quantity::{Number, Quantity};
use handover::text::Text;
use handover::when::When;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use handover_testkit::world::generator::worlds;
use handover_testkit::world::posting;

fn through_text<T>(value: &T) -> Result<(), TestCaseError>
where
    T: Display + FromStr<Err: Debug> + PartialEq + Debug,
{
    let text = value.to_string();
    prop_assert_eq!(&text.parse::<T>().unwrap(), value, "{}", text);
    Ok(())
}

/// What was read, as what it is to be compared with.
fn like<T>(_: &T, read: T) -> T {
    read
}

macro_rules! through_json {
    ($value:expr) => {
        let json = serde_json::to_string($value).unwrap();
        prop_assert_eq!(&like($value, serde_json::from_str(&json).unwrap()), $value, "{}", json);
    };
}

macro_rules! through_both {
    ($($value:expr),* $(,)?) => {$(
        through_text($value)?;
        through_json!($value);
    )*};
}

proptest! {
    #![proptest_config(crate::cases(500))]

    #[test]
    fn quantities_and_times_come_back(quantity: Quantity, when: When, number: Number) {
        through_both!(&quantity);
        through_both!(&when);
        through_json!(&number);
    }

    #[test]
    fn ratios_and_probabilities_come_back(
        ratio: LikelihoodRatio, prior: Prior, probability: Probability, threshold: Threshold,
    ) {
        through_both!(&ratio, &prior, &probability, &threshold);
    }

    #[test]
    fn identifiers_come_back(
        ids: (EntryId, PartyId, OrganId, SpeakerId, SourceId, AgreementId),
        more: (ObligationId, HandoverId, LegId, BatchId, TotalId, CategoryId),
    ) {
        through_both!(&ids.0, &ids.1, &ids.2, &ids.3, &ids.4, &ids.5);
        through_both!(&more.0, &more.1, &more.2, &more.3, &more.4, &more.5);
        prop_assert_eq!(EntryId::from_uuid(ids.0.to_uuid()), ids.0);
    }

    #[test]
    fn whatever_is_taken_for_a_text_comes_back(any: String, line in "\\PC{0,40}") {
        for candidate in [any, line] {
            if let Ok(text) = Text::new(&candidate) {
                prop_assert_eq!(text.as_str(), candidate);
                through_both!(&text);
            }
        }
    }

    #[test]
    fn what_is_read_is_written_as_it_was_read(text in "(~|>|<|=|>=|<=|\\.\\.|\\+-|[0-9]|none|unknown){1,6}") {
        if let Ok(quantity) = text.parse::<Quantity>() {
            prop_assert_eq!(quantity.to_string(), text);
        }
    }

    #[test]
    fn times_are_read_as_they_are_written_or_refused(
        text in "[0-9]{4}(-[01][0-9](-[0-3][0-9](T[0-2][0-9]:[0-5][0-9])?)?)?(~|/\\.\\.)?([+-][01][0-9]:[03]0)?",
    ) {
        if let Ok(when) = text.parse::<When>() {
            through_both!(&when);
            let offset = |text: &str| text.ends_with("+00:00") || text.ends_with("-00:00");
            prop_assert!(when.to_string() == text || offset(&text), "{} {}", when, text);
        }
    }

    #[test]
    fn entries_come_back(world in worlds(10)) {
        for entry in posting::entries(&world) {
            through_json!(&entry);
        }
    }
}

#[test]
fn every_duty_comes_back() {
    for number in 1..=21 {
        let duty = Duty::new(number).unwrap();
        assert_eq!(duty.to_string().parse(), Ok(duty));
    }
}
