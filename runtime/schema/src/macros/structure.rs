//! The macro for structures.

/// Implements serialization, deserialization and a redacting `Debug` for a struct.
///
/// Each entry has the position of a member in the shape, the field, and what to do if a message does not have the member:
/// `required` ([`crate::Deserializer::required`]), `optional` (`None`), `optional(value)` (`None` for a client, the value for a
/// server), or `default(value)`.
///
/// ```
/// use whitesmith_schema::{Member, Schema};
///
/// static STRING: Schema = Schema::string("example#String");
/// static TAG: Schema = Schema::structure(
///     "example#Tag",
///     &[Member::new("Key", &STRING).with_required(), Member::new("Value", &STRING)],
/// );
///
/// pub struct Tag {
///     pub key: String,
///     pub value: Option<String>,
/// }
/// whitesmith_schema::structure!(Tag, TAG, { 0: required key, 1: optional value });
///
/// let tag = Tag { key: "team".into(), value: None };
/// assert_eq!(format!("{tag:?}"), r#"Tag { Key: "team" }"#);
/// ```
#[macro_export]
macro_rules! structure {
    ($type:ty, $schema:path, { $($index:literal: $kind:ident $(($default:expr))? $field:ident),* $(,)? }) => {
        impl $crate::SerializeMembers for $type {
            fn schema(&self) -> &'static $crate::Schema {
                &$schema
            }

            #[allow(unused_variables, reason = "a structure may have no members")]
            fn serialize_members<S: $crate::MemberSerializer>(
                &self,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                $(serializer.member(&$schema.members[$index], &self.$field)?;)*
                ::core::result::Result::Ok(())
            }
        }

        impl $crate::DeserializeMembers for $type {
            const SCHEMA: &'static $crate::Schema = &$schema;

            fn deserialize_members<D: $crate::Deserializer>(
                deserializer: &mut D,
            ) -> ::core::result::Result<Self, D::Error> {
                $(let mut $field = ::core::option::Option::None;)*
                while let ::core::option::Option::Some(index) = deserializer.next_member(&$schema)? {
                    match index {
                        $($index => deserializer.member(&$schema.members[$index], &mut $field)?,)*
                        _ => deserializer.skip()?,
                    }
                }
                ::core::result::Result::Ok(Self {
                    $($field: $crate::structure!(@$kind $(($default))? deserializer, $schema, $index, $field)),*
                })
            }
        }

        $crate::members!($type);
    };
    (@required $deserializer:ident, $schema:path, $index:literal, $field:ident) => {
        $deserializer.required(&$schema.members[$index], $field)?
    };
    (@optional $deserializer:ident, $schema:path, $index:literal, $field:ident) => {
        $field
    };
    (@optional ($default:expr) $deserializer:ident, $schema:path, $index:literal, $field:ident) => {
        match $field {
            ::core::option::Option::None if $deserializer.fills_defaults() => ::core::option::Option::Some($default),
            field => field,
        }
    };
    (@default ($default:expr) $deserializer:ident, $schema:path, $index:literal, $field:ident) => {
        $field.unwrap_or_else(|| $default)
    };
}
