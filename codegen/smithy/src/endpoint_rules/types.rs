//! The types of values, and the names that are in scope at some place in the rules.

use std::fmt;

use foldhash::HashMap;

/// The size that a parameter, or a part of a partition, counts with.
pub(super) const INPUT_BYTES: u64 = 64;

/// What a value is when it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    String,
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// An array of strings.
    StringArray,
    /// The result of `aws.partition`.
    Partition,
    /// The result of `aws.parseArn`.
    Arn,
    /// The result of `parseURL`.
    Url,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Type {
    /// What the value is when it is set.
    pub kind: Kind,
    /// Whether the value may be missing.
    pub is_optional: bool,
}

/// The fields of records.
const FIELDS: [(Kind, &str, Kind); 16] = [
    (Kind::Partition, "name", Kind::String),
    (Kind::Partition, "dnsSuffix", Kind::String),
    (Kind::Partition, "dualStackDnsSuffix", Kind::String),
    (Kind::Partition, "supportsFIPS", Kind::Boolean),
    (Kind::Partition, "supportsDualStack", Kind::Boolean),
    (Kind::Partition, "implicitGlobalRegion", Kind::String),
    (Kind::Arn, "partition", Kind::String),
    (Kind::Arn, "service", Kind::String),
    (Kind::Arn, "region", Kind::String),
    (Kind::Arn, "accountId", Kind::String),
    (Kind::Arn, "resourceId", Kind::StringArray),
    (Kind::Url, "scheme", Kind::String),
    (Kind::Url, "authority", Kind::String),
    (Kind::Url, "path", Kind::String),
    (Kind::Url, "normalizedPath", Kind::String),
    (Kind::Url, "isIp", Kind::Boolean),
];

impl Type {
    /// The type of a value that is always set.
    #[must_use]
    pub const fn always(kind: Kind) -> Self {
        Self { kind, is_optional: false }
    }

    /// The type of a value that may be missing.
    #[must_use]
    pub const fn optional(kind: Kind) -> Self {
        Self { kind, is_optional: true }
    }

    /// The type of a record's field.
    pub(super) fn field(self, name: &str) -> Option<Self> {
        let field = FIELDS.iter().find(|(of, field, _)| Self::always(*of) == self && *field == name);
        field.map(|(.., kind)| Self::always(*kind))
    }
}

/// The type with its article: `an optional string`.
impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (article, name) = match self.kind {
            Kind::String => ("a", "string"),
            Kind::Boolean => ("a", "boolean"),
            Kind::Integer => ("an", "integer"),
            Kind::StringArray => ("an", "array of strings"),
            Kind::Partition => ("a", "partition"),
            Kind::Arn => ("an", "ARN"),
            Kind::Url => ("a", "URL"),
        };
        if self.is_optional { write!(formatter, "an optional {name}") } else { write!(formatter, "{article} {name}") }
    }
}

/// What is known of a name's value.
#[derive(Clone, Copy)]
struct Binding {
    of: Type,
    /// The bytes that it can take.
    size: u64,
}

/// The types of the names in scope, with what it takes to leave a scope.
#[derive(Default)]
pub(super) struct Scope {
    bindings: HashMap<String, Binding>,
    before: Vec<(String, Option<Binding>)>,
    /// Whether an optional value may stand wherever one belongs.
    is_lenient: bool,
}

impl Scope {
    /// Creates a scope in which an optional value may stand wherever one belongs.
    pub(super) fn lenient() -> Self {
        Self { is_lenient: true, ..Self::default() }
    }

    pub(super) fn is_lenient(&self) -> bool {
        self.is_lenient
    }

    /// Returns the type that a value has here.
    pub(super) fn seen(&self, of: Type) -> Type {
        if self.is_lenient { Type::always(of.kind) } else { of }
    }

    pub(super) fn type_of(&self, name: &str) -> Option<Type> {
        self.bindings.get(name).map(|binding| binding.of)
    }

    pub(super) fn size_of(&self, name: &str) -> u64 {
        self.bindings.get(name).map_or(INPUT_BYTES, |binding| binding.size)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.bindings.keys().map(String::as_str)
    }

    /// Gives a name a type, up to the end of the scope.
    pub(super) fn set(&mut self, name: &str, of: Type) {
        self.set_sized(name, of, self.size_of(name));
    }

    /// Gives a name a type and the bytes that its value can take, up to the end of the scope.
    pub(super) fn set_sized(&mut self, name: &str, of: Type, size: u64) {
        let before = self.bindings.insert(name.to_owned(), Binding { of, size });
        self.before.push((name.to_owned(), before));
    }

    /// Does something in a scope of its own.
    pub(super) fn nested<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.before.len();
        let result = work(self);
        for (name, before) in self.before.split_off(outside).into_iter().rev() {
            match before {
                Some(binding) => self.bindings.insert(name, binding),
                None => self.bindings.remove(&name),
            };
        }
        result
    }
}
