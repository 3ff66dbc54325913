//! Help pages as programs hold them.

use std::io::{BufRead, BufReader, Read as _};

use flate2::read::DeflateDecoder;

/// The page of a service.
pub const SERVICE: &str = "README";

/// The page of a service's waiters.
pub const WAITERS: &str = "wait/README";

/// The help pages of a command line. Those of commands have their names, those of waiters theirs below `wait/`; `README` and
/// `wait/README` are about the service and its waiters.
#[derive(Clone, Copy, Debug)]
pub enum Pages {
    /// Names and texts.
    Texts(&'static [(&'static str, &'static str)]),
    /// Pages that were compressed together, sorted by their names, with the first name of each part. It is what
    /// [`pages!`](crate::pages!) embeds.
    Deflated(&'static [(&'static str, &'static [u8])]),
}

impl Pages {
    /// Returns the page of a name; empty if there is none.
    pub fn text(self, name: &str) -> String {
        let text = match self {
            Self::Texts(texts) => texts.iter().find(|(own, _)| *own == name).map(|(_, text)| (*text).to_owned()),
            Self::Deflated(blocks) => {
                let after = blocks.partition_point(|(first, _)| *first <= name);
                blocks.get(..after).and_then(<[_]>::last).and_then(|(_, block)| find(block, name))
            }
        };
        text.unwrap_or_default()
    }
}

/// Returns a page of a block: each follows a line with its name and the number of its bytes.
fn find(block: &[u8], name: &str) -> Option<String> {
    let mut block = BufReader::new(DeflateDecoder::new(block));
    loop {
        let mut heading = String::new();
        block.read_line(&mut heading).ok()?;
        let (own, bytes) = heading.trim_end().rsplit_once(' ')?;
        let mut page = Vec::new();
        block.by_ref().take(bytes.parse().ok()?).read_to_end(&mut page).ok()?;
        if own == name {
            return Some(String::from_utf8_lossy(&page).into_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::*;

    fn deflated(text: &str) -> &'static [u8] {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap().leak()
    }

    #[test]
    fn pages_are_found_in_their_blocks() {
        let blocks =
            [("README", deflated("README 8\nA größget-b 5\nB\nC 1")), ("list", deflated("list 2\nD\nwait/on 1\nE"))];
        let pages = Pages::Deflated(blocks.to_vec().leak());
        for (name, text) in [
            ("README", "A größ"),
            ("get-b", "B\nC 1"),
            ("list", "D\n"),
            ("wait/on", "E"),
            ("A", ""),
            ("get", ""),
            ("x", ""),
        ] {
            assert_eq!(pages.text(name), text, "{name}");
        }
        assert_eq!(Pages::Texts(&[("a", "A")]).text("a"), "A");
        assert_eq!(Pages::Texts(&[]).text("a"), "");
    }
}
