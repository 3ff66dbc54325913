//! Search for the end of a run of plain string bytes, sixteen at a time, then eight, then one.
#![allow(clippy::arithmetic_side_effects, reason = "positions in a slice, which has at most `isize::MAX` bytes")]

const fn is_special(byte: u8) -> bool {
    // Without branches, so that a comparison of sixteen bytes becomes one of vectors.
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

/// [`is_special`] of every byte.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        special[byte] = is_special(byte as u8);
        byte += 1;
    }
    special
};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// High bit set in the first byte of `chunk` that is special, and perhaps in bytes after it; 0 if no byte is.
///
/// A subtraction borrows into the high bit of a byte that is smaller than what is taken from it. Bytes that had the bit before
/// are not special.
const fn special_bytes(chunk: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(chunk);
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let control = word.wrapping_sub(ONES * 0x20);
    (quote | backslash | control) & !word & HIGHS
}

/// Returns the position, from `start` on, of the first quotation mark, backslash or control character, or the end.
pub(super) fn plain_run_end(bytes: &[u8], start: usize) -> usize {
    let mut rest = bytes.get(start..).unwrap_or_default();
    while let Some((chunk, after)) = rest.split_first_chunk::<16>()
        && !chunk.iter().fold(false, |found, byte| found | is_special(*byte))
    {
        rest = after;
    }
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        let found = special_bytes(*chunk);
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let special = |byte: &u8| SPECIAL.get(usize::from(*byte)).copied().unwrap_or_default();
    bytes.len() - rest.len() + rest.iter().position(special).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::plain_run_end;

    #[test]
    fn finds_what_a_byte_by_byte_search_finds() {
        for special in [b'"', b'\\', 0, 0x1f, b'\n'] {
            for position in 0..20 {
                for filler in [b' ', b'a', 0x7f, 0x80, 0xff, b'!', b'#'] {
                    let mut bytes = [filler; 24];
                    bytes[position] = special;
                    bytes[23] = b'"';
                    for start in 0..=position {
                        assert_eq!(plain_run_end(&bytes, start), position, "{special} at {position} from {start}");
                    }
                }
            }
        }
        assert_eq!(plain_run_end(b"abcdefghij", 3), 10);
        assert_eq!(plain_run_end(b"abc", 7), 3);
    }
}
