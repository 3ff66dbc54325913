//! Lends the client's transport to the SDK's credential providers.

use std::time::Duration;

use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use whitesmith_client::Config;
use whitesmith_client::blocking::{HttpTransport, Transport};
use whitesmith_client::core::AttemptLimits;
use whitesmith_client::error::{TransportError, TransportErrorKind};

/// Maximum size of a response with credentials.
const MAX_RESPONSE_BYTES: u64 = 1 << 20;
/// How long a request may take, however steadily the response arrives.
const ATTEMPT_LIMIT: Duration = Duration::from_secs(60);

/// An HTTP client that blocks: nothing else runs while credentials are fetched.
#[derive(Clone, Debug)]
pub struct BlockingHttpClient {
    transport: HttpTransport,
}

impl BlockingHttpClient {
    /// A client with the set-up's certificates and proxy.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        Ok(Self { transport: HttpTransport::new(config)? })
    }
}

impl HttpClient for BlockingHttpClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let limits = AttemptLimits {
            connect: settings.connect_timeout(),
            read: settings.read_timeout(),
            attempt: Some(ATTEMPT_LIMIT),
            max_response_bytes: MAX_RESPONSE_BYTES,
        };
        SharedHttpConnector::new(Connector { transport: self.transport.clone(), limits })
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        None
    }
}

#[derive(Debug)]
struct Connector {
    transport: HttpTransport,
    limits: AttemptLimits,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(self.send(request))
    }
}

impl Connector {
    fn send(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let unusable = |error: Box<dyn std::error::Error + Send + Sync>| ConnectorError::user(error);
        let request = request.try_into_http1x().map_err(|error| unusable(error.into()))?;
        let (parts, body) = request.into_parts();
        let body = body.bytes().map(Bytes::copy_from_slice).ok_or_else(|| unusable("the body is a stream".into()))?;
        let response = self.transport.send(http::Request::from_parts(parts, body), &self.limits).map_err(|error| {
            match error.kind {
                TransportErrorKind::ConnectTimeout
                | TransportErrorKind::ReadTimeout
                | TransportErrorKind::AttemptTimeout => ConnectorError::timeout(error.into()),
                _ => ConnectorError::io(error.into()),
            }
        })?;
        HttpResponse::try_from(response.map(SdkBody::from)).map_err(|error| unusable(error.into()))
    }
}
