//! Traits that only some protocols look at. A [`crate::Schema`] or [`crate::Member`] without any carries a null
//! reference to them.

/// The name and place of a shape or member on the wire.
///
/// ```
/// use whitesmith_schema::{HttpBinding, Member, WireTraits, prelude};
///
/// static NEXT_TOKEN: Member = Member::new("nextToken", &prelude::STRING)
///     .with_wire(&WireTraits::new().with_http(HttpBinding::Query("next-token")));
///
/// assert_eq!(NEXT_TOKEN.http_binding(), Some(HttpBinding::Query("next-token")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WireTraits {
    /// `smithy.api#jsonName`.
    pub json_name: Option<&'static str>,
    /// `smithy.api#xmlName`.
    pub xml_name: Option<&'static str>,
    /// `smithy.api#xmlNamespace`.
    pub xml_namespace: Option<XmlNamespace>,
    /// `smithy.api#xmlAttribute`.
    pub xml_attribute: bool,
    /// `smithy.api#xmlFlattened`.
    pub xml_flattened: bool,
    /// `aws.protocols#ec2QueryName`.
    pub ec2_query_name: Option<&'static str>,
    /// `smithy.api#mediaType`.
    pub media_type: Option<&'static str>,
    /// Where HTTP binding protocols put the member; in the body's document without it.
    pub http: Option<HttpBinding>,
    /// Where event streams put a member of an event; in the event's document without it.
    pub event: Option<EventBinding>,
    /// `smithy.api#requiresLength`: the length of a streaming body is sent before it.
    pub requires_length: bool,
}

/// The namespace of an XML element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XmlNamespace {
    /// The URI.
    pub uri: &'static str,
    /// The prefix to declare it under; the default namespace without it.
    pub prefix: Option<&'static str>,
}

/// Where a member stands in an HTTP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpBinding {
    /// In the path.
    Label,
    /// In the query, under a name.
    Query(&'static str),
    /// The rest of the query, a map.
    QueryParams,
    /// In a header.
    Header(&'static str),
    /// In all headers with a prefix, a map.
    PrefixHeaders(&'static str),
    /// The whole body.
    Payload,
    /// The status of the response.
    ResponseCode,
}

/// Where a member stands in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventBinding {
    /// In the header of the member's name.
    Header,
    /// The whole payload.
    Payload,
}

impl WireTraits {
    /// No trait.
    pub const NONE: Self = Self {
        json_name: None,
        xml_name: None,
        xml_namespace: None,
        xml_attribute: false,
        xml_flattened: false,
        ec2_query_name: None,
        media_type: None,
        http: None,
        event: None,
        requires_length: false,
    };

    /// Starts without any trait.
    #[must_use]
    pub const fn new() -> Self {
        Self::NONE
    }

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

    /// Sets `mediaType`.
    #[must_use]
    pub const fn with_media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Sets the place in HTTP messages.
    #[must_use]
    pub const fn with_http(mut self, binding: HttpBinding) -> Self {
        self.http = Some(binding);
        self
    }

    /// Sets the place in events.
    #[must_use]
    pub const fn with_event(mut self, binding: EventBinding) -> Self {
        self.event = Some(binding);
        self
    }

    /// Sets `requiresLength`.
    #[must_use]
    pub const fn with_requires_length(mut self) -> Self {
        self.requires_length = true;
        self
    }
}

impl Default for WireTraits {
    fn default() -> Self {
        Self::NONE
    }
}
