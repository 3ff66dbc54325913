//! The macros that structures and unions share.

/// Implements what structures and unions share: values at a member, and `Debug`.
#[doc(hidden)]
#[macro_export]
macro_rules! members {
    ($type:ty) => {
        impl $crate::Serialize for $type {
            fn serialize<S: $crate::Serializer>(
                &self,
                at: &'static $crate::Member,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                serializer.structure(at, self)
            }
        }

        impl $crate::Deserialize for $type {
            fn deserialize<D: $crate::Deserializer>(
                _: &'static $crate::Member,
                deserializer: &mut D,
            ) -> ::core::result::Result<Self, D::Error> {
                deserializer.structure()
            }

            fn absent() -> ::core::option::Option<Self> {
                <Self as $crate::DeserializeMembers>::deserialize_members(&mut $crate::Absent).ok()
            }
        }

        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::fmt_redacted(self, f)
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
