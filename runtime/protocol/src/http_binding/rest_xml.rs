//! REST with XML (`aws.protocols#restXml`).

use http::{HeaderName, StatusCode};
use whitesmith_codec::{Codec as _, ReadError, ReadOptions, Seed, Xml};
use whitesmith_schema::{ProtocolId, Schema, SerializeMembers, Service};

use super::{Dialect, HttpBinding, Wrapping};
use crate::summary::ErrorFields;
use crate::xml_error::{UNMODELED, error_document, error_fields, write_error};
use crate::{ReceivedResponse, WriteError};

/// `aws.protocols#restXml`.
pub type RestXml = HttpBinding<XmlDialect>;

/// The dialect of [`RestXml`].
#[derive(Debug)]
pub struct XmlDialect;

impl Dialect for XmlDialect {
    type Codec = Xml;

    const ID: ProtocolId = ProtocolId::RestXml;
    const MEDIA_TYPE: &'static str = "application/xml";
    // botocore leaves it out.
    const REQUIRES_MEDIA_TYPE: bool = false;
    const SENDS_EMPTY_PAYLOAD: bool = false;
    const ALWAYS_SENDS_DOCUMENT: bool = false;
    const ERROR_HEADER: Option<HeaderName> = None;

    fn read_document<S: Seed>(
        bytes: &[u8],
        wrapping: Wrapping,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        match wrapping {
            Wrapping::None => Xml::read(bytes, options, seed),
            Wrapping::Unwrapped => Xml::read(&wrapped(bytes), options, seed),
            Wrapping::Error => Xml::read_below(error_path(bytes), bytes, options, seed),
        }
    }

    fn unmodeled() -> &'static Schema {
        &UNMODELED
    }

    fn error_fields(response: ReceivedResponse<'_>, options: ReadOptions) -> ErrorFields {
        error_fields(response, options)
    }

    /// A root element `Error` says that a copy or upload failed after the status had been sent.
    fn has_error_in_success(document: &[u8]) -> bool {
        root_name(document) == Some(b"Error")
    }

    fn write_error_document<E: SerializeMembers>(
        service: &'static Service,
        code: &str,
        status: StatusCode,
        error: &E,
    ) -> Result<Vec<u8>, WriteError> {
        let document = error_document(error)?;
        let (before, after) =
            if service.traits.no_error_wrapping { ("", "") } else { ("<ErrorResponse>", "</ErrorResponse>") };
        Ok(write_error(before, Some(status), code, &document, after))
    }
}

/// Where an error's members stand: in `Error`, which is the root element or below it.
fn error_path(document: &[u8]) -> &'static [&'static str] {
    if root_name(document) == Some(b"Error") { &[] } else { &["Error"] }
}

/// The name of the root element, as far as it can be seen without reading the document.
fn root_name(document: &[u8]) -> Option<&[u8]> {
    let start = without_declaration(document).strip_prefix(b"<")?;
    start.split(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')).next()
}

fn without_declaration(document: &[u8]) -> &[u8] {
    let document = document.strip_prefix(b"\xef\xbb\xbf").unwrap_or(document).trim_ascii_start();
    if !document.starts_with(b"<?xml") {
        return document;
    }
    let end = document.windows(2).position(|pair| pair == b"?>").map_or(document.len(), |at| at.saturating_add(2));
    document.get(end..).unwrap_or_default().trim_ascii_start()
}

/// A document whose root element is the output's only member, in an element that stands for the output.
fn wrapped(document: &[u8]) -> Vec<u8> {
    let document = without_declaration(document);
    if document.is_empty() { Vec::new() } else { [b"<Output>", document, b"</Output>"].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_seen_behind_a_declaration() {
        for document in ["<Error/>", "\u{feff}<?xml version='1.0'?>\n<Error a='b'>", " <Error>"] {
            assert_eq!(root_name(document.as_bytes()), Some(&b"Error"[..]), "{document}");
        }
        assert_eq!(root_name(b"<ErrorResponse>"), Some(&b"ErrorResponse"[..]));
        for other in ["", "<?xml", "text"] {
            assert_ne!(root_name(other.as_bytes()), Some(&b"Error"[..]), "{other}");
        }
    }
}
