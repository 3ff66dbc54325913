//! From a protocol's id to its behaviour.

use whitesmith_protocol::{AwsJson1_0, AwsJson1_1, DynamicProtocol, RpcV2Cbor, dynamic};
use whitesmith_schema::ProtocolId;

/// Returns the behaviour of a protocol that is known at run time only. A program that calls this links every protocol.
pub fn dynamic_protocol(id: ProtocolId) -> Option<&'static dyn DynamicProtocol> {
    match id {
        ProtocolId::AwsJson1_0 => Some(dynamic::<AwsJson1_0>()),
        ProtocolId::AwsJson1_1 => Some(dynamic::<AwsJson1_1>()),
        ProtocolId::RpcV2Cbor => Some(dynamic::<RpcV2Cbor>()),
        _ => None,
    }
}
