//! Names of members in JSON.

use std::fmt::Debug;

use whitesmith_schema::Member;

/// What differs between JSON protocols: the names of members, big numbers and timestamps.
pub trait Names: Copy + Debug + Default + 'static {
    /// Whether a bigInteger or bigDecimal is a string, so that no parser rounds it.
    const BIG_NUMBERS_ARE_STRINGS: bool = false;

    /// Whether every timestamp is a number of seconds, whatever its `timestampFormat`.
    const TIMESTAMPS_ARE_NUMBERS: bool = false;

    /// Returns the key of a member.
    fn name(member: &'static Member) -> &'static str;
}

/// Members have their names in the model.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModelNames;

impl Names for ModelNames {
    #[inline]
    fn name(member: &'static Member) -> &'static str {
        member.name
    }
}

/// Members have their `jsonName`, if any.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonNames;

impl Names for JsonNames {
    #[inline]
    fn name(member: &'static Member) -> &'static str {
        member.traits.wire.and_then(|wire| wire.json_name).unwrap_or(member.name)
    }
}

/// Members have their names in the model, and numbers the forms of RPC v2.
#[derive(Clone, Copy, Debug, Default)]
pub struct RpcV2Names;

impl Names for RpcV2Names {
    const BIG_NUMBERS_ARE_STRINGS: bool = true;
    const TIMESTAMPS_ARE_NUMBERS: bool = true;

    #[inline]
    fn name(member: &'static Member) -> &'static str {
        member.name
    }
}
