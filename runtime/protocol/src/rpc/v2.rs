//! RPC v2 with CBOR or JSON (`smithy.protocols#rpcv2Cbor`, `smithy.protocols#rpcv2Json`).
//!
//! Every request is `POST /service/{service}/operation/{operation}`, with one document as its body.

use std::borrow::Cow;
use std::marker::PhantomData;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};
use whitesmith_codec::{Cbor, Codec};
use whitesmith_schema::{Closure, Operation, ProtocolId, Schema, Service};

use super::{Dialect, EVENT_STREAM, Rpc, check_media_type};
use crate::{ReceivedRequest, RouteError, WriteError};

/// `smithy.protocols#rpcv2Cbor`.
pub type RpcV2Cbor = Rpc<V2<Cbor>>;

/// `smithy.protocols#rpcv2Json`.
pub type RpcV2Json = Rpc<V2<whitesmith_codec::RpcV2Json>>;

/// RPC v2 over a format.
#[derive(Debug)]
pub struct V2<C>(PhantomData<fn() -> C>);

/// A format of RPC v2.
pub trait V2Format: Codec + 'static {
    /// The protocol's name.
    const ID: ProtocolId;

    /// The documents' media type.
    const MEDIA_TYPE: &'static str;

    /// The protocol's name in the header `smithy-protocol`.
    const HEADER: &'static str;
}

impl V2Format for Cbor {
    const ID: ProtocolId = ProtocolId::RpcV2Cbor;
    const MEDIA_TYPE: &'static str = "application/cbor";
    const HEADER: &'static str = "rpc-v2-cbor";
}

impl V2Format for whitesmith_codec::RpcV2Json {
    const ID: ProtocolId = ProtocolId::RpcV2Json;
    const MEDIA_TYPE: &'static str = "application/json";
    const HEADER: &'static str = "rpc-v2-json";
}

const SMITHY_PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// The names of service and operation at the end of a path.
fn named(path: &str) -> Option<(&str, &str)> {
    let path = path.split('?').next()?;
    let mut segments = path.rsplit('/');
    let operation = segments.next()?;
    let ("operation", service, "service") = (segments.next()?, segments.next()?, segments.next()?) else {
        return None;
    };
    Some((service, operation))
}

impl<C: V2Format> Dialect for V2<C> {
    type Codec = C;

    const ID: ProtocolId = C::ID;
    const MEDIA_TYPE: &'static str = C::MEDIA_TYPE;
    const ALWAYS_SENDS_DOCUMENT: bool = false;
    const ALWAYS_SENDS_MEDIA_TYPE: bool = false;

    fn name_operation(
        service: &'static Service,
        operation: &'static Operation,
        headers: &mut HeaderMap,
    ) -> Result<Cow<'static, str>, WriteError> {
        headers.insert(SMITHY_PROTOCOL, HeaderValue::from_static(C::HEADER));
        let accepted = if operation.output_events().is_some() { EVENT_STREAM } else { C::MEDIA_TYPE };
        headers.insert(ACCEPT, HeaderValue::from_static(accepted));
        Ok(Cow::Owned(format!("/service/{}/operation/{}", service.name, operation.name)))
    }

    fn mark_response(headers: &mut HeaderMap) {
        headers.insert(SMITHY_PROTOCOL, HeaderValue::from_static(C::HEADER));
    }

    fn error_type(schema: &'static Schema) -> &'static str {
        schema.id
    }

    fn route(closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError> {
        if request.headers.contains_key(CONTENT_TYPE) {
            check_media_type(request, C::MEDIA_TYPE)?;
        }
        let unknown = || RouteError::UnknownOperation(request.path.to_owned());
        if request.headers.get(SMITHY_PROTOCOL).is_none_or(|value| value != C::HEADER) {
            return Err(unknown());
        }
        let (_, operation) =
            named(request.path).filter(|(name, _)| *name == closure.service.name).ok_or_else(unknown)?;
        closure.operation(operation).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn service_and_operation_end_the_path() {
        assert_eq!(named("/service/S/operation/O"), Some(("S", "O")));
        assert_eq!(named("/v1/service/S/operation/O?x"), Some(("S", "O")));
        for other in ["/", "/operation/O", "/service/S/operations/O", "/service/S/operation"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
