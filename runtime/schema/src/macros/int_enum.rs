//! The macro that defines integer enums.

/// Defines an enum of integers that keeps values unknown to its model: a variant for each value of the model, and `Unknown`.
///
/// The documentation of a variant without any is its value.
///
/// ```
/// use whitesmith_schema::{EnumValue, Schema};
///
/// static SIZE: Schema = Schema::int_enum("example#Size", &[EnumValue::integer("SMALL", 1)]);
///
/// whitesmith_schema::int_enum! {
///     /// A size of the catalogue.
///     pub enum Size: SIZE {
///         Small = 1,
///     }
/// }
///
/// assert_eq!(Size::from(1), Size::Small);
/// assert_eq!(Size::from(2).value(), 2);
/// ```
#[macro_export]
macro_rules! int_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $type:ident: $schema:path {
            $(
                $(#[doc = $doc:literal])*
                $(#[deprecated $(= $reason:literal)?])?
                $variant:ident = $value:literal
            ),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $visibility enum $type {
            $(
                #[doc = $crate::value_doc!($value $($doc)*)]
                $(#[deprecated $(= $reason)?])?
                $variant,
            )*
            /// A value that the model did not know when this code was generated.
            Unknown(i32),
        }

        impl $type {
            /// Returns the value on the wire.
            #[inline]
            pub const fn value(self) -> i32 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl $crate::IntEnum for $type {
            const SCHEMA: &'static $crate::Schema = &$schema;

            #[inline]
            fn value(self) -> i32 {
                <$type>::value(self)
            }
        }

        impl ::core::convert::From<i32> for $type {
            #[inline]
            fn from(value: i32) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        impl ::core::convert::From<$type> for i32 {
            #[inline]
            fn from(value: $type) -> Self {
                value.value()
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::erased::ErasedValue for $type {
            #[inline]
            fn view(&self) -> $crate::erased::View<'_> {
                $crate::erased::View::Integer(self.value())
            }
        }

        impl $crate::Deserialize for $type {
            #[inline]
            fn read(
                at: &'static $crate::Member,
                deserializer: &mut dyn $crate::erased::ErasedDeserializer,
            ) -> ::core::result::Result<Self, $crate::erased::ErasedFailure> {
                deserializer.integer(at).map(Self::from)
            }

            #[inline]
            fn absent() -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::from(0))
            }
        }

        $crate::int_enum_serde!($type);
    };
}

/// Expands to nothing, as the feature `serde` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "serde"))]
macro_rules! int_enum_serde {
    ($type:ty) => {};
}

/// Implements `serde`'s traits for an intEnum.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "serde")]
macro_rules! int_enum_serde {
    ($type:ty) => {
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i32(self.value())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::read_int_enum(deserializer)
            }
        }
    };
}
