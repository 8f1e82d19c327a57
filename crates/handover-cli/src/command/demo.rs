//! One press article, kept in a ledger and read by each side's word.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use handover::reading::According;
use handover_journal::Recorder;

use super::report::answer;
use crate::args::InitArguments;
use crate::failure::{Failure, Kind, shown};
use crate::input;
use crate::kept::Kept;
use crate::report::Question;
use crate::text;

const SEED: &str = include_str!("../../dossiers/seed-article.jsonl");

pub(crate) fn demo(ledger: Option<&Path>) -> Result<(), Failure> {
    let path = ledger.map_or_else(usual, |ledger| Ok(ledger.to_owned()))?;
    let name = Path::new("the dossier of the demonstration");
    let dossier = input::entries_from(SEED.as_bytes()).map_err(|why| Failure::import(name, &why.into()))?;
    if !path.exists() {
        Kept::create(&InitArguments::file(&path, dossier.title.clone()))?;
    }
    let kept = Kept::open_file(&path)?;
    let by = Recorder::new("handover demo")
        .map_err(|why| Failure::new(Kind::Io, why.to_string(), "report this"))?;
    let entries = dossier.numbered.into_iter().map(|numbered| numbered.entry).collect();
    let receipt = kept.record(&by, entries).map_err(|why| Failure::submit(None, &why))?;
    let question = Question { terms: Some(According::Anyone), ..Question::default() };
    let path = fs::canonicalize(&path).unwrap_or(path);
    let page = kept.read(None, |source| {
        Ok::<_, Failure>(text::demonstration(&answer(source, &question)?, source.ledger))
    })??;
    kept.close()?;
    input::say(&page)?;
    anstream::eprintln!(
        "note: the ledger is kept in {}; {} entries were recorded now, {} before",
        shown(&path),
        receipt.recorded,
        receipt.already_recorded
    );
    Ok(())
}

/// Among the data of this user or, where there is no such place, among the temporary files.
fn usual() -> Result<PathBuf, Failure> {
    let data = choose_base_strategy().map(|places| places.data_dir());
    let directory = data.map_or_else(|_| env::temp_dir(), |data| data.join("handover"));
    fs::create_dir_all(&directory).map_err(|why| Failure::io("cannot make", &directory, &why))?;
    Ok(directory.join("demo.sqlite"))
}
