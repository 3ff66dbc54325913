//! Texts with places to fill in.

use std::fmt::Write as _;

use whitesmith_schema::Timestamp;

use super::Identity;
use crate::sample::{digits, uuid, word};

/// The longest run of random characters.
const LONGEST_RUN: usize = 1024;

/// A text with places to fill in, such as `task-{base36:13}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(Box<str>),
    Partition,
    Region,
    Account,
    Input(Box<str>),
    /// A value of the same response, by its index.
    Output(usize),
    Now,
    Base36(usize),
    Digits(usize),
    Uuid,
}

/// What a template is filled in from.
pub(crate) struct Scope<'a> {
    pub(crate) identity: &'a Identity,
    /// The region that the request was signed for, where it was.
    pub(crate) region: Option<&'a str>,
    /// The string at a member of the input.
    pub(crate) input: &'a dyn Fn(&str) -> Option<&'a str>,
    pub(crate) now: Timestamp,
    /// The output at an index, of those that there are so far.
    pub(crate) output: &'a dyn Fn(usize) -> Option<&'a str>,
    pub(crate) random: &'a mut fastrand::Rng,
}

impl Template {
    /// Reads a template. `output` gives the index of an output member by its name.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(super) fn parse(text: &str, mut output: impl FnMut(&str) -> Result<usize, String>) -> Result<Self, String> {
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
                return Err(format!(
                    "`{text}` has a brace without its counterpart; write `{{{{` or `}}}}` for a brace itself"
                ));
            };
            if !literal.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut literal).into()));
            }
            parts.push(Part::parse(name, &mut output)?);
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            parts.push(Part::Text(literal.into()));
        }
        Ok(Self(parts))
    }

    /// The members of the input that it names.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Input(name) => Some(&**name),
            _ => None,
        })
    }

    /// The outputs that it needs first.
    pub(super) fn outputs(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter_map(|part| match part {
            Part::Output(index) => Some(*index),
            _ => None,
        })
    }

    /// Follows the outputs to the places they have been moved to.
    pub(super) fn move_outputs(&mut self, moved: &[usize]) {
        for part in &mut self.0 {
            if let Part::Output(index) = part {
                *index = moved.get(*index).copied().unwrap_or(*index);
            }
        }
    }

    /// The text, filled in; `None` where an input or output that it names is not set.
    pub(crate) fn fill(&self, scope: &mut Scope<'_>) -> Option<String> {
        let mut text = String::with_capacity(64);
        self.append(scope, &mut text).map(|()| text)
    }

    /// Appends the text, filled in; `None`, and a part of it, where an input or output that it names is not set.
    pub(crate) fn append(&self, scope: &mut Scope<'_>, text: &mut String) -> Option<()> {
        for part in &self.0 {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Partition => text.push_str(&scope.identity.partition),
                Part::Region => text.push_str(scope.region.unwrap_or(&scope.identity.region)),
                Part::Account => text.push_str(&scope.identity.account),
                Part::Input(name) => text.push_str((scope.input)(name)?),
                Part::Output(index) => text.push_str((scope.output)(*index)?),
                Part::Now => text.push_str(&scope.now.to_date_time()),
                Part::Base36(count) => word(scope.random, *count, text),
                Part::Digits(count) => digits(scope.random, *count, text),
                Part::Uuid => write!(text, "{}", uuid(scope.random)).ok()?,
            }
        }
        Some(())
    }
}

impl Part {
    fn parse(name: &str, output: &mut impl FnMut(&str) -> Result<usize, String>) -> Result<Self, String> {
        let count = |text: &str| {
            text.parse().ok().filter(|count| (1..=LONGEST_RUN).contains(count)).ok_or_else(|| {
                format!("`{{{name}}}` asks for `{text}` characters, which is not a number between 1 and {LONGEST_RUN}")
            })
        };
        Ok(match name {
            "partition" => Self::Partition,
            "region" => Self::Region,
            "account" => Self::Account,
            "now" => Self::Now,
            "uuid" => Self::Uuid,
            _ => match (name.split_once('.'), name.split_once(':')) {
                (Some(("input", member)), _) => Self::Input(member.into()),
                (Some(("output", member)), _) => Self::Output(output(member)?),
                (_, Some(("base36", text))) => Self::Base36(count(text)?),
                (_, Some(("digits", text))) => Self::Digits(count(text)?),
                _ => {
                    return Err(format!(
                        "`{{{name}}}` is none of {{partition}}, {{region}}, {{account}}, {{now}}, {{uuid}}, {{base36:N}}, \
                         {{digits:N}}, {{input.MEMBER}} and {{output.MEMBER}}"
                    ));
                }
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str) -> Option<String> {
        let template =
            Template::parse(template, |name| if name == "Id" { Ok(0) } else { Err(name.to_owned()) }).unwrap();
        let identity = Identity { partition: "aws".into(), region: "eu-west-1".into(), account: "123".into() };
        template.fill(&mut Scope {
            identity: &identity,
            region: None,
            input: &|name| (name == "Catalog").then_some("AWS"),
            now: Timestamp::UNIX_EPOCH,
            output: &|index| (index == 0).then_some("task-1"),
            random: &mut fastrand::Rng::with_seed(1),
        })
    }

    #[test]
    fn fills_in_what_it_knows() {
        assert_eq!(
            filled("arn:{partition}:x:{region}:{account}:{input.Catalog}/{output.Id}").as_deref(),
            Some("arn:aws:x:eu-west-1:123:AWS/task-1")
        );
        assert_eq!(filled("{{{now}}}").as_deref(), Some("{1970-01-01T00:00:00Z}"));
        assert_eq!(filled("{input.Other}"), None);
        let random = filled("O{digits:3}-{base36:5}-{uuid}").unwrap();
        assert_eq!(random.len(), 1 + 3 + 1 + 5 + 1 + 36, "{random}");
        assert!(!random.starts_with("O0"), "{random}");
    }

    #[test]
    fn says_what_is_wrong() {
        for text in ["{", "}", "a{b", "{nothing}", "{digits:x}", "{digits:0}", "{base36:9999999}", "{output.Other}"] {
            assert!(Template::parse(text, |name| Err(name.to_owned())).is_err(), "{text}");
        }
    }
}
