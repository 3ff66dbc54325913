//! Values that name a file: `file://…` for text, `fileb://…` for bytes.

use std::borrow::Cow;
use std::io::Read;

use whitesmith_client::environment::Environment;
use whitesmith_schema::{Blob, Value};

use crate::failure::Failure;

/// Maximum size of a file.
const MAX_BYTES: u64 = 256 << 20;

/// A file that cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The file cannot be read.
    #[error("{value}: cannot read '{path}': {problem}")]
    Unreadable {
        /// The option's value.
        value: String,
        /// The expanded path.
        path: String,
        /// The reason.
        problem: String,
    },
    /// The file is not text.
    #[error("{value}: file ({path}) is not valid {encoding}; use fileb:// to read it as bytes")]
    NoText {
        /// The option's value.
        value: String,
        /// The expanded path.
        path: String,
        /// The encoding.
        encoding: String,
    },
    /// `AWS_CLI_FILE_ENCODING` is invalid.
    #[error("unknown encoding '{0}' in AWS_CLI_FILE_ENCODING")]
    UnknownEncoding(String),
}

impl FileError {
    /// Returns the failure of the option.
    pub fn of_option(self, flag: &str) -> Failure {
        match self {
            Self::UnknownEncoding(_) => Failure::general(self.to_string()),
            error => Failure::option(flag, error),
        }
    }
}

/// Returns the content of the file that a value names; `None` if it names none.
pub fn load(environment: &Environment, value: &str) -> Result<Option<Value>, FileError> {
    let (path, is_text) = match (value.strip_prefix("file://"), value.strip_prefix("fileb://")) {
        (Some(path), _) => (path, true),
        (_, Some(path)) => (path, false),
        _ => return Ok(None),
    };
    let path = environment.expand_path(path);
    let shown = path.display().to_string();
    let unreadable = |problem: String| FileError::Unreadable { value: value.to_owned(), path: shown.clone(), problem };
    let file = std::fs::File::open(&path).map_err(|error| unreadable(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(unreadable("too large".to_owned()));
    }
    if !is_text {
        return Ok(Some(Value::Blob(Blob(bytes))));
    }
    let encoding = environment.non_empty("AWS_CLI_FILE_ENCODING").unwrap_or_else(|| "UTF-8".to_owned());
    match decode(&bytes, &encoding)? {
        // Python reads every kind of line end as a line feed.
        Some(text) => Ok(Some(Value::String(text.replace("\r\n", "\n").replace('\r', "\n")))),
        None => Err(FileError::NoText { value: value.to_owned(), path: shown, encoding }),
    }
}

/// Decodes bytes; `None` if they are invalid in the encoding.
fn decode<'a>(bytes: &'a [u8], name: &str) -> Result<Option<Cow<'a, str>>, FileError> {
    let folded: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    match folded.as_str() {
        "utf8" | "cp65001" => return Ok(std::str::from_utf8(bytes).ok().map(Cow::Borrowed)),
        "latin1" | "iso88591" | "l1" | "88591" => {
            return Ok(Some(Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect())));
        }
        "ascii" | "usascii" => {
            return Ok(std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii()).map(Cow::Borrowed));
        }
        _ => {}
    }
    let windows = folded.strip_prefix("cp").map(|page| format!("windows-{page}"));
    let utf_16 = folded.strip_prefix("utf16").map(|order| format!("utf-16{order}"));
    let labels = [Some(name.to_owned()), Some(name.replace('_', "-")), windows, utf_16, Some(folded.clone())];
    let encoding = labels.into_iter().flatten().find_map(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let encoding = encoding.ok_or_else(|| FileError::UnknownEncoding(name.to_owned()))?;
    let (text, _, has_errors) = encoding.decode(bytes);
    Ok(Some(text).filter(|_| !has_errors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_have_pythons_names() {
        for (bytes, name, text) in [
            (&b"caf\xe9"[..], "latin-1", Some("café")),
            (b"caf\xc3\xa9", "utf-8", Some("café")),
            (b"caf\xe9", "utf_8", None),
            (b"caf\xe9", "ascii", None),
            (b"\x80", "cp1252", Some("€")),
            (b"\x93\xfa", "shift_jis", Some("日")),
            (b"a\0b\0", "utf-16-le", Some("ab")),
        ] {
            assert_eq!(decode(bytes, name), Ok(text.map(Cow::Borrowed)), "{name}");
        }
        assert_eq!(decode(b"", "bogus"), Err(FileError::UnknownEncoding("bogus".to_owned())));
    }
}
