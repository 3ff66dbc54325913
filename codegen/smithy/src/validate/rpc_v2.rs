//! `Rpcv2CborTrait`, `Rpcv2JsonTrait`: the versions of HTTP that event streams need are among those of the protocol.

use super::context::{Applied, Context, Report, ticked};
use crate::source::Node;

const PROTOCOLS: [(&str, &str); 2] =
    [("smithy.protocols#rpcv2Cbor", "Rpcv2CborTrait"), ("smithy.protocols#rpcv2Json", "Rpcv2JsonTrait")];

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    for (id, event) in PROTOCOLS {
        for (service, value) in context.shapes_with(id) {
            let http: Vec<&str> = value.get("http").into_iter().flat_map(Node::strings).collect();
            let streams = value.get("eventStreamHttp").into_iter().flat_map(Node::strings);
            let missing: Vec<&str> = streams.filter(|version| !http.contains(version)).collect();
            if !missing.is_empty() {
                let message =
                    format!("`eventStreamHttp` of `{id}` has versions that `http` has not: {}", ticked(missing));
                report.trait_error(event, Applied { item: service.into(), value }, message);
            }
        }
    }
}
