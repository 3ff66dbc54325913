//! Results of endpoint resolution.

use whitesmith_schema::Value;

/// An endpoint as a rule set returns it (Smithy 2.0, "Endpoint object").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    /// The URL, which may have a base path.
    pub url: String,
    /// Headers to send, each with its values.
    pub headers: Vec<(String, Vec<String>)>,
    /// Authentication schemes, best first. Without any, the model decides.
    pub auth_schemes: Vec<AuthScheme>,
    /// Further properties.
    pub properties: Vec<(String, Value)>,
}

impl Endpoint {
    /// Creates an endpoint of a URL alone.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.headers.push((name.to_owned(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// Adds an authentication scheme behind the present ones.
    #[must_use]
    pub fn with_auth_scheme(mut self, scheme: AuthScheme) -> Self {
        self.auth_schemes.push(scheme);
        self
    }

    /// Adds a property.
    #[must_use]
    pub fn with_property(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.properties.push((name.to_owned(), value.into()));
        self
    }
}

/// An authentication scheme of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthScheme {
    /// `sigv4`, `sigv4a` or another.
    pub name: String,
    /// The signing name, if it differs from the service's.
    pub signing_name: Option<String>,
    /// The signing region, if it differs from the client's.
    pub signing_region: Option<String>,
    /// The regions that a signature of `sigv4a` is valid in.
    pub signing_region_set: Vec<String>,
    /// Whether paths are signed percent-encoded once instead of twice (S3).
    pub disable_double_encoding: bool,
}

impl AuthScheme {
    /// Creates a scheme with its name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Sets the signing name.
    #[must_use]
    pub fn with_signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Sets the signing region.
    #[must_use]
    pub fn with_signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Sets the regions that a signature of `sigv4a` is valid in.
    #[must_use]
    pub fn with_signing_region_set(mut self, regions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.signing_region_set = regions.into_iter().map(Into::into).collect();
        self
    }

    /// Sets that paths are signed percent-encoded once.
    #[must_use]
    pub fn without_double_encoding(mut self) -> Self {
        self.disable_double_encoding = true;
        self
    }
}
