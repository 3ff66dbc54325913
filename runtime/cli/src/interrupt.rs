//! Ctrl-C.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Whether interrupts are left to the pager.
static IGNORED: AtomicBool = AtomicBool::new(false);

/// The file that an interrupted run would leave behind.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Exits with status 130 on an interrupt.
pub fn exit_on_interrupt() {
    // Without the handler, the signal itself ends the program.
    let _ = ctrlc::set_handler(|| {
        if !IGNORED.load(Ordering::Relaxed) {
            remove_unfinished();
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

fn set_unfinished(path: Option<PathBuf>) -> Option<PathBuf> {
    std::mem::replace(&mut *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner), path)
}

fn remove_unfinished() {
    if let Some(path) = set_unfinished(None) {
        let _ = std::fs::remove_file(path);
    }
}

/// A file that is removed unless it takes its place: when it is dropped, and on an interrupt.
#[derive(Debug)]
pub struct UnfinishedFile(PathBuf);

impl UnfinishedFile {
    /// Takes care of a file. A run has one at a time.
    pub fn new(path: PathBuf) -> Self {
        set_unfinished(Some(path.clone()));
        Self(path)
    }

    /// Renames the file, which is finished.
    ///
    /// # Errors
    /// If it cannot be renamed.
    pub fn rename(self, path: &Path) -> io::Result<()> {
        std::fs::rename(&self.0, path)?;
        set_unfinished(None);
        Ok(())
    }
}

impl Drop for UnfinishedFile {
    fn drop(&mut self) {
        remove_unfinished();
    }
}
