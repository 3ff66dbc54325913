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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uuid(u128);

impl Uuid {
    /// The 36 characters.
    pub(crate) fn text(self) -> [u8; 36] {
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0.to_be_bytes()) {
            pair.copy_from_slice(&[byte >> 4, byte & 0xf]);
        }
        // All at once, since every request has one: letters are 39 above the digits.
        let digits = digits.map(|value| value + b'0' + u8::from(value > 9) * 39);
        let mut text = [b'-'; 36];
        for (place, from, to) in [(0, 0, 8), (9, 8, 12), (14, 12, 16), (19, 16, 20), (24, 20, 32)] {
            if let (Some(place), Some(group)) = (text.get_mut(place..place + to - from), digits.get(from..to)) {
                place.copy_from_slice(group);
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

/// Returns a text that starts with the name of its member: `CustomerName-1x9f`.
pub(super) fn labelled(name: &str, random: &mut fastrand::Rng) -> String {
    let mut text = format!("{name}-");
    word(random, 4, &mut text);
    text
}

/// Cuts or extends a text to this many characters. It is cut at the start, so that the random end stays.
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
