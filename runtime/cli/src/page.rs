//! Help pages as programs hold them.

use std::borrow::Cow;
use std::io::Read as _;

use flate2::read::DeflateDecoder;

/// A help page.
#[derive(Clone, Copy, Debug)]
pub enum Page {
    /// Its text.
    Text(&'static str),
    /// Its text, compressed, as [`page!`](crate::page) embeds it.
    Deflated(&'static [u8]),
}

impl Page {
    /// Returns the text.
    pub fn text(self) -> Cow<'static, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Deflated(bytes) => {
                let mut text = Vec::new();
                // What the program was built with can be read.
                let _ = DeflateDecoder::new(bytes).read_to_end(&mut text);
                Cow::Owned(String::from_utf8_lossy(&text).into_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::*;

    #[test]
    fn compressed_pages_are_read() {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all("NAME\n       größe\n".as_bytes()).unwrap();
        let page = Page::Deflated(encoder.finish().unwrap().leak());
        assert_eq!(page.text(), "NAME\n       größe\n");
        assert_eq!(Page::Text("NAME").text(), "NAME");
    }
}
