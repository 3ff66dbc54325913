//! The format of the configuration files, as Python's `configparser` reads it for the AWS CLI: names fold to lower
//! case, indented lines go on with the value above, repeated sections and names are errors. INI crates do otherwise.

/// A section's entries in order.
pub type Section = Vec<(String, String)>;

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} {problem}")]
pub struct IniError {
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// Reads sections in order.
pub fn read(text: &str) -> Result<Vec<(String, Section)>, IniError> {
    let mut sections: Vec<(String, Section)> = Vec::new();
    let mut value_indent = None;
    for (at, line) in text.trim_start_matches('\u{feff}').split('\n').enumerate() {
        let line = line.trim_end();
        let error = |problem: String| IniError { line: at + 1, problem };
        let content = line.trim_start();
        if content.starts_with(['#', ';']) {
            continue;
        }
        let entry = sections.last_mut().and_then(|(_, section)| section.last_mut());
        if content.is_empty() {
            // A blank line may stand within a value; it is dropped at the value's end.
            if let (Some(_), Some((_, value))) = (value_indent, entry) {
                value.push('\n');
            }
            continue;
        }
        let indent = line.len() - content.len();
        if let (Some(of_name), Some((_, value))) = (value_indent, entry)
            && indent > of_name
        {
            value.push('\n');
            value.push_str(content);
            continue;
        }
        if let Some((name, _)) = content.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            if sections.iter().any(|(other, _)| other == name) {
                return Err(error(format!("begins the section [{name}] a second time")));
            }
            sections.push((name.to_owned(), Vec::new()));
            value_indent = None;
            continue;
        }
        let Some((_, section)) = sections.last_mut() else {
            return Err(error("stands before any section".to_owned()));
        };
        let Some((name, value)) = content.split_once(['=', ':']) else {
            return Err(error("is neither a section nor a name with a value".to_owned()));
        };
        let name = name.trim().to_lowercase();
        if name.is_empty() {
            return Err(error("has a value without a name".to_owned()));
        }
        if section.iter().any(|(other, _)| *other == name) {
            return Err(error(format!("sets {name} a second time")));
        }
        section.push((name, value.trim().to_owned()));
        value_indent = Some(indent);
    }
    for (_, section) in &mut sections {
        for (_, value) in section {
            value.truncate(value.trim_end().len());
        }
    }
    Ok(sections)
}

/// The entries of a value that is a section of its own: indented lines behind an empty first one.
pub fn nested(value: &str) -> Option<Section> {
    let lines = value.strip_prefix('\n')?;
    let entries = lines.split('\n').filter(|line| !line.trim().is_empty());
    entries
        .map(|line| line.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())))
        .collect()
}
