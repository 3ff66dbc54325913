//! The macro for structures.

/// Implements serialization, deserialization, equality and a redacting `Debug` for a struct.
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

            impl $crate::erased::ErasedMembers for $type {
                #[inline]
                fn names(&self) -> &'static $crate::RustNames {
                    <Self as $crate::DeserializeMembers>::NAMES
                }

                #[inline]
                fn fields<'a>(&'a self, take: &mut dyn FnMut(usize, &[&'a dyn $crate::erased::ErasedValue])) {
                    take(0, &[$(&self.$field),*]);
                }
            }

            impl $crate::DeserializeMembers for $type {
                const NAMES: &'static $crate::RustNames = &$crate::RustNames {
                    schema: &$schema,
                    type_name: ::core::stringify!($type),
                    members: &[$(::core::stringify!($field)),*],
                    positions: &$crate::positions(&$schema, [$(::core::stringify!($field)),*]),
                };

                #[allow(unused_mut, unused_variables, reason = "a structure may have no members")]
                #[inline]
                fn read_members(
                    deserializer: &mut dyn $crate::erased::ErasedDeserializer,
                    is_open: bool,
                ) -> ::core::result::Result<Self, $crate::erased::ErasedFailure> {
                    $crate::structure!(@read deserializer, is_open, {
                        $($kind $(($default))? $field),*
                    }, { $($response)? })
                }
            }

            $(
                impl $crate::RequestId for $type {
                    #[inline]
                    fn request_id(&self) -> ::core::option::Option<&str> {
                        self.$response.request_id()
                    }

                    #[inline]
                    fn set_response_metadata(&mut self, metadata: $crate::ResponseMetadata) {
                        self.$response = metadata;
                    }
                }
            )?
        };

        $crate::members!($type);
    };
    (@read $deserializer:ident, $is_open:ident, { $(optional $field:ident),* }, { $($response:ident)? }) => {{
        let mut value = Self {
            $($field: ::core::option::Option::None,)*
            $($response: ::core::default::Default::default(),)?
        };
        $crate::erased::fill($deserializer, $is_open, Self::NAMES, &mut [$(&mut value.$field),*])?;
        ::core::result::Result::Ok(value)
    }};
    (
        @read $deserializer:ident, $is_open:ident,
        { $($kind:ident $(($default:expr))? $field:ident),* },
        { $($response:ident)? }
    ) => {{
        $(let mut $field = ::core::option::Option::None;)*
        $crate::erased::fill($deserializer, $is_open, Self::NAMES, &mut [$(&mut $field),*])?;
        ::core::result::Result::Ok(Self {
            $($field: $crate::structure!(@$kind $(($default))? $deserializer, $field),)*
            $($response: ::core::default::Default::default(),)?
        })
    }};
    (@required $deserializer:ident, $field:ident) => {
        $crate::erased::required($deserializer, Self::NAMES, __Position::$field as usize, $field)?
    };
    (@optional $deserializer:ident, $field:ident) => {
        $field
    };
    (@optional ($default:expr) $deserializer:ident, $field:ident) => {
        match $field {
            ::core::option::Option::None if $deserializer.fills_defaults() => ::core::option::Option::Some($default),
            field => field,
        }
    };
    (@default ($default:expr) $deserializer:ident, $field:ident) => {
        $field.unwrap_or_else(|| $default)
    };
}
