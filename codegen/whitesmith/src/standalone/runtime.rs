//! Sources of the runtime crates.

use std::path::Path;
use std::str::FromStr;

use anyhow::Context as _;
use toml_edit::{DocumentMut, InlineTable, Item, TableLike};

use crate::files::Files;

/// Sources of the runtime crates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Runtime {
    /// Copies in the generated workspace.
    #[default]
    Vendored,
    /// crates.io, in the version of this program.
    Registry,
    /// A git repository, at a revision if there is one.
    Git {
        /// The URL of the repository.
        url: String,
        /// A commit, tag or branch.
        revision: Option<String>,
    },
    /// A folder that holds the crates: absolute, or relative to the folder of the generated workspace.
    Path(String),
}

impl FromStr for Runtime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=').unwrap_or((text, "")) {
            ("vendored", "") => Ok(Self::Vendored),
            ("registry", "") => Ok(Self::Registry),
            ("git", url) if !url.is_empty() => {
                let (url, revision) = url.split_once('#').map_or((url, None), |(url, revision)| (url, Some(revision)));
                Ok(Self::Git { url: url.to_owned(), revision: revision.map(str::to_owned) })
            }
            ("path", path) if !path.is_empty() => Ok(Self::Path(path.to_owned())),
            _ => Err(format!(
                "invalid runtime `{text}`: expected `vendored`, `registry`, `git=URL`, `git=URL#REVISION` or `path=DIR`"
            )),
        }
    }
}

impl Runtime {
    /// The folder of the runtime crates as seen from a generated crate, for the manifests as they are generated.
    pub fn folder(&self) -> String {
        match self {
            Self::Path(path) if Path::new(path).is_absolute() => path.clone(),
            Self::Path(path) => format!("../{path}"),
            _ => "../runtime".to_owned(),
        }
    }

    /// Lets generated manifests refer to where the crates are.
    ///
    /// # Errors
    /// Fails if a manifest is not TOML.
    pub fn refer(&self, files: &mut Files, version: &str) -> anyhow::Result<()> {
        let source: &[(&str, &str)] = match self {
            Self::Vendored | Self::Path(_) => return Ok(()),
            Self::Registry => &[("version", version)],
            Self::Git { url, revision: None } => &[("git", url)],
            Self::Git { url, revision: Some(revision) } => &[("git", url), ("rev", revision)],
        };
        for (path, text) in files.iter_mut().filter(|(path, _)| path.ends_with("/Cargo.toml")) {
            let mut document: DocumentMut = text.parse().with_context(|| format!("invalid manifest {path}"))?;
            for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
                let Some(table) = document.get_mut(kind).and_then(Item::as_table_like_mut) else { continue };
                redirect(table, source);
            }
            *text = document.to_string().into();
        }
        Ok(())
    }
}

fn redirect(dependencies: &mut dyn TableLike, source: &[(&str, &str)]) {
    for (name, item) in dependencies.iter_mut() {
        let Some(dependency) = item.as_inline_table_mut().filter(|_| name.get().starts_with("whitesmith-")) else {
            continue;
        };
        let mut redirected = InlineTable::new();
        source.iter().for_each(|(key, value)| {
            redirected.insert(*key, (*value).into());
        });
        for (key, value) in dependency.iter().filter(|(key, _)| *key != "path") {
            redirected.insert(key, value.clone());
        }
        redirected.fmt();
        *dependency = redirected;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_refer_to_where_the_crates_are() {
        let manifest = "# Top.\n[dependencies]\n# Ours.\nwhitesmith-cli = { path = \"../runtime/cli\", default-features = false }\n";
        for (runtime, expected) in [
            ("vendored", "path = \"../runtime/cli\", default-features = false"),
            ("registry", "version = \"0.1.0\", default-features = false"),
            ("git=https://example.com/w#v1", "git = \"https://example.com/w\", rev = \"v1\", default-features = false"),
        ] {
            let mut files = Files::from([("x/Cargo.toml".to_owned(), manifest.into())]);
            runtime.parse::<Runtime>().unwrap().refer(&mut files, "0.1.0").unwrap();
            assert_eq!(
                files["x/Cargo.toml"],
                format!("# Top.\n[dependencies]\n# Ours.\nwhitesmith-cli = {{ {expected} }}\n")
            );
        }
    }

    #[test]
    fn folders_are_seen_from_a_generated_crate() {
        let absolute = std::env::temp_dir().join("runtime").display().to_string();
        for (runtime, folder) in [
            ("vendored", "../runtime"),
            ("path=runtime", "../runtime"),
            ("path=../a/runtime", "../../a/runtime"),
            (&format!("path={absolute}"), &absolute),
        ] {
            assert_eq!(runtime.parse::<Runtime>().unwrap().folder(), folder, "{runtime}");
        }
    }

    #[test]
    fn nothing_else_is_a_runtime() {
        for text in ["", "local", "git", "git=", "vendored=x", "path="] {
            assert!(text.parse::<Runtime>().unwrap_err().contains("expected `vendored`"), "{text}");
        }
    }
}
