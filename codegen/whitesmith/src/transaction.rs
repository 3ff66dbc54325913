//! Changing many files of the workspace as one step.
//!
//! New contents are written aside first. One rename then decides that the new state is the one to be: before it, nothing
//! has happened; after it, whatever is not yet in its place is put there, by this process or, if it was interrupted, by the
//! next command that looks for the workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::tree::remove_empty_parents;

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

#[derive(Deserialize, Serialize)]
struct Journal {
    writes: Vec<String>,
    removals: Vec<String>,
}

impl Transaction {
    /// Takes the files whose contents stay out of the list.
    pub fn without_unchanged(mut self, root: &Path) -> Self {
        self.writes.retain(|path, contents| fs::read(root.join(path)).map_or(true, |old| old != *contents));
        self.removals.retain(|path| root.join(path).exists());
        self
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty()
    }

    /// Makes the changes.
    pub fn commit(self, root: &Path) -> anyhow::Result<()> {
        let _lock = lock(root)?;
        finish(root)?;
        remove_undecided(root)?;
        self.stage_and_decide(root)?;
        roll_forward(root, &mut |_| Ok(()))
    }

    fn stage_and_decide(&self, root: &Path) -> anyhow::Result<()> {
        let staged = tempfile::Builder::new()
            .prefix(STAGED)
            .tempdir_in(root)
            .with_context(|| format!("{} cannot be written to", root.display()))?;
        for (path, contents) in &self.writes {
            let at = staged.path().join(FILES).join(checked(path)?);
            let parent = at.parent().unwrap_or(staged.path());
            fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
            fs::write(&at, contents).with_context(|| format!("{} cannot be written", at.display()))?;
        }
        let journal = Journal {
            writes: self.writes.keys().cloned().collect(),
            removals: self.removals.iter().cloned().collect(),
        };
        let at = staged.path().join(JOURNAL);
        fs::write(&at, serde_json::to_vec(&journal)?).with_context(|| format!("{} cannot be written", at.display()))?;
        let decided = root.join(DECIDED);
        fs::rename(staged.path(), &decided).with_context(|| format!("{} cannot be written", decided.display()))?;
        // It is there under its new name.
        let _ = staged.keep();
        Ok(())
    }
}

/// Finishes a change that was decided and then interrupted. Says whether there was one.
pub fn recover(root: &Path) -> anyhow::Result<bool> {
    if !root.join(DECIDED).exists() {
        return Ok(false);
    }
    let _lock = lock(root)?;
    finish(root)
}

fn finish(root: &Path) -> anyhow::Result<bool> {
    let is_there = root.join(DECIDED).exists();
    if is_there {
        roll_forward(root, &mut |_| Ok(()))?;
    }
    Ok(is_there)
}

/// One process at a time changes the folder; the others wait. The lock goes with the process. Only Unix can lock a folder
/// without a file in it.
#[cfg(unix)]
fn lock(root: &Path) -> anyhow::Result<fs::File> {
    let folder = fs::File::open(root).with_context(|| format!("{} cannot be read", root.display()))?;
    folder.lock().with_context(|| format!("{} cannot be locked", root.display()))?;
    Ok(folder)
}

#[cfg(not(unix))]
fn lock(_: &Path) -> anyhow::Result<()> {
    Ok(())
}

/// Removes what interrupted processes left before anything was decided.
fn remove_undecided(root: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(root).with_context(|| format!("{} cannot be listed", root.display()))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(STAGED) {
            let path = entry.path();
            fs::remove_dir_all(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
        }
    }
    Ok(())
}

/// Does what the journal says and is not done yet. `before_step` is called before each change of a file.
fn roll_forward(root: &Path, before_step: &mut dyn FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let decided = root.join(DECIDED);
    let at = decided.join(JOURNAL);
    let journal = match fs::read(&at) {
        Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| format!("{} is damaged", at.display()))?,
        // The journal is removed last: everything was done.
        Err(error) if error.kind() == ErrorKind::NotFound => Journal { writes: Vec::new(), removals: Vec::new() },
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", at.display())),
    };
    for path in &journal.writes {
        let staged = decided.join(FILES).join(checked(path)?);
        if !staged.exists() {
            continue;
        }
        before_step(path)?;
        let target = root.join(checked(path)?);
        let parent = target.parent().unwrap_or(root);
        fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
        fs::rename(&staged, &target).with_context(|| format!("{} cannot be written", target.display()))?;
    }
    for path in &journal.removals {
        before_step(path)?;
        let target = root.join(checked(path)?);
        match fs::remove_file(&target) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("{} cannot be removed", target.display()));
            }
            _ => remove_empty_parents(root, &target),
        }
    }
    before_step(DECIDED)?;
    // First what could be done again, then the list of it.
    match fs::remove_dir_all(decided.join(FILES)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => fs::remove_dir_all(&decided).with_context(|| format!("{} cannot be removed", decided.display())),
    }
}

/// A path that stays below the folder that it is joined to.
fn checked(path: &str) -> anyhow::Result<PathBuf> {
    let path = Path::new(path);
    let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
    anyhow::ensure!(stays, "{} leaves its folder", path.display());
    Ok(path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(root: &Path) -> BTreeMap<String, String> {
        let list = crate::tree::listing(root).unwrap();
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
        change().commit(root.path()).unwrap();
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
        assert!(!recover(root.path()).unwrap());
        assert_eq!(state(root.path()), before);
    }

    #[test]
    fn an_interruption_after_the_decision_is_made_good_whenever_it_came() {
        let expected = {
            let root = old();
            change().commit(root.path()).unwrap();
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
            assert!(recover(root.path()).unwrap());
            assert_eq!(state(root.path()), expected, "stopped before step {stop}");
            assert!(!recover(root.path()).unwrap());
        }
        assert_eq!(interrupted, 5);
    }

    #[test]
    fn no_path_leaves_the_folder() {
        for path in ["../x", "/x", "a/../../x"] {
            let root = old();
            let transaction = Transaction { writes: [(path.to_owned(), Vec::new())].into(), ..Transaction::default() };
            assert!(transaction.commit(root.path()).is_err(), "{path}");
        }
    }
}
