//! The macro for unions.

/// Implements serialization, deserialization and a redacting `Debug` for an enum with one variant per member of a union and
/// a variant `Unknown` without data. The entries are members in the shape's order; others do not compile.
#[macro_export]
macro_rules! union {
    ($type:ident, $schema:path, { $($variant:ident),* $(,)? }) => {
        const _: () = {
            #[allow(dead_code, reason = "a position for each variant, by the variant's name")]
            enum __Position {
                $($variant),*
            }

            #[allow(dead_code, reason = "the type may have no members")]
            const __POSITIONS: &[usize] = &$crate::positions(&$schema, [$(::core::stringify!($variant)),*]);

            impl $crate::SerializeMembers for $type {
                fn schema(&self) -> &'static $crate::Schema {
                    &$schema
                }

                fn rust_names(&self) -> ::core::option::Option<$crate::RustNames> {
                    ::core::option::Option::Some($crate::RustNames {
                        type_name: ::core::stringify!($type),
                        members: &[$(::core::stringify!($variant)),*],
                        positions: __POSITIONS,
                    })
                }

                #[allow(unused_variables, reason = "a union may have no members")]
                fn serialize_members<S: $crate::MemberSerializer>(
                    &self,
                    serializer: &mut S,
                ) -> ::core::result::Result<(), S::Error> {
                    match self {
                        $(Self::$variant(value) => {
                            let at = const { __POSITIONS[__Position::$variant as usize] };
                            serializer.member(&$schema.members[at], value)
                        })*
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
                            $(index if index == const { __POSITIONS[__Position::$variant as usize] } => {
                                let mut slot = match union {
                                    Self::$variant(value) => ::core::option::Option::Some(value),
                                    _ => ::core::option::Option::None,
                                };
                                deserializer.member(&$schema.members[index], &mut slot)?;
                                union = slot.map_or(Self::Unknown, Self::$variant);
                            })*
                            _ => deserializer.skip()?,
                        }
                    }
                    ::core::result::Result::Ok(union)
                }
            }
        };

        $crate::members!($type);
    };
}
