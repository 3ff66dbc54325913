//! From a protocol's name, known when the program runs, to its type.

/// Evaluates an expression with `$P` standing for the type of the protocol that `$name` names.
macro_rules! dispatch {
    ($name:expr, $P:ident => $call:expr) => {
        match $name {
            whitesmith_schema::ProtocolId::AwsJson1_0 => {
                type $P = whitesmith_protocol::AwsJson1_0;
                $call
            }
            whitesmith_schema::ProtocolId::AwsJson1_1 => {
                type $P = whitesmith_protocol::AwsJson1_1;
                $call
            }
            whitesmith_schema::ProtocolId::RpcV2Cbor => {
                type $P = whitesmith_protocol::RpcV2Cbor;
                $call
            }
            other => Err($crate::error::InputError::Protocol(format!("{other:?}")).into()),
        }
    };
}
pub(crate) use dispatch;
