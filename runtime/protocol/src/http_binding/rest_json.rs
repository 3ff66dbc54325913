//! REST with JSON (`aws.protocols#restJson1`).

use http::{HeaderName, StatusCode};
use whitesmith_codec::{Codec as _, ReadError, ReadOptions, Seed, WriteOptions};
use whitesmith_schema::{ProtocolId, SerializeMembers, Service};

use super::{Dialect, HttpBinding, Wrapping};
use crate::summary::{ErrorFields, X_AMZN_ERRORTYPE, header_text, summary_fields};
use crate::{ReceivedResponse, WriteError};

/// `aws.protocols#restJson1`.
pub type RestJson1 = HttpBinding<RestJson>;

/// The dialect of [`RestJson1`].
#[derive(Debug)]
pub struct RestJson;

impl Dialect for RestJson {
    type Codec = whitesmith_codec::RestJson;

    const ID: ProtocolId = ProtocolId::RestJson1;
    const MEDIA_TYPE: &'static str = "application/json";
    const REQUIRES_MEDIA_TYPE: bool = true;
    const SENDS_EMPTY_PAYLOAD: bool = true;
    const ALWAYS_SENDS_DOCUMENT: bool = true;
    const ERROR_HEADER: Option<HeaderName> = Some(X_AMZN_ERRORTYPE);

    fn read_document<S: Seed>(bytes: &[u8], _: Wrapping, options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        Self::Codec::read(bytes, options, seed)
    }

    fn is_empty_payload(document: &[u8]) -> bool {
        document.is_empty() || document.trim_ascii() == b"{}"
    }

    /// The header takes precedence over the document (Smithy 2.0, "AWS restJson1 protocol", "Operation error
    /// serialization").
    fn error_fields(response: ReceivedResponse<'_>, options: ReadOptions) -> ErrorFields {
        let fields = summary_fields::<Self::Codec>(response, options);
        let header = header_text(response.headers, &X_AMZN_ERRORTYPE);
        ErrorFields { code: header.or(fields.code), ..fields }
    }

    fn write_error_document<E: SerializeMembers>(
        _: &'static Service,
        _: &str,
        _: StatusCode,
        error: &E,
    ) -> Result<Vec<u8>, WriteError> {
        Ok(Self::Codec::write(error, &WriteOptions::default())?)
    }
}
