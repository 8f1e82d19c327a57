//! A ledger for handing over the fallen and exchanging prisoners between parties that do not trust each other.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

#[macro_use]
mod text_form;

pub mod agreement;
pub mod batch;
pub mod claim;
mod directory;
pub mod entry;
pub mod id;
pub mod invariant;
pub mod ledger;
pub mod obligation;
pub mod party;
pub mod quantity;
pub mod reading;
pub mod reciprocity;
pub mod refusal;
pub mod slot;
mod table;
pub mod text;
pub mod total;
pub mod when;
