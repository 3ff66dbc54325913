//! The macro for unions.

/// Implements serialization, deserialization and a redacting `Debug` for an enum with one variant per member of a union and
/// a variant `Unknown` without data.
#[macro_export]
macro_rules! union {
    ($type:ty, $schema:path, { $($index:literal: $variant:ident),* $(,)? }) => {
        impl $crate::SerializeMembers for $type {
            fn schema(&self) -> &'static $crate::Schema {
                &$schema
            }

            #[allow(unused_variables, reason = "a union may have no members")]
            fn serialize_members<S: $crate::MemberSerializer>(
                &self,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                match self {
                    $(Self::$variant(value) => serializer.member(&$schema.members[$index], value),)*
                    Self::Unknown => ::core::result::Result::Ok(()),
                }
            }
        }

        impl $crate::DeserializeMembers for $type {
            const SCHEMA: &'static $crate::Schema = &$schema;

            fn deserialize_members<D: $crate::Deserializer>(
                deserializer: &mut D,
            ) -> ::core::result::Result<Self, D::Error> {
                let mut union = Self::Unknown;
                while let ::core::option::Option::Some(index) = deserializer.next_member(&$schema)? {
                    match index {
                        $($index => {
                            let mut slot = match union {
                                Self::$variant(value) => ::core::option::Option::Some(value),
                                _ => ::core::option::Option::None,
                            };
                            deserializer.member(&$schema.members[$index], &mut slot)?;
                            union = slot.map_or(Self::Unknown, Self::$variant);
                        })*
                        _ => deserializer.skip()?,
                    }
                }
                ::core::result::Result::Ok(union)
            }
        }

        $crate::members!($type);
    };
}
