//! Rust types of values.

use whitesmith_smithy::model::{Model, Shape, ShapeId, ShapeType};

/// The module and name of a generated type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// `types` or `errors`.
    pub module: &'static str,
    /// The name in it.
    pub name: String,
}

/// The Rust type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// `bool`, a number, or a type of the runtime, by its bare name.
    Plain(&'static str),
    /// A generated type.
    Named(TypeName),
    /// `Vec<T>`
    List(Box<RustType>),
    /// `BTreeMap<K, T>`
    Map(Box<RustType>, Box<RustType>),
    /// `Option<T>`: an element of a sparse list or map.
    Optional(Box<RustType>),
    /// `Box<T>`: a member of a recursive type.
    Boxed(Box<RustType>),
}

impl RustType {
    /// The type as it is written in the module of generated types, for messages and snapshots.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Plain(name) => (*name).to_owned(),
            Self::Named(name) => name.name.clone(),
            Self::List(of) => format!("Vec<{}>", of.text()),
            Self::Map(key, value) => format!("BTreeMap<{}, {}>", key.text(), value.text()),
            Self::Optional(of) => format!("Option<{}>", of.text()),
            Self::Boxed(of) => format!("Box<{}>", of.text()),
        }
    }
}

/// How constructors, setters and builders take a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument<'p> {
    /// As anything that converts into the type: strings and blobs.
    Into(&'p RustType),
    /// As the type, which is boxed inside.
    Boxed(&'p RustType),
    /// As the type.
    Plain(&'p RustType),
}

impl RustType {
    /// Returns how constructors, setters and builders take a value of the type.
    #[must_use]
    pub fn argument(&self) -> Argument<'_> {
        match self {
            Self::Plain("String" | "Blob") => Argument::Into(self),
            Self::Boxed(of) => Argument::Boxed(of),
            of => Argument::Plain(of),
        }
    }
}

/// Gives the type of values of shapes; `name_of` knows the generated ones.
pub(super) struct Types<'a> {
    pub model: &'a Model,
    pub name_of: &'a dyn Fn(&ShapeId) -> Option<TypeName>,
}

impl Types<'_> {
    /// The type of values of a shape. Lists and maps that stand in each other more than 16 deep, without a structure
    /// between, hold dynamic values from there on: the compiler gives up on deeper types.
    pub fn of(&self, target: &ShapeId) -> RustType {
        self.nested(target, 0)
    }

    fn nested(&self, target: &ShapeId, depth: usize) -> RustType {
        const DEEPEST: usize = 16;
        let Some(shape) = self.model.shape(target).filter(|_| depth < DEEPEST) else {
            return RustType::Plain("Document");
        };
        if let Some(name) = (self.name_of)(target) {
            return RustType::Named(name);
        }
        match shape.shape_type {
            ShapeType::List => RustType::List(Box::new(self.element(shape, "member", depth))),
            ShapeType::Map => {
                let key = shape.member("key").map_or(RustType::Plain("String"), |key| self.key(&key.target));
                RustType::Map(Box::new(key), Box::new(self.element(shape, "value", depth)))
            }
            simple => RustType::Plain(plain(simple)),
        }
    }

    /// Keys are strings or enums; anything else is a model that the loader refuses.
    fn key(&self, target: &ShapeId) -> RustType {
        (self.name_of)(target).map_or(RustType::Plain("String"), RustType::Named)
    }

    fn element(&self, shape: &Shape, member: &str, depth: usize) -> RustType {
        let of =
            shape.member(member).map_or(RustType::Plain("Document"), |member| self.nested(&member.target, depth + 1));
        if shape.traits.is_sparse() { RustType::Optional(Box::new(of)) } else { of }
    }
}

fn plain(shape_type: ShapeType) -> &'static str {
    match shape_type {
        ShapeType::Blob => "Blob",
        ShapeType::Boolean => "bool",
        ShapeType::Byte => "i8",
        ShapeType::Short => "i16",
        ShapeType::Integer | ShapeType::IntEnum => "i32",
        ShapeType::Long => "i64",
        ShapeType::Float => "f32",
        ShapeType::Double => "f64",
        ShapeType::BigInteger => "BigInteger",
        ShapeType::BigDecimal => "BigDecimal",
        ShapeType::Timestamp => "Timestamp",
        ShapeType::Document => "Document",
        // `smithy.api#Unit` is the only structure without a type of its own.
        ShapeType::Structure => "Unit",
        _ => "String",
    }
}
