//! The macro for unions.

/// Implements serialization, deserialization, equality and a redacting `Debug` for an enum with one variant per member of a union
/// and a variant `Unknown` without data. The entries are members in the shape's order; others do not compile.
#[macro_export]
macro_rules! union {
    ($type:ident, $schema:path, { $($variant:ident),* $(,)? }) => {
        const _: () = {
            #[allow(dead_code, reason = "a position for each variant, by the variant's name")]
            enum __Position {
                $($variant),*
            }

            impl $crate::erased::ErasedMembers for $type {
                #[inline]
                fn names(&self) -> &'static $crate::RustNames {
                    <Self as $crate::DeserializeMembers>::NAMES
                }

                #[inline]
                fn fields<'a>(&'a self, take: &mut dyn FnMut(usize, &[&'a dyn $crate::erased::ErasedValue])) {
                    match self {
                        $(Self::$variant(value) => take(__Position::$variant as usize, &[value]),)*
                        Self::Unknown => take(0, &[]),
                    }
                }
            }

            impl $crate::DeserializeMembers for $type {
                const NAMES: &'static $crate::RustNames = &$crate::RustNames {
                    schema: &$schema,
                    type_name: ::core::stringify!($type),
                    members: &[$(::core::stringify!($variant)),*],
                    positions: &$crate::positions(&$schema, [$(::core::stringify!($variant)),*]),
                };

                #[inline]
                fn read_members(
                    deserializer: &mut dyn $crate::erased::ErasedDeserializer,
                    is_open: bool,
                ) -> ::core::result::Result<Self, $crate::erased::ErasedFailure> {
                    let mut union = Self::Unknown;
                    $crate::erased::each_field(deserializer, is_open, Self::NAMES, &mut |deserializer, variant, member| {
                        match variant {
                            $(variant if variant == __Position::$variant as usize => {
                                let mut slot = match ::core::mem::replace(&mut union, Self::Unknown) {
                                    Self::$variant(value) => ::core::option::Option::Some(value),
                                    _ => ::core::option::Option::None,
                                };
                                $crate::erased::read_slot(&mut slot, member, deserializer)?;
                                union = slot.map_or(Self::Unknown, Self::$variant);
                                ::core::result::Result::Ok(())
                            })*
                            _ => deserializer.skip(),
                        }
                    })?;
                    ::core::result::Result::Ok(union)
                }
            }
        };

        $crate::members!($type);
    };
}
