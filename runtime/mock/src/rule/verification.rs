//! Whether what was expected has come.

use std::fmt;

use super::{Matcher, Rule, difference};

/// The expectations that were not met, with what came instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Verification {
    /// Never empty.
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
    /// The nearest requests of the operation that it was not for, newest first: number, and how each differs.
    pub instead: Vec<(u64, Vec<String>)>,
}

/// How many other requests are shown.
const SHOWN: usize = 3;
/// How many requests are looked at for that.
const LOOKED_AT: usize = 100;

impl Unmet {
    /// What is unmet of a rule. `others` are the requests of its operation, newest first: number, rule, body.
    pub(crate) fn of<'a>(
        rule: &Rule,
        operation: Option<&'static str>,
        others: impl Iterator<Item = (u64, Option<u64>, &'a [u8])>,
    ) -> Option<Self> {
        let received = rule.used + rule.surplus;
        if rule.times.map_or(received > 0, |times| received == times) {
            return None;
        }
        let mut instead: Vec<(u64, Vec<String>)> = others
            .filter(|(_, answered_by, _)| *answered_by != Some(rule.id))
            .take(LOOKED_AT)
            .map(|(number, _, body)| (number, differences(&rule.matcher, body)))
            .collect();
        instead.sort_by_key(|(_, lines)| lines.len());
        instead.truncate(SHOWN);
        let name = rule.name.clone().unwrap_or_else(|| format!("expectation {}", rule.id));
        Some(Self { name, operation, expected: rule.times, received, instead })
    }
}

fn differences(matcher: &Matcher, body: &[u8]) -> Vec<String> {
    match (matcher, serde_json::from_slice(body)) {
        (_, Err(_)) => vec!["its body is not JSON".to_owned()],
        (Matcher::Members(members), Ok(body)) => difference(members, &body),
        (_, Ok(body)) => vec![body.to_string()],
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
