//! Cases as a client sees them.

use bytes::Bytes;
use http::Response;
use whitesmith_client::clock::Random;
use whitesmith_client::endpoint::{ResolveEndpoint, require_endpoint_url};
use whitesmith_client::{Config, ConfigBuilder, Core, Credentials};
use whitesmith_protocol::{Protocol, ReadOptions, ReceivedResponse, Typed, typed};
use whitesmith_schema::{DeserializeMembers, SerializeMembers, TypedOperation};

use crate::case::{Failure, RequestCase, ResponseCase};
use crate::params::params;
use crate::{compare, headers, settings};

/// The host of cases that do not say one.
const HOST: &str = "example.com";

/// Makes every idempotency token the one that cases expect: `00000000-0000-4000-8000-000000000000`.
struct Zeros;

impl Random for Zeros {
    fn next(&self) -> u64 {
        0
    }
}

impl RequestCase {
    /// Sends the input to the case's host, and compares the request.
    ///
    /// # Errors
    /// What differs.
    pub fn check_client<P: Protocol, O: TypedOperation>(&self) -> Result<(), Failure> {
        let config =
            Config::builder().endpoint_url(format!("https://{}", self.host.unwrap_or(HOST))).region("us-east-1");
        self.check_request::<P, O>(config, require_endpoint_url)
    }

    /// Sends the input to the host that the case's settings lead to, and compares the request.
    ///
    /// # Errors
    /// What differs.
    pub fn check_client_at<P: Protocol, O: TypedOperation>(
        &self,
        resolver: impl ResolveEndpoint + 'static,
    ) -> Result<(), Failure> {
        self.check_request::<P, O>(settings::config(self.settings.unwrap_or("{}"))?, resolver)
    }

    fn check_request<P: Protocol, O: TypedOperation>(
        &self,
        config: ConfigBuilder,
        resolver: impl ResolveEndpoint + 'static,
    ) -> Result<(), Failure> {
        let input: O::Input = params(self.params)?;
        let config = config.credentials(Credentials::new("AKID", "SECRET", None)).random(Zeros).build();
        let core = Core::new(config, resolver);
        let failed = |error| Failure(format!("the client refuses to send the input: {error:?}"));
        let mut call = core.begin(typed::<P>(), O::SERVICE, O::OPERATION, &input).map_err(failed)?;
        let (request, _) = call.next_request(Some(Ok(Credentials::new("AKID", "SECRET", None)))).map_err(failed)?;
        if request.method().as_str() != self.method {
            return Err(Failure::differs("the method", &self.method, &request.method()));
        }
        let base = self.host.and_then(|host| host.split_once('/')).map(|(_, path)| format!("/{path}"));
        let without_base = base.as_deref().and_then(|base| request.uri().path().strip_prefix(base));
        if request.uri().path() != self.uri && without_base != Some(self.uri) {
            return Err(Failure::differs("the URI", &self.uri, &request.uri().path()));
        }
        let query = request.uri().query().unwrap_or_default();
        crate::query::check(self.query, self.require_query, self.forbid_query, query)?;
        if let Some(host) = self.resolved_host {
            let host = host.split('/').next().unwrap_or_default();
            if request.uri().host() != Some(host) {
                return Err(Failure::differs("the host", &host, &request.uri().host()));
            }
        }
        headers::check(self.headers, self.require_headers, self.forbid_headers, request.headers())?;
        let sent = request.body().bytes().map(|bytes| &bytes[..]).unwrap_or_default();
        self.body.map_or(Ok(()), |body| compare::body(body, self.media_type(), sent))
    }
}

impl ResponseCase {
    fn response(&self) -> Result<Response<Bytes>, Failure> {
        let mut response =
            Response::new(Bytes::from(compare::bytes(self.body.unwrap_or_default(), self.media_type())?));
        *response.status_mut() =
            self.code.try_into().map_err(|error| Failure(format!("the case's status: {error}")))?;
        *response.headers_mut() = headers::received(self.headers)?;
        Ok(response)
    }

    /// Reads the output, and compares it.
    ///
    /// # Errors
    /// What differs.
    pub fn check_client<P: Protocol, O: TypedOperation>(&self) -> Result<(), Failure> {
        let response = self.response()?;
        let received = ReceivedResponse::new(response.status(), response.headers(), response.body());
        if !P::is_output(O::SERVICE, received) {
            return Err(Failure(format!("the status {} is taken for an error's", self.code)));
        }
        let output = P::read_output(O::OPERATION, received, ReadOptions::CLIENT, Typed::<O::Output>::new())
            .map_err(|error| Failure::step("the response", &error))?;
        compare::received_values::<P, O::Output>(&params(self.params)?, &output)
    }

    /// Finds out which error the response carries, reads it, and compares it.
    ///
    /// # Errors
    /// What differs.
    pub fn check_client_error<P: Protocol, O: TypedOperation, E>(&self) -> Result<(), Failure>
    where
        E: SerializeMembers + DeserializeMembers,
    {
        let response = self.response()?;
        let received = ReceivedResponse::new(response.status(), response.headers(), response.body());
        if P::is_output(O::SERVICE, received) {
            return Err(Failure(format!("the status {} is taken for an output's", self.code)));
        }
        let summary = P::read_error_summary(O::SERVICE, O::OPERATION, received, ReadOptions::CLIENT);
        let schema = summary.index.and_then(|index| O::OPERATION.errors.get(index)).map(|schema| schema.id);
        if schema != Some(E::SCHEMA.id) {
            return Err(Failure::differs("the error", &E::SCHEMA.id, &summary));
        }
        let error = P::read_error(O::SERVICE, received, ReadOptions::CLIENT, Typed::<E>::new())
            .map_err(|error| Failure::step("the error", &error))?;
        compare::values(&params(self.params)?, &error)
    }
}
