//! Errors in XML, shared by restXml and the query protocols.

use http::StatusCode;
use whitesmith_codec::{Codec as _, ReadOptions, WriteOptions, Xml};
use whitesmith_schema::{Member, MemberSerializer, Schema, Serialize, SerializeMembers, ShapeType, prelude};

use crate::summary::{ErrorFields, fault_name, fault_of, first_line};
use crate::{ReceivedResponse, WriteError};

/// The shape of errors that are in no model.
pub(crate) static UNMODELED: Schema =
    Schema::structure("smithy.api#Unmodeled", &[Member::new("Message", &prelude::STRING)]);

/// Reads the fields that all errors share, wherever the document has them.
pub(crate) fn error_fields(response: ReceivedResponse<'_>, options: ReadOptions) -> ErrorFields {
    let mut fields = ErrorFields::default();
    let body = response.body.bytes();
    // What was found before the body turned out to be malformed still counts.
    let read = Xml::read_strings(body, options, |name, text| match name {
        "Code" => fields.code = Some(text),
        "Message" | "message" => fields.message = Some(text),
        "RequestId" | "RequestID" | "requestId" => fields.request_id = Some(text),
        _ => {}
    });
    if fields.code.is_none() && fields.message.is_none() && (read.is_err() || !body.is_empty()) {
        fields.message = first_line(body);
    }
    fields
}

/// The message as services and clients of AWS name it, whatever the model calls it.
static MESSAGE: Member = Member::new("Message", &prelude::STRING);

/// An error's members, with its message under the usual name.
struct ErrorMembers<'a, E>(&'a E);

impl<E: SerializeMembers> SerializeMembers for ErrorMembers<'_, E> {
    fn schema(&self) -> &'static Schema {
        self.0.schema()
    }

    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error> {
        self.0.serialize_members(&mut MessageRenamer(serializer))
    }
}

struct MessageRenamer<'a, S>(&'a mut S);

impl<S: MemberSerializer> MemberSerializer for MessageRenamer<'_, S> {
    type Error = S::Error;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), S::Error> {
        let is_message = member.name == "message"
            && member.target.shape_type == ShapeType::String
            && member.traits.wire.is_none_or(|wire| wire.xml_name.is_none());
        self.0.member(if is_message { &MESSAGE } else { member }, value)
    }
}

/// An error's members in an element `Error`.
pub(crate) fn error_document<E: SerializeMembers>(error: &E) -> Result<Vec<u8>, WriteError> {
    let error = &ErrorMembers(error);
    Ok(Xml::write(error, &WriteOptions { xml_root: Some("Error"), ..WriteOptions::default() })?)
}

/// An error's document: its members behind the fault, if `status` tells it, and the code, within `before` and `after`.
pub(crate) fn write_error(
    before: &str,
    status: Option<StatusCode>,
    code: &str,
    document: &[u8],
    after: &str,
) -> Vec<u8> {
    let fault = status.map(|status| format!("<Type>{}</Type>", fault_name(fault_of(status)))).unwrap_or_default();
    let (start, members) = document
        .iter()
        .position(|byte| *byte == b'>')
        .and_then(|end| document.split_at_checked(end))
        .unwrap_or_default();
    let mut written = before.as_bytes().to_vec();
    let is_empty = start.ends_with(b"/");
    written.extend_from_slice(start.strip_suffix(b"/").unwrap_or(start));
    written.extend_from_slice(format!(">{fault}<Code>{}</Code>", escaped(code)).as_bytes());
    written.extend_from_slice(if is_empty { b"</Error>" } else { members.get(1..).unwrap_or_default() });
    written.extend_from_slice(after.as_bytes());
    written
}

/// Text for an element.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_fault_precede_the_members() {
        let written =
            write_error("<R>", Some(StatusCode::BAD_REQUEST), "A<", b"<Error><Message>m</Message></Error>", "</R>");
        let expected = "<R><Error><Type>Sender</Type><Code>A&lt;</Code><Message>m</Message></Error></R>";
        assert_eq!(String::from_utf8_lossy(&written), expected);
        assert_eq!(write_error("", None, "A", b"<Error/>", ""), b"<Error><Code>A</Code></Error>");
    }
}
