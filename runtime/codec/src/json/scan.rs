//! Search for the end of a run of plain string bytes, eight at a time.
#![allow(clippy::arithmetic_side_effects, reason = "positions in a slice, which has at most `isize::MAX` bytes")]

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// High bit set in each byte of `word` that is zero (and perhaps in bytes above the first such).
const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

const fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// Returns the position, from `start` on, of the first quotation mark, backslash or control character, or the end.
pub(super) fn plain_run_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let quote = zero_bytes(word ^ (ONES * b'"' as u64));
        let backslash = zero_bytes(word ^ (ONES * b'\\' as u64));
        // Bytes below 0x20: subtracting borrows into the high bit, unless the byte had it already.
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        let found = quote | backslash | control;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len())
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
        assert_eq!(plain_run_end(b"abc", 7), 7);
    }
}
