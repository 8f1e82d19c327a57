//! Arguments of what is made for an audience.

use std::str::FromStr;

use clap::Args;
use handover::disclosure::Audience;
use handover::id::PersonRef;
use handover::when::Moment;

use super::{Format, ToldIn, Whose, last_moment};

#[derive(Debug, Args)]
pub(crate) struct DiscloseArguments {
    /// For whom: `public`, `party:KEY`, `organ:KEY`, `laboratory:KEY` or `family:PERSON`.
    #[arg(value_name = "AUDIENCE", value_parser = For::from_str)]
    pub(crate) audience: For,
    /// What is read.
    #[command(flatten)]
    pub(crate) told: ToldIn,
    /// Whose word is taken for figures: the key of a party, `all`, `neutral` or `anyone`.
    #[arg(long, value_name = "WHOSE", value_parser = Whose::from_str, default_value = "all")]
    pub(crate) according_to: Whose,
    /// As things stood at the end of this time, such as `2025-06-13+03:00` or `2025-06`.
    #[arg(long, value_name = "DATE", value_parser = last_moment)]
    pub(crate) as_of: Option<Moment>,
    /// Only what had been said by the end of this time.
    #[arg(long, value_name = "TIME", value_parser = last_moment)]
    pub(crate) said_by: Option<Moment>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Tell on the standard error what stands in the way of showing this person's case. It is for who discloses, not for the
    /// audience.
    #[arg(long, value_name = "PERSON")]
    pub(crate) why: Option<PersonRef>,
}

/// An audience, as it is named in a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct For(pub(crate) Audience);

impl FromStr for For {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |why: &dyn std::fmt::Display| format!("`{text}`: {why}");
        let kinds = "expected `public`, `party:KEY`, `organ:KEY`, `laboratory:KEY` or `family:PERSON`";
        Ok(Self(match text.split_once(':') {
            None if text == "public" => Audience::Public,
            Some(("party", key)) => Audience::Party(key.parse().map_err(|why| wrong(&why))?),
            Some(("organ", key)) => Audience::Organ(key.parse().map_err(|why| wrong(&why))?),
            Some(("laboratory", key)) => Audience::Laboratory(key.parse().map_err(|why| wrong(&why))?),
            Some(("family", key)) => Audience::Family(key.parse().map_err(|why| wrong(&why))?),
            _ => return Err(wrong(&kinds)),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_is_named_by_its_kind_and_key() {
        let read = |text: &str| text.parse::<For>().map(|audience| audience.0);
        assert_eq!(read("public"), Ok(Audience::Public));
        assert_eq!(read("party:ru"), Ok(Audience::Party("ru".parse().unwrap())));
        assert_eq!(read("organ:court"), Ok(Audience::Organ("court".parse().unwrap())));
        assert_eq!(read("laboratory:lab"), Ok(Audience::Laboratory("lab".parse().unwrap())));
        assert_eq!(read("family:x"), Ok(Audience::Family("x".parse().unwrap())));
        for wrong in ["", "press", "public:", "party", "party:", "organ:Not A Key", "Public"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
