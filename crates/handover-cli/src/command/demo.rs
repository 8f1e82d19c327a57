//! One press article, read by each side's word.

use std::path::Path;

use handover::reading::According;

use super::report::answer;
use crate::failure::Failure;
use crate::input;
use crate::report::Question;
use crate::text;

const SEED: &str = include_str!("../../dossiers/seed-article.jsonl");

pub(crate) fn demo() -> Result<(), Failure> {
    let dossier = input::read_from(Path::new("the dossier of the demonstration"), SEED.as_bytes())?;
    let question = Question { terms: Some(According::Anyone), ..Question::default() };
    let report = answer(&dossier, &question)?;
    input::say(&text::demonstration(&report, &dossier.ledger))
}
