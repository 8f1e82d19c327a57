//! Every journal of this workspace keeps every rule of the port.

mod memory;
mod sqlite;
