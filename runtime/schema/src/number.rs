//! Numbers that do not fit the machine's.

use std::fmt;

/// A number of a dynamic value.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// A whole number within 64 bits.
    Integer(i64),
    /// A number with a fraction or an exponent, NaN and the infinities included.
    Float(f64),
    /// Decimal text of a number that neither of the others can hold without loss.
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
            /// Takes the decimal text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The decimal text.
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
    /// A whole number of any size, as its decimal text.
    BigInteger
}
decimal_text! {
    /// A decimal number of any size and precision, as its text.
    BigDecimal
}
