//! Places in values.

use std::fmt;

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// A member of a structure or union.
    Member(&'static str),
    /// An element of a list.
    Index(usize),
    /// The value at a key of a map.
    Key(String),
}

/// The steps from the top of a message to a part of it, displayed as `Members.List[0].Map[key]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(pub Vec<Segment>);

impl Path {
    /// Returns the path as a JSON pointer (RFC 6901), `/Members/List/0`; empty for the top.
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        for segment in &self.0 {
            pointer.push('/');
            match segment {
                Segment::Member(name) => pointer.push_str(name),
                Segment::Index(index) => pointer.push_str(&index.to_string()),
                Segment::Key(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
            }
        }
        pointer
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Member(name) if at == 0 => f.write_str(name)?,
                Segment::Member(name) => write!(f, ".{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => write!(f, "[{key}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_members_elements_and_keys() {
        let path =
            Path(vec![Segment::Member("Tags"), Segment::Index(0), Segment::Member("By"), Segment::Key("a/~".into())]);
        assert_eq!(path.to_string(), "Tags[0].By[a/~]");
        assert_eq!(path.pointer(), "/Tags/0/By/a~1~0");
        assert_eq!(Path::default().pointer(), "");
    }
}
