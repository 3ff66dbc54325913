//! The URI pattern of `http`, and the host prefix of `endpoint` (Smithy 2.0, "http trait", "endpoint trait").

use foldhash::{HashMap, HashSet};

use crate::model::is_identifier;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Literal(String),
    Label(String),
    /// A label that takes the rest of the path, slashes included.
    Greedy(String),
}

impl Segment {
    /// The name of a label.
    pub(super) fn label(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Label(name) | Self::Greedy(name) => Some(name),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        let Some(inside) = inside else {
            return match text {
                "" => Err("a segment is empty".to_owned()),
                text if text.contains(['{', '}']) => Err(format!("the segment `{text}` has a brace in it")),
                text => Ok(Self::Literal(text.to_owned())),
            };
        };
        let (name, greedy) = match inside.strip_suffix('+') {
            Some(name) => (name, true),
            None => (inside, false),
        };
        if !is_identifier(name) {
            return Err(format!("`{name}` cannot be the name of a label"));
        }
        Ok(if greedy { Self::Greedy(name.to_owned()) } else { Self::Label(name.to_owned()) })
    }
}

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UriPattern {
    pub(super) segments: Vec<Segment>,
    /// The literals of the query string, in order.
    pub(super) query: Vec<(String, String)>,
}

impl UriPattern {
    pub(super) fn parse(uri: &str) -> Result<Self, String> {
        if uri.ends_with('?') || !uri.starts_with('/') || uri.contains('#') {
            return Err(format!("a URI pattern starts with `/`, and has no fragment and no empty query: {uri}"));
        }
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let path = path.strip_prefix('/').unwrap_or(path).trim_end_matches('/');
        let segments = match path {
            "" => Vec::new(),
            path => path.split('/').map(Segment::parse).collect::<Result<_, _>>()?,
        };
        if query.contains(['{', '}']) {
            return Err(format!("labels cannot stand in the query string: {uri}"));
        }
        let mut literals: Vec<(String, String)> = Vec::new();
        for pair in query.split('&').filter(|_| !query.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            if literals.iter().any(|(known, _)| known == key) {
                return Err(format!("the query parameter `{key}` is there twice: {uri}"));
            }
            literals.push((key.to_owned(), value.to_owned()));
        }
        Self { segments, query: literals }.without_duplicates(uri)
    }

    /// Parses a host prefix: literals and labels without separators between them.
    pub(super) fn parse_host(prefix: &str) -> Result<Self, String> {
        let mut segments = Vec::new();
        let mut rest = prefix;
        while !rest.is_empty() {
            let end = if rest.starts_with('{') {
                rest.find('}').map_or(rest.len(), |at| at + 1)
            } else {
                rest.find('{').unwrap_or(rest.len())
            };
            let (segment, after) = rest.split_at(end);
            segments.push(Segment::parse(segment)?);
            rest = after;
        }
        if segments.iter().any(|segment| matches!(segment, Segment::Greedy(_))) {
            return Err(format!("a host prefix cannot have a greedy label: {prefix}"));
        }
        Self { segments, query: Vec::new() }.without_duplicates(prefix)
    }

    fn without_duplicates(self, text: &str) -> Result<Self, String> {
        let mut seen = HashSet::default();
        let repeated = self.labels().map(str::to_lowercase).find(|label| !seen.insert(label.clone()));
        match repeated {
            Some(label) => Err(format!("the label `{label}` is there twice: {text}")),
            None => Ok(self),
        }
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(Segment::label)
    }

    /// The segments of labels by their names in lower case: case does not matter.
    pub(super) fn by_label(&self) -> HashMap<String, &Segment> {
        let entry = |segment| Some((Segment::label(segment)?.to_ascii_lowercase(), segment));
        self.segments.iter().filter_map(entry).collect()
    }

    /// Whether both match the same requests by their form alone.
    pub(super) fn conflicts_with(&self, other: &Self) -> bool {
        let sorted = |query: &[(String, String)]| {
            let mut query = query.to_vec();
            query.sort_unstable();
            query
        };
        self.segments.len() == other.segments.len()
            && self.segments.iter().zip(&other.segments).all(|pair| match pair {
                (Segment::Literal(a), Segment::Literal(b)) => a == b,
                (Segment::Label(_), Segment::Label(_)) | (Segment::Greedy(_), Segment::Greedy(_)) => true,
                _ => false,
            })
            && sorted(&self.query) == sorted(&other.query)
    }
}
