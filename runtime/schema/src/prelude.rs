//! The shapes of Smithy's prelude, `smithy.api`.

use crate::{Schema, ShapeType};

macro_rules! simple {
    ($($constant:ident = $name:literal, $shape_type:ident;)*) => {$(
        #[doc = concat!("`smithy.api#", $name, "`")]
        pub static $constant: Schema = Schema::simple(concat!("smithy.api#", $name), ShapeType::$shape_type);
    )*};
}

simple! {
    BLOB = "Blob", Blob;
    BOOLEAN = "Boolean", Boolean;
    STRING = "String", String;
    BYTE = "Byte", Byte;
    SHORT = "Short", Short;
    INTEGER = "Integer", Integer;
    LONG = "Long", Long;
    FLOAT = "Float", Float;
    DOUBLE = "Double", Double;
    BIG_INTEGER = "BigInteger", BigInteger;
    BIG_DECIMAL = "BigDecimal", BigDecimal;
    TIMESTAMP = "Timestamp", Timestamp;
    DOCUMENT = "Document", Document;
    PRIMITIVE_BOOLEAN = "PrimitiveBoolean", Boolean;
    PRIMITIVE_BYTE = "PrimitiveByte", Byte;
    PRIMITIVE_SHORT = "PrimitiveShort", Short;
    PRIMITIVE_INTEGER = "PrimitiveInteger", Integer;
    PRIMITIVE_LONG = "PrimitiveLong", Long;
    PRIMITIVE_FLOAT = "PrimitiveFloat", Float;
    PRIMITIVE_DOUBLE = "PrimitiveDouble", Double;
}

/// `smithy.api#Unit`
pub static UNIT: Schema = Schema::structure("smithy.api#Unit", &[]);
