//! Each test once, to see which changes it reaches; then each change by the tests that reach it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::copy::Executable;

/// A test that lasts longer than this when a change is on has been caught by it.
const LEAST_PATIENCE: Duration = Duration::from_secs(20);
/// A test that takes but a moment.
const QUICK: Duration = Duration::from_millis(50);
/// Tests that are run in one process, where each lasts but a moment.
const TOGETHER: usize = 40;

/// One test of one executable.
#[derive(Clone, Debug)]
pub struct Test {
    executable: Executable,
    pub name: String,
    lasts: Duration,
    reaches: BTreeSet<u32>,
    /// Something in it panics where no change is on, and that is caught: a panic tells nothing of a change.
    panics: bool,
}

impl Test {
    /// Whether it may be run with others in one process.
    fn is_quick(&self) -> bool {
        self.lasts < QUICK && !self.panics
    }
}

/// How a change fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A test failed.
    Caught,
    /// A test did not end.
    Endless,
    /// No test failed.
    Missed,
    /// No test reaches it.
    Unreached,
}

/// The tests of an executable by name.
fn names(executable: &Path) -> Result<Vec<String>> {
    let output = Command::new(executable).args(["--list", "--format", "terse"]).output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

fn progress(all: usize, what: &str) -> ProgressBar {
    let bar = ProgressBar::new(all as u64).with_message(what.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{msg} {pos}/{len} {wide_bar} {eta}") {
        bar.set_style(style);
    }
    bar
}

/// Runs `job` on each of `0..all`, several at a time.
fn side_by_side<T: Send>(jobs: usize, all: usize, job: impl Fn(usize) -> Result<T> + Sync) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= all {
                        return;
                    }
                    let result = job(at);
                    if let Ok(mut found) = found.lock() {
                        found.push((at, result));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, result)| result).collect()
}

/// Whether some tests hold; none if they do not end. Where `panics` is not set, the first panic ends them.
fn run(
    executable: &Executable,
    names: &[&str],
    panics: bool,
    variable: (&str, &str),
    patience: Duration,
) -> Result<Option<bool>> {
    let mut command = Command::new(&executable.path);
    if panics {
        command.env("HANDOVER_MUTANT_PANICS", "1");
    }
    let mut child = command
        .arg("--exact")
        .args(["--test-threads", "1", "-q"])
        .args(names)
        .current_dir(&executable.directory)
        .env(variable.0, variable.1)
        .env("PROPTEST_FAILURE_PERSISTENCE", "off")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("`{}` could not be run", executable.path.display()))?;
    let begun = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if begun.elapsed() > patience {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = pause.saturating_mul(2).min(Duration::from_millis(50));
    }
}

/// Every test, how long it lasts and which changes it reaches.
pub fn reach(root: &Path, executables: &[Executable], jobs: usize, left_out: &[String]) -> Result<Vec<Test>> {
    let mut all = Vec::new();
    for executable in executables {
        for name in names(&executable.path)? {
            if !left_out.iter().any(|out| name.contains(out.as_str())) {
                all.push((executable.clone(), name));
            }
        }
    }
    let scratch = root.join("target/reach");
    fs::create_dir_all(&scratch)?;
    let bar = progress(all.len(), "each test once");
    let tests = side_by_side(jobs, all.len(), |at| {
        let (executable, name) = all.get(at).context("a test")?;
        let seen = scratch.join(at.to_string());
        let path = seen.to_string_lossy().into_owned();
        let once = |panics: bool| {
            let _ = fs::remove_file(&seen);
            let variable = ("HANDOVER_MUTANT_SEEN", path.as_str());
            run(executable, &[name], panics, variable, Duration::from_mins(20))
        };
        let mut begun = Instant::now();
        let panics = once(false)? != Some(true);
        if panics {
            begun = Instant::now();
            if once(true)? != Some(true) {
                bail!("`{name}` does not hold where no change is on");
            }
        }
        let lasts = begun.elapsed();
        let text = fs::read_to_string(&seen).unwrap_or_default();
        let reaches = text.lines().filter_map(|line| line.parse().ok()).collect();
        bar.inc(1);
        Ok(Test { executable: executable.clone(), name: name.clone(), lasts, reaches, panics })
    })?;
    bar.finish();
    Ok(tests)
}

/// Tries one change by the tests that reach it, the quick ones first.
fn one(tests: &[Test], id: u32, most: Duration) -> Result<Outcome> {
    let mut reaching: Vec<&Test> = tests.iter().filter(|test| test.reaches.contains(&id)).collect();
    if reaching.is_empty() {
        return Ok(Outcome::Unreached);
    }
    // What takes but a moment, then what tells a story, then what draws many.
    reaching.sort_by_key(|test| {
        let file = test.executable.path.file_name().unwrap_or_default();
        let draws = file.to_string_lossy().starts_with("properties");
        let lasts = if test.is_quick() { Duration::ZERO } else { test.lasts };
        (!test.is_quick(), draws, lasts, &test.executable.path)
    });
    let (mut at, mut spent) = (0, Duration::ZERO);
    let id = id.to_string();
    while let Some(first) = reaching.get(at) {
        let alike = reaching.iter().skip(at).take_while(|test| test.executable.path == first.executable.path);
        let alike = alike.take_while(|test| test.is_quick());
        let mut names: Vec<&str> = alike.take(TOGETHER).map(|test| test.name.as_str()).collect();
        if names.is_empty() {
            names.push(&first.name);
        }
        let patience = LEAST_PATIENCE.saturating_add(first.lasts.saturating_mul(5));
        match run(&first.executable, &names, first.panics, ("HANDOVER_MUTANT", &id), patience)? {
            Some(true) => {}
            Some(false) => return Ok(Outcome::Caught),
            None => return Ok(Outcome::Endless),
        }
        at = at.saturating_add(names.len());
        spent = spent.saturating_add(first.lasts);
        if spent > most {
            break;
        }
    }
    Ok(Outcome::Missed)
}

/// Tries the changes, and tells of each as soon as it is known how it fared.
pub fn all(
    tests: &[Test],
    ids: &[u32],
    jobs: usize,
    most: Duration,
    tell: impl Fn(u32, Outcome) + Sync,
) -> Result<BTreeMap<u32, Outcome>> {
    let bar = progress(ids.len(), "each change");
    let outcomes = side_by_side(jobs, ids.len(), |at| {
        let id = *ids.get(at).context("a change")?;
        let outcome = one(tests, id, most)?;
        bar.suspend(|| tell(id, outcome));
        bar.inc(1);
        Ok((id, outcome))
    })?;
    bar.finish();
    Ok(outcomes.into_iter().collect())
}
