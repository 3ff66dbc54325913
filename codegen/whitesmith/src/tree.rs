//! Folders of generated files: what differs, and how it is mended.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The files that a folder should hold, by path in it, with forward slashes.
pub type Files = BTreeMap<String, String>;

/// How a folder differs from what it should hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Folders directly below that are not there at all. Their files are among the missing ones.
    pub new_folders: BTreeSet<String>,
    /// Files that are there with other bytes.
    pub changed: Vec<String>,
    /// Files that are there and should not be.
    pub stray: Vec<String>,
}

impl Difference {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.stray.is_empty()
    }

    fn is_in_new_folder(&self, path: &str) -> bool {
        top(path).is_some_and(|top| self.new_folders.contains(top))
    }
}

/// The first folder of a path.
fn top(path: &str) -> Option<&str> {
    path.split_once('/').map(|(top, _)| top)
}

/// Compares a folder with what it should hold. Files that should not be there are looked for in the folders named in
/// `owned`; an empty name is the folder itself.
pub fn compare(folder: &Path, files: &Files, owned: &BTreeSet<String>) -> anyhow::Result<Difference> {
    let mut difference = Difference::default();
    let tops: BTreeSet<&str> = files.keys().filter_map(|path| top(path)).collect();
    difference.new_folders.extend(tops.into_iter().filter(|top| !folder.join(top).exists()).map(str::to_owned));
    for (path, contents) in files {
        if difference.is_in_new_folder(path) {
            difference.missing.push(path.clone());
            continue;
        }
        let at = folder.join(path);
        match std::fs::read(&at) {
            Ok(bytes) if bytes == contents.as_bytes() => {}
            Ok(_) => difference.changed.push(path.clone()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => difference.missing.push(path.clone()),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", at.display())),
        }
    }
    for top in owned {
        for path in listing(&folder.join(top))? {
            let path = if top.is_empty() { path } else { format!("{top}/{path}") };
            if !files.contains_key(&path) {
                difference.stray.push(path);
            }
        }
    }
    Ok(difference)
}

/// Every file below a folder, by path in it; nothing where there is no folder. Build results are passed over.
pub fn listing(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(below) = waiting.pop() {
        let at = folder.join(&below);
        let entries = match std::fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && below.as_os_str().is_empty() => break,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be listed", at.display())),
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("{} cannot be listed", at.display()))?;
            let path = below.join(entry.file_name());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && entry.file_name() != "target" {
                waiting.push(path);
            } else if !is_folder {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Makes a folder hold what it should: writes what is missing or changed, removes what is stray. New contents are
/// written beside what they replace first, so that an interruption leaves whole files, and whole new folders, only.
pub fn apply(folder: &Path, files: &Files, difference: &Difference) -> anyhow::Result<()> {
    make_folder(folder)?;
    add_new_folders(folder, files, difference)?;
    let mut staged = Vec::new();
    let alone = difference.missing.iter().filter(|path| !difference.is_in_new_folder(path));
    for path in alone.chain(&difference.changed) {
        let Some(contents) = files.get(path) else { continue };
        let at = folder.join(path);
        let parent = at.parent().unwrap_or(folder);
        make_folder(parent)?;
        let mut file = tempfile::Builder::new()
            .prefix(STAGED)
            .permissions(readable())
            .tempfile_in(parent)
            .with_context(|| format!("{} cannot be written to", parent.display()))?;
        file.write_all(contents.as_bytes()).with_context(|| format!("{} cannot be written", at.display()))?;
        staged.push((file, at));
    }
    for (file, at) in staged {
        file.persist(&at).with_context(|| format!("{} cannot be written", at.display()))?;
    }
    for path in &difference.stray {
        let at = folder.join(path);
        std::fs::remove_file(&at).with_context(|| format!("{} cannot be removed", at.display()))?;
        remove_empty_parents(folder, &at);
    }
    Ok(())
}

/// How names of files and folders begin that are not in their places yet.
const STAGED: &str = ".whitesmith-";

/// Writes the folders that are not there under another name, and renames each of them once: creating files is the
/// largest part of a first run, and renaming every one of them would add a tenth to it.
fn add_new_folders(folder: &Path, files: &Files, difference: &Difference) -> anyhow::Result<()> {
    if difference.new_folders.is_empty() {
        return Ok(());
    }
    let staged = tempfile::Builder::new()
        .prefix(STAGED)
        .tempdir_in(folder)
        .with_context(|| format!("{} cannot be written to", folder.display()))?;
    let mut made = PathBuf::new();
    for (path, contents) in difference.missing.iter().filter_map(|path| files.get_key_value(path)) {
        if !difference.is_in_new_folder(path) {
            continue;
        }
        let at = staged.path().join(path);
        let parent = at.parent().unwrap_or(folder);
        if made != parent {
            make_folder(parent)?;
            made = parent.to_path_buf();
        }
        std::fs::write(&at, contents).with_context(|| format!("{} cannot be written", at.display()))?;
    }
    for top in &difference.new_folders {
        let at = folder.join(top);
        std::fs::rename(staged.path().join(top), &at).with_context(|| format!("{} cannot be written", at.display()))?;
    }
    Ok(())
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// The permissions of an ordinary file; temporary files are private otherwise.
#[cfg(unix)]
fn readable() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}

/// Removes the folders above a removed file that are empty now, up to a folder that stays.
pub fn remove_empty_parents(folder: &Path, file: &Path) {
    for parent in file.ancestors().skip(1).take_while(|parent| *parent != folder) {
        // Fails on the first folder that is not empty, which is the end of the matter.
        if std::fs::remove_dir(parent).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_mended_whatever_it_held() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        std::fs::create_dir_all(at("old/gone")).unwrap();
        for path in ["old/changed", "old/gone/stray", "old/same"] {
            std::fs::write(at(path), "before").unwrap();
        }
        let contents = [
            ("alone", "a"),
            ("new/below/b", "b"),
            ("new/c", "c"),
            ("old/changed", "after"),
            ("old/missing", "d"),
            ("old/same", "before"),
        ];
        let files: Files = contents.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        let owned = [String::new()].into();
        let difference = compare(folder.path(), &files, &owned).unwrap();
        assert_eq!(difference.missing, ["alone", "new/below/b", "new/c", "old/missing"]);
        assert_eq!(difference.new_folders, ["new".to_owned()].into());
        assert_eq!(difference.changed, ["old/changed"]);
        assert_eq!(difference.stray, ["old/gone/stray"]);
        apply(folder.path(), &files, &difference).unwrap();
        assert!(compare(folder.path(), &files, &owned).unwrap().is_empty());
        assert!(!at("old/gone").exists());
    }

    #[test]
    fn a_folder_that_is_not_there_is_made() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("deep/new");
        let files: Files = [("top/file".to_owned(), "text".to_owned())].into();
        let difference = compare(&folder, &files, &BTreeSet::new()).unwrap();
        apply(&folder, &files, &difference).unwrap();
        assert_eq!(listing(&folder).unwrap(), ["top/file"]);
    }
}
