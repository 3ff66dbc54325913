//! The part of writing that is the same in every format.

use whitesmith_schema::{Member, MemberSerializer, Serialize, SerializeMembers, Serializer, Timestamp};

use crate::WriteError;

/// A structure that is being written.
pub(crate) trait Entry {
    type Writer: Serializer<Error = WriteError>;

    /// Whether the member is written with the others.
    fn takes(&self, _: &'static Member) -> bool {
        true
    }

    /// Writes what comes before the value of a member.
    fn open(&mut self, member: &'static Member) -> &mut Self::Writer;

    /// Writes what comes after the value of a member.
    fn close(&mut self, _: &'static Member) {}
}

/// Writes the members that are set, and `token` as the idempotency token if none is set.
#[inline]
pub(crate) fn members<E: Entry, T: SerializeMembers>(
    entry: &mut E,
    value: &T,
    token: Option<&str>,
) -> Result<(), WriteError> {
    let mut members = Members { entry, token_written: false };
    value.serialize_members(&mut members)?;
    if let (Some(token), false) = (token, members.token_written)
        && let Some(member) = value.schema().members.iter().find(|member| member.idempotency_token)
    {
        members.member(member, token)?;
    }
    Ok(())
}

struct Members<'a, E> {
    entry: &'a mut E,
    token_written: bool,
}

impl<E: Entry> MemberSerializer for Members<'_, E> {
    type Error = WriteError;

    #[inline]
    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), WriteError> {
        if value.is_absent() {
            return Ok(());
        }
        self.token_written |= member.idempotency_token;
        if !self.entry.takes(member) {
            return Ok(());
        }
        value.serialize(member, self.entry.open(member))?;
        self.entry.close(member);
        Ok(())
    }
}

/// Returns the member of a list's elements.
pub(crate) fn list_member(at: &'static Member) -> Result<&'static Member, WriteError> {
    at.target.list_member().ok_or_else(|| not_an_aggregate(at, "list"))
}

/// Returns the member of a map's values.
pub(crate) fn map_value(at: &'static Member) -> Result<&'static Member, WriteError> {
    at.target.map_value().ok_or_else(|| not_an_aggregate(at, "map"))
}

#[cold]
fn not_an_aggregate(at: &'static Member, kind: &'static str) -> WriteError {
    WriteError::NotAnAggregate { member: at.name, shape: at.target.id, kind }
}

#[cold]
pub(crate) fn not_a_number(at: &'static Member, text: &str) -> WriteError {
    WriteError::NotANumber { member: at.name, text: text.to_owned() }
}

/// Returns a timestamp that a format with a calendar can express.
#[inline]
pub(crate) fn in_calendar(
    at: &'static Member,
    value: Timestamp,
    format: &'static str,
) -> Result<Timestamp, WriteError> {
    if value.is_in_calendar() { Ok(value) } else { Err(not_in_calendar(at, format)) }
}

#[cold]
fn not_in_calendar(at: &'static Member, format: &'static str) -> WriteError {
    WriteError::Unsupported { member: at.name, what: "a timestamp outside of the years 0 to 9999", format }
}

/// Returns the seconds since 1970 if there is no fraction to be written. Smithy 2.0 defines epoch-seconds with millisecond
/// precision; the rest is truncated.
#[inline]
pub(crate) fn whole_seconds(instant: Timestamp) -> Option<i64> {
    (millis(instant) == 0).then_some(instant.seconds())
}

fn millis(instant: Timestamp) -> u32 {
    instant.subsecond_nanos() / 1_000_000
}

/// Returns the seconds since 1970 as decimal text, with millisecond precision.
pub(crate) fn epoch_seconds(instant: Timestamp) -> String {
    let total = i128::from(instant.seconds()).saturating_mul(1000).saturating_add(i128::from(millis(instant)));
    let sign = if total < 0 { "-" } else { "" };
    let (seconds, millis) = (total.unsigned_abs() / 1000, total.unsigned_abs() % 1000);
    let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
    format!("{sign}{seconds}{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::Timestamp;

    use super::epoch_seconds;

    #[test]
    fn epoch_seconds_have_milliseconds() {
        for (seconds, nanos, text) in [
            (0, 0, "0"),
            (1, 500_000_000, "1.5"),
            (1_719_889_445, 123_456_789, "1719889445.123"),
            (-1, 500_000_000, "-0.5"),
            (-2, 0, "-2"),
            (253_402_300_799, 999_999_999, "253402300799.999"),
        ] {
            assert_eq!(epoch_seconds(Timestamp::new(seconds, nanos)), text);
        }
    }
}
