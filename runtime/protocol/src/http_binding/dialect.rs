//! What one protocol over HTTP bindings does differently from another.

use http::{HeaderName, StatusCode};
use whitesmith_codec::{Codec, ReadError, ReadOptions, Seed};
use whitesmith_schema::{ProtocolId, Schema, SerializeMembers, Service};

use crate::summary::{ErrorFields, UNMODELED};
use crate::{ReceivedResponse, WriteError};

/// How the members of a document are wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// They are the top of the document.
    None,
    /// The document is the output's only member.
    Unwrapped,
    /// They are an error's.
    Error,
}

/// What one [`HttpBinding`](super::HttpBinding) protocol does differently from another.
pub trait Dialect: 'static {
    /// The format of documents.
    type Codec: Codec;

    /// The protocol's name.
    const ID: ProtocolId;

    /// The documents' media type.
    const MEDIA_TYPE: &'static str;

    /// Whether a request with a document must say its media type.
    const REQUIRES_MEDIA_TYPE: bool;

    /// Whether a request with a structure as its payload carries an empty document if that is not set.
    const SENDS_EMPTY_PAYLOAD: bool;

    /// Whether a response carries a document even if no member belongs to it.
    const ALWAYS_SENDS_DOCUMENT: bool;

    /// The header that says an error's code.
    const ERROR_HEADER: Option<HeaderName>;

    /// Reads the members of a document.
    ///
    /// # Errors
    /// If the document is malformed or does not fit the schema.
    fn read_document<S: Seed>(
        bytes: &[u8],
        wrapping: Wrapping,
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError>;

    /// Reads the fields that all errors share.
    fn error_fields(response: ReceivedResponse<'_>, options: ReadOptions) -> ErrorFields;

    /// Whether a payload stands for a structure that is not set.
    fn is_empty_payload(document: &[u8]) -> bool {
        document.is_empty()
    }

    /// Whether the document of a response with a status of success is an error's.
    fn has_error_in_success(document: &[u8]) -> bool {
        let _ = document;
        false
    }

    /// The shape of errors that are in no model; its only member is the message.
    fn unmodeled() -> &'static Schema {
        &UNMODELED
    }

    /// The code of a modelled error.
    fn error_code(schema: &'static Schema) -> &'static str {
        schema.name()
    }

    /// Writes an error's document.
    ///
    /// # Errors
    /// If a value cannot be put on the wire.
    fn write_error_document<E: SerializeMembers>(
        service: &'static Service,
        code: &str,
        status: StatusCode,
        error: &E,
    ) -> Result<Vec<u8>, WriteError>;
}
