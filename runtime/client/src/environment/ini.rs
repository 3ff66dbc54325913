//! The format of the configuration files, as Python's `configparser` reads it for the AWS CLI: names are lowercased,
//! indented lines continue the value above, and repeated sections and names are errors. INI crates differ.

/// A section's entries in order.
pub type Section = Vec<(String, String)>;

/// An invalid file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} in line {line}")]
pub struct IniError {
    /// The one-based line.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

/// Reads sections in order.
pub fn read(text: &str) -> Result<Vec<(String, Section)>, IniError> {
    let mut sections: Vec<(String, Section)> = Vec::new();
    let mut value_indent = None;
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').split('\n')) {
        let line = line.trim_end();
        let error = |problem: String| IniError { line: number, problem };
        let content = line.trim_start();
        if content.starts_with(['#', ';']) {
            continue;
        }
        let entry = sections.last_mut().and_then(|(_, section)| section.last_mut());
        if content.is_empty() {
            // A blank line belongs to the value if more of it follows.
            if let (Some(_), Some((_, value))) = (value_indent, entry) {
                value.push('\n');
            }
            continue;
        }
        let indent = line.len().saturating_sub(content.len());
        if let (Some(of_name), Some((_, value))) = (value_indent, entry)
            && indent > of_name
        {
            value.push('\n');
            value.push_str(content);
            continue;
        }
        if let Some((name, _)) = content.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            if sections.iter().any(|(other, _)| other == name) {
                return Err(error(format!("duplicate section [{name}]")));
            }
            sections.push((name.to_owned(), Vec::new()));
            value_indent = None;
            continue;
        }
        let Some((_, section)) = sections.last_mut() else {
            return Err(error("expected a section".to_owned()));
        };
        let Some((name, value)) = content.split_once(['=', ':']) else {
            return Err(error("expected a section or a name with a value".to_owned()));
        };
        let name = name.trim().to_lowercase();
        if name.is_empty() {
            return Err(error("missing name".to_owned()));
        }
        if section.iter().any(|(other, _)| *other == name) {
            return Err(error(format!("duplicate name {name}")));
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

/// Returns the entries of a nested section: indented lines after an empty first one.
pub fn nested(value: &str) -> Option<Section> {
    let lines = value.strip_prefix('\n')?;
    let entries = lines.split('\n').filter(|line| !line.trim().is_empty());
    entries
        .map(|line| line.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())))
        .collect()
}
