//! JSON values of timestamps, by the `timestampFormat` trait.

use super::node_findings::{Checker, Constrained};
use crate::model::ShapeType;
use crate::source::{Node, NodeKind};

pub(super) fn check(checker: &mut Checker<'_, '_>, constrained: Constrained<'_>, value: &Node) {
    if constrained.target.shape_type != ShapeType::Timestamp {
        return;
    }
    if checker.mode.timestamps_are_seconds {
        if value.kind() != NodeKind::Number {
            checker.error(value, format!("`{}` must be seconds since 1970; found {value}", constrained.id));
        }
        return;
    }
    let format = constrained.traits.timestamp_format();
    // The member's format has been checked on the way to its target.
    let checked = checker.referring.is_some_and(|member| member.traits.timestamp_format().is_some());
    if constrained.is_member && format.is_none() || !constrained.is_member && checked {
        return;
    }
    let problem = match (format, value.kind(), value.as_str()) {
        (None, NodeKind::Number, _) | (Some("epoch-seconds"), NodeKind::Number, _) => None,
        (None | Some("date-time"), _, Some(text)) if is_date_time(text) => None,
        (Some("http-date"), _, Some(text)) if is_http_date(text) => None,
        (None, ..) => Some("seconds since 1970, or a date and time such as \"1985-04-12T23:20:50.52Z\""),
        (Some("date-time"), ..) => Some("a date and time such as \"1985-04-12T23:20:50.52Z\""),
        (Some("http-date"), ..) => Some("an HTTP date such as \"Tue, 29 Apr 2014 18:30:38 GMT\""),
        (Some("epoch-seconds"), ..) => Some("seconds since 1970"),
        _ => None,
    };
    if let Some(expected) = problem {
        checker.error(value, format!("`{}` is {expected}, not {value}", constrained.id));
    }
}

fn number(text: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> bool {
    text.len() == digits
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse().is_ok_and(|number: u32| range.contains(&number))
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

fn is_time(text: &str) -> bool {
    let mut parts = text.split(':');
    let mut part = |max| parts.next().is_some_and(|part| number(part, 2, 0..=max));
    // A leap second is written as 60.
    part(23) && part(59) && part(60) && parts.next().is_none()
}

/// RFC 3339 in UTC, as the specification's `date-time` has it.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.strip_suffix('Z').and_then(|text| text.split_once('T')) else { return false };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let good_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = date.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    is_day(year, month, day) && is_time(time) && good_fraction
}

fn is_day(year: &str, month: &str, day: &str) -> bool {
    let (Ok(y), Ok(m)) = (year.parse(), month.parse()) else { return false };
    number(year, 4, 0..=9999) && number(month, 2, 1..=12) && number(day, 2, 1..=days_in(y, m))
}

/// The IMF-fixdate of RFC 9110, section 5.6.7.
fn is_http_date(text: &str) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let Some((weekday, rest)) = text.split_once(", ") else { return false };
    let mut parts = rest.split(' ');
    let (Some(day), Some(month), Some(year), Some(time), Some("GMT"), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let Some(month) = MONTHS.iter().position(|name| *name == month) else { return false };
    DAYS.contains(&weekday) && is_day(year, &format!("{:02}", month + 1), day) && is_time(time)
}
