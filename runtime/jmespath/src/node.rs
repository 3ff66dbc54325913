//! The syntax tree of a query.

use whitesmith_schema::Value;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// An expression. Trees are at most a few hundred levels deep.
#[derive(Debug)]
pub enum Node {
    /// `@`
    Current,
    /// The value of a key.
    Field(String),
    /// A literal or a raw string.
    Literal(Value),
    /// An element of a list; negative numbers count from its end.
    Index(i64),
    /// A part of a list.
    Slice {
        /// The first element.
        start: Option<i64>,
        /// The element after the last.
        stop: Option<i64>,
        /// The distance between elements.
        step: Option<i64>,
    },
    /// The right side applied to what the left side gives.
    Then(Box<Node>, Box<Node>),
    /// The right side applied to each element of a list.
    Projection(Box<Node>, Box<Node>),
    /// The right side applied to each value of an object.
    ValueProjection(Box<Node>, Box<Node>),
    /// The right side applied to each element that the condition lets through.
    FilterProjection {
        /// The list.
        list: Box<Node>,
        /// What elements must satisfy.
        condition: Box<Node>,
        /// What is applied to each.
        each: Box<Node>,
    },
    /// A list whose elements that are lists are replaced by their elements.
    Flatten(Box<Node>),
    /// `!`
    Not(Box<Node>),
    /// `&&`
    And(Box<Node>, Box<Node>),
    /// `||`
    Or(Box<Node>, Box<Node>),
    /// A comparison.
    Compare(Comparison, Box<Node>, Box<Node>),
    /// A list of the values of expressions.
    List(Vec<Node>),
    /// An object of the values of expressions.
    Object(Vec<(String, Node)>),
    /// A call of a function.
    Call(String, Vec<Node>),
    /// `&expression`, an argument that the function applies itself.
    Reference(Box<Node>),
}
