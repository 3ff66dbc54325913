//! Places in descriptions, and errors that say where and what was probably meant.

use std::fmt;

/// A description that is invalid or does not match the service.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DescriptionError {
    /// A name that is not known.
    #[error("{}unknown {what} `{name}`{}", Place(at), Hint(nearest.as_deref()))]
    Unknown {
        /// The place in the description.
        at: String,
        /// The kind of name.
        what: String,
        /// The name.
        name: String,
        /// The nearest known name.
        nearest: Option<String>,
    },
    /// A value that is invalid.
    #[error("{}{reason}", Place(at))]
    Invalid {
        /// The place in the description.
        at: String,
        /// What is wrong.
        reason: String,
    },
    /// There are too many expectations or faults, or they take too much memory.
    #[error("too many expectations or faults")]
    TooMany,
}

struct Place<'a>(&'a str);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "{}: ", self.0) }
    }
}

struct Hint<'a>(Option<&'a str>);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

/// A place in a description.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    above: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Top,
    Member(&'a str),
    Index(usize),
}

impl At<'static> {
    /// The whole description.
    pub(crate) const TOP: Self = Self { above: None, step: Step::Top };
}

impl At<'_> {
    /// A member of the object at this place.
    pub(crate) fn member<'a>(&'a self, name: &'a str) -> At<'a> {
        At { above: Some(self), step: Step::Member(name) }
    }

    /// An element of the list at this place.
    pub(crate) fn index(&self, index: usize) -> At<'_> {
        At { above: Some(self), step: Step::Index(index) }
    }

    /// Reports an unknown name, with the nearest known one.
    pub(crate) fn unknown<'n>(
        &self,
        what: impl Into<String>,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> DescriptionError {
        let nearest = nearest(name, known).map(str::to_owned);
        DescriptionError::Unknown { at: self.to_string(), what: what.into(), name: name.to_owned(), nearest }
    }

    /// Reports an invalid value.
    pub(crate) fn invalid(&self, reason: impl Into<String>) -> DescriptionError {
        DescriptionError::Invalid { at: self.to_string(), reason: reason.into() }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let top = self.above.is_none_or(|above| matches!(above.step, Step::Top));
        if let Some(above) = self.above {
            above.fmt(f)?;
        }
        match self.step {
            Step::Top => Ok(()),
            Step::Member(name) if top => f.write_str(name),
            Step::Member(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// Finds the known name that was probably meant: at most a third of its characters differ.
fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    // Longer ones are not typing errors, and comparing takes the product of the lengths.
    let lower = name.chars().take(LONGEST_NAME + 1).collect::<String>().to_lowercase();
    if lower.len() > LONGEST_NAME {
        return None;
    }
    let distance = |known: &str| strsim::damerau_levenshtein(&lower, &known.to_lowercase());
    let (distance, nearest) = known.map(|known| (distance(known), known)).min()?;
    (distance * 3 <= nearest.len().max(name.len())).then_some(nearest)
}

const LONGEST_NAME: usize = 200;
