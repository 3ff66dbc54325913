//! Timestamps, and their text formats.
#![allow(
    clippy::arithmetic_side_effects,
    reason = "calendars of years of four digits, and days of an `i64` of seconds"
)]

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An instant: seconds since 1970-01-01T00:00:00Z and nanoseconds within the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A text that is not a timestamp of the expected format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid {format} timestamp `{text}`")]
pub struct TimestampError {
    /// The text.
    pub text: String,
    /// The format's name in a model.
    pub format: &'static str,
}

const NANOS: u32 = 1_000_000_000;
const SECONDS_A_DAY: i64 = 86_400;
/// The years that RFC 3339 can express.
const YEARS: std::ops::RangeInclusive<i64> = 0..=9999;
/// Their first and last second.
const CALENDAR: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// A date and time of day in UTC.
#[derive(Clone, Copy)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

/// Returns the last digit of a number.
fn digit(number: i64) -> u8 {
    b'0' + u8::try_from(number.rem_euclid(10)).unwrap_or(0)
}

/// Returns the last two digits of a number.
fn pair(number: i64) -> [u8; 2] {
    [digit(number / 10), digit(number)]
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self { seconds: 0, nanos: 0 };

    /// Creates a timestamp from seconds since 1970 and nanoseconds. Nanoseconds beyond a second are carried over.
    pub const fn new(seconds: i64, nanos: u32) -> Self {
        Self { seconds: seconds.saturating_add((nanos / NANOS) as i64), nanos: nanos % NANOS }
    }

    /// Returns the seconds since 1970, rounded down.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds within the second.
    pub const fn subsecond_nanos(self) -> u32 {
        self.nanos
    }

    /// Creates a timestamp from seconds since 1970; `None` if they are out of range. The fraction is rounded to what a
    /// double can express: microseconds before the year 2106, milliseconds after.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the whole is in range, the rest in 0..=1"
    )]
    pub fn from_epoch_seconds(seconds: f64) -> Option<Self> {
        const MICROS_UP_TO: f64 = 4_294_967_296.0;
        if !seconds.is_finite() || seconds.abs() >= 9.2e18 {
            return None;
        }
        let whole = seconds.floor();
        let steps = if seconds.abs() < MICROS_UP_TO { 1_000_000 } else { 1000 };
        let fraction = ((seconds - whole) * f64::from(steps)).round() as u32;
        Some(Self::new(whole as i64, 0).plus(fraction, steps))
    }

    /// Adds a fraction of a second that may be a whole one.
    const fn plus(self, fraction: u32, steps: u32) -> Self {
        Self::new(self.seconds.saturating_add((fraction / steps) as i64), (fraction % steps) * (NANOS / steps))
    }

    /// Returns the seconds since 1970 with a fraction.
    #[allow(clippy::cast_precision_loss, reason = "exact for the years that RFC 3339 can write")]
    pub fn as_epoch_seconds(self) -> f64 {
        self.seconds as f64 + f64::from(self.nanos) / f64::from(NANOS)
    }

    /// Parses an RFC 3339 timestamp such as `1985-04-12T23:20:50.52Z`, with any fraction and any offset.
    ///
    /// # Errors
    /// If the text does not have that format.
    pub fn parse_date_time(text: &str) -> Result<Self, TimestampError> {
        parse_date_time(text.as_bytes()).ok_or_else(|| TimestampError { text: text.to_owned(), format: "date-time" })
    }

    /// Parses an IMF-fixdate, which may have a fraction: `Tue, 29 Apr 2014 18:30:38.123 GMT`.
    ///
    /// # Errors
    /// If the text does not have that format.
    pub fn parse_http_date(text: &str) -> Result<Self, TimestampError> {
        parse_http_date(text.as_bytes()).ok_or_else(|| TimestampError { text: text.to_owned(), format: "http-date" })
    }

    /// Whether its year is one that the formats date-time and http-date can express: 0 to 9999.
    pub fn is_in_calendar(self) -> bool {
        CALENDAR.contains(&self.seconds)
    }

    /// Formats the timestamp as RFC 3339 in UTC, with the whole fraction.
    pub fn to_date_time(self) -> String {
        let mut text = Vec::with_capacity(30);
        self.write_date_time(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Appends the text of [`Timestamp::to_date_time`], which is ASCII.
    pub fn write_date_time(self, out: &mut Vec<u8>) {
        let Civil { year, month, day, hour, minute, second } = self.civil();
        if !YEARS.contains(&year) {
            let fraction = self.fraction();
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z");
            return out.extend_from_slice(text.as_bytes());
        }
        let [[y0, y1], [y2, y3]] = [pair(year / 100), pair(year)];
        let [[m0, m1], [d0, d1]] = [pair(month), pair(day)];
        let [[h0, h1], [n0, n1], [s0, s1]] = [pair(hour), pair(minute), pair(second)];
        out.extend_from_slice(&[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1]);
        if self.nanos > 0 {
            out.push(b'.');
            let mut rest = self.nanos;
            let mut unit = NANOS / 10;
            while rest > 0 {
                out.push(digit(i64::from(rest / unit)));
                rest %= unit;
                unit /= 10;
            }
        }
        out.push(b'Z');
    }

    /// Formats the timestamp as an IMF-fixdate, which has no fraction.
    pub fn to_http_date(self) -> String {
        let Civil { year, month, day, hour, minute, second } = self.civil();
        let weekday = name(&WEEKDAYS, self.seconds.div_euclid(SECONDS_A_DAY).rem_euclid(7));
        let month = name(&MONTHS, month - 1);
        format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
    }

    fn fraction(self) -> String {
        if self.nanos == 0 {
            return String::new();
        }
        let digits = format!("{:09}", self.nanos);
        format!(".{}", digits.trim_end_matches('0'))
    }

    fn civil(self) -> Civil {
        let (days, rest) = (self.seconds.div_euclid(SECONDS_A_DAY), self.seconds.rem_euclid(SECONDS_A_DAY));
        // Howard Hinnant's `civil_from_days`: years counted from March, in eras of 400 years.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
        }
    }

    fn from_civil(civil: Civil, nanos: u32) -> Option<Self> {
        let Civil { year, month, day, hour, minute, second } = civil;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days_of_month = match month {
            2 => 28 + i64::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let in_range = YEARS.contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of_month).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60;
        if !in_range {
            return None;
        }
        let shifted_year = year - i64::from(month <= 2);
        let era = shifted_year.div_euclid(400);
        let year_of_era = shifted_year.rem_euclid(400);
        let shifted_month = (month + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        Some(Self::new(days * SECONDS_A_DAY + hour * 3600 + minute * 60 + second, nanos))
    }
}

fn name(names: &[&'static str], index: i64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// Scans a text from the left.
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    fn expect(&mut self, text: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let mut number = 0;
        for _ in 0..count {
            let digit = self.byte().filter(u8::is_ascii_digit)?;
            number = number * 10 + i64::from(digit - b'0');
        }
        Some(number)
    }

    /// Reads a fraction if a point comes next. Digits after the ninth are dropped.
    fn fraction(&mut self) -> Option<u32> {
        let Some(rest) = self.0.strip_prefix(b".") else { return Some(0) };
        self.0 = rest;
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return None;
        }
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        let padded = digits.iter().copied().chain(std::iter::repeat(b'0')).take(9);
        Some(padded.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    }
}

fn parse_date_time(text: &[u8]) -> Option<Timestamp> {
    let mut scanner = Scanner(text);
    let year = scanner.digits(4)?;
    scanner.expect(b"-")?;
    let month = scanner.digits(2)?;
    scanner.expect(b"-")?;
    let day = scanner.digits(2)?;
    scanner.byte().filter(|byte| matches!(byte, b'T' | b't' | b' '))?;
    let hour = scanner.digits(2)?;
    scanner.expect(b":")?;
    let minute = scanner.digits(2)?;
    scanner.expect(b":")?;
    let second = scanner.digits(2)?;
    let nanos = scanner.fraction()?;
    let offset = match scanner.byte()? {
        b'Z' | b'z' => 0,
        sign @ (b'+' | b'-') => {
            let hours = scanner.digits(2)?;
            scanner.expect(b":")?;
            let minutes = scanner.digits(2).filter(|minutes| *minutes < 60)?;
            let seconds = (hours * 60 + minutes) * 60;
            if sign == b'+' { seconds } else { -seconds }
        }
        _ => return None,
    };
    if !scanner.0.is_empty() {
        return None;
    }
    let local = Timestamp::from_civil(Civil { year, month, day, hour, minute, second }, nanos)?;
    Some(Timestamp::new(local.seconds - offset, local.nanos))
}

fn parse_http_date(text: &[u8]) -> Option<Timestamp> {
    let (weekday, rest) = text.split_at_checked(3)?;
    WEEKDAYS.iter().find(|name| name.as_bytes() == weekday)?;
    let mut scanner = Scanner(rest);
    scanner.expect(b", ")?;
    let day = scanner.digits(2)?;
    scanner.expect(b" ")?;
    let (month, rest) = scanner.0.split_at_checked(3)?;
    let month = MONTHS.iter().position(|name| name.as_bytes() == month)?;
    scanner = Scanner(rest);
    scanner.expect(b" ")?;
    let year = scanner.digits(4)?;
    scanner.expect(b" ")?;
    let hour = scanner.digits(2)?;
    scanner.expect(b":")?;
    let minute = scanner.digits(2)?;
    scanner.expect(b":")?;
    let second = scanner.digits(2)?;
    let nanos = scanner.fraction()?;
    scanner.expect(b" GMT")?;
    if !scanner.0.is_empty() {
        return None;
    }
    let month = i64::try_from(month).ok()? + 1;
    Timestamp::from_civil(Civil { year, month, day, hour, minute, second }, nanos)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_date_time())
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self::new(seconds(after), after.subsec_nanos()),
            Err(before) => {
                let before = before.duration();
                match before.subsec_nanos() {
                    0 => Self::new(-seconds(before), 0),
                    nanos => Self::new(-seconds(before) - 1, NANOS - nanos),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_a_round_trip() {
        for (seconds, nanos, date_time, http_date) in [
            (0, 0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (482_196_050, 0, "1985-04-12T23:20:50Z", "Fri, 12 Apr 1985 23:20:50 GMT"),
            (951_782_400, 0, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
            (-1, 0, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
            (253_402_300_799, 0, "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
            (-62_135_596_800, 0, "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"),
        ] {
            let instant = Timestamp::new(seconds, nanos);
            assert_eq!(instant.to_date_time(), date_time);
            assert_eq!(instant.to_http_date(), http_date);
            assert_eq!(Timestamp::parse_date_time(date_time), Ok(instant));
            assert_eq!(Timestamp::parse_http_date(http_date), Ok(instant));
        }
    }

    #[test]
    fn the_calendar_ends_with_its_years() {
        for (seconds, year) in [(-62_167_219_200, "0000-01-01"), (253_402_300_799, "9999-12-31")] {
            let text = Timestamp::new(seconds, 0).to_date_time();
            assert!(text.starts_with(year), "{text}");
            assert!(Timestamp::new(seconds, 0).is_in_calendar());
            assert_eq!(Timestamp::parse_date_time(&text), Ok(Timestamp::new(seconds, 0)));
        }
        for seconds in [-62_167_219_201, 253_402_300_800, i64::MIN, i64::MAX] {
            let instant = Timestamp::new(seconds, 0);
            assert!(!instant.is_in_calendar());
            assert!(Timestamp::parse_date_time(&instant.to_date_time()).is_err());
        }
    }

    #[test]
    fn fractions_are_read_everywhere_and_written_in_date_times() {
        for (seconds, nanos, date_time, http_date) in [
            (482_196_050, 520_000_000, "1985-04-12T23:20:50.52Z", "Fri, 12 Apr 1985 23:20:50.52 GMT"),
            (-1, 999_999_999, "1969-12-31T23:59:59.999999999Z", "Wed, 31 Dec 1969 23:59:59.999999999 GMT"),
        ] {
            let instant = Timestamp::new(seconds, nanos);
            assert_eq!(instant.to_date_time(), date_time);
            assert_eq!(instant.to_http_date(), Timestamp::new(seconds, 0).to_http_date());
            assert_eq!(Timestamp::parse_date_time(date_time), Ok(instant));
            assert_eq!(Timestamp::parse_http_date(http_date), Ok(instant));
        }
    }

    #[test]
    fn offsets_shift_to_utc() {
        let utc = Timestamp::parse_date_time("2019-12-16T23:48:18Z");
        assert_eq!(Timestamp::parse_date_time("2019-12-17T00:48:18+01:00"), utc);
        assert_eq!(Timestamp::parse_date_time("2019-12-16T13:18:18-10:30"), utc);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2019",
            "2019-02-29T00:00:00Z",
            "2019-13-01T00:00:00Z",
            "2019-01-01T24:00:00Z",
            "2019-01-01T00:00:00",
            "2019-01-01T00:00:00.Z",
            "2019-01-01T00:00:00Zx",
            "2019-01-01T00:00:00+0100",
            "ß",
        ] {
            assert!(Timestamp::parse_date_time(text).is_err(), "{text}");
            assert!(Timestamp::parse_http_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn fractions_of_epoch_seconds_keep_microseconds() {
        assert_eq!(
            Timestamp::from_epoch_seconds(1_515_531_081.123_4),
            Some(Timestamp::new(1_515_531_081, 123_400_000))
        );
        assert_eq!(Timestamp::from_epoch_seconds(-0.5), Some(Timestamp::new(-1, 500_000_000)));
        assert_eq!(Timestamp::from_epoch_seconds(0.999_999_9), Some(Timestamp::new(1, 0)));
        assert_eq!(Timestamp::from_epoch_seconds(f64::NAN), None);
    }

    #[test]
    fn system_time_before_1970_rounds_down() {
        let before = UNIX_EPOCH - Duration::from_millis(1500);
        assert_eq!(Timestamp::from(before), Timestamp::new(-2, 500_000_000));
    }
}
