//! The host prefix of `smithy.api#endpoint`, with labels from the input.

use whitesmith_schema::{
    BigDecimal, BigInteger, Document, Member, MemberSerializer, Operation, Serialize, SerializeMembers, Serializer,
    Timestamp,
};

/// A host label is missing or cannot stand in a host's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostPrefixError {
    /// The member is not set, or empty.
    #[error("member {0} is part of the host's name and must be set")]
    Missing(String),
    /// The text is no host label of RFC 1123.
    #[error("member {member} is part of the host's name, where `{text}` cannot stand")]
    NotALabel {
        /// The member.
        member: String,
        /// Its text.
        text: String,
    },
}

/// Longest host label, of RFC 1123.
const LONGEST_LABEL: usize = 63;

/// Whether a text can be one label of a host's name: letters, digits and inner hyphens.
pub(crate) fn is_host_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= LONGEST_LABEL
        && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// The prefix with its labels filled in, or `None` where the operation has none.
pub(crate) fn host_prefix<I: SerializeMembers>(
    operation: &'static Operation,
    input: &I,
) -> Result<Option<String>, HostPrefixError> {
    let Some(template) = operation.host_prefix else { return Ok(None) };
    let mut prefix = String::new();
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        prefix.push_str(literal);
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        let text = member_text(input, name).filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| HostPrefixError::Missing(name.to_owned()))?;
        if !is_host_label(&text) {
            return Err(HostPrefixError::NotALabel { member: name.to_owned(), text });
        }
        prefix.push_str(&text);
        rest = tail;
    }
    prefix.push_str(rest);
    Ok(Some(prefix))
}

/// The text of a string member, where it is set.
pub(crate) fn member_text<I: SerializeMembers>(input: &I, name: &str) -> Option<String> {
    let mut members = Picked { name, text: Text(None) };
    // Only what is no string fails, which leaves nothing picked.
    let _ = input.serialize_members(&mut members);
    members.text.0
}

struct Picked<'a> {
    name: &'a str,
    text: Text,
}

impl MemberSerializer for Picked<'_> {
    type Error = ();

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), ()> {
        if member.name == self.name && !value.is_absent() {
            // A value that is no string leaves the text as it was.
            let _ = value.serialize(member, &mut self.text);
        }
        Ok(())
    }
}

/// Keeps a string, and refuses the rest.
struct Text(Option<String>);

macro_rules! refuse {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(&mut self, _: &'static Member, _: $type) -> Result<(), ()> {
            Err(())
        }
    )*};
}

impl Serializer for Text {
    type Error = ();

    refuse!(
        boolean: bool, long: i64, float: f32, double: f64, big_integer: &BigInteger, big_decimal: &BigDecimal,
        blob: &[u8], timestamp: Timestamp, document: &Document
    );

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), ()> {
        self.0 = Some(value.to_owned());
        Ok(())
    }

    fn null(&mut self, _: &'static Member) -> Result<(), ()> {
        Err(())
    }

    fn list<'a, T: Serialize + 'a>(
        &mut self,
        _: &'static Member,
        _: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), ()> {
        Err(())
    }

    fn map<'a, T: Serialize + 'a>(
        &mut self,
        _: &'static Member,
        _: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), ()> {
        Err(())
    }

    fn structure<T: SerializeMembers>(&mut self, _: &T) -> Result<(), ()> {
        Err(())
    }
}
