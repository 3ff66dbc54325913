//! Work on many things at once, with progress for whoever watches.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

/// Does the same work on each item, on as many threads as the machine has cores, and returns the results in the order
/// of the items. On a terminal, a line on standard error says how many are done and which is in hand; nothing
/// otherwise, nor for a single item.
pub fn map<T: Sync, R: Send>(items: &[T], name: impl Fn(&T) -> String + Sync, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let progress = progress(items.len());
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let one_after_another = || {
        while let Some((item, result)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).zip(results.get(at))
        } {
            progress.set_message(name(item));
            let made = work(item);
            if let Ok(mut place) = result.lock() {
                *place = Some(made);
            }
            progress.inc(1);
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(one_after_another);
        }
        one_after_another();
    });
    progress.finish_and_clear();
    results.into_iter().filter_map(|result| result.into_inner().ok().flatten()).collect()
}

/// A bar that draws itself on terminals alone.
fn progress(length: usize) -> ProgressBar {
    if length < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{pos}/{len} {wide_msg}") {
        bar.set_style(style);
    }
    bar
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
