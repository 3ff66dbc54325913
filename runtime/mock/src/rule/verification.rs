//! Verification: whether expectations were met.

use std::fmt;

use whitesmith_schema::ValueMap;

use super::{Matcher, Rule, difference};
use crate::json::members_to_json;

/// The expectations that were not met, with what came instead.
///
/// Its `Debug` is its `Display`, so that a test that ends with `verify()?` prints the text.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub struct Verification {
    /// The unmet expectations, of which there is at least one.
    pub unmet: Vec<Unmet>,
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The expectation's name, or its number.
    pub name: String,
    /// The operation; `None` for an expectation of any.
    pub operation: Option<&'static str>,
    /// How many requests were expected: this many, or at least one.
    pub expected: Option<u64>,
    /// How many came.
    pub received: u64,
    /// The nearest requests of the operation that it did not answer, newest first: number, and how each differs.
    pub instead: Vec<(u64, Vec<String>)>,
}

/// A request that a rule did not answer, as the journal has it.
pub(crate) struct Other<'a> {
    pub(crate) number: u64,
    /// The rule that answered it.
    pub(crate) expectation: Option<u64>,
    /// Why it was refused.
    pub(crate) problem: Option<&'a str>,
    /// Its input, unless it could not be read or was cut.
    pub(crate) input: Option<ValueMap>,
}

/// How many other requests are shown.
const SHOWN: usize = 3;
/// How many requests are searched for the nearest ones.
const SEARCHED: usize = 100;

impl Unmet {
    /// Describes in which way a rule is unmet; `None` if it is met. `others` are the requests of its operation since the rule
    /// was made, newest first.
    pub(crate) fn of<'a>(
        rule: &Rule,
        operation: Option<&'static str>,
        others: impl Iterator<Item = Other<'a>>,
    ) -> Option<Self> {
        let received = rule.used + rule.surplus;
        if rule.times.map_or(received > 0, |times| received == times) {
            return None;
        }
        let mut instead: Vec<(u64, Vec<String>)> = others
            .filter(|other| other.expectation != Some(rule.id))
            .take(SEARCHED)
            .map(|other| (other.number, differences(&rule.matcher, &other)))
            .collect();
        instead.sort_by_key(|(_, lines)| lines.len());
        instead.truncate(SHOWN);
        let name = rule.name.clone().unwrap_or_else(|| format!("expectation {}", rule.id));
        Some(Self { name, operation, expected: rule.times, received, instead })
    }
}

fn differences(matcher: &Matcher, other: &Other<'_>) -> Vec<String> {
    let answered = || other.expectation.map(|other| format!("it was answered by expectation {other}"));
    match (matcher, &other.input) {
        _ if other.problem.is_some() => vec![format!("it was refused: {}", other.problem.unwrap_or_default())],
        (_, None) => vec!["its input is not in the journal".to_owned()],
        (Matcher::All, Some(_)) => answered().into_iter().collect(),
        (Matcher::Members(members), Some(input)) => match difference(members, input) {
            lines if lines.is_empty() => answered().into_iter().collect(),
            lines => lines,
        },
        (Matcher::Function(_), Some(input)) => vec![members_to_json(input).to_string()],
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        if let Some(operation) = self.operation {
            write!(f, ", {operation}")?;
        }
        match self.expected {
            Some(1) => write!(f, ": expected 1 request, received {}", self.received)?,
            Some(expected) => write!(f, ": expected {expected} requests, received {}", self.received)?,
            None => f.write_str(": expected a request, received none")?,
        }
        for (number, lines) in &self.instead {
            if lines.is_empty() {
                write!(f, "\n  request {number} is one too many")?;
                continue;
            }
            write!(f, "\n  request {number} came instead:")?;
            for line in lines {
                write!(f, "\n    {line}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, unmet) in self.unmet.iter().enumerate() {
            write!(f, "{}{unmet}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl fmt::Debug for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
