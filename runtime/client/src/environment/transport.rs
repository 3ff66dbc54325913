//! Lends the client's transport to the SDK's credential providers.

use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

use crate::Config;
use crate::blocking::{Body, HttpTransport, Transport};
use crate::core::AttemptLimits;
use crate::error::TransportError;

/// Maximum size of a response with credentials.
const MAX_RESPONSE_BYTES: u64 = 1 << 20;
/// How long a request may take, however steadily the response arrives.
const ATTEMPT_LIMIT: Duration = Duration::from_secs(60);

/// An HTTP client that blocks: nothing else runs while credentials are fetched.
#[derive(Clone, Debug)]
pub(super) struct BlockingHttpClient {
    transport: HttpTransport,
    /// When all requests together have to be done.
    deadline: Option<Instant>,
}

impl BlockingHttpClient {
    /// Creates a client with the certificates and the proxy of a configuration.
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        Ok(Self { transport: HttpTransport::new(config)?, deadline: None })
    }

    /// Sets how long all requests together may take from now on.
    pub fn with_total_limit(mut self, limit: Duration) -> Self {
        self.deadline = Instant::now().checked_add(limit);
        self
    }
}

impl HttpClient for BlockingHttpClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let limits = AttemptLimits {
            connect: settings.connect_timeout(),
            read: settings.read_timeout(),
            attempt: Some(ATTEMPT_LIMIT),
            streams_response: false,
        };
        SharedHttpConnector::new(Connector { client: self.clone(), limits })
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        None
    }
}

#[derive(Debug)]
struct Connector {
    client: BlockingHttpClient,
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
        let failed = |error: TransportError| match error.kind.is_timeout() {
            true => ConnectorError::timeout(error.into()),
            false => ConnectorError::io(error.into()),
        };
        let request = http::Request::from_parts(parts, Body::Bytes(body));
        let mut limits = self.limits;
        if let Some(deadline) = self.client.deadline {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ConnectorError::timeout("no time is left for another request".into()));
            }
            limits.attempt = Some(ATTEMPT_LIMIT.min(left));
        }
        let (head, body) = self.client.transport.send(request, &limits).map_err(failed)?.into_parts();
        let body = body.collect(MAX_RESPONSE_BYTES).map_err(failed)?;
        HttpResponse::try_from(http::Response::from_parts(head, SdkBody::from(body)))
            .map_err(|error| unusable(error.into()))
    }
}
