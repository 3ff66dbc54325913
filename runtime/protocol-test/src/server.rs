//! Cases as a server sees them.

use http::{HeaderMap, Method, StatusCode};
use whitesmith_protocol::{Protocol, ReadOptions, ReceivedRequest, Response, Typed};
use whitesmith_schema::{DeserializeMembers, SerializeMembers, TypedOperation};

use crate::case::{Failure, RequestCase, ResponseCase};
use crate::params::params;
use crate::{compare, headers};

/// Headers that cases list and no protocol writes: the id that the server around it gives a request, and the request's own
/// header that an official case of a response repeats.
const NOT_OF_THE_PROTOCOL: [&str; 2] = ["x-amz-target", "x-amzn-requestid"];

impl RequestCase {
    /// Takes the request for the operation, and compares the input.
    ///
    /// # Errors
    /// What differs.
    pub fn check_server<P: Protocol, O: TypedOperation>(&self) -> Result<(), Failure> {
        let mut given = headers::received(self.headers)?;
        self.check_route::<P, O>(&given)?;
        let Some(body) = self.body else { return Ok(()) };
        given.remove(http::header::CONTENT_LENGTH);
        let bytes = compare::bytes(body, self.media_type())?;
        let received = ReceivedRequest::new(&Method::POST, self.uri, &given, &bytes);
        let input = P::read_input(O::OPERATION, received, ReadOptions::SERVER, Typed::<O::Input>::new())
            .map_err(|error| Failure::step("the request", &error))?;
        compare::values(&params(self.params)?, &input)
    }

    /// Only where the case says all that tells operations apart.
    fn check_route<P: Protocol, O: TypedOperation>(&self, headers: &HeaderMap) -> Result<(), Failure> {
        let method = Method::try_from(self.method).map_err(|error| Failure::step("the case's method", &error))?;
        let named = headers.contains_key("x-amz-target") || self.uri != "/";
        match P::route(O::SERVICE, ReceivedRequest::new(&method, self.uri, headers, &[])) {
            Ok(operation) if operation.id == O::OPERATION.id => Ok(()),
            Ok(other) => Err(Failure::differs("the operation", &O::OPERATION.id, &other.id)),
            Err(error) if named => Err(Failure::step("the request", &error)),
            Err(_) => Ok(()),
        }
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
        headers::check(&expected, self.require_headers, self.forbid_headers, response.headers())?;
        self.body.map_or(Ok(()), |body| compare::body(body, self.media_type(), response.body().as_bytes()))
    }
}
