//! The checksums of rows. SQLite keeps none of its own.

use crc32fast::Hasher;

/// Sums the rows of one ledger: its name is a part of each sum, so that a row is sound in its ledger only.
#[derive(Clone, Debug)]
pub(crate) struct Checksum(Hasher);

impl Checksum {
    pub(crate) fn of_ledger(name: &str) -> Self {
        let mut hasher = Hasher::new();
        text(&mut hasher, name);
        Self(hasher)
    }

    pub(crate) fn row(&self, id: i64, title: Option<&str>) -> i64 {
        let mut hasher = self.0.clone();
        hasher.update(b"l");
        hasher.update(&id.to_le_bytes());
        match title {
            Some(title) => {
                hasher.update(&[1]);
                text(&mut hasher, title);
            }
            None => hasher.update(&[0]),
        }
        i64::from(hasher.finalize())
    }

    pub(crate) fn head(&self, id: i64, position: i64) -> i64 {
        let mut hasher = self.0.clone();
        hasher.update(b"h");
        hasher.update(&id.to_le_bytes());
        hasher.update(&position.to_le_bytes());
        i64::from(hasher.finalize())
    }

    pub(crate) fn record(
        &self,
        position: i64,
        recorded_at: i64,
        recorded_by: &[u8],
        version: i64,
        payload: &[u8],
    ) -> i64 {
        let mut hasher = self.0.clone();
        hasher.update(b"r");
        let mut numbers = [0; 32];
        let by = i64::try_from(recorded_by.len()).unwrap_or(i64::MAX);
        for (place, number) in numbers.chunks_exact_mut(8).zip([position, recorded_at, version, by]) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        hasher.update(&numbers);
        hasher.update(recorded_by);
        hasher.update(payload);
        i64::from(hasher.finalize())
    }
}

/// A text with its length before it, so that no two lists of texts are the same bytes.
fn text(hasher: &mut Hasher, text: &str) {
    hasher.update(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
    hasher.update(text.as_bytes());
}
