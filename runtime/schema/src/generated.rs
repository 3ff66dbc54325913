//! The implementations that every generated type has, so that generated files hold what differs and no more.

/// Ties a struct to its schema: what reads it, what writes it, and a `Debug` that does not show what is sensitive.
///
/// Each entry names a field by its position among the shape's members, and says how it is filled when a message does
/// not have it: `required` (a stand-in or an error), `optional` (`None`), `optional(value)` (`None` for a client, the value
/// for a server), or `default(value)`.
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
/// whitesmith_schema::structure!(Tag, TAG, { 0: required key, 1: optional value });
///
/// let tag = Tag { key: "team".into(), value: None };
/// assert_eq!(format!("{tag:?}"), r#"Tag { Key: "team" }"#);
/// ```
#[macro_export]
macro_rules! structure {
    ($type:ty, $schema:path, { $($index:literal: $kind:ident $(($default:expr))? $field:ident),* $(,)? }) => {
        impl $crate::SerializeMembers for $type {
            fn schema(&self) -> &'static $crate::Schema {
                &$schema
            }

            #[allow(unused_variables, reason = "a structure may have no members")]
            fn serialize_members<S: $crate::MemberSerializer>(
                &self,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                $(serializer.member(&$schema.members[$index], &self.$field)?;)*
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
                        $($index => {
                            let value = $crate::Deserialize::deserialize(&$schema.members[$index], deserializer)?;
                            $field = ::core::option::Option::Some(value);
                        })*
                        _ => deserializer.skip()?,
                    }
                }
                ::core::result::Result::Ok(Self {
                    $($field: $crate::structure!(@$kind $(($default))? deserializer, $schema, $index, $field)),*
                })
            }
        }

        $crate::members!($type);
    };
    (@required $deserializer:ident, $schema:path, $index:literal, $field:ident) => {
        $deserializer.required(&$schema.members[$index], $field)?
    };
    (@optional $deserializer:ident, $schema:path, $index:literal, $field:ident) => {
        $field
    };
    (@optional ($default:expr) $deserializer:ident, $schema:path, $index:literal, $field:ident) => {
        match $field {
            ::core::option::Option::None if $deserializer.fills_defaults() => ::core::option::Option::Some($default),
            field => field,
        }
    };
    (@default ($default:expr) $deserializer:ident, $schema:path, $index:literal, $field:ident) => {
        $field.unwrap_or_else(|| $default)
    };
}

/// Ties an enum with one variant a member, and a variant `Unknown` without data, to its union schema.
#[macro_export]
macro_rules! union {
    ($type:ty, $schema:path, { $($index:literal: $variant:ident),* $(,)? }) => {
        impl $crate::SerializeMembers for $type {
            fn schema(&self) -> &'static $crate::Schema {
                &$schema
            }

            #[allow(unused_variables, reason = "a union may have no members")]
            fn serialize_members<S: $crate::MemberSerializer>(
                &self,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                match self {
                    $(Self::$variant(value) => serializer.member(&$schema.members[$index], value),)*
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
                        $($index => {
                            union = Self::$variant($crate::Deserialize::deserialize(
                                &$schema.members[$index],
                                deserializer,
                            )?);
                        })*
                        _ => deserializer.skip()?,
                    }
                }
                ::core::result::Result::Ok(union)
            }
        }

        $crate::members!($type);
    };
}

/// What structures and unions have in common: how they stand at a member, and their `Debug`.
#[doc(hidden)]
#[macro_export]
macro_rules! members {
    ($type:ty) => {
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

        $crate::members_serde!($type);
    };
}

/// Nothing: the feature `serde` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "serde"))]
macro_rules! members_serde {
    ($type:ty) => {};
}

/// `serde` for a structure or union.
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

/// Nothing: the feature `serde` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "serde"))]
macro_rules! string_enum_serde {
    ($type:ty) => {};
}

/// `serde` for an enum.
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

/// Nothing: the feature `serde` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "serde"))]
macro_rules! int_enum_serde {
    ($type:ty) => {};
}

/// `serde` for an intEnum.
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

/// Ties an enum of unit variants, and a variant `Unknown(UnknownValue)`, to the texts of its schema.
#[macro_export]
macro_rules! string_enum {
    ($type:ty, $schema:path, { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $type {
            /// The values that the model knows, in its order.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value as it goes over the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl $crate::StringEnum for $type {
            const SCHEMA: &'static $crate::Schema = &$schema;

            fn as_str(&self) -> &str {
                <$type>::as_str(self)
            }
        }

        impl ::core::convert::From<&str> for $type {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::UnknownValue::new(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::Serialize for $type {
            fn serialize<S: $crate::Serializer>(
                &self,
                at: &'static $crate::Member,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                serializer.string(at, self.as_str())
            }
        }

        impl $crate::Deserialize for $type {
            fn deserialize<D: $crate::Deserializer>(
                at: &'static $crate::Member,
                deserializer: &mut D,
            ) -> ::core::result::Result<Self, D::Error> {
                deserializer.string_with(at, |value| Self::from(value))
            }

            fn absent() -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::from(""))
            }
        }

        impl $crate::MapKey for $type {
            fn as_key(&self) -> &str {
                self.as_str()
            }

            fn from_key(key: ::std::string::String) -> Self {
                Self::from(key)
            }
        }

        $crate::string_enum_serde!($type);
    };
}

/// Ties an enum of unit variants, and a variant `Unknown(i32)`, to the numbers of its schema.
#[macro_export]
macro_rules! int_enum {
    ($type:ty, $schema:path, { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $type {
            /// The value as it goes over the wire.
            pub const fn value(self) -> i32 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl $crate::IntEnum for $type {
            const SCHEMA: &'static $crate::Schema = &$schema;

            fn value(self) -> i32 {
                <$type>::value(self)
            }
        }

        impl ::core::convert::From<i32> for $type {
            fn from(value: i32) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        impl ::core::convert::From<$type> for i32 {
            fn from(value: $type) -> Self {
                value.value()
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::Serialize for $type {
            fn serialize<S: $crate::Serializer>(
                &self,
                at: &'static $crate::Member,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                serializer.integer(at, self.value())
            }
        }

        impl $crate::Deserialize for $type {
            fn deserialize<D: $crate::Deserializer>(
                at: &'static $crate::Member,
                deserializer: &mut D,
            ) -> ::core::result::Result<Self, D::Error> {
                deserializer.integer(at).map(Self::from)
            }

            fn absent() -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::from(0))
            }
        }

        $crate::int_enum_serde!($type);
    };
}

/// Makes a structure with the `error` trait a [`std::error::Error`], and names the field of its message, where it has
/// one: `{ required message }`, `{ optional message }` or `{}`.
#[macro_export]
macro_rules! error {
    ($type:ident, { $($kind:ident $field:ident $(,)?)? }) => {
        impl $crate::ModeledShapeError for $type {
            fn message(&self) -> ::core::option::Option<&str> {
                $crate::error!(@message self $($kind $field)?)
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(stringify!($type))?;
                match $crate::ModeledShapeError::message(self) {
                    ::core::option::Option::Some(message) => write!(f, ": {message}"),
                    ::core::option::Option::None => ::core::result::Result::Ok(()),
                }
            }
        }

        impl ::std::error::Error for $type {}
    };
    (@message $this:ident) => {
        ::core::option::Option::None
    };
    (@message $this:ident required $field:ident) => {
        ::core::option::Option::Some(&$this.$field)
    };
    (@message $this:ident optional $field:ident) => {
        $this.$field.as_deref()
    };
}

/// Ties an enum with one variant a modelled error to an operation's list of errors.
#[macro_export]
macro_rules! operation_error {
    ($type:ident, { $($index:literal: $variant:ident($error:path)),* $(,)? }) => {
        impl $crate::ModeledError for $type {
            #[allow(unused_variables, reason = "an operation may have no errors")]
            fn deserialize_error<D: $crate::Deserializer>(
                index: usize,
                deserializer: &mut D,
            ) -> ::core::result::Result<::core::option::Option<Self>, D::Error> {
                ::core::result::Result::Ok(match index {
                    $($index => ::core::option::Option::Some(Self::$variant(
                        $crate::DeserializeMembers::deserialize_members(deserializer)?,
                    )),)*
                    _ => ::core::option::Option::None,
                })
            }

            fn index(&self) -> usize {
                match *self {
                    $(Self::$variant(_) => $index,)*
                }
            }

            fn message(&self) -> ::core::option::Option<&str> {
                match *self {
                    $(Self::$variant(ref error) => $crate::ModeledShapeError::message(error),)*
                }
            }
        }

        impl $crate::SerializeMembers for $type {
            fn schema(&self) -> &'static $crate::Schema {
                match *self {
                    $(Self::$variant(ref error) => $crate::SerializeMembers::schema(error),)*
                }
            }

            #[allow(unused_variables, reason = "an operation may have no errors")]
            fn serialize_members<S: $crate::MemberSerializer>(
                &self,
                serializer: &mut S,
            ) -> ::core::result::Result<(), S::Error> {
                match *self {
                    $(Self::$variant(ref error) => $crate::SerializeMembers::serialize_members(error, serializer),)*
                }
            }
        }

        impl ::core::fmt::Display for $type {
            #[allow(unused_variables, reason = "an operation may have no errors")]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match *self {
                    $(Self::$variant(ref error) => ::core::fmt::Display::fmt(error, f),)*
                }
            }
        }

        impl ::std::error::Error for $type {}

        $(
            impl ::core::convert::From<$error> for $type {
                fn from(error: $error) -> Self {
                    Self::$variant(error)
                }
            }
        )*
    };
}
