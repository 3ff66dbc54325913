//! The macro that defines string enums.

/// Defines an enum of strings that keeps values unknown to its model: a variant for each value of the model, and `Unknown`.
///
/// The documentation of a variant without any is its value.
///
/// ```
/// use whitesmith_schema::{EnumValue, Schema};
///
/// static COLOR: Schema = Schema::string_enum("example#Color", &[EnumValue::string("RED", "red")]);
///
/// whitesmith_schema::string_enum! {
///     /// A colour of the catalogue.
///     pub enum Color: COLOR {
///         Red = "red",
///     }
/// }
///
/// assert_eq!(Color::from("red"), Color::Red);
/// assert_eq!(Color::from("blue").as_str(), "blue");
/// ```
#[macro_export]
macro_rules! string_enum {
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
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $visibility enum $type {
            $(
                #[doc = $crate::value_doc!($value $($doc)*)]
                $(#[deprecated $(= $reason)?])?
                $variant,
            )*
            /// A value that the model did not know when this code was generated.
            Unknown($crate::UnknownValue),
        }

        impl $type {
            /// The values in the model, in its order.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// Returns the value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl $crate::StringEnum for $type {
            const SCHEMA: &'static $crate::Schema = &$schema;

            #[inline]
            fn as_str(&self) -> &str {
                <$type>::as_str(self)
            }
        }

        impl ::core::convert::From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                // In the order of `VALUES`. A `match` would have a branch, and code, for each of a thousand values.
                const VARIANTS: &[$type] = &[$($type::$variant),*];
                $crate::position_of_value($type::VALUES, value)
                    .and_then(|index| VARIANTS.get(index).cloned())
                    .unwrap_or_else(|| Self::Unknown($crate::UnknownValue::new(value)))
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::erased::ErasedValue for $type {
            #[inline]
            fn view(&self) -> $crate::erased::View<'_> {
                $crate::erased::View::String(self.as_str())
            }
        }

        impl $crate::Deserialize for $type {
            #[inline]
            fn read(
                at: &'static $crate::Member,
                deserializer: &mut dyn $crate::erased::ErasedDeserializer,
            ) -> ::core::result::Result<Self, $crate::erased::ErasedFailure> {
                let mut read = ::core::option::Option::None;
                deserializer.string_with(at, &mut |value| read = ::core::option::Option::Some(Self::from(value)))?;
                read.ok_or_else(|| deserializer.missing(at))
            }

            #[inline]
            fn absent() -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::from(""))
            }
        }

        impl $crate::MapKey for $type {
            #[inline]
            fn as_key(&self) -> &str {
                self.as_str()
            }

            #[inline]
            fn from_key(key: ::std::string::String) -> Self {
                Self::from(key)
            }
        }

        $crate::string_enum_serde!($type);
    };
}

/// The documentation of a variant: its own, else its value.
#[doc(hidden)]
#[macro_export]
macro_rules! value_doc {
    ($value:literal) => {
        ::core::concat!("`", $value, "`")
    };
    ($value:literal $($line:literal)+) => {
        ::core::concat!($($line, "\n"),+)
    };
}

/// Expands to nothing, as the feature `serde` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "serde"))]
macro_rules! string_enum_serde {
    ($type:ty) => {};
}

/// Implements `serde`'s traits for an enum.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "serde")]
macro_rules! string_enum_serde {
    ($type:ty) => {
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::read_string_enum(deserializer)
            }
        }
    };
}
