//! The implementations that every generated type has, so that generated files need not repeat them.

/// For a structure or union with [`crate::SerializeMembers`] and [`crate::DeserializeMembers`]: what lets it stand at a
/// member, and a `Debug` that does not show what is sensitive.
#[macro_export]
macro_rules! structure {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::Serialize for $type {
            fn serialize<S: $crate::Serializer>(
                &self,
                _: &'static $crate::Member,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                serializer.structure(self)
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
    )*};
}

/// For an enum with [`crate::StringEnum`]: texts, and what lets it stand at a member.
#[macro_export]
macro_rules! string_enum {
    ($($type:ty),* $(,)?) => {$(
        impl ::core::convert::From<&str> for $type {
            fn from(value: &str) -> Self {
                <Self as $crate::StringEnum>::from_wire(value.to_owned())
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            fn from(value: ::std::string::String) -> Self {
                <Self as $crate::StringEnum>::from_wire(value)
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                $crate::StringEnum::as_str(self)
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($crate::StringEnum::as_str(self))
            }
        }

        impl $crate::Serialize for $type {
            fn serialize<S: $crate::Serializer>(
                &self,
                at: &'static $crate::Member,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                serializer.string(at, $crate::StringEnum::as_str(self))
            }
        }

        impl $crate::Deserialize for $type {
            fn deserialize<D: $crate::Deserializer>(
                at: &'static $crate::Member,
                deserializer: &mut D,
            ) -> ::core::result::Result<Self, D::Error> {
                deserializer.string(at).map(<Self as $crate::StringEnum>::from_wire)
            }

            fn absent() -> ::core::option::Option<Self> {
                ::core::option::Option::Some(<Self as ::core::convert::From<&str>>::from(""))
            }
        }
    )*};
}

/// For an enum with [`crate::IntEnum`]: numbers, and what lets it stand at a member.
#[macro_export]
macro_rules! int_enum {
    ($($type:ty),* $(,)?) => {$(
        impl ::core::convert::From<i32> for $type {
            fn from(value: i32) -> Self {
                <Self as $crate::IntEnum>::from_wire(value)
            }
        }

        impl ::core::convert::From<$type> for i32 {
            fn from(value: $type) -> Self {
                $crate::IntEnum::value(value)
            }
        }

        impl $crate::Serialize for $type {
            fn serialize<S: $crate::Serializer>(
                &self,
                at: &'static $crate::Member,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                serializer.integer(at, $crate::IntEnum::value(*self))
            }
        }

        impl $crate::Deserialize for $type {
            fn deserialize<D: $crate::Deserializer>(
                at: &'static $crate::Member,
                deserializer: &mut D,
            ) -> ::core::result::Result<Self, D::Error> {
                deserializer.integer(at).map(<Self as $crate::IntEnum>::from_wire)
            }

            fn absent() -> ::core::option::Option<Self> {
                ::core::option::Option::Some(<Self as ::core::convert::From<i32>>::from(0))
            }
        }
    )*};
}
