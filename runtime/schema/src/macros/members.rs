//! The macros that structures and unions share.

/// Implements the standard library's traits for a structure or union.
#[doc(hidden)]
#[macro_export]
macro_rules! members {
    ($type:ty) => {
        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::erased::equal(self, other)
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
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
