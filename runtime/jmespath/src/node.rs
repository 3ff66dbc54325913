//! The syntax tree of a query.

use whitesmith_schema::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug)]
pub enum Node {
    Current,
    Field(String),
    Literal(Value),
    Index(i64),
    Slice {
        start: Option<i64>,
        stop: Option<i64>,
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
        list: Box<Node>,
        condition: Box<Node>,
        each: Box<Node>,
    },
    Flatten(Box<Node>),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
    Call(String, Vec<Node>),
    /// `&expression`, an argument that the function applies itself.
    Reference(Box<Node>),
}
