//! The `handover` command. It has no rule of its own: what may stand is the domain's to say, what can be read the dossier
//! format's, how it lasts the desk's, and here it is only shown.

mod args;
mod command;
mod failure;
mod input;
mod interrupt;
mod kept;
mod place;
mod report;
#[cfg(feature = "postgres")]
mod server;
mod text;
mod watched;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command, ManifestCommand};

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Demo { ledger } => command::demo(ledger.as_deref()),
        Command::Init(arguments) => command::init(&arguments),
        Command::Import { ledger, files, by } => command::import(&ledger, &files, &by),
        Command::Record { ledger, by } => command::record_one(&ledger, &by),
        Command::Log { ledger, format } => command::log(&ledger, format),
        Command::Export { ledger, known_at, output } => command::export(&ledger, known_at, output.as_deref()),
        Command::Project(arguments) => command::project(&arguments),
        Command::Manifest { command: ManifestCommand::Read(arguments) } => command::read_manifest(&arguments),
        Command::Manifest { command: ManifestCommand::Write(arguments) } => {
            command::write_manifest(&arguments)
        }
        Command::Report(arguments) => command::report(&arguments),
        Command::Show(arguments) => command::show(&arguments),
        Command::Disclose(arguments) => command::disclose(&arguments),
        Command::Check { files, ledger } => command::check(&files, &ledger),
        Command::Backup { ledger, copy } => command::back_up(&ledger, &copy),
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
