//! Random texts that follow no pattern.

const SMALL: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// Appends random small letters and digits.
pub(crate) fn word(random: &mut fastrand::Rng, length: usize, out: &mut String) {
    out.extend((0..length).filter_map(|_| random.choice(SMALL)).map(|byte| char::from(*byte)));
}

/// Appends random digits, the first of them not zero.
pub(crate) fn digits(random: &mut fastrand::Rng, length: usize, out: &mut String) {
    out.extend((0..length).map(|at| char::from(b'0' + random.u8(u8::from(at == 0)..10))));
}

/// A random UUID, version 4 of RFC 9562.
pub(crate) fn uuid(random: &mut fastrand::Rng) -> Uuid {
    let bits = random.u128(..);
    Uuid(bits & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62)
}

/// A UUID, shown in its usual form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Uuid(u128);

impl Uuid {
    /// The 36 characters.
    pub(crate) fn text(self) -> [u8; 36] {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut text = [b'-'; 36];
        let mut shift = 128_u32;
        for (at, character) in text.iter_mut().enumerate() {
            if !matches!(at, 8 | 13 | 18 | 23) {
                shift -= 4;
                *character = HEX.get((self.0 >> shift) as usize & 0xf).copied().unwrap_or(b'0');
            }
        }
        text
    }
}

impl std::fmt::Display for Uuid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.text()))
    }
}

/// A text that names what it is for: `CustomerName-1x9f`.
pub(super) fn labelled(name: &str, random: &mut fastrand::Rng) -> String {
    let mut text = format!("{name}-");
    word(random, 4, &mut text);
    text
}

/// The text, cut or filled up to so many characters. What is cut is the start, so that the random end stays.
pub(super) fn fit(mut text: String, length: usize, random: &mut fastrand::Rng) -> String {
    let present = text.chars().count();
    if present > length {
        return text.chars().skip(present - length).collect();
    }
    word(random, length - present, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_of_version_four() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..100 {
            let text = uuid(&mut random).to_string();
            let parts: Vec<&str> = text.split('-').collect();
            assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
            assert!(parts[2].starts_with('4') && "89ab".contains(&parts[3][..1]), "{text}");
        }
    }
}
