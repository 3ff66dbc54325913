//! Environment variables, and paths with variables.

use std::collections::HashMap;
use std::env;
use std::path::PathBuf;

/// A source of environment variables.
#[derive(Clone, Debug, Default)]
pub enum Environment {
    /// The process's variables.
    #[default]
    Process,
    /// A fixed set, for tests.
    Fixed(HashMap<String, String>),
}

impl Environment {
    /// Returns a variable's value; invalid UTF-8 is replaced.
    pub fn get(&self, name: &str) -> Option<String> {
        match self {
            Self::Process => env::var_os(name).map(|value| value.to_string_lossy().into_owned()),
            Self::Fixed(variables) => variables.get(name).cloned(),
        }
    }

    /// Returns a variable's value unless it is empty.
    pub fn non_empty(&self, name: &str) -> Option<String> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// Replaces `~`, `$NAME` and `${NAME}` in a path; unset variables stay as they are.
    pub fn expand_path(&self, path: &str) -> PathBuf {
        let mut out = String::new();
        let mut rest = path;
        if let Some(behind) = path.strip_prefix('~')
            && (behind.is_empty() || behind.starts_with('/'))
            && let Some(home) = self.home()
        {
            out.push_str(&home);
            rest = behind;
        }
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            rest = after;
            let is_name = |character: char| character == '_' || character.is_ascii_alphanumeric();
            let (name, behind) = match rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                Some(braced) => braced,
                None => rest.split_at(rest.find(|character| !is_name(character)).unwrap_or(rest.len())),
            };
            match self.get(name) {
                Some(value) => {
                    out.push_str(&value);
                    rest = behind;
                }
                None => out.push('$'),
            }
        }
        out.push_str(rest);
        PathBuf::from(out)
    }

    /// Returns the user's home directory.
    pub fn home(&self) -> Option<String> {
        match self {
            Self::Process => env::home_dir().map(|home| home.to_string_lossy().into_owned()),
            Self::Fixed(_) => self.get("HOME"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_expanded() {
        let variables = [("HOME", "/home/me"), ("DIR", "d")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let environment = Environment::Fixed(variables.into_iter().collect());
        for (path, expanded) in [
            ("~/a", "/home/me/a"),
            ("~", "/home/me"),
            ("~other/a", "~other/a"),
            ("$DIR/${DIR}x$DIRx", "d/dx$DIRx"),
            ("a$", "a$"),
            ("${DIR", "${DIR"),
            ("${}", "${}"),
        ] {
            assert_eq!(environment.expand_path(path), PathBuf::from(expanded), "{path}");
        }
    }
}
