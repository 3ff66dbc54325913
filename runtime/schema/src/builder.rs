//! Builders of structures whose required members could be confused as arguments of one function.

/// A structure that was built without one of its required members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("missing required member `{member}` of `{structure}`")]
pub struct MissingMember {
    structure: &'static str,
    member: &'static str,
}

impl MissingMember {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(structure: &'static str, member: &'static str) -> Self {
        Self { structure, member }
    }

    /// Returns the name of the structure.
    #[must_use]
    pub const fn structure(&self) -> &'static str {
        self.structure
    }

    /// Returns the name of the field.
    #[must_use]
    pub const fn member(&self) -> &'static str {
        self.member
    }
}

/// Defines the builder of a structure: a setter for each required member and `build`.
///
/// The first list holds the required members, each with how its argument is taken: `into`, `plain` or `boxed`. The second
/// list holds what the other members start as.
///
/// ```
/// pub struct Tag {
///     pub key: String,
///     pub value: String,
///     pub note: Option<String>,
/// }
/// whitesmith_schema::builder!(Tag, TagBuilder, { key: into String, value: into String }, { note: None });
///
/// let error = TagBuilder::default().key("team").build().err();
/// assert_eq!(error.map(|error| error.to_string()).as_deref(), Some("missing required member `value` of `Tag`"));
/// ```
#[macro_export]
macro_rules! builder {
    (
        $type:ident, $builder:ident,
        { $($field:ident: $kind:ident $of:ty),* $(,)? },
        { $($other:ident: $value:expr),* $(,)? }
    ) => {
        #[doc = ::core::concat!("Builds a [`", ::core::stringify!($type), "`] from its required members.")]
        #[derive(Clone, Default)]
        #[must_use]
        pub struct $builder {
            $($field: ::core::option::Option<$of>),*
        }

        #[allow(clippy::should_implement_trait, reason = "setters have their members' names")]
        impl $builder {
            $(
                #[doc = ::core::concat!("Sets the required member `", ::core::stringify!($field), "`.")]
                #[inline]
                pub fn $field(mut self, value: $crate::builder!(@argument $kind $of)) -> Self {
                    self.$field = ::core::option::Option::Some($crate::builder!(@value $kind value));
                    self
                }
            )*

            #[doc = ::core::concat!("Creates the `", ::core::stringify!($type), "`.")]
            ///
            /// # Errors
            /// A required member is missing.
            #[inline]
            pub fn build(self) -> ::core::result::Result<$type, $crate::MissingMember> {
                ::core::result::Result::Ok($type {
                    $($field: match self.$field {
                        ::core::option::Option::Some(value) => $crate::builder!(@built $kind value),
                        ::core::option::Option::None => {
                            return ::core::result::Result::Err($crate::MissingMember::new(
                                ::core::stringify!($type),
                                ::core::stringify!($field),
                            ));
                        }
                    },)*
                    $($other: $value,)*
                })
            }
        }

        // Members may be sensitive: their values are not shown.
        impl ::core::fmt::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($builder)).finish_non_exhaustive()
            }
        }
    };
    (@argument into $of:ty) => { impl ::core::convert::Into<$of> };
    (@argument $kind:ident $of:ty) => { $of };
    (@value into $value:ident) => { $value.into() };
    (@value $kind:ident $value:ident) => { $value };
    (@built boxed $value:ident) => { ::std::boxed::Box::new($value) };
    (@built $kind:ident $value:ident) => { $value };
}
