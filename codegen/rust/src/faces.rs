//! What can be generated of a service, and which of it can be for the one at hand.

use std::collections::BTreeSet;

use crate::plan::{Plan, ProtocolId};

/// A face of the service that can be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the option")]
pub enum Face {
    Types,
    Client,
    Cli,
    Docs,
    Mock,
    Tests,
}

impl Face {
    /// Every face, in order.
    pub const ALL: [Self; 6] = [Self::Types, Self::Client, Self::Cli, Self::Docs, Self::Mock, Self::Tests];

    /// What is generated unless something else is asked for.
    pub const DEFAULT: [Self; 5] = [Self::Types, Self::Client, Self::Cli, Self::Docs, Self::Mock];

    /// The name in options and in `services.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Types => "types",
            Self::Client => "client",
            Self::Cli => "cli",
            Self::Docs => "docs",
            Self::Mock => "mock",
            Self::Tests => "tests",
        }
    }

    /// The face of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.name() == name)
    }

    /// The protocols that it can be generated for; `None` where it needs none.
    fn protocols(self) -> Option<&'static [ProtocolId]> {
        match self {
            Self::Types | Self::Docs => None,
            Self::Client | Self::Cli | Self::Tests | Self::Mock => {
                Some(&[ProtocolId::AwsJson1_0, ProtocolId::AwsJson1_1, ProtocolId::RpcV2Cbor])
            }
        }
    }
}

/// What can be generated of what was asked for; a warning for each thing that cannot.
pub(crate) fn possible(plan: &Plan, wanted: &BTreeSet<Face>) -> (BTreeSet<Face>, Vec<String>) {
    let service = &plan.service;
    let is_spoken = |face: &&Face| {
        face.protocols().is_none_or(|all| service.protocol.is_some_and(|protocol| all.contains(&protocol)))
    };
    let (mut faces, unspoken): (BTreeSet<Face>, BTreeSet<Face>) = wanted.iter().partition(is_spoken);
    let mut warnings = Vec::new();
    if !unspoken.is_empty() {
        let spoken = match service.protocol_traits.as_slice() {
            [] => "no protocol that its model names".to_owned(),
            names => names.join(", "),
        };
        warnings.push(format!("{}: {} left out: the service speaks {spoken}", service.id, names(&unspoken)));
    }
    let wired: BTreeSet<Face> = faces.iter().copied().filter(|face| face.protocols().is_some()).collect();
    let streaming = || plan.operations.iter().filter(|operation| operation.event_stream);
    if !wired.is_empty() {
        let names = names(&wired);
        warnings.extend(
            streaming()
                .map(|operation| format!("{}: {names} left out: the operation has a stream of events", operation.id)),
        );
    }
    if !plan.operations.is_empty() && streaming().count() == plan.operations.len() {
        faces.retain(|face| face.protocols().is_none());
    }
    (faces, warnings)
}

fn names(faces: &BTreeSet<Face>) -> String {
    faces.iter().map(|face| face.name()).collect::<Vec<_>>().join(",")
}
