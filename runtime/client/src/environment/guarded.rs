//! Turns panics of the SDK's providers into errors: some of them trust what a service or a file says.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// Whether panics of the thread are caught and reported as errors.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps panics that are reported as errors off standard error.
///
/// Providers of the credential chain panic at some answers. Requests then fail with an error that says so, but the process's
/// panic hook has printed the panic before. The hook belongs to the program, so no other function of this crate touches it;
/// a program that prints errors itself calls this once, when it starts.
pub fn silence_reported_panics() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !IS_GUARDED.get() {
            previous(panic);
        }
    }));
}

/// Runs a function. A panic is an error with its message; what the function has borrowed is not used afterwards.
pub(super) fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    let was_guarded = IS_GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    IS_GUARDED.set(was_guarded);
    result.map_err(|payload| message(&*payload))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown failure".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "what is caught")]
    fn panics_are_errors() {
        static SEEN: AtomicUsize = AtomicUsize::new(0);

        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded(|| -> () { panic!("no {}", "token") }), Err("no token".to_owned()));
        // The process's hook sees them until the program says otherwise.
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if IS_GUARDED.get() {
                SEEN.fetch_add(1, Ordering::Relaxed);
            } else {
                previous(panic);
            }
        }));
        assert_eq!(guarded(|| -> () { panic!("plain") }), Err("plain".to_owned()));
        assert_eq!(SEEN.load(Ordering::Relaxed), 1);
        silence_reported_panics();
        assert_eq!(guarded(|| -> () { panic!("plain") }), Err("plain".to_owned()));
        assert_eq!(SEEN.load(Ordering::Relaxed), 1);
    }
}
