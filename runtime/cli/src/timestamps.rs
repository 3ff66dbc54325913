//! Dates and times in the forms in which users and services write them.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use whitesmith_schema::{Timestamp, Value};

/// A date and time, with an offset from UTC if it came with one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moment {
    civil: DateTime,
    offset: Option<Offset>,
}

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
/// Years that every format can write.
const YEARS: std::ops::RangeInclusive<i16> = 1..=9999;

/// Returns a response's timestamp as ISO 8601, with microseconds if there are any and with the offset that it came with.
/// Numbers are seconds since 1970, shown in the local time zone.
pub fn to_iso(value: &Value) -> Option<String> {
    let moment = moment(value)?;
    let (date, time) = (moment.civil.date(), moment.civil.time());
    let micros = time.subsec_nanosecond() / 1000;
    let fraction = if micros == 0 { String::new() } else { format!(".{micros:06}") };
    let offset = match moment.offset {
        None => String::new(),
        Some(offset) => {
            let seconds = offset.seconds();
            let sign = if seconds < 0 { '-' } else { '+' };
            let minutes = seconds.unsigned_abs() / 60;
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    };
    let (year, month, day) = (date.year(), date.month(), date.day());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}"))
}

/// Returns the instant of an input's timestamp; a time without an offset is UTC.
pub fn instant(value: &Value) -> Option<Timestamp> {
    if let Value::Timestamp(instant) = value {
        return Some(*instant);
    }
    let moment = moment(value)?;
    let offset = SignedDuration::from_secs(i64::from(moment.offset.unwrap_or(Offset::UTC).seconds()));
    let utc = moment.civil.checked_sub(offset).ok().filter(|utc| YEARS.contains(&utc.year()))?;
    let nanos = utc.duration_since(EPOCH).as_nanos();
    let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).ok()?;
    Some(Timestamp::new(seconds, u32::try_from(nanos.rem_euclid(1_000_000_000)).ok()?))
}

fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::Number(number) => of_epoch(whitesmith_jmespath::as_float(number)),
        Value::Boolean(value) => of_epoch(f64::from(u8::from(*value))),
        Value::String(text) => {
            let text = text.trim();
            match text.parse().ok().filter(|_| text.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it))) {
                Some(seconds) => of_epoch(seconds),
                None => of_iso(text).or_else(|| of_words(text)),
            }
        }
        Value::Timestamp(instant) => {
            let nanos = i64::from(instant.subsecond_nanos());
            let since = SignedDuration::from_secs(instant.seconds()).checked_add(SignedDuration::from_nanos(nanos))?;
            Some(Moment { civil: utc(since)?, offset: Some(Offset::UTC) })
        }
        _ => None,
    }
}

/// Returns the time in UTC that a duration after 1970 stands for.
fn utc(since_epoch: SignedDuration) -> Option<DateTime> {
    EPOCH.checked_add(since_epoch).ok().filter(|civil| YEARS.contains(&civil.year()))
}

/// Returns the local time of a number of seconds since 1970; UTC where the local time would leave the supported years.
#[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
fn of_epoch(seconds: f64) -> Option<Moment> {
    if !seconds.is_finite() || seconds.abs() > 1e12 {
        return None;
    }
    let micros = (seconds * 1e6).round_ties_even() as i64;
    let civil = utc(SignedDuration::from_micros(micros))?;
    let local = || {
        let offset = TimeZone::system().to_offset(jiff::Timestamp::from_microsecond(micros).ok()?);
        let shifted = civil.checked_add(SignedDuration::from_secs(i64::from(offset.seconds()))).ok()?;
        YEARS.contains(&shifted.year()).then_some(Moment { civil: shifted, offset: Some(offset) })
    };
    Some(local().unwrap_or(Moment { civil, offset: Some(Offset::UTC) }))
}

/// Splits a number of digits off the front of a text.
fn digits(text: &str, count: usize) -> Option<(i16, &str)> {
    let (front, rest) = text.split_at_checked(count)?;
    if !front.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((front.parse().ok()?, rest))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(date).filter(|date| YEARS.contains(&date.year()))
}

/// Parses `2024-11-20`, `20241120`, with or without `T17:04:05.123`, `170405`, `Z`, `+01:00`.
fn of_iso(text: &str) -> Option<Moment> {
    let (year, rest) = digits(text, 4)?;
    let dashed = rest.strip_prefix('-');
    let (month, rest) = digits(dashed.unwrap_or(rest), 2)?;
    let (day, rest) = digits(if dashed.is_some() { rest.strip_prefix('-')? } else { rest }, 2)?;
    let date = date(year, month, day)?;
    if rest.is_empty() {
        return Some(Moment { civil: date.to_datetime(Time::midnight()), offset: None });
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let (time, rest) = clock(rest)?;
    let offset = if rest.trim().is_empty() { None } else { Some(offset(rest.trim())?) };
    Some(Moment { civil: date.to_datetime(time), offset })
}

/// Parses `17`, `17:04`, `17:04:05` or `17:04:05.123456`, with or without the colons; returns the rest, too.
fn clock(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = digits(text, 2)?;
    let colon = rest.strip_prefix(':');
    let (minute, rest) = match digits(colon.unwrap_or(rest), 2) {
        Some(minute) => minute,
        None if colon.is_none() => (0, rest),
        None => return None,
    };
    let seconds = if colon.is_some() { rest.strip_prefix(':') } else { Some(rest) };
    let (second, rest) = match seconds.and_then(|seconds| digits(seconds, 2)) {
        Some((second, rest)) => (second, rest),
        None => (0, rest),
    };
    let (nanos, rest) = match rest.strip_prefix(['.', ',']) {
        None => (0, rest),
        Some(fraction) => {
            let count = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, rest) = fraction.split_at(count);
            // Python keeps microseconds.
            let micros: String = digits.chars().chain(std::iter::repeat('0')).take(6).collect();
            (micros.parse::<i32>().ok().filter(|_| count > 0)? * 1000, rest)
        }
    };
    let small = |number: i16| i8::try_from(number).ok();
    Some((Time::new(small(hour)?, small(minute)?, small(second)?, nanos).ok()?, rest))
}

fn offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(Offset::UTC);
    }
    let sign = match text.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(text.get(1..)?, 2)?;
    let (minutes, rest) = match rest.strip_prefix(':').unwrap_or(rest) {
        "" => (0, ""),
        rest => digits(rest, 2)?,
    };
    if !rest.is_empty() || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (i32::from(hours) * 60 + i32::from(minutes)) * 60).ok()
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn position(names: &[&str], word: &str) -> Option<usize> {
    names.iter().position(|name| word.to_ascii_lowercase().starts_with(name))
}

/// Parses the dates of HTTP and mail: `Wed, 20 Nov 2024 17:04:05 GMT`, `Wednesday, 20-Nov-24 17:04:05 GMT`,
/// `Wed Nov 20 17:04:05 2024`.
fn of_words(text: &str) -> Option<Moment> {
    let (mut month, mut time, mut zone, mut numbers) = (None, None, None, Vec::new());
    for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
        if word.contains(':') && time.is_none() {
            let (clock, rest) = clock(word)?;
            time = Some(clock).filter(|_| rest.is_empty());
            continue;
        }
        if time.is_some() && zone.is_none() {
            zone = offset(word);
            if zone.is_some() {
                continue;
            }
        }
        for part in word.split('-') {
            match (position(&MONTHS, part), position(&WEEKDAYS, part)) {
                (Some(found), _) => month = Some(found + 1),
                (None, Some(_)) => {}
                (None, None) => numbers.push(part.parse::<i16>().ok()?),
            }
        }
    }
    let [day, year] = numbers.as_slice() else { return None };
    // Two-digit years are near the present (RFC 5322).
    let year = match year {
        0..=68 => year + 2000,
        69..=99 => year + 1900,
        year => *year,
    };
    let date = date(year, i16::try_from(month?).ok()?, *day)?;
    Some(Moment { civil: date.to_datetime(time.unwrap_or(Time::midnight())), offset: zone })
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::Number;

    use super::*;

    #[test]
    fn texts_keep_their_offset() {
        for (text, iso) in [
            ("2024-11-20T17:04:05Z", Some("2024-11-20T17:04:05+00:00")),
            ("2024-11-20T17:04:05.123Z", Some("2024-11-20T17:04:05.123000+00:00")),
            ("2024-11-20T17:04:05.1234567+02:00", Some("2024-11-20T17:04:05.123456+02:00")),
            ("2024-11-20T17:04:05-0530", Some("2024-11-20T17:04:05-05:30")),
            ("2024-11-20 17:04:05", Some("2024-11-20T17:04:05")),
            ("2024-11-20", Some("2024-11-20T00:00:00")),
            ("20241120T170405Z", Some("2024-11-20T17:04:05+00:00")),
            ("Wed, 20 Nov 2024 17:04:05 GMT", Some("2024-11-20T17:04:05+00:00")),
            ("20 Nov 2024 17:04 +0100", Some("2024-11-20T17:04:00+01:00")),
            ("Wednesday, 20-Nov-24 17:04:05 GMT", Some("2024-11-20T17:04:05+00:00")),
            ("Wed Nov 20 17:04:05 2024", Some("2024-11-20T17:04:05")),
            ("Nov 20, 2024", Some("2024-11-20T00:00:00")),
            ("2024-11-20T17Z", Some("2024-11-20T17:00:00+00:00")),
            ("not-a-date", None),
            ("", None),
            ("2024-13-01", None),
            ("nan", None),
            ("é", None),
        ] {
            assert_eq!(to_iso(&Value::from(text)).as_deref(), iso, "{text}");
        }
    }

    #[test]
    fn numbers_are_seconds_since_1970() {
        let at = |number| instant(&Value::Number(number)).map(|it| (it.seconds(), it.subsecond_nanos()));
        assert_eq!(at(Number::Integer(1_732_122_245)), Some((1_732_122_245, 0)));
        assert_eq!(at(Number::Float(1_732_122_245.123)), Some((1_732_122_245, 123_000_000)));
        assert_eq!(at(Number::Float(1e300)), None);
        assert_eq!(instant(&Value::from("1732122245.5")), Some(Timestamp::new(1_732_122_245, 500_000_000)));
        assert_eq!(instant(&Value::from("2024-11-20T17:04:05+01:00")), Some(Timestamp::new(1_732_118_645, 0)));
    }

    #[test]
    fn texts_without_an_offset_are_utc() {
        let at = |text: &str| instant(&Value::from(text)).map(Timestamp::seconds);
        assert_eq!(at("2024-07-02T03:04:05"), Some(1_719_889_445));
        assert_eq!(at("2024-07-02"), Some(1_719_878_400));
        assert_eq!(at("Tue, 02 Jul 2024 03:04:05"), Some(1_719_889_445));
    }

    #[test]
    fn years_1_to_9999_are_read_and_shown() {
        for (seconds, text) in
            [(253_402_300_799, "9999-12-31T23:59:59+00:00"), (-62_135_596_800, "0001-01-01T00:00:00+00:00")]
        {
            let value = Value::Timestamp(Timestamp::new(seconds, 0));
            assert_eq!(to_iso(&value).as_deref(), Some(text));
            assert_eq!(instant(&Value::from(text)), Some(Timestamp::new(seconds, 0)));
            assert_eq!(instant(&Value::from(seconds)), Some(Timestamp::new(seconds, 0)));
            assert!(to_iso(&Value::from(seconds)).is_some());
        }
        for seconds in [253_402_300_800, -62_135_596_801_i64] {
            assert_eq!(instant(&Value::from(seconds)), None);
            assert_eq!(to_iso(&Value::from(seconds)), None);
        }
        assert_eq!(instant(&Value::from("0000-12-31T00:00:00Z")), None);
        assert_eq!(instant(&Value::from("9999-12-31T23:59:59-01:00")), None);
    }
}
