//! A rule, and what it finds.

use core::fmt;
use std::io::Write as _;

use super::fixture::{Capability, Fixture};
use super::list::rules;

/// How a rule was found broken: what was expected and what was found.
#[derive(Clone, PartialEq, Eq)]
pub struct Violation(String);

impl Violation {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    fn of(self, rule: &str, says: &str) -> Self {
        Self(format!("`{rule}` does not hold ({says}): {}", self.0))
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The same as [`Display`](fmt::Display): this is what a test that returns it shows.
impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for Violation {}

impl From<Box<dyn core::error::Error + Send + Sync>> for Violation {
    fn from(why: Box<dyn core::error::Error + Send + Sync>) -> Self {
        Self(format!("expected the fixture to make a store and its handles, found: {why}"))
    }
}

/// One rule of the contract, for one fixture.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub(super) name: &'static str,
    pub(super) says: &'static str,
    pub(super) capability: Capability,
    pub(super) check: fn() -> Result<(), Violation>,
}

impl Rule {
    /// Its name, which is that of its test.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The rule in a sentence.
    pub fn says(&self) -> &'static str {
        self.says
    }

    /// Whether it applies to this fixture.
    pub fn capability(&self) -> Capability {
        self.capability
    }

    /// Tries it on a fresh store, whether it applies or not.
    ///
    /// # Errors
    /// The rule does not hold.
    pub fn check(&self) -> Result<(), Violation> {
        (self.check)().map_err(|found| found.of(self.name, self.says))
    }
}

/// Tries the rule of a name if it applies to the fixture. If it does not, the reason is written to standard error, past
/// what captures the output of tests, so that a run shows what it left out.
///
/// # Errors
/// The rule does not hold, its capability is declined without a reason, or there is no rule of this name.
pub fn prove<F: Fixture>(name: &str) -> Result<(), Violation> {
    let Some(rule) = rules::<F>().into_iter().find(|rule| rule.name == name) else {
        return Err(Violation::new(format!("expected the name of a rule, found `{name}`")));
    };
    match rule.capability {
        Capability::Claimed => rule.check(),
        Capability::Declined(reason) if reason.trim().is_empty() => {
            Err(Violation::new("expected a reason with the declined capability, found none"))
        }
        Capability::Declined(reason) => {
            // Where standard error is closed there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "`{name}` DOES NOT APPLY: {reason}");
            Ok(())
        }
    }
}
