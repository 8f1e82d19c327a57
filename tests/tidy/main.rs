//! See `tests/Cargo.toml`.
