//! The wire protocols, one table entry each.

use std::fmt;

/// The name of a wire protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are those of the protocol traits")]
pub enum ProtocolId {
    RpcV2Cbor,
    AwsJson1_0,
    AwsJson1_1,
    RestJson1,
    RestXml,
    AwsQuery,
    Ec2Query,
    RpcV2Json,
}

/// How a protocol maps operations to HTTP messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProtocolStyle {
    /// One document a message; the operation stands in a header or in the path.
    Rpc,
    /// The model's HTTP traits say where each member goes.
    HttpBinding,
    /// Requests are forms, responses are XML.
    Query,
}

/// The format of a protocol's documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the formats")]
pub enum Format {
    Cbor,
    Json,
    Xml,
}

/// Everything about a protocol that other stages decide by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProtocolFacts {
    /// Its name.
    pub id: ProtocolId,
    /// The shape id of its trait.
    pub shape_id: &'static str,
    /// The name of its type in `whitesmith_protocol`.
    pub type_name: &'static str,
    /// How operations become HTTP messages.
    pub style: ProtocolStyle,
    /// The format of documents.
    pub format: Format,
}

/// Every protocol, the preferred first, in the order that AWS SDKs choose by.
pub static PROTOCOLS: [ProtocolFacts; 8] = [
    entry(ProtocolId::RpcV2Cbor, "smithy.protocols#rpcv2Cbor", "RpcV2Cbor", ProtocolStyle::Rpc, Format::Cbor),
    entry(ProtocolId::AwsJson1_0, "aws.protocols#awsJson1_0", "AwsJson1_0", ProtocolStyle::Rpc, Format::Json),
    entry(ProtocolId::AwsJson1_1, "aws.protocols#awsJson1_1", "AwsJson1_1", ProtocolStyle::Rpc, Format::Json),
    entry(ProtocolId::RestJson1, "aws.protocols#restJson1", "RestJson1", ProtocolStyle::HttpBinding, Format::Json),
    entry(ProtocolId::RestXml, "aws.protocols#restXml", "RestXml", ProtocolStyle::HttpBinding, Format::Xml),
    entry(ProtocolId::AwsQuery, "aws.protocols#awsQuery", "AwsQuery", ProtocolStyle::Query, Format::Xml),
    entry(ProtocolId::Ec2Query, "aws.protocols#ec2Query", "Ec2Query", ProtocolStyle::Query, Format::Xml),
    entry(ProtocolId::RpcV2Json, "smithy.protocols#rpcv2Json", "RpcV2Json", ProtocolStyle::Rpc, Format::Json),
];

const fn entry(
    id: ProtocolId,
    shape_id: &'static str,
    type_name: &'static str,
    style: ProtocolStyle,
    format: Format,
) -> ProtocolFacts {
    ProtocolFacts { id, shape_id, type_name, style, format }
}

impl ProtocolId {
    /// The protocol's entry in [`PROTOCOLS`].
    #[must_use]
    pub fn facts(self) -> &'static ProtocolFacts {
        let [first, ..] = &PROTOCOLS;
        PROTOCOLS.iter().find(|facts| facts.id == self).unwrap_or(first)
    }

    /// How operations become HTTP messages.
    #[must_use]
    pub fn style(self) -> ProtocolStyle {
        self.facts().style
    }

    /// The format of documents.
    #[must_use]
    pub fn format(self) -> Format {
        self.facts().format
    }

    /// Whether this is one of the protocols of AWS's JSON services, which have answers and errors of a form of their own.
    #[must_use]
    pub fn is_aws_json(self) -> bool {
        let ProtocolFacts { shape_id, style, format, .. } = self.facts();
        shape_id.starts_with("aws.") && *style == ProtocolStyle::Rpc && *format == Format::Json
    }

    /// The protocol of a trait's shape id.
    #[must_use]
    pub fn from_shape_id(shape_id: &str) -> Option<Self> {
        PROTOCOLS.iter().find(|facts| facts.shape_id == shape_id).map(|facts| facts.id)
    }

    /// The name without its namespace, such as `awsJson1_0`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().shape_id.rsplit('#').next().unwrap_or_default()
    }
}

impl fmt::Display for ProtocolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_of_aws_use_two_versions_of_json() {
        let found: Vec<ProtocolId> = PROTOCOLS.iter().map(|facts| facts.id).filter(|id| id.is_aws_json()).collect();
        assert_eq!(found, [ProtocolId::AwsJson1_0, ProtocolId::AwsJson1_1]);
    }

    #[test]
    fn entries_are_found_by_name_and_by_shape_id() {
        for facts in &PROTOCOLS {
            assert_eq!(facts.id.facts(), facts);
            assert_eq!(ProtocolId::from_shape_id(facts.shape_id), Some(facts.id));
            assert_eq!(format!("{:?}", facts.id), facts.type_name);
        }
        assert_eq!(ProtocolId::RestXml.to_string(), "restXml");
        assert_eq!(ProtocolId::from_shape_id("aws.protocols#restXml2"), None);
    }
}
