//! Many short texts in the room of one.

/// A fixed list of texts, some of which may be missing, in two allocations: there are ten thousand of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Texts {
    all: Box<str>,
    /// Where each text ends, and the next begins; [`MISSING`] for one that there is none of.
    ends: Box<[u32]>,
}

const MISSING: u32 = u32::MAX;

impl Texts {
    /// The text at an index.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let end = self.ends.get(index).copied().filter(|end| *end != MISSING)?;
        let before = self.ends.get(..index)?.iter().rev().find(|end| **end != MISSING);
        self.all.get(before.copied().unwrap_or(0) as usize..end as usize)
    }
}

impl<T: AsRef<str>> FromIterator<Option<T>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(texts: I) -> Self {
        let mut all = String::new();
        let mut end = |text: Option<T>| {
            text.and_then(|text| {
                let end = u32::try_from(all.len() + text.as_ref().len()).ok().filter(|end| *end != MISSING)?;
                all.push_str(text.as_ref());
                Some(end)
            })
            .unwrap_or(MISSING)
        };
        let ends = texts.into_iter().map(&mut end).collect();
        Self { all: all.into(), ends }
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn gives_back_what_it_was_made_of() {
        let texts: Texts = [None, Some("ab"), Some(""), None, Some("é")].into_iter().collect();
        let back: Vec<_> = (0..6).map(|index| texts.get(index)).collect();
        assert_eq!(back, [None, Some("ab"), Some(""), None, Some("é"), None]);
    }
}
