//! The macro for structures.

/// Implements serialization, deserialization and a redacting `Debug` for a struct.
///
/// The entries are members in the shape's order, without those that stand beside the structure. Each has the field and what to
/// do if a message does not have the member: `required` ([`crate::Deserializer::required`]), `optional` (`None`),
/// `optional(value)` (`None` for a client, the value for a server), or `default(value)`. Fields that are not members of the
/// schema, or are in another order, do not compile. An output names the field of its [`crate::ResponseMetadata`] after the
/// list.
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
/// whitesmith_schema::structure!(Tag, TAG, { required key, optional value });
///
/// let tag = Tag { key: "team".into(), value: None };
/// assert_eq!(format!("{tag:?}"), r#"Tag { key: "team" }"#);
/// ```
#[macro_export]
macro_rules! structure {
    ($type:ident, $schema:path, { $($kind:ident $(($default:expr))? $field:ident),* $(,)? } $(, $response:ident)?) => {
        const _: () = {
            #[allow(non_camel_case_types, dead_code, reason = "a position for each field, by the field's name")]
            enum __Position {
                $($field),*
            }

            #[allow(dead_code, reason = "the type may have no members")]
            const __POSITIONS: &[usize] = &$crate::positions(&$schema, [$(::core::stringify!($field)),*]);

            impl $crate::SerializeMembers for $type {
                fn schema(&self) -> &'static $crate::Schema {
                    &$schema
                }

                fn rust_names(&self) -> ::core::option::Option<$crate::RustNames> {
                    ::core::option::Option::Some($crate::RustNames {
                        type_name: ::core::stringify!($type),
                        members: &[$(::core::stringify!($field)),*],
                        positions: __POSITIONS,
                    })
                }

                #[allow(unused_variables, reason = "a structure may have no members")]
                fn serialize_members<S: $crate::MemberSerializer>(
                    &self,
                    serializer: &mut S,
                ) -> ::core::result::Result<(), S::Error> {
                    $(serializer.member(&$schema.members[const { __POSITIONS[__Position::$field as usize] }], &self.$field)?;)*
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
                            $(index if index == const { __POSITIONS[__Position::$field as usize] } => {
                                deserializer.member(&$schema.members[index], &mut $field)?;
                            })*
                            _ => deserializer.skip()?,
                        }
                    }
                    ::core::result::Result::Ok(Self {
                        $($field: $crate::structure!(@$kind $(($default))? deserializer, $schema, $field),)*
                        $($response: ::core::default::Default::default(),)?
                    })
                }
            }

            $(
                impl $crate::RequestId for $type {
                    fn request_id(&self) -> ::core::option::Option<&str> {
                        self.$response.request_id()
                    }

                    fn set_response_metadata(&mut self, metadata: $crate::ResponseMetadata) {
                        self.$response = metadata;
                    }
                }
            )?
        };

        $crate::members!($type);
    };
    (@required $deserializer:ident, $schema:path, $field:ident) => {
        $deserializer.required(&$schema.members[const { __POSITIONS[__Position::$field as usize] }], $field)?
    };
    (@optional $deserializer:ident, $schema:path, $field:ident) => {
        $field
    };
    (@optional ($default:expr) $deserializer:ident, $schema:path, $field:ident) => {
        match $field {
            ::core::option::Option::None if $deserializer.fills_defaults() => ::core::option::Option::Some($default),
            field => field,
        }
    };
    (@default ($default:expr) $deserializer:ident, $schema:path, $field:ident) => {
        $field.unwrap_or_else(|| $default)
    };
}
