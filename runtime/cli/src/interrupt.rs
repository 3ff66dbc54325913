//! Ctrl-C.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whether interrupts are left to the pager.
static IGNORED: AtomicBool = AtomicBool::new(false);

/// The files that an interrupted run would leave behind.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Exits with status 130 on an interrupt.
pub fn exit_on_interrupt() {
    // Without the handler, the signal itself ends the program.
    let _ = ctrlc::set_handler(|| {
        if !IGNORED.load(Ordering::Relaxed) {
            for path in unfinished().drain(..) {
                let _ = std::fs::remove_file(path);
            }
            // Not to standard output: a pipe or a file gets whole results alone, and the thread that writes holds its lock.
            let mut stderr = io::stderr();
            if stderr.is_terminal() {
                let _ = stderr.write_all(b"\n");
            }
            std::process::exit(130);
        }
    });
}

/// Leaves interrupts to the pager.
pub fn ignore_interrupts() {
    IGNORED.store(true, Ordering::Relaxed);
}

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is removed unless it takes its place: when it is dropped, and on an interrupt.
#[derive(Debug)]
pub struct UnfinishedFile(PathBuf);

impl UnfinishedFile {
    /// Takes care of a file.
    pub fn new(path: PathBuf) -> Self {
        unfinished().push(path.clone());
        Self(path)
    }

    /// Renames the file, which is finished.
    ///
    /// # Errors
    /// If it cannot be renamed.
    pub fn rename(self, path: &Path) -> io::Result<()> {
        std::fs::rename(&self.0, path)
    }
}

impl Drop for UnfinishedFile {
    fn drop(&mut self) {
        unfinished().retain(|path| *path != self.0);
        // There is nothing to remove once it has taken its place.
        let _ = std::fs::remove_file(&self.0);
    }
}
