//! The fuzz targets over their seeds, by the stable compiler: each seed as it is, cut off at some places, and with bytes changed.
//!
//! `HANDOVER_CASES` sets how many changed copies of each seed are tried.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

#[expect(unreachable_pub, reason = "it is the library of another package")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

type Target = fn(&[u8]);
type Seed = (PathBuf, Vec<u8>);

const TARGETS: [(&str, Target); 4] = [
    ("dossier", targets::dossier),
    ("entries", targets::entries),
    ("manifest", targets::manifest),
    ("store", targets::store),
];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus")
}

/// The seeds of a target, in the order of their names.
fn seeds(target: &str) -> Result<Vec<Seed>, Box<dyn Error>> {
    let files = fs::read_dir(corpus().join(target))?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = files.into_iter().map(|file| file.path()).collect();
    paths.sort();
    paths.into_iter().map(|path| Ok((path.clone(), fs::read(path)?))).collect()
}

/// Numbers that follow one another without a pattern, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        self.0.checked_rem(bound).and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
    }
}

/// A copy of a seed with some bytes changed, left out, or doubled.
fn changed(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const BYTES: &[u8] = b"\0\n\r,;\"'{}[]:~<>=+-.0123456789abcxyz \t\xff\xc3\x80";
    let mut copy = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(copy.len());
        let byte = BYTES.get(numbers.below(BYTES.len())).copied().unwrap_or_default();
        match numbers.below(4) {
            0 => copy.insert(at, byte),
            1 if !copy.is_empty() => drop(copy.remove(at)),
            2 => {
                let to = at.saturating_add(numbers.below(200)).min(copy.len());
                let part = copy.get(at..to).unwrap_or_default().to_vec();
                copy.extend(part);
            }
            _ => {
                if let Some(place) = copy.get_mut(at) {
                    *place = byte;
                }
            }
        }
    }
    copy
}

fn replay(name: &str, bounded: usize) -> Result<(), Box<dyn Error>> {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).ok_or("a target")?;
    let tries = std::env::var("HANDOVER_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(bounded);
    let seeds = seeds(name)?;
    assert!(!seeds.is_empty(), "{name} has seeds");
    for (path, seed) in seeds {
        println!("{}", path.display());
        target(&seed);
        for cut in 0..8 {
            let to = seed.len().saturating_mul(cut) / 8;
            target(seed.get(..to).unwrap_or_default());
        }
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for _ in 0..tries {
            target(&changed(&seed, &mut numbers));
        }
    }
    Ok(())
}

#[test]
fn dossiers() -> Result<(), Box<dyn Error>> {
    replay("dossier", 60)
}

#[test]
fn entries() -> Result<(), Box<dyn Error>> {
    replay("entries", 60)
}

#[test]
fn manifests() -> Result<(), Box<dyn Error>> {
    replay("manifest", 60)
}

#[test]
fn stores() -> Result<(), Box<dyn Error>> {
    replay("store", 20)
}

/// A target of `cargo fuzz` that is not replayed would not be seen to fail.
#[test]
fn every_target_is_replayed() -> Result<(), Box<dyn Error>> {
    let files = fs::read_dir(corpus().join("../fuzz_targets"))?.collect::<Result<Vec<_>, _>>()?;
    for file in files {
        let name = file.path().file_stem().map(|name| name.to_string_lossy().into_owned());
        assert!(TARGETS.iter().any(|(known, _)| name.as_deref() == Some(known)), "{name:?}");
    }
    Ok(())
}
