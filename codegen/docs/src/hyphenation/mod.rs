//! Hyphenation of English words as in groff 1.22: Liang's algorithm over Knuth's patterns, after a list of exceptions.

use std::ops::Range;
use std::sync::LazyLock;

const PATTERNS: &str = include_str!("hyphen.us");
const EXCEPTIONS: &str = include_str!("hyphenex.us");

/// Longer runs of letters are broken in pieces of this many letters (groff's `WORD_MAX`).
const LONGEST_WORD: usize = 256;

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::read(&[PATTERNS, EXCEPTIONS]));

/// The places where a run of letters may be broken: how many letters stand before each hyphen, ascending.
///
/// `letters` are lower-case ASCII letters. Two letters at least stay before a break and three after it (`.hy 4`).
pub fn break_points(letters: &[u8]) -> Vec<usize> {
    let mut points = Vec::new();
    for (piece_number, piece) in letters.chunks(LONGEST_WORD).enumerate() {
        let offset = piece_number * LONGEST_WORD;
        points.extend(TABLES.break_points(piece).into_iter().map(|at| at + offset));
    }
    points
}

struct Tables {
    /// A trie: each node has a child for each letter and for the word boundary.
    nodes: Vec<TrieNode>,
    /// The values of all patterns, one after another.
    values: Vec<u8>,
    /// Words as they are broken, ordered by their letters.
    exceptions: Vec<&'static str>,
}

#[derive(Default, Clone)]
struct TrieNode {
    /// Index of the child for each letter, the word boundary last. 0 means no child: the root is never one.
    children: [u16; 27],
    /// Where the values between the letters of the pattern that ends here are; empty if none does.
    values: Range<u16>,
}

/// Numbers of nodes and values of the patterns, so that the tables are allocated once.
const ROOM: (usize, usize) = (7_200, 23_000);

impl Tables {
    fn read(files: &[&'static str]) -> Self {
        let mut tables =
            Self { nodes: Vec::with_capacity(ROOM.0), values: Vec::with_capacity(ROOM.1), exceptions: Vec::new() };
        tables.nodes.push(TrieNode::default());
        for file in files {
            let mut exceptions = false;
            for line in file.lines() {
                let line = line.split('%').next().unwrap_or_default();
                for word in line.split(|c: char| c.is_ascii_whitespace() || matches!(c, '{' | '}')) {
                    match word {
                        "" => {}
                        "\\patterns" => exceptions = false,
                        "\\hyphenation" => exceptions = true,
                        word if exceptions => tables.exceptions.push(word),
                        word => tables.add_pattern(word),
                    }
                }
            }
        }
        // Stable, and the last of a word's entries holds, as in a file that is read from its beginning.
        tables.exceptions.sort_by(|one, other| letters(one).cmp(letters(other)));
        tables
    }

    fn add_pattern(&mut self, pattern: &str) {
        let mut node = 0;
        let start = self.values.len();
        self.values.push(0);
        for byte in pattern.bytes() {
            if byte.is_ascii_digit() {
                if let Some(last) = self.values.last_mut() {
                    *last = byte - b'0';
                }
                continue;
            }
            self.values.push(0);
            node = self.child_or_new(node, slot(byte));
        }
        let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let values = place(start)..place(self.values.len());
        if let Some(node) = self.nodes.get_mut(node) {
            node.values = values;
        }
    }

    fn child_or_new(&mut self, node: usize, slot: usize) -> usize {
        if let Some(child) = self.child(node, slot) {
            return child;
        }
        let new = self.nodes.len();
        self.nodes.push(TrieNode::default());
        if let Some(entry) = self.nodes.get_mut(node).and_then(|node| node.children.get_mut(slot)) {
            *entry = u16::try_from(new).unwrap_or_default();
        }
        new
    }

    fn exception(&self, word: &[u8]) -> Option<&'static str> {
        let word = || word.iter().copied();
        let after = self.exceptions.partition_point(|exception| letters(exception).cmp(word()).is_le());
        let last = self.exceptions.get(after.checked_sub(1)?)?;
        letters(last).eq(word()).then_some(*last)
    }

    fn child(&self, node: usize, slot: usize) -> Option<usize> {
        let child = *self.nodes.get(node)?.children.get(slot)?;
        (child != 0).then_some(usize::from(child))
    }

    fn break_points(&self, letters: &[u8]) -> Vec<usize> {
        let length = letters.len();
        if length < 2 {
            return Vec::new();
        }
        let allowed = |at: &usize| *at >= 2 && at + 3 <= length;
        if let Some(exception) = self.exception(letters) {
            let before = exception.match_indices('-').enumerate().map(|(hyphens, (at, _))| at - hyphens);
            return before.filter(allowed).collect();
        }
        let mut word = Vec::with_capacity(length + 2);
        word.push(b'.');
        word.extend_from_slice(letters);
        word.push(b'.');
        // The value at k is that of the place before the k-th byte of `word`.
        let mut values = vec![0u8; word.len() + 1];
        for start in 0..word.len() {
            let mut node = 0;
            for byte in word.iter().skip(start) {
                let Some(child) = self.child(node, slot(*byte)) else {
                    break;
                };
                node = child;
                let found = self.nodes.get(node).map_or(0..0, |node| node.values.clone());
                let found = self.values.get(usize::from(found.start)..usize::from(found.end)).unwrap_or_default();
                for (value, found) in values.iter_mut().skip(start).zip(found) {
                    *value = (*value).max(*found);
                }
            }
        }
        (1..length).filter(allowed).filter(|at| values.get(at + 1).is_some_and(|value| value % 2 == 1)).collect()
    }
}

/// The letters of a word with hyphens, in lower case.
fn letters(word: &str) -> impl Iterator<Item = u8> {
    word.bytes().filter(|byte| *byte != b'-').map(|byte| byte.to_ascii_lowercase())
}

fn slot(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => usize::from(byte - b'a'),
        _ => 26,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(word: &str) -> String {
        let points = break_points(word.as_bytes());
        let mut out = String::new();
        for (index, letter) in word.char_indices() {
            if points.contains(&index) {
                out.push('-');
            }
            out.push(letter);
        }
        out
    }

    /// Expected values are groff 1.22.4's.
    #[test]
    fn words_break_as_in_groff() {
        for word in [
            "op-por-tu-nity",
            "cor-re-spond-ing",
            "con-fi-den-tial-ity",
            "en-vi-ron-ments",
            "com-pat-i-bil-ity",
            "present",
            "as-so-ciate",
            "data-base",
            "time-stamp",
            "a",
            "the",
        ] {
            let plain = word.replace('-', "");
            assert_eq!(broken(&plain), word);
        }
    }

    #[test]
    fn very_long_runs_are_broken_in_pieces() {
        let word = "ab".repeat(5_000);
        assert!(break_points(word.as_bytes()).iter().all(|at| *at < word.len()));
    }
}
