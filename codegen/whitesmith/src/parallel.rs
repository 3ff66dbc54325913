//! Parallel work with progress on the terminal.

use std::io::{IsTerminal as _, Write as _};
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does the same work on each item, on as many threads as the machine has cores, and returns the results in the order
/// of the items. Progress is a line on standard error where that is a terminal and there is more than one item.
pub fn map<T: Sync, R: Send>(items: &[T], name: impl Fn(&T) -> String + Sync, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let progress = Progress::new(items.len());
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let one_after_another = || {
        while let Some((item, result)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).zip(results.get(at))
        } {
            progress.start(&name(item));
            let made = work(item);
            if let Ok(mut place) = result.lock() {
                *place = Some(made);
            }
            progress.finish_one();
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(one_after_another);
        }
        one_after_another();
    });
    progress.clear();
    results.into_iter().filter_map(|result| result.into_inner().ok().flatten()).collect()
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
