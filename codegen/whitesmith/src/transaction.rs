//! Changing many files of a folder as one step.
//!
//! New contents are written aside first. One rename then decides that the new state is the one to be: before it, nothing
//! has happened; after it, whatever is not yet in its place is put there, by this process or, if it was interrupted, by the
//! next command that opens the folder. A second rename says that all is in its place.
//!
//! The same order holds when the power fails, but for files that can be generated again: forcing thousands of them to the disk
//! one by one takes longer than writing them. One that was cut short is generated again by the next run.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use whitesmith_docs::parallel;

use crate::folder::{self, Cursor, Folder, Steps};

/// The folder of a decided change that is not all in place yet.
const DECIDED: &str = ".whitesmith-update";
/// The folder of a change that is not decided yet, or all in place. Earlier versions put something after the name.
const STAGED: &str = ".whitesmith-staged-";
/// The journal, in either folder.
const JOURNAL: &str = "journal.json";
/// The new files, in either folder.
const FILES: &str = "files";

/// Changes of files below a folder. Paths have forward slashes.
#[derive(Debug, Default)]
pub struct Transaction {
    /// Files to write, with their whole contents.
    pub writes: BTreeMap<String, Cow<'static, [u8]>>,
    /// Files among them that the same command generates again.
    pub generated: BTreeSet<String>,
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
        self.generated.extend(other.generated.into_iter().map(|path| format!("{folder}/{path}")));
        self.removals.extend(other.removals.into_iter().map(|path| format!("{folder}/{path}")));
    }

    /// Drops files that have their new contents already, and removals of files that are not there. Generated files were
    /// compared when their changes were found.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn without_unchanged(self, root: &Path) -> anyhow::Result<Self> {
        self.without_unchanged_in(&open(root, Steps::default())?)
    }

    fn without_unchanged_in(mut self, root: &Folder) -> anyhow::Result<Self> {
        let mut cursor = Cursor::new(root);
        let mut unchanged = BTreeSet::new();
        for (path, contents) in self.writes.iter().filter(|(path, _)| !self.generated.contains(*path)) {
            if cursor.read(path)?.as_deref() == Some(&**contents) {
                unchanged.insert(path.clone());
            }
        }
        self.writes.retain(|path, _| !unchanged.contains(path));
        let mut missing = BTreeSet::new();
        for path in &self.removals {
            if !cursor.contains(path)? {
                missing.insert(path.clone());
            }
        }
        self.removals.retain(|path| !missing.contains(path));
        Ok(self)
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty()
    }

    /// Stages the whole change durably, then decides it.
    fn stage_and_decide(&self, root: &Folder) -> anyhow::Result<()> {
        let mut cursor = Cursor::new(root);
        for path in self.writes.keys().chain(&self.removals) {
            cursor.contains(path)?;
        }
        let journal = Journal {
            writes: self.writes.keys().cloned().collect(),
            removals: self.removals.iter().cloned().collect(),
        };
        let staged = |path: &str| format!("{STAGED}/{FILES}/{path}");
        let files: Vec<(String, &[u8])> =
            self.writes.iter().map(|(path, contents)| (staged(path), &**contents)).collect();
        create_all(root, &files)?;
        let journal_path = format!("{STAGED}/{JOURNAL}");
        root.create(&journal_path, &serde_json::to_vec(&journal)?)?;
        root.sync_file(&journal_path)?;
        let lasting = self.writes.keys().filter(|path| !self.generated.contains(*path));
        lasting.map(|path| staged(path)).try_for_each(|path| root.sync_file(&path))?;
        let mut changed = BTreeSet::new();
        files.iter().for_each(|(path, _)| add_folders_above(path, &mut changed));
        add_folders_above(&journal_path, &mut changed);
        sync_folders(root, &changed)?;
        root.rename(STAGED, DECIDED)?;
        root.sync()
    }
}

/// A folder that no other process changes meanwhile.
#[derive(Debug)]
pub struct LockedFolder {
    root: Folder,
    /// Held until the process ends.
    _lock: Option<File>,
    was_repaired: bool,
}

impl LockedFolder {
    /// Waits until no other process changes a folder, creating it if need be, and finishes a change that was interrupted.
    ///
    /// # Errors
    /// Fails if the folder cannot be created, locked or repaired.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        Self::open_counted(root, Steps::default())
    }

    fn open_counted(root: &Path, steps: Steps) -> anyhow::Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("cannot create {}", root.display()))?;
        let lock = lock(root)?;
        let root = open(root, steps)?;
        let was_repaired = root.contains(DECIDED)?;
        if was_repaired {
            roll_forward(&root)?;
        }
        remove_undecided(&root)?;
        Ok(Self { root, _lock: lock, was_repaired })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// Whether an interrupted change was finished.
    pub fn was_repaired(&self) -> bool {
        self.was_repaired
    }

    /// Commits what differs from the files on disk.
    ///
    /// # Errors
    /// Fails if a file cannot be written. If that was before the decision, nothing has happened.
    pub fn commit(&self, transaction: Transaction) -> anyhow::Result<()> {
        let transaction = transaction.without_unchanged_in(&self.root)?;
        if transaction.is_empty() {
            return Ok(());
        }
        if let Err(error) = transaction.stage_and_decide(&self.root) {
            // What cannot be removed now is removed by the next command.
            let _ = remove_undecided(&self.root);
            return Err(error);
        }
        roll_forward(&self.root)
    }
}

/// Whether a change of a folder was interrupted after it was decided.
pub fn is_interrupted(root: &Path) -> bool {
    fs::symlink_metadata(root.join(DECIDED)).is_ok()
}

fn open(root: &Path, steps: Steps) -> anyhow::Result<Folder> {
    Folder::open_counted(root, steps).with_context(|| format!("cannot open {}", root.display()))
}

/// Writes files on all cores, those of one folder on the same core.
fn create_all(root: &Folder, files: &[(String, &[u8])]) -> anyhow::Result<()> {
    let folders: Vec<_> = files.chunk_by(|(one, _), (other, _)| folder_of(one) == folder_of(other)).collect();
    let create = |cursor: &mut Cursor<'_>, folder: &&[(String, &[u8])]| {
        folder.iter().try_for_each(|(path, bytes)| cursor.create(path, bytes))
    };
    parallel::map_with(&folders, || Cursor::new(root), create).into_iter().collect()
}

/// The path of the folder of a file, empty for the root.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Adds the folders above a file, up to the root.
fn add_folders_above<'a>(mut path: &'a str, folders: &mut BTreeSet<&'a str>) {
    // Where one is known, those above it are.
    while !path.is_empty() && folders.insert(folder_of(path)) {
        path = folder_of(path);
    }
}

/// Makes the names in folders durable.
fn sync_folders(root: &Folder, folders: &BTreeSet<&str>) -> anyhow::Result<()> {
    let mut cursor = Cursor::new(root);
    folders.iter().try_for_each(|path| cursor.folder(path)?.map_or(Ok(()), Folder::sync))
}

/// Waits until no other process changes the folder. Only Unix can lock a folder without a file in it.
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

/// Removes what interrupted processes left before anything was decided, or after all was done.
fn remove_undecided(root: &Folder) -> anyhow::Result<()> {
    let entries = root.entries()?.into_iter().map(|(name, _)| name);
    entries.filter(|name| name.to_string_lossy().starts_with(STAGED)).try_for_each(|name| root.remove_all(&name))
}

/// Carries out what remains of the journal.
fn roll_forward(root: &Folder) -> anyhow::Result<()> {
    let path = format!("{DECIDED}/{JOURNAL}");
    let journal: Journal = match root.read(&path)? {
        Some(bytes) => serde_json::from_slice(&bytes)
            .with_context(|| format!("invalid journal {}", root.path().join(path).display()))?,
        // Earlier versions removed the journal last: everything was done.
        None => Journal::default(),
    };
    for path in journal.writes.iter().chain(&journal.removals) {
        folder::parts(path)?;
    }
    let mut changed = move_into_place(root, &journal.writes)?;
    for path in &journal.removals {
        root.remove(path)?;
        add_folders_above(path, &mut changed);
    }
    // What was moved must be in its place for good before the list of it goes.
    sync_folders(root, &changed)?;
    root.rename(DECIDED, STAGED)?;
    root.remove_all(OsStr::new(STAGED))
}

/// Moves what is staged to where it belongs: folders that are not there yet as a whole. Returns the folders that changed.
fn move_into_place<'a>(root: &Folder, paths: &'a [String]) -> anyhow::Result<BTreeSet<&'a str>> {
    let staged = |path: &str| format!("{DECIDED}/{FILES}/{path}");
    let (mut sources, mut targets) = (Cursor::new(root), Cursor::new(root));
    let mut moved: Option<&str> = None;
    let mut changed = BTreeSet::new();
    for path in paths {
        if moved.is_some_and(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))) {
            continue;
        }
        // What is not there any more was moved before an interruption, with some of the folders above it.
        if !sources.contains(&staged(path))? {
            add_folders_above(path, &mut changed);
            continue;
        }
        moved = None;
        for folder in path.match_indices('/').filter_map(|(end, _)| path.get(..end)) {
            if !targets.contains(folder)? {
                moved = Some(folder);
                break;
            }
        }
        let what = moved.unwrap_or(path);
        root.rename(&staged(what), what)?;
        add_folders_above(what, &mut changed);
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

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
            writes: writes.map(|(path, text)| (path.to_owned(), text.as_bytes().into())).into(),
            generated: ["new/d".to_owned()].into(),
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

    /// Lists what a transaction left in the folder.
    fn leftovers(root: &Path) -> Vec<String> {
        let names = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with(".whitesmith")).collect()
    }

    #[test]
    fn a_process_may_be_killed_before_every_step() {
        let before = state(old().path());
        let after = {
            let root = old();
            LockedFolder::open(root.path()).unwrap().commit(change()).unwrap();
            state(root.path())
        };
        let mut outcomes = Vec::new();
        for stop in 0.. {
            let root = old();
            let steps = Steps::limited(stop);
            let killed = LockedFolder::open_counted(root.path(), steps).and_then(|locked| locked.commit(change()));
            if killed.is_ok() {
                break;
            }
            let locked = LockedFolder::open(root.path()).unwrap();
            let state = state(root.path());
            assert!(state == before || state == after, "killed before step {stop}: {state:?}");
            assert!(!locked.was_repaired() || state == after, "killed before step {stop}");
            assert_eq!(leftovers(root.path()), Vec::<String>::new(), "killed before step {stop}");
            outcomes.push(state == after);
        }
        // Staging of three files and a journal, the decision, its steps, and clearing away.
        assert!(outcomes.is_sorted() && outcomes.contains(&false) && outcomes.contains(&true), "{outcomes:?}");
        assert!(outcomes.len() > 15, "{outcomes:?}");
    }

    #[test]
    fn a_repair_may_be_killed_before_every_step() {
        let after = {
            let root = old();
            LockedFolder::open(root.path()).unwrap().commit(change()).unwrap();
            state(root.path())
        };
        for stop in 0.. {
            let root = old();
            change().stage_and_decide(&open(root.path(), Steps::default()).unwrap()).unwrap();
            let killed = LockedFolder::open_counted(root.path(), Steps::limited(stop));
            let is_done = killed.is_ok();
            drop(killed);
            LockedFolder::open(root.path()).unwrap();
            assert_eq!(state(root.path()), after, "killed before step {stop}");
            assert_eq!(leftovers(root.path()), Vec::<String>::new(), "killed before step {stop}");
            if is_done {
                break;
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_wherever_it_stands() {
        use std::os::unix::fs::symlink;

        // The folder or file of each path that a change touches, in turn.
        for place in ["a", "below", "below/b", "below/gone", "below/gone/c", "new", "new/d", DECIDED, STAGED] {
            for is_decided in [false, true] {
                let (root, outside) = (old(), tempfile::tempdir().unwrap());
                for path in ["b", "c", "d", "gone/c", "files/a", "file"] {
                    let at = outside.path().join(path);
                    fs::create_dir_all(at.parent().unwrap()).unwrap();
                    fs::write(at, "theirs").unwrap();
                }
                fs::write(outside.path().join(JOURNAL), "{\"writes\": [\"a\"], \"removals\": [\"below/b\"]}").unwrap();
                let theirs = state(outside.path());
                if is_decided {
                    change().stage_and_decide(&open(root.path(), Steps::default()).unwrap()).unwrap();
                }
                let at = root.path().join(place);
                let _ = fs::remove_dir_all(&at).or_else(|_| fs::remove_file(&at));
                let is_file = ["a", "b", "c", "d"].iter().any(|name| place.ends_with(name));
                let target = if is_file && place != DECIDED && place != STAGED { "file" } else { "" };
                fs::create_dir_all(at.parent().unwrap()).unwrap();
                symlink(outside.path().join(target), &at).unwrap();
                let result = LockedFolder::open(root.path()).and_then(|locked| locked.commit(change()));
                let error = result.map_err(|error| format!("{error:#}")).unwrap_err();
                assert!(error.contains("symbolic link"), "{place}, decided: {is_decided}: {error}");
                assert_eq!(state(outside.path()), theirs, "{place}, decided: {is_decided}");
            }
        }
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
