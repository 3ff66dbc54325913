//! `META-INF/smithy/manifest`: the models of an archive (Smithy 2.0, "Model discovery").

use std::collections::HashSet;

/// A line of a manifest that is not a valid path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid path `{line}` on line {number} of the manifest: expected names with `/` between them")]
pub struct InvalidManifest {
    /// The line.
    pub line: String,
    /// Its number, from 1.
    pub number: usize,
}

/// Reads a manifest: the paths of models, relative to its folder, in their order. Empty lines and those that begin with `#`
/// are left out, and so are repeated paths.
///
/// ```
/// # use whitesmith_smithy::project::manifest_paths;
/// let paths = manifest_paths("# models\na.smithy\nb/c.json\n").unwrap();
/// assert_eq!(paths, ["a.smithy", "b/c.json"]);
/// assert!(manifest_paths("../a.smithy").is_err());
/// ```
///
/// # Errors
/// When a line is not a relative path below the folder, or has characters that URLs or file systems reserve.
pub fn manifest_paths(text: &str) -> Result<Vec<&str>, InvalidManifest> {
    let mut paths: Vec<&str> = Vec::new();
    let mut seen = HashSet::new();
    let lines = text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
    for (at, line) in lines.enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if !line.split('/').all(is_segment) {
            return Err(InvalidManifest { line: line.to_owned(), number: at + 1 });
        }
        if seen.insert(line) {
            paths.push(line);
        }
    }
    Ok(paths)
}

fn is_segment(segment: &str) -> bool {
    let is_reserved = |c: char| "\t\\?%*:|\"'><# ".contains(c);
    !matches!(segment, "" | "." | "..") && !segment.contains(is_reserved)
}
