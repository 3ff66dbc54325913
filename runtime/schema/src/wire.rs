//! Names and forms on the wire that differ from the model's.

/// What the model says about a shape's or member's form on the wire, for the formats that ask.
///
/// Most shapes and members have none of these traits, so [`crate::Traits`] refers to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WireTraits {
    /// `smithy.api#jsonName`.
    pub json_name: Option<&'static str>,
    /// `smithy.api#xmlName`, with its prefix.
    pub xml_name: Option<&'static str>,
    /// `smithy.api#xmlNamespace`.
    pub xml_namespace: Option<XmlNamespace>,
    /// `smithy.api#xmlAttribute`.
    pub xml_attribute: bool,
    /// `smithy.api#xmlFlattened`.
    pub xml_flattened: bool,
    /// `aws.protocols#ec2QueryName`.
    pub ec2_query_name: Option<&'static str>,
}

/// A namespace that an XML element declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XmlNamespace {
    /// The namespace's URI.
    pub uri: &'static str,
    /// The prefix that stands for it; without one it is the default namespace.
    pub prefix: Option<&'static str>,
}

impl WireTraits {
    /// No trait at all.
    pub const NONE: Self = Self {
        json_name: None,
        xml_name: None,
        xml_namespace: None,
        xml_attribute: false,
        xml_flattened: false,
        ec2_query_name: None,
    };

    /// Sets `jsonName`.
    #[must_use]
    pub const fn with_json_name(mut self, name: &'static str) -> Self {
        self.json_name = Some(name);
        self
    }

    /// Sets `xmlName`.
    #[must_use]
    pub const fn with_xml_name(mut self, name: &'static str) -> Self {
        self.xml_name = Some(name);
        self
    }

    /// Sets `xmlNamespace`.
    #[must_use]
    pub const fn with_xml_namespace(mut self, uri: &'static str, prefix: Option<&'static str>) -> Self {
        self.xml_namespace = Some(XmlNamespace { uri, prefix });
        self
    }

    /// Sets `xmlAttribute`.
    #[must_use]
    pub const fn with_xml_attribute(mut self) -> Self {
        self.xml_attribute = true;
        self
    }

    /// Sets `xmlFlattened`.
    #[must_use]
    pub const fn with_xml_flattened(mut self) -> Self {
        self.xml_flattened = true;
        self
    }

    /// Sets `ec2QueryName`.
    #[must_use]
    pub const fn with_ec2_query_name(mut self, name: &'static str) -> Self {
        self.ec2_query_name = Some(name);
        self
    }
}
