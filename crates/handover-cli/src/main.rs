//! The `handover` command. It has no rule of its own: what may stand is the domain's to say, what can be read the dossier
//! format's, and here it is only shown.

mod args;
mod command;
mod failure;
mod input;
mod report;
mod text;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Demo => command::demo(),
        Command::Report(arguments) => command::report(&arguments),
        Command::Check { files } => command::check(&files),
        Command::Fmt { files, check } => command::fmt(&files, check),
        Command::Schema => input::say(&handover_wire::schema_text()),
        Command::Completions { shell } => command::completions(shell),
        Command::Man => command::man(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            failure.code()
        }
    }
}
