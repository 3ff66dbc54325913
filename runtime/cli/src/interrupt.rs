//! Ctrl-C.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether interrupts are left to the pager.
static IGNORED: AtomicBool = AtomicBool::new(false);

/// Exits with status 130 on an interrupt.
pub fn exit_on_interrupt() {
    // Without the handler, the signal itself ends the program.
    let _ = ctrlc::set_handler(|| {
        if !IGNORED.load(Ordering::Relaxed) {
            let _ = std::io::stdout().write_all(b"\n");
            std::process::exit(130);
        }
    });
}

/// Leaves interrupts to the pager.
pub fn ignore_interrupts() {
    IGNORED.store(true, Ordering::Relaxed);
}
