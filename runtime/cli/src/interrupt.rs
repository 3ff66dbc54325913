//! Ctrl-C.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether an interrupt is for the pager and not for the program.
static IGNORED: AtomicBool = AtomicBool::new(false);

/// Ends the program with status 130 when the user interrupts it.
pub fn exit_on_interrupt() {
    // Without the handler an interrupt still ends the program, by the signal itself.
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
