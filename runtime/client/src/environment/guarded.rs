//! Turns panics of the SDK's providers into errors: some of them trust what a service or a file says.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether panics of the thread are caught, and not to be printed.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a function. A panic is an error with its message; what the function has borrowed is not used afterwards.
pub(super) fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                previous(panic);
            }
        }));
    });
    IS_GUARDED.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    IS_GUARDED.set(false);
    result.map_err(|payload| message(&*payload))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown failure".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "what is caught")]
    fn panics_are_errors() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded(|| -> () { panic!("no {}", "token") }), Err("no token".to_owned()));
        assert_eq!(guarded(|| -> () { panic!("plain") }), Err("plain".to_owned()));
    }
}
