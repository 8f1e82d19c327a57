//! The house keeps its own rules. Each module is a rule: a function from a tree of files to complaints, run on the
//! repository and on a small bad tree that it must complain about.

mod arbitrary;
mod arrows;
mod binaries;
mod decisions;
mod edge_cases;
mod few;
mod invariants;
mod length;
mod machine_paths;
mod markdown;
mod reach;
mod refusals;
mod tree;
mod words;

/// What the rules return to the test harness.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Fails with every complaint at once, so that one run shows all there is to do.
fn settled(complaints: &[String]) -> Outcome {
    if complaints.is_empty() { Ok(()) } else { Err(format!("\n  {}", complaints.join("\n  ")).into()) }
}
