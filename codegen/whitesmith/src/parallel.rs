//! Parallel work with progress on the terminal.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Does the same work on each item, on as many threads as the machine has cores, and returns the results in the order
/// of the items. Progress is a line on standard error where that is a terminal and there is more than one item.
///
/// # Panics
/// As the work does.
pub fn map<T: Sync, R: Send>(items: &[T], name: impl Fn(&T) -> String + Sync, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let progress = Progress::new(items.len());
    let results = whitesmith_docs::parallel::map(items, |item| {
        progress.start(&name(item));
        let made = work(item);
        progress.finish_one();
        made
    });
    progress.clear();
    results
}

/// A line that is overwritten with each step.
struct Progress {
    all: usize,
    done: AtomicUsize,
    is_shown: bool,
}

/// Moves to the start of a terminal's line and clears it.
const CLEAR_LINE: &str = "\r\x1b[K";

impl Progress {
    fn new(all: usize) -> Self {
        Self { all, done: AtomicUsize::new(0), is_shown: all > 1 && std::io::stderr().is_terminal() }
    }

    fn start(&self, name: &str) {
        if self.is_shown {
            let name: String = name.chars().filter(|character| !character.is_control()).take(60).collect();
            let line = format!("{CLEAR_LINE}{}/{} {name}", self.done.load(Ordering::Relaxed), self.all);
            // Generation goes on where progress cannot be shown.
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    }

    fn finish_one(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn clear(&self) {
        if self.is_shown {
            let _ = std::io::stderr().write_all(CLEAR_LINE.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let doubled = map(&items, usize::to_string, |item| item * 2);
        assert_eq!(doubled, (0..100).map(|item| item * 2).collect::<Vec<_>>());
        assert!(map(&Vec::<usize>::new(), usize::to_string, |item| *item).is_empty());
    }
}
