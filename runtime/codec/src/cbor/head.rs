//! Heads of data items: a major type and an argument (RFC 8949, section 3).

pub(super) const UNSIGNED: u8 = 0;
pub(super) const NEGATIVE: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const ARRAY: u8 = 4;
pub(super) const MAP: u8 = 5;
pub(super) const TAG: u8 = 6;
pub(super) const SIMPLE: u8 = 7;

pub(super) const FALSE: u8 = 0xf4;
pub(super) const TRUE: u8 = 0xf5;
pub(super) const NULL: u8 = 0xf6;
pub(super) const UNDEFINED: u8 = 0xf7;
pub(super) const HALF: u8 = 0xf9;
pub(super) const SINGLE: u8 = 0xfa;
pub(super) const DOUBLE: u8 = 0xfb;
pub(super) const BREAK: u8 = 0xff;
/// A map of indefinite length.
pub(super) const OPEN_MAP: u8 = 0xbf;

/// The tag of a number of seconds since 1970.
pub(super) const EPOCH_TAG: u64 = 1;
/// The tags of unsigned and of negative integers of any size.
pub(super) const BIG_TAGS: [u64; 2] = [2, 3];
/// The tag of a decimal fraction: an exponent of ten and a mantissa.
pub(super) const DECIMAL_TAG: u64 = 4;

/// A head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) major: u8,
    /// The argument; `None` for an item of indefinite length.
    pub(super) argument: Option<u64>,
    /// The length of the head in bytes.
    pub(super) len: usize,
}

/// Reads the head at the start of `bytes`; `None` if it is incomplete or invalid.
pub(super) fn read(bytes: &[u8]) -> Option<Head> {
    let (&first, rest) = bytes.split_first()?;
    let (argument, len) = match first & 0x1f {
        small @ 0..24 => (Some(u64::from(small)), 1),
        24 => (Some(u64::from(*rest.first()?)), 2),
        25 => (Some(u64::from(u16::from_be_bytes(*rest.first_chunk()?))), 3),
        26 => (Some(u64::from(u32::from_be_bytes(*rest.first_chunk()?))), 5),
        27 => (Some(u64::from_be_bytes(*rest.first_chunk()?)), 9),
        31 => (None, 1),
        _ => return None,
    };
    Some(Head { major: first >> 5, argument, len })
}

/// Writes a head in its shortest form.
#[allow(clippy::cast_possible_truncation, reason = "each arm's range fits")]
pub(super) fn write(out: &mut Vec<u8>, major: u8, argument: u64) {
    let major = major << 5;
    match argument {
        0..24 => out.push(major | argument as u8),
        24..0x100 => out.extend_from_slice(&[major | 24, argument as u8]),
        0x100..0x1_0000 => {
            out.push(major | 25);
            out.extend_from_slice(&(argument as u16).to_be_bytes());
        }
        0x1_0000..0x1_0000_0000 => {
            out.push(major | 26);
            out.extend_from_slice(&(argument as u32).to_be_bytes());
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&argument.to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_as_short_as_can_be_and_read_back() {
        for (argument, len) in
            [(0, 1), (23, 1), (24, 2), (255, 2), (256, 3), (65_535, 3), (65_536, 5), (u64::from(u32::MAX) + 1, 9)]
        {
            let mut bytes = Vec::new();
            write(&mut bytes, MAP, argument);
            assert_eq!(bytes.len(), len);
            assert_eq!(read(&bytes), Some(Head { major: MAP, argument: Some(argument), len }));
            assert_eq!(read(&bytes[..len - 1]), None);
        }
        assert_eq!(read(&[0x1c]), None);
    }
}
