//! Services as static data.

use crate::{Operation, ProtocolId, XmlNamespace};

/// A service with its operations, by which a server finds the operation of a request. Clients do without, so that a program links
/// the operations that it calls and no others.
#[derive(Debug)]
#[non_exhaustive]
pub struct Closure {
    /// The service.
    pub service: &'static Service,
    /// The chosen operations, by name.
    pub operations: &'static [&'static Operation],
}

impl Closure {
    /// Creates a closure.
    pub const fn new(service: &'static Service, operations: &'static [&'static Operation]) -> Self {
        Self { service, operations }
    }

    /// The operation of that name.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations.iter().find(|operation| operation.name == name).copied()
    }
}

/// A service.
#[derive(Debug)]
#[non_exhaustive]
pub struct Service {
    /// Absolute shape id.
    pub id: &'static str,
    /// The service shape's name, which RPC protocols send.
    pub name: &'static str,
    /// `version` of the service shape.
    pub version: &'static str,
    /// `sdkId` of `aws.api#service`; empty without it.
    pub sdk_id: &'static str,
    /// `endpointPrefix` of `aws.api#service`; empty without it.
    pub endpoint_prefix: &'static str,
    /// `name` of `aws.auth#sigv4`; empty if requests are not signed.
    pub signing_name: &'static str,
    /// The protocol of the generated client.
    pub protocol: ProtocolId,
    /// Whether `aws.protocols#awsQueryCompatible` is set.
    pub query_compatible: bool,
    /// Traits that only some protocols look at.
    pub traits: &'static ServiceTraits,
}

/// Traits of a service that only some protocols look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceTraits {
    /// `smithy.api#xmlNamespace`: the namespace of every XML document of the service.
    pub xml_namespace: Option<XmlNamespace>,
    /// `noErrorWrapping` of `aws.protocols#restXml`: an error document is not wrapped in `ErrorResponse`.
    pub no_error_wrapping: bool,
    /// Whether a response with a status of success may carry an error document.
    pub errors_in_success: bool,
    /// Headers that every request of an HTTP binding protocol carries, unless a member sets them.
    pub headers: &'static [(&'static str, &'static str)],
    /// Values of path labels that the input leaves empty, by member.
    pub label_defaults: &'static [(&'static str, &'static str)],
}

impl ServiceTraits {
    /// No trait.
    pub const NONE: Self = Self {
        xml_namespace: None,
        no_error_wrapping: false,
        errors_in_success: false,
        headers: &[],
        label_defaults: &[],
    };

    /// Starts without any trait.
    #[must_use]
    pub const fn new() -> Self {
        Self::NONE
    }

    /// Sets `xmlNamespace`.
    #[must_use]
    pub const fn with_xml_namespace(mut self, uri: &'static str, prefix: Option<&'static str>) -> Self {
        self.xml_namespace = Some(XmlNamespace { uri, prefix });
        self
    }

    /// Sets `noErrorWrapping`.
    #[must_use]
    pub const fn with_no_error_wrapping(mut self) -> Self {
        self.no_error_wrapping = true;
        self
    }

    /// Allows errors in responses with a status of success.
    #[must_use]
    pub const fn with_errors_in_success(mut self) -> Self {
        self.errors_in_success = true;
        self
    }

    /// Sets headers that every request carries.
    #[must_use]
    pub const fn with_headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Sets values of path labels that the input leaves empty.
    #[must_use]
    pub const fn with_label_defaults(mut self, defaults: &'static [(&'static str, &'static str)]) -> Self {
        self.label_defaults = defaults;
        self
    }
}

impl Default for ServiceTraits {
    fn default() -> Self {
        Self::NONE
    }
}

impl Service {
    /// Creates a service without traits.
    pub const fn new(id: &'static str, name: &'static str, version: &'static str, protocol: ProtocolId) -> Self {
        Self {
            id,
            name,
            version,
            sdk_id: "",
            endpoint_prefix: "",
            signing_name: "",
            protocol,
            query_compatible: false,
            traits: &ServiceTraits::NONE,
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

    /// Sets the traits that only some protocols look at.
    #[must_use]
    pub const fn with_traits(mut self, traits: &'static ServiceTraits) -> Self {
        self.traits = traits;
        self
    }
}
