//! Many short texts in the room of one.

/// A fixed list of texts, some of which may be missing, in one allocation: there are ten thousand of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Texts(Box<[u8]>);

/// Texts that are being listed.
#[derive(Debug)]
pub(crate) struct TextsBuilder {
    bytes: Vec<u8>,
    listed: usize,
}

/// First how many texts there are, then where each ends and the next begins, then the texts.
const COUNT: usize = size_of::<u32>();
const END: usize = size_of::<u32>();
/// Set in the end of a text that is missing.
const MISSING: u32 = 1 << 31;
/// Room for usual texts, so that they are allocated once.
const CAPACITY: usize = 384;

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

fn find(bytes: &[u8], index: usize) -> Option<&str> {
    let count = number(bytes, 0)? as usize;
    if index >= count {
        return None;
    }
    let end = number(bytes, COUNT + index * END).filter(|end| end & MISSING == 0)?;
    let start = match index.checked_sub(1) {
        Some(before) => number(bytes, COUNT + before * END)? & !MISSING,
        None => 0,
    };
    let texts = bytes.get(COUNT + count * END..)?;
    std::str::from_utf8(texts.get(start as usize..end as usize)?).ok()
}

impl Texts {
    /// The text at an index.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        find(&self.0, index)
    }
}

impl TextsBuilder {
    /// Room for so many texts; those that are not listed are missing.
    pub(crate) fn new(count: usize) -> Self {
        let head = COUNT + count * END;
        let mut bytes = Vec::with_capacity(head + CAPACITY);
        bytes.extend_from_slice(&u32::try_from(count).unwrap_or(0).to_le_bytes());
        bytes.resize(head, 0);
        Self { bytes, listed: 0 }
    }

    /// Lists the next text.
    pub(crate) fn push(&mut self, text: Option<&str>) {
        let head = COUNT + number(&self.bytes, 0).unwrap_or(0) as usize * END;
        let before = self.bytes.len() - head;
        let end = |length: usize| u32::try_from(before + length).ok().filter(|end| end & MISSING == 0);
        let (text, end) = match text.and_then(|text| Some((text, end(text.len())?))) {
            Some((text, end)) => (text, end),
            None => ("", end(0).unwrap_or(0) | MISSING),
        };
        let place = COUNT + self.listed * END;
        if let Some(place) = self.bytes.get_mut(place..place + END).filter(|_| place < head) {
            place.copy_from_slice(&end.to_le_bytes());
            self.bytes.extend_from_slice(text.as_bytes());
            self.listed += 1;
        }
    }

    /// The text at an index, of those that are listed by now.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        if index < self.listed { find(&self.bytes, index) } else { None }
    }

    /// The list.
    pub(crate) fn finish(mut self) -> Texts {
        let head = COUNT + number(&self.bytes, 0).unwrap_or(0) as usize * END;
        while COUNT + self.listed * END < head {
            self.push(None);
        }
        Texts(self.bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::TextsBuilder;

    #[test]
    fn gives_back_what_it_was_made_of() {
        let listed = [None, Some("ab"), Some(""), None, Some("é")];
        let mut builder = TextsBuilder::new(6);
        for (index, text) in listed.into_iter().enumerate() {
            builder.push(text);
            assert_eq!((builder.get(index), builder.get(index + 1)), (text, None));
        }
        let texts = builder.finish();
        let back: Vec<_> = (0..7).map(|index| texts.get(index)).collect();
        assert_eq!(back, [None, Some("ab"), Some(""), None, Some("é"), None, None]);
    }

    #[test]
    fn takes_no_more_than_there_is_room_for() {
        let mut builder = TextsBuilder::new(1);
        builder.push(Some("a"));
        builder.push(Some("b"));
        assert_eq!((builder.get(0), builder.get(1)), (Some("a"), None));
        assert_eq!(builder.finish().get(0), Some("a"));
    }
}
