//! Sample texts that follow no pattern.

const LETTERS_AND_DIGITS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// A random text of small letters and digits.
pub(crate) fn word(random: &mut fastrand::Rng, length: usize) -> String {
    (0..length).filter_map(|_| random.choice(LETTERS_AND_DIGITS)).map(|byte| char::from(*byte)).collect()
}

/// A text that names what it is for: `CustomerName-1x9f`.
pub(super) fn labelled(name: &str, random: &mut fastrand::Rng) -> String {
    format!("{name}-{}", word(random, 4))
}

/// The text, cut or filled up to so many characters. What is cut is the start, so that the random end stays.
pub(super) fn fit(text: String, length: usize, random: &mut fastrand::Rng) -> String {
    let present = text.chars().count();
    if present > length {
        return text.chars().skip(present - length).collect();
    }
    text + &word(random, length - present)
}
