//! Operations as static data.

use crate::{HttpChecksum, Member, Schema};

/// An authentication scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthScheme {
    /// AWS Signature Version 4 (`aws.auth#sigv4`).
    SigV4,
    /// AWS Signature Version 4A (`aws.auth#sigv4a`).
    SigV4A,
    /// A bearer token (`smithy.api#httpBearerAuth`).
    Bearer,
    /// An API key (`smithy.api#httpApiKeyAuth`).
    ApiKey(&'static ApiKey),
    /// User name and password (`smithy.api#httpBasicAuth`).
    Basic,
    /// HTTP digest authentication (`smithy.api#httpDigestAuth`).
    Digest,
    /// Anonymous (`smithy.api#noAuth`, `smithy.api#optionalAuth`).
    None,
}

/// Where an API key is sent (`smithy.api#httpApiKeyAuth`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The name of the header or query parameter.
    pub name: &'static str,
    /// Whether it is a header or a query parameter.
    pub place: ApiKeyPlace,
    /// The scheme to put before the key in a header.
    pub scheme: Option<&'static str>,
}

/// The part of a request that carries an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ApiKeyPlace {
    Header,
    Query,
}

/// Where an endpoint parameter's value comes from (`smithy.rules`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointBinding {
    /// A constant string.
    Text(&'static str),
    /// A constant boolean.
    Boolean(bool),
    /// A constant list of strings.
    TextArray(&'static [&'static str]),
    /// A path into the input.
    Input(&'static [InputStep]),
}

/// A step into an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputStep {
    /// The member, or the entry of a map, of that name.
    Member(&'static str),
    /// All elements of a list, or all values of a map.
    Elements,
    /// All keys of a map.
    Keys,
}

/// The `smithy.api#http` trait, its URI pattern taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpTrait {
    /// The method.
    pub method: &'static str,
    /// The segments of the path; none for `/`.
    pub path: &'static [PathSegment],
    /// Constant query parameters; an empty value for a name alone.
    pub query: &'static [(&'static str, &'static str)],
    /// The status of a success.
    pub code: u16,
}

/// A segment of a URI pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// Constant text.
    Literal(&'static str),
    /// The value of the member of that name.
    Label(&'static str),
    /// The value of the member of that name, which may hold slashes.
    Greedy(&'static str),
}

/// The `smithy.api#paginated` trait. Paths are member names, joined by dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The input member that takes the token.
    pub input_token: &'static str,
    /// The path to the next token in the output.
    pub output_token: &'static str,
    /// The path to the page's items in the output.
    pub items: Option<&'static str>,
    /// The input member that limits a page's size.
    pub page_size: Option<&'static str>,
}

/// A waiter (`smithy.waiters#waitable`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiter {
    /// Its name.
    pub name: &'static str,
    /// Seconds between the first attempts.
    pub min_delay: u32,
    /// Seconds between later attempts, at most.
    pub max_delay: u32,
    /// Tried in order; the first that matches decides.
    pub acceptors: &'static [Acceptor],
    /// First sentence of its documentation, plain text.
    pub doc: &'static str,
}

/// A condition of a [`Waiter`] and what it leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Acceptor {
    /// What happens if the condition holds.
    pub outcome: AcceptorOutcome,
    /// The condition.
    pub matcher: Matcher,
}

/// What a matching [`Acceptor`] leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Smithy's")]
pub enum AcceptorOutcome {
    Success,
    Failure,
    Retry,
}

/// The condition of an [`Acceptor`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Matcher {
    /// Whether the call succeeds.
    Success(bool),
    /// The call fails with an error of that shape name or code.
    ErrorType(&'static str),
    /// A JMESPath expression over the output.
    Output(&'static str, Comparator),
    /// A JMESPath expression over `{input, output}`.
    InputOutput(&'static str, Comparator),
}

/// How the result of a [`Matcher`]'s expression is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// Equal to a string.
    StringEquals(&'static str),
    /// A boolean of that value.
    BooleanEquals(bool),
    /// A non-empty list whose elements all equal a string.
    AllStringEquals(&'static str),
    /// A list with an element that equals a string.
    AnyStringEquals(&'static str),
}

/// Traits that many operations do without.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OperationTraits {
    /// `smithy.api#http`.
    pub http: Option<HttpTrait>,
    /// `aws.protocols#httpChecksum` and `smithy.api#httpChecksumRequired`.
    pub checksum: Option<HttpChecksum>,
    /// `smithy.api#paginated`.
    pub pagination: Option<Pagination>,
    /// `smithy.waiters#waitable`.
    pub waiters: &'static [Waiter],
    /// `aws.auth#unsignedPayload`.
    pub unsigned_payload: bool,
    /// `aws.customizations#s3UnwrappedXmlOutput`: the output's only member is the root of the document.
    pub unwrapped_xml_output: bool,
    /// The service's own label in host names, if the endpoint rules may put the value of the path's first label before it
    /// or otherwise into the URL, so that requests leave it out of their path.
    pub virtual_host: Option<&'static str>,
    /// The input member whose value is the URL of the endpoint.
    pub endpoint_member: Option<&'static str>,
}

impl OperationTraits {
    /// No trait.
    pub const NONE: Self = Self {
        http: None,
        checksum: None,
        pagination: None,
        waiters: &[],
        unsigned_payload: false,
        unwrapped_xml_output: false,
        virtual_host: None,
        endpoint_member: None,
    };

    /// Starts without any trait.
    #[must_use]
    pub const fn new() -> Self {
        Self::NONE
    }

    /// Sets `http`.
    #[must_use]
    pub const fn with_http(mut self, http: HttpTrait) -> Self {
        self.http = Some(http);
        self
    }

    /// Sets the checksum traits.
    #[must_use]
    pub const fn with_checksum(mut self, checksum: HttpChecksum) -> Self {
        self.checksum = Some(checksum);
        self
    }

    /// Sets `paginated`.
    #[must_use]
    pub const fn with_pagination(mut self, pagination: Pagination) -> Self {
        self.pagination = Some(pagination);
        self
    }

    /// Sets `waitable`.
    #[must_use]
    pub const fn with_waiters(mut self, waiters: &'static [Waiter]) -> Self {
        self.waiters = waiters;
        self
    }

    /// Sets `unsignedPayload`.
    #[must_use]
    pub const fn with_unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sets `s3UnwrappedXmlOutput`.
    #[must_use]
    pub const fn with_unwrapped_xml_output(mut self) -> Self {
        self.unwrapped_xml_output = true;
        self
    }

    /// Sets the service's own label in host names that the path's first label may precede.
    #[must_use]
    pub const fn with_virtual_host(mut self, label: &'static str) -> Self {
        self.virtual_host = Some(label);
        self
    }

    /// Sets the input member whose value is the URL of the endpoint.
    #[must_use]
    pub const fn with_endpoint_member(mut self, name: &'static str) -> Self {
        self.endpoint_member = Some(name);
        self
    }
}

impl Default for OperationTraits {
    fn default() -> Self {
        Self::NONE
    }
}

/// An operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct Operation {
    /// Absolute shape id.
    pub id: &'static str,
    /// The operation's name on the wire.
    pub name: &'static str,
    /// Its input structure.
    pub input: &'static Schema,
    /// Its output structure.
    pub output: &'static Schema,
    /// Whether the model gives it an input; an RPC request has no body without one.
    pub has_input: bool,
    /// Whether the model gives it an output; an RPC response has no body without one.
    pub has_output: bool,
    /// Its modelled errors, the service's common ones included.
    pub errors: &'static [&'static Schema],
    /// Authentication schemes, in order of preference. The call is anonymous if the list is empty, and may be if it
    /// holds [`AuthScheme::None`].
    pub auth: &'static [AuthScheme],
    /// `smithy.api#endpoint`'s host prefix, with `{Member}` labels.
    pub host_prefix: Option<&'static str>,
    /// Whether `smithy.api#requestCompression` offers gzip.
    pub compression: bool,
    /// Endpoint parameters that are not the same for all operations, by name.
    pub endpoint_parameters: &'static [(&'static str, EndpointBinding)],
    /// Traits that many operations do without.
    pub traits: &'static OperationTraits,
    /// First sentence of its documentation, plain text.
    pub doc: &'static str,
}

impl Operation {
    /// Creates an operation that is signed with Signature Version 4 and has no further traits.
    pub const fn new(id: &'static str, name: &'static str, input: &'static Schema, output: &'static Schema) -> Self {
        Self {
            id,
            name,
            input,
            output,
            has_input: true,
            has_output: true,
            errors: &[],
            auth: &[AuthScheme::SigV4],
            host_prefix: None,
            compression: false,
            endpoint_parameters: &[],
            traits: &OperationTraits::NONE,
            doc: "",
        }
    }

    /// Says that the model gives it no input.
    #[must_use]
    pub const fn without_input(mut self) -> Self {
        self.has_input = false;
        self
    }

    /// Says that the model gives it no output.
    #[must_use]
    pub const fn without_output(mut self) -> Self {
        self.has_output = false;
        self
    }

    /// Sets the errors.
    #[must_use]
    pub const fn with_errors(mut self, errors: &'static [&'static Schema]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets the authentication schemes.
    #[must_use]
    pub const fn with_auth(mut self, auth: &'static [AuthScheme]) -> Self {
        self.auth = auth;
        self
    }

    /// Sets the host prefix.
    #[must_use]
    pub const fn with_host_prefix(mut self, prefix: &'static str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// Sets the endpoint parameters.
    #[must_use]
    pub const fn with_endpoint_parameters(mut self, parameters: &'static [(&'static str, EndpointBinding)]) -> Self {
        self.endpoint_parameters = parameters;
        self
    }

    /// Offers gzip.
    #[must_use]
    pub const fn with_compression(mut self) -> Self {
        self.compression = true;
        self
    }

    /// Sets the traits that many operations do without.
    #[must_use]
    pub const fn with_traits(mut self, traits: &'static OperationTraits) -> Self {
        self.traits = traits;
        self
    }

    /// Sets the summary.
    #[must_use]
    pub const fn with_doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Whether a call is never authenticated.
    pub fn is_anonymous(&self) -> bool {
        self.auth.iter().all(|scheme| *scheme == AuthScheme::None)
    }

    /// Whether a call may do without authentication if there are no credentials.
    pub fn is_auth_optional(&self) -> bool {
        self.auth.is_empty() || self.auth.contains(&AuthScheme::None)
    }

    /// The input member that is a stream.
    pub fn input_stream(&self) -> Option<&'static Member> {
        self.input.members.iter().find(|member| member.is_streaming())
    }

    /// The output member that is a stream.
    pub fn output_stream(&self) -> Option<&'static Member> {
        self.output.members.iter().find(|member| member.is_streaming())
    }

    /// The input member that is a stream of events.
    pub fn input_events(&self) -> Option<&'static Member> {
        self.input_stream().filter(|member| member.is_event_stream())
    }

    /// The output member that is a stream of events.
    pub fn output_events(&self) -> Option<&'static Member> {
        self.output_stream().filter(|member| member.is_event_stream())
    }

    /// The modelled error of a shape name, and its position in [`Operation::errors`].
    pub fn error(&self, name: &str) -> Option<(usize, &'static Schema)> {
        self.errors.iter().copied().enumerate().find(|(_, error)| error.name() == name)
    }
}
