//! What somebody may have meant.

/// How many names are suggested.
const MOST: usize = 3;

/// The names that are most like one that does not exist, the nearest first; ties in alphabetical order. Names that differ
/// in more than a third of their letters are not suggested.
pub fn nearest_names<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = wanted.to_lowercase();
    let length = wanted.chars().count();
    let limit = (length / 3).max(1);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        // The difference in length is the least distance, and quicker to find.
        .filter(|name| name.chars().count().abs_diff(length) <= limit)
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(MOST).map(|(_, name)| name).collect()
}
