//! Addressing: from a written message to a request with a URI, headers and a signing scope.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use whitesmith_protocol::Body;
#[cfg(feature = "checksums")]
use whitesmith_schema::ChecksumAlgorithm;
use whitesmith_schema::{EndpointBinding, Operation, Service, Value};

use super::state::{CachedTarget, Core};
use crate::config::Settings;
use crate::endpoint::bindings::bind;
use crate::endpoint::{Endpoint, EndpointError, EndpointParameters, Target};
use crate::error::{CallError, InputError};
use crate::host_prefix::host_prefix;
use crate::payload::Payload;
use crate::signing::{Authentication, BodySignature};

/// A request with its endpoint. It lacks what changes from attempt to attempt.
#[derive(Debug)]
pub(super) struct Addressed {
    pub request: Request<Payload>,
    pub authentication: Option<Authentication>,
    /// The checksum that the body lacks.
    #[cfg(feature = "checksums")]
    pub checksum: Option<ChecksumAlgorithm>,
    /// What the signature covers of the body.
    pub body_signature: BodySignature,
}

/// Whether the input is needed beside the message: its host or checksum depends on it, or its body is a member of it.
pub(super) fn depends_on_input(operation: &'static Operation, written: &whitesmith_protocol::Request) -> bool {
    operation.host_prefix.is_some_and(|prefix| prefix.contains('{'))
        || operation.endpoint_parameters.iter().any(|(_, binding)| matches!(binding, EndpointBinding::Input(_)))
        || operation.traits.endpoint_member.is_some()
        || operation.traits.checksum.is_some_and(|checksum| checksum.algorithm_member.is_some())
        || written.body.is_stream()
}

/// Returns a message's body. A stream is the value of the input's member, unless the client supplies another one.
fn payload(operation: &'static Operation, body: Body, fields: &Value) -> Payload {
    match body {
        Body::Bytes(bytes) => Payload::Bytes(Bytes::from(bytes)),
        Body::Stream => {
            let member = operation.input_stream().map(|member| member.name).unwrap_or_default();
            match fields.as_map().and_then(|fields| fields.get(member)) {
                Some(Value::Blob(blob)) => Payload::Bytes(Bytes::copy_from_slice(blob.as_ref())),
                Some(Value::String(text)) => Payload::Bytes(Bytes::copy_from_slice(text.as_bytes())),
                _ => Payload::default(),
            }
        }
    }
}

impl Core {
    /// Finds the endpoint for an operation. `account` is the one that the credentials belong to.
    fn target(
        &self,
        operation: &'static Operation,
        fields: &Value,
        account: Option<&str>,
    ) -> Result<Arc<Target>, EndpointError> {
        if operation.endpoint_parameters.is_empty() && operation.traits.endpoint_member.is_none() {
            let cached = self.cached_target(account)?;
            if !cached.per_account {
                return Ok(cached.target.clone());
            }
        }
        if let Some(url) = operation.traits.endpoint_member.and_then(|member| text_of(fields, member)) {
            return Ok(Arc::new(Target::new(Endpoint::new(url))?));
        }
        let mut parameters = self.parameters(account);
        bind(operation, fields, &mut parameters);
        Ok(Arc::new(Target::new(self.resolver.resolve(&parameters)?)?))
    }

    fn cached_target(&self, account: Option<&str>) -> Result<Arc<CachedTarget>, EndpointError> {
        if let Some(cached) = self.target.get() {
            return Ok(cached.clone());
        }
        let endpoint = self.resolver.resolve(&self.parameters(account))?;
        // Rules that know accounts give any two of them different endpoints.
        let other = self.resolver.resolve(&self.parameters(Some("000000000000")));
        let per_account =
            self.settings().endpoint.account_id().is_none() && other.is_ok_and(|other| other.url != endpoint.url);
        let cached = Arc::new(CachedTarget { target: Arc::new(Target::new(endpoint)?), per_account });
        Ok(self.target.get_or_init(|| cached).clone())
    }

    fn parameters(&self, account: Option<&str>) -> EndpointParameters {
        let mut parameters = self.settings().endpoint.clone();
        if let Some(account) = account.filter(|_| parameters.account_id().is_none()) {
            parameters.set_account_id(account);
        }
        parameters
    }

    /// Gives a written message its endpoint.
    pub(super) fn address(
        &self,
        service: &'static Service,
        operation: &'static Operation,
        written: whitesmith_protocol::Request,
        fields: &Value,
        account: Option<&str>,
    ) -> Result<Addressed, CallError> {
        let prefix =
            if self.settings().host_prefix { host_prefix(operation, fields).map_err(InputError::from)? } else { None };
        let target = self.target(operation, fields, account)?;
        // A configured URL that is used as it is has no label.
        let is_configured = self.settings().endpoint.endpoint.as_ref() == Some(&target.endpoint.url);
        let path = match operation.traits.virtual_host {
            Some(_) if !is_configured => without_label(&written.path),
            _ => &written.path,
        };
        let (uri, host) = target.uri(prefix.as_deref(), path)?;
        let mut request = Request::new(payload(operation, written.body, fields));
        *request.method_mut() = written.method;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.reserve(written.headers.len().saturating_add(10));
        headers.insert(HOST, host);
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.extend(written.headers);
        add_endpoint_headers(headers, &target.endpoint)?;
        headers.insert(USER_AGENT, self.user_agent.clone());
        let authentication = Authentication::choose(self.settings(), service, operation, &target.endpoint)?;
        Ok(Addressed {
            request,
            authentication,
            #[cfg(feature = "checksums")]
            checksum: None,
            body_signature: BodySignature::default(),
        })
    }
}

/// Returns a path and its query without the first segment; nothing may be left of the path.
fn without_label(path: &str) -> &str {
    let rest = path.strip_prefix('/').unwrap_or(path);
    rest.find(['/', '?']).and_then(|end| rest.get(end..)).unwrap_or_default()
}

fn text_of<'v>(fields: &'v Value, member: &str) -> Option<&'v str> {
    fields.as_map()?.get(member)?.as_str().filter(|text| !text.is_empty())
}

fn add_endpoint_headers(headers: &mut HeaderMap, endpoint: &Endpoint) -> Result<(), EndpointError> {
    let invalid = |text: &str| EndpointError(format!("invalid header name or value `{text}`"));
    for (name, values) in &endpoint.headers {
        let name = HeaderName::try_from(name.as_str()).map_err(|_| invalid(name))?;
        for value in values {
            headers.append(&name, HeaderValue::try_from(value.as_str()).map_err(|_| invalid(value))?);
        }
    }
    Ok(())
}

/// Compresses the body where the operation offers it and the body is large enough.
pub(super) fn compress(settings: &Settings, operation: &'static Operation, request: &mut Request<Payload>) {
    #[cfg(feature = "compression")]
    if operation.compression
        && let Payload::Bytes(body) = request.body()
        && settings.compression_threshold.is_some_and(|least| body.len() >= least)
    {
        crate::compression::compress(request);
    }
    #[cfg(not(feature = "compression"))]
    let _ = (settings, operation, request);
}

/// Chooses the checksum of the request, and asks for that of the response.
pub(super) fn choose_checksum(
    settings: &Settings,
    operation: &'static Operation,
    addressed: &mut Addressed,
    input: &Value,
) -> Result<(), InputError> {
    #[cfg(feature = "checksums")]
    {
        addressed.checksum = crate::checksum::choose(settings, operation, &mut addressed.request, input)?;
    }
    #[cfg(not(feature = "checksums"))]
    let _ = (settings, operation, addressed, input);
    Ok(())
}

/// Adds the checksum that the body lacks.
pub(super) fn add_checksum(addressed: &mut Addressed) {
    #[cfg(feature = "checksums")]
    if let Some(algorithm) = addressed.checksum.take() {
        crate::checksum::add(algorithm, &mut addressed.request);
    }
    #[cfg(not(feature = "checksums"))]
    let _ = addressed;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_label_may_be_left_out() {
        for (path, rest) in [("/b/k?x", "/k?x"), ("/b/k/", "/k/"), ("/b?x/y", "?x/y"), ("/b", ""), ("/b/", "/")] {
            assert_eq!(without_label(path), rest, "{path}");
        }
    }
}
