//! The macros for error structures and for the enums of operations' errors.

/// Implements [`std::error::Error`] for a structure with the `error` trait. The field of its message, if it has one, is named
/// as `{ required message }` or `{ optional message }`.
#[macro_export]
macro_rules! error {
    ($type:ident, { $($kind:ident $field:ident $(,)?)? }) => {
        impl $crate::ModeledShapeError for $type {
            #[inline]
            fn message(&self) -> ::core::option::Option<&str> {
                $crate::error!(@message self $($kind $field)?)
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
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

/// Implements [`crate::ModeledError`] for an enum with one variant per error of an operation. Each variant has the name of its
/// structure in `$errors`.
#[macro_export]
macro_rules! operation_error {
    ($type:ident, $errors:ident, { $($variant:ident),* $(,)? }) => {
        impl $crate::ModeledError for $type {
            #[allow(unused_variables, reason = "an operation may have no errors")]
            #[inline]
            fn read_error(
                schema: &'static $crate::Schema,
                deserializer: &mut dyn $crate::erased::ErasedDeserializer,
            ) -> ::core::result::Result<::core::option::Option<Self>, $crate::erased::ErasedFailure> {
                $(
                    if ::core::ptr::eq(schema, <$errors::$variant as $crate::DeserializeMembers>::SCHEMA) {
                        let error = $crate::DeserializeMembers::read_members(deserializer, true)?;
                        return ::core::result::Result::Ok(::core::option::Option::Some(Self::$variant(error)));
                    }
                )*
                ::core::result::Result::Ok(::core::option::Option::None)
            }

            #[inline]
            fn message(&self) -> ::core::option::Option<&str> {
                match *self {
                    $(Self::$variant(ref error) => $crate::ModeledShapeError::message(error),)*
                }
            }
        }

        impl $crate::SerializeMembers for $type {
            #[inline]
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
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match *self {
                    $(Self::$variant(ref error) => ::core::fmt::Display::fmt(error, f),)*
                }
            }
        }

        impl ::std::error::Error for $type {}

        $(
            impl ::core::convert::From<$errors::$variant> for $type {
                #[inline]
                fn from(error: $errors::$variant) -> Self {
                    Self::$variant(error)
                }
            }
        )*
    };
}
