//! Bytes that must decode for ever, the schema, and input that must be refused.

mod bad_entries;
mod bad_input;
mod files;
mod names;
mod schema;
mod support;
