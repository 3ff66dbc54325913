//! Services and operations as static data.

use crate::Schema;

/// A wire protocol that a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are those of the protocol traits")]
pub enum Protocol {
    AwsJson1_0,
    AwsJson1_1,
    RpcV2Cbor,
}

/// How an operation's requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// AWS Signature Version 4.
    SigV4,
    /// Signed when there are credentials, sent without otherwise (`smithy.api#optionalAuth`).
    Optional,
    /// Never signed (`auth: []`).
    None,
}

/// Where an endpoint parameter's value comes from (`smithy.rules`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointBinding {
    /// Always this text.
    Text(&'static str),
    /// Always this boolean.
    Boolean(bool),
    /// Always these texts.
    TextArray(&'static [&'static str]),
    /// What stands there in the input.
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
    /// Its modelled errors, the service's common ones included.
    pub errors: &'static [&'static Schema],
    /// How it is signed.
    pub auth: Auth,
    /// `smithy.api#endpoint`'s host prefix, with `{Member}` labels.
    pub host_prefix: Option<&'static str>,
    /// Whether `smithy.api#requestCompression` offers gzip.
    pub compression: bool,
    /// Endpoint parameters that are not the same for all operations, by name.
    pub endpoint_parameters: &'static [(&'static str, EndpointBinding)],
    /// First sentence of its documentation, plain text.
    pub doc: &'static str,
}

impl Operation {
    /// An operation that is signed and has no further traits.
    pub const fn new(id: &'static str, name: &'static str, input: &'static Schema, output: &'static Schema) -> Self {
        Self {
            id,
            name,
            input,
            output,
            errors: &[],
            auth: Auth::SigV4,
            host_prefix: None,
            compression: false,
            endpoint_parameters: &[],
            doc: "",
        }
    }

    /// Sets the errors.
    #[must_use]
    pub const fn with_errors(mut self, errors: &'static [&'static Schema]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets how it is signed.
    #[must_use]
    pub const fn with_auth(mut self, auth: Auth) -> Self {
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

    /// Sets the summary.
    #[must_use]
    pub const fn with_doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }
}

/// A service.
#[derive(Debug)]
#[non_exhaustive]
pub struct Service {
    /// Absolute shape id.
    pub id: &'static str,
    /// The service shape's name, which awsJson puts before the operation's in `X-Amz-Target`.
    pub name: &'static str,
    /// `version` of the service shape.
    pub version: &'static str,
    /// `sdkId` of `aws.api#service`; empty where there is none.
    pub sdk_id: &'static str,
    /// `endpointPrefix` of `aws.api#service`; empty where there is none.
    pub endpoint_prefix: &'static str,
    /// `name` of `aws.auth#sigv4`; empty where requests are not signed.
    pub signing_name: &'static str,
    /// The protocol of the generated client.
    pub protocol: Protocol,
    /// Whether `aws.protocols#awsQueryCompatible` is set.
    pub query_compatible: bool,
    /// The chosen operations, by name.
    pub operations: &'static [&'static Operation],
}

impl Service {
    /// A service without traits.
    pub const fn new(
        id: &'static str,
        name: &'static str,
        version: &'static str,
        protocol: Protocol,
        operations: &'static [&'static Operation],
    ) -> Self {
        Self {
            id,
            name,
            version,
            sdk_id: "",
            endpoint_prefix: "",
            signing_name: "",
            protocol,
            query_compatible: false,
            operations,
        }
    }

    /// Sets the AWS names: SDK id, endpoint prefix, signing name.
    #[must_use]
    pub const fn with_aws_names(
        mut self,
        sdk_id: &'static str,
        endpoint_prefix: &'static str,
        signing_name: &'static str,
    ) -> Self {
        self.sdk_id = sdk_id;
        self.endpoint_prefix = endpoint_prefix;
        self.signing_name = signing_name;
        self
    }

    /// Sets `awsQueryCompatible`.
    #[must_use]
    pub const fn with_query_compatible(mut self) -> Self {
        self.query_compatible = true;
        self
    }

    /// The operation of that name.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations.iter().find(|operation| operation.name == name).copied()
    }
}
