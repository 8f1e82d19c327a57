//! Words as someone wrote them: one line, bounded, without characters that hide.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;
use core::str::FromStr;

/// A line of text: 1 to 2,000 bytes, no control or direction-changing character, no blank at either end.
///
/// It is cheap to copy. It holds names of institutions and office-holders, quotations and notes; never the
/// name of a private person (`docs/rules.md` d3).
///
/// ```
/// use handover::text::Text;
///
/// assert_eq!("on Friday".parse::<Text>()?.as_str(), "on Friday");
/// assert!(" padded".parse::<Text>().is_err());
/// # Ok::<(), handover::text::TextError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<Words>);

/// The words, at one remove: a text is one place wide, for most of those that can be told in an entry are not.
type Words = Box<str>;

/// The longest text, in bytes.
pub(crate) const LONGEST: usize = 2_000;

impl Text {
    /// Takes a line of text.
    ///
    /// # Errors
    /// In this order: it is empty, it is longer than 2,000 bytes, it begins or ends with a blank, it holds a
    /// control character or one that changes the direction of writing unseen.
    pub fn new(text: &str) -> Result<Self, TextError> {
        if text.is_empty() {
            return Err(TextError::Empty);
        }
        if text.len() > LONGEST {
            return Err(TextError::TooLong(text.len()));
        }
        if text.trim() != text {
            return Err(TextError::Blank);
        }
        if let Some(hidden) = text.chars().find(|c| hides(*c)) {
            return Err(TextError::Hidden(hidden));
        }
        Ok(Self(Arc::new(text.into())))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// # Errors
/// As [`Text::new`].
impl FromStr for Text {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::new(text)
    }
}

text_form!(Text, "line of text", "^\\S(.*\\S)?$");

/// Why something is no line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextError {
    /// There is no text.
    Empty,
    /// So many bytes are too many.
    TooLong(usize),
    /// A blank stands at an end.
    Blank,
    /// This character cannot be seen.
    Hidden(char),
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("expected some text, found none"),
            Self::TooLong(bytes) => write!(f, "expected at most {LONGEST} bytes, found {bytes}"),
            Self::Blank => f.write_str("expected no blank at either end"),
            Self::Hidden(c) => {
                write!(f, "expected characters that can be seen, found U+{:04X}", u32::from(*c))
            }
        }
    }
}

impl core::error::Error for TextError {}

/// What was said word for word, with its language, apart from any paraphrase.
///
/// ```
/// use handover::text::Quotation;
///
/// let quotation = Quotation { words: "не готова".parse()?, language: "ru".parse()?, translation: None };
/// assert_eq!(quotation.language.as_str(), "ru");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
pub struct Quotation {
    /// The words themselves.
    pub words: Text,
    /// The language of the words, as a tag such as `uk`, `ru` or `en` (BCP 47).
    pub language: Text,
    /// The words in the language of this record, where they were translated.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub translation: Option<Text>,
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    #[test]
    fn a_text_has_an_end_and_no_hidden_character() {
        assert!(Text::new("x").is_ok());
        assert!(Text::new(&"x".repeat(2_000)).is_ok());
        assert_eq!(Text::new(""), Err(TextError::Empty));
        assert_eq!(Text::new(&"x".repeat(2_001)), Err(TextError::TooLong(2_001)));
        for blank in [" x", "x ", "\u{a0}x"] {
            assert_eq!(Text::new(blank), Err(TextError::Blank));
        }
        for c in ['\n', '\t', '\0', '\u{7f}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}'] {
            let hidden = String::from_iter(['a', c, 'b']);
            assert_eq!(Text::new(&hidden), Err(TextError::Hidden(c)));
        }
    }
}
