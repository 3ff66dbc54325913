//! Numbers of dynamic values, and numbers of any size.

use std::fmt;

/// A number of a dynamic value.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// An integer of 64 bits.
    Integer(i64),
    /// A number with a fraction or an exponent, NaN and the infinities included.
    Float(f64),
    /// The decimal text of a number that the other variants cannot represent exactly.
    Big(String),
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Float(number) => write!(f, "{number:?}"),
            Self::Big(text) => f.write_str(text),
        }
    }
}

macro_rules! decimal_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Wraps a decimal text, which is not checked.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// Returns the decimal text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number.to_string())
            }
        }
    };
}

decimal_text! {
    /// An integer of any size, as decimal text.
    BigInteger
}
decimal_text! {
    /// A decimal number of any size and precision, as text.
    BigDecimal
}
