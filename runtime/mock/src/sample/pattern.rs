//! Texts that match a pattern: made from its syntax tree towards a wanted length, then checked.

use std::collections::HashMap;
use std::sync::Arc;

use regex_syntax::hir::{Class, Hir, HirKind};
use whitesmith_schema::Length;
use whitesmith_validation::{Pattern, to_rust};

/// The longest list, map or string that is made, whatever the model asks for.
pub(super) const LONGEST: u64 = 100_000;
/// The number of attempts before a pattern counts as unmatchable.
const TRIES: u64 = 200;
/// How much longer than its shortest form a text may get by itself.
const NATURAL_EXTRA: u64 = 10;
/// Characters to take where the pattern allows them, the plainest first.
const PREFERRED: &[&str] =
    &["abcdefghijklmnopqrstuvwxyz0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "-_./:=+@ ", "!#$%&'()*,;<>?[]^`{|}~\"\\"];

/// Generators by pattern, created on first use.
#[derive(Clone, Debug, Default)]
pub(super) struct Generators(HashMap<&'static str, Arc<Generator>>);

impl Generators {
    /// A text that matches, of a length within the bounds; `None` where none was found.
    pub(super) fn generate(
        &mut self,
        pattern: &'static str,
        length: Option<Length>,
        random: &mut fastrand::Rng,
    ) -> Option<String> {
        let generator = self.0.entry(pattern).or_insert_with(|| Arc::new(Generator::new(pattern)));
        generator.generate(Pattern::cached(pattern), length, random)
    }
}

/// The syntax trees that texts are made from: the pattern without its look-around, and what it looks ahead to.
#[derive(Debug)]
struct Generator {
    trees: Vec<Hir>,
    /// Lengths that the pattern itself demands, in a look-ahead such as `(?=.{1,255}$)`.
    bounds: (u64, u64),
}

impl Generator {
    fn new(pattern: &str) -> Self {
        let (plain, ahead) = without_look_around(&to_rust(pattern));
        let trees: Vec<Hir> =
            std::iter::once(&plain).chain(&ahead).filter_map(|text| regex_syntax::parse(text).ok()).collect();
        let mut bounds = (0, LONGEST);
        for tree in ahead.iter().filter(|text| text.starts_with(".{")).filter_map(|text| regex_syntax::parse(text).ok())
        {
            let (min, max) = lengths(&tree);
            bounds = (bounds.0.max(min), bounds.1.min(max));
        }
        Self { trees, bounds }
    }

    fn generate(&self, pattern: &Pattern, length: Option<Length>, random: &mut fastrand::Rng) -> Option<String> {
        let (min, max) = length.map_or((0, LONGEST), |length| (length.min.unwrap_or(0), length.max.unwrap_or(LONGEST)));
        let (min, max) = (min.max(self.bounds.0), max.min(self.bounds.1));
        let trees = self.trees.len() as u64;
        let tries = if trees == 0 { 0 } else { TRIES };
        for attempt in 0..tries {
            let tree = self.trees.get(usize::try_from(attempt % trees).ok()?)?;
            let (shortest, longest) = lengths(tree);
            let (least, most) = (min.max(shortest), max.min(longest));
            // An empty text is a poor sample where a longer one is allowed.
            let least = if least == 0 { 1.min(most) } else { least };
            let wanted =
                if least >= most { least } else { random.u64(least..=most.min(least + NATURAL_EXTRA + attempt)) };
            let mut text = String::new();
            write(tree, wanted.min(LONGEST), random, &mut text);
            let count = text.chars().count() as u64;
            if (min..=max).contains(&count) && pattern.is_match(&text) {
                return Some(text);
            }
        }
        None
    }
}

/// The pattern without its look-around groups, and the bodies of its positive look-aheads.
fn without_look_around(pattern: &str) -> (String, Vec<String>) {
    let (mut plain, mut ahead) = (String::new(), Vec::new());
    let mut rest = pattern;
    let mut in_class = false;
    while let Some(next) = rest.chars().next() {
        let positive = rest.starts_with("(?=");
        if !in_class && (positive || ["(?!", "(?<=", "(?<!"].iter().any(|open| rest.starts_with(open))) {
            let end = group_end(rest);
            if positive {
                ahead.push(rest.get(3..end.saturating_sub(1)).unwrap_or_default().to_owned());
            }
            rest = rest.get(end..).unwrap_or_default();
            continue;
        }
        in_class = match next {
            '[' => true,
            ']' => false,
            _ => in_class,
        };
        let escaped = if next == '\\' { rest.chars().nth(1).map_or(0, char::len_utf8) } else { 0 };
        let (taken, left) = rest.split_at(next.len_utf8() + escaped);
        plain.push_str(taken);
        rest = left;
    }
    (plain, ahead)
}

/// Where the group that opens at the start ends: after its closing parenthesis, or at the end of the text.
fn group_end(text: &str) -> usize {
    let (mut depth, mut in_class, mut escaped) = (0_usize, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => {
                escaped = false;
                continue;
            }
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// The least and the greatest number of characters that a tree can match.
fn lengths(tree: &Hir) -> (u64, u64) {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => (0, 0),
        HirKind::Literal(literal) => {
            let count = String::from_utf8_lossy(&literal.0).chars().count() as u64;
            (count, count)
        }
        HirKind::Class(_) => (1, 1),
        HirKind::Repetition(repetition) => {
            let (min, max) = lengths(&repetition.sub);
            let most = repetition.max.map_or(LONGEST, u64::from);
            (min.saturating_mul(repetition.min.into()), max.saturating_mul(most).min(LONGEST))
        }
        HirKind::Capture(capture) => lengths(&capture.sub),
        HirKind::Concat(parts) => parts
            .iter()
            .map(lengths)
            .fold((0, 0), |(min, max), (low, high)| (min.saturating_add(low), max.saturating_add(high).min(LONGEST))),
        HirKind::Alternation(choices) => {
            choices.iter().map(lengths).fold((u64::MAX, 0), |(min, max), (low, high)| (min.min(low), max.max(high)))
        }
    }
}

/// Writes a text that the tree matches, of the wanted number of characters where the tree can give it.
fn write(tree: &Hir, wanted: u64, random: &mut fastrand::Rng, out: &mut String) {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => out.extend(character(class, random)),
        HirKind::Capture(capture) => write(&capture.sub, wanted, random, out),
        HirKind::Alternation(choices) => {
            let fitting: Vec<&Hir> = choices
                .iter()
                .filter(|choice| {
                    let (min, max) = lengths(choice);
                    (min..=max).contains(&wanted)
                })
                .collect();
            let chosen = random.choice(&fitting).copied().or_else(|| random.choice(choices));
            if let Some(chosen) = chosen {
                write(chosen, wanted, random, out);
            }
        }
        HirKind::Concat(parts) => {
            write_all(&mut parts.iter(), parts.iter().map(lengths).collect(), wanted, random, out)
        }
        HirKind::Repetition(repetition) => {
            let (min, max) = lengths(&repetition.sub);
            let most = repetition.max.map_or(LONGEST, u64::from);
            let least = u64::from(repetition.min);
            // As few rounds as can hold the length, so that each has room.
            let count = if max == 0 { least } else { wanted.div_ceil(max).clamp(least, most) };
            let count = wanted.checked_div(min).map_or(count, |room| count.min(room.max(least)));
            let rounds = usize::try_from(count).unwrap_or(0);
            let part = &*repetition.sub;
            write_all(&mut std::iter::repeat_n(part, rounds), vec![(min, max); rounds], wanted, random, out);
        }
    }
}

/// Writes parts one after another; what is wanted beyond the shortest goes to the first that can take it.
fn write_all(
    parts: &mut dyn Iterator<Item = &Hir>,
    lengths: Vec<(u64, u64)>,
    wanted: u64,
    random: &mut fastrand::Rng,
    out: &mut String,
) {
    let shortest = lengths.iter().fold(0_u64, |sum, (min, _)| sum.saturating_add(*min));
    let mut extra = wanted.saturating_sub(shortest);
    for (part, (min, max)) in parts.zip(lengths) {
        let share = extra.min(max.saturating_sub(min));
        extra -= share;
        write(part, min + share, random, out);
    }
}

/// A character of a class, a plain one where there is any.
fn character(class: &Class, random: &mut fastrand::Rng) -> Option<char> {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => {
            class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect()
        }
        Class::Bytes(class) => class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let contains =
        |character: &char| ranges.iter().any(|(start, end)| (*start..=*end).contains(&u32::from(*character)));
    for preferred in PREFERRED {
        let allowed: Vec<char> = preferred.chars().filter(contains).collect();
        if let Some(character) = random.choice(&allowed) {
            return Some(*character);
        }
    }
    let (start, end) = *random.choice(&ranges)?;
    char::from_u32(random.u32(start..=end)).or_else(|| char::from_u32(start))
}
