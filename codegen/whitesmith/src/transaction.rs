//! Changing many files of a folder as one step.
//!
//! New contents are written aside first. One rename then decides that the new state is the one to be: before it, nothing
//! has happened; after it, whatever is not yet in its place is put there, by this process or, if it was interrupted, by the
//! next command that opens the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::files::{self, below, remove_empty_parents};

/// The folder of a decided change that is not all in place yet.
const DECIDED: &str = ".whitesmith-update";
/// How folders of undecided changes begin.
const STAGED: &str = ".whitesmith-staged-";
/// What is to be done, in either folder.
const JOURNAL: &str = "journal.json";
/// The new files, in either folder.
const FILES: &str = "files";

/// Changes of files below a folder. Paths have forward slashes.
#[derive(Debug, Default)]
pub struct Transaction {
    /// Files to write, with their whole contents.
    pub writes: BTreeMap<String, Vec<u8>>,
    /// Files to remove.
    pub removals: BTreeSet<String>,
}

#[derive(Default, Deserialize, Serialize)]
struct Journal {
    writes: Vec<String>,
    removals: Vec<String>,
}

impl Transaction {
    /// Adds the changes of a folder below the one of this transaction.
    pub fn extend_below(&mut self, folder: &str, other: Self) {
        self.writes.extend(other.writes.into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)));
        self.removals.extend(other.removals.into_iter().map(|path| format!("{folder}/{path}")));
    }

    /// Drops files that have their new contents already, and removals of files that are not there.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn without_unchanged(mut self, root: &Path) -> anyhow::Result<Self> {
        let mut unchanged = BTreeSet::new();
        for (path, contents) in &self.writes {
            if files::read(root, path)?.as_ref() == Some(contents) {
                unchanged.insert(path.clone());
            }
        }
        self.writes.retain(|path, _| !unchanged.contains(path));
        self.removals.retain(|path| root.join(path).exists());
        Ok(self)
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty()
    }

    /// Puts the change aside, whole and on disk, and decides for it.
    fn stage_and_decide(&self, root: &Path) -> anyhow::Result<()> {
        for path in self.writes.keys().chain(&self.removals) {
            below(root, path)?;
        }
        let staged = tempfile::Builder::new()
            .prefix(STAGED)
            .tempdir_in(root)
            .with_context(|| format!("cannot write to {}", root.display()))?;
        let mut folders = BTreeSet::from([staged.path().to_path_buf()]);
        let mut files: Vec<(PathBuf, &[u8])> = Vec::new();
        for (path, contents) in &self.writes {
            let at = staged.path().join(FILES).join(path);
            let parent = at.parent().unwrap_or(staged.path());
            make_folder(parent)?;
            folders.extend(parent.ancestors().take_while(|folder| *folder != root).map(Path::to_path_buf));
            files.push((at, contents));
        }
        write_all_synced(&files)?;
        let journal = Journal {
            writes: self.writes.keys().cloned().collect(),
            removals: self.removals.iter().cloned().collect(),
        };
        write_synced(&staged.path().join(JOURNAL), &serde_json::to_vec(&journal)?)?;
        folders.iter().try_for_each(|folder| sync_folder(folder))?;
        let decided = root.join(DECIDED);
        fs::rename(staged.path(), &decided).with_context(|| format!("cannot write {}", decided.display()))?;
        // It is there under its new name.
        let _ = staged.keep();
        sync_folder(root)
    }
}

/// A folder that no other process changes meanwhile.
#[derive(Debug)]
pub struct LockedFolder {
    root: PathBuf,
    /// The lock goes with the process.
    _lock: Option<File>,
    was_repaired: bool,
}

impl LockedFolder {
    /// Waits until no other process changes a folder, creating it if need be, and finishes a change that was interrupted.
    ///
    /// # Errors
    /// When the folder cannot be created, locked or repaired.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        make_folder(root)?;
        let lock = lock(root)?;
        let was_repaired = is_interrupted(root);
        if was_repaired {
            roll_forward(root, &mut |_| Ok(()))?;
        }
        remove_undecided(root)?;
        Ok(Self { root: root.to_path_buf(), _lock: lock, was_repaired })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Whether an interrupted change was finished.
    pub fn was_repaired(&self) -> bool {
        self.was_repaired
    }

    /// Makes the changes that are changes.
    ///
    /// # Errors
    /// When a file cannot be written. If that was before the decision, nothing has happened.
    pub fn commit(&self, transaction: Transaction) -> anyhow::Result<()> {
        let transaction = transaction.without_unchanged(&self.root)?;
        if transaction.is_empty() {
            return Ok(());
        }
        transaction.stage_and_decide(&self.root)?;
        roll_forward(&self.root, &mut |_| Ok(()))
    }
}

/// Whether a change of a folder was decided and then interrupted.
pub fn is_interrupted(root: &Path) -> bool {
    fs::symlink_metadata(root.join(DECIDED)).is_ok()
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

fn write_synced(path: &Path, contents: &[u8]) -> anyhow::Result<()> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(contents)?;
        file.sync_data()
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// How many files are written at the same time: file systems make many of them durable in the time of one.
const WRITERS: usize = 16;

fn write_all_synced(files: &[(PathBuf, &[u8])]) -> anyhow::Result<()> {
    let write = |files: &[(PathBuf, &[u8])]| files.iter().try_for_each(|(path, bytes)| write_synced(path, bytes));
    thread::scope(|scope| {
        let chunks = files.chunks(files.len().div_ceil(WRITERS).max(1));
        let writers: Vec<_> = chunks.map(|files| scope.spawn(move || write(files))).collect();
        writers.into_iter().try_for_each(|writer| {
            writer.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a thread that writes files ended early")))
        })
    })
}

/// Makes the names in a folder durable. Only Unix can open a folder.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> anyhow::Result<()> {
    let sync = || File::open(folder)?.sync_all();
    sync().with_context(|| format!("cannot write to {}", folder.display()))
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> anyhow::Result<()> {
    Ok(())
}

/// One process at a time changes the folder; the others wait. Only Unix can lock a folder without a file in it.
#[cfg(unix)]
fn lock(root: &Path) -> anyhow::Result<Option<File>> {
    let folder = File::open(root).with_context(|| format!("cannot read {}", root.display()))?;
    if folder.try_lock().is_err() {
        eprintln!("note: waiting for another process that changes {}", root.display());
        folder.lock().with_context(|| format!("cannot lock {}", root.display()))?;
    }
    Ok(Some(folder))
}

#[cfg(not(unix))]
fn lock(_: &Path) -> anyhow::Result<Option<File>> {
    Ok(None)
}

/// Removes what interrupted processes left before anything was decided.
fn remove_undecided(root: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(root).with_context(|| format!("cannot list {}", root.display()))? {
        let entry = entry.with_context(|| format!("cannot list {}", root.display()))?;
        if entry.file_name().to_string_lossy().starts_with(STAGED) {
            let path = entry.path();
            fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Does what the journal says and is not done yet. `before_step` is called before each change of a file.
fn roll_forward(root: &Path, before_step: &mut dyn FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let staged = format!("{DECIDED}/{FILES}");
    let journal = match files::read(root, &format!("{DECIDED}/{JOURNAL}"))? {
        Some(bytes) => serde_json::from_slice(&bytes)
            .with_context(|| format!("invalid journal {}", root.join(DECIDED).join(JOURNAL).display()))?,
        // The journal is removed last: everything was done.
        None => Journal::default(),
    };
    let mut folders = BTreeSet::new();
    for path in &journal.writes {
        let target = below(root, path)?;
        let source = below(root, &format!("{staged}/{path}"))?;
        if !source.exists() {
            continue;
        }
        before_step(path)?;
        let parent = target.parent().unwrap_or(root);
        make_folder(parent)?;
        fs::rename(&source, &target).with_context(|| format!("cannot write {}", target.display()))?;
        folders.extend(parent.ancestors().take_while(|folder| folder.starts_with(root)).map(Path::to_path_buf));
    }
    for path in &journal.removals {
        before_step(path)?;
        let target = below(root, path)?;
        match fs::remove_file(&target) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Err(error).with_context(|| format!("cannot remove {}", target.display()));
            }
            _ => remove_empty_parents(root, &target),
        }
    }
    // What was moved must be in its place for good before the list of it goes.
    folders.iter().filter(|folder| folder.exists()).try_for_each(|folder| sync_folder(folder))?;
    before_step(DECIDED)?;
    let decided = below(root, DECIDED)?;
    match fs::remove_dir_all(decided.join(FILES)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", decided.display()))
        }
        _ => fs::remove_dir_all(&decided).with_context(|| format!("cannot remove {}", decided.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(root: &Path) -> BTreeMap<String, String> {
        let list = files::list(root).unwrap();
        let files = list.into_iter().filter(|path| !path.starts_with(".whitesmith"));
        files.map(|path| (path.clone(), fs::read_to_string(root.join(&path)).unwrap())).collect()
    }

    fn old() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [("a", "old a"), ("below/b", "old b"), ("below/gone/c", "old c")] {
            let at = root.path().join(path);
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            fs::write(at, text).unwrap();
        }
        root
    }

    fn change() -> Transaction {
        let writes = [("a", "new a"), ("below/b", "new b"), ("new/d", "new d")];
        Transaction {
            writes: writes.map(|(path, text)| (path.to_owned(), text.into())).into(),
            removals: ["below/gone/c".to_owned()].into(),
        }
    }

    #[test]
    fn a_change_is_made_whole() {
        let root = old();
        LockedFolder::open(root.path()).unwrap().commit(change()).unwrap();
        let expected = [("a", "new a"), ("below/b", "new b"), ("new/d", "new d")];
        assert_eq!(state(root.path()), expected.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
        assert!(!root.path().join("below/gone").exists());
        assert!(!root.path().join(DECIDED).exists());
    }

    #[test]
    fn an_interruption_before_the_decision_changes_nothing() {
        let root = old();
        let before = state(root.path());
        fs::create_dir_all(root.path().join(".whitesmith-staged-x/files")).unwrap();
        fs::write(root.path().join(".whitesmith-staged-x/files/a"), "half").unwrap();
        assert!(!LockedFolder::open(root.path()).unwrap().was_repaired());
        assert_eq!(state(root.path()), before);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2, "the rest of the interrupted change stays");
    }

    #[test]
    fn an_interruption_after_the_decision_is_made_good_whenever_it_came() {
        let expected = {
            let root = old();
            LockedFolder::open(root.path()).unwrap().commit(change()).unwrap();
            state(root.path())
        };
        let mut interrupted = 0;
        for stop in 0.. {
            let root = old();
            change().stage_and_decide(root.path()).unwrap();
            let mut steps = 0;
            let result = roll_forward(root.path(), &mut |_| {
                steps += 1;
                anyhow::ensure!(steps <= stop, "interrupted");
                Ok(())
            });
            if result.is_ok() {
                break;
            }
            interrupted += 1;
            assert!(LockedFolder::open(root.path()).unwrap().was_repaired());
            assert_eq!(state(root.path()), expected, "stopped before step {stop}");
            assert!(!LockedFolder::open(root.path()).unwrap().was_repaired());
        }
        assert_eq!(interrupted, 5);
    }

    #[test]
    fn a_hostile_journal_changes_nothing_outside() {
        for (writes, removals) in [("../x", ""), ("/x", ""), ("", "a/../../x"), ("", "link/file")] {
            let root = old();
            let outside = tempfile::tempdir().unwrap();
            fs::write(outside.path().join("file"), "theirs").unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink(outside.path(), root.path().join("link")).unwrap();
            let list = |path: &str| if path.is_empty() { "[]".to_owned() } else { format!("[\"{path}\"]") };
            let journal = format!("{{\"writes\": {}, \"removals\": {}}}", list(writes), list(removals));
            fs::create_dir(root.path().join(DECIDED)).unwrap();
            fs::write(root.path().join(DECIDED).join(JOURNAL), journal).unwrap();
            assert!(LockedFolder::open(root.path()).is_err(), "{writes} {removals}");
            assert_eq!(fs::read_to_string(outside.path().join("file")).unwrap(), "theirs");
        }
    }

    #[test]
    fn processes_wait_for_each_other() {
        let root = old();
        let locked = LockedFolder::open(root.path()).unwrap();
        let waiting = std::thread::spawn({
            let root = root.path().to_path_buf();
            move || LockedFolder::open(&root).map(|_| std::time::Instant::now())
        });
        std::thread::sleep(std::time::Duration::from_millis(50));
        let released = std::time::Instant::now();
        drop(locked);
        assert!(waiting.join().unwrap().unwrap() >= released);
    }
}
