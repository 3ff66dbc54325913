//! Filling in templates.

use std::fmt::Write as _;

use whitesmith_behaviour::{Part, parse};
use whitesmith_schema::Timestamp;

use super::identity::Identity;
use crate::sample::{digits, uuid, word};

/// A text with places to fill in, such as `task-{base36:13}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// A value of the same response, by its index.
    Output(usize),
    Part(Part),
}

/// The values that a template is filled in with.
pub(crate) struct Scope<'a> {
    pub(crate) identity: &'a Identity,
    /// The region that the request was signed for, if it was.
    pub(crate) region: Option<&'a str>,
    /// The string at a member of the input.
    pub(crate) input: &'a dyn Fn(&str) -> Option<&'a str>,
    pub(crate) now: Timestamp,
    /// The output at an index, of those that exist so far.
    pub(crate) output: &'a dyn Fn(usize) -> Option<&'a str>,
    pub(crate) random: &'a mut fastrand::Rng,
}

impl Template {
    /// Parses a template. `output` returns the index of an output member by its name.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub(super) fn parse(text: &str, mut output: impl FnMut(&str) -> Result<usize, String>) -> Result<Self, String> {
        let parts = parse(text).map_err(|error| error.to_string())?.into_iter();
        let piece = |part| match part {
            Part::Output(name) => output(&name).map(Piece::Output),
            part => Ok(Piece::Part(part)),
        };
        parts.map(piece).collect::<Result<_, _>>().map(Self)
    }

    /// Returns the members of the input that it names.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Piece::Part(Part::Input(name)) => Some(&**name),
            _ => None,
        })
    }

    /// Returns the outputs that it needs first.
    pub(super) fn outputs(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter_map(|part| match part {
            Piece::Output(index) => Some(*index),
            _ => None,
        })
    }

    /// Renumbers outputs after they were reordered.
    pub(super) fn move_outputs(&mut self, moved: &[usize]) {
        for part in &mut self.0 {
            if let Piece::Output(index) = part {
                *index = moved.get(*index).copied().unwrap_or(*index);
            }
        }
    }

    /// Returns the filled-in text; `None` if an input or output that it names is not set.
    pub(crate) fn fill(&self, scope: &mut Scope<'_>) -> Option<String> {
        let mut text = String::with_capacity(64);
        self.append(scope, &mut text).map(|()| text)
    }

    /// Appends the filled-in text. Returns `None` after a part of it if an input or output that it names is not set.
    pub(crate) fn append(&self, scope: &mut Scope<'_>, text: &mut String) -> Option<()> {
        for part in &self.0 {
            let part = match part {
                Piece::Output(index) => {
                    text.push_str((scope.output)(*index)?);
                    continue;
                }
                Piece::Part(part) => part,
            };
            match part {
                // Those of an output are pieces of their own.
                Part::Output(_) => {}
                Part::Text(literal) => text.push_str(literal),
                Part::Partition => text.push_str(&scope.identity.partition),
                Part::Region => text.push_str(scope.region.unwrap_or(&scope.identity.region)),
                Part::Account => text.push_str(&scope.identity.account),
                Part::Input(name) => text.push_str((scope.input)(name)?),
                Part::Now => text.push_str(&scope.now.to_date_time()),
                Part::Base36(count) => word(scope.random, *count, text),
                Part::Digits(count) => digits(scope.random, *count, text),
                Part::Uuid => write!(text, "{}", uuid(scope.random)).ok()?,
            }
        }
        Some(())
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
    fn fills_in_every_placeholder() {
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
    fn refuses_unknown_outputs() {
        let error = Template::parse("{output.Other}", |name| Err(format!("no output {name}"))).unwrap_err();
        assert_eq!(error, "no output Other");
        assert!(Template::parse("{nothing}", |_| Ok(0)).is_err());
    }
}
