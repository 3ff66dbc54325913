//! The grammar of templates in behaviour files, such as `task-{base36:13}`.
//!
//! The generator checks templates with it and the mock fills them in; `docs/mock-behaviour.md` describes them.
//!
//! ```
//! use whitesmith_behaviour::{Part, parse};
//!
//! let parts = parse("task/{input.Name}-{digits:3}")?;
//! assert_eq!(
//!     parts,
//!     [Part::Text("task/".into()), Part::Input("Name".into()), Part::Text("-".into()), Part::Digits(3)]
//! );
//! # Ok::<(), whitesmith_behaviour::TemplateError>(())
//! ```

/// The longest run of random characters.
const LONGEST_RUN: usize = 1024;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Constant text.
    Text(String),
    /// The partition, as in ARNs.
    Partition,
    /// The region.
    Region,
    /// The account.
    Account,
    /// The string at a member of the input.
    Input(String),
    /// Another member of the output.
    Output(String),
    /// The instant at which the task was made.
    Now,
    /// So many random lower-case letters and digits.
    Base36(usize),
    /// So many random digits, the first not 0.
    Digits(usize),
    /// A random UUID.
    Uuid,
}

/// Why a template is invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// A brace has no counterpart.
    #[error("unmatched brace in `{0}`: write `{{{{` or `}}}}` for a brace itself")]
    UnmatchedBrace(String),
    /// A placeholder is not known.
    #[error(
        "unknown placeholder `{{{0}}}`: expected {{partition}}, {{region}}, {{account}}, {{now}}, {{uuid}}, \
         {{base36:N}}, {{digits:N}}, {{input.MEMBER}} or {{output.MEMBER}}"
    )]
    UnknownPlaceholder(String),
    /// A number of characters is invalid.
    #[error("invalid number of characters in `{{{0}}}`: expected 1 to {LONGEST_RUN}")]
    Count(String),
}

/// Parses a template.
///
/// # Errors
/// An unmatched brace or an invalid placeholder.
pub fn parse(text: &str) -> Result<Vec<Part>, TemplateError> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        literal.push_str(before);
        if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
            literal.push_str(from.get(..1).unwrap_or_default());
            rest = after;
            continue;
        }
        let Some((name, after)) = from.strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            return Err(TemplateError::UnmatchedBrace(text.to_owned()));
        };
        if !literal.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut literal)));
        }
        parts.push(placeholder(name)?);
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(Part::Text(literal));
    }
    Ok(parts)
}

fn placeholder(name: &str) -> Result<Part, TemplateError> {
    let count = |text: &str| {
        let count = text.parse().ok().filter(|count| (1..=LONGEST_RUN).contains(count));
        count.ok_or_else(|| TemplateError::Count(name.to_owned()))
    };
    Ok(match name {
        "partition" => Part::Partition,
        "region" => Part::Region,
        "account" => Part::Account,
        "now" => Part::Now,
        "uuid" => Part::Uuid,
        _ => match (name.split_once('.'), name.split_once(':')) {
            (Some(("input", member)), _) => Part::Input(member.to_owned()),
            (Some(("output", member)), _) => Part::Output(member.to_owned()),
            (_, Some(("base36", text))) => Part::Base36(count(text)?),
            (_, Some(("digits", text))) => Part::Digits(count(text)?),
            _ => return Err(TemplateError::UnknownPlaceholder(name.to_owned())),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_every_placeholder() {
        let text = "{partition}{region}{account}{input.In}{output.Out}{now}{base36:5}{digits:6}{uuid}";
        let expected = [
            Part::Partition,
            Part::Region,
            Part::Account,
            Part::Input("In".into()),
            Part::Output("Out".into()),
            Part::Now,
            Part::Base36(5),
            Part::Digits(6),
            Part::Uuid,
        ];
        assert_eq!(parse(text).unwrap(), expected);
        assert_eq!(parse("").unwrap(), []);
    }

    #[test]
    fn doubled_braces_are_text() {
        assert_eq!(parse("{{{now}}}").unwrap(), [Part::Text("{".into()), Part::Now, Part::Text("}".into())]);
        assert_eq!(parse("a{{b}}").unwrap(), [Part::Text("a{b}".into())]);
    }

    #[test]
    fn refuses_invalid_templates() {
        for text in ["{", "}", "a{b"] {
            assert_eq!(parse(text), Err(TemplateError::UnmatchedBrace(text.to_owned())));
        }
        for text in ["{nothing}", "{}", "{input}"] {
            assert!(matches!(parse(text), Err(TemplateError::UnknownPlaceholder(_))), "{text}");
        }
        for text in ["{digits:x}", "{digits:0}", "{base36:9999999}"] {
            assert!(matches!(parse(text), Err(TemplateError::Count(_))), "{text}");
        }
    }
}
