//! The macros that structures and unions share.

/// Implements what structures and unions share: values at a member, and `Debug`.
#[doc(hidden)]
#[macro_export]
macro_rules! members {
    ($type:ty) => {
        impl $crate::SerializeMembers for $type {
            #[inline]
            fn schema(&self) -> &'static $crate::Schema {
                $crate::erased::ErasedMembers::schema(self)
            }

            #[inline]
            fn rust_names(&self) -> ::core::option::Option<$crate::RustNames> {
                ::core::option::Option::Some($crate::erased::ErasedMembers::names(self))
            }

            fn serialize_members<S: $crate::MemberSerializer>(
                &self,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                $crate::erased::Erased(self).serialize_members(serializer)
            }
        }

        impl $crate::erased::ErasedValue for $type {
            #[inline]
            fn view(&self) -> $crate::erased::View<'_> {
                $crate::erased::View::Structure(self)
            }
        }

        impl $crate::Serialize for $type {
            fn serialize<S: $crate::Serializer>(
                &self,
                at: &'static $crate::Member,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                serializer.structure(at, &$crate::erased::Erased(self))
            }
        }

        impl $crate::Deserialize for $type {
            #[inline]
            fn read(
                _: &'static $crate::Member,
                deserializer: &mut dyn $crate::erased::ErasedDeserializer,
            ) -> ::core::result::Result<Self, $crate::erased::ErasedFailure> {
                <Self as $crate::DeserializeMembers>::read_members(deserializer, false)
            }

            #[inline]
            fn absent() -> ::core::option::Option<Self> {
                $crate::read_absent(|deserializer| {
                    <Self as $crate::DeserializeMembers>::read_members(deserializer, true)
                })
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::fmt_redacted(&$crate::erased::Erased(self), f)
            }
        }

        $crate::members_serde!($type);
    };
}

/// Expands to nothing, as the feature `serde` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "serde"))]
macro_rules! members_serde {
    ($type:ty) => {};
}

/// Implements `serde`'s traits for a structure or union.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "serde")]
macro_rules! members_serde {
    ($type:ty) => {
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::write_members(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::read_members(deserializer)
            }
        }
    };
}
