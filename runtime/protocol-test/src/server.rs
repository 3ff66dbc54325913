//! Cases as a server sees them.

use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderValue, Method, StatusCode};
use whitesmith_protocol::{Protocol, ReadOptions, ReceivedRequest, Response, Typed};
use whitesmith_schema::{Closure, DeserializeMembers, HttpBinding, ProtocolStyle, SerializeMembers, TypedOperation};

use crate::case::{Failure, RequestCase, ResponseCase, path_and_query};
use crate::params::params;
use crate::{compare, headers};

/// Headers that cases list and no protocol writes: those of the transport and of the server around the protocol, and the
/// request's own header that an official case of a response repeats.
const NOT_OF_THE_PROTOCOL: [&str; 3] = ["content-length", "x-amz-target", "x-amzn-requestid"];

impl RequestCase {
    /// Takes the request for the operation, and compares the input.
    ///
    /// # Errors
    /// What differs.
    pub fn check_server<P: Protocol, O: TypedOperation>(&self, closure: &'static Closure) -> Result<(), Failure> {
        let mut headers = headers::received(self.headers)?;
        let method = Method::try_from(self.method).map_err(|error| Failure::step("the case's method", &error))?;
        let path = path_and_query(self.uri, self.query);
        let body = compare::bytes(self.body.unwrap_or_default(), self.media_type())?;
        let is_bound = P::ID.facts().style == ProtocolStyle::HttpBinding;
        // Some cases name a document's media type in place of the header.
        if let Some(media_type) = self.body_media_type.filter(|it| ["application/json", "application/xml"].contains(it))
            && let (true, false, Ok(value)) = (is_bound, body.is_empty(), HeaderValue::try_from(media_type))
        {
            headers.entry(CONTENT_TYPE).or_insert(value);
        }
        if let Some(host) = self.resolved_host.and_then(|host| HeaderValue::try_from(host).ok()) {
            headers.entry(HOST).or_insert(host);
        }
        let request = ReceivedRequest::new(&method, &path, &headers, &body);
        // Only if the case gives everything that tells operations apart.
        let is_named = match P::ID.facts().style {
            ProtocolStyle::HttpBinding => true,
            ProtocolStyle::Rpc => headers.contains_key("x-amz-target") || self.uri != "/",
            ProtocolStyle::Query => !body.is_empty(),
        };
        match P::route(closure, request) {
            Ok(operation) if operation.id == O::OPERATION.id => {}
            Ok(other) => return Err(Failure::differs("the operation", &O::OPERATION.id, &other.id)),
            Err(error) if is_named => return Err(Failure::step("the request", &error)),
            Err(_) => {}
        }
        let has_body = O::OPERATION
            .input
            .members
            .iter()
            .any(|member| matches!(member.http_binding(), None | Some(HttpBinding::Payload)));
        if self.body.is_none() && has_body {
            return Ok(());
        }
        let input = P::read_input(O::OPERATION, request, ReadOptions::SERVER, Typed::<O::Input>::new())
            .map_err(|error| Failure::step("the request", &error))?;
        let expected: O::Input = params(self.params)?;
        compare::received_values::<P, _>(&expected, &input)
    }
}

impl ResponseCase {
    /// Answers with the output, and compares the response.
    ///
    /// # Errors
    /// What differs.
    pub fn check_server<P: Protocol, O: TypedOperation>(&self) -> Result<(), Failure> {
        let output: O::Output = params(self.params)?;
        let response = P::write_output(O::SERVICE, O::OPERATION, &output);
        self.check_response(&response.map_err(|error| Failure::step("the output", &error))?)
    }

    /// Answers with the error, and compares the response.
    ///
    /// # Errors
    /// What differs.
    pub fn check_server_error<P: Protocol, O: TypedOperation, E>(&self) -> Result<(), Failure>
    where
        E: SerializeMembers + DeserializeMembers,
    {
        let error: E = params(self.params)?;
        let response = P::write_error(O::SERVICE, &error);
        self.check_response(&response.map_err(|error| Failure::step("the error", &error))?)
    }

    fn check_response(&self, response: &Response) -> Result<(), Failure> {
        if StatusCode::from_u16(self.code).ok() != Some(response.status()) {
            return Err(Failure::differs("the status", &self.code, &response.status()));
        }
        let expected: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| !NOT_OF_THE_PROTOCOL.contains(&name.to_ascii_lowercase().as_str()))
            .copied()
            .collect();
        if let Some((_, length)) = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
            let written = response.body().as_bytes().len().to_string();
            if *length != written {
                return Err(Failure::differs("the length of the body", length, &written));
            }
        }
        headers::check(&expected, self.require_headers, self.forbid_headers, response.headers())?;
        // A case that names no media type means that of the protocol.
        let written = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = self.media_type().or(written);
        self.body.map_or(Ok(()), |body| compare::body(body, media_type, response.body().as_bytes()))
    }
}
