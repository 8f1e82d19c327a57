//! Completions and the manual page, made from the arguments themselves.

use clap::{Command, CommandFactory};

use crate::args::Arguments;
use crate::failure::Failure;
use crate::input::say_bytes;

pub(crate) fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "handover", &mut script);
    say_bytes(&script)
}

pub(crate) fn man() -> Result<(), Failure> {
    let mut page = Vec::new();
    let mut command = Arguments::command();
    command.build();
    let written = write_page(&command, &mut page);
    written.map_err(|why| Failure::io("cannot write", std::path::Path::new("the manual page"), &why))?;
    say_bytes(&page)
}

/// The command's page, and after it the sections of each subcommand.
fn write_page(command: &Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    clap_mangen::Man::new(command.clone()).render(page)?;
    write_sections(command, "HANDOVER", page)
}

fn write_sections(command: &Command, above: &str, page: &mut Vec<u8>) -> std::io::Result<()> {
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let part = clap_mangen::Man::new(subcommand.clone());
        let name = format!("{above} {}", subcommand.get_name().to_uppercase());
        page.extend(format!(".SH \"{name}\"\n").into_bytes());
        let mut sections = Vec::new();
        part.render_synopsis_section(&mut sections)?;
        part.render_description_section(&mut sections)?;
        part.render_options_section(&mut sections)?;
        part.render_extra_section(&mut sections)?;
        page.extend(String::from_utf8_lossy(&sections).replace(".SH ", ".SS ").into_bytes());
        write_sections(subcommand, &name, page)?;
    }
    Ok(())
}
