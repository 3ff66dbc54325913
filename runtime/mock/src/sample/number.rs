//! Sample numbers within a range.

use whitesmith_schema::{Member, ShapeType};

/// How far from a bound, or from one, a sample lies at most.
const SPREAD: i64 = 99;

/// A whole number within the type and the range; `None` where there is none within 64 bits.
pub(super) fn whole(at: &Member, random: &mut fastrand::Rng) -> Option<i64> {
    let (least, greatest) = match at.target.shape_type {
        ShapeType::Byte => (i64::from(i8::MIN), i64::from(i8::MAX)),
        ShapeType::Short => (i64::from(i16::MIN), i64::from(i16::MAX)),
        ShapeType::Integer => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let range = at.range();
    let least =
        range.and_then(|range| range.min).and_then(|min| bound(min, f64::ceil)).map_or(least, |min| min.max(least));
    let greatest = range
        .and_then(|range| range.max)
        .and_then(|max| bound(max, f64::floor))
        .map_or(greatest, |max| max.min(greatest));
    if least > greatest {
        return None;
    }
    let start = 1.clamp(least, greatest);
    let end = start.saturating_add(SPREAD).min(greatest);
    Some(random.i64(start..=end))
}

/// A bound of whole numbers, as an integer where it is one, else rounded inwards.
#[allow(clippy::cast_possible_truncation, reason = "a bound beyond 64 bits becomes that of 64 bits")]
fn bound(text: &str, inwards: fn(f64) -> f64) -> Option<i64> {
    text.parse().ok().or_else(|| text.parse().ok().map(|value: f64| inwards(value) as i64))
}

/// The decimal text of a number within the range: a whole one with a half where that fits, else a bound itself.
pub(super) fn decimal(at: &Member, random: &mut fastrand::Rng) -> String {
    let range = at.range();
    let (min, max) = range.map_or((None, None), |range| (range.min, range.max));
    let number = |text: Option<&'static str>, open: f64| text.and_then(|text| text.parse().ok()).unwrap_or(open);
    let (least, greatest): (f64, f64) = (number(min, f64::NEG_INFINITY), number(max, f64::INFINITY));
    let start = 1_f64.clamp(least.min(greatest), greatest).floor();
    let sample = start + f64::from(random.u8(0..10)) + 0.5;
    if (least..=greatest).contains(&sample) {
        return format!("{sample:?}");
    }
    min.or(max).unwrap_or("0").to_owned()
}
