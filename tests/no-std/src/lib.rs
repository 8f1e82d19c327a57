//! The domain links without std.
//!
//! This library brings its own panic handler and allocator. Where any dependency pulls std in, there are two panic
//! handlers and the build fails: the build is the test, and nothing here is ever run.
#![no_std]

extern crate alloc;

use alloc::boxed::Box;
use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;
use handover::ledger::Ledger;

struct Nowhere;

// SAFETY: a null pointer is the allowed answer of an allocator that has no memory.
unsafe impl GlobalAlloc for Nowhere {
    unsafe fn alloc(&self, _layout: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _at: *mut u8, _layout: Layout) {}
}

#[global_allocator]
static NOWHERE: Nowhere = Nowhere;

#[panic_handler]
fn halt(_info: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

/// Makes the library depend on the domain.
#[unsafe(no_mangle)]
pub extern "C" fn handover_empty_ledger() -> *mut Ledger {
    Box::into_raw(Box::new(Ledger::new()))
}
