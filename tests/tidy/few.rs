//! An adapter stays small: whoever embeds it builds what it needs and little else.

use crate::tree::root;
use crate::{Outcome, settled};
use std::collections::BTreeSet;
use std::env;
use std::process::Command;

/// The crate, and how many crates its normal build may consist of, itself among them.
const FEW: (&str, usize) = ("handover-sqlite", 25);

/// The crates of `cargo tree --prefix none`, each once.
fn crates(told: &str) -> BTreeSet<&str> {
    told.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect()
}

fn complaints(name: &str, most: usize, crates: &BTreeSet<&str>) -> Vec<String> {
    if crates.len() <= most {
        return Vec::new();
    }
    let mut found = vec![format!("{name}: expected {most} crates at most, found {}:", crates.len())];
    found.extend(crates.iter().map(|it| format!("  {it}")));
    found
}

#[test]
fn an_adapter_needs_few_crates() -> Outcome {
    let (name, most) = FEW;
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["tree", "--locked", "-p", name, "-e", "normal", "--prefix", "none"]).current_dir(root()?);
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let told = String::from_utf8(output.stdout)?;
    let crates = crates(&told);
    assert!(crates.iter().any(|it| it.starts_with("rusqlite ")), "{told}");
    settled(&complaints(name, most, &crates))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_crate_counts_once() {
        let told = "a v1.0.0\nb v1.0.0\nb v1.0.0 (*)\nb v2.0.0\n";
        assert_eq!(crates(told).len(), 3);
        assert!(complaints("a", 3, &crates(told)).is_empty());
    }

    #[test]
    fn too_many_are_listed() {
        let told = complaints("a", 1, &crates("a v1.0.0\nb v1.0.0\n"));
        assert_eq!(told.len(), 3);
        assert!(told.iter().any(|line| line.contains("b v1.0.0")));
    }
}
