//! Many short texts in one allocation.

/// A fixed list of texts, some of which may be missing, in one allocation: the mock holds ten thousand such lists.
///
/// First comes how many texts there are, then where each ends and the next begins, then the texts. The numbers are
/// written in bytes of ASCII, so that all of it is a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Texts(Box<str>);

/// Bytes of a number.
const NUMBER: usize = 4;
/// The bits of a number that one byte of ASCII holds.
const BITS: u32 = 7;
/// Set in the end of a text that is missing.
const MISSING: u32 = 1 << 27;

fn encode(number: u32) -> [u8; NUMBER] {
    [0, 1, 2, 3].map(|place| (number >> (place * BITS)).to_le_bytes()[0] & 0x7f)
}

fn decode(text: &str, at: usize) -> Option<u32> {
    let [a, b, c, d] = text.as_bytes().get(at..)?.first_chunk::<NUMBER>()?.map(u32::from);
    Some(a | b << BITS | c << (2 * BITS) | d << (3 * BITS))
}

/// Returns the range of a text from the end of the one before it and its own end.
fn range(before: Option<u32>, end: u32) -> Option<std::ops::Range<usize>> {
    let start = before.unwrap_or(0) & !MISSING;
    (end & MISSING == 0).then_some(start as usize..end as usize)
}

impl Texts {
    /// Returns its size in bytes.
    pub(crate) fn size(&self) -> usize {
        self.0.len()
    }

    /// The text at an index.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let all = &*self.0;
        let count = decode(all, 0)? as usize;
        if index >= count {
            return None;
        }
        let range =
            range(if index == 0 { None } else { decode(all, index * NUMBER) }, decode(all, (index + 1) * NUMBER)?)?;
        let head = (1 + count) * NUMBER;
        all.get(head + range.start..head + range.end)
    }
}

/// Texts that are being listed.
#[derive(Debug)]
pub(crate) struct TextsBuilder {
    all: String,
    ends: Vec<u32>,
}

impl TextsBuilder {
    /// Room for usual texts, so that they are allocated once.
    const CAPACITY: usize = 384;

    /// Creates a list with room for this many texts.
    pub(crate) fn new(count: usize) -> Self {
        Self { all: String::with_capacity(Self::CAPACITY), ends: Vec::with_capacity(count) }
    }

    /// Lists the next text.
    pub(crate) fn push(&mut self, text: Option<&str>) {
        let end = |length: usize| u32::try_from(length).ok().filter(|end| *end < MISSING);
        let listed = text.and_then(|text| Some((text, end(self.all.len() + text.len())?)));
        self.ends.push(match listed {
            Some((text, end)) => {
                self.all.push_str(text);
                end
            }
            None => end(self.all.len()).unwrap_or(0) | MISSING,
        });
    }

    /// Returns the text at an index, if it is in the list already.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let before = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.all.get(range(before, *self.ends.get(index)?)?)
    }

    /// The list.
    pub(crate) fn finish(self) -> Texts {
        let count = u32::try_from(self.ends.len()).unwrap_or(0);
        let mut all = Vec::with_capacity((1 + self.ends.len()) * NUMBER + self.all.len());
        for number in std::iter::once(count).chain(self.ends) {
            all.extend_from_slice(&encode(number));
        }
        all.extend_from_slice(self.all.as_bytes());
        // All of it is text: numbers are ASCII.
        Texts(String::from_utf8(all).unwrap_or_default().into())
    }
}

#[cfg(test)]
mod tests {
    use super::TextsBuilder;

    #[test]
    fn gives_back_what_it_was_made_of() {
        let long = "é".repeat(9000);
        let listed = [None, Some("ab"), Some(""), Some(&*long), None, Some("é")];
        let mut builder = TextsBuilder::new(6);
        for (index, text) in listed.into_iter().enumerate() {
            builder.push(text);
            assert_eq!((builder.get(index), builder.get(index + 1)), (text, None));
        }
        let texts = builder.finish();
        let back: Vec<_> = (0..7).map(|index| texts.get(index)).collect();
        assert_eq!(back, [None, Some("ab"), Some(""), Some(&*long), None, Some("é"), None]);
    }
}
