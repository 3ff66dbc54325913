//! From a protocol's id to its behaviour.

use whitesmith_protocol::{
    AwsJson1_0, AwsJson1_1, AwsQuery, DynamicProtocol, Ec2Query, RestJson1, RestXml, RpcV2Cbor, RpcV2Json, dynamic,
};
use whitesmith_schema::ProtocolId;

/// Returns the behaviour of a protocol that is known at run time only. A program that calls this links every protocol.
pub fn dynamic_protocol(id: ProtocolId) -> Option<&'static dyn DynamicProtocol> {
    match id {
        ProtocolId::AwsJson1_0 => Some(dynamic::<AwsJson1_0>()),
        ProtocolId::AwsJson1_1 => Some(dynamic::<AwsJson1_1>()),
        ProtocolId::RpcV2Cbor => Some(dynamic::<RpcV2Cbor>()),
        ProtocolId::RestJson1 => Some(dynamic::<RestJson1>()),
        ProtocolId::RestXml => Some(dynamic::<RestXml>()),
        ProtocolId::AwsQuery => Some(dynamic::<AwsQuery>()),
        ProtocolId::Ec2Query => Some(dynamic::<Ec2Query>()),
        ProtocolId::RpcV2Json => Some(dynamic::<RpcV2Json>()),
        _ => None,
    }
}
