//! Model files: Smithy IDL and JSON AST, folders of them, and archives with a Smithy manifest.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use whitesmith_smithy::project::manifest_paths;

use crate::archive::Archive;

/// An archive's list of models: one path on each line, relative to the list's folder (Smithy 2.0, "Model discovery").
const MANIFEST: &str = "META-INF/smithy/manifest";
/// The most bytes that a model may have, in files or unpacked; in memory, it takes several times as much.
pub const MOST_BYTES: u64 = 1 << 28;
/// Maximum depth of nested folders.
const DEEPEST_FOLDER: usize = 32;

/// A model's name for messages, and its bytes.
pub type ModelFile = (String, Vec<u8>);

/// Reads the models of a file, a folder or an archive, sorted by name.
pub fn read(path: &Path) -> anyhow::Result<Vec<ModelFile>> {
    let name = path.display().to_string();
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {name}"))?;
    if metadata.is_dir() {
        let mut files = read_folder(path)?;
        ensure!(!files.is_empty(), "{name}: the folder has no .smithy or .json file");
        files.sort();
        return Ok(files);
    }
    let bytes = read_file(path)?;
    match extension(&name).as_str() {
        "jar" | "zip" => read_archive(&name, &bytes),
        _ => Ok(vec![(name, bytes)]),
    }
}

/// Reads a file up to the size limit of models. The size that the file reports is a hint: a pipe reports none.
pub fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    let name = path.display();
    let file = fs::File::open(path).with_context(|| format!("cannot read {name}"))?;
    let size = file.metadata().map_or(0, |metadata| metadata.len().min(MOST_BYTES));
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
    ensure!(bytes.len() as u64 <= MOST_BYTES, "{name} exceeds the limit of {MOST_BYTES} bytes");
    Ok(bytes)
}

fn extension(name: &str) -> String {
    Path::new(name).extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The .smithy files of paths: those that are named, and those in folders, sorted.
pub fn idl_files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let found = Listing::of(path)?.into_iter();
            files.extend(found.filter(|path| path.extension().is_some_and(|ending| ending == "smithy")));
        } else {
            files.push(path.clone());
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// Reads the model files of a folder, which together are no larger than a model may be.
fn read_folder(folder: &Path) -> anyhow::Result<Vec<ModelFile>> {
    let mut size = 0;
    let read = |path: PathBuf| {
        let bytes = read_file(&path)?;
        size += bytes.len() as u64;
        ensure!(size <= MOST_BYTES, "{}: the models exceed the limit of {MOST_BYTES} bytes", folder.display());
        Ok((path.display().to_string(), bytes))
    };
    Listing::of(folder)?.into_iter().map(read).collect()
}

/// The model files below a folder.
#[derive(Default)]
struct Listing {
    files: Vec<PathBuf>,
    /// The folders that were listed, without symbolic links: these may lead back.
    seen: HashSet<PathBuf>,
}

impl Listing {
    fn of(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
        let mut listing = Self::default();
        listing.add(folder, 0)?;
        Ok(listing.files)
    }

    fn add(&mut self, folder: &Path, depth: usize) -> anyhow::Result<()> {
        let failed = || format!("cannot read {}", folder.display());
        ensure!(depth < DEEPEST_FOLDER, "{}: folders are nested more than {DEEPEST_FOLDER} deep", folder.display());
        if !self.seen.insert(fs::canonicalize(folder).with_context(failed)?) {
            return Ok(());
        }
        for entry in fs::read_dir(folder).with_context(failed)? {
            let path = entry.with_context(failed)?.path();
            if path.is_dir() {
                self.add(&path, depth + 1)?;
            } else if matches!(extension(&path.display().to_string()).as_str(), "json" | "smithy") {
                self.files.push(path);
            }
        }
        Ok(())
    }
}

/// Reads the models that an archive's manifest lists.
pub fn read_archive(name: &str, bytes: &[u8]) -> anyhow::Result<Vec<ModelFile>> {
    let mut archive = Archive::open(name, bytes, MOST_BYTES)?;
    let manifest = archive.unpack(MANIFEST)?;
    let manifest = String::from_utf8(manifest).with_context(|| format!("{name}!{MANIFEST} is not UTF-8"))?;
    let mut files = Vec::new();
    for path in manifest_paths(&manifest).with_context(|| format!("{name}!{MANIFEST}"))? {
        let entry = format!("META-INF/smithy/{path}");
        let bytes = archive.unpack(&entry)?;
        files.push((format!("{name}!{entry}"), bytes));
    }
    ensure!(!files.is_empty(), "{name}!{MANIFEST} lists no models");
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::pack;

    #[test]
    fn reads_what_the_manifest_lists() {
        let bytes = pack(&[
            (MANIFEST, "b.json\n# a comment\n\nsub/a.json\n"),
            ("META-INF/smithy/b.json", "{}"),
            ("META-INF/smithy/sub/a.json", "[]"),
            ("META-INF/smithy/not-listed.json", "1"),
        ]);
        let files = read_archive("x.jar", &bytes).unwrap();
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["x.jar!META-INF/smithy/b.json", "x.jar!META-INF/smithy/sub/a.json"]);
        assert_eq!(files[1].1, b"[]");
    }

    #[test]
    fn refuses_what_it_should() {
        let listing = |line: &str| pack(&[(MANIFEST, line), ("META-INF/smithy/a.smithy", "")]);
        for (line, message) in [
            ("../../escape.json", "invalid path"),
            ("/etc/model.json", "invalid path"),
            ("a\\b.json", "invalid path"),
            ("missing.json", "has no META-INF/smithy/missing.json"),
            ("", "lists no models"),
        ] {
            let error = format!("{:#}", read_archive("x.jar", &listing(line)).unwrap_err());
            assert!(error.contains(message), "{line}: {error}");
        }
        assert!(format!("{:#}", read_archive("x.jar", b"PK nonsense").unwrap_err()).contains("not a ZIP archive"));
    }

    #[test]
    fn reads_folders() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("sub/b.json"), "{}").unwrap();
        fs::write(folder.path().join("a.json"), "{}").unwrap();
        fs::write(folder.path().join("notes.txt"), "").unwrap();
        let files = read(folder.path()).unwrap();
        assert_eq!(files.len(), 2);
        assert!(files[0].0.ends_with("a.json"));
        fs::write(folder.path().join("c.smithy"), "").unwrap();
        assert_eq!(read(folder.path()).unwrap().len(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_back_are_followed_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("sub/a.smithy"), "").unwrap();
        for name in ["one", "two", "sub/three", "sub/four"] {
            std::os::unix::fs::symlink(folder.path(), folder.path().join(name)).unwrap();
        }
        assert_eq!(read(folder.path()).unwrap().len(), 1);
        assert_eq!(idl_files(&[folder.path().to_path_buf()]).unwrap().len(), 1);
    }
}
